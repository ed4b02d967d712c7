"""The terms of a figure that stand by it: of what purity, on what terms of price, further times."""

import re

from corpus.facts.sentences.anchors import Anchors
from corpus.facts.sentences.mentions import Mention, any_of, is_place
from corpus.language.measures import find_terms
from corpus.language.periods import Period
from corpus.language.quantities import Quantity

_TERMS_OF_PRICE = "price basis"
_AND_IN = re.compile(
    rf"\s*(?:,\s*)?(?:{any_of('joining')})\s+(?:{any_of('within')})?\s*(?:{any_of('article')})?\s*"
)


class Terms:
    """The purity and the terms of price of the figures of one sentence."""

    def __init__(self, at: Anchors) -> None:
        """Take a sentence's figures with its mentions."""
        self._at = at

    def words(self, span: tuple[int, int]) -> str:
        return " ".join(self._at.sentence.text[span[0] : span[1]].split())

    def price_basis(self, figure: Mention[Quantity]) -> tuple[int, int] | None:
        """Return where the terms of a price stand: "f.o.b. China"."""
        held = [m for m in self._at.mentions.specifications if m.meaning == _TERMS_OF_PRICE]
        if self._at.kind(figure) != "price" or not held:
            return None
        start, end = held[0].start, held[0].end
        for name in self._at.mentions.names:
            if is_place(name.meaning) and 0 <= name.start - end <= 2:
                end = name.end
        return start, end

    def purity(self, figure: Mention[Quantity]) -> tuple[int, int] | None:
        """Return where a percentage that is a purity stands: "99.5% minimum"."""
        if figure.meaning.unit != "percent" or len(self._at.figures) < 2:
            return None
        text = self._at.sentence.text
        inside = find_terms("specifications", text[figure.start : figure.end])
        if any(term.meaning != _TERMS_OF_PRICE for term in inside):
            return figure.start, figure.end
        for m in self._at.mentions.specifications:
            if m.meaning != _TERMS_OF_PRICE and 0 <= m.start - figure.end <= 2:
                return figure.start, m.end
        return None

    def is_difference(self, figure: Mention[Quantity]) -> bool:
        return self._at.kind(figure) != "share" and any(
            0 <= m.start - figure.end <= 1
            for m in self._at.mentions.marked("difference", "more", "less")
        )

    def specification(self, figure: Mention[Quantity]) -> str:
        if self._at.kind(figure) != "price":
            return ""
        spans = [span for other in self._at.figures if (span := self.purity(other))]
        return self.words(spans[0]) if spans else ""

    def joined_periods(self, own: Mention[Period]) -> list[Mention[Period]]:
        """Return the times that are joined to one: "in 2024 and in 2025"."""
        found = [own]
        for one in self._at.mentions.periods:
            gap = self._at.sentence.text[found[-1].end : one.start]
            if one.start > found[-1].start and _AND_IN.fullmatch(gap):
                found.append(one)
        return found[1:]
