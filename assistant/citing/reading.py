"""A claim, read once: its facts and its parts, by the reader of sources."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Block, Page, Source
from corpus.facts import Absent, Argument, Fact, Query
from corpus.facts.sentences import sentence_facts
from corpus.language.clauses import Clause, Sentence, parse_sentences
from corpus.language.names import Name, find_names
from corpus.language.periods import find_periods
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.words import content_words

_LEAST_WORDS = 3  # of a part that says something by itself
_LEAST_TOLD = 5  # words of a part of a list that has no figure
_CLAUSE_END = re.compile(r";\s+")
_PART_END = re.compile(r";\s+|,\s+(?![^(]*\))")
_OWN = frozenset(("conj", "advcl", "relcl", "parataxis"))  # clauses that state something
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_JOINING = (",", ":", ";", "CC", ".", "``", "IN", "WDT", "WRB")  # tags of what joins a clause
_UNREAD_SOURCE = Source("claim", "", "", "", "text", "")


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim with the facts that it states, and its parts where it has some."""

    text: str
    query: Query
    facts: tuple[Fact, ...]
    parts: tuple[str, ...] = ()


def read_claim(text: str, query: Query, filer: Name | None = None) -> ReadClaim:
    """Return a claim as it is understood; `query` is the claim read as a look-up.

    A claim of a company that files reports (`filer`) is read as its own words, with its segments.
    What a claim in shorthand has no verb for is taken from the look-up.
    """
    page = Page(1, "1", text, (Block("prose", 0, len(text)),))
    source = (
        replace(_UNREAD_SOURCE, publisher=filer.text, rank="filing") if filer else _UNREAD_SOURCE
    )
    facts = sentence_facts(source, page, page.blocks[0])
    read = tuple(_completed(_with_filer(fact, filer), query) for fact in facts)
    return ReadClaim(text, query, read or tuple(_looked_up(text, query)), parts_of(text))


def _with_filer(fact: Fact, filer: Name | None) -> Fact:
    """Return a fact as one of the company that a claim is of: it has segments, and is named."""
    if filer is None:
        return fact
    segments = {a.name.key for a in fact.arguments if a.role == "segment"}
    own = [a for a in fact.arguments if a.role != "subject" or a.name.key not in segments]
    if all(a.role != "subject" or a.name.key != filer.key for a in own):
        own.append(Argument("subject", filer))
    words = content_words(filer.text)
    return replace(fact, arguments=tuple(own), rest=tuple(w for w in fact.rest if w not in words))


def _completed(fact: Fact, query: Query) -> Fact:
    """Return a fact with the slots that the sentence's reader left empty and the look-up took."""
    wanted = query.wanted
    named = {argument.name.key for argument in fact.arguments}
    more = tuple(a for a in wanted.arguments if a.name.key not in named) if not named else ()
    return replace(
        fact,
        measure=fact.measure or wanted.measure,
        arguments=(*fact.arguments, *more),
        period=fact.period or wanted.period,
        basis=fact.basis or wanted.basis,
        specification=fact.specification or wanted.specification,
    )


def _looked_up(text: str, query: Query) -> Iterator[Fact]:
    """Yield a fact for each figure of a claim of which no clause was understood."""
    for found in find_quantities(text):
        yield replace(query.wanted, value=found.quantity, rest=query.rest)


def hole_of(fact: Fact, query: Query) -> Query:
    """Return the look-up of which a fact of a claim would be the answer."""
    wanted = replace(fact, value=Absent(), rest=(), edition=query.wanted.edition, change=None)
    unit = fact.value.unit if isinstance(fact.value, Quantity) else ""
    return replace(
        query,
        wanted=wanted,
        operation="growth" if fact.change else "look-up",
        value_kind="any",
        unit=unit,
        periods=(fact.period,) if fact.period else query.periods,
        parts=(),
        rest=(),
    )


# -- parts


