"""What a question asks to be worked out: the operation, and what it gives for it in words.

Its words count only where there is something to work with: two times, names, editions or measures,
a time to compare with, or a quantity that the question itself gives.
"""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from corpus.facts import Calculation, Query
from corpus.facts.fact import Argument, Form, Operation
from corpus.language.measures import find_measures, find_terms, has_nature, is_kind_of
from corpus.language.periods import Period, parse_period
from corpus.language.phrases import Found, PhraseFinder
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary, any_form, split_forms
from index.query.query_names import NamedSpan, role_of
from index.query.question_kind import likely_kinds
from index.query.remaining_text import RemainingText

_WORLD = "world"
_PERCENT = "percent"
_WAYS = ("difference", "compare")
_OXIDE, _REO = "oxide", "REO"
_TURNED: Mapping[str, Form] = {"metal": "metal", "oxide": "oxide"}
_ADDED = ("total", "average")
_OVER_TIME = frozenset(("annual growth", "growth", "difference", "compare"))
_STATED = frozenset(("mass", "money", "price"))
_PRECEDENCE: tuple[Operation, ...] = (
    "annual growth", "growth", "ratio", "difference", "compare", "total", "average",
)  # fmt: skip
_CALCULATED: Mapping[str, Operation] = {
    "growth": "growth", "difference": "difference", "total": "total", "average": "average",
    "share": "share",
}  # fmt: skip
_LIKELY = 0.6  # a kind of question, from which it is taken for one
_TAKEN = frozenset((*_PRECEDENCE, "middle", "smaller", "beside", "year before", "quarter before"))
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_QUARTER = re.compile(r"(FY)?(\d{4})-Q([1-4])")
_THREE_MONTHS = "P3M/"


@dataclass(frozen=True, slots=True)
class Stated:
    """Quantities that a question gives to be converted, with its rate of exchange and its tax."""

    quantities: tuple[Quantity, ...] = ()
    rate: Quantity | None = None
    tax_percent: float = 0.0


def take_stated(text: RemainingText, *, are_rates: bool = False) -> Stated:
    """Take the quantities with a unit that a question gives, a rate of exchange and a tax.

    With `are_rates` quantities are left: they say more of a figure that sources give.
    """
    found: list[Quantity] = []
    stated = Stated()
    for mention in find_quantities(text.left, text.vocabulary):
        if _YEAR.match(text.left, mention.start):
            continue  # "production 1998 tonnes"
        unit, _, per = mention.quantity.unit.partition("/")
        if dimension(unit) == dimension(per) == "money":
            stated = replace(stated, rate=mention.quantity)
        elif mention.quantity.unit == _PERCENT and _is_tax(text, mention.end):
            stated = replace(stated, tax_percent=mention.quantity.value)
        elif _is_stated(mention.quantity) and not are_rates:
            found.append(mention.quantity)
        else:
            continue
        text.take(mention.start, mention.end)
    return replace(stated, quantities=tuple(found))


def with_stated(calculation: Calculation, stated: Stated) -> Calculation:
    """Return a calculation with what the question gives for it."""
    return replace(
        calculation,
        stated=stated.quantities,
        rate=stated.rate,
        tax_percent=stated.tax_percent,
    )


def read_calculation(query: Query, text: RemainingText, named: Sequence[NamedSpan]) -> Calculation:
    """Return what the words of a question give for a calculation beside its operands."""
    kinds = {one.meaning for one in _phrases(text)}
    form, element = _form(text, named)
    return Calculation(
        measures=_measures(text, named),
        forms=tuple({one.meaning: None for one in find_terms("forms", text.text)}),
        whole=_whole(query, text, named),
        against=_against(query.periods, kinds),
        takes_middle="middle" in kinds,
        wants_smaller="smaller" in kinds,
        takes_tax_off="tax" in kinds and "without tax" in kinds,
        form=form,
        element=element,
    )


def take_operation(query: Query, text: RemainingText) -> Operation | None:
    """Take the words of the calculation that a question asks for, and return its operation.

    None where it gives nothing to calculate with.
    """
    if query.calculation.stated:
        return "convert"
    found = _phrases(text)
    kinds = {one.meaning for one in found}
    is_percent = query.unit == _PERCENT and dimension_of(query) != "share"
    if not (has_operands(query) or "sum" in kinds):
        text.take_all(one for one in found if one.meaning == "convert" and query.unit)
        return None
    text.take_all(one for one in found if one.meaning in _TAKEN)
    if query.wanted.measure and query.calculation.whole and not kinds & _OVER_TIME:
        return "share"
    asked = next((kind for kind in _PRECEDENCE if kind in kinds), None)
    if asked == "compare" and "sum" in kinds:
        asked = "total"  # "awarded against Intel in damages and interest together"
    is_several = len(points_of(query.periods)) > 1 or query.parts
    if asked in (None, "compare"):
        likely = likely_operation(query.text)
        if likely != "share" and (is_several or likely not in _ADDED):
            asked = likely or asked
    elif asked in _ADDED and "sum" not in kinds:
        adding = [one for one in found if one.meaning == asked]
        is_span = any(_ends(period) for period in query.periods)
        is_line = not (query.parts or is_span) and all(_is_of_line(one, text) for one in adding)
        if is_line or not is_several:
            return None  # the total that a source gives
    if is_percent and asked in (None, *_WAYS) and len(points_of(query.periods)) > 1:
        return "growth"
    return asked


