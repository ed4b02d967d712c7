"""Of what whole a figure is a part, on what terms, how certain: the lesser slots of a figure."""

import re
from collections.abc import Sequence
from typing import get_args

from corpus.facts.enumerations import are_listed
from corpus.facts.fact import (
    Argument,
    Status,
)
from corpus.facts.mentions import (
    Mention,
    is_body,
    is_place,
)
from corpus.facts.own_measures import OwnMeasures
from corpus.facts.said_figures import SaidFigures
from corpus.facts.said_names import SaidNames
from corpus.language.measures import Measure, find_terms
from corpus.language.names import Name
from corpus.language.quantities import Quantity

_ADJECTIVES = ("JJ", "VBN")
_TERMS_OF_PRICE = "price basis"
_STATUS_REACH = 4
_OF_AMOUNTS = frozenset(("mass", "mass rate", "money", "people"))
_AHEAD = frozenset(("forecast", "target", "planned", "proposed"))
_GOVERNED = 2  # dependencies between a plan and the verb of what is planned
_BUILT = frozenset(("mine", "plant", "project", "deposit"))


class SaidTerms:
    """The whole, purity, terms, statistic and status of the figures of one sentence."""

    def __init__(self, said: SaidFigures) -> None:
        self._said = said

    def whole_of_measure(self, named: Mention[Measure]) -> tuple[int, int] | None:
        """Return the whole that the word for a share is tied to: "Japan's share of imports"."""
        tie = re.compile(r"\s+of\s+").match(self._said.sentence.text, named.end)
        if not tie or SaidNames.is_held(named.meaning.name):
            return None
        if any(f.start - tie.end() < 3 and f.start >= named.end for f in self._said.figures):
            return None
        return self.stretch(named.end, tie.end(), named)

    def whole(self, figure: Mention[Quantity]) -> tuple[int, int] | None:
        """Return the whole that a share is of: the stretch behind "70% of"."""
        if self._said.kind(figure) != "share":
            return None
        text = self._said.sentence.text
        following = next((f for f in self._said.figures if f.start > figure.start), None)
        if following and are_listed(text, figure, following):
            return self.whole(following)
        tie = re.compile(r"\s+of\s+").match(text, figure.end)
        if not tie:
            return None
        return self.stretch(figure.end, tie.end(), figure)

    def stretch(self, after: int, start: int, figure: Mention[object]) -> tuple[int, int] | None:
        """Return the noun phrase behind an "of"."""
        text = self._said.sentence.text
        words = self._said.sentence.words
        head = next((w for w in words if after <= w.start < start), None)
        if head is None:
            return None
        at = words.index(head)
        inside = [i for i in self._said.sentence.subtree(at) if i > at]
        end = start
        for i in inside:
            word = words[i]
            following = words[i + 1].tag if i + 1 < len(words) else ""
            is_hyphen = word.tag == "HYPH" or (word.relation == "cc" and following in _ADJECTIVES)
            if word.is_verb and word.tag in _ADJECTIVES and word.relation in ("amod", "conj"):
                continue
            ends = word.relation in ("cc", "punct") or word.tag in ("IN", "WDT", "-LRB-")
            is_tie = word.text.casefold() == head.text.casefold()
            if (word.is_verb or (ends and not is_hyphen)) and not is_tie:
                break
            if any(f.start <= word.start < f.end for f in self._said.figures if f is not figure):
                break
            if any(p.start <= word.start < p.end for p in self._said.mentions.periods):
                break
            end = max(end, word.end)
        stretch = text[start:end]
        article = re.match(r"(?:the|its|all|their)\s+", stretch)
        start += article.end() if article else 0
        return (start, end) if end > start else None

    def words(self, span: tuple[int, int]) -> str:
        return " ".join(self._said.sentence.text[span[0] : span[1]].split())

    def price_basis(self, figure: Mention[Quantity]) -> tuple[int, int] | None:
        """Return where the terms of a price stand: "f.o.b. China"."""
        held = [m for m in self._said.mentions.specifications if m.meaning == _TERMS_OF_PRICE]
        if self._said.kind(figure) != "price" or not held:
            return None
        start, end = held[0].start, held[0].end
        for name in self._said.mentions.names:
            if is_place(name.meaning) and 0 <= name.start - end <= 2:
                end = name.end
        return start, end

    def purity(self, figure: Mention[Quantity]) -> tuple[int, int] | None:
        """Return where a percentage that is a purity stands: "99.5% minimum"."""
        if figure.meaning.unit != "percent" or len(self._said.figures) < 2:
            return None
        text = self._said.sentence.text
        inside = find_terms("specifications", text[figure.start : figure.end])
        if any(term.meaning != _TERMS_OF_PRICE for term in inside):
            return figure.start, figure.end
        for m in self._said.mentions.specifications:
            if m.meaning != _TERMS_OF_PRICE and 0 <= m.start - figure.end <= 2:
                return figure.start, m.end
        return None

    def is_difference(self, figure: Mention[Quantity]) -> bool:
        return self._said.kind(figure) != "share" and any(
            0 <= m.start - figure.end <= 1
            for m in self._said.mentions.marked("difference", "more", "less")
        )

    def specification(self, figure: Mention[Quantity]) -> str:
        if self._said.kind(figure) != "price":
            return ""
        spans = [span for other in self._said.figures if (span := self.purity(other))]
        return self.words(spans[0]) if spans else ""

    def is_of_oxide(self, figure: Mention[Quantity]) -> bool:
        """Tell whether a percentage is a grade: "9% TREO"."""
        return any(0 <= b.start - figure.end <= 1 for b in self._said.mentions.bases)

    def is_part(self, figure: Mention[Quantity], named: Mention[Measure]) -> bool:
        """Tell whether a percentage is a part of what is named: "70% of it lie in California"."""
        level = self._said.kind(figure) == "share" and not self._said.direction(figure)
        return level and named.meaning.dimension in _OF_AMOUNTS

    def part_of(self, figure: Mention[Quantity], named: Mention[Measure] | None) -> str:
        if named and self.is_part(figure, named):
            return self.words((named.start, named.end))
        return ""

    def statistics(self) -> list[Mention[str]]:
        """Return the statistics, but no verb of the present: who "records" tells no record."""
        words = self._said.sentence.words
        return [
            m
            for m in self._said.mentions.statistics
            if words[m.word].tag not in ("VBZ", "VBP", "RB", "NNS")
        ]

    def said_status(self, word: int) -> Status:
        """Return the status that the verb of who speaks gives: "the survey estimated that"."""
        clause = self._said.clause(word)
        path = self._said.sentence.path(clause.predicate) if clause else ()
        for one in self._said.mentions.statuses:
            outer = self._said.clause(one.word)
            governs = outer is not None and outer.predicate == one.word and one.word in path
            governs = governs and self._said.clause_of[one.word] in self._said.chain(word)[1:]
            if governs or (one.meaning in _AHEAD and one.word in path[1 : 1 + _GOVERNED]):
                for status in get_args(Status):
                    if one.meaning == status:
                        return status  # type: ignore[no-any-return]
        return "reported"

    def status_of_speaker(self, speaker: Mention[Name], status: Status) -> Status:
        """Return the status that the words for who speaks give: "according to estimates"."""
        told = find_terms("statuses", speaker.meaning.text)
        is_estimate = any(term.meaning == "estimated" for term in told)
        return "estimated" if is_estimate and status == "reported" else status

    def status(
        self, number: int, figure: Mention[Quantity], arguments: Sequence[Argument]
    ) -> tuple[Status, Mention[str] | None]:
        known = get_args(Status)
        held = [
            m
            for m in self._said.mentions.statuses
            if m.meaning in known
            and m.meaning not in ("in force", "expired")
            and not OwnMeasures(self._said).is_qualifier(m)
        ]
        inside = find_terms("statuses", self._said.sentence.text[figure.start : figure.end])
        for term in inside:
            if term.meaning in known:
                return term.meaning, None  # type: ignore[return-value]
        text = self._said.sentence.text
        heads = [m for m in held if ":" in text[m.end : self._said.figures[0].start]]
        if len(heads) == 1:  # "benchmarks for 2030: 10%, 40% and 25%"
            return heads[0].meaning, heads[0]  # type: ignore[return-value]
        found = self._said.nearest(number, held, _STATUS_REACH)
        if found:
            is_old = self._said.is_old(figure) and found.meaning != "estimated"
            return ("reported" if is_old else found.meaning), found  # type: ignore[return-value]
        if self._said.has_future(figure.word):
            acts = any(is_body(a.name) or a.name.kind in _BUILT for a in arguments)
            return "planned" if acts else "forecast", None
        return self.said_status(figure.word), None
