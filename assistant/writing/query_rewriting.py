"""What a language model makes of a question: how it is meant, what to search for, what is needed.

Query rewriting and decomposition by the model (Ma et al. 2023, "Query rewriting for
retrieval-augmented large language models"). What it writes is searched with and shown as
"Understood as"; the question by the rules is searched for as well, so that a poor rewriting costs
nothing but a search.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.answer import Turn
from assistant.prompts import understanding_messages
from assistant.writing.model_calls import ModelCalls
from assistant.writing.replies.json_objects import json_objects
from assistant.writing.replies.plain_text import plain_text

Needed = Literal["fact", "list", "comparison", "overview", "why"]

_SHARE = 1 / 3  # of the time that is left, so that the answer can still be written
_MOST_QUESTIONS = 3  # of the user, that the model is shown
_MOST_OF_A_TURN = 600  # letters
_MOST_QUERIES = 6
_LONGEST_QUESTION = 2_000
_LONGEST_QUERY = 300
_LONGEST_REPLY = 4_000
_MARKER = re.compile(r"\s?\[[^\[\]\n]{1,12}\]")


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is meant, the searches that find its answer, and the kind of answer."""

    standalone: str
    queries: tuple[str, ...] = ()
    needed: Needed = "fact"

    @property
    def is_broad(self) -> bool:
        """Whether more than one fact is asked for."""
        return self.needed != "fact"


def understand(
    question: str, turns: Sequence[Turn], by_rules: str, today: str, calls: ModelCalls
) -> Understood:
    """Return what a model understands of a question, or what the rules made of it.

    `calls.fault` says why the model could not be asked.
    """
    messages = understanding_messages(question, shown_turns(turns), today)
    reply = calls.whole("understanding", messages, _SHARE, _LONGEST_REPLY)
    for found in json_objects(reply):
        told = json.loads(found)
        standalone = _words(told.get("standalone"), _LONGEST_QUESTION)
        if standalone:
            queries = told.get("queries")
            listed = queries if isinstance(queries, list) else []
            needed = told.get("needed")
            return Understood(
                standalone,
                tuple(_queries(listed))[:_MOST_QUERIES],
                needed if needed in get_args(Needed) else "fact",
            )
    return Understood(by_rules)


def shown_turns(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the last questions with the answers to them, shortened, without citation markers."""
    asked = [at for at, turn in enumerate(turns) if turn.role == "user"]
    return tuple(
        Turn(turn.role, _MARKER.sub("", turn.content[:_MOST_OF_A_TURN]))
        for turn in (turns[asked[-_MOST_QUESTIONS:][0] :] if asked else ())
    )


def _queries(listed: Sequence[object]) -> Iterator[str]:
    yield from dict.fromkeys(filter(None, (_words(one, _LONGEST_QUERY) for one in listed)))


def _words(written: object, longest: int) -> str:
    """Return a question or a search as plain words, "" where none was written."""
    return plain_text(written)[:longest] if isinstance(written, str) else ""
