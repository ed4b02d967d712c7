"""Ray clusters of two nodes on this machine, which speak on loopback alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ray.cluster_utils import Cluster

_TESTS = str(Path(__file__).parent)  # whose fakes the nodes take
LOOPBACK = "127.0.0.2"  # Ray takes 127.0.0.1 for the address of this machine in its network
_STORE_BYTES = 200 << 20  # of shared memory, of each node
_MEMORY_BYTES = 6 << 30  # that a node says it has


@contextmanager
def two_nodes(cores: int = 1) -> "Iterator[Cluster]":
    """Start a cluster of two nodes that tells nobody of its use; end it afterwards."""
    found_by = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (found_by, _TESTS)))
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_BACKEND_LOG_LEVEL"] = "fatal"
    from ray.cluster_utils import Cluster

    head = _node(cores) | {"include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    try:
        add_node(cluster, cores)
        yield cluster
    finally:
        cluster.shutdown()
        os.environ["PYTHONPATH"] = found_by


def add_node(cluster: "Cluster", cores: int = 1) -> Any:
    """Add a node to a cluster and return it."""
    return cluster.add_node(**_node(cores))


def _node(cores: int) -> dict[str, Any]:
    return {
        "num_cpus": cores,
        "object_store_memory": _STORE_BYTES,
        "memory": _MEMORY_BYTES,
        "node_ip_address": LOOPBACK,
    }