def asks_difference(text: RemainingText) -> bool:
    """Tell whether words ask by how much things differ: "by how much do they differ"."""
    return any(one.meaning == "difference" for one in _phrases(text))


def likely_operation(question: str, least: float = _LIKELY) -> Operation | None:
    """Return the calculation that a question asks for by all its words, where that is likely."""
    likely = likely_kinds(question)
    kind = max(likely, key=lambda one: likely[one])
    return _CALCULATED.get(kind) if likely[kind] >= least else None


def _is_of_line(total: Found[str], text: RemainingText) -> bool:
    """Tell whether a total is that of a line which sources have: "total net sales Q1, Q2"."""
    behind = text.text[total.end :]
    measures = find_measures(behind, text.vocabulary)
    return bool(measures) and measures[0].start < 2


def has_operands(query: Query) -> bool:
    """Tell whether a question names several things of one kind that figures can be of."""
    return (
        len(points_of(query.periods)) > 1
        or any(period.is_open for period in query.periods)
        or query.calculation.against is not None
        or len(query.editions) > 1
        or bool(varied_arguments(query))
        or bool(query.calculation.whole)
        or len(query.calculation.measures) > 1
    )


def dimension_of(query: Query) -> str:
    """Return the dimension of the measure that is asked for."""
    measures = find_measures(query.wanted.measure)
    return measures[0].meaning.dimension if measures else ""


def varied_arguments(query: Query) -> tuple[Argument, ...]:
    """Return the names of which there are several in one role; none where two roles have several.

    A company beside a country is no other member of one list.
    """
    roles: dict[str, list[Argument]] = {}
    for argument in query.wanted.arguments:
        roles.setdefault(argument.role, []).append(argument)
    several = [found for found in roles.values() if len(found) > 1]
    return tuple(several[0]) if len(several) == 1 else ()


