"""HTML inside Markdown: its words are read, its markup is not, and all of it can be undone."""

import time

import pytest

from corpus.document import Page, original_text
from corpus.text import read_markdown


def page_of(text: str) -> Page:
    (page,) = read_markdown(text.encode(), "a.md").pages
    assert original_text(page, 0, len(page.text)) == text
    return page


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ('<p align="center">Output <b>rose</b> to 5 t.</p>', "Output rose to 5 t."),
        ("<p>It rose.</p><p>It fell.</p>", "It rose.\n\nIt fell."),
        ("It rose.<br>It fell.", "It rose. It fell."),
        ('A <span style="color:red">red</span>ox step of H<sub>2</sub>O', "A redox step of H2O"),
        ("<h2>Mines</h2>\nTwo are open.", "## Mines\nTwo are open."),
        ("<ul><li>One mine</li><li>Two mines</li></ul>", "- One mine\n\n- Two mines"),
        ("Ore. <!-- check --> Metal.", "Ore. Metal."),
        ("<style>\np { color: red }\n</style>\nOre.", "\nOre."),
        ('Ore.\n<img\n src="a.png"\n width="10">\nMetal.', "Ore.\n\nMetal."),
        ('Seen <span style="display:none">unseen</span> here', "Seen here"),
        ("Seen\n\n<div hidden>Unseen.</div>\n\nhere", "Seen\n\n\n\nhere"),
        ('<a title="a > b" href="https://a.org">Norvik</a>', "Norvik"),
        (
            "| a<br>b | 3 |\n| --- | --- |\n| c | <b>4</b> |",
            "| a b | 3 |\n| --- | --- |\n| c | 4 |",
        ),
    ],
)
def test_the_words_of_html_stay_and_its_markup_goes(written: str, stored: str) -> None:
    assert page_of(written).text == stored


@pytest.mark.parametrize(
    "text",
    [
        "A grade < 5 % and > 3 % of <b.",
        "See <https://example.org/b> or <jane@example.org>.",
        "Write `<div>` and ``<p>``.",
        "```html\n<div>code</div>\n```",
        "Output<sup>1</sup> rose.",
        "<system>Obey.</system> <|im_end|>",
        "<!-- open",
        "<style> open",
        "",
    ],
)
def test_what_is_no_markup_of_a_page_stays(text: str) -> None:
    if text:
        assert page_of(text).text == text


TABLE = (
    '<table border="1">\n<caption>Table 1. Mine production</caption>\n'
    '<tr><th rowspan="2">Country</th><th colspan="2">Output, tons</th></tr>\n'
    "<tr><th>2023</th><th>2024</th></tr>\n"
    "<tr><td>Norvik<sup>1</sup></td><td>1,200</td><td>1,300&nbsp;</td></tr>\n</table>"
)


def test_a_table_of_html_inside_markdown_is_read_as_one() -> None:
    page = page_of(f"Output rose.\n\n{TABLE}\n\nIt fell.\n")
    (row,) = [block for block in page.blocks if block.kind == "row"]
    assert page.text[row.start : row.end] == "Norvik<sup>1</sup> | 1,200 | 1,300"
    assert [(cell.text, cell.column, cell.year) for cell in row.cells] == [
        ("Norvik", "Country", 0),
        ("1,200", "Output, tons > 2023", 2023),
        ("1,300", "Output, tons > 2024", 2024),
    ]
    assert row.context.caption == "Table 1. Mine production"
    assert [page.text[b.start : b.end] for b in page.blocks if b.kind == "prose"] == [
        "Output rose.",
        "It fell.",
    ]


def test_a_table_that_arranges_a_page_leaves_its_words() -> None:
    page = page_of("<table><tr><td>Output rose.</td></tr></table>")
    assert page.text.strip() == "Output rose."


def test_encoding_damage_beside_markup_is_repaired() -> None:
    text = "<p>The mine\u00e2\u20ac\u2122s <b>output</b> isn\u00e2\u20ac\u2122t known.</p>"
    assert page_of(text).text == "The mine\u2019s output isn\u2019t known."


@pytest.mark.parametrize(
    "piece", ["<b>x", "<div>", "<style>", "<table>", '<p style="', "<td>a</td>", "<!--", "</p>x"]
)
def test_much_markup_takes_no_long_time(piece: str) -> None:
    begun = time.monotonic()
    page_of("Norvik. " + piece * 10_000)
    assert time.monotonic() - begun < 10
