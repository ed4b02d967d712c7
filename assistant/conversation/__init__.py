"""Conversations: what a short question means after the turns before it."""

from assistant.conversation.standalone import standalone_question

__all__ = ["standalone_question"]
