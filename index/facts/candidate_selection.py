"""Which facts of the ledger may fit a Query: the conditions of SQL that leave a few to compare."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.document import Source
from corpus.facts import Argument, Query
from corpus.language.measures import forms_of_measure, is_kind_of, names_of_nature
from corpus.language.phrases import EAST_ASIAN
from corpus.language.vocabulary import load_vocabulary
from index.facts.argument_matching import BESIDE
from index.facts.fact_context import forms_of, may_be_unsaid, stem
from index.facts.ledger import Ledger, LedgerFact
from index.facts.slot_matching import dimension_of_one
from index.storage.database import IN_EAST_ASIAN
from index.storage.fact_rows import is_whole, name_key, singular_words

_FEW_SOURCES = 50
_FEW_FACTS = 5_000
_MOST_OF_ANY = 20_000  # facts that are looked through where nothing asked for narrows them
_GIVEN = "(SELECT value FROM json_each(?))"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Where:
    """Conditions of SQL, all of which must hold, and the values for their places in order."""

    conditions: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def add(self, condition: str, *values: object) -> None:
        self.conditions.append(condition)
        self.values.extend(values)

    @property
    def written(self) -> str:
        return " AND ".join(self.conditions) or "1"


@dataclass(frozen=True, slots=True)
class _Way:
    """What yields the rows of facts that have a thing, and what tells whether a fact has it.

    Without an index, as for words of a script without spaces, nothing yields them.
    """

    rows: str
    values: tuple[object, ...]
    holds: str
    held: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Thing:
    """A name or word that is asked about: how facts have it, and when a page, `near`, has it."""

    way: _Way
    on_page: str
    values: tuple[object, ...]


def select_candidates(
    ledger: Ledger, query: Query, sources: Mapping[str, Source], with_context: bool, most: int
) -> Iterator[LedgerFact]:
    """Yield up to `most` facts that name what is asked for, or that stand on a page that does.

    Of more, where names or words are asked for, those that were added last; they come in the order
    in which they were added. Where neither is, "mine production by country" of all that is mined,
    more of them are read. Only `with_context` may names and words stand on the page, or in the
    title of its source, instead of in the fact.
    """
    asked = _Asked(ledger, query, sources)
    where = asked.around(most) if with_context else asked.held()
    if not asked.has_things:
        most = max(most, _FEW_FACTS) if where.conditions else _MOST_OF_ANY
    last = " ORDER BY facts.rowid DESC" if asked.has_things else ""
    found = ledger.select([f"{where.written}{last} LIMIT {most}"], where.values, sources)
    yield from reversed(tuple(found)) if last else found


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with the sources that are looked through."""

    ledger: Ledger
    query: Query
    sources: Mapping[str, Source]

    @property
    def has_things(self) -> bool:
        """Whether names or words are asked for."""
        return bool(self.query.rest or any(self._arguments()))

    def held(self) -> _Where:
        """Return what facts hold that say themselves all that is asked for."""
        where = _Where()
        ways = [self._named(argument) for argument in self._arguments()]
        words = [word for word in self.query.rest if not EAST_ASIAN.search(word)]
        if words:
            ways.append(self._worded(words))
        self._add_ways(where, ways)
        # Names and words leave fewer facts than measures do.
        self._add_slots(where, "+" if where.conditions or self.query.rest else "")
        for word in self.query.rest:
            if word not in words:
                where.add("instr(words, ?) > 0", word)
        self._add_sources(where, "+" if where.conditions else "")
        return where

    def around(self, most: int) -> _Where:
        """Return what facts hold that say, or whose pages or titles say, all that is asked for.

        They are those of pages that say all, and those that say one thing themselves: a thing that
        many facts say stands on their pages, too.
        """
        things = list(self._things())
        if not things:
            return self.held()
        pages, slots, found = _Where(), _Where(), _Where()
        for one in things:
            pages.add(one.on_page, *one.values)
        self._add_slots(slots, "")
        self._add_sources(slots, "+")
        found.add(
            "SELECT * FROM (SELECT facts.rowid FROM pages AS near CROSS JOIN facts"
            " ON facts.source_id = near.source_id AND page = number"
            f" WHERE {pages.written} AND {slots.written} ORDER BY near.rowid DESC LIMIT {most})",
            *pages.values,
            *slots.values,
        )
        for one in things:
            if one.way.rows and self._count(one.way) <= _FEW_FACTS:
                said = self._said_beside(one, things)
                written = f"SELECT rowid FROM facts WHERE {said.written} AND {slots.written}"
                found.add(written, *said.values, *slots.values)
        where = _Where()
        where.add(f"facts.rowid IN ({' UNION ALL '.join(found.conditions)})", *found.values)
        return where

    def _things(self) -> Iterator[_Thing]:
        """Yield the names and words that a fact, or its page or title, must have."""
        for argument in self._arguments():
            page = _on_page(forms_of(argument.name), self._titled(argument))
            yield _Thing(self._named(argument), *page)
        for word in self.query.rest:
            if may_be_unsaid(word, self.query.text):
                continue
            titled = [s.id for s in self.sources.values() if word in s.title.casefold()]
            way = _with_sign(word) if EAST_ASIAN.search(word) else self._worded([word])
            yield _Thing(way, *_on_page([stem(word)], titled))

    def _said_beside(self, one: _Thing, things: Sequence[_Thing]) -> _Where:
        """Return what facts hold that say one thing, and that or whose page says all others."""
        said = _Where()
        said.add(f"rowid IN ({one.way.rows})", *one.way.values)
        for other in things:
            if other is not one:
                pages = f"SELECT source_id, number FROM pages AS near WHERE {other.on_page}"
                said.add(
                    f"((facts.source_id, page) IN ({pages}) OR {other.way.holds})",
                    *other.values,
                    *other.way.held,
                )
        return said

    def _named(self, argument: Argument) -> _Way:
        key, titled = name_key(argument.name), self._titled(argument)
        return _named(key, self._measures(), self._years(), titled)

    def _worded(self, words: Sequence[str]) -> _Way:
        return _worded(words, () if self._kind() else self._measures())

    def _add_ways(self, where: _Where, ways: Sequence[_Way]) -> None:
        """Have a fact be had by all ways: from the one with the fewest on, others are looked at.

        What few facts have is read whole: that is faster than to look at each.
        """
        counts = [self._count(one) for one in ways] if len(ways) > 1 else [0] * len(ways)
        for number in sorted(range(len(ways)), key=counts.__getitem__):
            one = ways[number]
            if counts[number] > _FEW_FACTS >= min(counts):
                where.add(one.holds, *one.held)
            else:
                where.add(f"facts.rowid IN ({one.rows})", *one.values)

    def _add_sources(self, where: _Where, by_row: str) -> None:
        """Have a fact be of the sources that are looked through, where they are few."""
        if len(self.sources) <= _FEW_SOURCES:
            where.add(f"{by_row}facts.source_id IN {_GIVEN}", json.dumps(list(self.sources)))

    def _count(self, way: _Way) -> int:
        """Return how many facts a way yields, of many only that they are."""
        counted = f"SELECT count(*) FROM (SELECT 1 FROM ({way.rows}) LIMIT {_FEW_FACTS + 1})"
        [(count,)] = self.ledger.catalog.database.rows(counted, *way.values)
        return int(count)

    def _add_slots(self, where: _Where, by_name: str) -> None:
        """Have a fact be of the measure and of the years that are asked for."""
        measures, years = self._measures(), self._years()
        if measures and (kind := self._kind()):
            bare = f"{by_name}measure = '' AND dimension = ?"
            where.add(f"({by_name}measure IN {_GIVEN} OR {bare})", json.dumps(measures), kind)
        elif measures:
            where.add(f"{by_name}measure IN {_GIVEN}", json.dumps(measures))
        if years:
            where.add(
                "(last_year IS NULL OR (last_year >= ? AND first_year <= ?))",
                years.start,
                years.stop - 1,
            )

    def _arguments(self) -> Iterator[Argument]:
        """Yield the names that a fact, or what stands around it, must have."""
        for argument in self.query.wanted.arguments:
            if not (is_whole(argument.name) or argument.name.kind in BESIDE):
                yield argument

    def _titled(self, argument: Argument) -> list[str]:
        """Return the sources whose titles have a name."""
        named = self.ledger.named_in_titles().get(name_key(argument.name), ())
        return [id for id in named if id in self.sources]

    def _measures(self) -> tuple[str, ...]:
        """Return the measures that what is asked for may be told as, none where it has none."""
        if not self.query.wanted.measure:
            return ()
        own = own_measures(self.ledger, self.query)
        return (*_measures_about(self.query.wanted.measure), *own)

    def _kind(self) -> str:
        return dimension_of_one(self.query.wanted.measure) if self.query.wanted.measure else ""

    def _years(self) -> range:
        """Return the years in or beside which a fact must lie, none where any may be meant."""
        years = [year for period in self.query.periods for year in period.years]
        if not years or any(period.is_open for period in self.query.periods):
            return range(0)
        return range(min(years) - 1, max(years) + 2)


