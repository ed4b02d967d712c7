"""What sources that are new or changed say otherwise than the grounds of what is kept.

Of the same publisher, or a newer edition, that is a newer value; of another one it is a conflict.
What a changed source had said before is nothing new.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.radar.finding import Finding
from assistant.radar.held_library import HeldLibrary, Said
from assistant.radar.library_state import Difference
from assistant.radar.same_thing.claim_comparison import contradiction_of
from assistant.radar.same_thing.revisions import of_one_voice
from assistant.radar.same_thing.same_figure import is_apart, is_printed_anew
from assistant.radar.same_thing.same_time import are_of_one_time
from assistant.radar.same_thing.sentence_comparison import (
    compare_sentences,
    is_definite,
    says_ruling,
)
from assistant.radar.standing import (
    about,
    ground_of,
    reference_at,
    said_in,
    with_words,
    without_fact,
    words_of,
)
from assistant.radar.subscription import Ground
from corpus.dating import is_newer
from corpus.document import Source
from corpus.facts import Absent, Fact
from corpus.language.quantities import find_quantities
from corpus.language.words import content_words, fold
from index.facts import LedgerFact, is_newer_edition, rivals_among, same_value

_AT_ONCE = 50  # sources
_READINGS = 2  # of a ground: its fact, and that of its cell
_SHARED = 0.4  # of the words of a sentence, by which another one is compared with it at all

Voice = Literal["newer", "older", "another"]


@dataclass(frozen=True, slots=True)
class Rival:
    """What a source says otherwise than a ground: the finding, and the ground as of that source."""

    finding: Finding
    ground: Ground
    published: str


def find_rivals(
    grounds: Sequence[Ground],
    differs: Difference,
    library: HeldLibrary,
    known: Mapping[str, frozenset[bytes]],
) -> dict[int, list[Rival]]:
    """Return what fresh sources say otherwise, by the places of the grounds.

    `known` are the marks of the facts that the sources had before.
    """
    found: dict[int, list[Rival]] = defaultdict(list)
    source_ids = sorted(differs.fresh & library.sources.keys())
    for start in range(0, len(source_ids), _AT_ONCE):
        some = source_ids[start : start + _AT_ONCE]
        for at, rival in _by_facts(grounds, some, library, known):
            if not any(_say_the_same(one, rival) for one in found[at]):
                found[at].append(rival)
        for at, rival in _by_sentences(grounds, differs.new.intersection(some), library):
            place = rival.finding.reference.source_id
            if all(one.finding.reference.source_id != place for one in found[at]):
                found[at].append(rival)
    return found


def _say_the_same(one: Rival, other: Rival) -> bool:
    """Tell whether a source says one value twice: in a sentence and in a row."""
    mine, theirs = one.ground.fact, other.ground.fact
    is_one = one.finding.reference.source_id == other.finding.reference.source_id
    return is_one and mine is not None and theirs is not None and same_value(mine, theirs)


def _by_facts(
    grounds: Sequence[Ground],
    source_ids: Sequence[str],
    library: HeldLibrary,
    known: Mapping[str, frozenset[bytes]],
) -> Iterator[tuple[int, Rival]]:
    held = [read for at, one in enumerate(grounds) for read in one.readings(-_READINGS * (at + 1))]
    said = [
        one
        for source_id in source_ids
        for one in library.facts(source_id)
        if not known or library.mark(one) not in known.get(source_id, ())
    ]
    apart = [pair for pair in rivals_among(held, said) if are_of_one_time(*_facts(pair))]
    pairs = {(mine.row, one.row): (mine, one) for mine, one in apart}
    pairs |= {(mine.row, one.row): (mine, one) for mine, one in _of_one_voice(held, said)}
    for mine, one in pairs.values():
        at = -(mine.row // _READINGS) - 1
        if rival := rival_of_fact(grounds[at], ground_of(one, library)):
            yield at, rival


def rival_of_fact(ground: Ground, found: Ground) -> Rival | None:
    """Return what a fact with another value is to a ground, None where it is no later word."""
    one, mine = found.as_found(0), ground.as_found(-1)
    voice = _voice(ground.source, one, mine)
    is_given = not isinstance(one.fact.value, Absent)
    if found.source.id == ground.source.id or voice == "older" or not is_given:
        return None
    return _rival(voice, ground, words_of(found), ground.value, found.value, found)


def _facts(pair: tuple[LedgerFact, LedgerFact]) -> tuple[Fact, Fact]:
    return pair[0].fact, pair[1].fact


def _of_one_voice(
    held: Sequence[LedgerFact], said: Sequence[LedgerFact]
) -> Iterator[tuple[LedgerFact, LedgerFact]]:
    """Yield held facts with those in their places in later sources of the same voice."""
    by_source: dict[str, list[LedgerFact]] = defaultdict(list)
    for one in said:
        by_source[one.source.id].append(one)
    for facts in by_source.values():
        older = [mine for mine in held if _voice(mine.source, facts[0], mine) == "newer"]
        yield from of_one_voice(older, facts)


def _by_sentences(
    grounds: Sequence[Ground], source_ids: frozenset[str], library: HeldLibrary
) -> Iterator[tuple[int, Rival]]:
    """Yield what sentences of new sources say otherwise than those on which grounds rest."""
    wanted = [
        (at, one, _words(one.quote))
        for at, one in enumerate(grounds)
        if not one.is_row and (find_quantities(one.quote) or says_ruling(one.quote))
    ]
    for source_id in source_ids if wanted else ():
        said = [one for one in library.said(source_id) if not one.is_row]
        held_words = [(one, _words(one.text)) for one in said]
        for at, ground, words in wanted:
            near = [one for one, has in held_words if _may_rival(ground, words, one, has)]
            voice = _voice_of_sources(ground.source, library.sources[source_id])
            is_new = voice != "older" and ground.source.id != source_id
            if near and is_new and (rival := _rival_by_words(ground, near, voice, library)):
                yield at, rival


def _may_rival(ground: Ground, words: frozenset[str], one: Said, has: frozenset[str]) -> bool:
    """Tell whether a sentence may be of what a ground is of: by its words, or since both rule."""
    are_of_rules = says_ruling(ground.quote) and says_ruling(one.text)
    return are_of_rules or len(words & has) >= _SHARED * len(words)


def _rival_by_words(
    ground: Ground, near: Sequence[Said], voice: Voice, library: HeldLibrary
) -> Rival | None:
    """Return what sentences say otherwise: of the same slots, else by the verdict on a claim."""
    differ = is_printed_anew if voice == "newer" else is_apart
    compared = [
        (one, compare_sentences(ground.quote, one.text, differ, one.before)) for one in near
    ]
    if any(how.relation == "same" for _, how in compared):
        return None
    for one, how in compared:
        if how.relation == "other value" and is_definite(ground.quote):
            kept = without_fact(with_words(ground, one))
            return _rival(voice, ground, one, how.before, how.after, kept)
    cited = library.doors.cite(ground.quote, (near[0].source.id,))
    if found := contradiction_of(ground.quote, ground.source, cited):
        said = said_in(found.citation)
        kept = without_fact(with_words(ground, said))
        return _rival(voice, ground, said, found.before, found.after, kept)
    return None


def _rival(
    voice: Voice, ground: Ground, said: Said, before: str, after: str, kept: Ground
) -> Rival:
    place = reference_at(said.source, said)
    kind: Literal["newer value", "conflict"] = "newer value" if voice == "newer" else "conflict"
    finding = Finding(kind, about(ground), before, after, place)
    return Rival(finding, kept, said.source.published)


def _voice(held: Source, one: LedgerFact, mine: LedgerFact) -> Voice:
    """Return whether a fact is the word of a held source's publisher, and whether a later one."""
    if is_newer_edition(one, mine):
        return "newer"
    return "older" if is_newer_edition(mine, one) else _voice_of_sources(held, one.source)


def _voice_of_sources(held: Source, said: Source) -> Voice:
    is_own = fold(held.publisher) == fold(said.publisher) != "" or (
        held.series == said.series != ""
    )
    if is_newer(said, held):
        return "newer"
    if not is_own:
        return "another"
    shared = min(len(held.published), len(said.published))
    return "older" if said.published[:shared] < held.published[:shared] else "newer"


def _words(text: str) -> frozenset[str]:
    return frozenset(content_words(text))
