"""Pages whose figures a script would fetch are set aside; others with dashes in them are read."""

import pytest
from websites import read_page

from corpus.errors import NoFactsError
from corpus.html import read_html

SCRIPT = '<script src="/app.js"></script>'
ADVICE = "save the page from a browser after it has loaded, or remove it"
PROSE = (
    "<p>The mill at Ostby took in 5,100 tonnes of bastnaesite last year and won 2,040 tonnes of "
    "mixed oxide from it, said its owner. Two thirds of that went to a plant in Estonia.</p>"
)


def refusal(html: str) -> str:
    """Return the reason for which a page is set aside."""
    with pytest.raises(NoFactsError) as raised:
        read_html(html.encode(), "a.html")
    return str(raised.value)


def test_page_that_says_nothing_but_that_it_loads_is_set_aside() -> None:
    assert '("Loading...")' in refusal("<h1>Mine output 2025</h1><p>Loading...</p>")


@pytest.mark.parametrize(
    ("name", "examples"),
    [
        ("app_shell", "no text at all"),
        ("dashboard", '"—", "Loading map…"'),
        ("price_board", '"-", "--:--"'),
    ],
)
def test_page_that_a_script_fills_in_is_set_aside(name: str, examples: str) -> None:
    with pytest.raises(NoFactsError) as raised:
        read_page(name)
    assert str(raised.value) == (
        f"{name}.html: its figures are filled in by a script and are not in the file "
        f"({examples}); {ADVICE}"
    )


@pytest.mark.parametrize(
    "html",
    [
        # tiles of a dashboard
        f"{SCRIPT}<dl><dt>China</dt><dd id=a>—</dd><dt>World</dt><dd id=b>—</dd>"
        "<dt>Share</dt><dd id=c>--%</dd></dl><p>Source: customs.</p>",
        # a table that has its heads alone
        f"{SCRIPT}<h1>Exports</h1><table><thead><tr><th>Year</th><th>Tonnes</th></tr></thead>"
        "<tbody></tbody></table>",
        # a table of dashes
        f"{SCRIPT}<h1>Prices</h1><table><tr><th>Oxide</th><th>Today</th><th>Change</th></tr>"
        "<tr><td>Nd</td><td>...</td><td>–</td></tr><tr><td>Dy</td><td>...</td><td>–</td></tr></table>",
        # words of loading in every part
        "<h2>Quota</h2><p>Loading quota…</p><h2>Output</h2><p>Loading...</p>"
        "<h2>Trade</h2><p>Please wait</p>",
        # places in sentences
        f"{SCRIPT}<p>Neodymium costs $<span id=nd>--</span> a kilo, dysprosium "
        "$<span id=dy>--</span> and terbium $<span data-key=tb>--</span>.</p>",
        # a template that was not filled
        f"{SCRIPT}<p>{{{{ country }}}} mined {{{{ tonnes }}}} tonnes in {{{{ year }}}}.</p>",
        # a shell that only talks of its script
        f"{SCRIPT}<p>Please enable JavaScript to view this page.</p>",
        f"{SCRIPT}<div>Checking your browser before you go on.</div>",
    ],
)
def test_placeholders_are_no_facts(html: str) -> None:
    assert refusal(html).endswith(ADVICE)


@pytest.mark.parametrize(
    "html",
    [
        # dashes that mean zero
        f"{SCRIPT}<table><tr><th>Country</th><th>2023</th><th>2024</th></tr><tr><td>Burundi</td>"
        "<td>—</td><td>—</td></tr><tr><td>India</td><td>2,900</td><td>—</td></tr></table>",
        # one thing that loads beside an article
        f"{SCRIPT}{PROSE}<div>Loading…</div>",
        f"{SCRIPT}{PROSE * 3}<p>Loading chart…</p><p>Loading map…</p><p>Loading comments…</p>",
        # a strip of prices around an article
        f"{SCRIPT}<header><span id=a>--</span> <span id=b>--</span> <span id=c>--</span></header>"
        f"<main>{PROSE}</main><aside><p>—</p><p>—</p><p>—</p><p>—</p></aside>",
        # dashes that part paragraphs
        f"{SCRIPT}{PROSE}<p>—</p>{PROSE}<p>***</p>{PROSE}<p>—</p>{PROSE}",
        # a table of dashes without any script that could fill it
        "<table><tr><th>Country</th><th>2023</th><th>2024</th></tr>"
        "<tr><td>Burundi</td><td>—</td><td>—</td></tr></table>",
        # ships that are loading
        f"{SCRIPT}<p>Loading of the ship began in May.</p><p>Loading took 3 days.</p>"
        "<p>Loading docks were full.</p>",
        # words about scripts in a text about other things
        f"{SCRIPT}{PROSE * 5}<p>To use the map, please enable JavaScript.</p>",
    ],
)
def test_page_with_some_placeholders_is_read(html: str) -> None:
    assert read_html(html.encode(), "a.html").pages[0].blocks
