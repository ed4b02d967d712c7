"""Following addresses of the web: which are due, what each look makes of the sources.

A look changes the catalog first and then what is known of the address, so that one which is killed
is looked at again, and finds its page as it already is.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from corpus.description.describing import source_id
from corpus.errors import CorpusError, WebError
from corpus.web.fetching import Failed, Fetched, Fetcher, Gone, Look, NotChanged, Validators
from corpus.web.guard import parse_address
from corpus.web.listings import Listed, Listing, read_listing
from index.embedding import Embedder
from index.errors import FetchingElsewhereError, NotFollowedError
from index.ingestion.sync import Progress, SyncReport
from index.storage.store import PassageStore
from index.web.followed import FollowedAddress, FollowedFile
from index.web.kept import keep_page
from index.web.versions import Taken, keep_page_alive, known_page, retire_page, take_page

LEAST_SECONDS = 900  # between two looks at an address that is followed

_DAY = timedelta(days=1)
_FIRST_WAIT = timedelta(minutes=15)  # after a failure; twice as long after each further one
_DATED_TIMES = 7  # as seldom is a page looked at whose listing says when it changes
_MOST_SITEMAPS = 50
_MOST_PAGES = 5_000  # of one listing


@dataclass(frozen=True, slots=True)
class Visit:
    """When and how addresses are looked at, and who hears how far it is."""

    now: datetime
    progress: Callable[[Progress], None]
    fetcher: Fetcher


@dataclass(frozen=True, slots=True)
class WebReport:
    """What a round of looks did, by addresses."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()  # "address: how many pages", a line each feed or sitemap
    failed: tuple[str, ...] = ()  # a line each, with the address and the reason
    embedded: int = 0  # passages that were embedded

    def as_sync(self) -> SyncReport:
        """Return the same as it is told of files."""
        return SyncReport(
            new=(*self.new, *self.back),
            changed=self.changed,
            unchanged=(*self.unchanged, *self.moved),
            set_aside=tuple(f"{one}: is gone from its address" for one in self.gone),
            unreadable=self.failed,
            embedded=self.embedded,
        )


def follow(
    home: Path, addresses: Sequence[str], every_seconds: int, kind: str, now: datetime
) -> tuple[FollowedAddress, ...]:
    """Follow addresses from now on, each first looked at with the next round; `kind` "" is guessed.

    What is known of one that was added or followed before stays.
    """
    file = FollowedFile(home)
    rows = []
    for address in dict.fromkeys(addresses):
        known = file.find(address) or FollowedAddress(address, address)
        rows.append(
            replace(
                known,
                kind=kind or known.kind,
                every_seconds=every_seconds,
                next_look=_moment(now),
                listed_by="",
            )
        )
    file.put(rows)
    return tuple(rows)


def stop_following(home: Path, address: str) -> FollowedAddress:
    """Look at an address no more, nor at what it lists; the sources stay.

    Raises NotFollowedError.
    """
    file = FollowedFile(home)
    known = file.find(address)
    if known is None or not known.every_seconds:
        raise NotFollowedError(f"{address} is not followed; rare-earth follow list shows what is")
    listed = [one for one in file.all() if one.listed_by == known.asked]
    stopped = [replace(one, every_seconds=0, next_look="") for one in (known, *listed)]
    file.put([one for one in stopped if one.source_id])
    file.drop([one.asked for one in stopped if not one.source_id])
    return known


def next_due(home: Path) -> datetime | None:
    """Return when an address is due next, None where none is followed."""
    return FollowedFile(home).next_look()


def fetch_due(
    store: PassageStore,
    embedder: Callable[[], Embedder],
    now: datetime,
    progress: Callable[[Progress], None],
    fetcher: Fetcher | None = None,
) -> WebReport:
    """Look at all addresses that are due, and keep and index what is new.

    What one address hinders is reported and stops nothing. Raises FetchingElsewhereError,
    HomeLockedError, StaleIndexError.
    """
    visit = Visit(now, progress, fetcher or Fetcher())
    rows = FollowedFile(store.home).all()
    due = [one for one in rows if one.next_look and one.next_look <= _moment(now)]
    return _Round(store, embedder, visit).run(due)


