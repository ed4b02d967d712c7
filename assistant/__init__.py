"""Answering: evidence becomes an answer whose every sentence cites its source."""

from assistant.answer import Answer, Citation, CitedClaim, Turn
from assistant.assistant import Assistant
from assistant.settings import Settings, load_settings

__all__ = ["Answer", "Assistant", "Citation", "CitedClaim", "Settings", "Turn", "load_settings"]
