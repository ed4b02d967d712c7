"""Which operation a question asks for, by its words."""

import re

from assistant.calculating.calculation import Operation

_RISE = (
    r"(?:r[io]se|risen|grow|grew|grown|increase[ds]?|climb(?:ed)?|gain(?:ed)?|fall|fell|fallen|"
    r"drop(?:ped)?|decline[ds]?|decrease[ds]?|shrink|shrank|change[ds]?|move[ds]?|develop(?:ed)?|"
    r"revised?|raised?|lowered|cut|reduced?|slump(?:ed)?|plunged?|jump(?:ed)?|soar(?:ed)?|"
    r"doubled?|halved?|shift(?:ed)?|get|got|go|went)"
)
_MORE = (
    r"(?:more|less|higher|lower|larger|smaller|bigger|greater|fewer|dearer|cheaper|expensive|above|below|"
    r"costlier|faster)"
)
_PATTERNS: tuple[tuple[Operation, str], ...] = (
    (
        "annual growth",
        r"\bCAGR\b|\bcompound(?:ed)?\s+(?:annual|average|yearly)|\baverage\s+(?:annual|yearly)\s+"
        r"(?:percentage\s+)?(?:growth|rate|increase|change)|\bannual(?:i[sz]ed)?\s+(?:rate\s+of\s+"
        r"growth|growth\s+rate)|\bper\s+year\s+on\s+average",
    ),
    (
        "percent change",
        r"\bby\s+(?:how\s+(?:many|much)|what|which)\s+per\s?cent(?:age)?\b(?!\s+points?)"
        r"|\bper\s?cent(?:age)?\s+(?:change|increase|decrease|growth|rise|fall|drop|decline)"
        r"|\bgrowth\s+rate|\b(?:how\s+much|by\s+how\s+much)\b.*\bin\s+(?:per\s?cent|%)"
        r"|\b(?:change|increase|decrease|growth|rise|fall|drop|decline)\b.*"
        r"\b(?:in|as\s+a)\s+(?:per\s?cent|%)"
        r"|\bwhat\s+(?:was|is)\s+the\s+(?:relative\s+)?growth\b|\bhow\s+many\s+per\s?cent\b"
        rf"|\bwhat\s+per\s?cent(?:age)?\s+(?:did|has|was)\b.*\b{_RISE}\b",
    ),
    (
        "factor",
        r"\b(?:by|what)\s+(?:what\s+|which\s+)?(?:factor|multiple)\b|\bhow\s+many\s+times\b"
        r"|\bhow\s+many\s*-?\s*fold\b|\bratio\b",
    ),
    (
        "share",
        r"\b(?:what|which)\s+(?:share|percentage|per\s?cent|proportion|fraction|part)\s+of\b"
        r"|\bshare\s+(?:of|in)\b|['’]s?\s+share\b|"
        r"\bas\s+a\s+(?:share|percentage|proportion)\s+of\b",
    ),
    (
        "comparison",
        rf"^(?:which|who)\b.*\b(?:{_MORE}|most|least|largest|changed|{_RISE})\b.*\bor\b"
        rf"|^(?:did|has|have|is|are|was|were)\b.*\b(?:{_RISE}|{_MORE})\b.*\b(?:or|than|between|"
        r"from|since)\b|^(?:which|who)\b.*\bor\b.*\b(?:more|less|larger|higher)\b",
    ),
    (
        "total",
        r"\btotal(?:s|led|ling)?\b|\bsum\s+(?:of|up)\b|\btogether\b|\bcombined?\b|\baltogether\b"
        r"|\badd(?:s|ed|ing)?\s+(?:up|together)\b|\bin\s+all\b|\bcumulative(?:ly)?\b",
    ),
    ("average", r"\b(?:average|mean)\b"),
    (
        "difference",
        rf"\bdifferences?\b|\bdiffer\b|\bgap\b|\bhow\s+(?:much|many|far)\b.*\b(?:{_MORE}|{_RISE}|"
        rf"exceed|apart)\b|\bby\s+how\s+(?:much|many)\b|\bhow\s+(?:did|has|have)\b.*\b{_RISE}\b"
        r"|\bexceed(?:s|ed)?\b|\bminus\b|\bwhat\s+did\b.*\b(?:gain|lose)\b|\bvs\b|\bversus\b|^compare\b|\bhow\s+far\b|\bhow\s+does\b.*\bcompare\b"
        r"|\b(?:change|increase|decrease|rise|fall|drop|decline|growth)s?\s+(?:in|of|from|between|since)\b",
    ),
)
_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PATTERNS)
_PERCENTAGE_POINTS = re.compile(r"\bpercentage\s+points?\b", re.IGNORECASE)
_SHARE_MOVED = re.compile(rf"\bshare\b.*\b{_RISE}\b.*\b(?:from|between|since)\b", re.IGNORECASE)
_TIMES_OVER = re.compile(
    rf"\bwhich\b.*\b(?:changed|moved|{_RISE})\b|\bwhich\b.*\bfaster\b", re.IGNORECASE
)


def operation_asked(question: str) -> Operation:
    """Return the operation that the words of a question ask for, "none" where they ask for none."""
    if _PERCENTAGE_POINTS.search(question) or _SHARE_MOVED.search(question):
        return "difference"
    for name, pattern in _COMPILED:
        if pattern.search(question):
            return name
    return "none"


def asks_larger_change(question: str) -> bool:
    """Tell whether a question asks which of several things changed more."""
    return bool(_TIMES_OVER.search(question))
