"""What one sentence mentions: its figures, times, names, measures and markers, each at its word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from corpus.language.clauses import Sentence
from corpus.language.measures import Measure, find_measures, find_terms
from corpus.language.names import BODIES, PLACES, Name, NameMention, find_names, listed_forms
from corpus.language.periods import Period, find_parts, find_periods
from corpus.language.quantities import Quantity, find_quantities
from corpus.language.vocabulary import Vocabulary, load_vocabulary, split_forms

T_co = TypeVar("T_co", covariant=True)

PUBLICATIONS = frozenset(("publication", "archive", "publisher"))
LAWS = frozenset(("law",))
_SHORTEST_NAME = 3
_DOMAIN = re.compile(r"[A-Za-z][\w-]{2,}(?:\.[a-z]{2,4})+")  # of a web site, which speaks
_JOINED = re.compile(r"\s*(?:and|or)\b\D{0,40}$")
_AND = re.compile(r"[\s-]*(?:,|,?\s*and|,?\s*or|&)[\s-]*")


@dataclass(frozen=True, slots=True)
class Mention(Generic[T_co]):
    """Something at `text[start:end]` of a sentence; `word` is the head of its words."""

    start: int
    end: int
    word: int
    meaning: T_co


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that a sentence mentions, each kind in order."""

    quantities: tuple[Mention[Quantity], ...]
    periods: tuple[Mention[Period], ...]
    names: tuple[Mention[Name], ...]
    measures: tuple[Mention[Measure], ...]
    bases: tuple[Mention[str], ...]
    statistics: tuple[Mention[str], ...]
    statuses: tuple[Mention[str], ...]
    specifications: tuple[Mention[str], ...]
    markers: tuple[Mention[str], ...]
    grammar: tuple[Mention[str], ...]

    def marked(self, *kinds: str) -> tuple[Mention[str], ...]:
        """Return the markers of these kinds."""
        return tuple(one for one in (*self.markers, *self.grammar) if one.meaning in kinds)


def is_body(name: Name) -> bool:
    """Tell whether a name is of somebody who acts: a company, an agency, one that is not known."""
    return name.kind in BODIES or (not name.id and not name.kind)


def is_place(name: Name) -> bool:
    """Tell whether a name is of a country, a mine, a plant or another place."""
    return name.kind in PLACES


def read_mentions(
    sentence: Sentence,
    vocabulary: Vocabulary | None = None,
    home: Name | None = None,
    year: str = "",
) -> Mentions:
    """Return what a parsed sentence mentions; a word of a name or a figure is no measure too.

    `home` is the country of who speaks, "domestic"; `year` that of which the text has spoken.
    """
    text = sentence.text

    def placed(found: Iterable[tuple[int, int, T_co]]) -> tuple[Mention[T_co], ...]:
        heads = ((start, end, sentence.head_of(start, end), one) for start, end, one in found)
        return tuple(Mention(start, end, at, one) for start, end, at, one in heads if at >= 0)

    periods = placed(periods_in(text, year, vocabulary))
    names = placed((n.start, n.end, n.name) for n in names_in(text, home, vocabulary))
    held = [n for n in names if is_body(n.meaning) or is_place(n.meaning)]
    quantities = tuple(
        q
        for q in placed((q.start, q.end, q.quantity) for q in find_quantities(text, vocabulary))
        if not any(overlap(q, name) for name in (*held, *_laws(names)))
    )
    names = _without_parts(sentence, names)
    taken: list[Mention[object]] = [*periods, *names, *quantities]
    common = [(one.start, one.end) for one in find_measures(text, vocabulary)]
    common += [(one.start, one.end) for one in find_terms("forms", text, vocabulary)]
    names += placed(
        (s, e, Name(text[s:e]))
        for s, e in _unknown(sentence, names, [*taken, *_bases(text)])
        if (s, e) not in common
    )
    names += placed(_plain_materials(sentence, names))
    names = _with_listed_forms(sentence, sorted(names, key=lambda one: one.start), vocabulary)
    fixed: list[Mention[object]] = [
        *periods,
        *quantities,
        *(n for n in names if not (_is_worded(n.meaning) or text[n.start : n.end].islower())),
    ]

    figures = [Mention(q.start, q.end, q.word, None) for q in quantities]

    def terms(table: str) -> tuple[Mention[str], ...]:
        return tuple(
            one
            for one in placed(
                (t.start, t.end, t.meaning) for t in find_terms(table, text, vocabulary)
            )
            if not any(overlap(one, other) for other in (*periods, *held, *figures))
        )

    markers = terms("markers")
    moves = [m for m in markers if m.meaning in ("up", "down")]
    return Mentions(
        quantities,
        periods,
        names,
        tuple(
            m
            for m in placed((m.start, m.end, m.meaning) for m in find_measures(text, vocabulary))
            if not any(overlap(m, other) for other in fixed)
            and not _moves_material(sentence, m, names, moves)
        ),
        terms("bases"),
        terms("statistics"),
        terms("statuses"),
        terms("specifications"),
        markers,
        terms("grammar"),
    )


