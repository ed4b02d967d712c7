"""The small words that turn what a sentence says: not, may, only, because, if, since, most.

A sentence may have them only where its statement has them, and may not leave them out.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.quantities import agree
from assistant.support.clauses import relevant
from assistant.support.facets import is_among, values
from assistant.support.reading import Sentence
from assistant.support.statement import Statement
from assistant.support.support import Reason
from assistant.support.tokens import Token, read_tokens

_NEGATORS = frozenset("not no never none neither nor cannot without".split())
_NOT_DENYING = frozenset("only less more fewer later longer least date doubt".split())
_EMPTY = frozenset("a an the any of been be is are was were yet to by in on for with".split())
_REACH = 4  # tokens after a negator that it may deny
_ABSENT = re.compile(
    r"\b(?:NA|N/A|W|none|nothing|not (?:available|published|stated|quoted|given|disclosed|known|"
    r"covered|quantified|released)|no)\b"
)
_FIGURED = (
    r"(?:available|publish\w*|stat(?:e|es|ed)|quoted?|giv\w+|disclos\w*|known|figures?|numbers?|"
    r"values?|quantif\w*|releas\w*|cover\w*)"
)
_ABSENCE = re.compile(
    rf"\b(?:not|no|none)\b.{{0,30}}\b{_FIGURED}\b|\b{_FIGURED}\b.{{0,12}}\b(?:no|none)\b",
    re.IGNORECASE,
)
_STOPS = frozenset("is are was were has have had will must may can".split())
# Each with what it must stand beside in a statement.
_PAIRED: tuple[tuple[str, str], ...] = (
    (r"only|sole|solely|exclusively|alone", r"only|sole|solely|exclusively|alone|single"),
    (r"first(?! (?:quarter|half|batch|set|round|phase|nine|six|\w+ months))|earliest",
     r"first|earliest"),
    (r"last(?! (?:year|month|quarter))|latest|newest", r"last|latest|newest|most recent"),
    (r"every|always|entire|entirely|whole|all(?! told)",
     r"every|always|entire|entirely|whole|all|each|both|full|any|100|no"),
    (r"most(?! recent)|mostly|mainly|majority|primarily|largely|chiefly",
     r"most|mostly|mainly|majority|primarily|largely|chiefly|above all|more than half|bulk"),
    (r"largest|biggest|leading|greatest|top|foremost|dominant",
     r"largest|biggest|leading|greatest|top|foremost|dominant|highest|first|most"),
    (r"highest|peak", r"highest|peak|record|most|largest|maximum"),
    (r"smallest|lowest", r"smallest|lowest|least|minimum"),
    (r"records?(?= (?:level|high|output|production|\d|quarter|year))", r"records?"),
    (r"because|due (?:\w+ )?to|owing to|thanks to|as a result|caus\w+|driven|led to|leading to|"
     r"so that|therefore|thus|hence|consequently|result(?:s|ed|ing)? (?:of|in|from)|in response|"
     r"reflect\w*|amid|on the back of|attribut\w+|(?<=, )so|why",
     r"because|due (?:\w+ )?to|owing to|thanks to|as a result|caus\w+|driven|led to|leading to|"
     r"so that|therefore|thus|hence|consequently|result\w*|in response|reflect\w*|amid|attribut\w+|"
     r"so|reasons?|explain\w*|follow\w*|why|since|as|for \w+ reasons?|account\w* for|by new"),
    (r"shows? that|which shows|prov(?:es?|ing)|suggest\w*|indicat\w+|mean(?:s|ing) that|"
     r"which means|imply\w*|implies|underlin\w+|highlight\w*|demonstrat\w+|signal\w*|confirm\w*|"
     r"reveal\w*",
     r"show\w*|prov\w+|suggest\w*|indicat\w+|mean\w*|impl\w+|underlin\w+|highlight\w*|"
     r"demonstrat\w+|signal\w*|confirm\w*|reveal\w*"),
    (r"(?:has|have) since", r"since"),
    (r"must|shall|ha(?:s|ve) to|obliged|requir\w+|need\w*",
     r"must|shall|ha(?:s|ve) to|oblig\w+|requir\w+|need\w*|compulsory|mandatory|only"),
    (r"may|might|can|could|possibl[ey]|perhaps|probably|likely|presumably|potential(?:ly)?",
     r"at most|maximum|may|might|can|could|possibl[ey]|perhaps|probably|likely|presumably|"
     r"potential(?:ly)?|able"),
    (r"if|unless|provided that|as long as|except|in case",
     r"if|unless|provided|as long as|except\w*|in case|when|once|where|only"),
    (r"more|above|higher|greater|larger|bigger|dearer|ahead of|exceed\w*|longer|outstrip\w*",
     r"more|above|higher|greater|larger|bigger|dearer|ahead of|exceed\w*|longer|over|up|rose|"
     r"ris\w+|gr[eo]w\w*|gain\w*|increas\w+|at least|minimum|outstrip\w*|most|>"),
    (r"less|below|lower|smaller|fewer|cheaper|behind|shorter",
     r"less|below|lower|smaller|fewer|cheaper|behind|shorter|under|down|fell|fall\w*|lost|"
     r"declin\w+|decreas\w+|drop\w*|cut|up to|at most|maximum|least|<"),
)  # fmt: skip
_PAIRS = tuple(
    (re.compile(rf"\b(?:{said})\b", re.I), re.compile(rf"\b(?:{told})(?!\w)|[<>]", re.I))
    for said, told in _PAIRED
)
# What a sentence may not leave out of the clauses that it repeats, and by what it keeps that.
_KEPT: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"\b(?:if|unless(?! (?:otherwise )?(?:noted|stated|named|another|the text|a row))|"
            r"provided that|as long as|once(?! a)|except|subject to|in case|"
            r"(?:only )?when (?:they|it|these|this) (?:is|are|has|have))\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:if|unless|provided|as long as|once|except\w*|subject to|in case|when|where|"
            r"with)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\b(?:may|might|can|could|perhaps|possibly|presumably|probably)\b"),
        re.compile(
            r"\b(?:may|might|could|can|able|capacit(?:y|ies)|designed|perhaps|possibly|presumably|"
            r"probably|plans?|planned|goals?|appears?|likely|expected|forecast|is to|are to)\b"
        ),
    ),
    (
        re.compile(r"\b(?:outside|excluding|other than|apart from)\b", re.IGNORECASE),
        re.compile(
            r"\b(?:outside|exclud\w+|without|other than|apart from|except\w*|abroad|foreign|"
            r"others?|not)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\b(?:nearly|almost|virtually|practically) (?=all|every|none|no\b)", re.I),
        re.compile(r"\b(?:nearly|almost|virtually|practically|most|mostly)\b", re.IGNORECASE),
    ),
    (
        re.compile(
            r"\b(?:older|superseded|outdated|former(?:ly)?|until then|had been|once|proposals?|"
            r"draft|was to|were to|no longer|earlier)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:older|superseded|outdated|former(?:ly)?|until|had|once|proposals?|proposed|"
            r"draft|was to|were to|no longer|earlier|previous(?:ly)?|before|was|were|old|after|"
            r"from|in \d{4}|ago|initially|originally|first)\b",
            re.IGNORECASE,
        ),
    ),
)
_WILL = re.compile(r"\b(?:will|shall)\b")
_WILL_BE = re.compile(
    r"\b(?:will|shall|due|scheduled|start(?:s|ing)? (?:in|mid|\d)|from \d|must|"
    r"(?:is|are|was|were) to|to (?:be|start|begin|open|end)|until|ends?|expires?)\b",
    re.I,
)
_PERIOD = re.compile(r"\b(?:quarters?|half|months?|period|weeks?|Q[1-4]|H[12])\b", re.I)
_WHEN = re.compile(
    r"\b(?P<word>since|from|until|till|through|before|after|by|prior to)"
    r"(?: the)?(?: (?:early|mid|late|end of|start of))?[ -]?$",
    re.I,
)
_BEGINNING = re.compile(
    r"\b(?:c[ao]mes?|enter(?:s|ed)?|went|goes) into (?:force|effect|operation)|t[ao]kes? effect|"
    r"\btook effect|\b(?:begin|began|start)(?:s|ed)?\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:^|[|.:;] |\d\. )(?!May\b)[A-Z](?=[a-z])")
_TO = re.compile(r"\s?(?:to|through|until|[-–])\s?", re.I)
_WHEN_CLASS = {
    "since": "start", "from": "start", "until": "end", "till": "end", "through": "end",
    "before": "before", "prior to": "before", "after": "after", "by": "by",
}  # fmt: skip
_AGREEING = frozenset(
    (("by", ""), ("before", "by"), ("by", "before"), ("start", "after"), ("by", "end"))
)
_ALL_QUOTED = re.compile(r"\s*[\"“«][^\"”»]*[\"”»]\W*$")
_QUOTED = re.compile(r"[\"“«](?P<words>[^\"“”«»]{3,})[\"”»]")


def check_little_words(claim: Sentence, statement: Statement, question: str) -> Iterator[Reason]:
    """Yield what a sentence turns: what it adds of such words, and what it leaves out."""
    own = statement.own_words
    told = f"{own} | {statement.caption}" if statement.is_row else own
    if not statement.is_row and _ALL_QUOTED.match(own):
        yield Reason("quote", own, True)  # it is what others say, and may be called wrong
    for said, needed in _PAIRS:
        found = said.search(claim.text)
        if found and not needed.search(told):
            yield Reason("turn", found[0].lower(), False)
    near = told if statement.is_row else relevant(claim, statement)
    for kept, by in _KEPT:
        left = kept.search(near)
        if left and not by.search(claim.text):
            yield Reason("turn", left[0].lower(), True)
    yield from _check_plans(claim, statement, near, question)
    yield from _check_negation(claim.text, told, told if statement.is_row else near)
    yield from _check_when(claim, statement)
    for quoted in _QUOTED.finditer(claim.text):
        words = " ".join(quoted["words"].split()).strip(" .,;:").lower()
        if words not in " ".join(own.split()).lower():
            yield Reason("quote", quoted["words"], False)


def _check_plans(
    claim: Sentence, statement: Statement, near: str, question: str
) -> Iterator[Reason]:
    own = _small(f"{statement.own_words} | {statement.caption} | {statement.beside}")
    told = own if statement.is_row else f"{near} | {statement.beside}"
    said, held = values(_small(claim.text), "modality"), values(told, "modality")
    if held and not said:
        yield Reason("modality", "planned", True)
    if said and not values(f"{own} | {_small(statement.label_column)}", "modality"):
        yield Reason("modality", "done", True)
    if _WILL.search(claim.text) and not _WILL_BE.search(own):
        yield Reason("modality", "certain", True)
    periods = values(near, "period") or (
        values(f"{own} | {statement.label}", "period") if statement.is_row else frozenset()
    )
    if not claim.times:
        asked = values(question, "period")
        periods = frozenset(period for period in periods if not is_among(period, asked))
    if periods and not _PERIOD.search(claim.text) and not values(claim.text, "period"):
        yield Reason("period", ", ".join(sorted(periods)), True)


def _small(text: str) -> str:
    """Return a text with small letters where a sentence or a cell begins: "Planned", not "May"."""
    return _BEGINS.sub(lambda begin: begin[0].lower(), text)


def _check_negation(said: str, told: str, near: str) -> Iterator[Reason]:
    """Check that a sentence denies what is denied anywhere, and all that is denied near by."""
    claim = read_tokens(said)
    denied = [_denied(claim, at) for at in _negators(claim)]
    known = {token.key for group in _all_denied(told) for token in group}
    is_absence = bool(_ABSENCE.search(said)) and bool(_ABSENT.search(told))
    for group in denied:
        if group and not is_absence and not {token.key for token in group} & known:
            yield Reason("negation", group[0].text, False)
    said_denied = {token.key for group in denied for token in group}
    plain = {token.key for token in claim if not token.is_mark} - said_denied
    for group in () if is_absence else _all_denied(near):
        if group and group[0].key in plain and group[0].kind == "word":
            yield Reason("negation", group[0].text, True)


def _all_denied(text: str) -> list[list[Token]]:
    tokens = read_tokens(text)
    return [_denied(tokens, at) for at in _negators(tokens)]


def _negators(tokens: Sequence[Token]) -> Iterator[int]:
    for at, token in enumerate(tokens):
        is_negator = token.text in _NEGATORS or token.text.endswith(("n't", "n’t"))
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if is_negator and following not in _NOT_DENYING:
            yield at


def _denied(tokens: Sequence[Token], at: int) -> list[Token]:
    """Return what a negator denies: the next words that tell something, within its clause."""
    found: list[Token] = []
    for token in tokens[at + 1 : at + 1 + 2 * _REACH]:
        if token.is_mark or len(found) == _REACH or (found and token.text in _STOPS):
            break
        if token.text not in _EMPTY:
            found.append(token)
    return found


def _check_when(claim: Sentence, statement: Statement) -> Iterator[Reason]:
    """Check that "since", "until", "by" and "before" stand before the times they stand before."""
    held = [t for t in read_tokens(statement.own_words) if t.kind == "time" and t.quantity]
    for time in read_tokens(claim.text):
        if time.kind != "time" or time.quantity is None:
            continue
        same = [h for h in held if h.quantity and agree(time.quantity, h.quantity)]
        said = _when(claim.text, time)
        told = {_when(statement.own_words, h) for h in same}
        if not same or said in told or any((said, one) in _AGREEING for one in told):
            continue
        begins = _BEGINNING.search(claim.text), _BEGINNING.search(statement.own_words)
        if {said, *told} == {"", "start"} and begins[said == "start"]:
            continue  # "came into force on" a day is "in force from" it
        yield Reason("when", time.text, True)


def _when(text: str, time: Token) -> str:
    found = _WHEN.search(text[: time.start])
    if not found or (found["word"].lower() == "from" and _TO.match(text, time.end)):
        return ""
    return _WHEN_CLASS[found["word"].lower()]
