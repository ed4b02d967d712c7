"""Steps as spans: whose parts they are, when they end, and that they hold no words."""

from collections.abc import Generator

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import get_current_span

from assistant.errors import AnswerError
from assistant.observing import step, step_by_step
from assistant.observing.steps import send_steps


@pytest.fixture
def spans() -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    send_steps(provider)
    return exporter


def named(spans: InMemorySpanExporter, name: str) -> ReadableSpan:
    return next(one for one in spans.get_finished_spans() if one.name == name)


def sentences() -> Generator[str, None, int]:
    with step("retrieve"):
        pass
    yield "first"
    with step("look up"):
        pass
    yield "second"
    return 2


def test_steps_within_a_step_are_its_parts(spans: InMemorySpanExporter) -> None:
    making = step_by_step("answer", sentences(), lambda count: {"sentences": count})
    assert list(making) == ["first", "second"]
    whole = named(spans, "answer")
    assert whole.attributes == {"sentences": 2}
    for part in ("retrieve", "look up"):
        parent = named(spans, part).parent
        assert parent is not None
        assert whole.context is not None
        assert parent.span_id == whole.context.span_id


def test_between_its_items_a_generator_leaves_the_context_alone(
    spans: InMemorySpanExporter,
) -> None:
    before = get_current_span()
    making = step_by_step("answer", sentences(), lambda _: {})
    next(making)
    assert get_current_span() is before
    assert not [one for one in spans.get_finished_spans() if one.name == "answer"]


def test_a_generator_that_nobody_reads_on_ends_with_its_span(spans: InMemorySpanExporter) -> None:
    ended = []

    def endless() -> Generator[int, None, None]:
        try:
            while True:
                yield 1
        finally:
            ended.append(True)

    making = step_by_step("ask model", endless(), lambda _: {})
    next(making)
    making.close()
    assert ended
    assert named(spans, "ask model").end_time


def test_of_an_error_its_kind_is_told_and_not_its_words(spans: InMemorySpanExporter) -> None:
    with pytest.raises(AnswerError), step("judge claims"):
        raise AnswerError("Mount Weld produced 12,500 t")
    span = named(spans, "judge claims")
    assert span.attributes == {"error.type": "AnswerError"}
    assert not span.events
    assert "Mount Weld" not in span.to_json()
