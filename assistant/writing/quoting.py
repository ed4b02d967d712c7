"""The words that a model quotes, found in the evidence that it was given: verbatim, or not at all.

What is cited is the whole sentence or row in which they stand, so that no quote says less than its
sentence does.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.extractive import Candidate, row_text
from assistant.sentences import sentence_spans
from assistant.writing.evidence_selection import Piece
from corpus.document import Cell
from corpus.language.words import fold
from index.facts import LedgerFact
from index.passage import Evidence, Passage

_GAP = re.compile(r"\s*(?:\[?(?:\.\.\.|…)\]?)\s*")  # what a quote leaves out
_MARKS = re.compile(r"\s\^[a-z]\b|\|")  # of notes and cells
_ENDS = " .,;:\"'"
_LINES_BEFORE = 3
_FEWEST_LETTERS = 20  # of a quote that is looked for under other keys
_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence or row of the evidence with what the ledger reads in it."""

    cited: Candidate
    facts: tuple[LedgerFact, ...]
    before: str = ""  # what the model read right before it

    @property
    def evidence(self) -> Evidence:
        """The passage in which it stands."""
        return self.cited.evidence

    def is_followed_by(self, other: "Quoted") -> bool:
        """Tell whether another quote begins where this one ends, in the same running words."""
        passage = self.evidence.passage
        if self.cited.is_row or other.cited.is_row or other.evidence.passage.id != passage.id:
            return False
        between = passage.text[self.cited.end - passage.start : other.cited.start - passage.start]
        return self.cited.end <= other.cited.start and not between.strip()

    def joined(self, other: "Quoted") -> "Quoted":
        """Return this quote with the one that follows it."""
        text = f"{self.cited.text} {other.cited.text}"
        cited = replace(self.cited, text=text, end=other.cited.end)
        return Quoted(cited, (*self.facts, *other.facts), self.before)

    def with_cells(self, cells: Sequence[Cell]) -> "Quoted":
        """Return a row as cited for some of its cells."""
        text = row_text(self.evidence, cells)
        cited = replace(self.cited, cells=tuple(cells), text=text)
        return replace(self, cited=cited)


class Quotes:
    """Finds quotes in the evidence that a model was given; `facts_at` are those of a stretch."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        facts_at: Callable[[Evidence, int, int], tuple[LedgerFact, ...]],
    ) -> None:
        self._pieces = {one.key: one for one in pieces}
        self._facts_at = facts_at

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that were given."""
        return tuple(self._pieces)

    def find(self, key: str, quote: str) -> tuple[Quoted, ...]:
        """Return the sentences and rows in which a quote stands, () where it stands nowhere.

        One under another key than its own is found where one piece alone has it.
        """
        parts = [part for part in map(_searched, _GAP.split(quote)) if part]
        own = self._pieces.get(key)
        found = _find_all(own, parts) if own and parts else []
        if own and found:
            return tuple(self._quoted(own, found))
        others = [(one, held) for one in self._pieces.values() if (held := _find_all(one, parts))]
        if len(others) != 1 or len(max(parts, key=len)) < _FEWEST_LETTERS:
            return ()
        return tuple(self._quoted(*others[0]))

    def _quoted(self, piece: Piece, found: Iterable["_Found"]) -> Iterator[Quoted]:
        told: dict[tuple[str, int, int], Quoted] = {}
        for one in found:
            item = piece.evidence[one.passage.id]
            if one.passage.kind == "row":
                told.setdefault((one.passage.id, 0, 0), self._row(item))
                continue
            for start, end in _quoted_spans(one.passage.text, one.words):
                before = f"{_before(piece, one.passage)} {one.passage.text[:start]}"
                quoted = self._sentence(item, start, end, before)
                told.setdefault((one.passage.id, start, end), quoted)
        yield from told.values()

    def _row(self, item: Evidence) -> Quoted:
        passage = item.passage
        cells = tuple(cell for cell in passage.cells[1:] if cell.text)
        cited = Candidate(item, row_text(item, cells), passage.start, passage.end, cells)
        return Quoted(cited, self._facts_at(item, passage.start, passage.end))

    def _sentence(self, item: Evidence, start: int, end: int, before: str) -> Quoted:
        passage = item.passage
        first, last = passage.start + start, passage.start + end
        text = " ".join(passage.text[start:end].split())
        facts = self._facts_at(item, first, last)
        return Quoted(Candidate(item, text, first, last), facts, " ".join(before.split()))


