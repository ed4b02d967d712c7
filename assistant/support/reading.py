"""A sentence taken apart for the support check: figures bound to years and names, and words."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.quantities import TIME_KINDS, Quantity, find_quantities
from assistant.support.binding import Place, bind
from assistant.support.facets import NAMING, find_marks
from corpus.document import Cell
from corpus.lexicon import load_lexicon
from index.question import analyze, editions
from index.wording import content_words, plain_words, stem, stems

_TIMES = ("year", "date")
BOUND_FACETS = (*NAMING, "direction", "period", "measure", "stage")
_LABEL_WORDS = frozenset("fy phase stage version table q1 q2 q3 q4 h1 h2".split())
_REPORTED = re.compile(r"\breport|\bsource|\bby\b|\bpublish|\bnote", re.IGNORECASE)
_CAPITALIZED = re.compile(r"\b[A-Z]\w{2,}")
# "(Shanghai Metals Market, April 2025)": who reports, and when.
_CREDIT = re.compile(r"\([^()]*[A-Z]\w+[^()]*\b(?:19|20)\d\d\)")
# "reported on 26 February 2026 that": when it was said.
_SAID_ON = re.compile(r"\b(?:on|in) (?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d(?=,? that\b)")
_OWNING = re.compile(r"^['’]s?\b")
_NO_NAMES = frozenset(("unit", "basis", "publication"))
_MEASURING = frozenset(
    """january february march april may june july august september october november december
    metric kilogram kilograms percent dollars yuan euros us a c reo treo""".split()
)
_HEDGES = frozenset("roughly nearly approximately practically virtually actually".split())
# "at the start of 2015" says when.
_PART_OF_YEAR = re.compile(
    r"\b(?:at|by|since|from|in|until) the (?:start|beginning|end|close) of(?= (?:19|20)\d\d)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:by|gained|lost|rose|fell|grew|added|increased|decreased|dropped) "
    r"(?:about |some |nearly |almost |more than )?$",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r"\bthan (?:in|for|the|at|during)?\s?(?:the )?(?:\w+ (?:of )?)?$|"
    r"\bcompared (?:with|to) (?:[a-z]+ ){0,2}in $"
)
_NEXT_WORD = re.compile(r"\W{1,2}((?:of |more |other )?[A-Za-z-]+)")
# Of a figure that follows directly: "after a budget of $25 million".
_ASIDE = re.compile(r"\bbudget(?:ed)?(?: of| at|:)? (?:about |some )?(?:US|A|C)?$")
_YEARBOOK = re.compile(r"\b(?:Minerals Yearbook|MYB)(?: (\d{4}))?|\bData Series 140\b|\bDS ?140\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the years, editions and facet values (`names`) that belong to it."""

    quantity: Quantity
    years: frozenset[str] = frozenset()
    editions: frozenset[str] = frozenset()
    noun: str = ""  # the stem of what is counted: "seven elements"
    is_aside: bool = False  # what was budgeted, beside what it cost
    is_change: bool = False  # by how much, not how much: "fell by 5,000 tons"
    names: tuple[tuple[str, frozenset[str]], ...] = ()
    sentence_names: tuple[tuple[str, frozenset[str]], ...] = ()
    is_alone: bool = False  # the only one of its unit in its sentence

    def all_named(self, facet: str) -> frozenset[str]:
        """The values of one facet that the whole sentence names."""
        return dict(self.sentence_names).get(facet, frozenset())

    def named(self, facet: str) -> frozenset[str]:
        """The values of one facet that belong to the figure."""
        return dict(self.names).get(facet, frozenset())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence taken apart."""

    text: str
    figures: tuple[Figure, ...]
    times: tuple[Quantity, ...]
    labels: tuple[Quantity, ...]
    editions: frozenset[str]
    words: tuple[str, ...]  # what it is about, without its figures and the lexicon's names
    entries: tuple[tuple[str, str], ...]  # ids of what it names in the lexicon, as written
    names: tuple[str, ...]  # as written


@lru_cache(maxsize=4096)
def read_sentence(text: str) -> Sentence:
    """Take a sentence apart."""
    found = find_quantities(text)
    when = [match.span() for match in _PART_OF_YEAR.finditer(text)]
    rest = _without(text, [(q.start, q.end) for q in found])
    named = [m for m in load_lexicon().find_mentions(text) if m.entry.kind not in _NO_NAMES]
    spans = [*((q.start, q.end) for q in found), *((m.start, m.end) for m in named), *when]
    plain = _without(text, spans)
    no_matter = _MEASURING | _HEDGES
    about = [w for w in plain_content(plain) if not w[0].isdigit() and w not in no_matter]
    return Sentence(
        text=text,
        figures=figures_in(text),
        times=tuple(q for q in found if q.kind in _TIMES),
        labels=tuple(q for q in found if q.kind == "label" and not _is_named(text, q)),
        editions=editions_in(text),
        words=tuple(dict.fromkeys(about)),
        entries=tuple({m.entry.id: (m.entry.id, text[m.start : m.end]) for m in named}.values()),
        names=tuple(
            name for name in analyze(rest).names if _names_something(name) and _is_whole(name, rest)
        ),
    )


@lru_cache(maxsize=20_000)
def figures_in(text: str) -> tuple[Figure, ...]:
    """Return the figures of running text, each with what belongs to it."""
    found = find_quantities(text)
    figures = [q for q in found if q.kind not in TIME_KINDS]
    spans = [(q.start, q.end) for q in figures]
    # "37% less than in 2023" is a figure of another year.
    credits = [m.span() for one in (_CREDIT, _SAID_ON) for m in one.finditer(text)]
    times = [
        q
        for q in found
        if not COMPARED.search(text[: q.start])
        and not any(start <= q.start < end for start, end in credits)
    ]
    years = bind(spans, [place for q in times for place in _year_places(q)])
    named = bind(spans, _edition_places(text))
    marks = find_marks(text)
    facets = {
        facet: bind(spans, [Place(m.start, m.end, m.value) for m in marks if m.facet == facet])
        for facet in BOUND_FACETS
    }
    everything = tuple(
        (facet, frozenset(m.value for m in marks if m.facet == facet)) for facet in NAMING
    )
    units = [quantity.unit for quantity in figures]
    return tuple(
        Figure(
            quantity,
            years[at],
            named[at],
            _noun_after(text, quantity),
            bool(_ASIDE.search(text[: quantity.start])),
            bool(_CHANGE.search(text[: quantity.start])),
            tuple((facet, bound[at]) for facet, bound in facets.items() if bound[at]),
            everything,
            units.count(quantity.unit) == 1,
        )
        for at, quantity in enumerate(figures)
    )


def _is_named(text: str, label: Quantity) -> bool:
    """Tell whether a label is part of a name that the lexicon has: "Announcement 18"."""
    return any(m.start < label.end and label.start < m.end for m in find_marks(text))


def _is_whole(name: str, text: str) -> bool:
    """Tell whether a name begins with its word: "Phone" of "iPhone" does not."""
    return bool(re.search(rf"(?<![a-z]){re.escape(name)}", text))


def _names_something(name: str) -> bool:
    """Tell whether a capitalized stretch is more than a word that opens a sentence or a label."""
    return bool(set(content_words(name)) - _LABEL_WORDS)


def years_in(text: str) -> frozenset[str]:
    """Return the years that a text names, those of its dates too."""
    return frozenset(years_named(text))


def editions_in(text: str) -> frozenset[str]:
    """Return the editions of series that a text names: "MCS 2026", "MYB 2022"."""
    found = set(editions(text)) | {
        f"MYB {match[1] or ''}".strip() if "Data" not in match[0] and "DS" not in match[0] else "DS"
        for match in _YEARBOOK.finditer(text)
    }
    return frozenset(found)


def plain_content(text: str) -> list[str]:
    """Return the words of a text, as written, that say what it is about."""
    kept = {stem(word) for word in content_words(text)}
    return [word for word in plain_words(text) if stem(word) in kept]


@lru_cache(maxsize=20_000)
def entries_in(text: str) -> frozenset[str]:
    """Return the ids of what a text names in the lexicon."""
    return frozenset(mention.entry.id for mention in load_lexicon().find_mentions(text))


@lru_cache(maxsize=20_000)
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of all words of a text."""
    return stems(text)


