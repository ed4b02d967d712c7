"""Whether quotes carry a sentence, read by a language model that sees nothing else.

Each sentence is taken apart into atomic claims and judged by its own quotes with their record, in
a context that knows the question and nothing else of the answer (FActScore, Min et al. 2023;
attributed question answering, Bohnet et al. 2022).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.answer import told_beside
from assistant.extractive import row_text
from assistant.prompts import PromptEvidence, PromptSentence, verifying_messages
from assistant.writing.evidence_selection import on_one_line, record_of
from assistant.writing.model_calls import ModelCalls
from assistant.writing.quoting import Quoted
from assistant.writing.replies.json_objects import ObjectReader
from assistant.writing.replies.plain_text import plain_text
from corpus.instructions import is_instruction

Judgement = Literal["supported", "contradicted", "not stated"]

_BEFORE = 500  # letters that stand before what is quoted
_LONGEST_FAULT = 300


@dataclass(frozen=True, slots=True)
class Judged:
    """What a verifier says of a sentence, and in a few words what is wrong with it."""

    id: str
    judgement: Judgement
    fault: str = ""


def verify(
    question: str, sentences: Sequence[tuple[str, str, Sequence[Quoted]]], calls: ModelCalls
) -> Iterator[Judged]:
    """Yield what the verifier says of sentences, each an id, its words and its quotes.

    The question that they answer tells it whom and what they speak of, and is no evidence.
    A sentence of which it says nothing that can be read is left out. Raises LanguageModelError.
    """
    prompts = [
        PromptSentence(number, text, tuple(_quote(one) for one in quoted))
        for number, text, quoted in sentences
    ]
    asked = {number for number, _, _ in sentences}
    reader = ObjectReader()
    for piece in calls.stream("checking", verifying_messages(question, prompts)):
        for found in reader.read(piece):
            told = json.loads(found)
            number, judgement = str(told.get("id", "")), str(told.get("verdict", "")).lower()
            if number in asked and judgement in get_args(Judgement):
                asked.discard(number)
                fault = plain_text(str(told.get("fault") or ""))[:_LONGEST_FAULT]
                yield Judged(number, judgement, fault)  # type: ignore[arg-type]


def _quote(quoted: Quoted) -> PromptEvidence:
    """Return a cited sentence or row as the verifier sees it, with what is recorded beside it."""
    passage, text = quoted.evidence.passage, quoted.cited.text
    about = list(record_of(quoted.evidence))
    if passage.kind == "row":
        about += [one for one in told_beside(passage.context) if one[0] != "columns"]
        text = row_text(quoted.evidence, [cell for cell in passage.cells[1:] if cell.text])
    else:
        about.append(("words before it", quoted.before[-_BEFORE:]))
    told = [(name, on_one_line(words)) for name, words in about if not is_instruction(words)]
    return PromptEvidence("", tuple(one for one in told if one[1]), on_one_line(text))
