"""The ledger: all facts of a home, each with its place, editions linked, copies left out.

Facts stand in the catalog beside the pages they are cut from. What supersedes what is worked out
as facts are read, so that it always is what the sources say now.
"""

import json
import re
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from cachetools import LRUCache

from corpus.dating import is_newer
from corpus.document import Source
from corpus.facts import Absent, Day, Fact, Names, Query
from corpus.facts.payments import as_paid
from corpus.facts.records import load_fact
from corpus.language.measures import find_measures
from corpus.language.named_editions import find_editions
from corpus.language.names import BODIES, PLACES, Name, find_names
from corpus.language.periods import first_months
from corpus.language.quantities import Quantity, same_quantity
from corpus.language.units import is_convertible
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import fold
from corpus.lexicon import load_lexicon
from index.passage import Filters
from index.query import OwnName, parse_query
from index.storage.catalog import Catalog
from index.storage.fact_rows import name_key, singular_words

_REMEMBERED_FACTS = 4_000
_REMEMBERED_QUERIES = 1_000
_REMEMBERED_TITLES = 100_000
_ROW = "facts.rowid, facts.source_id, facts.same, facts.words, facts.record"
_WITHIN = """facts.rowid IN (
    SELECT inside.rowid FROM json_each(?) AS place CROSS JOIN facts AS inside
    WHERE inside.source_id = json_extract(place.value, '$[0]')
        AND inside.page = json_extract(place.value, '$[1]')
        AND json_extract(inside.record, '$.place[3]') >= json_extract(place.value, '$[2]')
        AND json_extract(inside.record, '$.place[3]') < json_extract(place.value, '$[3]')
)"""
_TOLD_AGAIN = """EXISTS (SELECT 1 FROM facts AS other
    WHERE other.same = facts.same AND other.rowid <> facts.rowid)"""
_MEASURES = """WITH RECURSIVE held (measure) AS (
    SELECT min(measure) FROM facts
    UNION ALL SELECT (SELECT min(measure) FROM facts WHERE measure > held.measure)
        FROM held WHERE held.measure IS NOT NULL
) SELECT measure FROM held WHERE measure IS NOT NULL"""  # by as many look-ups as there are measures
_TICKER = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,5}(?![A-Za-z0-9])")
_EDITION = re.compile(r"(\D+?)\s*((?:19|20)\d\d)(?:\s+v?(\d+(?:\.\d+)*))?$")
_WORD = re.compile(r"[^\W\d_]+")
_REMEMBERED = 200  # sources of which all words are
_WORDS = re.compile(r"[^\W_]+")
_INITIALS = range(3, 7)  # letters
_FEW_DAYS = timedelta(days=10)  # by which 52 weeks end after the year that they are called by

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class LedgerFact:
    """A fact with the source that says it, and the words that carry it, cut from its page.

    `newer` is the fact of a newer edition that gives another value for the same thing.
    """

    row: int
    fact: Fact
    source: Source
    same: str
    words: str
    page_label: str = ""
    quote: str = ""
    newer: "LedgerFact | None" = None

    @property
    def is_superseded(self) -> bool:
        """Whether a newer edition says otherwise."""
        return self.newer is not None


@lru_cache(maxsize=_REMEMBERED_TITLES)
def named_in(title: str) -> frozenset[str]:
    """Return the bodies and places that the title of a source names: whom it is about."""
    return frozenset(name_key(m.name) for m in find_names(title) if m.name.kind in PLACES | BODIES)


@lru_cache(maxsize=_REMEMBERED_TITLES)
def classes_in(title: str) -> frozenset[str]:
    """Return the class of materials that is all that a title names: "Rare Earths (Heavy)"."""
    named = [mention.name for mention in find_names(title) if mention.name.is_material]
    keys = frozenset(map(name_key, named))
    return keys if {name.kind for name in named} == {"product"} and len(keys) == 1 else frozenset()


