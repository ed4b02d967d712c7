"""The notes at the foot of a PDF page, found by the marks that were taken off their beginnings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Repair
from corpus.pdf_lines import Line, is_row

_LEGEND = re.compile(r"(?:^|(?<=\. ))(E|NA|W|XX|—|–|r|s)\s([A-Z][^.]*\.)")


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes at the foot of a page by their mark, the legend of letters, where each begins."""

    texts: dict[str, str]
    legend: dict[str, str]
    starts: frozenset[int]

    def of(self, start: int, end: int, repairs: Sequence[Repair]) -> list[str]:
        """Return the notes whose marks were taken off this stretch."""
        marks = [
            mark
            for repair in repairs
            if repair.kind == "footnote mark" and start <= repair.start <= end
            for mark in re.findall(r"\d{1,2}|[a-z*†‡]", repair.original)
        ]
        return [self.texts[mark] for mark in marks if mark in self.texts]


def find_notes(lines: Sequence[Line], repairs: Sequence[Repair]) -> Notes:
    """Return the notes of a page, and the letters its legend explains (NA, W, E)."""
    by_start = {r.start: r.original for r in repairs if r.kind == "footnote mark"}
    texts: dict[str, str] = {}
    legend: dict[str, str] = {}
    starts: set[int] = set()
    mark = ""
    for line in lines[len(lines) // 4 :]:
        here = by_start.get(line.start, "").strip()
        if here and re.fullmatch(r"\d{1,2}|[a-z]", here) and line.text[:1].isupper():
            mark = here
            starts.add(line.start)
            texts[mark] = line.text
        elif mark:
            if is_row(line) or line.text.isdigit():
                mark = ""
            else:
                texts[mark] += f" {line.text}"
    for key, words in list(texts.items()):
        if key.isalpha() and (entries := _LEGEND.findall(words)):
            texts[key] = words.split(". ")[0].rstrip(".") + "."
            legend |= {letter: f"{letter} {meaning}" for letter, meaning in entries}
    return Notes(texts, legend, frozenset(starts))
