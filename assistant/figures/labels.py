"""Labels of cells: which of them tells a cell from its neighbours, and what a question calls it."""

from collections.abc import Set as AbstractSet
from functools import lru_cache

from corpus.facts import Fact, Query
from corpus.language.measures import find_measures
from corpus.language.named_editions import find_editions
from corpus.language.names import find_names
from corpus.language.periods import find_periods
from corpus.language.words import content_words
from index.storage.fact_rows import name_key


def own_label(fact: Fact, asked: AbstractSet[str]) -> str:
    """Return the label that tells a cell from its neighbours, "" where none does.

    Labels that give the time, the measure or what is asked for are those of all.
    """
    for labels in (fact.table.row[::-1], fact.table.column[::-1]):
        told = [
            label
            for label in map(plain_label, labels)
            if label
            and not any(name_key(m.name) in asked for m in find_names(label))
            and not is_measure_label(label)
        ]
        if told:
            return ", ".join(told)
    return ""


@lru_cache(maxsize=20_000)
def plain_label(label: str) -> str:
    """Return a label without its times and editions, "" where nothing else stands there."""
    if any(f"{one.series} {one.year}" in label for one in find_editions(label)):
        return ""
    rest = label
    for mention in reversed(find_periods(label)):
        rest = rest[: mention.start] + rest[mention.end :]
    return label if content_words(rest) and rest == label else ""


@lru_cache(maxsize=20_000)
def is_measure_label(label: str) -> bool:
    """Tell whether a label names a measure and nothing else."""
    found = find_measures(label)
    return bool(found) and found[0].end - found[0].start >= len(label.strip()) - 1


def label_of_words(query: Query, part: Query) -> str:
    """Return the words by which a part of a question is known, as the question writes them."""
    words = part.rest[len(query.rest) :]
    first, last = query.text.casefold().find(words[0]), query.text.casefold().find(words[-1])
    return query.text[first : last + len(words[-1])]
