"""Web pages: their content is kept with its structure, and what surrounds it is in no block."""

import socket
from pathlib import Path

import pytest
from websites import PAGES, read_body, read_page, told

from corpus.document import Block, Context, Metadata, Page, Reading, Repair
from corpus.errors import CorpusError, UnreadableSourceError
from corpus.html import read_html
from corpus.reading import read_document

FILLED_IN = {"price_board", "dashboard", "app_shell"}


def test_page_becomes_headings_prose_and_repairs() -> None:
    html = (
        '<html lang="en"><head><title>Rare earths</title><script>var x = "13,000";</script></head>'
        "<body><nav><a href='/'>Home</a></nav><h1>Rare <em>earths</em></h1>"
        "<p>They are mined in China &amp; in\n   Burma.<br>Not in Chinaโs sea.</p>"
        "<!-- a note --><footer>Bottom</footer></body></html>"
    )
    text = "Rare earths\n\nThey are mined in China & in Burma.\nNot in China’s sea."
    at = text.index("’")
    blocks = (
        Block("heading", 0, 11),
        Block("prose", 13, len(text), Context(section="Rare earths")),
    )
    page = Page(1, "1", text, blocks, (Repair(at, at + 1, "โ", "encoding"),))
    metadata = Metadata(title="Rare earths", language="en")
    assert read_html(html.encode(), "a.html") == Reading((page,), metadata)


def test_news_article_is_told_without_what_the_site_puts_around_it() -> None:
    assert told(read_page("news_article").pages[0]) == [
        "Norrvik smelter to double dysprosium output",
        "By Ines Halvorsen and Tom Adeyemi 17 March 2026",
        "The Norrvik plant treats ore from two open pits.",
        "The operator of the Norrvik smelter plans to raise its output of dysprosium oxide from 40 "
        "tonnes a year to 85 tonnes by the end of 2027, its chief executive said on Tuesday.",
        "The expansion costs €31 million, of which the state lends €12 million. Work starts in "
        "August, when a second line of mixer-settlers arrives from Finland.",
        "Buyers wait for terbium",
        "Magnet makers in Germany had asked for terbium as well. “We hear them, but the ore holds "
        "little of it,” said Karin Oldberg, who runs the plant.",
        "The second line will need 30 more people on each shift.",
        "Norrvik sold 38 tonnes of the oxide last year, four fifths of it to one customer.",
    ]


def test_blog_is_told_without_its_comments_and_teasers() -> None:
    assert told(read_page("blog_theme").pages[0]) == [
        "What a kilo of terbium costs",
        "Terbium oxide sold for about $810 a kilo in May 2024, after $1,930 a year before.",
        "Chart: Loading…",
        "Three things moved the price:\n1. Magnet makers used up their stocks.\n"
        "2. Ore came from Myanmar again.\n3. New motors need less of it.",
        "The formula of the oxide is Tb4O7, so a kilo of it holds 850 g of metal. Its colour is "
        "dark brown, and it loses oxygen when heated in hydrogen, which gives Tb2O3.",
    ]


def test_teasers_without_any_telling_name_stand_beside_the_article() -> None:
    page = read_page("div_soup").pages[0]
    assert told(page) == [
        "Holmium lasers need a new supplier",
        "6 Feb. 2026, by Lars Tveit",
        "The only mine that sold holmium oxide of 99.99% purity to laser makers closed in January. "
        "It had shipped 11 tonnes a year since 2017, mostly to two buyers in Jena and Osaka.",
        "A surgeon's laser holds less than a gram of it. Even so, makers fear gaps, because a new "
        "separation line takes at least three years to build and to qualify.",
        "The price rose from $62 to $118 per kilogram within a month. One maker said that it has "
        "oxide for 14 months.",
    ]
    assert "Erbium amplifiers go to sea" in page.text


def test_preformatted_notice_is_read_as_plain_text_is() -> None:
    page = read_page("federal_register").pages[0]
    assert [page.text[b.start : b.end] for b in page.blocks if b.kind == "heading"] == [
        "DEPARTMENT OF MINES",
        "Office of Strategic Metals",
        "Notice of a Request for Information on Yttrium Stocks",
    ]
    assert (
        "SUMMARY: The Office asks holders of yttrium oxide for their stocks at the\nend of 2025. "
        "The stocks that were named a year ago came to 640 metric\ntons, a third less than those "
        "of the year before."
    ) in told(page)


