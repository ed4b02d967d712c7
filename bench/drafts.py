"""Drafts checked and held against their gold: `python -m bench.drafts SET --work HOMES`.

A set is a folder of `tests/drafts_gold`: drafts, for each a `NAME.gold.jsonl` with every sentence
and figure (text, place, kind, verdict, what is wrong and right, sources), and `replies.jsonl`, the
replies of a strong model to our requests. HOMES holds the home `library`.

    python -m bench.drafts SET --work HOMES [--only NAME ...] [--model] [--open FOLDER] [--show]

    python -m bench.drafts --pace [--work HOMES]

Without `--model` drafts are checked by rules. With it, a request without a reply is written to
FOLDER as `NAME.STAGE.txt`, and a reply laid beside it as `NAME.STAGE.reply` is taken into the set
by the next run: what is sorted, judged, verified. `--pace` checks two sets of drafts as one of 40
pages by rules, without HOMES over a fresh home, and tells how long that took.
"""

import argparse
import json
import os
import re
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.drafts import DRAFT_ENDINGS, CheckedSentence, Draft, DraftSentence, read_draft
from assistant.language_model import Allowance, Form, Message, Piece
from assistant.prompts import JUDGE_CLAIMS, SORT_SENTENCES
from assistant.settings import Settings
from bench.commands import run_command
from bench.recorded_replies import (
    Recorded,
    digest_of,
    load_recorded,
    save_recorded,
    take_in,
    write_open,
)
from corpus.document import Page
from index.embedding import PACKAGED_MODEL, Embedder, load_embedder

_ROOT = Path(__file__).parents[1]
_GOLD = _ROOT / "tests" / "drafts_gold"
_PACED = ("first", "second")  # sets whose drafts are 40 pages together
_STAGES = ("sorting", "judging", "checking")
_LONG = 25  # letters, from which on a sentence may be read with more around it
_LETTER = re.compile(r"\w")


