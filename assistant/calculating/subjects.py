"""Whom and what a text is about: its entities, and what is measured of them."""

import re
from dataclasses import dataclass

from corpus.document import Source
from corpus.lexicon import load_lexicon
from index.question import analyze

_GROUPS = {
    "country": "area",
    "region": "area",
    "town": "area",
    "company": "firm",
    "mine": "site",
    "plant": "site",
    "element": "material",
    "product": "material",
    "mineral": "material",
    "metal": "material",
}
_NO_NAME = re.compile(r"(?:USGS|CAGR|REO|TREO|VAT|FY|MCS|MYB|US|U\.S\.?|USD|RMB|EUR)\b|\d")
_FORMS_OF_ALL = frozenset(("concentrate",))  # a form of a product, as "oxide" is
_WORLD = re.compile(r"\b(?:the\s+)?(?:world(?:['’]s)?|worldwide|global)\b", re.IGNORECASE)
_MONEY = re.compile(
    r"\b(?:U\.?S\.?|American|Australian|Canadian)\s+dollars?\b", re.IGNORECASE
)  # names a currency, not a country
_RARE_EARTHS = re.compile(r"\brare[- ]earths?\b|\bT?REO\b|\blanthanides?\b", re.IGNORECASE)
_FORM = re.compile(
    r"\s+(?:oxides?|metals?|alloys?|carbonates?|chlorides?|magnets?|concentrates?)\b", re.IGNORECASE
)
_KINDS = (
    ("quota", r"quotas?"),
    ("capacity", r"capacit(?:y|ies)|nameplate"),
    ("reliance", r"import reliance|net reliance|dependence"),
    ("reserves", r"reserves?"),
    ("resources", r"resources?"),
    ("imports", r"imports?|imported"),
    ("exports", r"exports?|exported"),
    ("consumption", r"consumption|consumed?|demand|end uses?"),
    ("employment", r"employment|employees|workers|people|workforce|jobs"),
    ("price", r"prices?|priced?|costs?|dearer|cheaper|realised|unit value"),
    ("revenue", r"revenues?|turnover|sales revenue"),
    ("income", r"(?:net )?(?:income|profit|result|loss|earnings?)|ebitda"),
    ("share", r"shares?|distribution"),
    ("stake", r"stakes?|holdings?"),
    ("tariff", r"tariffs?|dut(?:y|ies)"),
    ("sales", r"sold|sales"),
    ("forecast", r"forecasts?|plans?|planned|targets?|goals?"),
    ("production", r"mines?|mined|mining|produc\w+|output|made|make|quantity"),
)
_WEAK = frozenset(("production", "sales", "share"))  # said beside the measure itself


@dataclass(frozen=True, slots=True)
class Entity:
    """Something named at `text[start:end]`; `group` tells areas from firms and materials."""

    id: str
    group: str
    written: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """How an answer names it: an area by its own name, all else as it is written."""
        if self.group != "area" or self.id == "world":
            return self.written
        name = load_lexicon().entry(self.id).name
        return f"the {name}" if name.startswith(("United ", "Democratic ")) else name


def find_entities(text: str) -> tuple[Entity, ...]:
    """Return the areas, firms, sites and materials that a text names, in order, each once."""
    found: dict[str, Entity] = {}
    text = _MONEY.sub(lambda match: "_" * len(match[0]), text)
    for mention in load_lexicon().names_in(text):
        group = _GROUPS.get(mention.entry.kind, "")
        if group and mention.entry.id not in _FORMS_OF_ALL:
            end = mention.end
            form = _FORM.match(text, end) if group == "material" else None
            end = form.end() if form else end
            written = text[mention.start : end]
            entity = Entity(mention.entry.id, group, written, mention.start, end)
            found.setdefault(_key(entity), entity)
    for match in _WORLD.finditer(text):
        found.setdefault("world", Entity("world", "area", "the world", match.start(), match.end()))
    return tuple(sorted(found.values(), key=lambda entity: entity.start))


def names_unknown(text: str) -> bool:
    """Tell whether a text has a name that the lexicon does not know: a company new to it."""
    known = load_lexicon().names_in(text)
    return any(
        not any(text[m.start : m.end] in name for m in known) and not _NO_NAME.match(name)
        for name in analyze(text).names
    )


def entity_ids(text: str) -> frozenset[str]:
    """Return the ids of what a text names."""
    return frozenset(entity.id for entity in find_entities(text))


def names_material(text: str) -> bool:
    """Tell whether a text names an element, a product or a mineral."""
    return any(entity.group == "material" for entity in find_entities(text))


def is_of_rare_earths(text: str, source: Source) -> bool:
    """Tell whether a text, or the source it stands in, is about rare earths."""
    if _RARE_EARTHS.search(f"{text} | {source.title}"):
        return True
    lexicon = load_lexicon()
    kinds = {lexicon.entry(entry_id).kind for entry_id in source.entities if entry_id in lexicon}
    return bool(kinds & {"element", "product"})


def kinds_measured(text: str) -> tuple[str, ...]:
    """Return what a text measures, the most telling first: "quota" for "mining quota"."""
    found = [
        kind for kind, pattern in _KINDS if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
    ]
    strong = [kind for kind in found if kind not in _WEAK]
    return tuple(strong or found)


def _key(entity: Entity) -> str:
    """Return what keeps two forms of one element apart: yttrium oxide and yttrium metal."""
    form = re.search(r"(oxide|metal|alloy)s?$", entity.written)
    return f"{entity.id} {form[1]}" if form else entity.id
