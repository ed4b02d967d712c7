"""What a language model is given to answer from: whole stretches of pages, within a budget.

A passage that was found comes with the passages around it, a row with its table, heads, unit and
notes; what a newer edition says otherwise is marked. What a document says to its reader or to a
machine never reaches the model.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from string import ascii_lowercase

from assistant.answer import page_place
from assistant.extractive import segments
from assistant.figures.value_words import value_text
from assistant.prompts import PromptEvidence
from assistant.sentences import sentence_spans
from assistant.writing.shown_row import shown_row
from corpus.document import Source
from corpus.instructions import holds_instruction, is_instruction, readable
from index.facts import Ledger, LedgerFact
from index.passage import Evidence, Passage
from index.storage.catalog import Catalog

_LETTERS_A_TOKEN = 4  # about
_FOUND_SHARE = 0.75  # of the budget for what was found; the rest for what stands around it
_SOURCE_SHARE = 0.35  # of it for one source, while others have something to say
_WHOLE_TABLE = 24  # rows of a table that is shown whole
_NEAR_ROWS = 2  # on either side of a row of a longer one
_MOST_PIECES = 24
_MOST_FOUND = 100
_KEY_CHARS = 4
_ABOUT_CHARS = 220  # of a piece's title, publisher, edition and so on
_GAP = "[...]"
_RANK_OFFSET = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a model reads: of a passage, or what is told beside passages.

    A head or note that is quoted is cited by one of `beside`, the rows that it belongs to.
    """

    text: str
    passage: Passage | None = None
    beside: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A stretch of a page under a key, as lines; `evidence` has its passages by their ids."""

    key: str
    source: Source
    about: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    evidence: dict[str, Evidence] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All that is given of the page, and what is known of it."""
        return "\n".join((*(words for _, words in self.about), *(one.text for one in self.lines)))

    @cached_property
    def prompt(self) -> PromptEvidence:
        """The piece as it stands in the prompt."""
        return PromptEvidence(self.key, self.about, "\n".join(one.text for one in self.lines))


def select_evidence(
    question: str,
    found: Sequence[Evidence],
    ledger: Ledger,
    tokens: int,
    given: Sequence[Piece] = (),
) -> tuple[Piece, ...]:
    """Return what is put before the model, of so many tokens, the page found first at the top.

    What stands in pieces that were `given` before is left out.
    The same question gives the same keys; none of them stands in a text.
    """
    known = {id for one in given for id in one.evidence}
    found = [one for one in found if one.passage.id not in known][:_MOST_FOUND]
    is_alone = len({item.source.id for item in found}) == 1
    chosen = _Chosen(tokens * _LETTERS_A_TOKEN, 1.0 if is_alone else _SOURCE_SHARE)
    for item in found:
        chosen.add(item, _FOUND_SHARE)
    held = chosen.held()
    pages = _Pages(held, ledger.catalog)
    for around in (pages.table_of, pages.around):
        near = {passage.id: (passage, item) for item in held for passage in around(item.passage)}
        for passage, item in near.values():
            if passage.id not in known:
                chosen.add(pages.evidence_of(passage, item), 1.0)
    groups = chosen.groups()[:_MOST_PIECES]
    shown = [item for group in groups for item in group]
    newer = _superseded([item for item in shown if item.passage.kind == "row"], ledger)
    bodies = [tuple(_lines(group, newer)) for group in groups]
    texts = (one.text for body in bodies for one in body)
    told = " ".join((*texts, *(one.key for one in given))).lower()
    return tuple(
        Piece(
            key, group[0].source, record_of(group[0]), body, {one.passage.id: one for one in group}
        )
        for key, group, body in zip(_keys(question, len(groups), told), groups, bodies, strict=True)
    )


