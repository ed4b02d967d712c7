"""What a question asks one after the other, each as a question that stands by itself.

`index.parts` takes apart what stands alone as it is written. Here a part that leans on the one
before is completed as a follow-up would be, and a comparison is taken as the two things compared.
"""

import re
from collections.abc import Sequence
from functools import cache

from assistant.answer import Turn
from assistant.conversation import standalone_question
from corpus.language.periods import find_years
from corpus.language.vocabulary import any_form, load_vocabulary
from corpus.lexicon import load_lexicon
from index.parts import LEANS
from index.query.expected_type import expected_type
from index.question import analyze
from index.wording import content_words, stem, words

_PREPOSITION = r"(?:(?:in|at|by|for|from|of|on|to|under|through|with|until|since)\s+)?"
_BETWEEN = re.compile(
    rf"[,;]\s+(?:and\s+|but\s+)?(?={_PREPOSITION}(?:what|which|how|when|who|whom|whose|where|why)\b)"
    r"|[,;]\s+and\s+(?=(?:is|are|was|were|did|does|do|has|have|had|can|could)\b)"
    rf"|\s+and\s+(?={_PREPOSITION}(?:what|which|how|when|who|whom|whose|where|why|did|does)\b)"
    r"|\?\s+",
    re.IGNORECASE,
)
_COMPARED = (
    re.compile(
        r"^how (?:do|does|did) (?P<one>.+?) compare (?:with|to|against) (?P<other>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^compare (?P<one>.+?) (?:with|to|against|and) (?P<other>.+)$", re.IGNORECASE),
    re.compile(
        r"^(?:is|are|was|were) (?P<one>.+?) (?:bigger|larger|higher|lower|smaller|more|less|"
        r"greater|dearer|cheaper|longer|shorter|older|newer)\b(?: \w+)? than (?P<other>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^(?P<one>.+?),? (?:versus|vs\.?|compared (?:with|to)) (?P<other>.+)$", re.I),
)
_CHANGED = re.compile(  # from one year to another
    r"^how (?:did|has|have) (?P<thing>.+?) (?:change|changed|move|moved|develop|developed|evolve) "
    r"(?:from|between) (?:the )?(?P<first>(?:19|20)\d\d) (?:to|and) (?:the )?"
    r"(?P<last>(?:19|20)\d\d(?!.*\d{4}).*)$",
    re.IGNORECASE,
)
_OF_THAT_YEAR = re.compile(r"\b(?:that|the same) year['’]s |\bof (?:that|the same) year\b")
_ASKS = re.compile(
    r"\b(?:what|which|how|when|who|whom|whose|where|why)\b"
    r"|^(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should)\b",
    re.IGNORECASE,
)
_ASKS_FOR_THING = re.compile(
    r"^(?:\w+ )?which (?:\w+ )?(?:mine|plant|deposit|project|element|ore|list|law|edition)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(r" \([^()]*\)(?=\?$)")  # what a completed question is told to be about
_HEAD_ENDS = re.compile(r" (?:of|in|for|at|by|to|from|with|on|agreed|set|given)\b")
NO_QUESTION = re.compile(  # opens a question and asks nothing: "When it raised money, what ..."
    r"^(?:of|(?:when|where|while|if|after|before|since)\b(?! (?:is|are|was|were|did|does|do|has|"
    r"have|had|will|would|can|could|should)))\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"([A-Z][\w. -]*?)['’]s? ")
_SUBJECT_KINDS = frozenset(("country", "company", "mine", "plant", "element", "mineral", "metal"))
_FEWEST_WORDS = 2  # of its own that a part which leans on others has
_MOST_PARTS = 4
_CLOSING = " \t\n?!,;:"


def asked_parts(question: str) -> tuple[str, ...]:
    """Return what a question asks, each part as a question of its own; itself where it is one."""
    return _compared(question) or _following(question) or (question,)


def asked_in_turn(question: str) -> tuple[str, ...]:
    """Return the questions that are asked one after the other; itself where it is one.

    Two things that are compared are one question.
    """
    return (not _compared(question) and _following(question)) or (question,)


def _compared(question: str) -> tuple[str, ...]:
    """Return the two things that a question compares as questions, () where it compares none."""
    asked = question.strip(_CLOSING)
    if _BETWEEN.search(asked):
        return ()
    if change := _CHANGED.match(asked):
        thing, first, last = change.group("thing", "first", "last")
        return (_of_thing(f"{thing} in {first}"), _of_thing(f"{thing} in {last}"))
    for pattern in _COMPARED:
        if match := pattern.match(asked):
            if _ASKS.search(match["one"]):
                return ()
            return _things(match["one"], match["other"])
    return ()


def _things(one: str, other: str) -> tuple[str, ...]:
    """Return the questions for two things; one that is a bare name or year is asked as the other.

    "terbium" beside "dysprosium price of 2024" -> "What was the terbium price of 2024?"
    """
    years = find_years(one)
    if len(years) == 1:
        other = _OF_THAT_YEAR.sub(f"{years[0]} ", other)
    if _is_bare(one) and _is_bare(other):
        return ()
    noun = re.search(r"['’]s? (.+)$", one)
    if noun and re.search(r"['’]s?$", other):
        other = f"{other} {noun[1]}"
    if _is_bare(one):
        last = _of_thing(other)
        first = standalone_question(f"And {one}?", [Turn("user", last)])
    else:
        first = _of_thing(one)
        asked = f"And {other}?" if _is_bare(other) else _of_thing(other)
        stands_alone = not _is_bare(other) and _names_something(asked)
        last = asked if stands_alone else standalone_question(asked, [Turn("user", first)])
    owner = _OWNER.match(one)
    if owner and not _SUBJECT_KINDS & {m.entry.kind for m in load_lexicon().find_mentions(last)}:
        last = f"{last[:-1]} ({owner[1]})?"
    return (first, last) if _names_something(first) and _is_told(last) else ()


def _is_bare(thing: str) -> bool:
    """Tell whether nothing is said of a thing but its name or year."""
    asked = analyze(thing)
    names = {stem(word) for name in asked.names for word in words(name)}
    names |= {stem(word) for word in asked.materials}
    left = {stem(word) for word in content_words(thing)} - names
    return not {word for word in left if not word.isdigit()}


def _of_thing(thing: str) -> str:
    """Return the question for a thing: "the price floor" -> "What was the price floor?"."""
    if re.match(r"what\b", thing, re.IGNORECASE):
        return f"{thing}?"
    head = _HEAD_ENDS.split(thing)[0]
    is_plural = bool(re.search(r"[^s'’]s$", head))
    return f"What {'were' if is_plural else 'was'} {thing}?"


def _following(question: str) -> tuple[str, ...]:
    """Return the parts of a question with what they leave to the parts before filled in.

    One that adds too little to be looked for by itself ("and from when is it?") stays with the
    part before it.
    """
    parts: list[str] = []
    for written in _BETWEEN.split(question):
        part = f"{written.strip(_CLOSING)}?"
        told = _told(part, parts) if parts else part
        asks = _ASKS.search(part) and not NO_QUESTION.search(part)
        if told and asks:
            parts.append(told)
        elif parts:
            parts[-1] = f"{parts[-1].strip(_CLOSING)}, {part}"
        else:
            return ()
    is_several = 1 < len(parts) <= _MOST_PARTS
    return tuple(parts) if is_several and _names_something(parts[0]) else ()


def _told(part: str, before: Sequence[str]) -> str:
    """Return a part as it stands by itself, "" where it does not."""
    if _is_told(part):
        return part
    if _asks_for_one(before[-1]) and LEANS.search(part):
        return part if analyze(part).names else ""  # "it" is what is asked for
    said = {stem(word) for word in content_words(" ".join(before))}
    own = {stem(word) for word in content_words(LEANS.sub(" ", part))} - said
    leans = bool(_leaning_on_one().search(part))  # "who guarantees it"
    if len(own) < (1 if leans else _FEWEST_WORDS):
        return ""
    told = standalone_question(part, [Turn("user", earlier) for earlier in before])
    plain = _ADDED.sub("", told)
    is_told = _is_told(told) or (leans and plain != told)
    return plain if _is_told(plain) else told if is_told else ""


@cache
def _leaning_on_one() -> re.Pattern[str]:
    """Return the pattern of what stands for the one thing asked of before: "it", "... was that"."""
    words = load_vocabulary().words
    anywhere, last = (any_form(words("grammar", row)) for row in ("it", "it at the end"))
    return re.compile(rf"(?<!\w)(?:{anywhere}(?!\w)|{last}\W*$)", re.IGNORECASE)


def _asks_for_one(part: str) -> bool:
    """Tell whether a part asks for somebody or something that is not named yet."""
    wanted = expected_type(part, analyze(part).query)
    return wanted in ("organisation", "person", "place") or bool(_ASKS_FOR_THING.search(part))


def _is_told(part: str) -> bool:
    """Tell whether a part says by itself what it is about."""
    return _names_something(part) and not LEANS.search(part)


def _names_something(part: str) -> bool:
    asked = analyze(part)
    return bool(asked.names or asked.materials or asked.editions)
