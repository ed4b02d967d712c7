"""A small model that reads one text beside another: a claim or question beside a statement."""

from assistant.pair_model.model import PairModel, TextReader, load_reader
from assistant.pair_model.pair_text import Tokens

__all__ = ["PairModel", "TextReader", "Tokens", "load_reader"]