def fused(lists: Iterable[Sequence[Evidence]]) -> tuple[Evidence, ...]:
    """Return what several searches found as one list, by reciprocal rank (Cormack et al. 2009)."""
    scores: dict[str, float] = {}
    items: dict[str, Evidence] = {}
    for found in lists:
        for rank, one in enumerate(found):
            items.setdefault(one.passage.id, one)
            scores[one.passage.id] = scores.get(one.passage.id, 0.0) + 1 / (_RANK_OFFSET + rank)
    return tuple(sorted(items.values(), key=lambda one: -scores[one.passage.id]))


class _Pages:
    """What stands around passages that were found, on their pages, in order."""

    def __init__(self, found: Sequence[Evidence], catalog: Catalog) -> None:
        starts: dict[tuple[str, int], list[int]] = {}
        for one in found:
            page = (one.passage.source_id, one.passage.page)
            starts.setdefault(page, []).append(one.passage.start)
        self._passages = {
            page: catalog.passages_near(*page, those, _WHOLE_TABLE)
            for page, those in starts.items()
        }
        self._tables: dict[tuple[object, ...], list[Passage]] = {}
        for near in self._passages.values():
            for passage in near:
                if passage.kind == "row":
                    self._tables.setdefault(_head_of(passage), []).append(passage)

    def of(self, passage: Passage) -> tuple[Passage, ...]:
        """Return the passages around one on its page."""
        return self._passages[passage.source_id, passage.page]

    def evidence_of(self, passage: Passage, found: Evidence) -> Evidence:
        """Return a passage of the page of what was found as evidence, with its scores."""
        return Evidence(passage, found.source, found.score, found.similarity)

    def table_of(self, passage: Passage) -> tuple[Passage, ...]:
        """Return the rows of a row's table, of a long one those next to it."""
        if passage.kind != "row":
            return ()
        rows = self._tables.get(_head_of(passage), [])
        if len(rows) <= _WHOLE_TABLE:
            return tuple(rows)
        at = next((at for at, one in enumerate(rows) if one.id == passage.id), 0)
        return tuple(rows[max(0, at - _NEAR_ROWS) : at + _NEAR_ROWS + 1])

    def around(self, passage: Passage) -> tuple[Passage, ...]:
        """Return the passages of running words before and after one."""
        all_of_page = self.of(passage)
        at = next((at for at, one in enumerate(all_of_page) if one.id == passage.id), -1)
        near = (at + step for step in (1, -1))
        return tuple(
            all_of_page[one]
            for one in near
            if at >= 0 and 0 <= one < len(all_of_page) and all_of_page[one].kind != "row"
        )


class _Chosen:
    """Evidence within a budget of letters, by pages in the order in which they were found."""

    def __init__(self, letters: int, source_share: float) -> None:
        self._letters = letters
        self._source_letters = letters * source_share
        self._spent = 0
        self._by_source: Counter[str] = Counter()
        self._texts: set[str] = set()
        self._heads: set[tuple[object, ...]] = set()
        self._by_page: dict[tuple[str, int], dict[str, Evidence]] = {}

    def add(self, item: Evidence, share: float) -> None:
        """Add evidence where a share of the budget has room for it."""
        passage = item.passage
        page = (passage.source_id, passage.page)
        held = self._by_page.get(page, {})
        if passage.id in held or self._is_too_much(passage, _least_length(passage), share):
            return
        text = _text_of(passage)
        said = " ".join((text, *_columns(passage), item.source.title)).lower()
        cost = len(text) + (0 if held else _ABOUT_CHARS) + self._head_cost(passage)
        if not text or said in self._texts or self._is_too_much(passage, cost, share):
            return
        self._spent += cost
        self._by_source[passage.source_id] += cost
        self._texts.add(said)
        self._heads.add(_head_of(passage))
        self._by_page.setdefault(page, {})[passage.id] = item

    def _is_too_much(self, passage: Passage, cost: int, share: float) -> bool:
        """Tell whether there is no room for so many letters more; for the first there always is."""
        of_source = self._by_source[passage.source_id] + cost
        is_over = self._spent + cost > self._letters * share or of_source > self._source_letters
        return bool(self._by_page) and is_over

    def _head_cost(self, passage: Passage) -> int:
        """Return how many letters stand above and below the first row of a table."""
        context = passage.context
        if passage.kind != "row" or _head_of(passage) in self._heads:
            return 0
        return sum(map(len, (context.caption, context.unit, *_columns(passage), *context.notes)))

    def held(self) -> list[Evidence]:
        """Return the evidence so far, page by page, in the order in which it came."""
        return [one for items in self._by_page.values() for one in items.values()]

    def groups(self) -> list[list[Evidence]]:
        """Return the evidence page by page, each in the order of the page."""
        found = (
            sorted(items.values(), key=lambda one: one.passage.start)
            for items in self._by_page.values()
        )
        return list(found)


