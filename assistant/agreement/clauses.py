"""The clauses of a sentence: what is said of a figure stands in the figure's own."""

import re
from functools import lru_cache

from corpus.figures import find_figures

_BETWEEN = re.compile(
    r"[;()]|:\s|,\s+(?=(?:and|while|but|whereas|after|with|against|so|as|where|which|of which)\b)"
    r"|\s(?=(?:while|whereas|but|against)\s)"
    r"|\s(?=and (?:that )?(?:its|the) \w+ (?:\w+ )?(?:was|is|were|are)\b)"
)


def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a sentence in order; what stands in brackets is one."""
    return tuple(part for piece in _BETWEEN.split(text) if (part := piece.strip()))


@lru_cache(maxsize=8_000)
def clauses_with_figures(text: str, kind: str = "") -> tuple[str, ...]:
    """Return the clauses that hold a figure other than a year or a day.

    Where some hold one of a kind ("money", "percent", "number"), those alone.
    """
    told = [(clause, {figure.kind for figure in find_figures(clause)}) for clause in clauses(text)]
    of_kind = tuple(clause for clause, kinds in told if kind in kinds)
    return of_kind or tuple(clause for clause, kinds in told if kinds - {"year", "day"})
