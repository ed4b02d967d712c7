"""Whom or what a new source names besides, where a kept answer gives a list.

A sentence of it has the names and words of the question, and names somebody whom neither the
question nor the answer does. What sources that were there before name is known, too.
"""

from collections.abc import Collection, Iterable, Iterator

from assistant.citing.slots import read
from assistant.extractive.asked import Asked, read_asked
from assistant.radar.finding import Finding
from assistant.radar.held_library import HeldLibrary, Said
from assistant.radar.same_thing.asked_names import has_names
from assistant.radar.standing import reference_at
from assistant.radar.subscription import Subscription
from corpus.language.names import NameMention, find_names
from corpus.language.periods import PeriodMention, find_periods
from corpus.language.words import fold
from index.question import analyze
from index.wording import plain_words, stems

_LISTED = 3  # names in a row
_COORDINATED = "conj"  # what a word of a list is to the one before it


def find_new_members(
    one: Subscription, source_ids: Collection[str], library: HeldLibrary
) -> Iterator[Finding]:
    """Yield the new sources that name somebody else than a kept answer that lists names."""
    asked = read_asked(analyze(one.asked), {})
    near = [id_ for id_ in sorted(source_ids) if _has_words(asked, library.stems(id_))]
    quotes = [ground.quote for ground in one.grounds]
    if not near or not (_asks_names(asked) or any(_is_list(quote) for quote in quotes)):
        return
    kinds = frozenset(found.name.kind for quote in quotes for found in find_names(quote))
    words = frozenset(map(fold, plain_words(one.asked)))
    listed = frozenset().union(*(_named(quote, kinds) for quote in quotes)) - words
    held = {found.source.id for found in library.doors.search(one.asked)}.difference(source_ids)
    known = listed | words
    for source_id in sorted(held & library.sources.keys()):
        known = known.union(*(_named(said.text, kinds) for said in _on(asked, source_id, library)))
    for source_id in near:
        for said in _on(asked, source_id, library):
            named = _named(said.text, kinds)
            if named - known and (not named & listed or _is_list(said.text)):
                told = " ".join(said.text.split())
                yield Finding("new document", one.asked, "", told, reference_at(said.source, said))
                break


def _on(asked: Asked, source_id: str, library: HeldLibrary) -> Iterator[Said]:
    """Yield the sentences of a source that have all names and words of a question."""
    for said in library.said(source_id):
        is_on = not said.is_row and _has_words(asked, stems(said.text))
        if is_on and has_names(asked, f"{said.source.publisher}\n{said.text}"):
            yield said


def _has_words(asked: Asked, has: Collection[str]) -> bool:
    """Tell whether stems are those of all words of a question, or made from them: "agreement"."""
    return bool(asked.words) and all(
        any(one.startswith(root) for root in word.stems for one in has) for word in asked.words
    )


def _asks_names(asked: Asked) -> bool:
    return asked.question.query.value_kind == "names"


def _is_list(text: str) -> bool:
    """Tell whether a text names several one after another."""
    spans = [(found.start, found.end) for found in find_names(text)]
    listed = [
        word
        for sentence in read(text).parsed
        for word in sentence.words
        if word.relation == _COORDINATED
        and (word.is_name or any(start <= word.start < end for start, end in spans))
    ]
    return len(listed) >= _LISTED - 1


def _named(text: str, kinds: Collection[str]) -> frozenset[str]:
    """Return the words of the names in a text: those that are written as such, those of kinds."""
    of_kinds = [found for found in find_names(text) if found.name.kind in kinds]
    return (read(text).proper | _words(text, of_kinds)) - _words(text, find_periods(text))


def _words(text: str, found: Iterable[NameMention | PeriodMention]) -> frozenset[str]:
    told = " ".join(text[one.start : one.end] for one in found)
    return frozenset(map(fold, plain_words(told)))
