"""A report as a web page, a good Markdown conversion of it, and one with invented figures.

And a web page whose figures a script has yet to fill in.
"""

import random
import re

_COUNTRIES = "Avaria Belmond Castora Dunmark Esteria Farland Gorland Hestia Ilvany Jastria".split()
_YEARS = range(2021, 2026)
_INTRODUCTION = (
    "Mines of all countries together gave 301,000 tons of oxide in 2025, and the price of "
    "neodymium oxide was 75 dollars a kilogram at the end of December 2025. Rare earths are "
    "abundant in the crust of the earth, but seldom gathered in deposits that are worth mining."
)
_OUTLOOK = (
    "Stocks of the state at the end of June 2025 were 2,107 tons of concentrate, after 1,806 "
    "tons in June 2024. The duty on metals is 5.5 percent and on compounds 3.7 percent; a mine "
    "may write off 14 percent of its income each year. Substitutes can be had for many uses."
)

UNFILLED = """<html><head><title>Prices</title><script src="app.js"></script></head><body><main>
<h1>Prices</h1><table><tr><th>Metal</th><th>Price</th></tr>
<tr><td>Dysprosium</td><td>Loading...</td></tr><tr><td>Terbium</td><td>Loading...</td></tr>
<tr><td>Cerium</td><td>Loading...</td></tr><tr><td>Holmium</td><td>Loading...</td></tr>
</table></main></body></html>"""


def original(seed: int = 1) -> str:
    """Return the report as its publisher, an office of the state, put it on the web."""
    head = "".join(f"<th>{year}</th>" for year in ("Country", *_YEARS))
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in _rows(seed)
    )
    return (
        "<!doctype html><html lang='en'><head><title>Rare Earths of the World</title>"
        "<meta name='publisher' content='U.S. Geological Survey'>"
        "<meta name='date' content='2026-02-03'></head><body><main><article>"
        f"<h1>Rare Earths of the World</h1><p>{_INTRODUCTION}</p>"
        f"<table><caption>Mine production, tons</caption><tr>{head}</tr>\n{rows}</table>"
        f"<p>{_OUTLOOK}</p></article></main></body></html>"
    )


def conversion(seed: int = 1) -> str:
    """Return the same words and figures as Markdown."""
    lines = [("Country", *map(str, _YEARS)), ("---",) * (1 + len(_YEARS)), *_rows(seed)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return (
        f"# Rare Earths of the World\n\n{_INTRODUCTION}\n\nMine production, tons\n\n{table}\n\n"
        f"{_OUTLOOK}\n"
    )


def bad_conversion(seed: int = 1, share: float = 0.1) -> str:
    """Return a conversion of which a share of the figures of the table are invented."""
    chance = random.Random(5)

    def invent(match: re.Match[str]) -> str:
        if chance.random() > share:
            return match[0]
        return f"{chance.randint(20, 990) * 100 + 37:,}"

    return re.sub(r"\d+,\d00", invent, conversion(seed))


def _rows(seed: int) -> list[tuple[str, ...]]:
    chance = random.Random(seed)
    return [
        (country, *(f"{chance.randint(20, 990) * 100:,}" for _ in _YEARS)) for country in _COUNTRIES
    ]
