"""The values that reading produces: a Document is one Source with its Pages.

A page's `text` is the stored text: the original after recorded repairs. Blocks say which stretch
of it is a heading, prose or a table row, and what a reader of that stretch must know beside it.
"""

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "prose", "row"]
Rank = Literal["official", "filing", "trade press", "news", "unknown"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One change from original to stored text: `text[start:end]` stands for `original`."""

    start: int
    end: int
    original: str
    kind: str  # "encoding", "footnote mark", "line-end hyphen", ...


@dataclass(frozen=True, slots=True)
class Context:
    """What belongs to a stretch of a page without standing inside it; empty where unknown."""

    section: str = ""
    caption: str = ""
    header: tuple[str, ...] = ()
    unit: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure (or label) of a table row, and what is needed to say what it means.

    `page.text[start:end]` is what is printed, `text` the same with the parts of a figure put
    together ("$(43)"). `column` is the head of its column, `year` the year that column or row
    speaks of (0 where none is named), `unit` and `basis` what governs it ("metric tons" and
    "rare-earth-oxide (REO) equivalent"), `notes` the texts of the notes marked at the figure, its
    row or its column, and the meaning of a sign such as NA or a dash.
    """

    text: str
    start: int
    end: int
    column: str = ""
    year: int = 0
    unit: str = ""
    basis: str = ""
    notes: tuple[str, ...] = ()

    @property
    def measure(self) -> str:
        """Unit and basis in words, "" where neither is known."""
        return ", ".join(part for part in (self.unit, self.basis) if part)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `page.text[start:end]` with one role.

    A row has `cells`: its label first, then its values in the order of `context.header`.
    """

    kind: BlockKind
    start: int
    end: int
    context: Context = field(default_factory=Context)
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word `text[start:end]` that was recognised from a picture with low confidence, 0 to 1."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a source.

    `number` counts from 1 as a PDF viewer does; `label` is what is printed ("iv", "A-3"), equal
    to the number in words where nothing is printed. `confidence` is the mean of the words of a
    page that was recognised from a picture, 1.0 for a page that has its text; `fault` says why a
    page of an otherwise readable source could not be read.
    """

    number: int
    label: str
    text: str
    blocks: tuple[Block, ...] = ()
    repairs: tuple[Repair, ...] = ()
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself, in its own words; empty where it says nothing.

    `published` is a date as it is written there, in any form. `subject` is what else describes
    the source ("Mineral Commodity Summaries 2025") and may name its edition or date.
    """

    title: str = ""
    subject: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    data_years: tuple[int, ...] = ()
    edition: str = ""
    version: str = ""
    url: str = ""
    licence: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file: its pages, its metadata, and remarks on its form."""

    pages: tuple[Page, ...]
    metadata: Metadata = Metadata()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One document as published. Text fields are empty where nothing is known.

    `published` is an ISO date of the precision that is known: "2026", "2026-02", "2026-02-06".
    `path` is relative to the folder that was added; `location` is the resolved place itself, and
    `id` is derived from it, so both survive the next version of the file. `confidence` is that of
    its least certain page; `faults` names the pages that could not be read, with the reason;
    `remarks` says what a reader of the source must know of its form ("sheet 'Old' is hidden").

    `rank` says who speaks, `entities` are the ids of the lexicon's entries that the source is
    about, the one it is most about first. Sources of one `copy_group` have the same content;
    those of one `series` are its editions ("MCS: rare earths").

    `fetched` is when a page of the web came, in UTC; its id comes of the address that was asked.
    `retired` says why a source is kept so that its citations can be opened, and no longer searched:
    another version took its place, or its page is gone.
    """

    id: str
    location: str
    path: str
    title: str
    file_type: str  # "pdf", "html", "workbook" and the other values of corpus.reading.FILE_TYPES
    sha256: str
    publisher: str = ""
    published: str = ""
    data_years: tuple[int, ...] = ()
    edition: str = ""
    version: str = ""
    url: str = ""
    licence: str = ""
    language: str = ""
    copy_group: str = ""
    confidence: float = 1.0
    faults: tuple[str, ...] = ()
    author: str = ""
    rank: Rank = "unknown"
    series: str = ""
    entities: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    fetched: str = ""
    retired: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A source with its pages, in order of their numbers from 1."""

    source: Source
    pages: tuple[Page, ...]


def original_text(page: Page, start: int, end: int) -> str:
    """Return the original of `page.text[start:end]`, with the recorded repairs undone.

    A repair that the stretch only touches is undone whole.
    """
    pieces: list[str] = []
    position = start
    for repair in page.repairs:
        if repair.end < start or repair.start > end:
            continue
        if repair.start >= position:
            pieces.append(page.text[position : repair.start])
        pieces.append(repair.original)
        position = max(position, repair.end)
    pieces.append(page.text[position:end])
    return "".join(pieces)
