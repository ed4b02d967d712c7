"""Judging two sources by their likeness: copies, editions, or a conversion that invents figures.

Editions of one series share most of their wording and differ in figures and dates; conversions of
one file share both, or a bad one shares the wording and the dates and differs in figures.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from corpus.copies.fingerprint import TABLES, Fingerprint
from corpus.copies.likeness import Likeness, find_invented, measure
from corpus.document import Source
from corpus.language.periods import parse_period

WHOLE = 0.8  # of the words of the longer: less is an excerpt

_DAYS_OF_ONE_PUBLISHER = 7  # between the dates that one publisher gives one edition
_DAYS_OF_REPRINTS = 45
_SURE_HASHES = 8  # or as many places with the same figures

_SPEAKERS: Mapping[str, int] = {"official": 0, "filing": 1}
_OTHER_SPEAKER = 2
_FORMATS: Mapping[str, int] = {
    "pdf": 0,
    **dict.fromkeys(("word", "html", "slides"), 1),
    **dict.fromkeys(("workbook", "csv", "json", "xml"), 2),
}
_PLAIN_FORMAT = 3  # plain text, Markdown, mail

Verdict = Literal["copy", "invention", "apart", "unlike"]


@dataclass(frozen=True, slots=True)
class _Tolerance:
    """What copies share at least, and have alone at most, for one reason why they may differ.

    `agreement` is the share of places with the same figures; where it is below `contradiction`,
    two sources are apart and not only unlike. `inside` and `around` are the shares of the wording
    of either; of an excerpt, `excerpt` is the share of its wording that its whole has, and `dense`
    says how far in one piece. `own_figures` is the share of figures and `own_run` the words in one
    stretch that one may have alone.
    """

    agreement: float
    contradiction: float
    inside: float
    around: float
    excerpt: float
    dense: float
    own_figures: float
    own_run: float = math.inf
    mutual: bool = False  # whether neither may have more figures alone, or one of them may


# Measured: conversions share 0.87 and more of the wording and 0.98 of the places, scans 0.91;
# editions of one series up to 0.98 of the wording, but at most 0.75 of the places.
_SCANNED = _Tolerance(0.8, 0.8, 0.5, 0.45, excerpt=0.6, dense=0.45, own_figures=0.4)
_CONVERTED = _Tolerance(0.85, 0.85, 0.7, 0.6, excerpt=0.85, dense=0.8, own_figures=0.25)
_CONVERTED_TO_TEXT = _Tolerance(0.97, 0.85, 0.85, 0.8, excerpt=0.95, dense=0.8, own_figures=0.1)
# Pages of one site share its furniture in one piece and have their own text in another.
_REPRINTED = _Tolerance(0.9, 0.9, 0.65, 0.5, excerpt=0.65, dense=0.7, own_figures=0.25, own_run=50)
_PERHAPS_REPRINTED = replace(_REPRINTED, agreement=1.0, contradiction=1.0, own_figures=0.15)
# Of two files in one format the reader makes the same, so what differs was changed.
_SAME = _Tolerance(1.0, 1.0, 0.97, 0.97, excerpt=0.97, dense=0.0, own_figures=0.02, mutual=True)
_SAME_TABLE = _Tolerance(1.0, 1.0, 1.0, 1.0, excerpt=1.0, dense=0.0, own_figures=0.0, mutual=True)


@dataclass(frozen=True, slots=True)
class Member:
    """A source and the fingerprint of its content."""

    source: Source
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True)
class Relation:
    """What two sources are to each other.

    "copy": one has the content of the other, or nearly all of it. "invention": `lesser` is a
    conversion of `better` with `invented` figures. `better` has the better format, of equals the
    better standing. "apart": they share wording and must not be in one group, above all as
    editions. "unlike": neither. `strength` orders relations of a kind.
    """

    verdict: Verdict
    lesser: Member
    better: Member
    strength: float = 0.0
    invented: tuple[str, ...] = ()


def standing(source: Source) -> tuple[int, int, bool]:
    """Return how good a copy a source is by its kind, smaller is better.

    Official comes first, then a filing; then by format; then text before recognised pictures.
    """
    speaker = _SPEAKERS.get(source.rank, _OTHER_SPEAKER)
    return speaker, format_order(source), source.confidence < 1


def format_order(source: Source) -> int:
    """Return how near a source's format is to what is published, from 0 for PDF."""
    return _FORMATS.get(source.file_type, _PLAIN_FORMAT)


def name_letters(name: str) -> str:
    """Return the letters and figures of a name, by which two ways of writing it are compared."""
    return "".join(filter(str.isalnum, name.casefold()))


def judge(one: Member, other: Member) -> Relation:
    """Return what two sources are to each other, whichever is named first."""
    smaller, larger = sorted(
        (one, other), key=lambda item: (item.fingerprint.words, item.source.id)
    )
    better, lesser = sorted(
        (one, other),
        key=lambda item: (format_order(item.source), standing(item.source), item.source.id),
    )
    likeness = measure(smaller.fingerprint, larger.fingerprint)
    identical = one.fingerprint.sketch[0] == other.fingerprint.sketch[0]
    excerpt = smaller.fingerprint.words < WHOLE * larger.fingerprint.words
    strength = likeness.inside * likeness.agreement

    if _stated_editions_differ(one.source, other.source, likeness):
        return Relation("apart", lesser, better)
    if identical:
        return Relation("copy", lesser, better, strength)
    if likeness.shared < _SURE_HASHES and likeness.agreeing < _SURE_HASHES:
        return Relation("unlike", lesser, better)
    if invented := _invented(lesser, better, likeness, lesser is smaller):
        return Relation("invention", lesser, better, strength, invented)
    tolerances = _tolerances(one.source, other.source)
    least = min(tolerance.contradiction for tolerance in tolerances)
    if likeness.agreement < least or (likeness.dates >= 3 and likeness.dates_agree < 0.8):
        return Relation("apart", lesser, better)
    if not any(
        likeness.agreement >= tolerance.agreement
        and _wording_agrees(likeness, tolerance, excerpt)
        and _own_figures(smaller, larger, excerpt, tolerance.mutual) <= tolerance.own_figures
        and likeness.own_run <= max(tolerance.own_run, 0.1 * smaller.fingerprint.words)
        for tolerance in tolerances
    ):
        return Relation("unlike", lesser, better)
    if excerpt and standing(smaller.source) < standing(larger.source):
        return Relation("apart", lesser, better)
    return Relation("copy", lesser, better, strength)


