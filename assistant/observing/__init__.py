"""Observing: the steps of an answer as OpenTelemetry spans, and where they are sent."""

from assistant.observing.steps import step, step_by_step
from assistant.observing.traces import flush_traces, hear_steps, send_traces

__all__ = ["flush_traces", "hear_steps", "send_traces", "step", "step_by_step"]
