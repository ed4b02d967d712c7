"""What belongs to one figure of a parsed sentence: its measure, time, names and markers.

Grammar goes first (how many dependencies lie between, which clause), the order of words second.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from corpus.facts.fact import Argument, Change, Direction, Role
from corpus.facts.frames import Frame, frame_named, frame_of
from corpus.facts.mentions import (
    LAWS,
    PUBLICATIONS,
    Mention,
    Mentions,
    grammar_words,
    is_body,
    is_place,
    overlap,
)
from corpus.facts.pairing import are_listed, pair
from corpus.language.clauses import Clause, Sentence
from corpus.language.measures import Measure, measure_named
from corpus.language.names import Name
from corpus.language.periods import Period, parse_period
from corpus.language.quantities import Quantity
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary

T = TypeVar("T")
Kind = Callable[[Name], bool]

_LOCATIONS = frozenset(("place", "origin", "destination"))
_ESTIMATORS = PUBLICATIONS | {"agency"}
_SOMEBODY = Name("", "", "company")
_FARTHEST_MEASURE = 8  # dependencies and penalties
_PRICE_WITHOUT_UNIT = 3
_OTHER_CLAUSE = 4
_BEHIND = 2
_PAST_A_FIGURE = 1
_SHARES = frozenset(("share", "points"))
_TONNAGES = frozenset(("mass", "mass rate", "price"))
_RELATED = {"price": "money", "mass": "mass rate", "mass rate": "mass", "points": "share"}
_NEAR_PERIOD = 3  # words
_LOOSE_PERIOD = 8
_WORD = re.compile(r"[^\W_]+")
_PARTED = re.compile(r"[;:)]|,\s")
_ASIDE = re.compile(r"\([^()]*\)")
_AND_IN = re.compile(r"\s*(?:,\s*)?(?:and|und|et)\s+(?:in|im|en)?\s*(?:the\s+)?")
_BEFORE_FIGURE = re.compile(r"(?:\s+[a-z]+)?\s*[,:(]?\s*\d")
_ARITHMETIC = "/=+×÷*"
_BRACKET = re.compile(r"\s*\(\s*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Sharing:
    """Which mentions belong to one figure alone, and which to all of its sentence."""

    own: dict[int, tuple[Mention[Name], ...]]
    allotted: frozenset[int]  # starts of the mentions that belong to one figure


class Attachments:
    """The slots of the figures of one sentence, one figure at a time."""

    def __init__(
        self, sentence: Sentence, mentions: Mentions, vocabulary: Vocabulary | None = None
    ) -> None:
        self._vocabulary = vocabulary
        self.sentence = sentence
        self.mentions = mentions
        self._clause_of = [sentence.clause_of(at) for at in range(len(sentence.words))]
        self.figures = tuple(self._figures())
        in_order = bool(mentions.marked("one after another"))
        self._sharing = [self._shared(kind, in_order) for kind in (_is_material, is_place, is_body)]
        if not any(one.own for one in self._sharing[1:]):
            who = self._shared(lambda name: is_place(name) or is_body(name), in_order)
            self._sharing = [self._sharing[0], who]
        self._periods = self._paired_periods(in_order)

    # -- figures --------------------------------------------------------------------------------

    def _figures(self) -> Iterable[Mention[Quantity]]:
        """Yield the quantities that may be facts: those with a unit, or in a list with one."""
        before: Mention[Quantity] | None = None
        for one in self._levels():
            unit = one.meaning.unit
            if not unit and before and self._takes_unit(before, one):
                quantity = one.meaning
                unit = before.meaning.unit
                shared = Quantity(quantity.low, quantity.high, unit, quantity.bound, quantity.step)
                one = Mention(one.start, one.end, one.word, shared)
            if unit:
                before = one
                yield one

    def _levels(self) -> Iterator[Mention[Quantity]]:
        """Yield the quantities, "rose from 5 to 10 tons" as the two that it is."""
        text = self.sentence.text
        moves = self.mentions.marked("up", "down", "moved")
        for one in self.mentions.quantities:
            parts = re.split(r"(\s+to\s+)", text[one.start : one.end])
            starts = re.search(r"(?i)\bfrom\s+$", text[: one.start])
            moved = any(self._clause_of[m.word] in self.chain(one.word) for m in moves)
            quantity = one.meaning
            if len(parts) != 3 or not starts or not moved or quantity.low == quantity.high:
                yield one
                continue
            middle = one.start + len(parts[0])
            upper = middle + len(parts[1])
            word = self.sentence.head_of(one.start, middle)
            low = replace(quantity, high=quantity.low)
            high = replace(quantity, low=quantity.high)
            yield Mention(one.start, middle, word, low)
            yield Mention(upper, one.end, self.sentence.head_of(upper, one.end), high)

    def _takes_unit(self, before: Mention[Quantity], one: Mention[Quantity]) -> bool:
        """Tell whether a bare number is in the unit before it: "45,500 tons in 2024, 51,000 in"."""
        between = self.sentence.text[before.end : one.start]
        following = self.sentence.text[one.end : one.end + 24]
        noun = re.match(r"\s+([a-z]\w+)", following)
        tag = self._tag_at(one.end + (noun.start(1) if noun else 0)) if noun else ""
        around = self.sentence.text[: one.start].rstrip()[-1:] + following.lstrip()[:1]
        if any(sign in around for sign in _ARITHMETIC):
            return False
        return (
            abs(one.meaning.low) >= min(10.0, abs(before.meaning.low) / 10)
            and not re.search(r"[.]\s", between)
            and not tag.startswith(("NN", "JJ"))
        )

    def _tag_at(self, start: int) -> str:
        return next((w.tag for w in self.sentence.words if w.start == start), "")

    def kind(self, figure: Mention[Quantity]) -> str:
        """Return what a figure's unit measures."""
        return dimension(figure.meaning.unit, self._vocabulary)

    def group(self, number: int) -> range:
        """Return the run of figures of one dimension that a figure stands in."""
        wanted = self.kind(self.figures[number])
        first = last = number
        while first and self.kind(self.figures[first - 1]) == wanted:
            first -= 1
        while last + 1 < len(self.figures) and self.kind(self.figures[last + 1]) == wanted:
            last += 1
        return range(first, last + 1)

    # -- measure --------------------------------------------------------------------------------

    def measure(
        self,
        number: int,
        excluded: tuple[int, int] = (0, 0),
        refused: frozenset[str] = frozenset(),
    ) -> Mention[Measure] | None:
        """Return the measure that grammar puts next to a figure, of those that fit its unit."""
        figure = self.figures[number]
        changes = bool(self.direction(figure))
        best: Mention[Measure] | None = None
        lowest = float(_FARTHEST_MEASURE)
        for paired in self._paired_measure(number):
            if not excluded[0] <= paired.start < excluded[1] and paired.meaning.name not in refused:
                return paired
        for one in self.mentions.measures:
            if excluded[0] <= one.start < excluded[1] or not fits(one.meaning, self.kind(figure)):
                continue
            if self._is_modifier(one):
                continue
            if one.meaning.name in refused or (changes and self._is_direction(one)):
                continue
            cost = self._cost(figure, one)
            if cost < lowest:
                best, lowest = one, cost
        return best

    def _is_modifier(self, measure: Mention[Measure]) -> bool:
        """Tell whether a measure only says of what kind something else is: "cash taxes"."""
        words = self.sentence.words
        word = words[measure.word]
        head = words[word.head]
        if word.relation not in ("compound", "amod", "nmod") or not head.tag.startswith("NN"):
            return False
        mentions = self.mentions
        known = (
            *mentions.measures,
            *mentions.quantities,
            *mentions.statistics,
            *mentions.statuses,
            *mentions.markers,
        )
        is_known = any(one.start < head.end and head.start < one.end for one in known)
        return not is_known and head.lemma not in grammar_words("figure nouns")

    def _is_direction(self, measure: Mention[Measure]) -> bool:
        """Tell whether a measure is the change itself: "growth"."""
        return any(overlap(measure, one) for one in self.mentions.marked("up", "down"))

    def _paired_measure(self, number: int) -> tuple[Mention[Measure], ...]:
        """Return the measure that alternates with the figures of a run: "revenue 5, profit 2"."""
        group = self.group(number)
        figures = [self.figures[n] for n in group]
        fitting = [m for m in self.mentions.measures if fits(m.meaning, self.kind(figures[0]))]
        if self.kind(figures[0]) in _SHARES or len(fitting) != len(figures):
            return ()
        in_order = bool(self.mentions.marked("one after another"))
        return pair(self.sentence.text, figures, fitting, in_order).get(number - group.start, ())

    def _cost(self, figure: Mention[Quantity], one: Mention[Measure]) -> float:
        sentence = self.sentence
        cost: float = sentence.distance(figure.word, one.word)
        if self._clause_of[one.word] not in self.chain(figure.word):
            cost += _OTHER_CLAUSE
        under = sentence.path(one.word)
        if one.start > figure.end and figure.word not in under:
            cost += _BEHIND
        low, high = sorted((figure.start, one.start))
        between = [f for f in self.figures if low < f.start < high]
        listed = self.group(self.figures.index(figure))
        cost += _PAST_A_FIGURE * sum(self.figures.index(f) not in listed for f in between)
        if not one.meaning.dimension and self.kind(figure) not in _SHARES:
            cost += 0.5
        if one.meaning.dimension == "price" and self.kind(figure) == "money":
            cost += _PRICE_WITHOUT_UNIT
        return cost + 0.01 * abs(one.start - figure.start)

    # -- clauses --------------------------------------------------------------------------------

    def chain(self, word: int) -> tuple[int, ...]:
        """Return the clauses that a word stands in, the innermost first."""
        found = []
        for at in self.sentence.path(word):
            clause = self._clause_of[at]
            if clause >= 0 and clause not in found:
                found.append(clause)
        return tuple(found)

    def clause(self, word: int) -> Clause | None:
        """Return the clause that a word stands in."""
        at = self._clause_of[word]
        return self.sentence.clauses[at] if at >= 0 else None

    def verb(self, clause: Clause | None) -> str:
        """Return the lemma of a clause's predicate."""
        return self.sentence.words[clause.predicate].lemma if clause else ""

    def is_negated(self, word: int) -> bool:
        """Tell whether the clause of a word is denied."""
        clause = self.clause(word)
        return bool(clause and clause.is_negated)

    def has_future(self, word: int) -> bool:
        """Tell whether the clause of a word speaks of what will be."""
        clause = self.clause(word)
        future = grammar_words("future")
        return bool(clause and any(one in future for one in clause.auxiliaries))

    # -- change ---------------------------------------------------------------------------------

    def direction(self, figure: Mention[Quantity]) -> Direction:
        """Return the direction in which a figure is a change, "" where it is a level."""
        text = self.sentence.text
        allowed = grammar_words("by how much")
        of = self.kind(figure)
        measures = [m for m in self.mentions.measures if m.meaning.dimension == of]
        taken: tuple[Mention[object], ...] = (*measures, *self.mentions.quantities)
        for one in self.mentions.marked("up", "down", "more", "less"):
            if any(overlap(one, other) for other in taken):
                continue
            kind: Direction = "up" if one.meaning in ("up", "more") else "down"
            if one.meaning in ("more", "less") and one.start < figure.end:
                continue
            if one.end <= figure.start:
                gap = text[one.end : figure.start]
                words = [word.casefold() for word in _WORD.findall(gap)]
                if all(w in allowed for w in words) and not re.search(r"[.;:(]", gap):
                    is_rate = self.kind(figure) in _SHARES
                    is_verb = self.sentence.words[one.word].is_verb
                    if is_rate or words[:1] == ["by"] or not is_verb:
                        return kind
            elif one.start >= figure.end:
                gap = text[figure.end : one.start]
                if not gap.strip() and self.kind(figure) in _SHARES:
                    return kind
                words = [word.casefold() for word in _WORD.findall(gap)]
                listed = len(words) <= 2 and not re.search(r"[,.;:()]", gap)
                if listed and self.kind(figure) in _SHARES and not words[1:]:
                    if all(w in allowed for w in words) and words != ["of"]:
                        return kind
        return ""

    def is_old(self, figure: Mention[Quantity]) -> bool:
        """Tell whether a figure is what another is compared with: "up from 53%"."""
        before = self.sentence.text[: figure.start].rstrip()
        loose = grammar_words("by how much")
        return any(
            all(w in loose for w in _WORD.findall(before[one.end :].casefold()))
            for one in self.mentions.grammar
            if one.meaning == "compared" and one.end <= len(before)
        )

    def change(self, number: int) -> Change | None:
        """Return the change that a figure is, None for a level."""
        figure = self.figures[number]
        direction = self.direction(figure)
        if not direction:
            return None
        of = self.kind(figure)
        kind = "percent" if of == "share" else "points" if of == "points" else "absolute"
        return Change(kind, direction)  # type: ignore[arg-type]

    # -- time -----------------------------------------------------------------------------------

    def period(self, number: int) -> Mention[Period] | None:
        """Return the time of a figure: its own, else that of its clause or sentence."""
        if number in self._periods:
            return self._periods[number]
        figure = self.figures[number]
        against = self.compared_period(number)
        periods = [p for p in self._times(figure) if p is not against]
        own = self._own_period(number, periods)
        if own or self.is_old(figure):
            return own
        if self.change(number) and (level := self._level(number, is_old=False)) is not None:
            return self._own_period(level, periods) or self._free_period(level, periods)
        return self._free_period(number, periods)

    def _level(self, number: int, is_old: bool) -> int | None:
        """Return the figure that a change led to, or that it began at."""
        for other, figure in enumerate(self.figures):
            if other == number or self.change(other):
                continue
            same = self._clause_of[figure.word] in self.chain(self.figures[number].word)
            if (same or abs(other - number) == 1) and self.is_old(figure) == is_old:
                return other
        return None

    def further_periods(self, number: int) -> list[Mention[Period]]:
        """Return the times that one figure has beside its own: "29,000 in 2024 and in 2025"."""
        own = self.period(number)
        if len(self.figures) != 1 or own is None or self.direction(self.figures[number]):
            return []
        found = [own]
        for one in self.mentions.periods:
            gap = self.sentence.text[found[-1].end : one.start]
            if one.start > found[-1].start and _AND_IN.fullmatch(gap):
                found.append(one)
        return found[1:]

    def asides(self, word: int) -> list[tuple[int, int]]:
        """Return the brackets that a word does not stand in and that hold no figure."""
        at = self.sentence.words[word].start
        return [
            aside.span()
            for aside in _ASIDE.finditer(self.sentence.text)
            if not aside.start() <= at < aside.end()
            and not any(aside.start() <= f.start < aside.end() for f in self.figures)
        ]

    def compared_period(self, number: int) -> Mention[Period] | None:
        """Return the time that a change is measured against: "48% more than in 2023"."""
        figure = self.figures[number]
        if not self.direction(figure):
            return None
        text = self.sentence.text
        marks = self.mentions.marked("compared", "more", "less")
        for one in self.mentions.periods:
            if one.start < figure.end or self.is_aside(one, figure):
                continue
            since = one.meaning.text.endswith("/..")  # "from 2023" has its sign within
            near = len(_WORD.findall(text[figure.end : one.start])) <= _LOOSE_PERIOD
            between = [f for f in self.figures if figure.end <= f.start < one.start]
            near = (near and not between) or (
                self._is_compared(one) and all(map(self.direction, between))
            )
            if near and (since or any(figure.end <= m.start <= one.start for m in marks)):
                return one
        return self.old_period(number)

    def level_beside(self, number: int) -> int | None:
        """Return the figure that an old one is compared with."""
        return self._level(number, is_old=False)

    def old_period(self, number: int) -> Mention[Period] | None:
        """Return the time of the figure that a change began at."""
        old = self._level(number, is_old=True)
        return self._own_period(old, self._times(self.figures[old])) if old is not None else None

    def _free_period(
        self, number: int, periods: Sequence[Mention[Period]]
    ) -> Mention[Period] | None:
        """Return the time of a figure's clause or sentence that is no other figure's own."""
        figure = self.figures[number]
        if (
            len(periods) == 1
            and not self._is_inner(periods[0], figure)
            and not any(
                self.is_old(other) and self._own_period(n, periods)
                for n, other in enumerate(self.figures)
                if n != number
            )
        ):
            return periods[0]
        owners = {
            held.start: self.is_old(self.figures[other])
            for other in range(len(self.figures))
            if other != number and (held := self._own_period(other, periods))
        }
        free = [p for p in periods if p.start not in owners]
        inside = [p for p in free if self._clause_of[p.word] in self.chain(figure.word)]
        for candidates in (inside, free):
            before = [p for p in candidates if p.end <= figure.start]
            behind = [p for p in candidates if p.start >= figure.end]
            if before or behind:
                return before[-1] if before else behind[0]
        told = [
            p
            for p in periods
            if p.end <= figure.start and not owners[p.start] and not self._is_inner(p, figure)
        ]
        return told[-1] if told else None

    def _is_inner(self, period: Mention[Period], figure: Mention[Quantity]) -> bool:
        """Tell whether a time stands in a clause within that of a figure, with a figure there."""
        clause = self._clause_of[period.word]
        path = self.sentence.path(period.word)
        return clause not in self.chain(figure.word) and any(
            self._clause_of[other.word] == clause or other.word in path
            for other in self.figures
            if other is not figure
        )

    def _times(self, figure: Mention[Quantity]) -> list[Mention[Period]]:
        """Return the times that may be a figure's: no date of a law, a report or a statement."""
        found = []
        for one in self.mentions.periods:
            if self.is_of_publication(one) or self.is_aside(one, figure):
                continue
            clause = self._clause_of[one.word]
            behind = self.sentence.text[figure.start : one.start]
            if ";" in behind and clause not in self.chain(figure.word)[:1]:
                continue
            if self._is_compared(one) and not self.is_old(figure):
                continue
            spoken = clause >= 0 and self._is_attribution(self.sentence.clauses[clause])
            if spoken and clause != self._clause_of[figure.word] and len(one.meaning.text) > 7:
                continue
            found.append(one)
        return found

    def _is_compared(self, one: Mention[Period]) -> bool:
        """Tell whether changes are measured against a time: "compared with prices in 2024"."""
        if not any(self.direction(figure) for figure in self.figures):
            return False
        text = self.sentence.text
        if one.meaning.text.endswith("/..") and any(
            f.end <= one.start and len(_WORD.findall(text[f.end : one.start])) <= _NEAR_PERIOD
            for f in self.figures
            if self.direction(f)
        ):
            return True
        for mark in self.mentions.marked("compared"):
            gap = text[mark.end : one.start]
            near = mark.end <= one.start and len(_WORD.findall(gap)) <= _NEAR_PERIOD
            if near and not any(mark.end <= f.start < one.start for f in self.figures):
                return not re.search(r"[,;.]", gap)
        return False

    def is_aside(self, one: Mention[object], figure: Mention[Quantity]) -> bool:
        """Tell whether something stands in brackets that say where a figure outside is from."""
        for aside in _ASIDE.finditer(self.sentence.text):
            is_time = isinstance(one.meaning, Period)
            named = any(aside.start() < n.start < aside.end() for n in self.mentions.names)
            if is_time and not named and len(_WORD.findall(aside.group())) <= _NEAR_PERIOD:
                continue
            if aside.start() <= one.start < aside.end():
                inside = any(aside.start() <= f.start < aside.end() for f in self.figures)
                return not inside and not aside.start() <= figure.start < aside.end()
        return False

    def is_of_publication(self, one: Mention[Period]) -> bool:
        following = _WORD.match(self.sentence.text[one.end :].lstrip(" "))
        if following and following.group() in grammar_words("editions"):
            return True
        for name in self.mentions.names:
            written = self.sentence.text[name.start : name.end]
            if name.meaning.kind not in PUBLICATIONS | LAWS or written.islower():
                continue
            gap = self.sentence.text[name.end : one.start]
            if overlap(name, one) or (name.end <= one.start and len(_WORD.findall(gap)) <= 1):
                return True
        return False

    def _is_attribution(self, clause: Clause) -> bool:
        said = self.mentions.marked("attribution")
        says = self.verb(clause) in grammar_words("reporting")
        return (says or any(one.word == clause.predicate for one in said)) and any(
            self.sentence.words[c].relation in ("ccomp", "advcl")
            for c in self.sentence.children(clause.predicate)
        )

    def _own_period(
        self, number: int, periods: Sequence[Mention[Period]]
    ) -> Mention[Period] | None:
        """Return the time that stands by a figure: "51,000 tons in 2025"."""
        text = self.sentence.text
        figure = self.figures[number]
        following = self.figures[number + 1] if number + 1 < len(self.figures) else None
        for one in periods:
            if one.start < figure.end or (following and following.start < one.start):
                continue
            gap = text[figure.end : one.start]
            words = _WORD.findall(gap)
            close = _PARTED.sub("", gap) == gap or _BRACKET.fullmatch(gap)
            if len(words) <= _NEAR_PERIOD and close:
                return one
            under = figure.word in self.sentence.path(one.word)
            if (under or len(words) <= _LOOSE_PERIOD) and close and not self._has_verb(gap, figure):
                return one
        alike = following and self.kind(following) == self.kind(figure)
        if following and alike and are_listed(text, figure, following):
            return self._own_period(number + 1, periods)
        for one in periods:
            gap = text[one.end : figure.start]
            if one.end <= figure.start and re.fullmatch(r"\s*[:(,–—-]?\s*", gap):
                return one
        return None

    def _has_verb(self, gap: str, figure: Mention[Quantity]) -> bool:
        start, end = figure.end, figure.end + len(gap)
        return any(w.is_verb for w in self.sentence.words if start <= w.start and w.end <= end)

    def _paired_periods(self, in_order: bool) -> dict[int, Mention[Period]]:
        found: dict[int, Mention[Period]] = {}
        for group in self._groups():
            figures = [self.figures[n] for n in group]
            if len(figures) < 2:
                continue
            times = self._times(figures[0])
            for n, (own, *_) in pair(self.sentence.text, figures, times, in_order).items():
                found[group[n]] = own
        return found

    def _groups(self) -> list[range]:
        found: list[range] = []
        for number in range(len(self.figures)):
            if not found or number not in found[-1]:
                found.append(self.group(number))
        return found

    # -- names ----------------------------------------------------------------------------------

    def _shared(self, kind: Kind, in_order: bool) -> Sharing:
        own: dict[int, tuple[Mention[Name], ...]] = {}
        names = [n for n in self.mentions.names if kind(n.meaning) and not self._is_speaker(n)]
        if len(names) > 1:
            names = sorted([*names, *self._others(names)], key=lambda one: one.start)
        for group in self._groups():
            figures = [self.figures[n] for n in group]
            for n, held in pair(self.sentence.text, figures, names, in_order).items():
                own[group[n]] = held
        return Sharing(own, frozenset(m.start for held in own.values() for m in held))

    def _others(self, names: Sequence[Mention[Name]]) -> Iterator[Mention[Name]]:
        """Yield the "other" that ends a list of names with their figures: "and other, 6%"."""
        kind = names[-1].meaning.kind
        for one in self.mentions.marked("others"):
            following = self.sentence.text[one.end :]
            if one.start > names[-1].end and _BEFORE_FIGURE.match(following):
                yield Mention(one.start, one.end, one.word, Name("other", "", kind))

    def _is_speaker(self, name: Mention[Name]) -> bool:
        clause = self.clause(name.word)
        return bool(clause and clause.subject == name.word and self._is_attribution(clause))

    def arguments(
        self,
        number: int,
        measure: str,
        excluded: tuple[int, int] = (0, 0),
        named: Mention[Measure] | None = None,
        barred: Sequence[tuple[int, int]] = (),
    ) -> tuple[tuple[Argument, Mention[Name]], ...]:
        """Return who and what a figure is about, each in its role, with the mention of it."""
        figure = self.figures[number]
        frame = frame_of(self.verb(self.clause(figure.word)), measure)
        if not measure and frame.measure and not self._suits(frame.measure, figure):
            frame = frame_named("any")
        found: dict[tuple[Role, str], tuple[Argument, Mention[Name]]] = {}
        names = tuple(self._names_of(number, named))
        has_own_place = any(is_own and is_place(name.meaning) for name, is_own in names)
        for name, is_own in names:
            if not measure and not name.meaning.id and not name.meaning.is_material:
                continue
            if any(start <= name.start < end for start, end in barred):
                continue
            inside = excluded[0] <= name.start < excluded[1]
            if inside and not _is_material(name.meaning):
                continue
            role = self._role(name, frame, is_own)
            if is_own and role in ("place", "subject", None):
                role = self._role_of_list(number, name, frame) or role
            if not is_own and role == "place" and has_own_place:
                continue
            if role:
                argument = Argument(role, name.meaning)
                found.setdefault((role, name.meaning.key), (argument, name))
        formed = {a.name.id for a, _ in found.values() if a.name.form}
        return tuple((a, m) for a, m in found.values() if a.name.form or a.name.id not in formed)

    def _role_of_list(self, number: int, name: Mention[Name], frame: Frame) -> Role | None:
        """Return the role of the first name of a list of names with figures: "from A, 5%; B, 2%"."""
        for sharing in self._sharing:
            for other in self.group(number):
                for first in sharing.own.get(other, ()):
                    same = is_place(first.meaning) == is_place(name.meaning)
                    if same and (role := self._role(first, frame, True)):
                        return role
        return None

    def _suits(self, measure: str, figure: Mention[Quantity]) -> bool:
        return fits(measure_named(measure), self.kind(figure))

    def arguments_at(self, word: int, measure: str) -> tuple[tuple[Argument, Mention[Name]], ...]:
        """Return who and what a word that is no figure is about, in their roles."""
        clause = self.clause(word)
        frame = frame_of(self.verb(clause), measure)
        scope = self._scope(self.chain(word))
        found: dict[tuple[Role, str], tuple[Argument, Mention[Name]]] = {}
        for name in self.mentions.names:
            role = self._role(name, frame, False) if name.word in scope else None
            if role == "material" and frame.name == "event":
                continue
            if name.meaning.kind in LAWS and name.word in scope:
                role = "subject"
            if role:
                key = (role, name.meaning.key)
                found.setdefault(key, (Argument(role, name.meaning), name))
        return tuple(found.values())

    def is_owned(self, number: int, whole: tuple[int, int] | None) -> bool:
        """Tell whether a share is of somebody who is held: "owns 6.5% of Peak", "8% of MP"."""
        if not whole:
            return False
        frame = frame_of(self.verb(self.clause(self.figures[number].word)), "")
        inside = [n for n in self.mentions.names if whole[0] <= n.start < whole[1]]
        is_company = len(inside) == 1 and (
            inside[0].meaning.kind == "company" and inside[0].end == whole[1]
        )
        return is_company or any(frame.role("of", n.meaning) == "owned" for n in inside)

    @staticmethod
    def is_held(measure: str) -> bool:
        """Tell whether a measure wants an owner."""
        return frame_of("", measure).role("subject", _SOMEBODY) == "owner"

    def lacks_holder(self, number: int, measure: str) -> bool:
        """Tell whether a measure wants an owner, and nobody is one: ore "holds 48.8% cerium"."""
        clause = self.clause(self.figures[number].word)
        if not self.is_held(measure):
            return False
        held = {argument.role for argument, _ in self.arguments(number, measure)}
        subject = clause.subject if clause else -1
        named = [n for n in self.mentions.names if n.word == subject]
        return not held & {"owner", "owned"} or any(n.meaning.is_material for n in named)

    def is_of_something_else(self, figure: Mention[Quantity], measure: Mention[Measure]) -> bool:
        """Tell whether money is of something that nothing names: "$100 million of prepayments"."""
        if self.kind(figure) != "money":
            return False
        for child in self.sentence.children(figure.word):
            word = self.sentence.words[child]
            things = self.sentence.subtree(child)[1:]
            if word.relation != "prep" or word.start < figure.end or not things:
                continue
            if self.sentence.text[figure.end : word.start].strip():
                continue
            start = self.sentence.words[things[0]].start
            end = self.sentence.words[things[-1]].end
            known = (*self.mentions.measures, *self.mentions.names, *self.mentions.periods)
            if word.lemma in grammar_words("whole") and not any(
                start <= m.start < end for m in known
            ):
                return not start <= measure.start < end
        return False

    def is_argument(self, word: int, of: int) -> bool:
        """Tell whether a word is the subject or object of a clause around another, or its owner."""
        sentence = self.sentence
        chain = self.chain(of)
        if self._clause_of[word] not in chain:
            return False
        clause = sentence.clauses[self._clause_of[word]]
        head = sentence.words[word].head
        arguments = {clause.subject, *clause.objects, of}
        arguments |= {m.word for m in self.mentions.measures}
        return word in arguments or (sentence.words[word].relation == "poss" and head in arguments)

    def allotted(self) -> list[tuple[int, int]]:
        """Return where names stand that belong to single figures."""
        return [
            (m.start, m.end) for one in self._sharing for held in one.own.values() for m in held
        ]

    def role_at(self, word: int, measure: str, name: Name, of: int) -> Role | None:
        """Return the role that a name would have in the place of a word, of "it"."""
        frame = frame_of(self.verb(self.clause(of)), measure)
        return frame.role(self._place_in_clause(word), name)

    def speaker(self, word: int) -> Mention[Name] | None:
        """Return whose word the clause of a word is: "according to Adamas", "the survey says"."""
        for at in self.chain(word)[1:]:
            clause = self.sentence.clauses[at]
            if self._is_attribution(clause):
                for name in self.mentions.names:
                    if clause.subject == name.word and not name.meaning.is_material:
                        return name
        for name in self.mentions.names:
            if self.is_estimator(name) and self._clause_of[name.word] in self.chain(word)[:1]:
                return name
        for one in self.mentions.marked("attribution"):
            for name in self.mentions.names:
                gap = self.sentence.text[one.end : name.start]
                tied = self.sentence.words[one.word].relation in ("prep", "pcomp")
                if one.end <= name.start and tied and len(_WORD.findall(gap)) <= 1:
                    if is_body(name.meaning):
                        return name
        return None

    def clause_number(self, word: int) -> int:
        """Return the number of the clause that a word stands in, -1 without one."""
        return self._clause_of[word]

    def _names_of(
        self, number: int, named: Mention[Measure] | None
    ) -> Iterable[tuple[Mention[Name], bool]]:
        figure = self.figures[number]
        allotted = frozenset(s for one in self._sharing for s in one.allotted)
        own = [m for one in self._sharing for m in one.own.get(number, ())]
        yield from ((m, True) for m in own)
        chain = self.chain(figure.word)
        scope = self._scope(chain)
        if named:
            clause = self._clause_of[named.word]
            under = self.sentence.subtree(named.word)
            scope |= {w for w in under if self._clause_of[w] == clause}
        for name in self.mentions.names:
            if name.start in allotted or self._is_of_other(name, number):
                continue
            if self.is_aside(name, figure):
                continue
            if name.word in scope:
                yield name, False

    def _scope(self, chain: tuple[int, ...]) -> frozenset[int]:
        """Return the words of a clause, of its subject, and of the clauses around it."""
        clauses = self.sentence.clauses
        inner = chain[:1]
        words = {w for w, clause in enumerate(self._clause_of) if clause in inner}
        for at in inner:
            if clauses[at].subject >= 0:
                head = clauses[at].subject
                words |= {
                    w
                    for w in self.sentence.subtree(head)
                    if self._clause_of[w] in (at, self._clause_of[head])
                }
        has_subject = any(clauses[at].subject >= 0 for at in inner)
        for at in chain[1:]:
            predicate = clauses[at].predicate
            for child in self.sentence.children(predicate):
                relation = self.sentence.words[child].relation
                fronted = relation == "prep" and child < clauses[inner[0]].predicate
                if fronted or (not has_subject and relation.startswith("nsubj")):
                    words |= {w for w in self.sentence.subtree(child) if self._clause_of[w] == at}
        return frozenset(words)

    def _is_of_other(self, name: Mention[Name], number: int) -> bool:
        """Tell whether a name hangs on another figure than this one."""
        path = self.sentence.path(name.word)
        for other, figure in enumerate(self.figures):
            if other != number and figure.word in path and figure.word != name.word:
                here = self.figures[number]
                nearer = here.word in path and path.index(here.word) < path.index(figure.word)
                return not nearer and not are_listed(
                    self.sentence.text, *sorted((here, figure), key=lambda one: one.start)
                )
        return False

    def _role(self, name: Mention[Name], frame: Frame, is_own: bool) -> Role | None:
        if _is_material(name.meaning):
            return "material"
        if self._is_speaker(name) or self.is_estimator(name) or name.meaning.kind in PUBLICATIONS:
            return None
        place = self._place_in_clause(name.word)
        role = frame.role(place, name.meaning)
        apart = place == "possessive" and is_place(name.meaning)
        if (apart or self._hangs_on_other_noun(name.word)) and role not in _LOCATIONS:
            return None
        return role or (frame.role("subject", name.meaning) if is_own else None)

    def _hangs_on_other_noun(self, word: int) -> bool:
        """Tell whether a preposition ties a name to a noun that is no measure and no figure."""
        words = self.sentence.words
        while words[word].relation in ("conj", "appos") and words[word].head != word:
            word = words[word].head
        tie = words[word].head
        if words[word].relation != "pobj" or words[tie].relation == "agent":
            return False
        noun = words[tie].head
        if not words[noun].tag.startswith("NN"):
            return False
        materials = (n for n in self.mentions.names if n.meaning.is_material)
        known = (*self.mentions.measures, *self.figures, *self.mentions.markers, *materials)
        start, end = words[noun].start, words[noun].end
        return not any(m.start < end and start < m.end for m in known)

    def is_estimator(self, name: Mention[Name]) -> bool:
        """Tell whether a name says only whose figure it is: "the USGS average"."""
        words = self.sentence.words
        place = self._place_in_clause(name.word)
        if place == "possessive" and name.meaning.kind in _ESTIMATORS:
            return words[words[name.word].head].lemma in grammar_words("figure nouns")
        clause = self.clause(name.word)
        reports = self.verb(clause) in grammar_words("reporting")
        is_stranger = not name.meaning.id or name.meaning.kind in _ESTIMATORS
        return place == "subject" and reports and is_stranger and is_body(name.meaning)

    def _place_in_clause(self, word: int) -> str:
        """Return where in its clause a name stands: "subject", "object" or its preposition."""
        words = self.sentence.words
        at = word
        for _ in range(len(words)):
            relation, head = words[at].relation, words[at].head
            if relation == "pobj":
                return words[head].lemma
            if relation in ("nsubj", "nsubjpass"):
                clause = self.clause(head)
                passive = relation == "nsubjpass" or (clause and clause.is_passive)
                return "object" if passive else "subject"
            if relation in ("dobj", "attr"):
                return "object"
            if relation == "dative":
                return "dative"
            if relation in ("poss", "compound", "amod", "nmod"):
                return "possessive"
            if relation in ("conj", "appos") and head != at:
                at = head
                continue
            break
        clause = self.clause(word)
        return "subject" if clause and clause.subject == word else ""

    # -- the rest -------------------------------------------------------------------------------

    def nearest(self, number: int, mentions: Iterable[Mention[T]], limit: int) -> Mention[T] | None:
        """Return the mention of a kind that is nearest by grammar, in the clauses of a figure."""
        figure = self.figures[number]
        chain = self.chain(figure.word)[:1]
        held = [
            (self.sentence.distance(figure.word, one.word), abs(one.start - figure.start), one)
            for one in mentions
            if self._clause_of[one.word] in chain
        ]
        best = min(held, key=lambda one: one[:2], default=None)
        return best[2] if best and best[0] <= limit else None

    def basis(self, number: int) -> Mention[str] | None:
        """Return the basis of a tonnage or a price: what stands by it, else by its list."""
        figure = self.figures[number]
        if self.kind(figure) not in _TONNAGES:
            return None
        found = self._own_basis(number)
        if not found and self._is_bare(figure):
            return self.basis(number - 1)
        return found

    def _is_bare(self, figure: Mention[Quantity]) -> bool:
        """Tell whether a number was written without its unit."""
        written = (q for q in self.mentions.quantities if q.start == figure.start)
        return any(not q.meaning.unit for q in written)

    def _own_basis(self, number: int) -> Mention[str] | None:
        figure = self.figures[number]
        text = self.sentence.text
        for at in range(number, self.group(number).stop):
            here = self.figures[at]
            following = self.figures[at + 1].start if at + 1 < len(self.figures) else len(text)
            for one in self.mentions.bases:
                if here.end <= one.start < following:
                    gap = text[here.end : one.start]
                    if len(_WORD.findall(gap)) <= 3 and not _PARTED.search(gap):
                        return one
            if at + 1 >= len(self.figures) or not are_listed(text, here, self.figures[at + 1]):
                break
        before = [
            one
            for one in self.mentions.bases
            if one.end <= figure.start and self._clause_of[one.word] in self.chain(figure.word)
        ]
        hung = [one for one in before if not self.hangs_on_figure(one)]
        return hung[-1] if hung else None

    def hangs_on_figure(self, one: Mention[str]) -> bool:
        for figure in self.figures:
            gap = self.sentence.text[figure.end : one.start]
            if figure.end <= one.start and len(_WORD.findall(gap)) <= 3:
                return True
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


def compared_with(period: Period) -> str:
    """Return the time that a change is measured against, without the "since" of "from 2023"."""
    return period.text.removesuffix("/..")


def year_before(period: Period) -> str:
    """Return the same time a year earlier, "" where that is not plain."""
    found = re.fullmatch(r"(FY)?(\d{4})((?:-[QH]\d)?)", period.text)
    if not found:
        return ""
    text = f"{found[1] or ''}{int(found[2]) - 1}{found[3]}"
    return parse_period(text).text


def _is_material(name: Name) -> bool:
    return name.is_material