def _named(key: str, measures: Sequence[str], years: range, titled: Sequence[str]) -> _Way:
    """Return the way to facts that name something, or are of a source whose title does.

    What is asked for is looked at beside the names, which are given with measure and last year.
    """
    narrowed = f" AND measure IN {_GIVEN}" if measures else ""
    told: list[object] = [json.dumps(["", *measures])] if measures else []
    if years:
        narrowed += " AND (last_year = 0 OR last_year >= ?)"
        told.append(years.start)
    ways = [f"SELECT fact FROM fact_names WHERE key = ?{narrowed}"]
    ways.append(f"SELECT fact FROM fact_names WHERE key BETWEEN ? AND ?{narrowed}")
    keys = (key, f"{key} ", f"{key}~")
    holds = (
        "EXISTS (SELECT 1 FROM fact_names AS named WHERE named.fact = facts.rowid"
        " AND (+named.key = ? OR +named.key BETWEEN ? AND ?))"
    )
    values = (keys[0], *told, *keys[1:], *told)
    if not titled:
        return _Way(" UNION ALL ".join(ways), values, holds, keys)
    ways.append(f"SELECT rowid FROM facts WHERE source_id IN {_GIVEN}")
    held = (*keys, json.dumps(titled))
    holds = f"({holds} OR facts.source_id IN {_GIVEN})"
    return _Way(" UNION ALL ".join(ways), (*values, held[-1]), holds, held)


