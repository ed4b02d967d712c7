"""Facts of the ledger as JSON, CSV and an Excel workbook, each with the place that carries it."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from assistant.answer import page_place, source_to_json
from assistant.evaluation.reports.spreadsheets.table import is_like_formula
from assistant.evaluation.whole_files import write_whole
from corpus.facts import Absent, Day, Fact, Names
from corpus.language.quantities import Quantity
from corpus.language.units import is_convertible
from index.facts import Conflict, FoundFacts, LedgerFact

COLUMNS = (
    "measure", "about", "period", "value", "low", "high", "bound", "unit", "basis", "statistic",
    "of", "specification", "price_basis", "status", "attributed_to", "edition", "superseded",
    "source", "publisher", "published", "page", "quote", "path", "url",
)  # fmt: skip
_DIGITS = 6  # that a conversion is given to
_WIDTHS = {"about": 34, "quote": 64, "source": 40, "path": 40, "measure": 24}
_SLOTS = (
    "stage",
    "of",
    "basis",
    "scope",
    "specification",
    "price_basis",
    "statistic",
    "part_of",
    "attributed_to",
    "edition",
)


def found_to_json(found: FoundFacts) -> dict[str, Any]:
    """Return what a look-up found, and how it was understood, as `facts --json` prints it."""
    unit = found.query.unit
    record: dict[str, Any] = {
        "facts": [fact_to_json(one, unit) for one in found.facts],
        "understood": dict(found.understood),
    }
    if not found.facts:
        record |= {"lacking": found.lacking, "nearest": list(found.nearest)}
        record["may_mean"] = [fact_to_json(one, unit) for one in found.may_mean]
    elif found.without:
        record["without"] = list(found.without)
    if found.is_by_meaning:
        record["by_meaning"] = True
    return record


def conflict_to_json(conflict: Conflict) -> dict[str, Any]:
    """Return the facts of a conflict as `facts --conflicts --json` prints them."""
    return {"facts": [fact_to_json(one) for one in conflict.facts]}


def fact_to_json(one: LedgerFact, unit: str = "") -> dict[str, Any]:
    """Return a fact with its place; the slots that every fact has, then those that hold something.

    `unit` is the one asked for: a value printed in another is given in it, too.
    """
    fact = one.fact
    record: dict[str, Any] = {
        "arguments": [
            {"role": a.role, "name": _named(a.name.text, a.name.form)} for a in fact.arguments
        ],
        "measure": fact.measure,
        **_value_to_json(fact),
        "period": fact.period.text if fact.period else None,
        "status": fact.status,
    }
    record |= {slot: getattr(fact, slot) for slot in _SLOTS if getattr(fact, slot)}
    if fact.change:
        record["change"] = asdict(fact.change)
    if not fact.polarity:
        record["polarity"] = False
    if fact.rest:
        record["rest"] = list(fact.rest)
    if (converted := _converted(fact, unit)) is not None:
        record["converted"] = _value_to_json(converted)
    record["superseded"] = one.is_superseded
    if one.newer:
        newer = one.newer
        record["superseded_by"] = {
            **_value_to_json(newer.fact),
            "edition": newer.fact.edition or newer.source.edition,
            "source": newer.source.id,
            "path": newer.source.path,
            "page": newer.fact.place.page,
        }
    return record | {
        "source": source_to_json(one.source),
        "page": fact.place.page,
        "page_label": one.page_label,
        "start": fact.place.start,
        "end": fact.place.end,
        "quote": one.quote,
    }


def value_text(fact: Fact) -> str:
    """Return a value as a reader is shown it: "270,000 t", "> 90,000,000 t", "withheld (W)"."""
    match fact.value:
        case Quantity() as value:
            number = _figure(value.low)
            if value.high != value.low:
                number = f"{number} to {_figure(value.high)}"
            bound = "" if value.bound == "=" else f"{value.bound} "
            sign = {"up": "+", "down": "-"}.get(fact.change.direction, "") if fact.change else ""
            return f"{bound}{sign}{number} {value.unit}".strip()
        case Day(date):
            return date.text
        case Names(names):
            return ", ".join(_named(name.text, name.form) for name in names)
        case Absent(reason, printed):
            return f"{reason or 'not given'} ({printed})" if printed else reason


def bare_value_text(fact: Fact) -> str:
    """Return a value as `value_text` does, a number without its unit."""
    value = fact.value
    if not isinstance(value, Quantity):
        return value_text(fact)
    return value_text(replace(fact, value=replace(value, unit="")))


def converted_text(fact: Fact, unit: str) -> str:
    """Return a value in the unit that is asked for, "" where it is printed in that."""
    converted = _converted(fact, unit)
    return value_text(converted) if converted else ""


def about_text(fact: Fact) -> str:
    """Return who and what a fact is about, with the roles that tell two ends apart."""
    plain = ("subject", "material", "place", "operator")
    told = dict.fromkeys(
        _named(a.name.text, a.name.form) + ("" if a.role in plain else f" ({a.role})")
        for a in fact.arguments
    )
    return "; ".join(told)


def given_as_text(one: LedgerFact) -> str:
    """Return what else a reader must know of a value: basis, edition, what superseded it."""
    fact = one.fact
    told = [
        fact.status if fact.status != "reported" else "",
        f"of {fact.of}" if fact.of else "",
        fact.statistic,
        fact.basis,
        fact.specification,
        fact.price_basis,
        f"change {fact.change.against}".strip() if fact.change else "",
        f"according to {fact.attributed_to}" if fact.attributed_to else "",
        fact.edition or one.source.edition,
    ]
    if one.newer:
        edition = one.newer.fact.edition or one.newer.source.edition
        told.append(f"superseded by {edition}: {value_text(one.newer.fact)}")
    return "; ".join(dict.fromkeys(filter(None, told)))


def nothing_found_lines(found: FoundFacts) -> tuple[str, ...]:
    """Return why a look-up found nothing: how it was understood, and what there is instead."""
    told = "; ".join(f"{slot}: {said}" for slot, said in found.understood)
    understood = f"nothing fits. understood: {told or 'nothing'}"
    if not found.lacking:
        return (understood,)
    instead = f"; there is {', '.join(found.nearest)}" if found.nearest else ""
    return understood, f"no fact has {found.lacking}{instead}"


def place_text(one: LedgerFact) -> str:
    """Return where a fact stands: source and page."""
    place = page_place(one.source, one.fact.place.page, one.page_label)
    return ", ".join(filter(None, (one.source.title, place)))


def facts_csv(facts: Sequence[LedgerFact]) -> str:
    """Return facts as CSV, a line each; what a spreadsheet may take for a formula is quoted."""
    content = StringIO(newline="")
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in facts:
        writer.writerow([_guarded(cell) for cell in _row(one)])
    return content.getvalue()


def write_facts_csv(facts: Sequence[LedgerFact], path: Path) -> None:
    """Write facts as CSV in UTF-8 with the mark by which Excel knows it."""
    write_whole(path, facts_csv(facts).encode("utf-8-sig"))


def write_facts_workbook(facts: Sequence[LedgerFact], path: Path) -> None:
    """Write facts as a workbook, as `facts_workbook` gives it."""
    write_whole(path, facts_workbook(facts))


def facts_workbook(facts: Sequence[LedgerFact]) -> bytes:
    """Return facts as a workbook, a row each, with a link that opens the page it stands on."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("facts")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS) + 1)}{len(facts) + 1}"
    for number, column in enumerate(("open", *COLUMNS), 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 14)
    heads = [WriteOnlyCell(sheet, column) for column in ("open", *COLUMNS)]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for one in facts:
        link = WriteOnlyCell(sheet, f"page {one.page_label or one.fact.place.page}")
        link.hyperlink = page_link(one)
        link.font = Font(color="0563C1", underline="single")
        cells = [link]
        for value in _row(one):
            cell = WriteOnlyCell(sheet, value)
            if isinstance(value, str):
                cell.data_type = "s"  # text is text, never a formula
            cells.append(cell)
        sheet.append(cells)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def page_link(one: LedgerFact) -> str:
    """Return what opens the page of a fact: its file where that is there, else its address."""
    file = Path(one.source.location)
    if file.is_absolute() and file.exists():
        page = f"#page={one.fact.place.page}" if one.source.file_type == "pdf" else ""
        return f"{file.as_uri()}{page}"
    return one.source.url or (file.as_uri() if file.is_absolute() else one.source.path)


