"""Statements that could answer a question: the sentences and table rows of the evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question import Question
from assistant.sentences import sentence_spans
from assistant.wording import fold, stem, words
from corpus.figures import find_years
from index.passage import Evidence

_CAPTION = re.compile(r"(?:Table|Figure|Exhibit) [\w-]{1,4}\. ")  # names a table, states nothing
_PROSE_CELL_CHARS = 60  # a longer cell holds sentences, not a value


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a passage that could be shown as an answer.

    `text` is how it reads on its own. `start` and `end` are the page's offsets of its quote;
    `columns` are the positions of the chosen cells of a row.
    """

    evidence: Evidence
    text: str
    start: int
    end: int
    columns: tuple[int, ...] = ()
    similarity: float = 0.0  # cosine of question and statement

    @property
    def quote(self) -> str:
        """The exact words of the page."""
        passage = self.evidence.passage
        return passage.text[self.start - passage.start : self.end - passage.start]

    @property
    def is_row(self) -> bool:
        """Whether the statement is a table row of values."""
        return bool(self.columns)


def candidates(question: Question, evidence: Sequence[Evidence]) -> tuple[Candidate, ...]:
    """Return the statements of the evidence, in its order."""
    found: list[Candidate] = []
    for item in evidence:
        passage = item.passage
        if passage.kind == "row":
            found += _row_candidates(question, item)
            continue
        for start, end in sentence_spans(passage.text):
            text = re.sub(r"\s+", " ", passage.text[start:end])
            if len(words(text)) >= 3 and not _CAPTION.match(text):
                found.append(Candidate(item, text, passage.start + start, passage.start + end))
    return tuple(found)


def column_names(candidate: Candidate) -> tuple[str, ...]:
    """Return the header names of a row's chosen cells."""
    header = candidate.evidence.passage.context.header
    return tuple(header[column] for column in candidate.columns if column < len(header))


def same_row(one: Candidate, other: Candidate) -> bool:
    """Tell whether two editions of a series give the same row and columns."""
    editions = one.evidence.source.edition, other.evidence.source.edition
    if not (one.is_row and other.is_row and all(editions)) or editions[0] == editions[1]:
        return False
    series = [edition.split()[0] for edition in editions]
    return series[0] == series[1] and _row_key(one) == _row_key(other)


def same_figure(one: Candidate, other: Candidate) -> bool:
    """Tell whether two editions of a series give the same thing for the same year."""
    dated = any(find_years(name) for name in column_names(one))
    return dated and same_row(one, other)


def _row_key(candidate: Candidate) -> tuple[str, ...]:
    passage = candidate.evidence.passage
    group = passage.context.caption.split(": ")[-1]
    return tuple(fold(part) for part in (passage.cells[0], group, *column_names(candidate)))


def _row_candidates(question: Question, item: Evidence) -> list[Candidate]:
    passage = item.passage
    label = passage.cells[0] if passage.cells else ""
    found = []
    if any(len(cell) > _PROSE_CELL_CHARS for cell in passage.cells[1:]):
        for cell in passage.cells[1:]:
            for start, end in sentence_spans(cell):
                text = f"{label}: {cell[start:end]}" if label else cell[start:end]
                found.append(Candidate(item, text, passage.start, passage.end))
        return found
    columns = _columns(question, item)
    if not columns:
        return []
    text = row_text(item, columns)
    return [Candidate(item, text, passage.start, passage.end, columns)]


def row_text(item: Evidence, columns: Sequence[int]) -> str:
    """Return a table row's chosen cells as a statement, with column, caption and unit."""
    passage = item.passage
    context = passage.context
    cells = []
    for column in columns:
        name = context.header[column] if column < len(context.header) else ""
        cells.append(f"{name}: {passage.cells[column]}" if name else passage.cells[column])
    unit = "" if context.unit and context.unit in context.caption else context.unit
    about = "; ".join(part for part in (context.caption, unit) if part)
    label = passage.cells[0].rstrip(" :")
    body = f"{label} — {'; '.join(cells)}" if label else "; ".join(cells)
    told = f"{body} ({about})" if about else body
    source = item.source
    return f"{source.publisher}, {source.edition}: {told}" if source.edition else told


def _columns(question: Question, item: Evidence) -> tuple[int, ...]:
    """Choose the cells of a row that a question asks for: by year, by column name, else all."""
    passage = item.passage
    header = passage.context.header
    columns = range(1, len(passage.cells))
    if len(header) != len(passage.cells) or not columns:
        return tuple(columns)
    asked = {stem(word) for word in question.words}
    years = {column: find_years(header[column]) for column in columns}
    overlap = {
        column: sum(stem(word) in asked for word in words(header[column]) if not word.isdigit())
        for column in columns
    }
    best = max(overlap.values())
    named = [column for column in columns if overlap[column] == best] if best else list(columns)
    dated = [c for c in named if set(years[c]) & set(question.years)]
    if dated:
        return tuple(dated)
    with_years = [c for c in named if years[c]]
    if question.wants_latest and with_years:
        latest = max(max(years[c]) for c in with_years)
        return tuple(c for c in with_years if latest in years[c])
    return tuple(named)
