"""The tables of the sources that a request may be filled from: found by search, completed whole."""

from collections.abc import Callable, Iterable

from assistant.tabulating.observation import RowTable
from assistant.tabulating.request import TableRequest
from assistant.tabulating.subjects import name_of
from corpus.document import Source
from corpus.language.words import fold
from index.passage import Evidence, Filters
from index.store import PassageStore

_TableKey = tuple[str, str, str]  # of what source, under which section and caption
Search = Callable[[str, int], tuple[Evidence, ...]]

_SEARCHED = 120  # passages, for the request as a whole
_SEARCHED_EACH = 40  # for each name or edition in it
_EACH = 6  # names or editions are searched for
_TABLES = 60  # are completed
_SMALL_SOURCE = 1_000  # rows, of which all tables are looked at
_READ_PASSAGES = 40_000  # to complete tables; a second and a half


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


def complete_tables(
    evidence: Iterable[Evidence], store: PassageStore, filters: Filters
) -> tuple[RowTable, ...]:
    """Return the tables that rows were found of, with all their rows, best found first.

    The other tables of their sources come after them, then those of the same caption in other
    editions of a source that filters admit. In a very large source only the rows that were found
    are looked at.
    """
    found: dict[_TableKey, list[Evidence]] = {}
    for one in evidence:
        if one.passage.kind == "row":
            found.setdefault(_table_of(one), []).append(one)
    kept = dict(list(found.items())[:_TABLES])
    sources = {key[0]: group[0].source for key, group in kept.items()}
    reader = _RowReader(store)
    whole = {source_id: reader.tables(source) for source_id, source in sources.items()}
    tables: dict[_TableKey, RowTable] = {}

    def add(key: _TableKey, source: Source, rows: tuple[Evidence, ...]) -> None:
        tables.setdefault(key, RowTable(source, key[1], key[2], rows, len(tables)))

    for key, group in kept.items():
        add(key, sources[key[0]], whole[key[0]].get(key) or tuple(group))
    for source_id, others in whole.items():
        # Words may find the rows of one table and mean another of the same source.
        if sum(map(len, others.values())) <= _SMALL_SOURCE:
            for key, rows in others.items():
                add(key, sources[source_id], rows)
    captions = {(sources[key[0]].series, fold(key[2])) for key in tables if sources[key[0]].series}
    series = {name for name, _ in captions}
    for source in store.catalog.searchable(filters).values():
        if source.id not in sources and source.series in series:
            for key, rows in reader.tables(source).items():
                if (source.series, fold(key[2])) in captions:
                    add(key, source, rows)
    return tuple(tables.values())


class _RowReader:
    """Reads the tables of sources, until so many passages are read as one request may cost."""

    def __init__(self, store: PassageStore) -> None:
        self._store = store
        self._left = _READ_PASSAGES

    def tables(self, source: Source) -> dict[_TableKey, tuple[Evidence, ...]]:
        """Return the rows of a source by their tables; none where that would be too much."""
        ids = self._store.catalog.vector_ids(source.id)
        if len(ids) > self._left:
            return {}
        self._left -= len(ids)
        passages = self._store.catalog.passages(sorted(ids)).values()
        tables: dict[_TableKey, list[Evidence]] = {}
        for passage in sorted(passages, key=lambda one: (one.page, one.start)):
            if passage.kind == "row":
                one = Evidence(passage, source, 0.0, 0.0)
                tables.setdefault(_table_of(one), []).append(one)
        return {key: tuple(rows) for key, rows in tables.items()}


def _table_of(one: Evidence) -> _TableKey:
    context = one.passage.context
    return one.passage.source_id, context.section, context.caption
