"""The standalone question that a short one means after the turns before it.

The turns are taken up in order, each question made to stand by itself after the one before, so
that what a follow-up took over reaches the next. A question that names its own subject begins anew.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Turn
from assistant.conversation.asides import without_asides
from assistant.conversation.clauses import read_clause
from assistant.conversation.completing import asked_alone, completed, joined, main_part, with_noun
from assistant.conversation.context import in_year_of, with_context
from assistant.conversation.leaning import MORE, Leaning
from assistant.conversation.names import find_names
from assistant.conversation.replacing import replaced
from assistant.conversation.time_words import with_told_times
from assistant.conversation.topics import Reading, Topic, names_of
from index.wording import content_words, stem

_ADVERB = re.compile(r"\b(?:actually|really|exactly|then|again) ", re.IGNORECASE)
# "Is samarium?" and "Does Lynas?" ask again what was asked of another.
_YES_NO = re.compile(
    r"^(?:is|are|was|were|does|do|did|has|have) ((?:the )?[\w-]+(?: [A-Z][\w-]+)*)$", re.I
)
_AGREES = re.compile(r"^(?:does|do|did|would) [\w&. -]+ (?:dis)?(?:agree|confirm|concur)s?$", re.I)
# "How does Brazil compare?" asks of Brazil what was asked before.
_COMPARES = re.compile(
    r"^how (?:does|do|did) (?:(?:that|this|it|they|those) compare (?:with|to) [\w&. -]+|"
    r"(?:the )?[A-Z][\w&. -]* compare(?: (?:with|to) (?:that|it|this|them))?)$",
    re.IGNORECASE,
)
_WITH_IN = re.compile(r"\b(compared (?:with|to)|relative to|versus) in (?=(?:19|20)\d\d)")
_ASKS_SOURCE = re.compile(r"\b(?:sources?|references?|citations?|proof|evidence)\b", re.IGNORECASE)
_MANY_WORDS = 3  # that say what a question is about
_MOST_TURNS = 24  # messages that are taken up
_MOST_QUESTION = 600  # letters of an earlier question
_MOST_EARLIER = 12  # names of earlier questions that are kept


def standalone_question(question: str, turns: Sequence[Turn]) -> str:
    """Return the question with what it leaves to the earlier turns filled in.

    A question that stands by itself comes back as it is. Earlier questions may be given as they
    were asked or as they were understood:

        "And in 2021?" after "What did Burma mine in 2022?" -> "What did Burma mine in 2021?"
    """
    topic = _topic(turns)
    return _understood(without_asides(question) or question, topic).question if topic else question


def _topic(turns: Sequence[Turn]) -> Topic | None:
    """Return what the turns have come to, or None where nothing was asked."""
    topic: Topic | None = None
    earlier: list[str] = []
    for turn in turns[-_MOST_TURNS:]:
        content = re.sub(r"\s+", " ", turn.content[:_MOST_QUESTION]).strip()
        if turn.role == "assistant":
            if topic:
                topic = replace(topic, answer=turn.content)
            continue
        told = without_asides(content)
        if not told or Leaning(told).says_nothing:
            continue
        if topic:
            earlier = [*names_of([topic.question]), *earlier][:_MOST_EARLIER]
            topic = replace(_understood(told, topic), earlier=tuple(earlier))
        else:
            topic = Topic(content)
    return topic


def _understood(question: str, topic: Topic) -> Topic:
    """Return the topic that a question makes after another."""
    leaning = Leaning(question)
    if leaning.is_long or leaning.says_nothing or not re.search(r"\w", topic.question):
        return Topic(question)
    reading = Reading(replace(topic, question=main_part(topic.basis or topic.question), basis=""))
    if MORE.match(leaning.core):
        return Topic(reading.question)
    told = _WITH_IN.sub(r"\1 ", _completed(leaning, reading))
    spoken = any(re.search(r"\b(?:it|its)\b", each.group(), re.I) for each in leaning.pointers)
    goes_on = leaning.asks_alone or told.startswith(f"{reading.question[:-1]}, and ")
    return Topic(
        told,
        centre=reading.thing if spoken and reading.thing in told else "",
        basis=reading.question if goes_on else "",
    )


def _completed(leaning: Leaning, reading: Reading) -> str:
    question = leaning.text
    core = with_told_times(_ADVERB.sub("", leaning.core), reading, bool(leaning.pointers))
    told_times = core != _ADVERB.sub("", leaning.core)
    if leaning.asks_alone:
        return asked_alone(leaning.core, reading)
    leaning = Leaning(core) if told_times else leaning
    if _AGREES.match(core) and leaning.names:
        return joined(reading, core)
    compared = _COMPARES.match(core)
    if compared and len(leaning.names) == 1:
        other = leaning.names[0].text
        return replaced(Leaning(other), other, reading) or joined(reading, core)
    elliptic = _YES_NO.match(core)
    if elliptic and [name.text for name in leaning.names] == [elliptic[1]]:
        return replaced(Leaning(elliptic[1]), elliptic[1], reading) or joined(reading, core)
    if leaning.asks_the_same and core.split()[-1].lower() in ("it", "that", "this"):
        return completed(leaning, core, reading)
    if leaning.is_fragment:
        if not told_times and not leaning.pointers and _begins_anew(leaning, reading):
            return question
        found = replaced(leaning, core, reading) or joined(reading, core)
        is_lost = reading.names and not find_names(found)
        return with_context(found, reading) if is_lost else found
    if leaning.pointers or told_times or _asks_source_only(leaning):
        return completed(leaning, core, reading)
    if _ASKS_SOURCE.search(core) and not leaning.names:
        return joined(reading, core)
    leans = leaning.names_nothing and not _is_general(core, reading)
    return (
        with_context(with_noun(core, reading), reading) if leans else in_year_of(question, reading)
    )


def _is_general(core: str, reading: Reading) -> bool:
    """Tell whether a question that names nothing asks of a kind of things not spoken of before."""
    clause = read_clause(core)
    own = {stem(word) for word in content_words(core)}
    said = {stem(word) for word in content_words(f"{reading.question} {reading.answer}")}
    if own & said or re.search(r"\d", core):
        return False
    of_a_kind = clause.verb and not re.match(r"(?:the|it|they)\b|$", clause.subject)
    return bool(of_a_kind) or len(own) >= _MANY_WORDS


def _begins_anew(leaning: Leaning, reading: Reading) -> bool:
    """Tell whether a question without a verb is a new one: it has its own subject and relation."""
    if not leaning.has_own_topic:
        return False
    groups = {name.group for name in reading.names}
    of_a_material = all(name.group == "material" for name in leaning.names)
    if leaning.is_opened and of_a_material and groups and "material" not in groups:
        return False  # "And uranium sales?" asks of the company
    if not leaning.is_opened:
        return len(leaning.core.split()) > 2
    rest = leaning.core
    for use in reversed(leaning.names):
        rest = rest[: use.start] + rest[use.end :]
    words = set(re.findall(r"[a-z]{3,}", rest.lower())) - {"the", "and", "for", "its"}
    return not words <= set(re.findall(r"[a-z]{3,}", reading.question.lower()))


def _asks_source_only(leaning: Leaning) -> bool:
    """Tell whether it asks what another source says and names nothing else."""
    names = leaning.names
    saying = re.search(
        r"\b(?:say|said|report(?:ed)?|g[ia]ve|stated?|wr[oi]te|written|estimated?|expect(?:ed)?|"
        r"want(?:ed)?|propos(?:e|ed)|put|think|thought)\b"
        r"(?: (?:first|instead|then|before|after)\b.*| (?:in|on|for|at) .*)?$",
        leaning.core,
        re.IGNORECASE,
    )
    groups = {name.group for name in names}
    alone = bool(names) and groups <= {"source", "body", "edition", "unknown"}
    alone = alone or bool(
        re.match(
            r"what (?:does|did|do) [\w ]+ (?:say|think|want|expect)$", leaning.core, re.IGNORECASE
        )
    )
    asks = re.match(
        r"(?:and )?(?:what|how much|how many|how) (?:is|was|did|does|do|had|has|have)\b",
        leaning.core,
        re.IGNORECASE,
    )
    return alone and bool(saying) and bool(asks)
