"""The words that a model quotes, found in the evidence that it was given: verbatim, or not at all.

What is cited is the whole sentence or row in which they stand, so that no quote says less than its
sentence does.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.extractive import Candidate, row_text
from assistant.sentences import sentence_spans
from assistant.writing.offering import Offered
from corpus.document import Cell
from corpus.language.words import fold
from index.facts import LedgerFact
from index.passage import Evidence

_GAP = re.compile(r"\s*(?:\[?(?:\.\.\.|…)\]?)\s*")  # what a quote leaves out
_ENDS = " .,;:\"'"
_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence or row of the evidence with what the ledger reads in it."""

    cited: Candidate
    facts: tuple[LedgerFact, ...]

    @property
    def evidence(self) -> Evidence:
        """The passage in which it stands."""
        return self.cited.evidence

    def with_cells(self, cells: Sequence[Cell]) -> "Quoted":
        """Return a row as cited for some of its cells."""
        text = row_text(self.evidence, cells)
        return Quoted(replace(self.cited, cells=tuple(cells), text=text), self.facts)


class Quotes:
    """Finds quotes in the evidence that a model was given; `facts_at` are those of a stretch."""

    def __init__(
        self,
        offered: Sequence[Offered],
        facts_at: Callable[[Evidence, int, int], tuple[LedgerFact, ...]],
    ) -> None:
        self._offered = {one.prompt.key: one for one in offered}
        self._facts_at = facts_at

    def find(self, key: str, quote: str) -> tuple[Quoted, ...]:
        """Return the sentences or the row in which a quote stands, () where it stands nowhere."""
        offered = self._offered.get(key)
        if offered is None:
            return ()
        passage = offered.evidence.passage
        if passage.kind == "row":
            told = fold(offered.prompt.text), fold(passage.text)
            parts = [fold(part).strip(_ENDS) for part in _GAP.split(quote)]
            is_there = all(any(part in text for text in told) for part in parts)
            return (self._row(offered.evidence),) if is_there and any(parts) else ()
        found: dict[tuple[int, int], None] = {}
        for part in filter(None, (one.strip(_ENDS) for one in _GAP.split(quote))):
            span = _span(passage.text, part)
            if span is None:
                return ()
            found |= dict.fromkeys(
                (start, end)
                for start, end in sentence_spans(passage.text)
                if start < span[1] and span[0] < end
            )
        return tuple(self._sentence(offered.evidence, *span) for span in found)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that were given."""
        return tuple(self._offered)

    def _row(self, item: Evidence) -> Quoted:
        passage = item.passage
        cells = tuple(cell for cell in passage.cells[1:] if cell.text)
        cited = Candidate(item, row_text(item, cells), passage.start, passage.end, cells)
        return Quoted(cited, self._facts_at(item, passage.start, passage.end))

    def _sentence(self, item: Evidence, start: int, end: int) -> Quoted:
        passage = item.passage
        first, last = passage.start + start, passage.start + end
        text = " ".join(passage.text[start:end].split())
        return Quoted(Candidate(item, text, first, last), self._facts_at(item, first, last))


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
