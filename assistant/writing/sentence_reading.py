"""What a sentence that a model wrote mentions, read as the sentences of sources are."""

from dataclasses import dataclass
from functools import lru_cache

from corpus.facts.sentences.mentions import Mentions, is_body, read_mentions
from corpus.language.clauses import Sentence, parse_sentences, split_sentences
from corpus.language.names import find_names


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with its grammar and what it mentions."""

    text: str
    parsed: tuple[Sentence, ...]
    mentions: tuple[Mentions, ...]


def read_sentence(text: str) -> ReadSentence:
    """Return what a sentence mentions."""
    parsed = _parsed(text)
    return ReadSentence(text, parsed, tuple(map(read_mentions, parsed)))


@lru_cache(maxsize=2000)
def _parsed(text: str) -> tuple[Sentence, ...]:
    names = [(one.start, one.end) for one in find_names(text) if is_body(one.name) or one.name.kind]
    return parse_sentences(text, split_sentences(text), names)


def points_back(text: str) -> bool:
    """Tell whether the subject of a sentence is a pronoun: "It fell", "Its output fell"."""
    for sentence in _parsed(text)[:1]:
        for clause in sentence.clauses[:1]:
            subject = sentence.subtree(clause.subject) if clause.subject >= 0 else ()
            tags = [sentence.words[at].tag for at in subject]
            return "PRP$" in tags or tags in (["PRP"], ["DT"])
    return False