def _head_of(passage: Passage) -> tuple[object, ...]:
    return (passage.source_id, passage.page, passage.context.caption, _columns(passage))


def _columns(passage: Passage) -> tuple[str, ...]:
    """Return the heads of the columns of a row, none for running words."""
    return tuple(one.head for one in shown_row(passage)) if passage.kind == "row" else ()


def _least_length(passage: Passage) -> int:
    """Return how many letters of a passage a model reads at least, were it no instruction."""
    return sum(len(cell.text) for cell in shown_row(passage)) if passage.kind == "row" else 0


def _text_of(passage: Passage) -> str:
    """Return what of a passage a model reads, "" where it orders something of a machine."""
    if passage.kind == "row":
        text = _row_line(passage, {})
        return "" if is_instruction(text) or holds_instruction(passage.text) else text
    orders = [one for one in segments(passage) if is_instruction(one.text)]
    kept = (
        passage.text[start:end]
        for start, end in sentence_spans(passage.text)
        if not any(one.start < end and start < one.end for one in orders)
    )
    return " ".join(said for said in map(on_one_line, kept) if said and not is_instruction(said))


def _row_line(passage: Passage, marks: Mapping[str, str]) -> str:
    """Return the cells of a row, each with the marks of its notes."""
    cells = (
        on_one_line(" ".join((cell.text, *(marks[n] for n in cell.notes if n in marks))))
        for cell in shown_row(passage)
    )
    return f"| {' | '.join(cells)} |"


def _lines(group: Sequence[Evidence], newer: dict[str, list[str]]) -> Iterator[Line]:
    """Yield the lines of a page's passages: sections, running words, tables under their heads."""
    section = group[0].passage.context.section
    last: Passage | None = None

    def table(item: Evidence) -> tuple[object, ...]:
        context = item.passage.context
        is_row = item.passage.kind == "row"
        return (is_row, context.section, context.caption, _columns(item.passage))

    for (is_row, new_section, caption, _), items in groupby(group, table):
        if new_section != section and new_section:
            yield Line(f"Section: {_beside(str(new_section))}")
            section = str(new_section)
        rows = list(items)
        marks = _marks([one.passage for one in rows]) if is_row else {}
        if is_row:
            yield from _head(tuple(one.passage for one in rows), str(caption))
        for item in rows:
            passage = item.passage
            if last is not None and passage.start - last.end > _far(passage):
                yield Line(_GAP)
            text = _row_line(passage, marks) if is_row else _text_of(passage)
            yield Line(text, passage)
            last = passage
        notes = dict.fromkeys(note for one in rows for note in one.passage.context.notes)
        marked = (f"{marks.get(note, '')} {_beside(note)}".strip() for note in notes)
        told = " | ".join(filter(None, marked))
        if told:
            beside = tuple(one.passage for one in rows) if is_row else ()
            yield Line(f"Notes: {told}", beside=beside)
        for item in rows:
            yield from map(Line, newer.get(item.passage.id, ()))