def _moves_material(
    sentence: Sentence,
    one: Mention[Measure],
    names: Sequence[Mention[Name]],
    moves: Sequence[Mention[str]],
) -> bool:
    """Tell whether a verb of money only says that a material went up or down: "lost $18"."""
    clause = sentence.clause_of(one.word)
    is_verb = sentence.words[one.word].is_verb
    if clause < 0 or not is_verb or one.meaning.dimension != "money":
        return False
    subject = sentence.clauses[clause].subject
    is_material = any(n.meaning.is_material and n.word == subject for n in names)
    return is_material and any(overlap(one, m) for m in moves)


def names_in(
    text: str, home: Name | None = None, vocabulary: Vocabulary | None = None
) -> list[NameMention]:
    """Return the names of a text, the country of who speaks where it says "domestic"."""
    found = list(find_names(text, vocabulary))
    if home:
        grammar = find_terms("grammar", text, vocabulary)
        found += [NameMention(m.start, m.end, home) for m in grammar if m.meaning == "home"]
    return sorted(found, key=lambda one: one.start)


def periods_in(
    text: str, year: str = "", vocabulary: Vocabulary | None = None
) -> list[tuple[int, int, Period]]:
    """Return the times of a text: a month alone is of the year before it, else of the first."""
    found = find_periods(text, vocabulary)
    named = [(one.start, _year_of(one.period)) for one in found if _year_of(one.period)]
    times = [(one.start, one.end, one.period) for one in found]
    for part in find_parts(text, "2000", vocabulary):
        before = [of for start, of in named if start < part.start]
        behind = [(start, of) for start, of in named if start > part.end]
        if behind and _JOINED.match(text[part.end : behind[0][0]]):
            before = [behind[0][1]]  # "the third quarter and first nine months of 2024"
        of = before[-1] if before else named[0][1] if named else year
        if not of or any(s < part.end and part.start < e for s, e, _ in times):
            continue
        times += [
            (one.start, one.end, one.period)
            for one in find_parts(text, of, vocabulary)
            if one.start == part.start
        ]
    return sorted(times, key=lambda one: one[0])


def _year_of(period: Period) -> str:
    fiscal = re.fullmatch(r"FY\d{4}", period.text[:6])
    return fiscal.group() if fiscal else str(period.year or "")


def _with_listed_forms(
    sentence: Sentence, names: list[Mention[Name]], vocabulary: Vocabulary | None
) -> tuple[Mention[Name], ...]:
    """Return names of which "rare-earth compounds and metals" is one, with the forms as listed."""
    joined: list[Mention[Name]] = []
    for one in names:
        before = joined[-1] if joined else None
        is_form = one.meaning.kind == "product" and not one.meaning.id
        listed = before and _AND.fullmatch(sentence.text[before.end : one.start])
        if before and is_form and listed and before.meaning.form:
            stretch = sentence.text[before.start : one.end]
            form = listed_forms(stretch, vocabulary)
            if " " in form:
                meaning = replace(before.meaning, form=form)
                joined[-1] = Mention(before.start, one.end, before.word, meaning)
                continue
        joined.append(one)
    return tuple(joined)


def overlap(one: Mention[object], other: Mention[object]) -> bool:
    """Tell whether two mentions have a sign in common."""
    return one.start < other.end and other.start < one.end


def grammar_words(kind: str) -> frozenset[str]:
    """Return the words of a kind in the table of grammar, in lower case."""
    return _grammar_words(kind)


@lru_cache(maxsize=32)
def _grammar_words(kind: str) -> frozenset[str]:
    row = load_vocabulary().row("grammar", kind)
    return frozenset(word for form in split_forms(row["words"]) for word in form.casefold().split())


def any_of(kind: str) -> str:
    """Return a pattern of the words of a kind in the table of grammar."""
    return "|".join(sorted(map(re.escape, grammar_words(kind)), key=len, reverse=True))


def _is_worded(name: Name) -> bool:
    """Whether a name is a word that may be a measure as well: "net import reliance"."""
    is_single = not name.kind and " " not in name.text
    return name.kind in ("term", "basis") or name.is_material or is_single


def _laws(names: Iterable[Mention[Name]]) -> Iterator[Mention[Name]]:
    return (one for one in names if one.meaning.kind in LAWS)


def _bases(text: str) -> Iterator[Mention[object]]:
    return (Mention(one.start, one.end, -1, None) for one in find_terms("bases", text))


