"""Feeds of every kind become a page for each article; nothing in them is fetched or expanded."""

import socket

import pytest
from article_pages import rows, texts

from corpus.articles import read_xml
from corpus.document import Metadata, Reading
from corpus.errors import NoFactsError, UnreadableSourceError

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Ore &amp; Metal News</title><link>https://ore.example/</link>
<atom:link href="https://ore.example/feed" rel="self"/><description>All news</description>
<language>en-US</language><copyright>CC BY 4.0</copyright>
<item><title>A miner&amp;#8217;s quarter</title><link>https://ore.example/1</link>
<dc:creator><![CDATA[Jo Field]]></dc:creator><pubDate>Fri, 06 Feb 2026 23:30:00 -0800</pubDate>
<category>mines</category><guid isPermaLink="false">1</guid>
<description><![CDATA[Only the start.]]></description>
<content:encoded><![CDATA[<p>Output rose to <b>2,080 tonnes</b>&nbsp;of oxide.</p>
<script>track()</script><table><tr><th>Oxide</th><th>US$/kg</th></tr><tr><td>NdPr</td><td>69</td>
</tr></table><img src="http://127.0.0.1:9/x.png">]]></content:encoded></item>
<item><title>Prices &lt; cost</title><link>https://ore.example/2</link>
<author>jo@ore.example (Jo Field)</author><pubDate>Thu, 05 Feb 2026 08:00:00 GMT</pubDate>
<description>Cerium oxide sold below the cost of production, a trader said.</description></item>
<item><title>Bare</title><link>https://ore.example/3</link><description></description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Agency news</title>
<author><name>The Agency</name></author><link href="https://agency.example/"/>
<link rel="self" href="https://agency.example/feed"/><updated>2026-02-01T00:00:00Z</updated>
<id>u</id><rights>Public domain</rights>
<entry><title type="html">A &lt;em&gt;new&lt;/em&gt; list</title><id>u1</id>
<link href="https://agency.example/1"/><published>2026-01-30T09:00:00+01:00</published>
<updated>2026-02-01T00:00:00Z</updated><author><name>Ann Ek</name></author>
<author><name>Bo Al</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>The list names 17 elements.</p></div></content></entry>
<entry><title>A second entry</title><id>u2</id><updated>2026-02-02T00:00:00Z</updated>
<summary>It is plain, and 3 &lt; 5.</summary></entry></feed>"""
RDF = """<?xml version="1.0" encoding="windows-1252"?>
<!DOCTYPE rdf:RDF [ <!ELEMENT item ANY> ]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://terres.example/"><title>Terres</title>
<link>https://terres.example/</link><description>d</description>
<dc:publisher>Réseau des terres</dc:publisher><dc:language>fr</dc:language></channel>
<item rdf:about="https://terres.example/1"><title>Les quotas</title>
<link>https://terres.example/1</link><dc:date>2026-02-03</dc:date>
<description>La Chine a fixé ses quotas d’extraction.</description></item></rdf:RDF>"""


def read(text: str, name: str = "feed.xml") -> Reading:
    """Read a text as the file it would be."""
    return read_xml(text.encode(), name)


def item(body: str, title: str = "T") -> str:
    """Return a feed of one item with a description."""
    return (
        '<rss version="2.0"><channel><title>C</title>'
        f"<item><title>{title}</title><description>{body}</description></item></channel></rss>"
    )


def test_rss_items_are_pages_with_the_full_content() -> None:
    reading = read(RSS)
    first, second = reading.pages
    assert first.text.startswith(
        "A miner’s quarter\n\nJo Field, 2026-02-06, Ore & Metal News\n\n"
        "Output rose to 2,080 tonnes of oxide.\n\nOxide | US$/kg"
    )
    assert rows(first) == [["Oxide", "US$/kg"], ["NdPr", "69"]]
    assert "track" not in first.text
    assert second.text == (
        "Prices < cost\n\nJo Field, 2026-02-05, Ore & Metal News\n\n"
        "Cerium oxide sold below the cost of production, a trader said."
    )
    assert [page.label for page in reading.pages] == ["A miner’s quarter", "Prices < cost"]
    assert reading.remarks == ("article 3 'Bare' has no text",)
    assert reading.metadata == Metadata(
        title="Ore & Metal News",
        publisher="Ore & Metal News",
        published="2026-02-06",
        url="https://ore.example/",
        language="en",
        licence="CC BY 4.0",
    )


def test_atom_entries_keep_all_authors_and_the_first_date() -> None:
    reading = read(ATOM, "news.atom")
    assert texts(reading) == [
        "A new list\n\nAnn Ek, Bo Al, 2026-01-30, The Agency\n\nThe list names 17 elements.",
        "A second entry\n\n2026-02-02, The Agency\n\nIt is plain, and 3 < 5.",
    ]
    assert reading.metadata == Metadata(
        title="Agency news",
        publisher="The Agency",
        published="2026-02-02",
        url="https://agency.example/",
        language="en",
        licence="Public domain",
    )


def test_rdf_feed_of_one_item_in_its_encoding_is_that_article() -> None:
    reading = read_xml(RDF.encode("cp1252"), "terres.rss")
    assert texts(reading) == [
        "Les quotas\n\n2026-02-03, Réseau des terres\n\nLa Chine a fixé ses quotas d’extraction."
    ]
    assert reading.metadata == Metadata(
        title="Les quotas",
        publisher="Réseau des terres",
        published="2026-02-03",
        url="https://terres.example/1",
        language="fr",
    )
    assert reading.remarks == ()


def test_source_of_an_item_is_its_publisher() -> None:
    feed = item("It is short.").replace(
        "</item>", '<source url="https://wire.example/feed">The Wire</source></item>'
    )
    assert texts(read(feed)) == ["T\n\nThe Wire\n\nIt is short."]


def test_feed_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    reading = read(RSS[: RSS.index("Thu, 05 Feb")])
    assert texts(reading)[0].startswith("A miner’s quarter\n\nJo Field, 2026-02-06")
    damage, empty = reading.remarks
    assert damage.startswith("the feed is damaged (")
    assert damage.endswith(") and read as far as it goes")
    assert empty == "article 2 'Prices < cost' has no text"


def test_bare_ampersands_and_entities_of_html_are_no_damage() -> None:
    reading = read(item("A R&D plant &ndash; of AT&T &mdash; in Caf&eacute; &unknown; street."))
    assert texts(reading) == ["T\n\nC\n\nA R&D plant – of AT&T — in Café &unknown; street."]
    assert reading.remarks == ()


def test_signs_that_xml_forbids_are_spaces() -> None:
    assert texts(read(item("One&#0;two\x0bthree&#x1F;four."))) == ["T\n\nC\n\nOne two three four."]


def test_body_of_template_tokens_is_no_text() -> None:
    with pytest.raises(NoFactsError) as raised:
        read(item("{{ article.body }}"))
    assert str(raised.value) == (
        "feed.xml: none of its 1 articles has text; fetch them with their bodies"
    )


def test_feed_without_items_is_refused() -> None:
    with pytest.raises(NoFactsError) as raised:
        read('<rss version="2.0"><channel><title>C</title></channel></rss>')
    assert str(raised.value) == ("feed.xml: is a feed without any item; fetch it when it has some")


def test_damaged_feed_without_items_is_refused() -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read('<rss version="2.0"><channel><title>C</tit')
    assert str(raised.value).startswith("feed.xml: is a damaged feed (")
    assert str(raised.value).endswith(") without any item; fetch it again")


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{BOMB}]>' + item("&l8;"),
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + item("&x;"),
        '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><r><p>A</p></r>',
    ],
)
def test_entities_are_never_expanded(text: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read(text)
    assert str(raised.value) == (
        "feed.xml: declares entities, which are never expanded; save it without its DOCTYPE"
    )


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    external = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">'
    assert read(RSS.replace("<rss ", f"{external}<rss ", 1)).pages == read(RSS).pages
    name = read_xml.__code__.co_filename.encode()
    for data in (name, b"http://127.0.0.1:9/feed", b"<rss>" + name):
        with pytest.raises((NoFactsError, UnreadableSourceError)):
            read_xml(data, "feed.xml")


@pytest.mark.parametrize(
    "data", ["<a>" * 100_000, "<a>" * 150 + "</a>" * 150, "<rss><channel><item>" + "<b>" * 5_000]
)
def test_deep_nesting_is_refused(data: str) -> None:
    with pytest.raises((UnreadableSourceError, NoFactsError)):
        read(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"title": "A"}', "is no XML ("),
        (b"<a><p>An unclosed paragraph", "is no XML ("),
        (b"<a>\x00</a>", "holds binary data"),
        ('<?xml version="1.0"?><a>\0</a>'.encode("utf-16"), "holds binary data"),
    ],
)
def test_what_is_no_xml_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_xml(data, "a.xml")
    assert str(raised.value).startswith(f"a.xml: {said}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_encodings_are_read(encoding: str) -> None:
    text = item("Größe und Käse.").encode(encoding)
    assert texts(read_xml(text, "a.rss")) == ["T\n\nC\n\nGröße und Käse."]


def test_declared_encoding_that_does_not_exist_is_passed_over() -> None:
    text = '<?xml version="1.0" encoding="x-none"?>' + item("Größe und Käse.")
    assert texts(read(text)) == ["T\n\nC\n\nGröße und Käse."]


def test_web_page_with_the_ending_of_xml_is_read_as_one() -> None:
    html = "<!DOCTYPE html><html><body><p>The plant makes magnets of neodymium.</p></body></html>"
    assert "The plant makes magnets of neodymium." in texts(read(html))[0]
