"""A figure of a table with the words that say what it is, each in its role.

Two kinds of tables are told apart: those whose columns name the roles ("Commodity", "Country",
"Statistics", "Value"), a figure a row, and those of labels down the side and heads above.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.evaluation.drafting.figure_forms import Figure, is_range, read_figure
from assistant.evaluation.drafting.periods import (
    Edition,
    Period,
    take_edition,
    take_period,
    trimmed,
)
from assistant.evaluation.drafting.phrases import is_world, kind_of_name
from corpus.document import Block, Cell, Page, Source

_BAR = " | "
_ROLES = {
    "place": r"countr(?:y|ies)|geograph(?:y|ies)|localit(?:y|ies)|nations?|regions?|areas?|states?"
    r"|country (?:or|and|/) (?:locality|area|region|body|source)"
    r"|category and country or locality",
    "thing": r"commodit(?:y|ies)|products?(?: \(.+\))?|materials?|minerals?|elements?|goods|oxides?"
    r"|compounds?",
    "detail": r"statistics?[ _]details?|metrics?|indicators?|items?|variables?|measures?|series",
    "statistic": r"statistics?",
    "section": r"sections?|tables?|topics?|categor(?:y|ies)",
    "source": r"sources?|reports?|publications?|publishers?|reported by|editions?",
    "period": r"years?|periods?|quarters?|dates?|months?|(?:fiscal|calendar) years?",
    "holder": r"compan(?:y|ies)|holders?|groups?|producers?|firms?|holder as named",
}
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
_WORTHLESS = re.compile(
    r"values?|figures?|amounts?|numbers?|totals?|quantit(?:y|ies)|", re.IGNORECASE
)

_UNIT_TAIL = re.compile(
    r"[,\s]*\((?:percent|kilograms|metric tons|tons|dollars[^()]*|US\$[^()]*|(?:98)?\$/t|%"
    r"|years?)\)$"
    r"|,\s*(?:US\$|metric tons|kilograms|percent|dollars|million|%).*$"
)
_TABLE_NUMBER = re.compile(
    r"^(?:table|exhibit|figure) [\w-]{1,5}(?:[.:]|(?=\s)|—)\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: a cell of a row of a page of a source."""

    source: Source
    page: Page
    block: Block
    cell: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with the words around it in their roles; "" where a table says nothing.

    `label` are the parts of the row's label that have no role of their own, `column` the head of
    the figure's column without time and unit, `captions` what stands above it, the outermost first.
    """

    place: Place
    figure: Figure
    roles: Mapping[str, str]
    label: str
    column: str
    captions: tuple[str, ...]
    period: Period | None
    edition: Edition | None

    @property
    def is_long(self) -> bool:
        """Whether the columns of its table name the roles."""
        return bool(self.roles.get("detail"))

    @property
    def is_range(self) -> bool:
        """Whether the figure is a range."""
        return is_range(self.place.cell.text)


def figure_rows(source: Source, page: Page, heads: tuple[str, ...]) -> Iterator[Row]:
    """Yield the figures of a page that a question can ask for.

    `heads` are the names of the columns where the page is one long table, as `long_heads` gives
    them.
    """
    for block in page.blocks:
        if block.kind != "row" or len(block.cells) < 2:
            continue
        yield from _rows(source, page, block, heads)


def long_heads(page: Page) -> tuple[str, ...]:
    """Return the heads of a page that is one table from its first line, () where it is none."""
    first = next((block for block in page.blocks), None)
    head = page.text.partition("\n")[0]
    if first is None or first.kind != "row" or first.start != len(head) + 1:
        return ()
    return tuple(name.replace("_", " ").strip().lower() for name in head.split(_BAR))


def role_of(head: str) -> str:
    """Return the role that the head of a column of labels names, "" for none."""
    bare = head.replace("_", " ").strip().lower()
    return next((role for role, names in _ROLES.items() if re.fullmatch(names, bare)), "")


def _rows(source: Source, page: Page, block: Block, heads: tuple[str, ...]) -> Iterator[Row]:
    figures = [
        (cell, figure)
        for cell in block.cells[1:]
        if cell.unit
        and not _YEAR_ALONE.fullmatch(cell.text)
        and (figure := _figure(cell))
        and not _is_doubtful(page, cell)
    ]
    if not figures:
        return
    roles = _long_roles(page, block, heads)
    is_long = "detail" in roles
    if is_long:
        if len({(figure.worth, cell.year) for cell, figure in figures}) > 1:
            return  # a row that gives its figure in two versions
        figures = [max(figures, key=lambda found: len(found[0].text))]
    for cell, figure in figures:
        row = _row(Place(source, page, block, cell), figure, roles if is_long else {})
        if row is not None:
            yield row


def _figure(cell: Cell) -> Figure | None:
    figure = read_figure(cell.text)
    if figure is None and is_range(cell.text):
        low = re.split(r"\s?[–-]\s?", cell.text)[0]
        figure = read_figure(low)
        return replace(figure, printed=cell.text.strip()) if figure else None
    return figure


def _is_doubtful(page: Page, cell: Cell) -> bool:
    return any(cell.start < doubt.end and doubt.start < cell.end for doubt in page.doubts)


def _long_roles(page: Page, block: Block, heads: tuple[str, ...]) -> dict[str, str]:
    """Return the words of a row by the roles that the heads of a long table name."""
    if not heads:
        return {}
    cells = page.text[block.start : block.end].split(_BAR)
    if len(cells) != len(heads):
        return {}
    roles: dict[str, str] = {}
    for head, words in zip(heads, cells, strict=True):
        role = role_of(head)
        if role and words.strip() and (role not in roles or role == "thing"):
            roles[role] = words.strip()
    return roles


def _row(place: Place, figure: Figure, roles: dict[str, str]) -> Row | None:
    block, cell = place.block, place.cell
    column, period, edition = _head(cell.column)
    label = ""
    if not roles:
        roles, label, of_label, said = _label(block.cells[0])
        if period and of_label:
            return None
        period, edition = period or of_label, edition or said
    captions, of_caption, said = _captions(block.context.caption)
    edition = edition or said
    if period is None and cell.year:
        period = of_caption if of_caption and of_caption.year == cell.year else None
        period = period or Period(f"in {cell.year}", cell.year)
        if edition and edition.year == period.year and str(period.year) not in _told(block, cell):
            period = of_caption
    elif period is None:
        period = of_caption
    return Row(place, figure, roles, label, column, captions, period, edition)


def _told(block: Block, cell: Cell) -> str:
    """Return the words in which the year of a cell may stand, editions aside."""
    return " ".join(take_edition(words)[1] for words in (cell.column, block.cells[0].text))


def _head(column: str) -> tuple[str, Period | None, Edition | None]:
    parts = [part for part in column.split(" > ") if part]
    period: Period | None = None
    edition: Edition | None = None
    kept = []
    for part in parts:
        said, rest = take_edition(part)
        found, rest = take_period(rest)
        edition, period = edition or said, period or found
        rest = _UNIT_TAIL.sub("", rest).strip(" ,")
        if rest and not _WORTHLESS.fullmatch(rest):
            kept.append(rest)
    return " > ".join(kept), period, edition


def _label(label: Cell) -> tuple[dict[str, str], str, Period | None, Edition | None]:
    """Return the roles that a label's head names, what is left of it, its time and edition."""
    parts = [part.strip(" :") for part in label.text.split(" > ")]
    names = [name.strip() for name in label.column.split(" > ")]
    names = names if len(names) == len(parts) else [""] * len(parts)
    roles: dict[str, str] = {}
    kept: list[str] = []
    period: Period | None = None
    edition: Edition | None = None
    for part, name in zip(parts, names, strict=True):
        said, rest = take_edition(part)
        found, rest = take_period(rest)
        rest = trimmed(_UNIT_TAIL.sub("", rest))
        edition, period = edition or said, period or found
        role = role_of(name)
        if not rest:
            continue
        if is_world(rest) or kind_of_name(rest) in ("country", "region"):
            role = "place"
        elif kind_of_name(rest) == "company":
            role = "holder"
        if role in ("place", "thing", "source", "holder") and role not in roles:
            roles[role] = rest
        else:
            kept.append(rest)
    return roles, " > ".join(kept), period, edition


def _captions(caption: str) -> tuple[tuple[str, ...], Period | None, Edition | None]:
    """Return a caption's parts, the outermost first, and the time and edition that it names."""
    bare = _TABLE_NUMBER.sub("", " ".join(caption.split()))
    edition, bare = take_edition(bare)
    first, *groups = re.split(r":\s+", bare)
    period, rest = take_period(first)
    if period is None or not period.words.startswith(("from", "in fiscal")):
        first = rest
    else:
        first, period = rest, None  # a span of years says what the table covers
    return tuple(part.strip() for part in (first, *groups) if part.strip()), period, edition
