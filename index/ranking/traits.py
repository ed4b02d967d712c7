"""What ranking compares of a passage: its row, years and subject, worked out once.

They are stored beside the passage, so that a hundred candidates are compared in milliseconds.
"""

import json
from dataclasses import dataclass

from corpus.document import Source
from corpus.language.periods import find_years
from corpus.lexicon import load_lexicon
from index.passage import Passage
from index.wording import stem, words

_KINDS = frozenset(("basis", "element", "mineral", "product"))
_WHOLE = frozenset(("rare-earths", "lanthanides"))


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of a passage, words as their stems.

    `label` are the words of a row's label, `years` the years of its cells or, where there are none,
    all that are named.
    """

    label: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    names_rare_earths: bool = False  # them, one of them, or a mineral or product of them


def traits_of(source: Source, passage: Passage) -> Traits:
    """Return the traits of a passage of a source."""
    context = passage.context
    around = f"{context.section} | {context.caption}"
    heads = " | ".join((*context.header, context.unit))
    years = {cell.year for cell in passage.cells if cell.year}
    return Traits(
        label=frozenset(map(stem, words(passage.row_label))),
        years=frozenset(years or find_years(f"{passage.text} | {around}")),
        names_rare_earths=names_rare_earths(
            f"{passage.text} | {around} | {heads} | {source.title}"
        ),
    )


def traits_column(traits: Traits) -> str:
    """Return traits as the catalog keeps them."""
    label = " ".join(sorted(traits.label))
    fields = (label, sorted(traits.years), traits.names_rare_earths)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def traits_of_column(column: str) -> Traits:
    """Return the traits that a column holds."""
    label, years, names_rare_earths = json.loads(column)
    return Traits(frozenset(label.split()), frozenset(years), names_rare_earths)


def names_rare_earths(text: str) -> bool:
    """Tell whether a text names rare earths, one of them, or a mineral or product of them."""
    mentions = load_lexicon().find_mentions(text)
    return any(m.entry.kind in _KINDS or m.entry.id in _WHOLE for m in mentions)
