"""Which of several names or times goes with which of several figures of one sentence.

Grammar has no answer for "one supplied 71% and the other 13%" or "X and Y, at 5% and 7%": the
order in which figures and names alternate decides, or nothing is paired.
"""

import re
from collections.abc import Sequence
from typing import TypeVar

from corpus.facts.sentences.mentions import Mention, any_of
from corpus.language.quantities import Quantity

T = TypeVar("T")

_JOINS = any_of("joining")
_JOINING = re.compile(
    rf"\s*(?:[,/;&]\s*(?:{_JOINS})?|(?:{_JOINS}))\s*(?:(?:{any_of('article')})\s+)?"
)
_JOIN = re.compile(rf"\b(?:{_JOINS})\b")
_BRACKET = re.compile(r"\s*\(?\s*.?$")
_LONGEST_BEHIND = 7  # words between a figure and a name that follows it
_LONGEST_BEFORE = 9


def pair(
    text: str,
    figures: Sequence[Mention[Quantity]],
    mentions: Sequence[Mention[T]],
    is_in_order: bool,
) -> dict[int, tuple[Mention[T], ...]]:
    """Return the mentions that belong to each figure alone, by the figure's number.

    Empty where they do not alternate. `is_in_order` says that the sentence has "respectively".
    """
    if len(figures) < 2 or not mentions:
        return {}
    zipped = _one_by_one(text, figures, mentions, is_in_order)
    if zipped:
        return zipped
    if bracketed := _bracketed(text, figures, mentions):
        return bracketed
    gaps = _gaps(figures, mentions)
    before, behind = gaps[:-1], gaps[1:]
    has_before = all(before)
    has_behind = all(behind)
    if has_before and has_behind:
        near_before = sum(
            _apart(text[gap[-1].end : figure.start])
            for gap, figure in zip(before, figures, strict=True)
        )
        near_behind = sum(
            _apart(text[figure.end : gap[0].start])
            for gap, figure in zip(behind, figures, strict=True)
        )
        has_behind = near_behind <= near_before or _end_items(text, figures, before, behind)
        has_before = not has_behind
    if has_before and all(
        _words(text[gap[-1].end : figure.start]) <= _LONGEST_BEFORE
        for gap, figure in zip(before, figures, strict=True)
    ):
        return {n: _last(text, gap) for n, gap in enumerate(before)}
    rest = figures[1:]
    if not (has_before or has_behind) and len(rest) > 1 and all(before[1:]):
        near = (gap[-1].end for gap in before[1:])
        if all(_apart(text[end : f.start]) <= 2 for end, f in zip(near, rest, strict=True)):
            return {n + 1: _last(text, gap) for n, gap in enumerate(before[1:])}
    if has_behind and all(
        _words(text[figure.end : gap[0].start]) <= _LONGEST_BEHIND
        for gap, figure in zip(behind, figures, strict=True)
    ):
        return {n: _first(text, gap) for n, gap in enumerate(behind)}
    return {}


def are_listed(text: str, one: Mention[T], other: Mention[T]) -> bool:
    """Tell whether nothing but a comma or "and" stands between two mentions."""
    return bool(_JOINING.fullmatch(text[one.end : other.start]))


def _one_by_one(
    text: str,
    figures: Sequence[Mention[Quantity]],
    mentions: Sequence[Mention[T]],
    is_in_order: bool,
) -> dict[int, tuple[Mention[T], ...]]:
    """Pair lists of so many names with lists of as many figures, in order."""
    runs: list[list[int]] = []
    for number in range(len(figures)):
        if runs and are_listed(text, figures[number - 1], figures[number]):
            runs[-1].append(number)
        else:
            runs.append([number])
    found: dict[int, tuple[Mention[T], ...]] = {}
    for at, run in enumerate(runs):
        if len(run) < 2:
            continue
        low = figures[runs[at - 1][-1]].end if at else 0
        high = figures[runs[at + 1][0]].start if at + 1 < len(runs) else len(text)
        taken = {one.start for held in found.values() for one in held}
        around = [m for m in mentions if low <= m.start < high and m.start not in taken]
        held = _list_of(text, around, len(run), figures[run[0]].start, is_in_order)
        found.update({number: (held[n],) for n, number in enumerate(run) if held})
    return found


def _list_of(
    text: str, mentions: Sequence[Mention[T]], count: int, start: int, is_in_order: bool
) -> Sequence[Mention[T]]:
    """Return the list of just so many mentions, that behind the figures first."""
    lists: list[list[Mention[T]]] = []
    for one in mentions:
        if lists and are_listed(text, lists[-1][-1], one):
            lists[-1].append(one)
        else:
            lists.append([one])
    fitting = [held for held in lists if len(held) == count]
    if len(fitting) > 1 and not is_in_order:
        fitting = [held for held in fitting if held[0].start > start] or fitting
    return fitting[-1] if fitting else ()


def _end_items(
    text: str,
    figures: Sequence[Mention[Quantity]],
    before: Sequence[Sequence[Mention[T]]],
    behind: Sequence[Sequence[Mention[T]]],
) -> bool:
    """Tell whether items end with their names: "5 from A and 7 from B"."""
    joined = [text[gap[-1].end : f.start] for gap, f in zip(before[1:], figures[1:], strict=True)]
    tied = [text[f.end : gap[0].start] for gap, f in zip(behind, figures, strict=True)]
    are_joined = all(_JOINING.fullmatch(gap) and any(map(str.isalpha, gap)) for gap in joined)
    return are_joined and not any(_JOINING.fullmatch(gap) for gap in tied)


def _bracketed(
    text: str, figures: Sequence[Mention[Quantity]], mentions: Sequence[Mention[T]]
) -> dict[int, tuple[Mention[T], ...]]:
    """Pair figures in brackets with what stands right before: "China (44,000,000)"."""
    found: dict[int, tuple[Mention[T], ...]] = {}
    for number, figure in enumerate(figures):
        for one in mentions:
            gap = text[one.end : figure.start + 1]
            if one.end <= figure.start and _BRACKET.match(gap) and "(" in gap:
                found[number] = (one,)
    return found if len(found) > 1 else {}


def _gaps(
    figures: Sequence[Mention[Quantity]], mentions: Sequence[Mention[T]]
) -> list[list[Mention[T]]]:
    """Return the mentions before, between and after the figures."""
    gaps: list[list[Mention[T]]] = [[] for _ in range(len(figures) + 1)]
    for one in mentions:
        gaps[sum(figure.start < one.start for figure in figures)].append(one)
    return gaps


def _last(text: str, gap: Sequence[Mention[T]]) -> tuple[Mention[T], ...]:
    first = len(gap) - 1
    while first and are_listed(text, gap[first - 1], gap[first]):
        first -= 1
    return tuple(gap[first:])


def _first(text: str, gap: Sequence[Mention[T]]) -> tuple[Mention[T], ...]:
    last = 1
    while last < len(gap) and are_listed(text, gap[last - 1], gap[last]):
        last += 1
    return tuple(gap[:last])


def _words(stretch: str) -> int:
    return len(re.findall(r"\w+", stretch))


def _apart(stretch: str) -> int:
    """Return how far two mentions are apart: a sign that parts them counts for words."""
    joined = len(_JOIN.findall(stretch))
    return _words(stretch) + joined + stretch.count(",") + 3 * stretch.count(";")
