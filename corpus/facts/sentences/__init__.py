"""Facts of running text: what each clause with a figure, a date or a list of names says."""

from corpus.facts.sentences.sentence_facts import (
    facts_of_sentence,
    read_sentences,
    sentence_facts,
)

__all__ = ["facts_of_sentence", "read_sentences", "sentence_facts"]