def _row(one: LedgerFact) -> list[Any]:
    return list(_cells(one))


def _cells(one: LedgerFact) -> Iterator[Any]:
    fact, source = one.fact, one.source
    value = _value_to_json(fact)
    told: dict[str, Any] = {
        "about": about_text(fact),
        "period": fact.period.text if fact.period else "",
        "superseded": "yes" if one.is_superseded else "",
        "source": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "page": one.page_label or str(fact.place.page),
        "quote": " ".join(one.quote.split()),
        "path": source.path,
        "url": source.url,
        "value": value["value"] if isinstance(fact.value, Quantity) else value_text(fact),
        "low": value["low"],
        "high": value["high"],
        "bound": "" if value["bound"] == "=" else value["bound"],
        "unit": value["unit"],
    }
    for column in COLUMNS:
        cell = told[column] if column in told else getattr(fact, column)
        yield "" if cell is None else cell


def _value_to_json(fact: Fact) -> dict[str, Any]:
    value = fact.value
    record: dict[str, Any] = {"value": None, "low": None, "high": None, "bound": "=", "unit": ""}
    match value:
        case Quantity():
            is_one = value.low == value.high
            record |= {
                "value": _number(value.low) if is_one else None,
                "low": None if is_one else _number(value.low),
                "high": None if is_one else _number(value.high),
                "bound": value.bound,
                "unit": value.unit,
            }
        case Day(date):
            record["value"] = date.text
        case Names(names):
            record["value"] = [_named(name.text, name.form) for name in names]
        case Absent(reason, printed):
            record |= {"absent": reason, "printed": printed}
    return record


def _converted(fact: Fact, unit: str) -> Fact | None:
    value = fact.value
    if not unit or not isinstance(value, Quantity) or value.unit == unit:
        return None
    if not is_convertible(value.unit, unit):
        return None
    inside = value.in_unit(unit)
    low, high = (float(f"{end:.{_DIGITS}g}") for end in (inside.low, inside.high))
    return Fact(replace(inside, low=low, high=high), change=fact.change)


def _number(value: float) -> float | int:
    exact = float(f"{value:.12g}")
    return int(exact) if exact.is_integer() and abs(exact) < 1e15 else exact


def _figure(value: float) -> str:
    number = _number(value)
    return f"{number:,}" if isinstance(number, int) else f"{number:,.12g}"


def _named(text: str, form: str) -> str:
    return f"{text} {form}".strip() if form and not text.endswith(form) else text


def _guarded(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and is_like_formula(cell) else cell