@dataclass
class RecordedReader:
    """A model that replies to the requests on one draft as was recorded, "" where nothing was."""

    id: str
    replies: Mapping[tuple[str, str], Recorded]
    name: str = "recorded"
    asked: Counter[str] = field(default_factory=Counter)
    changed: list[str] = field(default_factory=list)
    missing: dict[str, tuple[Message, ...]] = field(default_factory=dict)

    def write(
        self,
        messages: Sequence[Message],
        allowance: Allowance,  # noqa: ARG002
        form: Form | None = None,  # noqa: ARG002
    ) -> Iterator[Piece]:
        """Yield the recorded reply."""
        prompts = {SORT_SENTENCES: "sorting", JUDGE_CLAIMS: "judging"}
        kind = prompts.get(messages[0].content, "checking")
        self.asked[kind] += 1
        stage = f"{kind}{self.asked[kind]}"
        found = self.replies.get((self.id, stage))
        if found is None:
            self.missing[stage] = tuple(messages)
            yield Piece("")
            return
        if found.digest != digest_of(messages):
            self.changed.append(stage)
        yield Piece(found.reply)

    def open_requests(self) -> dict[str, tuple[Message, ...]]:
        """Return the requests without a reply, of the first stage alone that has some."""
        for kind in _STAGES:
            found = {s: m for s, m in self.missing.items() if s.startswith(kind)}
            if found:
                return found
        return {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A draft with its gold, what was made of it, and the seconds that took."""

    name: str
    gold: tuple[Mapping[str, Any], ...]
    checked: tuple[CheckedSentence, ...]
    seconds: float

    def pairs(self) -> Iterator[tuple[Mapping[str, Any], CheckedSentence | None]]:
        """Yield each line of the gold with the sentence that it is, None where none is."""
        left = list(self.checked)
        for line in self.gold:
            found = next((one for one in left if _is_same(line, one)), None)
            if found:
                left.remove(found)
            yield line, found


def _is_same(line: Mapping[str, Any], one: CheckedSentence) -> bool:
    told, read = _letters(line["text"]), _letters(one.sentence.text)
    if line["place"] != "table":
        is_long = min(len(told), len(read)) > _LONG
        return told == read or (is_long and (told in read or read in told))
    row, column = _letters(str(line.get("row", ""))), _letters(str(line.get("column", "")))
    is_row = _letters(one.sentence.row) == row
    return told == read and is_row and (column in _letters(one.sentence.column) or not column)


def _letters(text: str) -> str:
    return "".join(_LETTER.findall(text.lower()))


def check_all(
    folder: Path,
    home: Path,
    embedder: Embedder,
    replies: Mapping[tuple[str, str], Recorded] | None,
    only: Sequence[str] = (),
) -> Iterator[tuple[Outcome, RecordedReader | None]]:
    """Check the drafts of a set, by a recorded model where there are replies."""
    for gold_file in sorted(folder.glob("*.gold.jsonl")):
        name = gold_file.name.removesuffix(".gold.jsonl")
        if only and name not in only:
            continue
        (file,) = (f for f in folder.glob(f"{name}.*") if f != gold_file)
        gold = tuple(map(json.loads, gold_file.read_text(encoding="utf-8").splitlines()))
        model = RecordedReader(name, replies) if replies is not None else None
        assistant = Assistant(Settings(home=home), embedder, model)
        with tempfile.TemporaryDirectory() as kept:
            assistant.settings = Settings(home=Path(kept))  # where what is checked is kept
            started = time.perf_counter()
            checked = tuple(assistant.check(read_draft(file)))
            seconds = time.perf_counter() - started
        assistant.close()
        yield Outcome(name, gold, checked, seconds), model


def scores(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield what the drafts were checked like, a line each."""
    pairs = [pair for one in outcomes for pair in one.pairs()]
    facts = [(line, one) for line, one in pairs if line["kind"] == "fact"]
    held = [(line, one) for line, one in facts if one is not None and one.kind == "fact"]
    yield f"claims found: {len(held)} of {len(facts)} ({len(held) / max(len(facts), 1):.1%})"
    right = sum(one.verdict == line["verdict"] for line, one in held)
    yield f"verdicts right: {right} of {len(held)} ({right / max(len(held), 1):.1%})"
    told = Counter((line["verdict"], one.verdict) for line, one in held)
    denied = sum(count for (gold, _), count in told.items() if gold == "contradicted")
    true = sum(count for (gold, _), count in told.items() if gold == "supported")
    yield f"contradicted called supported: {told['contradicted', 'supported']} of {denied}"
    yield f"true called contradicted: {told['supported', 'contradicted']} of {true}"
    for kind in ("opinion", "connecting"):
        those = [one for line, one in pairs if line["kind"] == kind]
        taken = sum(one is not None and one.kind == "fact" for one in those)
        yield f"{kind} taken for a fact: {taken} of {len(those)}"
    denials = [
        (line, one) for line, one in held if line["verdict"] == one.verdict == "contradicted"
    ]
    mended = sum(_is_mended(line, one) for line, one in denials)
    yield f"corrections that name the wrong words and the right ones: {mended} of {len(denials)}"
    yield "gold / told: " + ", ".join(f"{g}/{t} {n}" for (g, t), n in sorted(told.items()))
    yield "seconds a sentence: " + ", ".join(
        f"{one.name} {one.seconds / max(len(one.checked), 1):.2f}" for one in outcomes
    )
    sentences, seconds = (
        sum(len(one.checked) for one in outcomes),
        sum(o.seconds for o in outcomes),
    )
    yield f"together: {sentences} sentences in {seconds:.0f} s"


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a draft took to be checked: on the wall, of processors, and at most in memory."""

    sentences: int
    wall_seconds: float
    processor_seconds: float
    peak_megabytes: int

    def __str__(self) -> str:
        each = self.wall_seconds / max(self.sentences, 1)
        return (
            f"{self.sentences} sentences in {self.wall_seconds:.1f} s ({each * 1000:.0f} ms a "
            f"sentence), {self.processor_seconds:.1f} s of processors, at most "
            f"{self.peak_megabytes} MB; load {os.getloadavg()[0]:.1f}"
        )


def measure_pace(draft: Draft, home: Path) -> Pace:
    """Check a draft by rules, with models that are loaded, and return how long that took."""
    with tempfile.TemporaryDirectory() as work:
        copied = Path(work) / "home"  # nothing of the draft was checked there
        shutil.copytree(home, copied, ignore=shutil.ignore_patterns("checks"))
        assistant = Assistant(Settings(home=copied))
        assistant.warm_up()
        started, worked = time.perf_counter(), _processor_seconds()
        checked = tuple(assistant.check(draft))
        wall, processors = time.perf_counter() - started, _processor_seconds() - worked
        assistant.close()
    peak = sum(
        resource.getrusage(who).ru_maxrss // 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return Pace(len(checked), wall, processors, peak)


def _processor_seconds() -> float:
    """Return the seconds that this process and those that it waited for have computed."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def joined(drafts: Sequence[Draft]) -> Draft:
    """Return drafts as one, their pages and sentences one after another."""
    pages, sentences = list[Page](), list[DraftSentence]()
    for draft in drafts:
        for one in draft.sentences:
            number = len(sentences) + 1
            sentences.append(replace(one, id=f"s{number}", page=one.page + len(pages)))
        pages += [
            replace(page, number=number) for number, page in enumerate(draft.pages, len(pages) + 1)
        ]
    digest = sha256("".join(draft.sha256 for draft in drafts).encode()).hexdigest()
    return Draft("joined.md", b"", "Joined", digest, tuple(pages), tuple(sentences))


def _pace_over(work: Path | None) -> Pace:
    files = sorted(
        one for name in _PACED for one in (_GOLD / name).glob("*") if one.suffix in DRAFT_ENDINGS
    )
    draft = joined([read_draft(file) for file in files])
    if work:
        return measure_pace(draft, work / "library")
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as home:
        run_command(Path(home), "add", _ROOT / "corpus" / "documents")
        return measure_pace(draft, Path(home))


def _is_mended(line: Mapping[str, Any], one: CheckedSentence) -> bool:
    """Tell whether the words said to be wrong touch those that are, and the right ones are told."""
    wrong, right = _letters(str(line["wrong"])), _letters(str(line["right"]))
    said_wrong, said_right = _letters(one.wrong), _letters(one.right or one.reason)
    touches = bool(said_wrong) and (said_wrong in wrong or wrong in said_wrong)
    return touches and (right in said_right or (bool(said_right) and said_right in right))


def main() -> int:
    """Check the drafts of a set and print the scores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("set", type=Path, nargs="?")
    parser.add_argument("--work", type=Path)
    parser.add_argument("--pace", action="store_true")
    parser.add_argument("--only", nargs="*", default=())
    parser.add_argument("--model", action="store_true")
    parser.add_argument("--open", type=Path)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    if args.pace:
        print(_pace_over(args.work))
        return 0
    if not (args.set and args.work):
        parser.error("give a set and --work HOMES, or --pace")
    file = args.set / "replies.jsonl"
    replies = load_recorded(file)
    if args.open and args.open.is_dir() and take_in(args.open, replies, _Everything()):
        save_recorded(file, replies)
        shutil.rmtree(args.open)
    outcomes, changed, missing = list[Outcome](), 0, 0
    embedder = load_embedder(PACKAGED_MODEL)
    for one, model in check_all(
        args.set, args.work / "library", embedder, replies if args.model else None, args.only
    ):
        outcomes.append(one)
        if model is None:
            continue
        changed += len(model.changed)
        for stage, messages in model.open_requests().items():
            missing += 1
            if args.open:
                write_open(args.open, one.name, stage, messages)
    if args.show:
        for one in outcomes:
            _show(one)
    if args.model:
        print(f"requests without a reply: {missing}; that differ from those replied to: {changed}")
    print("\n".join(scores(outcomes)))
    return 0


class _Everything:
    def __contains__(self, _: object) -> bool:
        return True


def _show(outcome: Outcome) -> None:
    for line, one in outcome.pairs():
        gold = line.get("verdict") or line["kind"]
        said = (one.verdict or one.kind) if one else "NOT READ"
        print(f"{'  ' if gold == said else '! '}{outcome.name} {gold} / {said}: {line['text']}")
        if gold != said and one:
            print("       meant:", one.meant, "|", one.reason, "|", one.wrong, "->", one.right)
            for ref in one.references[:2]:
                print("       ref:", ref.path, ref.quote[:200])


if __name__ == "__main__":
    sys.exit(main())
