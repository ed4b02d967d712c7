"""Whether the whole library holds nothing that could answer a question."""

import re
from collections.abc import Iterable, Sequence

from assistant.evaluation.drafting.asking import Ask
from assistant.evaluation.drafting.judging import stating
from assistant.evaluation.drafting.source_library import Library
from corpus.lexicon import load_lexicon
from index.catalog import Catalog
from index.wording import content_words, plain_words

# What a passage may call a quantity; the word search finds other endings of each.
_CALLED = (
    ("mine", "mined", "mining", "produce", "production", "output"),
    ("import",),
    ("export",),
    ("consume", "consumption", "demand"),
    ("reserves", "resources"),
    ("price", "cost", "value"),
    ("employ", "employment", "worker", "people", "jobs"),
    ("capacity",),
    ("stock", "stockpile", "inventory"),
    ("shipment", "ship"),
    ("revenue", "sales", "turnover"),
    ("profit", "income", "earnings", "loss"),
    ("quota",),
    ("reliance", "reliant"),
)
_LOOSE_WORDS = frozenset(
    """average annual total net gross estimated apparent reported minimum purity value direct
    unit percentage percent world""".split()
)
_SHORT_NAME = 4  # letters
_MATERIALS = frozenset(("element", "mineral", "metal", "product"))


class Absence:
    """Searches every indexed source of a catalog, copies and filtered ones too."""

    def __init__(self, catalog: Catalog, library: Library) -> None:
        self._catalog = catalog
        self._library = library
        self._source_ids = [
            record.source.id for record in catalog.sources() if record.state == "indexed"
        ]

    def holds_nothing(self, subject: str, year: int, groups: Sequence[Sequence[str]]) -> bool:
        """Tell whether no passage holds a term of each group and the year, and no figure is told.

        A group are the words for one thing, of which any will do.
        """
        if stating(subject, year, self._library):
            return False
        wanted = [*groups, [str(year)]] if year else list(groups)
        query = " AND ".join(f"({_any(group)})" for group in wanted if group)
        return not self._catalog.match_words(query, 1, self._source_ids)


def terms_of(ask: Ask) -> list[list[str]]:
    """Return what a passage that answers must name: whose, of what, with whom, which quantity."""
    groups = [*_named(ask.owner), *_things(ask.of), *_named(re.sub(r"^\w+ ", "", ask.partner))]
    quantity = quantity_terms(ask.quantity)
    return [*groups, quantity] if quantity else groups


def quantity_terms(words: str) -> list[str]:
    """Return the words for the quantity that some words name, none where it is not known."""
    plain = set(plain_words(words))
    stems = {re.sub(r"s$", "", word) for word in plain}
    for called in _CALLED:
        if stems & {re.sub(r"s$", "", word) for word in called}:
            return list(called)
    return []


def subject_terms(subject: str) -> list[list[str]]:
    """Return the groups of terms of a subject in words: its names, else all of its words."""
    names = _named(subject) + _things(subject)
    quantity = quantity_terms(subject)
    return [*names, quantity] if quantity else names


def _named(words: str) -> list[list[str]]:
    """Return for each place or company that words name all of its names."""
    if not words:
        return []
    if words == "the world":
        return [["world", "global", "worldwide"]]
    lexicon = load_lexicon()
    found = [
        mention.entry
        for mention in lexicon.find_mentions(words)
        if mention.entry.kind not in _MATERIALS and mention.entry.kind not in ("term", "basis")
    ]
    if not found:
        bare = words.removeprefix("the ")
        # "Bolivi*" finds Bolivian, too.
        stems = [f"{bare[:-1]}*"] if bare.isalpha() and len(bare) > _SHORT_NAME else []
        return [[bare, *stems]] if bare[:1].isupper() else []
    return [_all_names(entry.name, lexicon.other_names(entry)) for entry in found]


def _things(of: str) -> list[list[str]]:
    """Return for each material that words name all of its names, else each of their words."""
    if not of:
        return []
    lexicon = load_lexicon()
    found = [m.entry for m in lexicon.find_mentions(of) if m.entry.kind in _MATERIALS]
    if found:
        return [_all_names(entry.name, lexicon.other_names(entry)) for entry in found]
    words = [word for word in content_words(of) if not word[0].isdigit() and len(word) > 2]
    return [[word] for word in words if word not in _LOOSE_WORDS]


def _all_names(name: str, others: Iterable[str]) -> list[str]:
    """Return all names that a word search can look for."""
    return [name, *(other for other in others if len(re.sub(r"\W", "", other)) > 1)]


def _any(group: Sequence[str]) -> str:
    """Return the words of a group as an FTS5 query; those that end in "*" are beginnings."""
    quoted = ('"' + term.rstrip("*").replace('"', '""') + '"' for term in group)
    return " OR ".join(
        f"{word} *" if term.endswith("*") else word
        for word, term in zip(quoted, group, strict=True)
    )