def fetch_all(store: PassageStore, embedder: Callable[[], Embedder], visit: Visit) -> WebReport:
    """Look at all that was added or is followed, due or not; raises as `fetch_due` does."""
    removed = {r.source.id for r in store.catalog.all_sources() if r.state == "removed"}
    rows = [one for one in FollowedFile(store.home).all() if one.source_id not in removed]
    return _Round(store, embedder, visit).run(rows)


def fetch_pages(
    store: PassageStore, embedder: Callable[[], Embedder], addresses: Sequence[str], visit: Visit
) -> WebReport:
    """Look at pages by their addresses, known or not; raises as `fetch_due` does."""
    file = FollowedFile(store.home)
    found = (file.find(one) or FollowedAddress(one, one) for one in dict.fromkeys(addresses))
    rows = [replace(one, kind=one.kind or "page") for one in found]
    return _Round(store, embedder, visit).run(rows)


class _Round:
    """One pass over addresses, with what it has told so far."""

    def __init__(self, store: PassageStore, embedder: Callable[[], Embedder], visit: Visit) -> None:
        self._store = store
        self._embedder = embedder
        self._visit = visit
        self._now = visit.now
        self._file = FollowedFile(store.home)
        self._told: dict[str, list[str]] = {}
        self._embedded = 0

    def run(self, rows: Sequence[FollowedAddress]) -> WebReport:
        """Look at addresses, feeds and sitemaps first, and at the pages that these bring up."""
        self._store.check_settings()
        with _fetching(self._store.home):
            waiting = {row.asked: row for row in _in_turns(rows)}
            done = 0
            while waiting:
                row = waiting.pop(next(iter(waiting)))
                total = done + len(waiting) + 1
                self._visit.progress(Progress(done, total, row.address, "reading"))
                waiting |= {found.asked: found for found in _in_turns(self._look(row))}
                done += 1
        told = {name: tuple(lines) for name, lines in self._told.items()}
        return WebReport(**told, embedded=self._embedded)

    def _look(self, row: FollowedAddress) -> Sequence[FollowedAddress]:
        """Look at one address; return the pages to look at that it has brought up."""
        if row.kind == "page":
            self._take(row, self._visit.fetcher.fetch(row.address, self._validators(row)))
            return ()
        look = self._visit.fetcher.fetch(row.address, _validators(row))
        match look:
            case Fetched():
                try:
                    listing = self._listing(row, look)
                except WebError as error:
                    self._fail(row, Failed(str(error)))
                    return ()
                if listing.kind == "page":
                    self._take(replace(row, kind="page"), look)
                    return ()
                return self._take_listing(replace(row, kind=listing.kind), look, listing)
            case NotChanged():
                self._file.put([_looked(_at(row, look.moved_to), self._now)])
                self._tell("listed", f"{row.address}: unchanged")
            case Gone():
                self._fail(row, Failed(f"{look.reason}; stop following it, or follow another"))
            case Failed():
                self._fail(row, look)
        return ()

    def _listing(self, row: FollowedAddress, page: Fetched) -> Listing:
        """Return what a page lists. Raises WebError where it is not what it is followed as."""
        listing = read_listing(page.data, page.address, self._visit.fetcher.rules.most_bytes)
        if row.kind not in ("", listing.kind):
            raise WebError(
                f"{row.address}: is followed as a {row.kind} and is a {listing.kind}; follow it "
                "anew as what it is"
            )
        return listing

    def _take_listing(
        self, row: FollowedAddress, page: Fetched, listing: Listing
    ) -> Sequence[FollowedAddress]:
        """Follow the pages that a feed or sitemap lists; return those to look at now."""
        listed = list(listing.pages)
        for sitemap in listing.sitemaps[:_MOST_SITEMAPS]:
            listed += self._within(sitemap.address)
        known = {one.asked: one for one in self._file.all()}
        known |= {one.address: one for one in known.values()}
        pages = [self._listed(one, row, known) for one in listed[:_MOST_PAGES]]
        due = [one for one in pages if one]
        # What lists other sitemaps may stay the same while these change.
        known_by = page.validators if not listing.sitemaps else Validators()
        looked = _looked(_at(row, page.moved_to), self._now)
        kept = replace(looked, etag=known_by.etag, modified=known_by.modified)
        self._file.put([kept, *due])
        elsewhere = f", {listing.elsewhere} on other sites left out" if listing.elsewhere else ""
        more = len(listed) - _MOST_PAGES
        cut = f", {more} more left out: follow the parts of the listing" if more > 0 else ""
        count = len(listed[:_MOST_PAGES])
        self._tell("listed", f"{row.address}: {count} listed, {len(due)} to read{elsewhere}{cut}")
        return due

    def _within(self, address: str) -> Sequence[Listed]:
        """Return the pages of a sitemap that another one names."""
        look = self._visit.fetcher.fetch(address)
        try:
            if isinstance(look, Fetched):
                most_bytes = self._visit.fetcher.rules.most_bytes
                return read_listing(look.data, look.address, most_bytes).pages
        except WebError as error:
            look = Failed(str(error))
        self._tell("failed", look.reason if isinstance(look, Gone | Failed) else address)
        return ()

    def _listed(
        self, listed: Listed, listing: FollowedAddress, known: dict[str, FollowedAddress]
    ) -> FollowedAddress | None:
        """Return a listed page where it is to be looked at now: it is new or has changed."""
        try:
            address = str(parse_address(listed.address, self._visit.fetcher.rules))
        except WebError as error:
            self._tell("failed", str(error))
            return None
        times = _DATED_TIMES if listed.changed else 1
        page = known.get(address)
        if page is None:
            page = FollowedAddress(address, address, "page", source_id(address))
            page = replace(page, listed_by=listing.asked)
        elif not page.next_look or page.listed_change == listed.changed:
            return None  # it was removed, or is looked at in its own time
        return replace(
            page,
            every_seconds=listing.every_seconds * times,
            listed_change=listed.changed,
            next_look=_moment(self._now),
        )

    def _take(self, row: FollowedAddress, look: Look) -> None:
        """Deal with what became of a page."""
        row = replace(row, source_id=row.source_id or source_id(row.asked))
        try:
            match look:
                case Fetched():
                    self._take_page(_at(row, look.moved_to), look)
                case NotChanged():
                    moved = _at(row, look.moved_to)
                    self._tell_taken(moved, self._alive(moved))
                case Gone():
                    self._lose(row, look)
                case Failed():
                    self._fail(row, look)
        except CorpusError as error:
            self._fail(row, Failed(f"{row.address}: {error}"))

    def _take_page(self, row: FollowedAddress, page: Fetched) -> None:
        """Keep and index a page that came. Raises CorpusError where it cannot be read."""
        if sha256(page.data).hexdigest() == self._held_digest(row):
            taken = self._alive(row)
        else:
            kept = keep_page(self._store.home, row.source_id, row.asked, page, self._now)
            taken = take_page(self._store, self._embedder, row.source_id, row.address, kept)
        etag, modified = page.validators.etag, page.validators.modified
        row = replace(row, etag=etag, modified=modified, sha256=self._held_digest(row))
        self._tell_taken(row, taken)

    def _alive(self, row: FollowedAddress) -> Taken:
        return keep_page_alive(self._store, self._embedder, row.source_id, row.address)

    def _lose(self, row: FollowedAddress, gone: Gone) -> None:
        """Have a page that is not there no longer searched, once that is sure."""
        held = known_page(self._store.catalog, row.source_id)
        if held is None:
            self._fail(row, Failed(f"{gone.reason}; check the address"))
            return
        since = row.gone_since or _moment(self._now)
        is_sure = gone.is_for_good or self._now - datetime.fromisoformat(since) >= _DAY
        next_look = _moment(self._now + max(_DAY, timedelta(seconds=row.every_seconds * is_sure)))
        lost = replace(
            row,
            looked=_moment(self._now),
            next_look=next_look if row.every_seconds else "",
            fault=gone.reason,
            gone_since=since,
        )
        if is_sure and not held.source.retired:
            retire_page(self._store, row.source_id, f"gone from its address since {since[:10]}")
            self._tell("gone", row.address)
        elif is_sure:
            self._tell("unchanged", row.address)
        else:
            self._tell(
                "failed", f"{gone.reason}; if it stays so for a day it is no longer searched"
            )
        self._file.put([lost])

    def _fail(self, row: FollowedAddress, failed: Failed) -> None:
        """Leave all as it is, and look again later: the longer it fails, the later."""
        self._tell("failed", failed.reason)
        failures = row.failures + 1
        most = max(_DAY, timedelta(seconds=row.every_seconds))
        wait = min(_FIRST_WAIT * 2 ** min(failures - 1, 20), most)
        next_look = _moment(self._now + max(wait, timedelta(seconds=failed.wait_seconds)))
        if row.every_seconds or row.looked:
            later = replace(row, failures=failures, fault=failed.reason, looked=_moment(self._now))
            self._file.put([replace(later, next_look=next_look if row.every_seconds else "")])

    def _tell_taken(self, row: FollowedAddress, taken: Taken) -> None:
        self._file.put([_looked(row, self._now)])
        self._tell(taken.outcome, row.address)
        self._embedded += taken.embedded

    def _validators(self, row: FollowedAddress) -> Validators:
        """Return what a page is asked with: nothing where the catalog has another version."""
        held = self._held_digest(row)
        return _validators(row) if held and held == row.sha256 else Validators()

    def _held_digest(self, row: FollowedAddress) -> str:
        """Return the digest of the version that the catalog has, "" where it has none."""
        held = known_page(self._store.catalog, row.source_id)
        return held.source.sha256 if held else ""

    def _tell(self, outcome: str, line: str) -> None:
        self._told.setdefault(outcome, []).append(line)


