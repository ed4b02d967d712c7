"""A question that asks several things taken apart by a language model, where nothing is lost.

The rules split what is joined in plain ways; the model is asked only where they found one question
and its words show several. Which clause of the question each part comes from is worked out, so that
no part loses the year, edition or unit of its clause or takes those of another.
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
from assistant.rewriting.form import fault_of_form, plain_line
from assistant.rewriting.said import (
    NAMING,
    PLAIN,
    Said,
    asked_for,
    content_stems,
    find_said,
    pointing_words,
    said_in,
    told,
)

_FEWEST, _MOST = 2, 5
_ASKING = (
    r"(?:(?:in|at|by|for|from|of|on|to|under|through|with|until|since) )?"
    r"(?:what|which|how|when|who|whom|whose|where|why)\b"
)
_VERB = r"(?:is|are|was|were|did|does|do|has|have|had|can|could|will)\b"
_BETWEEN = re.compile(
    rf"\s*[?;]\s+(?:and )?(?=\S)|,? and (?={_ASKING})|, and (?={_VERB})"
    r"|, (?=(?:how|what|why|by how)\b)",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\bas well as\b|\balong with\b|\band (?:its|their)\b|\bboth\b", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:\(?\d[.)]|[-*•–])\s+")
_JOINING = frozenset("both well along respect respectively together".split())
# What a part must have of its clause: of when, in what and by whom something is told.
_APPLYING = frozenset(("year", "time", "edition", "unit", "basis", "tax", "delivery", "period"))
_INHERITED = frozenset(("year", "time", "edition", "basis"))  # by a clause that leans on another
_SHARED = _APPLYING | NAMING | {"measure"}


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
    if len(parts) > 1 or not shows_several(question):
        return Split(parts)
    if not allowance.left():
        return Split(parts, why="no time was left for the model")
    reply = ask_model(splitting_messages(question), model, allowance)
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


def shows_several(question: str) -> bool:
    """Tell whether the words of a question show that it may ask several things."""
    return len(_clauses(question)) > 1 or bool(_JOINS.search(question))


def _clauses(question: str) -> list[str]:
    return [clause for clause in _BETWEEN.split(question) if re.search(r"\w", clause)]


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
        *(content_stems(pointing_words(clause)) for clause in _clauses(question))
    )
    missing = content_stems(question) - words - pointing - _JOINING
    if missing:
        return f'they have lost "{min(missing)}"'
    return _fault_of_clauses(parts, _clauses(question))


def _fault_of_part(part: str, question: str) -> str:
    """Return why a part is no question by itself made of the words of the whole."""
    leaning = Leaning(part)
    if leaning.pointers or leaning.is_fragment or leaning.asks_alone:
        return "something is missing: it leans on another"
    if not any(one.kind in (*NAMING, "edition") for one in find_said(part)):
        return "something is missing: it names nothing"
    if not set(asked_for(part)) <= set(asked_for(question)) or len(_clauses(part)) > 1:
        return "the question is another"
    if added := find_said(part) - find_said(question):
        return f"nothing says {told(added)}"
    new = content_stems(part) - content_stems(question) - PLAIN
    return f'nothing says "{min(new)}"' if new else ""


def _fault_of_clauses(parts: Sequence[str], clauses: Sequence[str]) -> str:
    """Return what a part lacks of the clause that it comes from, or has of another."""
    leading = frozenset(
        one for one in find_said(_before_asking(clauses[0])) if one.kind in _APPLYING
    )
    homes = [_home(part, clauses) for part in parts]
    for at, clause in enumerate(clauses):
        own = [find_said(part) for part, home in zip(parts, homes, strict=True) if home == at]
        if not own:
            return f'none asks "{clause.strip()}"'
        earlier = said_in(clauses[:at]) if _leans(clause) else frozenset[Said]()
        needed = leading | {one for one in earlier if one.kind in _INHERITED}
        may = find_said(clause) | leading | earlier
        if any(map(_leans, clauses)):
            may |= {one for one in said_in(clauses) if one.kind in _INHERITED}
        for said in own:
            if lost := needed - said:
                return f"a part has lost {told(lost)}"
            if mixed := {one for one in said - may if one.kind in _SHARED}:
                return f"a part has {told(mixed)} of another"
        if why := _fault_of_sharing(own, find_said(clause)):
            return why
    return ""


def _fault_of_sharing(parts: Sequence[frozenset[Said]], clause: frozenset[Said]) -> str:
    """Return what the parts of one clause do not share as they must.

    What the clause says once goes for each of them. Of one kind at most each may have its own: of
    "the output of China in 2023 and of Burma in 2024" nobody can tell whose year is which.
    """
    apart = set()
    for kind in {one.kind for one in clause if one.kind in _SHARED}:
        said = {one for one in clause if one.kind == kind}
        if not all(said & part for part in parts):
            return f"a part has lost {told(said)}"
        if not all(said <= part for part in parts):
            apart.add(kind)
    return "what goes with what cannot be told" if len(apart) > 1 else ""


def _home(part: str, clauses: Sequence[str]) -> int:
    """Return which clause a part comes from: the one that it shares most with."""
    shared = [
        len(find_said(part) & find_said(clause)) + len(content_stems(part) & content_stems(clause))
        for clause in clauses
    ]
    asks = [asked_for(clause)[:1] == asked_for(part)[:1] for clause in clauses]
    return max(range(len(clauses)), key=lambda at: (shared[at], asks[at], -at))


def _leans(clause: str) -> bool:
    leaning = Leaning(clause)
    named = any(one.kind in NAMING for one in find_said(clause))
    return bool(leaning.pointers) or leaning.asks_alone or not named


def _before_asking(clause: str) -> str:
    """Return what stands before the asking word of a clause: "By MCS 2026, "."""
    asked = re.search(_ASKING, clause, re.IGNORECASE)
    return clause[: asked.start()] if asked else ""
