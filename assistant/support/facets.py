"""What a text says of a figure besides the figure: whose it is, what it measures, on which basis.

Each of these is a facet, and the values of a facet exclude each other: production in Burma is not
production in Thailand, a quota no output, revenue no profit. A facet of the direction (rose, fell)
or of the kind of statement (planned, done) is read from the words in the same way.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.lexicon import load_lexicon
from corpus.lexicon.mention import Mention

Facet = Literal[
    "country", "company", "material", "place", "agency", "law", "measure", "stage", "basis",
    "tax", "delivery", "period", "direction", "modality", "negation", "act",
]  # fmt: skip

# Facets in which a claim and a source that name different values speak of different things.
NAMING: tuple[Facet, ...] = ("country", "company", "material", "place", "agency", "law")

_KINDS: dict[str, Facet] = {
    "country": "country",
    "company": "company",
    "element": "material",
    "product": "material",
    "mineral": "material",
    "metal": "material",
    "mine": "place",
    "plant": "place",
    "town": "place",
    "region": "place",
    "agency": "agency",
    "law": "law",
}
# Products that say how a thing is made or sold rather than which it is.
_NO_MATERIALS = frozenset(("magnet-rare-earths",))
_WORDS: tuple[tuple[Facet, str, str], ...] = (
    ("country", "world", r"\bworld(?:wide|'s|’s)?\b|\bglobal(?:ly)?\b"),
    ("country", "european-union", r"\bEU\b|\bEuropean Union\b"),
    ("measure", "quota", r"\bquotas?\b|\bcontrol indicators?\b"),
    (
        "measure",
        "capacity",
        r"\bcapacit(?:y|ies)\b|\bnameplate\b|\bdesign(?:ed)? (?:figures?|for)\b|"
        r"\bc(?:an|ould) (?:make|treat|produce|separate|process|handle)\b",
    ),
    (
        "measure",
        "output",
        r"\bproduc(?:e[sd]?|ing|tion)\b|\boutput\b|\bmined\b|"
        r"\bmade\b(?! (?:of|from|up|an? (?:\w+ )?(?:profit|loss)))|"
        r"\bmanufactur\w+\b|\bmakes\b|\byield(?:ed|s)?\b",
    ),
    ("measure", "sales", r"\bsold\b|\bsells?\b|\bsales volumes?\b|\bproduct sales\b"),
    ("measure", "reserves", r"\breserves?\b(?! (?:bank|officer))"),
    ("measure", "resources", r"\bresources?\b(?! (?:Research|Rare|Inc|Ltd|Limited))"),
    ("measure", "consumption", r"\bconsum(?:e[sd]?|ption|ing)\b|\bdemand\b"),
    ("measure", "reliance", r"\bimport reliance\b"),
    ("measure", "net-export", r"\bnet export(?:er|s)?\b"),
    (
        "measure",
        "imports",
        r"(?<!\bnet )\bimport(?:s|ed|ing)?\b(?! (?:reliance|dut|data|tariff|licen))",
    ),
    (
        "measure",
        "exports",
        r"(?<!\bnet )\bexport(?:s|ed|ing)?\b(?! (?:control|licen|quota|ban|restrict|permit|dut"
        r"|-import|development|rule|law))",
    ),
    ("measure", "revenue", r"\brevenues?\b|\bturnover\b|\bsales revenue\b|\bnet sales\b"),
    ("measure", "profit", r"\bprofits?\b|\bnet income\b|\bearn(?:s|ed|ings)\b"),
    ("measure", "budget", r"\bbudget(?:ed)?\b"),
    ("measure", "loss", r"\bloss(?:es)?\b"),
    ("measure", "ebitda", r"\bEBITDA\b"),
    ("measure", "price", r"\bpric(?:e[sd]?|ing)\b"),
    ("measure", "loan", r"\bloans?\b|\bcredit line\b"),
    ("measure", "tariff", r"\btariffs?\b|\bdut(?:y|ies)\b"),
    ("measure", "stocks", r"\bstockpil\w+\b|\binventor(?:y|ies)\b"),
    ("stage", "mining", r"\bmin(?:e|ed|es|ing)\b(?! to magnet)"),
    ("stage", "separation", r"\bseparat(?:e[sd]?|ion|ing)\b|\bsmelting\b|\brefin(?:ed?|ing|ery)\b"),
    ("stage", "processing", r"\bprocess(?:ing|ed)\b"),
    ("stage", "recycling", r"\brecycl(?:e[sd]?|ing)\b"),
    ("stage", "magnets", r"\bmagnet (?:making|production|plant)\b"),
    ("basis", "oxide", r"\bT?REO\b|\boxides?\b(?! scrap)|\b[A-Z][a-z]?\d?O\d{1,2}\b"),
    ("basis", "metal", r"\bmetal (?!and\b|or\b|expan|plant|news)|\b(?<!and )metals?\b(?=$|[.;,)])"),
    ("basis", "gross", r"\bgross weight\b|\bgross\b"),
    ("basis", "ore", r"\bores?\b"),
    ("basis", "concentrate", r"\bconcentrates?\b"),
    (
        "tax",
        "without",
        r"\b(?:without|excl(?:\.|uding|udes?)|ex|leaves? out|net of|before) (?:\w+[ -]){0,2}"
        r"(?:VAT|tax(?:es)?|value-added)\b",
    ),
    (
        "tax",
        "with",
        r"\b(?:with|incl(?:\.|uding|udes?|usive of)|contains?) (?:\d+(?:\.\d+)?% )?"
        r"(?:VAT|tax|value-added)\b",
    ),
    ("delivery", "fob", r"\bf\.?o\.?b\b|\bfree on board\b"),
    ("delivery", "cif", r"\bc\.?i\.?f\b"),
    ("delivery", "ex-works", r"\bex[- ]works\b|\bEXW\b"),
    ("delivery", "delivered", r"\bdelivered\b"),
    (
        "period",
        "H1",
        r"\bfirst half\b|\bhalf[- ]year\b|\bH1\b|\bfirst six months\b|\bJan(?:uary|\.)?\s?"
        r"(?:to|-|–|through)\s?June?\b",
    ),
    ("period", "H2", r"\bsecond half\b|\bH2\b"),
    ("period", "9M", r"\b(?:first )?(?:nine|9) months\b|\bJan\.?(?:uary)?\s?(?:to|-|–)\s?Sept?\w*"),
    ("period", "3M", r"\b(?:three|3)[- ]months? (?:ended|ending|to)\b"),
    ("period", "6M", r"\b(?:six|6)[- ]months? (?:ended|ending|to)\b"),
    (
        "period",
        "Q1",
        r"\bfirst[- ]quarter\b|\bQ1\b(?! FY)|\bMarch quarter\b|\bJan\.?(?:uary)?\s?(?:to|-|–)\s?"
        r"March\b",
    ),
    (
        "period",
        "Q2",
        r"\bsecond[- ]quarter\b|\bQ2\b(?! FY)|\bJune quarter\b|\bApril\s?(?:to|-|–)\s?June\b",
    ),
    (
        "period",
        "Q3",
        r"\bthird[- ]quarter\b|\bQ3\b(?! FY)|\bSeptember quarter\b|\bJuly\s?(?:to|-|–)\s?Sept?\w*"
        r"|\bQ1 FY",
    ),
    (
        "period",
        "Q4",
        r"\bfourth[- ]quarter\b|\bQ4\b(?! FY)|\bDecember quarter\b|\bOct\.?(?:ober)?\s?(?:to|-|–)"
        r"\s?Dec\w*|\bQ2 FY",
    ),
    (
        "direction",
        "up",
        r"\bris(?:e|es|en|ing)\b|\brose\b|\bincreas\w+\b|\bgr[eo]w(?:n|s|ing|th)?\b|"
        r"\bgain(?:s|ed)?\b|\bmore expensive\b|\bdearer\b|\bdoubled\b|\btripled\b|\bclimb\w*\b|"
        r"\braised\b|\bhigher\b|"
        r"(?<!makes )(?<!make )(?<!made )\bup (?:by|from|\d)|\bsurge\w*",
    ),
    (
        "direction",
        "down",
        r"\bf(?:a|e)ll(?:s|en|ing)?\b|\bdecreas\w+\b|\bdeclin\w+\b|\bdrop(?:s|ped)?\b|\blost\b|"
        r"\blower(?:ed)?\b|\bcheaper\b|\bcut\b|\bhalved\b|\bshr[aiu]nk\b|\bdown (?:by|from|\d)|"
        r"\breduced\b|"
        r"\bless than (?:a|in|before|the year)\b|\bplunge\w*",
    ),
    (
        "modality",
        "planned",
        r"\bplan(?:s|ned)?\b|\btarget(?:s|ed)?\b|\baims?\b|\bforecasts?\b|\bexpect(?:s|ed)?\b|"
        r"\bintend\w*\b|\bpropos(?:es|ed|al)\b|\bproject(?:ed|ion)\b|\bwould\b|\bwill\b|"
        r"(?<!\bthat )\bcould\b|"
        r"\b(?:is|are|was|were) to (?!about\b)\w+|\bto be (?=\w+ed\b)|\bmay\b|\bmight\b|\bgoals?\b|"
        r"\bdesign figures?\b|\bunder construction\b|\bscheduled\b|\bdue (?:to|in)\b|\bhoped\b|"
        r"\bguidance\b|\bnot been built\b|\bforesees?\b|\bwants? to\b|\bseeks? to\b|"
        r"\bstart mid\b|\bannounced\b",
    ),
    (
        "negation",
        "not",
        r"\bnot\b(?! only)|\bno\b(?!\.| (?:less|more|fewer|longer than|date))|\bnever\b|\bnone\b|"
        r"\bnothing\b|\bneither\b|\bnor\b|\bcannot\b|\b\w+n[’']t\b|\bwithout (?!VAT|tax|value)|"
        r"\bfail(?:s|ed)? to\b|\brefus(?:es|ed)\b",
    ),
    ("act", "buy", r"\bb(?:uy|uys|ought)\b|\bpurchas\w+\b|\bacqui\w+\b"),
    ("act", "sell", r"\bsell(?:s|ing)?\b|\bsold\b"),
    (
        "act",
        "start",
        r"(?<!\bthe )\bstart(?:s|ed)?\b(?! of\b)|"
        r"\bbeg[aiu]n(?:s|ning)?\b|\bopen(?:s|ed)?\b|\brestart\w*",
    ),
    ("act", "stop", r"\bstop(?:s|ped)?\b|\bhalt\w*\b|\bceas\w+\b|\bclosed?\b|\bsuspen\w+\b"),
    (
        "act",
        "end",
        r"\bend(?:s|ed)\b|\babolish\w*|\bscrap(?:ped|s)\b|\blifted\b|\brepeal\w*|"
        r"\bterminat\w+\b|\bdiscontinu\w+\b|\beliminat(?:es?|ed|ing)\b|\bno longer appl\w+\b",
    ),
    ("act", "add", r"\badd(?:s|ed)\b"),
    ("act", "remove", r"\bremov\w+\b|\bdropped\b"),
)
_ALIKE = (
    frozenset(("mining", "output")),
    frozenset(("separation", "processing")),
    *(frozenset(("3M", quarter)) for quarter in ("Q1", "Q2", "Q3", "Q4")),
    *(frozenset(("6M", half)) for half in ("H1", "H2")),
)
_CASED = frozenset(("planned", "european-union", "oxide"))  # "may" is no "May"
_PATTERNS = tuple(
    (facet, value, re.compile(pattern, 0 if value in _CASED else re.IGNORECASE))
    for facet, value, pattern in _WORDS
)
# What a word means beside another: a quota for production is a quota.
_DENIED = re.compile(r"\bnot (?:a|an|the|yet) $", re.IGNORECASE)  # "and not a reserve"
_ORIGIN = re.compile(r"\bfrom $", re.IGNORECASE)
_OVERRIDES = {"quota": "output", "capacity": "output", "reliance": "imports"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A value of a facet, named at `text[start:end]`."""

    start: int
    end: int
    facet: Facet
    value: str


