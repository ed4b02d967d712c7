"""The steps of an answer as spans of OpenTelemetry: names, times, counts and kinds, never a text.

Nothing is made, and next to nothing costs, until `send_steps` says who takes the spans.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, TypeVar

from opentelemetry.trace import NoOpTracerProvider, Span, TracerProvider, use_span

Step = Literal[
    "answer", "look up", "retrieve", "choose statements", "ask model", "judge claims", "request"
]
Told = Mapping[str, bool | int | float | str]
"""Of a span: counts, shares and words of a closed set, such as a status; never what was said."""
LIBRARY = "rare-earth-assistant"
Item = TypeVar("Item")
Result = TypeVar("Result")
_told: list[TracerProvider] = [NoOpTracerProvider()]


def send_steps(provider: TracerProvider) -> None:
    """Have all steps from now on go to a provider of this process.

    It is not OpenTelemetry's global one, which chromadb sets for itself.
    """
    _told[:] = [provider]


@contextmanager
def step(name: Step) -> Iterator[Span]:
    """Yield the span of a step, within which further steps are its parts.

    Of an error that ends it the kind is told, not the words.
    """
    span = _started(name)
    with use_span(span, True, False, False), _telling_errors(span):
        yield span


def step_by_step(
    name: Step, parts: Generator[Item, None, Result], tell: Callable[[Result], Told]
) -> Generator[Item, None, Result]:
    """Return a generator all of whose work is within one span, which `tell` says the outcome of.

    Between its items the span is not current: who takes them may do so in another thread.
    """
    span = _started(name)
    try:
        while True:
            with use_span(span, False, False, False), _telling_errors(span):
                try:
                    item = next(parts)
                except StopIteration as end:
                    result: Result = end.value
                    span.set_attributes(tell(result))
                    return result
            yield item
    finally:
        parts.close()
        span.end()


def _started(name: Step) -> Span:
    return _told[0].get_tracer(LIBRARY).start_span(name)


@contextmanager
def _telling_errors(span: Span) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        span.set_attribute("error.type", type(error).__name__)
        raise
