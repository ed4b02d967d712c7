"""Pages that are followed over days: they change, vanish, come back, move, fail, and are copied."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from followed_sites import DAY_SECONDS, FIRST_DAY, FollowingHome, following_home
from web_server import Page

from corpus.web.guard import WebRules
from index.errors import FollowingError, UnknownSourceError
from index.ingestion.home_backup import back_up
from index.ingestion.rebuilding import new_index, put_sources, rebuild
from index.ingestion.sync import add_paths
from index.storage.older_catalog import older_sources
from index.web.followed import FollowedFile
from index.web.following import Visit, fetch_all, fetch_pages, next_due, stop_following
from index.web.versions import remove_page

FIRST = "China set a quota of 270,000 tons for the year 2024.\nIt was published in two batches."
SECOND = "China set a quota of 300,000 tons for the year 2025.\nIt was published in two batches."
THIRD = "China published no quota for the year 2026.\nNobody knows why that is so."


@pytest.fixture
def home(tmp_path: Path) -> Iterator[FollowingHome]:
    with following_home(tmp_path) as opened:
        yield opened


def test_a_page_becomes_a_source_with_address_date_and_title(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST, "The quota")
    home.follow("/quota")
    report = home.fetch()
    assert (report.new, report.failed) == ((home.site.at("/quota"),), ())
    source = home.page("/quota").source
    assert (source.title, source.url) == ("The quota", home.site.at("/quota"))
    assert source.fetched == "2026-11-02T09:00:00.000+00:00"
    assert home.found("quota of China in tons") == {source.id}
    kept = Path(source.location)
    assert kept.read_bytes() == home.site.pages["/quota"].body  # type: ignore[union-attr]
    about = json.loads(kept.with_name(f".{kept.stem}.json").read_text(encoding="utf-8"))
    assert (about["asked"], about["sha256"]) == (home.site.at("/quota"), source.sha256)


def test_a_page_without_a_title_is_called_by_its_address(home: FollowingHome) -> None:
    home.site.pages["/news/the%20quota.txt"] = Page(b"Words about a quota.", "text/plain")
    home.follow("/news/the%20quota.txt")
    home.fetch()
    assert home.page("/news/the%20quota.txt").source.title == "the quota.txt"


def test_a_changed_page_takes_the_place_and_the_earlier_version_stays(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota")
    home.fetch()
    before = home.page("/quota").source
    home.site.html("/quota", SECOND)
    assert home.fetch(days=1).changed == (home.site.at("/quota"),)
    after = home.page("/quota").source
    assert (after.id, after.fetched[:10]) == (before.id, "2026-11-03")
    (earlier,) = home.earlier("/quota")
    assert (earlier.state, earlier.source.fetched) == ("set aside", before.fetched)
    assert "another since 2026-11-03" in earlier.reason
    assert "270,000" in home.store.catalog.page(earlier.source.id, 1).text
    assert Path(earlier.source.location).is_file()
    assert home.found("quota of China in tons") == {before.id}
    assert "300,000" in home.store.catalog.page(before.id, 1).text
    assert home.store.catalog.vector_ids(earlier.source.id) == set()


def test_what_is_unchanged_makes_no_version(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota")
    home.fetch()
    files = home.files()
    generation = home.store.catalog.generation()
    assert home.fetch(days=1).unchanged == (home.site.at("/quota"),)  # 304
    assert "If-None-Match" in home.site.asked[-1]
    page = home.site.pages["/quota"]
    assert isinstance(page, Page)
    home.site.pages["/quota"] = Page(page.body)  # the same bytes without a validator
    assert home.fetch(days=1).unchanged
    around = b"<body><nav><a href='/'>Home</a> <a href='/x'>Visitors: 812</a></nav>"
    home.site.pages["/quota"] = Page(page.body.replace(b"<body>", around))
    assert home.fetch(days=1).unchanged  # other words around the same text
    assert (home.files(), home.store.catalog.generation()) == (files, generation)


def test_a_page_that_vanishes_is_kept_and_comes_back_as_itself(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota")
    home.fetch()
    page = home.page("/quota").source
    there = home.site.pages.pop("/quota")
    assert "is not there (status 404)" in home.fetch(days=1).failed[0]
    assert home.found("quota of China") == {page.id}  # one look is no proof
    assert home.fetch(days=1).gone == (home.site.at("/quota"),)
    assert home.found("quota of China") == set()
    record = home.page("/quota")
    assert (record.state, record.reason) == (
        "set aside",
        "gone from its address since 2026-11-03",
    )
    assert home.store.catalog.page(page.id, 1).text
    assert home.fetch(days=1).gone == ()
    home.site.pages["/quota"] = there
    assert home.fetch(days=1).back == (home.site.at("/quota"),)
    assert home.found("quota of China") == {page.id}
    assert home.page("/quota").source == page
    assert home.earlier("/quota") == []


def test_a_page_comes_back_with_other_words(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota")
    home.fetch()
    home.site.pages["/quota"] = Page(status=410)
    assert home.fetch(days=1).gone  # the server says that it is for good
    home.site.html("/quota", SECOND)
    assert home.fetch(days=1).changed
    assert home.found("quota of China") == {home.page("/quota").source.id}
    assert "270,000" in home.store.catalog.page(home.earlier("/quota")[0].source.id, 1).text


def test_a_page_that_moves_is_the_same_source(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota")
    home.fetch()
    page = home.page("/quota").source
    home.site.html("/new/quota", FIRST)
    home.site.moves("/quota", "/new/quota")
    assert home.fetch(days=1).moved == (home.site.at("/new/quota"),)
    moved = home.page("/new/quota").source
    assert (moved.id, moved.url) == (page.id, home.site.at("/new/quota"))
    del home.site.pages["/quota"]
    home.site.html("/new/quota", SECOND)
    assert home.fetch(days=1).changed
    assert home.page("/quota").source.id == page.id
    assert len(home.store.catalog.sources()) == 2


def test_a_page_that_is_elsewhere_for_a_while_keeps_its_address(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota")
    home.fetch()
    home.site.html("/today", SECOND)
    home.site.moves("/quota", "/today", 302)
    home.fetch(days=1)
    assert home.page("/quota").source.url == home.site.at("/quota")
    assert home.known("/quota").address == home.site.at("/quota")


def test_copies_at_two_addresses_are_one_group(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.site.html("/mirror/quota", FIRST)
    home.follow("/quota", "/mirror/quota")
    home.fetch()
    one, other = home.page("/quota").source, home.page("/mirror/quota").source
    assert one.id != other.id
    assert one.copy_group == other.copy_group
    assert len(home.found("quota of China")) == 1


def test_a_failure_changes_nothing_and_is_tried_again_ever_later(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota")
    home.fetch()
    before = home.texts()
    home.site.pages["/quota"] = Page(status=500)
    home.now += timedelta(days=1)
    waits = []
    for _ in range(9):
        assert home.fetch().failed
        due = next_due(home.store.home)
        assert due
        waits.append((due - home.now).total_seconds() / 60)
        home.now = due
    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    assert home.texts() == before
    assert home.known("/quota").failures == 9
    home.site.html("/quota", FIRST)
    home.fetch()
    assert (home.known("/quota").failures, home.known("/quota").fault) == (0, "")


def test_a_site_that_wants_to_be_left_alone_is(home: FollowingHome) -> None:
    home.site.pages["/quota"] = Page(status=503, headers=("Retry-After: 172800",))
    home.follow("/quota")
    home.fetch()
    assert next_due(home.store.home) == FIRST_DAY + timedelta(days=2)


@pytest.mark.parametrize(
    "broken",
    [
        Page(b"<html><body><div id=app></div><script src=a.js></script></body></html>"),
        Page(b"\x89PNG\r\n\x1a\n\0\0\0", "text/html"),
        Page(b"", "text/html"),
        Page(b"%PDF-1.7\nno pages", "application/pdf"),
        Page(b"PK\3\4", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_what_cannot_be_read_takes_no_place(home: FollowingHome, broken: Page) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota")
    home.fetch()
    before, files = home.texts(), home.files()
    home.site.pages["/quota"] = broken
    (line,) = home.fetch(days=1).failed
    assert line.startswith(home.site.at("/quota"))
    assert line.splitlines() == [line]
    assert (home.texts(), home.files()) == (before, files)


def test_twenty_days_of_a_site(home: FollowingHome) -> None:
    """Three pages change on days of their own; each day the right version is found and kept."""
    words = {1: "batch one", 2: "batch two", 3: "batch three"}
    home.follow(*(f"/{number}" for number in words))
    versions: dict[int, list[str]] = {number: [] for number in words}
    for day in range(20):
        for number in words:
            text = f"Report {number} of version {day // (number + 1)} on the {words[number]}."
            home.site.html(f"/{number}", text)
            if text not in versions[number]:
                versions[number].append(text)
        home.fetch(days=1 if day else 0)
        for number, texts in versions.items():
            source = home.page(f"/{number}").source
            held = [
                home.store.catalog.page(one.source.id, 1).text for one in home.earlier(f"/{number}")
            ]
            told = [*held, home.store.catalog.page(source.id, 1).text]
            assert [text in one for text, one in zip(texts, told, strict=True)] == [True] * len(
                texts
            )
            assert len(home.store.catalog.vector_ids(source.id)) > 0
    assert home.found("Report") == {home.page(f"/{number}").source.id for number in words}
    assert len(home.files()) == sum(map(len, versions.values()))


def sitemap(home: FollowingHome, **dates: str) -> None:
    """Have the site list pages with the dates of their changes."""
    entries = "".join(
        f"<url><loc>{home.site.at('/' + name)}</loc><lastmod>{date}</lastmod></url>"
        for name, date in dates.items()
    )
    home.site.pages["/sitemap.xml"] = Page(f"<urlset>{entries}</urlset>".encode(), "text/xml")


def test_a_sitemap_brings_its_pages_and_their_changes(home: FollowingHome) -> None:
    for name in ("a", "b"):
        home.site.html(f"/{name}", f"Words of page {name} at first.")
    sitemap(home, a="2026-11-01", b="2026-11-01")
    home.follow("/sitemap.xml")
    report = home.fetch()
    assert set(report.new) == {home.site.at("/a"), home.site.at("/b")}
    assert report.listed == (f"{home.site.at('/sitemap.xml')}: 2 listed, 2 to read",)
    assert home.known("/sitemap.xml").kind == "sitemap"
    home.site.asked.clear()
    home.fetch(days=1)
    assert home.site.targets == ["/robots.txt", "/sitemap.xml"]
    home.site.html("/b", "Words of page b that are others now.")
    home.site.html("/c", "Words of page c.")
    sitemap(home, a="2026-11-01", b="2026-11-03", c="2026-11-03")
    report = home.fetch(days=1)
    assert (report.new, report.changed) == ((home.site.at("/c"),), (home.site.at("/b"),))
    home.site.html("/a", "Words of page a that changed though nobody said so.")
    assert home.fetch(days=5).changed == (home.site.at("/a"),)


def test_an_index_of_sitemaps_and_a_feed_bring_pages(home: FollowingHome) -> None:
    index = f"<sitemapindex><sitemap><loc>{home.site.at('/sitemap.xml')}</loc></sitemap>"
    gone = f"<sitemap><loc>{home.site.at('/lost.xml')}</loc></sitemap></sitemapindex>"
    home.site.pages["/index.xml"] = Page((index + gone).encode(), "text/xml")
    home.site.html("/a", "Words of page a.")
    home.site.html("/b", "Words of page b.")
    sitemap(home, a="2026-11-01")
    item = f"<item><title>B</title><link>{home.site.at('/b')}</link></item>"
    feed = f"<rss version='2.0'><channel><title>News</title>{item}</channel></rss>"
    home.site.pages["/feed"] = Page(feed.encode(), "application/rss+xml")
    home.follow("/index.xml", "/feed")
    report = home.fetch()
    assert set(report.new) == {home.site.at("/a"), home.site.at("/b")}
    assert "lost.xml" in report.failed[0]
    assert home.known("/feed").kind == "feed"
    stop_following(home.store.home, home.site.at("/feed"))
    assert home.known("/b").next_look == ""
    assert home.page("/b").state == "indexed"


def test_a_page_that_is_due_and_listed_anew_is_looked_at_once(home: FollowingHome) -> None:
    home.site.html("/a", "Words of page a.")
    sitemap(home, a="2026-11-01")
    home.follow("/sitemap.xml")
    home.fetch()
    home.site.asked.clear()
    sitemap(home, a="2026-11-09")
    home.fetch(days=7)
    assert home.site.targets.count("/a") == 1
    assert home.known("/a").listed_change == "2026-11-09"


def test_an_index_is_looked_through_though_it_stays_the_same(home: FollowingHome) -> None:
    index = f"<sitemapindex><sitemap><loc>{home.site.at('/sitemap.xml')}</loc></sitemap>"
    body = f"{index}</sitemapindex>".encode()
    home.site.pages["/index.xml"] = Page(body, "text/xml", etag='"one"')
    home.site.html("/a", "Words of page a.")
    sitemap(home)
    home.follow("/index.xml")
    home.fetch()
    sitemap(home, a="2026-11-03")
    assert home.fetch(days=1).new == (home.site.at("/a"),)


def test_one_home_is_fetched_for_by_one_process(home: FollowingHome) -> None:
    with (
        FileLock(home.store.home / "fetching.lock"),
        pytest.raises(FollowingError, match="another process is fetching"),
    ):
        home.fetch()


def test_a_damaged_list_of_addresses_is_one_line(home: FollowingHome) -> None:
    (home.store.home / "web.sqlite").write_bytes(b"no database at all, but words" * 99)
    with pytest.raises(FollowingError, match=r"web\.sqlite is damaged"):
        next_due(home.store.home)


def test_a_listing_leads_nowhere_else(home: FollowingHome) -> None:
    home.site.pages["/list.xml"] = Page(
        b"<urlset><url><loc>http://169.254.169.254/</loc></url>"
        b"<url><loc>http://127.0.0.1:1/</loc></url></urlset>",
        "text/xml",
    )
    home.follow("/list.xml")
    report = home.fetch()
    assert report.listed == (
        f"{home.site.at('/list.xml')}: 0 listed, 0 to read, 2 on other sites left out",
    )


def test_what_is_no_listing_is_not_followed_as_one(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota", kind="feed")
    assert "is followed as a feed and is a page" in home.fetch().failed[0]


def test_nothing_is_looked_at_before_it_is_due(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota", every_seconds=2 * DAY_SECONDS)
    home.fetch()
    home.site.asked.clear()
    home.fetch(days=1.9)
    assert home.site.asked == []
    home.fetch(days=0.2)
    assert "/quota" in home.site.targets


def test_stopping_what_is_not_followed_is_an_error(home: FollowingHome) -> None:
    with pytest.raises(FollowingError, match="is not followed"):
        stop_following(home.store.home, home.site.at("/a"))


def visit(home: FollowingHome) -> Visit:
    return Visit(home.now, lambda _: None, home.site.fetcher())


def test_pages_are_added_once_and_looked_at_when_asked(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    addresses = [home.site.at("/quota"), home.site.at("/none")]
    report = fetch_pages(home.store, lambda: home.embedder, addresses, visit(home))
    assert (report.new, len(report.failed)) == ((home.site.at("/quota"),), 1)
    assert next_due(home.store.home) is None
    home.site.html("/quota", SECOND)
    home.now += timedelta(days=1)
    assert home.fetch().changed == ()
    assert fetch_all(home.store, lambda: home.embedder, visit(home)).changed


def test_a_removed_page_is_gone_with_its_versions_and_stays_out(home: FollowingHome) -> None:
    home.site.html("/a", FIRST)
    sitemap(home, a="1")
    home.follow("/sitemap.xml")
    home.fetch()
    home.site.html("/a", SECOND)
    sitemap(home, a="2")
    home.fetch(days=1)
    page = home.page("/a").source.id
    earlier = home.earlier("/a")[0].source.id
    remove_page(home.store, page)
    FollowedFile(home.store.home).forget_looks(page)
    assert home.store.catalog.sources() == ()
    assert home.files() == []
    with pytest.raises(UnknownSourceError):
        home.store.catalog.source(earlier)
    sitemap(home, a="3")
    assert home.fetch(days=1).new == ()
    fetch_all(home.store, lambda: home.embedder, visit(home))
    assert home.store.catalog.sources() == ()
    added = fetch_pages(home.store, lambda: home.embedder, [home.site.at("/a")], visit(home))
    assert added.new == (home.site.at("/a"),)


def test_a_rebuilt_index_and_an_added_folder_keep_versions_apart(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota")
    home.fetch()
    home.site.html("/quota", SECOND)
    home.fetch(days=1)
    before = {one.source.id: (one.state, one.source) for one in home.store.catalog.sources()}
    rebuild(home.store, lambda: home.embedder, lambda _: None)
    after = {one.source.id: (one.state, one.source) for one in home.store.catalog.sources()}
    assert after == before
    add_paths(home.store, lambda: home.embedder, [home.store.home / "web"], lambda _: None)
    again = {one.source.id: (one.state, one.source) for one in home.store.catalog.sources()}
    assert again == before


def test_pages_that_are_read_anew_keep_versions_apart(home: FollowingHome, tmp_path: Path) -> None:
    home.site.pages["/quota"] = Page(FIRST.encode(), "text/plain")
    home.follow("/quota")
    home.fetch()
    home.site.pages["/quota"] = Page(SECOND.encode(), "text/plain")
    home.fetch(days=1)
    before = {one.source.id: (one.state, one.source) for one in home.store.catalog.sources()}
    files = [Path(source.location) for _, source in before.values()]
    with new_index(home.store, tmp_path / "made") as made:
        put_sources(made, older_sources(home.store.catalog.database))
        add_paths(made, lambda: home.embedder, files, lambda _: None)
        after = {one.source.id: (one.state, one.source) for one in made.catalog.sources()}
    assert after == before


def test_a_backup_links_the_pages_that_are_kept(home: FollowingHome) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota")
    home.fetch()
    backup = back_up(home.store.home)
    (kept,) = home.files()
    assert (backup / kept.relative_to(home.store.home)).samefile(kept)
    assert FollowedFile(backup).all() == FollowedFile(home.store.home).all()


def test_a_file_with_the_content_of_a_page_is_a_source_of_its_own(
    home: FollowingHome, tmp_path: Path
) -> None:
    home.site.html("/quota", FIRST)
    home.follow("/quota")
    home.fetch()
    page = home.page("/quota").source
    copy = tmp_path / "quota.html"
    copy.write_bytes(Path(page.location).read_bytes())
    add_paths(home.store, lambda: home.embedder, [copy], lambda _: None)
    other = next(one.source for one in home.store.catalog.sources() if one.source.id != page.id)
    assert (other.fetched, other.copy_group) == ("", page.copy_group)


def test_what_may_not_be_asked_fails_with_its_address(home: FollowingHome) -> None:
    home.follow("/quota")
    lines = home.fetch(hosts=()).failed
    assert len(lines) == 1
    assert "is not asked" in lines[0]
    assert home.site.asked == []
    assert WebRules().hosts == ()
