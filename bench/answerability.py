"""Learns which statement answers a question, and how likely what is shown is right.

`python -m bench.answerability --shared DIR [--home HOME]`: the questions are of our own making,
those of `bench/answers_gold` (by four writers, in three styles, two in five without an answer) and
those of `assistant/evaluation/cases/answerability*.jsonl`; over the shipped documents and over the
sources and filings in the shared folder. Prints how well the models do over each of these
collections where they learned from the others alone, then writes
`assistant/extractive/linear_models.json`.
The shipped cases have no part in it, nor have the sets of first sight but those that `--also` names
(`bench/words_gold/first`), once they tell nothing new.

`--write FILE` writes the questions with what was found for them instead, for
`bench.train_statements` to learn from; `--models DIR` takes what that learned without each
collection (`DIR/library.npz`), so that both linear models learn from what the shipped model says of
documents that it has not met.
"""

import argparse
import json
import math
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answer import answer_to_json, citation_to_json, evidence_to_json
from assistant.assistant import Assistant
from assistant.conversation import standalone_question
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.matching import contains_form
from assistant.evaluation.metrics.refusal import auroc
from assistant.evaluation.places import citation_is_at
from assistant.evaluation.scoring import score
from assistant.extractive import Candidate, Found, Retrieved, answer_extractively, make_citation
from assistant.extractive.confidence import ANSWER_FEATURES, answer_features
from assistant.extractive.finding import Part
from assistant.extractive.linear_model import WEIGHTS, Linear
from assistant.extractive.ranking import FEATURES, Ranking, best_first, compare
from assistant.extractive.selection import choose
from assistant.extractive.statement_model import StatementModel, statement_text
from assistant.pair_model import load_text_reader
from bench.question_sets import ANSWERABILITY_CASES, SOURCES_CASES, open_collections
from index.passage import Evidence
from index.question import analyze

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GOLD = Path(__file__).parent / "answers_gold"
_PULL = 0.02  # of the statement weights towards 0 (L2)
_STRENGTH = 0.02  # of the answer weights' regularisation: the inverse (C)
# Features that speak against an answer, and of which the cases decide; all others speak for one.
_AGAINST = frozenset(("rivalry", "absence", "said to be absent", "a name nowhere"))
_EITHER_WAY = frozenset(("row",))
_THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A case with what was found for it, and which of the statements are the expected ones."""

    collection: str
    case: Case
    evidence: tuple[Evidence, ...]
    ranking: Ranking
    expected: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with the features of what is shown for it, and whether that is right."""

    lesson: Lesson
    features: tuple[float, ...]
    is_right: bool


def main() -> None:
    """Learn, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="a folder with sources and sets")
    parser.add_argument("--home", type=Path, help="a folder for the homes, to be used again")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="the file of weights to write")
    parser.add_argument("--write", type=Path, help="write the questions with what was found")
    parser.add_argument("--also", type=Path, nargs="*", default=(), help="folders of further sets")
    parser.add_argument("--models", type=Path, help="a folder with a model for each collection")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        work = arguments.home or Path(temporary)
        lessons = list(_all_lessons(work, arguments.shared, arguments.also))
    if arguments.write:
        arguments.write.write_text("".join(map(found_as_json, lessons)), "utf-8")
        return
    if arguments.models:
        lessons = _judged_by(arguments.models, lessons)
    _print_held_out(lessons)
    statements, answers = _learn(lessons)
    arguments.out.write_text(_as_json(statements, answers, len(lessons)), "utf-8")
    print(f"written: {arguments.out}")


def _all_lessons(work: Path, shared: Path, also: Sequence[Path]) -> Iterator[Lesson]:
    """Yield the lessons of all collections, those of further sets behind each collection's own."""
    cases = {"library": [ANSWERABILITY_CASES], "sources": [SOURCES_CASES]}
    for name, assistant in open_collections(work, shared):
        further = [file for folder in also if (file := folder / f"{name}.jsonl").exists()]
        for file in (GOLD / f"{name}.jsonl", *cases.get(name, ()), *further):
            for case in load_cases(file):
                yield from _lessons(assistant, name, case)


def _lessons(assistant: Assistant, collection: str, case: Case) -> Iterator[Lesson]:
    if case.use != "ask":
        return
    question = standalone_question(case.question, case.turns)
    evidence = assistant.search(question, assistant.settings.passages)
    ranking = compare(analyze(question), evidence, assistant.store)
    if not ranking.candidates:
        return
    told = [evidence_to_json(piece) for piece in evidence]
    expected = tuple(
        case.answerable is True and _is_expected(case, one.candidate, told)
        for one in ranking.candidates
    )
    yield Lesson(collection, case, tuple(evidence), ranking, expected)


