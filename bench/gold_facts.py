"""Gold facts: what cells and clauses say, typed by hand, and how a read Fact compares with one.

The fact of a gold cell is the one of its page whose printed value is the same and whose labels of
row and column are nearest; that of a gold clause the one whose value stands at the words `near`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.gold_slots import (
    canonical_unit,
    is_close,
    load_lines,
    name_held,
    same_basis,
    same_measure,
    same_price_basis,
    same_specification,
    same_time,
    same_words,
    squash,
    words,
)
from corpus.document import Page
from corpus.facts import Absent, Day, Fact, Names
from corpus.language.measures import measure_named
from corpus.language.names import Name
from corpus.language.periods import Period, parse_period
from corpus.language.quantities import Quantity
from corpus.language.units import is_convertible

SLOTS = (
    "value",
    "bound",
    "unit",
    "period",
    "measure",
    "stage",
    "arguments",
    "of",
    "basis",
    "specification",
    "price_basis",
    "statistic",
    "status",
    "change",
    "polarity",
    "attributed_to",
)
_ABSENT = ("withheld", "not available", "net exporter", "zero", "not applicable")
_SAME_REASONS = {
    "zero": ("zero",),
    "not available": ("not available", "withheld"),  # "not published" is either
}
# Roles that are one beside such a measure: what a country imports comes to that place.
_SAME_ROLES = {
    "import": ({"place", "destination"},),
    "export": ({"place", "origin"},),
    "sale": ({"subject", "seller"},),
    "": ({"subject", "operator"},),
}
_YEAR_ENDS = {"AAPL": 9, "MSFT": 6, "NVDA": 1}  # month in which a company's fiscal year ends
_DAYS_OVER = 5  # of the next month that a quarter of 13 weeks may end in
_LEAST_ROW = 0.5  # share of a gold row's words that the fact's row has
_NEAR_CHARS = 80  # between the words beside a figure and the figure
_DASHES = re.compile(r"[-–—−\s]+")


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A typed fact; `slots` are those of the form that the source gives."""

    id: str
    file: str
    page: str
    kind: str
    printed: str
    near: str = ""
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    arguments: tuple[tuple[str, str], ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)

    @property
    def form(self) -> str:
        """Say "enumeration" where its sentence lists or pairs figures, else ""."""
        return str(self.slots.get("form", ""))

    @property
    def measure(self) -> str:
        """What its figure measures, in the trade's words."""
        return str(self.slots["measure"])


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold fact beside what was read.

    `right` are the slots that the gold gives and the fact has as it does, `faults` the others with
    what is wrong ("missing", "another"), `extra` slots that the gold leaves out and the fact fills.
    `lost` says why no fact was found.
    """

    gold: GoldFact
    fact: Fact | None = None
    right: tuple[str, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    extra: tuple[str, ...] = ()
    lost: str = ""

    @property
    def is_right(self) -> bool:
        """Whether it was found, with every slot that the gold gives."""
        return self.fact is not None and not self.faults

    @property
    def is_unread(self) -> bool:
        """Whether all that it lacks are words which the fact keeps as not understood."""
        return bool(self.faults) and all(fault.endswith("unread") for _, fault in self.faults)


def load_gold(*paths: Path) -> tuple[GoldFact, ...]:
    """Return the gold facts of some files."""
    return tuple(gold_fact(line) for path in paths for line in load_lines(path))


def gold_fact(line: Mapping[str, Any]) -> GoldFact:
    """Return the gold fact of a line in the form of the gold files."""
    own = ("id", "file", "page", "kind", "printed", "near", "row", "column", "arguments")
    return GoldFact(
        id=line["id"],
        file=line["file"],
        page=str(line["page"]),
        kind=line["kind"],
        printed=line["printed"],
        near=line.get("near", ""),
        row=tuple(line.get("row", ())),
        column=tuple(line.get("column", ())),
        arguments=tuple((one["role"], one["name"]) for one in line.get("arguments", ())),
        slots={slot: held for slot, held in line.items() if slot not in own},
    )


def judge(gold: GoldFact, pages: Sequence[Page], facts: Iterable[Fact]) -> Judged:
    """Find the fact of a gold one among those of its document and compare them."""
    page = gold_page(gold, pages)
    if page is None:
        return Judged(gold, lost="page not read")
    held = [fact for fact in facts if fact.place.page == page.number]
    if gold.kind == "cell":
        candidates, lost = _of_cell(gold, page, held)
    else:
        candidates, lost = _of_clause(gold, page, held)
    if not candidates:
        return Judged(gold, lost=lost)
    return min((compare_slots(gold, fact) for fact in candidates), key=_weight)


def gold_page(gold: GoldFact, pages: Sequence[Page]) -> Page | None:
    """Return the page that a gold fact stands on."""
    if gold.page.isdigit():
        return next((p for p in pages if p.number == int(gold.page)), None)
    return next((p for p in pages if gold.page in (p.label, str(p.number))), None)


def _weight(judged: Judged) -> tuple[int, int]:
    return len(judged.faults), len(judged.extra)


# --- the fact of a gold one ---


def _of_cell(gold: GoldFact, page: Page, facts: Sequence[Fact]) -> tuple[list[Fact], str]:
    printed = [
        fact
        for fact in facts
        if _is_printed(gold.printed, page.text[fact.place.value_start : fact.place.value_end])
    ]
    if not printed:
        return [], "no fact of its figure on the page" if facts else "no fact on the page"
    scored = [(_nearness(gold, page, fact), fact) for fact in printed if _is_row(gold, page, fact)]
    if not scored:
        return [], "its figure stands in other rows only"
    best = max(score for score, _ in scored)
    return [fact for score, fact in scored if score == best], ""


def _is_row(gold: GoldFact, page: Page, fact: Fact) -> bool:
    """Tell whether a fact's labels or quote have the label of the typed row."""
    quote = page.text[fact.place.start : fact.place.end]
    held = words(" ".join((*fact.table.row, *fact.table.column, quote)))
    return not gold.row or _share(words(gold.row[-1]), held) >= _LEAST_ROW


