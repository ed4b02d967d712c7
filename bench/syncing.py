"""What following a folder costs: `python -m bench.syncing [--files 10000]`.

Writes so many short articles, adds them, adds them again unchanged, then again after some were
renamed, and prints the seconds and the passages embedded of each. Everything is real, the embedding
model too; the files and the home are made in a folder for temporary files, and removed.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from index.embedding import PACKAGED_MODEL, Embedder, embedder_name, load_embedder
from index.ingestion.sync import add_paths
from index.storage.store import PassageStore

_PLACES = "Bayan Obo,Mountain Pass,Mount Weld,Kachin,Longnan,Kalgoorlie,Narva,Gebeng".split(",")
_GOODS = "NdPr oxide,dysprosium oxide,terbium metal,cerium carbonate,mixed concentrate".split(",")
_DEEDS = "put out,shipped,sold,held back,bought,priced,stockpiled,refined".split(",")
_RENAMED = 100
_SEED = 7


def main() -> int:
    """Write the files, add them three times, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="how many files (10,000)")
    arguments = parser.parse_args()
    embedder = load_embedder(PACKAGED_MODEL)
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        folder = Path(temporary) / "files"
        write_articles(folder, arguments.files)
        store = PassageStore(Path(temporary) / "home", embedder_name(PACKAGED_MODEL))
        first = _timed("first add", store, embedder, folder)
        _timed("second add, nothing changed", store, embedder, folder, first)
        for file in sorted(folder.glob("*.md"))[:_RENAMED]:
            file.rename(file.with_name(f"renamed-{file.name}"))
        _timed(f"after renaming {_RENAMED}", store, embedder, folder, first)
        size = sum(f.stat().st_size for f in store.home.rglob("*") if f.is_file())
        print(f"home: {size / 1e6:,.0f} MB, {store.catalog.passage_count():,} passages")
        store.close()
    return 0


def write_articles(folder: Path, count: int) -> None:
    """Write articles of three sentences, no two alike."""
    randomly = random.Random(_SEED)
    folder.mkdir()
    for number in range(count):
        told = (
            f"{randomly.choice(_PLACES)} {randomly.choice(_DEEDS)} {randomly.randrange(9_000):,} "
            f"tons of {randomly.choice(_GOODS)} in {randomly.randrange(2015, 2027)}."
            for _ in range(3)
        )
        text = f"# Report {number}\n\n{' '.join(told)}\n"
        (folder / f"report-{number:05}.md").write_text(text, encoding="utf-8")


def _timed(
    what: str, store: PassageStore, embedder: Embedder, folder: Path, beside: float = 0.0
) -> float:
    """Add the folder, print how long it took, also as a share of the first time."""
    started = time.perf_counter()
    report = add_paths(store, lambda: embedder, [folder], lambda _: None)
    seconds = time.perf_counter() - started
    share = f", {seconds / beside:.1%} of the first" if beside else ""
    print(
        f"{what}: {seconds:.1f} s{share}; {len(report.new)} new, {len(report.unchanged)} "
        f"unchanged, {len(report.removed)} removed, {report.embedded} embedded",
        flush=True,
    )
    return seconds


if __name__ == "__main__":
    sys.exit(main())
