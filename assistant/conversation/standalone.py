"""The standalone question that a short one means after the turns before it.

The turns are taken up in order, each question made to stand by itself after the one before, so
that what a follow-up took over reaches the next. What of the last question a follow-up is about is
told by a learned model; a new topic takes over nothing.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from assistant.answer import Turn
from assistant.conversation.asides import without_asides
from assistant.conversation.carrying import load_carrying
from assistant.conversation.composing import beside, placed
from assistant.conversation.follow_up_words import any_follow_up_word
from assistant.conversation.mentions import NAMES, Utterance, read_utterance
from assistant.conversation.spoken import Spoken
from assistant.conversation.time_words import in_year_of, with_told_times
from corpus.language.measures import has_nature
from index.query import parse_query

_MOST_TURNS = 24  # messages that are taken up
_MOST_QUESTION = 600  # letters of an earlier question
_MOST_ANSWER = 400  # letters of an answer, in which a name that was asked for stands
_ASIDE = re.compile(r"\([^()]*\)|\[\d+\]|^[^:\n]{0,80}, [^:\n]{0,20}\d{4}: ")  # who says so
_LONGEST = 45  # words of a question that may lean on another
Judge = Callable[[Utterance, Utterance], Sequence[float]]
_LIKELY = 0.35  # from which a mention is carried; one too many does less harm than one missing


def standalone_question(question: str, turns: Sequence[Turn]) -> str:
    """Return the question with what it leaves to the earlier turns filled in.

    A question that stands by itself comes back as it is. Earlier questions may be given as they
    were asked or as they were understood:

        "And in 2021?" after "What did Burma mine in 2022?" -> "What did Burma mine in 2021?"
    """
    last = _last_spoken(turns)
    return meant(question, last) if last else question


def _last_spoken(turns: Sequence[Turn]) -> Spoken | None:
    """Return what the turns have come to, None where nothing was asked."""
    last: Spoken | None = None
    for turn in turns[-_MOST_TURNS:]:
        content = re.sub(r"\s+", " ", turn.content[:_MOST_QUESTION]).strip()
        if turn.role == "assistant":
            last = Spoken(last.question, turn.content) if last else None
        elif without_asides(content) and re.search(r"\w", content):
            last = Spoken(_meant_before(content, last) if last else content)
    return last


@lru_cache(maxsize=2_000)
def _meant_before(question: str, last: Spoken) -> str:
    """Return what an earlier question means: each later one of a conversation goes over it."""
    return meant(question, last)


def meant(question: str, last: Spoken, judge: Judge | None = None) -> str:
    """Return what a question means after the last one; `judge` tells what it takes over."""
    asked = without_asides(question)
    is_long = len(question) > _MOST_QUESTION or len(question.split()) > _LONGEST
    if is_long or not re.search(r"\w", asked):
        return question
    if _more().fullmatch(asked):
        return last.question
    if _says_all(asked):
        return asked
    core = _opening().sub("", asked, count=1)
    core = core if re.search(r"\w", core) else asked
    told = read_utterance(in_year_of(with_told_times(core, last), last))
    before = read_utterance(_with_name_told(last))
    likely = (judge or load_carrying().judge)(read_utterance(asked), before)
    carried = {place for place, one in enumerate(likely) if one >= _LIKELY}
    if told.text != core:  # its time is told from the last one's
        carried -= {place for place in carried if before.mentions[place].kind == "time"}
    if not carried and told.text == core:
        return asked
    if told.is_fragment and (found := placed(told, before, likely, carried)):
        return found
    return beside(told, before, carried) if carried else told.text


def _says_all(question: str) -> bool:
    """Tell whether a question names its measure, somebody or something, and a time.

    What is in stock, such as reserves, is asked for without one.
    """
    if _opening().match(question):
        return False
    query = parse_query(question)
    measure = query.wanted.measure
    is_timed = bool(query.periods) or has_nature(measure, "stock")
    return bool(measure and query.wanted.arguments and is_timed and not query.rest)


def _with_name_told(last: Spoken) -> str:
    """Return the last question, with the name in brackets that it asked for and was told.

    "Which company runs Pela Ema (Serra Verde)?": a follow-up may be about either.
    """
    asked = read_utterance(last.question)
    if not last.answer or parse_query(last.question).value_kind != "names":
        return last.question
    answer = read_utterance(_ASIDE.sub("", last.answer[:_MOST_ANSWER]))
    known = {mention.key for mention in asked.mentions}
    named = (m for m in answer.mentions if m.kind in NAMES and m.key not in known)
    told = next((answer.said(mention) for mention in named), "")
    return f"{last.question.rstrip(' ?')} ({told})?" if told else last.question


@cache
def _opening() -> re.Pattern[str]:
    """Return what opens a follow-up and says nothing: "and", "what about", "same for"."""
    return re.compile(rf"^\s*(?:{any_follow_up_word('opening')}[\s,.:;!]+)+", re.IGNORECASE)


@cache
def _more() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_follow_up_word('polite')} )?{any_follow_up_word('asking for more')}\W*",
        re.IGNORECASE,
    )
