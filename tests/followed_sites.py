"""A home that follows a website of our own, on days that a test makes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fakes import HashingEmbedder
from web_server import Website, website

from index.ingestion.sync import Progress
from index.passage import Filters
from index.retrieval import Retriever
from index.storage.catalog import SourceRecord
from index.storage.store import PassageStore
from index.web.followed import FollowedAddress, FollowedFile
from index.web.following import WebReport, fetch_due, follow

FIRST_DAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DAY_SECONDS = 86_400


@dataclass
class FollowingHome:
    """A home, the site it follows, and the day that it is."""

    store: PassageStore
    site: Website
    embedder: HashingEmbedder
    now: datetime = FIRST_DAY

    def follow(self, *targets: str, kind: str = "", every_seconds: int = DAY_SECONDS) -> None:
        """Follow targets of the site."""
        addresses = [self.site.at(target) for target in targets]
        follow(self.store.home, addresses, every_seconds, kind, self.now)

    def fetch(self, days: float = 0.0, **rules: object) -> WebReport:
        """Look at what is due after so many days."""
        self.now += timedelta(days=days)
        fetcher = self.site.fetcher(**rules)
        return fetch_due(self.store, lambda: self.embedder, self.now, _unheard, fetcher)

    def known(self, target: str) -> FollowedAddress:
        """Return what is known of a target."""
        found = FollowedFile(self.store.home).find(self.site.at(target))
        assert found
        return found

    def page(self, target: str) -> SourceRecord:
        """Return the source that the page of a target is."""
        return self.store.catalog.source(self.known(target).source_id)

    def texts(self) -> dict[str, tuple[str, str]]:
        """Return state and text of each source by its id."""
        return {
            one.source.id: (one.state, self.store.catalog.page(one.source.id, 1).text)
            for one in self.store.catalog.sources()
            if one.pages
        }

    def earlier(self, target: str) -> list[SourceRecord]:
        """Return the earlier versions of a page, the oldest first."""
        page = self.known(target).source_id
        records = self.store.catalog.sources()
        found = [one for one in records if one.source.id.startswith(f"{page}-v")]
        return sorted(found, key=lambda one: one.source.fetched)

    def found(self, question: str) -> set[str]:
        """Return the ids of the sources in which retrieval finds something."""
        evidence = Retriever(self.store, self.embedder).retrieve(question, 50, Filters())
        return {one.source.id for one in evidence}

    def files(self) -> list[Path]:
        """Return all files that are kept of pages, but what is known of them."""
        folder = self.store.home / "web"
        return sorted(f for f in folder.rglob("*") if f.is_file() and not f.name.startswith("."))


@contextmanager
def following_home(tmp_path: Path) -> Iterator[FollowingHome]:
    """Open an empty home beside a website without pages."""
    embedder = HashingEmbedder()
    store = PassageStore(tmp_path / "home", embedder.name)
    with website() as site:
        yield FollowingHome(store, site, embedder)
    store.close()


def _unheard(_: Progress) -> None:
    pass
