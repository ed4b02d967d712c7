"""Fit the model that links figures to their slots: `python -m bench.train_linking --shared DIR`.

It learns from facts that were typed by hand, in the form of `bench/facts_gold/sentences.jsonl`: of
each figure the candidates that the reader finds for a slot, and which of them the gold has. The
weights go to `corpus/facts/sentences/linking_weights.tsv`; nothing is left to chance, so that the
same gold gives the same table. `--folds N` writes nothing and scores each file by a model of the
others.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.facts import measured_file, report_facts
from bench.gold_facts import (
    GoldFact,
    Judged,
    forms_of_period,
    gold_page,
    judge,
    load_gold,
    period_fault,
    place_of_clause,
)
from bench.gold_slots import GOLD, same_basis, same_measure, same_name
from corpus.document import Block, Document, Page
from corpus.facts import Fact
from corpus.facts.cells import cell_facts
from corpus.facts.sentences import facts_of_sentence, read_sentences
from corpus.facts.sentences.candidates.argument_candidates import LinkedArgument
from corpus.facts.sentences.candidates.figure_candidates import LinkedMeasure
from corpus.facts.sentences.dates_and_lists import (
    anchor_of_date,
    anchor_of_list,
    dates,
    lists,
    measure_of_list,
)
from corpus.facts.sentences.linking import WEIGHTS, Candidate, LinkingModel
from corpus.facts.sentences.mentions import Mention
from corpus.facts.sentences.sentence_slots import SentenceSlots
from corpus.language.names import find_names
from corpus.language.periods import parse_period
from corpus.language.quantities import Quantity
from corpus.reading import read_document

MADE = "made/made_sentences.txt"
TRAINING = tuple(
    GOLD / name for name in ("sentences.jsonl", "training.jsonl", "made_sentences.jsonl")
)
PENALTY = 1.5  # half the weight of the squares of the weights
_ROLE_OF_FLOW = {"import": ("destination", "place"), "export": ("place", "origin")}
_LEAST = 0.02  # weights below are left out
_RARE = 2  # candidates that a feature must occur in


@dataclass(frozen=True, slots=True)
class Choice:
    """What may fill a slot of a figure, by its features, and which of it is right (none: none)."""

    slot: str
    candidates: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A gold fact with the sentences that it may stand in."""

    gold: GoldFact
    document: Document
    page: Page
    blocks: tuple[Block, ...]
    at: tuple[int, int]