def _nearness(gold: GoldFact, page: Page, fact: Fact) -> tuple[float, float, float]:
    quote = page.text[fact.place.start : fact.place.end]
    row, column = words(" ".join(fact.table.row)), words(" ".join(fact.table.column))
    wanted, heads = words(" ".join(gold.row)), words(" ".join(gold.column))
    inner = words(gold.row[-1]) if gold.row else frozenset()
    labels = _share(inner, row | column | words(quote)) + 0.5 * _share(wanted, row | column)
    own = (_share(row, wanted | heads) + _share(column, wanted | heads)) / 2
    return round(labels + _share(heads, column | row), 6), round(_share(heads, column), 6), own


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 1.0


def _of_clause(gold: GoldFact, page: Page, facts: Sequence[Fact]) -> tuple[list[Fact], str]:
    near = _place(gold.near, page.text, 0, len(page.text))
    at = place_of_clause(gold, page.text)
    if near is None or at is None:
        return [], "its words are not in the text"
    found = [f for f in facts if f.place.value_start < at[1] and at[0] < f.place.value_end]
    if found:
        return found, ""
    clause = any(f.place.start < near[1] and near[0] < f.place.end for f in facts)
    return [], "other figures of its sentence only" if clause else "no fact of its sentence"


def place_of_clause(gold: GoldFact, text: str) -> tuple[int, int] | None:
    """Return where the figure of a gold clause stands in the text of its page."""
    near = _place(gold.near, text, 0, len(text))
    if near is None:
        return None
    window = max(0, near[0] - _NEAR_CHARS), min(len(text), near[1] + _NEAR_CHARS)
    return _place(gold.printed, text, *near) or _place(gold.printed, text, *window) or near