def _marks(rows: Sequence[Passage]) -> dict[str, str]:
    """Return a mark for each note that some cells of a table have and others have not."""
    cells = [cell for row in rows for cell in row.cells[1:] if cell.text]
    notes = dict.fromkeys(note for cell in cells for note in cell.notes)
    partial = [note for note in notes if not all(note in cell.notes for cell in cells)]
    return {note: f"^{letter}" for note, letter in zip(partial, ascii_lowercase, strict=False)}


def _far(passage: Passage) -> int:
    """Return from how many letters on something is left out before a passage."""
    return 200 if passage.kind == "row" else 40


def _head(rows: tuple[Passage, ...], caption: str) -> Iterator[Line]:
    """Yield what stands above the rows of a table."""
    row = rows[0]
    if caption and _beside(caption):
        yield Line(f"Table: {_beside(caption)}", beside=rows)
    units = dict.fromkeys(cell.measure for cell in row.cells[1:] if cell.measure)
    unit = row.context.unit or (next(iter(units)) if len(units) == 1 else "")
    if unit and _beside(unit):
        yield Line(f"Unit: {_beside(unit)}", beside=rows)
    columns = _columns(row)
    if any(columns):
        yield Line(f"Columns: | {' | '.join(map(_beside, columns))} |", beside=rows)


def record_of(item: Evidence) -> tuple[tuple[str, str], ...]:
    """Return what is recorded of a passage's place, by name; nothing that orders a machine."""
    passage, source = item.passage, item.source
    about = (
        ("title", source.title),
        ("publisher", source.publisher or source.author),
        ("edition", " ".join(filter(None, (source.edition, source.version)))),
        ("published", source.published),
        ("page", page_place(source, passage.page, passage.page_label)),
        ("section", passage.context.section),
    )
    return tuple((name, _beside(words)) for name, words in about if words and _beside(words))


def _superseded(rows: Sequence[Evidence], ledger: Ledger) -> dict[str, list[str]]:
    """Return by passages what newer editions say otherwise of their figures."""
    places = [(one.source.id, one.passage.page, one.passage.start, one.passage.end) for one in rows]
    sources = {one.source.id: one.source for one in rows}
    told: dict[str, list[str]] = {}
    for fact in ledger.superseded(places, sources) if places else ():
        for one in rows:
            if fact.newer and _holds(one, fact):
                line = _newer_line(one.passage.row_label, fact, fact.newer)
                told.setdefault(one.passage.id, []).append(line)
    return told


def _holds(item: Evidence, fact: LedgerFact) -> bool:
    place, passage = fact.fact.place, item.passage
    is_same_page = (item.source.id, passage.page) == (fact.source.id, place.page)
    return is_same_page and passage.start <= place.start < passage.end


def _newer_line(label: str, fact: LedgerFact, newer: LedgerFact) -> str:
    period = fact.fact.period.text if fact.fact.period else ""
    of = ", ".join(filter(None, (label, period)))
    told = ", ".join(filter(None, (newer.source.title, newer.source.edition)))
    value, now = value_text(fact.fact), value_text(newer.fact)
    return on_one_line(f"Superseded: {of}: {value}; it is {now} in {told}.")


def _beside(words: str) -> str:
    """Return words that stand beside evidence, "" where they speak to a machine."""
    return "" if is_instruction(words) else on_one_line(words)


def on_one_line(text: str) -> str:
    """Return a text as a reader sees it: without signs that do not show and marks of fences."""
    return " ".join(readable(text).split())


def _keys(question: str, count: int, told: str) -> list[str]:
    """Return so many keys for a question that stand nowhere in a text: "k4f7"."""
    keys: list[str] = []
    number = 0
    while len(keys) < count:
        digest = hashlib.sha256(f"{number} {question}".encode()).hexdigest()
        key = f"k{digest[:_KEY_CHARS]}"
        if key not in told and key not in keys:
            keys.append(key)
        number += 1
    return keys
