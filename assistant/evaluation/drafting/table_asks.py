"""From a figure of a table to what a question for it asks.

A table whose words are not understood whole gives no question.
"""

import re
from dataclasses import replace

from assistant.evaluation.drafting.asking import Ask
from assistant.evaluation.drafting.counted import OF_A_THING
from assistant.evaluation.drafting.label_tables import label_table_ask
from assistant.evaluation.drafting.labels import names_quantity
from assistant.evaluation.drafting.long_tables import long_table_ask
from assistant.evaluation.drafting.periods import Period
from assistant.evaluation.drafting.said_units import said_basis, said_unit
from assistant.evaluation.drafting.table_rows import Row
from corpus.lexicon import load_lexicon

_MOST_COUNTED, _MOST_PRICED = 60, 90  # characters of what is counted, or has a price
_ALWAYS_OWNED = re.compile(r"mine production|reserves|resources|employment")
_EXTENT = re.compile(r"(?:ex|in)clud", re.IGNORECASE)
_IN_PERCENT = re.compile(r"reliance|share|content|rate|tariff|change|growth|recovery")
_NO_THING = re.compile(
    r"\bnot (?:quoted|covered|stated|reported|given|available)\b|\b(?:January|February|March|April"
    r"|May|June|July|August|September|October|November|December|quarter|half|years?|months?|phase)\b"
    r"|^by |^(?:NA|n\.a\.|none|figure|value|amount|item)$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z“]|\d[\w-]*[a-z]")


def ask_for(row: Row, common: frozenset[str]) -> Ask | None:
    """Return what a question for a figure asks, None where its table is not understood.

    `common` are words that are no names.
    """
    topic = _topic(row)
    read = long_table_ask if row.is_long else label_table_ask
    ask = read(row, common, topic)
    if ask is None:
        return None
    if not ask.of and ask.frame == "quantity" and OF_A_THING.search(ask.quantity):
        ask = replace(ask, of=topic)
    cell = row.place.cell
    unit = said_unit(cell.unit.strip(), ask.quantity, row.place.block.context.caption)
    if ask.quantity.endswith("employment"):
        unit = "number"
    if not unit or not _is_sound(ask, unit):
        return None
    period = _period(row, ask)
    return replace(
        ask,
        period=period.words if period else "",
        year=period.year if period else 0,
        unit=unit,
        basis="" if unit == "number" else said_basis(cell.basis, unit),
        edition=row.edition.words if row.edition else row.roles.get("source", ""),
    )


def _is_sound(ask: Ask, unit: str) -> bool:
    """Tell whether an ask says of what and whose, and no figure, time or remark in their stead."""
    if not (ask.owner or ask.of) or (not ask.owner and _ALWAYS_OWNED.search(ask.quantity)):
        return False
    if "employment" in ask.quantity and not all(map(_EXTENT.match, ask.notes)):
        return False
    if ask.frame == "quantity" and names_quantity(ask.of):
        return False
    if unit == "percent" and not _IN_PERCENT.search(ask.frame + ask.quantity):
        return False
    if len(ask.of) > (_MOST_PRICED if "price" in ask.quantity else _MOST_COUNTED):
        return False
    told = [words for words in (ask.of, *ask.notes) if words]
    return not any(_NO_THING.search(words) or not _WORDS.match(words) for words in told)


def _period(row: Row, ask: Ask) -> Period | None:
    """Return the time that a question names; reserves are those of an edition and have none."""
    period = row.period
    if period is None or row.edition or not ask.quantity.startswith(("reserves", "resources")):
        return period
    told = f"{row.place.cell.column} {row.place.block.cells[0].text}"
    return period if str(period.year) in told and not row.is_long else None


def _topic(row: Row) -> str:
    """Return the one material that a table is about, by its caption, section, title or basis.

    It is "" where they name none or several.
    """
    context = row.place.block.context
    for words in (context.caption, context.section.split(" › ")[0], row.place.source.title):
        named = {
            mention.entry.id: mention.entry
            for mention in load_lexicon().find_mentions(words.lower() if words.isupper() else words)
            if mention.entry.kind in ("element", "metal", "mineral", "product")
            or mention.entry.id == "rare-earths"
        }
        if re.search(r"rare[ -]earths \(heavy\)", words, re.IGNORECASE):
            return "heavy rare earths"
        if named:
            return next(iter(named.values())).name if len(named) == 1 else ""
    return "rare earths" if re.search("REO|rare.earth", row.place.cell.measure, re.I) else ""
