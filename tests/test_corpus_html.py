"""HTML becomes a page of lines that keeps its headings, lists and tables and nothing else."""

import pytest

from corpus.blocks import find_blocks
from corpus.document import Block, Cell, Context, Page, Repair
from corpus.errors import UnreadableSourceError
from corpus.html import read_html

FULL = """<!DOCTYPE html>
<html lang="en-US"><head><title> Rare
  earths </title>
<meta name="author" content="A. Writer">
<meta property="og:site_name" content="The Survey">
<meta property="article:published_time" content="2026-02-06T10:00:00Z">
<meta name="license" content="CC0">
<style>p { color: red }</style><script>var figures = "13,000";</script></head>
<body><nav><a href="/">Home</a></nav><header>Top of the site</header>
<h1>Rare <em>earths</em></h1>
<p>They are mined in China &amp; in
   Burma.<br>Not in Chinaโs sea.<script>track()</script></p>
<ul><li>magnets</li><li>glass</li></ul>
<table><caption>Mine production, metric tons</caption>
<thead><tr><th>Country</th><th>2025</th></tr></thead>
<tbody><tr><td>Nigeria</td><td> 1,500 </td></tr><tr><td>A|B</td><td>2</td></tr></tbody></table>
<pre>line one
line two</pre>
<form><input value="x">Search</form><!-- a note --><button>Buy</button>
<noscript>Switch it on</noscript><footer>Bottom</footer></body></html>"""

TEXT = """# Rare earths

They are mined in China & in Burma.
Not in China’s sea.

- magnets
- glass

Mine production, metric tons
| Country | 2025 |
| Nigeria | 1,500 |
| A/B | 2 |

line one
line two"""


def test_page_keeps_structure_and_leaves_out_scripts_forms_and_navigation() -> None:
    page = read_html(FULL.encode(), "a.html").page
    at = TEXT.index("’")
    assert page == Page(1, "1", TEXT, find_blocks(TEXT), (Repair(at, at + 1, "โ", "encoding"),))


def test_table_rows_carry_the_caption_and_the_header() -> None:
    page = read_html(FULL.encode(), "a.html").page
    caption = "Mine production, metric tons"
    context = Context("Rare earths", caption, ("Country", "2025"), "metric tons")
    start = TEXT.index("Nigeria")
    cells = (
        Cell("Nigeria", start, start + 7, "Country"),
        Cell("1,500", start + 10, start + 15, "2025", 2025, "metric tons"),
    )
    assert Block("row", start, start + 15, context, cells) in page.blocks


def test_title_and_meta_fields_are_read() -> None:
    read = read_html(FULL.encode(), "a.html")
    assert (read.title, read.fields) == (
        "Rare earths",
        {
            "publisher": "The Survey",
            "author": "A. Writer",
            "published": "2026-02-06T10:00:00Z",
            "licence": "CC0",
            "language": "en",
        },
    )


def test_author_is_the_publisher_where_no_site_is_named() -> None:
    html = '<meta name="author" content="A. Writer"><meta name="x"><p>Text.</p>'
    assert read_html(html.encode(), "a.html").fields == {
        "author": "A. Writer",
        "publisher": "A. Writer",
        "language": "",
    }


def test_title_of_the_open_graph_goes_before_that_of_the_window() -> None:
    html = '<title>Site: it</title><meta property="og:title" content="It"><p>Text.</p>'
    assert read_html(html.encode(), "a.html").title == "It"


def test_page_that_declares_its_encoding_as_xml_does_is_read() -> None:
    html = '<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>Käse</p></body></html>'
    assert read_html(html.encode(), "a.html").page.text == "Käse"


def test_page_in_another_encoding_is_read() -> None:
    html = "<p>" + "Die seltenen Erden für Käse, Größe und Übermut. " * 5 + "</p>"
    text = read_html(html.encode("cp1252"), "a.html").page.text
    assert text == ("Die seltenen Erden für Käse, Größe und Übermut. " * 5).strip()


def test_fragment_without_a_body_is_read() -> None:
    assert read_html(b"just words", "a.html").page.text == "just words"


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><script>load()</script><div></div></body></html>",
        "<svg><text>1</text></svg>",
        "<html></html>",
    ],
)
def test_page_that_a_script_fills_in_is_refused(html: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_html(html.encode(), "site/a.html")
    assert str(raised.value) == (
        "site/a.html: the page has no text of its own; is it filled in by a script? Save the "
        "page from a browser, or remove it"
    )


def test_file_without_any_element_is_refused() -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_html(b"<!-- nothing -->", "a.html")
    assert str(raised.value) == "a.html: holds no HTML text; remove it"
