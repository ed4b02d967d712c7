"""The verdict on a claim: the one that is expected to cost its reader least.

How likely each verdict is, a multinomial logistic regression tells (`bench.train_verdicts`): by
what an entailment model says of the statements nearest to a claim and to its parts, by the slots of
the two statements that tell most, and by facts. What mistakes cost is one table (Elkan 2001).
"""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.answer import Verdict
from assistant.citing.comparing import ComparedFact
from assistant.citing.nearness import OpenWord
from assistant.citing.statements import Statement
from assistant.entailment import Judgement
from index.facts import LedgerFact

_MARKS = " .;•–—-\"'“”‘’"  # around a sentence
WEIGHTS = Path(__file__).with_name("verdict_weights.tsv")
VERDICTS: tuple[Verdict, ...] = ("supported", "partly", "contradicted", "not_found")
COSTS: Mapping[Verdict, Mapping[Verdict, float]] = {  # of a verdict, by what is so
    "supported": {"supported": 0, "partly": 1.5, "contradicted": 3.5, "not_found": 2},
    "partly": {"supported": 1, "partly": 0, "contradicted": 1, "not_found": 1},
    "contradicted": {"supported": 3, "partly": 1, "contradicted": 0, "not_found": 1},
    "not_found": {"supported": 1, "partly": 1, "contradicted": 1, "not_found": 0},
}
_WHOLE = 0.99  # of shares that are added up
_LIKELY = 0.5  # of a statement that is told to carry a claim, or a part of it
_SURE = 0.9999  # what a model is held to say at most
_LEAST = 1e-4  # added to what is summed before its logarithm


@dataclass(frozen=True, slots=True)
class Held:
    """A statement held against a claim: what is entailed, and which slots of the claim it has.

    `open_words` are the words of the claim without counterpart.
    """

    statement: Statement
    judgement: Judgement
    slots: Mapping[str, float]
    open_words: tuple[OpenWord, ...] = ()

    @property
    def says_all(self) -> bool:
        """Whether it has each word, figure, time and name of a claim, and denies what that does."""
        told = self.slots
        is_denied = told["denied by claim"] or told["denied by source"] or told["way opposed"]
        held = (told["figures held"], told["times held"], told["names held"])
        return not self.open_words and not is_denied and min(held) >= _WHOLE


