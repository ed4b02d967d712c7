"""What a sentence of a source leaves to what stands around it, put into its own words.

"The company sold 612 t." under the title "Kestrel Ridge: results for the second quarter of 2024"
says that Kestrel Ridge sold 612 t in the second quarter of 2024.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from assistant.quantities import find_quantities
from assistant.sentences import sentence_spans
from assistant.support.facets import NAMING, find_marks, values
from assistant.support.statement import Statement
from corpus.lexicon import load_lexicon

_WORD = r"[A-Z][\w&’'-]+"
_NAME_OF_TITLE = re.compile(
    rf"^(?P<name>{_WORD}(?: {_WORD})*?)(?:,? (?:Inc|Ltd|Limited|Corp|plc)\.?)?(?=[:,]| [–—-] )"
)
_NAME_BEFORE = re.compile(
    rf"^(?!(?:The|In|On|At|As|For|By|This|That|These) )"
    rf"(?:According to (?P<said>{_WORD}(?: {_WORD})*),|(?P<name>{_WORD}(?: {_WORD})+) [a-z])"
)
_WE = re.compile(r"\b(?:We|we|Our|our|the Company|The Company)\b")
_FIRM = re.compile(r"\b[Tt]he (?:company|Company|group|Group|firm)\b|\b(?:[Ww]e)\b")
_OUR = re.compile(r"\b[Oo]ur\b")
_IT = re.compile(r"^It(?= )")
_TIME = re.compile(
    r"\b(?:(?:first|second|third|fourth) quarter|(?:first|second) half|(?:first )?nine months|"
    r"full year)(?: of)? (?:fiscal (?:year )?)?(?:FY ?)?20\d\d\b|"
    r"\b(?:March|June|September|December) 20\d\d quarter\b|\b[QH][1-4] (?:FY ?)?20\d\d\b",
    re.IGNORECASE,
)
# What is said of another time, to compare with it.
_COMPARED = re.compile(
    r",? (?:(?:up|down)(?: (?:by )?[\d.,]+ ?%)? (?:from|on)|compared (?:with|to)|against|versus|"
    r"from|after|than)(?= )[^;]*$"
)
_TIMES = ("year", "date")
_LISTED = ("period", *NAMING)
_AND = re.compile(r",? and (?:the )?")
_HEADING = re.compile(r"^[A-Z][^.:;,]{3,70}: (?=[A-Z])")  # before what it heads
# With what a change is compared, which need not be told again.
_BASE = re.compile(
    r",? compared (?:with|to) (?:the )?(?:(?:same|prior|previous|first|second|third|fourth|nine) )*"
    r"(?:quarter|half|months|period|year)s?(?: (?:of|in)(?: fiscal)?(?: year)? \d{4}|"
    r" a year earlier| last year)?",
    re.IGNORECASE,
)


def in_words(statement: Statement) -> Iterator[Statement]:
    """Yield a sentence with the name or the time that it is about put in, and with both."""
    if statement.is_row:
        return
    named = _named(statement)
    if named != statement.quote:
        yield replace(statement, quote=named)
    bare = _HEADING.sub("", statement.quote)
    for quote in dict.fromkeys((statement.quote, named, bare)):
        told = (quote, _dated(quote, statement), _without_base(quote), *_distributed(quote))
        for one in dict.fromkeys(told):
            if one not in (statement.quote, named):
                yield replace(statement, quote=one)


def _named(statement: Statement) -> str:
    """Return a sentence with "the company", "we" or "it" replaced by whom a source means."""
    quote, last = statement.quote, _last_sentence(statement.before)
    name = _name_of(statement, last)
    if not name:
        return quote
    if _FIRM.match(last) or _NAME_BEFORE.match(last):
        quote = _IT.sub(name, quote)
    return _OUR.sub(f"{name}'s", _FIRM.sub(name, quote))


def _name_of(statement: Statement, last: str) -> str:
    """Return whom a sentence before names, else whom the title does."""
    before = _NAME_BEFORE.match(last)
    if before and not _WE.search(statement.quote):
        return before["said"] or before["name"]
    title = _NAME_OF_TITLE.match(statement.title)
    if title:
        return title["name"]
    mentions = load_lexicon().find_mentions(statement.title)
    companies = {m.entry.id: m for m in mentions if m.entry.kind == "company"}
    if len(companies) != 1:
        return ""
    mention = next(iter(companies.values()))
    return statement.title[mention.start : mention.end]


def _dated(quote: str, statement: Statement) -> str:
    """Return a sentence that names no time of its own with the one that a source reports on."""
    if values(quote, "modality"):
        return quote
    found = {match[0].lower() for match in _TIME.finditer(statement.title)}
    found = found or {match[0].lower() for match in _TIME.finditer(statement.section)}
    compared = _COMPARED.search(quote)
    told = quote[: compared.start()] if compared else quote.rstrip(". ")
    own = f"{told} | {_COMPARED.sub('', _last_sentence(statement.before))}"
    if len(found) != 1 or _has_time(own):
        return quote
    return f"{told} in the {found.pop()}{quote[len(told) :]}"


def _without_base(quote: str) -> str:
    """Return a sentence without what its one change is compared with."""
    changes = [q for q in find_quantities(quote) if q.unit == "%"]
    return quote if len(changes) > 1 else _BASE.sub("", quote)


def _distributed(quote: str) -> Iterator[str]:
    """Yield "A sold 5 in 2021" and "A sold 6 in 2022" of "A sold 5 and 6 in 2021 and 2022,
    respectively"."""
    first, respectively, _ = quote.partition(", respectively")
    pairs = list(_pairs(first)) if respectively else []
    if len(pairs) < 2:
        return
    for kept in (0, 1):
        told = first
        for pair in sorted(pairs, reverse=True):
            start, end = pair[0][0], pair[1][1]
            told = f"{told[:start]}{first[slice(*pair[kept])]}{told[end:]}"
        yield f"{told}."


def _pairs(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the spans of each two figures, times or names of a kind that "and" joins."""
    quantities = find_quantities(text)
    spans = [(f"{q.kind} {q.unit}", q.start, q.end) for q in quantities]
    spans += [(m.facet, m.start, m.end) for m in find_marks(text) if m.facet in _LISTED]
    for (one, start, end), (other, later, last) in pairwise(sorted(spans, key=lambda s: s[1])):
        if one == other and _AND.fullmatch(text, end, later):
            yield (start, end), (later, last)


def _has_time(text: str) -> bool:
    return bool(values(text, "period")) or any(q.kind in _TIMES for q in find_quantities(text))


def _last_sentence(before: str) -> str:
    spans = sentence_spans(before)
    return before[spans[-1][0] : spans[-1][1]].lstrip("-–• ") if spans else ""