def is_covered(word: str, said: frozenset[str]) -> bool:
    """Tell whether a word of a sentence is among the stems of what is said."""
    return stem(word) in said


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {_OWNING.sub('', text[end:])}"
    return text


@lru_cache(maxsize=20_000)
def unlisted_names(text: str) -> tuple[Place, ...]:
    """Return the capitalized words of a text that the lexicon does not have, months aside."""
    known = [(m.start, m.end) for m in load_lexicon().find_mentions(text)]
    known += [(q.start, q.end) for q in find_quantities(text)]
    return tuple(
        Place(word.start(), word.end(), word[0].lower())
        for word in _CAPITALIZED.finditer(text)
        if word.start() > 0 and not any(s <= word.start() < e for s, e in known)
    )


def is_of_the_row(cell: Cell) -> bool:
    """Tell whether what a cell says is true of the whole row, and not of who reports it."""
    return bool(re.search(r"[^\W\d]{2}|(?:19|20)\d\d", cell.text)) and not _REPORTED.search(
        cell.column
    )


def years_named(*texts: str) -> set[str]:
    return {
        place.value for text in texts for q in find_quantities(text) for place in _year_places(q)
    }


def _noun_after(text: str, quantity: Quantity) -> str:
    if quantity.kind != "count":
        return ""
    following = _NEXT_WORD.match(text, quantity.end)
    return stem(following[1].split()[-1].lower()) if following else ""


def _year_places(quantity: Quantity) -> list[Place]:
    if quantity.kind == "year":
        year = str(int(quantity.low))
        named = [year] if not quantity.text.startswith("FY") else [year, f"FY{year}"]
        return [Place(quantity.start, quantity.end, name) for name in named]
    if quantity.kind == "date" and quantity.low >= 10_000:
        return [Place(quantity.start, quantity.end, str(int(quantity.low // 10_000)))]
    return []


def _edition_places(text: str) -> list[Place]:
    return [
        Place(q.start, q.end, f"MCS {int(q.low)}")
        for q in find_quantities(text)
        if q.kind == "edition"
    ]
