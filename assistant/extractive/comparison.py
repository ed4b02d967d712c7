"""How a candidate compares with a question, slot by slot: names, times, measure, answer type, ...

Words alone do not tell a near miss from an answer: the same sentence about another year, another
company or another product covers nearly all of a question's words. Whatever is compared was read
by `corpus.language`, in the question as in the candidate. What is said nearest counts: of a row
the heads of its columns before its label, caption and section, of a sentence itself before what
stands around it. A question why is answered by what gives a reason, not by the fact alone: words of
cause, a clause that "as" or "when" opens, a purpose, or the sentence behind that points back.
"""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from assistant.extractive.asked import Asked
from assistant.extractive.candidates import Candidate, cited_context
from assistant.sentences import sentence_spans
from corpus.language.clauses import Sentence, parse_sentences
from corpus.language.measures import find_measures, find_terms, is_kind_of
from corpus.language.named_editions import without_editions
from corpus.language.names import BODIES, PLACES, Name, find_names
from corpus.language.periods import Period, contains, find_parts, find_periods, same_period
from corpus.language.quantities import Quantity, find_quantities, find_unit
from corpus.language.vocabulary import any_form, load_vocabulary
from corpus.language.words import content_words
from corpus.lexicon import load_lexicon
from index.proper_names import proper_names
from index.query.answer_type import MONEY
from index.query.expected_type import ExpectedType
from index.question import Question, editions
from index.wording import plain_words, stem, words

NEAR = 0.8  # agreement of what stands in the heading, the title or the passage around a candidate
ABOUT = 0.3  # of what its source speaks of elsewhere
UNKNOWN = 0.5  # where a candidate says nothing of a slot
OTHER = 0.0
_UNKNOWN_NAME = 0.9  # of a name that no lexicon has
_NONE_OF_IT = 0.6  # where a candidate says that there is none
PUBLISHERS = frozenset(("publisher", "publication", "archive", "agency"))
_BRACKETS = re.compile(r"\([^()]*\)")
_WITHHELD = "withheld"
_NEAR_NEGATION = 4  # words behind it that it denies
_OPENING = ("mark", "advmod")  # relations of a word that opens a clause
_SUBJECTS = ("nsubj", "nsubjpass")
_PART = 0.6  # of a year the quarter, and of a quarter the year

_KINDS_OF_NAMES: dict[ExpectedType, frozenset[str]] = {
    "person": frozenset(("person",)),
    "organisation": BODIES | {"country"},
    "place": PLACES,
}
_DIMENSIONS: dict[ExpectedType, tuple[str, ...]] = {
    "money": MONEY,
    "share": ("share",),
    "mass": ("mass", "mass rate"),
    "duration": ("time",),
}


@dataclass(frozen=True, slots=True)
class Layers:
    """The texts of a candidate: what it says, what is recorded beside it, and its passage."""

    own: str
    heads: tuple[str, ...]  # nearest first
    passage: str

    @property
    def near(self) -> str:
        """All that is recorded beside it."""
        return " | ".join(self.heads)


@lru_cache(maxsize=4_000)
def layers(candidate: Candidate) -> Layers:
    """Return the texts of a candidate."""
    passage, source = candidate.evidence.passage, candidate.evidence.source
    context = cited_context(candidate)
    path = re.sub(r"[_/.-]+", " ", source.path)
    titles = (source.title, source.publisher, source.edition, path)
    if not candidate.is_row:
        return Layers(candidate.text, (context.section, context.caption, *titles), passage.text)
    columns = " | ".join(cell.column for cell in candidate.cells)
    own = (candidate.text, candidate.quote, context.caption, columns, context.unit, *context.notes)
    heads = (columns, passage.row_label, context.caption, context.section, *titles)
    return Layers(" | ".join(own), heads, passage.text)


# -- names


