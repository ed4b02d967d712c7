"""What the entailment model learns from: claims of our own, beside passages of our own.

`bench/claims_gold/training/*.jsonl` are claims in other words than their passage's
(`bench/facts_gold/passages`), with what the passage says of them and, of untrue ones, what was
twisted; `bench/claims_gold/pieces/*.jsonl` are sentences and rows with the claims over them. A
claim is set beside its passage, whole or cut to its sentences, or beside a cell that tells its fact
by labels; beside a passage like it, which is silent; and true ones with a figure or name exchanged,
which are no longer supported.
"""

import json
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from bench.gold_slots import GOLD
from bench.matching_examples import Told, load_passages
from corpus.language.clauses import split_sentences
from corpus.language.names import find_names
from corpus.language.periods import find_periods
from corpus.language.quantities import find_quantities

CLAIMS = Path(__file__).parent / "claims_gold" / "training"
PIECES = Path(__file__).parent / "claims_gold" / "pieces"
ASIDE = Path(__file__).parent / "claims_gold" / "aside.txt"
Verdict = Literal["supported", "contradicted", "silent", "unsupported", "uncontradicted"]
CELLS, CUT, UNTITLED = 0.12, 0.35, 0.08  # shares of evidence
ELSEWHERE, EXCHANGED, REPEATED = 0.3, 0.35, 0.15  # pairs made of a claim


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim over a passage, what the passage says of it, its facts, and what was twisted."""

    passage: str
    text: str
    verdict: Verdict
    facts: tuple[str, ...]
    twist: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim beside evidence; "unsupported" and "uncontradicted" only rule a verdict out."""

    claim: str
    evidence: str
    verdict: Verdict

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The claim beside the evidence."""
        return ((self.claim, self.evidence),)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage: what stands above it, its text and its facts."""

    above: str
    text: str
    facts: Mapping[str, Told]

    @property
    def whole(self) -> str:
        """The passage as evidence."""
        return f"{self.above}\n{self.text}"


def load_claims(folder: Path = CLAIMS, pieces: Path = PIECES) -> list[Claimed]:
    """Return the claims, those over passages and those over pieces."""
    over_passages = [
        Claimed(one["passage"], one["claim"], one["verdict"], tuple(one["facts"]), one["twist"])
        for one in _lines(folder)
    ]
    over_pieces = [
        Claimed(one["id"], claim, verdict, (), twist)
        for one in _lines(pieces)
        for claim, verdict, twist in one["c"]
    ]
    return over_passages + over_pieces


def load_evidence(folder: Path = GOLD / "passages", pieces: Path = PIECES) -> dict[str, Passage]:
    """Return the passages and the pieces by their ids."""
    told = load_passages(folder)
    passages = {
        one["id"]: Passage(_above(one), one["x"], {fact.id: fact for fact in told[one["id"]]})
        for one in _lines(folder)
    }
    return passages | {one["id"]: Passage(_above(one), one["x"], {}) for one in _lines(pieces)}


def load_pairs(file: Path) -> dict[str, list[Pair]]:
    """Return the pairs over real documents, by collection."""
    found: dict[str, list[Pair]] = {}
    for one in map(json.loads, file.read_text("utf-8").splitlines()):
        pair = Pair(one["claim"], one["evidence"], one["verdict"])
        found.setdefault(one["collection"], []).append(pair)
    return found


def load_aside(file: Path = ASIDE) -> frozenset[str]:
    """Return the passages and pieces that are kept aside, to tell what the model knows."""
    return frozenset(file.read_text("utf-8").split())


def part_claims(
    claims: Sequence[Claimed], aside: Collection[str]
) -> tuple[list[Claimed], list[Claimed]]:
    """Return the claims to learn from, and those over what is kept aside."""
    learned = [claim for claim in claims if claim.passage not in aside]
    return learned, [claim for claim in claims if claim.passage in aside]


def _above(one: Mapping[str, Any]) -> str:
    return " | ".join(filter(None, (one["t"], one["h"])))


