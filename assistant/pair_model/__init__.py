"""A small model that reads one text beside another: a claim or question beside a statement."""

from assistant.pair_model.encoders import Encoder, load_e5_small
from assistant.pair_model.model import PairModel, TextReader, load_text_reader
from assistant.pair_model.pair_text import Tokens

__all__ = [
    "Encoder",
    "PairModel",
    "TextReader",
    "Tokens",
    "load_e5_small",
    "load_text_reader",
]
