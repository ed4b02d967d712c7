"""Over a secure connection an endpoint is as safe to ask and as quick to leave."""

import socket
import ssl
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from certificates import certificate
from endpoint_models import QUESTION, failure, model_at, written
from fault_server import answers, drips, is_silent, serving

from assistant.language_model import Allowance, ModelStoppedError

SOON_SECONDS = 1.0


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Return what makes a server secure, and have this machine trust it."""
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    return context


def test_a_certificate_that_the_system_trusts_is_trusted(
    tmp_path: Path, secure: ssl.SSLContext
) -> None:
    with serving(answers("Ore."), secure=secure) as server:
        assert written(model_at(server.address, tmp_path)) == "Ore."


def test_another_certificate_is_not_trusted(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    with serving(answers("Ore."), secure=context) as server:
        assert failure(model_at(server.address, tmp_path)).startswith(
            f"no secure connection to {server.address} can be made"
        )
        assert server.received == []


def test_a_secure_connection_ends_with_the_iterator(tmp_path: Path, secure: ssl.SSLContext) -> None:
    with serving(drips("ore ", 0.02), secure=secure) as server:
        with closing(model_at(server.address, tmp_path).write(QUESTION, Allowance.of(20))) as came:
            next(came)
        assert server.closed_by_client.wait(SOON_SECONDS)


def test_a_silent_secure_connection_ends_with_a_stop(
    tmp_path: Path, secure: ssl.SSLContext
) -> None:
    allowance = Allowance.of(20)
    with serving(is_silent, secure=secure) as server:
        timer = threading.Timer(0.5, allowance.stop.set)
        timer.start()
        began = time.monotonic()
        with pytest.raises(ModelStoppedError):
            list(model_at(server.address, tmp_path).write(QUESTION, allowance))
        assert time.monotonic() - began < 0.5 + SOON_SECONDS
        assert server.closed_by_client.wait(SOON_SECONDS)
        timer.join()


def test_a_connection_that_never_becomes_secure_ends_in_time(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:  # takes connections and says nothing
        began = time.monotonic()
        address = f"https://127.0.0.1:{mute.getsockname()[1]}/v1"
        assert "had written nothing" in failure(model_at(address, tmp_path), 0.5)
        assert time.monotonic() - began < 0.5 + SOON_SECONDS


def test_a_stop_ends_a_connection_that_is_becoming_secure(tmp_path: Path) -> None:
    allowance = Allowance.of(20)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        timer = threading.Timer(0.5, allowance.stop.set)
        timer.start()
        address = f"https://127.0.0.1:{mute.getsockname()[1]}/v1"
        with pytest.raises(ModelStoppedError):
            list(model_at(address, tmp_path).write(QUESTION, allowance))
        assert [each for each in threading.enumerate() if each.name == "language-model"] == []
        timer.join()
