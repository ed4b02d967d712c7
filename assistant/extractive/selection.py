"""Which candidates make up an answer: the best, and further ones that answer as well."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extractive.candidates import (
    edition_of,
    is_of_newer_edition,
    same_figure,
    same_row,
)
from assistant.extractive.comparison import NEAR, names, periods_told
from assistant.extractive.ranking import Ranked, Ranking
from corpus.figures import figures_differ
from corpus.language.periods import find_periods
from index.wording import stem, words

_SENTENCES = 3
_ANSWERS = 0.0  # log-odds from which a further statement answers, too, rather than none
_LIST_SENTENCES = 6
_POINTS = 8  # of an overview
_ROWS = 20  # of a table that is the list that is asked for
_OPENING = 2  # sentences of a section that say what it is about
_SECTION_MARGIN = 8.0  # as below, for one of the section where the best stands
_POINT_MARGIN = 4.0  # log-odds below the likeliest from which a statement is a point of an overview
_MARGIN = 2.5  # how far below the best a further statement may score
_LATEST_MARGIN = 3.0  # as above, for one of a later time where the latest is asked for
_LATEST_COVERAGE = 0.2
_OFFICIAL_MARGIN = 1.5  # how far below the best an official source may score and go first
_ANSWERING = ("answer type", "time", "names", "measure", "coverage")
_SAME_WORDS = 0.8  # share of the words of the shorter of two statements that say the same
_SEVERAL = re.compile(
    r"\b(?:compared?|versus|vs|differ|than|respectively)\b|"
    r",? and (?:at |by |for |from |in |on |to )?(?:what|how|which|who|when|where|why)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of an answer in their order; `conflicting` where they give other values."""

    candidates: tuple[Ranked, ...]
    conflicting: bool = False


def choose(ranking: Ranking) -> Choice:
    """Return the statements that answer a question, the best first."""
    asked = ranking.asked
    if not ranking.candidates:
        return Choice(())
    usable = [one for one in ranking.candidates if not _speaks_of_another(one)]
    usable = usable or [*ranking.candidates]
    best = _newest_edition(asked.question.editions, usable)
    if asked.question.wants_latest and not asked.periods:
        best = _latest(best, usable)
    best = _official(best, usable)
    editions = _other_editions(ranking, best, usable)
    if editions:
        return Choice((best, *editions), conflicting=True)
    if asked.question.wants_overview:
        return Choice(_points(best, usable))
    chosen = [best, *_same_table(ranking, best, usable)]
    several = bool(asked.question.wants_list or _SEVERAL.search(asked.question.text))
    limit = _LIST_SENTENCES if several else _SENTENCES
    likely = [one for one in usable if one.feature("learned") >= _ANSWERS]
    return Choice(_with_further(chosen, _likeliest_first(likely), limit))


