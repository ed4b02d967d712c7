"""What readers of office files share: their errors, their XML, what files say of themselves."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from corpus.document import Metadata
from corpus.errors import UnreadableSourceError

XML_BYTES = 64 << 20  # a thousand pages of text are a fifth of that
_FAULTS: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    SyntaxError,  # those of XML are
    TypeError,
    ValueError,
)
_NO_TITLE = re.compile(
    r"(?:(?:word |new )?document|untitled|(?:powerpoint |new )?presentation|slides?|template"
    r"|title|no title|book|workbook|sheet|microsoft (?:word|powerpoint|office).*"
    r"|.*\.(?:docx?|dotx?|pptx?|potx?|xlsx?|pdf|tmp))[\s\d()_-]*",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"python-(?:docx|pptx)|openpyxl|apache poi|(?:microsoft |windows |ms )?(?:office )?user"
    r"|admin(?:istrator)?|author|unknown|default|owner|microsoft.*|libreoffice.*",
    re.IGNORECASE,
)


class _CoreProperties(Protocol):
    """The core properties of a file as python-docx and python-pptx give them."""

    @property
    def title(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def language(self) -> str: ...


@contextmanager
def damage_told(name: str, *own_errors: type[Exception]) -> Iterator[None]:
    """Turn what a library raises on a damaged office file into UnreadableSourceError.

    `own_errors` are the library's own; the others are what it stumbles into.
    """
    try:
        yield
    except (*_FAULTS, *own_errors) as error:
        reason = " ".join(str(error).split())[:200]
        raise UnreadableSourceError(
            f"{name}: the file is damaged ({reason}); fetch it again, or open it and save it anew"
        ) from error


def part_root(blob: bytes) -> Any:
    """Return the outermost element of a part that the library of a format does not read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(blob, parser)


def office_metadata(properties: _CoreProperties) -> Metadata:
    """Return what the core properties say; a title or author that a program filled in is none.

    The dates are those of the file, not of a publication, and are left out.
    """
    title, author = _tidy(properties.title), _tidy(properties.author)
    return Metadata(
        title="" if _NO_TITLE.fullmatch(title) else title,
        subject=_tidy(properties.subject),
        author="" if _NO_AUTHOR.fullmatch(author) else author,
        language=re.split(r"[-_]", _tidy(properties.language))[0].lower(),
    )


def _tidy(words: str | None) -> str:
    return " ".join((words or "").split())
