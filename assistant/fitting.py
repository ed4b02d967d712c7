"""Whether a statement speaks of what a question asks: the same names, years, periods and kind.

Words alone do not tell a near miss from an answer: the same sentence about another year, another
company or another product covers nearly all of a question's words. Each check here is a reason
why a statement is no answer.
"""

import re
from dataclasses import dataclass, replace

from assistant.candidates import Candidate, cited_context
from corpus.document import Cell
from corpus.figures import Figure, FigureKind, find_figures, find_years
from index.question import AnswerKind, Question, editions
from index.wording import fold, stem, stems, words

_DATE_WORD = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:19|20)\d\d|spring|summer|autumn|fall|winter|Q[1-4])\b"
)
_MONEY_UNIT = re.compile(r"dollars|[$€£¥]|euros?|yuan|RMB", re.IGNORECASE)
_OTHER_UNIT = re.compile(r"percent|number|(?:\w+ )?(?:metric )?(?:tons|tonnes|kilograms)\b", re.I)
_WITHHELD = re.compile(
    r"\b(?:not|never|no) (?:\w+ )?(?:released?|disclosed?|published?|publish|made public|reported|"
    r"available|publication)\b|\bwithheld\b|\bundisclosed\b|"
    r"\bwithout (?:publication|publishing)\b|\bnot release public information\b",
    re.IGNORECASE,
)
# A statement about one of a line, and not the one asked for, is about something else.
_APART = tuple(
    frozenset(map(stem, line.split()))
    for line in (
        "oxide metal",
        "imports exports",
        "revenue profit",
        "light heavy",
        "reserves production consumption",
        "mining separation",
    )
)
_PERIODS = (
    ("H1", re.compile(r"\bfirst half\b|\bhalf[- ]year\b|\bH1\b|\bfirst six months\b", re.I)),
    ("H2", re.compile(r"\bsecond half\b|\bH2\b", re.I)),
    ("9M", re.compile(r"\b(?:first )?(?:nine|9) months\b", re.I)),
    ("Q1", re.compile(r"\bfirst[- ]quarter\b|\bQ1\b|\bMarch quarter\b|\bJanuary to March\b", re.I)),
    ("Q2", re.compile(r"\bsecond[- ]quarter\b|\bQ2\b|\bJune quarter\b|\bApril to June\b", re.I)),
    (
        "Q3",
        re.compile(
            r"\bthird[- ]quarter\b|\bQ3\b|\bSeptember quarter\b|\bJuly to September\b", re.I
        ),
    ),
    (
        "Q4",
        re.compile(
            r"\bfourth[- ]quarter\b|\bQ4\b|\bDecember quarter\b|\bOctober to December\b", re.I
        ),
    ),
)
_ORDINAL = re.compile(
    r"\b(first|second|third|fourth|1st|2nd|3rd|4th)\s+(phase|stage|batch|line|round)\b",
    re.IGNORECASE,
)
_ORDINAL_NAMES = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}
_REFERS_BACK = re.compile(
    r"(?:Notes?: |In (?:\w+ )?\d{4},? |Also,? |However, )?"
    r"(?:the (?:company|group|firm|project|plant|mine|facility|initiative|country|agency|report)|"
    r"its?|they|their|this|these|both|he|she|two|three)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fit:
    """What of a question a statement fits; all true where it can be the answer."""

    names: bool
    kind: bool
    relations: bool
    years: bool
    periods: bool
    product: bool
    editions: bool

    @property
    def complete(self) -> bool:
        """Whether nothing stands against the statement as an answer."""
        return all(getattr(self, name) for name in _FACTORS)

    @property
    def factor(self) -> float:
        """What a statement's score is multiplied by for what it does not fit, from 0 to 1."""
        factor = 1.0
        for name, lost in _FACTORS.items():
            if not getattr(self, name):
                factor *= lost
        return factor


_FACTORS = {
    "names": 0.7,
    "kind": 0.75,
    "relations": 0.75,
    "years": 0.7,
    "periods": 0.7,
    "product": 0.7,
    "editions": 0.6,
}


def fit(question: Question, candidate: Candidate) -> Fit:
    """Check a statement against a question."""
    said = statement_scope(candidate)
    return Fit(
        names=_fits_names(question, candidate),
        kind=_fits_kind(question, candidate),
        relations=question.relations <= said
        and (
            # A row names its measures; a sentence may give a capacity without the word.
            not candidate.is_row or question.measures <= said
        ),
        years=_fits_years(question, candidate),
        periods=_fits_periods(question, candidate) and _fits_ordinals(question, candidate),
        product=_fits_product(question, said),
        editions=_fits_editions(question, candidate),
    )


def statement_scope(candidate: Candidate) -> frozenset[str]:
    """Return the stems of what the statement says, with the context recorded for it."""
    context = cited_context(candidate)
    parts = [candidate.text, context.section]
    if candidate.evidence.passage.kind == "row":
        parts += [candidate.quote, context.caption, *context.header[1:], context.unit]
        parts += context.notes
    return stems(" ".join(parts))


def source_scope(candidate: Candidate) -> frozenset[str]:
    """Return the stems of the passage around the statement and of what the source is."""
    return stems(f"{_around(candidate)} {candidate.evidence.passage.text}")


def withholds(candidate: Candidate) -> bool:
    """Tell whether a statement says that something is withheld or was not published."""
    return not candidate.is_row and bool(_WITHHELD.search(candidate.text))


def figures_given(candidate: Candidate) -> tuple[Figure, ...]:
    """Return the figures of a statement; those of a row's cells are of the kind of their unit."""
    if not candidate.is_row:
        return find_figures(candidate.text)
    return tuple(
        replace(figure, kind=_kind_of_unit(cell.unit) or figure.kind)
        for cell in candidate.cells
        for figure in find_figures(cell.text)
    )


def _kind_of_unit(unit: str) -> FigureKind | None:
    if _MONEY_UNIT.search(unit):
        return "money"
    return "percent" if "percent" in unit else None


def carries_name(candidate: Candidate, name: str) -> bool:
    """Tell whether a statement is about what a question names.

    The name stands in it, its section, its table's caption or its source's title; or in its
    passage, where the statement refers back ("the company").
    """
    passage = candidate.evidence.passage
    header = " ".join(cited_context(candidate).header)
    if _stands_in(name, f"{candidate.text} {candidate.quote} {_around(candidate)} {header}"):
        return True
    return bool(_REFERS_BACK.match(candidate.text)) and _stands_in(name, passage.text)


def _around(candidate: Candidate) -> str:
    source = candidate.evidence.source
    context = candidate.evidence.passage.context
    path = re.sub(r"[_/.-]+", " ", source.path)
    return " | ".join(
        (source.title, source.publisher, source.edition, path, context.section, context.caption)
    )


def _stands_in(name: str, text: str) -> bool:
    wanted = [stem(word) for word in words(name)]
    stretch = [stem(word) for word in words(text)]
    width = len(wanted)
    return any(stretch[at : at + width] == wanted for at in range(len(stretch) - width + 1))


def _fits_names(question: Question, candidate: Candidate) -> bool:
    if not all(carries_name(candidate, name) for name in question.names):
        return False
    return (
        question.wants_list
        or not question.materials
        or any(carries_name(candidate, material) for material in question.materials)
    )


def _fits_kind(question: Question, candidate: Candidate) -> bool:
    """Tell whether a statement holds the kind of thing asked for, beyond the question's own."""
    text = candidate.text
    if question.kind == "other" or withholds(candidate):
        return True
    if question.kind == "date":
        asked = {fold(word) for word in _DATE_WORD.findall(question.text)}
        return any(fold(word) not in asked for word in _DATE_WORD.findall(text))
    if candidate.is_row:
        return any(_is_value(cell, question.kind, text) for cell in candidate.cells)
    figures = [
        figure
        for figure in find_figures(text)
        if figure.value not in question.figures and figure.kind != "year"
    ]
    wanted = {"money": "money", "percent": "percent", "figure": "number"}[question.kind]
    return any(figure.kind == wanted for figure in figures)


def _is_value(cell: Cell, kind: AnswerKind, statement: str) -> bool:
    """Tell whether a cell holds a figure, or a sign in its place, of the kind asked for."""
    if not re.search(r"\d|^(?:NA|W|E|—|–)$", cell.text):
        return False
    is_percent = "percent" in cell.unit or "%" in cell.text
    if kind == "percent":
        return is_percent or not cell.unit
    if kind == "money" and not _MONEY_UNIT.search(f"{cell.unit} {cell.text}"):
        return not _OTHER_UNIT.match(cell.unit) and bool(_MONEY_UNIT.search(statement))
    return not is_percent


def _fits_years(question: Question, candidate: Candidate) -> bool:
    """Tell whether a statement speaks of a year asked for; it must where it names any."""
    if not question.years:
        return True
    asked, passage = set(question.years), candidate.evidence.passage
    context = passage.context
    if candidate.is_row:
        said = {cell.year for cell in candidate.cells if cell.year}
        said = said or {*find_years(f"{context.caption} {passage.row_label}")}
        return bool((said or {*candidate.evidence.source.data_years}) & asked)
    said = {*find_years(candidate.text)}
    if said or withholds(candidate):
        return bool(said & asked)
    near = f"{context.section} {passage.text} {candidate.evidence.source.title}"
    return bool({*find_years(near)} & asked)


def _fits_periods(question: Question, candidate: Candidate) -> bool:
    """Tell whether a statement is about the part of the year asked for.

    A figure for a half or a quarter is none for a year.
    """
    asked = _periods(question.text)
    context = candidate.evidence.passage.context
    said = _periods(f"{candidate.text} {context.caption}")
    said = said or _periods(f"{context.section} {candidate.evidence.passage.text}")
    if asked:
        return bool(said & asked)
    whole_year = question.years and question.kind in ("money", "figure")
    return not (whole_year and said and len(said) < 4)


def _periods(text: str) -> set[str]:
    return {name for name, pattern in _PERIODS if pattern.search(text)}


def _fits_ordinals(question: Question, candidate: Candidate) -> bool:
    """Tell whether a statement is about the phase, batch or line asked for."""
    asked = _ordinals(question.text)
    return not asked or bool(asked & _ordinals(candidate.text))


def _ordinals(text: str) -> set[str]:
    found = _ORDINAL.findall(text)
    return {f"{_ORDINAL_NAMES.get(n.lower(), n.lower())} {noun.lower()}" for n, noun in found}


def _fits_product(question: Question, said: frozenset[str]) -> bool:
    asked = {stem(word) for word in question.words}
    return all(
        said & group & asked or not said & group for group in _APART if len(asked & group) == 1
    )


def _fits_editions(question: Question, candidate: Candidate) -> bool:
    """Tell whether a statement comes from, or speaks of, an edition asked for."""
    if not question.editions:
        return True
    source = candidate.evidence.source
    if source.edition:
        return source.edition in question.editions
    context = candidate.evidence.passage.context
    told = " ".join((candidate.text, context.caption, context.section))
    return bool(set(editions(told)) & set(question.editions))
