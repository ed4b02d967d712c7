"""The candidates for an answer: the sentences and table rows of the evidence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from assistant.extractive.segments import Segment, segments
from assistant.sentences import sentence_spans
from corpus.dating import is_newer
from corpus.document import Cell, Context
from corpus.instructions import is_instruction
from corpus.language.clauses import parse_sentences
from corpus.language.named_editions import find_editions
from corpus.language.periods import find_periods, find_years, same_period
from corpus.language.vocabulary import any_form, load_vocabulary
from corpus.language.words import fold
from index.passage import Evidence, Passage
from index.question import Question, editions
from index.wording import plain_words, stem, words

# Names a table or a source, points elsewhere, leads into nothing, or asks: it states nothing.
_NO_STATEMENT = re.compile(
    r"^(?:Table|Figure|Exhibit) [\w-]{1,4}\. |://|:$"
    r"|^Notes?: [^.;:]{3,120}, (?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d\.$"
    r"|\?[\"'”’)\]]*$",
    re.IGNORECASE,
)
_PROSE_CELL_CHARS = 60  # a longer cell holds sentences, not a value
# "## ", "(3) (A) ", "In this section: (1) "
_NUMBERING = re.compile(r"^(?:[^:()]{1,40}:\s*(?=\())?\W*(?:\(?[\dA-Za-z]{1,3}[.)]\s*)*")
_LABEL_WORDS = 8  # a longer stretch is no label
_NO_LABEL = re.compile(r"[\d:—]|\w[\"”’)\]]*[.!?][\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a passage that could be shown as an answer.

    `text` is how it reads on its own. `start` and `end` are the page's offsets of its quote;
    `cells` are the chosen values of a row.
    """

    evidence: Evidence
    text: str
    start: int
    end: int
    cells: tuple[Cell, ...] = ()

    @property
    def place(self) -> tuple[str, int, int, int]:
        """The source, the page, and where its quote starts and ends on it."""
        passage = self.evidence.passage
        return passage.source_id, passage.page, self.start, self.end

    @property
    def quote(self) -> str:
        """The exact words of the page."""
        passage = self.evidence.passage
        return passage.text[self.start - passage.start : self.end - passage.start]

    @property
    def is_row(self) -> bool:
        """Whether the statement is a table row of values."""
        return bool(self.cells)


def candidates(question: Question, evidence: Sequence[Evidence]) -> tuple[Candidate, ...]:
    """Return the statements of the evidence, in its order."""
    found: list[Candidate] = []
    for item in evidence:
        passage = item.passage
        if passage.kind == "row":
            rows = _row_candidates(question, item)
            found += [one for one in rows if not is_instruction(one.text)]
            continue
        found += [
            Candidate(item, one.text, passage.start + one.start, passage.start + one.end)
            for one in _stating(passage)
        ]
    return tuple(found)


def holds_statement(passage: Passage) -> bool:
    """Tell whether a passage states anything at all."""
    return bool(passage.kind == "row" or statement_texts(passage))


def statement_texts(passage: Passage) -> tuple[str, ...]:
    """Return what a passage of running words states, one statement each."""
    return tuple(one.text for one in _stating(passage))


def _stating(passage: Passage) -> Iterator[Segment]:
    """Yield the segments that state something; what speaks to a machine does not."""
    for one in segments(passage):
        if not (_NO_STATEMENT.search(one.text) or is_instruction(one.text)):
            yield one


@lru_cache(maxsize=20_000)
def is_label(text: str) -> bool:
    """Tell whether a stretch only heads or names something: "(2) Covered nation .", "In general".

    It is short, does not end as a sentence does, and has no verb.
    """
    body = text[_NUMBERING.match(text).end() :]  # type: ignore[union-attr]  # matches ""
    if _NO_LABEL.search(body) or len(words(body)) > _LABEL_WORDS:
        return False
    [parsed] = parse_sentences(text, [(0, len(text))])
    return not any(word.is_verb and word.relation != "amod" for word in parsed.words)


def sentence_before(candidate: Candidate) -> tuple[int, int] | None:
    """Return where in the passage the sentence before one stands; None without one.

    It is of the same paragraph. A row has none.
    """
    passage = candidate.evidence.passage
    if candidate.is_row or passage.kind == "row":
        return None
    at = candidate.start - passage.start
    before = [span for span in sentence_spans(passage.text) if span[1] <= at]
    return before[-1] if before and "\n\n" not in passage.text[before[-1][1] : at] else None


