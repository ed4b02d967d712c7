"""Shares of elements in ores: the element is the label of the row or the head of the column."""

import re

from assistant.evaluation.drafting.asking import Ask
from assistant.evaluation.drafting.captions import Caption
from assistant.evaluation.drafting.phrases import kind_of_name, spoken
from assistant.evaluation.drafting.table_rows import Row
from corpus.lexicon import load_lexicon

_SHARE = re.compile(r"(?:share|percent(?:age)?)?", re.IGNORECASE)
_ORE = re.compile(r"(?:distribution|contents?|composition) of (?P<ore>.+)")


def content_ask(row: Row, caption: Caption, common: frozenset[str]) -> Ask | None:
    """Return the ask for the share of an element in an ore, None where a figure is no such."""
    cell = row.place.cell
    if cell.unit != "percent" or not cell.basis.startswith(("of ", "total")):
        return None
    column, label = row.column.split(" > ")[-1], row.roles.get("thing", "") or row.label
    lexicon = load_lexicon()
    by_symbol = {e.symbol: lexicon.entry(e.id).name for e in lexicon.elements.values()}
    if column in by_symbol:
        return Ask(f"{by_symbol[column]} ({column})", _ore(row, common), frame="content")
    if kind_of_name(column) == "element":
        return Ask(spoken(column, common), _ore(row, common), frame="content")
    found = _ORE.search(caption.words)
    if found and kind_of_name(label) == "element" and _SHARE.fullmatch(column):
        return Ask(spoken(label, common), found["ore"].split(", percent")[0], frame="content")
    return None


def _ore(row: Row, common: frozenset[str]) -> str:
    """Return the ore of a row: "bastnaesite from Mountain Pass, CA, United States"."""
    mineral, *places = [part.strip() for part in row.place.block.cells[0].text.split(" > ")]
    named = spoken(mineral, common)
    return f"{named} from {', '.join(reversed(places))}" if places else named
