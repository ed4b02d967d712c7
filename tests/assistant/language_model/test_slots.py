"""No more requests are under way at once than the settings say, over threads and processes."""

import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from endpoint_models import QUESTION, failure, model_at, written
from fault_server import answers, answers_slowly, drips, serving
from processes import start

from assistant.language_model import Allowance
from assistant.language_model.slots import Slots

WRITE = """
    import sys
    from pathlib import Path
    from endpoint_models import model_at, written
    print(written(model_at(sys.argv[1], Path(sys.argv[2]), at_once=1), 60))
"""
HOLD = """
    import sys
    from pathlib import Path
    from assistant.language_model.slots import Slots
    with Slots(Path(sys.argv[1]), 1).taken(lambda: False) as is_taken:
        print(is_taken, flush=True)
        sys.stdin.read()
"""


def test_threads_take_turns(tmp_path: Path) -> None:
    came: list[str] = []
    with serving(answers_slowly) as server:
        model = model_at(server.address, tmp_path)
        threads = [threading.Thread(target=lambda: came.append(written(model))) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert server.most_open == 2
    assert came == ["At last."] * 5


def test_a_request_that_finds_no_slot_in_time_says_so(tmp_path: Path) -> None:
    with serving(drips("ore ", 0.02)) as server:
        model = model_at(server.address, tmp_path, at_once=1)
        with closing(model.write(QUESTION, Allowance.of(20))) as under_way:
            next(under_way)
            began = time.monotonic()
            assert failure(model, 0.4) == (
                f"the language model at {server.address} is busy: 1 request is under way, as many "
                "as RARE_EARTH_MODEL_AT_ONCE allows; ask again, or raise it if the server can do "
                "more"
            )
            assert 0.4 <= time.monotonic() - began < 1.4
            assert len(server.received) == 1


def test_a_slot_is_free_again_after_any_end(tmp_path: Path) -> None:
    with serving(drips("ore ", 0.02), answers("Ore.")) as server:
        model = model_at(server.address, tmp_path, at_once=1)
        with closing(model.write(QUESTION, Allowance.of(20))) as under_way:
            next(under_way)
        assert written(model) == "Ore."


def test_each_home_counts_for_itself(tmp_path: Path) -> None:
    with serving(drips("ore ", 0.02), answers("Ore.")) as server:
        first = model_at(server.address, tmp_path / "a", at_once=1)
        with closing(first.write(QUESTION, Allowance.of(20))) as under_way:
            next(under_way)
            assert written(model_at(server.address, tmp_path / "b", at_once=1)) == "Ore."


@pytest.mark.slow
def test_processes_take_turns(tmp_path: Path) -> None:
    with serving(answers_slowly) as server:
        processes = [start(WRITE, server.address, tmp_path) for _ in range(2)]
        outs = [process.communicate(timeout=90)[0] for process in processes]
        assert server.most_open == 1
    assert outs == ["At last.\n"] * 2


@pytest.mark.slow
def test_a_slot_of_another_process_is_held_until_that_dies(tmp_path: Path) -> None:
    slots = Slots(tmp_path, 1)
    process = start(HOLD, tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    with slots.taken(lambda: False) as is_taken:
        assert not is_taken
    process.kill()
    process.communicate()
    with slots.taken(lambda: False) as is_taken:
        assert is_taken
