"""Files through a Ray cluster: loaded here, read and embedded by actors on all nodes."""

import logging
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from index.cluster.steps import EmbeddingStep, LoadEmbedder, ReadingStep, load_files
from index.errors import ClusterError
from index.ingestion.files import WantedFile

if TYPE_CHECKING:
    import pyarrow as pa

_LOADERS = 4  # files that are loaded at once, from the disk of this machine
_BLOCKS = 10_000  # at most into which the files are divided: each is done whole, or done again
_SHARE = 0.5  # of a core for each actor: two of them go on where one core is left
_READERS_AN_EMBEDDER = 3  # reading takes that much longer
_READER_BYTES = 1 << 30  # kept for each, beside what Ray knows of
_STUCK_SECONDS = 3600.0  # without anything done, after which a run ends


def read_tables(files: Sequence[WantedFile], load: LoadEmbedder) -> "Iterator[pa.Table]":
    """Yield what came of files as `EmbeddingStep` returns it, in no order, as it comes.

    A cluster must have been joined. A node that dies costs what it was at; others do that again.
    """
    os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
    import ray
    from ray.data import ActorPoolStrategy, DataContext, TaskPoolStrategy

    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_no_progress_timeout_s = _STUCK_SECONDS
    cores = int(ray.cluster_resources().get("CPU", 0))  # type: ignore[no-untyped-call]
    if not cores:
        raise ClusterError("the Ray cluster has no cores to read with; start a node with some")
    rows = [{"file": str(one.file), "path": one.path, "location": one.location} for one in files]
    here = ray.get_runtime_context().get_node_id()
    embedders = max(1, cores // _READERS_AN_EMBEDDER)
    read = (
        ray.data.from_items(rows, override_num_blocks=min(len(rows), _BLOCKS))
        .map_batches(
            load_files,
            batch_size=1,
            batch_format="pyarrow",
            compute=TaskPoolStrategy(min(len(rows), _LOADERS)),
            num_cpus=0,
            label_selector={"ray.io/node-id": here},
        )
        .map_batches(
            ReadingStep,
            fn_constructor_args=(load,),
            batch_size=1,
            batch_format="pyarrow",
            compute=ActorPoolStrategy(min_size=1, max_size=cores, initial_size=cores),
            num_cpus=_SHARE,
            memory=_READER_BYTES,
        )
        .map_batches(
            EmbeddingStep,
            fn_constructor_args=(load,),
            batch_size=None,
            batch_format="pyarrow",
            compute=ActorPoolStrategy(min_size=1, max_size=embedders, initial_size=embedders),
            num_cpus=_SHARE,
        )
    )
    yield from read.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0)
