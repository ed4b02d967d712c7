"""What words say: times, quantities, measures, names, and which language a text is in."""

from corpus.language.identification import find_language

__all__ = ["find_language"]
