"""The context of a sentence: who and what the text before it is about, when, of what measure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Block, Page, Source
from corpus.facts.sentences.mentions import is_aggregate, is_place, names_in, periods_in
from corpus.language.clauses import BULLET
from corpus.language.measures import find_measures, find_terms
from corpus.language.names import Name, find_names
from corpus.language.periods import Period, find_periods, parse_period
from corpus.lexicon import load_lexicon

_PARTS_OF_YEAR = r"FY\d{4}-Q\d/FY\d{4}-Q\d|P\d+M/.+"
_TITLE_PERIODS = re.compile(rf"(?:FY)?\d{{4}}(?:-[QH]\d)?|\d{{4}}/\d{{4}}|{_PARTS_OF_YEAR}")
_DOMAIN = ".com"
_OF_YEAR = re.compile(r"(FY)?(\d{4})(-(?!02-29)(?:[QH]\d|\d\d(?:-\d\d)?))?")
_HOLDS = re.compile(rf"(?:FY)?\d{{4}}(?:-[QHB]?\d\d?)?|\d{{4}}/\d{{4}}|{_PARTS_OF_YEAR}")


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence may leave unsaid, since the text before it, its heading or title says it.

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
    topic_material: Name | None = None
    material: Name | None = None  # the one that was named last
    period: Period | None = None
    against: str = ""
    year: str = ""
    measure: str = ""
    heading_measure: str = ""
    run_in: str = ""
    basis: str = ""  # of the sentences before
    page_basis: str = ""  # the first of the page
    status: str = ""  # the last of the sentences before
    stage: str = ""  # the last that was named
    speaker: Name | None = None  # whose word the sentences before were
    edition: str = ""  # the year that a publication has figures of
    title_year: str = ""

    def names(self) -> Iterator[tuple[str, Name]]:
        """Yield who and what was named, with where."""
        held = (
            ("filer", self.filer),
            ("body", self.body),
            ("place", self.place),
            ("who", self.who),
            ("topic", self.topic),
            ("topic material", self.topic_material),
            ("material", self.material),
            ("home", self.home),
        )
        for source, name in held:
            if name:
                yield source, name

    @property
    def bases(self) -> tuple[tuple[str, str], ...]:
        """The bases that were named, with where."""
        held = (("context", self.basis), ("page", self.page_basis))
        return tuple((source, basis) for source, basis in held if basis)

    def after(self, sentence: str) -> "Context":
        """Return what is known after a sentence that was not parsed."""
        names = [one.name for one in names_in(sentence, self.home)]
        found = self.with_names(names).with_bases(sentence)
        if sentence.rstrip().endswith(":"):  # leads into what follows, as a heading does
            dated = _dated(found, sentence)
            if dated is not found:
                return dated
        return found.with_periods([period for _, _, period in periods_in(sentence, self.year)])

    def with_names(self, names: Sequence[Name]) -> "Context":
        """Return it with the first body and place of a sentence, and its last material."""
        body = next((n for n in names if n.kind == "company"), None)
        place = next((n for n in names if is_place(n) and not is_aggregate(n)), None)
        who = next((n for n in names if n in (body, place)), None)
        materials = [n for n in names if n.is_material]
        return replace(
            self,
            body=body or self.body,
            place=place or self.place,
            who=who or self.who,
            material=materials[-1] if materials else self.material,
        )

    def with_measure(self, measure: str) -> "Context":
        """Return it with the measure that a sentence named last."""
        return replace(self, measure=measure)

    def with_state(self, status: str, stage: str, speaker: Name | None) -> "Context":
        """Return it with what a sentence says of how certain it is, at which stage, by whom."""
        return replace(
            self, status=status, stage=stage or self.stage, speaker=speaker or self.speaker
        )

    def with_bases(self, sentence: str) -> "Context":
        """Return it with the basis that a sentence names."""
        found = find_terms("bases", sentence)
        return replace(self, basis=found[-1].meaning) if found else self

    def with_periods(self, periods: Iterable[Period]) -> "Context":
        """Return it with the time of a sentence: the only one, none where there are several."""
        texts = list(dict.fromkeys(p.text for p in periods if _HOLDS.fullmatch(p.text)))
        if not texts:
            return self
        period = period_of(texts[0]) if len(texts) == 1 else None
        return replace(self, period=period, year=_year_in(texts[0]), against="")


def context_of(source: Source, page: Page, block: Block) -> Context:
    """Return what heading and title tell: a name counts where it is the only one of a kind."""
    year = _data_year(source)
    context = Context(home=_country_of(source.publisher), year=year, edition=year)
    if source.rank == "filing" and source.publisher:
        filer = _only(n.name for n in find_names(source.publisher) if n.name.kind == "company")
        filer = filer or Name(source.publisher.removesuffix(_DOMAIN), "", "company")
        context = replace(context, filer=filer, body=filer, who=filer)
    section, printed = _heading_of(page, block)
    for text in (source.title, section):
        names = [one.name for one in names_in(text, context.home)]
        body = _only(n for n in names if n.kind == "company")
        place = _only(n for n in names if is_place(n))
        context = replace(
            context,
            body=body or context.body,
            place=place or context.place,
            who=body or place or context.who,
            topic=body or place or context.topic,
            topic_material=_only(n for n in names if n.is_material) or context.topic_material,
        )
    measures = {m.meaning.name for m in find_measures(printed or section)}
    if len(measures) == 1:
        measure = measures.pop()
        run_in = measure if printed[-1:] == ":" else ""
        context = replace(context, measure=measure, heading_measure=measure, run_in=run_in)
    stages = find_terms("stages", section)
    context = replace(
        context,
        page_basis=_basis_of(page.text),
        stage=stages[-1].meaning if stages else "",
        title_year=_year_of_title(source.title),
    )
    return _dated(context, printed or section)


@lru_cache(maxsize=8)
def _basis_of(text: str) -> str:
    """Return the basis that a page names first, with most words: "REO", "TREO"."""
    found = [term.meaning for term in find_terms("bases", text) if " " not in term.meaning]
    return next((basis for basis in found if basis[:1].isupper()), "")


@lru_cache(maxsize=1024)
def _year_of_title(title: str) -> str:
    """Return the one year that a title names."""
    years = {str(one.period.year) for one in find_periods(title) if one.period.year}
    return years.pop() if len(years) == 1 else ""


def _dated(context: Context, heading: str) -> Context:
    """Return a context with the time of a heading, and that which the heading compares it with."""
    found = find_periods(heading)
    texts = list(dict.fromkeys(p.period.text for p in found))
    against = ""
    if len(texts) == 2:
        texts[0] = texts[0].removesuffix("/..")  # "highlights from 2023 compared with 2022"
        between = heading[found[0].end : found[-1].start]
        if not any(m.meaning == "compared" for m in find_terms("grammar", between)):
            return context
        against = texts[1]
    if not 0 < len(texts) <= 2 or not _TITLE_PERIODS.fullmatch(texts[0]):
        return context
    return replace(context, period=period_of(texts[0]), against=against, year=_year_in(texts[0]))


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


def _heading_of(page: Page, block: Block) -> tuple[str, str]:
    """Return the section of a block and the heading right above it as it is printed.

    The items of a list stand below the sentence that leads into it: "Highlights included:".
    """
    before = [b for b in page.blocks if b.end <= block.start]
    if _is_item(page, block):
        while before and _is_item(page, before[-1]):
            before.pop()
    above = page.text[before[-1].start : before[-1].end].strip() if before else ""
    is_lead = _is_item(page, block) and above.endswith(":")
    is_above = bool(before) and (before[-1].kind == "heading" or is_lead)
    return block.context.section, above if is_above else ""


def _is_item(page: Page, block: Block) -> bool:
    return block.kind == "prose" and bool(BULLET.match(page.text, block.start))


def _only(names: Iterable[Name]) -> Name | None:
    held = list(dict.fromkeys(names))
    return held[0] if len(held) == 1 else None


@lru_cache(maxsize=1024)
def period_of(text: str) -> Period:
    """Return the period of a canonical form, one value for each."""
    return parse_period(text)


def year_before(period: Period) -> str:
    """Return the same time a year earlier, "" where that is not plain."""
    if months := re.fullmatch(r"P\d+M/(\d{4}).+", period.text):
        return period.text.replace(f"/{months[1]}", f"/{int(months[1]) - 1}", 1)
    parts = [_OF_YEAR.fullmatch(part) for part in period.text.split("/")]
    if not all(parts) or (len(parts) > 1 and not all(one[3] for one in parts if one)):
        return ""
    return "/".join(f"{one[1] or ''}{int(one[2]) - 1}{one[3] or ''}" for one in parts if one)


def same_part(period: Period, year: str) -> str:
    """Return the part of another year that a period is of its own: "the same quarter in 2022"."""
    found = re.fullmatch(r"(P\d+M/|FY)?(\d{4})(-.+)?", period.text)
    if not found or not re.fullmatch(r"\d{4}", year):
        return year
    return f"{found[1] or ''}{year}{found[3] or ''}"


def year_after(period: Period) -> str:
    """Return the same time a year later, "" where that is not plain."""
    found = re.fullmatch(r"(FY)?(\d{4})((?:-[QH]\d)?)", period.text.removesuffix("/.."))
    return f"{found[1] or ''}{int(found[2]) + 1}{found[3]}" if found else ""