def _worded(words: Sequence[str], measures: Sequence[str]) -> _Way:
    """Return the way to facts that have all words, beside those of one of some measures."""
    told = " AND ".join(filter(None, map(_all_words, words)))
    measured = " OR ".join(f"({_all_words(measure)})" for measure in measures)
    sought = f"{told} AND ({measured})" if measured else told
    rows = "SELECT rowid FROM fact_words WHERE fact_words MATCH ?"
    return _Way(rows, (sought,), f"EXISTS ({rows} AND rowid = facts.rowid)", (sought,))


def _with_sign(word: str) -> _Way:
    """Return what tells whether a fact has a word of a script without spaces."""
    return _Way("", (), "instr(words, ?) > 0", (word,))


def _on_page(forms: Sequence[str], titled: Sequence[str]) -> tuple[str, tuple[object, ...]]:
    """Return the condition that a page has one of some forms, or is of one of these sources.

    A form may go on in the page's words: "licen" for "licences".
    """
    ways: list[str] = []
    values: list[object] = []
    written = [form for form in forms if not EAST_ASIAN.search(form) and _WORD.search(form)]
    if written:
        ways.append("near.rowid IN (SELECT rowid FROM page_words WHERE page_words MATCH ?)")
        values.append(" OR ".join(f"({_begun(form)})" for form in written))
    signs = [form for form in forms if form not in written]
    if signs:
        found = " OR ".join(["instr(text, ?)"] * len(signs))
        ways.append(f"near.rowid IN (SELECT rowid FROM pages WHERE {IN_EAST_ASIAN} AND ({found}))")
        values += signs
    if titled:
        ways.append(f"near.source_id IN {_GIVEN}")
        values.append(json.dumps(list(titled)))
    return f"({' OR '.join(ways) or '0'})", tuple(values)


def _begun(form: str) -> str:
    """Return what finds the words of a form, of which the last may go on."""
    *words, last = _WORD.findall(form)
    return " AND ".join((*(f'"{word}"' for word in words), f'"{last}"*'))


def own_measures(ledger: Ledger, query: Query) -> tuple[str, ...]:
    """Return the labels of facts' own measures that the words of a query make: "free cash flow"."""
    words = singular_words(query.text)
    rest = frozenset().union(*(singular_words(word) for word in query.rest))
    forms = (singular_words(form) for form in forms_of_measure(query.wanted.measure))
    covered = max((len(form) for form in forms if form <= words), default=1)
    labels = ledger.own_measures(words, rest)
    return tuple(m for m in labels if len(singular_words(m) & words) > covered)


def _all_words(phrase: str) -> str:
    return " AND ".join(f'"{word}"' for word in _WORD.findall(phrase))


@lru_cache(maxsize=500)
def _measures_about(measure: str) -> list[str]:
    """Return a measure, all its kinds and what it is a kind of."""
    names = [row["name"] for row in load_vocabulary().rows("measures")]
    about = [n for n in names if is_kind_of(n, measure) or is_kind_of(measure, n)]
    if measure in names_of_nature("by weight or money"):
        about += names_of_nature("by weight or money")
    if measure in names_of_nature("part of imports"):  # in percent
        about += names_of_nature("inward")
    return list(dict.fromkeys((measure, *about)))
