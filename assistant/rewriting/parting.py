"""A question that asks several things taken apart by a language model, where nothing is lost.

The rules split what is joined in plain ways; the model is asked only where they found one question
and its words show several.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.answer import Tokens
from assistant.conversation.leaning import Leaning
from assistant.language_model import Allowance, LanguageModel
from assistant.prompts import splitting_messages
from assistant.rewriting.asking import ask_model
from assistant.rewriting.clauses import JOINING, asking_clauses, fault_of_clauses
from assistant.rewriting.form import fault_of_form, plain_line
from assistant.rewriting.said import (
    NAMING,
    PLAIN,
    asked_for,
    content_stems,
    find_said,
    pointing_words,
    said_in,
    told,
)

_FEWEST, _MOST = 2, 5
_MOST_LETTERS = 100  # of a part that are read, beyond those of the question
_JOINS = re.compile(r"\bas well as\b|\balong with\b|\band (?:its|their)\b|\bboth\b", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:\(?\d[.)]|[-*•–])\s+")


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of a question, whose words they are in, and why not the model's if they are not.

    `fault` is what a LanguageModelError said, for a warning.
    """

    parts: tuple[str, ...]
    by: Literal["rules", "model"] = "rules"
    why: str = ""
    fault: str = ""
    tokens: Tokens = field(default_factory=Tokens)


def split(
    question: str, by_rules: Sequence[str], model: LanguageModel, allowance: Allowance
) -> Split:
    """Return the parts of a standalone question, by the model or the rules.

    `by_rules` is what `asked_parts` makes of it; several parts stand. Raises ModelStoppedError
    alone.
    """
    parts = tuple(by_rules)
    if len(parts) > 1 or not _shows_several(question):
        return Split(parts)
    if not allowance.left():
        return Split(parts, why="no time was left for the model")
    messages = splitting_messages(question)
    reply = ask_model(messages, model, allowance, _MOST * (_MOST_LETTERS + len(question)))
    if reply.fault:
        return Split(parts, why=reply.fault, fault=reply.fault, tokens=reply.tokens)
    lines = [_NUMBER.sub("", line) for line in reply.text.splitlines()]
    written = tuple(plain_line(line) for line in lines if line.strip())
    if written == (question,):
        return Split(parts, tokens=reply.tokens)
    if why := _refusal(written, question):
        why = f"the model's parts were not taken: {why}"
        return Split(parts, why=why, tokens=reply.tokens)
    return Split(written, "model", tokens=reply.tokens)


def _shows_several(question: str) -> bool:
    """Tell whether the words of a question show that it may ask several things."""
    is_joined = asked_for(question) and _JOINS.search(question)
    return bool(is_joined) or len(asking_clauses(question)) > 1


def _refusal(parts: Sequence[str], question: str) -> str:
    """Return why the parts cannot be taken, "" where they can."""
    if not _FEWEST <= len(parts) <= _MOST:
        return f"there are {len(parts)}"
    if len({part.casefold() for part in (*parts, question)}) <= len(parts):
        return "two are the same, or one is the whole question"
    for part in parts:
        if why := fault_of_form(part, (question,)) or _fault_of_part(part, question):
            return f'of "{part}" {why}'
    lost = find_said(question) - said_in(parts)
    if lost:
        return f"they have lost {told(lost)}"
    words = frozenset[str]().union(*map(content_stems, parts))
    pointing = frozenset[str]().union(
        *(content_stems(pointing_words(clause)) for clause in asking_clauses(question))
    )
    missing = content_stems(question) - words - pointing - JOINING
    if missing:
        return f'they have lost "{min(missing)}"'
    return fault_of_clauses(parts, asking_clauses(question))


def _fault_of_part(part: str, question: str) -> str:
    """Return why a part is no question by itself made of the words of the whole."""
    leaning = Leaning(part)
    if leaning.pointers or leaning.is_fragment or leaning.asks_alone:
        return "something is missing: it leans on another"
    if not any(one.kind in (*NAMING, "edition") for one in find_said(part)):
        return "something is missing: it names nothing"
    if not set(asked_for(part)) <= set(asked_for(question)) or len(asking_clauses(part)) > 1:
        return "the question is another"
    if added := find_said(part) - find_said(question):
        return f"nothing says {told(added)}"
    new = content_stems(part) - content_stems(question) - PLAIN
    return f'nothing says "{min(new)}"' if new else ""
