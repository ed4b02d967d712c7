"""Passages as the evidence that an entailment model reads: sentences, and rows cell by cell."""

from collections.abc import Iterator, Sequence

from corpus.document import Cell
from corpus.language.clauses import split_sentences
from index.passage import Evidence, Passage


def evidence_texts(found: Evidence) -> tuple[str, ...]:
    """Return what a passage says as pieces of evidence, each behind title and heading."""
    passage = found.passage
    context = passage.context
    if passage.cells:
        above = (found.source.title, context.caption or context.section)
        said = tuple(_cells(passage))
    else:
        above = (found.source.title, context.section.lstrip("# "))
        said = tuple(_sentences(passage.text))
    lead = " | ".join(filter(None, above))
    return tuple(f"{lead}\n{one}" for one in said)


def _sentences(text: str) -> Iterator[str]:
    """Yield each sentence with the one before it."""
    spans = split_sentences(text)
    for at, (_, end) in enumerate(spans):
        start = spans[max(0, at - 1)][0]
        yield " ".join(text[start:end].split())


def _cells(passage: Passage) -> Iterator[str]:
    """Yield each cell of a row behind its labels, and the row as a whole."""
    label, values = passage.cells[0], passage.cells[1:]
    for cell in values:
        if cell.text:
            yield f"{' | '.join(_labels(label, cell))}: {cell.text}"
    if len(values) > 1:
        unit = next((cell.measure for cell in values if cell.measure), "")
        told = "; ".join(f"{_column(cell)}: {cell.text}" for cell in values if cell.text)
        yield f"{' | '.join(filter(None, (label.text, unit)))} | {told}"


def _labels(label: Cell, cell: Cell) -> Sequence[str]:
    return [part for part in (label.text, _column(cell), cell.measure) if part]


def _column(cell: Cell) -> str:
    year = str(cell.year) if cell.year and str(cell.year) not in cell.column else ""
    return " ".join(filter(None, (cell.column, year)))
