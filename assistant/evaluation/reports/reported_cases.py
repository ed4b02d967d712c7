"""The cases of a run as reports show them: verdict, outcome, reasons and filters beside the result.

A case without a result is not among them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from assistant.evaluation.case import Case
from assistant.evaluation.explaining import VERDICTS, CaseVerdict, explain, verdict
from assistant.evaluation.places import evidence_is_at
from assistant.evaluation.results import CaseResult, ExpectedSource, Run
from assistant.evaluation.scoring import Shown, refused, shown
from assistant.evaluation.summary import Dimension, slice_values

Outcome = Literal[
    "answered right",
    "rightly refused",
    "refused though answerable",
    "otherwise not right",
    "wrong answer shown",
    "failed",
    "no gold",
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)  # best first, then what has no gold

EVIDENCE_SHOWN = 5  # pieces of a case; what is expected further down is told by its place

_SHORT: tuple[CaseVerdict, ...] = ("failed", "wrong answer shown", "not right")


@dataclass(frozen=True, slots=True)
class ReportedCase:
    """One case with its result.

    `seen` holds nothing where the case failed; `reasons` say why scores are not perfect. `values`
    are those of the slices that the case belongs to.
    """

    case: Case
    result: CaseResult
    seen: Shown
    verdict: CaseVerdict
    outcome: Outcome
    reasons: tuple[str, ...]
    values: Mapping[Dimension, str]

    @property
    def fell_short(self) -> bool:
        """Whether the case failed or its answer is not right."""
        return self.verdict in _SHORT

    @property
    def status(self) -> str:
        """The status of the answer as it is shown: "not found"; "failed" where there is none."""
        return "failed" if self.result.error else self.seen.status.replace("_", " ")

    @property
    def text(self) -> str:
        """What was answered: the text, or of a claim the verdict and what the source says."""
        return answer_text(self.case, self.result)

    def is_expected(self, entry: Mapping[str, Any]) -> bool:
        """Tell whether a piece of evidence, in its JSON form, lies at an expected place."""
        return any(evidence_is_at(entry, place) for place in self.case.places)

    @property
    def first_expected(self) -> int:
        """The place of the first evidence that lies at an expected place, from 1; 0 for none."""
        places = enumerate(self.seen.evidence, 1)
        return next((place for place, entry in places if self.is_expected(entry)), 0)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the answer warns of."""
        return tuple((self.result.answer or {}).get("warnings", ()))

    @property
    def understood_as(self) -> str:
        """The question as it was understood after earlier turns; "" where that is the same."""
        understood: str = (self.result.answer or {}).get("standalone_question", "")
        return "" if understood == self.case.question else understood


def worst_first(cases: Iterable[ReportedCase]) -> tuple[ReportedCase, ...]:
    """Return the cases by verdict, the worst first, else in the order given."""
    return tuple(sorted(cases, key=lambda one: VERDICTS.index(one.verdict)))


def report_cases(run: Run) -> tuple[ReportedCase, ...]:
    """Return the cases that have a result, in the order of the run."""
    results = run.results_by_id()
    sources = run.sources
    return tuple(
        report_case(case, results[case.id], sources) for case in run.cases if case.id in results
    )


def report_case(
    case: Case, result: CaseResult, sources: Mapping[str, ExpectedSource]
) -> ReportedCase:
    """Return one case with its result; `sources` are those that cases expect, by file name."""
    values = slice_values(case, sources)
    its_verdict = verdict(case, result)
    if result.answer is None:
        nothing = Shown("", "", (), ())
        return ReportedCase(case, result, nothing, its_verdict, "failed", (), values)
    seen = shown(case, result.answer)
    reasons = () if case.answerable is None else explain(case, result.answer)
    return ReportedCase(
        case, result, seen, its_verdict, _outcome(case, seen, its_verdict), reasons, values
    )


def answer_text(case: Case, result: CaseResult) -> str:
    """Return what a reader was told; "" where the case failed."""
    answer: Mapping[str, Any] = result.answer or {}
    if case.use == "ask":
        text: str = answer.get("text", "")
        return text
    lines = []
    for claim in answer.get("claims", ()):
        numbers = "".join(f" [{citation['number']}]" for citation in claim["citations"])
        told = f"{claim['verdict'].replace('_', ' ')}: {claim['claim']}{numbers}"
        lines.append(told + (f"\nthe source says: {claim['says']}" if claim["says"] else ""))
    return "\n".join(lines)


def _outcome(case: Case, seen: Shown, its_verdict: CaseVerdict) -> Outcome:
    if its_verdict in ("failed", "no gold", "wrong answer shown"):
        return its_verdict
    right = its_verdict in ("right", "right, but")
    if refused(case, seen):
        return "rightly refused" if right or not case.answerable else "refused though answerable"
    return "answered right" if right else "otherwise not right"
