"""What the text before a sentence tells: who and what it is about, when, of what measure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Block, Page, Source
from corpus.facts.mentions import is_aggregate, is_place
from corpus.language.measures import find_measures
from corpus.language.names import Name, find_names
from corpus.language.periods import Period, find_periods, parse_period

_TITLE_PERIODS = re.compile(r"(?:FY)?\d{4}(?:-[QH]\d)?|\d{4}/\d{4}")


@dataclass(frozen=True, slots=True)
class Told:
    """What the text before a sentence has told: who and what it is about, when, of what measure.

    `body` and `place` are who was named last, those of the heading and title where nobody was;
    `run_in` is the measure of a heading that the text continues: "Import sources: China, 71%".
    """

    filer: Name | None = None  # the company whose filing it is
    body: Name | None = None
    place: Name | None = None
    material: Name | None = None
    period: Period | None = None
    measure: str = ""
    run_in: str = ""

    @classmethod
    def before(cls, source: Source, heading: tuple[str, str]) -> "Told":
        """Return what heading and title tell: a name counts where it is the only one of a kind."""
        told = cls()
        if source.rank == "filing" and source.publisher:
            filer = _only(n.name for n in find_names(source.publisher) if n.name.kind == "company")
            filer = filer or Name(source.publisher, "", "company")
            told = cls(filer=filer, body=filer)
        section, printed = heading
        for text in (source.title, section):
            names = [one.name for one in find_names(text)]
            told = replace(
                told,
                body=_only(n for n in names if n.kind == "company") or told.body,
                place=_only(n for n in names if is_place(n)) or told.place,
                material=_only(n for n in names if n.is_material) or told.material,
            )
        measures = {m.meaning.name for m in find_measures(printed or section)}
        if len(measures) == 1:
            measure = measures.pop()
            told = replace(told, measure=measure, run_in=measure if printed[-1:] == ":" else "")
        periods = {p.period.text for p in find_periods(printed or section)}
        if len(periods) == 1 and _TITLE_PERIODS.fullmatch(text := periods.pop()):
            told = replace(told, period=period_of(text))
        return told

    def after(self, sentence: str) -> "Told":
        """Return what is told after a sentence that was not parsed."""
        names = [one.name for one in find_names(sentence)]
        return self.naming(names)

    def naming(self, names: Sequence[Name]) -> "Told":
        """Return it with the first body and place of a sentence, where it names any."""
        body = next((n for n in names if n.kind == "company"), None)
        place = next((n for n in names if is_place(n) and not is_aggregate(n)), None)
        return replace(self, body=body or self.body, place=place or self.place)


def heading_of(page: Page, block: Block) -> tuple[str, str]:
    """Return the section of a block and the heading right above it as it is printed."""
    before = [b for b in page.blocks if b.end <= block.start]
    above = before[-1] if before and before[-1].kind == "heading" else None
    printed = page.text[above.start : above.end].strip() if above else ""
    return block.context.section, printed


def _only(names: Iterable[Name]) -> Name | None:
    held = list(dict.fromkeys(names))
    return held[0] if len(held) == 1 else None


@lru_cache(maxsize=1024)
def period_of(text: str) -> Period:
    """Return the period of a canonical form, one value for each."""
    return parse_period(text)
