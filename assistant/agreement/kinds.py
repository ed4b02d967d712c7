"""Whether a statement holds the kind of thing asked for: a tonnage, money, a share, a name, ..."""

import re

from assistant.agreement.listing import listing_agreement
from assistant.agreement.naming import entries_named
from assistant.agreement.silence import NOT_GIVEN, withholds
from assistant.candidates import Candidate
from assistant.requirements import Requirements
from assistant.times import without_citations
from corpus.document import Cell
from corpus.figures import find_figures
from corpus.language.words import fold
from corpus.lexicon import load_lexicon
from index.wording import SCAFFOLDING, plain_words, stem, stems

_MASS_UNIT = re.compile(
    r"\b(?:metric tons?|tonnes?|tons?|kilograms?|kilotonnes?|kt|Mt|mt|t|kg|pounds?|lbs?)\b"
)
_MASS_AFTER = re.compile(
    r"\s?(?:thousand |million |billion )?(?:metric |short |long |dry )*"
    r"(?:tonnes?|tons?|kilograms?|kilotonnes?|kt|Mt|mt|t|kg|pounds?|lbs?)\b"
)
_MONEY_UNIT = re.compile(r"dollars|\bcurrency\b|[$€£¥]|euros?|yuan|RMB|renminbi", re.IGNORECASE)
_PERCENT_UNIT = re.compile(r"percent|per cent|%|\bshare\b", re.IGNORECASE)
_SIGN_CELL = re.compile(r"NA|W|E|—|–|-|not (?:given|stated|disclosed|published|quoted|reported)")
_DURATION = re.compile(
    r"\b(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
    r"(?: (?:to|or|and) \d+)?[\s-]+(?:more )?(?:working |business )?(?:years?|months?|weeks?|days?|"
    r"hours?)\b",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(
    r"\b(?:none|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty)\b",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(?:twice|half|double[sd]?|(?:two|three|four|five|six|seven|eight|nine|ten) times)\b",
    re.IGNORECASE,
)
_PART_ASKED = re.compile(r"\bhow (?:much|many) of\b|\bby how (?:much|far)\b", re.IGNORECASE)
_DATE_WORD = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:19|20)\d\d|spring|summer|autumn|winter|Q[1-4])\b"
)
_DAY = re.compile(
    r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|"
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b(?!\d)"
)
_DAY_ASKED = re.compile(r"\b(?:what|which) (?:exact )?(?:day|date)\b", re.IGNORECASE)
_COUNTRY_ASKED = re.compile(r"\b(?:what|which)(?: [\w-]+)?? (?:countr|nation)", re.IGNORECASE)
_FIRM_ASKED = re.compile(
    r"\b(?:compan(?:y|ies)|firms?|suppliers?|banks?|producers?|makers?|bidders?|investors?|"
    r"developers?|miners?|universit(?:y|ies)|institutions?)\b",
    re.IGNORECASE,
)
_NO_ONES = frozenset(
    ("publication", "archive", "element", "product", "mineral", "metal", "term", "basis", "law")
)
_NO_FIRMS = _NO_ONES | {"country", "region", "town", "mine"}
_CAPITALS = re.compile(r"\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+")
_NONE = re.compile(
    r"\b(?:none|no|not|nothing|never|zero|(?:has|have|is|are) yet to|(?:is|are|still) being built|"
    r"under construction)\b",
    re.IGNORECASE,
)
_NONE_CELL = re.compile(
    r"(?:none|nothing|nil|zero|no\b(?! (?:date|name|source))|not yet\b|(?:plant )?being built|"
    r"under construction)",
    re.IGNORECASE,
)
_TONNAGE = re.compile(  # what is counted in tons, where no value is asked for
    r"production|output|reserves?|resources?|consumption|capacity|mine[sd]?",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"none|no|not|nothing|never")
_NEAR_DENIAL = 4  # words between a denial and what it denies
_DENIED = 0.7
_UNLISTED = 0.3  # of a statement that names none of the things asked for: it may say "all"
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b")
_ANY_CAPITALS = re.compile(r"(?:(?<=[a-z,;:(|] )|(?<=\| )|^)[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*")


