"""How many lies of a model are shown: `python -m bench.lies [--set SET] [--home HOME]`.

Each line of `tests/lies/SET.jsonl` is a question with true sentences, as a good model words
them, and lies of named kinds, each of which stands after one of the true ones. All are held against
the evidence of the question as a model's answer is. The set `shipped` is of the shipped documents,
`own` of those in `tests/lies/documents`; with `--shared DIR` `unshipped` is of those in
DIR/sources, and `filings` of two quarterly reports in DIR/sets/sec10q/pdfs. HOME holds the
documents of the set; without it they are indexed in a temporary folder.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.writing.attribution import Attributed, Attribution
from assistant.writing.referring import resolved
from bench.commands import run_command
from index.passage import Evidence

_ROOT = Path(__file__).parents[1]
_LIES = _ROOT / "tests" / "lies"
SHIPPED = _LIES / "shipped.jsonl"
OWN = _LIES / "own.jsonl"
UNSHIPPED = _LIES / "unshipped.jsonl"
FILINGS = _LIES / "filings.jsonl"
OWN_DOCUMENTS = _LIES / "documents"
_FILED = ("2022 Q3 AAPL.pdf", "2023 Q3 NVDA.pdf")
_SENTENCE_EVIDENCE = 10  # pieces that are searched for a sentence itself
_TRUE = "true"  # the kind of sentences that are none


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that a model tells: true, or a lie of some kind.

    It stands after the true sentence numbered `after`. `part` is what of a lie is true.
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
    """A sentence with what is shown of it."""

    told: Told
    shown: Attributed

    @property
    def is_right(self) -> bool:
        """Whether of a lie nothing false is shown, and of a true sentence something."""
        if self.told.is_true:
            return bool(self.shown.text)
        return self.shown.text in ("", self.told.part)


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


def judge_scene(assistant: Assistant, scene: Scene) -> Iterator[Judged]:
    """Yield each sentence of a scene with what is shown of it."""

    def search(words: str) -> Sequence[Evidence]:
        return assistant.search(words, _SENTENCE_EVIDENCE)

    evidence = assistant.search(scene.question, assistant.settings.passages)
    attribution = Attribution(scene.question, evidence, search, assistant.embedder())
    before = [""]
    for number, sentence in enumerate(scene.true):
        shown = attribution.attribute(sentence, before[-1], stands=True)
        before.append(resolved(shown.text or sentence, before[-1]))
        yield Judged(Told(_TRUE, sentence, number - 1), shown)
    for lie in scene.lies:
        yield Judged(lie, attribution.attribute(lie.text, before[lie.after + 1], stands=True))


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
        whole = sum(one.shown.fate == "kept" for one in found)
        cut = sum(one.shown.fate == "cut" for one in found)
        print(f"{kind:20} {len(found):4} told, {whole:4} shown, {cut:3} cut to a part")
    lies = [one for one in judged if not one.told.is_true]
    print(f"lies shown, whole or in a false part: {sum(not one.is_right for one in lies)}")
    for one in judged:
        if not one.is_right:
            print(f"{one.told.kind}: {one.told.text}\n    shown: {one.shown.text or 'nothing'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