class Ledger:
    """The facts of a home, for any number of threads to read."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._lock = threading.Lock()
        self._own: tuple[int, tuple[OwnName, ...]] = (-1, ())
        self._parsed: MutableMapping[str, Query] = LRUCache(_REMEMBERED_QUERIES)
        self._titles: tuple[int, dict[str, list[str]]] = (-1, {})
        self._labels: tuple[int, tuple[tuple[frozenset[str], str], ...]] = (-1, ())
        self._quarters: tuple[int, dict[str, Mapping[str, str]]] = (-1, {})
        self._said: tuple[int, dict[str, str]] = (-1, {})

    def sources(self, filters: Filters = Filters()) -> dict[str, Source]:
        """Return the sources whose facts are shown by their ids: of copies only the best one."""
        generation = self.catalog.generation()
        with self._lock:
            if self._quarters[0] != generation:
                self._quarters = (generation, {})
        return self.catalog.searchable(filters)

    def count(self) -> int:
        """Return how many facts there are."""
        return int(self.catalog.database.rows("SELECT count(*) FROM facts")[0][0])

    def own_names(self) -> tuple[OwnName, ...]:
        """Return the names that the sources add: their publishers, and tickers in file names.

        The segments of companies are known by their names in several words and by the initials of
        these: "Car Fuel Parts", "CFP".
        """
        generation = self.catalog.generation()
        with self._lock:
            if self._own[0] == generation:
                return self._own[1]
        segments = self._segments()
        found = (*_own_names(self.sources().values()), *_titled(segments), *_initials(segments))
        with self._lock:
            self._own = (generation, found)
            self._parsed.clear()
        return found

    def parse(self, words: str) -> Query:
        """Return what words ask for, in the names that the home knows."""
        own_names = self.own_names()
        with self._lock:
            known = self._parsed.get(words)
        if known is None:
            known = parse_query(words, own_names)
            with self._lock:
                if self._own[1] is own_names:
                    self._parsed[words] = known
        return known

    def named_in_titles(self) -> Mapping[str, Sequence[str]]:
        """Return the ids of the sources whose titles name a body, a place or a class, by key."""
        generation = self.catalog.generation()
        with self._lock:
            if self._titles[0] == generation:
                return self._titles[1]
        titled: dict[str, list[str]] = defaultdict(list)
        for id, source in self.sources().items():
            for key in named_in(source.title) | classes_in(source.title):
                titled[key].append(id)
        with self._lock:
            self._titles = (generation, titled)
        return titled

    def _segments(self) -> tuple[str, ...]:
        """Return the names of all segments that facts are of."""
        rows = self.catalog.database.rows(
            "SELECT DISTINCT json_extract(named.value, '$[1]')"
            " FROM facts, json_each(facts.record, '$.arguments') AS named"
            " WHERE instr(facts.record, '[\"segment\",')"  # as the index of these facts has it
            " AND json_extract(named.value, '$[0]') = 'segment'"
        )
        return tuple(name for (name,) in rows)

    def own_measures(self, words: frozenset[str], rest: frozenset[str]) -> tuple[str, ...]:
        """Return the labels that measure something of their own and are made of these words.

        "retained earnings" is such a label; a word of `rest`, if there is any, must be in it.
        """
        generation = self.catalog.generation()
        with self._lock:
            held = self._labels
        if held[0] != generation:
            known = {row["name"] for row in load_vocabulary().rows("measures")}
            rows = self.catalog.database.rows(_MEASURES)
            general = load_vocabulary().word_class("heads of statements")
            labels = tuple(
                (singular_words(m) - general, m) for (m,) in rows if m and m not in known
            )
            held = (generation, labels)
            with self._lock:
                self._labels = held
        return tuple(
            m
            for made_of, m in held[1]
            if made_of and made_of <= words and (not rest or rest & made_of)
        )

    def select(
        self, conditions: Sequence[str], values: Sequence[object], sources: Mapping[str, Source]
    ) -> Iterator[LedgerFact]:
        """Yield the facts of some sources for which all conditions of SQL hold."""
        where = " AND ".join(conditions) or "1"
        rows = self.catalog.database.rows(f"SELECT {_ROW} FROM facts WHERE {where}", *values)
        for row, source_id, same, words, record in rows:
            if source := sources.get(source_id):
                yield LedgerFact(row, _fact_of(record), source, same, words)

    def within(
        self, places: Sequence[tuple[str, int, int, int]], sources: Mapping[str, Source]
    ) -> Iterator[LedgerFact]:
        """Yield the facts whose values stand in places: source, page, start and end."""
        yield from self.select([_WITHIN], [json.dumps(places)], sources)

    def of_source(self, source_id: str) -> tuple[LedgerFact, ...]:
        """Return all facts of a source in their order. Raises UnknownSourceError."""
        sources = {source_id: self.catalog.source(source_id).source}
        found = self.select(["source_id = ?"], [source_id], sources)
        return self.placed(sorted(found, key=lambda one: one.row))

    def placed(self, facts: Iterable[LedgerFact]) -> tuple[LedgerFact, ...]:
        """Return facts with the labels of their pages, their quotes and what supersedes them."""
        facts = tuple(facts)
        wanted = {(one.source.id, one.fact.place.page) for one in facts}
        pages: dict[tuple[str, int], tuple[str, str]] = {}
        for source_id, number in wanted:
            row = self.catalog.database.row(
                "SELECT label, text FROM pages WHERE source_id = ? AND number = ?",
                source_id,
                number,
            )
            pages[source_id, number] = (row[0], row[1]) if row else ("", "")
        newer = self._newer(facts)
        placed = []
        for one in facts:
            place = one.fact.place
            label, text = pages[one.source.id, place.page]
            quote = text[place.start : place.end]
            placed.append(_with(one, label, quote, newer.get(one.row)))
        return tuple(placed)

    def superseded(
        self, places: Sequence[tuple[str, int, int, int]], sources: Mapping[str, Source]
    ) -> tuple[LedgerFact, ...]:
        """Return the facts within places that newer ones supersede, each with the newest."""
        facts = tuple(self.select([_WITHIN, _TOLD_AGAIN], [json.dumps(places)], sources))
        newer = self._newer(facts)
        return tuple(replace(one, newer=newer[one.row]) for one in facts if one.row in newer)

    def page_text(self, source_id: str, number: int) -> str:
        """Return the text of a page, "" where there is none."""
        row = self.catalog.database.row(
            "SELECT text FROM pages WHERE source_id = ? AND number = ?", source_id, number
        )
        return str(row[0]) if row else ""

    def source_has(self, source_id: str, letters: str) -> bool:
        """Tell whether a word of a source begins with these letters."""
        generation = self.catalog.generation()
        with self._lock:
            if self._said[0] != generation:
                self._said = (generation, {})
            words = self._said[1].get(source_id)
        if words is None:
            query = "SELECT text FROM pages WHERE source_id = ?"
            texts = (text for (text,) in self.catalog.database.rows(query, source_id))
            words = " " + " ".join(_WORDS.findall(fold(" ".join(texts))))
            with self._lock:
                held = self._said[1]
                while len(held) >= _REMEMBERED:
                    held.pop(next(iter(held)))
                if self._said[0] == generation:
                    held[source_id] = words
        return f" {letters}" in words

    def rivals(self, one: LedgerFact) -> tuple[LedgerFact, ...]:
        """Return all that sources and editions say of the same thing, but where one says two."""
        voices: dict[tuple[str, str], list[LedgerFact]] = defaultdict(list)
        for rival in self.select(["same = ?"], [one.same], self.sources()):
            voices[rival.source.id, _stated_edition(rival)].append(rival)
        found = [
            said[0]
            for said in voices.values()
            if all(same_value(rival.fact, said[0].fact) for rival in said)
        ]
        return self.placed(rival for rival in found if rival.row != one.row)

    def _newer(self, facts: Sequence[LedgerFact]) -> dict[int, LedgerFact]:
        """Return by row the newest fact that supersedes each of these."""
        sources = self.sources()
        rivals = defaultdict(list)
        keys = json.dumps(sorted({one.same for one in facts}))
        for rival in self.select(["same IN (SELECT value FROM json_each(?))"], [keys], sources):
            rivals[rival.same].append(rival)
        found: dict[int, LedgerFact] = {}
        voices = {same: _voices(group) for same, group in rivals.items()}
        for one in facts:
            for rival in voices.get(one.same, ()):
                if _supersedes(rival, one):
                    held = found.get(one.row)
                    if held is None or is_newer_edition(rival, held):
                        found[one.row] = rival
        return found

    def files(self, publisher: str) -> bool:
        """Tell whether all sources of a publisher are reports that a company files."""
        theirs = [one for one in self.sources().values() if one.publisher == publisher]
        return bool(theirs) and all(map(_is_filing, theirs))

    def quarter_of(self, one: LedgerFact) -> str:
        """Return the quarter or year by which a company counts the period of a fact, or "".

        A quarterly report gives the months of its year to date beside those of the quarter: nine
        months to 1 July are three quarters, and the year ends with September. "2023-Q3", "2023".
        What its words call "the third quarter of 2023" is the one that it counts so.
        """
        period = one.fact.period
        if period is None or not _is_filing(one.source):
            return ""
        with self._lock:
            known = self._quarters[1].get(one.source.id)
        if known is None:
            query = "SELECT DISTINCT period FROM facts WHERE source_id = ? AND period LIKE 'P%'"
            periods = [row[0] for row in self.catalog.database.rows(query, one.source.id)]
            if "10-Q" in one.source.series:  # twelve months to a quarter's end are no year
                periods = [period for period in periods if not period.startswith("P12M")]
            known = _fiscal_names(periods)
            with self._lock:
                self._quarters[1][one.source.id] = known
        return known.get(period.text, period.text if period.text in known.values() else "")


def _voices(group: Sequence[LedgerFact]) -> list[LedgerFact]:
    """Return a fact a source: its newest edition's, none where it gives two values of one."""
    by_source: dict[str, list[LedgerFact]] = defaultdict(list)
    for one in group:
        by_source[one.source.id].append(one)
    voices = []
    for facts in by_source.values():
        newest = [one for one in facts if not any(_supersedes(o, one) for o in facts)]
        if newest and all(same_value(one.fact, newest[0].fact) for one in newest):
            voices.append(newest[0])
    return voices


