"""The verdict on a claim, from how statements and facts of sources stand to it and its parts.

A statement that lacks a figure of a claim supports it in no case, whatever its words are; what is
carried of it in part is told so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Verdict
from assistant.citing.comparing import ComparedFact
from assistant.citing.statements import Statement
from assistant.citing.verdict_model import CONFLICTS
from assistant.entailment import Judgement
from index.facts import LedgerFact

_LEAST_SUPPORTED = 0.45
_LEAST_CONTRADICTED = 0.5
_LEAST_PARTLY = 0.5  # of a part that is carried
_ABOUT = 1.1  # how near a statement must be to speak of the same
_ALIKE = 0.9  # how near one must be to support it
_SAME_MATTER = 0.6  # cosine of words
_MANY_WORDS = 0.6  # share of the words of a claim, from which a part of it is carried
_SAME_THING = 0.7  # of what a figure is of
_SAME_WORDS = 0.75  # share of the words of a claim, in another order
_EXCHANGED = 0.6  # share of those who act, or are acted on, in both
_DECIDING = 4  # statements nearest to a claim


@dataclass(frozen=True, slots=True)
class Held:
    """A statement held against a claim or a part of it, with the slots of it that it has."""

    statement: Statement
    slots: Mapping[str, float]
    judgement: Judgement

    @property
    def nearness(self) -> float:
        """How near it is to the claim in meaning, words and figures."""
        told = self.slots
        return told["near"] + told["near words"] + (told["words"] + told["figures same"]) / 2

    @property
    def says_otherwise(self) -> bool:
        """Whether it says of the same matter what a claim says otherwise, in a slot that is read.

        Its figure with another unit, of another time or of another thing, the other way; in its
        own words another figure, who does it to whom, or that it is not so.
        """
        told = self.slots
        is_other_figure = bool(told["figures of other unit"] or told["figures of another"])
        is_other_time = bool(told["times other"] and told["figures same"] == 1.0)
        is_other = is_other_figure or is_other_time or bool(told["way opposed"])
        if told["words"] >= _SAME_WORDS:  # what differs in the same words is all the difference
            is_other = is_other or bool(
                told["roles exchanged"] >= _EXCHANGED
                or told["denied by claim"]
                or told["denied by source"]
            )
        if told["near words"] >= _SAME_THING and not told["figures same"]:
            is_other = is_other or bool(told["figures other"])
        return told["near words"] >= _SAME_MATTER and is_other

    @property
    def says_all(self) -> bool:
        """Whether it has every word and figure of a claim, and no slot in which it differs."""
        told = self.slots
        has_all = told["words"] == 1.0 and self.share_of_figures == 1.0
        is_otherwise = self.says_otherwise or any(told[name] for name in CONFLICTS)
        return has_all and not is_otherwise and told["near words"] >= _SAME_THING

    @property
    def share_of_figures(self) -> float:
        """Which share of the figures of the claim it has, 1 where that has none."""
        told = self.slots
        return told["figures same"] + told["figures near"] if told["figures"] else 1.0


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with the statements, or the facts, that decide it, the best first."""

    verdict: Verdict
    held: tuple[Held, ...] = ()
    facts: tuple[LedgerFact, ...] = ()


def decide(
    whole: Sequence[Held], parts: Sequence[Sequence[Held]], facts: Sequence[ComparedFact]
) -> Decision:
    """Return the verdict on a claim: of the whole, and where that is not carried, of its parts."""
    nearest = _nearest(whole)
    complete = [one for one in nearest if one.share_of_figures >= 1.0 and not one.says_otherwise]
    complete.sort(key=lambda one: -one.judgement.supported)
    rivals = tuple(rival for one in facts for rival in one.rivals)
    otherwise = [one for one in nearest if one.says_otherwise and one.nearness >= _ABOUT]
    against = max(nearest[:2], key=lambda one: one.judgement.contradicted, default=None)
    contradicted = against.judgement.contradicted if against else 0.0
    if told := [one for one in complete if one.says_all]:
        return Decision("supported", tuple(told))
    if complete and not rivals:
        supported = complete[0].judgement.supported
        is_about = complete[0].nearness >= _ALIKE
        if is_about and supported >= max(_LEAST_SUPPORTED, contradicted):
            return Decision("supported", tuple(complete))
    if rivals:
        return Decision("contradicted", (), rivals)
    if facts and all(one.carrying for one in facts):
        return Decision("supported", (), tuple(one.carrying[0] for one in facts))
    if otherwise:
        return Decision("contradicted", tuple(otherwise))
    if against is None or nearest[0].nearness < _ABOUT:
        return Decision("not_found")
    if contradicted >= _LEAST_CONTRADICTED:
        return Decision("contradicted", (against,))
    carried = [one for part in parts for one in _carrying(part)]
    if carried:
        return Decision("partly", tuple(carried))
    incomplete = [one for one in nearest if 0.0 < one.share_of_figures < 1.0]
    incomplete += [one for one in complete if one.slots["words"] >= _MANY_WORDS]
    return Decision("partly", tuple(incomplete)) if incomplete else Decision("not_found")


def _nearest(held: Sequence[Held]) -> list[Held]:
    return sorted(held, key=lambda one: -one.nearness)[:_DECIDING]


def _carrying(part: Sequence[Held]) -> list[Held]:
    """Return the statement that carries a part of a claim best, if one does."""
    complete = [one for one in _nearest(part) if one.share_of_figures >= 1.0]
    best = max(complete, key=lambda one: one.judgement.supported, default=None)
    return [best] if best and best.judgement.supported >= _LEAST_PARTLY else []
