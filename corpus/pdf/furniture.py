"""What stands on a page for the page's sake: running heads and feet."""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.pdf.stored_text import StoredText, TextLine

_EDGE = 3  # lines from the top or bottom of a page
_LEAST_PAGES = 3


def running_lines(pages: Sequence[StoredText]) -> list[frozenset[int]]:
    """Return for each page the numbers of its lines that are running heads or feet.

    These are lines near an edge that stand, figures aside, on three pages or more and on a
    quarter of them.
    """
    edges = [_edge_lines(page.lines) for page in pages]
    counted = Counter(words for found in edges for words in set(found.values()))
    least = max(_LEAST_PAGES, len(pages) // 4)
    return [
        frozenset(n for n, words in found.items() if counted[words] >= least) for found in edges
    ]


def _edge_lines(lines: Sequence[TextLine]) -> dict[int, str]:
    by_height = sorted(range(len(lines)), key=lambda n: -lines[n].y)
    edge = {*by_height[:_EDGE], *by_height[-_EDGE:]}
    return {n: re.sub(r"\d+", "#", lines[n].text).strip().lower() for n in edge}