def _supersedes(one: LedgerFact, other: LedgerFact) -> bool:
    """Tell whether a fact gives what a newer edition says in place of another."""
    if isinstance(one.fact.value, Absent) or one.same != other.same:
        return False
    rows = one.fact.table.row, other.fact.table.row
    if one.source.rank == "filing" and not (rows[0] and rows[0] == rows[1]):
        return False  # a company says many things in the words of one
    units = [f.value.unit for f in (one.fact, other.fact) if isinstance(f.value, Quantity)]
    if len(set(units)) > 1 and not is_convertible(units[0], units[1]):
        return False  # a number whose unit was not found takes the place of no tonnage
    return is_newer_edition(one, other) and not same_value(one.fact, other.fact)


def is_newer_edition(one: LedgerFact, other: LedgerFact) -> bool:
    """Tell whether a fact is of a newer edition, also where another source tells of editions."""
    named = _edition(one), _edition(other)
    if named[0] and named[1] and named[0][1] == named[1][1]:
        ranks = [(int(m[2]), _figures(m[3] or "")) for m in named if m]
        if ranks[0] != ranks[1]:
            # Of an edition whose version is not said, none is older than one that is.
            unsaid = ranks[0][0] == ranks[1][0] and not (ranks[0][1] and ranks[1][1])
            return not unsaid and ranks[0] > ranks[1]
    titles = [_YEAR.sub("", s.title) for s in (one.source, other.source)]
    if one.source.publisher == other.source.publisher and titles[0] == titles[1]:
        years = [_YEAR.findall(s.title) for s in (one.source, other.source)]
        return years[0] > years[1]
    return is_newer(one.source, other.source)


