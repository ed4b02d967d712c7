"""The verdict on a claim: the one that is expected to cost its reader least.

How likely a claim is supported, contradicted, carried in part or not spoken of is told by the
statements nearest to it and by facts. A slot that differs, or a figure, time or name without its
counterpart, leaves no chance that a statement supports it, whatever its words are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Verdict
from assistant.citing.comparing import ComparedFact
from assistant.citing.nearness import OpenWord
from assistant.citing.statements import Statement
from assistant.entailment import Judgement
from index.facts import LedgerFact

COSTS: Mapping[Verdict, Mapping[Verdict, float]] = {  # of a verdict, by what is so
    "supported": {"supported": 0, "partly": 4, "contradicted": 12, "not_found": 8},
    "partly": {"supported": 1, "partly": 0, "contradicted": 1.5, "not_found": 1},
    "contradicted": {"supported": 4, "partly": 2, "contradicted": 0, "not_found": 1.3},
    "not_found": {"supported": 1, "partly": 1.6, "contradicted": 1, "not_found": 0},
}
DIFFERING = (  # slots in which a statement says otherwise
    *("figures of other unit", "figures of another", "figures other", "times other"),
    *("names other", "way opposed", "parties exchanged", "roles turned", "clauses differ"),
    *("bases other", "edition other"),
)
UNSAID = (  # slots that it leaves open, or gives more roughly
    *("figures near", "times coarser", "superlative in claim", "universal in claim"),
    *("bases in claim", "able in source", "planned in source"),
)
_BY_FACTS = 0.95  # how likely facts are right that carry a claim, or say otherwise
_IN_ITS_WORDS = 0.9  # the same, where a statement has each word of a claim
_OTHERWISE = 0.7  # how likely a statement contradicts a claim that differs in a slot
_IN_WORDS_ONLY = 0.6  # by how much less likely, where words alone are against it
_ABOUT = 1.1  # how near a statement must be to speak of the same
_SAME_MATTER = 0.6  # cosine of words
_SAME_THING = 0.7  # of what a figure is of
_MANY_WORDS = 0.6  # share of the words of a claim
_SAME_WORDS = 0.75  # share of the words of a claim, in another order
_LEAST_WORDS = 0.3  # share of the words of a claim, from which a statement is of its matter
_STRONG = 0.9  # entailment, by which words without counterpart are held to be carried
_FAR = 0.55  # of a word from the nearest one, from which it has no counterpart
_WHOLE, _HALF = 0.99, 0.5  # of shares that are added up
DECIDING = 4  # statements nearest to a claim


def nearness_of(slots: Mapping[str, float]) -> float:
    """Return how near a statement is to a claim in meaning, words and figures, by its slots."""
    return slots["near"] + slots["near words"] + (slots["words"] + slots["figures same"]) / 2


@dataclass(frozen=True, slots=True)
class Held:
    """A statement held against a claim or a part of it.

    `slots` are those of the claim that it has, `open_words` the words without counterpart,
    `judgement` is what slots and words make likely, `entailed` what words alone do.
    """

    statement: Statement
    slots: Mapping[str, float]
    judgement: Judgement
    entailed: float = 0.0
    open_words: tuple[OpenWord, ...] = ()

    @property
    def nearness(self) -> float:
        """How near it is to the claim in meaning, words and figures."""
        return nearness_of(self.slots)

    @property
    def is_judged(self) -> bool:
        """Whether what its words entail counts for anything that is told of it."""
        return self.may_support_by_words or self.is_of_matter or self.is_about

    @property
    def is_about(self) -> bool:
        """Whether it is near, and says nothing else of the names and times of a claim."""
        told = self.slots
        has_some = not told["names other"] and not told["times other"]
        return has_some and self.nearness >= _ABOUT and not self.says_otherwise

    @property
    def is_of_matter(self) -> bool:
        """Whether it has enough of the words of a claim, and of its names but for one exchanged."""
        told = self.slots
        names = told["names same"] + told["names around"]
        is_near = told["near words"] >= _SAME_MATTER and self.nearness >= _ABOUT
        return is_near and told["words"] >= _LEAST_WORDS and (not told["names"] or names >= _HALF)

    @property
    def says_otherwise(self) -> bool:
        """Whether it says of the same matter what a claim says otherwise, in a slot that is read.

        Its figure with another unit, of another time or of another thing, the other way; in its
        own words who does it to whom, or that it is not so.
        """
        told = self.slots
        is_same_figure = told["figures same"] >= _WHOLE and told["words"] >= _MANY_WORDS
        is_other = any(
            told[n] for n in ("figures of other unit", "way opposed", "parties exchanged")
        ) or bool(told["times other"] and is_same_figure)
        if told["words"] >= _SAME_WORDS:  # what differs in the same words is all the difference
            is_other = is_other or bool(told["roles turned"] or told["clauses differ"])
        return self.is_of_matter and is_other

    @property
    def has_figures(self) -> bool:
        """Whether each figure, time and name of a claim has its counterpart."""
        told = self.slots
        times = told["times same"] + told["times around"] + told["times within"]
        names = told["names same"] + told["names around"]
        return (
            (not told["figures"] or told["figures same"] >= _WHOLE)
            and (not told["times"] or times >= _WHOLE)
            and (not told["names"] or names >= _WHOLE)
        )

    @property
    def has_words(self) -> bool:
        """Whether each word of a claim has a counterpart, or what is entailed makes up for it."""
        is_near = all(1 - one.cosine < _FAR for one in self.open_words)
        return is_near or self.entailed >= _STRONG

    @property
    def may_support(self) -> bool:
        """Whether nothing of a claim is missing or differs."""
        return self.may_support_by_words and self.has_words

    @property
    def may_support_by_words(self) -> bool:
        """Whether nothing is missing or differs but for words."""
        return (
            self.has_figures
            and not any(self.slots[name] for name in (*DIFFERING, *UNSAID))
            and not self.says_otherwise
        )

    @property
    def says_all(self) -> bool:
        """Whether it has every word and figure of a claim, and no slot in which it differs."""
        is_near = self.slots["near words"] >= _SAME_THING
        return self.may_support and not self.open_words and is_near

    @property
    def supports(self) -> float:
        """How likely it supports a claim."""
        if not self.may_support:
            return 0.0
        return max(self.judgement.supported, _IN_ITS_WORDS if self.says_all else 0.0)

    @property
    def contradicts(self) -> float:
        """How likely it contradicts a claim: less where it differs in no slot that is read."""
        if self.says_all or not self.is_of_matter:
            return 0.0
        if self.says_otherwise:
            speaks = 1 - self.judgement.silent
            return max(self.judgement.contradicted, _OTHERWISE * speaks)
        differs = any(self.slots[name] for name in DIFFERING)
        return self.judgement.contradicted * (1.0 if differs else _IN_WORDS_ONLY)

    @property
    def supports_in_part(self) -> float:
        """How likely it supports a part of a claim, of which it lacks another."""
        return self.judgement.supported * self.is_about


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with the statements, or the facts, that decide it, the best first.

    `carried` are the numbers of the parts that are carried, where the claim is so in part.
    """

    verdict: Verdict
    held: tuple[Held, ...] = ()
    facts: tuple[LedgerFact, ...] = ()
    carried: tuple[int, ...] = ()


