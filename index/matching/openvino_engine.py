"""The door to OpenVINO, which runs graphs of models on the CPU.

Where a processor multiplies numbers of 16 bits (bfloat16, with seven bits of fraction), graphs are
run in these, two to three times as fast; elsewhere in 32 bits.
"""

import gc
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus.workers.cores import core_count

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SWITCH_SECONDS = 0.001
_GARBAGE = (20_000, 20, 20)  # gc.set_threshold
_TELEMETRY = "openvino_telemetry"  # tells its makers that it was loaded, unless it is not there


@dataclass(frozen=True, slots=True)
class EncoderGraph:
    """A graph, and the arrays that its constants are read from, which must outlive it."""

    model: Any
    constants: Mapping[str, Any]


class Session:
    """A graph made ready to run, for any number of threads.

    A run takes one core: texts go side by side instead. Weights are read where they are.
    """

    def __init__(self, graph: EncoderGraph) -> None:
        self._graph = graph
        self._compiled = _engine().compile_model(graph.model, "CPU", _options())
        self._own = threading.local()

    def run(
        self, outputs: Sequence[str], given: "Mapping[str, NDArray[Any]]"
    ) -> "list[NDArray[np.float32]]":
        """Return what comes out by these names, an array each."""
        request = self._request()
        request.infer(dict(given), share_inputs=True)
        return [request.get_tensor(name).data.copy() for name in outputs]

    def _request(self) -> Any:
        """Return this thread's own place for what goes in and comes out."""
        if not hasattr(self._own, "request"):
            self._own.request = self._compiled.create_infer_request()
        return self._own.request


def load_openvino() -> Any:
    """Return OpenVINO, without the part of it that would tell its makers of each start."""
    sys.modules.setdefault(_TELEMETRY, None)  # type: ignore[arg-type]  # None: not to be imported
    import openvino

    return openvino


@cache
def _engine() -> Any:
    _share_the_process()
    return load_openvino().Core()


@cache
def _options() -> dict[str, Any]:
    """Return how graphs are run: as many at once as there are cores, on a core each."""
    cores = core_count()
    return {
        "INFERENCE_PRECISION_HINT": _precision(),
        "INFERENCE_NUM_THREADS": cores,
        "NUM_STREAMS": cores,
        "ENABLE_CPU_PINNING": False,
    }


def _precision() -> str:
    able = _engine().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return "bf16" if "BF16" in able else "f32"


def _share_the_process() -> None:
    """Have models, and what reads texts in Python, get on side by side.

    Products of numpy take one core: threads beside spin for work, and take it away. A thread that
    comes back from a model soon goes on. What readers remember of texts are many small objects
    that stay: they are not searched for garbage again and again.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.set_threshold(*_GARBAGE)
