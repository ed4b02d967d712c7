"""Small files whose facts supersede and contradict one another, for tests of the ledger's views."""

from corpus.document import Source
from corpus.facts import Argument, Fact, Place
from corpus.language.names import Name
from corpus.language.periods import parse_period
from corpus.language.quantities import Quantity
from index.facts import LedgerFact

LEDGER_FILES = {
    "review_2025.md": """---
title: Mine Output Review 2025
publisher: Nordkap Institute
published: 2025-03-01
---
# Mine Output Review 2025

Table 1. Mine production of rare earths, metric tons REO equivalent:

| Country | 2023 | 2024 |
|---|---|---|
| Chile | 1,000 | 1,100 |
| Peru | 200 | 250 |

The mine of Alto in Peru was opened in May 2019.

Chile had no plan for a refinery.
""",
    "review_2026.md": """---
title: Mine Output Review 2026
publisher: Nordkap Institute
published: 2026-03-01
---
# Mine Output Review 2026

Table 1. Mine production of rare earths, metric tons REO equivalent:

| Country | 2024 | 2025 |
|---|---|---|
| Chile | 1,200 | 1,400 |
| Peru | W | 300 |

Table 2. Mine production of rare earths, metric tons gross weight:

| Country | 2025 |
|---|---|
| Chile | 2,600 |

The mine of Alto in Peru was opened in May 2019.

Chile plans a refinery near Arica.
""",
    "survey.md": """---
title: Survey of Andean Mines
publisher: Riga Metal Desk
published: 2026-04-01
---
# Survey of Andean Mines

Table 1. Mine production of rare earths, metric tons REO equivalent:

| Country | 2025 |
|---|---|
| Peru | 900 |
""",
}


def ledger_fact(title: str, place: str) -> LedgerFact:
    """Return a fact of a source with this title about a place with this name."""
    source = Source("s-1", "/gone/s.md", "s.md", title, "markdown", "a" * 64)
    fact = Fact(
        Quantity(5, 5, "t"),
        "mine production",
        (Argument("place", Name(place)),),
        parse_period("2025"),
        place=Place(1, 4, 9, 4, 5),
    )
    return LedgerFact(1, fact, source, "same", "words", "1", "5 t")
