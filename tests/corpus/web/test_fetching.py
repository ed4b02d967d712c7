"""Fetching from a site of our own: politely, conditionally, by redirects, of types we read."""

import gzip

import pytest
from web_server import Page, website

from corpus.web.fetching import Failed, Fetched, Fetcher, Gone, NotChanged, Validators
from corpus.web.guard import WebRules

PDF = b"%PDF-1.7\nwords"


def test_a_page_comes_with_its_type_and_validators() -> None:
    with website() as site:
        site.pages["/a?b=c%20d"] = Page(b"<p>Words</p>", etag='"one"')
        look = site.fetcher().fetch(site.at("/a?b=c%20d"))
        assert look == Fetched(
            site.at("/a?b=c%20d"), "", b"<p>Words</p>", ".html", "text/html", Validators('"one"')
        )


def test_a_site_is_told_who_asks_and_where_to_complain() -> None:
    with website() as site:
        site.html("/a", "Words.")
        site.fetcher(contact="desk@example.com").fetch(site.at("/a"))
    agents = {line for one in site.asked for line in one.split("\r\n") if "User-Agent" in line}
    assert len(agents) == 1
    assert "rare-earth-assistant/" in (told := agents.pop())
    assert "desk@example.com" in told
    sent = site.asked[-1].lower()
    assert not any(name in sent for name in ("cookie:", "authorization:", "referer:"))


def test_what_is_known_is_not_sent_again() -> None:
    with website() as site:
        site.pages["/a"] = Page(b"Words", "text/plain", etag='"one"')
        fetcher = site.fetcher()
        first = fetcher.fetch(site.at("/a"))
        assert isinstance(first, Fetched)
        assert fetcher.fetch(site.at("/a"), first.validators) == NotChanged("")
        site.pages["/a"] = Page(b"Other words", "text/plain", etag='"two"')
        second = fetcher.fetch(site.at("/a"), first.validators)
        assert isinstance(second, Fetched)
        assert second.data == b"Other words"


def test_a_validator_that_cannot_be_sent_back_is_forgotten() -> None:
    with website() as site:
        site.pages["/a"] = Page(b"Words", "text/plain", headers=("ETag: " + "x" * 300,))
        look = site.fetcher().fetch(site.at("/a"))
        assert isinstance(look, Fetched)
        assert look.validators == Validators()


@pytest.mark.parametrize(("status", "is_for_good"), [(404, False), (410, True)])
def test_a_page_that_is_not_there_is_gone(status: int, is_for_good: bool) -> None:
    with website() as site:
        site.pages["/a"] = Page(status=status)
        look = site.fetcher().fetch(site.at("/a"))
        assert look == Gone(f"{site.at('/a')}: is not there (status {status})", is_for_good)


def test_a_page_moves_for_good_as_far_as_all_redirects_say_so() -> None:
    with website() as site:
        site.moves("/a", "/b")
        site.moves("/b", "c/d", 308)
        site.moves("/c/d", "/e", 302)
        site.html("/e", "Words.")
        look = site.fetcher().fetch(site.at("/a"))
        assert isinstance(look, Fetched)
        assert (look.address, look.moved_to) == (site.at("/e"), site.at("/c/d"))
        other = site.fetcher().fetch(site.at("/c/d"))
        assert isinstance(other, Fetched)
        assert other.moved_to == ""


def test_robots_are_read_once_and_heeded() -> None:
    with website() as site:
        rules = b"User-agent: *\nCrawl-delay: 7\nDisallow: /shut\nAllow: /shut/open"
        site.pages["/robots.txt"] = Page(rules, "text/plain")
        for target in ("/a", "/shut/b", "/shut/open"):
            site.html(target, "Words.")
        waited: list[float] = []
        fetcher = Fetcher(site.rules(), sleep=waited.append)
        assert isinstance(fetcher.fetch(site.at("/a")), Fetched)
        assert isinstance(fetcher.fetch(site.at("/shut/b")), Failed)
        assert isinstance(fetcher.fetch(site.at("/shut/open")), Fetched)
        assert site.targets == ["/robots.txt", "/a", "/shut/open"]
        assert [round(seconds) for seconds in waited] == [7, 7]


def test_two_requests_of_a_host_are_apart() -> None:
    with website() as site:
        site.html("/a", "Words.")
        waited: list[float] = []
        fetcher = Fetcher(site.rules(delay_seconds=3.0), sleep=waited.append)
        fetcher.fetch(site.at("/a"))
        fetcher.fetch(site.at("/a"))
        assert [round(seconds) for seconds in waited] == [3, 3]  # robots.txt counts


@pytest.mark.parametrize(
    ("target", "kind", "body", "ending"),
    [
        ("/a", "text/html; charset=utf-8", b"x", ".html"),
        ("/a", "TEXT/HTML", b"x", ".html"),
        ("/a", "application/pdf", PDF, ".pdf"),
        ("/a", "text/html", PDF, ".pdf"),
        ("/a.pdf", "application/octet-stream", PDF, ".pdf"),
        ("/figures.csv", "text/plain", b"a,b", ".csv"),
        ("/a.docx", "", b"PK", ".docx"),
        ("/a.html", "text/plain", b"x", ".txt"),
        ("/a", "application/json", b"{}", ".json"),
        ("/feed", "application/rss+xml", b"<rss/>", ".rss"),
        ("/map.gz", "application/gzip", gzip.compress(b"x"), ".gz"),
    ],
)
def test_the_ending_is_told_by_the_type(target: str, kind: str, body: bytes, ending: str) -> None:
    with website() as site:
        site.pages[target] = Page(body, kind)
        look = site.fetcher().fetch(site.at(target))
        assert isinstance(look, Fetched)
        assert (look.ending, look.data) == (ending, body)


def test_a_proxy_that_is_set_is_asked_for_every_page() -> None:
    with website() as proxy:
        proxy.html("http://example.com/a", "Words by the proxy.")
        fetcher = Fetcher(WebRules(proxy=proxy.address, delay_seconds=0.0))
        assert isinstance(fetcher.fetch("http://example.com/a"), Fetched)
        assert isinstance(fetcher.fetch("https://example.com/a"), Failed)
    assert proxy.targets == [
        "http://example.com/robots.txt",
        "http://example.com/a",
        "example.com:443",  # CONNECT
    ]


def test_a_packed_page_is_unpacked() -> None:
    with website() as site:
        packed = gzip.compress(b"Words " * 9999)
        site.pages["/a"] = Page(packed, "text/plain", headers=("Content-Encoding: gzip",))
        look = site.fetcher().fetch(site.at("/a"))
        assert isinstance(look, Fetched)
        assert look.data == b"Words " * 9999


def test_a_page_of_just_the_size_that_is_allowed_comes() -> None:
    with website() as site:
        site.pages["/a"] = Page(b"x" * 1000, "text/plain")
        assert isinstance(site.fetcher(most_bytes=1000).fetch(site.at("/a")), Fetched)
        assert isinstance(site.fetcher(most_bytes=999).fetch(site.at("/a")), Failed)