@lru_cache(maxsize=20_000)
def find_marks(text: str) -> tuple[Mark, ...]:
    """Return what a text names, in order."""
    mentions = load_lexicon().find_mentions(text)
    found = [mark for mention in mentions for mark in _named(mention, text)]
    for facet, value, pattern in _PATTERNS:
        found += [Mark(m.start(), m.end(), facet, value) for m in pattern.finditer(text)]
    return tuple(sorted(found, key=lambda mark: mark.start))


@lru_cache(maxsize=50_000)
def values(text: str, facet: Facet) -> frozenset[str]:
    """Return the values of one facet that a text names.

    A quota for production is a quota, a production capacity a capacity.
    """
    found = {
        mark.value
        for mark in find_marks(text)
        if mark.facet == facet and not _DENIED.search(text[: mark.start])
    }
    for strong, weak in _OVERRIDES.items():
        if strong in found:
            found.discard(weak)
    return frozenset(found)


def origins(text: str, facet: Facet) -> frozenset[str]:
    """Return the one value that a text names as where something comes from: "from China".

    None where it names others besides, for then it tells who has which share.
    """
    marks = [mark for mark in find_marks(text) if mark.facet == facet]
    if len({mark.value for mark in marks}) != 1 or not _ORIGIN.search(text[: marks[0].start]):
        return frozenset()
    return frozenset((marks[0].value,))


def is_among(value: str, said: frozenset[str]) -> bool:
    """Tell whether a value of a facet is one of those said, or another name of one."""
    if value in said or any(value in pair and pair & said for pair in _ALIKE):
        return True
    # "Eneabba" and the "Eneabba refinery" are one place.
    return any(other.startswith(f"{value}-") or value.startswith(f"{other}-") for other in said)


def _named(mention: Mention, text: str) -> list[Mark]:
    facet = _KINDS.get(mention.entry.kind)
    if facet is None or mention.entry.id in _NO_MATERIALS:
        return []
    written = text[mention.start : mention.end]
    if facet == "law" and written.islower() and not any(sign.isdigit() for sign in written):
        return []  # "mining quota" names no act in particular
    return [Mark(mention.start, mention.end, facet, mention.entry.id)]
