"""A case as one record of outside data (JSON), read and written.

A field that cannot be used is refused; unknown fields are ignored, and null is as left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from assistant.answer import Status, Turn
from assistant.evaluation.case import Case, ExpectedPlace, ForbiddenForm, Use

# A false claim is answered by the verdict "contradicted", which no answer to a question has.
_STATUSES = (*get_args(Status), "contradicted")
_GOLD = (
    "answer answers must_include must_not_include expected_status evidence alternates answerable"
).split()


class BadFieldError(Exception):
    """A field has a value that cannot be used; caught where the line number is known."""


@dataclass(frozen=True, slots=True)
class PlacedRecord:
    """A record as outside data gives it, with its place in the file, such as "line 3"."""

    place: str
    record: object


def load_case(record: object) -> Case:
    """Return the case that a record holds; one whose gold fields hold nothing is a question only.

    Short gold answers that are not given are the answer and its `answer_aliases`. Raises
    BadFieldError for a field that cannot be used.
    """
    record = _given(record, "a case is a JSON object")
    has_gold = any(record.get(name, "") not in ("", []) for name in _GOLD)
    answerable = _flag(record, "answerable", default=True) if has_gold else None
    return Case(
        id=_text(record, "id"),
        question=_text(record, "question"),
        answer=_text(record, "answer", default=""),
        answers=_answers(record),
        turns=tuple(_turn(item) for item in _list(record, "turns")),
        must_include=tuple(
            _texts([group] if isinstance(group, str) else group, "must_include")
            for group in _list(record, "must_include")
        ),
        must_not_include=tuple(_forbidden(item) for item in _list(record, "must_not_include")),
        expected_status=_expected_status(record, answerable),
        source_counts=_flag(record, "source_counts", default=False),
        evidence=tuple(_place(item, "evidence") for item in _list(record, "evidence")),
        alternates=tuple(_place(item, "alternates") for item in _list(record, "alternates")),
        answerable=answerable,
        near_miss=_flag(record, "near_miss", default=False),
        kind=_text(record, "kind", default="unspecified"),
        use=_use(record),
    )


def case_record(case: Case) -> dict[str, Any]:
    """Return the record of a case, without the fields that hold nothing.

    `load_case` gives the case back; `answers` is therefore written wherever there is an answer.
    """
    record: dict[str, Any] = {
        "id": case.id,
        "kind": case.kind,
        "use": case.use,
        "question": case.question,
        "turns": [{"role": turn.role, "content": turn.content} for turn in case.turns],
        "answer": case.answer,
        "answers": list(case.answers),
        "must_include": [list(group) for group in case.must_include],
        "must_not_include": [_forbidden_record(item) for item in case.must_not_include],
        "expected_status": list(case.expected_status),
        "source_counts": case.source_counts,
        "evidence": [_place_record(place) for place in case.evidence],
        "alternates": [_place_record(place) for place in case.alternates],
        "near_miss": case.near_miss,
    }
    kept = {
        name: value
        for name, value in record.items()
        if value or (name == "answers" and case.answer)
    }
    return kept if case.answerable is None else kept | {"answerable": case.answerable}


def _place_record(place: ExpectedPlace) -> dict[str, Any]:
    record = {
        "file": place.file,
        "page": place.page,
        "page_label": place.page_label,
        "quote": place.quote,
    }
    return {name: value for name, value in record.items() if value}


def _forbidden_record(item: ForbiddenForm) -> object:
    return {"form": item.form, "unless": list(item.unless)} if item.unless else item.form


def _given(record: object, complaint: str) -> dict[str, Any]:
    """Return the fields that a record gives a value."""
    if not isinstance(record, dict):
        raise BadFieldError(complaint)
    return {name: value for name, value in record.items() if value is not None}


def _use(record: Mapping[str, Any]) -> Use:
    use = _text(record, "use", default="ask")
    if use not in get_args(Use):
        raise BadFieldError(f"`use` is {use!r}; it is one of {', '.join(get_args(Use))}")
    return cast(Use, use)


def _expected_status(record: Mapping[str, Any], answerable: bool | None) -> tuple[str, ...]:
    if "expected_status" not in record:
        return {None: (), True: ("answered",), False: ("not_found",)}[answerable]
    expected = _texts(record["expected_status"], "expected_status")
    for status in expected:
        if status not in _STATUSES:
            raise BadFieldError(
                f"`expected_status` has {status!r}; it takes {', '.join(_STATUSES)}"
            )
    return expected


def _answers(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the short gold answers: those named so, else the answer with its other forms."""
    if "answers" in record:
        return _texts_or_none(record, "answers")
    if not record.get("answerable", True):
        return ()
    forms = dict.fromkeys((record.get("answer", ""), *_texts_or_none(record, "answer_aliases")))
    return tuple(form for form in forms if _is_worded(form))


def _text(record: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = record.get(name, default)
    if value is None:
        raise BadFieldError(f"`{name}` is missing")
    if not isinstance(value, str):
        raise BadFieldError(f"`{name}` is text, not {value!r}")
    if not value.strip() and value != default:
        raise BadFieldError(f"`{name}` is empty")
    return value


def _flag(record: Mapping[str, Any], name: str, *, default: bool) -> bool:
    value = record.get(name, default)
    if not isinstance(value, bool):
        raise BadFieldError(f"`{name}` is true or false, not {value!r}")
    return value


def _list(record: Mapping[str, Any], name: str) -> list[Any]:
    value = record.get(name, [])
    if not isinstance(value, list):
        raise BadFieldError(f"`{name}` is a list, not {value!r}")
    return value


def _texts(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise BadFieldError(f"`{name}` takes a list of texts that is not empty, not {value!r}")
    for item in value:
        if not isinstance(item, str) or not _is_worded(item):
            raise BadFieldError(f"`{name}` takes texts with a letter or digit, not {item!r}")
    return tuple(value)


def _texts_or_none(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = _list(record, name)
    return _texts(value, name) if value else ()


def _is_worded(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _turn(item: object) -> Turn:
    if not isinstance(item, dict) or item.get("role") not in ("user", "assistant"):
        raise BadFieldError(f"a turn has the `role` user or assistant; this has not: {item!r}")
    return Turn(role=item["role"], content=_text(item, "content"))


def _forbidden(item: object) -> ForbiddenForm:
    if isinstance(item, str):
        return ForbiddenForm(_texts([item], "must_not_include")[0])
    if not isinstance(item, dict):
        raise BadFieldError(f"`must_not_include` takes texts or objects, not {item!r}")
    form = _texts([item.get("form")], "must_not_include.form")[0]
    unless = item.get("unless", [])
    return ForbiddenForm(form, _texts(unless, "must_not_include.unless") if unless else ())


def _place(item: object, name: str) -> ExpectedPlace:
    item = _given(item, f"`{name}` takes objects with a `file`, not {item!r}")
    page = item.get("page")
    if page is not None and (isinstance(page, bool) or not isinstance(page, int) or page < 1):
        raise BadFieldError(f"`{name}.page` is a number from 1, not {page!r}")
    return ExpectedPlace(
        file=_text(item, "file"),
        page=page,
        page_label=_text(item, "page_label", default=""),
        quote=_text(item, "quote", default=""),
    )