def points_of(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Return the times that are named, of a span its first and last: "from 2019 to 2024"."""
    spans = [period for period in periods if _ends(period)]
    within = {str(year) for span in spans for year in span.years}
    found: dict[Period, None] = {}
    for period in periods:
        for end in _ends(period):
            found[parse_period(end)] = None
        if not _ends(period) and period.text not in within:
            found[period] = None
    return tuple(found)


def _ends(period: Period) -> tuple[str, ...]:
    """Return the ends of a span that are known, none of a time that is no span."""
    first, slash, last = period.text.partition("/")
    if not slash or first.startswith("P"):
        return ()
    return tuple(end for end in (first, last) if end != "..")


# -- the times that are compared with


def _against(periods: Sequence[Period], kinds: set[str]) -> Period | None:
    points = points_of(periods)
    if len(points) != 1 or any(period.is_open for period in periods):
        return None
    if "quarter before" in kinds:
        return _quarter_before(points[0])
    is_yearly = kinds & {"year before", "growth"} and "annual growth" not in kinds
    return _year_before(points[0]) if is_yearly else None


def _year_before(period: Period) -> Period:
    text = _YEAR.sub(lambda match: str(int(match[0]) - 1), period.text)
    return parse_period(text.replace("-02-29", "-02-28"))


def _quarter_before(period: Period) -> Period | None:
    if match := _QUARTER.fullmatch(period.text):
        year, quarter = int(match[2]), int(match[3])
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
        return parse_period(f"{match[1] or ''}{year}-Q{quarter}")
    if period.text.startswith(_THREE_MONTHS):
        day = date.fromisoformat(period.last)
        year, month = (day.year, day.month - 3) if day.month > 3 else (day.year - 1, day.month + 9)
        last = min(day.day, calendar.monthrange(year, month)[1])
        return parse_period(f"{_THREE_MONTHS}{date(year, month, last)}")
    return None


# -- what a share is of


def _whole(query: Query, text: RemainingText, named: Sequence[NamedSpan]) -> tuple[Argument, ...]:
    """Return whom a share is of: the world, a company of which a place is named, or who is named
    first behind the share, of two that are.
    """
    is_share = has_nature(query.wanted.measure, "part of a whole") and query.wanted.of
    if not (is_share or has_nature(query.wanted.measure, "part of imports")):
        return ()
    who = [one for one in named if not one.name.is_material]
    if len(who) != 2:
        return ()
    shares = [
        one.start
        for one in find_measures(text.text, text.vocabulary)
        if has_nature(one.meaning.name, "part of a whole")
    ]
    behind = [one for one in who if shares and one.start > shares[0]]
    owners = [one for one in who if role_of(one.name) == "subject"]
    if len(owners) == 1 and has_nature(query.wanted.of, "of a company"):
        behind = owners
    whole = next((one for one in who if one.name.id == _WORLD), behind[0] if behind else None)
    return (Argument("place", whole.name),) if whole else ()


def is_of_line(query: Query) -> bool:
    """Tell whether a share is asked that a line has of the whole: "services % of net sales"."""
    is_share = has_nature(query.wanted.measure, "part of a whole") and bool(query.wanted.of)
    owners = [a for a in query.wanted.arguments if a.role == "subject"]
    return is_share and len(owners) == 1 and bool(query.rest) and not query.parts


def _measures(text: RemainingText, named: Sequence[NamedSpan]) -> tuple[str, ...]:
    """Return the measures that are named and of which none is a kind of another.

    The "resources" of Iluka Resources are none.
    """
    found = {
        one.meaning.name: None
        for one in find_measures(text.text, text.vocabulary)
        if not any(name.start <= one.start and one.end <= name.end for name in named)
    }
    kept = [
        name
        for name in found
        if not any(o != name and is_kind_of(o, name, text.vocabulary) for o in found)
        and not has_nature(name, "part of a whole", text.vocabulary)
        and not has_nature(name, "course", text.vocabulary)
    ]
    return tuple(kept)


# -- metal and oxide


def _form(text: RemainingText, named: Sequence[NamedSpan]) -> tuple[Form, str]:
    """Return the metal or oxide that a weight is to be turned into, and of which element.

    "In metal", "as yttrium metal"; beside a quantity that the question gives the one of two forms
    that it is not given in.
    """
    told = [(one.start, one.end, one.meaning) for one in find_terms("forms", text.text)]
    told += [(b.start, b.end, _OXIDE) for b in find_terms("bases", text.text) if b.meaning == _REO]
    forms = sorted(one for one in told if one[2] in _TURNED)
    asked = [form for start, end, form in forms if _is_target(text, start, end, named)]
    stated = [q for q in find_quantities(text.text, text.vocabulary) if _is_stated(q.quantity)]
    if stated and not asked and len({form for _, _, form in forms}) == len(_TURNED):
        given = [form for start, _, form in forms if start > stated[0].end]
        asked = [form for _, _, form in forms if given and form != given[0]]
    if stated and not asked:
        asked = _other_forms(stated[0].end, [one for one in named if one.name.is_material])
    if not asked:
        return "", ""
    keys = {one.name.id for one in named if one.name.is_material}
    return _TURNED[asked[0]], keys.pop() if len(keys) == 1 else ""


def _other_forms(end: int, materials: Sequence[NamedSpan]) -> list[str]:
    """Return the form of an element that is named beside that of a quantity: "1 t Nd2O3 in Nd"."""
    given = next((one for one in materials if one.start >= end), None)
    others = [one for one in materials if given and one.name.id == given.name.id and one != given]
    forms = {given.name.form, *(one.name.form for one in others)} if given else set()
    if len(forms) != len(_TURNED) or _OXIDE not in forms or not given:
        return []
    return ["metal" if given.name.form == _OXIDE else _OXIDE]


def _is_target(text: RemainingText, start: int, end: int, named: Sequence[NamedSpan]) -> bool:
    """Tell whether a form stands as that which a weight is turned into, and at the end of it.

    With a name between ("as yttrium metal") only where that names the same once more.
    """
    lead = any_form(text.vocabulary.words("calculations", "into"))
    behind = any_form(text.vocabulary.words("calculations", "as a form"))
    is_last = re.match(rf"\s*(?:$|[?.,;]|{behind}(?!\w))", text.text[end:], re.IGNORECASE)
    before = text.text[:start]
    if not is_last:
        return False
    if re.search(rf"(?<!\w){lead}\s+$", before, re.IGNORECASE):
        return True
    one = next((n for n in named if n.start < start and end <= n.end), None)
    others = [n for n in named if n is not one and one and n.name.id == one.name.id]
    return bool(
        one and others and re.search(rf"(?<!\w){lead}\s+$", text.text[: one.start], re.IGNORECASE)
    )


def _is_stated(quantity: Quantity) -> bool:
    is_exact = quantity.bound == "=" and quantity.low == quantity.high
    return is_exact and quantity.dimension in _STATED


# -- words


def _is_tax(text: RemainingText, end: int) -> bool:
    """Tell whether a percentage that ends here is a tax: "13% VAT"."""
    tax = any_form(text.vocabulary.words("calculations", "tax"))
    return re.match(rf"\s*(?:of\s+)?{tax}(?!\w)", text.text[end:], re.IGNORECASE) is not None


def _phrases(text: RemainingText) -> tuple[Found[str], ...]:
    """Return the phrases of the table; "up" within "add up" is no direction."""
    found = [one for finder in _finders(text.vocabulary) for one in finder.find(text.text)]
    return tuple(
        one
        for one in found
        if one.meaning not in _WAYS
        or not any(
            other.start <= one.start and one.end <= other.end and _length(other) > _length(one)
            for other in found
        )
    )


def _length(found: Found[str]) -> int:
    return found.end - found.start


@lru_cache(maxsize=4)
def _finders(vocabulary: Vocabulary) -> tuple[PhraseFinder[str], ...]:
    """Return a finder a line, for one phrase may stand for several things."""
    return tuple(
        PhraseFinder((form, row["kind"]) for form in split_forms(row["words"]))
        for row in vocabulary.rows("calculations")
    )
