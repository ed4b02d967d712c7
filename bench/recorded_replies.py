"""Answers written by recorded replies of a strong model: `python -m bench.recorded_replies`.

A set is a folder of `tests/model_gold`: `questions.jsonl` (id, home, kind, turns, question, what a
right answer holds) and `replies.jsonl`, a line for each request that was replied to: id, stage,
digest, of our own documents the messages as they were sent, and the reply. `lies.jsonl` names the
sentences of replies that were made false afterwards, before the verifier's replies were written.

    python -m bench.recorded_replies SET --work HOMES [--only ID ...] [--open FOLDER] [--show]
        [--rounds N]

HOMES holds the homes `library` and `sources`. A request without a reply is written to FOLDER as
`ID.STAGE.txt`; a reply laid beside it as `ID.STAGE.reply` is taken into the set by the next run, so
that a set is made in rounds: what is understood, written, verified, set right, verified again.
A request that is no longer the one that was replied to is counted and told.
"""

import argparse
import hashlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from assistant.answer import Answer, Tokens, Turn
from assistant.assistant import Assistant
from assistant.errors import LanguageModelError
from assistant.evaluation.matching import contains_form
from assistant.language_model import Allowance, Form, Message, Piece
from assistant.prompts import (
    ADD_TO_ANSWER,
    REPAIR_ANSWER,
    UNDERSTAND_QUESTION,
    VERIFY_SENTENCES,
)
from assistant.settings import Settings
from index.embedding import PACKAGED_MODEL, Embedder, load_embedder