def kind_agreement(required: Requirements, candidate: Candidate) -> float:
    """Return whether a statement holds the kind of thing asked for, beyond the question's own."""
    if withholds(candidate):
        return 1.0
    told = f"{candidate.text} {candidate.quote}" if candidate.is_row else candidate.text
    listed = listing_agreement(required.question.text, told)
    return min(_kind_told(required, candidate), max(listed, _UNLISTED))


def _kind_told(required: Requirements, candidate: Candidate) -> float:
    wanted = required.wanted
    if wanted == "other":
        return 1.0
    text = candidate.text
    if wanted == "date":
        asked = {word.lower() for word in _DATE_WORD.findall(required.question.text)}
        told = without_citations(candidate.text)
        if candidate.is_row:  # a column of a year holds values of the year: it dates no event
            dated = (c.column for c in candidate.cells if _MONTH.search(c.column))
            told = without_citations(" | ".join((candidate.quote, *dated)))
        if not any(word.lower() not in asked for word in _DATE_WORD.findall(told)):
            return 0.0
        asked_day = _DAY_ASKED.search(required.question.text)
        return 0.6 if asked_day and not _DAY.search(told) else 1.0
    if wanted == "person":
        asked_text = required.question.text
        names = [name for name in _CAPITALS.findall(text) if name not in asked_text]
        return float(any(not entries_named(name) for name in names))
    if wanted == "name":
        told = candidate.quote if candidate.is_row else text
        no_names = _NO_FIRMS if _FIRM_ASKED.search(required.question.text) else _NO_ONES
        own = _names_of_its_own(required, told)
        return float(any(not _is_only(name, no_names) for name in own))
    if wanted == "place":
        named = entries_named(candidate.text) - entries_named(required.question.text)
        kinds = {load_lexicon().entry(id).kind for id in named}
        if _COUNTRY_ASKED.search(required.question.text):
            return 1.0 if "country" in kinds else 0.3
        return 1.0 if kinds & {"country", "region", "town", "mine", "plant"} else 0.6
    if wanted == "duration":
        return 1.0 if _DURATION.search(text) else 0.6 if _DATE_WORD.search(text) else 0.0
    if candidate.is_row:
        return max((_cell_kind(cell, required, candidate) for cell in candidate.cells), default=0.0)
    return _sentence_kind(required, text)


def figures_of_kind(required: Requirements, candidate: Candidate) -> frozenset[float]:
    """Return the values of a statement that are of the kind asked for."""
    if candidate.is_row:
        cells = [c for c in candidate.cells if _cell_kind(c, required, candidate) >= 0.8]
        return frozenset(figure.value for c in cells for figure in find_figures(c.text))
    told = without_citations(candidate.text)
    kinds = {"money": ("money",), "percent": ("percent",)}.get(required.wanted, ("number",))
    return frozenset(figure.value for figure in find_figures(told) if figure.kind in kinds)


def _names_of_its_own(required: Requirements, text: str) -> list[str]:
    """Return the words in capitals of a text that the question does not have, without months."""
    names = map(_without_opening, _ANY_CAPITALS.findall(without_citations(text)))
    asked = required.question.text
    return [name for name in names if name and name not in asked and not _MONTH.match(name)]


def _is_only(name: str, kinds: frozenset[str]) -> bool:
    """Tell whether all that the lexicon knows of a name is of kinds that answer no "who"."""
    told = {load_lexicon().entry(id).kind for id in entries_named(name)}
    return bool(told) and told <= kinds


def _without_opening(name: str) -> str:
    """Return words in capitals without those that have theirs from opening a sentence: "The"."""
    parts = name.split()
    while parts and fold(parts[0]) in SCAFFOLDING:
        parts = parts[1:]
    return " ".join(parts)


