"""What the text before a sentence tells: who and what it is about, when, of what measure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Block, Page, Source
from corpus.facts.mentions import is_aggregate, is_place, names_in, periods_in
from corpus.language.measures import find_measures, find_terms
from corpus.language.names import Name, find_names
from corpus.language.periods import Period, find_periods, parse_period
from corpus.lexicon import load_lexicon

_TITLE_PERIODS = re.compile(r"(?:FY)?\d{4}(?:-[QH]\d)?|\d{4}/\d{4}|P\d+M/.+")
_DOMAIN = ".com"
_HOLDS = re.compile(r"(?:FY)?\d{4}(?:-[QHB]?\d\d?)?|P\d+M/.+|\d{4}/\d{4}")


@dataclass(frozen=True, slots=True)
class Told:
    """What the text before a sentence has told: who and what it is about, when, of what measure.

    `body`, `place` and `who` (either) are who was named last, those of the heading and title where
    nobody was; `run_in` is the measure of a heading that the text continues: "Import sources:
    China, 71%". `home` is the country of who speaks, `year` that of a month without its own, and
    `against` the time that a heading compares its own with.
    """

    filer: Name | None = None  # the company whose filing it is
    home: Name | None = None
    body: Name | None = None
    place: Name | None = None
    who: Name | None = None
    topic: Name | None = None  # the company or the place that the heading or title is of
    material: Name | None = None
    period: Period | None = None
    against: str = ""
    year: str = ""
    measure: str = ""
    run_in: str = ""

    @classmethod
    def before(cls, source: Source, heading: tuple[str, str]) -> "Told":
        """Return what heading and title tell: a name counts where it is the only one of a kind."""
        told = cls(home=_country_of(source.publisher), year=_data_year(source))
        if source.rank == "filing" and source.publisher:
            filer = _only(n.name for n in find_names(source.publisher) if n.name.kind == "company")
            filer = filer or Name(source.publisher.removesuffix(_DOMAIN), "", "company")
            told = replace(told, filer=filer, body=filer, who=filer)
        section, printed = heading
        for text in (source.title, section):
            names = [one.name for one in names_in(text, told.home)]
            body = _only(n for n in names if n.kind == "company")
            place = _only(n for n in names if is_place(n))
            told = replace(
                told,
                body=body or told.body,
                place=place or told.place,
                who=body or place or told.who,
                topic=body or place or told.topic,
                material=_only(n for n in names if n.is_material) or told.material,
            )
        measures = {m.meaning.name for m in find_measures(printed or section)}
        if len(measures) == 1:
            measure = measures.pop()
            told = replace(told, measure=measure, run_in=measure if printed[-1:] == ":" else "")
        return told.dated(printed or section)

    def dated(self, heading: str) -> "Told":
        """Return it with the time of a heading, and that which the heading compares it with."""
        found = find_periods(heading)
        texts = list(dict.fromkeys(p.period.text for p in found))
        if not texts or not _TITLE_PERIODS.fullmatch(texts[0]):
            return self
        against = ""
        if len(texts) == 2:
            between = heading[found[0].end : found[-1].start]
            if not any(m.meaning == "compared" for m in find_terms("grammar", between)):
                return self
            against = texts[1]
        if len(texts) > 2:
            return self
        return replace(self, period=period_of(texts[0]), against=against, year=_year_in(texts[0]))

    def after(self, sentence: str) -> "Told":
        """Return what is told after a sentence that was not parsed."""
        told = self.naming([one.name for one in names_in(sentence, self.home)])
        return told.timed([period for _, _, period in periods_in(sentence, self.year)])

    def naming(self, names: Sequence[Name]) -> "Told":
        """Return it with the first body and place of a sentence, where it names any."""
        body = next((n for n in names if n.kind == "company"), None)
        place = next((n for n in names if is_place(n) and not is_aggregate(n)), None)
        who = next((n for n in names if n in (body, place)), None)
        return replace(self, body=body or self.body, place=place or self.place, who=who or self.who)

    def timed(self, periods: Iterable[Period]) -> "Told":
        """Return it with the time of a sentence: the only one, none where there are several."""
        texts = list(dict.fromkeys(p.text for p in periods if _HOLDS.fullmatch(p.text)))
        if not texts:
            return self
        period = period_of(texts[0]) if len(texts) == 1 else None
        return replace(self, period=period, year=_year_in(texts[0]), against="")


@lru_cache(maxsize=1024)
def _country_of(publisher: str) -> Name | None:
    """Return the country of who publishes."""
    lexicon = load_lexicon()
    countries = {entry.country for entry in lexicon.named(publisher) if entry.country}
    if len(countries) != 1:
        return None
    entry = lexicon.entry(countries.pop())
    return Name(entry.name, entry.id, entry.kind)


def _data_year(source: Source) -> str:
    """Return the last year that an annual publication or a filing has figures of."""
    published = int(source.published[:4] or 0)
    if source.rank == "filing":
        return source.published[:4]
    years = [year for year in source.data_years if year <= published]
    return str(max(years)) if years and source.rank == "official" else ""


def _year_in(text: str) -> str:
    found = re.match(r"(?:FY)?\d{4}", text.rpartition("/")[2])
    return found.group() if found else ""


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