def test_legal_text_keeps_its_numbers_terms_and_notes() -> None:
    words = told(read_page("legal_text").pages[0])
    assert words[:5] == [
        "ACT No. 14 OF 12 JUNE 2024",
        "on critical metals",
        "Section 1 — Scope",
        "(1) This Act applies to metals that are listed in Annex I.",
        "(2) It does not apply to\n(a) scrap of less than 5 kg,\n(b) ores for research.",
    ]
    assert words[6] == "heavy rare earths"
    assert words[-2].startswith("3. A holder of more than 200 kg of a listed metal reports it by")
    assert words[-2].split("\n")[1].startswith("4. The report names the metal")
    assert words[-1] == "1 Official Gazette 2024, p. 771."


def test_page_that_tables_arrange_is_read_as_running_text() -> None:
    page = read_page("old_layout").pages[0]
    assert told(page) == [
        "Gadolinium",
        "Gadolinium was first seen by its lines in 1880. The metal is soft and shines like silver.",
        "It turns from a magnet into a plain metal at 20 °C, which makes it the metal of magnetic "
        "cooling. No other element takes up neutrons as well.",
        "¹⁵⁸Gd | 24.8%",
        "¹⁶⁰Gd | 21.9%",
        "Written by hand, best seen at 800x600.",
    ]


def test_page_of_a_word_processor_keeps_its_notes() -> None:
    page = read_page("word_export").pages[0]
    words = told(page)
    assert words[1] == (
        "Separating a tonne of mixed carbonate costs $3,400 at the pilot plant and should cost "
        "$2,100 at full size."
    )
    assert words[-1] == "[1] Without wages."
    assert [(repair.original, repair.kind) for repair in page.repairs] == [("[1]", "footnote mark")]


def test_page_inside_one_form_is_read() -> None:
    page = read_page("aspnet_form").pages[0]
    assert told(page)[:2] == [
        "Rare earth stocks at the port of Almstad",
        "Stocks on the last day of each year, in tonnes of oxide. The figures come from the "
        "warehouse company.",
    ]


def test_folded_parts_and_lettered_lists_are_read() -> None:
    words = told(read_page("government_press").pages[0])
    assert words[:2] == ["Date 4 November 2025", "Ministry opens tender for magnet recycling"]
    assert (
        "a. Companies that are registered in the country.\n"
        "b. Universities, together with such a company."
    ) in words
    assert "The price counts for 60 points, the recovery for 40 points." in words
    assert not any("tungsten" in text for text in words)


def test_hidden_parts_and_signs_are_no_text() -> None:
    page = read_page("hidden_parts").pages[0]
    assert page.text == (
        "Cerium polishing powders\n\n"
        "Cerium oxide polishes glass. A mill in Gardenville makes 900 tonnes of it a year.\n\n"
        "The powder costs $7.50 a kilo.\n\n"
        "Output: 900 t 2025"
    )
    assert [(repair.original, repair.kind) for repair in page.repairs] == [
        ("\u200b", "zero-width"),
        ("\u00ad", "zero-width"),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("7,200<sup>12</sup> tons", "7,200 tons"),
        ("7,200<sup><a href='#fn12'>12</a></sup> tons", "7,200 tons"),
        ("7,200<a href='#note-12'>[12]</a> tons", "7,200 tons"),
        ("7,200<span style='vertical-align: super'>12</span> tons", "7,200 tons"),
        ("7,200¹² tons", "7,200 tons"),
        ("an area of 7 km<sup>2</sup>", "an area of 7 km²"),
        ("an area of 7 km²", "an area of 7 km²"),
        ("3 × 10<sup>6</sup> t", "3 × 10⁶ t"),
        ("3 ×10⁶ t", "3 ×10⁶ t"),
        ("CO<sub>2</sub> and Nd<sub>2</sub>O<sub>3</sub>", "CO2 and Nd2O3"),
    ],
)
def test_marks_of_notes_do_not_fuse_with_figures(body: str, text: str) -> None:
    assert read_body(f"<p>{body}</p>").text == text