def _sentence_kind(required: Requirements, text: str) -> float:
    wanted = required.wanted
    told = without_citations(text)
    figures = [
        figure
        for figure in find_figures(told)
        if figure.value not in required.question.figures and figure.kind not in ("year", "day")
    ]
    if wanted == "money":
        return float(any(figure.kind == "money" for figure in figures))
    if wanted == "percent":
        return float(any(figure.kind == "percent" for figure in figures))
    numbers = [figure for figure in figures if figure.kind == "number"]
    if not numbers and _denies(required, told):
        return _DENIED
    if wanted == "mass":
        if any(_MASS_AFTER.match(told, figure.end) for figure in numbers):
            return 1.0
        # "China 270,000, Australia 29,000 metric tons": the unit may stand once.
        return 0.7 if numbers and _MASS_UNIT.search(told) else 0.2 if _states_none(told) else 0.0
    if wanted == "count":
        if not numbers and not _NUMBER_WORD.search(told):
            return 0.0
        return 1.0 if _counts(required, told) else 0.4
    if figures:
        told_whole = _PART_ASKED.search(required.question.text)
        return 1.0 if told_whole or any(figure.kind != "percent" for figure in figures) else 0.7
    return 0.6 if _MULTIPLE.search(told) else 0.3 if _states_none(told) else 0.0


def _denies(required: Requirements, text: str) -> bool:
    """Tell whether a sentence says that nothing of what is asked was: "none was mined"."""
    asked = frozenset().union(*(word.stems for word in required.words))
    said = plain_words(text)
    return any(
        _DENIAL.fullmatch(word)
        and asked & {stem(near) for near in said[max(at - _NEAR_DENIAL, 0) : at + _NEAR_DENIAL + 1]}
        for at, word in enumerate(said)
    )


def _counts(required: Requirements, text: str) -> bool:
    """Tell whether a number stands before a thing that is to be counted: "three plants"."""
    things = frozenset().union(*(required.words[index].stems for index in required.focus))
    said = plain_words(text)
    for at, word in enumerate(said):
        counts = word[0].isdigit() or _NUMBER_WORD.fullmatch(word)
        if counts and things & {stem(after) for after in said[at + 1 : at + 5]}:
            return True
    return not things


def _states_none(text: str) -> bool:
    return bool(_NONE.search(text))


def _cell_kind(cell: Cell, required: Requirements, candidate: Candidate) -> float:
    wanted = required.wanted
    if NOT_GIVEN.match(cell.text) or cell.text.lower() in ("yes", "no"):
        return 0.2
    if _SIGN_CELL.fullmatch(cell.text) or _NONE_CELL.match(cell.text):
        return 0.8
    if _states_none(cell.text) and not re.search(r"\d", cell.text):
        return 0.4
    if not re.search(r"\d", cell.text):
        return 0.0
    caption = candidate.evidence.passage.context.caption
    unit = f"{cell.unit} {cell.text} {cell.column}"
    is_money = bool(_MONEY_UNIT.search(unit))
    is_percent = bool(re.search(r"percent|per cent|%", unit, re.IGNORECASE))
    is_mass = bool(_MASS_UNIT.search(unit))
    told = f"{candidate.evidence.passage.row_label} {caption}"
    if wanted == "mass":
        if is_percent or is_money:
            return 0.0
        return 1.0 if is_mass else 0.8 if _MASS_UNIT.search(told) else 0.4
    if wanted == "money":
        if is_money:
            return 1.0
        return 0.9 if not (is_percent or is_mass) and _MONEY_UNIT.search(told) else 0.0
    if wanted == "percent":
        if is_percent:
            return 1.0
        return 0.9 if not (is_money or is_mass) and _PERCENT_UNIT.search(told) else 0.2
    if wanted == "count":
        things = frozenset().union(*(required.words[index].stems for index in required.focus))
        counted = not things or bool(things & stems(f"{told} {cell.column} {cell.unit}"))
        return (1.0 if counted else 0.4) * (0.5 if is_percent else 1.0)
    if wanted == "figure" and any(_TONNAGE.fullmatch(word.text) for word in required.words):
        is_number = cell.unit == "number" or "employ" in told.lower()
        return 0.3 if is_number else 0.5 if is_percent or is_money else 1.0
    return 1.0
