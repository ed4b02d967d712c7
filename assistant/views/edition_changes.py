"""Two editions of a source compared: facts changed, added and gone, and texts by paragraph.

Any two sources can be compared; what they say of the same thing tells whether they are editions.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from assistant.answer import source_to_json
from assistant.fact_writing import fact_to_json
from assistant.views.fact_pairs import ChangedFact, pair_facts
from corpus.document import Page, Source
from corpus.language.words import content_words
from index.facts import LedgerFact

_LIKE = 0.4  # the share of words in common from which on one paragraph is another, rewritten


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of a page that is a paragraph, a heading or a row, which has a `label`."""

    page: int
    start: int
    end: int
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class ChangedText:
    """Paragraphs of one edition and those in their place; none where they are added or gone."""

    before: tuple[Paragraph, ...]
    after: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """The second of two editions held against the first; what is the same is counted."""

    before: Source
    after: Source
    changed: tuple[ChangedFact, ...]
    added: tuple[LedgerFact, ...]
    gone: tuple[LedgerFact, ...]
    same_facts: int
    texts: tuple[ChangedText, ...]
    same_paragraphs: int


def compare_editions(
    sources: tuple[Source, Source],
    facts: tuple[Sequence[LedgerFact], Sequence[LedgerFact]],
    pages: tuple[Sequence[Page], Sequence[Page]],
) -> EditionComparison:
    """Return how the second source, its facts and its pages differ from the first's."""
    paired = pair_facts(*facts)
    before, after = (tuple(_paragraphs(of_one)) for of_one in pages)
    texts = tuple(_changed_texts(before, after))
    touched = sum(len(one.before) for one in texts)
    return EditionComparison(
        before=sources[0],
        after=sources[1],
        changed=paired.changed,
        added=paired.added,
        gone=paired.gone,
        same_facts=paired.same,
        texts=texts,
        same_paragraphs=len(before) - touched,
    )


def comparison_to_json(compared: EditionComparison) -> dict[str, Any]:
    """Return a comparison as `sources compare --json` prints it."""
    return {
        "before": source_to_json(compared.before),
        "after": source_to_json(compared.after),
        "changed": [
            {"before": fact_to_json(one.before), "after": fact_to_json(one.after)}
            for one in compared.changed
        ],
        "added": [fact_to_json(one) for one in compared.added],
        "gone": [fact_to_json(one) for one in compared.gone],
        "same_facts": compared.same_facts,
        "texts": [
            {"before": _to_json(one.before), "after": _to_json(one.after)} for one in compared.texts
        ],
        "same_paragraphs": compared.same_paragraphs,
    }


def _to_json(paragraphs: Iterable[Paragraph]) -> list[dict[str, Any]]:
    return [
        {"page": one.page, "start": one.start, "end": one.end, "text": one.text}
        for one in paragraphs
    ]


def _paragraphs(pages: Iterable[Page]) -> Iterator[Paragraph]:
    for page in pages:
        for block in page.blocks:
            if text := " ".join(page.text[block.start : block.end].split()):
                label = block.cells[0].text if block.cells else ""
                yield Paragraph(page.number, block.start, block.end, text, label)


def _changed_texts(
    before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> Iterator[ChangedText]:
    texts = [[one.text for one in paragraphs] for paragraphs in (before, after)]
    matcher = SequenceMatcher(a=texts[0], b=texts[1], autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield from _paired_texts(before[start:end], list(after[first:last]))


def _paired_texts(before: Sequence[Paragraph], after: list[Paragraph]) -> Iterator[ChangedText]:
    """Yield each paragraph with the one that is most like it, then what is added."""
    for one in before:
        like = max(after, key=lambda other: _likeness(one, other), default=one)
        if like in after and _likeness(one, like) >= _LIKE:
            after.remove(like)
            yield ChangedText((one,), (like,))
        else:
            yield ChangedText((one,), ())
    for other in after:
        yield ChangedText((), (other,))


def _likeness(one: Paragraph, other: Paragraph) -> float:
    if one.label or other.label:
        return float(one.label == other.label)
    words = [frozenset(content_words(paragraph.text)) for paragraph in (one, other)]
    return len(words[0] & words[1]) / (len(words[0] | words[1]) or 1)
