"""The lexicon of the industry: who and what is called by which names.

Its entries come from the tables in `corpus/lexicon/tables/`; reading, finding and answering
share it.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from corpus.errors import CorpusError
from corpus.lexicon.entry import TABLES, Element, Entry, Tables, read_tables
from corpus.lexicon.mention import EAST_ASIAN, PLAIN_SYMBOLS, Mention, NameFinder

# What texts name without being about it.
_NEVER_ABOUT = frozenset(("publication", "archive", "publisher", "term", "basis"))
_MOST_ENTITIES = 12
_LEAST_MENTIONS = 2
_TITLE_WEIGHT = 10  # of a mention in the title, in mentions of the text
_SHORTEST_FORM = 3  # letters and figures; "US" would find "us"


class Lexicon:
    """All entries, found by id, by name and in texts. Never changes once loaded."""

    def __init__(self, tables: Tables) -> None:
        self.entries = tables.entries
        self.elements: Mapping[str, Element] = {e.id: e for e in tables.elements}
        self._by_id = {entry.id: entry for entry in tables.entries}
        self._finder = NameFinder(tables.entries, tables.elements)  # refuses a name of two

    def __contains__(self, entry_id: str) -> bool:
        return entry_id in self._by_id

    def entry(self, entry_id: str) -> Entry:
        """Return the entry of an id; raises CorpusError where there is none."""
        try:
            return self._by_id[entry_id]
        except KeyError:
            raise CorpusError(f"lexicon: there is no entry {entry_id!r}; check the id") from None

    def named(self, name: str) -> tuple[Entry, ...]:
        """Return the entries that a name as a whole stands for: one, or none."""
        key = _key(name)
        return (self._by_name[key],) if key and key in self._by_name else ()

    def published_under(self, host_and_path: str) -> tuple[Entry, ...]:
        """Return who publishes under a web address without its scheme: one entry, or none.

        The longest domain that the host is, or ends in, decides.
        """
        host = host_and_path.split("/")[0].split(":")[0].lower().removeprefix("www.")
        while "." in host:
            if host in self._by_domain:
                return (self._by_domain[host],)
            host = host.partition(".")[2]
        return ()

    def find_mentions(self, text: str) -> tuple[Mention, ...]:
        """Return where a text names entries, in order; of names in each other, the longest."""
        return self._finder.find(text)

    def names_in(self, question: str) -> tuple[Mention, ...]:
        """Return where a question names entries; one typed without capitals may name all the same.

        A capital that begins the question does not count.
        """
        return self._finder.find(question, any(letter.isupper() for letter in question[1:]))

    def other_names(self, entry: Entry) -> tuple[str, ...]:
        """Return all names of an entry but its own, and but those by its number: "element 66"."""
        symbol = self.elements[entry.id].symbol if entry.id in self.elements else ""
        others = (name.text for name in entry.other_names if name.note != "number")
        return tuple(filter(None, (symbol, *others)))

    @cached_property
    def _by_name(self) -> Mapping[str, Entry]:
        return {_key(name.text): entry for entry in self.entries for name in entry.names}

    @cached_property
    def _by_domain(self) -> Mapping[str, Entry]:
        return {domain: entry for entry in self.entries for domain in entry.domains}


@cache
def load_lexicon(folder: Path = TABLES) -> Lexicon:
    """Return the lexicon, read once; raises CorpusError where its tables are wrong."""
    return Lexicon(read_tables(folder))


def find_entities(title: str, text: str) -> tuple[str, ...]:
    """Return the ids of the entries that a source is about, the one it is most about first.

    It is about what its title names and what it names at least twice; twelve at most.
    """
    lexicon = load_lexicon()
    weights = Counter(mention.entry.id for mention in lexicon.find_mentions(text))
    for entry_id, count in list(weights.items()):
        if count < _LEAST_MENTIONS:
            del weights[entry_id]
    for mention in lexicon.find_mentions(title):
        weights[mention.entry.id] += _TITLE_WEIGHT
    about = [i for i, _ in weights.most_common() if lexicon.entry(i).kind not in _NEVER_ABOUT]
    return tuple(about[:_MOST_ENTITIES])


def other_forms(text: str) -> dict[str, tuple[str, ...]]:
    """Return the other names of each thing that a question names, by the name that is written.

    Each is a phrase for a word search, once. A form that a search would find everywhere ("US", the
    symbol "La") is left out:

        other_forms("What did CNRE earn?") -> {"cnre": ("China Northern Rare Earth", "NRE", ...)}
    """
    lexicon = load_lexicon()
    mentions = lexicon.names_in(text)
    seen = {_key(text[mention.start : mention.end]) for mention in mentions}
    others: dict[str, tuple[str, ...]] = {}
    for mention in mentions:
        forms = []
        for form in (mention.entry.name, *lexicon.other_names(mention.entry)):
            if _key(form) not in seen and _is_searchable(form):
                seen.add(_key(form))
                forms.append(form)
        others.setdefault(_key(text[mention.start : mention.end]), tuple(forms))
    return others


def _is_searchable(form: str) -> bool:
    signs = len(re.sub(r"[\W_]", "", form))
    return signs >= _SHORTEST_FORM or form in PLAIN_SYMBOLS or bool(EAST_ASIAN.search(form))


def _key(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name.lower().replace("&", " and ")))
