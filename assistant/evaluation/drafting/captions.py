"""What the caption of a table says: a quantity, of what, whose, and the groups of its rows."""

import re
from dataclasses import dataclass, replace

from assistant.evaluation.drafting.labels import Measured, names_quantity, read_label
from assistant.evaluation.drafting.phrases import is_place, kind_of_name, place_name
from corpus.lexicon import load_lexicon

_US_TABLE = re.compile(
    r"Salient (?:Statistics—United States|U\.S\.)|^United States\b|\bU\.S\.(?= (?:exports|imports))"
    r"|\bin the United States$",
    re.IGNORECASE,
)
_BY = re.compile(
    r",? by (?:country|edition|source|holder|group|publication|locality|company|year|origin"
    r"|product|element|area|region|state|type)\b.*$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r" (?:in|by|for|from|as|at|over) (?:the )?(?:newest|latest|each|two|three|every)\b"
)
_LEADING = re.compile(r"^(?:world|salient|estimated)\s+", re.IGNORECASE)
_OF_COMPANY = re.compile(
    r"(?:revenue|income|profit|results|figures) (?:\w+ )*?of (?P<who>.+)$", re.IGNORECASE
)
_TWO_QUANTITIES = re.compile(r"\band\b|\bagainst\b|\bversus\b")
_AVERAGED = re.compile(r"annual averages?|, average")
_PRICED = re.compile(r"(?:US\$|A\$|\$|dollars?|cents|yuan|RMB|euros?|€).*(?:\bper\b|/)", re.I)
_OWNERS = ("country", "company", "mine", "plant", "region")


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption understood; `measured` is None where it names no quantity.

    `owner` is the place or company that the table is of, `groups` the labels that stand above the
    row within the table, the outermost first, `words` the caption itself without them.
    """

    measured: Measured | None = None
    owner: str = ""
    groups: tuple[str, ...] = ()
    words: str = ""

    @property
    def group(self) -> str:
        """The innermost group, "" where there is none."""
        return self.groups[-1] if self.groups else ""


def is_price_unit(unit: str) -> bool:
    """Tell whether a unit is money for an amount: "US$ per kilogram"."""
    return bool(_PRICED.match(unit))


def read_caption(parts: tuple[str, ...], unit: str) -> Caption:
    """Return what the parts of a caption say over a figure with a unit."""
    if not parts:
        return Caption()
    words, *groups = parts
    if groups and words.isupper() and groups[0].isupper() and not names_quantity(words):
        words, *groups = groups  # "RARE EARTHS: WORLD MINE PRODUCTION, BY COUNTRY OR LOCALITY"
    first = _BY.sub("", words).split(", ")[0].strip()
    owner = "the United States" if _US_TABLE.search(words) else ""
    measured, whose = _quantity(first)
    owner = owner or whose
    if measured is None:
        owner = owner or _named_alone(first)
        if not owner and is_price_unit(unit):
            measured = Measured("price")
    if measured and "price" in measured.quantity and _AVERAGED.search(words):
        average = measured.quantity.removeprefix("average ")
        measured = replace(measured, quantity=f"average {average}")
    return Caption(measured, owner, tuple(groups), words)


def _quantity(words: str) -> tuple[Measured | None, str]:
    """Return the quantity that a caption names and whose it is: "Chinese exports of magnets"."""
    noun = re.split(r"\bof\b|\bfor\b", words)[0]
    if not names_quantity(_without_names(words)) or _TWO_QUANTITIES.search(noun):
        return None, ""
    estimated = "estimated " if words.lower().startswith("estimated") else ""
    bare, owner = _without_owner(_LEADING.sub("", words))
    measured = read_label(bare.lower() if bare.isupper() else bare)
    if measured is None:
        return None, owner
    measured = replace(measured, quantity=f"{estimated}{measured.quantity}")
    if tail := _TAIL.search(measured.of):
        measured = replace(measured, of=measured.of[: tail.start()])
    into = re.split(r" (?:in|into|to|from) (?=(?:the )?[A-Z])", measured.of)
    if len(into) == 2 and is_place(into[1]):
        return replace(measured, of=into[0]), owner or place_name(into[1].removeprefix("the "))
    if kind_of_name(measured.of) in _OWNERS:
        return replace(measured, of=""), owner or place_name(measured.of)
    if any(map(is_place, measured.of.split(" and "))):
        return replace(measured, of=""), owner  # "of the United States and the world"
    return measured, owner


def _without_owner(words: str) -> tuple[str, str]:
    """Return words without the country that they begin with, and that country."""
    for mention in load_lexicon().find_mentions(words)[:1]:
        if mention.start == 0 and mention.entry.kind == "country":
            return words[mention.end :].strip(), place_name(mention.entry.name)
    return words, ""


def _named_alone(words: str) -> str:
    """Return the company or place that is all a caption names, or whose results it has."""
    if kind_of_name(words) == "company":
        return words
    if is_place(words):
        return place_name(words)
    found = _OF_COMPANY.search(words)
    return found["who"] if found and kind_of_name(found["who"]) == "company" else ""


def _without_names(words: str) -> str:
    """Return words without the names of companies: "Iluka Resources" has no resources in it."""
    for mention in reversed(load_lexicon().find_mentions(words)):
        if mention.entry.kind in ("company", "publication", "agency"):
            words = words[: mention.start] + words[mention.end :]
    return words
