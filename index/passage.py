"""The values of finding: a Passage of a page, Evidence for a question, and Filters."""

from dataclasses import dataclass, field

from corpus.document import BlockKind, Cell, Context, Doubt, Source


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one page: `page.text[start:end] == text`, always.

    A row passage keeps the `cells` of its row: the label, then the values under the header.
    `doubts` are its words that were recognised from a picture with low confidence.
    """

    id: str  # source, page and start
    source_id: str
    page: int
    page_label: str
    start: int
    end: int
    text: str
    kind: BlockKind
    context: Context = field(default_factory=Context)
    cells: tuple[Cell, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def row_label(self) -> str:
        """The label of a row, "" for prose."""
        return self.cells[0].text if self.cells else ""


@dataclass(frozen=True, slots=True)
class Reason:
    """What a passage's score gained (or lost) and by what: nearness in meaning, its year, ..."""

    name: str
    gain: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage found for a question. Scores are higher for better.

    `score` orders what was found for one question and is the sum of its `reasons`; `similarity` is
    the cosine of question and passage, from -1 to 1.
    """

    passage: Passage
    source: Source
    score: float
    similarity: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Which sources to search. Empty fields admit all; words match without regard to case.

    Dates are ISO of any precision; `published_to="2025"` takes in the whole of 2025. A source
    whose date is unknown is left out as soon as a date is asked for.
    """

    publisher: str = ""
    source_type: str = ""  # a rank ("official") or a file type ("pdf")
    language: str = ""
    published_from: str = ""
    published_to: str = ""
    data_year: int | None = None
    source: str = ""  # an id, or a part of the path or title
    source_ids: tuple[str, ...] = ()  # these alone


def admits(filters: Filters, source: Source) -> bool:
    """Tell whether filters admit a source."""
    published = source.published
    if filters.publisher and filters.publisher.lower() not in source.publisher.lower():
        return False
    if filters.source_type and filters.source_type.lower() not in (source.rank, source.file_type):
        return False
    if filters.language and filters.language.lower() != source.language.lower():
        return False
    if filters.published_from and not published >= filters.published_from[: len(published) or 4]:
        return False
    if filters.published_to and not (published and published <= filters.published_to + "~"):
        return False
    if filters.data_year is not None and filters.data_year not in source.data_years:
        return False
    if filters.source_ids and source.id not in filters.source_ids:
        return False
    wanted = filters.source.lower()
    return (
        not wanted
        or wanted == source.id
        or any(wanted in words.lower() for words in (source.path, source.title))
    )
