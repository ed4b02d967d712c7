"""Who has which part in a deal, by the verbs that tell it: who buys of whom, who lends to whom.

The verbs and the parts that their subject and prepositions have are those of `frames.tsv`.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from corpus.facts.fact import Role
from corpus.language.clauses import Clause, Sentence
from corpus.language.vocabulary import load_vocabulary, split_forms
from corpus.language.words import content_words
from index.facts.fact_context import stem

_OF_NAME = ("compound", "nmod", "appos")
OPPOSITE_ROLES: Mapping[Role, Role] = {
    "buyer": "seller",
    "seller": "buyer",
    "lender": "borrower",
    "borrower": "lender",
    "owner": "owned",
    "owned": "owner",
    "origin": "destination",
    "destination": "origin",
}
_OPPOSED = frozenset((*OPPOSITE_ROLES.items(), ("buyer", "owned"), ("owned", "buyer")))
_IN_DEAL = frozenset[str](OPPOSITE_ROLES)


def parties_of(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Yield the role and the stem of each noun that has a part in a deal."""
    words = sentence.words
    for clause in sentence.clauses:
        roles = _frames().get(words[clause.predicate].lemma.casefold())
        if not roles:
            continue
        if not clause.is_passive:
            yield from _as(sentence, clause.subject, roles.get("subject", ""))
        for noun in (clause.subject,) if clause.is_passive else clause.objects:
            given = words[noun].relation == "dative" if noun >= 0 else False
            yield from _as(sentence, noun, roles.get("dative" if given else "object", ""))
        for preposition, noun in _tied(sentence, clause):
            slot = words[preposition].text.casefold()
            role = roles.get("subject" if clause.is_passive and slot == "by" else slot, "")
            yield from _as(sentence, noun, role)


def are_exchanged(claimed: Collection[tuple[str, str]], said: Collection[tuple[str, str]]) -> bool:
    """Tell whether somebody has in one the part that is opposite to his part in the other."""
    if any(one in said for one in claimed):
        return False
    return any(
        noun == other and (role, part) in _OPPOSED for role, noun in claimed for part, other in said
    )


def _tied(sentence: Sentence, clause: Clause) -> Iterator[tuple[int, int]]:
    """Yield each preposition with its noun, of the verb, or of a name anywhere below the verb."""
    tied = {one.preposition: one.noun for one in clause.obliques}
    words = sentence.words
    for at in sentence.subtree(clause.predicate):
        if words[at].relation == "prep":
            for noun in sentence.children(at):
                if words[noun].relation == "pobj" and words[noun].is_name:
                    tied.setdefault(at, noun)
    yield from tied.items()


def _as(sentence: Sentence, at: int, role: str) -> Iterator[tuple[str, str]]:
    words = sentence.words
    if at < 0 or role not in _IN_DEAL:
        return
    for one in (at, *(c for c in sentence.children(at) if words[c].relation in _OF_NAME)):
        if words[one].tag[0] == "N":
            for word in content_words(words[one].text):
                yield role, stem(word)


@cache
def _frames() -> Mapping[str, Mapping[str, str]]:
    """Return the role of each slot of a verb; of a verb of several frames that of the first."""
    found: dict[str, dict[str, str]] = {}
    for row in load_vocabulary().rows("frames"):
        for verb in split_forms(row["verbs"]):
            roles = found.setdefault(verb, {})
            for slot in ("subject", "object", "dative", "to", "from"):
                for role in split_forms(row[slot])[:1]:
                    roles.setdefault(slot, role)
    return found
