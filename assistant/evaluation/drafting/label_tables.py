"""Figures of tables with labels down the side and heads above them.

The quantity is named in the head of the column, in the label, in a group of rows or in the
caption, and what is left says of what it is and whose.
"""

import re
from dataclasses import replace

from assistant.evaluation.drafting.asking import Ask
from assistant.evaluation.drafting.captions import Caption, read_caption
from assistant.evaluation.drafting.contents import content_ask
from assistant.evaluation.drafting.counted import FORMS, ask_of, is_substance
from assistant.evaluation.drafting.labels import Measured, names_quantity, read_label
from assistant.evaluation.drafting.phrases import (
    about_one,
    is_place,
    is_remainder,
    is_world,
    kind_of_name,
    place_name,
    spoken,
)
from assistant.evaluation.drafting.table_rows import Row

_TOTAL = re.compile(r"(?:grand )?totals?", re.IGNORECASE)
_WEIGHTS = re.compile(r"gross weight|quantity|weight|content|volume|value", re.IGNORECASE)
_PLACE = re.compile(r"(?:(?:[A-Z][\w’'.]*|of|and|the|d’\w+|\([A-Z]\w+\)),?\s?)+")
_ORIGIN = re.compile(r"origin of .*imports", re.IGNORECASE)
_OWNED = re.compile(r"reliance|imports|exports|consumption|production|output")
_KIND_OF_QUOTA = re.compile(r"[A-Za-z]+(?: and [a-z]+)?")


def label_table_ask(row: Row, common: frozenset[str], topic: str) -> Ask | None:
    """Return what a figure of a table of labels is, None where the table is not understood."""
    caption = read_caption(row.captions, row.place.cell.unit)
    place = row.roles.get("place", "") or row.roles.get("holder", "")
    label, thing = row.label.replace(" > ", ", "), row.roles.get("thing", "")
    if _TOTAL.fullmatch(place):
        label, place = place, ""
    if place and not _PLACE.fullmatch(place):
        return None
    if any(map(is_remainder, (place, label, thing, caption.group))) or _ORIGIN.search(
        caption.words
    ):
        return None
    if contained := content_ask(row, caption, common):
        return contained
    if thing and (made := re.search(r"\((oxide|metal|alloy)\)", row.place.block.cells[0].column)):
        thing = f"{thing} {made[1]}"
    label, thing = _oxide(label, caption), _oxide(thing, caption)
    column = row.column.replace(" > ", " ")
    owner = place_name(place) if place else ""
    if is_place(column):
        owner, column = place_name(column), ""
    if column and not _WEIGHTS.fullmatch(column):
        if (head := read_label(column)) is None:
            return _kind_of_quota(column, caption, thing or label, owner, common)
        return _by_head(head, caption, thing, label, owner, common, topic)
    if label and names_quantity(label) and (measured := read_label(label)):
        if kind_of_name(measured.of) in ("country", "region", "company"):
            owner, measured = place_name(measured.of), replace(measured, of="")
        owner = owner or caption.owner
        return ask_of(measured, topic, owner, common) if owner else None
    if label and caption.groups and names_quantity(caption.groups[0]):
        measured = read_label(": ".join((*caption.groups, label)))
        if measured is None or not (measured.of or _TOTAL.fullmatch(label)):
            return None
        return ask_of(measured, topic, owner or caption.owner, common)
    return _by_caption(row, caption, thing or label, owner, common, topic)


def _by_head(
    head: Measured,
    caption: Caption,
    thing: str,
    label: str,
    owner: str,
    common: frozenset[str],
    topic: str,
) -> Ask | None:
    """Read a column whose head names the quantity: "Mine production", "Price of oxide"."""
    if label and names_quantity(label):
        return None
    counted = f"{thing} {head.of}" if thing and head.of.lower() in FORMS else thing or label
    of_caption = caption.measured.of if caption.measured else ""
    if caption.measured and caption.measured.quantity.rstrip("s").endswith(f" {head.quantity}"):
        # "Quota" below "Chinese export quotas".
        head = replace(head, quantity=caption.measured.quantity.rstrip("s"))
    head = replace(head, of=counted or head.of or caption.group or of_caption)
    return ask_of(head, topic, owner or caption.owner, common)


def _by_caption(
    row: Row, caption: Caption, label: str, owner: str, common: frozenset[str], topic: str
) -> Ask | None:
    """Read a figure whose caption names the quantity: "Prices of oxides", "U.S. exports of X"."""
    measured = caption.measured
    if measured is None:
        return None
    if "price" in measured.quantity and label and not is_substance(label, topic):
        return None
    partner, quantity, of = "", measured.quantity, measured.of
    if re.search("imports|exports", quantity):
        if owner and caption.owner and owner != caption.owner:
            partner = f"{'to' if 'export' in quantity else 'from'} {owner}"
            owner = caption.owner
        of = caption.group or of
        if row.column.lower() == "value" or re.match("dollars|US", row.place.cell.unit):
            quantity = f"value of {quantity}"
        if _TOTAL.fullmatch(label):
            quantity, label = f"total {quantity}", ""
    elif caption.groups:
        return None
    if is_world(label) or kind_of_name(label) in ("country", "region", "company"):
        owner, label = place_name(label), ""
    if _TOTAL.fullmatch(label):
        return None
    if re.fullmatch("(?:average )?prices", quantity):
        quantity = quantity[:-1]
    notes = () if owner else measured.notes
    owner = owner or caption.owner
    if not owner and _OWNED.search(quantity):
        owner = about_one(row.place.source.title)
    ask = ask_of(Measured(quantity, label or of, notes), topic, owner, common)
    return replace(ask, partner=partner) if ask else None


def _kind_of_quota(
    column: str, caption: Caption, label: str, owner: str, common: frozenset[str]
) -> Ask | None:
    """Read a column that is a kind of the caption's quota: "Mining"."""
    measured, owner = caption.measured, owner or caption.owner
    if measured is None or "quota" not in measured.quantity or not owner:
        return None
    if not _KIND_OF_QUOTA.fullmatch(column):
        return None
    quantity = re.sub(r"quotas$", "quota", measured.quantity)
    notes = (spoken(label, common),) if label else ()
    return Ask(f"{quantity} for {spoken(column, common)}", "", owner, notes=notes)


def _oxide(label: str, caption: Caption) -> str:
    """Return an element as its oxide, where the caption says that all are: "Terbium, 99.99%"."""
    name = re.match(r"\w+(?=, \d|$)", label)
    if name and kind_of_name(name[0]) == "element" and re.search(r"\boxides\b", caption.words):
        return f"{name[0]} oxide{label[name.end() :]}"
    return label