def names_agreement(asked: Asked, candidate: Candidate) -> float:
    """Return how near the names of a question stand: 1 in the candidate, 0 nowhere.

    The least over the kinds of names; of several of one kind (a comparison) the nearest counts.
    """
    by_kind: dict[str, float] = {}
    for name in asked.names:
        level = name_agreement(name, candidate)
        by_kind[name.kind] = max(by_kind.get(name.kind, 0.0), level)
    return min(by_kind.values(), default=1.0)


def name_agreement(name: Name, candidate: Candidate) -> float:
    """Return how near a name stands: 1 in the candidate, less beside it, 0 nowhere."""
    text = layers(candidate)
    if names(text.own, name):
        return 1.0
    rival = names_rival(text.own, name)
    if names(text.near, name) or names(text.passage, name):
        return UNKNOWN if rival else NEAR
    is_about = bool(name.id) and name.id in candidate.evidence.source.entities
    return ABOUT if is_about and not rival else OTHER


def rivalry(asked: Asked, candidate: Candidate) -> float:
    """Return 1 where a candidate names another of a kind in the place of one asked about."""
    own = layers(candidate).own
    named = {one.kind for one in asked.names if names(own, one)}
    return float(any(one.kind not in named and names_rival(own, one) for one in asked.names))


def names(text: str, name: Name) -> bool:
    """Tell whether a text names somebody or something, or what lies in it or belongs to it."""
    if name.id and name.id in entries_named(text):
        return True
    wanted = " ".join(map(stem, words(name.text)))
    return bool(wanted) and f" {wanted} " in _stem_line(text)


def names_rival(text: str, name: Name) -> bool:
    """Tell whether a text names another of the same kind."""
    lexicon = load_lexicon()
    if not name.id:
        return False
    return any(
        id != name.id and id in lexicon and lexicon.entry(id).kind == name.kind
        for id in _mentioned(text)
    )


@lru_cache(maxsize=20_000)
def _mentioned(text: str) -> frozenset[str]:
    return frozenset(one.name.id for one in find_names(text) if one.name.id)


@lru_cache(maxsize=20_000)
def entries_named(text: str) -> frozenset[str]:
    """Return the ids of what a text names, with the country and the owner of each."""
    lexicon = load_lexicon()
    named = _mentioned(text)
    entries = [lexicon.entry(id) for id in named if id in lexicon]
    wider = {id for entry in entries for id in (entry.country, *entry.parents) if id}
    return named | wider


@lru_cache(maxsize=20_000)
def _stem_line(text: str) -> str:
    return " " + " ".join(stem(word) for word in words(text)) + " "


# -- times


def time_agreement(asked: Asked, candidate: Candidate) -> float:
    """Return whether a candidate speaks of a time asked for: 1 yes, 0 of another, .5 unknown."""
    if not asked.periods:
        return 1.0
    told, is_own = periods_told(candidate)
    if not told:
        years = {year for period in asked.periods for year in period.years}
        return 0.6 if years & set(candidate.evidence.source.data_years) else UNKNOWN
    nearest = max(_period_agreement(one, other) for one in asked.periods for other in told)
    return nearest if is_own else 0.9 * nearest or 0.2


def _period_agreement(asked: Period, told: Period) -> float:
    if same_period(asked, told):
        return 1.0
    if contains(asked, told) or contains(told, asked):
        return _PART
    if set(asked.years) & set(told.years):
        return _PART if not (asked.first and told.first) else 0.3
    return OTHER


def periods_told(candidate: Candidate) -> tuple[tuple[Period, ...], bool]:
    """Return the times that a candidate speaks of, and whether it says so itself."""
    text = layers(candidate)
    if candidate.is_row:
        dated = tuple(
            Period(str(cell.year), f"{cell.year}-01-01", f"{cell.year}-12-31")
            for cell in candidate.cells
            if cell.year
        )
        for number, head in enumerate((candidate.text, *text.heads[:4])):
            if found := _periods(head):
                return (*found, *dated), number == 0
        return dated, True
    if own := _periods(candidate.text) or _parts_of_year_before(candidate):
        return own, True
    for head in text.heads[:3]:
        if found := _periods(head):
            return found, False
    return (), False


