"""Figures of long tables: a row for each, with the commodity, country and statistic in columns."""

import re
from dataclasses import replace

from assistant.evaluation.drafting.asking import Ask
from assistant.evaluation.drafting.counted import ask_of, form_of
from assistant.evaluation.drafting.labels import names_quantity, read_label
from assistant.evaluation.drafting.phrases import is_remainder, place_name, spoken
from assistant.evaluation.drafting.table_rows import Row

_IMPORT_SOURCES = re.compile(r"import sources", re.IGNORECASE)
# "World Gem-Quality Natural Diamond Mine Production and Reserves" says what is mined.
_WORLD_SECTION = re.compile(
    r"World (?!(?:Mine|Refinery|Smelter|Primary|Plant|Low|Alumina|Sponge)\b)"
    r"(?P<thing>[A-Z][\w -]+?) (?:Mine )?Production(?: and Reserves)?\b(?! and)"
)
_ALL = re.compile(r"(?:all(?: forms)?|total(?: imports)?)", re.IGNORECASE)
_OTHER_NAME = re.compile(r" \((?:columbium|.* .*)\)|—.*| only$", re.IGNORECASE)
_KIND = re.compile(r"(?P<name>[^()]+) \((?P<kind>[A-Za-z]+)\)")
_DETAIL_CHARS = 50


def long_table_ask(row: Row, common: frozenset[str], topic: str) -> Ask | None:
    """Return what a figure of a long table is, None where its columns do not say it plainly."""
    roles = row.roles
    place, detail = roles.get("place", ""), roles["detail"].replace("_", " ")
    if not place or is_remainder(place):
        return None
    section = _WORLD_SECTION.match(roles.get("section", ""))
    thing = section["thing"] if section else _said(roles.get("thing", "")) or topic
    thing = spoken(thing, common, is_thing=True)
    owner = place_name(place)
    if any(_IMPORT_SOURCES.search(roles.get(role, "")) for role in ("section", "statistic")):
        return _share_of_imports(detail, thing, owner, common)
    measured = read_label(detail)
    statistic = roles.get("statistic", "")
    if measured is None and names_quantity(statistic) and len(detail) < _DETAIL_CHARS:
        measured = read_label(f"{statistic}: {detail}")
    if measured is None:
        return None
    if measured.quantity == "capacity":
        measured = replace(measured, quantity="production capacity")
    return ask_of(measured, thing, owner, common)


def _share_of_imports(detail: str, thing: str, partner: str, common: frozenset[str]) -> Ask | None:
    of = thing if _ALL.fullmatch(detail) else form_of(re.sub(r"\s*\(.*\)$", "", detail), thing)
    if not of or partner == "the world" or ";" in of:
        return None
    return Ask(
        "share of imports",
        spoken(of, common),
        "the United States",
        f"from {partner}",
        frame="share of imports",
    )


def _said(thing: str) -> str:
    """Return a commodity as it is said: "industrial garnet" for "Garnet (Industrial)"."""
    thing = _OTHER_NAME.sub("", thing.strip())
    found = _KIND.fullmatch(thing)
    return f"{found['kind'].lower()} {found['name']}" if found else thing
