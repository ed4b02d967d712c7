"""Questions for another figure of the same thing: "its reserves", "the average selling price"."""

import re

from assistant.conversation.names import find_names
from assistant.conversation.placing import (
    PREPOSITION,
    appended,
    closed,
    is_plural,
    next_stop,
    with_source,
    with_time,
)
from assistant.conversation.times import find_times
from assistant.conversation.topics import FIGURE, Reading, belonging, without_times

_NO_PART = (
    rf"(?!(?:{PREPOSITION}|the|an?|is|are|was|were|which|what|how|much|many|large|high|did|do|"
    r"does)\b)"
)
_PHRASE = re.compile(
    rf"(?<![\w’'])(?P<phrase>(?:{_NO_PART}[a-z][\w/-]* )*\b{FIGURE}\b)"
    rf"(?=\s+{PREPOSITION}\b|\s+according\b|,|\?|$)"
)
# What a country has and does of rare earths, and of other goods.
_COMMODITY = re.compile(
    r"(?:reserves?|resources?|exports?|imports?|(?:mine )?production|consumption)", re.IGNORECASE
)
_OF_WHAT = re.compile(
    rf"^ of (?:(?!{PREPOSITION}\b(?! and\b))[^\s,?]+ ?)+?(?=\s{PREPOSITION}\b|[,?]|$)"
)
_LONGEST_STRETCH = 40  # letters of "2018, 2020 and 2022"


def figure_of(reading: Reading, owner: str, what: str) -> str:
    """Return what is asked when another figure of an owner is: "What are Brazil's reserves?".

    Times and source are those of `what`, else those of the topic.
    """
    question, times = reading.question, find_times(what)
    source = re.search(r",? according to (.*)$", what)
    bare = _with_commodity(without_times(what[: source.start()] if source else what), reading)
    possessive = re.search(rf"{re.escape(owner)}[’']s? ", question) if owner else None
    if reading.clause.asks_being and possessive and not reading.clause.noun:
        old = _PHRASE.match(question, possessive.end())
        end = old.end() if old else next_stop(question, possessive.end())
        new = _agreeing(f"{question[: possessive.end()]}{bare}{question[end:]}", bare)
    elif happened := re.match(r"(What happened (?:to|with)) ", question):
        return f"{happened[1]} {belonging(owner, bare) if owner else bare}?"
    else:
        new = _asked_anew(bare, owner, reading, bool(times))
    for time in times:
        new = with_time(new, time)
    return closed(with_source(new, source[1]) if source else new)


def with_figure(question: str, words: str, reading: Reading) -> str:
    """Return a question that asks for another figure of the same thing."""
    old = [match for match in _PHRASE.finditer(question) if match["phrase"] not in words]
    if old:
        place = old[0]
        inside = [n.end for n in find_names(question) if place.start() <= n.start < place.end()]
        start = max(inside) + 1 if inside else place.start("phrase")
        rest = question[place.end("phrase") :]
        if re.search(rf"\b{FIGURE} of ", words):
            rest = _OF_WHAT.sub("", rest)  # "imports of compounds" for "exports of ores"
        new = f"{question[:start]}{words}{rest}"
        return _agreeing(new, words)
    owner = reading.thing
    return figure_of(reading, owner, words) if owner else ""


def figures_alike(words: str, question: str) -> bool:
    """Tell whether a question already asks for the figure that some words name."""
    figures = re.findall(rf"\b{FIGURE}\b", words)
    return any(figure in question for figure in figures)


def _asked_anew(what: str, owner: str, reading: Reading, has_time: bool) -> str:
    """Return a question for a figure, at the time and by the source that the topic names."""
    told = belonging(owner, what) if owner else f"the {what}"
    verbs = ("is", "are") if not (has_time or reading.times) else ("was", "were")
    new = f"What {verbs[is_plural(what)]} {told}?"
    if reading.times and not has_time and not find_times(told):
        first, last = reading.times[0], reading.times[-1]
        words = reading.question[first.start : last.end]
        several = last is not first and len(words) <= _LONGEST_STRETCH
        new = appended(new, f"in {words}") if several else with_time(new, last)
    if source := re.search(r",? according to [^?,]+", reading.question):
        new = f"{closed(new)[:-1]}{source.group()}?"
    return new


def _with_commodity(what: str, reading: Reading) -> str:
    """Return the figure of a commodity with what it is of: "reserves" are rare-earth reserves."""
    if not _COMMODITY.fullmatch(what) or any(n.group == "material" for n in reading.names):
        return what
    said = f"{reading.question} {reading.answer}"
    return f"rare-earth {what}" if re.search(r"\bT?REO\b|\brare[ -]earth", said) else what


def _agreeing(question: str, noun: str) -> str:
    """Return a question whose verb agrees with the noun that it now asks for."""
    pairs = {"is": "are", "was": "were"} if is_plural(noun) else {"are": "is", "were": "was"}
    start = re.match(r"(What|Who|How \w+) (is|are|was|were) ", question)
    if start is None or start[2] not in pairs:
        return question
    return f"{start[1]} {pairs[start[2]]} {question[start.end() :]}"