def found_as_json(lesson: Lesson) -> str:
    """Return a question with its statements, the likeliest first, as a line."""
    pairs = zip(lesson.ranking.candidates, lesson.expected, strict=True)
    ordered = sorted(pairs, key=lambda pair: -pair[0].feature("learned"))
    told = {
        "collection": lesson.collection,
        "question": lesson.ranking.asked.question.text,
        "answerable": lesson.case.answerable,
        "statements": [statement_text(one.candidate) for one, _ in ordered],
        "answers": [at for at, (_, is_expected) in enumerate(ordered) if is_expected],
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


def _judged_by(models: Path, lessons: Sequence[Lesson]) -> list[Lesson]:
    """Return lessons, each as the model judges it that was learned without its collection."""
    at = FEATURES.index("learned")
    found = []
    for name in dict.fromkeys(one.collection for one in lessons):
        model = StatementModel(load_text_reader(), models / f"{name}.npz")
        for lesson in (one for one in lessons if one.collection == name):
            ranking = lesson.ranking
            told = [one.candidate for one in ranking.candidates]
            odds = model.judge(ranking.asked.question.text, told)
            judged = tuple(
                replace(one, features=(*one.features[:at], said, *one.features[at + 1 :]))
                for one, said in zip(ranking.candidates, odds, strict=True)
            )
            found.append(replace(lesson, ranking=replace(ranking, candidates=judged)))
    return found


def _is_expected(case: Case, candidate: Candidate, evidence: Sequence[Any]) -> bool:
    citation = citation_to_json(make_citation(1, candidate))
    return any(
        citation_is_at(citation, evidence, place) and _shares_words(candidate.quote, place)
        for place in case.places
    )


def _shares_words(quote: str, place: ExpectedPlace) -> bool:
    """Tell whether a quote and the expected one are the same stretch, or one within the other."""
    if not place.quote or contains_form(quote, place.quote) or contains_form(place.quote, quote):
        return True
    own, expected = set(quote.lower().split()), set(place.quote.lower().split())
    return len(own & expected) >= 0.7 * min(len(own), len(expected)) > 3


def _learn(lessons: Sequence[Lesson]) -> tuple[Linear, Linear]:
    statements = _learn_statements(lessons)
    return statements, _learn_answers([_judged(lesson, statements) for lesson in lessons])


def _judged(lesson: Lesson, model: Linear) -> Judged:
    """Return what is shown for a case where its statements are ordered by a model."""
    ordered = _scored(lesson, model)
    ranking = ordered.ranking
    question = ranking.asked.question.text
    retrieved = Retrieved(question, question, lesson.evidence, 0.0)
    found = Found(retrieved, (Part(ranking, 1.0, choose(ranking)),), 0.0)
    shown = score(lesson.case, answer_to_json(answer_extractively(found)))
    is_right = lesson.case.answerable is True and bool(shown.answer_right)
    return Judged(ordered, answer_features(ranking), is_right)


def _scored(lesson: Lesson, model: Linear) -> Lesson:
    pairs = zip(lesson.ranking.candidates, lesson.expected, strict=True)
    scored = [(replace(one, score=model.score(one.features)), right) for one, right in pairs]
    expected = {id(one): right for one, right in scored}
    ordered = best_first([one for one, _ in scored])
    return replace(
        lesson,
        ranking=replace(lesson.ranking, candidates=ordered),
        expected=tuple(expected[id(one)] for one in ordered),
    )


def _learn_statements(lessons: Sequence[Lesson]) -> Linear:
    """Learn a conditional logit: the expected statements against the others of their question."""
    import numpy as np
    from scipy.optimize import minimize

    told = [
        (np.array([one.features for one in lesson.ranking.candidates]), np.array(lesson.expected))
        for lesson in lessons
        if any(lesson.expected)
    ]
    every = np.concatenate([features for features, _ in told])
    mean, spread = every.mean(axis=0), _spread(every)
    scaled = [((features - mean) / spread, right) for features, right in told]

    def loss(weights: "NDArray[np.float64]") -> "tuple[float, NDArray[np.float64]]":
        total, slope = 0.0, np.zeros_like(weights)
        for features, right in scaled:
            scores = features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            of_right = np.where(right, shares, 0.0)
            total -= math.log(of_right.sum())
            slope -= (of_right / of_right.sum() - shares) @ features
        count = len(scaled)
        pulled = total / count + _PULL * float(weights @ weights)
        return pulled, slope / count + 2 * _PULL * weights

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    return _linear(mean, spread, found.x, 0.0)


def _learn_answers(judged: Sequence[Judged]) -> Linear:
    """Learn a logistic regression in which no feature counts against what it says.

    The features overlap: without that bound one of two that say the same weighs too much, and the
    other makes up for it with a weight that speaks for what is missing.
    """
    import numpy as np
    from scipy.optimize import minimize

    features = np.array([one.features for one in judged])
    truth = np.array([one.is_right for one in judged], dtype=float)
    mean, spread = features.mean(axis=0), _spread(features)
    scaled = (features - mean) / spread

    def loss(weights: "NDArray[np.float64]") -> "tuple[float, NDArray[np.float64]]":
        scores = scaled @ weights[:-1] + weights[-1]
        missed = 1 / (1 + np.exp(-scores)) - truth
        total = _STRENGTH * float(np.logaddexp(0, scores).sum() - truth @ scores)
        slope = np.append(scaled.T @ missed, missed.sum()) * _STRENGTH
        slope[:-1] += weights[:-1]
        return total + float(weights[:-1] @ weights[:-1]) / 2, slope

    bounds = [*map(_bounds, ANSWER_FEATURES), (None, None)]
    start = np.zeros(len(bounds))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return _linear(mean, spread, found.x[:-1], float(found.x[-1]))


def _bounds(feature: str) -> tuple[float | None, float | None]:
    """Return between which weights a feature may count."""
    if feature in _EITHER_WAY or feature.startswith("wants "):
        return None, None
    return (None, 0.0) if feature in _AGAINST else (0.0, None)


def _spread(features: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    spread = features.std(axis=0)
    return np.where(spread > 1e-9, spread, 1.0)


def _linear(mean: Any, spread: Any, weights: Any, constant: float) -> Linear:
    told = [tuple(round(float(value), 4) for value in row) for row in (mean, spread, weights)]
    means, spreads, by = told
    return Linear(means, tuple(max(value, 1e-4) for value in spreads), by, round(constant, 4))


def _print_held_out(lessons: Sequence[Lesson]) -> None:
    """Print what the models do over each collection where they learned from the others."""
    told: list[tuple[Judged, float]] = []
    for name in dict.fromkeys(one.collection for one in lessons):
        statements, answers = _learn([one for one in lessons if one.collection != name])
        judged = [_judged(one, statements) for one in lessons if one.collection == name]
        of_it = [(one, answers.score(one.features)) for one in judged]
        _print_of(name, of_it)
        told += of_it
    _print_of("all", told)


def _print_of(name: str, told: Sequence[tuple[Judged, float]]) -> None:
    likely = [(one, 1 / (1 + math.exp(-scored))) for one, scored in told]
    area = auroc([one.is_right for one, _ in likely], [p for _, p in likely])
    ranks = [one.lesson.expected.index(True) for one, _ in likely if any(one.lesson.expected)]
    first = [sum(rank < depth for rank in ranks) / len(ranks) for depth in (1, 3, 5)]
    print(
        f"{name}: {len(likely)} cases, AUROC of right {area:.3f}; expected among the first 1, 3, 5 "
        f"of {len(ranks)}: {', '.join(f'{share:.3f}' for share in first)}"
    )
    for threshold in _THRESHOLDS:
        shown = [one for one, p in likely if p >= threshold]
        right = sum(one.is_right for one in shown)
        absent = sum(one.lesson.case.answerable is False for one in shown)
        print(
            f"  from {threshold}: right {right}, wrong {len(shown) - right - absent}, "
            f"shown where nothing answers {absent}"
        )


def _as_json(statements: Linear, answers: Linear, count: int) -> str:
    models = {
        "candidates": _model_json(FEATURES, statements),
        "answers": _model_json(ANSWER_FEATURES, answers),
    }
    data = {"learned_on": count, "models": models}
    return json.dumps(data, indent=1) + "\n"


def _model_json(names: Sequence[str], model: Linear) -> dict[str, Any]:
    rows = zip(names, model.means, model.spreads, model.weights, strict=True)
    features = [{"feature": n, "mean": m, "spread": s, "weight": w} for n, m, s, w in rows]
    return {"constant": model.constant, "features": features}


if __name__ == "__main__":
    main()
