"""Whether a statement gives the measure asked for.

What a figure measures is said by the words nearest to it: of a row the head of its column, then its
label, then the caption; of a sentence the clause it stands in.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from assistant.agreement.clauses import clauses_with_figures
from assistant.candidates import Candidate
from assistant.requirements import Requirements
from index.wording import plain_words

# What is measured: a statement about another measure than the one asked for is no answer.
_PLAIN = {
    "production": "production output produced produces produce made mined",
    "exports": "exports exported export shipped shipments",
    "imports": "imports imported import",
    "consumption": "consumption consumed consumes demand",
    "sales": "sales sold revenue revenues turnover",
    "profit": "profit profits loss income earnings",
    "employment": "employment employees employs jobs workers",
}
# Said beside one of those they make it another: a production quota is no production.
_LIMITING = {
    "quota": "quota quotas allocation",
    "capacity": "capacity capacities",
    "reserves": "reserve reserves",
    "resource": "resource resources",
    "price": "price prices priced quoted expensive cheap",
    "cost": "cost costs costing",
    "stake": "stake stakes shareholding",
    "grade": "grade grades",
    "reliance": "reliance dependence depend depends depended dependent",
}
_FIGURE_KINDS = {"money": "money", "percent": "percent", "mass": "number", "count": "number"}
PER_SHARE = "amount a share"
_MEASURE_OF = {word: name for name, told in (_PLAIN | _LIMITING).items() for word in told.split()}
_ELSEWHERE = 0.7  # agreement of a sentence that tells the measure, but not of its figure
_OF = ("of", "for", "on")
_PER_SHARE = re.compile(r"\b(?:per|a|each) (?:share|employee|worker)\b", re.IGNORECASE)
_MINES = re.compile(  # the verb
    r"\b(?:mined|dug)\b|"
    r"\b(?:did|does|do|to|will)\b.*\b(?:mine|dig)(?= (?:in|during|by|per|a)\b|[?,]|$)",
    re.IGNORECASE,
)
_MAKING = re.compile(  # what the maker pays, and not his customer
    r"\bcosts?\b.*\bto (?:produce|make|mine|extract|process|refine|separate|run|operate|ship)\b|"
    r"\b(?:production|operating|unit|cash|running|processing) costs?\b",
    re.IGNORECASE,
)
_NOT_THAT = re.compile(  # "output, not quota"
    r"\b(?:not|no|as opposed to|rather than|instead of)(?: the| an?)? \w+", re.IGNORECASE
)
_CHANGES = re.compile(
    r"\b(?:grew|grow[ns]?|rose|risen?|rises?|fell|fallen?|falls?|increas\w+|decreas\w+|"
    r"(?:up|down)(?= (?:by|from|on|\d))|declin\w+|drop\w*|gain\w*|jump\w*|climb\w*|higher|"
    r"lower|growth|chang\w+|exceed\w*|above|below|(?<!or )(?:more|less))\b",
    re.IGNORECASE,
)
_SHARES = re.compile(r"\b(?:shares?|part|portion|percentage|proportion|% of|percent of)\b", re.I)


def measure_agreement(required: Requirements, candidate: Candidate) -> float:
    """Return 0 where a statement gives another measure than the one asked for."""
    asked, told = measures_compared(required, candidate)
    if not asked or not told:
        return 0.9 if required.wants_figure else 1.0
    other = 0.0 if candidate.is_row else 0.3
    if PER_SHARE in told - asked:
        return other
    if not asked & told:
        elsewhere = not candidate.is_row and asked & _measures(candidate.text)
        return _ELSEWHERE if elsewhere else other
    caption = candidate.evidence.passage.context.caption
    less = told & _LIMITING.keys() - asked or _limited(caption) & asked & told
    return 0.4 if less and candidate.is_row else 1.0


def measures_compared(
    required: Requirements, candidate: Candidate
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the measures that a question asks for, and those that a statement's figures are of."""
    if not required.wants_figure:
        return frozenset(), frozenset()
    heads = _heads(candidate, _FIGURE_KINDS.get(required.wanted, ""))
    told = next(filter(None, map(_measures, heads)), frozenset())
    return _asked_measures(required), told


def share_agreement(required: Requirements, candidate: Candidate) -> float:
    """Return 0 where a percentage tells a change and a share of a whole is asked for."""
    if required.wanted != "percent" or _CHANGES.search(required.question.text):
        return 1.0
    return float(not _CHANGES.search(candidate.text) or bool(_SHARES.search(candidate.text)))


def _asked_measures(required: Requirements) -> frozenset[str]:
    text = _NOT_THAT.sub(" ", required.question.text)
    asked = _measures(text)
    if required.wanted == "money":
        asked -= {"production"}  # what it costs to produce
    if "cost" in asked and not _MAKING.search(text):
        asked |= {"price"}
    if "price" in asked and not _MAKING.search(text):
        asked |= {"cost"}
    mines = required.wanted in ("mass", "figure") and bool(_MINES.search(text))
    return asked | {"production"} if mines and not asked else asked


def _heads(candidate: Candidate, kind: str) -> Iterator[str]:
    """Yield the texts that say what a statement's figures of a kind are of, the nearest first."""
    if not candidate.is_row:
        yield from (" | ".join(clauses_with_figures(candidate.text, kind)), candidate.text)
        return
    passage = candidate.evidence.passage
    yield " | ".join(cell.column for cell in candidate.cells)
    yield from (passage.row_label, passage.context.caption, passage.context.section)
    yield candidate.evidence.source.title


def _measures(text: str) -> frozenset[str]:
    """Return what a text says is measured; of a production quota the quota alone."""
    return _said_measures(text) - _limited(text)


@lru_cache(maxsize=8_000)
def _said_measures(text: str) -> frozenset[str]:
    told = {_MEASURE_OF[word] for word in plain_words(text) if word in _MEASURE_OF}
    return frozenset(told | {PER_SHARE} if _PER_SHARE.search(text) else told)


@lru_cache(maxsize=8_000)
def _limited(text: str) -> frozenset[str]:
    """Return the measures of which a text gives a quota, a capacity or a price, and no amount."""
    measures = [_MEASURE_OF.get(word, word) for word in plain_words(text)]
    found = {one for one, after in pairwise(measures) if after in _LIMITING}
    between = zip(measures, measures[1:], measures[2:], strict=False)
    found |= {one for limit, link, one in between if limit in _LIMITING and link in _OF}
    return frozenset(found & _PLAIN.keys())
