"""How fast: `python -m bench.speed [--work DIR] [--sizes 10000,100000,1000000]`.

In one run: passages embedded a second beside LlamaIndex's default and beside what the processor
could do at best; at each size a question (search only) with and without filters, look-ups of facts,
the cold start of `rare-earth search`, memory and disk, and how fast files are added; and how all of
it grows from one size to the next. The libraries are made by chance (`made_library`); up to 50,000
passages are read and embedded in truth, those beyond are copies with vectors near real ones
(`copied_library`). A run over a kept home goes on from what is there. Needs the `bench` extra.
"""

import argparse
import json
import math
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from assistant.assistant import Assistant
from assistant.evaluation.loading.case_files import load_cases
from assistant.settings import Settings
from bench.commands import command
from bench.copied_library import copy_sources
from bench.made_library import SECTIONS, write_documents
from bench.question_sets import SHIPPED_CASES
from bench.quick_start import quick_start_model
from corpus.build_pdfs import DOCUMENTS
from corpus.reading import read_document
from corpus.workers.cores import core_count
from index.embedding import PACKAGED_MODEL, Embedder, load_embedder
from index.ingestion.splitting import embedded_text, split_document
from index.ingestion.sync import add_paths
from index.matching.batches import on_all_cores
from index.matching.openvino_engine import EncoderGraph, Session, load_openvino
from index.passage import Filters
from index.retrieval import Retriever
from index.storage.store import PassageStore

_EMBEDDED = 500  # passages a trial
_TRIALS = 5
_STARTS = 3
_TRULY_EMBEDDED = 50_000
_SIDE = 2048  # of the matrices that tell what the processor can do
_STEP = 10_000  # passages between two looks at how fast adding goes
_ADDED = 10  # documents, to tell how fast adding goes in a library of a size
_LOOK_UPS = Path(__file__).parent / "facts_gold" / "lookups.jsonl"
_FILTERS = {
    "without filters": Filters(),
    "one of ten publishers": Filters(publisher="Publisher 3"),
    "years from 2020": Filters(published_from="2020"),
    "one source": Filters(source="report-7.md"),
}
_MEMORY = """
import sys
from pathlib import Path
from assistant.assistant import Assistant
from assistant.settings import Settings
assistant = Assistant(Settings(Path(sys.argv[1])))
assistant.search("rare earths", 10)
print(next(l for l in open("/proc/self/status") if l.startswith("VmHWM")).split()[1])
"""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="keep the home in this folder")
    parser.add_argument("--sizes", default="10000,100000", help="passages, parted by commas")
    arguments = parser.parse_args()
    sizes = sorted(int(size) for size in arguments.sizes.split(","))
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        work = arguments.work or Path(temporary)
        embedder = load_embedder(PACKAGED_MODEL)
        _measure_embedding(embedder)
        measured = {}
        for size in sizes:
            _grow(work, size, min(_TRULY_EMBEDDED, sizes[-1]), embedder)
            print(f"{size:,} passages:")
            measured[size] = {
                **_measure_questions(work / "home", embedder),
                **_measure_look_ups(work / "home"),
                **_measure_starts(work / "home"),
                **_measure_adding(work, embedder),
            }
            for name, value in measured[size].items():
                print(f"  {name}: {value:,.4g}")
        _print_growth(measured)
    return 0


def _measure_embedding(embedder: Embedder) -> None:
    texts = _passage_texts(embedder)[:_EMBEDDED]
    lengths = [len(embedder.tokens(text)) + 2 for text in texts]
    other = quick_start_model()
    ours, theirs = [], []
    for _ in range(_TRIALS):  # in turns, as the machine may be faster or slower meanwhile
        theirs.append(_seconds(other.get_text_embedding_batch, texts))
        ours.append(_seconds(embedder.embed, texts))
    ratio = statistics.median(t / o for t, o in zip(theirs, ours, strict=True))
    least = _model_arithmetic(lengths) / _arithmetic_a_second()
    print(f"embedding {len(texts)} passages of {statistics.mean(lengths):.0f} tokens on average:")
    print(f"  LlamaIndex's default: {len(texts) / statistics.median(theirs):.0f} a second")
    print(f"  ours: {len(texts) / statistics.median(ours):.0f} a second, {ratio:.2f} times as many")
    print(f"  the processor's floor, by a large matrix product: {len(texts) / least:.0f} a second")
    questions = [case.question for case in load_cases(SHIPPED_CASES)][:100]
    for name, ask in (
        ("LlamaIndex's default", other.get_query_embedding),
        ("ours", lambda question: embedder.embed([question])),
    ):
        print(f"  a question, {name}: {_told([_seconds(ask, question) for question in questions])}")


def _passage_texts(embedder: Embedder) -> list[str]:
    texts = []
    for file in sorted(DOCUMENTS.iterdir()):
        document = read_document(file, DOCUMENTS)
        passages = split_document(document, embedder.tokens)
        texts += [embedded_text(document.source, passage) for passage in passages]
    random.Random(0).shuffle(texts)
    return texts


def _model_arithmetic(lengths: Sequence[int]) -> float:
    """Return the multiplications and additions of MiniLM-L6 for texts of these lengths.

    A layer of width h takes 24 h^2 a token for its six products with weights, and 4 n h for
    attention over n tokens.
    """
    width, layers = 384, 6
    return sum(layers * n * (24 * width**2 + 4 * n * width) for n in lengths)


