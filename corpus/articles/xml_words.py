"""The words of an XML element, and what it is called."""

from collections.abc import Iterator
from typing import Any

from corpus.articles.xml_names import INLINE
from corpus.repair.marked import Marked, one_line
from corpus.repair.raised import Piece, read_raised

_NOTE_MARKS = ("fn", "table-fn")


def written_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace, in lower case."""
    return written_name(element).lower()


def children_of(element: Any) -> list[Any]:
    """Return the elements inside an element."""
    return [child for child in element if isinstance(child.tag, str)]


def words_of(element: Any) -> Marked:
    """Return all words of an element; what was made of raised letters is in the repairs."""
    return one_line(read_raised(_pieces(element)))


def named_words(element: Any) -> str:
    """Return the words of a field; a date or a name in several elements as it is written."""
    named = {local_name(child): words_of(child).text for child in children_of(element)}
    if "year" in named:
        parts = [named.get(part, "").zfill(2) for part in ("year", "month", "day")]
        return "-".join(part for part in parts if part.isdecimal() and part != "00")
    if "surname" in named:
        given = named.get("given-names") or named.get("givenname", "")
        return f"{given} {named['surname']}".strip()
    for child in children_of(element):
        if local_name(child) in ("name", "string-name", "personname"):
            return named_words(child)
    return words_of(element).text


def has_own_text(element: Any) -> bool:
    """Tell whether words stand in an element beside its inner ones."""
    if (element.text or "").strip():
        return True
    return any((child.tail or "").strip() for child in element)


def _pieces(element: Any, is_raised: bool = False, is_mark: bool = False) -> Iterator[Piece]:
    yield Piece(element.text or "", is_raised, is_mark)
    for child in element:
        if isinstance(child.tag, str):
            name = local_name(child)
            apart = "" if name in INLINE else " "
            mark = name == "xref" and child.get("ref-type") in _NOTE_MARKS
            yield Piece(apart)
            yield from _pieces(child, is_raised or name in ("sup", "su"), is_mark or mark)
            yield Piece(apart)
        yield Piece(child.tail or "", is_raised, is_mark)
