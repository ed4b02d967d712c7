"""The tables of the sources that a request may be filled from: found by search, completed whole."""

from collections.abc import Callable, Iterable

from assistant.tabulating.observation import RowTable
from assistant.tabulating.request import TableRequest
from assistant.tabulating.subjects import name_of
from corpus.document import Source
from index.passage import Evidence, Filters
from index.store import PassageStore
from index.wording import fold

_TableKey = tuple[str, str, str]  # of what source, under which section and caption
Search = Callable[[str, int], tuple[Evidence, ...]]

_SEARCHED = 120  # passages, for the request as a whole
_SEARCHED_EACH = 40  # for each name or edition in it
_EACH = 6  # names or editions are searched for
_TABLES = 60  # are completed
_SMALL_SOURCE = 1_000  # rows, of which all tables are looked at
_LARGEST_SOURCE = 20_000  # passages, of which all are read to complete a table


def find_evidence(request: TableRequest, search: Search) -> tuple[Evidence, ...]:
    """Return the evidence for a request and for each name and edition in it, each passage once."""
    found = {one.passage.id: one for one in search(request.text, _SEARCHED)}
    for words in _further_searches(request):
        for one in search(words, _SEARCHED_EACH):
            found.setdefault(one.passage.id, one)
    return tuple(found.values())


def _further_searches(request: TableRequest) -> list[str]:
    measure = request.measure_words
    names = [name_of(one) for one in (*request.actors, *request.goods)]
    searches = [f"{words} {measure}" for words in [*names, *map(str, request.editions)][:_EACH]]
    if not request.goods:
        # A library may hold other minerals, of which the rows read alike.
        searches.append(f"rare earths {measure} table")
    if request.rows == "country":
        searches.append(f"rare earths world {measure} by country")
    return searches


def complete_tables(evidence: Iterable[Evidence], store: PassageStore) -> tuple[RowTable, ...]:
    """Return the tables that rows were found of, with all their rows, best found first.

    The other tables of their sources come after them, then those of the same caption in other
    editions of a source.
    """
    found: dict[_TableKey, list[Evidence]] = {}
    for one in evidence:
        if one.passage.kind == "row":
            found.setdefault(_table_of(one), []).append(one)
    kept = dict(list(found.items())[:_TABLES])
    sources = {key[0]: group[0].source for key, group in kept.items()}
    tables: dict[_TableKey, RowTable] = {}
    whole = {source_id: _rows(sources[source_id], store) for source_id in sources}
    for rank, (key, group) in enumerate(kept.items()):
        rows = whole[key[0]].get(key) or tuple(group)
        tables[key] = RowTable(group[0].source, key[1], key[2], rows, rank)
    for source_id, others in whole.items():
        # Words may find the rows of one table and mean another of the same source.
        if sum(map(len, others.values())) <= _SMALL_SOURCE:
            for key, rows in others.items():
                if key not in tables:
                    source = sources[source_id]
                    tables[key] = RowTable(source, key[1], key[2], rows, len(tables))
    captions = {(sources[key[0]].series, fold(key[2])) for key in tables if sources[key[0]].series}
    for source in store.catalog.searchable(Filters()).values():
        if source.id not in sources and any(source.series == series for series, _ in captions):
            for key, rows in _rows(source, store).items():
                if (source.series, fold(key[2])) in captions:
                    tables[key] = RowTable(source, key[1], key[2], rows, len(tables))
    return tuple(tables.values())


def _rows(source: Source, store: PassageStore) -> dict[_TableKey, tuple[Evidence, ...]]:
    """Return the rows of a source by their tables, in their order; none of a very large one."""
    ids = store.catalog.vector_ids(source.id)
    if len(ids) > _LARGEST_SOURCE:
        return {}
    passages = store.catalog.passages(sorted(ids)).values()
    tables: dict[_TableKey, list[Evidence]] = {}
    for passage in sorted(passages, key=lambda one: (one.page, one.start)):
        if passage.kind == "row":
            one = Evidence(passage, source, 0.0, 0.0)
            tables.setdefault(_table_of(one), []).append(one)
    return {key: tuple(rows) for key, rows in tables.items()}


def _table_of(one: Evidence) -> _TableKey:
    context = one.passage.context
    return one.passage.source_id, context.section, context.caption
