"""A question as search and answering take it: the Query, with the words and names as written."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from corpus.facts import Query
from corpus.figures import find_figures
from corpus.language.names import MATERIALS
from corpus.language.periods import find_periods
from corpus.language.vocabulary import load_vocabulary
from index.proper_names import proper_names
from index.query import asks_overview, edition_spans, parse_query
from index.query.remaining_text import Span
from index.wording import content_words, stem, words

AnswerKind = Literal["money", "figure", "percent", "date", "other"]

_KINDS: dict[str, AnswerKind] = {
    "money": "money",
    "share": "percent",
    "figure": "figure",
    "date": "date",
}
_SEVERAL = ("list", "compare", "difference")


@dataclass(frozen=True, slots=True)
class Question:
    """A standalone question, read once.

    `words` are what it is about, folded, each once, `names` stand as they are written ("Mountain
    Pass", "CNRE"); the rest is that of the Query.
    """

    text: str
    query: Query
    words: tuple[str, ...]
    names: tuple[str, ...]
    figures: frozenset[float]

    @property
    def years(self) -> tuple[int, ...]:
        """The years that are asked for, each once; of a span its first and last."""
        periods = self.query.periods
        inner = {year for period in periods for year in period.years[1:-1]}
        years = (y for p in periods if p.years for y in (p.years[0], p.years[-1]))
        return tuple(dict.fromkeys(year for year in years if year not in inner))

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions that are named, without their versions: "MCS 2026"."""
        named = (edition.partition(" v")[0] for edition in self.query.editions)
        return tuple(dict.fromkeys(name for name in named if name[-4:].isdigit()))

    @property
    def materials(self) -> tuple[str, ...]:
        """The words of the elements, minerals and products that are asked about."""
        names = self.query.wanted.named("material")
        return tuple(
            dict.fromkeys(w for one in names if one.kind in MATERIALS for w in words(one.text))
        )

    @property
    def wants_list(self) -> bool:
        """Whether several things are asked for."""
        return self.query.operation in _SEVERAL

    @property
    def wants_overview(self) -> bool:
        """Whether all that is known of something is asked for, in short."""
        return asks_overview(self.text)

    @property
    def wants_latest(self) -> bool:
        """Whether the newest is asked for."""
        return self.query.latest


@lru_cache(maxsize=2_000)
def analyze(text: str) -> Question:
    """Take a question apart."""
    query = parse_query(text)
    subject = _without(text, edition_spans(text, load_vocabulary()))
    timeless = _without(subject, find_periods(subject))
    content = list(content_words(timeless))
    kind = _KINDS.get(query.value_kind, "other")
    content = [word for word in content if word not in _kind_words(kind)] or content
    return Question(
        text=text,
        query=query,
        words=tuple(word for word in content if stem(word) not in _changes()) or tuple(content),
        names=proper_names(subject),
        figures=frozenset(figure.value for figure in find_figures(text)),
    )


def editions(text: str) -> tuple[str, ...]:
    """Return the editions of publications that a text names, each once: "MCS 2026"."""
    named = (f"{one.series} {one.year}" for one in edition_spans(text, load_vocabulary()))
    return tuple(dict.fromkeys(named))


def _without(text: str, spans: Sequence[Span]) -> str:
    for one in reversed(spans):
        text = f"{text[: one.start]} ; {text[one.end :]}"
    return text


@cache
def _kind_words(kind: AnswerKind) -> frozenset[str]:
    """Return words that only say which kind of answer is wanted: one of that kind covers them."""
    return load_vocabulary().word_class(f"kind: {kind}")


@cache
def _changes() -> frozenset[str]:
    return frozenset(map(stem, load_vocabulary().word_class("kind: change")))