def decide(
    whole: Sequence[Held],
    hold_parts: Callable[[], Sequence[Sequence[Held]]],
    facts: Sequence[ComparedFact],
) -> Decision:
    """Return the verdict on a claim: of the whole, and where that is not carried, of its parts.

    Each is held against the `DECIDING` statements that are nearest to it, the nearest first. Parts
    are held only where the verdict may turn on them.
    """
    if not whole:
        return Decision("not_found")
    best = max(whole, key=lambda one: one.supports)
    against = max(_telling(whole), key=lambda one: one.contradicts, default=None)
    rivals = tuple(rival for one in facts for rival in one.rivals)
    by_facts = bool(facts) and all(one.says_all for one in facts) and not rivals
    is_borne_out = by_facts and any(one.may_support for one in whole)
    supported = max(best.supports, _BY_FACTS if is_borne_out else 0.0)
    # What each figure of a claim is carried by is not contradicted by words.
    is_carried = bool(facts) and all(one.carrying for one in facts)
    by_words = 0.0 if is_carried or against is None else against.contradicts
    contradicted = max(by_words, _BY_FACTS if rivals else 0.0)
    some = max(whole, key=lambda one: one.supports_in_part)
    in_part = some.supports_in_part
    of_parts: list[Held] = []
    if _turns_on_parts(supported, contradicted, in_part):
        of_parts = [max(part, key=lambda one: one.supports) for part in hold_parts()]
    verdict = _cheapest(supported, contradicted, max((in_part, *(p.supports for p in of_parts))))
    if verdict == "supported":
        complete = sorted((o for o in whole if o.supports), key=lambda one: -one.supports)
        by = tuple(one.carrying[0] for one in facts) if best.supports < supported else ()
        return Decision(verdict, tuple(complete), by)
    if verdict == "contradicted":
        return Decision(verdict, (against,) if against else (), rivals)
    if verdict == "partly":
        carried = [number for number, one in enumerate(of_parts) if one.supports >= _HALF]
        held = tuple(of_parts[number] for number in carried) or (some,)
        return Decision(verdict, held, carried=tuple(carried))
    return Decision(verdict)


def _telling(whole: Sequence[Held]) -> list[Held]:
    """Return the statements of which it counts that they have another figure than a claim.

    Of what another statement of its matter has, one is silent: both may be so.
    """
    has_it = any(one.is_of_matter and one.slots["figures same"] >= _WHOLE for one in whole)
    return [one for one in whole if not (has_it and one.slots["figures other"])]


def decide_cell(cell: ComparedFact) -> Decision:
    """Return the verdict on a cell of a table, which facts alone carry or contradict."""
    if cell.carrying:
        return Decision("supported", facts=cell.carrying[:1])
    return Decision("contradicted" if cell.rivals else "not_found", facts=cell.rivals)


def _turns_on_parts(supported: float, contradicted: float, in_part: float) -> bool:
    """Tell whether what parts of a claim say may change the verdict, or what is told of it.

    Costs are linear in how likely a claim is carried in part: a verdict that is cheapest at both
    ends is so between them.
    """
    ends = {_cheapest(supported, contradicted, likely) for likely in (in_part, 1.0)}
    return len(ends) > 1 or "partly" in ends


def _cheapest(supported: float, contradicted: float, in_part: float) -> Verdict:
    """Return the verdict that is expected to cost least; each chance is of what the last left."""
    left = 1 - supported
    likely: Mapping[Verdict, float] = {
        "supported": supported,
        "contradicted": left * contradicted,
        "partly": left * (1 - contradicted) * in_part,
        "not_found": left * (1 - contradicted) * (1 - in_part),
    }
    return min(COSTS, key=lambda verdict: sum(COSTS[verdict][so] * likely[so] for so in likely))
