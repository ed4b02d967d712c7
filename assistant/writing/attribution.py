"""Which statements of the evidence carry a sentence that a model wrote, and what is left of it.

Whom the model cited does not count. A sentence stays where one statement carries it whole, or each
of its parts is carried by one; else it is cut to the part that is carried; else it goes.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.candidates import Candidate, is_of_newer_edition, same_figure
from assistant.claim_statements import statements_for
from assistant.claims import parts_of, spelled_out
from assistant.quantities import find_quantities
from assistant.support import Support, check, check_whole, statement_of
from assistant.support.entailment import Entailment, lower
from assistant.support.facets import NAMING, find_marks
from assistant.support.reading import editions_in, unlisted_names
from assistant.writing.cutting import cuts
from assistant.writing.elliptic import elliptic_parts
from assistant.writing.referring import (
    in_year_asked,
    is_definite,
    leans,
    named_alone,
    resolved,
)
from assistant.writing.series import each_part, series_parts
from assistant.writing.wholeness import says_something
from corpus.figures import figures_differ
from index.embedding import Embedder
from index.passage import Evidence
from index.wording import content_words

Fate = Literal["kept", "cut", "figure", "quote", "superseded", "broken", "aside", "unsupported"]
"""What became of a sentence: kept whole, cut to a part, or left out for one of these reasons."""

_QUOTED = re.compile(r"[\"“«](?P<words>[^\"“”«»]{8,})[\"”»]")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NAMES_EDITION = re.compile(r"\b(?:MCS|edition|Summaries|Yearbook|superseded|revised|earlier)\b")


@dataclass(frozen=True, slots=True)
class Attributed:
    """What is shown of a sentence, "" where nothing is, with the statements that carry it."""

    text: str
    carriers: tuple[Candidate, ...]
    fate: Fate


@dataclass(frozen=True, slots=True)
class Attribution:
    """Holds the sentences of one answer against the evidence of its question.

    `search` finds evidence for a sentence itself, which may tell more than what is asked.
    """

    question: str  # that stands by itself
    evidence: tuple[Evidence, ...]
    search: Callable[[str], Sequence[Evidence]]
    embedder: Embedder
    entailment: Entailment | None = None

    def attribute(self, sentence: str, before: str, stands: bool) -> Attributed:
        """Return what is left of a sentence that was written after another.

        `stands` says whether the one before is shown, so that "it" may go on pointing to it.
        """
        told = resolved(sentence, before or named_alone(self.question))
        shown = sentence if stands and before else told
        if not says_something(told):
            return Attributed("", (), "broken")
        carriers = self._understood(told, before, self.evidence)
        if carriers and _quotes_stand(told, self.evidence):
            return self._current(shown, carriers, "kept")
        own = tuple(self.search(told))
        if not _quotes_stand(told, (*self.evidence, *own)):
            return Attributed("", (), "quote")
        carriers = carriers or self._understood(told, before, own)
        if carriers:
            return self._current(shown, carriers, "kept")
        goes_on = bool(before) and told.startswith(before.rstrip(".!? ")) and told != sentence
        for evidence in () if goes_on else (self.evidence, own):
            for part in filter(says_something, cuts(told)):
                carriers = self._understood(part, before, evidence)
                if carriers:
                    return self._current(part, carriers, "cut")
        stands_somewhere = _figures_stand(told, (*self.evidence, *own))
        return Attributed("", (), "unsupported" if stands_somewhere else "figure")

    def _understood(
        self, sentence: str, before: str, evidence: Sequence[Evidence]
    ) -> tuple[Candidate, ...]:
        """Return what carries a sentence that can be understood where it stands.

        "The company" may be the one that a source means where both are about the same names.
        """
        if not leans(sentence):
            return self._carriers(sentence, evidence)
        if not is_definite(sentence):
            return ()
        about = _names(f"{self.question} | {before}")
        return self._carriers(sentence, [item for item in evidence if about & _about(item)])

    def _carriers(self, sentence: str, evidence: Sequence[Evidence]) -> tuple[Candidate, ...]:
        """Return the statement that carries a sentence, or those that carry its parts."""
        spelled = spelled_out(sentence)
        whole = self._carrier(spelled, evidence)
        if whole:
            return (whole,)
        told = (
            series_parts(spelled),
            _with_time(parts_of(spelled)),
            each_part(spelled),
            elliptic_parts(spelled),
        )
        for parts in told:
            found = [self._carrier(part, evidence) for part in parts] if len(parts) > 1 else []
            if found and all(found):
                return tuple(one for one in found if one)
        return ()

    def _carrier(self, sentence: str, evidence: Sequence[Evidence]) -> Candidate | None:
        """Return the statement that says most of a sentence among those that carry it whole."""
        asked = in_year_asked(sentence, self.question)
        found = [
            candidate
            for candidate in statements_for(sentence, evidence)
            if self._support(sentence, candidate).verdict == "supported"
            and (asked == sentence or not check(asked, statement_of(candidate)).against)
        ]
        return max(found, key=lambda one: _said(sentence, one), default=None)

    def _support(self, sentence: str, candidate: Candidate) -> Support:
        statement = statement_of(candidate)
        support = check_whole(sentence, statement, self.question)
        if self.entailment and support.verdict == "supported":
            return lower(sentence, statement, support, self.entailment)
        return support

    def _current(self, text: str, carriers: tuple[Candidate, ...], fate: Fate) -> Attributed:
        """Return a sentence unless it gives what a newer edition gives otherwise, unsaid."""
        if _NAMES_EDITION.search(text) or not any(map(self._is_superseded, carriers)):
            return Attributed(text, carriers, fate)
        return Attributed("", (), "superseded")

    def _is_superseded(self, carrier: Candidate) -> bool:
        if not carrier.is_row or editions_in(self.question) & _editions_of(carrier):
            return False
        rivals = (one for one in statements_for(carrier.text, self.evidence) if one.is_row)
        return any(
            same_figure(carrier, one)
            and is_of_newer_edition(one, carrier)
            and any(
                figures_differ(old.text, new.text)
                for old, new in zip(carrier.cells, one.cells, strict=False)
            )
            for one in rivals
        )


def _names(text: str) -> frozenset[str]:
    """Return the names of a text, those that the lexicon does not have word by word."""
    listed = frozenset(mark.value for mark in find_marks(text) if mark.facet in NAMING)
    others = (place.value for place in unlisted_names(f"| {text}"))
    return listed | frozenset(word for word in others if content_words(word))


def _editions_of(carrier: Candidate) -> frozenset[str]:
    source = carrier.evidence.source
    return editions_in(f"{source.edition} | {source.title}")


def _about(item: Evidence) -> frozenset[str]:
    """Return what a passage is about by its heading and its source's title."""
    return _names(f"{item.passage.context.section} | {item.source.title}")


