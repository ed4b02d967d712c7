"""What a sentence that a model wrote says, read as the sentences of sources are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Block, Page, Source
from corpus.facts import Fact
from corpus.facts.sentences import sentence_facts
from corpus.facts.sentences.mentions import Mentions, is_body, read_mentions
from corpus.language.clauses import Sentence, parse_sentences, split_sentences
from corpus.language.names import find_names

_WRITTEN = Source(id="written", location="", path="", title="", file_type="text", sha256="")


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with its grammar, what it mentions, and the facts that it states."""

    text: str
    parsed: tuple[Sentence, ...]
    mentions: tuple[Mentions, ...]
    facts: tuple[Fact, ...]


def read_sentence(text: str, before: Sequence[str] = ()) -> ReadSentence:
    """Return what a sentence says after others, to which "it" and "that year" may point."""
    lead = " ".join((*before, ""))
    facts = [fact for fact in _facts(lead + text) if fact.place.start >= len(lead)]
    return ReadSentence(text, parsed(text), tuple(map(read_mentions, parsed(text))), tuple(facts))


@lru_cache(maxsize=2000)
def parsed(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text with their grammar."""
    names = [(one.start, one.end) for one in find_names(text) if is_body(one.name) or one.name.kind]
    return parse_sentences(text, split_sentences(text), names)


@lru_cache(maxsize=200)
def _facts(text: str) -> tuple[Fact, ...]:
    block = Block("prose", 0, len(text))
    return sentence_facts(_WRITTEN, Page(1, "1", text, (block,)), block)


def points_back(text: str) -> bool:
    """Tell whether the subject of a sentence is a pronoun: "It fell", "Its output fell"."""
    for sentence in parsed(text)[:1]:
        for clause in sentence.clauses[:1]:
            subject = sentence.subtree(clause.subject) if clause.subject >= 0 else ()
            tags = [sentence.words[at].tag for at in subject]
            return "PRP$" in tags or tags in (["PRP"], ["DT"])
    return False
