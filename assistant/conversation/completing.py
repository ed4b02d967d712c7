"""Questions with a verb that lean on the topic: pointing words are filled in, the rest is added."""

import re

from assistant.conversation.clauses import AUXILIARY
from assistant.conversation.context import with_context
from assistant.conversation.leaning import POSSESSIVE, Leaning
from assistant.conversation.names import find_names, named_group
from assistant.conversation.placing import closed, is_plural
from assistant.conversation.times import find_times
from assistant.conversation.topics import FIGURE, Reading, belonging, without_times

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
_BARE = re.compile(
    rf"^(?P<ask>what|how much|how many) (?P<rest>(?:{AUXILIARY}) (?P<subject>.+))$", re.IGNORECASE
)
_WHICH = re.compile(rf"^which (?:ones? )?(?={AUXILIARY}\b)", re.IGNORECASE)
_NO_OBJECT = re.compile(
    r"\b(?:cost|pay|paid|earn|weigh|spend|spent|lose|lost|happen|say|go|take)\b"
)
_SAYING = re.compile(r"\b(?:say|said|report|reported|write|wrote|state|stated|tell|told)\b")
_POINTER = re.compile(r"\b(?:it|they|them|that|this|those|these|he|she|him|there)\b", re.IGNORECASE)
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
# What is granted or built is what somebody holds or runs, not who.
_OF_OBJECTS = re.compile(
    r"\b(?:granted|issued|signed|approved|renewed|awarded|extended|opened|built|commissioned|"
    r"completed|closed|expanded|restarted|discovered|found|mined|developed|suspended|lifted|imposed|"
    r"renegotiated|expire[sd]?|run out)\b"
)


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
    if clause.ask.lower() == "what" and clause.verb and not clause.noun:
        return joined(reading, core)  # what is asked for is what is asked about
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


def with_noun(core: str, reading: Reading) -> str:
    """Return a question that asks "which" alone with what was asked for: "which elements"."""
    noun = reading.clause.noun
    asks_which = reading.clause.ask.lower() in ("which", "what") and noun
    return _WHICH.sub(f"which {noun} ", core) if asks_which else core


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
        if reading.before_figure and reading.owner == reading.before_figure:
            return reading.owner  # "US exports", as it was "US imports"
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
        if last.lower() == "they" and not (reading.asked or is_plural(new) or " and " in new):
            return ""
        if told_of and last.lower() == "it" and re.search(rf"\b{FIGURE}$", reading.thing or "x"):
            new = reading.thing
    elif last.lower() in ("that", "this") and not _POINTED_NOUN.match(told[place.end() :]):
        new = reading.asked
    elif _OF_OBJECTS.search(told) and reading.answered and not reading.centre and reading.object:
        new = reading.object
    elif _OF_FIGURES.search(told):
        new = reading.asked or reading.thing
        new = without_times(new) if find_times(told) else new
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