def cited_context(candidate: Candidate) -> Context:
    """Return what is recorded beside a statement: of a row's chosen cells, theirs alone."""
    context = candidate.evidence.passage.context
    cells = candidate.cells
    if candidate.is_row:
        context = replace(
            context,
            header=(*(context.header[:1] or ("",)), *(cell.column for cell in cells)),
            unit="; ".join(dict.fromkeys(filter(None, (cell.measure for cell in cells)))),
            notes=tuple(dict.fromkeys(note for cell in cells for note in cell.notes)),
        )
    doubtful = uncertain_figures(candidate)
    if doubtful:
        told = f"recognised from a picture, uncertain: {', '.join(doubtful)}"
        context = replace(context, notes=(*context.notes, told))
    return context


def uncertain_figures(candidate: Candidate) -> tuple[str, ...]:
    """Return the figures of a statement that were recognised with low confidence, and how low."""
    passage = candidate.evidence.passage
    stretches = [(cell.start, cell.end) for cell in candidate.cells] or [
        (candidate.start, candidate.end)
    ]
    found = []
    for doubt in passage.doubts:
        if any(start < doubt.end and doubt.start < end for start, end in stretches):
            word = passage.text[doubt.start - passage.start : doubt.end - passage.start]
            if any(sign.isdigit() for sign in word):
                found.append(f"{word} ({doubt.confidence:.0%})")
    return tuple(found)


def edition_of(candidate: Candidate) -> str:
    """Return the edition that a statement is of: its source's, or one that its row names."""
    return candidate.evidence.source.edition or _edition_told(candidate.evidence)


def _edition_told(item: Evidence) -> str:
    """Return the edition that a cell of a row names: "Mineral Commodity Summaries 2026"."""
    told = (cell.text for cell in item.passage.cells[1:] if find_editions(cell.text))
    return next(told, "")


def is_of_newer_edition(one: Candidate, other: Candidate) -> bool:
    """Tell whether a statement is of a newer edition than another of the same row."""
    if one.evidence.source.id != other.evidence.source.id:
        return is_newer(one.evidence.source, other.evidence.source)
    return max(find_years(edition_of(one)), default=0) > max(
        find_years(edition_of(other)), default=0
    )


def same_row(one: Candidate, other: Candidate) -> bool:
    """Tell whether two editions of a series, in two sources or in one, give the same row."""
    source, rival = one.evidence.source, other.evidence.source
    editions = {edition_of(one), edition_of(other)}
    if not (one.is_row and other.is_row) or len(editions) == 1 or "" in editions:
        return False
    in_series = source.id == rival.id or source.series == rival.series != ""
    return in_series and _row_key(one) == _row_key(other)


def same_figure(one: Candidate, other: Candidate) -> bool:
    """Tell whether two editions of a series give the same thing for the same year."""
    return any(cell.year for cell in one.cells) and same_row(one, other)


def _row_key(candidate: Candidate) -> tuple[str, ...]:
    passage = candidate.evidence.passage
    group = passage.context.caption.split(": ")[-1]
    columns = [f"{cell.column} {cell.year}" for cell in candidate.cells]
    return tuple(fold(part) for part in (passage.row_label, group, *columns))


def _row_candidates(question: Question, item: Evidence) -> list[Candidate]:
    passage = item.passage
    label = passage.row_label
    found = []
    if any(len(cell.text) > _PROSE_CELL_CHARS for cell in passage.cells[1:]):
        for cell in passage.cells[1:]:
            for start, end in sentence_spans(cell.text):
                text = f"{label}: {cell.text[start:end]}" if label else cell.text[start:end]
                found.append(Candidate(item, text, passage.start, passage.end))
        return found
    cells = _asked_cells(question, passage.cells[1:])
    if not cells:
        return []
    return [Candidate(item, row_text(item, cells), passage.start, passage.end, cells)]


