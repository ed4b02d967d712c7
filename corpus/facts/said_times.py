"""Which time a figure of a sentence is of, and against which a change is measured."""

import re
from collections.abc import Sequence

from corpus.facts.enumerations import are_listed, pair
from corpus.facts.mentions import (
    LAWS,
    PUBLICATIONS,
    Mention,
    any_of,
    grammar_words,
    overlap,
)
from corpus.facts.said_figures import SaidFigures
from corpus.language.periods import Period, parse_period
from corpus.language.quantities import Quantity

_NEAR_PERIOD = 3  # words
_COMPARED_PERIOD = 5
_LOOSE_PERIOD = 8
_WORD = re.compile(r"[^\W_]+")
_PARTED = re.compile(r"[;:)]|,\s")
_AND_IN = re.compile(
    rf"\s*(?:,\s*)?(?:{any_of('joining')})\s+(?:{any_of('within')})?\s*(?:{any_of('article')})?\s*"
)
_BRACKET = re.compile(r"\s*\(\s*")


class SaidTimes:
    """The times of the figures of one sentence."""

    def __init__(self, said: SaidFigures) -> None:
        self._said = said
        self._periods = self._paired_periods(said.is_in_order)

    def period(self, number: int) -> Mention[Period] | None:
        """Return the time of a figure: its own, else that of its clause or sentence."""
        if number in self._periods:
            return self._periods[number]
        figure = self._said.figures[number]
        against = self.compared_period(number)
        periods = [p for p in self._times(figure) if p is not against]
        own = self._own_period(number, periods)
        if own or self._said.is_old(figure):
            return own
        if self._said.change(number) and (level := self._level(number, is_old=False)) is not None:
            return self._own_period(level, periods) or self._free_period(level, periods)
        return self._free_period(number, periods)

    def _level(self, number: int, is_old: bool) -> int | None:
        """Return the figure that a change led to, or that it began at."""
        for other, figure in enumerate(self._said.figures):
            if other == number or self._said.change(other):
                continue
            same = self._said.clause_of[figure.word] in self._said.chain(
                self._said.figures[number].word
            )
            if (same or abs(other - number) == 1) and self._said.is_old(figure) == is_old:
                return other
        return None

    def further_periods(self, number: int) -> list[Mention[Period]]:
        """Return the times that one figure has beside its own: "29,000 in 2024 and in 2025"."""
        own = self.period(number)
        if (
            len(self._said.figures) != 1
            or own is None
            or self._said.direction(self._said.figures[number])
        ):
            return []
        found = [own]
        for one in self._said.mentions.periods:
            gap = self._said.sentence.text[found[-1].end : one.start]
            if one.start > found[-1].start and _AND_IN.fullmatch(gap):
                found.append(one)
        return found[1:]

    def compared_period(self, number: int) -> Mention[Period] | None:
        """Return the time that a change is measured against: "48% more than in 2023"."""
        figure = self._said.figures[number]
        if not self._said.direction(figure):
            return None
        text = self._said.sentence.text
        marks = self._said.mentions.marked("compared", "more", "less")
        for one in self._said.mentions.periods:
            if one.start < figure.end or self._said.is_aside(one, figure):
                continue
            since = one.meaning.text.endswith("/..")  # "from 2023" has its sign within
            near = len(_WORD.findall(text[figure.end : one.start])) <= _LOOSE_PERIOD
            between = [f for f in self._said.figures if figure.end <= f.start < one.start]
            near = (near and not between) or (
                self.is_compared(one) and all(map(self._said.direction, between))
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
        return (
            self._own_period(old, self._times(self._said.figures[old])) if old is not None else None
        )

    def _free_period(
        self, number: int, periods: Sequence[Mention[Period]]
    ) -> Mention[Period] | None:
        """Return the time of a figure's clause or sentence that is no other figure's own."""
        figure = self._said.figures[number]
        if (
            len(periods) == 1
            and not self._is_inner(periods[0], figure)
            and not any(
                self._said.is_old(other) and self._own_period(n, periods)
                for n, other in enumerate(self._said.figures)
                if n != number
            )
        ):
            return periods[0]
        owners = {
            held.start: self._said.is_old(self._said.figures[other])
            for other in range(len(self._said.figures))
            if other != number and (held := self._own_period(other, periods))
        }
        free = [p for p in periods if p.start not in owners]
        inside = [p for p in free if self._said.clause_of[p.word] in self._said.chain(figure.word)]
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
        if ";" in self._said.sentence.text[period.end : figure.start]:
            return False
        clause = self._said.clause_of[period.word]
        path = self._said.sentence.path(period.word)
        return clause not in self._said.chain(figure.word) and any(
            self._said.clause_of[other.word] == clause or other.word in path
            for other in self._said.figures
            if other is not figure
        )

    def _times(self, figure: Mention[Quantity]) -> list[Mention[Period]]:
        """Return the times that may be a figure's: no date of a law, a report or a statement."""
        found = []
        for one in self._said.mentions.periods:
            if self.is_of_publication(one) or self._said.is_aside(one, figure):
                continue
            clause = self._said.clause_of[one.word]
            behind = self._said.sentence.text[figure.start : one.start]
            if ";" in behind and clause not in self._said.chain(figure.word)[:1]:
                continue
            if self.is_compared(one) and not self._said.is_old(figure):
                continue
            spoken = clause >= 0 and self._said.is_attribution(self._said.sentence.clauses[clause])
            if spoken and clause != self._said.clause_of[figure.word] and len(one.meaning.text) > 7:
                continue
            found.append(one)
        return found

    def is_compared(self, one: Mention[Period]) -> bool:
        """Tell whether changes are measured against a time: "compared with prices in 2024"."""
        if not any(self._said.direction(figure) for figure in self._said.figures):
            return False
        text = self._said.sentence.text
        if one.meaning.text.endswith("/..") and any(
            f.end <= one.start and len(_WORD.findall(text[f.end : one.start])) <= _NEAR_PERIOD
            for f in self._said.figures
            if self._said.direction(f)
        ):
            return True
        for mark in self._said.mentions.marked("compared"):
            gap = text[mark.end : one.start]
            near = mark.end <= one.start and len(_WORD.findall(gap)) <= _COMPARED_PERIOD
            if near and not any(mark.end <= f.start < one.start for f in self._said.figures):
                return not re.search(r"[,;.]", gap)
        return False

    def is_of_publication(self, one: Mention[Period]) -> bool:
        following = _WORD.match(self._said.sentence.text[one.end :].lstrip(" "))
        if following and following.group() in grammar_words("editions"):
            return True
        for name in self._said.mentions.names:
            written = self._said.sentence.text[name.start : name.end]
            if name.meaning.kind not in PUBLICATIONS | LAWS or written.islower():
                continue
            gap = self._said.sentence.text[name.end : one.start]
            if overlap(name, one) or (name.end <= one.start and len(_WORD.findall(gap)) <= 1):
                return True
        return False

    def _own_period(
        self, number: int, periods: Sequence[Mention[Period]]
    ) -> Mention[Period] | None:
        """Return the time that stands by a figure: "51,000 tons in 2025"."""
        text = self._said.sentence.text
        figure = self._said.figures[number]
        following = self._said.figures[number + 1] if number + 1 < len(self._said.figures) else None
        for one in periods:
            if one.start < figure.end or (following and following.start < one.start):
                continue
            gap = text[figure.end : one.start]
            words = _WORD.findall(gap)
            close = _PARTED.sub("", gap) == gap or _BRACKET.fullmatch(gap)
            if len(words) <= _NEAR_PERIOD and close:
                return one
            under = figure.word in self._said.sentence.path(one.word)
            if (under or len(words) <= _LOOSE_PERIOD) and close and not self._has_verb(gap, figure):
                return one
        alike = following and self._said.kind(following) == self._said.kind(figure)
        if following and alike and are_listed(text, figure, following):
            return self._own_period(number + 1, periods)
        for one in periods:
            gap = text[one.end : figure.start]
            if one.end <= figure.start and re.fullmatch(r"\s*[:(,–—-]?\s*", gap):
                return one
        return None

    def _has_verb(self, gap: str, figure: Mention[Quantity]) -> bool:
        start, end = figure.end, figure.end + len(gap)
        return any(
            w.is_verb for w in self._said.sentence.words if start <= w.start and w.end <= end
        )

    def _paired_periods(self, in_order: bool) -> dict[int, Mention[Period]]:
        found: dict[int, Mention[Period]] = {}
        for group in self._said.groups():
            figures = [self._said.figures[n] for n in group]
            if len(figures) < 2:
                continue
            times = self._times(figures[0])
            for n, (own, *_) in pair(self._said.sentence.text, figures, times, in_order).items():
                found[group[n]] = own
        return found


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


def year_after(text: str) -> str:
    """Return the same time a year later, "" where that is not plain."""
    found = re.fullmatch(r"(\d{4})((?:-[QH]\d)?)", text)
    return f"{int(found[1]) + 1}{found[2]}" if found else ""


def same_part(period: Period, year: str) -> str:
    """Return the part of another year that a period is of its own: "the same quarter in 2022"."""
    found = re.fullmatch(r"(P\d+M/|FY)?(\d{4})(-.+)?", period.text)
    if not found or not re.fullmatch(r"\d{4}", year):
        return year
    return f"{found[1] or ''}{year}{found[3] or ''}"
