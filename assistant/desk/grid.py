"""A grid: sources, or words such as companies, down, questions across, each cell an answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation
from corpus.document import Source
from index.passage import Filters

NOT_STATED = "not stated"
PLACE = "{}"  # in a question, where the words of a row stand; else they stand before it

Ask = Callable[[str, Filters], Answer]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: a source that is asked by itself, or words that are put into each question."""

    head: str
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """An answer at its place; `error` says why there is none."""

    row: int
    column: int
    answer: Answer | None = None
    error: str = ""

    @property
    def text(self) -> str:
        """What stands in the cell."""
        if self.answer is None:
            return self.error
        if self.answer.status == "not_found":
            return NOT_STATED
        return self.answer.text

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the cell rests on."""
        return self.answer.citations if self.answer else ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows and questions with the cells that are filled so far, in the order they were filled."""

    rows: tuple[GridRow, ...]
    questions: tuple[str, ...]
    filters: Filters = Filters()  # noqa: RUF009 - a value that never changes
    cells: tuple[GridCell, ...] = ()

    @property
    def size(self) -> int:
        """How many cells there are to fill."""
        return len(self.rows) * len(self.questions)

    def cell(self, row: int, column: int) -> GridCell | None:
        """Return a cell, None while it is not filled."""
        return next((one for one in self.cells if (one.row, one.column) == (row, column)), None)

    def with_cell(self, cell: GridCell) -> "Grid":
        """Return the grid with one more cell filled."""
        return replace(self, cells=(*self.cells, cell))


def source_rows(sources: Sequence[Source]) -> tuple[GridRow, ...]:
    """Return a row for each source."""
    return tuple(GridRow(source.title, source.id) for source in sources)


def word_rows(words: Sequence[str]) -> tuple[GridRow, ...]:
    """Return a row for each line of words; empty and repeated ones are left out."""
    return tuple(GridRow(line) for line in plain_lines(words))


def plain_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines without spaces around them, without empty and repeated ones."""
    plain = (" ".join(line.split()) for line in lines)
    return tuple(dict.fromkeys(filter(None, plain)))


def asked_of(row: GridRow, question: str) -> str:
    """Return the question of a cell: "{}" is filled with the words of a row, else they lead it."""
    if row.source_id:
        return question
    return question.replace(PLACE, row.head) if PLACE in question else f"{row.head}: {question}"


def fill(grid: Grid, ask: Ask, failures: tuple[type[Exception], ...]) -> Iterator[GridCell]:
    """Yield the cells that are not filled yet, row by row; one that fails says why."""
    done = {(one.row, one.column) for one in grid.cells}
    for at, row in enumerate(grid.rows):
        ids = (row.source_id,) if row.source_id else grid.filters.source_ids
        filters = replace(grid.filters, source_ids=ids)
        for column, question in enumerate(grid.questions):
            if (at, column) in done:
                continue
            try:
                yield GridCell(at, column, ask(asked_of(row, question), filters))
            except failures as error:
                yield GridCell(at, column, error=str(error))
