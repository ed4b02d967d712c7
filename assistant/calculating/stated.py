"""What sources state themselves of a result: a growth or difference, a share, an oxide's metal."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.calculating.amounts import Unit, capital, exact, plain
from assistant.calculating.choosing import narrower_names, says_all
from assistant.calculating.operands import Operands, Sought
from assistant.figures import FactSearch
from assistant.figures.realising import source_text
from assistant.figures.value_words import period_text
from corpus.facts import Query
from corpus.facts.fact import ChangeKind, Operation
from corpus.language.measures import has_nature
from corpus.language.names import Name, find_names
from corpus.language.periods import Period
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.vocabulary import load_vocabulary
from index.facts import LedgerFact
from index.storage.fact_rows import name_key

_MOST = 20
_KINDS: dict[Operation, tuple[ChangeKind, ...]] = {
    "growth": ("percent",),
    "difference": ("absolute", "points"),
    "compare": ("percent", "absolute", "points"),
}
_WAYS = {"up": "rose", "down": "fell", "": "changed"}


def stated_changes(query: Query, operands: Operands, search: FactSearch) -> tuple[LedgerFact, ...]:
    """Return the facts in which a source states the change of each thing between two times itself.

    None where it does not do so for all of them.
    """
    if operands.over not in ("times", "names and times") or query.operation not in _KINDS:
        return ()
    pairs = zip(operands.sought[::2], operands.sought[1::2], strict=False)
    found = [_stated_change(query, earlier, later, search) for earlier, later in pairs]
    return tuple(facts[0] for facts in found) if all(found) else ()


def _stated_change(
    query: Query, earlier: Sought, later: Sought, search: FactSearch
) -> list[LedgerFact]:
    if not (earlier.query.periods and later.query.periods):
        return []
    asked = replace(later.query, operation="growth", value_kind="any", unit="")
    times = earlier.query.periods[0], later.query.periods[0]
    return [
        one
        for one in search.find_in_words(asked, _MOST).facts
        if _is_change(query, one, times)
        and says_all(later.query, one.fact)
        and not narrower_names(later.query, one)
    ] or list(_change_in_words(query, later.query, times, search))


def _is_change(query: Query, one: LedgerFact, times: tuple[Period, Period]) -> bool:
    change = one.fact.change
    is_asked = change is not None and change.kind in _KINDS[query.operation]
    is_figure = isinstance(one.fact.value, Quantity)
    return bool(change and is_asked and is_figure and _is_against(change.against, *times))


def _change_in_words(
    query: Query, later: Query, times: tuple[Period, Period], search: FactSearch
) -> Iterator[LedgerFact]:
    """Yield the changes of sentences that name the material just before the value, no measure.

    "Against the same quarter of 2025 NdPr rose by 63%": the sentence tells the part of the year.
    """
    materials = tuple(a for a in later.wanted.arguments if a.role == "material")
    holders = tuple(a for a in later.wanted.arguments if a.role != "material")
    if not (len(materials) == 1 and holders):
        return
    wanted = replace(later.wanted, measure="", stage="", period=None, arguments=holders)
    asked = replace(later, operation="growth", value_kind="any", unit="", periods=(), wanted=wanted)
    function_words = load_vocabulary().row("stopwords", "function")["words"].split()
    words = period_text(times[1]).split()
    part = {word for word in words if word.isalpha()} - {*function_words}
    fitting = (one.found for one in search.find_all(asked))
    changed = [one for one in fitting if _is_change(query, one, times)]
    for one in search.ledger.placed(changed):
        period = one.fact.period
        is_then = period == times[1] or (
            period is not None
            and period.text == str(times[1].year)
            and (not part or bool(part & {*one.quote.casefold().split()}))
        )
        if is_then and _names_before(materials[0].name, one):
            yield one


def _names_before(name: Name, one: LedgerFact) -> bool:
    """Tell whether a name stands before a value in its sentence, without a figure between."""
    quote = one.quote[: one.fact.place.value_start - one.fact.place.start]
    named = [mention for mention in find_names(quote) if mention.name.is_material]
    if not named or name_key(named[-1].name) != name_key(name):
        return False
    return not find_quantities(quote[named[-1].end :])


def other_rates(
    query: Query, operands: Operands, rate: Decimal, search: FactSearch
) -> tuple[LedgerFact, ...]:
    """Return the rates that a sentence sets beside the one worked out, each said by somebody."""
    later = operands.sought[-1].query
    if query.operation != "growth" or operands.over != "times" or not later.periods:
        return ()
    wanted = replace(later.wanted, measure="growth")
    asked = replace(later, operation="growth", value_kind="share", unit="", wanted=wanted)
    rates = [
        one.found
        for one in search.find_all(asked)
        if one.found.fact.measure == "growth"
        and one.found.fact.period == later.periods[0]
        and isinstance(one.found.fact.value, Quantity)
        and one.found.fact.attributed_to
    ]
    agreeing = {_sentence(one) for one in rates if _rounds_to(rate, one)}
    others = [one for one in rates if _sentence(one) in agreeing and not _rounds_to(rate, one)]
    return search.ledger.placed(others)


def _sentence(one: LedgerFact) -> tuple[str, int, int]:
    return one.source.id, one.fact.place.page, one.fact.place.start


def _rounds_to(rate: Decimal, one: LedgerFact) -> bool:
    """Tell whether a rate is the one that a source gives, rounded as it is there."""
    given = _size(one)
    return abs(rate).quantize(given) == given


def told_changes(operands: Operands, changes: Sequence[LedgerFact]) -> str:
    """Return the sentence that says changes as their sources state them."""
    labels = [sought.label for sought in operands.sought]
    if operands.over == "times":
        moved = f"{_moved(changes[0])} from {labels[0]} to {labels[1]}"
        return f"{capital(operands.subject)} {moved}, as stated by {source_text(changes[0])}."
    order = sorted((0, 1), key=lambda at: -_size(changes[at]))
    times = [label.rsplit(", ", 1)[1] for label in labels[:2]]
    names = [label.rsplit(", ", 1)[0] for label in labels[::2]]
    told = [f"{names[at]} {_moved(changes[at])}" for at in order]
    sources = "; ".join(dict.fromkeys(source_text(changes[at]) for at in order))
    span = f"in {operands.subject} from {times[0]} to {times[1]}"
    told_all = f"{' and '.join(told)}, as stated by {sources}."
    return f"{capital(names[order[0]])} changed more {span}: {told_all}"


def stated_share(query: Query, search: FactSearch) -> list[LedgerFact]:
    """Return the facts in which a source states the share itself."""
    asked = replace(query, operation="look-up", parts=())
    return [
        one
        for one in search.find_in_words(asked, _MOST).facts
        if isinstance(one.fact.value, Quantity)
        and one.fact.value.dimension == "share"
        and not one.fact.change
        and (one.fact.of or has_nature(one.fact.measure, "of a usual whole"))
        and says_all(query, one.fact)
        and not narrower_names(query, one)
    ]


def stated_factor(element_name: str, share: float, search: FactSearch) -> LedgerFact | None:
    """Return a fact that states how much metal an oxide holds, where one agrees with the constant.

    The constant itself comes from the lexicon; a source lets the reader check it.
    """
    words = f"metal content {element_name} oxide"
    for one in search.find_in_words(search.parse(words), _MOST).facts:
        value = one.fact.value
        if isinstance(value, Quantity) and value.low == value.high == share:
            return one
    return None


def _size(one: LedgerFact) -> Decimal:
    value = one.fact.value
    return abs(exact(value.value)) if isinstance(value, Quantity) else Decimal(0)


def _moved(one: LedgerFact) -> str:
    value, change = one.fact.value, one.fact.change
    unit = Unit(value.unit) if isinstance(value, Quantity) else Unit()
    way = _WAYS[change.direction] if change else _WAYS[""]
    return f"{way} by {unit.amount(plain(_size(one)))}"


def _is_against(against: str, earlier: Period, later: Period) -> bool:
    if against:
        return earlier.text in against or str(earlier.year) in against
    return earlier.year == later.year - 1 and len(earlier.text) == len(later.text)
