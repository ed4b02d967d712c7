"""Replies of a language model in the form that it is asked for: lines of JSON, quotes first."""

import json
import re
from collections.abc import Callable, Iterator, Sequence

from fakes import CutReply, Reply, ScriptedModel

from assistant.language_model import Allowance, Form, Message, Piece
from assistant.prompts import (
    REPAIR_ANSWER,
    UNDERSTAND_QUESTION,
    VERIFY_SENTENCES,
)
from assistant.sentences import sentence_spans

EVIDENCE = re.compile(r"<evidence (\S+)>\n(.*?)\n</evidence \1>", re.DOTALL)
_SENTENCE = re.compile(r"<sentence (\S+)>\n(.*?)\n</sentence \1>", re.DOTALL)
_ABOUT = re.compile(r"(?:title|publisher|edition|published|page|section): .*|[A-Z][a-z]+: .*")
_WORD = re.compile(r"\w+")
REFUSAL = '{"quotes": [], "kind": "gap", "sentence": "NO ANSWER"}'

Judge = Callable[[str, str], str]  # of a sentence and its quotes, the verdict


def line(sentence: str, *quotes: tuple[str, str], kind: str = "fact", number: str = "") -> str:
    """Return a line of a reply: a sentence with its quotes, each a key and words."""
    told = {"id": number} if number else {}
    listed = [{"key": key, "text": text} for key, text in quotes]
    return json.dumps(told | {"quotes": listed, "kind": kind, "sentence": sentence})


def with_quotes(sentences: Sequence[str], messages: Sequence[Message]) -> str:
    """Return sentences as lines, each with the words of the evidence that are most like it."""
    asked = next(one.content for one in messages if "<evidence" in one.content)
    told = [
        (key, words, frozenset(_WORD.findall(words.lower())))
        for key, text in EVIDENCE.findall(asked)
        for words in statements(text)
    ]
    written = []
    for sentence in sentences:
        own = frozenset(_WORD.findall(sentence.lower()))
        near = max(told, key=lambda one: _nearness(own, one[2]), default=None)
        written.append(line(sentence, (near[0], near[1])) if near else line(sentence))
    return "\n".join(written)


def _nearness(own: frozenset[str], words: frozenset[str]) -> float:
    """Return how like two sentences are; figures count most."""
    shared = own & words
    figures = sum(3 for word in shared if word.isdigit() and len(word) != len("2025"))
    return len(shared) + figures - len(words) / 100


def told(*sentences: str) -> Callable[[Sequence[Message]], str]:
    """Return a reply of sentences with the words of the evidence that are most like them."""
    return lambda messages: with_quotes(sentences, messages)


def statements(text: str) -> Iterator[str]:
    """Yield the sentences and rows of a piece of evidence."""
    for one in text.splitlines():
        if not _ABOUT.fullmatch(one):
            yield from (one[start:end] for start, end in sentence_spans(one))


def is_carried(sentence: str, quotes: str) -> str:
    """Return "supported" of any sentence: code alone decides."""
    del sentence, quotes
    return "supported"


def verdicts(asked: str, judge: Judge = is_carried) -> Iterator[str]:
    """Yield a line for each sentence of a request to verify, nothing for another request."""
    for number, body in _SENTENCE.findall(asked):
        sentence, _, quotes = body.partition("\n")
        verdict = judge(sentence, quotes)
        fault = "" if verdict == "supported" else "it says otherwise"
        yield json.dumps({"id": number, "verdict": verdict, "fault": fault})


class Scribe(ScriptedModel):
    """Writes and mends by its replies in order; judges by `judge`; understands as the rules do.

    `understanding` is what it says of a question instead.
    `written` are the requests to write or mend, `judged` those to verify.
    """

    def __init__(
        self, *replies: Reply | CutReply, judge: Judge = is_carried, understanding: str = "{}"
    ) -> None:
        super().__init__(*(replies or ("",)), name="scribe")
        self._judge = judge
        self._understanding = understanding
        self.understood: list[tuple[Message, ...]] = []
        self.judged: list[tuple[Message, ...]] = []

    @property
    def written(self) -> list[tuple[Message, ...]]:
        """The requests to write or mend an answer."""
        return self.prompts

    def write(
        self, messages: Sequence[Message], allowance: Allowance, form: Form | None = None
    ) -> Iterator[Piece]:
        """Yield what it replies to a request."""
        if messages[0].content == UNDERSTAND_QUESTION:
            self.understood.append(tuple(messages))
            yield Piece(self._understanding)
        elif messages[0].content == VERIFY_SENTENCES:
            self.judged.append(tuple(messages))
            for told in verdicts(messages[-1].content, self._judge):
                yield Piece(f"{told}\n")
        else:
            yield from super().write(messages, allowance, form)


def is_mending(messages: Sequence[Message]) -> bool:
    """Tell whether a request asks to set sentences right."""
    return messages[-1].content.startswith(REPAIR_ANSWER.split("{", maxsplit=1)[0])