@dataclass(frozen=True, slots=True)
class _Found:
    """Words of a quote in a passage of a piece, as they stand in the line that was shown."""

    passage: Passage
    words: str


def _before(piece: Piece, passage: Passage) -> str:
    """Return the lines that stand right above a passage of a piece."""
    at = next(at for at, line in enumerate(piece.lines) if line.passage == passage)
    return " ".join(line.text for line in piece.lines[max(0, at - _LINES_BEFORE) : at])


def _searched(part: str) -> str:
    """Return a part of a quote as it is looked for, without what closes it."""
    return _plain(part).strip(_ENDS)


def _plain(text: str) -> str:
    """Return a text as quotes are compared: folded, without bars and marks of notes."""
    return " ".join(_MARKS.sub(" ", fold(text)).split())


def _find_all(piece: Piece, parts: Sequence[str]) -> list[_Found]:
    """Return where all parts of a quote stand in the lines of a piece, nothing if one does not.

    A part may run over several lines; what stands above or below the passages is not quoted.
    """
    found: list[_Found] = []
    for part in parts:
        held = _find(piece, part) or _find_beside(piece, part)
        if not held and not any(part in _plain(words) for _, words in piece.about):
            return []
        found += held
    return found


def _find_beside(piece: Piece, part: str) -> list[_Found]:
    """Return the row whose heads or notes have words: the first that the note is a note of."""
    for line in piece.lines:
        if line.beside and part in _plain(line.text):
            return [_Found(max(line.beside, key=lambda row: _has_note(row, part)), "")]
    return []


def _has_note(row: Passage, part: str) -> bool:
    return any(_plain(note) in part or part in _plain(note) for c in row.cells for note in c.notes)


def _find(piece: Piece, part: str) -> list[_Found]:
    shown: list[tuple[int, int, Passage]] = []
    text = ""
    for line in piece.lines:
        if line.passage is None:
            continue
        folded = _plain(line.text)
        shown.append((len(text), len(text) + len(folded), line.passage))
        text += f"{folded} "
    at = _place(text, part)
    if at < 0:
        return []
    end = at + len(part)
    return [
        _Found(passage, text[max(at, first) : min(end, last)].strip())
        for first, last, passage in shown
        if first < end and at < last
    ]


def _place(text: str, part: str) -> int:
    """Return where words stand whole in a text, -1 where they do not."""
    found = re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text)
    return found.start() if found else -1


def _quoted_spans(text: str, quote: str) -> list[tuple[int, int]]:
    """Return the sentences of a text in which a quote stands.

    Numbers and bullets of a list stand between its sentences in the text, not as they are shown.
    """
    spans = sentence_spans(text)
    if span := _span(text, quote):
        return [(start, end) for start, end in spans if start < span[1] and span[0] < end]
    quote = _plain(quote)
    return [(start, end) for start, end in spans if _searched(text[start:end]) in quote]


def _span(text: str, quote: str) -> tuple[int, int] | None:
    """Return where a text has the words of a quote: white space, dashes and case aside."""
    words = [re.escape(word) for word in fold(quote).split()]
    folded, places = _folded(text)
    found = re.search(r"(?<!\w)" + " ".join(words) + r"(?!\w)", folded) if words else None
    if found is None:
        return None
    return places[found.start()], places[found.end() - 1] + 1


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text as quotes are compared, with the place of each of its letters."""
    signs: list[str] = []
    places: list[int] = []
    skipped = {at for m in _LINE_HYPHEN.finditer(text) for at in range(*m.span())}
    for at, sign in enumerate(text):
        if at in skipped:
            continue
        folded = fold(sign) or " "
        if folded == " " and (not signs or signs[-1] == " "):
            continue
        signs += folded
        places += [at] * len(folded)
    return "".join(signs), places
