"""Whether clauses deny what others say, state what others only plan, or turn their roles round.

Each clause is held against the one most like it that has the same verb; what has no like says
nothing against it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.facts.sentences.mentions import grammar_words
from corpus.language.clauses import Clause, Sentence
from corpus.language.measures import find_terms
from corpus.language.vocabulary import load_vocabulary

_TOLD = ("NN", "VB", "JJ")  # tags of words that say something


@dataclass(frozen=True, slots=True)
class _Said:
    """A clause: its lemmas, the nouns of its subject and behind its verb, and how it is meant."""

    verb: str
    words: frozenset[str]
    subject: frozenset[str]
    behind: frozenset[str]
    is_passive: bool
    is_negated: bool
    is_future: bool
    is_possible: bool

    def differs(self, other: "_Said") -> bool:
        """Tell whether another clause denies it, says it less firmly, or turns its roles round."""
        if other.is_negated != self.is_negated or other.is_possible != self.is_possible:
            return True
        if other.is_future and not self.is_future:
            return True
        if not self.subject or self.is_passive != other.is_passive:
            return False
        return bool(self.behind & other.subject) and not self.subject & other.subject


def clauses_differ(sentence: Sequence[Sentence], quoted: Sequence[Sentence]) -> bool:
    """Tell whether a clause of a sentence is denied, only planned, or turned round in quotes."""
    is_denial = any(map(_denies, sentence))
    if is_denial and quoted and not any(map(_denies, quoted)):
        return True
    denied = frozenset(lemma for each in quoted for lemma in _denied_words(each))
    affirmed = {w.lemma for each in sentence for w in each.words}
    affirmed -= {lemma for each in sentence for lemma in _denied_words(each)}
    if denied & affirmed:
        return True
    held = [one for each in quoted for one in _said(each)]
    for one in (one for each in sentence for one in _said(each)):
        alike = [other for other in held if other.verb == one.verb]
        if alike and one.differs(max(alike, key=lambda other: len(other.words & one.words))):
            return True
    return False


def _denied_words(sentence: Sentence) -> Iterator[str]:
    """Yield what negations are of: the first noun, verb or adjective behind each."""
    for found in find_terms("markers", sentence.text):
        if found.meaning == "negation":
            behind = [w for w in sentence.words if w.start >= found.end]
            yield from [w.lemma for w in behind if w.tag.startswith(_TOLD)][:1]


def _said(sentence: Sentence) -> Iterator[_Said]:
    for clause in sentence.clauses:
        if sentence.words[clause.predicate].is_verb:
            yield _read(sentence, clause)


def _read(sentence: Sentence, clause: Clause) -> _Said:
    words = sentence.words
    own = [at for at in sentence.subtree(clause.predicate) if _is_own(sentence, clause, at)]
    subject = sentence.subtree(clause.subject) if clause.subject >= 0 else ()
    nouns = [(at, word.lemma) for at, word in enumerate(words) if word.tag.startswith("NN")]
    auxiliaries = set(clause.auxiliaries)
    is_infinitive = "to" in auxiliaries and clause.outer >= 0
    return _Said(
        words[clause.predicate].lemma,
        frozenset(words[at].lemma for at in (*own, *subject)),
        frozenset(lemma for at, lemma in nouns if at in subject),
        frozenset(lemma for at, lemma in nouns if at > clause.predicate),
        clause.is_passive,
        clause.is_negated or _has_negation(sentence, subject),
        is_infinitive or bool(auxiliaries & set(grammar_words("future"))),
        bool(auxiliaries & set(load_vocabulary().words("markers", "ability"))),
    )


def _is_own(sentence: Sentence, clause: Clause, at: int) -> bool:
    """Tell whether a word is of a clause and of none within it."""
    number = sentence.clause_of(at)
    return number >= 0 and sentence.clauses[number] == clause


def _has_negation(sentence: Sentence, inside: Sequence[int]) -> bool:
    spans = [(sentence.words[at].start, sentence.words[at].end) for at in inside]
    return any(
        one.meaning == "negation" and any(s < one.end and one.start < e for s, e in spans)
        for one in find_terms("markers", sentence.text)
    )


def _denies(sentence: Sentence) -> bool:
    found = find_terms("markers", sentence.text)
    return any(one.meaning == "negation" for one in found) or any(
        clause.is_negated for clause in sentence.clauses
    )
