"""A follow-up made to stand by itself by a language model, where the rules' question loses nothing.

The model may word the question better and fill in what the rules could not. What the question says
itself, and what the rules carry over, must be in its words; what stands nowhere must not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.answer import Tokens, Turn
from assistant.conversation.leaning import Leaning
from assistant.language_model import Allowance, LanguageModel
from assistant.prompts import rewriting_messages
from assistant.rewriting.asking import ask_model
from assistant.rewriting.form import fault_of_form, plain_line
from assistant.rewriting.said import (
    NAMING,
    PLAIN,
    asks_alike,
    content_stems,
    find_said,
    names_in_order,
    pointing_words,
    said_in,
    told,
    years_in_order,
)

_MOST_LETTERS = 500  # that are read, beyond those of the rules' question
_MOST_QUESTIONS = 3  # of the user, that the model is shown
_MOST_OF_A_TURN = 400  # letters
_MARKER = re.compile(r"\s?\[[^\[\]\n]{1,12}\]")
_JOINED = re.compile(r", and \S")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The standalone question, whose words it is in, and why not the model's where they are not.

    `why` is "" where the model's words were taken or none were needed. `fault` is what a
    LanguageModelError said, for a warning.
    """

    question: str
    by: Literal["rules", "model"] = "rules"
    why: str = ""
    fault: str = ""
    tokens: Tokens = field(default_factory=Tokens)


def rewrite(
    question: str,
    turns: Sequence[Turn],
    by_rules: str,
    model: LanguageModel,
    allowance: Allowance,
) -> Rewritten:
    """Return the question with what it leaves to the turns filled in, by the model or the rules.

    `by_rules` is what `standalone_question` makes of it. The model is asked only where the
    question leans on the turns. Raises ModelStoppedError alone.
    """
    shown = _shown(turns)
    if not shown or not _leans(question, by_rules):
        return Rewritten(by_rules)
    if not allowance.left():
        return Rewritten(by_rules, why="no time was left for the model")
    messages = rewriting_messages(question, shown, by_rules)
    reply = ask_model(messages, model, allowance, _MOST_LETTERS + len(by_rules))
    if reply.fault:
        return Rewritten(by_rules, why=reply.fault, fault=reply.fault, tokens=reply.tokens)
    line = plain_line(reply.text)
    if line == by_rules:
        return Rewritten(by_rules, tokens=reply.tokens)
    if why := _refusal(line, question, by_rules, shown):
        return Rewritten(by_rules, why=f"the model's question was not taken: {why}",
                         tokens=reply.tokens)  # fmt: skip
    return Rewritten(line, "model", tokens=reply.tokens)


def _shown(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the last questions with the answers to them, shortened, without citation markers."""
    asked = [at for at, turn in enumerate(turns) if turn.role == "user"]
    if not asked:
        return ()
    first = asked[-_MOST_QUESTIONS:][0]
    return tuple(
        Turn(turn.role, _MARKER.sub("", turn.content[:_MOST_OF_A_TURN])) for turn in turns[first:]
    )


def _leans(question: str, by_rules: str) -> bool:
    """Tell whether a question leaves something to earlier turns: filled in by the rules, or not."""
    leaning = Leaning(question)
    if leaning.is_long or leaning.says_nothing:
        return False
    return by_rules != question or _points(leaning)


def _points(leaning: Leaning) -> bool:
    """Tell whether words of a question speak of what only the turns say: "it", "why?"."""
    return bool(leaning.pointers) or leaning.asks_alone


def _refusal(line: str, question: str, by_rules: str, turns: Sequence[Turn]) -> str:
    """Return why a model's question cannot be taken, "" where it can."""
    return (
        fault_of_form(line, (by_rules, question))
        or _fault_of_asking(line, question, by_rules)
        or _loss(line, question, by_rules)
        or _addition(line, question, by_rules, turns)
    )


def _fault_of_asking(line: str, question: str, by_rules: str) -> str:
    """Return why a question asks another thing or still leans, "" where it does not."""
    left = len(Leaning(by_rules).pointers) if by_rules != question else 0
    if line == question or len(Leaning(line).pointers) > left:
        return "it still leans on the turns before"
    asks_itself = not Leaning(question).is_fragment and asks_alike(line, question)
    if not (asks_itself or asks_alike(line, by_rules)):
        return "it asks for something else"
    for in_order in (names_in_order, years_in_order):
        order, said = in_order(by_rules), in_order(line)
        if [one for one in said if one in order] != [one for one in order if one in said]:
            return "it has names or years the other way round"
    return ""


def _loss(line: str, question: str, by_rules: str) -> str:
    """Return what a question has lost of the user's own and of what the rules carry over."""
    own, carried, has = find_said(question), find_said(by_rules), find_said(line)
    lost = (carried | {one for one in own if one.kind != "scope"}) - has
    if lost:
        return f"it has lost {told(lost)}"
    words = content_stems(by_rules)
    is_joined = _JOINED.search(by_rules) and not _JOINED.search(question)
    if by_rules == question or is_joined:
        words &= content_stems(question) - content_stems(pointing_words(question))
    missing = words - content_stems(line)
    return f'it has lost "{min(missing)}"' if missing else ""


def _addition(line: str, question: str, by_rules: str, turns: Sequence[Turn]) -> str:
    """Return what a question has that stands nowhere it may come from.

    It may come from the question, from the rules' and, where the question points to it, from the
    turns: a name of a kind that the rules' question has none of, and anything where the rules
    found nothing to fill in.
    """
    leaning = Leaning(question)
    known = said_in((question, by_rules))
    words = content_stems(question) | content_stems(by_rules)
    if _points(leaning) or (by_rules != question and leaning.names_nothing):
        sources = [t.content for t in turns if t.role == "user" or leaning.pointers]
        kinds = {one.kind for one in known}
        may = said_in(sources)
        if by_rules != question:
            may = frozenset(one for one in may if one.kind in NAMING)
        known |= {one for one in may if one.kind not in kinds}
        words |= frozenset[str]().union(*map(content_stems, sources))
    if added := find_said(line) - known:
        return f"it brings in {told(added)}"
    new = content_stems(line) - words - PLAIN
    return f'it brings in "{min(new)}"' if new else ""
