"""Joining a Ray cluster for the length of a piece of work, and telling its faults."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from corpus.extras import missing_extra
from index.errors import ClusterError

LOCAL = "local"  # in place of an address: a cluster of this machine alone, while it is used
_LOOPBACK = "127.0.0.1"
_CONNECT_SECONDS = 5.0


@contextmanager
def joined(address: str) -> Iterator[None]:
    """Join the cluster at HOST:PORT, of which this machine is a node; leave it at the end.

    Raises ClusterError where there is none, and where it fails meanwhile.
    """
    if run := missing_extra("ray", "ray", "pyarrow"):
        raise ClusterError(f"work on many machines needs Ray; run: {run}")
    _check_address(address)
    _be_silent()
    import ray
    from ray.exceptions import RayError

    try:
        _join(address)
    except (ConnectionError, RuntimeError, ValueError, RayError) as error:
        raise ClusterError(
            f"no Ray cluster can be joined at {address} ({fault_line(error)}); start one, with "
            "this machine as a node"
        ) from error
    try:
        yield
    except RayError as error:
        raise ClusterError(
            f"the Ray cluster at {address} failed ({fault_line(error)}); what is done is kept: run "
            "the same command again, or without --ray"
        ) from error
    finally:
        ray.shutdown()


def _check_address(address: str) -> None:
    """Raise ClusterError where nothing answers; Ray itself would try for a minute."""
    if address == LOCAL:
        return
    if "://" in address:
        raise ClusterError(
            f"{address}: this machine must be a node of the cluster (ray start --address "
            "HOST:PORT); then give HOST:PORT"
        )
    host, _, port = address.rpartition(":")
    if not (host and port.isdigit()):
        raise ClusterError(f"{address} is no address of a Ray cluster; give HOST:PORT")
    try:
        with socket.create_connection((host, int(port)), _CONNECT_SECONDS):
            pass
    except OSError as error:
        raise ClusterError(
            f"nothing answers at {address} ({error.strerror or error}); start a Ray cluster there, "
            "with this machine as a node"
        ) from error


def _join(address: str) -> None:
    import ray

    told: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address == LOCAL:
        told |= {"include_dashboard": False, "_node_ip_address": _LOOPBACK}
    ray.init(address, **told)


def _be_silent() -> None:
    """Have Ray send nothing about its use, and print nothing beside our own progress."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_ENABLE_AUTO_CONNECT"] = "0"  # else what is left over starts a cluster
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    logging.getLogger("ray").setLevel(logging.ERROR)


def fault_line(error: Exception) -> str:
    """Return what an error of Ray says in one line: the last of its text."""
    return " ".join((str(error).strip().splitlines() or [type(error).__name__])[-1].split())[:200]
