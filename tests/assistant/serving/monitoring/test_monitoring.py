"""A server as those see it who run it: figures, traces at a collector, log lines, readiness."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import grpc
import httpx
import pytest
from fakes import write_files
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from prometheus_client.parser import text_string_to_metric_families
from server_process import command, serving

from assistant.serving.tokens import make_token

pytestmark = pytest.mark.slow
SECONDS = 60
TEXT = "# Mines\n\nMount Weld produced 12,500 t of REO in 2024.\n"
QUESTION = "How much REO did Mount Weld produce in 2024?"
CLAIM = "Mount Weld produced 12,500 t of REO in 2024."
WORDS = ("mount", "weld", "12,500", "reo")  # of the question and of the source


class Collector(trace_service_pb2_grpc.TraceServiceServicer):
    """Keeps the spans that it is sent, as OTLP has them."""

    def __init__(self) -> None:
        self.spans: list[Span] = []

    def Export(  # noqa: N802 - the name that OTLP gives it
        self, request: trace_service_pb2.ExportTraceServiceRequest, _: grpc.ServicerContext
    ) -> trace_service_pb2.ExportTraceServiceResponse:
        """Keep what is sent."""
        for resource in request.resource_spans:
            for scope in resource.scope_spans:
                self.spans.extend(scope.spans)
        return trace_service_pb2.ExportTraceServiceResponse()

    def named(self, name: str) -> list[Span]:
        return [one for one in self.spans if one.name == name]


@contextmanager
def collecting() -> Iterator[tuple[Collector, str]]:
    """Serve a collector on loopback; yield it and its address."""
    collector = Collector()
    server = grpc.server(ThreadPoolExecutor(2))
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(collector, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield collector, f"http://127.0.0.1:{port}"
    finally:
        server.stop(None)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a server that answered a question, a claim and a bad request."""

    collector: Collector
    figures: str
    log: str
    token: str


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    folder = tmp_path_factory.mktemp("monitored")
    home = folder / "home"
    files = write_files(folder / "files", {"mines.md": TEXT})
    assert command(home, "add", str(files)).returncode == 0
    token = make_token(home, "anna", "reader")
    with pytest.MonkeyPatch.context() as patch, collecting() as (collector, address):
        patch.setenv("RARE_EARTH_TRACES", address)
        with serving(home, "--require-tokens", "--log-requests") as (url, process):
            told = {"Authorization": f"Bearer {token}"}
            client = httpx.Client(base_url=url, headers=told, timeout=SECONDS)
            wait_until_ready(url)
            assert client.post("/api/v1/ask", json={"question": QUESTION}).status_code == 200
            assert client.post("/api/v1/cite", json={"claim": CLAIM}).status_code == 200
            assert client.get("/api/v1/sources/no-such-mount-weld").status_code == 404
            figures = client.get("/metrics").text
            process.terminate()
            _, log = process.communicate(timeout=SECONDS)
        yield Seen(collector, figures, log, token)


def wait_until_ready(url: str) -> None:
    """Wait until questions may be sent, for which no token is needed."""
    end = time.monotonic() + SECONDS
    while httpx.get(f"{url}/api/v1/ready").status_code != 200:
        assert time.monotonic() < end
        time.sleep(0.1)


def figures_of(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_prometheus_reads_requests_answers_and_steps(seen: Seen) -> None:
    figures = figures_of(seen.figures)
    route = (("method", "POST"), ("route", "/api/v1/ask"), ("status", "200"))
    assert figures["rare_earth_requests_total", route] == 1
    missing = (("method", "GET"), ("route", "/api/v1/sources/{source_id}"), ("status", "404"))
    assert figures["rare_earth_requests_total", missing] == 1
    assert figures["rare_earth_answers_total", (("status", "answered"),)] == 1
    assert figures["rare_earth_sources", (("state", "indexed"),)] == 1
    assert figures["rare_earth_step_seconds_count", (("step", "judge claims"),)] == 1
    assert figures["rare_earth_step_seconds_sum", (("step", "look up"),)] > 0
    assert figures["process_resident_memory_bytes", ()] > 0


def test_a_collector_gets_the_steps_of_an_answer_below_its_request(seen: Seen) -> None:
    (answer,) = seen.collector.named("answer")
    requests = {one.span_id: one for one in seen.collector.named("request")}
    request = requests[answer.parent_span_id]
    told = {one.key: one.value for one in request.attributes}
    assert told["route"].string_value == "/api/v1/ask"
    parts = {one.name for one in seen.collector.spans if one.parent_span_id == answer.span_id}
    assert "look up" in parts
    assert all(one.trace_id == request.trace_id for one in (answer,))
    (judged,) = seen.collector.named("judge claims")
    assert {one.key: one.value.int_value for one in judged.attributes} == {"claims": 1}


def test_each_request_is_a_line_of_json_with_its_trace(seen: Seen) -> None:
    lines = [json.loads(line) for line in seen.log.splitlines() if line.startswith("{")]
    asked = next(line for line in lines if line.get("route") == "/api/v1/ask")
    (answer,) = seen.collector.named("answer")
    assert asked["event"] == "request"
    assert (asked["status"], asked["who"]) == (200, "anna")
    assert asked["trace"] == answer.trace_id.hex()
    assert 0 < asked["seconds"] < SECONDS


def test_neither_question_source_nor_token_is_told(seen: Seen) -> None:
    spans = "".join(map(str, seen.collector.spans))
    for told in (spans, seen.figures, seen.log):
        assert told
        assert seen.token not in told
        assert not [word for word in WORDS if word in told.lower()]


def test_a_collector_that_is_not_there_keeps_no_answer_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = write_files(tmp_path / "files", {"mines.md": TEXT})
    assert command(tmp_path / "home", "add", str(files)).returncode == 0
    monkeypatch.setenv("RARE_EARTH_TRACES", "http://127.0.0.1:9")
    started = time.monotonic()
    told = command(tmp_path / "home", "ask", QUESTION)
    assert told.returncode == 0
    assert "12,500" in told.stdout
    assert time.monotonic() - started < SECONDS / 2


def test_an_address_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RARE_EARTH_TRACES", "collector:4317")
    told = command(tmp_path / "home", "sources", "list")
    assert told.returncode == 1
    assert "traces is 'collector:4317'" in told.stderr
