"""What each stage of finding gains: `python -m bench.retrieval [--shared DIR] [--work DIR]`.

Over every question set at hand, in one process and with the same embedding model: LlamaIndex's
default pipeline, BM25 alone, vectors alone, both together, and the signals added one by one; then
each signal taken out of the whole, with the 95 % interval of what it gains. Writes the tables of
docs/retrieval.md anew where all sets were run. Needs the `bench` extra.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.answer import evidence_to_json
from assistant.conversation import standalone_question
from assistant.evaluation.case import Case
from assistant.evaluation.expected_places import document_ranking, page_ranking
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.metrics.ranking import hit, recall, reciprocal_rank
from assistant.evaluation.metrics.statistics import paired_interval
from bench.figures import write_figures
from bench.question_sets import (
    QUESTIONS,
    QuestionSet,
    drafted,
    paired_cases,
    question_sets,
    unsaid_cases,
)
from bench.quick_start import open_quick_start
from index.embedding import PACKAGED_MODEL, Embedder, RememberingEmbedder, load_embedder
from index.passage import Filters
from index.retrieval import Ranking, Retriever
from index.storage.store import PassageStore

_PAGE = Path(__file__).parents[1] / "docs" / "retrieval.md"
_DEPTH = 60  # passages, in which there are ten pages
_DRAFTED = 600
_DEEPEST = 10

Found = Callable[[str], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The answerable cases of a set, and where they are asked."""

    given: QuestionSet
    name: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """The scores of one way of finding on one set, a number a case under each measure."""

    scores: Mapping[str, Sequence[float]]

    def mean(self, measure: str) -> float:
        """Return the mean of a measure."""
        return sum(self.scores[measure]) / len(self.scores[measure])


def main() -> int:
    """Measure all sets that are wanted, print the tables, and write them where all were run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, help="a folder with sources/, questions/, sets/")
    parser.add_argument("--work", type=Path, help="keep the homes in this folder")
    parser.add_argument("--sets", default="", help="only these, parted by commas; no page then")
    arguments = parser.parse_args()
    wanted = [name for name in arguments.sets.split(",") if name]
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        work = arguments.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        embedder = RememberingEmbedder(load_embedder(PACKAGED_MODEL))
        lines: list[str] = []
        theirs: dict[Path, Found] = {}  # LlamaIndex's, by the documents
        for asked in _sets(arguments.shared, work):
            if wanted and asked.name not in wanted:
                continue
            documents = asked.given.documents
            if documents not in theirs:
                theirs[documents] = open_quick_start(
                    [documents], Path(temporary) / str(len(theirs)), _DEPTH
                )
            for line in _tables(asked, embedder, theirs[documents]):
                print(line, end="", flush=True)
                lines.append(line)
    if arguments.shared and not wanted:
        write_figures(_PAGE, lines)
    return 0


def _sets(shared: Path | None, work: Path) -> Iterator[Asked]:
    for given in question_sets(shared, work):
        given.add()
        yield Asked(given, given.name, _answerable(given.cases))
        if given.name == QUESTIONS:
            more = drafted(given, _DRAFTED)
            yield Asked(more, more.name, _answerable(more.cases))
            yield Asked(more, "two drafted questions at once", paired_cases(more.cases))
            yield Asked(given, "rare earths left unsaid", unsaid_cases())


def _answerable(cases: Path) -> tuple[Case, ...]:
    return tuple(case for case in load_cases(cases) if case.answerable and case.places)


def _tables(asked: Asked, embedder: Embedder, theirs: Found) -> Iterator[str]:
    """Yield the lines of a set: a way of finding a row, then what each stage gains."""
    store = PassageStore(asked.given.home, embedder.name)

    def ours(ranking: Ranking) -> Measured:
        retriever = Retriever(store, embedder, ranking)
        return _measure(
            asked.cases,
            lambda question: [
                evidence_to_json(each) for each in retriever.retrieve(question, _DEPTH, Filters())
            ],
        )

    whole = Ranking()
    plain = replace(whole, signals=(), parts=_in_one)
    rows = {
        "LlamaIndex's default": _measure(asked.cases, theirs),
        "BM25 alone": ours(replace(plain, meaning=0.0, words=1.0)),
        "vectors alone": ours(replace(plain, meaning=1.0, words=0.0)),
        "both": ours(plain),
    }
    for count, signal in enumerate(whole.signals, start=1):
        ranking = replace(whole, signals=whole.signals[:count], parts=_in_one)
        rows[f"+ {signal.name}"] = ours(ranking)
    rows["+ parts of the question"] = full = ours(whole)
    measures = list(full.scores)
    yield f"### {asked.name}\n\n{len(asked.cases)} questions, "
    yield f"{store.catalog.passage_count():,} passages.\n\n"
    yield f"| | {' | '.join(measures)} |\n|---|{'---|' * len(measures)}\n"
    for name, row in rows.items():
        means = " | ".join(f"{row.mean(measure):.3f}" for measure in measures)
        yield f"| {name} | {means} |\n"
    yield f"\n| gain of | {' | '.join(measures)} |\n|---|{'---|' * len(measures)}\n"
    without = {
        signal.name: replace(whole, signals=tuple(s for s in whole.signals if s is not signal))
        for signal in whole.signals
    }
    without["parts"] = replace(whole, parts=_in_one)
    for name, ranking in without.items():
        yield f"| {name} | {' | '.join(_gains(ours(ranking), full, measures))} |\n"
    yield "\n"
    store.close()


def _in_one(question: str) -> tuple[str, ...]:
    return (question,)


def _gains(less: Measured, full: Measured, measures: Sequence[str]) -> Iterator[str]:
    for measure in measures:
        gain = full.mean(measure) - less.mean(measure)
        interval = paired_interval(less.scores[measure], full.scores[measure])
        if not gain or interval is None:
            yield "0" if not gain else f"{gain:+.3f}"
        else:
            mark = "**" if interval.low > 0 or interval.high < 0 else ""
            yield f"{mark}{gain:+.3f}{mark} ({interval.low:+.3f}, {interval.high:+.3f})"


def _measure(cases: Sequence[Case], find: Found) -> Measured:
    scores: dict[str, list[float]] = {}
    for case in cases:
        found = find(_question(case))
        pages, documents = page_ranking(case, found), document_ranking(case, found)
        told = {
            "hit@1": hit(pages.relevant, 1),
            "hit@5": hit(pages.relevant, 5),
            "MRR": reciprocal_rank(pages.relevant, _DEEPEST),
            "recall@5": recall(pages.relevant, 5, pages.total),
            "documents in ten pages": recall(documents.relevant, _DEEPEST, documents.total),
        }
        for measure, score in told.items():
            scores.setdefault(measure, []).append(score)
    return Measured(scores)


def _question(case: Case) -> str:
    return case.claim if case.use == "cite" else standalone_question(case.question, case.turns)


if __name__ == "__main__":
    sys.exit(main())
