"""How many lies of a model are shown: `python -m bench.lies [--set SET] [--home HOME]`.

Each line of `tests/lies/SET.jsonl` is a question with true sentences, as a good model words
them, and lies of named kinds, each of which stands after one of the true ones. All are written by a
model in answers to the question, each with the words of the evidence that are most like it.
The set `shipped` is of the shipped documents,
`own` of those in `tests/lies/documents`; with `--shared DIR` `unshipped` is of those in
DIR/sources, and `filings` of two quarterly reports in DIR/sets/sec10q/pdfs. HOME holds the
documents of the set; without it they are indexed in a temporary folder.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.assistant import Assistant
from assistant.language_model import Allowance, Message, Piece
from assistant.sentences import sentence_spans
from assistant.settings import Settings
from bench.commands import run_command

_ROOT = Path(__file__).parents[1]
_LIES = _ROOT / "tests" / "lies"
SHIPPED = _LIES / "shipped.jsonl"
OWN = _LIES / "own.jsonl"
UNSHIPPED = _LIES / "unshipped.jsonl"
FILINGS = _LIES / "filings.jsonl"
OWN_DOCUMENTS = _LIES / "documents"
_FILED = ("2022 Q3 AAPL.pdf", "2023 Q3 NVDA.pdf")
_AT_ONCE = 4  # lies in one answer, beside the true sentences
_TRUE = "true"  # the kind of sentences that are none


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that a model tells: true, or a lie of some kind.

    It stands after the true sentence numbered `after`; `part` is what of a lie is true.
    """

    kind: str
    text: str
    after: int
    part: str = ""

    @property
    def is_true(self) -> bool:
        """Whether it is no lie."""
        return self.kind == _TRUE


@dataclass(frozen=True, slots=True)
class Scene:
    """A question with the sentences that a model tells of it."""

    id: str
    question: str
    true: tuple[str, ...]
    lies: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, and whether it is shown."""

    told: Told
    is_shown: bool

    @property
    def is_right(self) -> bool:
        """Whether a lie is not shown, or a true sentence is."""
        return self.is_shown == self.told.is_true


def load_scenes(file: Path = SHIPPED) -> tuple[Scene, ...]:
    """Return the scenes of a file."""
    records = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return tuple(
        Scene(
            id=record["id"],
            question=record["question"],
            true=tuple(record["true"]),
            lies=tuple(Told(**lie) for lie in record["lies"]),
        )
        for record in records
    )


_EVIDENCE = re.compile(r"<evidence (\S+)>\n.*?([^\n]*)\n</evidence \1>", re.DOTALL)
_WORD = re.compile(r"\w+")


def with_quotes(sentences: Sequence[str], messages: Sequence[Message]) -> str:
    """Return sentences each with the words of the prompt's evidence that are most like it."""
    told = [
        (key, text[start:end], frozenset(_WORD.findall(text[start:end].lower())))
        for key, text in _EVIDENCE.findall(messages[-1].content)
        for start, end in sentence_spans(text)
    ]
    written = []
    for sentence in sentences:
        own = frozenset(_WORD.findall(sentence.lower()))
        near = max(told, key=lambda one: len(own & one[2]) - len(one[2]) / 100, default=None)
        written.append(f'{sentence} [{near[0]}: "{near[1]}"]' if near else sentence)
    return " ".join(written)


class TellingModel:
    """A model that writes given sentences, each with the quote that is most like it."""

    name = "telling"

    def __init__(self) -> None:
        self.sentences: Sequence[str] = ()

    def write(self, messages: Sequence[Message], allowance: Allowance) -> Iterator[Piece]:  # noqa: ARG002
        """Yield the sentences."""
        yield Piece(with_quotes(self.sentences, messages))


def judge_scene(assistant: Assistant, scene: Scene) -> Iterator[Judged]:
    """Yield each sentence of a scene with whether it is shown in an answer of a model's."""
    model = TellingModel()
    telling = Assistant(assistant.settings, assistant.embedder(), model)
    try:
        told = [Told(_TRUE, text, number - 1) for number, text in enumerate(scene.true)]
        for some in (told, *_few(scene.lies)):
            model.sentences = _in_order(scene, some)
            shown = {sentence.text for sentence in telling.ask(scene.question).sentences}
            yield from (Judged(one, one.text in shown) for one in some)
    finally:
        telling.close()


def _few(lies: Sequence[Told]) -> Iterator[Sequence[Told]]:
    """Yield the lies, a few at a time: no more sentences are read of one answer."""
    for first in range(0, len(lies), _AT_ONCE):
        yield lies[first : first + _AT_ONCE]


def _in_order(scene: Scene, some: Sequence[Told]) -> list[str]:
    """Return the true sentences of a scene with some lies, each behind the one that it follows."""
    lies = [one for one in some if not one.is_true]
    told = [one.text for one in lies if one.after < 0]
    for number, sentence in enumerate(scene.true):
        told += [sentence, *(one.text for one in lies if one.after == number)]
    return told


def main() -> int:
    """Tell the lies and print a line for each kind, and what was judged wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    sets = (SHIPPED, OWN, UNSHIPPED, FILINGS)
    parser.add_argument("--set", default=SHIPPED.stem, choices=[file.stem for file in sets])
    parser.add_argument("--home", type=Path, help="a home that holds the documents of the set")
    parser.add_argument("--shared", type=Path, help="a folder with documents that are not shipped")
    arguments = parser.parse_args()
    scenes = load_scenes(_LIES / f"{arguments.set}.jsonl")
    if arguments.home:
        return _measure(arguments.home, scenes)
    if arguments.shared is None and arguments.set in (UNSHIPPED.stem, FILINGS.stem):
        parser.error(f"--set {arguments.set} needs --shared DIR or --home HOME")
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        run_command(Path(temporary), "add", *_documents(arguments.set, arguments.shared))
        return _measure(Path(temporary), scenes)


def _documents(name: str, shared: Path) -> Sequence[Path]:
    """Return the files and folders that the lies of a set are told of."""
    if name == UNSHIPPED.stem:
        return (shared / "sources",)
    if name == FILINGS.stem:
        return [shared / "sets" / "sec10q" / "pdfs" / file for file in _FILED]
    return (OWN_DOCUMENTS if name == OWN.stem else _ROOT / "corpus" / "documents",)


def _measure(home: Path, scenes: Sequence[Scene]) -> int:
    assistant = Assistant(Settings(home=home))
    judged = [one for scene in scenes for one in judge_scene(assistant, scene)]
    assistant.close()
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        kinds[one.told.kind].append(one)
    for kind, found in sorted(kinds.items()):
        print(f"{kind:20} {len(found):4} told, {sum(one.is_shown for one in found):4} shown")
    lies = [one for one in judged if not one.told.is_true]
    print(f"lies shown: {sum(not one.is_right for one in lies)}")
    for one in judged:
        if not one.is_right:
            print(f"{one.told.kind}: {one.told.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