def _stated_edition(one: LedgerFact) -> str:
    edition = _edition(one)
    return edition[0] if edition else ""


def _edition(one: LedgerFact) -> re.Match[str] | None:
    """Return the edition that a fact quotes, or of its source, maybe told by its file alone."""
    if named := find_editions(one.fact.attributed_to):
        return _EDITION.fullmatch(named[0].name)
    stated = one.fact.edition or one.source.edition
    named = () if stated else find_editions(one.source.path)
    return _EDITION.fullmatch(named[0].name if len(named) == 1 else stated)


def _figures(version: str) -> tuple[int, ...]:
    return tuple(int(figure) for figure in re.findall(r"\d+", version))


def same_value(one: Fact, other: Fact) -> bool:
    """Tell whether two facts have one value, rounded within its precision."""
    first, second = one.value, other.value
    if isinstance(first, Quantity) and isinstance(second, Quantity):
        if first.unit != second.unit and not is_convertible(first.unit, second.unit):
            return False
        return same_quantity(first, second)
    if isinstance(first, Day) and isinstance(second, Day):
        return first.date == second.date
    if isinstance(first, Names) and isinstance(second, Names):
        return {n.key for n in first.names} == {n.key for n in second.names}
    return (
        isinstance(first, Absent) and isinstance(second, Absent) and first.reason == second.reason
    )