def _with_time(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of a sentence, those without a time with the one year of the first."""
    years = [q.text for q in find_quantities(parts[0]) if q.kind == "year"]
    if len(years) != 1:
        return parts
    return tuple(
        part if any(q.kind in ("year", "date") for q in find_quantities(part))
        else f"{part.rstrip('.')} in {years[0]}."
        for part in parts
    )  # fmt: skip


def _quotes_stand(sentence: str, evidence: Sequence[Evidence]) -> bool:
    """Tell whether the words that a sentence quotes stand in a passage of the evidence."""
    quoted = [_folded(match["words"]) for match in _QUOTED.finditer(sentence)]
    texts = [_folded(item.passage.text) for item in evidence] if quoted else []
    return all(any(words in text for text in texts) for words in quoted)


def _figures_stand(sentence: str, evidence: Sequence[Evidence]) -> bool:
    """Tell whether each figure of a sentence stands anywhere in the evidence."""
    known = {figure for item in evidence for figure in _figures(item.passage.text)}
    return set(_figures(sentence)) <= known


def _said(sentence: str, candidate: Candidate) -> float:
    """Tell how much of a sentence a statement that carries it has in its own words."""
    support = check(sentence, statement_of(candidate))
    return support.coverage + support.own_coverage


def _figures(text: str) -> Iterator[str]:
    return (figure.replace(",", "") for figure in _FIGURE.findall(text))


def _folded(text: str) -> str:
    words: Sequence[str] = text.replace("’", "'").lower().split()
    return " ".join(words).strip(" .,;:")
