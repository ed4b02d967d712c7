"""Clauses with the verb of a measure, and the words for a fact's slots: "China mined 270,000 t".

The words stand in the table `realisations`; a slot that a fact lacks leaves out what is around it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from assistant.figures.value_words import forms, is_plain_basis, named, period_words
from corpus.facts import Fact
from corpus.facts.fact import Role
from corpus.language.measures import has_nature
from corpus.language.names import Name
from corpus.language.periods import parse_period
from corpus.language.vocabulary import load_vocabulary
from index.storage.fact_rows import is_whole

HOLDERS: tuple[Role, ...] = (
    *("subject", "operator", "owner", "lender", "borrower", "buyer", "seller", "owned"),
)
SITES = frozenset(("mine", "plant", "deposit", "project"))
_SLOT = re.compile(r"\{(\w+)\}")
_OPTION = re.compile(r"\[([^\[\]]*)\]")
_WORLD = "world"


def clauses(kind: str, fact: Fact, **slots: str) -> Iterator[str]:
    """Yield the clauses of a kind that the measure and the slots of a fact make, best first."""
    held = {**slots, **_slots(fact)}
    for pattern in patterns(kind).get(fact.measure, ()):
        if told := _filled(pattern, held):
            yield told


@cache
def patterns(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return the patterns of a kind by their measures."""
    found: dict[str, tuple[str, ...]] = {}
    for row in load_vocabulary().rows("realisations"):
        if row["kind"] == kind:
            found[row["name"]] = (*found.get(row["name"], ()), row["form"])
    return found


def material_text(fact: Fact) -> str:
    """Return the materials of a fact; all rare earths are understood where REO are counted."""
    materials = fact.named("material")
    is_all = len(materials) == 1 and is_whole(materials[0]) and not materials[0].form
    if is_all and is_plain_basis(fact.basis):
        return ""
    return " and ".join(dict.fromkeys(map(name_text, materials)))


def time_words(fact: Fact) -> str:
    """Return the time of a fact as an adverb: "in 2025", "at the end of 2024"."""
    if at_end := forms("statistic time").get(fact.statistic):
        return f"{at_end} {fact.period.text}" if fact.period else ""
    return period_words(fact.period)


def against_words(fact: Fact) -> str:
    """Return the time that a change is against, "" where that is unsaid: "against 2023"."""
    if fact.change is None or not fact.change.against:
        return ""
    told = period_words(parse_period(fact.change.against))
    return forms("period")["against"].format(time=told.removeprefix("in "))


def name_text(name: Name) -> str:
    """Return a name as a sentence has it: "the United States", "neodymium oxide"."""
    text = named(name.text, name.form)
    if name.is_material and text.istitle():
        text = text.lower()
    article = forms("with the").get(name.id, "")
    return f"{article} {text.lower() if name.id == _WORLD else text}" if article else text


def possessive(name: str) -> str:
    """Return the form of a name that owns: "MP Materials'", "Apple's"."""
    return f"{name}'" if name.endswith("s") and len(name.split()) > 1 else f"{name}'s"


def _filled(pattern: str, slots: Mapping[str, str]) -> str:
    """Return a pattern with its slots filled, "" where one that it needs is empty."""

    def option(match: re.Match[str]) -> str:
        choices = match[1].split("|")
        for choice in choices:
            if all(slots.get(name) for name in _SLOT.findall(choice)):
                return choice
        return ""

    plain = _OPTION.sub(option, pattern)
    if not all(slots.get(name) for name in _SLOT.findall(plain)):
        return ""
    return plain.format(**slots)


def _slots(fact: Fact) -> dict[str, str]:
    """Return the slots of a fact as the patterns name them."""
    slots: dict[str, str] = {"of": fact.of}
    for argument in fact.arguments:
        slots.setdefault(argument.role, name_text(argument.name))
    slots["material"] = material_text(fact)
    places = [a.name for a in fact.arguments if a.role == "place"]
    sites = [name for name in places if name.kind in SITES]
    countries = [name for name in places if name.kind not in SITES]
    holders = [*fact.named(*HOLDERS), *countries, *sites]
    if holders:
        slots["holder"] = name_text(holders[0])
        slots["site"] = name_text(sites[0]) if sites and sites[0] is not holders[0] else ""
    for end, nature in (("origin", "outward"), ("destination", "inward")):
        if has_nature(fact.measure, nature) and end not in slots and countries:
            slots[end] = name_text(countries[0])
    if "destination" in slots:
        slots["whose"] = possessive(slots["destination"])
    return slots