def _without_parts(
    sentence: Sentence, names: tuple[Mention[Name], ...]
) -> tuple[Mention[Name], ...]:
    """Return names without countries that begin a longer one: the "Canada Growth Fund"."""
    words = sentence.words

    def begins(one: Mention[Name]) -> bool:
        if one.meaning.kind not in ("country", "region") or not words[one.word].is_name:
            return False
        following = next((i for i, w in enumerate(words) if w.start >= one.end), len(words))
        if following >= len(words) or words[following].start != one.end + 1:
            return False
        is_other = any(n.start == words[following].start for n in names)
        return _is_of_name(sentence, following, following) and not is_other

    def ends(one: Mention[Name]) -> bool:
        before = next((i for i, w in enumerate(words) if w.end == one.start - 1), -1)
        if one.meaning.kind not in ("country", "region") or before < 1:
            return False
        is_other = any(n.end == words[before].end for n in names)
        return _is_of_name(sentence, before, before) and not is_other

    return tuple(one for one in names if not (begins(one) or ends(one)))


def _is_of_name(sentence: Sentence, first: int, at: int) -> bool:
    word = sentence.words[at]
    if word.tag == "HYPH":
        return at > first and sentence.words[at - 1].end == word.start
    return (word.is_name and word.text[0].isupper()) or bool(_DOMAIN.fullmatch(word.text))


def _plain_materials(
    sentence: Sentence, names: tuple[Mention[Name], ...]
) -> Iterator[tuple[int, int, Name]]:
    """Yield materials that are named by their form alone: "magnets", "compounds-and-metals"."""
    listed: list[tuple[int, int, Name]] = []
    for start, end, name in _single_forms(sentence, names):
        if listed and re.fullmatch(r"-\w+-", sentence.text[listed[-1][1] : start]):
            first = listed.pop()[0]
            name = Name(sentence.text[first:end].replace("-", " "), "", name.kind)
            start = first
        listed.append((start, end, name))
    yield from listed


def _single_forms(
    sentence: Sentence, names: tuple[Mention[Name], ...]
) -> Iterator[tuple[int, int, Name]]:
    for found in find_terms("forms", sentence.text):
        at = sentence.head_of(found.start, found.end)
        is_noun = at >= 0 and sentence.words[at].tag.startswith("NN")
        stretch = Mention(found.start, found.end, at, None)
        if is_noun and not any(overlap(stretch, name) for name in names):
            start = _start_of_kind(sentence, at, found.start, names)
            qualifier = sentence.text[start : found.start].strip()
            text = f"{qualifier} {found.meaning}" if qualifier else found.meaning
            yield start, found.end, Name(text, "", "product")


def _start_of_kind(
    sentence: Sentence, head: int, start: int, names: tuple[Mention[Name], ...]
) -> int:
    """Return where a material of a kind that nobody knows begins: "molybdic oxide"."""
    word = next((w for w in sentence.words if w.end == start - 1), None)
    if word is None or word.head != head or word.relation not in ("amod", "compound"):
        return start
    stretch = Mention(word.start, word.end, head, None)
    tables = ("statistics", "statuses", "bases", "specifications", "markers", "grammar", "stages")
    is_known = any(find_terms(table, word.text) for table in tables)
    is_known = is_known or bool(find_measures(word.text)) or not word.text.islower()
    is_plain = word.tag in ("JJ", "NN") and not is_known
    return word.start if is_plain and not any(overlap(stretch, n) for n in names) else start


@lru_cache(maxsize=1)
def _speakers() -> frozenset[str]:
    return frozenset(load_vocabulary().words("grammar", "speaker"))


def month_names() -> frozenset[str]:
    """Return the names of months in lower case."""
    return _months()


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    return frozenset(form.casefold() for form, _ in load_vocabulary().forms("months"))


def _unknown(
    sentence: Sentence, names: tuple[Mention[Name], ...], taken: list[Mention[object]]
) -> Iterator[tuple[int, int]]:
    """Yield the capitalised names that the lexicon lacks."""
    words = sentence.words
    at = 0
    while at < len(words):
        last = at
        while last < len(words) and _is_of_name(sentence, at, last):
            last += 1
        while last > at and words[last - 1].tag == "HYPH":
            last -= 1
        if last == at:
            at += 1
            continue
        start, end = words[at].start, words[last - 1].end
        stretch = Mention(start, end, at, None)
        is_long = any(len(words[i].text) >= _SHORTEST_NAME for i in range(at, last))
        is_month = last == at + 1 and words[at].lemma in _months()
        nation = any(
            other.end + 1 == start and is_place(other.meaning) for other in names if last == at + 1
        )
        stands_for = f"the {sentence.text[start:end].casefold()}" in _speakers()
        if (
            is_long
            and not (is_month or stands_for or nation)
            and not any(overlap(stretch, other) for other in taken)
        ):
            yield start, end
        at = last


def is_aggregate(name: Name) -> bool:
    """Tell whether a name is of the world or the rest of it, which "it" does not stand for."""
    return any(row["id"] == name.id for row in load_vocabulary().rows("aggregates"))