def _parts_of_year_before(candidate: Candidate) -> tuple[Period, ...]:
    """Return the months and quarters without a year, as those of the year that was named last."""
    passage = candidate.evidence.passage
    years = [one.years for one in _periods(passage.text[: candidate.start - passage.start])]
    year = next((named[-1] for named in reversed(years) if named), 0)
    return tuple(one.period for one in find_parts(candidate.text, str(year))) if year else ()


@lru_cache(maxsize=20_000)
def _periods(text: str) -> tuple[Period, ...]:
    """Return the times that a text speaks of, without those of what it cites."""
    told = without_editions(_BRACKETS.sub(_unless_cited, text))
    return tuple(one.period for one in find_periods(told))


def _unless_cited(brackets: re.Match[str]) -> str:
    """Return what stands in brackets, nothing where it is a source: "(Reuters, August 2024)"."""
    named = find_names(brackets.group())
    return " " if any(one.name.kind in PUBLISHERS for one in named) else brackets.group()


# -- what kind of answer


def type_agreement(asked: Asked, candidate: Candidate) -> float:
    """Return whether a candidate holds an answer of the expected type that the question lacks."""
    wanted = asked.answer_type
    if wanted == "any":
        return 1.0
    if wanted == "date":
        told = (*_periods(candidate.text), *_periods(candidate.quote))
        return float(
            any(not any(same_period(one, other) for other in asked.periods) for one in told)
        )
    if wanted in _KINDS_OF_NAMES:
        return _names_of_type(_KINDS_OF_NAMES[wanted], asked.question.text, candidate)
    figures = [one for one in _quantities(candidate) if one.value not in asked.question.figures]
    if wanted == "count" and not figures and _counts_in_words(candidate.text):
        return 1.0
    if not figures:
        return _NONE_OF_IT if _is_none(candidate) else 0.0
    of_type = [one for one in figures if one.dimension in _DIMENSIONS.get(wanted, (one.dimension,))]
    if of_type:
        return 1.0
    is_bare = any(not one.unit for one in figures)
    return UNKNOWN if is_bare and wanted in ("mass", "money") else 0.0


def _is_none(candidate: Candidate) -> bool:
    """Tell whether a candidate says that there is none of what is asked for."""
    said = frozenset(plain_words(candidate.text))
    return bool(said & _words_of("markers", "negation")) or withholds(candidate)


def _names_of_type(kinds: frozenset[str], question: str, candidate: Candidate) -> float:
    """Return whether a candidate names one of some kinds, or one that no lexicon has."""
    text = candidate.quote if candidate.is_row else candidate.text
    asked = _mentioned(question)
    lexicon = load_lexicon()
    told = [id for id in _mentioned(text) - asked if id in lexicon]
    if any(lexicon.entry(id).kind in kinds for id in told):
        return 1.0
    known = {w for id in (*told, *asked) if id in lexicon for w in words(lexicon.entry(id).name)}
    unknown = [one for one in proper_names(text) if not set(words(one)) & known]
    return _UNKNOWN_NAME if any(one not in question for one in unknown) else 0.0


def _quantities(candidate: Candidate) -> tuple[Quantity, ...]:
    if not candidate.is_row:
        return tuple(one.quantity for one in find_quantities(candidate.text))
    label = find_quantities(candidate.evidence.passage.row_label)
    return (
        *(one.quantity for one in label if one.quantity.unit),  # "US$270 per kilogram"
        *(
            one.quantity
            if one.quantity.unit
            else replace(one.quantity, unit=find_unit(cell.unit)[0])
            for cell in candidate.cells
            for one in find_quantities(cell.text)
        ),
    )


def _counts_in_words(text: str) -> bool:
    """Tell whether a text has a number in words: "three plants"."""
    return not _numerals().isdisjoint(plain_words(text))


@cache
def _numerals() -> frozenset[str]:
    return frozenset(form for form, _ in load_vocabulary().forms("numerals"))


