"""Telling from the neighbours what a lone sign of damaged text stood for.

Where a damaged dash, quotation mark or apostrophe has kept one sign out of three, only its place
says which of them it was. What two readings would explain is left unanswered.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus.language.dates import month_numbers
from corpus.language.identification import small_words
from corpus.language.vocabulary import any_form, load_vocabulary
from corpus.lexicon import load_lexicon

LONE = "\ufdd0"  # stands in a line for a sign that may have been any dash, quote or apostrophe
LONE_QUOTE = "\ufdd1"  # for one that was a quote or an apostrophe, and no dash

Language = Literal["en", "de", "other"]
_WINDOW = 40
_LANGUAGE_CHARS = 20_000
# What follows a dash inside a sentence, and hardly ever the hyphen or en dash of a compound.
_CLAUSE_WORDS = load_vocabulary().word_class("clause")
_PREFIXES = load_vocabulary().word_class("prefix")
_ELEMENTS = load_vocabulary().word_class("symbol")
_MATERIALS = ("element", "metal", "mineral", "product")
_SYMBOL_CHARS = 3  # a formula is made of symbols, and lone signs in it may be its figures
_MONTHS = frozenset(name[:3].title() for name in month_numbers(load_vocabulary(), "english"))
_CONTRACTION = re.compile(r"(?:s|t|re|ve|ll|d|m)(?!\w)")
_ELISION = re.compile(r"(?:\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd|dell|nell|sull|dall)|"
                      r"\b(?:[CDJLMNSTO]|Qu|Dell|Nell))$")  # fmt: skip
_NUMBER_BEFORE = re.compile(r"(\d[\d,]*(?:\.\d+)?)%?$")
_NUMBER_AFTER = re.compile(r"[$€£¥]?(\d[\d,]*(?:\.\d+)?)(\s?(?:%|percent\b))?")
_SPEECH = re.compile(rf"(?:[,:(\[]|\b{any_form(load_vocabulary().word_class('speech'))})\s*$")
_OPENING = "([{/—–"
_CLOSING = ".,;:!?)]}/—–…"
Role = Literal[
    "–",
    "—",
    "’",
    "leave",
    "maybe dash",
    "open",
    "likely open",
    "maybe open",
    "close",
    "maybe close",
]


@dataclass(frozen=True, slots=True)
class _Sign:
    """A lone sign and the row of adjacent lone signs, `line[left:right]`, that it stands in."""

    at: int
    left: int
    right: int
    role: Role


def customs_of(text: str) -> Language:
    """Return whose customs of punctuation a text follows; English where nothing else is likelier.

    Two small words of another language are enough, in a single sentence too.
    """
    words = re.findall(r"[^\W\d_]+", text[:_LANGUAGE_CHARS].lower())
    counts = {
        language: sum(word in common for word in words)
        for language, common in small_words().items()
    }
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    if best == "en" or counts[best] <= max(counts["en"], 1):
        return "en"
    return "de" if best == "de" else "other"


def resolve(line: str, language: Language) -> dict[int, str]:
    """Return what the signs LONE and LONE_QUOTE of a line stood for, by their places.

    A sign of which this is not certain is not in the answer.
    """
    signs = _signs(line, language)
    meant = {sign.at: str(sign.role) for sign in signs if sign.role in ("–", "—", "’")}
    meant |= _paired_dashes(line, signs)
    if language != "other":
        meant |= _quotes(signs, "„“‚‘" if language == "de" else "“”‘’")
    else:
        meant |= {s.at: "’" for s in signs if s.role == "maybe close" and line[s.at - 1] == "s"}
    return meant


def _signs(line: str, language: Language) -> list[_Sign]:
    signs: list[_Sign] = []
    depth = 0  # of quotes that are surely open
    for row in re.finditer(f"[{LONE}{LONE_QUOTE}]+", line):
        left, right = row.span()
        if depth > 0 and language == "en" and _is_quote_and_dash(line, left, right):
            signs += [_Sign(left, left, right, "close"), _Sign(left + 1, left, right, "—")]
            depth -= 1
            continue
        for at in range(left, right):
            role = _role(line, at, left, right, language) if right - left < 3 else "leave"
            signs.append(_Sign(at, left, right, role))
            depth += (role in ("open", "likely open")) - (depth > 0 and "close" in role)
    return signs


def _is_quote_and_dash(line: str, left: int, right: int) -> bool:
    """Tell whether two signs between words end a quote and open a clause."""
    if right - left != 2 or line[right - 1] != LONE or not line[left - 1 : left].strip():
        return False
    return _opens_clause(line[right : right + _WINDOW])


def _role(line: str, at: int, left: int, right: int, language: Language) -> Role:
    past, coming = line[max(left - _WINDOW, 0) : left], line[right : right + _WINDOW]
    before, after = past[-1:], coming[:1]
    if right - left == 1:
        inner = _inner(past, coming, line[at] == LONE, language)
        if inner:
            return inner
    if (not before or before.isspace() or before in _OPENING) and after and after not in _CLOSING:
        if after.isspace():
            return "leave"
        if after.isalpha() or after in "[(":
            return "open" if not past.strip() or _SPEECH.search(past) else "likely open"
        return "maybe open"
    if before and not before.isspace() and before not in _OPENING:
        if after and not after.isspace() and after not in _CLOSING:
            return "leave"
        # Only the first sign behind a word can be the apostrophe of a plural's genitive.
        return "maybe close" if before in "sSxz" and at == left else "close"
    return "leave"


def _inner(past: str, coming: str, may_be_dash: bool, language: Language) -> Role | None:
    """Return the role of a sign inside a word, between two words, or apart from both."""
    before, after = past[-1:], coming[:1]
    contracted = before.isalnum() or re.search(r"[A-Z]\.$|[A-Z0-9]\)$", past)
    if contracted and _CONTRACTION.match(coming):
        return "’"
    if before.isspace() and after.isspace() and may_be_dash:
        if not (past.strip() and coming.strip()):
            return "leave"
        # In English it may have been either dash, or a minus: writers differ.
        return "–" if language == "de" else "leave"
    if not before or before.isspace() or not after or after.isspace():
        return None
    if before.isalpha() and after.isalpha() and not may_be_dash:
        return "’"
    if _ELISION.search(past) and after.isalpha() and not _opens_clause(coming):
        return "’"
    if not may_be_dash:
        return None
    if (before.isdigit() or before == "%") and (after.isdigit() or after in "$€£¥"):
        return "–" if _is_range(past, coming) else "leave"
    if not (before.isalnum() or before in ".)]%…") or not after.isalnum():
        return None
    return _between_words(past, coming, language)


def _is_range(past: str, coming: str) -> bool:
    first, second = _NUMBER_BEFORE.search(past), _NUMBER_AFTER.match(coming)
    if first is None or second is None:
        return False
    if past[-1] == "%":
        return bool(second[2])
    if not second[2]:
        return True
    # "in 2024—12% more" and "45,000—12% more" are no ranges.
    return float(first[1].replace(",", "")) < float(second[1].replace(",", ""))


def _between_words(past: str, coming: str, language: Language) -> Role:
    word = re.search(r"[^\s(\[\"“—–]*$", past)
    left = word.group() if word else ""
    match = re.match(r"\w+", coming)
    right = match.group() if match else ""
    if left[:3] in _MONTHS and right[:3] in _MONTHS:
        return "–"
    if re.fullmatch(r"[A-Z]\d+", left) and re.fullmatch(r"[A-Z]\d+", right):
        return "–"
    chemical = re.split(rf"[{LONE}–\d]", left)[-1] in _ELEMENTS and right in _ELEMENTS
    if _is_list_of_materials(left, coming):
        return "–"
    if language != "en" or chemical or left.lower() in _PREFIXES:
        return "leave"
    if _opens_clause(coming) or past[-1] in ")]%…":
        return "—"
    lower = left.isalpha() and left.islower()
    if right[0].isdigit() or past[-1] == "." or past[-1].isdigit():
        return "leave"
    if lower and (right.istitle() or (len(left) > 3 and re.search(r"[^s]s$", left))):
        return "—"
    return "maybe dash" if lower or right.islower() else "leave"


def _is_list_of_materials(left: str, coming: str) -> bool:
    """Tell whether a sign parts names of materials: "samarium–europium", "neodymium–iron–boron".

    Of three words in a row one is enough that the lexicon knows.
    """
    after = re.match(rf"[^\W\d_]+(?:{LONE}[^\W\d_]+)*", coming)
    before, behind = left.split(LONE), after.group().split(LONE) if after else []
    words = [*before, *behind]
    if any(len(w) < _SYMBOL_CHARS or w.lower() in _CLAUSE_WORDS for w in words) or not behind:
        return False
    near = [_is_material(before[-1]), _is_material(behind[0])]
    return all(near) or (len(words) > 2 and any(map(_is_material, words)))


def _is_material(word: str) -> bool:
    """Tell whether a word is the name of an element or another material, written out."""
    entries = load_lexicon().named(word) if word[1:].islower() and len(word) > _SYMBOL_CHARS else ()
    return any(entry.kind in _MATERIALS for entry in entries)


def _opens_clause(coming: str) -> bool:
    match = re.match(r"(\w+(?:’\w+)?)(?:\W+(\w+))?", coming.lower().replace(LONE, "’"))
    if match is None:
        return False
    first, second = match[1], match[2] or ""
    if first in _CLAUSE_WORDS or (first.endswith("ly") and len(first) > 4):
        return True
    return first.endswith("ing") and len(first) > 4 and second in _CLAUSE_WORDS


def _paired_dashes(line: str, signs: Sequence[_Sign]) -> dict[int, str]:
    """Return the doubtful dashes whose partner in the same sentence is certain."""
    dashes = [sign for sign in signs if sign.role in ("—", "maybe dash")]
    found: dict[int, str] = {}
    for one, other in pairwise(dashes):
        roles = {one.role, other.role}
        between = line[one.at : other.at]
        if (
            roles == {"—", "maybe dash"}
            and len(between) < 150
            and not re.search(r"[.!?]\s", between)
        ):
            found[one.at] = found[other.at] = "—"
    return found


def _quotes(signs: Sequence[_Sign], marks: str) -> dict[int, str]:
    """Return the quotation marks and genitive apostrophes of a line, if its quotes are balanced.

    All ways to read the signs as nested quotes are weighed at once: `costs[i][depth]` is the
    least number of unmatched marks before sign i, and `rests` the same behind it.
    """
    quotes = [sign for sign in signs if "open" in sign.role or "close" in sign.role]
    if not quotes:
        return {}
    far = len(quotes) + 9
    costs = [[0, far, far]]
    for sign in quotes:
        following = [far, far, far]
        for depth, to, cost, _ in _moves(sign, marks):
            following[to] = min(following[to], costs[-1][depth] + cost)
        costs.append(following)
    rests = [[0, 1, 2]]
    for sign in reversed(quotes):
        leading = [far, far, far]
        for depth, to, cost, _ in _moves(sign, marks):
            leading[depth] = min(leading[depth], rests[-1][to] + cost)
        rests.append(leading)
    rests.reverse()
    least = rests[0][0]
    # One quote that runs on into the next paragraph is well read; others unbalanced are not.
    opened = [sign.role for sign in quotes if sign.role in ("open", "likely open")]
    if least > 1 or (least == 1 and opened != ["open"]):
        return {}
    meant: dict[int, str] = {}
    for position, sign in enumerate(quotes):
        readings = {
            mark
            for depth, to, cost, mark in _moves(sign, marks)
            if costs[position][depth] + cost + rests[position + 1][to] == least
        }
        if len(readings) == 1:
            meant[sign.at] = readings.pop()
    return {at: mark for at, mark in meant.items() if mark}


def _moves(sign: _Sign, marks: str) -> list[tuple[int, int, int, str]]:
    """Return the ways to read a sign: depth before, depth after, unmatched marks, its meaning."""
    opening = [(0, 1, 0, marks[0]), (1, 2, 0, marks[2])]
    closing = [(1, 0, 0, marks[1]), (2, 1, 0, marks[3])]
    if sign.role in ("open", "likely open"):
        return [*opening, (2, 2, 1, "")]
    if sign.role == "maybe open":
        return [*opening, *((depth, depth, 0, "") for depth in range(3))]
    if sign.role == "close":
        return [*closing, (0, 0, 1, "")]
    return [*closing, *((depth, depth, 0, "’") for depth in range(3))]
