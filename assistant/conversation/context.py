"""What a topic says and a question leaves out: added to the question, so that it stands alone."""

import re

from assistant.conversation.clauses import AUXILIARY, read_clause
from assistant.conversation.names import find_names, named_group
from assistant.conversation.placing import closed, with_time
from assistant.conversation.times import find_times, with_year
from assistant.conversation.topics import FIGURE, Reading, without_times
from index.question import editions
from index.wording import content_words, stem

_ASKS_TIME = re.compile(r"\bwhen\b|\b(?:what|which) (?:year|month|date|day|quarter)\b", re.I)
_NOW = re.compile(r"\b(?:now|today|currently|at present|nowadays|latest|still|yet)\b", re.I)
_SOURCE = re.compile(r",? according to [^?]+")
_WORLD = re.compile(r"\b(?:global|world(?:wide|'s|’s)?)\b", re.IGNORECASE)
_FUNCTION = re.compile(
    r"\b(?:in|on|at|by|for|from|of|to|under|since|until|with|according|during|after|before|over|"
    rf"that|which|who|and|or|{AUXILIARY})\b|[,()?]",
    re.IGNORECASE,
)
_LONGEST_PHRASE = 7  # words
_MOST_CONTEXT = 4  # phrases


def with_context(question: str, reading: Reading, without: str = "") -> str:
    """Return a question with the time of the topic, and its names and phrases in brackets.

    What has been replaced is left out.
    """
    # An edition says which figure is meant.
    asks_time = bool(_ASKS_TIME.search(question) or _NOW.search(question) or editions(question))
    told = closed(question)
    phrases = [phrase for phrase in _missing(told, reading) if phrase not in without]
    if reading.answered and reading.answered in told:
        phrases = [phrase for phrase in phrases if find_names(phrase)]
    if _asks_another_figure(told, reading):
        phrases = [phrase for phrase in phrases if _names_someone(phrase)]
    if not find_times(question) and not asks_time and len(reading.times) == 1:
        lead = "in " if re.search(r" (?:for|to|of|in|at)\?$", told) else _lead(reading)
        told = with_time(told, reading.times[0], lead)
    if _WORLD.search(question):
        named = ((phrase, find_names(phrase)) for phrase in phrases)
        phrases = [
            phrase for phrase, names in named if not any(n.group == "country" for n in names)
        ]
    told = in_year_of(told, reading)
    if phrases and told.endswith(")?"):
        return f"{told[:-2]}, {', '.join(phrases)})?"
    return closed(f"{told[:-1]} ({', '.join(phrases)})") if phrases else told


def in_year_of(question: str, reading: Reading) -> str:
    """Return a question with the year of the topic where its own time has none: "in October"."""
    own = find_times(question)
    if len(own) != 1 or len(reading.times) != 1 or own[0].year or not reading.times[0].year:
        return question
    told = with_year(own[0], reading.times[0].year)
    return f"{question[: own[0].start]}{told}{question[own[0].end :]}"


def _asks_another_figure(question: str, reading: Reading) -> bool:
    """Tell whether it counts something itself: "How many people were employed?"."""
    clause = read_clause(question)
    counts = re.match(r"how (?:many|much)$", clause.ask, re.IGNORECASE)
    return bool(counts and clause.noun and re.search(FIGURE, reading.clause.subject))


def _names_someone(phrase: str) -> bool:
    return any(name.group in ("country", "company", "place", "body") for name in find_names(phrase))


def _lead(reading: Reading) -> str:
    """Return the word that led to the time of the topic where it says more than "in"."""
    before = reading.question[: reading.times[0].start]
    lead = re.search(r"\b(since|before|after|until|by|for) (?:the )?$", before)
    return f"{lead[1]} " if lead else ""


def _missing(question: str, reading: Reading) -> list[str]:
    """Return the names and phrases of the topic that a question neither has nor asks for."""
    clause = read_clause(closed(question))
    group = named_group(clause.noun or clause.rest.split(" ", 1)[0]) if clause.ask else ""
    has = frozenset(map(stem, content_words(question)))
    missing: list[str] = []
    for phrase in _phrases(reading):
        named = find_names(phrase)
        if named and all(name.group in ("source", "edition", group) for name in named):
            continue
        if any(name.text in question for name in named):
            continue
        words = frozenset(map(stem, content_words(phrase)))
        if words and not words <= has:
            missing.append(phrase)
            has |= words
    return missing[:_MOST_CONTEXT]


def _phrases(reading: Reading) -> list[str]:
    """Return the phrases of the topic's question, without asking words, verbs and times."""
    clause = reading.clause
    question = _SOURCE.sub("", reading.question)
    if clause.verb and clause.subject:
        parts = [
            clause.subject,
            "" if clause.ask == "When" else clause.noun,
            _SOURCE.sub("", clause.rest),
        ]
    elif clause.auxiliary:
        parts = [clause.noun, clause.subject, clause.rest]
    else:
        parts = [
            name.entry.name if name.group == "country" and name.entry else name.text
            for name in reading.names
        ]
        parts += [match[1] for match in re.finditer(r"\bthe ([a-z-]+)", question)][:1]
    found: list[str] = []
    for part in parts:
        for phrase in _split(without_times(_SOURCE.sub("", part))):
            told = re.sub(r"^(?:the|an?|its|their|all|so)\s+", "", phrase.strip(" ,'’"), flags=re.I)
            if not content_words(told) or len(told.split()) > _LONGEST_PHRASE:
                continue
            if " " in told or find_names(told) or re.search(FIGURE, told) or not reading.names:
                found.append(told)
    return found


def _split(part: str) -> list[str]:
    """Return a stretch of a question in phrases; names stay whole ("Department of Energy")."""
    names = find_names(part)
    cuts = [
        match.span()
        for match in _FUNCTION.finditer(part)
        if not any(name.start < match.start() < name.end for name in names)
    ]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(part)]
    return [part[start:end] for start, end in zip(starts, ends, strict=True)]