def parts_of(text: str) -> tuple[str, ...]:
    """Return what the clauses of a claim state, each to be read by itself; none where it is one.

    A clause whose subject stands in another one is given it.
    """
    names = [(one.start, one.end) for one in find_names(text)]
    [sentence] = parse_sentences(text, [(0, len(text))], names)
    parts = tuple(dict.fromkeys(_clause_texts(sentence)))
    is_told = any(_FINITE & {word.tag} for word in sentence.words)
    if len(parts) < 2 or any(len(content_words(part)) < _LEAST_WORDS for part in parts):
        parts = tuple(_listed_parts(text, _CLAUSE_END if is_told else _PART_END))
    return parts if len(parts) > 1 else ()


def _listed_parts(text: str, ends: re.Pattern[str]) -> Iterator[str]:
    """Yield what a claim lists, each with what the first names and when: shorthand by commas.

    "Norvik 2024 revenue EUR 12m, 300 staff" -> "Norvik 2024 revenue EUR 12m", "Norvik 2024 300
    staff"
    """
    listed = [part.strip() for part in ends.split(text)]
    is_list = all(
        any(map(str.isdigit, part)) or len(part.split()) >= _LEAST_TOLD for part in listed
    )
    if len(listed) < 2 or not is_list:
        return
    first = listed[0]
    yield first
    spans = [(one.start, one.end) for one in find_names(first)]
    spans += [(one.start, one.end) for one in find_periods(first)]
    led = " ".join(first[start:end] for start, end in sorted(spans))
    for part in listed[1:]:
        has_own = find_names(part) or find_periods(part)
        yield part if has_own else f"{led} {part}"


def _clause_texts(sentence: Sentence) -> Iterator[str]:
    stating = [c for c in sentence.clauses if _states(sentence, c)]
    heads = {clause.predicate for clause in stating}
    for clause in sorted(stating, key=lambda one: one.predicate):
        own = _own_words(sentence, clause, heads)
        own -= _joining_words(sentence, clause, own)
        subject: Sequence[int] = ()
        if clause.subject >= 0 and clause.subject not in own:
            subject = [w for w in sentence.subtree(clause.subject) if w not in own]
            subject = _without_clauses(sentence, clause.subject, subject, heads)
        yield " ".join(filter(None, (_text_of(sentence, subject), _text_of(sentence, sorted(own)))))


def _states(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a clause states something: it has a verb, and is no complement of another."""
    word = sentence.words[clause.predicate]
    helping = {sentence.words[c].tag for c in sentence.children(clause.predicate)}
    if word.relation == "advcl" and word.tag == "VBG":
        return True
    is_finite = not _FINITE.isdisjoint({word.tag, *helping})
    is_root = word.head == clause.predicate
    return is_root or (is_finite and word.relation in _OWN)


def _own_words(sentence: Sentence, clause: Clause, heads: set[int] | frozenset[int]) -> set[int]:
    own = set(sentence.subtree(clause.predicate))
    for other in heads:
        if other != clause.predicate and other in own:
            own -= set(sentence.subtree(other))
    return own


def _joining_words(sentence: Sentence, clause: Clause, own: set[int]) -> set[int]:
    """Return the words that only join a clause to the one above it: "since", "that", "but"."""
    if sentence.words[clause.predicate].head == clause.predicate:
        return set()
    joining = set()
    for at in sorted(own):
        if sentence.words[at].tag not in _JOINING or at in (clause.predicate, clause.subject):
            break
        joining.add(at)
    return joining


def _without_clauses(
    sentence: Sentence, head: int, words: Sequence[int], heads: set[int] | frozenset[int]
) -> Sequence[int]:
    inner = {w for other in heads if other != head for w in sentence.subtree(other)}
    return [w for w in words if w not in inner or w == head]


def _text_of(sentence: Sentence, words: Sequence[int]) -> str:
    """Return the words of a clause as they are written, without what only joins it to another."""
    kept = [sentence.words[at] for at in words]
    while kept and kept[-1].tag in _JOINING:
        kept = kept[:-1]
    told, end = "", -1
    for word in kept:
        told += (" " if -1 < end < word.start else "") + word.text
        end = word.end
    return told
