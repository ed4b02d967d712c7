"""Learns when the sources answer: `python -m bench.answerability [--shared DIR] [--home HOME]`.

The questions are of our own making: those of `assistant/evaluation/cases/answerability.jsonl` over
the shipped documents and, of `answerability_sources.jsonl`, over the documents of a shared folder.
Prints how well the models do on cases they were not learned on (six folds of a cross-validation),
then writes `assistant/answerability.json`. The shipped cases and those of other folders have no
part in the learning. Without a shared folder the weights are others than those that are shipped.
"""

import argparse
import json
import math
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.agreement import SIGNS
from assistant.answer import citation_to_json, evidence_to_json
from assistant.answerability import WEIGHTS, Linear
from assistant.answering import make_citation
from assistant.assistant import Assistant
from assistant.candidates import Candidate
from assistant.conversation import standalone_question
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.matching import contains_form
from assistant.evaluation.metrics.refusal import auroc
from assistant.evaluation.places import citation_is_at
from assistant.judging import QUESTION_SIGNS, question_signs
from assistant.settings import Settings
from assistant.weighing import Weighing, best_first, compare
from bench.commands import run_command
from bench.question_sets import ANSWERABILITY_CASES, QUESTIONS, SOURCES_CASES
from corpus.build_pdfs import DOCUMENTS
from index.question import analyze

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FOLDS = 6
_PULL = 0.02  # of the statement weights towards 0 (L2)
_STRENGTH = 0.02  # of the answer weights' regularisation: the inverse (C)
# Signs that speak against an answer, and those of which the cases decide; all others speak for one.
_AGAINST = frozenset(
    ("uncovered", "missing words", "said to be absent", "a name missing", "a name nowhere")
)
_EITHER_WAY = frozenset(("asked words", "row", "row of it"))
_THRESHOLDS = (0.3, 0.4, 0.5, 0.6)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A case with what was found for it, and which of the statements are the expected ones."""

    case: Case
    weighing: Weighing
    expected: tuple[bool, ...]


def main() -> None:
    """Learn, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, help="a folder with the documents in sources/")
    parser.add_argument("--home", type=Path, help="a folder for the homes, to be used again")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="the file of weights to write")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        work = arguments.home or Path(temporary)
        lessons = _lessons_over(work / "shipped" / "home", DOCUMENTS, ANSWERABILITY_CASES)
        if arguments.shared:
            sources = arguments.shared / "sources"
            lessons += _lessons_over(work / QUESTIONS / "home", sources, SOURCES_CASES)
    _print_held_out(lessons)
    statements, answers = _learn(lessons)
    arguments.out.write_text(_as_json(statements, answers, len(lessons)), "utf-8")
    print(f"written: {arguments.out}")


def _lessons_over(home: Path, documents: Path, cases: Path) -> list[Lesson]:
    """Return the lessons of cases over documents, which are added to a home if they are not."""
    run_command(home, "add", documents)
    assistant = Assistant(Settings(home))
    lessons = [lesson for case in load_cases(cases) for lesson in _lessons(assistant, case)]
    assistant.close()
    return lessons


def _lessons(assistant: Assistant, case: Case) -> list[Lesson]:
    if case.use != "ask":
        return []
    question = standalone_question(case.question, case.turns)
    evidence = assistant.search(question, assistant.settings.passages)
    weighing = compare(analyze(question), evidence, assistant.store, assistant.embedder())
    if not weighing.statements:
        return []
    told = [evidence_to_json(piece) for piece in evidence]
    expected = tuple(
        case.answerable is True and _is_expected(case, one.candidate, told)
        for one in weighing.statements
    )
    return [Lesson(case, weighing, expected)]


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
    return statements, _learn_answers([_scored(lesson, statements) for lesson in lessons])


def _scored(lesson: Lesson, model: Linear) -> Lesson:
    pairs = zip(lesson.weighing.statements, lesson.expected, strict=True)
    scored = [(replace(one, score=model.score(one.signs)), right) for one, right in pairs]
    expected = {id(one): right for one, right in scored}
    ordered = best_first([one for one, _ in scored])
    return replace(
        lesson,
        weighing=replace(lesson.weighing, statements=ordered),
        expected=tuple(expected[id(one)] for one in ordered),
    )


def _learn_statements(lessons: Sequence[Lesson]) -> Linear:
    """Learn a conditional logit: the expected statements against the others of their question."""
    import numpy as np
    from scipy.optimize import minimize

    told = [
        (np.array([one.signs for one in lesson.weighing.statements]), np.array(lesson.expected))
        for lesson in lessons
        if any(lesson.expected)
    ]
    every = np.concatenate([signs for signs, _ in told])
    mean, spread = every.mean(axis=0), _spread(every)
    scaled = [((signs - mean) / spread, right) for signs, right in told]

    def loss(weights: "NDArray[np.float64]") -> "tuple[float, NDArray[np.float64]]":
        total, slope = 0.0, np.zeros_like(weights)
        for signs, right in scaled:
            scores = signs @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            of_right = np.where(right, shares, 0.0)
            total -= math.log(of_right.sum())
            slope -= (of_right / of_right.sum() - shares) @ signs
        count = len(scaled)
        pulled = total / count + _PULL * float(weights @ weights)
        return pulled, slope / count + 2 * _PULL * weights

    found = minimize(loss, np.zeros(len(SIGNS)), jac=True, method="L-BFGS-B")
    return _linear(mean, spread, found.x, 0.0)


