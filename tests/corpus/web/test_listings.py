"""Feeds and sitemaps: what they list on their own site, and what damaged and hostile ones are."""

import gzip

import pytest

from corpus.errors import WebError
from corpus.web.listings import Listed, Listing, read_listing

AT = "https://www.site.example/news/list.xml"
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://site.example/a?x=1&amp;y=2 </loc><lastmod>2026-11-01</lastmod></url>
<url><loc>/b#part</loc></url><url><loc>/b</loc></url><url><priority>1</priority></url>
<url><loc>https://evil.example/c</loc></url><url><loc>file:///etc/passwd</loc></url>
</urlset>"""
INDEX = """<sitemapindex><sitemap><loc>https://www.site.example/one.xml.gz</loc>
<lastmod>2026-10-01</lastmod></sitemap><sitemap><loc>http://10.0.0.1/x</loc></sitemap>
</sitemapindex>"""
RSS = """<rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>https://site.example/1</link>
<pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Two</title><link>https://tracker.example/2</link></item></channel></rss>"""
RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<item><title>AT&T & others &mdash; one</title><link>https://site.example/1</link>
<dc:date>2026-11-02</dc:date></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry><title>One</title>
<link rel="self" href="/self"/><link href="/1"/><published>2026-11-01</published>
<updated>2026-11-02T10:00:00Z</updated></entry></feed>"""


def read(text: str | bytes, most_bytes: int = 1_000_000) -> Listing:
    return read_listing(text.encode() if isinstance(text, str) else text, AT, most_bytes)


def test_a_sitemap_lists_the_pages_of_its_site() -> None:
    assert read(SITEMAP) == Listing(
        "sitemap",
        (
            Listed("https://site.example/a?x=1&y=2", "2026-11-01"),
            Listed("https://www.site.example/b", ""),
        ),
        (),
        elsewhere=2,
    )


def test_an_index_of_sitemaps_lists_them() -> None:
    one = Listed("https://www.site.example/one.xml.gz", "2026-10-01")
    assert read(INDEX) == Listing("sitemap", (), (one,), elsewhere=1)


def test_a_packed_sitemap_is_unpacked() -> None:
    assert read(gzip.compress(SITEMAP.encode())) == read(SITEMAP)


def test_feeds_list_their_items() -> None:
    first = Listed("https://site.example/1", "Mon, 02 Nov 2026 10:00:00 GMT")
    assert read(RSS) == Listing("feed", (first,), (), elsewhere=1)
    second = Listed("https://www.site.example/1", "2026-11-02T10:00:00Z")
    third = Listed("https://site.example/1", "2026-11-02")
    assert read(RSS_1) == Listing("feed", (third,), ())
    assert read(ATOM) == Listing("feed", (second,), ())


@pytest.mark.parametrize(
    "text", ["<html><body>Words</body></html>", "Words.", "%PDF-1.7", "<report><a/></report>", ""]
)
def test_what_is_no_listing_is_a_page(text: str) -> None:
    assert read(text) == Listing("page")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<urlset><url><loc>x", "is no XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><urlset><url><loc>&b;</loc></url></urlset>', "entities"),
        (gzip.compress(bytes(3_000_000)), "is larger than 1 MB"),
        (gzip.compress(SITEMAP.encode())[:-30], "packed and damaged"),
        (b"<urlset>" + b"<url/>" * 50_001 + b"</urlset>", "more than 50,000 addresses"),
        (b"<rss><channel><item><title>One", "is no XML"),
        (b"<rss>" + b"<a>" * 1_000_000, "is no XML"),
        (b"<rss><item " + b" ".join(b"a%d=''" % n for n in range(300_000)) + b"/>", "is no XML"),
    ],
)
def test_a_damaged_or_hostile_listing_is_one_line(data: bytes, told: str) -> None:
    with pytest.raises(WebError, match=told) as raised:
        read(data)
    assert AT in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1