def row_text(item: Evidence, cells: Sequence[Cell]) -> str:
    """Return a table row's chosen cells as a statement, with column, caption and unit."""
    caption = item.passage.context.caption
    label = item.passage.row_label.rstrip(" :")
    units = [_unit_untold(cell, f"{caption} {label}") for cell in cells]
    shared = units[0] if len(set(units)) == 1 else ""
    told = []
    for cell, unit in zip(cells, units, strict=True):
        value = f"{cell.text} ({unit})" if unit and not shared else cell.text
        told.append(f"{cell.column}: {value}" if cell.column else value)
    body = f"{label} — {'; '.join(told)}" if label else "; ".join(told)
    about = "; ".join(part for part in (caption, shared) if part)
    statement = f"{body} ({about})" if about else body
    source = item.source
    if source.edition:
        published = ", ".join(filter(None, (source.publisher, source.edition)))
        return f"{published}: {statement}"
    edition = _edition_told(item)
    return f"{edition}: {statement}" if edition and edition not in body else statement


def _unit_untold(cell: Cell, around: str) -> str:
    """Return the unit of a cell, "" where the words around it or the figure itself tell it."""
    if cell.unit == "percent" and "%" in cell.text:
        return ""
    return "" if cell.measure in f"{around} {cell.column}" else cell.measure


def _asked_cells(question: Question, values: Sequence[Cell]) -> tuple[Cell, ...]:
    """Choose the values of a row that a question asks for: by column name, then by year, else all.

    A column is asked for where its name is a time asked for, or says most of what is asked, or what
    no other says; with a year the later ones, where the question is how something goes.
    """
    values = [cell for cell in values if cell.text]
    if timed := [cell for cell in values if _is_of_time(cell.column, question)]:
        return tuple(timed)
    of_edition = [c for c in values if set(editions(c.column)) & set(question.editions)]
    values = of_edition or values
    asked = {stem(word) for word in question.words}
    said = {cell.column: _stems(cell.column) & asked for cell in values}
    for column in said:
        symbol = column.rpartition(" > ")[2]  # "Y" of yttrium, as it is written
        if re.fullmatch(r"[A-Z][a-z]?\d?", symbol) and re.search(rf"\b{symbol}\b", question.text):
            said[column] |= {symbol}
    named: list[str] = []
    covered: set[str] = set()
    for column in sorted(said, key=lambda column: -len(said[column])):
        is_full = named and len(said[column]) == len(said[named[0]]) > 0
        if is_full or said[column] - covered:
            named.append(column)
            covered |= said[column]
    named = _as_written(question, said, named)
    chosen = [cell for cell in values if not named or cell.column in named]
    first = min(question.years, default=0) if _course().search(question.text) else 0
    dated = [cell for cell in chosen if cell.year in question.years or 0 < first <= cell.year]
    latest = max((cell.year for cell in chosen), default=0)
    if not dated and question.wants_latest and latest:
        dated = [cell for cell in chosen if cell.year == latest]
    return tuple(dated or chosen)


def _is_of_time(column: str, question: Question) -> bool:
    """Tell whether a column's name is no more than a month, day or quarter that is asked for."""
    asked = question.query.periods
    if not asked or column.strip().isdigit():  # years are chosen by the cells' own
        return False
    found = find_periods(column)
    if len(found) != 1:
        return False
    [told] = found
    beside = column[: told.start] + column[told.end :]
    return not beside.strip() and any(same_period(told.period, one) for one in asked)


@cache
def _course() -> re.Pattern[str]:
    forms = any_form(load_vocabulary().words("asked", "manner of doing"))
    return re.compile(rf"(?<!\w){forms}(?!\w)", re.IGNORECASE)


def _as_written(
    question: Question, said: Mapping[str, set[str]], named: Sequence[str]
) -> list[str]:
    """Return of names that stand for one thing ("SmCo5", "Sm2Co17") those that are written."""
    written = set(plain_words(question.text))

    def count(column: str) -> int:
        return sum(word in written for word in plain_words(column) if not word.isdigit())

    best: dict[frozenset[str], int] = {}
    for column in named:
        key = frozenset(said[column])
        best[key] = max(best.get(key, 0), count(column))
    return [column for column in named if count(column) == best[frozenset(said[column])]]


def _stems(column: str) -> set[str]:
    return {stem(word) for word in words(column) if not word.isdigit()}
