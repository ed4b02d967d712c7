"""How far right the labels of a table belong whose text keeps no indents.

Conversions to text set "Imports:", "Metals:", "Ferrocerium" and "Consumption, apparent" at one
edge. What a table of statistics counts (imports, a price, employment) begins a group of its own;
other labels are told of what is counted above them.
"""

import re

from corpus.language.table_words import counted_nouns
from corpus.language.vocabulary import load_vocabulary
from corpus.tables.label_groups import is_total

_NOUNS = "|".join(counted_nouns(load_vocabulary()))
_COUNTED = re.compile(
    r"(?:(?:net|apparent|reported|domestic|total|world|mine|primary|secondary)\s+)*"
    rf"(?:{_NOUNS})(?:\s+reliance)?(?![\w-])",
    re.IGNORECASE,
)


def is_counted(label: str) -> bool:
    """Tell whether a label names what statistics count: "Imports", "Price, average"."""
    return bool(_COUNTED.match(label))


class Levels:
    """The indents of the labels of a table, told in the order of its lines."""

    def __init__(self) -> None:
        self._is_counted = False
        self._depth = 0

    def of_group(self, label: str) -> int:
        """Return the indent of a label that governs the rows below it."""
        if is_counted(label):
            self._is_counted, self._depth = True, 1
            return 0
        indent = int(self._is_counted)
        self._depth = indent + 1
        return indent

    def of_row(self, label: str) -> int:
        """Return the indent of the label of a row with figures."""
        if is_counted(label) and not is_total(label) and self._is_counted:
            self._is_counted, self._depth = False, 0
        return self._depth
