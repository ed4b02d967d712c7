"""One evaluation question with what is expected of its answer, and the loading of case files.

Outside data enters here: a line that cannot be used is refused by its number, never skipped.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from assistant.answer import Status, Turn
from assistant.errors import CaseFileError

Use = Literal["ask", "cite"]

# A false claim is answered by the verdict "contradicted", which no answer to a question has.
_STATUSES = (*get_args(Status), "contradicted")
_CITE_PREFIX = re.compile(r"\s*find a citation for\s*:\s*", re.IGNORECASE)
_QUOTES = "\"'“”‘’«»"


@dataclass(frozen=True, slots=True)
class ExpectedPlace:
    """A place that carries the answer; without page and label the whole file does."""

    file: str
    page: int | None = None
    page_label: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class ForbiddenForm:
    """Words that make an answer wrong, unless one of the excusing forms stands beside them."""

    form: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what a right answer holds.

    `must_include` has groups of acceptable forms; one form of each group must be there.
    """

    id: str
    question: str
    answer: str = ""
    turns: tuple[Turn, ...] = ()
    must_include: tuple[tuple[str, ...], ...] = ()
    must_not_include: tuple[ForbiddenForm, ...] = ()
    expected_status: tuple[str, ...] = ("answered",)
    source_counts: bool = False
    evidence: tuple[ExpectedPlace, ...] = ()
    alternates: tuple[ExpectedPlace, ...] = ()
    answerable: bool = True
    near_miss: bool = False
    kind: str = "unspecified"
    use: Use = "ask"

    @property
    def places(self) -> tuple[ExpectedPlace, ...]:
        """All places of which any one is a hit."""
        return self.evidence + self.alternates

    @property
    def claim(self) -> str:
        """The bare claim of a case for citing: 'Find a citation for: "X."' gives 'X.'."""
        prefix = _CITE_PREFIX.match(self.question)
        if prefix is None:
            return self.question.strip()
        return self.question[prefix.end() :].strip().strip(_QUOTES).strip()


def load_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a file of JSON lines, in order; blank lines hold no case.

    Raises `CaseFileError` with file and line number for the first line that cannot be used.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CaseFileError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        number = error.object[: error.start].count(b"\n") + 1
        raise CaseFileError(f"{path}, line {number}: is not UTF-8; save the file so") from error
    lines_by_id: dict[str, int] = {}
    cases: list[Case] = []
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            case = _case(json.loads(line))
        except json.JSONDecodeError as error:
            raise CaseFileError(f"{path}, line {number}: is not JSON ({error.msg})") from error
        except _BadFieldError as error:
            raise CaseFileError(f"{path}, line {number}: {error}") from error
        first = lines_by_id.setdefault(case.id, number)
        if first != number:
            raise CaseFileError(
                f"{path}, line {number}: id {case.id!r} is taken by line {first}; ids are unique"
            )
        cases.append(case)
    if not cases:
        raise CaseFileError(f"{path}: holds no case")
    return tuple(cases)


class _BadFieldError(Exception):
    """A field has a value that cannot be used; caught where the line number is known."""


def _case(record: object) -> Case:
    if not isinstance(record, dict):
        raise _BadFieldError("a case is a JSON object")
    answerable = _flag(record, "answerable", default=True)
    use = _text(record, "use", default="ask")
    if use not in get_args(Use):
        raise _BadFieldError(f"`use` is {use!r}; it is one of {', '.join(get_args(Use))}")
    default_status = ["answered"] if answerable else ["not_found"]
    expected_status = _texts(record.get("expected_status", default_status), "expected_status")
    for status in expected_status:
        if status not in _STATUSES:
            raise _BadFieldError(
                f"`expected_status` has {status!r}; it takes {', '.join(_STATUSES)}"
            )
    return Case(
        id=_text(record, "id"),
        question=_text(record, "question"),
        answer=_text(record, "answer", default=""),
        turns=tuple(_turn(item) for item in _list(record, "turns")),
        must_include=tuple(
            _texts([group] if isinstance(group, str) else group, "must_include")
            for group in _list(record, "must_include")
        ),
        must_not_include=tuple(_forbidden(item) for item in _list(record, "must_not_include")),
        expected_status=expected_status,
        source_counts=_flag(record, "source_counts", default=False),
        evidence=tuple(_place(item, "evidence") for item in _list(record, "evidence")),
        alternates=tuple(_place(item, "alternates") for item in _list(record, "alternates")),
        answerable=answerable,
        near_miss=_flag(record, "near_miss", default=False),
        kind=_text(record, "kind", default="unspecified"),
        use=cast(Use, use),
    )


def _text(record: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = record.get(name, default)
    if value is None:
        raise _BadFieldError(f"`{name}` is missing")
    if not isinstance(value, str):
        raise _BadFieldError(f"`{name}` is text, not {value!r}")
    if not value.strip() and value != default:
        raise _BadFieldError(f"`{name}` is empty")
    return value


def _flag(record: Mapping[str, Any], name: str, *, default: bool) -> bool:
    value = record.get(name, default)
    if not isinstance(value, bool):
        raise _BadFieldError(f"`{name}` is true or false, not {value!r}")
    return value


def _list(record: Mapping[str, Any], name: str) -> list[Any]:
    value = record.get(name, [])
    if not isinstance(value, list):
        raise _BadFieldError(f"`{name}` is a list, not {value!r}")
    return value


def _texts(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise _BadFieldError(f"`{name}` takes a list of texts that is not empty, not {value!r}")
    for item in value:
        if not isinstance(item, str) or not any(char.isalnum() for char in item):
            raise _BadFieldError(f"`{name}` takes texts with a letter or digit, not {item!r}")
    return tuple(value)


def _turn(item: object) -> Turn:
    if not isinstance(item, dict) or item.get("role") not in ("user", "assistant"):
        raise _BadFieldError(f"a turn has the `role` user or assistant; this has not: {item!r}")
    return Turn(role=item["role"], content=_text(item, "content"))


def _forbidden(item: object) -> ForbiddenForm:
    if isinstance(item, str):
        return ForbiddenForm(_texts([item], "must_not_include")[0])
    if not isinstance(item, dict):
        raise _BadFieldError(f"`must_not_include` takes texts or objects, not {item!r}")
    form = _texts([item.get("form")], "must_not_include.form")[0]
    unless = item.get("unless", [])
    return ForbiddenForm(form, _texts(unless, "must_not_include.unless") if unless else ())


def _place(item: object, name: str) -> ExpectedPlace:
    if not isinstance(item, dict):
        raise _BadFieldError(f"`{name}` takes objects with a `file`, not {item!r}")
    page = item.get("page")
    if page is not None and (isinstance(page, bool) or not isinstance(page, int) or page < 1):
        raise _BadFieldError(f"`{name}.page` is a number from 1, not {page!r}")
    return ExpectedPlace(
        file=_text(item, "file"),
        page=page,
        page_label=_text(item, "page_label", default=""),
        quote=_text(item, "quote", default=""),
    )
