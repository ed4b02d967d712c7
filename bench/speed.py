"""How fast: `python -m bench.speed [--work DIR] [--sizes 10000,100000]`.

In one run: passages embedded a second beside LlamaIndex's default and beside what the processor
could do at best; a question (search only) at each size, with and without filters; the cold start
of `rare-earth search`; memory and disk; how adding slows as the index grows. The libraries are made
by chance (`made_library`); up to 10,000 passages are embedded in truth, those beyond are given
vectors near real ones. Needs the `bench` extra.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.loading.case_files import load_cases
from bench.commands import command
from bench.made_library import SECTIONS, NearbyEmbedder, write_documents
from bench.question_sets import SHIPPED_CASES
from bench.quick_start import quick_start_model
from corpus.build_pdfs import DOCUMENTS
from corpus.reading import read_document
from index.embedding import PACKAGED_MODEL, Embedder, load_embedder
from index.ingestion.splitting import embedded_text, split_document
from index.ingestion.sync import add_paths
from index.passage import Filters
from index.retrieval import Retriever
from index.storage.store import PassageStore

_EMBEDDED = 500  # passages a trial
_TRIALS = 5
_STARTS = 3
_TRULY_EMBEDDED = 10_000
_SIDE = 2048  # of the matrices that tell what the processor can do
_STEP = 10_000  # passages between two looks at how fast adding goes
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
        for size in sizes:
            _grow(work, size, embedder)
            _measure_questions(work / "home", embedder)
            _measure_starts(work / "home")
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
    """Return the best rate of a product of 32-bit matrices on all cores, by three libraries."""
    import numpy as np
    import torch

    matrix = np.random.default_rng(0).random((_SIDE, _SIDE), np.float32)
    tensor = torch.from_numpy(matrix)
    product = _onnx_product(matrix)
    ways: tuple[Callable[[], object], ...] = (
        lambda: matrix @ matrix,
        lambda: tensor @ tensor,
        lambda: product.run(None, {"one": matrix}),
    )
    return 2 * _SIDE**3 / min(_seconds(way) for way in ways for _ in range(10))


def _onnx_product(matrix: Any) -> Any:
    """Return an ONNX Runtime session that multiplies a matrix by this one."""
    import onnx
    from onnx import helper, numpy_helper
    from onnxruntime import InferenceSession

    shape = helper.make_tensor_value_info("one", onnx.TensorProto.FLOAT, matrix.shape)
    result = helper.make_tensor_value_info("product", onnx.TensorProto.FLOAT, matrix.shape)
    node = helper.make_node("MatMul", ["one", "other"], ["product"])
    held = numpy_helper.from_array(matrix, "other")
    graph = helper.make_graph([node], "product", [shape], [result], [held])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def _grow(work: Path, size: int, embedder: Embedder) -> None:
    """Grow the library to a size, telling how long each step takes."""
    store = PassageStore(work / "home", embedder.name)
    nearby = NearbyEmbedder(embedder, _passage_texts(embedder))
    while (held := store.catalog.passage_count()) < size:
        step = min(_STEP, size - held)
        folder = work / "documents" / f"from-{held}"
        write_documents(folder, held // SECTIONS, step // SECTIONS)
        in_truth = held < _TRULY_EMBEDDED
        load = (lambda: embedder) if in_truth else (lambda: nearby)
        seconds = _seconds(add_paths, store, load, [folder], lambda _: None)
        how = "embedded" if in_truth else "without embedding"
        print(f"{held + step:,} passages: the last {step:,} added in {seconds:.0f} s, {how}")
    disk = sum(file.stat().st_size for file in (work / "home").rglob("*") if file.is_file())
    print(f"  disk: {disk / 1e6:.0f} MB, {disk / size / 1e3:.1f} kB a passage")
    store.close()


def _measure_questions(home: Path, embedder: Embedder) -> None:
    questions = [case.question for case in load_cases(SHIPPED_CASES) if case.use == "ask"]
    store = PassageStore(home, embedder.name)
    retriever = Retriever(store, embedder)
    for name, filters in _FILTERS.items():
        retriever.retrieve(questions[0], 10, filters)
        seconds = [_seconds(retriever.retrieve, question, 10, filters) for question in questions]
        print(f"  a question, {name}: {_told(seconds)}")
    store.close()


def _measure_starts(home: Path) -> None:
    words = command(home, "search", "Where are rare earths separated?", "-k", "3")
    starts = [_seconds(subprocess.check_output, words) for _ in range(_STARTS)]
    print(f"  cold start of search: {statistics.median(starts):.1f} s")
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(home)], capture_output=True, text=True, check=True
    )
    print(f"  memory of a process that searches: {int(done.stdout) / 1e3:.0f} MB")


def _seconds(act: Callable[..., object], *values: object) -> float:
    started = time.perf_counter()
    act(*values)
    return time.perf_counter() - started


def _told(seconds: Sequence[float]) -> str:
    ordered = sorted(1000 * one for one in seconds)
    late = ordered[int(0.95 * len(ordered))]
    return f"median {statistics.median(ordered):.1f} ms, p95 {late:.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