@dataclass(frozen=True, slots=True)
class HeldClaim:
    """A claim held against the statements nearest to it, of which there is at least one.

    `judged` is what is entailed of each, `parts` the same of each part of the claim; `best` is the
    statement likeliest to support it, `against` the one likeliest to contradict it.
    """

    text: str
    statements: tuple[Statement, ...]
    judged: tuple[Judgement, ...]
    parts: tuple[tuple[Judgement, ...], ...]
    best: Held
    against: Held
    facts: tuple[ComparedFact, ...]

    @property
    def features(self) -> dict[str, float]:
        """What tells how likely each verdict is, by name."""
        supported = [odds(one.supported) for one in self.judged]
        contradicted = [odds(one.contradicted) for one in self.judged]
        most, opposed = sorted(supported), sorted(contradicted)
        found = {
            "supported": most[-1],
            "supported, second": most[-2:][0],
            "supported, nearest": supported[0],
            "supported, against": odds(self.against.judgement.supported),
            "supported, sum": _log_sum(one.supported for one in self.judged),
            "contradicted": opposed[-1],
            "contradicted, second": opposed[-2:][0],
            "contradicted, nearest": contradicted[0],
            "contradicted, best": odds(self.best.judgement.contradicted),
            "contradicted, sum": _log_sum(one.contradicted for one in self.judged),
            "silent, least": min(odds(one.silent) for one in self.judged),
            "one statement": float(self.best.statement is self.against.statement),
            "nearest cosine": max(one.nearness for one in self.statements),
            "nearest words": max(one.shared for one in self.statements),
        }
        found |= self._of_parts(most[-1], opposed[-1]) | self._of_facts()
        found |= {f"best: {name}": value for name, value in _slots(self.best).items()}
        found |= {f"against: {name}": value for name, value in _slots(self.against).items()}
        found["supported by figures"] = most[-1] * found["best: figures held"]
        found["contradicted by figures"] = opposed[-1] * found["against: figures held"]
        return found

    def _of_parts(self, supported: float, contradicted: float) -> dict[str, float]:
        """Return how far parts are supported; a claim of one part is that part."""
        of_each = [max(odds(one.supported) for one in part) for part in self.parts] or [supported]
        against = [odds(one.contradicted) for part in self.parts for one in part]
        return {
            "parts": float(bool(self.parts)),
            "part, least": min(of_each),
            "part, most": max(of_each),
            "part, contradicted": max(against, default=contradicted),
            "carried in part": float(bool(self.parts) and min(of_each) < 0 <= max(of_each)),
        }

    def _of_facts(self) -> dict[str, float]:
        return {
            "facts": float(bool(self.facts)),
            "facts carried": float(self.is_carried_by_facts),
            "a fact carried": float(any(one.carried_by for one in self.facts)),
            "a fact rivalled": float(bool(self.rivals)),
            "facts say all": float(bool(self.facts) and all(one.says_all for one in self.facts)),
        }

    @property
    def quoted(self) -> tuple[Statement, ...]:
        """The statements that are the claim, word for word."""
        return tuple(one for one in self.statements if _bare(one.text) == _bare(self.text))

    @property
    def is_carried_by_facts(self) -> bool:
        """Whether there are facts of the claim, each carried by one of a source."""
        return bool(self.facts) and all(one.carried_by for one in self.facts)

    @property
    def rivals(self) -> tuple[LedgerFact, ...]:
        """The facts of sources that give otherwise what a fact of the claim gives."""
        return tuple(rival for one in self.facts for rival in one.rivals)


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with the statements, or the facts, that decide it, the best first.

    `carried` are the numbers of the parts that are carried, where the claim is so in part.
    """

    verdict: Verdict
    statements: tuple[Statement, ...] = ()
    facts: tuple[LedgerFact, ...] = ()
    carried: tuple[int, ...] = ()


def decide(held: HeldClaim) -> Decision:
    """Return the verdict on a claim, with what decides it; a sentence of a source is supported."""
    if held.quoted:
        return Decision("supported", held.quoted)
    verdict = cheapest(likelihoods(held.features))
    if verdict == "supported":
        return _supported(held)
    if verdict == "contradicted":
        return Decision(verdict, (_opposing(held),), held.rivals)
    partly = _partly(held)
    return partly if verdict == "partly" or partly.carried else Decision(verdict)


def _supported(held: HeldClaim) -> Decision:
    """Cite each statement that is likely to carry a claim; facts where none is."""
    pairs = zip(held.statements, held.judged, strict=True)
    ordered = sorted(pairs, key=lambda pair: -pair[1].supported)
    likely = tuple(one for one, said in ordered if said.supported >= _LIKELY)
    if not likely and held.is_carried_by_facts:
        by_row = {by.row: by for one in held.facts for by in one.carried_by}
        return Decision("supported", facts=tuple(by_row.values()))
    return Decision("supported", likely or (held.best.statement,))


def _opposing(held: HeldClaim) -> Statement:
    """Return of the statements that are likely to contradict a claim the one nearest to it."""
    pairs = zip(held.statements, held.judged, strict=True)
    likely = [one for one, said in pairs if said.contradicted >= _LIKELY]
    near = max(likely, key=lambda one: one.nearness + one.shared, default=None)
    return near or held.against.statement


def _partly(held: HeldClaim) -> Decision:
    carried: list[int] = []
    by: list[Statement] = []
    for number, part in enumerate(held.parts):
        at = max(range(len(part)), key=lambda one: part[one].supported)
        if part[at].supported >= _LIKELY:
            carried.append(number)
            by.append(held.statements[at])
    statements = tuple(dict.fromkeys(by)) or (held.best.statement,)
    return Decision("partly", statements, carried=tuple(carried))


def decide_cell(cell: ComparedFact) -> Decision:
    """Return the verdict on a cell of a table, which facts alone carry or contradict."""
    if cell.carried_by:
        return Decision("supported", facts=cell.carried_by)
    return Decision("contradicted" if cell.rivals else "not_found", facts=cell.rivals)


def likelihoods(features: Mapping[str, float]) -> dict[Verdict, float]:
    """Return how likely each verdict is: together 1."""
    scores = {
        verdict: sum(weight * (features[name] if name else 1.0) for name, weight in weights.items())
        for verdict, weights in _weights().items()
    }
    most = max(scores.values())
    shares = {verdict: math.exp(score - most) for verdict, score in scores.items()}
    total = sum(shares.values())
    return {verdict: share / total for verdict, share in shares.items()}


def cheapest(likely: Mapping[Verdict, float]) -> Verdict:
    """Return the verdict that is expected to cost least."""
    return min(VERDICTS, key=lambda one: sum(COSTS[one][so] * likely[so] for so in VERDICTS))


def held_shares(slots: Mapping[str, float]) -> dict[str, float]:
    """Return which share of its figures, times and names a claim shares; of none it is all."""
    ways = {
        "figures": ("figures same",),
        "times": ("times same", "times around", "times within"),
        "names": ("names same", "names around"),
    }
    return {
        f"{name} held": sum(slots[one] for one in of_it) if slots[name] else 1.0
        for name, of_it in ways.items()
    }


def _slots(held: Held) -> dict[str, float]:
    """Return the slots of a statement that count."""
    return {
        **held.slots,
        "says all": float(held.says_all),
        "row": float(held.statement.is_row),
        "cosine": held.statement.nearness,
        "shared": held.statement.shared,
    }


def _bare(text: str) -> str:
    """Return a sentence without the marks around it, in one line and without capitals."""
    return " ".join(text.split()).strip(_MARKS).casefold()


def odds(likely: float) -> float:
    """Return the logarithm of the odds of what is likely so far."""
    kept = min(max(likely, 1 - _SURE), _SURE)
    return math.log(kept / (1 - kept))


def _log_sum(shares: Iterable[float]) -> float:
    return math.log(sum(shares) + _LEAST)


@cache
def _weights() -> Mapping[Verdict, Mapping[str, float]]:
    """Return the weight of each feature by verdict; "" is what counts without any."""
    with WEIGHTS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, dialect="excel-tab"))
    return {one: {row["feature"]: float(row[one]) for row in rows} for one in VERDICTS}
