"""What in a question itself rules a calculation out: unlike measures, a missing rate or mix."""

import re

from assistant.calculating.calculation import Conversion, Operation, Stated
from assistant.calculating.subjects import find_entities, kinds_measured

_JOINED = re.compile(r"\s+and\s+(?:its|their|the|that of)?\s*|\s+than\s+|\s+minus\s+|,\s+|\s+to\s+")
_FORMS = ("concentrate", "oxide", "metal", "magnet", "alloy", "carbonate")
_MIXED = re.compile(r"\bREO\b|\brare[- ]earth\s+oxides?\b|\bmixed\b", re.IGNORECASE)
_GROSS = re.compile(r"\bgross\s+weight\b", re.IGNORECASE)
_SAID: dict[str, str] = {
    "quota": "a quota is a permission",
    "capacity": "a capacity is what could be made",
    "production": "production is what was made",
    "forecast": "a forecast or plan is no result",
    "reserves": "reserves lie in the ground",
    "revenue": "revenue is what was sold",
    "income": "income is what was left of it",
    "imports": "imports come in",
    "exports": "exports go out",
    "sales": "sales are what was sold",
}
_UNLIKE = (
    {"quota", "production"},
    {"capacity", "production"},
    {"capacity", "quota"},
    {"capacity", "sales"},
    {"resources", "reserves"},
    {"revenue", "income"},
)


def obstacle_of_measures(question: str, operation: Operation) -> str:
    """Return why the measures that a question names cannot be put together, "" where they can."""
    pieces = _JOINED.split(question)
    kinds = [kinds_measured(piece) for piece in pieces]
    named = {kind for found in kinds for kind in found[:1]}
    for unlike in _UNLIKE:
        if unlike <= named:
            told = " and ".join(_SAID[kind] for kind in sorted(unlike) if kind in _SAID)
            return f"the bases differ: {told}, so the two are not set against each other"
    if operation == "total":
        if "quota" in named and re.search(r"\bmining\b.*\bseparation\b", question, re.IGNORECASE):
            return (
                "the bases differ: the quotas for mining and for separation count the same "
                "material at two stages, so they are not added up"
            )
        forms = {form for form in _FORMS if re.search(rf"\b{form}s?\b", question, re.IGNORECASE)}
        if len(forms & set(_FORMS)) > 1 and not re.search(
            r"\bcompounds\s+and\s+metals\b", question
        ):
            told = " and ".join(sorted(forms))
            return f"the bases differ: {told} are stages of one material and are not added up"
    return ""


def obstacle_of_conversion(question: str, stated: Stated, conversion: Conversion) -> str:
    """Return why a stated figure cannot be converted as asked, "" where it can."""
    wanted = conversion.unit.currency
    given = stated.measure.currency
    if wanted and given and wanted != given and not _rate_joins(conversion, wanted, given):
        return (
            f"no exchange rate is given between {given} and {wanted}; name one "
            f'("at 7.25 yuan per dollar") or ask for a source that states one'
        )
    if _GROSS.search(question) and re.search(r"\bin(?:to)?\s+REO\b|\bas\s+REO\b", question):
        return (
            "gross weight and REO are unlike bases, and the oxide content of the material is not "
            "stated"
        )
    if conversion.form and not conversion.element:
        return (
            "the share of metal differs from oxide to oxide, and the mix of elements is not stated"
        )
    if conversion.form and conversion.element == "ndpr":
        return (
            "the mix of neodymium and praseodymium is not stated, and their oxides hold different "
            "shares of metal (0.857 and 0.828)"
        )
    if conversion.form and _MIXED.search(question) and not _one_element(question):
        return "the mix of elements in the oxide is not stated"
    return ""


def _one_element(question: str) -> bool:
    return len({e.id for e in find_entities(question) if e.group == "material"}) == 1


def _rate_joins(conversion: Conversion, one: str, other: str) -> bool:
    return {conversion.rate_of, conversion.rate_in} == {one, other} and conversion.rate > 0


def obstacle_of_form(conversion: Conversion, bases: frozenset[str]) -> str:
    """Return why a figure of a source cannot be turned into metal or oxide, "" where it can."""
    if conversion.element in ("", "ndpr"):
        return "the mix of elements in the oxide is not stated"
    if "gross weight" in bases:
        return "the figure is a gross weight, and the oxide content is not stated"
    return ""
