"""Which facts of the ledger may fit a Query: the conditions of SQL that leave a few to compare."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from corpus.document import Source
from corpus.facts import Query
from corpus.language.measures import forms_of_measure, is_kind_of, names_of_nature
from corpus.language.phrases import EAST_ASIAN
from corpus.language.vocabulary import load_vocabulary
from index.facts.argument_matching import BESIDE, named_in
from index.facts.fact_context import forms_of, may_be_unsaid, stem
from index.facts.ledger import Ledger, LedgerFact
from index.facts.slot_matching import dimension_of_one
from index.storage.fact_rows import is_whole, name_key, singular_words

_FEW_SOURCES = 50


def select_candidates(
    ledger: Ledger, query: Query, sources: Mapping[str, Source], with_context: bool, most: int
) -> Iterator[LedgerFact]:
    """Yield up to `most` facts that name what is asked for, or that stand on a page that does.

    Only `with_context` may names and words stand on the page instead of in the fact.
    """
    conditions: list[str] = []
    values: list[object] = []
    measures = _measures(ledger, query)
    years = _years(query)
    for argument in query.wanted.arguments:
        if not (is_whole(argument.name) or argument.name.kind in BESIDE):
            key = name_key(argument.name)
            titled = [s.id for s in sources.values() if key in named_in(s.title)]
            named, held = _named(key, measures, years, titled)
            conditions.append(named)
            values += held
            if with_context:
                forms = forms_of(argument.name)
                conditions[-1] = f"({conditions[-1]} OR {_on_pages(len(forms))})"
                values += [f"%{form}%" for form in forms]
    kind = dimension_of_one(query.wanted.measure) if measures else ""
    # Names and words leave fewer facts than measures do.
    by_name = "+" if (conditions or query.rest) and not with_context else ""
    if measures:
        conditions.append(f"{by_name}measure IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(measures))
        if kind:
            conditions[-1] = f"({conditions[-1]} OR {by_name}measure = '' AND dimension = ?)"
            values.append(kind)
    if years:
        conditions.append("(last_year IS NULL OR (last_year >= ? AND first_year <= ?))")
        values += [years.start, years.stop - 1]
    for word in query.rest:
        if with_context and may_be_unsaid(word, query.text):
            continue
        condition, value = _of_word(word, () if kind else measures)
        conditions.append(condition)
        values.append(value)
        if with_context:
            titled = [s.id for s in sources.values() if word in s.title.casefold()]
            in_title = "source_id IN (SELECT value FROM json_each(?))"
            conditions[-1] = f"({condition} OR {in_title} OR {_on_pages(1)})"
            values += [json.dumps(titled), f"%{stem(word)}%"]
    if len(sources) <= _FEW_SOURCES:
        by_row = "+" if conditions else ""  # what else is asked leaves fewer rows than the sources
        conditions.append(f"{by_row}source_id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(sources)))
    conditions[-1:] = [f"{conditions[-1]} LIMIT {most}"] if conditions else []
    yield from ledger.select(conditions, values, sources)


def _measures(ledger: Ledger, query: Query) -> tuple[str, ...]:
    """Return the measures that what is asked for may be told as, none where it has none."""
    if not query.wanted.measure:
        return ()
    return (*_measures_about(query.wanted.measure), *own_measures(ledger, query))


def _years(query: Query) -> range:
    """Return the years in or beside which a fact must lie, none where any may be meant."""
    years = [year for period in query.periods for year in period.years]
    if not years or any(period.is_open for period in query.periods):
        return range(0)
    return range(min(years) - 1, max(years) + 2)


def _named(
    key: str, measures: Sequence[str], years: range, titled: Sequence[str]
) -> tuple[str, list[object]]:
    """Return the condition that a fact names something, or is of a source whose title does.

    What is asked for is looked at beside the names, which are given with measure and last year.
    """
    narrowed = "" if not measures else " AND measure IN (SELECT value FROM json_each(?))"
    told: list[object] = [json.dumps(["", *measures])] if measures else []
    if years:
        narrowed += " AND (last_year = 0 OR last_year >= ?)"
        told.append(years.start)
    ways = [f"SELECT fact FROM fact_names WHERE key = ?{narrowed}"]
    ways.append(f"SELECT fact FROM fact_names WHERE key BETWEEN ? AND ?{narrowed}")
    values = [key, *told, f"{key} ", f"{key}~", *told]
    if titled:
        ways.append("SELECT rowid FROM facts WHERE source_id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(titled))
    return f"facts.rowid IN ({' UNION ALL '.join(ways)})", values


def _on_pages(count: int) -> str:
    """Return the condition that a fact stands on a page that has one of some texts."""
    texts = " OR ".join(["text LIKE ?"] * count)
    return f"(source_id, page) IN (SELECT source_id, number FROM pages WHERE {texts})"


def own_measures(ledger: Ledger, query: Query) -> tuple[str, ...]:
    """Return the labels of facts' own measures that the words of a query make: "free cash flow"."""
    words = singular_words(query.text)
    rest = frozenset().union(*(singular_words(word) for word in query.rest))
    forms = (singular_words(form) for form in forms_of_measure(query.wanted.measure))
    covered = max((len(form) for form in forms if form <= words), default=1)
    labels = ledger.own_measures(words, rest)
    return tuple(m for m in labels if len(singular_words(m) & words) > covered)


def _of_word(word: str, measures: Sequence[str]) -> tuple[str, str]:
    """Return the condition that a fact has a word, beside the words of one of some measures."""
    if EAST_ASIAN.search(word):
        return "instr(words, ?) > 0", word
    measured = " OR ".join(f"({_all_words(measure)})" for measure in measures)
    told = _all_words(word)
    return (
        "facts.rowid IN (SELECT rowid FROM fact_words WHERE fact_words MATCH ?)",
        f"{told} AND ({measured})" if measured else told,
    )


def _all_words(phrase: str) -> str:
    return " AND ".join(f'"{word}"' for word in re.findall(r"[^\W_]+", phrase))


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
