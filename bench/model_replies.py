"""How many of a strong model's sentences reach the reader: `python -m bench.model_replies`.

Each line of `bench/model_replies/replies.jsonl` is a question over the shipped documents (home
`library`) or those in shared/sources (`sources`), with true sentences as a strong model words them,
each with the words that it quotes, and false ones, each by one twist. A reply is written under the
keys of the prompt that the assistant makes. Printed: the share of true sentences that are shown,
of false ones, and of questions without true sentences that are refused.

    python -m bench.model_replies --library HOME --sources HOME [--odd | --even] [--failures]
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.answer import Answer, Tokens
from assistant.assistant import Assistant
from assistant.language_model import Allowance, Message, Piece
from assistant.prompts import NO_ANSWER
from assistant.settings import Settings
from index.embedding import PACKAGED_MODEL, Embedder, load_embedder

REPLIES = Path(__file__).parent / "model_replies" / "replies.jsonl"
_EVIDENCE = re.compile(r"<evidence (\S+)>\n(.*?)\n</evidence \1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a reply with the words that it quotes; `twist` is what makes it false."""

    text: str
    quotes: tuple[str, ...]
    twist: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A question with what a strong model writes of it."""

    id: str
    home: str
    question: str
    true: tuple[Told, ...]
    false: tuple[Told, ...]


def load_replies(file: Path = REPLIES) -> tuple[Reply, ...]:
    """Return the replies of a file."""
    records = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return tuple(
        Reply(
            record["id"],
            record["home"],
            record["question"],
            tuple(Told(one["text"], tuple(one["quotes"])) for one in record["true"]),
            tuple(Told(one["text"], tuple(one["quotes"]), one["twist"]) for one in record["false"]),
        )
        for record in records
    )


@dataclass
class WritingModel:
    """A model that writes given sentences, each under the keys of the evidence that it quotes.

    `unoffered` are the sentences of which a quote stands in no evidence that it was given.
    """

    sentences: Sequence[Told]
    name: str = "written before"
    is_asked: bool = False
    unoffered: list[Told] = field(default_factory=list)

    def write(self, messages: Sequence[Message], allowance: Allowance) -> Iterator[Piece]:  # noqa: ARG002
        """Yield the sentences with their marks."""
        prompt = messages[-1].content
        pieces = [(key, " ".join(text.split())) for key, text in _EVIDENCE.findall(prompt)]
        if not pieces:
            yield Piece("")
            return
        self.is_asked = True
        written = " ".join(self._marked(one, pieces) for one in self.sentences) or NO_ANSWER
        yield Piece(written, Tokens(1, 1))

    def _marked(self, told: Told, pieces: Sequence[tuple[str, str]]) -> str:
        marks = []
        for quote in told.quotes:
            key = next((key for key, text in pieces if quote in text), "")
            if not key:
                self.unoffered.append(told)
            marks.append(f'[{key or "knone"}: "{quote}"]')
        return f"{told.text} {' '.join(marks)}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, whether it was shown, and whether its quotes were offered."""

    reply: Reply
    told: Told
    is_shown: bool
    is_offered: bool


def judge(home: Path, embedder: Embedder, reply: Reply) -> tuple[Judged, ...]:
    """Return each sentence of a reply with whether it is shown, false ones behind the true."""
    answer, model = ask(home, embedder, reply)
    shown = {one.text for one in answer.sentences}
    return tuple(
        Judged(reply, told, told.text in shown, told not in model.unoffered)
        for told in (*reply.true, *reply.false)
    )


def ask(home: Path, embedder: Embedder, reply: Reply) -> tuple[Answer, WritingModel]:
    """Return the answer that a reply makes, with the model that wrote it."""
    model = WritingModel((*reply.true, *reply.false))
    assistant = Assistant(Settings(home=home), embedder, model)
    try:
        return assistant.ask(reply.question), model
    finally:
        assistant.close()


def main() -> int:
    """Ask all questions and print the shares, and with --failures what was judged wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--sources", type=Path, required=True)
    half = parser.add_mutually_exclusive_group()
    half.add_argument("--odd", action="store_true", help="only replies with odd numbers")
    half.add_argument("--even", action="store_true", help="only replies with even numbers")
    parser.add_argument("--failures", action="store_true")
    options = parser.parse_args()
    given = vars(options)
    homes: dict[str, Path] = {home: given[home] for home in ("library", "sources")}
    embedder = load_embedder(PACKAGED_MODEL)
    judged: list[Judged] = []
    refused: list[bool] = []
    for number, reply in enumerate(load_replies(), 1):
        if (options.odd and number % 2 == 0) or (options.even and number % 2):
            continue
        if not reply.true:
            answer, _ = ask(homes[reply.home], embedder, reply)
            refused.append(answer.status == "not_found" and not answer.sentences)
            continue
        judged += judge(homes[reply.home], embedder, reply)
    for line in _told(judged, refused, options.failures):
        print(line)
    return 0


def _told(judged: Sequence[Judged], refused: Sequence[bool], failures: bool) -> Iterator[str]:
    true = [one for one in judged if not one.told.twist]
    false = [one for one in judged if one.told.twist]
    shown = sum(one.is_shown for one in true)
    lost = sum(not one.is_offered for one in true)
    yield f"true sentences shown: {shown} of {len(true)} ({lost} quote what was not offered)"
    yield f"false sentences shown: {sum(one.is_shown for one in false)} of {len(false)}"
    yield f"refused where the model refuses: {sum(refused)} of {len(refused)}"
    twists = Counter(one.told.twist for one in false if one.is_shown)
    if twists:
        yield "twists shown: " + ", ".join(f"{twist} {n}" for twist, n in twists.most_common())
    for one in judged if failures else ():
        if one.is_shown == bool(one.told.twist):
            kind = one.told.twist or ("true" if one.is_offered else "true, not offered")
            yield f"{one.reply.id} {kind}: {one.told.text}"


if __name__ == "__main__":
    sys.exit(main())
