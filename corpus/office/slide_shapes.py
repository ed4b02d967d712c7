"""The shapes of a slide in the order in which they are read, as what they hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from corpus.office.chart import CHART, RELATION_ID, read_chart
from corpus.office.metadata import part_root
from corpus.office.slide_text import A, paragraphs, table_rows
from corpus.page_writer import TableCell
from corpus.repair.marked import Marked, join

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LINE_PART = 40  # of the height of a slide: tops that differ by less stand side by side
_GROUP_CHARS = 300  # a group that says less is one label, such as a figure with its meaning


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph and whether it is the slide's title or its footer."""

    words: Marked
    role: Literal["title", "text", "footer"] = "text"


@dataclass(frozen=True, slots=True)
class SlideTable:
    """A table, or the data of a chart."""

    rows: Sequence[Sequence[TableCell]]
    caption: str = ""
    head_rows: int | None = None


Held = Words | SlideTable


def held_on(slide: Any, height: int) -> list[Held]:
    """Return what the shapes of a slide hold; its title is first. Pictures hold nothing."""
    _settle_alternatives(slide.shapes._spTree)
    held = list(_in_order(list(slide.shapes), slide.part, height // _LINE_PART))
    return sorted(held, key=lambda one: not (isinstance(one, Words) and one.role == "title"))


def _settle_alternatives(tree: Any) -> None:
    """Put the first of two forms of a shape in the place of both."""
    for alternative in list(tree.iter(f"{_MC}AlternateContent")):
        parent = alternative.getparent()
        choice = alternative.find(f"{_MC}Choice")
        if parent is not None and choice is not None:
            at = parent.index(alternative)
            parent[at : at + 1] = list(choice)


def _in_order(shapes: Sequence[Any], part: Any, line: int) -> Iterator[Held]:
    """Yield what shapes hold, from the top down and on one level from the left."""
    placed = sorted(((s.top or 0, s.left or 0, n, s) for n, s in enumerate(shapes)))
    level: list[tuple[int, int, Any]] = []
    top = 0
    for shape_top, left, number, shape in placed:
        if level and shape_top - top > line:
            yield from _of_level(level, part, line)
            level = []
        top = top if level else shape_top
        level.append((left, number, shape))
    yield from _of_level(level, part, line)


def _of_level(level: list[tuple[int, int, Any]], part: Any, line: int) -> Iterator[Held]:
    for _, _, shape in sorted(level, key=lambda one: one[:2]):
        yield from _held(shape, part, line)


def _held(shape: Any, part: Any, line: int) -> Iterator[Held]:
    element = shape._element
    if element.tag == f"{_P}grpSp":
        inside = list(_in_order(list(shape.shapes), part, line))
        told = [one.words for one in inside if isinstance(one, Words)]
        is_label = len(told) == len(inside) and sum(len(one.text) for one in told) <= _GROUP_CHARS
        yield from [Words(join(told, "\n"))] if is_label else inside
    elif element.tag == f"{_P}graphicFrame":
        yield from _framed(element, part)
    elif element.tag in (f"{_P}sp", f"{_P}cxnSp"):
        kind = _placeholder(element)
        found = paragraphs(element.find(f"{_P}txBody"))
        if kind in ("title", "ctrTitle"):
            yield Words(join(found, " "), "title")
        elif kind not in ("sldNum", "dt"):
            for words in found:
                yield Words(words, "footer" if kind in ("ftr", "hdr") else "text")


def _framed(element: Any, part: Any) -> Iterator[Held]:
    for table in element.iter(f"{A}tbl"):
        yield SlideTable(table_rows(table))
    for reference in element.iter(CHART):
        chart = read_chart(part.related_part(reference.get(RELATION_ID, ""))._element)
        for rows in chart.tables:
            yield SlideTable([[*map(TableCell, row)] for row in rows], chart.caption, 1)
    for reference in element.iter(f"{_DIAGRAM}relIds"):
        blob = part.related_part(reference.get(f"{_RELATION}dm", "")).blob
        yield from (Words(words) for words in _diagram(blob))


def _diagram(blob: bytes) -> Iterator[Marked]:
    """Yield the words of a diagram, in the order in which they were written."""
    for point in part_root(blob).iter(f"{_DIAGRAM}pt"):
        if point.get("type", "node") == "node":
            yield from paragraphs(point.find(f"{_DIAGRAM}t"))


def _placeholder(element: Any) -> str:
    """Return the kind of a placeholder, or ""."""
    found = element.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return "" if found is None else found.get("type", "obj")