def measure_agreement(asked: Asked, candidate: Candidate) -> float:
    """Return 1 where a candidate gives the measure asked for, 0 where a row gives another.

    All that is known of something is asked for in no measure: "an overview of the deal".
    """
    wanted = asked.question.query.wanted.measure
    told = measures_told(candidate)
    if not wanted or asked.question.wants_overview:
        return 1.0
    if not told:
        return 0.9
    if any(is_kind_of(one, wanted) or is_kind_of(wanted, one) for one in told):
        return 1.0
    if not told - _measures(asked.question.text):
        return 0.9  # "the capacity of the recycling plant" speaks of recycling, too
    return OTHER if candidate.is_row else 0.3


def measures_told(candidate: Candidate) -> frozenset[str]:
    """Return the measures that a candidate gives figures of, as the nearest words tell them."""
    heads = layers(candidate).heads[:5] if candidate.is_row else (candidate.text,)
    return next(filter(None, map(_measures, heads)), frozenset())


@lru_cache(maxsize=20_000)
def _measures(text: str) -> frozenset[str]:
    return frozenset(one.meaning.name for one in find_measures(text))


def edition_agreement(asked: Asked, candidate: Candidate) -> float:
    """Return whether a candidate comes from, or speaks of, an edition asked for."""
    wanted = set(asked.question.editions)
    if not wanted:
        return 1.0
    text = layers(candidate)
    own = set(editions(text.own)) | {candidate.evidence.source.edition}
    if own & wanted:
        return 1.0
    around = set(editions(f"{text.near} | {text.passage}"))
    return NEAR if around & wanted and not own - {""} else OTHER if own - {""} or around else 0.4


# -- what is not said


def withholds(candidate: Candidate) -> bool:
    """Tell whether a candidate says that something is withheld or was not published."""
    if any(one.meaning == _WITHHELD for one in find_terms("statuses", candidate.text)):
        return True
    return _denies(candidate.text, "publishing")


def denies_asked(candidate: Candidate) -> bool:
    """Tell whether all cells of a row that are asked for say no: it is no member of a list."""
    negation = _words_of("markers", "negation")
    return candidate.is_row and all(
        cell.text.strip().casefold() in negation for cell in candidate.cells
    )


def states_absence(candidate: Candidate) -> bool:
    """Tell whether a candidate says that something is not known, given or published."""
    if candidate.is_row:
        return all(_denies(cell.text, "giving") for cell in candidate.cells)
    return withholds(candidate) or _denies(candidate.text, "giving")


@lru_cache(maxsize=20_000)
def _denies(text: str, verbs: str) -> bool:
    """Tell whether a text denies one of some verbs or nouns: "gives no tonnage", "not stated"."""
    said = plain_words(text)
    denied = _stems_of("grammar", verbs)
    negations = [at for at, word in enumerate(said) if word in _words_of("markers", "negation")]
    return any(
        stem(word) in denied and not find_unit(word)[0]  # a "ton" is no tonnage
        for at in negations
        for word in (*said[max(0, at - 1) : at], *said[at + 1 : at + 1 + _NEAR_NEGATION])
    )


@cache
def _words_of(table: str, kind: str) -> frozenset[str]:
    return frozenset(load_vocabulary().words(table, kind))


@cache
def _stems_of(table: str, kind: str) -> frozenset[str]:
    return frozenset(map(stem, _words_of(table, kind)))


def is_reference(candidate: Candidate) -> bool:
    """Tell whether a candidate stands in a list of references, which says nothing itself."""
    section = candidate.evidence.passage.context.section.rpartition(" › ")[2].strip("# ")
    return section.casefold() in {name.casefold() for name in _words_of("grammar", "bibliography")}