@contextmanager
def _fetching(home: Path) -> Iterator[None]:
    """Be the only one who fetches for a home. Raises FetchingElsewhereError."""
    lock = FileLock(home / "fetching.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise FetchingElsewhereError(
            f"another process is fetching for {home}; wait until it is done, then run the same "
            "command again"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _in_turns(rows: Sequence[FollowedAddress]) -> list[FollowedAddress]:
    """Return addresses, those that list others first, and of each host one after another."""
    counts: dict[str, int] = {}
    order: list[tuple[bool, int, FollowedAddress]] = []
    for row in rows:
        host = urlsplit(row.address).netloc
        counts[host] = counts.get(host, 0) + 1
        order.append((row.kind == "page", counts[host], row))
    return [row for *_, row in sorted(order, key=lambda one: one[:2])]


def _looked(row: FollowedAddress, now: datetime) -> FollowedAddress:
    """Return an address after a look without a fault."""
    later = now + timedelta(seconds=row.every_seconds)
    return replace(
        row,
        looked=_moment(now),
        next_look=_moment(later) if row.every_seconds else "",
        failures=0,
        fault="",
        gone_since="",
    )


def _at(row: FollowedAddress, moved_to: str) -> FollowedAddress:
    return replace(row, address=moved_to or row.address)


def _validators(row: FollowedAddress) -> Validators:
    return Validators(row.etag, row.modified)


def _moment(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")
