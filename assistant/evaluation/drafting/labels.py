"""Labels of statistics as noun phrases: "Consumption, apparent: Silicon carbide" says that the
apparent consumption of silicon carbide is counted.

Statistical tables write such labels back to front, the noun first. A label that is not understood
whole gives nothing: a question made of half of it would ask for something else.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.tables.units import is_unit

_HEADS = (
    r"net import reliance ?as a percentage of (?:total )?(?:apparent|estimated|reported)"
    r" consumption|net import reliance|imports for consumption"
    r"|(?:mine|refinery|smelter|plant|primary|secondary|raw steel) production"
    r"|(?:production|refinery|smelter|clinker|yearend) capacity"
    r"|apparent consumption|unit values?|net incomes?|net profits?|net losses|gross profits?"
    r"|operating (?:income|profit|cash flow)|capital (?:costs?|expenditures?)|market size"
    r"|mining quotas?|production quotas?|export quotas?"
    r"|productions?|outputs?|imports|exports|consumption|reserves|resources|prices?|employment"
    r"|capacity|stocks|shipments|sales|revenues?|turnover|profits?|EBITDA|earnings|quotas?|demand"
    r"|supply|receipts|costs?|acquisitions|disposals|recovery|grades?"
    r"|expenditures?|deliveries|inventor(?:y|ies)|dividends?|assets|liabilities|loans?"
)
_HEAD = re.compile(rf"(?<![\w-])(?P<head>{_HEADS})(?![\w-])", re.IGNORECASE)
# Words before or behind the noun that say which kind of it is counted.
_KINDS = frozenset(
    """mine refinery smelter plant primary secondary apparent reported estimated average annual
    total net gross domestic producer producers consumer yearend year-end marketable potential raw
    crude refined mill global world mineral direct final quarterly monthly spot contract market
    import export mining smelting production yearly adjusted operating selling""".split()
)
_KIND_PHRASES = re.compile(
    r"(?:mine|mill|plant|quarry|office|refinery|smelter|beneficiation plant|preparation plant"
    r"|concentrator|consumer|producer|dealer|industry|merchant|fabricator|distributor)"
    r"(?:(?:,| and|, and) (?:mine|mill|plant|quarry|office|refinery|smelter|beneficiation plant"
    r"|preparation plant|concentrator|consumer|producer|dealer|merchant|fabricator|distributor))*",
    re.IGNORECASE,
)
_AVERAGES = re.compile(
    r"(?:annual |yearly |monthly |quarterly )?average(?: (?:annual|unit))?(?: value| price)?"
    r"|average annual|annual average-real",
    re.IGNORECASE,
)
_SILENT = re.compile(r"quantity|rounded|number|index|all forms|amount", re.IGNORECASE)
_BASIS = re.compile(
    r"gross weight|[\w-]+(?: [\w-]+)?(?: \(\w+\))? (?:equivalent|content|basis)", re.IGNORECASE
)
_KINDS_OF_FLOWS = frozenset("total average annual net domestic estimated reported".split())
_UNCLEAR = re.compile(
    r"\b(?:other|others|unspecified|unknown|includes?|including|excluding|excludes|see|same|ditto"
    r"|n\.?e\.?c|total estimated)\b|^and\b|\?|[:;]$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s?\(([^()]*)\)")
_UNIT_BRACKET = re.compile(
    r"\s?\((?:thousand|million|gross|metric|dollars?|[^()]* content)[^()]*\)"
)
_KIND_AND_NOTE = re.compile(r"(?P<kind>[A-Za-z]+) \((?P<note>[^()]+)\)")
_ADJECTIVE = re.compile(
    r"(?:natural|synthetic|ground|wet|dry|crude|raw|primary|secondary|fine|coarse|flat|soft|hard"
    r"|metallurgical|elemental|[a-z-]+ed|unwrought|wrought|marketable|usable|recoverable"
    r"|[a-z]+electric|powdered|new|old)",
    re.IGNORECASE,
)
_TAKES_PRODUCT = re.compile(
    r"production|output|imports|exports|consumption|stocks|shipments|sales|capacity|reserves"
    r"|resources|demand|supply|price|unit value|quota|deliver|inventor|reliance",
    re.IGNORECASE,
)
_MOST_CHARS = 90  # of what is counted; longer ones make no question


@dataclass(frozen=True, slots=True)
class Measured:
    """What a label counts: `quantity` of `of`, with `notes` that narrow it."""

    quantity: str
    of: str = ""
    notes: tuple[str, ...] = ()

    @property
    def plural(self) -> bool:
        """Whether the quantity takes "were"."""
        return " value of " not in f" {self.quantity}" and bool(_PLURAL.search(self.quantity))


_PLURAL = re.compile(
    r"(?:imports(?: for consumption)?|exports|reserves|resources|stocks|shipments|sales|receipts"
    r"|earnings|acquisitions|disposals|deliveries|assets|liabilities|inventories|(?<!gross )profits"
    r"|losses|quotas|costs|prices|revenues|dividends|loans|grades"
    r"|expenditures)$"
)


@lru_cache(maxsize=8192)
def read_label(label: str) -> Measured | None:
    """Return what a label counts, None where that is not understood.

    >>> read_label("Price, average, dollars per kilogram: Cerium oxide, 99.5% minimum")
    Measured(quantity='average price', of='Cerium oxide, 99.5% minimum', notes=())
    """
    label = " ".join(label.replace("—", ": ").split()).strip(" :,")
    pieces = [piece.strip(" ,") for piece in re.split(r":\s+", label)]
    holder = next((n for n, piece in enumerate(pieces) if _HEAD.search(_unbracketed(piece))), None)
    if holder is None:
        return None
    found = _read_noun(pieces[holder])
    if found is None:
        return None
    outer, details = pieces[:holder], pieces[holder + 1 :]
    if outer and not _is_unclear(outer[-1]):
        # "Mica (Sheet): Mine production", "Gypsum only: Exports".
        if found.of:
            return None
        found = Measured(found.quantity, outer[-1].removesuffix(" only"), found.notes)
    found = _with_details(found, details)
    notes = tuple(note for note in found.notes if not _SILENT.fullmatch(note))
    found = Measured(found.quantity, found.of, notes)
    if _is_unclear(found.of) or len(found.of) > _MOST_CHARS or len(found.notes) > 2:
        return None
    if found.of and not _TAKES_PRODUCT.search(found.quantity):
        return None
    return found


def is_adjective(words: str) -> bool:
    """Tell whether words only say of which kind a thing is: "Natural", "crude and beneficiated"."""
    return all(_ADJECTIVE.fullmatch(word) for word in re.split(r",? and |,? or |, ", words))


def names_quantity(words: str) -> bool:
    """Tell whether words hold a noun that counts something: "Mine production", "Prices"."""
    return bool(_HEAD.search(_unbracketed(words)))


def _unbracketed(words: str) -> str:
    return _BRACKET.sub("", words)


def _is_unclear(words: str) -> bool:
    return bool(_UNCLEAR.search(words))


def _read_noun(piece: str) -> Measured | None:
    """Read "Production, refinery", "Total REO production", "Price, average, f.o.b. mine"."""
    segments = [part.strip() for part in re.split(r",\s+(?![^()]*\))", piece) if part.strip()]
    at = next((n for n, part in enumerate(segments) if _HEAD.search(_unbracketed(part))), None)
    if at is None:
        return None
    notes = [note for note in _BRACKET.findall(segments[at]) if not is_unit(note)]
    segments[at] = _unbracketed(segments[at])
    found = _read_head(segments[at])
    if found is None:
        return None
    quantity, of = found.quantity, found.of
    notes = [*found.notes, *notes]
    before, behind = segments[:at], segments[at + 1 :]
    if before:  # "Bauxite, mine production"
        if of:
            return None
        of = ", ".join(before)
    kinds: list[str] = []
    left: list[str] = []
    is_price = "price" in quantity or "value" in quantity
    while behind:
        part = _UNIT_BRACKET.sub("", behind.pop(0))
        if is_unit(part) or re.match(r"(?:US )?(?:dollars?|cents) (?:per|a) ", part):
            continue
        if _AVERAGES.fullmatch(part):
            kinds.append("average unit value" if "unit value" in part else "average")
        elif re.match(r"average unit value of (imports|exports)", part):
            kinds.append(part)
        elif part.lower() == "value" and not is_price:
            quantity = f"value of {quantity}"
        elif _SILENT.fullmatch(part):
            continue
        elif _BASIS.fullmatch(part):
            notes.append(part)
        elif _is_kind_of(part, quantity) or (
            _KIND_PHRASES.fullmatch(part) and re.search("employment|production|stocks", quantity)
        ):
            kinds.append(part.lower())
        else:
            left.append(part)
    quantity = _with_kinds(quantity, kinds)
    if left:
        if of or is_price or not _TAKES_PRODUCT.search(quantity):
            notes += left
        else:
            of = ", ".join(left)
    return Measured(quantity, of, tuple(notes))


def _read_head(segment: str) -> Measured | None:
    """Read a noun with what stands right at it: "NdPr production", "Imports of yttrium"."""
    matches = [*_HEAD.finditer(segment)]
    match = matches[0]
    if len(matches) > 1 and not segment[match.end() :].strip().startswith(("of", "from", "as")):
        match = matches[-1]
    head = match["head"]
    head = head if head.isupper() else head.lower().replace("relianceas", "reliance as")
    before = segment[: match.start()].split()
    behind = segment[match.end() :].strip()
    kinds: list[str] = []
    while before and before[-1].lower().strip("()") in _KINDS:
        kinds.insert(0, before.pop().lower())
    while before and before[0].lower() in _KINDS:
        kinds.insert(0, before.pop(0).lower())
    of = " ".join(before)
    notes: tuple[str, ...] = ()
    if named := re.fullmatch(r"(?:of|for) (?P<of>.+)", behind):
        if of:
            return None
        of = named["of"]
    elif re.match(r"(?:from|by|held by|at|to|in) \S", behind):
        notes = (behind,)
    elif behind:
        return None
    return Measured(_with_kinds(head, kinds), of, notes)


def _is_kind_of(word: str, quantity: str) -> bool:
    """Tell whether a word stands before the noun: "apparent" consumption, no "crude" exports."""
    flows = re.search(r"imports|exports|shipments|price|value|reserves", quantity)
    return word.lower() in (_KINDS_OF_FLOWS if flows else _KINDS)


def _with_kinds(quantity: str, kinds: list[str]) -> str:
    kinds = kinds[::-1]  # the first stands before the others, and an average before all
    for kind in sorted(kinds, key=lambda kind: "average" in kind or kind == "annual"):
        if "unit value" in kind:
            quantity = kind
        elif kind == "yearend" or kind not in quantity.split():
            quantity = f"{kind} {quantity}"
    return quantity


def _with_details(found: Measured, details: list[str]) -> Measured:
    """Add what stands behind colons: products, the innermost last, or the kind that is counted."""
    quantity, of, notes = found.quantity, found.of, list(found.notes)
    groups: list[str] = []
    for detail in details:
        kept: list[str] = []
        for part in re.split(r",\s+(?![^()]*\))", detail):
            bare = _UNIT_BRACKET.sub("", part).strip()
            if not bare or is_unit(bare) or bare.lower() == "rounded":
                continue
            kind = _KIND_AND_NOTE.fullmatch(bare)
            if not kept and _is_kind_of(bare, quantity):
                quantity = _with_kinds(quantity, [bare.lower()])
            elif not kept and kind and _is_kind_of(kind["kind"], quantity):
                quantity = _with_kinds(quantity, [kind["kind"].lower()])
                notes.append(kind["note"])
            elif bare.lower() == "value" and not kept:
                quantity = f"value of {quantity}"
            elif _BASIS.fullmatch(bare):
                notes.append(bare)
            elif _SILENT.fullmatch(bare):
                continue
            else:
                kept.append(bare)
        if kept:
            groups.append(", ".join(kept))
    if not groups:
        return Measured(quantity, of, tuple(notes))
    if of:
        return Measured(quantity, of, (*notes, *groups))
    if "price" in quantity or "value" in quantity:
        return Measured(quantity, groups[0], (*notes, *groups[1:]))
    if len(groups) > 1 and is_adjective(groups[-1]):
        groups[-1] = f"{groups[-1]} {groups[-2]}"
    return Measured(quantity, groups[-1], tuple(notes))
