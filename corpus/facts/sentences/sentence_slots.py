"""The slots that all facts of a sentence have, whatever their value: who, how certain, by whom."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.facts.fact import Argument, Place, Status
from corpus.facts.sentences.anchors import Anchors, small_words
from corpus.facts.sentences.candidates.argument_candidates import ArgumentCandidates, LinkedArgument
from corpus.facts.sentences.candidates.attribution import Attribution
from corpus.facts.sentences.candidates.figure_candidates import Candidates
from corpus.facts.sentences.candidates.period_candidates import PeriodCandidates
from corpus.facts.sentences.linking import LinkingModel
from corpus.facts.sentences.links import Anchor, Links
from corpus.facts.sentences.mentions import PUBLICATIONS, Mention
from corpus.facts.sentences.sentence_context import Context
from corpus.language.measures import find_terms
from corpus.language.names import Name
from corpus.language.periods import Period

_WORD = re.compile(r"[^\W\d_][\w’'-]+")
_FRONTED = 12  # characters before a time that a sentence begins with

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sentence stands: the number of its page, and its beginning there."""

    page: int
    offset: int


class SentenceSlots:
    """One sentence in its context, with the model that links what it mentions to its values."""

    def __init__(self, at: Anchors, context: Context, model: LinkingModel, spot: Spot) -> None:
        """Take a sentence's figures with its mentions, and what the text before has told."""
        self.at = at
        self.context = context
        self.model = model
        self._attribution = Attribution(at)
        self.links = Links(at)
        self.candidates = Candidates(at, self.links, context)
        self.periods = PeriodCandidates(at, self.links, context)
        self.names = ArgumentCandidates(at, self.links, context)
        self._spot = spot

    def arguments(self, anchor: Anchor, measure: str) -> tuple[list[Argument], list[Span]]:
        """Return who and what a value is about, each in its role, and where they are named."""
        held: list[LinkedArgument] = []
        for one in self.names.named(anchor):
            roles = self.names.roles(anchor, measure, one, held)
            found = self.model.choose("argument", roles)
            if found and not any(_is_same(found.meaning, other) for other in held):
                held.append(found.meaning)
        formed = {one.name.id for one in held if one.name.form}
        held = [one for one in held if one.name.form or one.name.id not in formed]
        spans = [(m.start, m.end) for one in held if (m := one.mention)]
        return [Argument(one.role, one.name) for one in held], spans

    def speaker(self, anchor: Anchor) -> Mention[Name] | None:
        """Return whose word a value is: "according to Adamas", "the survey says"."""
        return self._attribution.speaker(anchor.word)

    def status(self, anchor: Anchor) -> tuple[Status, Mention[str] | None]:
        """Return how certain a value is, and the words that say so."""
        found = self.model.choose("status", self.candidates.statuses(anchor))
        return found.meaning if found else ("reported", None)

    def place(self, start: int, end: int) -> Place:
        """Return the place of a value at `text[start:end]` of the sentence."""
        offset = self._spot.offset
        last = offset + len(self.at.sentence.text)
        return Place(self._spot.page, offset, last, offset + start, offset + end)

    def rest(self, word: int, used: Iterable[Span]) -> tuple[str, ...]:
        """Return the content words of the clause of a value that no slot took."""
        at = self.at
        mentions = at.mentions
        chain = at.chain(word)[:1]
        markers = mentions.marked(
            "up",
            "down",
            "more",
            "less",
            "change",
            "annual",
            "one after another",
            "yearly change",
            "year before",
        )
        understood = [
            *used,
            *((m.start, m.end) for m in (*mentions.quantities, *mentions.periods, *markers)),
            *at.asides(word),
            *self.links.paired_spans(),
        ]
        found = []
        for number, one in enumerate(at.sentence.words):
            if at.clause_number(number) not in chain or not _WORD.fullmatch(one.text):
                continue
            if any(start < one.end and one.start < end for start, end in understood):
                continue
            folded = one.text.casefold()
            if folded not in small_words():
                found.append(folded)
        return tuple(dict.fromkeys(found))

    def context_after(self) -> Context:
        """Return the context of the next sentence."""
        at, mentions = self.at, self.at.mentions
        names = [n.meaning for n in mentions.names if not self._is_beside(n)]
        context = self.context.with_names(names).with_bases(at.sentence.text)
        periods = [
            p
            for p in mentions.periods
            if not (
                self._in_brackets(p) or at.is_of_publication(p) or self.links.is_only_compared(p)
            )
        ]
        fronted = [p for p in periods if p.start <= _FRONTED]
        context = context.with_periods(p.meaning for p in fronted or periods)
        measures = [m.meaning.name for m in mentions.measures if m.meaning.broader != "date"]
        context = context.with_measure(measures[-1]) if measures else context
        statuses = [m.meaning for m in mentions.statuses]
        stages = find_terms("stages", at.sentence.text)
        return context.with_state(
            statuses[-1] if statuses else "",
            stages[-1].meaning if stages else "",
            next((n.meaning for n in mentions.names if at.is_speaker(n)), None),
        )

    def _is_beside(self, name: Mention[Name]) -> bool:
        """Tell whether somebody is named in brackets, as a source or as who speaks."""
        is_source = name.meaning.kind in PUBLICATIONS or self._attribution.is_who_says(name)
        return self._in_brackets(name) or is_source

    def _in_brackets(self, one: Mention[Name] | Mention[Period]) -> bool:
        return any(start <= one.start < end for start, end in self.at.brackets)


def _is_same(one: LinkedArgument, other: LinkedArgument) -> bool:
    return one.role == other.role and one.name.key == other.name.key


def spans_of(mentions: Iterable[Mention[object] | None]) -> Sequence[Span]:
    """Return where mentions stand."""
    return [(one.start, one.end) for one in mentions if one]
