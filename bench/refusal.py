"""How well it is told whether the sources answer: `python -m bench.refusal [--shared DIR]`.

The area under the ROC curve (AUROC) of an answer's confidence over the shipped questions and, of a
shared folder, its questions and its paragraphs, each beside what finding alone would tell: the best
cosine and the best BM25 score; with 95 % intervals by bootstrap over the questions. Near misses ask
another year, company or measure of something that the sources do speak of.
"""

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.conversation import standalone_question
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.metrics.refusal import auroc
from assistant.evaluation.metrics.statistics import bootstrap_auroc
from assistant.settings import Settings
from bench.question_sets import question_sets
from index.passage import Filters
from index.retrieval import question_words

_WITHOUT_ABSENCE = ("sec10q",)  # every question of it is answered by its documents
_BM25_DEPTH = 10


def main() -> None:
    """Ask every set and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, help="a folder with sources/, questions/ and sets/")
    parser.add_argument("--work", type=Path, help="keep homes in this folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        for each in question_sets(arguments.shared, arguments.work or Path(temporary)):
            if each.name not in _WITHOUT_ABSENCE:
                each.add()
                _measure(each.name, each.home, load_cases(each.cases))


def _measure(name: str, home: Path, cases: Sequence[Case]) -> None:
    assistant = Assistant(Settings(home))
    asked = [case for case in cases if case.use == "ask" and case.answerable is not None]
    told = [_signs(assistant, case) for case in asked]
    assistant.close()
    near = [n for n, case in enumerate(asked) if case.answerable or case.near_miss]
    print(
        f"{name}: {len(asked)} questions, {sum(not case.answerable for case in asked)} unanswerable"
    )
    for kind, chosen in (("all", list(range(len(asked)))), ("near misses", near)):
        truths = [bool(asked[n].answerable) for n in chosen]
        if all(truths):
            continue
        for sign in told[0]:
            values = [told[n][sign] for n in chosen]
            print(f"  {kind}, {sign}: {_told(truths, values)}")


def _signs(assistant: Assistant, case: Case) -> Mapping[str, float]:
    question = standalone_question(case.question, case.turns)
    catalog = assistant.store.catalog
    words = " OR ".join(f'"{word}"' for word in question_words(question))
    hits = catalog.match_words(words, _BM25_DEPTH, catalog.searchable(Filters())) if words else ()
    evidence = assistant.search(question)
    return {
        "confidence": assistant.ask(case.question, case.turns).confidence,
        "best cosine": max((piece.similarity for piece in evidence), default=0.0),
        "best BM25": max((hit.score for hit in hits), default=0.0),
    }


def _told(truths: Sequence[bool], values: Sequence[float]) -> str:
    area, interval = auroc(truths, values), bootstrap_auroc(truths, values)
    if area is None or interval is None:
        return "too few questions of a kind"
    return f"AUROC {area:.3f} ({interval.low:.3f} to {interval.high:.3f})"


if __name__ == "__main__":
    main()
