"""The candidates of the evidence, by how well each answers a question: answer sentence selection.

Of all candidates the likeliest by cheap features are judged by a model that reads them beside the
question (`statement_model`) and compared slot by slot (`comparison`). How much each feature counts
is learned (`linear_model`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from assistant.extractive.asked import Asked, asked_words, read_asked
from assistant.extractive.candidates import Candidate, candidates, is_label
from assistant.extractive.comparison import (
    NEAR,
    asks_reason,
    denies_asked,
    edition_agreement,
    gives_reason,
    is_imprint,
    is_reference,
    layers,
    measure_agreement,
    names_agreement,
    names_cause,
    rivalry,
    states_absence,
    time_agreement,
    type_agreement,
    with_reason_behind,
)
from assistant.extractive.late_interaction import Nearness, nearness
from assistant.extractive.linear_model import candidate_score
from assistant.extractive.statement_model import load_statement_model
from index.passage import Evidence
from index.question import Question
from index.ranking.signals import DATA_FILES
from index.ranking.traits import traits_of
from index.storage.store import PassageStore
from index.wording import stems

FEATURES = (
    "learned",
    "words near in meaning",
    "rank",
    "coverage",
    "names",
    "rivalry",
    "time",
    "answer type",
    "measure",
    "edition",
    "absence",
    "row",
)
_JUDGED = 16  # candidates that are judged by the model
_JUDGED_OF_SEVERAL = 40  # as above, where an overview or a list is asked for
_NEAR = 0.75  # of a word that is said in the headings of a candidate
_REASON = 0.5  # what a word of cause is worth where a reason is asked for
_LEAST_WEIGHT = 0.5  # of the commonest word, beside its rarity


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its features, named by `FEATURES`, and how far it says each asked word.

    A higher `score` answers better.
    """

    candidate: Candidate
    features: tuple[float, ...]
    said: tuple[float, ...]
    score: float = 0.0

    def feature(self, name: str) -> float:
        """Return one of the features."""
        return self.features[FEATURES.index(name)]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a question asks, and the candidates by how well they answer it, best first."""

    asked: Asked
    candidates: tuple[Ranked, ...]


def rank(question: Question, evidence: Sequence[Evidence], store: PassageStore) -> Ranking:
    """Return the candidates of the evidence by how well they answer, best first."""
    compared = compare(question, evidence, store)
    scored = [replace(one, score=candidate_score(one.features)) for one in compared.candidates]
    return Ranking(compared.asked, best_first(scored))


def best_first(ranked: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Return candidates by their scores, those of another time after all others."""
    return tuple(sorted(ranked, key=lambda one: (one.feature("time") == 0, -one.score)))


def giving_reasons(ranking: Ranking) -> Ranking:
    """Return of a question for a reason the candidates that give one, of another all.

    What names less of what is asked than the best of all gives the reason of something else.
    """
    if not (asks_reason(ranking.asked.question) and ranking.candidates):
        return ranking
    named = min(NEAR, ranking.candidates[0].feature("names"))
    told = (replace(one, candidate=with_reason_behind(one.candidate)) for one in ranking.candidates)
    giving = (
        one for one in told if one.feature("names") >= named and gives_reason(one.candidate.text)
    )
    return replace(ranking, candidates=tuple(giving))


def compare(question: Question, evidence: Sequence[Evidence], store: PassageStore) -> Ranking:
    """Return the candidates of the evidence with their features, all with the score 0."""
    asked = read_asked(question, store.catalog.rarity(asked_words(question)))
    found = _of_rare_earths(asked, candidates(question, evidence))
    is_list = question.query.operation == "list"
    if is_list:
        found = [one for one in found if not denies_asked(one)]
    judged = _JUDGED_OF_SEVERAL if question.wants_overview or is_list else _JUDGED
    by_likelihood = sorted(found, key=lambda one: -_likelihood(asked, one))
    stating = (one for one in by_likelihood if not _states_nothing(asked, one))
    likely = list(islice(stating, judged))
    if not likely:
        return Ranking(asked, ())
    odds = load_statement_model().judge(question.text, likely)
    near = nearness(question.text, asked.words, likely)
    ranked = (features_of(asked, *one) for one in zip(likely, odds, near, strict=True))
    return Ranking(asked, tuple(ranked))


def _states_nothing(asked: Asked, candidate: Candidate) -> bool:
    """Tell whether a candidate lists a reference, is an imprint, or only heads or names something.

    A name tells who, an imprint when.
    """
    is_named = candidate.is_row or asked.answer_type in ("person", "organisation")
    if is_reference(candidate) or (asked.answer_type != "date" and is_imprint(candidate)):
        return True
    return not is_named and is_label(candidate.text)


def coverage(asked: Asked, said: Sequence[float]) -> float:
    """Return the share of the asked words that is said, by their rarity; 1 where none is asked."""
    weights = [word.rarity + _LEAST_WEIGHT for word in asked.words]
    if not weights:
        return 1.0
    return sum(w * s for w, s in zip(weights, said, strict=True)) / sum(weights)


def features_of(asked: Asked, candidate: Candidate, odds: float, near: Nearness) -> Ranked:
    """Return a candidate with its features; `odds` are the log-odds that it answers."""
    said = tuple(map(max, _exactly_said(asked, candidate), near.words))
    features = {
        "learned": odds,
        "words near in meaning": near.whole,
        "rank": candidate.evidence.score,
        "coverage": coverage(asked, said),
        "names": names_agreement(asked, candidate),
        "rivalry": rivalry(asked, candidate),
        "time": time_agreement(asked, candidate),
        "answer type": type_agreement(asked, candidate),
        "measure": measure_agreement(asked, candidate),
        "edition": edition_agreement(asked, candidate),
        "absence": float(states_absence(candidate)),
        "row": float(candidate.is_row),
    }
    return Ranked(candidate, tuple(features[name] for name in FEATURES), said)


def _exactly_said(asked: Asked, candidate: Candidate) -> tuple[float, ...]:
    """Return for each asked word 1 where a candidate says it, less where its headings do."""
    text = layers(candidate)
    own, near = stems(text.own), stems(text.near)
    return tuple(
        1.0 if word.stems <= own else _NEAR if word.stems <= near else 0.0 for word in asked.words
    )


def _of_rare_earths(asked: Asked, found: Sequence[Candidate]) -> Sequence[Candidate]:
    """Return the candidates without rows of data of other commodities, which read like ours.

    They stay where the question names another commodity, or nothing else was found.
    """
    if any(name.kind == "metal" for name in asked.names):
        return found
    return [one for one in found if not _is_of_other_commodity(one)] or found


def _is_of_other_commodity(candidate: Candidate) -> bool:
    source, passage = candidate.evidence.source, candidate.evidence.passage
    is_data = source.file_type in DATA_FILES
    return is_data and not traits_of(source, passage).names_rare_earths


def _likelihood(asked: Asked, candidate: Candidate) -> float:
    """Return a cheap score, to choose which candidates the model judges."""
    return (
        1.5 * candidate.evidence.score
        + coverage(asked, _exactly_said(asked, candidate))
        + 0.4 * names_agreement(asked, candidate)
        + 0.4 * time_agreement(asked, candidate)
        + 0.2 * type_agreement(asked, candidate)
        + _REASON * (asks_reason(asked.question) and names_cause(candidate.text))
    )
