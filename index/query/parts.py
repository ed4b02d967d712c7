"""The members of a list that a question names, and the part of it that each one is asked by.

Names that no lexicon knows are members, too, where they are written as names beside one that it
does, or beside each other: "Mount Weld, Revda and Weishan", "Windows + Devices".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from corpus.facts import Argument, Query
from corpus.facts.fact import Role
from corpus.language.measures import Measure, find_measures
from corpus.language.names import Name
from corpus.language.vocabulary import any_form
from corpus.language.words import content_words
from index.query.query_names import NamedSpan, listing, role_of
from index.query.remaining_text import RemainingText

_UNKNOWN = re.compile(
    r"(?<![\w-])[^\W\d_a-z][\w&'’.-]*\w(?: [^\W_a-z][\w&'’.-]*\w){0,2}(?![\w-])"
)  # in capitals
_WORD_BEHIND = re.compile(r" {1,12}[^\W\d_][\w-]+(?![\w-])")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Member:
    """One of a list at `text[start:end]`: a name, or the words of one that is not known."""

    start: int
    end: int
    name: Name | None = None
    words: tuple[str, ...] = ()


def take_members(text: RemainingText, named: Sequence[NamedSpan]) -> tuple[Member, ...]:
    """Return the members of the first list of a text; those that are not known are taken."""
    unknown = _unknown(text)
    members = [_with_words_before(one, unknown, text) for one in named]
    behind = {member.start for member in members}
    members += [one for one in unknown if one.start not in behind]
    members.sort(key=lambda one: one.start)
    lists = _lists(members, text)
    found = next((one for one in lists if any(m.name for m in one)), ())
    found = found or next(iter(lists), ())
    found = tuple(
        one if _joins(one, other, text) else _with_words_behind(one, text)
        for one, other in zip_longest(found, found[1:])
    )
    text.take_all(m for m in found if m.words)
    return found


def is_sum(members: Sequence[Member], text: RemainingText) -> bool:
    """Tell whether the members of a list are joined by a sign of addition."""
    adding = any_form(text.vocabulary.words("asked", "adding"))
    between = [text.text[one.end : other.start] for one, other in pairwise(members)]
    return bool(between) and all(re.fullmatch(rf"\s*{adding}\s*", gap) for gap in between)


def parts_of(query: Query, members: Sequence[Member]) -> tuple[Query, ...]:
    """Return a query for each member of a list: "of Nd and Dy oxide"."""
    listed = [m.name for m in members if m.name]
    form = next((name.form for name in reversed(listed) if name.form), "")
    arguments = query.wanted.arguments
    kept = tuple(a for a in arguments if a.name not in listed)
    role: Role = next((a.role for a in arguments if a.name in listed), "subject")
    parts = []
    for member in members:
        wanted = replace(query.wanted, arguments=kept)
        if name := member.name:
            shares_form = name.is_material and not member.words
            formed = replace(name, form=name.form or (form if shares_form else ""))
            wanted = replace(wanted, arguments=(*kept, Argument(role, formed)))
        rest = (*query.rest, *member.words)
        parts.append(replace(query, wanted=replace(wanted, rest=rest), rest=rest))
    return tuple(parts)


def measuring(query: Query, measure: Measure) -> Query:
    """Return a query that asks for another measure of the same thing."""
    wanted = replace(query.wanted, measure=measure.name, stage=measure.stage)
    return replace(query, wanted=wanted)


def _with_words_before(one: NamedSpan, unknown: Sequence[Member], text: RemainingText) -> Member:
    """Return a name with the unknown words that belong to it: "Greater China"."""
    for words in unknown:
        if text.text[words.end : one.start] in (" ", "-"):
            return Member(words.start, one.end, one.name, words.words)
    return Member(one.start, one.end, one.name)


def _with_words_behind(one: Member, text: RemainingText) -> Member:
    """Return a member with a word that stands between it and the next: "magnet block and"."""
    match = _WORD_BEHIND.match(text.left, one.end)
    words = content_words(match[0], text.vocabulary) if match else []
    if not match or not words:
        return one
    return Member(one.start, match.end(), one.name, (*one.words, *words))


def _unknown(text: RemainingText) -> list[Member]:
    """Return the words in capitals that no slot took, but for the one that opens the text."""
    found = []
    for match in _UNKNOWN.finditer(text.left):
        words = content_words(match[0], text.vocabulary)
        if match.start() and len(words) == len(match[0].split()):
            found.append(Member(*match.span(), None, tuple(words)))
    return found


def _lists(members: Sequence[Member], text: RemainingText) -> list[tuple[Member, ...]]:
    """Return the lists that members make which stand side by side, of one role or unknown."""
    lists: list[list[Member]] = [[]]
    for member in members:
        last = lists[-1][-1] if lists[-1] else None
        if last and not (_are_joined(last, member, text) and _are_alike(lists[-1], member)):
            lists.append([])
        lists[-1].append(member)
    return [tuple(one) for one in lists if len(one) >= _FEWEST]


def _are_joined(one: Member, other: Member, text: RemainingText) -> bool:
    return _joins(one, other, text) or _joins(_with_words_behind(one, text), other, text)


def _joins(one: Member, other: Member | None, text: RemainingText) -> bool:
    """Tell whether nothing but a joint stands between two members, or one is the last.

    A measure that each of them has tells no more: "Dy oxide price vs Tb oxide price".
    """
    between = text.text[one.end : other.start] if other else ","
    joint = listing(text.vocabulary)
    if other is None or joint.fullmatch(between):
        return joint.fullmatch(between) is not None
    first = next(iter(find_measures(between, text.vocabulary)), None)
    again = next(iter(find_measures(text.text[other.end :], text.vocabulary)), None)
    if first is None or again is None or first.meaning != again.meaning:
        return False
    is_beside_each = not between[: first.start].strip() and not (
        text.text[other.end : other.end + again.start].strip()
    )
    return is_beside_each and joint.fullmatch(between[first.end :]) is not None


def _are_alike(held: Sequence[Member], member: Member) -> bool:
    """Tell whether a member is of the role of those of a list; an unknown one may be of any."""
    roles = {role_of(one.name) for one in (*held, member) if one.name}
    return len(roles) < 2
