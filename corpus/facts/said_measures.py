"""What a figure of a sentence measures: of the measures that fit, the nearest by grammar."""

from dataclasses import replace

from corpus.facts.enumerations import pair
from corpus.facts.mentions import (
    Mention,
    grammar_words,
    overlap,
)
from corpus.facts.said_figures import SaidFigures
from corpus.language.measures import Measure, worth_of
from corpus.language.quantities import Quantity

_FARTHEST_MEASURE = 8  # dependencies and penalties
_PRICE_WITHOUT_UNIT = 3
_AMOUNT_AND_PRICE = {"money", "price"}
_OTHER_CLAUSE = 4
_BEHIND = 2
_PAST_A_FIGURE = 1
_SHARES = frozenset(("share", "points"))
_RELATED = {
    "price": "money",
    "money": "price",
    "mass": "mass rate",
    "mass rate": "mass",
    "points": "share",
}


class SaidMeasures:
    """The measures of the figures of one sentence."""

    def __init__(self, said: SaidFigures) -> None:
        self._said = said

    def measure(
        self,
        number: int,
        excluded: tuple[int, int] = (0, 0),
        refused: frozenset[str] = frozenset(),
    ) -> Mention[Measure] | None:
        """Return the measure that grammar puts next to a figure, of those that fit its unit."""
        figure = self._said.figures[number]
        changes = bool(self._said.direction(figure))
        best: Mention[Measure] | None = None
        lowest = float(_FARTHEST_MEASURE)
        for paired in self._paired_measure(number):
            if not excluded[0] <= paired.start < excluded[1] and paired.meaning.name not in refused:
                return paired
        of = self._said.kind(figure)
        for one in self._said.mentions.measures:
            if excluded[0] <= one.start < excluded[1] or not fits(one.meaning, of):
                continue
            if self._is_price_verb(one, of) or self._is_modifier(one):
                continue
            if changes and self._is_stock(one):
                continue
            if one.meaning.name in refused or (changes and self._is_direction(one)):
                continue
            cost = self._cost(figure, one)
            if cost < lowest:
                best, lowest = one, cost
        return best

    def only(self, number: int, excluded: tuple[int, int]) -> Mention[Measure] | None:
        """Return the one measure of a sentence that fits a figure, however far by grammar."""
        figure = self._said.figures[number]
        of = self._said.kind(figure)
        changes = bool(self._said.direction(figure))
        if of in _SHARES and not changes:
            return None
        fitting = [
            m
            for m in self._said.mentions.measures
            if m.start < figure.start
            and fits(m.meaning, of)
            and (changes or m.meaning.dimension in (of, _RELATED.get(of, "")))
            and not excluded[0] <= m.start < excluded[1]
            and not self._is_modifier(m)
            and not self._is_direction(m)
            and not self._is_price_verb(m, of)
            and ";" not in self._said.sentence.text[m.end : figure.start]
        ]
        return fitting[0] if len({m.meaning.name for m in fitting}) == 1 else None

    def in_money(self, number: int, named: Mention[Measure] | None) -> Mention[Measure] | None:
        """Return the measure of an amount as what something is worth: "imports valued at $5"."""
        figure = self._said.figures[number]
        of = self._said.kind(figure)
        words = grammar_words("worth")
        marks = [
            at
            for at, word in enumerate(self._said.sentence.words)
            if word.text.casefold() in words
            and self._said.clause_of[at] in self._said.chain(figure.word)
        ]
        if named and (worth := worth_of(named.meaning)):
            under = any(at in self._said.sentence.path(named.word) for at in marks)
            if of == "money" or (of == "share" and under and self._said.direction(figure)):
                return replace(named, meaning=worth)
            return named
        is_bare = named is None or named.word in marks
        if of != "money" or not marks or not is_bare:
            return named
        traded = [
            (self._said.sentence.distance(mark, one.word), one, worth)
            for mark in marks
            for one in self._said.mentions.measures
            if (worth := worth_of(one.meaning)) and one.start < figure.start
        ]
        if not traded:
            return named
        _, one, worth = min(traded, key=lambda held: held[0])
        return replace(one, meaning=worth)

    def _is_price_verb(self, measure: Mention[Measure], of: str) -> bool:
        """Tell whether a verb of money has a price: what "cost $8 per kilogram"."""
        is_verb = self._said.sentence.words[measure.word].is_verb
        return is_verb and {measure.meaning.dimension, of} == _AMOUNT_AND_PRICE

    def _is_modifier(self, measure: Mention[Measure]) -> bool:
        """Tell whether a measure only says of what kind something else is: "cash taxes"."""
        words = self._said.sentence.words
        word = words[measure.word]
        head = words[word.head]
        if word.relation not in ("compound", "amod", "nmod") or not head.tag.startswith("NN"):
            return False
        mentions = self._said.mentions
        known = (
            *mentions.measures,
            *mentions.quantities,
            *mentions.statistics,
            *mentions.statuses,
            *mentions.markers,
        )
        is_known = any(one.start < head.end and head.start < one.end for one in known)
        return not is_known and head.lemma not in grammar_words("figure nouns")

    def _is_stock(self, measure: Mention[Measure]) -> bool:
        """Tell whether "shares" are those of a company, whose price changes."""
        word = self._said.sentence.words[measure.word]
        return measure.meaning.dimension == "share" and word.tag == "NNS" and word.lemma == "share"

    def _is_direction(self, measure: Mention[Measure]) -> bool:
        """Tell whether a measure is the change itself: "growth"."""
        return any(overlap(measure, one) for one in self._said.mentions.marked("up", "down"))

    def _paired_measure(self, number: int) -> tuple[Mention[Measure], ...]:
        """Return the measure that alternates with the figures of a run: "revenue 5, profit 2"."""
        group = self._said.group(number)
        figures = [self._said.figures[n] for n in group]
        fitting = [
            m for m in self._said.mentions.measures if fits(m.meaning, self._said.kind(figures[0]))
        ]
        if self._said.kind(figures[0]) in _SHARES or len(fitting) != len(figures):
            return ()
        in_order = bool(self._said.mentions.marked("one after another"))
        return pair(self._said.sentence.text, figures, fitting, in_order).get(
            number - group.start, ()
        )

    def _cost(self, figure: Mention[Quantity], one: Mention[Measure]) -> float:
        sentence = self._said.sentence
        cost: float = sentence.distance(figure.word, one.word)
        if self._said.clause_of[one.word] not in self._said.chain(figure.word):
            cost += _OTHER_CLAUSE
        under = sentence.path(one.word)
        if one.start > figure.end and figure.word not in under:
            cost += _BEHIND
        low, high = sorted((figure.start, one.start))
        between = [f for f in self._said.figures if low < f.start < high]
        listed = self._said.group(self._said.figures.index(figure))
        cost += _PAST_A_FIGURE * sum(self._said.figures.index(f) not in listed for f in between)
        if not one.meaning.dimension and self._said.kind(figure) not in _SHARES:
            cost += 0.5
        if {one.meaning.dimension, self._said.kind(figure)} == _AMOUNT_AND_PRICE:
            cost += _PRICE_WITHOUT_UNIT
        return cost + 0.01 * abs(one.start - figure.start)

    def is_of_something_else(self, figure: Mention[Quantity], measure: Mention[Measure]) -> bool:
        """Tell whether money is of something that nothing names: "$100 million of prepayments"."""
        if self._said.kind(figure) != "money":
            return False
        for child in self._said.sentence.children(figure.word):
            word = self._said.sentence.words[child]
            things = self._said.sentence.subtree(child)[1:]
            if word.relation != "prep" or word.start < figure.end or not things:
                continue
            if self._said.sentence.text[figure.end : word.start].strip():
                continue
            start = self._said.sentence.words[things[0]].start
            end = self._said.sentence.words[things[-1]].end
            known = (
                *self._said.mentions.measures,
                *self._said.mentions.names,
                *self._said.mentions.periods,
            )
            if word.lemma in grammar_words("whole") and not any(
                start <= m.start < end for m in known
            ):
                return not start <= measure.start < end
        return False


def fits(measure: Measure, has: str) -> bool:
    """Tell whether a measure may have a figure that measures a dimension."""
    wanted = measure.dimension
    if measure.name == "date" or measure.broader == "date":
        return False
    if has in _SHARES:
        return True
    if not wanted:
        return has not in ("time", "people", "temperature", "length", "area")
    return has in (wanted, _RELATED.get(wanted, ""))