def is_imprint(candidate: Candidate) -> bool:
    """Tell whether a candidate says only when and by whom its own source was published."""
    source = candidate.evidence.source
    dates = [one for one in find_periods(candidate.text) if one.period.text == source.published]
    if not dates:
        return False
    date = candidate.text[dates[0].start : dates[0].end]
    told = f"{source.publisher} {source.author} {source.title} {source.edition} {date}"
    left = {*content_words(candidate.text)} - {*content_words(told)}
    return left <= _words_of("date_cues", "published")


def refers_back(text: str) -> bool:
    """Tell whether a sentence leans on the one before it: "The company ...", "It therefore ..."."""
    return bool(_referring().match(text) or _any_of("grammar", "concluding").search(text))


@cache
def _referring() -> re.Pattern[str]:
    vocabulary = load_vocabulary()
    kinds = ("speaker", "site", "land", "pointing back", "the same")
    forms = any_form(form for kind in kinds for form in vocabulary.words("grammar", kind))
    linking = any_form(vocabulary.words("grammar", "opening a sentence"))
    opening = rf"(?:(?:{linking}|In (?:\w+ )?\d{{4}}),? )?"
    return re.compile(rf"{opening}{forms}(?!\w)", re.IGNORECASE)


# -- why


def asks_reason(question: Question) -> bool:
    """Tell whether a question asks why, and nothing before that: "loss of 2025 - reason?"."""
    found = _any_of("asked", "reason").search(question.text)
    if found is None or question.wants_overview:
        return False
    return not _any_of("grammar", "asking word").search(question.text, 0, found.start())


def gives_reason(text: str) -> bool:
    """Tell whether a text says why something is so."""
    return names_cause(text) or _has_clause_of_cause(text)


@lru_cache(maxsize=20_000)
def names_cause(text: str) -> bool:
    """Tell whether a text has a word of cause that it does not deny: "gives no reason"."""
    negations = _words_of("markers", "negation")
    return any(
        negations.isdisjoint(plain_words(text[: found.start()])[-_NEAR_NEGATION:])
        for found in _any_of("grammar", "cause").finditer(text)
    )


def with_reason_behind(candidate: Candidate) -> Candidate:
    """Return a sentence that gives no reason with the one behind it, where that gives it."""
    passage = candidate.evidence.passage
    if candidate.is_row or passage.kind == "row" or gives_reason(candidate.text):
        return candidate
    end = candidate.end - passage.start
    behind = next((span for span in sentence_spans(passage.text) if span[0] >= end), None)
    if behind is None or "\n\n" in passage.text[end : behind[0]]:
        return candidate
    told = re.sub(r"\s+", " ", passage.text[slice(*behind)])
    if not (refers_back(told) and gives_reason(told)):
        return candidate
    return replace(candidate, text=f"{candidate.text} {told}", end=passage.start + behind[1])


@lru_cache(maxsize=4_000)
def _has_clause_of_cause(text: str) -> bool:
    """Tell whether a text holds "as it was cold" or "to save money"."""
    parsed = parse_sentences(text, [(0, len(text))])
    return any(
        _opens_clause(one, at) or _is_purpose(one, at)
        for one in parsed
        for at in range(len(one.words))
    )


def _opens_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether a word opens a clause that has a subject of its own and reports nothing."""
    word = sentence.words[at]
    opening = load_vocabulary().words("grammar", "opening a cause")
    if word.relation not in _OPENING or word.text.casefold() not in opening:
        return False
    verb = sentence.words[word.head]
    said = load_vocabulary().words("grammar", "reporting")
    has_subject = any(sentence.words[n].relation in _SUBJECTS for n in sentence.children(word.head))
    return has_subject and verb.lemma not in said


def _is_purpose(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is the verb of "to save money" beside what is done for it."""
    if sentence.words[at].relation != "advcl":
        return False
    return any(sentence.words[n].tag == "TO" for n in sentence.children(at))


@cache
def _any_of(table: str, kind: str) -> re.Pattern[str]:
    forms = any_form(load_vocabulary().words(table, kind))
    return re.compile(rf"(?<!\w){forms}(?!\w)", re.IGNORECASE)
