"""What a text file states of itself: front matter in YAML or TOML, and labels at its top."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from corpus.document import Metadata
from corpus.errors import UnreadableSourceError
from corpus.text.headings import plain

_YAML = re.compile(r"---[ \t]*\n(?P<fields>.*?)\n?---[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<fields>.*?)\n?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELDS_CHARS = 64_000  # longer front matter is text between two rules
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "document title"),
    "subject": ("subject", "subtitle", "description", "series"),
    "publisher": (
        "publisher", "published by", "site", "site name", "organization", "organisation",
        "agency", "issuing agency", "source",
    ),
    "author": ("author", "authors", "author(s)", "byline", "creator", "corporate author"),
    "published": (
        "published", "date", "publication date", "date published", "published on", "pubdate",
        "published at", "release date", "report date", "date of publication", "issued", "posted",
    ),
    "url": ("url", "source url", "link", "canonical url", "canonical", "web address", "source"),
    "licence": ("licence", "license", "rights"),
    "language": ("language", "lang", "locale"),
    "edition": ("edition",),
    "version": ("version",),
}  # fmt: skip
_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z ()]{2,24}?)\s?:(?:\s+(?P<value>\S.*))?")
_KNOWN_LABELS = frozenset(name for names in _NAMES.values() for name in names) - {
    "series", "link", "rights", "description",
}  # fmt: skip
_BYLINE = re.compile(
    r"[Bb]y\s+(?P<author>[A-Z][\w.'’-]*(?:[ ,;&]+(?:(?:and|of|the|for|de|van|von|der|du|da|in|II)\b"
    r"|[A-Z][\w.'’-]*))*)"
)
_BYLINE_CHARS = 200
_VALUE_CHARS = 300
_HEADER_LINES = 40
_PROSE_CHARS = 100
_EMPTY = ("", "~", "null", "none", "n/a")


def split_front_matter(text: str, name: str) -> tuple[Metadata, int]:
    """Return what the front matter of a text states, and where the text behind it begins.

    Raises UnreadableSourceError where it is neither YAML nor TOML.
    """
    for pattern, kind, load in ((_YAML, "YAML", _load_yaml), (_TOML, "TOML", _load_toml)):
        match = pattern.match(text)
        if match is None or len(match["fields"]) > _FIELDS_CHARS:
            continue
        try:
            fields = load(match["fields"])
        except _NotReadableError as error:
            raise UnreadableSourceError(
                f"{name}: the front matter{error} is not {kind}; correct it or remove it"
            ) from error.__cause__
        return stated(fields), match.end()
    return Metadata(), 0


def stated(fields: Mapping[str, Any]) -> Metadata:
    """Return the metadata that named fields give, also under their other usual names.

    A field of an unknown name, and a value that is no text, date, number or list of them, is
    passed over.
    """
    given = {str(key).lower().replace("_", " ").replace("-", " "): v for key, v in fields.items()}
    found: dict[str, Any] = {}
    for field, names in _NAMES.items():
        values = (_words(given[name]) for name in names if name in given)
        if value := next((v for v in values if v and _fits(field, v)), ""):
            found[field] = value
    if language := re.match(r"[A-Za-z]{2,3}(?=[-_]|$)", found.get("language", "")):
        found["language"] = language.group().lower()
    years = given.get("data years")
    if isinstance(years, list):
        numbers = {int(y) for y in map(_words, years) if re.fullmatch(r"(?:1[89]|20)\d\d", y)}
        found["data_years"] = tuple(sorted(numbers))
    return Metadata(**found)


def read_header_lines(lines: Iterable[str]) -> Metadata:
    """Return what the labelled lines at the top of a text say ("Publisher: ..."), and its byline.

    The value may stand on the line below its label. The top ends with the first line of prose.
    """
    fields: dict[str, str] = {}
    waiting = ""
    read = 0
    for raw in lines:
        line = plain(re.sub(r"^(?:[-*•>]|#{1,6})\s+", "", raw[: _VALUE_CHARS + 40].strip()))
        if not line:
            continue
        read += 1
        match = _LABEL.fullmatch(line)
        label = match["label"].lower().strip() if match else ""
        if match and label in _KNOWN_LABELS and len(line) <= _VALUE_CHARS:
            waiting = "" if match["value"] else label
            if match["value"]:
                fields.setdefault(label, match["value"])
        elif waiting:
            if not match and len(line) <= _VALUE_CHARS:
                fields.setdefault(waiting, line)
            waiting = ""
        elif _is_byline(line):
            fields.setdefault("byline", line.split(None, 1)[1])
        elif read > _HEADER_LINES or _is_prose(line):
            break
    return stated(fields)


def is_label(line: str) -> bool:
    """Tell whether a line is a labelled one, such as "Publisher: ..."."""
    match = _LABEL.fullmatch(line[:_VALUE_CHARS])
    return bool(match and match["label"].lower().strip() in _KNOWN_LABELS)


def _is_byline(line: str) -> bool:
    """Tell whether a line names who wrote the text ("By A. Smith")."""
    return len(line) <= _BYLINE_CHARS and bool(_BYLINE.fullmatch(line))


def _is_prose(line: str) -> bool:
    return len(line) > _PROSE_CHARS or (line[-1] == "." and len(line.split()) > 8)


def _fits(field: str, value: str) -> bool:
    address = re.match(r"(?:https?://|www\.)\S+$", value)
    if field == "url":
        return bool(address)
    return len(value) <= _VALUE_CHARS and not (field == "publisher" and address)


def _words(value: Any) -> str:
    """Return a stated value as text; a list of texts is joined, anything nested is left out."""
    if isinstance(value, Mapping):
        value = value.get("name", "")
    if isinstance(value, list):
        parts = [part.get("name", "") if isinstance(part, Mapping) else part for part in value]
        return ", ".join(words for part in parts if not isinstance(part, list | Mapping)
                         and (words := _words(part)))  # fmt: skip
    words = re.sub(r"\s+", " ", str(value)[:2000]).strip() if value is not None else ""
    words = re.sub(r"(?<=[^\W\d_]{4})\.$", "", words)
    return "" if words.lower() in _EMPTY else words


class _NotReadableError(Exception):
    """Front matter that is damaged; the message says on which line, or nothing."""


def _load_yaml(text: str) -> Mapping[str, Any]:
    import yaml

    try:
        # Every scalar as its text: no dates or numbers to be converted, however long they are.
        loaded = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        where = getattr(error, "problem_mark", None)
        raise _NotReadableError(f" line {where.line + 2}" if where else "") from error
    return loaded if isinstance(loaded, dict) else {}


def _load_toml(text: str) -> Mapping[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        where = re.search(r"line (\d+)", str(error))
        raise _NotReadableError(f" line {int(where[1]) + 1}" if where else "") from error
