"""A small model that reads one text beside another: a claim or question beside a statement."""

from assistant.pair_model.model import PairModel, TextReader, load_reader

__all__ = ["PairModel", "TextReader", "load_reader"]
