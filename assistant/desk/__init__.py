"""What readers work with and keep: conversations, ratings, collections, grids, filters told."""

from assistant.desk.conversations import (
    ConversationHead,
    Conversations,
    ConversationTurn,
    KeptConversation,
)
from assistant.desk.ratings import Rating, Ratings
from assistant.desk.recorded_answers import OpenConversation, RecordedAnswer, RecordReader

__all__ = [
    "ConversationHead",
    "ConversationTurn",
    "Conversations",
    "KeptConversation",
    "OpenConversation",
    "Rating",
    "Ratings",
    "RecordReader",
    "RecordedAnswer",
]
