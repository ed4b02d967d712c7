"""The sources of a home as a reader is told of them: state, copies and editions of each."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from corpus.dating import edition_key, editions
from corpus.document import Source
from index.storage.catalog import SourceRecord

STATES = ("indexed", "copy", "set aside", "unreadable")  # of a listed source


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source with the others of its copy group, and the other editions of its series.

    `copies` has the best first and those set aside last; `editions` are newest first, and
    `is_newest` tells whether this one is newer than all of them. A source that was not read has
    neither. `versions` are the other versions of a page of the web, the newest first.
    """

    record: SourceRecord
    copies: tuple[SourceRecord, ...]
    editions: tuple[Source, ...]
    is_newest: bool
    versions: tuple[Source, ...] = ()

    @property
    def state(self) -> str:
        """The state of the record, or "copy" where another copy is the one that is cited."""
        record = self.record
        return "copy" if record.state == "indexed" and record.copy_order else record.state

    @property
    def standing(self) -> str:
        """How the source takes part in answers, and if it does not, why."""
        record = self.record
        if record.state == "unreadable":
            return f"NOT READ: {record.reason}"
        if record.state != "indexed":
            return f"{record.state.upper()}: {record.reason}"
        if self.state == "copy":
            return f"copy of {self.copies[0].source.path}"
        return ""

    @property
    def reason(self) -> str:
        """Why the source takes no part in answers, or what is wrong with it."""
        return self.record.reason or "; ".join(self.record.source.faults)

    @property
    def edition_note(self) -> str:
        """How the source stands to the other editions of its series."""
        if not self.editions:
            return ""
        if self.is_newest:
            return f"newest of {len(self.editions) + 1} editions"
        return f"older edition; the newest is {self.editions[0].path}"


def list_sources(records: Sequence[SourceRecord]) -> tuple[ListedSource, ...]:
    """Return records, in their order, with their copies and editions."""
    groups: dict[str, list[SourceRecord]] = {}
    for record in records:
        if record.state != "removed" and record.pages:
            groups.setdefault(record.source.copy_group, []).append(record)
    for group in groups.values():
        group.sort(key=lambda record: record.copy_order)
    best = [group[0].source for group in groups.values() if group[0].state == "indexed"]
    series = editions(best)
    listed = (_listed(record, groups, series) for record in records)
    return _with_versions(tuple(listed))


def _with_versions(listed: tuple[ListedSource, ...]) -> tuple[ListedSource, ...]:
    """Return sources with the other versions of each page of the web: those of its folder."""
    pages: dict[str, list[Source]] = {}
    for one in listed:
        source = one.record.source
        if source.fetched and one.record.pages:
            pages.setdefault(_folder(source), []).append(source)
    for versions in pages.values():
        versions.sort(key=lambda source: source.fetched, reverse=True)
    return tuple(
        replace(
            one,
            versions=tuple(
                source
                for source in pages.get(_folder(one.record.source), ())
                if one.record.source.fetched and source.id != one.record.source.id
            ),
        )
        for one in listed
    )


def _folder(source: Source) -> str:
    return source.path.rpartition("/")[0]


def _listed(
    record: SourceRecord,
    groups: dict[str, list[SourceRecord]],
    series: dict[str, tuple[Source, ...]],
) -> ListedSource:
    if not record.pages:
        return ListedSource(record, (), (), is_newest=False)
    group = groups[record.source.copy_group]
    copies = tuple(other for other in group if other.source.id != record.source.id)
    best = group[0].source  # another copy may not name the series
    every = series.get(best.series, ())
    others = tuple(other for other in every if edition_key(other) != edition_key(best))
    is_newest = bool(others) and edition_key(every[0]) == edition_key(best)
    return ListedSource(record, copies, others, is_newest)


def listed_source_to_json(listed: ListedSource) -> dict[str, object]:
    """Return a listed source as `sources list --json` prints it."""
    record = listed.record
    return asdict(record.source) | {
        "root": record.root,
        "state": listed.state,
        "reason": record.reason,
        "page_count": record.pages,
        "passage_count": record.passages,
        "copies": [copy.source.id for copy in listed.copies],
        "editions": [edition.id for edition in listed.editions],
        "versions": [version.id for version in listed.versions],
        "is_newest_edition": listed.is_newest or not listed.editions,
    }