def _with(one: LedgerFact, label: str, quote: str, newer: LedgerFact | None) -> LedgerFact:
    return LedgerFact(one.row, one.fact, one.source, one.same, one.words, label, quote, newer)


def _is_filing(source: Source) -> bool:
    return source.rank == "filing" or "10-" in source.series


def _own_names(sources: Collection[Source]) -> Iterator[OwnName]:
    """Yield what a home calls its publishers: in full, without their legal form, by ticker.

    A ticker is the word in capitals that the names of all files of one publisher share, and no
    other's.
    """
    publishers = {s.publisher for s in sources if s.publisher}
    for publisher in sorted(publishers):
        name = Name(publisher)
        yield OwnName(publisher, name)
        bare = name_key(name)
        if bare and bare not in load_lexicon():  # whose own ids are no names
            yield OwnName(bare, name)
            first = bare.split()[0]
            if len(first) > 3 and sum(p.casefold().startswith(first) for p in publishers) == 1:
                files = [s for s in sources if s.publisher == publisher]
                if all(map(_is_filing, files)):
                    yield OwnName(first, name)
    tickers: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        if _is_filing(source):
            for ticker in _TICKER.findall(source.path.rpartition("/")[2].rpartition(".")[0]):
                tickers[ticker].add(source.publisher)
    for ticker, held in tickers.items():
        if len(held) == 1 and (publisher := next(iter(held))):
            yield OwnName(ticker, Name(publisher))


def _titled(names: Iterable[str]) -> Iterator[OwnName]:
    """Yield names of several words that are written as names are: "Data Center and AI"."""
    small = {*load_vocabulary().word_class("title"), "&"}
    for name in names:
        words = name.split()
        capitals = [word for word in words if word[0].isupper()]
        is_name = len(capitals) > 1 and all(word in small for word in {*words} - {*capitals})
        if is_name and not (find_measures(name) or fold(name) in _no_names()):
            yield OwnName(name, Name(name, kind="segment"))


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    """Return what heads columns and rows as names are written: "First Quarter", "All Other"."""
    vocabulary = load_vocabulary()
    parts = (form for form, _ in vocabulary.forms("periods", "words"))
    return frozenset(map(fold, (*parts, *vocabulary.words("markers", "remainder"))))


def _initials(names: Iterable[str]) -> Iterator[OwnName]:
    """Yield the initials of names, where one name alone has them; words in capitals stay whole."""
    held: dict[str, set[str]] = defaultdict(set)
    for name in names:
        words = [word for word in _WORD.findall(name) if word[0].isupper()]
        short = "".join(word if word.isupper() else word[0] for word in words)
        if len(words) > 1 and len(short) in _INITIALS:
            held[short].add(name)
    for short, those in held.items():
        if len({name_key(Name(name)) for name in those}) == 1:
            yield OwnName(short, Name(min(those), kind="segment"), in_capitals=True)


def _fiscal_names(periods: Iterable[str]) -> dict[str, str]:
    """Return how a report that gives these periods of months counts each, and the days they end."""
    months: dict[str, set[int]] = defaultdict(set)
    for text in periods:
        if parts := re.fullmatch(r"P(\d+)M/(\d{4}-\d\d-\d\d)", text):
            months[parts[2]].add(int(parts[1]))
    longest = max((count for held in months.values() for count in held), default=0)
    found: dict[str, str] = {}
    for end, held in months.items():
        count = max(held)
        if longest > 3 and count == 3:
            continue  # a quarter beside the others, of which nothing says which it is
        day = date.fromisoformat(end)
        year_end = _months_later(day, 12 - count)
        year = year_end.year - (year_end.month == 1 and year_end.day <= _FEW_DAYS.days)
        if count == 12:
            found[f"P12M/{end}"] = found[end] = str(year)
        elif count % 3 == 0:
            found[f"P3M/{end}"] = found[end] = f"{year}-Q{count // 3}"
            if count > 3:
                found[f"P{count}M/{end}"] = first_months(str(year), count)
    return found


def _months_later(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    return date(month // 12, month % 12 + 1, min(day.day, 28))


@lru_cache(maxsize=_REMEMBERED_FACTS)
def _fact_of(record: str) -> Fact:
    return as_paid(load_fact(json.loads(record)))
