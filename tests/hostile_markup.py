"""Hostile files of web pages, XML, feeds and JSON, by what is wrong with each."""

import json
from collections.abc import Mapping

from hostile_file import Hostile
from ordinary_files import ATOM, HTML, RSS, XML

_MB = 1_000_000
_LAUGHS = "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "Rare earths. "}">' for n in range(12)
)
_ELSEWHERE = (
    '<!ENTITY a9 SYSTEM "file:///etc/passwd"><!ENTITY a8 SYSTEM "http://127.0.0.1:9/a">'
    '<!ENTITY % a7 SYSTEM "http://127.0.0.1:9/b.dtd">%a7;'
)
_PAGE = b"<html><body><p>Mine 7 shipped 100 tons of oxide.</p>"


def web_pages() -> Mapping[str, bytes | Hostile]:
    """Return hostile HTML files."""
    cell = b"<td>" + b"1,000 " * 3 + b"</td>"
    return {
        "only a tag.html": b"<html",
        "nothing but scripts.html": b"<html><body><script>" + b"a();" * 10_000 + b"</script>",
        "deep divs.html": Hostile(_PAGE, b"<div>", 100_000, b"a"),
        "deep inline.html": Hostile(_PAGE, b"<b><i>", 100_000, b"a"),
        "deep tables.html": Hostile(_PAGE, b"<table><tr><td>", 5_000, b"a"),
        "deep lists.html": Hostile(_PAGE, b"<ul><li>a", 5_000),
        "closing tags only.html": Hostile(_PAGE, b"</p></b></table>", 200_000),
        "open tags.html": Hostile(_PAGE, b"<", 2 * _MB),
        "half tags.html": Hostile(_PAGE, b"<a b='", 400_000),
        "a tag of attributes.html": Hostile(_PAGE + b"<p ", b"a='b' ", 300_000, b">a"),
        "comments.html": Hostile(_PAGE, b"<!--", 500_000),
        "one line of 12 MB.html": Hostile(_PAGE + b"<p>", b"Mine 7. ", 12 * _MB // 8),
        "one line of 100 MB.html": Hostile(_PAGE + b"<p>", b"a", 100 * _MB),
        "spans without end.html": Hostile(
            _PAGE + b"<table><tr>", b"<td rowspan=65534 colspan=1000>1</td>", 300
        ),
        "a span that lies.html": Hostile(
            _PAGE + b"<table>", b"<tr><td rowspan='9e99' colspan='-7'>1</td><td>2</td></tr>", 50
        ),
        "a wide table.html": Hostile(
            _PAGE + b"<table><tr>", cell, 6_000, b"</tr><tr><td>1</td></tr></table>"
        ),
        "a long table.html": Hostile(
            _PAGE + b"<table>", b"<tr><td>a</td><td>1</td></tr>", 2_000, b"</table>"
        ),
        "entities.html": Hostile(_PAGE + b"<p>", b"&#x110000;&#xD800;&#0;&amp;&nosuch;", 5_000),
        "laughs.html": f"<!DOCTYPE html [{_LAUGHS}]><p>Mine &a11;</p>".encode(),
        "from elsewhere.html": f"<!DOCTYPE html [{_ELSEWHERE}]><p>Mine &a9; &a8;</p>".encode()
        + b"<iframe src='file:///etc/passwd'></iframe><img src='http://127.0.0.1:9/a.png'>"
        b"<link rel=stylesheet href='http://127.0.0.1:9/a.css'><base href='file:///etc/'>",
        "null bytes.html": HTML.encode().replace(b" ", b"\0 "),
        "UTF-16.html": HTML.encode("utf-16")[:-1],
        "broken UTF-8.html": HTML.encode().replace(b"a", b"\xe2\x28"),
        "false encoding.html": HTML.encode("cp1252").replace(b'"utf-8"', b'"utf-7"'),
        "linked data without end.html": Hostile(
            b"<html><script type='application/ld+json'>",
            b'{"a":[',
            100_000,
            b"</script><p>Mine 7 shipped 100 tons.</p>",
        ),
        "a number in linked data.html": b"<html><script type='application/ld+json'>"
        + b'{"@type":"NewsArticle","datePublished":1'
        + b"0" * 5_000
        + b',"headline":[[["a"]]],"author":{"name":{"name":7}}}</script>'
        + b"<p>Mine 7 shipped 100 tons of oxide.</p>",
        "signs that no tree can hold.html": _PAGE
        + b"<script></script>\x0c&#12;&#xFFFF;\x0b and a<nav>b</nav>&#x1;",
        "half a surrogate.html": _PAGE + b"<p>\xed\xa0\x80 and &#xDFFF; of mine 7.</p>",
    }


def xml_files() -> Mapping[str, bytes | Hostile]:
    """Return hostile XML files and feeds."""
    item = b"<item><title>a</title><description>Mine 7 shipped.</description></item>"
    channel = b'<rss version="2.0"><channel><title>a</title>'
    entry = b"<entry><title>a</title><content>Mine 7 shipped 100 tons.</content></entry>"
    atom = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title>'
    files: dict[str, bytes | Hostile] = {
        "long lists.rss": Hostile(channel, item, 1_500, b"</channel></rss>"),
        "long lists.atom": Hostile(atom, entry, 1_500, b"</feed>"),
        "an author without end.rss": Hostile(
            channel + b"<item><description>Mine 7 shipped.</description><author>",
            b"a.",
            100_000,
            b"</author></item></channel></rss>",
        ),
        "a date beyond all.rss": RSS.replace("2026", "99999999999").encode(),
        "no link.atom": ATOM.replace("<title>News", "a>b").encode(),
        "empty items.rss": Hostile(channel, b"<item/>", 5_000, b"</channel></rss>"),
        "markup in markup.rss": Hostile(
            channel + b"<item><description>", b"&lt;div>", 20_000, b"</description></item>"
        ),
        "attributes.xml": b"<a " + b" ".join(b"a%d='1'" % n for n in range(100_000)) + b"/>",
        "names.xml": b"<a>" + b"".join(b"<b%d>1</b%d>" % (n, n) for n in range(60_000)),
        "namespaces.xml": b"<a>"
        + b"".join(b"<b xmlns:n%d='u:%d'><n%d:c>1</n%d:c></b>" % (n, n, n, n) for n in range(2_000))
        + b"</a>",
        "a style sheet.xml": b'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" '
        b'href="file:///etc/passwd"?><a xmlns:xi="http://www.w3.org/2001/XInclude">'
        b'<xi:include href="file:///etc/passwd" parse="text"/><p>Mine 7 shipped.</p></a>',
        "an encoding that is none.xml": XML.replace("utf-8", "idna").encode(),
        "half of UTF-16.xml": XML.encode("utf-16")[:301],
        "a document type without end.xml": b"<!DOCTYPE a [" + b"<!ELEMENT a (b" * 50_000,
    }
    for ending, text, root in (
        (".xml", XML, "report"),
        (".rss", RSS, "rss"),
        (".atom", ATOM, "feed"),
    ):
        head, start, rest = text.partition(f"<{root}")
        word = "Mine 7"
        laughs = rest.replace(word, "&a11;")
        elsewhere = rest.replace(word, "&a9; and &a8;")
        files |= {
            f"laughs{ending}": f"{head}<!DOCTYPE x [{_LAUGHS}]>{start}{laughs}".encode(),
            f"laughs in UTF-16{ending}": f"<!DOCTYPE x [{_LAUGHS}]>{start}{laughs}".encode(
                "utf-16"
            ),
            f"from elsewhere{ending}": (
                f"{head}<!DOCTYPE x [{_ELSEWHERE}]>{start}{elsewhere}".encode()
            ),
            f"a type from elsewhere{ending}": (
                f'{head}<!DOCTYPE x SYSTEM "file:///etc/passwd">{start}{rest}'.encode()
            ),
            f"deep{ending}": Hostile(
                f"{head}{start}>".encode(), b"<a>", 100_000 if ending == ".xml" else 20_000
            ),
            f"deep and whole{ending}": Hostile(
                f"{head}{start}>".encode() + b"<a>" * 5_000, b"</a>", 5_000, f"</{root}>".encode()
            ),
            f"null bytes{ending}": text.encode().replace(b" ", b"\0 "),
            f"sections without end{ending}": Hostile(
                f"{head}{start}>".encode(), b"<![CDATA[", 100_000
            ),
            f"references{ending}": text.replace(
                word, "&#0;&#xD800;&#1114112;&#xFFFF;&nosuch;& Mine 7" * 1_000
            ).encode(),
            f"cut{ending}": text.encode()[:-40],
            f"one line of 12 MB{ending}": Hostile(
                f"{head}{start}>".encode(), b"Mine 7 ", 12 * _MB // 7
            ),
        }
    files["one line of 100 MB.xml"] = Hostile(b"<a>", b"Mine 7 ", 100 * _MB // 7)
    return files


def json_files() -> Mapping[str, bytes | Hostile]:
    """Return hostile JSON files."""
    article = {"title": "a", "body": "Mine 7 shipped 100 tons of oxide."}
    record = b'{"name":"Mine 7","tons":'
    files: dict[str, bytes | Hostile] = {
        "a huge number.json": record + b"9" * 100_000 + b"}",
        "numbers without end.json": b'[{"a":"a","b":1e999999999},{"a":"b","b":-1E-999}]',
        "a table of numbers.json": Hostile(b"[[1,2]", b",[1,2]", 5_000, b"]"),
        "an article of articles.json": json.dumps(
            [article | {"body": [article] * 50}] * 50
        ).encode(),
        "years that are none.json": json.dumps(
            article | {"data_years": [10**30, -1, True], "published": 10**25, "author": [[[1]]]}
        ).encode(),
        "the same name.json": b"{" + b'"a":1,' * 100_000 + b'"a":"Mine 7 shipped 100 tons."}',
        "names.json": json.dumps({f"a{n}": n for n in range(20_000)}).encode(),
        "ragged rows.json": json.dumps([{f"c{n}": n} for n in range(3_000)]).encode(),
        "ragged columns.json": json.dumps(
            {"columns": ["a"] * 9, "data": [list(range(n)) for n in range(150)]}
        ).encode(),
        "no number.json": b'{"a": NaN, "b": Infinity, "c": "Mine 7 shipped 100 tons of oxide."}',
        "a wide table.json": json.dumps(
            [{f"c{n}": n for n in range(1_000)} | {"name": f"m{m}"} for m in range(5)]
        ).encode(),
        "dates.json": json.dumps(article | {"published": "9" * 5_000}).encode(),
        "markup.json": json.dumps(article | {"body": "<div>" * 50_000}).encode(),
    }
    for ending in (".json", ".jsonl"):
        files |= {
            f"deep lists{ending}": Hostile(b"", b"[", 100_000),
            f"deep objects{ending}": Hostile(b"", b'{"a":', 100_000),
            f"deep and whole{ending}": b"[" * 50_000 + b"]" * 50_000,
            f"half a surrogate{ending}": b'{"title":"a\\ud800","body":"Mine\\u0000 \\udfff 7."}',
            f"one line of 100 MB{ending}": Hostile(
                b'{"title":"a","body":"', b"Mine 7 shipped. ", 100 * _MB // 16, b'"}'
            ),
            f"an open string{ending}": Hostile(b'{"a":"', b"\\", 1_000_001),
            f"commas{ending}": Hostile(b"[", b",", _MB),
            f"lines of one sign{ending}": Hostile(b"", b"{\n", 50_000),
            f"objects in a row{ending}": Hostile(b"", b'{"a":1}', 10_000),
            f"null bytes{ending}": b'{"title":"a","body":"Mine\0 7 shipped 100 tons."}',
            f"UTF-16{ending}": json.dumps(article).encode("utf-16")[:-1],
            f"invalid UTF-8{ending}": json.dumps(article).encode().replace(b"M", b"\xff\xfe"),
            f"cut{ending}": json.dumps([article] * 3).encode()[:-9],
            f"random{ending}": bytes((n * n * 7 + n // 3) % 256 for n in range(5_000)),
        }
    return files
