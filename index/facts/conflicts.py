"""Where sources contradict each other: two publishers, or two files of one.

What a newer edition supersedes is no conflict. A source that gives one thing two values means two
things by it that were not understood, and contradicts nobody.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus.facts import Fact
from corpus.facts.contradiction import (
    contradict,
    same_but_for_values,
    topics,
    values_apart,
)
from corpus.facts.statement import Statement
from corpus.language.names import Name, fullest_names
from index.facts.ledger import Ledger, LedgerFact, is_newer_edition, same_value
from index.passage import Filters
from index.storage.fact_rows import singular_words

_MOST_OF_A_TOPIC = 400  # facts; a topic of more is no topic


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts that say the same thing with values apart, one of each value, the best source first."""

    facts: tuple[LedgerFact, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A fact of the ledger with the statement that it makes."""

    one: LedgerFact
    statement: Statement


def conflicts(ledger: Ledger, filters: Filters = Filters()) -> tuple[Conflict, ...]:
    """Return where sources contradict each other."""
    return _among(ledger, tuple(ledger.select(["1"], [], ledger.sources(filters))))


def conflicts_about(
    ledger: Ledger, measures: Collection[str], filters: Filters = Filters()
) -> tuple[Conflict, ...]:
    """Return where sources contradict each other in facts of some measures."""
    condition = "measure IN (SELECT value FROM json_each(?))"
    values = [json.dumps(sorted(measures))]
    return _among(ledger, tuple(ledger.select([condition], values, ledger.sources(filters))))


def rivals_among(
    held: Sequence[LedgerFact],
    said: Sequence[LedgerFact],
    differ: Callable[[Fact, Fact], bool] | None = None,
) -> tuple[tuple[LedgerFact, LedgerFact], ...]:
    """Return pairs of a held fact and one that says the very same thing with another value.

    Their rows and sources tell held facts from those that are said. Which of two is of a newer
    edition is left to the caller; what is ambiguous, as for conflicts, is no rival. `differ` tells
    where values are others; without it, those that lie apart beyond both precisions.
    """
    facts = (*held, *said)
    labels = _labels(facts)
    rows = {one.row for one in held}
    found: dict[tuple[int, int], tuple[LedgerFact, LedgerFact]] = {}
    for group in _topics(facts).values():
        own = [candidate for candidate in group if candidate.one.row in rows]
        others = [candidate for candidate in group if candidate.one.row not in rows]
        for candidate in own:
            around = (candidate, *others)
            for other in others if len(others) <= _MOST_OF_A_TOPIC else ():
                if differ is None:
                    is_rival = _are_apart(candidate, other, around, labels)
                else:
                    is_rival = differ(candidate.one.fact, other.one.fact) and same_but_for_values(
                        candidate.statement, other.statement, labels
                    )
                if is_rival:
                    found[candidate.one.row, other.one.row] = (candidate.one, other.one)
    return tuple(found.values())


def _among(ledger: Ledger, facts: Sequence[LedgerFact]) -> tuple[Conflict, ...]:
    labels = _labels(facts)
    apart: dict[tuple[int, int], tuple[LedgerFact, LedgerFact]] = {}
    seen: set[tuple[int, int]] = set()
    for group in _topics(facts).values():
        if (
            len({candidate.one.source.id for candidate in group}) < 2
            or len(group) > _MOST_OF_A_TOPIC
        ):
            continue
        for candidate, other in combinations(group, 2):
            pair = (min(candidate.one.row, other.one.row), max(candidate.one.row, other.one.row))
            if candidate.one.source.id == other.one.source.id or pair in seen:
                continue
            seen.add(pair)
            if _are_in_conflict(candidate, other, group, labels):
                apart[pair] = (candidate.one, other.one)
    found = [
        Conflict(ledger.placed(_one_of_each_value(sorted(held, key=_standing))))
        for held in _joined(apart.values())
    ]
    return tuple(
        sorted(
            found,
            key=lambda c: (c.facts[0].source.path, c.facts[0].fact.place.page, c.facts[0].row),
        )
    )


def _topics(facts: Sequence[LedgerFact]) -> Mapping[tuple[str, ...], list[_Candidate]]:
    """Return facts by what those in conflict have in common."""
    names = [a.name for one in facts for a in one.fact.arguments]
    names += [Name(speaker) for one in facts if (speaker := _speaker(one))]
    fullest = fullest_names(names, _lists(facts))
    groups: dict[tuple[str, ...], list[_Candidate]] = defaultdict(list)
    for one in facts:
        candidate = _Candidate(one, _statement(one, fullest))
        for topic in topics(candidate.statement):
            groups[topic].append(candidate)
    return groups


def _lists(facts: Sequence[LedgerFact]) -> Iterable[set[Name]]:
    """Return the names in one role of each table: its rows are of different things."""
    lists: dict[tuple[str, int, str, str], set[Name]] = defaultdict(set)
    for one in facts:
        if one.fact.table.row:
            for argument in one.fact.arguments:
                page, caption = one.fact.place.page, one.fact.table.caption
                lists[one.source.id, page, caption, argument.role].add(argument.name)
    return lists.values()


def _statement(one: LedgerFact, fullest: Mapping[str, tuple[str, ...]]) -> Statement:
    table = one.fact.table
    above = tuple(filter(None, (one.source.title, table.caption)))
    published = one.source.edition or one.source.published
    labels = " | ".join((*table.row, *table.column))
    text = labels or one.words.rpartition(" | ")[2]  # a sentence stands behind its slots
    return Statement(one.fact, _speaker(one), published, above, text, fullest)


def _speaker(one: LedgerFact) -> str:
    return one.source.publisher or one.source.author


def _labels(facts: Iterable[LedgerFact]) -> frozenset[str]:
    """Return the words by which tables and names tell things apart."""
    texts = {text for one in facts for text in (*one.fact.table.row, *one.fact.table.column)}
    texts |= {a.name.text for one in facts for a in one.fact.arguments}
    return frozenset(word for text in texts for word in singular_words(text))


def _are_in_conflict(
    candidate: _Candidate, other: _Candidate, group: Sequence[_Candidate], labels: frozenset[str]
) -> bool:
    """Tell whether facts of different sources contradict each other, and neither is superseded."""
    if is_newer_edition(candidate.one, other.one) or is_newer_edition(other.one, candidate.one):
        return False
    return _are_apart(candidate, other, group, labels)


def _are_apart(
    candidate: _Candidate, other: _Candidate, group: Sequence[_Candidate], labels: frozenset[str]
) -> bool:
    """Tell whether facts say the same with other values, and what they are of is clear."""
    if not contradict(candidate.statement, other.statement, labels):
        return False
    return not any(_is_ambiguous(held, candidate, other, labels) for held in group)


def _is_ambiguous(
    held: _Candidate, candidate: _Candidate, other: _Candidate, labels: frozenset[str]
) -> bool:
    """Tell whether a source says something else, too, that could be what another one says.

    What tells the two apart was not understood then.
    """
    for own, rival in ((candidate, other), (other, candidate)):
        if held.one.source.id != own.one.source.id or held is own:
            continue
        one, two = held.one.fact, rival.one.fact
        agrees = same_value(one, two)
        if agrees and one.period == two.period:
            return True
        is_another = agrees or values_apart(held.statement, own.statement)
        if is_another and same_but_for_values(held.statement, rival.statement, labels):
            return True
    return False


def _joined(pairs: Iterable[tuple[LedgerFact, LedgerFact]]) -> list[list[LedgerFact]]:
    """Return the facts that pairs have in common, together."""
    groups: list[dict[int, LedgerFact]] = []
    for pair in pairs:
        merged = {one.row: one for one in pair}
        rest = []
        for group in groups:
            if merged.keys() & group.keys():
                merged |= group
            else:
                rest.append(group)
        groups = [*rest, merged]
    return [list(group.values()) for group in groups]


def _one_of_each_value(facts: Sequence[LedgerFact]) -> tuple[LedgerFact, ...]:
    kept: list[LedgerFact] = []
    for one in facts:
        if not any(same_value(one.fact, held.fact) for held in kept):
            kept.append(one)
    return tuple(kept)


def _standing(one: LedgerFact) -> tuple[bool, str, int]:
    return one.source.rank != "official", one.source.path, one.row