def state_other_editions(one: Source, other: Source) -> bool:
    """Tell whether two sources name different editions or versions of themselves."""
    stated = ((one.edition, other.edition), (one.version, other.version))
    return any(first and second and first != second for first, second in stated)


def _stated_editions_differ(one: Source, other: Source, likeness: Likeness) -> bool:
    if state_other_editions(one, other):
        return True
    if not (one.published and other.published):
        return False
    days = _days_between(one.published, other.published)
    if one.publisher and _same_name(one.publisher, other.publisher):
        return days > _DAYS_OF_ONE_PUBLISHER
    # A mirror dates a copy by the day it was put up: where all figures agree it may.
    sure = likeness.places >= 10 and likeness.agreement >= 0.9 and likeness.inside >= 0.85
    return days > _DAYS_OF_REPRINTS and not sure


def _tolerances(one: Source, other: Source) -> tuple[_Tolerance, ...]:
    """Return what may explain that two copies differ."""
    if min(one.confidence, other.confidence) < 1:
        return (_SCANNED,)
    if one.file_type == other.file_type and one.file_type in TABLES:
        return (_SAME_TABLE,)
    formats = {format_order(source) for source in (one, other)}
    if formats == {_PLAIN_FORMAT}:
        found = [_SAME, _CONVERTED_TO_TEXT]
    else:
        found = [_SAME if one.file_type == other.file_type else _CONVERTED]
    # Of official texts, and of one publisher's or of one title, a changed word is a new version.
    if min(standing(one)[0], standing(other)[0]) == _OTHER_SPEAKER:
        if one.publisher and other.publisher:
            if not _same_name(one.publisher, other.publisher):
                found.append(_REPRINTED)
        elif not _same_name(one.title, other.title):
            found.append(_PERHAPS_REPRINTED)
    return tuple(found)


def _wording_agrees(likeness: Likeness, tolerance: _Tolerance, excerpt: bool) -> bool:
    if not excerpt:
        return likeness.inside >= tolerance.inside and likeness.around >= tolerance.around
    if likeness.inside >= max(tolerance.excerpt, 0.95):
        return True
    # Many figures at their places and no other tell an excerpt where a conversion moved its text.
    if tolerance is _CONVERTED and likeness.places >= 20 and likeness.agreement >= 0.95:
        return likeness.inside >= 0.7
    return likeness.inside >= tolerance.excerpt and likeness.dense >= tolerance.dense


def _own_figures(smaller: Member, larger: Member, excerpt: bool, mutual: bool) -> float:
    """Return the share of figures that an excerpt has alone.

    Of two wholes it is the greater share where mutual, else the lesser: one may leave out.
    """
    one, other = smaller.fingerprint, larger.fingerprint
    own = len(find_invented(one, other)) / max(1, len(one.figures))
    if excerpt:
        return own
    others = len(find_invented(other, one)) / max(1, len(other.figures))
    return max(own, others) if mutual else min(own, others)


def _invented(
    lesser: Member, better: Member, likeness: Likeness, lesser_is_smaller: bool
) -> tuple[str, ...]:
    """Return the figures that a conversion invents; none where it is sound or may be another text.

    The dates must agree, or it is another edition; it must contradict its original at places that
    both have, or it only says more; and either its wording or many figures are the original's.
    """
    if min(lesser.source.confidence, better.source.confidence) < 1:
        return ()
    if format_order(lesser.source) == format_order(better.source):
        return ()
    figures = lesser.fingerprint.figures
    invented = find_invented(lesser.fingerprint, better.fingerprint)
    found = len(figures) - len(invented)
    wording = likeness.inside if lesser_is_smaller else likeness.around
    of_it = wording >= 0.8 or (wording >= 0.3 and found >= 20)
    same_edition = likeness.dates >= 2 and likeness.dates_agree >= 0.95
    contradicts = likeness.places - likeness.agreeing >= 2 and likeness.figures_agree >= 0.6
    many = len(invented) >= max(3, 0.05 * len(figures)) and found >= 0.5 * len(figures)
    return invented if of_it and same_edition and contradicts and many else ()


def _same_name(one: str, other: str) -> bool:
    return name_letters(one) == name_letters(other)


def _days_between(one: str, other: str) -> int:
    """Return the fewest days that can lie between two ISO dates of any precision."""
    (_, last), (first, _) = sorted((_days_of(one), _days_of(other)))
    return max(0, first - last)


def _days_of(published: str) -> tuple[int, int]:
    try:
        days = parse_period(published)
    except ValueError:
        return 0, date.max.toordinal()
    return date.fromisoformat(days.first).toordinal(), date.fromisoformat(days.last).toordinal()
