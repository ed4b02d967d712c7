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


@dataclass(frozen=True, slots=True)
class _Said:
    """A clause in its sentence: the lemmas of its words, whether it denies, whether it only plans.

    `subject` and `others` are the lemmas of names by which its roles are told.
    """

    verb: str
    words: frozenset[str]
    is_negated: bool
    is_open: bool
    subject: frozenset[str]
    others: frozenset[str]


def clauses_differ(sentence: Sequence[Sentence], quoted: Sequence[Sentence]) -> bool:
    """Tell whether a clause of a sentence is denied, only planned, or turned round in quotes."""
    held = [one for each in quoted for one in _said(each)]
    if any(map(_denies, sentence)) and held and not any(map(_denies, quoted)):
        return True
    if _denied_nouns(sentence) and _denied_nouns(quoted):
        plain = {w.lemma for each in sentence for w in each.words} - _denied_nouns(sentence)
        if _denied_nouns(quoted) & plain:
            return True
    for one in (one for each in sentence for one in _said(each)):
        alike = [other for other in held if other.verb == one.verb]
        if not alike:
            continue
        best = max(alike, key=lambda other: len(other.words & one.words))
        if best.is_negated != one.is_negated or (best.is_open and not one.is_open):
            return True
        if best.subject and best.subject & one.others and not best.subject & one.subject:
            return True
    return False


def _denied_nouns(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the nouns right behind a negation: "and not knowledge"."""
    found = set()
    for sentence in sentences:
        ends = [m.end for m in find_terms("markers", sentence.text) if m.meaning == "negation"]
        for word in sentence.words:
            if word.tag.startswith("NN") and any(0 < word.start - end <= 1 for end in ends):
                found.add(word.lemma)
    return frozenset(found)


def _said(sentence: Sentence) -> Iterator[_Said]:
    for clause in sentence.clauses:
        if sentence.words[clause.predicate].is_verb:
            yield _read(sentence, clause)


def _read(sentence: Sentence, clause: Clause) -> _Said:
    words = sentence.words
    own = [at for at in sentence.subtree(clause.predicate) if _is_own(sentence, clause, at)]
    subject = sentence.subtree(clause.subject) if clause.subject >= 0 else ()
    lemmas = frozenset(words[at].lemma for at in (*own, *subject))
    names = others = frozenset[str]()
    if not clause.is_passive:  # there who acts is not the subject
        names = frozenset(words[at].lemma for at in subject if words[at].is_name)
        others = frozenset(words[at].lemma for at in own if words[at].is_name) - names
    return _Said(
        words[clause.predicate].lemma,
        lemmas,
        clause.is_negated or _has_negation(sentence, subject),
        _is_open(clause),
        names,
        others,
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


def _is_open(clause: Clause) -> bool:
    """Tell whether a clause says what may, will or is to be."""
    auxiliaries = set(clause.auxiliaries)
    ability = load_vocabulary().words("markers", "ability")
    is_infinitive = "to" in auxiliaries and clause.outer >= 0
    return is_infinitive or bool(auxiliaries & {*ability, *grammar_words("future")})