def _place(phrase: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where a phrase stands in a stretch of a text, white space, quotes and dashes aside."""
    parts = re.findall(r"[^\W_]+|[^\w\s]", phrase)
    pattern = r"[\s\u00ad]*".join(map(_loose, parts))
    left, right = (r"\b" if part[0].isalnum() else "" for part in (parts[0], parts[-1]))
    match = re.compile(f"{left}{pattern}{right}", re.IGNORECASE).search(text, start, end)
    return match.span() if match else None


def _loose(part: str) -> str:
    if part in "'’‘":
        return "['’‘]"
    if part in '"“”':
        return '["“”]'
    if part in "-–—−‑":
        return "[-–—−‑]"
    return re.escape(part)


def _is_printed(gold: str, read: str) -> bool:
    """Tell whether a cell's text is the gold figure, its marks and currency aside."""
    figures = [_figures(text) for text in (gold, read)]
    if figures[0] or figures[1]:
        return figures[0] == figures[1]
    if _DASHES.fullmatch(gold):
        return bool(_DASHES.fullmatch(read))
    return squash(gold) == squash(read)


def _figures(text: str) -> list[str]:
    found = re.findall(r"\d[\d,\u00a0\u202f]*(?:\.\d+)?|\.\d+", text)
    return [re.sub(r"[,\u00a0\u202f]", "", figure) for figure in found]


# --- slot by slot ---


def compare_slots(gold: GoldFact, fact: Fact) -> Judged:
    """Compare every slot that the gold gives with the fact's."""
    faults = {
        **_value_faults(gold, fact),
        "period": min(
            (period_fault(text, fact.period) for text in forms_of_period(gold)), key=len, default=""
        ),
        "measure": _measure_fault(gold, fact),
        "stage": _stage_fault(gold.slots.get("stage", ""), fact),
        "arguments": _argument_fault(gold, fact),
        "of": _fault(gold, "of", fact.of, same_words),
        "basis": _fault(gold, "basis", fact.basis, same_basis),
        "specification": _fault(
            gold, "specification", f"{fact.specification} {fact.scope}".strip(), same_specification
        ),
        "price_basis": _fault(gold, "price_basis", fact.price_basis, same_price_basis),
        "statistic": _fault(gold, "statistic", fact.statistic, _equal),
        "status": _status_fault(gold, fact),
        "change": _change_fault(gold, fact),
        "polarity": "" if fact.polarity == gold.slots.get("polarity", True) else "another",
        "attributed_to": _attribution_fault(gold, fact),
    }
    given = [slot for slot in SLOTS if slot in gold.slots or _is_given(slot, gold)]
    return Judged(
        gold,
        fact,
        right=tuple(slot for slot in given if not faults[slot]),
        faults=tuple((slot, faults[slot]) for slot in given if faults[slot]),
        extra=_extra(gold, fact),
    )


def _is_given(slot: str, gold: GoldFact) -> bool:
    if slot == "value":
        return "low" in gold.slots or gold.slots.get("status") in _ABSENT
    if slot == "bound":
        return isinstance(gold.slots.get("value"), (int, float))
    return slot == "polarity" or (slot == "arguments" and bool(gold.arguments))


def _fault(gold: GoldFact, slot: str, read: str, same: Any) -> str:
    wanted = gold.slots.get(slot, "")
    if not wanted or (read and same(wanted, read)):
        return ""
    return "another" if read else "missing"


def _equal(one: str, other: str) -> bool:
    return one == other


def _value_faults(gold: GoldFact, fact: Fact) -> dict[str, str]:
    value = fact.value
    wanted, unit = gold.slots.get("value"), canonical_unit(gold.slots.get("unit", ""))
    none = {"value": "", "bound": "", "unit": ""}
    status = gold.slots.get("status")
    if isinstance(value, Absent):
        if status in _ABSENT or wanted == 0:
            same = value.reason in _SAME_REASONS.get(status or "zero", (status,))
            return {**none, "value": "" if same else "another reason"}
        return {**none, "value": "read as absent"}
    if status in _ABSENT and status != "zero":
        return {**none, "value": "absent, read as a value"}
    if isinstance(wanted, list):
        return {**none, "value": _names_fault(wanted, value)}
    if isinstance(wanted, str):
        return {**none, "value": _day_fault(wanted, value, fact.period)}
    low = gold.slots.get("low", wanted)
    high = gold.slots.get("high", wanted)
    if low is None:
        return none
    if not isinstance(value, Quantity):
        return {**none, "value": "no quantity"}
    faults = dict(none)
    if value.unit != unit:
        if value.unit and is_convertible(value.unit, unit):
            value = value.in_unit(unit)
        elif not (unit not in ("", value.unit) and value.unit in ("item", "") and _counts(unit)):
            faults["unit"] = "another" if value.unit else "missing"
    faults["value"] = _number_fault(low, high, unit, value, "change" in gold.slots)
    if value.bound != gold.slots.get("bound", "="):
        faults["bound"] = "another" if value.bound != "=" else "missing"
    return faults


def _counts(unit: str) -> bool:
    """Tell whether a gold unit is what is counted ("approvals"), which has no unit of its own."""
    return unit.isalpha() and unit.islower() and len(unit) > 5 and unit != "percent"


def _number_fault(low: float, high: float, unit: str, value: Quantity, is_change: bool) -> str:
    ends = (value.low, value.high)
    if is_change:
        low, high, ends = abs(low), abs(high), (min(map(abs, ends)), max(map(abs, ends)))
    if is_close(ends[0], low, unit) and is_close(ends[1], high, unit):
        return ""
    if is_close(abs(ends[1]), abs(low), unit):
        return "sign"
    for scale in (10.0**power for power in (-9, -6, -3, 3, 6, 9)):
        if low and is_close(ends[0] * scale, low, unit):
            return "scale"
    return "another" if low == high and ends[0] == ends[1] else "range"


def _names_fault(wanted: Sequence[str], value: object) -> str:
    if not isinstance(value, Names):
        return "no list of names"
    held = [name_held(name, value.names) for name in wanted]
    if not all(held):
        return "names missing"
    return "" if len(value.names) == len(wanted) else "more names"


def _day_fault(wanted: str, value: object, period: Period | None) -> str:
    date = value.date if isinstance(value, Day) else period
    if date is None:
        return "no date"
    read = parse_period(date.text.removeprefix("../").removesuffix("/.."))
    return "" if same_time(parse_period(wanted), read) else "another date"


def forms_of_period(gold: GoldFact) -> list[str]:
    """Return the forms of a gold period, none where it gives none."""
    given = [gold.slots[slot] for slot in ("period", "period_also") if slot in gold.slots]
    return [*given, *(form for text in given[:1] for form in _as_counted(text, gold.file))]


def _as_counted(text: str, file: str) -> list[str]:
    """Return a quarter as the company counts it whose filing a file is."""
    company = next((name for name in _YEAR_ENDS if name in file), "")
    months = re.fullmatch(r"P3M/(.+)", text)
    if not (company and months):
        return []
    end = date.fromisoformat(months[1]) - timedelta(days=_DAYS_OVER)
    last = _YEAR_ENDS[company]
    year = end.year + (end.month > last)
    return [f"FY{year}-Q{(end.month - last - 1) % 12 // 3 + 1}"]


def period_fault(wanted: str, read: Period | None) -> str:
    """Return what is wrong in a period that was read, "" where it is the gold one."""
    if not wanted:
        return ""
    if read is None:
        return "missing"
    period = parse_period(wanted)
    if same_time(period, read):
        return ""
    if period.is_open != read.is_open:
        return "open or not"
    return "coarser or finer" if period.year == read.year else "another"


def _measure_fault(gold: GoldFact, fact: Fact) -> str:
    stage = gold.slots.get("stage", "")
    unread = words(" ".join(fact.rest)) if fact.rest else frozenset()
    fault = same_measure(
        gold.measure, stage, (fact.measure, fact.stage), _words_beside(fact), unread
    )
    if fault and isinstance(fact.value, Quantity) and fact.value.dimension == "money":
        worth = f"value of {fact.measure}"  # imports of so many dollars
        if not same_measure(worth, stage, (gold.measure, ""), frozenset(), frozenset()):
            return ""
    return fault


def _stage_fault(wanted: str, fact: Fact) -> str:
    if not wanted:
        return ""
    read = {fact.stage, measure_named(fact.measure).stage} - {""}
    return "" if wanted in read else "another" if read else "missing"


def _argument_fault(gold: GoldFact, fact: Fact) -> str:
    found = ""
    specification = words(gold.slots.get("specification", ""))
    for role, name in gold.arguments:
        given = [at for at, other in gold.arguments if other == name]  # one of them is enough
        roles = {one for at in given for one in _roles(at, name, gold)}
        held = [a.name for a in fact.arguments if a.role in roles]
        if name_held(name, held) or name_held(name, [_bare(n, specification) for n in held]):
            continue
        if name_held(name, fact.named()):
            found = found or f"{role}: another role"
        elif any(a.role == role for a in fact.arguments):
            return f"{role}: another name{_if_unread(name, fact)}"
        else:
            found = f"{role}: missing"
    return found


def _bare(name: Name, specification: frozenset[str]) -> Name:
    """Return a name without the words of its form that the gold has as a specification."""
    kept = [part for part in name.form.split() if not words(part) <= specification]
    return Name(name.text, name.id, name.kind, " ".join(kept).strip(", "))


def _if_unread(name: str, fact: Fact) -> str:
    """Return ", part unread" where what a name lacks is among the words not understood."""
    held = words(" ".join(f"{named.text} {named.form}" for named in fact.named()))
    return ", part unread" if fact.rest and words(name) <= held | words(" ".join(fact.rest)) else ""


def _roles(role: str, name: str, gold: GoldFact) -> set[str]:
    roles = {role}
    for part, groups in _SAME_ROLES.items():
        for group in groups:
            if part in gold.measure.casefold() and role in group:
                roles |= group
    if role == "subject" and name in ("China", "United States"):
        roles.add("place")  # a country that acts
    return roles


def _status_fault(gold: GoldFact, fact: Fact) -> str:
    wanted = gold.slots.get("status", "reported")
    if wanted in _ABSENT or fact.status == wanted:
        return ""
    return "missing" if fact.status == "reported" else "another"


def _change_fault(gold: GoldFact, fact: Fact) -> str:
    wanted = gold.slots.get("change")
    if not wanted:
        return ""
    if fact.change is None:
        return "missing"
    if fact.change.kind != wanted["kind"]:
        return "another kind"
    if fact.change.direction != wanted.get("direction", fact.change.direction):
        return "another direction"
    if "against" not in wanted:
        return ""
    if not fact.change.against:
        return "against missing"
    try:
        read = parse_period(fact.change.against)
    except ValueError:
        return "against another"
    against = [wanted["against"], *_as_counted(wanted["against"], gold.file)]
    is_same = any(same_time(parse_period(text), read) for text in against)
    return "" if is_same else "against another"


def _attribution_fault(gold: GoldFact, fact: Fact) -> str:
    wanted = gold.slots.get("attributed_to", "")
    if not wanted or any(same_words(wanted, read) for read in (fact.attributed_to, fact.edition)):
        return ""
    return "another" if fact.attributed_to else "missing"


def _words_beside(fact: Fact) -> frozenset[str]:
    named = " ".join(f"{a.name.text} {a.name.form}" for a in fact.arguments)
    held = (fact.scope, fact.part_of, fact.of, fact.specification, fact.statistic, fact.basis)
    change = "growth change" if fact.change else ""
    return words(" ".join((named, change, *held)))


def _extra(gold: GoldFact, fact: Fact) -> tuple[str, ...]:
    """Return the slots that a fact fills and the gold leaves out, and roles with more names."""
    found = [
        slot
        for slot, read in (
            ("period", fact.period),
            ("basis", fact.basis),
            ("change", fact.change),
            ("statistic", fact.statistic),
            ("of", fact.of),
            ("stage", fact.stage),
        )
        if read and slot not in gold.slots
    ]
    if fact.status != "reported" and "status" not in gold.slots:
        found.append("status")
    given = {role for role, _ in gold.arguments}
    for argument in fact.arguments:
        if argument.role not in given:
            found.append(f"another role: {argument.role}")
        elif not _is_of_gold(argument.role, argument.name, gold):
            found.append(f"more names: {argument.role}")
    return tuple(dict.fromkeys(found))


def _is_of_gold(role: str, name: Name, gold: GoldFact) -> bool:
    if name.key in ("rare-earths", "rare earths"):
        return True
    wanted = [held for at, held in gold.arguments if at == role]
    if any(name_held(one, [name]) for one in wanted):
        return True
    return words(name.text) <= words(" ".join(wanted))
