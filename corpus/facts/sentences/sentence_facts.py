"""Facts of running text: what each clause with a figure, a date or a list of names says.

What a clause leaves unsaid is taken from its sentence, its paragraph, the heading and the title,
in this order; what stays unclear stays empty, and its words are the fact's `rest`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.document import Block, Page, Source
from corpus.facts.fact import Fact
from corpus.facts.sentences.absences import absence_facts
from corpus.facts.sentences.anchors import Anchors
from corpus.facts.sentences.dates_and_lists import day_facts, is_exact, list_facts
from corpus.facts.sentences.figure_facts import figure_facts
from corpus.facts.sentences.linking import LinkingModel, load_model
from corpus.facts.sentences.mentions import is_body, read_mentions
from corpus.facts.sentences.sentence_context import context_of
from corpus.facts.sentences.sentence_slots import SentenceSlots, Spot
from corpus.language.clauses import Sentence, parse_sentences, split_sentences
from corpus.language.measures import find_measures, find_terms, names_of_nature
from corpus.language.names import find_names
from corpus.language.periods import find_periods
from corpus.language.quantities import find_quantities
from corpus.language.vocabulary import Vocabulary, load_vocabulary

_MOST_CHARS = 2_000  # of a sentence that is read
_LEAST_LISTED = 3
_BUILT = frozenset(("mine", "plant", "project", "deposit"))


def sentence_facts(
    source: Source, page: Page, block: Block, vocabulary: Vocabulary | None = None
) -> tuple[Fact, ...]:
    """Return what the sentences of a block of prose state, in the order of their figures.

    `page.text[place.start:place.end]` is the sentence, `value_start` to `value_end` the figure.
    """
    if block.context.section.strip() in _bibliographies():
        return ()
    facts: list[Fact] = []
    for slots in read_sentences(source, page, block, load_model(), vocabulary):
        facts += facts_of_sentence(slots)
    return tuple(facts)


def facts_of_sentence(slots: SentenceSlots) -> list[Fact]:
    """Return what a sentence states, in the order of its values."""
    found = [
        *figure_facts(slots),
        *day_facts(slots),
        *list_facts(slots),
        *absence_facts(slots),
    ]
    return sorted(found, key=lambda fact: fact.place.value_start)


def read_sentences(
    source: Source,
    page: Page,
    block: Block,
    model: LinkingModel,
    vocabulary: Vocabulary | None = None,
) -> Iterator[SentenceSlots]:
    """Yield the parsed sentences of a block of prose, each in its context."""
    printed = page.text[block.start : block.end]
    text = re.sub(r"\s", " ", printed)  # of the same length: lines end within phrases
    parsed = _parse_page(
        page.text, tuple((b.start, b.end) for b in _prose(page, block)), vocabulary
    )
    context = context_of(source, page, block)
    for start, end in split_sentences(printed):
        sentence = parsed.get(block.start + start)
        if sentence is None or not sentence.words:
            context = context.after(text[start:end])
            continue
        mentions = read_mentions(sentence, vocabulary, context.home, context.year)
        spot = Spot(page.number, block.start + start)
        slots = SentenceSlots(Anchors(sentence, mentions, vocabulary), context, model, spot)
        yield slots
        context = slots.context_after()


def _names_in(text: str, vocabulary: Vocabulary | None) -> list[tuple[int, int]]:
    """Return where companies, agencies and sites are named that the model may not have met."""
    return [
        (one.start, one.end)
        for one in find_names(text, vocabulary)
        if is_body(one.name) or one.name.kind in _BUILT
    ]


def _prose(page: Page, block: Block) -> tuple[Block, ...]:
    """Return the blocks of a page that are parsed together, which is faster than one by one."""
    held = tuple(b for b in page.blocks if b.kind == block.kind)
    return held if block in held else (block,)


@lru_cache(maxsize=8)
def _parse_page(
    printed: str, blocks: tuple[tuple[int, int], ...], vocabulary: Vocabulary | None
) -> dict[int, Sentence]:
    """Return the sentences of a page that may state something, by their beginnings."""
    text = re.sub(r"\s", " ", printed)  # of the same length: lines end within phrases
    wanted = [
        (start + first, start + last)
        for start, end in blocks
        for first, last in split_sentences(printed[start:end])
        if _may_state(text[start + first : start + last], vocabulary)
    ]
    names = [
        (start + s, start + e)
        for start, end in wanted
        for s, e in _names_in(text[start:end], vocabulary)
    ]
    return {one.start: one for one in parse_sentences(text, wanted, names)}


def _may_state(text: str, vocabulary: Vocabulary | None) -> bool:
    """Tell whether a sentence may state a figure, a date, validity or a list of names."""
    if len(text) > _MOST_CHARS:
        return False
    if any(one.quantity.unit for one in find_quantities(text, vocabulary)):
        return True
    measures = find_measures(text, vocabulary)
    dates = any(one.meaning.broader == "date" for one in measures)
    periods = find_periods(text, vocabulary)
    if periods and (dates or all(is_exact(one.period) for one in periods)):
        return True
    if any(m.meaning.broader != "date" for m in measures) and _denies(text, vocabulary):
        return True
    return bool(measures) and len(find_names(text, vocabulary)) >= _LEAST_LISTED


def _denies(text: str, vocabulary: Vocabulary | None) -> bool:
    """Tell whether a text may say that something is not there or not known."""
    reasons = names_of_nature("absent")
    if any(m.meaning == "negation" for m in find_terms("markers", text, vocabulary)):
        return True
    return any(m.meaning in reasons for m in find_terms("statuses", text, vocabulary))


@lru_cache(maxsize=1)
def _bibliographies() -> frozenset[str]:
    return frozenset(load_vocabulary().words("grammar", "bibliography"))