def _lines(folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


class PairMaker:
    """Makes pairs of claims and evidence, others each time."""

    def __init__(
        self, passages: Mapping[str, Passage], near: Mapping[str, Sequence[str]], seed: int
    ) -> None:
        """Take the passages, and for each those that are like it, the nearest first."""
        self._passages, self._near = passages, near
        self._order = random.Random(seed)
        self._names = _names_by_kind(passages)

    def pairs(self, claims: Sequence[Claimed], repeated: Collection[str]) -> list[Pair]:
        """Return the pairs of a round; some of the passages `repeated` are claims themselves."""
        found: list[Pair] = []
        order = self._order
        for claim in claims:
            found.append(Pair(claim.text, self._evidence(claim), claim.verdict))
            if claim.verdict != "silent" and order.random() < ELSEWHERE:
                found.extend(self._elsewhere(claim))
            if claim.verdict == "supported" and order.random() < EXCHANGED:
                found.extend(self._exchanged(claim))
        for name in repeated:
            if order.random() < REPEATED:
                found.extend(self._repeated(self._passages[name]))
        order.shuffle(found)
        return found

    def _evidence(self, claim: Claimed) -> str:
        passage, order = self._passages[claim.passage], self._order
        facts = [passage.facts[one] for one in claim.facts if one in passage.facts]
        if len(facts) == 1 and order.random() < CELLS:
            return f"{facts[0].as_cell.above}\n{facts[0].as_cell.said}"
        text = passage.text
        sentences = split_sentences(text)
        if facts and len(facts) == len(claim.facts) and len(sentences) > 1:
            said = {one.in_sentence.said for one in facts}
            if len(said) == 1 and order.random() < CUT:
                text = said.pop()
        return text if order.random() < UNTITLED else f"{passage.above}\n{text}"

    def _elsewhere(self, claim: Claimed) -> Iterator[Pair]:
        """Yield a claim beside a passage like its own that has none of its figures."""
        other = self._passages[self._order.choice(self._near[claim.passage])]
        values = {str(one.quantity) for one in find_quantities(claim.text)}
        if not values & {str(one.quantity) for one in find_quantities(other.text)}:
            yield Pair(claim.text, other.whole, "silent")

    def _exchanged(self, claim: Claimed) -> Iterator[Pair]:
        """Yield a true claim with a figure, time or name exchanged."""
        passage, order = self._passages[claim.passage], self._order
        figure = partial(with_other_figure, order=order)
        changes = [c for c in (figure, self._time, self._name) if order.random() < 0.7]
        order.shuffle(changes)
        for change in changes:
            if changed := change(claim.text, passage.whole):
                yield Pair(changed, self._evidence(replace(claim, text=changed)), "unsupported")
                return

    def _time(self, text: str, said: str) -> str:
        found = [
            m
            for m in find_periods(text)
            if m.period.year and str(m.period.year) in text[m.start : m.end]
        ]
        if not found:
            return ""
        one = self._order.choice(found)
        year = one.period.year
        others = [y for y in range(year - 6, year + 5) if y != year and str(y) not in said]
        written = text[one.start : one.end].replace(str(year), str(self._order.choice(others)))
        return text[: one.start] + written + text[one.end :]

    def _name(self, text: str, said: str) -> str:
        found = [
            m
            for m in find_names(text)
            if m.name.id and m.name.kind in self._names and m.name.id not in ("rare-earths",)
        ]
        if not found:
            return ""
        one = self._order.choice(found)
        told = {m.name.id for m in find_names(said)}
        if one.name.id not in told:
            return ""
        others = [n for n, id_ in self._names[one.name.kind].items() if id_ != one.name.id]
        if not others:
            return ""
        return text[: one.start] + self._order.choice(others) + text[one.end :]

    def _repeated(self, passage: Passage) -> Iterator[Pair]:
        """Yield a sentence beside its own passage, as it is or with a figure exchanged."""
        start, end = self._order.choice(split_sentences(passage.text))
        said = passage.text[start:end]
        if self._order.random() < 0.5:
            yield Pair(said, passage.whole, "supported")
        elif changed := with_other_figure(said, passage.text, self._order):
            yield Pair(changed, passage.whole, "unsupported")


def with_other_figure(text: str, said: str, order: random.Random) -> str:
    """Return a text with one of its figures exchanged, often for another of what is said; or ""."""
    found = [m for m in find_quantities(text) if any(map(str.isdigit, text[m.start : m.end]))]
    if not found:
        return ""
    one = order.choice(found)
    written = text[one.start : one.end]
    others = [
        said[m.start : m.end]
        for m in find_quantities(said)
        if m.quantity.unit == one.quantity.unit
        and abs(m.quantity.value - one.quantity.value) > 0.1 * abs(one.quantity.value)
    ]
    if others and order.random() < 0.5:
        return text[: one.start] + order.choice(others) + text[one.end :]
    digits = [at for at, sign in enumerate(written) if sign.isdigit()]
    first = digits[0]
    new = order.choice([d for d in "123456789" if abs(int(d) - int(written[first])) > 0])
    written = written[:first] + new + written[first + 1 :]
    return text[: one.start] + written + text[one.end :]


def _names_by_kind(passages: Mapping[str, Passage]) -> dict[str, dict[str, str]]:
    """Return the names that passages have, by kind: as they are written, with their ids."""
    found: dict[str, dict[str, str]] = {}
    for passage in passages.values():
        for mention in find_names(passage.text):
            if mention.name.id:
                written = passage.text[mention.start : mention.end]
                found.setdefault(mention.name.kind, {})[written] = mention.name.id
    return {kind: held for kind, held in found.items() if len(set(held.values())) > 3}
