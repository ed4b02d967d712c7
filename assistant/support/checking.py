"""Whether a stretch of a source carries a sentence, whoever wrote the sentence.

Each figure must stand in the statement with its unit, and with the year, edition and names that
the sentence gives it; names, measure, basis and period must be the statement's own or those of
the nearest words around it; direction, negation and the kind of statement must be the same; and
the rest of the words must be carried, in these or in like words.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Verdict
from assistant.quantities import agree
from assistant.support.cell_figures import figures_of_cells
from assistant.support.facets import NAMING, find_marks, values
from assistant.support.figure_checks import (
    check_editions,
    check_figures,
    check_times,
    is_plain_count,
    times_of,
)
from assistant.support.likeness import like_words
from assistant.support.name_checks import check_facets, check_names, check_row
from assistant.support.reading import (
    Figure,
    Sentence,
    entries_in,
    figures_in,
    is_covered,
    read_sentence,
    stems_of,
)
from assistant.support.scope_checks import check_scope
from assistant.support.statement import Statement
from assistant.support.support import Reason, Support
from assistant.support.way_checks import check_way
from index.embedding import Embedder
from index.wording import plain_words

_PER_KILOGRAM = re.compile(r"(?:dollars|US\$|\$) (?:a|per) kilogram")
_PER_OTHER = re.compile(r"(?:dollars|US\$|\$) (?:a|per) (?:metric ton|ton|tonne|pound)")
_SUPPORTED = 0.75  # share of a sentence's words that must be carried, in these or in like words
_PARTLY = 0.65
_SAME_TOPIC = 0.34  # a statement with fewer of a sentence's words is about something else
_OWN_WITHOUT_FIGURES = 0.5
_OWN_IN_PART = 0.55  # as above, of a sentence that is carried in part
_OWN_OF_DENIAL = 0.6  # of a sentence's words, by a statement that says the opposite
_OWN = 0.3  # of which by the statement itself, not by what stands around it
_SAME_MATTER = 0.6  # from here on another figure speaks against the sentence
_SAME_EVENT = 0.9  # from here on another date does
# What is said otherwise about the same matter; other kinds mean that it is another matter.
_CONTRADICTING = frozenset(
    ("figure", "unit", "year", "date", "label", "direction", "negation", "tax", "act")
)
_AROUND = 0.5  # what a word counts that stands only in the sentences before
_WAYS = frozenset(("direction", "negation", "act"))
_NAMED = frozenset(
    ("name", "figure", "direction", "matter", "all", "comparison", "rank", "act", *NAMING)
)
_TIMED = frozenset(("year", "date", "label"))


def check(sentence: str, statement: Statement, embedder: Embedder | None = None) -> Support:
    """Return whether a statement carries a sentence, and what is missing or against it.

    Without an embedder words are carried only by their stems and known synonyms.
    """
    claim = read_sentence(sentence)
    told = " | ".join((*statement.context, statement.source_words))
    count = len(claim.words) + len(claim.entries) or 1
    uncovered = _uncovered(claim, told)
    earlier = [word for word in uncovered if word not in _uncovered(claim, statement.before)]
    coverage = 1 - (len(uncovered) - _AROUND * len(earlier)) / count
    if coverage < _SAME_TOPIC:
        return Support("not_found", tuple(Reason("words", w, False) for w in uncovered), coverage)
    held = figures_held(statement)
    reasons = find_reasons(claim, held, statement)
    own_told = f"{statement.own_words} | {statement.caption if statement.is_row else ''}"
    # Figures and times that the statement itself has say as much as words do.
    quantities = len(claim.figures) + len(claim.times)
    lacking = sum(reason.kind in ("figure", "unit") for reason in reasons)
    untold = sum(reason.kind == "words" for reason in reasons)  # "seventeen"
    own_times = times_of(statement)
    lacking += sum(not any(agree(time, held) for held in own_times) for time in claim.times)
    own_words = count - len(_uncovered(claim, own_told))
    own_count = own_words + max(quantities - lacking, 0)
    own_coverage = own_count / (count + quantities)
    contradicts = any(reason.against for reason in reasons)
    lacks = any(reason.kind in _NAMED for reason in reasons)
    if uncovered and not contradicts and not lacks:
        # Imports are near exports to a model of meaning.
        wanted = [word for word in uncovered if word in claim.words and not _has_facet(word)]
        liked = like_words(wanted, statement.own_words, embedder) if embedder else []
        liked += [word for word in uncovered if word not in liked and _is_same_act(word, statement)]
        coverage += sum(1 - _AROUND * (word in earlier) for word in liked) / count
        own_coverage += len(liked) / (count + quantities)
        uncovered = [word for word in uncovered if word not in liked]
    if not any(reason.kind == "direction" for reason in reasons):
        # "Cut from 5 to 3" is said by the figures.
        turned = [word for word in uncovered if values(word, "direction")]
        coverage += len(turned) / count
        own_coverage += len(turned) / (count + quantities)
        uncovered = [word for word in uncovered if word not in turned]
        if turned and uncovered and not claim.figures:
            reasons.append(Reason("matter", "", False))  # the figures may be of something else
    reasons += [Reason("words", word, False) for word in uncovered]
    ways = not claim.figures or {r.kind for r in reasons if r.against} <= _WAYS
    if own_words == 0:
        reasons.append(Reason("matter", "", False))  # figures that happen to be the same
    if ways and own_words / count < _OWN_OF_DENIAL:
        # That two sentences differ in direction says nothing where they differ in their matter.
        reasons += [Reason("matter", "", False)] * contradicts
    tells_none = quantities and lacking + untold >= quantities and (uncovered or untold)
    if tells_none and not contradicts:
        reasons.append(Reason("matter", "", False))  # neither its figures, nor all of its words
    return _judge(reasons, coverage, own_coverage, claim, statement.is_row)


def figures_held(statement: Statement) -> tuple[Figure, ...]:
    """Return the figures of a statement."""
    if statement.is_row:
        return figures_of_cells(statement)
    held = figures_in(statement.quote)
    around = f"{statement.section} | {statement.before}"
    if not _PER_KILOGRAM.search(around) or _PER_OTHER.search(around):
        return held
    # "Prices are in dollars per kilogram. Terbium oxide stood at $1,010."
    dollars = [h for h in held if h.quantity.unit == "USD"]
    rated = (replace(h.quantity, unit="USD/kg", kind="price") for h in dollars)
    return (*held, *(replace(h, quantity=q) for h, q in zip(dollars, rated, strict=True)))


def find_reasons(claim: Sentence, held: Sequence[Figure], statement: Statement) -> list[Reason]:
    """Return what of a sentence a statement says otherwise or does not say, words aside."""
    return [
        *check_figures(claim, held, statement),
        *check_times(claim, statement),
        *check_editions(claim, held, statement),
        *check_names(claim, held, statement),
        *check_facets(claim, held, statement),
        *check_way(claim, held, statement),
        *check_row(claim, statement),
        *check_scope(claim, statement),
    ]


def _has_facet(word: str) -> bool:
    return any(mark.facet in ("measure", "direction", "act", "stage") for mark in find_marks(word))


def _is_same_act(word: str, statement: Statement) -> bool:
    """Tell whether a word tells what a statement tells in another: "abolished" for "ended"."""
    return bool(values(word, "act") & values(statement.own_words, "act"))


def _uncovered(claim: Sentence, told: str) -> list[str]:
    """Return the words and names of a sentence that a text does not have."""
    said, named = stems_of(told), entries_in(told)
    missing = [word for word in claim.words if not is_covered(word, said)]
    for entry_id, written in claim.entries:
        plain = plain_words(written)
        if entry_id not in named and not all(is_covered(word, said) for word in plain):
            missing.append(written)
    return missing


def _judge(
    reasons: Sequence[Reason],
    coverage: float,
    own_coverage: float,
    claim: Sentence,
    is_row: bool,
) -> Support:
    told = tuple(reasons)
    against = {reason.kind for reason in told if reason.against}
    missing = {reason.kind for reason in told if not reason.against} - {"words"}
    if against - _CONTRADICTING:
        return Support("not_found", told, coverage, own_coverage)
    if against:
        # Another date, or a figure in a row, speaks against what happened or was denied only
        # where all else is the same.
        told_so = against <= _TIMED or (is_row and against == {"negation"})
        is_event = told_so and all(is_plain_count(figure) for figure in claim.figures)
        least = _SAME_EVENT if is_event else _SAME_MATTER
        same = coverage >= least and own_coverage >= _OWN and not missing & _NAMED
        return Support("contradicted" if same else "not_found", told, coverage, own_coverage)
    least = _OWN if claim.figures else _OWN_WITHOUT_FIGURES
    adds = missing == {"name"} and not claim.figures and coverage >= _SUPPORTED
    if adds and own_coverage >= _SUPPORTED:
        return Support("partly", told, coverage, own_coverage)  # it names one thing more
    if missing & _NAMED or coverage < _PARTLY or own_coverage < least:
        return Support("not_found", told, coverage, own_coverage)
    if missing or coverage < _SUPPORTED:
        says_enough = claim.figures or own_coverage >= _OWN_IN_PART
        verdict: Verdict = "partly" if says_enough else "not_found"
        return Support(verdict, told, coverage, own_coverage)
    return Support("supported", tuple(r for r in told if r.kind != "words"), coverage, own_coverage)
