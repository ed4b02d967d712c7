"""What a question asks: its words and names, years and editions, and the kind of answer."""

import re
from dataclasses import dataclass
from typing import Literal

from corpus.dating import editions_asked
from corpus.figures import find_figures
from corpus.language.dates import month_numbers
from corpus.language.periods import find_years
from corpus.language.vocabulary import any_form, load_vocabulary
from corpus.language.words import fold
from corpus.lexicon import load_lexicon
from index.wording import content_words, stem

AnswerKind = Literal["money", "figure", "percent", "date", "other"]

_CAPITALIZED = re.compile(
    r"(?:[A-Z][\w’'&-]*|[a-z]?[A-Z]{2,}\w*)(?:\s+(?:of\s+the\s+|of\s+|and\s+(?=[A-Z][a-z]+\s"
    r"[A-Z]))?(?:[A-Z][\w’'&-]*|\d{1,3}\b))*"
)
_PERIOD = re.compile(r"Q[1-4]|H[12]")  # a part of a year, not a name
_QUESTION_WORDS = frozenset(
    """what which who whom whose when where why how did does do is are was were has have had can
    could should will would in on at for from of by according find list name tell give the both
    a an and if until whose why since between during after before to""".split()
) | frozenset(month_numbers(load_vocabulary(), "english"))
# Named in small letters, yet names: an answer about another element is no answer.
_MATERIALS = frozenset(
    """lanthanum cerium praseodymium neodymium promethium samarium europium gadolinium terbium
    dysprosium holmium erbium thulium ytterbium lutetium yttrium scandium thorium uranium monazite
    bastnaesite xenotime mischmetal ferrocerium""".split()
)
# Words that only say which kind of answer is wanted: holding one of that kind covers them.
_KIND_WORDS: dict[AnswerKind, frozenset[str]] = {
    "percent": frozenset("share percent percentage proportion fraction rate".split()),
    "figure": frozenset(
        "capacity annual number amount quantity size volume total tonnes tons metric".split()
    ),
    "money": frozenset("worth value valued total amount dollars average".split()),
    "date": frozenset("date month day".split()),
    "other": frozenset(),
}
_CHANGES = frozenset(
    stem(word) for word in "rise fall change far compare difference differ more less".split()
)
# Whose edition it is goes without saying: these two are what has editions in this industry.
_LONE_EDITION = re.compile(
    r"\b(?P<MCS>20\d\d)\s+edition\b|\b(?<=Yearbook)(?P<MYB>,?\s+(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# With a day or a year beside it; "May" and "March" alone may begin a name.
_MONTH = (
    any_form(name.title() for name in month_numbers(load_vocabulary(), "english", "english short"))
    + r"\b\.?"
)
_DAY_OR_YEAR = r"(?=,? (?:\d{1,2}\b|(?:19|20)\d\d\b|[’']\d\d\b))"
_DATED = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|\b{_MONTH}{_DAY_OR_YEAR}")
_MONEY = re.compile(
    r"\b(?:costs?|prices?|priced|revenues?|profits?|earn(?:ed|s|ings)?|income|turnover|worth|"
    r"valued?|raised?|loans?|invest(?:ed|ments?)?|paid|pay|spen[dt]|budgets?|dollars|funding|"
    r"expenditures?)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"\b(?:what|which) (?:share|percent(?:age)?|proportion|fraction|rate)|\bimport reliance\b|"
    r"\bhow (?:much|large) (?:of|a share)|\bshare of\b|\bgrade\b|\btariff\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\bhow (?:many|much|large|big|far|long|fast|high|low)\b|\b(?:capacity|number of|amount|"
    r"quantity|tonnage|reserves?|quotas?|output|volume|figure|size|limit|intensity)\b|"
    r"^what (?:is|was|were|are)\b.*"
    r"\b(?:production|imports|exports|consumption|employment|demand)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\bwhen\b|\b(?:what|which) (?:year|month|date|day)\b|\bsince when\b", re.I)
_LIST = re.compile(
    r"^(?:list|name)\b|\bwhich (?:two|three|four|five|six|\w+s)\b|\bwhat are the\b|\bboth\b|"
    r"\ball\b|\bcompare|\bdifference|\bchange[ds]?\b|\bhow far\b",
    re.IGNORECASE,
)
_PART_OF_YEAR = re.compile(r"\bthe (?:end|beginning|start|close) of (?=(?:19|20)\d\d)", re.I)
_LATEST = re.compile(r"\b(?:latest|newest|most recent|current(?:ly)?|now|today)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A standalone question, taken apart."""

    text: str
    words: tuple[str, ...]  # what it is about, folded, each once; years stand apart
    names: tuple[str, ...]  # as written: "Mountain Pass", "CNRE"
    materials: tuple[str, ...]  # elements and minerals
    years: tuple[int, ...]
    editions: tuple[str, ...]  # "MCS 2026"
    figures: frozenset[float]
    kind: AnswerKind
    wants_list: bool
    wants_latest: bool


def analyze(text: str) -> Question:
    """Take a question apart."""
    without_editions = _PART_OF_YEAR.sub("", _without_years_of_editions(text))
    years = find_years(without_editions)
    content = [word for word in content_words(without_editions) if word not in map(str, years)]
    kind = _kind(text)
    content = [word for word in content if word not in _KIND_WORDS[kind]] or content
    return Question(
        text=text,
        words=tuple(word for word in content if stem(word) not in _CHANGES) or tuple(content),
        names=_names(without_editions),
        years=years,
        materials=tuple(word for word in content if word in _MATERIALS),
        editions=editions(text),
        figures=frozenset(figure.value for figure in find_figures(text)),
        kind=kind,
        wants_list=bool(_LIST.search(text)),
        wants_latest=bool(_LATEST.search(text)),
    )


def editions(text: str) -> tuple[str, ...]:
    """Return the editions of publications that a text names, each once: "MCS 2026"."""
    named = [(one.start, f"{one.series} {one.year}") for one in editions_asked(text)]
    for lone in _LONE_EDITION.finditer(text):
        if all(lone.start() < one.start or one.end < lone.end() for one in editions_asked(text)):
            named.append((lone.start(), f"{lone.lastgroup} {lone[lone.lastgroup or 0][-4:]}"))
    return tuple(dict.fromkeys(name for _, name in sorted(named)))


def _without_years_of_editions(text: str) -> str:
    """Return a text in which no year of an edition stands; of MCS not even its name."""
    for one in reversed(editions_asked(text)):
        words = re.sub(rf",?\s*{one.year}", "", text[one.start : one.end])
        if one.series == "MCS":
            words = f" v{one.version}" if one.version else " "
        text = text[: one.start] + words + text[one.end :]
    return _LONE_EDITION.sub(" ", text)


def _names(text: str) -> tuple[str, ...]:
    tickers = [m for m in load_lexicon().names_in(text) if m.name.note == "ticker"]
    names = [text[m.start : m.end] for m in tickers]
    for mention in tickers:
        text = text.replace(text[mention.start : mention.end], " " * (mention.end - mention.start))
    text = _DATED.sub(lambda found: ";" * len(found.group()), text)
    for match in _CAPITALIZED.finditer(text):
        for stretch in re.split(r"[’']s\b|[’'](?=\s|$)", match.group()):
            parts = [part for part in stretch.split() if not _PERIOD.fullmatch(part)]
            while parts and fold(parts[0]) in _QUESTION_WORDS:
                parts = parts[1:]
            if len(name := " ".join(parts)) > 1:
                names.append(name)
    return tuple(dict.fromkeys(names))


def _kind(text: str) -> AnswerKind:
    if _DATE.search(text):
        return "date"
    counted = re.search(r"\bhow many (?!dollars|euros|yuan)", text, re.IGNORECASE)
    if _PERCENT.search(text) and not counted:
        return "percent"
    if _MONEY.search(text) and not counted and not re.search(r"^(?:why|which|who)\b", text, re.I):
        return "money"
    return "figure" if _FIGURE.search(text) else "other"
