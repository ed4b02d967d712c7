"""What a sentence adds to the words that it was written from.

A word adds nothing where its stem stands there or in what is recorded beside it, and otherwise
where a word there is near to it in meaning. How near it must be depends on what it does: who adds a
noun adds a thing, who adds an adverb a degree; a superlative, a count and "all" must stand there.
"""

from collections.abc import Iterator, Mapping, Sequence

from assistant.citing.nearness import ContentWord, content_of, open_words
from assistant.citing.parties import are_exchanged
from assistant.citing.slots import are_turned, read
from corpus.language.measures import find_terms
from corpus.language.words import fold, word_spans
from index.embedding import Embedder
from index.facts.fact_context import stem

_LEAST: Mapping[str, float] = {  # cosine of the nearest word, by the kind of a word
    "name": 0.6,
    "count": 1.1,
    "compared": 1.1,
    "noun": 0.45,
    "quality": 0.4,
}
_MOVED = frozenset(("up", "down", "change"))  # of figures, which are compared as such


def adds_words(sentence: str, said: Sequence[str], around: Sequence[str], model: Embedder) -> bool:
    """Tell whether a sentence says what nothing speaks of that it was written from.

    `said` are the quotes of the sentence; `around` is what stands beside them, and what was asked.
    """
    text, beside = " ".join(said), " ".join(around)
    whole = f"{text} {beside}"
    own, quoted, held = read(sentence), read(text), read(whole)
    if are_turned(own, quoted) or are_exchanged(own.parties, quoted.parties):
        return True
    if (own.universals and not held.universals) or (own.superlatives and not held.superlatives):
        return True
    if own.terms["bases"] - held.terms["bases"]:
        return True
    stems = {stem(fold(whole[start:end])) for start, end in word_spans(whole)}
    alone = [word for word in _told_words(sentence) if word.stem not in stems]
    if not alone:
        return False
    of_sentence, *others = model.token_vectors([sentence, text, beside])
    nearest: dict[ContentWord, float] = {}
    for other in others:
        for one in open_words(alone, stems, of_sentence, other):
            nearest[one.word] = max(nearest.get(one.word, -1.0), one.cosine)
    return any(cosine < _LEAST.get(word.kind, -1.0) for word, cosine in nearest.items())


def _told_words(sentence: str) -> Iterator[ContentWord]:
    """Yield the words of a sentence, but for those that join it to others or move a figure."""
    read_else = [
        (one.start, one.end)
        for table, kinds in (("markers", _MOVED), ("grammar", {"connective"}))
        for one in find_terms(table, sentence)
        if one.meaning in kinds
    ]
    for word in content_of(sentence):
        if not any(start < word.end and word.start < end for start, end in read_else):
            yield word