def _arithmetic_a_second() -> float:
    """Return the best rate of a product of matrices on all cores, in numbers as of the model."""
    import numpy as np

    openvino = load_openvino()
    matrix = np.random.default_rng(0).random((_SIDE, _SIDE), np.float32)
    given = openvino.opset13.parameter([_SIDE, _SIDE], np.float32)
    given.output(0).set_names({"given"})
    product = openvino.opset13.result(openvino.opset13.matmul(given, matrix, False, False))
    product.output(0).set_names({"product"})
    session = Session(EncoderGraph(openvino.Model([product], [given], "product"), {}))

    def multiply(_: int) -> None:
        session.run(["product"], {"given": matrix})

    cores = range(core_count())
    return (
        2 * _SIDE**3 * len(cores) / min(_seconds(on_all_cores, multiply, cores) for _ in range(10))
    )


def _grow(work: Path, size: int, truly: int, embedder: Embedder) -> None:
    """Grow the library to a size, telling how long each step takes."""
    store = PassageStore(work / "home", embedder.name)
    while (held := store.catalog.passage_count()) < size:
        if held < truly:
            step = min(_STEP, size - held)
            seconds = _seconds(_add_documents, store, work, held, step // SECTIONS, embedder)
            how = "read and embedded"
        else:
            seconds, how = _seconds(copy_sources, store, truly), "copied"
        added = store.catalog.passage_count() - held
        print(f"{held + added:,} passages: the last {added:,} {how} in {seconds:.0f} s", flush=True)
    store.close()


def _add_documents(
    store: PassageStore, work: Path, first: int, count: int, embedder: Embedder
) -> None:
    folder = work / "documents" / f"from-{first}"
    write_documents(folder, first // SECTIONS, count)
    add_paths(store, lambda: embedder, [folder], lambda _: None)


def _measure_questions(home: Path, embedder: Embedder) -> dict[str, float]:
    """Return the milliseconds of searching, with each kind of filter."""
    questions = [case.question for case in load_cases(SHIPPED_CASES) if case.use == "ask"]
    store = PassageStore(home, embedder.name)
    retriever = Retriever(store, embedder)
    measured = {"first question, s": _seconds(retriever.retrieve, questions[0], 10, Filters())}
    for name, filters in _FILTERS.items():
        retriever.retrieve(questions[0], 10, filters)
        seconds = [_seconds(retriever.retrieve, question, 10, filters) for question in questions]
        measured |= _spread(f"a question, {name}", seconds)
    store.close()
    return measured


def _measure_look_ups(home: Path) -> dict[str, float]:
    """Return the milliseconds of looking facts up, in words that somebody wrote for that."""
    lines = _LOOK_UPS.read_text(encoding="utf-8").splitlines()
    words = [json.loads(line)["words"] for line in lines]
    assistant = Assistant(Settings(home))
    assistant.facts(words[0], 10)
    facts = assistant.store.catalog.database.rows("SELECT count(*) FROM facts")[0][0]
    seconds = [_seconds(assistant.facts, one, 10) for one in words]
    assistant.close()
    return {"facts": facts} | _spread("a look-up of facts", seconds)


def _measure_starts(home: Path) -> dict[str, float]:
    words = command(home, "search", "Where are rare earths separated?", "-k", "3")
    starts = [_seconds(subprocess.check_output, words) for _ in range(_STARTS)]
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(home)], capture_output=True, text=True, check=True
    )
    return {
        "cold start of search, s": statistics.median(starts),
        "memory of a process that searches, MB": int(done.stdout) / 1e3,
    }


def _measure_adding(work: Path, embedder: Embedder) -> dict[str, float]:
    """Return how long adding some files takes in a library of a size, and what it weighs."""
    store = PassageStore(work / "home", embedder.name)
    held = store.catalog.passage_count()
    seconds = _seconds(_add_documents, store, work, held, _ADDED, embedder)
    added = store.catalog.passage_count() - held
    again = work / "documents" / f"from-{held}"
    unchanged = _seconds(add_paths, store, lambda: embedder, [again], lambda _: None)
    store.close()
    disk = sum(file.stat().st_size for file in (work / "home").rglob("*") if file.is_file())
    return {
        "a passage added, ms": 1000 * seconds / max(added, 1),
        "files added that have not changed, s": unchanged,
        "disk, MB": disk / 1e6,
    }


def _print_growth(measured: Mapping[int, Mapping[str, float]]) -> None:
    """Print how each figure grows: as the size to the power of so much, between two sizes."""
    for less, more in pairwise(measured):
        print(f"growth from {less:,} to {more:,} passages, as a power of the size:")
        for name, value in measured[more].items():
            before = measured[less][name]
            if before > 0 < value:
                power = math.log(value / before) / math.log(more / less)
                print(f"  {name}: {power:.2f}")


def _seconds(act: Callable[..., object], *values: object) -> float:
    started = time.perf_counter()
    act(*values)
    return time.perf_counter() - started


def _told(seconds: Sequence[float]) -> str:
    ordered = sorted(1000 * one for one in seconds)
    late = ordered[int(0.95 * len(ordered))]
    return f"median {statistics.median(ordered):.1f} ms, p95 {late:.1f} ms"


def _spread(name: str, seconds: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile in milliseconds, by name."""
    ordered = sorted(1000 * one for one in seconds)
    return {
        f"{name}, median ms": statistics.median(ordered),
        f"{name}, p95 ms": ordered[int(0.95 * len(ordered))],
    }


if __name__ == "__main__":
    sys.exit(main())
