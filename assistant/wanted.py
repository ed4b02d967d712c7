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
# What stands before the question itself and asks nothing: "By MCS 2026, which ...".
_LEAD_IN = re.compile(
    r"^(?:when (?!(?:did|do|does|is|are|was|were|will|has|have|can|would|"
    r"should)\b))?(?:(?!\b(?:what|which|whose|who|whom|how|when|where|why)\b)[^?])*?[,:;.!?]\s+"
    r"(?:and |but |so )?(?=(?:(?:by|for|from|in|of|on|to|at|with|under|until|till|since|up to) )?"
    r"(?:what|which|whose|who|whom|how|when|where|why)\b|(?:do|does|did|is|are|was|were|has|have|"
    r"had|can|could|may|must|should|will|would)\b)",
    re.IGNORECASE,
)
_ONES = (  # those whose name is asked for
    r"(?: (?!(?:did|do|does|is|are|was|were|has|have|had|can|could|will|would|the|an?)\b)[\w.&-]+)"
    r"{0,2}? (?:compan(?:y|ies)|firms?|suppliers?|banks?|producers?|agenc(?:y|ies)|bidders?|"
    r"buyers?|sellers?|owners?|groups?|minist(?:ry|ries)|operators?|investors?|partners?|"
    r"customers?|makers?|lenders?|shareholders?|developers?|explorers?|miners?|refiners?|"
    r"automakers?|carmakers?|organi[sz]ations?|institut(?:es?|ions?)|universit(?:y|ies))\b"
)
_NAME = re.compile(rf"\b(?:what|which|whose)\b{_ONES}|\bwho(?:m|se)?\b", re.IGNORECASE)
_WHICH_ONE = re.compile(
    rf"^(?:and |by |for |from |in |of |to |with |through |under |among |between )?(?:what|"
    rf"which){_ONES}(?!['’])",
    re.IGNORECASE,
)
_MASS = re.compile(
    r"\b(?:[Tt]onnes?|[Tt]ons?|[Tt]onnage|[Kk]ilotonnes?|kt|Mt(?! [A-Z])|t(?= REO|/yr|/y\b|"
    r"pa\b)|tpa|[Kk]ilograms?|[Kk]ilos?|kg|[Pp]ounds?|lbs?)\b|\b(?:gross weight|(?:in|,) t\b)"
)
_PER_MASS = re.compile(
    r"(?:\bper|\ba|\beach|/)\s?(?:metric |short )?(?:tonnes?|tons?|kilograms?|kilos?|kg|lb|pounds?)"
    r"\b(?!\s+a\b)",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\bhow long\b|\bfor how many (?:years|months|days)\b|\bhow many (?:years|months|weeks|"
    r"(?:working |business )?days)\b|\b(?:what|which) (?:is|was) the (?:[\w-]+ ){0,3}?"
    r"(?:tenor|maturity|duration|life|lifetime|lifespan|lead time)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\bhow many\b(?! times\b)|\bthe number of\b|^(?:number of (?!the\b)|head ?count|staff)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\bwho(?:se)?\b.*\b(?:chief|executive|ceo|cfo|chair\w*|director|president|minister|head|heads|"
    r"boss|founder|founded|commissioner|manager|leads?|secretary|spokes\w+|governor|author|"
    r"ambassador|senator|geologist|analyst)\b|"
    r"\bname (?:of )?the (?:chief|ceo|chair\w*|director|president|minister|secretary)\b",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\b(?:what|which) (?:part|portion|slice|fraction|proportion|percentage|share(?! price))\b|"
    r"\b(?:the|its|their|whose|['’]s) (?:share|percentage) of\b|\bin per ?cent\b|"
    r"\bhow many percent\b|\bhow (?:big|large|much) (?:of )?an? (?:part|portion|share|stake)\b|"
    r"\b(?:by )?what per ?cent\b",
    re.IGNORECASE,
)
_SHARE_NOUN = re.compile(  # said in percent, whatever else the question speaks of
    r"\b(?:net import reliance|NIR|growth rate|recovery rates?|recycling rate|interest rate|"
    r"(?:duty|tariff|tax|VAT|royalty) rates?|(?:minimum |average )?purity)\b|"
    r"\bat what (?:[\w-]+ )?rate\b",
    re.IGNORECASE,
)
_STAKE = re.compile(
    r"\b(?:what|which|how (?:big|large|much|high)(?: of)?(?: (?:is|was|were|"
    r"are))?)\b(?: (?:an?|the|its|their)\b)?(?: [\w-]+){0,1}? (?:stakes?|shareholding|"
    r"ownership|holding|interest(?! (?:income|payments?))|duty|duties|tariffs?|VAT|grade|"
    r"dependence)\b|\bhow dependent\b|\bhow rich\b",
    re.IGNORECASE,
)
_NOTED_SHARE = re.compile(  # of a question in note form: "Europium share in the Xinfeng clay?"
    r"(?<!per )\b(?:share|stake|percentage|proportion|duty|tariff|VAT)\b(?! prices?\b)"
    r"|\bpart of (?:[A-Z]{2,}|the)\b",
)
_WHEN = re.compile(
    r"(?:^|[,;] (?:and )?|^and |\b(?:since|until|till|by|from) )when\b|\bhow soon\b|"
    r"\b(?:what|which) (?:(?:start|completion|expiry|target|closing|effective|publication|release) "
    r")?(?:year|month|date|day|quarter)\b|"
    r"\b(?:what|which) (?:is|was|were|are) the (?:[\w-]+ ){0,3}?"
    r"(?:dates?|deadline|day|start|start-up|startup|commissioning)\b|"
    r"^(?:[\w-]+ ){0,3}?(?:date|deadline)\b|^(?:year|month|day) (?:by|in|of|on|from)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"^(?:and |by |for |to |from |of |with )?(?:who|whom|whose)\b", re.IGNORECASE)
_OPEN = re.compile(  # asks for no figure of its own: why, how, yes or no
    r"^(?:and |but |so )?(?:why|how(?! (?:much|many|large|big|high|low|far|long|fast|old|deep|"
    r"small|rich|dependent|tall|wide|heavy|hot|strong))|"
    r"do|does|did|is|are|was|were|has|have|had|can|could|may|must|should|will|would)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\bhow (?:much|many|large|big|high|low|far|fast|old|deep|tall|wide|hot|strong)\b|"
    r"\b(?:by|up to|at|to) what\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(  # asks what something is, does or is for
    r"^what (?:counts|qualifies) as\b|^what (?:is|are) meant\b|^what (?:do|does|is|are|did) .*"
    r"\b(?:mean|stand for|described as|cover|include|say|use .*for|used .*for)\b",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"\bhow much (?:did|do|does|has|have|was|will|would)\b.*\b(?:commit|pledg|contribut|grant|lend|"
    r"lent|award|receiv|give|put into|put in)",
    re.IGNORECASE,
)
_BY_HOW_MUCH = re.compile(r"\bhow (?:much|far)\b.*\b(?:rise|fall|grow|change|drop|differ)", re.I)
_HOW_MUCH_OF = re.compile(r"\bhow (?:much|large|many) of\b", re.IGNORECASE)
_CURRENCY = re.compile(
    r"\bin (?:US |U\.S\. )?(?:(?:dollars?|euros?|yuan|RMB|USD|EUR|CNY)\b|US\$|A\$|\$|€)|"
    r"\bhow many (?:US |million )?(?:dollars|euros|yuan)\b|\bhow much money\b|"
    r"\b(?:USD|US\$|RMB|CNY|yuan|\$|€)/|\b(?:million|billion) (?:RMB|yuan|A\$|US\$|€)",
    re.IGNORECASE,
)
_MONEY_NOUN = re.compile(
    r"\b(?:costs?|prices?|price (?:floor|tag)|revenues?|turnover|sales receipts|profits?|"
    r"income|earnings|EBITDA|loans?|awards?|budget|capex|capital(?! of)|investments?|financing|"
    r"value|valuation|fund(?:s|ing)?|subsid(?:y|ies)|debts?|spending|expenditures?|(?:net |"
    r"operating )?loss(?:es)?|net result|NPV|net present value|dividend|royalt(?:y|ies)|fees?|"
    r"fines?|penalt(?:y|ies)|market cap(?:italisation)?|tax credits?|grants?|sum|bid)\b",
    re.IGNORECASE,
)
_MONEY_VERB = re.compile(
    r"\b(?:cost|costs|costing|pay|paid|pays|earn|earned|earns|(?<!fort )worth|spend|spent|raise|"
    r"raised|invest|invested|charge|charged|priced|lend|lent|borrow|borrowed|bid|"
    r"(?:quoted|trading|traded|selling|sold|valued) at|going for|sell for|sold for)\b",
    re.IGNORECASE,
)
_NEAR = 5  # words from the question word to the noun it asks for
_NEXT = 4  # as above, where the question word is "how much" or "how large"
_QUANTITY = re.compile(  # asked in note form too: "Thai mine production in 2024?"
    r"\b(?:production|output|imports?(?! sources?)|exports?|consumption|demand|reserves?|"
    r"resources?|capacity|sales|shipments|tonnage|volume|number|employment|headcount|stocks|"
    r"stockpiles?|mining in|population|gross domestic product|density|temperature|distance|depth|"
    r"strength|(?:boiling|melting) point|content|weight)\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(r"\b(?:do|does|did|can|could|will|would|has|have|had)\b", re.IGNORECASE)
_MADE = re.compile(  # "What did Thailand produce in 2021?"
    r"\bwhat (?:did|has|have) .*\b(?:produced?|mined?|exported?|imported?|ship(?:ped)?|consumed?) "
    r"in \d{4}",
    re.IGNORECASE,
)
_ANY_ASKING = re.compile(r"\b(?:what|which|whose|who|whom|how|when|where|why)\b", re.IGNORECASE)
_CHOICE = re.compile(  # "Which mine has the highest grade?" asks for one of several
    r"^(?:and |by |for |from |in |of |to |with )?which (?:of )?((?:[\w.-]+ ){1,3}?)(?:has|have|"
    r"had|is|are|was|were|did|does|do|can|could|will|would|must|may|also|of|in|from|on|to|for|"
    r"by|saw|got|took|needs?|hosts?|holds?|contains?|makes?|made|produces?d?|shows?|gives?)\b",
    re.IGNORECASE,
)
_AMOUNT_OF = re.compile(
    r"\b(?:amount|level|sum|total|size|range|average|value|estimate)s? of\b", re.I
)
_PLACE = re.compile(
    r"\bwhere\b|\b(?:what|which)(?: [\w-]+)?? "
    r"(?:city|cities|town|village|countr(?:y|ies)|nations?|states?|provinces?|place|regions?|"
    r"port)\b",
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
    text = _LEAD_IN.sub("", question.text)
    without_prices = _PER_MASS.sub(" ", text)
    asks_how_much = bool(_HOW_MUCH.search(text))
    if _PERSON.search(text):
        return "person"
    if _DURATION.search(text):
        return "duration"
    if _WHO.search(text) or _WHICH_ONE.search(text):
        return "name"
    if _WHEN.search(text):
        return "date"
    if _OPEN.search(text) and not asks_how_much:
        return "other"
    if _DEFINES.search(text) and not asks_how_much:
        return "other"
    if _asks_share(text, in_tons=bool(_MASS.search(without_prices))):
        return "percent"
    if not asks_how_much and (_PLACE.search(text) or _chooses(text)):
        return "place" if _PLACE.search(text) else "other"
    if _asks_money(text, priced=without_prices != text):
        return "money"
    if question.kind == "percent" and not _HOW_MUCH_OF.search(text):
        return "percent"
    if _MASS.search(without_prices):
        return "mass"
    if _COUNT.search(text):
        return "count"
    if _asks_quantity(text, question):
        return "figure"
    return "name" if _NAME.search(text) else "other"


def _asks_share(text: str, in_tons: bool) -> bool:
    if _PART_OF.search(text) or _SHARE_NOUN.search(text):
        return True
    asking, stake = ASKING.search(text), _STAKE.search(text)
    if stake and (asking is None or stake.start() <= asking.start()):
        return True
    return not in_tons and not _ANY_ASKING.search(text) and bool(_NOTED_SHARE.search(text))


def _chooses(text: str) -> bool:
    """Tell whether one of several things is asked for, and no amount: "Which mine has ..."."""
    choice = _CHOICE.search(text)
    if choice is None:
        return False
    amounts = (_MONEY_NOUN, _QUANTITY, _MASS, _STAKE)
    return not any(amount.search(f"which {choice.group(1)}") for amount in amounts)


def _asks_quantity(text: str, question: Question) -> bool:
    if _HOW_MUCH.search(text) or _MADE.search(text) or question.kind in ("figure", "money"):
        return True
    asking = ASKING.search(text)
    noun = _QUANTITY.search(text, asking.end() if asking else 0)
    if noun is None or asking is None:
        return noun is not None
    before = text[asking.end() : noun.start()]
    near = 1 if asking.group().lower() == "which" else _NEAR
    return len(before.split()) <= near and not _AUXILIARY.search(before)


def _asks_money(text: str, priced: bool) -> bool:
    if _CURRENCY.search(text):
        return True
    asking = ASKING.search(text)
    start = asking.end() if asking else 0
    noun = _MONEY_NOUN.search(text, start)
    spends = bool(_MONEY_VERB.search(text))
    before = text[start : noun.start()] if noun else ""
    is_of = bool(re.search(r"\bof\b", before)) and not _AMOUNT_OF.search(before)
    words_before = len(before.split()) if noun and not is_of else _NEAR + 1
    counts = asking is not None and asking.group().lower().startswith("how")
    if words_before <= _NEAR and (not counts or priced or spends):
        return True
    if counts and (_GIVES.search(text) or words_before <= _NEXT):
        return not _BY_HOW_MUCH.search(text)
    return spends and (asking is None or asking.group().lower() in ("what", "how much"))
