"""The elements of an XML document as the parts of a record: sections, paragraphs, named values."""

from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import Any

from corpus.articles.record_parts import Part, Role, table_of, text_of
from corpus.articles.xml_names import (
    HEADINGS,
    NUMBERS,
    PARAGRAPHS,
    SECTIONS,
    STRUCTURES,
    name_in_words,
)
from corpus.articles.xml_table import is_table, table_part
from corpus.articles.xml_words import (
    children_of,
    has_own_text,
    local_name,
    named_words,
    words_of,
    written_name,
)
from corpus.repair.marked import join

_KEYED = {"field", "column", "value", "cell", "data"}  # <field name="Year">2025</field>
_NUMBER_CHARS = 12
_DATE = {"year", "month", "day"}


def element_part(element: Any, is_alone: bool = True) -> Part:
    """Return an element as a part; `is_alone` if none beside it has the same name."""
    name = local_name(element)
    if is_table(element):
        return table_part(element)
    children = children_of(element)
    if not children or has_own_text(element):
        role: Role = (
            "heading" if name in HEADINGS else "paragraph" if name in PARAGRAPHS else "value"
        )
        words = words_of(element)
        if role == "heading":
            return Part(role, words.text)
        return Part(
            role, "" if role == "paragraph" else name_in_words(written_name(element)), words
        )
    if set(map(local_name, children)) <= _DATE:
        return Part("value", name_in_words(written_name(element)), named_words(element))
    inner = children[0]
    plain = {local_name(inner)}.isdisjoint(HEADINGS | PARAGRAPHS - {"characterstring"})
    if len(children) == 1 and not children_of(inner) and plain and not is_table(inner):
        return Part("value", name_in_words(written_name(element)), words_of(inner))
    return _group(element, children, is_alone)


def _group(element: Any, children: list[Any], is_alone: bool) -> Part:
    first = next((child for child in children if _is_heading(child)), None)
    count = next((child for child in children if _is_number(child)), None)
    number = words_of(count).text if count is not None else ""
    counts = Counter(map(local_name, children))
    parts: list[Part] = []
    rest = (child for child in children if child is not first and child is not count)
    for name, run in groupby(rest, key=local_name):
        parts += _run_parts(list(run), counts[name] == 1)
    parts = [part for part in parts if part.name or part.parts or part.rows or text_of(part.words)]
    if first is not None:
        title = words_of(first).text
        return Part("group", f"{number} {title}".strip(), parts=tuple(parts))
    if number and parts:
        parts[0] = _numbered(parts[0], number)
    name = local_name(element)
    of_values = any(part.role == "value" for part in parts) and name not in STRUCTURES
    named = is_alone and (of_values or name in SECTIONS)
    return Part("group", name_in_words(written_name(element)) if named else "", parts=tuple(parts))


def _run_parts(run: list[Any], is_alone: bool) -> list[Part]:
    """Return elements of one name that follow one another: a table, a list of words, or each."""
    records = [_record(element) for element in run]
    if all(records) and (rows := table_of(records)):
        return [Part("table", "", rows=rows)]
    parts = [element_part(element, is_alone) for element in run]
    if len(parts) > 1 and all(part.role == "value" for part in parts):
        words = [part.words for part in parts if text_of(part.words)]
        return [Part("value", parts[0].name, join(words, "; "))]
    return parts


def _record(element: Any) -> dict[str, str]:
    """Return an element as a flat record of its attributes and inner values, or nothing."""
    record = {str(key): str(value) for key, value in element.attrib.items() if "}" not in key}
    for child in children_of(element):
        if children_of(child):
            return {}
        name = local_name(child)
        key = child.get("name") or child.get("key") if name in _KEYED else ""
        key = key or name_in_words(written_name(child))
        if key in record:
            return {}
        record[key] = words_of(child).text
    return {} if has_own_text(element) else record


def _numbered(part: Part, number: str) -> Part:
    """Return a part with its number in front of its first words."""
    if part.role == "group" and not part.name and part.parts:
        return replace(part, parts=(_numbered(part.parts[0], number), *part.parts[1:]))
    if part.role in ("group", "heading"):
        return replace(part, name=f"{number} {part.name}")
    return replace(part, words=join([number, part.words], " "))


def _is_heading(element: Any) -> bool:
    if local_name(element) not in HEADINGS or not words_of(element).text:
        return False
    return not children_of(element) or has_own_text(element)


def _is_number(element: Any) -> bool:
    if local_name(element) not in NUMBERS or children_of(element):
        return False
    return len(words_of(element).text) <= _NUMBER_CHARS
