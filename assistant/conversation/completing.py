"""Questions with a verb that lean on the topic: pointing words are filled in, the rest is added."""

import re

from assistant.conversation.clauses import AUXILIARY, read_clause
from assistant.conversation.leaning import POSSESSIVE, Leaning
from assistant.conversation.names import find_names, named_group
from assistant.conversation.placing import closed, is_plural, with_time
from assistant.conversation.times import find_times
from assistant.conversation.topics import FIGURE, Reading, belonging, without_times
from index.question import editions
from index.wording import content_words, stem

_JOINED = re.compile(
    r"^(?:is|was|are|were|does|did) (?:it|that|this|they|those)\b.* "
    r"(?:than|as|like|from|different)\b|\bsays? so\b|"
    r"^(?:where does (?:it|that|this) come from|how (?:do|can) (?:we|you) know)\b|"
    r"^(?:is|was) (?:that|it|this) (?:true|right|correct|certain|an? \w+|more|less|official)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r", and (?:(?:is|was|are|were|does|did) (?:it|that|this|they)\b.*|who says\b.*|why|when|where|"
    r"how|since when|until when|the [a-z ]+)$"
)
_ASKS_TIME = re.compile(r"\bwhen\b|\b(?:what|which) (?:year|month|date|day|quarter)\b", re.I)
_NOW = re.compile(r"\b(?:now|today|currently|at present|nowadays|latest|still|yet)\b", re.I)
_BARE = re.compile(
    rf"^(?P<ask>what|how much|how many) (?P<rest>(?:{AUXILIARY}) (?P<subject>.+))$", re.IGNORECASE
)
_NO_OBJECT = re.compile(
    r"\b(?:cost|pay|paid|earn|weigh|spend|spent|lose|lost|happen|say|go|take)\b"
)
_SAYING = re.compile(r"\b(?:say|said|report|reported|write|wrote|state|stated|tell|told)\b")
_OF_THEM = re.compile(r"\b(?:of|than|among|from) (?:it|them|that|those|these|this|they)\b", re.I)
_POINTER = re.compile(r"\b(?:it|they|them|that|this|those|these|he|she|him|there)\b", re.IGNORECASE)
_SOURCE = re.compile(r",? according to [^?]+")
_FUNCTION = re.compile(
    r"\b(?:in|on|at|by|for|from|of|to|under|since|until|with|according|during|after|before|over|"
    rf"that|which|who|and|or|{AUXILIARY})\b|[,()?]",
    re.IGNORECASE,
)
_POINTED_NOUN = re.compile(
    r" (?:year|quarter|month|week|day|edition|figure|number|amount|share|price|mine|company|plant|"
    r"law|source|quota|deal|loan|project|deposit|country|list|product|companies|countries)s?\b"
)
# What is announced or revised is a figure, not whose figure it is.
_OF_FIGURES = re.compile(
    r"\b(?:announced|published|issued|released|reported|revised|calculated|estimated|measured|"
    r"stated|disclosed|quoted|updated|withheld|compar\w+|rise|risen|fall|fallen|grow|grown|chang\w+|"
    r"increas\w+|decreas\w+|peak|higher|lower)\b"
)
_LONGEST_PHRASE = 7  # words
_MOST_CONTEXT = 4  # phrases


def joined(reading: Reading, core: str) -> str:
    """Return the question of the topic with another after it, that speaks of its answer."""
    return closed(f"{main_part(reading.question).rstrip('?')}, and {core[:1].lower()}{core[1:]}")


def main_part(question: str) -> str:
    """Return a question without what was joined to it: "..., and who says so?"."""
    return closed(_TAIL.sub("", question.rstrip("? ")))


def completed(leaning: Leaning, core: str, reading: Reading) -> str:
    """Return a question with a verb, with all that it leaves to the topic filled in."""
    if _JOINED.search(core):
        return joined(reading, core)
    told = _with_object(core, reading)
    filled = _with_pointers(told, leaning, reading)
    if filled == told and any(_POINTER.search(p.group()) for p in leaning.pointers):
        return joined(reading, core)
    if about := _about(told, reading):
        return about
    subject = reading.clause.subject
    acts = all(name.group != "law" for name in find_names(subject))
    replaced = subject if told != core and acts else ""
    return with_context(filled, reading, replaced)


def asked_alone(core: str, reading: Reading) -> str:
    """Return asking words alone with the sentence that they ask about: "Why did it end?"."""
    clause = reading.clause
    comma = "," if "," in core else ""
    if re.match(r"how (?:much|many)$|who\b|what\b|which\b", core, re.IGNORECASE):
        return joined(reading, core)
    adjuncts = re.match(r"(?:when|where|why|how)$", clause.ask, re.IGNORECASE)
    if re.search(r"\b(?:what|which|how many|how much) [a-z]", core, re.IGNORECASE) and comma:
        return closed(f"{main_part(reading.question)[:-1]}, {core[:1].lower()}{core[1:]}")
    if clause.verb and clause.subject:
        amount = ""
        if re.match(r"how (?:much|many)", clause.ask, re.IGNORECASE):
            amount = f"that {clause.ask.split()[-1]} {clause.noun}".strip()
        elif clause.noun:
            amount = f"({clause.noun})"
        words = (clause.auxiliary, clause.subject, clause.verb, amount, clause.rest)
        if amount.startswith("("):
            words = (clause.auxiliary, clause.subject, clause.verb, clause.rest, amount)
        return closed(f"{core}{comma} {' '.join(filter(None, words))}")
    if clause.asks_being and (adjuncts or not clause.noun):
        they = "they are" if is_plural(clause.subject) else "it is"
        high = f" what {they}" if re.match(r"why|how", core, re.I) and not adjuncts else ""
        return closed(f"{core}{comma} {clause.auxiliary} {clause.subject}{high}")
    return joined(reading, core)


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
    if not find_times(question) and not asks_time and len(reading.times) == 1:
        lead = "in " if re.search(r" (?:for|to|of|in|at)\?$", told) else _lead(reading)
        told = with_time(told, reading.times[0], lead)
    if phrases:
        told = closed(f"{told[:-1]} ({', '.join(phrases)})")
    return told


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
        for phrase in _FUNCTION.split(without_times(_SOURCE.sub("", part))):
            told = re.sub(r"^(?:the|an?|its|their|all|so)\s+", "", phrase.strip(" ,'’"), flags=re.I)
            if not content_words(told) or len(told.split()) > _LONGEST_PHRASE:
                continue
            if " " in told or find_names(told) or re.search(FIGURE, told) or not reading.names:
                found.append(told)
    return found


def _with_object(core: str, reading: Reading) -> str:
    """Return a question that asks "what" with what was asked for before: "what benchmark"."""
    noun = reading.clause.noun
    bare = _BARE.match(core)
    if not noun or bare is None or not reading.clause.subject or reading.clause.asks_being:
        return core
    counted = re.match(r"how (?:much|many)", reading.clause.ask, re.IGNORECASE)
    same_kind = bool(counted) == bare["ask"].lower().startswith("how")
    being = re.match(r"(?:is|are|was|were)\b", bare["rest"])
    if not same_kind or being or _NO_OBJECT.search(bare["rest"]) or _SAYING.search(bare["rest"]):
        return core
    return f"{bare['ask']} {without_times(noun)} {bare['rest']}"


def _about(core: str, reading: Reading) -> str:
    """Return a question for what a source says with what it is to speak of."""
    if not _SAYING.search(core) or not re.match(r"what\b", core, re.IGNORECASE):
        return ""
    asked = reading.asked
    if find_times(core):
        asked = without_times(asked)
    if not asked or _POINTER.search(re.sub(r"\bthat\b", "", core)):
        return ""
    return closed(f"{core} about {asked}")


def _with_pointers(core: str, leaning: Leaning, reading: Reading) -> str:
    """Return a question with names and phrases in the place of pointing words."""
    told = core
    for pointer in reversed(leaning.pointers):
        at = core.find(pointer.group(), max(0, pointer.start() - 12))
        place = re.compile(rf"\b{re.escape(pointer.group())}\b").search(told, max(at, 0))
        if place is None:
            continue
        if new := _filled(pointer.group(), told, place, reading):
            before = told[: place.start()]
            if is_plural(new) and new.startswith("the "):
                before = _SINGULAR.sub(lambda verb: _PLURAL[verb.group().lower()], before)
            told = before + new + told[place.end() :]
    return told


_SINGULAR = re.compile(r"\b(?:is|was|does|has)(?= $)", re.IGNORECASE)
_PLURAL = {"is": "are", "was": "were", "does": "do", "has": "have"}


def _filled(word: str, told: str, place: re.Match[str], reading: Reading) -> str:
    lower = word.lower()
    if POSSESSIVE.fullmatch(word):
        owner = reading.owner or (reading.asked if lower == "their" else "")
        if not owner:
            return ""
        return belonging(owner, "").rstrip() if not owner.startswith("the ") else f"{owner}'s"
    if lower.endswith(("one", "ones", "other", "others")) or "same" in lower:
        return _kind_named(word, reading)
    lead, _, last = word.rpartition(" ")
    before = told[: place.start()] + (f"{lead} " if lead else "")
    if re.fullmatch(r"so|instead|there", last, re.IGNORECASE) or lower.startswith("how "):
        return ""
    if lead == "the":
        return _named_as(last, reading)
    process = re.match(r"(?:why|how|when|where)$", reading.clause.ask, re.IGNORECASE)
    if process and last.lower() in ("that", "this") and not reading.centre:
        return ""  # what happened, not a thing
    told_of = bool(re.search(r"\b(?:of|than|among|from) $", before, re.IGNORECASE))
    plural = last.lower() in ("they", "them", "those", "these")
    if told_of or plural:
        new = reading.asked or reading.thing
        if told_of and last.lower() == "it" and re.search(rf"\b{FIGURE}$", reading.thing or "x"):
            new = reading.thing
    elif last.lower() in ("that", "this") and not _POINTED_NOUN.match(told[place.end() :]):
        new = reading.asked
    elif _OF_FIGURES.search(told):
        new = reading.asked or reading.thing
    else:
        new = reading.thing or reading.asked
    following = told[place.end() :]
    if last.lower() in ("that", "this", "those", "these") and _POINTED_NOUN.match(following):
        kept = re.match(r" (?:year|quarter|month|week|day|edition)", following)
        return "" if kept else f"{lead} the".strip()
    return f"{lead} {new}".strip() if new else ""


def _named_as(noun: str, reading: Reading) -> str:
    """Return the name that "the company" or "the mine" stands for."""
    group = named_group(noun)
    known = [find_names(text) for text in (reading.thing, reading.question, reading.answer)]
    return next((name.text for names in known for name in names if name.group == group), "")


def _kind_named(word: str, reading: Reading) -> str:
    """Return "a second African country" for "a second one" where countries were asked for."""
    clause = reading.clause
    noun = clause.noun
    if not noun and clause.ask.lower() in ("which", "what"):
        match = re.match(r"(?:[A-Z][\w-]+ )*[a-z]+", clause.rest)
        noun = match.group() if match else ""
    if not noun:
        return ""
    kind = re.sub(r"\bones?$", "", word, flags=re.IGNORECASE).strip()
    singular = noun if word.lower().endswith("ones") else re.sub(r"ies$", "y", noun)
    return f"{kind} {singular}" if kind != word else ""
