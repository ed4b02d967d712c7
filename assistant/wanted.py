"""Which kind of thing a question wants: a tonnage, money, a share, a date, a name, ..."""

import re
from collections.abc import Mapping
from typing import Literal

from index.question import Question

Wanted = Literal[
    "mass", "money", "percent", "count", "figure", "duration", "date", "person", "name", "place",
    "other",
]  # fmt: skip

ASKING = re.compile(r"\b(?:what|which|whose|who|whom|how (?:many|much|large|big))\b", re.IGNORECASE)
_ONES = (  # those whose name is asked for
    r"(?: (?!(?:did|do|does|is|are|was|were|has|have|had|can|could|will|would|the|an?)\b)[\w-]+)"
    r"{0,2}? (?:compan(?:y|ies)|firms?|suppliers?|banks?|producers?|agenc(?:y|ies)|bidders?|"
    r"buyers?|sellers?|owners?|groups?|minist(?:ry|ries)|operators?|investors?|partners?|"
    r"customers?)\b"
)
_NAME = re.compile(rf"\b(?:what|which|whose)\b{_ONES}|\bwho(?:m|se)?\b", re.IGNORECASE)
_WHICH_ONE = re.compile(
    rf"^(?:and |by |for |from |in |of |to |with )?which{_ONES}(?!['’])", re.IGNORECASE
)
_MASS = re.compile(
    r"\b(?:tonnes?|tons?|tonnage|kilotonnes?|kt|Mt|kilograms?|kilos?|kg|pounds?|lbs?)\b"
)
_PER_MASS = re.compile(
    r"(?:\bper|\ba|\beach|/)\s?(?:metric |short )?(?:tonnes?|tons?|kilograms?|kilos?|kg|lb|pounds?)"
    r"\b(?!\s+a\b)",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\bhow long\b|\bfor how many (?:years|months|days)\b|\bhow many (?:years|months|weeks|"
    r"(?:working |business )?days)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\bhow many\b", re.IGNORECASE)
_PERSON = re.compile(
    r"\bwho(?:se)?\b.*\b(?:chief|executive|ceo|cfo|chair\w*|director|president|minister|head|heads|"
    r"boss|founder|founded|commissioner|manager|leads?)\b|"
    r"\bname of the (?:chief|ceo|chair\w*|director|president|minister)\b",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\b(?:what|which) (?:part|portion|slice|fraction|proportion|percentage|share(?! price))\b|"
    r"\b(?:the|its|their|whose|['’]s) (?:share|percentage) of\b|\bin percent\b|"
    r"\bhow many percent\b|\bby what percent",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:^|[,;] (?:and )?|^and |\b(?:since|until|till|by|from) )when\b|"
    r"\b(?:what|which) (?:year|month|date|day|quarter)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"^(?:and |by |for |to |from |of )?(?:who|whom|whose)\b", re.IGNORECASE)
_OPEN = re.compile(  # asks for no figure of its own: why, how, yes or no
    r"^(?:and |but |so )?(?:why|how(?! (?:much|many|large|big|high|low|far|long|fast|old|deep|"
    r"small))|"
    r"do|does|did|is|are|was|were|has|have|had|can|could|may|must|should|will|would)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\bhow (?:much|many|large|big|high|low|far|fast|old)\b|\b(?:by|up to|at|to) what\b",
    re.IGNORECASE,
)
_HOW_MUCH_OF = re.compile(r"\bhow (?:much|large|many) of\b", re.IGNORECASE)
_CURRENCY = re.compile(
    r"\bin (?:US |U\.S\. )?(?:(?:dollars?|euros?|yuan|RMB|USD|EUR|CNY)\b|US\$|A\$|\$|€)|"
    r"\bhow many (?:US |million )?(?:dollars|euros|yuan)\b|\bhow much money\b|"
    r"\b(?:USD|US\$|RMB|CNY|yuan)/",
    re.IGNORECASE,
)
_MONEY_NOUN = re.compile(
    r"\b(?:costs?|prices?|revenues?|turnover|sales receipts|profits?|income|earnings|loans?|"
    r"award|budget|capex|capital cost|capital expenditure|value|valuation|funding|net loss|"
    r"net result|dividend|royalt(?:y|ies)|fees?|fines?|market cap(?:italisation)?|grant|sum)\b",
    re.IGNORECASE,
)
_MONEY_VERB = re.compile(
    r"\b(?:cost|costs|costing|pay|paid|pays|earn|earned|earns|worth|spend|spent|raise|raised|"
    r"invest|invested|charge|charged|priced|quoted at|going for|sell for|sold for)\b",
    re.IGNORECASE,
)
_NEAR = 5  # words from the question word to the noun it asks for
_WHAT_WAS = re.compile(r"^(?:and )?what (?:was|were|are)\b", re.IGNORECASE)
_QUANTITY = re.compile(  # asked in note form too: "Thai mine production in 2024?"
    r"\b(?:production|output|imports?|exports?|consumption|demand|reserves?|resources?|capacity|"
    r"sales|shipments|"
    r"tonnage|volume|number|employment|headcount)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\bwhere\b|\b(?:what|which) (?:city|town|country|state|province|place|region)\b",
    re.IGNORECASE,
)
# Words that only say which kind of answer is wanted: one of that kind covers them.
KIND_WORDS: Mapping[Wanted, frozenset[str]] = {
    "percent": frozenset(
        "share percent percentage proportion fraction part portion slice rate".split()
    ),
    "mass": frozenset(
        """number amount quantity size volume total tonnes tons tonnage metric t kt kg kilograms
        annual annually yearly much big""".split()
    ),
    "money": frozenset(
        """worth value valued total amount dollars dollar usd us$ euros yuan rmb million billion
        money per kg kilogram average""".split()
    ),
    "count": frozenset("number total".split()),
    "figure": frozenset("number amount quantity size volume total annual much big".split()),
    "duration": frozenset("long years months days time".split()),
    "date": frozenset("date month day year time".split()),
    "person": frozenset(),
    "name": frozenset(),
    "place": frozenset("city town country state place".split()),
    "other": frozenset(),
}


def kind_wanted(question: Question) -> Wanted:
    """Return which kind of thing would answer a question."""
    text = question.text
    without_prices = _PER_MASS.sub(" ", text)
    asks_how_much = bool(_HOW_MUCH.search(text))
    if _PERSON.search(text):
        return "person"
    if _DURATION.search(text):
        return "duration"
    if _WHEN.search(text):
        return "date"
    if _WHO.search(text) or _WHICH_ONE.search(text):
        return "name"
    if _OPEN.search(text) and not asks_how_much:
        return "other"
    if _PART_OF.search(text):
        return "percent"
    if _asks_money(text, asks_how_much, priced=without_prices != text):
        return "money"
    if question.kind == "percent" and not _HOW_MUCH_OF.search(text):
        return "percent"
    if _MASS.search(without_prices):
        return "mass"
    if _COUNT.search(text):
        return "count"
    if asks_how_much or question.kind in ("figure", "money"):
        return "figure"
    if (_WHAT_WAS.search(text) or not ASKING.search(text)) and _QUANTITY.search(text):
        return "figure"
    if _NAME.search(text):
        return "name"
    return "place" if _PLACE.search(text) else "other"


def _asks_money(text: str, asks_how_much: bool, priced: bool) -> bool:
    if _CURRENCY.search(text):
        return True
    asking = ASKING.search(text)
    start = asking.end() if asking else 0
    noun = _MONEY_NOUN.search(text, start)
    spends = bool(_MONEY_VERB.search(text))
    near = noun is not None and len(text[start : noun.start()].split()) <= _NEAR
    if near and (not asks_how_much or priced or spends):
        return True
    return spends and (asking is None or asking.group().lower() in ("what", "how much"))
