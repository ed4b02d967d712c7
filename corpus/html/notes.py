"""Notes of a web page that the marks of a table lead to, wherever on the page they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from corpus.html.parts import Part, words_within
from corpus.html.words import is_note_mark, is_raised
from corpus.tables.note_lines import split_marks

_NOTE_BLOCKS = ("li", "p", "div", "dd", "td", "aside", "section")
_NOTE_CHARS = 600
_MARK_CHARS = 8
_OWN_MARK = re.compile(r"^[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?[.:]?\s+(?=\S)")


def with_linked_notes(root: Any, parts: Sequence[Part]) -> list[Part]:
    """Return the parts of a page; the tables among them know the notes that their marks link."""
    marks = {id(part): _find_marks(part.element) for part in parts if part.kind == "table"}
    wanted = {target for found in marks.values() for target in found.values()}
    if not wanted:
        return list(parts)
    targets: dict[str, Any] = {}
    for element in root.iter():
        for name in (element.get("id"), element.get("name")):
            if name in wanted:
                targets.setdefault(name, element)
    notes = {name: _read_note(element) for name, element in targets.items()}
    return [
        replace(part, grid=replace(part.grid, linked_notes=_of(marks[id(part)], notes)))
        if part.kind == "table"
        else part
        for part in parts
    ]


def _find_marks(table: Any) -> dict[str, str]:
    """Return the marks inside a table, each with the name of the place it leads to."""
    found: dict[str, str] = {}
    for link in table.iter("a"):
        target = link.get("href", "")
        text = "".join(link.itertext())
        if target.startswith("#") and len(text) <= _MARK_CHARS and _is_mark(link):
            for mark in split_marks(text):
                found.setdefault(mark, unquote(target[1:]))
    return found


def _is_mark(link: Any) -> bool:
    around = link.getparent()
    raised = is_raised(around) or link.find("sup") is not None
    return raised or is_note_mark(link) or is_note_mark(around)


def _of(marks: Mapping[str, str], notes: Mapping[str, str]) -> dict[str, str]:
    return {mark: notes[target] for mark, target in marks.items() if notes.get(target)}


def _read_note(element: Any) -> str:
    while element.tag not in _NOTE_BLOCKS and element.getparent() is not None:
        element = element.getparent()
    text = " ".join(words_within(element).text.split())
    return _OWN_MARK.sub("", text) if len(text) <= _NOTE_CHARS else ""
