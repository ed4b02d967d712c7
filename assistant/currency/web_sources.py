"""The sources of a home that come from the web: added, followed and fetched as a person may."""

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from assistant.people import Deed, Person, require_editor, write_down
from assistant.settings import Settings
from corpus.errors import WebError
from corpus.web.fetching import Fetcher
from corpus.web.guard import WebRules, parse_address
from index.embedding import Embedder
from index.errors import FollowingError, IntervalError
from index.ingestion.sync import Progress, SyncReport
from index.storage.store import PassageStore
from index.web.followed import FollowedAddress, FollowedFile
from index.web.following import (
    LEAST_SECONDS,
    Visit,
    WebReport,
    fetch_all,
    fetch_due,
    fetch_pages,
    follow,
    next_due,
    stop_following,
)
from index.web.versions import remove_page

_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 7 * 86_400}
_MOST_SECONDS = 366 * 86_400
_MOST_ADDRESSES = 10_000  # of one file
Show = Callable[[Progress], None]


class WebSources:
    """What a home takes from the web. Each method opens the home anew where it writes.

    All that changes something raises ForbiddenError for a reader, WebError for an address that may
    not be asked, FollowingError and HomeLockedError where another process is at it.
    """

    def __init__(
        self,
        settings: Settings,
        person: Person,
        open_store: Callable[[], PassageStore],
        embedder: Callable[[], Embedder],
    ) -> None:
        self._home = settings.home
        self._person = person
        self._store = open_store
        self._embedder = embedder
        self._rules = rules_of(settings)

    def add(self, addresses: Sequence[str], show: Show) -> SyncReport:
        """Fetch and index pages, each once."""
        require_editor(self._person, "add sources")
        checked = self._checked(addresses)
        with closing(self._store()) as store:
            report = fetch_pages(store, self._embedder, checked, self._visit(show))
        self._write_down("added", checked)
        return report.as_sync()

    def follow(
        self, addresses: Sequence[str], every_seconds: int, kind: str = ""
    ) -> tuple[FollowedAddress, ...]:
        """Follow pages, feeds or sitemaps; they are first looked at by the next `fetch`."""
        require_editor(self._person, "follow addresses")
        checked = self._checked(addresses)
        followed = follow(self._home, checked, every_seconds, kind, datetime.now(UTC))
        self._write_down("followed", checked)
        return followed

    def stop(self, address: str) -> None:
        """Follow an address no more; its sources stay. Raises NotFollowedError."""
        require_editor(self._person, "stop following addresses")
        stopped = stop_following(self._home, self._spelled(address))
        self._write_down("stopped", [stopped.asked])

    def known(self) -> tuple[FollowedAddress, ...]:
        """Return all addresses that were added or are followed, also the pages that are listed."""
        return FollowedFile(self._home).all()

    def of_source(self, source_id: str) -> tuple[FollowedAddress, ...]:
        """Return the addresses of a source, none for one that is no page of the web."""
        return FollowedFile(self._home).of_source(source_id)

    def fetch(self, show: Show, everything: bool = False) -> WebReport:
        """Look at what is due, or at everything, as this moment has it."""
        require_editor(self._person, "fetch what is followed")
        with closing(self._store()) as store:
            visit = self._visit(show)
            if everything:
                return fetch_all(store, self._embedder, visit)
            return fetch_due(store, self._embedder, visit.now, show, visit.fetcher)

    def next_due(self) -> datetime | None:
        """Return when `fetch` has something to look at next, None where nothing is followed."""
        return next_due(self._home)

    def look_at(self, source_id: str, show: Show) -> SyncReport:
        """Look at the page of a source again. Raises FollowingError where its address is lost."""
        require_editor(self._person, "fetch a source again")
        known = self.of_source(source_id)
        if not known:
            raise FollowingError(
                f"no address of source {source_id!r} is known; add its address again"
            )
        return self.add([one.asked for one in known], show)

    def remove(self, source_id: str) -> None:
        """Remove a page with its earlier versions, and look at its address no more."""
        require_editor(self._person, "remove sources")
        with closing(self._store()) as store:
            remove_page(store, source_id)
        FollowedFile(self._home).forget_looks(source_id)

    def _visit(self, show: Show) -> Visit:
        return Visit(datetime.now(UTC), show, Fetcher(self._rules))

    def _spelled(self, address: str) -> str:
        """Return an address in its one spelling, as it is where it may no longer be asked."""
        try:
            return str(parse_address(address, self._rules))
        except WebError:
            return address

    def _checked(self, addresses: Sequence[str]) -> list[str]:
        return [str(parse_address(one, self._rules)) for one in addresses]

    def _write_down(self, deed: Deed, addresses: Sequence[str]) -> None:
        for address in addresses:
            write_down(self._home, self._person, deed, "address", address)


def rules_of(settings: Settings) -> WebRules:
    """Return how the web is asked by the settings."""
    return WebRules(
        hosts=settings.web_hosts,
        proxy=settings.web_proxy,
        most_bytes=int(settings.web_megabytes * 1_000_000),
        most_seconds=settings.web_seconds,
        delay_seconds=settings.web_delay,
        contact=settings.web_contact,
    )


def parse_interval(text: str, least_seconds: int = LEAST_SECONDS) -> int:
    """Return the seconds of an interval such as 30m, 12h, 1d or 2w. Raises IntervalError."""
    match = re.fullmatch(r"(\d{1,6})([smhdw])", text.strip().lower())
    seconds = int(match[1]) * _SECONDS[match[2]] if match else 0
    if not least_seconds <= seconds <= _MOST_SECONDS:
        least = f"{least_seconds // 60}m" if least_seconds >= 60 else f"{least_seconds}s"
        raise IntervalError(
            f"{text!r} is no interval; give one from {least} to 52w, such as 12h, 1d"
        )
    return seconds


def read_addresses(file: Path) -> tuple[str, ...]:
    """Return the addresses of a file, one a line; empty lines and those with # are left out.

    Raises FollowingError for a file that cannot be read or has none.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FollowingError(f"{file} cannot be read ({error}); give a text file") from error
    told = tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    if not 0 < len(told) <= _MOST_ADDRESSES:
        raise FollowingError(
            f"{file} has {len(told)} addresses; give from 1 to {_MOST_ADDRESSES:,}, one a line"
        )
    return told
