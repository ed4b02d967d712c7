"""Which of the figures found are taken together: of one table, source and edition if it can be.

Figures on unlike bases are not taken together at all; what stands in the way is said instead.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.calculating.calculation import Calculation, Operand, Sought
from assistant.calculating.times import find_editions

_APART = (
    ("REO", "gross weight"),
    ("REO", "Y2O3"),
    ("REO", "Sc2O3"),
    ("Y2O3", "gross weight"),
    ("with VAT", "without VAT"),
    ("f.o.b.", "c.i.f."),
    ("f.o.b.", "ex-works"),
    ("c.i.f.", "ex-works"),
)
_DIVIDING = ("percent change", "factor", "annual growth", "ratio", "share")


@dataclass(frozen=True, slots=True)
class Choice:
    """The figures taken, in the order of what was sought; `missing` are those not found.

    `obstacle` says why the figures taken cannot be put together, "" where they can; `remarks`
    what a reader must know of where they come from.
    """

    operands: tuple[Operand, ...]
    missing: tuple[Sought, ...] = ()
    obstacle: str = ""
    remarks: tuple[str, ...] = ()


def choose(calculation: Calculation, found: Sequence[tuple[Operand, ...]]) -> Choice:
    """Return the figures that are taken for what was sought."""
    pairs = list(zip(calculation.sought, found, strict=True))
    missing = tuple(sought for sought, operands in pairs if not operands)
    if missing:
        best = tuple(max(operands, key=_rank) for _, operands in pairs if operands)
        return Choice(best, missing)
    together = max(_together(found), key=_worth, default=None)
    if together is None:
        return Choice((), obstacle="several figures fit the question equally well")
    operands = together.operands
    remarks = (*_mixed_editions(calculation, operands), *_newer(calculation, operands, found))
    return Choice(operands, (), _obstacle(calculation, operands), remarks)


@dataclass(frozen=True, slots=True)
class _Together:
    operands: tuple[Operand, ...]
    nearness: int  # 3 of one row, 2 of one table, 1 of one source, 0 of several


def _together(found: Sequence[tuple[Operand, ...]]) -> Iterator[_Together]:
    """Yield the ways to take one figure of each, by table, source and edition."""
    keys: tuple[tuple[int, Callable[[Operand], object]], ...] = (
        (3, lambda operand: operand.candidate.evidence.passage.id),
        (2, lambda operand: operand.table),
        (1, lambda operand: operand.table[0]),
        (0, lambda _: ""),
    )
    for nearness, key in keys:
        for place in {key(operand) for operand in found[0]}:
            here = [tuple(o for o in operands if key(o) == place) for operands in found]
            if not all(here):
                continue
            editions = {o.edition for o in here[0]}
            for edition in editions:
                same = [tuple(o for o in operands if o.edition == edition) for operands in here]
                if all(same):
                    yield from _picked(same, nearness)
            yield from _picked(here, nearness)


def _picked(groups: Sequence[tuple[Operand, ...]], nearness: int) -> Iterator[_Together]:
    """Yield the best figure of each group, nothing where two fit one group equally well."""
    picked = []
    for operands in groups:
        best = max(operands, key=_rank)
        rivals = (o for o in operands if o.table == best.table and o.edition == best.edition)
        if any(o.extra_words == best.extra_words and o.value != best.value for o in rivals):
            return
        picked.append(best)
    yield _Together(tuple(picked), nearness)


def _rank(operand: Operand) -> tuple[object, ...]:
    source = operand.candidate.evidence.source
    return (
        operand.state == "value",
        source.rank == "official",
        _edition_key(operand.edition or source.edition),
        -operand.extra_words,
        source.published,
        -operand.order,
    )


def _worth(together: _Together) -> tuple[object, ...]:
    operands = together.operands
    return (
        all(operand.state == "value" for operand in operands),
        not unlike_bases(operands),
        together.nearness,
        len({operand.edition for operand in operands}) == 1,
        all(o.candidate.evidence.source.rank == "official" for o in operands),
        min(_edition_key(operand.edition) for operand in operands),
        -sum(operand.extra_words for operand in operands),
        min(operand.candidate.evidence.source.published for operand in operands),
        -sum(operand.order for operand in operands),
    )


def _edition_key(edition: str) -> tuple[int, str]:
    found = find_editions(edition)
    return (found[0].year, found[0].version) if found else (0, "")


def unlike_bases(operands: Sequence[Operand]) -> str:
    """Return in words on which unlike bases figures stand, "" where they are alike."""
    kinds = {operand.measure.kind for operand in operands}
    if len(kinds) > 1:
        told = " and ".join(sorted(kind or "a figure without unit" for kind in kinds))
        return f"the units differ: {told}"
    currencies = sorted({operand.measure.currency for operand in operands})
    if len(currencies) > 1:
        return (
            f"the currencies differ ({' and '.join(currencies)}) and neither the question nor "
            "the figures give an exchange rate"
        )
    bases = frozenset[str]().union(*(operand.bases for operand in operands))
    for one, other in _APART:
        if {one, other} <= bases:
            return f"the bases differ: {one} and {other}"
    return ""


def _obstacle(calculation: Calculation, operands: tuple[Operand, ...]) -> str:
    if told := unlike_bases(operands):
        return told
    for sought, operand in zip(calculation.sought, operands, strict=True):
        if operand.state == "withheld":
            return f"the value for {sought.label} is not published"
        if operand.state == "bound":
            return f"the value for {sought.label} is only a bound"
        if operand.state == "range" and not calculation.takes_middle:
            return (
                f"the value for {sought.label} is a range; ask for its mid-point if that is meant"
            )
    return _obstacle_of_values(calculation, operands)


def _obstacle_of_values(calculation: Calculation, operands: Sequence[Operand]) -> str:
    if calculation.operation in _DIVIDING and any(operand.value <= 0 for operand in operands):
        return "a value is zero or negative, so that no ratio or rate of growth can be formed"
    if calculation.operation == "share" and operands[0].value > operands[1].value:
        return "the part is larger than the whole, so that the two do not belong together"
    return ""


def _mixed_editions(calculation: Calculation, operands: Sequence[Operand]) -> tuple[str, ...]:
    editions = {o.edition or o.candidate.evidence.source.title for o in operands}
    if len(editions) < 2 or all(find_editions(sought.label) for sought in calculation.sought):
        return ()  # the question itself sets editions against each other
    told = "; ".join(
        f"{sought.label} from {o.edition or o.candidate.evidence.source.title}"
        for sought, o in zip(calculation.sought, operands, strict=True)
    )
    return (f"The figures come from different editions or sources: {told}.",)


def _newer(
    calculation: Calculation, operands: Sequence[Operand], found: Sequence[tuple[Operand, ...]]
) -> Iterator[str]:
    """Yield what newer editions give instead of a figure that was taken."""
    for sought, operand, others in zip(calculation.sought, operands, found, strict=True):
        newer = [
            other
            for other in others
            if _edition_key(other.edition)[0] > _edition_key(operand.edition)[0] > 0
            and other.measure == operand.measure
            and other.value != operand.value
        ]
        if newer:
            newest = max(newer, key=_rank)
            yield f"{newest.edition} gives {newest.text} for {sought.label}, {sought.question}."