def test_words_of_neighbouring_elements_do_not_fuse() -> None:
    html = "<p><b>Output in 2024</b><span>1,500 t</span></p><p><a>Nd</a>FeB <i>m</i>agnets</p>"
    assert read_body(html).text == "Output in 2024 1,500 t\n\nNdFeB magnets"


def test_list_that_its_lead_introduces_is_one_passage() -> None:
    html = "<p>Sources in 2024:</p><ul><li>China, 70%</li><li>Estonia, 5%</li></ul><p>Others.</p>"
    assert told(read_body(html)) == [
        "Sources in 2024:\n- China, 70%\n- Estonia, 5%",
        "Others.",
    ]


def test_item_of_several_paragraphs_keeps_them_apart() -> None:
    html = "<ul><li><p>China leads.</p><p>It has since 1995.</p></li><li>Burma follows.</li></ul>"
    assert told(read_body(html)) == ["- China leads.", "It has since 1995.", "- Burma follows."]


def test_numbers_of_a_list_go_on_where_the_page_says_so() -> None:
    html = "<ol start='4'><li>Four.</li><li value='9'>Nine.</li><li>Ten.</li></ol>"
    assert told(read_body(html)) == ["4. Four.\n9. Nine.\n10. Ten."]


def test_section_named_related_does_not_swallow_what_follows() -> None:
    html = (
        "<div><h3>Related articles</h3><ul><li><a href='/a'>News of scandium</a></li></ul></div>"
        "<p>Scandium oxide sells for $2,100 a kilo, and few mines hold any of it.</p>"
    )
    assert told(read_body(html)) == [
        "Scandium oxide sells for $2,100 a kilo, and few mines hold any of it."
    ]


def test_page_of_links_alone_is_still_read() -> None:
    page = read_body("<ul><li><a href='/a'>Quota of 2024</a></li></ul>")
    assert told(page) == ["- Quota of 2024"]


def test_fragment_without_a_body_is_read() -> None:
    assert read_html(b"just words", "a.html").pages[0].text == "just words"


@pytest.mark.parametrize("html", ["<svg><text>1</text></svg>", "<html></html>", "<p> </p>", "—"])
def test_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_html(html.encode(), "site/a.html")
    assert str(raised.value) == "site/a.html: the page has no text; fetch it again or remove it"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    html = (
        '<!DOCTYPE html SYSTEM "http://198.51.100.7/a.dtd"><base href="http://198.51.100.7/">'
        '<link rel="stylesheet" href="http://198.51.100.7/a.css"><link rel="canonical" '
        'href="http://198.51.100.7/a"><iframe src="http://198.51.100.7/b"></iframe>'
        "<p>Cerium polishes glass.</p>"
    )
    assert read_html(html.encode(), "a.html").pages[0].text == "Cerium polishes glass."
    assert read_html(b"http://198.51.100.7/a.html", "a.html").pages[0].blocks


@pytest.mark.parametrize("file", sorted(PAGES.glob("*.html")), ids=lambda file: file.stem)
def test_blocks_of_each_page_are_stretches_in_order(file: Path) -> None:
    if file.stem in FILLED_IN:
        return
    (page,) = read_html(file.read_bytes(), file.name).pages
    position = 0
    for block in page.blocks:
        assert position <= block.start < block.end <= len(page.text)
        position = block.end
        for cell in block.cells:
            assert 0 <= cell.start <= cell.end <= len(page.text)
    for repair in page.repairs:
        assert 0 <= repair.start <= repair.end <= len(page.text)


def test_shared_pages_are_read_or_set_aside(shared: Path) -> None:
    sources = shared / "sources"
    pages = sorted(sources.rglob("*.htm*"))
    refused = []
    for file in pages:
        try:
            assert read_document(file, sources).pages[0].blocks
        except CorpusError as error:
            refused.append((file.relative_to(sources).as_posix(), type(error).__name__))
    assert refused == [("jwilson_v3/index.html", "NoFactsError")]
