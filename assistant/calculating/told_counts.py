"""Counts that a statement gives without a unit: "15 of the 17", "from 14 in 1993 to 33 in 2024".

The ledger has no facts of them, as nothing says what they count but the words around.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from corpus.facts import Query
from corpus.facts.fact import Operation
from corpus.language.vocabulary import Vocabulary, any_form, load_vocabulary
from index.query import points_of

_COUNT = r"(?<![\w.,$€£¥<>-])(?!(?:18|19|20)\d\d\b)\d{1,3}(?:,?\d{3})*(?![\w%]|[.,-]\w)"
_REACH = 60  # characters between two counts of one thing


def counts_meant(query: Query, asked: Operation, text: str) -> tuple[Decimal, ...]:
    """Return the part and the whole of a share, or the earlier and the later count; () of none.

    A statement must have one such pair, and name the times that are asked for.
    """
    is_share = asked == "share"
    if not is_share and any(str(time.year) not in text for time in points_of(query.periods)):
        return ()
    kind = "share" if is_share else "course"
    pairs = list(_pairs(_patterns(load_vocabulary())[kind], text))
    if len(pairs) != 1 or (is_share and pairs[0][0] > pairs[0][1]):
        return ()
    return pairs[0]


def _pairs(pattern: re.Pattern[str], text: str) -> Iterator[tuple[Decimal, Decimal]]:
    for match in pattern.finditer(text):
        one, other = (Decimal(match[name].replace(",", "")) for name in ("one", "other"))
        yield one, other


@lru_cache(maxsize=4)
def _patterns(vocabulary: Vocabulary) -> dict[str, re.Pattern[str]]:
    words = {
        kind: any_form(vocabulary.words("asked", kind))
        for kind in ("count of", "count from", "count to", "scale of a count")
    }
    no_scale = rf"(?!\s+{words['scale of a count']})"
    one, other = rf"(?P<one>{_COUNT}){no_scale}", rf"(?P<other>{_COUNT}){no_scale}"
    part = rf"{one}\s+{words['count of']}\s+{other}"
    course = (
        rf"(?<!\w){words['count from']}\s+{one}[^.;]{{0,{_REACH}}}?\s{words['count to']}\s+{other}"
    )
    return {
        "share": re.compile(part, re.IGNORECASE),
        "course": re.compile(course, re.IGNORECASE),
    }
