"""OpenVINO tells its makers nothing."""

import json
from pathlib import Path

import pytest
from processes import start


@pytest.mark.slow
def test_nobody_is_told_that_it_was_loaded(tmp_path: Path) -> None:
    script = """
        import json, os, socket, sys

        asked = []
        sys.addaudithook(lambda event, given: asked.append(event) if "socket." in event else None)
        os.environ["HOME"] = sys.argv[1]

        from index.embedding import PACKAGED_MODEL, load_embedder

        load_embedder(PACKAGED_MODEL).embed(["oxide"])
        told = [name for name in sys.modules if name.startswith("openvino_telemetry.")]
        print(json.dumps([asked, told, os.listdir(sys.argv[1])]))
    """
    out, _ = start(script, str(tmp_path)).communicate(timeout=120)
    assert json.loads(out) == [[], [], []]