def main() -> int:
    """Fit the weights, or score them by files that they were not fitted on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path, default=TRAINING)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the measured files")
    parser.add_argument("--folds", type=int, default=0, metavar="N", help="parts to score by")
    arguments = parser.parse_args()
    gold = load_gold(*arguments.gold)
    cases = list(
        find_cases(gold, {f: _read(f, arguments.shared) for f in sorted({g.file for g in gold})})
    )
    if arguments.folds:
        for line in report_facts(cross_validate(cases, arguments.folds)).lines:
            print(line)
        return 0
    model = fit([choice for case in cases for choice in choices(case)])
    _write(model)
    return 0


def _read(file: str, shared: Path) -> Document:
    print(file, file=sys.stderr)
    return read_document(*measured_file(file, shared))


def find_cases(gold: Iterable[GoldFact], documents: Mapping[str, Document]) -> Iterator[Case]:
    """Yield gold facts of running text with where they stand in their documents."""
    for one in gold:
        document = documents[one.file]
        page = gold_page(one, document.pages)
        span = place_of_clause(one, page.text) if page else None
        if page is None or span is None:
            continue
        blocks = tuple(b for b in page.blocks if b.start < span[1] and span[0] < b.end)
        yield Case(one, document, page, blocks, span)


# --- examples ---


def choices(case: Case) -> Iterator[Choice]:
    """Yield what the reader has to choose from for a gold fact, slot by slot."""
    for block in case.blocks:
        if block.kind == "row":
            continue
        for slots in read_sentences(case.document.source, case.page, block, LinkingModel({})):
            for figure in slots.at.figures:
                if _is_at(case, slots, figure):
                    yield from _choices(case.gold, slots, figure)
            for measure, date in dates(slots):
                if isinstance(case.gold.slots.get("value"), str) and _is_at(case, slots, date):
                    anchor = anchor_of_date(measure, date)
                    yield from _anchored(case.gold, slots, anchor, measure.meaning.name)
            for run in lists(slots):
                named = measure_of_list(slots, run)
                anchor = anchor_of_list(run)
                is_list = isinstance(case.gold.slots.get("value"), list)
                if is_list and named and _is_at(case, slots, anchor):
                    yield from _anchored(case.gold, slots, anchor, named.meaning.name)


def _is_at(case: Case, slots: SentenceSlots, anchor: Mention[Any]) -> bool:
    place = slots.place(anchor.start, anchor.end)
    return place.value_start < case.at[1] and case.at[0] < place.value_end


def _choices(gold: GoldFact, slots: SentenceSlots, figure: Mention[Quantity]) -> Iterator[Choice]:
    wanted = gold.slots
    candidates, at = slots.candidates, slots.at
    change = at.change(at.number(figure))
    if bool(change) != ("change" in wanted):
        return
    measures = candidates.measures(figure, change)
    are_right = _right_measures(gold, [one.meaning for one in measures])
    yield _choice("measure", measures, are_right)
    right = [one.meaning for one, ok in zip(measures, are_right, strict=True) if ok]
    periods = slots.periods.periods(figure, change, at.is_old(figure))
    times = forms_of_period(gold)
    in_time = [any(not period_fault(t, p.meaning.period) for t in times) for p in periods]
    yield _choice("period", periods, in_time)
    period = next((p.meaning.period for p, ok in zip(periods, in_time, strict=True) if ok), None)
    if change:
        against = wanted["change"].get("against", "")
        compared = slots.periods.compared(figure, period)
        yield _choice("against", compared, [_is_time(against, one.meaning) for one in compared])
    linked = right[0] if right else LinkedMeasure("")
    stages = candidates.stages(figure, linked)
    yield _choice("stage", stages, [one.meaning == wanted.get("stage") for one in stages])
    bases = candidates.bases(figure)
    basis = wanted.get("basis", "")
    yield _choice("basis", bases, [bool(basis) and same_basis(basis, b.meaning) for b in bases])
    statistics = candidates.statistics(figure)
    statistic = wanted.get("statistic", "")
    yield _choice("statistic", statistics, [s.meaning.meaning == statistic for s in statistics])
    yield from _anchored(gold, slots, figure, _name_of(right))


def _anchored(
    gold: GoldFact, slots: SentenceSlots, anchor: Mention[Any], measure: str
) -> Iterator[Choice]:
    wanted, candidates = gold.slots, slots.candidates
    statuses = candidates.statuses(anchor)
    status = wanted.get("status", "reported")
    yield _choice("status", statuses, [one.meaning[0] == status for one in statuses])
    held: list[LinkedArgument] = []
    for one in slots.names.named(anchor):
        roles = slots.names.roles(anchor, measure, one, held)
        right = [_is_argument(gold, role.meaning) for role in roles]
        yield _choice("argument", roles, right)
        held += [role.meaning for role, ok in zip(roles, right, strict=True) if ok][:1]


def _choice(slot: str, candidates: Sequence[Candidate[Any]], right: Sequence[bool]) -> Choice:
    return Choice(slot, tuple(one.features for one in candidates), tuple(right))


def _name_of(measures: Sequence[LinkedMeasure]) -> str:
    return measures[0].name if measures else ""


def _right_measures(gold: GoldFact, measures: Sequence[LinkedMeasure]) -> list[bool]:
    """Tell which measures are the gold one, else which are it but for a word that qualifies it."""
    stage = gold.slots.get("stage", "")
    faults = []
    for one in measures:
        names = [one.name, f"value of {one.name}"]
        beside = frozenset(one.part_of.split())
        found = [
            same_measure(gold.measure, stage, (n, one.stage), beside, frozenset()) for n in names
        ]
        faults.append("" if "" in found else found[0])
    for allowed in (("",), ("qualifier lost", "qualifier unread"), ("broader",)):
        if any(fault in allowed for fault in faults):
            return [fault in allowed for fault in faults]
    return [False] * len(measures)


def _is_time(wanted: str, read: str) -> bool:
    try:
        return bool(wanted) and not period_fault(wanted, parse_period(read))
    except ValueError:
        return False


def _one_role(role: str, measure: str) -> str:
    """Return the one of two roles that mean the same beside a measure: of an importer "place"."""
    flow = next((name for name in _ROLE_OF_FLOW if name in measure), "")
    same, wanted = _ROLE_OF_FLOW.get(flow, ("", ""))
    return wanted if role == same and "sources" not in measure else role


def _is_argument(gold: GoldFact, linked: LinkedArgument) -> bool:
    for role, name in gold.arguments:
        if linked.role != _one_role(role, gold.measure):
            continue
        listed = [one.name.key for one in find_names(name)]
        if same_name(name, linked.name) or (len(listed) > 1 and linked.name.key in listed):
            return True
    return False


# --- fitting ---


def fit(examples: Iterable[Choice], penalty: float = PENALTY) -> LinkingModel:
    """Return the weights that make the right choices likeliest, small where they matter little."""
    by_slot: dict[str, list[Choice]] = {}
    for one in examples:
        if one.candidates:
            by_slot.setdefault(one.slot, []).append(one)
    return LinkingModel({slot: _fit_slot(own, penalty) for slot, own in sorted(by_slot.items())})


def _fit_slot(examples: Sequence[Choice], penalty: float) -> dict[str, float]:
    counts = Counter(f for one in examples for f in {f for held in one.candidates for f in held})
    known = {f: n for n, f in enumerate(sorted(f for f, count in counts.items() if count >= _RARE))}
    rows: list[int] = []
    columns: list[int] = []
    group: list[int] = []
    right: list[bool] = []
    for number, one in enumerate(examples):
        for features, is_right in zip(one.candidates, one.right, strict=True):
            own = [known[f] for f in set(features) if f in known]
            rows += [len(group)] * len(own)
            columns += own
            group.append(number)
            right.append(is_right)
    shape = (len(group), len(known))
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    groups, rights = np.array(group), np.array(right)
    count = len(examples)
    filled = np.bincount(groups, rights, count) > 0

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        top = np.zeros(count)
        np.maximum.at(top, groups, scores)
        odds = np.exp(scores - top[groups])
        total = np.bincount(groups, odds, count) + np.exp(-top)
        good = np.where(filled, np.bincount(groups, odds * rights, count), np.exp(-top))
        good = np.maximum(good, 1e-300)
        gradient = odds / total[groups] - np.where(rights, odds / good[groups], 0.0)
        value = float(np.sum(np.log(total) - np.log(good)) + penalty * weights @ weights)
        return value, matrix.T @ gradient + 2 * penalty * weights

    found = minimize(
        loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    return {f: round(float(found.x[n]), 3) for f, n in known.items() if abs(found.x[n]) >= _LEAST}


def _write(model: LinkingModel) -> None:
    with WEIGHTS.open("w", encoding="utf-8", newline="") as stream:
        stream.write("slot\tfeature\tweight\n")
        for slot, weights in sorted(model.weights.items()):
            for feature, weight in sorted(weights.items()):
                stream.write(f"{slot}\t{feature}\t{weight}\n")


# --- scoring ---


def cross_validate(cases: Sequence[Case], folds: int) -> list[Judged]:
    """Judge each case by a model that was fitted on other files; made sentences only teach."""
    files = sorted({case.gold.file for case in cases} - {MADE})
    part = {file: number % folds for number, file in enumerate(files)}
    held = [(case, list(choices(case))) for case in cases]
    judged = []
    for fold in range(folds):
        model = fit(c for case, own in held if part.get(case.gold.file) != fold for c in own)
        judged += [judge_case(case, model) for case, _ in held if part.get(case.gold.file) == fold]
    return judged


def judge_case(case: Case, model: LinkingModel) -> Judged:
    """Judge what a model reads where a gold fact stands."""
    facts: list[Fact] = []
    for block in case.blocks:
        if block.kind == "row":
            facts += cell_facts(case.document.source, case.page, block)
            continue
        for slots in read_sentences(case.document.source, case.page, block, model):
            facts += facts_of_sentence(slots)
    return judge(case.gold, case.document.pages, facts)


if __name__ == "__main__":
    sys.exit(main())
