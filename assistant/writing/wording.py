"""The question of one answer put into words to search for: by rules and, where set, a model.

A follow-up is made to stand by itself, and a question of several things is taken apart. What a
model writes is taken where, read as a Query, it keeps each slot of the question and of what the
rules make of it, and has none that nobody named.
"""

import re
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from assistant.answer import Tokens, Turn
from assistant.conversation import standalone_question
from assistant.errors import LanguageModelError
from assistant.language_model import (
    Allowance,
    LanguageModel,
    Message,
    ModelStoppedError,
    Piece,
    estimated_tokens,
)
from assistant.prompts import rewriting_messages, splitting_messages
from assistant.splitting import asked_parts
from corpus.facts import Query
from corpus.language.measures import find_terms, is_kind_of
from index.query import parse_query, translated

_SHARE = 1 / 3  # of the time that is left, so that the answer can still be written
_MOST_QUESTIONS = 3  # of the user, that the model is shown
_MOST_OF_A_TURN = 400  # letters
_MOST_PARTS = 5
_MOST_LETTERS = 400  # of a question, beyond those that it is made of
_MARKER = re.compile(r"\s?\[[^\[\]\n]{1,12}\]")
_NUMBER = re.compile(r"^\s*(?:\(?\d[.)]|[-*•–])\s+")
_MARKUP = re.compile(r"[<>\[\]{}|`*_#\\~^@]|https?:|www\.")

Slot = tuple[str, str]


class Wording:
    """Words the questions of one answer, and counts what a model took for it.

    `fault` says why the model could not be asked, in a sentence; "" where it could. One that failed
    once is not asked again.
    """

    def __init__(self, model: LanguageModel | None, allowance: Allowance) -> None:
        self._model = model
        self._allowance = allowance
        self.tokens = Tokens()
        self.seconds = 0.0
        self.fault = ""

    def standalone(self, question: str, turns: Sequence[Turn]) -> str:
        """Return the question in English, with what it leaves to earlier turns filled in."""
        question = translated(question)
        turns = [
            replace(one, content=translated(one.content)) if one.role == "user" else one
            for one in turns
        ]
        by_rules = standalone_question(question, turns)
        shown = _shown(turns)
        if self._model is None or not shown:
            return by_rules
        written = self._ask(rewriting_messages(question, shown, by_rules), len(by_rules))
        lines = [_plain(line) for line in written.splitlines() if line.strip()]
        if len(lines) != 1 or not _is_question(lines[0], (question, by_rules)):
            return by_rules
        needed = _slots(parse_query(question)) | _slots(parse_query(by_rules))
        known = needed.union(*(_slots(parse_query(turn.content)) for turn in shown))
        has = _slots(parse_query(lines[0]))
        return lines[0] if _keeps(has, needed) and _keeps(known, has) else by_rules

    def parts(self, question: str) -> tuple[str, ...]:
        """Return what a question asks, each thing as a question by itself."""
        by_rules = asked_parts(question)
        joined = any(one.meaning == "joining" for one in find_terms("grammar", question))
        if self._model is None or self.fault or len(by_rules) > 1 or not joined:
            return by_rules
        written = self._ask(splitting_messages(question), _MOST_PARTS * len(question))
        parts = [_plain(line) for line in written.splitlines() if line.strip()]
        if not 2 <= len(dict.fromkeys((*parts, question))) - 1 <= _MOST_PARTS:
            return by_rules
        whole = _slots(parse_query(question))
        has = [_slots(parse_query(part)) for part in parts]
        named = dict[str, set[str]]()
        for slot, value in whole:
            named.setdefault(slot, set()).add(value)
        shared = frozenset(s for s in whole if s[0] in _SHARED and len(named[s[0]]) == 1)
        keeps = _keeps(frozenset().union(*has), whole)
        if not keeps or not all(_keeps(whole, one) and _keeps(one, shared) for one in has):
            return by_rules
        return tuple(parts) if all(_is_question(one, (question,)) for one in parts) else by_rules

    def _ask(self, messages: Sequence[Message], letters: int) -> str:
        """Return what a model writes, within a third of the time that is left; no more is read.

        One that was writing when its time was over is not at fault: it may still write the answer.
        """
        assert self._model is not None
        own = Allowance.of(self._allowance.left() * _SHARE, self._allowance.stop)
        started = time.perf_counter()
        pieces: Iterator[Piece] = iter(())
        text, tokens = "", Tokens()
        try:
            pieces = self._model.write(messages, own)
            for piece in pieces:
                text += piece.text
                tokens += piece.tokens
                if len(text) > letters + _MOST_LETTERS:
                    break
        except ModelStoppedError as error:
            self.fault = str(error)
        except LanguageModelError as error:
            if own.left():
                self.fault = str(error)
            elif not text:
                self.fault = (
                    f"the language model {self._model.name} was too slow to word the question; "
                    "take a smaller one or raise RARE_EARTH_MODEL_SECONDS"
                )
        finally:
            if isinstance(pieces, Generator):
                pieces.close()  # ends the request
        if text and tokens == Tokens():
            tokens = estimated_tokens(messages, text)
        self.tokens += tokens
        self.seconds += time.perf_counter() - started
        return "" if self.fault else text


_SHARED = frozenset(("period", "edition", "unit", "basis"))  # that each part of a question has


def _shown(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the last questions with the answers to them, shortened, without citation markers."""
    asked = [at for at, turn in enumerate(turns) if turn.role == "user"]
    return tuple(
        Turn(turn.role, _MARKER.sub("", turn.content[:_MOST_OF_A_TURN]))
        for turn in (turns[asked[-_MOST_QUESTIONS:][0] :] if asked else ())
    )


def _plain(line: str) -> str:
    """Return a line without a number before it and quotes around it."""
    return _NUMBER.sub("", line).strip().strip("\"“”'‘’").strip()


def _is_question(line: str, given: Sequence[str]) -> bool:
    """Tell whether a line is one plain question, as the given ones are."""
    told = " ".join(given)
    is_marked = any(sign not in told for sign in _MARKUP.findall(line))
    is_short = len(line) <= len(told) + _MOST_LETTERS
    return bool(line) and line.isprintable() and is_short and not is_marked and line[-1] == "?"


def _slots(query: Query) -> frozenset[Slot]:
    """Return what a query asks for, slot by slot."""
    wanted = query.wanted
    told = [
        ("measure", wanted.measure),
        *(("name", argument.name.key) for argument in wanted.arguments),
        *(("period", period.text) for period in query.periods),
        *(("edition", edition) for edition in query.editions),
        ("unit", query.unit),
        ("stage", wanted.stage),
        ("basis", wanted.basis),
        ("statistic", wanted.statistic),
        ("specification", wanted.specification),
        ("price basis", wanted.price_basis),
        ("status", "" if wanted.status == "reported" else wanted.status),
        ("polarity", "" if wanted.polarity else "no"),
        ("latest", "latest" if query.latest else ""),
        ("operation", "" if query.operation == "look-up" else query.operation),
    ]
    return frozenset((slot, value) for slot, value in told if value)


def _keeps(has: frozenset[Slot], needed: frozenset[Slot]) -> bool:
    """Tell whether slots are all there; a narrower measure is a broader one, too."""
    measures = [value for slot, value in has if slot == "measure"]
    return all(
        one in has or (one[0] == "measure" and any(is_kind_of(m, one[1]) for m in measures))
        for one in needed
    )