def _points(best: Ranked, usable: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Return the points of an overview: of the section where the best one stands, then others.

    A section tells of one thing in several sentences, of which the first say what it is and few
    name it. Each section is told in the order of its page.
    """
    likeliest = max(one.feature("learned") for one in usable)
    here = [one for one in usable if _section(one) == _section(best)]
    opening = sorted((one for one in here if not one.candidate.is_row), key=_start)[:_OPENING]
    near = [one for one in here if one.feature("learned") >= likeliest - _SECTION_MARGIN]
    least = min(_ANSWERS, likeliest - _POINT_MARGIN)
    others = [one for one in usable if one.feature("learned") >= least]
    further = (*opening, *_likeliest_first(near), *_likeliest_first(others))
    chosen = _with_further([best], further, _POINTS)
    sections = list(dict.fromkeys(map(_section, chosen)))
    return tuple(sorted(chosen, key=lambda one: (sections.index(_section(one)), _start(one))))


def _section(one: Ranked) -> tuple[str, int, str]:
    passage = one.candidate.evidence.passage
    return passage.source_id, passage.page, passage.context.section


def _start(one: Ranked) -> int:
    return one.candidate.start


def _likeliest_first(found: Sequence[Ranked]) -> list[Ranked]:
    return sorted(found, key=lambda one: -one.feature("learned"))


def _with_further(
    chosen: Sequence[Ranked], further: Sequence[Ranked], limit: int
) -> tuple[Ranked, ...]:
    """Return statements with so many further ones that say something else."""
    told = list(chosen)
    for one in further:
        if len(told) >= limit:
            break
        if not one.feature("absence") and not any(_is_told(one, other) for other in told):
            told.append(one)
    return tuple(told)


def _speaks_of_another(one: Ranked) -> bool:
    """Tell whether a statement gives another measure, or another time, than the one asked for."""
    return one.feature("measure") == 0 or one.feature("time") == 0


def _fits(further: Ranked) -> bool:
    """Tell whether nothing speaks against a further statement."""
    return (
        further.feature("time") >= 0.5
        and not further.feature("rivalry")
        and not further.feature("absence")
        and further.feature("edition") >= 0.5
    )


def _latest(best: Ranked, usable: Sequence[Ranked]) -> Ranked:
    """Return of the statements that answer as the best does the one of the latest time."""
    rivals = [
        one
        for one in usable
        if one.score >= best.score - _LATEST_MARGIN
        and one.feature("answer type") >= best.feature("answer type")
        and one.feature("names") >= min(NEAR, best.feature("names"))
        and one.feature("measure") >= min(0.9, best.feature("measure"))
        and one.feature("coverage") >= best.feature("coverage") - _LATEST_COVERAGE
        and not one.feature("absence")
    ]
    return max([best, *rivals], key=_time)


def _official(best: Ranked, usable: Sequence[Ranked]) -> Ranked:
    """Return of the statements that answer as well as the best the first of an official source."""
    if best.candidate.evidence.source.rank == "official":
        return best
    for rival in usable:
        if rival.score < best.score - _OFFICIAL_MARGIN:
            break
        as_well = all(rival.feature(name) >= best.feature(name) for name in _ANSWERING)
        if rival.candidate.evidence.source.rank == "official" and as_well and _fits(rival):
            return rival
    return best


def _time(one: Ranked) -> str:
    """Return the last day that a candidate speaks of, "" where it tells no time."""
    label = find_periods(one.candidate.evidence.passage.row_label)
    told = [mention.period for mention in label] or periods_told(one.candidate)[0]
    return max((period.last or str(period.year) for period in told), default="")


def _newest_edition(editions: Sequence[str], usable: Sequence[Ranked]) -> Ranked:
    """Return the best statement; of a row that several editions carry, the newest one's."""
    best = usable[0]
    if editions:
        return best
    newest = best
    for rival in usable:
        is_newer = is_of_newer_edition(rival.candidate, newest.candidate)
        if same_row(best.candidate, rival.candidate) and is_newer:
            newest = rival
    return newest


def _other_editions(ranking: Ranking, best: Ranked, usable: Sequence[Ranked]) -> list[Ranked]:
    """Return the rows of older editions that give the same figure another value.

    None where the question names an edition or asks for the latest.
    """
    question = ranking.asked.question
    if question.editions or question.wants_latest or not best.candidate.is_row:
        return []
    found: list[Ranked] = []
    editions = {edition_of(best.candidate)}
    for other in usable:
        edition = edition_of(other.candidate)
        if edition in editions or not same_figure(best.candidate, other.candidate):
            continue
        pairs = zip(best.candidate.cells, other.candidate.cells, strict=False)
        if any(
            (one.unit == two.unit or not (one.unit and two.unit))
            and figures_differ(one.text, two.text)
            for one, two in pairs
        ):
            editions.add(edition)
            found.append(other)
    return found


def _same_table(ranking: Ranking, best: Ranked, usable: Sequence[Ranked]) -> list[Ranked]:
    """Return the rows of the best row's table that answer as it does: other names, other years.

    Where a list is asked for and none of its labels is named, all its rows do.
    """
    if not best.candidate.is_row:
        return []
    own = _asked_of_label(ranking, best)
    is_whole = ranking.asked.question.wants_list and not own
    limit = _ROWS if is_whole else _LIST_SENTENCES
    found = []
    for other in usable:
        if other is best or not _in_table_of(best, other) or not _fits(other):
            continue
        new = _asked_of_label(ranking, other)
        if is_whole or (len(new) >= len(own) > 0 and other.score >= best.score - _MARGIN):
            found.append(other)
    return found[: limit - 1] if len(found) < limit else []


def _asked_of_label(ranking: Ranking, row: Ranked) -> set[str]:
    """Return whom, what and which times the label of a row names of what is asked."""
    asked = ranking.asked
    label = row.candidate.evidence.passage.row_label
    said = {stem(word) for word in words(label)}
    named = {name.key for name in asked.names if names(label, name)}
    told = {word.text for word in asked.words if word.stems <= said}
    return named | told | {word for word in words(asked.question.text) if word.isdigit()} & said


def _in_table_of(row: Ranked, other: Ranked) -> bool:
    """Tell whether another statement is another row of the same table."""
    passage, there = row.candidate.evidence.passage, other.candidate.evidence.passage
    return (
        other.candidate.is_row
        and there.id != passage.id
        and (there.source_id, there.page) == (passage.source_id, passage.page)
        and (there.context.caption, there.context.section)
        == (passage.context.caption, passage.context.section)
    )


def _is_told(one: Ranked, other: Ranked) -> bool:
    """Tell whether a statement is told by another: itself, its like, or its row in an edition."""
    return one is other or same_row(other.candidate, one.candidate) or _repeats(one, other)


def _repeats(one: Ranked, other: Ranked) -> bool:
    """Tell whether two statements say the same: most of their words are the same."""
    first, second = _own_words(one), _own_words(other)
    return len(first & second) >= _SAME_WORDS * min(len(first), len(second))


def _own_words(one: Ranked) -> set[str]:
    """Return the words of a statement, of a row without the caption that its neighbours share."""
    return set(words(one.candidate.quote if one.candidate.is_row else one.candidate.text))
