"""What a question names: companies, places, materials, sources and what the lexicon does not know.

A name stands with the group in which one may take the place of another: a country for a country, a
mine for a mine. A material stands with its form ("dysprosium oxide").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.conversation.times import Time, find_times
from corpus.lexicon import Entry, load_lexicon
from index.question import analyze, editions
from index.wording import content_words

_GROUPS = {
    "country": "country",
    "region": "country",
    "mine": "place",
    "plant": "place",
    "town": "place",
    "company": "company",
    "agency": "body",
    "publisher": "source",
    "publication": "source",
    "archive": "source",
    "element": "material",
    "mineral": "material",
    "product": "material",
    "metal": "material",
    "law": "law",
}
_FORM = re.compile(
    r"[ -](?:oxides?|metals?|alloys?|concentrates?|carbonates?|chlorides?|magnets?)\b(?! of\b)",
    re.IGNORECASE,
)
_EDITION = re.compile(r"\b(?:MCS|Mineral Commodity Summar(?:y|ies)),? (20\d\d)\b")


# Written with capitals, yet no names.
_ASKED_TO = re.compile(
    r"(?:compared?|describe|explain|summari[sz]e|show|define|list|CEO|CFO|COO|EBITDA|IPO|GDP|EVs?|OK)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name at `text[start:end]`.

    `bare_end` is where the name ends without the form of a material. The entry is missing where
    the lexicon does not know the name; its group is then "unknown".
    """

    start: int
    end: int
    bare_end: int
    text: str
    group: str
    entry: Entry | None = None

    @property
    def key(self) -> str:
        """What the uses of one name have in common."""
        return self.entry.id if self.entry else self.text.casefold()


def find_names(text: str) -> tuple[NameUse, ...]:
    """Return the names of a text in order; none overlaps another, and none is a time."""
    times = find_times(text)
    found = [
        NameUse(match.start(), match.end(), match.end(), match.group(), "edition")
        for match in _EDITION.finditer(text)
    ]
    unknown = [use for use in _capitalised(text) if _is_free(use.start, use.end, found)]
    for mention in load_lexicon().names_in(text):
        group = _GROUPS.get(mention.entry.kind, "")
        start, end = mention.start, mention.end
        if not group:
            unknown = [use for use in unknown if not (start <= use.start and use.end <= end)]
        if not group or not _is_free(start, end, found):
            continue
        if group == "law" and re.fullmatch(r"[a-z\s-]+", text[start:end]):
            continue  # "mining quota" is what is asked for
        around = next((use for use in unknown if use.start <= start and end <= use.end), None)
        if around and _is_longer(around.text, text[start:end]):
            continue  # "Canadian Mining Journal" is no Canada
        form = _FORM.match(text, end) if group == "material" else None
        full_end = form.end() if form else end
        found.append(NameUse(start, full_end, end, text[start:full_end], group, mention.entry))
    found += [use for use in unknown if _is_free(use.start, use.end, found)]
    kept = [use for use in found if _is_free(use.start, use.end, times) or use.group == "edition"]
    return tuple(sorted(kept, key=lambda use: use.start))


def named_group(noun: str) -> str:
    """Return the group of names that a noun asks for: "company" for "company", "" for others."""
    return next((group for word, group in _ASKED if re.search(rf"\b{word}", noun.lower())), "")


_ASKED = (
    ("countr", "country"),
    ("compan", "company"),
    ("firm", "company"),
    ("producer", "company"),
    ("mine", "place"),
    ("plant", "place"),
    ("refiner", "place"),
    ("element", "material"),
    ("mineral", "material"),
    ("oxide", "material"),
    ("metal", "material"),
    ("agenc", "body"),
    ("department", "body"),
    ("source", "source"),
    ("report", "source"),
)


def _capitalised(text: str) -> list[NameUse]:
    """Return the uses of names that are known by their capitals or their letters alone."""
    lexicon = load_lexicon()
    symbols = {one.symbol: lexicon.entry(one.id) for one in lexicon.elements.values()}
    found: list[NameUse] = []
    position = 0
    for name in analyze(text).names:
        start = text.find(name, position)
        start = start if start >= 0 else text.find(name)
        if start < 0 or not content_words(name) or editions(name) or _ASKED_TO.match(name):
            continue
        end = start + len(name)
        element = symbols.get(name)
        found.append(NameUse(start, end, end, name, "material" if element else "unknown", element))
        position = end
    return found


def _is_longer(name: str, known: str) -> bool:
    """Tell whether a name has capitals beyond the known name in it, so that it is another one."""
    rest = name.replace(known, " ", 1)
    mentions = load_lexicon().names_in(rest)
    for mention in mentions:
        rest = rest.replace(rest[mention.start : mention.end], " ")
    return any(not _ASKED_TO.match(word) for word in re.findall(r"[A-Z]\w{2,}", rest))


def _is_free(start: int, end: int, taken: Iterable[NameUse | Time]) -> bool:
    return all(end <= one.start or one.end <= start for one in taken)
