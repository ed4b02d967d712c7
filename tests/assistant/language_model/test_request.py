"""A request is tried again where that helps, ends in time whatever comes, and leaves nothing."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path

import pytest
from endpoint_models import QUESTION, failure, model_at, written
from fault_server import (
    HEAD,
    Connection,
    FaultServer,
    answers,
    breaks_off,
    drips,
    is_silent,
    refuses,
    sends,
    serving,
)

from assistant.language_model import Allowance, ModelStoppedError

SOON_SECONDS = 1.0  # on a busy machine; it is some hundredths


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    import llama_index.llms.openai_like  # noqa: F401  the first request would wait for it


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """Hold each test to leave no thread and no open file or socket of ours behind."""
    before = _open_files()
    yield
    assert [each for each in threading.enumerate() if each.name == "language-model"] == []
    until = time.monotonic() + 5  # the test's server closes its side a moment later
    while _open_files() > before and time.monotonic() < until:
        time.sleep(0.02)
    assert _open_files() <= before


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def gaps(server: FaultServer) -> list[float]:
    """Return the seconds between the requests that a server received."""
    moments = [each.moment for each in server.received]
    return [after - before for before, after in pairwise(moments)]


@pytest.mark.parametrize(
    "first",
    [refuses(429), refuses(500), refuses(503), breaks_off(), answers()],
    ids=["429", "500", "503", "broken", "empty"],
)
def test_what_may_pass_is_tried_again(first: object, tmp_path: Path) -> None:
    with serving(first, answers("Ore.")) as server:  # type: ignore[arg-type]
        assert written(model_at(server.address, tmp_path)) == "Ore."
        assert len(server.received) == 2


def test_tries_are_few_and_ever_further_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.language_model.request.FIRST_WAIT_SECONDS", 0.2)
    with serving(refuses(500)) as server:
        failure(model_at(server.address, tmp_path))
        first, second, third = gaps(server)
    assert 0.1 <= first < 0.2 + SOON_SECONDS
    assert 0.2 <= second < 0.4 + SOON_SECONDS
    assert 0.4 <= third < 0.8 + SOON_SECONDS


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_what_cannot_pass_is_not_tried_again(status: int, tmp_path: Path) -> None:
    with serving(refuses(status)) as server:
        failure(model_at(server.address, tmp_path))
        assert len(server.received) == 1


def test_once_text_came_nothing_is_tried_again(tmp_path: Path) -> None:
    with serving(breaks_off("China ")) as server:
        failure(model_at(server.address, tmp_path))
        assert len(server.received) == 1


def test_the_seconds_told_are_waited(tmp_path: Path) -> None:
    with serving(refuses(429, "", "Retry-After: 1\r\n"), answers("Ore.")) as server:
        assert written(model_at(server.address, tmp_path)) == "Ore."
        (gap,) = gaps(server)
    assert 1 <= gap < 1 + SOON_SECONDS


def test_the_moment_told_is_waited_for(tmp_path: Path) -> None:
    moment = int(time.time()) + 2
    header = f"Retry-After: {formatdate(moment, usegmt=True)}\r\n"
    with serving(refuses(503, "", header), answers("Ore.")) as server:
        assert written(model_at(server.address, tmp_path)) == "Ore."
    assert moment <= time.time() < moment + 1 + SOON_SECONDS


def test_what_is_told_to_take_too_long_is_not_waited_for(tmp_path: Path) -> None:
    with serving(refuses(429, "", "Retry-After: 30\r\n")) as server:
        began = time.monotonic()
        assert failure(model_at(server.address, tmp_path)).endswith("ask again in 30 seconds")
        assert time.monotonic() - began < SOON_SECONDS
        assert len(server.received) == 1


def drips_an_event(connection: Connection) -> None:
    """Send one event letter by letter."""
    connection.send(HEAD)
    for _ in range(300):
        connection.chunk("d")
        time.sleep(0.05)


def drips_its_head(connection: Connection) -> None:
    """Send the head of the response letter by letter."""
    for _ in range(300):
        connection.send("H")
        time.sleep(0.05)


def drips_an_error(connection: Connection) -> None:
    """Send an error letter by letter."""
    connection.send("HTTP/1.1 500 Bad\r\nContent-Length: 9999\r\n\r\n")
    for _ in range(300):
        connection.send("e")
        time.sleep(0.05)


@pytest.mark.parametrize("behaviour", [is_silent, drips_an_event, drips_its_head, drips_an_error])
def test_the_allowance_is_kept_whatever_is_slow(behaviour: object, tmp_path: Path) -> None:
    with serving(behaviour) as server:  # type: ignore[arg-type]
        began = time.monotonic()
        assert "had written nothing after" in failure(model_at(server.address, tmp_path), 0.5)
        assert 0.5 <= time.monotonic() - began < 0.5 + SOON_SECONDS
        assert server.closed_by_client.wait(SOON_SECONDS)


def test_an_answer_that_does_not_end_is_told_apart_from_none(tmp_path: Path) -> None:
    with serving(drips("ore ", 0.05)) as server:
        began = time.monotonic()
        assert failure(model_at(server.address, tmp_path), 0.5) == (
            f"the language model some-model at {server.address} had not finished its answer after "
            "20 seconds; take a smaller model or raise RARE_EARTH_MODEL_SECONDS"
        )
        assert 0.5 <= time.monotonic() - began < 0.5 + SOON_SECONDS
        assert server.closed_by_client.wait(SOON_SECONDS)


def test_no_time_left_asks_nothing(tmp_path: Path) -> None:
    with serving(answers("Ore.")) as server:
        failure(model_at(server.address, tmp_path), 0)
        assert server.received == []


def test_an_enormous_answer_is_cut(tmp_path: Path) -> None:
    with serving(drips("ore " * 100, 0)) as server:
        assert written(model_at(server.address, tmp_path)) == "ore " * 6000
        assert server.closed_by_client.wait(SOON_SECONDS)


def test_an_enormous_piece_is_cut(tmp_path: Path) -> None:
    with serving(answers("ore " * 100_000)) as server:
        assert written(model_at(server.address, tmp_path)) == "ore " * 6000


def test_a_line_without_end_is_given_up(tmp_path: Path) -> None:
    with serving(sends(*["x" * 100_000] * 100)) as server:
        assert failure(model_at(server.address, tmp_path)) == (
            f"the language model at {server.address} sends more than an answer can be; look into "
            "its log, or take another model"
        )


@pytest.mark.parametrize("behaviour", [is_silent, drips("ore ", 0.05), refuses(500)])
def test_a_stop_from_another_thread_ends_it(behaviour: object, tmp_path: Path) -> None:
    allowance = Allowance.of(20)
    with serving(behaviour) as server:  # type: ignore[arg-type]
        timer = threading.Timer(0.3, allowance.stop.set)
        timer.start()
        began = time.monotonic()
        with pytest.raises(ModelStoppedError):
            list(model_at(server.address, tmp_path).write(QUESTION, allowance))
        assert time.monotonic() - began < 0.3 + SOON_SECONDS
        timer.join()


def test_closing_the_iterator_closes_the_connection(tmp_path: Path) -> None:
    with serving(drips("ore ", 0.02)) as server:
        with closing(model_at(server.address, tmp_path).write(QUESTION, Allowance.of(20))) as came:
            assert next(came).text == "ore "
        assert server.closed_by_client.wait(SOON_SECONDS)


def test_what_came_in_time_is_read_also_after_it(tmp_path: Path) -> None:
    with serving(answers("Nigeria ", "mined ", "ore.")) as server:
        pieces = model_at(server.address, tmp_path).write(QUESTION, Allowance.of(0.5))
        came = [next(pieces).text]
        time.sleep(0.8)
        came += [piece.text for piece in pieces]
    assert "".join(came) == "Nigeria mined ore."


@pytest.mark.parametrize("name", ["max_tokens", "temperature", "stream_options"])
def test_a_parameter_that_an_endpoint_refuses_is_left_out(name: str, tmp_path: Path) -> None:
    error = {"error": {"message": f"Unsupported parameter: '{name}' is not supported here."}}
    with serving(refuses(400, error), answers("Mined.")) as server:
        assert written(model_at(server.address, tmp_path)) == "Mined."
        first, second = server.received
    assert first.body[name] != second.body.get(name)


def test_a_parameter_that_is_refused_again_is_told(tmp_path: Path) -> None:
    error = {"error": {"message": "temperature is wrong"}}
    with serving(refuses(400, error)) as server:
        assert "temperature is wrong" in failure(model_at(server.address, tmp_path))
        assert len(server.received) == 2
