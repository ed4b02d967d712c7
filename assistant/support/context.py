"""What a sentence of a source leaves to what stands around it, put into its own words.

"The company sold 612 t." under the title "Kestrel Ridge: results for the second quarter of 2024"
says that Kestrel Ridge sold 612 t in the second quarter of 2024.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.quantities import find_quantities
from assistant.sentences import sentence_spans
from assistant.support.facets import values
from assistant.support.statement import Statement
from corpus.lexicon import load_lexicon

_WORD = r"[A-Z][\w&’'-]+"
_NAME_OF_TITLE = re.compile(
    rf"^(?P<name>{_WORD}(?: {_WORD})*?)(?:,? (?:Inc|Ltd|Limited|Corp|plc)\.?)?(?=[:,]| [–—-] )"
)
_NAME_BEFORE = re.compile(
    rf"^(?!(?:The|In|On|At|As|For|By|This|That|These) )(?:According to (?P<said>{_WORD}(?: {_WORD})*),|(?P<name>{_WORD}(?: {_WORD})+) [a-z])"
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


def in_words(statement: Statement) -> Iterator[Statement]:
    """Yield a sentence with the name or the time that it is about put in, and with both."""
    if statement.is_row:
        return
    named = _named(statement)
    if named != statement.quote:
        yield replace(statement, quote=named)
    for quote in dict.fromkeys((statement.quote, named)):
        dated = _dated(quote, statement)
        if dated != quote:
            yield replace(statement, quote=dated)


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


def _has_time(text: str) -> bool:
    return bool(values(text, "period")) or any(q.kind in _TIMES for q in find_quantities(text))


def _last_sentence(before: str) -> str:
    spans = sentence_spans(before)
    return before[spans[-1][0] : spans[-1][1]].lstrip("-–• ") if spans else ""