_MENDED = "repairing"
_WORD = re.compile(r"\w+")
_MARK = re.compile(r"(?<= )\^[a-z]\b")  # of a note, beside a cell
_TODAY = re.compile(r"^Today is [\d-]+\.")
_BEGIN = {
    "repairing": REPAIR_ANSWER.split("{", maxsplit=1)[0],
    "adding": ADD_TO_ANSWER.split("{", maxsplit=1)[0],
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A reply to a request of one stage, with the request as it was when it was replied to.

    Of a request over documents that are not ours `messages` are not kept, but their `digest` is.
    """

    id: str
    stage: str
    digest: str
    reply: str
    messages: tuple[Message, ...] = ()


@dataclass
class RecordedModel:
    """A model that replies to one question as was recorded, stage by stage.

    `changed` are the stages whose request is not the recorded one, `missing` the request that has
    no reply.
    """

    id: str
    replies: dict[tuple[str, str], Recorded]
    name: str = "recorded"
    stages: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    missing: tuple[str, tuple[Message, ...]] | None = None
    evidence: str = ""

    def write(
        self,
        messages: Sequence[Message],
        allowance: Allowance,  # noqa: ARG002
        form: Form | None = None,  # noqa: ARG002
    ) -> Iterator[Piece]:
        """Yield the recorded reply; LanguageModelError where there is none."""
        stage = stage_of(messages)
        stage += "2" if stage in self.stages else ""
        self.stages.append(stage)
        if stage == "writing":
            self.evidence = messages[-1].content
        found = self.replies.get((self.id, stage))
        if found is None:
            self.missing = (stage, tuple(messages))
            raise LanguageModelError(f"no reply is recorded for {self.id}.{stage}")
        if found.digest != digest_of(messages):
            self.changed.append(stage)
        yield Piece(found.reply, Tokens(sum(len(m.content) for m in messages) // 4, 1))


@dataclass
class _InTurn:
    """A model that is another recorded one for each question."""

    now: RecordedModel
    name: str = "recorded"

    def write(
        self, messages: Sequence[Message], allowance: Allowance, form: Form | None = None
    ) -> Iterator[Piece]:
        """Yield what the recorded model of the question replies."""
        yield from self.now.write(messages, allowance, form)


def stage_of(messages: Sequence[Message]) -> str:
    """Return for what a request asks."""
    if messages[0].content == UNDERSTAND_QUESTION:
        return "understanding"
    if messages[0].content == VERIFY_SENTENCES:
        return "checking"
    asked = messages[-1].content
    return next((stage for stage, begin in _BEGIN.items() if asked.startswith(begin)), "writing")


def digest_of(messages: Sequence[Message]) -> str:
    """Return a digest of what messages say, whatever day it is."""
    undated = [_TODAY.sub("Today is another day.", one.content) for one in messages]
    return hashlib.sha256("\n".join(undated).encode()).hexdigest()[:16]


def load_recorded(file: Path) -> dict[tuple[str, str], Recorded]:
    """Return the replies of a set by question and stage; none where the file is not there."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else ()
    found: dict[tuple[str, str], Recorded] = {}
    for told in map(json.loads, lines):
        messages = tuple(Message(one["role"], one["content"]) for one in told["messages"])
        key = (told["id"], told["stage"])
        if key[1] == _MENDED and messages:
            messages = (*found[key[0], "writing"].messages, *messages)
        found[key] = Recorded(*key, told["digest"], told["reply"], messages)
    return found


def save_recorded(file: Path, replies: dict[tuple[str, str], Recorded]) -> None:
    """Write the replies of a set, in the order of questions and stages.

    What a request to set right repeats of the one to write is left out.
    """
    order = sorted(replies.values(), key=lambda one: (one.id, one.stage == _MENDED, one.stage))
    with file.open("w", encoding="utf-8") as out:
        for one in order:
            messages = one.messages[2:] if one.stage == _MENDED else one.messages
            told = {
                "id": one.id,
                "stage": one.stage,
                "digest": one.digest,
                "messages": [{"role": m.role, "content": m.content} for m in messages],
                "reply": one.reply,
            }
            out.write(json.dumps(told, ensure_ascii=False) + "\n")


def take_in(folder: Path, replies: dict[tuple[str, str], Recorded], ours: Container[str]) -> int:
    """Take the replies of a folder into a set, return how many.

    The requests of questions over documents of `ours`, given by their ids, are kept with them.
    """
    count = 0
    for file in sorted(folder.glob("*.reply")):
        number, _, stage = file.stem.partition(".")
        request = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        messages = tuple(Message(one["role"], one["content"]) for one in request)
        reply = file.read_text(encoding="utf-8")
        kept = messages if number in ours else ()
        replies[number, stage] = Recorded(number, stage, digest_of(messages), reply, kept)
        count += 1
    return count


def write_open(folder: Path, number: str, stage: str, messages: Sequence[Message]) -> None:
    """Write a request that has no reply, as text to be read and as data."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n\n".join(f"=== {one.role} ===\n{one.content}" for one in messages)
    (folder / f"{number}.{stage}.txt").write_text(text, encoding="utf-8")
    data = [{"role": one.role, "content": one.content} for one in messages]
    (folder / f"{number}.{stage}.json").write_text(json.dumps(data), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with its answer, the model that was recorded for it, and our own seconds."""

    question: dict[str, Any]
    answer: Answer
    model: RecordedModel
    seconds: float


def ask_all(
    questions: Sequence[dict[str, Any]],
    replies: dict[tuple[str, str], Recorded],
    homes: Path,
    embedder: Embedder,
    rounds: int = 1,
) -> Iterator[Outcome]:
    """Yield the answers to questions with the replies that are recorded for them."""
    for home in dict.fromkeys(one["home"] for one in questions):
        model = _InTurn(RecordedModel("", {}))
        settings = Settings(home=homes / home, search_rounds=rounds)
        assistant = Assistant(settings, embedder, model)
        for one in (one for one in questions if one["home"] == home):
            model.now = RecordedModel(one["id"], replies)
            turns = [Turn(turn["role"], turn["content"]) for turn in one["turns"]]
            started = time.perf_counter()
            answer = assistant.ask(one["question"], turns)
            seconds = time.perf_counter() - started - answer.seconds.model
            yield Outcome(one, answer, model.now, seconds)
        assistant.close()


def is_right(question: dict[str, Any], answer: Answer) -> bool:
    """Tell whether an answer holds one form of each group that a right one must hold."""
    if not question["answerable"]:
        return answer.status == "not_found"
    told = " ".join((answer.text, *(one.quote for one in answer.citations)))
    groups = question["must_include"]
    return answer.status != "not_found" and all(
        any(contains_form(told, form) for form in group) for group in groups
    )


def main() -> int:
    """Ask all questions of a set; print what reaches the reader and how many answers are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="a folder of homes")
    parser.add_argument("--only", nargs="*", default=(), help="these questions alone")
    parser.add_argument("--rounds", type=int, default=1, help="how often is searched")
    parser.add_argument("--open", type=Path, help="where requests without a reply are written")
    parser.add_argument(
        "--show", action="store_true", help="print what is not right, and set aside"
    )
    options = parser.parse_args()
    lines = (options.set / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [
        one for one in map(json.loads, lines) if not options.only or one["id"] in options.only
    ]
    replies = load_recorded(options.set / "replies.jsonl")
    ours = [one["id"] for one in questions if one["home"] == "library"]
    if options.open and take_in(options.open, replies, ours):
        save_recorded(options.set / "replies.jsonl", replies)
    lies = _lies(options.set / "lies.jsonl")
    found = []
    embedder = load_embedder(PACKAGED_MODEL)
    for one in ask_all(questions, replies, options.work, embedder, options.rounds):
        if one.model.missing and options.open:
            write_open(options.open, one.question["id"], *one.model.missing)
        found.append(one)
        if options.show:
            print(*_told(one, lies), sep="\n", flush=True)
    print(*report(found, lies), sep="\n")
    return 0


def _lies(file: Path) -> dict[str, dict[str, str]]:
    """Return by question the sentences that were made false, each with the twist."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else ()
    found: dict[str, dict[str, str]] = {}
    for told in map(json.loads, lines):
        found.setdefault(told["id"], {})[told["sentence"]] = told["twist"]
    return found


def report(found: Sequence[Outcome], lies: dict[str, dict[str, str]]) -> Iterator[str]:
    """Yield the figures of a set."""
    open_ = [one.model.missing[0] for one in found if one.model.missing]
    if open_:
        yield f"without a reply: {dict(Counter(open_))}"
    changed = Counter(stage for one in found for stage in one.model.changed)
    if changed:
        yield f"requests that differ from those that were replied to: {dict(changed)}"
    done = [one for one in found if not one.model.missing]
    true = Counter[str]()
    false = Counter[str]()
    for one in done:
        told = lies.get(one.question["id"], {})
        for sentence in one.answer.sentences if "writing" in one.model.stages else ():
            (false if sentence.text in told else true)[sentence.support] += 1
        for aside in one.answer.set_aside:
            (false if aside.text in told else true)[aside.support] += 1
    yield f"true sentences: {dict(true)}; false ones: {dict(false)}"
    calls = [len(one.model.stages) for one in done]
    yield f"model calls: {dict(sorted(Counter(calls).items()))}"
    if len(done) > 1:
        own = sorted(one.seconds for one in done)
        late = quantiles(own, n=20)[-1]
        yield f"our own seconds: {median(own):.2f} in the median, {late:.2f} in 19 of 20"
    for kind in dict.fromkeys(one.question["kind"] for one in found):
        given = [share for one in found if one.question["kind"] == kind for share in _given(one)]
        if given:
            yield f"{kind}: {sum(given)} of {len(given)} points stand in what the model is given"
    kinds = dict.fromkeys(one.question["kind"] for one in done)
    for kind in kinds:
        those = [one for one in done if one.question["kind"] == kind]
        right = sum(is_right(one.question, one.answer) for one in those)
        refused = sum(one.answer.status == "not_found" for one in those)
        yield f"{kind}: right {right} of {len(those)}, refused {refused}"


def _given(one: Outcome) -> Iterator[bool]:
    """Yield of each point whether its quote stands in the evidence, signs and white space aside."""
    evidence = _words(one.model.evidence)
    for point in one.question["points"] if evidence else ():
        yield _words(point["quote"]) in evidence


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(_MARK.sub('', text.lower())))} "


def _told(one: Outcome, lies: dict[str, dict[str, str]]) -> Iterator[str]:
    question, answer = one.question, one.answer
    mark = "right" if is_right(question, answer) else "NOT RIGHT"
    yield f"\n## {question['id']} [{question['kind']}] {mark}: {question['question']}"
    if one.model.missing:
        yield f"without a reply: {one.model.missing[0]}"
        return
    yield f"understood: {answer.standalone_question}"
    told = lies.get(question["id"], {})
    for sentence in answer.sentences:
        lie = "LIE SHOWN " if sentence.text in told else ""
        yield f"  {lie}{sentence.support}: {sentence.text}"
    for aside in answer.set_aside:
        lie = "lie " if aside.text in told else ""
        yield f"  - {lie}{aside.support}: {aside.text} ({aside.reason})"
    yield from (f"  ! {warning}" for warning in answer.warnings)


if __name__ == "__main__":
    sys.exit(main())
