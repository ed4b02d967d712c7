"""Sends the steps of answers to a collector, by OTLP over gRPC, where the reader set its address.

It is chromadb that brings OpenTelemetry's SDK and its exporter along.
"""

from functools import cache
from importlib.metadata import version
from urllib.parse import urlsplit

from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from assistant.observing.steps import LIBRARY, send_steps

_TIMEOUT_SECONDS = 3


@cache
def _provider() -> TracerProvider:
    """Return what takes the steps of this process."""
    about = {SERVICE_NAME: LIBRARY, SERVICE_VERSION: version(LIBRARY)}
    provider = TracerProvider(resource=Resource(about))
    send_steps(provider)
    return provider


@cache
def send_traces(address: str) -> None:
    """Have the steps of this process sent to a collector at an address, http or https.

    A collector that is not there is passed over: what cannot be sent is dropped.
    """
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

    is_plain = urlsplit(address).scheme == "http"
    hear_steps(
        BatchSpanProcessor(OTLPSpanExporter(address, insecure=is_plain, timeout=_TIMEOUT_SECONDS))
    )


def hear_steps(listener: SpanProcessor) -> None:
    """Have the steps of this process told to a listener as well."""
    _provider().add_span_processor(listener)


def flush_traces() -> None:
    """Send what was not sent yet, within some seconds: a process that a signal ends sends no more.

    Whoever ends otherwise need not ask for it.
    """
    _provider().force_flush(_TIMEOUT_SECONDS * 1000)
