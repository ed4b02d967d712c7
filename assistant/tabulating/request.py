"""Whether a question asks for a table, and for which: rows, columns, measures, years, editions."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.tabulating.asked_times import asked_editions, asked_years, without_asked_editions
from assistant.tabulating.measures import OF_PRODUCTION, measures_of, unit_key
from assistant.tabulating.periods import Edition
from assistant.tabulating.subjects import WORLD, kind_of, subjects_of, without_names
from index.wording import StemSet, plain_words, stem

Rows = Literal["country", "company", "named", "any"]
Change = Literal["none", "any", "up", "down"]
Columns = Literal["year", "part", "year and part", "time", "edition"]

_BY = (
    r"countr(?:y|ies)|nations?|compan(?:y|ies)|producers?|firms?|years?|quarters?|half-?years?|"
    r"editions?|elements?|oxides?|products?|end[- ]uses?|uses?|metals?|minerals?|mines?|plants?|"
    r"ores?|deposits?|grades?|publications?|sources?|origins?|items?|sectors?|projects?|holders?|groups?|types?"
)


_TABLE = re.compile(
    r"\b(?:as|in|into) (?:a |an )?(?:\w+ )?table\b|\btabulat\w+|"
    r"\b(?:give|show|make|draw|build|create|compile|produce|need|want|get|print|prepare)\b"
    r"[^.?]*\ba (?:\w+ ){0,3}table\b|^(?:a )?table (?:of|with|showing)\b|^table:",
    re.IGNORECASE,
)
_BY_ROWS = re.compile(
    rf"\bby (?:each |individual )?(?P<by>{_BY})\b(?!-)"
    r"(?!(?<=year) \d{4}(?!\s?(?:-|–|to\b|through\b)))",  # "by year 2025" is a date
    re.IGNORECASE,
)
_AND_BY = re.compile(
    rf"\bby (?:\w+[- ]?){{1,3}}(?:and|/|or)(?: by)? ?(?P<by>{_BY})\b", re.IGNORECASE
)
_EACH = re.compile(
    rf"\b(?:for|in|of|from) (?:each|every) (?P<by>{_BY})\b|\beach (?P<by2>{_BY})['’]s\b"
    r"|\byear[- ]by[- ]year\b|\bover the years\b"
    r"|\bcountry[- ]by[- ]country\b",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"^(?:please )?(?:list|show|give|compare|tabulate|put|set out|provide)\b", re.IGNORECASE
)
_SERIES = re.compile(r"\b(?:per|each|every) year\b|\bannual(?:ly)?\b|\byearly\b", re.IGNORECASE)
_RATE = re.compile(
    r"\b(?:t|tons?|tonnes?|kg|units?|\w+s) (?:per|each|every|a) year\b", re.IGNORECASE
)
_PLURAL = re.compile(
    r"^what (?:were|are) .*\b(?:prices|exports|imports|figures|values|quotas|reserves|levels|"
    r"outputs|volumes|revenues|profits)\b",
    re.IGNORECASE,
)
_WHICH_CHANGED = re.compile(
    r"\bwhich (?P<by>countr(?:y|ies)|nations?|compan(?:y|ies)|producers?)\b.*"
    r"\b(?:chang\w+|revis\w+|differ\w*|rose|fell|rise|fall|increas\w+|decreas\w+|grew|corrected)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\b(?:chang\w+|revis\w+|differ\w*|corrected)\b", re.IGNORECASE)
_ROSE = re.compile(r"\b(?:rose|risen?|rises|increas\w+|grew|grown?|gr?ows)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\b.*\b(?:and|to)\b|\bsince\b", re.IGNORECASE)
_SINGLE = re.compile(
    r"^(?:by how|by what|who|why|when|where|how (?:many|much|large|big|far|high|long)|is|"
    r"are|was|were|do|does|did|"
    r"has|have|can|could|which (?:edition|report|source|document|table|year))\b",
    re.IGNORECASE,
)


_UNIT_ASKED = re.compile(
    r"\bin ((?:million |thousand )?(?:metric tons|tonnes|tons|kilograms|kg|pounds|short tons|"
    r"US\$|\$|€|US dollars|dollars|euros?|yuan|RMB|percent)"
    r"(?:\s?(?:/|per) ?\s?(?:metric ton|tonne|ton|kilogram|kg|pound|lb|t)\b)?)",
    re.IGNORECASE,
)
_COUNTRIES = frozenset("country countries nation nations origin origins".split())
_COMPANIES = frozenset("company companies producer producers firm firms".split())
_TIMES = frozenset("year years".split())
_PARTS = frozenset("quarter quarters half-year half-years halfyear halfyears".split())
_EDITIONS = frozenset("edition editions".split())
_NO_ROW_WORDS = _COUNTRIES | _COMPANIES | _TIMES | _PARTS | _EDITIONS
_TRADE = StemSet("imports exports reliance tariff")
_VALUE = re.compile(r"\bvalues? of\b|\bin value\b|\b(?:import|export)s? values?\b", re.IGNORECASE)
_STAGE = re.compile(r"\bmining\b", re.IGNORECASE)
_CONJUNCTION = re.compile(r"\s*(?:,|&|/|\band\b|\bor\b)\s*", re.IGNORECASE)

# Words that shape a request without saying what its figures are of.
_SHAPING = StemSet("""table tables tabulate list show give compare put set provide make draw build
    create compile produce print prepare please a an the of by for in from to and or as with over
    between through until till since each every per year years yearly annual annually quarter
    quarters quarterly half country countries nation nations company companies producer producers
    firm firms edition editions what which were was are is did do how much many change changed
    changes differ differed different revise revised revision rise fall rose fell me us we i need
    want get all their its own his values value figures figure data numbers amounts level levels
    volume volumes average total at on into during versus vs side together main reported according
    published full whole world worldwide global usgs geological survey both these those named
    mcs myb mineral commodity summaries summary minerals yearbook version v have has been had
    individual""")


@dataclass(frozen=True, slots=True)
class TableRequest:
    """A table that is asked for.

    `measures` are stems: of one of these sets each figure must be. `qualifiers` are the stems of
    what else must be said of it, `owners` the ids of whose imports or exports it must be. `actors`
    and `goods` are ids of the lexicon; of each that is not empty a figure must name one.
    `row_words` say what rows are of where that is no country or company ("end use").
    `years` are those asked for, () for all; `change` keeps the rows whose figures differ so.
    """

    text: str
    measures: tuple[frozenset[str], ...]
    qualifiers: frozenset[str]
    actors: tuple[str, ...]
    owners: tuple[str, ...]
    goods: tuple[str, ...]
    rows: Rows
    row_words: tuple[str, ...]
    columns: Columns
    years: tuple[int, ...]
    editions: tuple[Edition, ...]
    change: Change
    unit: frozenset[str]
    wants_money: bool
    measure_words: str
    alternatives: tuple[frozenset[str], ...] = ()  # qualifiers of each of several things

    @property
    def every(self) -> frozenset[str]:
        """The stems of all measures."""
        return frozenset[str]().union(*self.measures)

    @property
    def told(self) -> frozenset[str]:
        """What need not be said of a row, since all of them are of it: the only measure."""
        return self.measures[0] if len(self.measures) == 1 else frozenset()


def asks_table(question: str) -> bool:
    """Tell whether a question asks for a table: it says so, or names rows or columns to run over.

    A single figure, also one of a span of years ("how much did it rise from 2020 to 2024"), is
    no table.
    """
    if _TABLE.search(question):
        return True
    if _WHICH_CHANGED.search(question):
        return bool(_BETWEEN.search(question) or asked_editions(question))
    if _SINGLE.match(question.strip()) and not _EACH.search(question):
        return False
    if _BY_ROWS.search(question) or _AND_BY.search(question) or _EACH.search(question):
        return True
    spans = len(asked_years(question)) > 2
    listing = _LISTING.match(question.strip()) or _PLURAL.match(question.strip())
    series = _SERIES.search(question) and not _RATE.search(question)
    return bool(listing and (spans or series))


def parse_request(question: str) -> TableRequest:
    """Take a question that asks for a table apart."""
    by = [found.lower() for found in _by(question)]
    editions = asked_editions(question)
    without = without_asked_editions(question)
    years = asked_years(without)
    about = _UNIT_ASKED.sub(" ", _BY_ROWS.sub(" ", _AND_BY.sub(" ", without)))
    named = subjects_of(about)
    unnamed = without_names(about)
    measures = _alternatives(unnamed)
    every = frozenset[str]().union(*measures)
    rest = {one for one in named.rest if not re.fullmatch(r"v?[\d.]+|v", one)}
    unit = _UNIT_ASKED.search(question)
    rows = _rows(by, named.actors, named.goods)
    by_rows = [one for one in by if one not in _NO_ROW_WORDS]
    actors = named.actors
    nothing_named = rows == "any" and not by_rows and not actors and not named.goods
    if nothing_named and every == {stem("production")}:
        actors, rows = (WORLD,), "named"
    if rows == "named" and len(measures) > 1 and len(actors) > 1 and not named.goods:
        # Side by side, countries are rows and what is asked of each stands in columns.
        rows = "country" if all(kind_of(one) in ("country", WORLD) for one in actors) else rows
    owners: tuple[str, ...] = ()
    if rows == "country":
        if {*actors} <= {WORLD}:
            actors = ()
        elif len(actors) == 1 and every & _TRADE:
            actors, owners = (), actors
    qualifiers = frozenset(rest - _SHAPING - every - _of_one_measure(unnamed, measures))
    return TableRequest(
        text=question,
        measures=measures,
        qualifiers=qualifiers,
        alternatives=_several(unnamed, qualifiers),
        actors=actors,
        owners=owners,
        goods=named.goods,
        rows=rows,
        row_words=tuple(by_rows),
        columns=_columns(by, years, editions, question),
        years=years,
        editions=editions,
        change=_change(question),
        unit=unit_key(unit[1]) if unit else frozenset(),
        wants_money=bool(_VALUE.search(about)),
        measure_words=_measure_words(unnamed),
    )


def _change(question: str) -> Change:
    """Return which rows a question wants: those that rose, fell, or changed in any way."""
    if _CHANGED.search(question):
        return "any"
    if not _WHICH_CHANGED.search(question):
        return "none"
    return "up" if _ROSE.search(question) else "down"


def _alternatives(about: str) -> tuple[frozenset[str], ...]:
    """Return the measures that a request asks for: "revenue and profit" are two of them."""
    parts = [measures_of(part) for part in _CONJUNCTION.split(_without_stage(about))]
    return tuple(dict.fromkeys(part for part in parts if part)) or (frozenset(),)


def _without_stage(about: str) -> str:
    """Return words without a stage that is no measure: "mining and separation quotas"."""
    return _STAGE.sub(" ", about) if OF_PRODUCTION & measures_of(about) else about


def _several(about: str, qualifiers: frozenset[str]) -> tuple[frozenset[str], ...]:
    """Return what is said of each of several things: "oxide and metal prices"."""
    if OF_PRODUCTION & measures_of(about) and _STAGE.search(about):
        qualifiers |= {stem("mining")}
    about = re.sub(r"-and-", "-", about)  # "smelting-and-separation" is one thing
    parts = [frozenset(map(stem, plain_words(part))) for part in _CONJUNCTION.split(about)]
    return tuple(dict.fromkeys(said for part in parts if (said := part & qualifiers)))


def _of_one_measure(about: str, measures: tuple[frozenset[str], ...]) -> frozenset[str]:
    """Return the words before one of several measures, which say nothing of the others."""
    if len(measures) < 2:
        return frozenset()
    before: set[str] = set()
    for part in _CONJUNCTION.split(about):
        words = [stem(word) for word in plain_words(part)]
        at = next((place for place, word in enumerate(words) if measures_of(word)), 0)
        before |= {*words[:at]}
    return frozenset(before)


def _by(question: str) -> list[str]:
    found = [match["by"] for match in _BY_ROWS.finditer(question)]
    found += [match["by"] for match in _AND_BY.finditer(question)]
    found += [match["by"] or match["by2"] or "" for match in _EACH.finditer(question)]
    found += [match["by"] for match in _WHICH_CHANGED.finditer(question)]
    if re.search(r"\bcountry[- ]by[- ]country\b", question, re.IGNORECASE):
        found.append("country")
    return [one for one in found if one]


def _rows(by: list[str], actors: tuple[str, ...], goods: tuple[str, ...]) -> Rows:
    if _COUNTRIES & {*by}:
        return "country"
    if _COMPANIES & {*by}:
        return "company"
    further = {*by} - _TIMES - _PARTS - _EDITIONS
    if further or not (actors or goods):
        return "any"
    return "named"


def _columns(
    by: list[str], years: tuple[int, ...], editions: tuple[Edition, ...], question: str
) -> Columns:
    if len(editions) > 1 or (_EDITIONS & {*by}):
        return "edition"
    if _PARTS & {*by} or re.search(r"\bquarter", question, re.IGNORECASE):
        both = _TIMES & {*by} or re.search(r"\byear", question, re.IGNORECASE)
        return "year and part" if both else "part"
    asked = years or _TIMES & {*by} or _SERIES.search(question)
    return "year" if asked else "time"


def _measure_words(about: str) -> str:
    """Return the words of a question that name its measures, as it has them."""
    told = [w for w in re.findall(r"[^\W\d_][\w-]+", about) if _tells_measure(w)]
    return " ".join(dict.fromkeys(told))


def _tells_measure(word: str) -> bool:
    plain = plain_words(word)
    return bool(plain) and (bool(measures_of(word)) or stem(plain[0]) not in _SHAPING)


def rows_are_of(request: TableRequest, actor: str) -> bool:
    """Tell whether rows of a request are of such an actor: a country, or the world."""
    if request.rows == "country":
        return kind_of(actor) in ("country", WORLD)
    return kind_of(actor) == "company"
