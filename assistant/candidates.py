"""Statements that could answer a question: the sentences and table rows of the evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question import Question
from assistant.sentences import sentence_spans
from assistant.wording import fold, stem, stems, words
from corpus.figures import find_figures, find_years
from index.passage import Evidence

_PROSE_CELL_CHARS = 60  # a longer cell holds sentences, not a value
_DATE_WORD = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:19|20)\d\d|spring|summer|autumn|fall|winter|Q[1-4])\b"
)
_WITHHELD = re.compile(
    r"\b(?:not|never) (?:\w+ )?(?:released?|disclosed?|published?|publish|made public|reported|available)"
    r"|\bwithheld\b|\bundisclosed\b|\bwithout (?:publication|publishing)\b",
    re.IGNORECASE,
)
_MONEY_UNIT = re.compile(r"dollars|\$|euros?|yuan|RMB", re.IGNORECASE)


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
            if len(words(text)) >= 3:
                found.append(Candidate(item, text, passage.start + start, passage.start + end))
    return tuple(found)


def statement_scope(candidate: Candidate) -> frozenset[str]:
    """Return the stems of what the statement says, with the context recorded for it."""
    passage = candidate.evidence.passage
    context = passage.context
    parts = [candidate.text, context.section]
    if passage.kind == "row":
        header = [context.header[c] for c in candidate.columns if c < len(context.header)]
        parts += [candidate.quote, context.caption, *header, context.unit, *context.notes]
    return stems(" ".join(parts))


def source_scope(candidate: Candidate) -> frozenset[str]:
    """Return the stems of the passage around the statement and of what the source is."""
    source = candidate.evidence.source
    passage = candidate.evidence.passage
    about = (source.title, source.publisher, source.edition, source.path)
    return stems(" ".join((passage.text, passage.context.caption, passage.context.section, *about)))


def carries_name(candidate: Candidate, name: str) -> bool:
    """Tell whether statement, passage or source title name what the question names."""
    source = candidate.evidence.source
    passage = candidate.evidence.passage
    context = passage.context
    around = " ".join(
        (
            passage.text,
            source.title,
            source.publisher,
            source.edition,
            source.path.replace("_", " "),
            context.section,
            context.caption,
            *context.header,
        )
    )
    wanted = [stem(word) for word in words(name)]
    stretch = [stem(word) for word in words(around)]
    width = len(wanted)
    return any(stretch[at : at + width] == wanted for at in range(len(stretch) - width + 1))


def has_kind(question: Question, candidate: Candidate) -> bool:
    """Tell whether a statement holds the kind of thing asked for, beyond the question's own."""
    text = candidate.text
    if question.kind == "other" or withholds(candidate):
        return True
    if question.kind == "date":
        asked = {fold(word) for word in _DATE_WORD.findall(question.text)}
        return any(fold(word) not in asked for word in _DATE_WORD.findall(text))
    figures = [
        f for f in find_figures(text) if f.value not in question.figures and f.kind != "year"
    ]
    if candidate.is_row:
        values = [candidate.evidence.passage.cells[c] for c in candidate.columns]
        has_value = any(re.search(r"\d|^(?:NA|W|E|—|–)$", value) for value in values)
        if question.kind == "money":
            context = candidate.evidence.passage.context
            told = f"{context.unit} {context.caption} {text}"
            return has_value and bool(_MONEY_UNIT.search(told))
        return has_value
    if question.kind == "money":
        return any(f.kind == "money" for f in figures)
    if question.kind == "percent":
        return any(f.kind == "percent" for f in figures)
    return any(f.kind == "number" for f in figures)


def withholds(candidate: Candidate) -> bool:
    """Tell whether a statement says that something is withheld or was not published."""
    return not candidate.is_row and bool(_WITHHELD.search(candidate.text))


def matches_years(question: Question, candidate: Candidate) -> bool:
    """Tell whether a statement speaks of a year asked for; true where none was asked for."""
    if not question.years:
        return True
    context = candidate.evidence.passage.context
    passage = candidate.evidence.passage
    if candidate.is_row:
        header = " ".join(context.header[c] for c in candidate.columns if c < len(context.header))
        label = passage.cells[0]
        said = {*find_years(header), *find_years(context.caption), *find_years(label)}
        return bool((said or {*candidate.evidence.source.data_years}) & set(question.years))
    source = candidate.evidence.source
    near = f"{candidate.text} {context.section} {passage.text} {source.title}"
    return bool({*find_years(near)} & set(question.years))


def same_figure(one: Candidate, other: Candidate) -> bool:
    """Tell whether two rows of different editions of a series give the same thing for a year."""
    editions = one.evidence.source.edition, other.evidence.source.edition
    if not (one.is_row and other.is_row and all(editions)) or editions[0] == editions[1]:
        return False
    series = [edition.split()[0] for edition in editions]
    return series[0] == series[1] and _figure_key(one) == _figure_key(other)


def _figure_key(candidate: Candidate) -> tuple[str, ...]:
    passage = candidate.evidence.passage
    header = [
        passage.context.header[c] for c in candidate.columns if c < len(passage.context.header)
    ]
    if not any(find_years(name) for name in header):
        return (passage.id,)  # no year: another edition speaks of another time
    group = passage.context.caption.split(": ")[-1]
    return tuple(fold(part) for part in (passage.cells[0], group, *header))


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
