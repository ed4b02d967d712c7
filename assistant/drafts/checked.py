"""A draft that was checked: of each sentence its kind, its verdict, and the sources' own words."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.answer import Reference, reference_to_json
from assistant.answer.answer import Verdict
from assistant.drafts.draft import DraftSentence

SentenceKind = Literal["fact", "opinion", "connecting"]

_TOLD: Mapping[str, str] = {
    "supported": "Supported",
    "partly": "Partly supported",
    "contradicted": "Contradicted",
    "not_found": "Not found in the sources",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the writer of a draft decided.

    `dismissed` is why a verdict does not count, `reworded` what stands in the sentence's place.
    """

    is_taken: bool = False  # the correction
    is_cited: bool = False
    dismissed: str = ""
    reworded: str = ""


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a draft with what was found of it, and what was decided on it.

    Only a `fact` has a `verdict`. `meant` is how it was understood without the draft, `wrong` its
    words that are wrong and `right` what should stand there, `reason` what else is to be said.
    """

    sentence: DraftSentence
    kind: SentenceKind
    verdict: Verdict | Literal[""] = ""
    meant: str = ""
    wrong: str = ""
    right: str = ""
    reason: str = ""
    references: tuple[Reference, ...] = ()
    decision: Decision = Decision()

    @property
    def is_dismissed(self) -> bool:
        """Whether its verdict does not count."""
        return bool(self.decision.dismissed)

    @property
    def change(self) -> tuple[str, str]:
        """The words to strike of it in the draft that is given back, and those put in; "" twice."""
        if self.decision.reworded:
            return self.sentence.text, self.decision.reworded
        is_taken = self.has_correction and self.decision.is_taken
        return (self.wrong, self.right) if is_taken else ("", "")

    @property
    def is_corrected(self) -> bool:
        """Whether it is put right in the draft that is given back."""
        return any(self.change)

    @property
    def is_settled(self) -> bool:
        """Whether its verdict asks for nothing more: it is dismissed, or put right."""
        return self.is_dismissed or self.is_corrected

    @property
    def is_problem(self) -> bool:
        """Whether something is to be done about it."""
        return self.verdict not in ("", "supported") and not self.is_settled

    @property
    def can_be_cited(self) -> bool:
        """Whether sources carry it, so that they may be named in a footnote.

        The figure of a cell is carried whole or not at all.
        """
        enough = ("supported",) if self.sentence.is_cell else ("supported", "partly")
        carried = self.verdict in enough and not self.is_dismissed
        return carried and bool(self.references)

    @property
    def has_correction(self) -> bool:
        """Whether words of the draft can be put right."""
        return bool(self.wrong and self.right)

    @property
    def told(self) -> str:
        """The verdict in words, "" where there is none."""
        return _TOLD.get(self.verdict, "")

    @property
    def lines(self) -> tuple[str, ...]:
        """What is told of it beside the draft, a line each; the same words stand once."""
        quotes = _quote_lines(self.references)
        struck, put_in = self.change
        if self.decision.reworded:
            return (f"Reworded, not checked anew: “{struck}” to “{put_in}”",)
        if self.is_corrected:
            return (f"Corrected: “{struck}” to “{put_in}”", *quotes.values())
        dismissed = f"Dismissed: {self.decision.dismissed}" if self.is_dismissed else ""
        instead = f"“{self.wrong}” should be “{self.right}”" if self.has_correction else ""
        reason = "" if _words(self.reason) in quotes else self.reason
        told = (self.told, dismissed, instead, reason, *quotes.values())
        return tuple(line for line in told if line)

    @property
    def footnote(self) -> str:
        """Where what carries it stands, "" where that is not to be told."""
        if not (self.can_be_cited and self.decision.is_cited):
            return ""
        told = (f"{one.place}. {one.link}".rstrip() for one in self.references)
        return " ".join(dict.fromkeys(told))


def count_verdicts(checked: Iterable[CheckedSentence]) -> dict[str, int]:
    """Return how many sentences are facts of each verdict, put right, dismissed, or no facts."""
    counts = Counter(map(_counted_as, checked))
    names = (*_TOLD, "corrected", "dismissed", "opinion", "connecting")
    return {name: counts[name] for name in names if counts[name]}


def _counted_as(one: CheckedSentence) -> str:
    if one.is_corrected:
        return "corrected"
    return "dismissed" if one.is_dismissed else one.verdict or one.kind


def _quote_lines(references: Iterable[Reference]) -> dict[str, str]:
    """Return a line for each quote with the places where it stands, by its words."""
    lines = dict[str, str]()
    for one in references:
        words = _words(one.quote)
        begun = lines.get(words, f"{one.told_quote} — {one.place}")
        lines[words] = begun if begun.endswith(one.place) else f"{begun}; {one.place}"
    return lines


def _words(text: str) -> str:
    """Return a text by which two that differ in quotation marks and white space are the same."""
    return " ".join(text.split()).strip('“”"')


def counts_told(checked: Iterable[CheckedSentence]) -> str:
    """Return the counts in words: "12 supported, 2 contradicted, 3 opinion"."""
    counts = count_verdicts(checked).items()
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts)


def checked_to_json(one: CheckedSentence) -> dict[str, Any]:
    """Return a checked sentence as it is printed: `start` and `end` are of the draft's page."""
    sentence = one.sentence
    return {
        "id": sentence.id,
        "sentence": sentence.text,
        "page": sentence.page,
        "start": sentence.start,
        "end": sentence.end,
        "section": sentence.section,
        "row": sentence.row,
        "column": sentence.column,
        "kind": one.kind,
        "claim": one.meant or sentence.stated,
        "verdict": one.verdict,
        "wrong": one.wrong,
        "right": one.right,
        "says": one.reason,
        "dismissed": one.decision.dismissed,
        "reworded": one.decision.reworded,
        "citations": [
            reference_to_json(reference, number)
            for number, reference in enumerate(one.references, start=1)
        ],
    }


def checked_line(one: CheckedSentence) -> str:
    """Return a checked sentence as a line to be kept."""
    return json.dumps(asdict(one), ensure_ascii=False)


def checked_of_line(line: str) -> CheckedSentence:
    """Return the checked sentence of a line. Raises ValueError, KeyError or TypeError."""
    told = json.loads(line)
    sentence = DraftSentence(**told.pop("sentence"))
    references = tuple(Reference(**one) for one in told.pop("references"))
    decision = Decision(**told.pop("decision"))
    return CheckedSentence(sentence, references=references, decision=decision, **told)
