"""Which sources are copies of one another, which of them is cited, and which is not to be trusted.

Two sources are judged in corpus.sameness; here they become groups. Where the evidence is thin the
answer is "not copies": a copy too many is a nuisance, a source lost is a fault.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from corpus.copies.fingerprint import may_be_copies
from corpus.copies.sameness import (
    WHOLE,
    Member,
    Relation,
    format_order,
    judge,
    name_letters,
    standing,
    state_other_editions,
)

_NAMED_FIGURES = 10


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """The ids of sources with the same content, the best copy first, those set aside last.

    `set_aside` pairs the id of a copy that must not be cited with the reason.
    `id` is derived from the smallest id of a member that is not set aside, so it changes only
    when that member leaves or one with a smaller id comes.
    """

    id: str
    members: tuple[str, ...]
    set_aside: tuple[tuple[str, str], ...] = ()


def group_copies(
    members: Sequence[Member], pairs: Collection[tuple[str, str]] | None = None
) -> tuple[CopyGroup, ...]:
    """Return the copy groups of sources, whatever their order; every source is in exactly one.

    `pairs` are the ids of the sources to compare, the smaller id first; with None all are that
    share enough sampled wording.

    The best copy is by turns: official, then a filing, before others; by format, PDF before HTML
    and Word, tables and feeds, plain text and Markdown; text before recognised pictures; whole
    before excerpt; with publisher and date before without; from the publisher that a copy names
    as its origin; the earliest published; the first path. An excerpt that would come before its
    whole is no copy of it, lest the whole be lost behind it.

    The surest pairs are joined first, and two groups never when a source of the one is another
    edition of a source of the other. A conversion with invented figures is judged by an original
    in a better format, joins its group and is set aside there.
    """
    ordered = sorted(members, key=lambda member: member.source.id)
    found = _sharing_pairs(ordered) if pairs is None else _named_pairs(ordered, pairs)
    relations = [
        judge(one, other)
        for one, other in found
        if may_be_copies(one.fingerprint, other.fingerprint)
    ]
    inventions = _find_inventions(relations)
    group_of = _join(ordered, relations, inventions)
    groups: dict[str, list[Member]] = {}
    for member in ordered:
        invention = inventions.get(member.source.id)
        kept = invention.better if invention else member
        groups.setdefault(group_of[kept.source.id], []).append(member)
    return tuple(_group(groups[first], inventions) for first in sorted(groups))


def _sharing_pairs(members: Sequence[Member]) -> Iterator[tuple[Member, Member]]:
    """Yield the pairs that have any sampled wording in common."""
    holders: dict[int, list[int]] = {}
    for index, member in enumerate(members):
        for item in member.fingerprint.sketch:
            holders.setdefault(item, []).append(index)
    found = {pair for indexes in holders.values() for pair in combinations(indexes, 2)}
    yield from ((members[first], members[second]) for first, second in sorted(found))


def _named_pairs(
    members: Sequence[Member], pairs: Collection[tuple[str, str]]
) -> Iterator[tuple[Member, Member]]:
    by_id = {member.source.id: member for member in members}
    for one, other in sorted(pairs):
        if one in by_id and other in by_id:
            yield by_id[one], by_id[other]


def _find_inventions(relations: Iterable[Relation]) -> dict[str, Relation]:
    """Return the conversions with invented figures by id, each with its nearest sound original.

    A conversion that is a copy of another source in a better format is sound: the original that
    it contradicts is another edition.
    """
    sound = {
        relation.lesser.source.id
        for relation in relations
        if relation.verdict == "copy"
        and relation.better.source.confidence == 1
        and format_order(relation.better.source) < format_order(relation.lesser.source)
    }
    found: dict[str, Relation] = {}
    for relation in sorted(relations, key=_by_strength):
        if relation.verdict == "invention" and relation.lesser.source.id not in sound:
            found.setdefault(relation.lesser.source.id, relation)
    # The better of a relation has the better format, so following it comes to an end.
    for source_id, relation in found.items():
        judged = relation
        while judged.better.source.id in found:
            judged = found[judged.better.source.id]
        found[source_id] = replace(relation, better=judged.better)
    return found


def _join(
    members: Sequence[Member], relations: Sequence[Relation], inventions: Mapping[str, Relation]
) -> dict[str, str]:
    """Return for each source the smallest id of its group, those set aside left alone."""
    group_of = {member.source.id: member.source.id for member in members}
    together = {source_id: {source_id} for source_id in group_of}
    sources = {member.source.id: member.source for member in members}
    apart: dict[str, set[str]] = {}
    for relation in relations:
        if relation.verdict == "apart":
            one, other = relation.lesser.source.id, relation.better.source.id
            apart.setdefault(one, set()).add(other)
            apart.setdefault(other, set()).add(one)
    for relation in sorted(relations, key=_by_strength):
        ids = {relation.lesser.source.id, relation.better.source.id}
        if relation.verdict != "copy" or ids & inventions.keys():
            continue
        kept, joining = sorted(group_of[source_id] for source_id in ids)
        if kept == joining or any(
            other in apart.get(one, ()) or state_other_editions(sources[one], sources[other])
            for one in together[kept]
            for other in together[joining]
        ):
            continue
        for source_id in together[joining]:
            group_of[source_id] = kept
        together[kept] |= together.pop(joining)
    return group_of


def _by_strength(relation: Relation) -> tuple[float, str, str]:
    return -relation.strength, relation.lesser.source.id, relation.better.source.id


def _group(members: Sequence[Member], inventions: Mapping[str, Relation]) -> CopyGroup:
    sound = [member for member in members if member.source.id not in inventions]
    longest = max(member.fingerprint.words for member in sound)
    origins = {name_letters(name) for member in sound for name in member.fingerprint.credits}

    def place(member: Member) -> tuple[object, ...]:
        source = member.source
        return (
            source.id in inventions,
            *standing(source),
            member.fingerprint.words < WHOLE * longest,
            not (source.publisher and source.published),
            name_letters(source.publisher) not in origins,
            source.published or "9999",
            source.path,
            source.id,
        )

    ranked = tuple(member.source.id for member in sorted(members, key=place))
    smallest = min(member.source.id for member in sound)
    return CopyGroup(
        id=hashlib.sha256(smallest.encode()).hexdigest()[:16],
        members=ranked,
        set_aside=tuple(
            (source_id, _reason(inventions[source_id]))
            for source_id in ranked
            if source_id in inventions
        ),
    )


def _reason(relation: Relation) -> str:
    invented = relation.invented
    count = len(relation.lesser.fingerprint.figures)
    named = ", ".join(invented[:_NAMED_FIGURES])
    more = ", ..." if len(invented) > _NAMED_FIGURES else ""
    return (
        f"{len(invented)} of its {count} figures are not in {relation.better.source.path}: "
        f"{named}{more}"
    )
