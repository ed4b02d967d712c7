"""The figures of a server for Prometheus: its requests, the steps of its answers, what it holds."""

from functools import partial

from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from assistant.assistant import Assistant

FIGURES_TYPE = CONTENT_TYPE_LATEST
_PREFIX = "rare_earth"
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
_NANOSECONDS = 1e9


class Figures(SpanProcessor):
    """Counts what is served, and measures the steps of which it is told when they end."""

    def __init__(self, assistant: Assistant) -> None:
        registry = self._registry = CollectorRegistry()
        count = partial(Counter, registry=registry)
        measure = partial(Histogram, buckets=_SECONDS, registry=registry)
        labels = ("method", "route", "status")
        self._requests = count(f"{_PREFIX}_requests", "Requests served.", labels)
        self._request_seconds = measure(
            f"{_PREFIX}_request_seconds",
            "Seconds from the head of a request to the end of its answer.",
            ("route",),
        )
        self._step_seconds = measure(
            f"{_PREFIX}_step_seconds", "Seconds of a step of an answer.", ("step",)
        )
        self._answers = count(f"{_PREFIX}_answers", "Answers given.", ("status",))
        self._tokens = count(
            f"{_PREFIX}_model_tokens", "Tokens that a language model read and wrote.", ("kind",)
        )
        registry.register(_Held(assistant))
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request by the pattern of its address, so that no id is a label."""
        self._requests.labels(method, route, status).inc()
        self._request_seconds.labels(route).observe(seconds)

    def on_end(self, span: ReadableSpan) -> None:
        """Measure a step of an answer that has ended."""
        if span.end_time is None or span.start_time is None:
            return
        seconds = (span.end_time - span.start_time) / _NANOSECONDS
        self._step_seconds.labels(span.name).observe(seconds)
        told = span.attributes or {}
        if span.name == "answer" and "status" in told:
            self._answers.labels(told["status"]).inc()
        for kind in ("prompt", "completion"):
            count = told.get(f"{kind}_tokens", 0)
            if isinstance(count, int) and count > 0:
                self._tokens.labels(kind).inc(count)

    def text(self) -> bytes:
        """Return all figures in the text format of Prometheus."""
        return generate_latest(self._registry)


class _Held(Collector):
    """What a home holds, looked up when it is asked for."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def collect(self) -> list[GaugeMetricFamily]:
        """Return how many sources there are of each state."""
        sources = GaugeMetricFamily(f"{_PREFIX}_sources", "Sources held.", labels=["state"])
        states = [one.state for one in self._assistant.sources()]
        for state in sorted({"indexed", *states}):
            sources.add_metric([state], states.count(state))
        return [sources]