def _learn_answers(lessons: Sequence[Lesson]) -> Linear:
    """Learn a logistic regression in which no sign counts against what it says.

    The signs overlap: without that bound one of two that say the same weighs too much, and the
    other makes up for it with a weight that speaks for what is missing.
    """
    import numpy as np
    from scipy.optimize import minimize

    signs = np.array([question_signs(lesson.weighing) for lesson in lessons])
    truth = np.array([lesson.case.answerable is True for lesson in lessons], dtype=float)
    mean, spread = signs.mean(axis=0), _spread(signs)
    scaled = (signs - mean) / spread

    def loss(weights: "NDArray[np.float64]") -> "tuple[float, NDArray[np.float64]]":
        scores = scaled @ weights[:-1] + weights[-1]
        missed = 1 / (1 + np.exp(-scores)) - truth
        total = _STRENGTH * float(np.logaddexp(0, scores).sum() - truth @ scores)
        slope = np.append(scaled.T @ missed, missed.sum()) * _STRENGTH
        slope[:-1] += weights[:-1]
        return total + float(weights[:-1] @ weights[:-1]) / 2, slope

    bounds = [*map(_bounds, QUESTION_SIGNS), (None, None)]
    start = np.zeros(len(bounds))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return _linear(mean, spread, found.x[:-1], float(found.x[-1]))


def _bounds(sign: str) -> tuple[float | None, float | None]:
    """Return between which weights a sign may count."""
    if sign in _EITHER_WAY or sign.startswith("wants "):
        return None, None
    return (None, 0.0) if sign in _AGAINST else (0.0, None)


def _spread(signs: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    spread = signs.std(axis=0)
    return np.where(spread > 1e-9, spread, 1.0)


def _linear(mean: Any, spread: Any, weights: Any, constant: float) -> Linear:
    told = [tuple(round(float(value), 4) for value in row) for row in (mean, spread, weights)]
    means, spreads, by = told
    return Linear(means, tuple(max(value, 1e-4) for value in spreads), by, round(constant, 4))


def _print_held_out(lessons: Sequence[Lesson]) -> None:
    """Print what the models do on cases that they were not learned on."""
    judged: list[tuple[Lesson, float]] = []
    for fold in range(_FOLDS):
        statements, answers = _learn([one for n, one in enumerate(lessons) if n % _FOLDS != fold])
        for lesson in lessons[fold::_FOLDS]:
            ordered = _scored(lesson, statements)
            score = answers.score(question_signs(ordered.weighing))
            judged.append((ordered, 1 / (1 + math.exp(-score))))
    ranks = [one.expected.index(True) for one, _ in judged if any(one.expected)]
    answerable = [p for one, p in judged if one.case.answerable]
    absent = [p for one, p in judged if not one.case.answerable]
    near = [p for one, p in judged if not one.case.answerable and one.case.near_miss]
    print(f"{len(lessons)} cases, {len(ranks)} with an expected statement found")
    for depth in (1, 3, 5):
        share = sum(rank < depth for rank in ranks) / len(ranks)
        print(f"expected statement among the first {depth}: {share:.3f}")
    for name, others in (("all", absent), ("near misses", near)):
        told = [(True, p) for p in answerable] + [(False, p) for p in others]
        area = auroc([truth for truth, _ in told], [value for _, value in told])
        print(f"AUROC, {name}: {area:.3f}")
    for threshold in _THRESHOLDS:
        refused, wrongly, nearly = (
            sum(p < threshold for p in those) / len(those) for those in (absent, answerable, near)
        )
        print(
            f"threshold {threshold}: refuses {refused:.3f} of the unanswerable, {nearly:.3f} of "
            f"near misses, {wrongly:.3f} of the answerable"
        )


def _as_json(statements: Linear, answers: Linear, count: int) -> str:
    models = {
        "statements": _model_json(SIGNS, statements),
        "answers": _model_json(QUESTION_SIGNS, answers),
    }
    data = {"learned_on": count, "models": models}
    return json.dumps(data, indent=1) + "\n"


def _model_json(names: Sequence[str], model: Linear) -> dict[str, Any]:
    rows = zip(names, model.means, model.spreads, model.weights, strict=True)
    signs = [{"sign": n, "mean": m, "spread": s, "weight": w} for n, m, s, w in rows]
    return {"constant": model.constant, "signs": signs}


if __name__ == "__main__":
    main()
