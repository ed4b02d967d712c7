"""The tables of the sources that a request may be filled from: found by search, completed whole."""

from collections.abc import Callable, Iterable

from assistant.tabulating.observation import RowTable
from assistant.tabulating.request import TableRequest
from assistant.tabulating.subjects import name_of
from index.passage import Evidence
from index.store import PassageStore

Search = Callable[[str, int], tuple[Evidence, ...]]

_SEARCHED = 120  # passages, for the request as a whole
_SEARCHED_EACH = 40  # for each name or edition in it
_EACH = 6  # names or editions are searched for
_TABLES = 60  # are completed
_LARGEST_SOURCE = 20_000  # passages, of which all are read to complete a table


def find_evidence(request: TableRequest, search: Search) -> tuple[Evidence, ...]:
    """Return the evidence for a request and for each name and edition in it, each passage once."""
    found = {one.passage.id: one for one in search(request.text, _SEARCHED)}
    names = [name_of(one) for one in (*request.actors, *request.goods)]
    for words in [*names, *map(str, request.editions)][:_EACH]:
        about = f"{words} {request.measure_words}"
        for one in search(about, _SEARCHED_EACH):
            found.setdefault(one.passage.id, one)
    return tuple(found.values())


def complete_tables(evidence: Iterable[Evidence], store: PassageStore) -> tuple[RowTable, ...]:
    """Return the tables that rows were found of, with all their rows, best found first."""
    found: dict[tuple[str, str, str], list[Evidence]] = {}
    for one in evidence:
        if one.passage.kind == "row":
            found.setdefault(_table_of(one), []).append(one)
    kept = dict(list(found.items())[:_TABLES])
    rows: dict[tuple[str, str, str], list[Evidence]] = {key: [] for key in kept}
    for source_id in dict.fromkeys(key[0] for key in kept):
        ids = store.catalog.vector_ids(source_id)
        if len(ids) > _LARGEST_SOURCE:
            continue
        known = {one.passage.id: one for group in kept.values() for one in group}
        source = next(group[0].source for key, group in kept.items() if key[0] == source_id)
        for passage in store.catalog.passages(sorted(ids)).values():
            if passage.kind == "row":
                one = known.get(passage.id) or Evidence(passage, source, 0.0, 0.0)
                if _table_of(one) in rows:
                    rows[_table_of(one)].append(one)
    tables = []
    for rank, (key, group) in enumerate(kept.items()):
        whole = sorted(rows[key] or group, key=lambda one: (one.passage.page, one.passage.start))
        tables.append(
            RowTable(group[0].source, key[1], key[2], tuple(whole), rank=rank, found=len(group))
        )
    return tuple(tables)


def _table_of(one: Evidence) -> tuple[str, str, str]:
    context = one.passage.context
    return one.passage.source_id, context.section, context.caption
