"""Who and what a question names: by the lexicon, by the home, in shorthand, by symbol or ticker."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.facts.fact import Role
from corpus.language.measures import find_measures
from corpus.language.names import BODIES, PLACES, Name, find_names
from corpus.language.phrases import Found, PhraseFinder
from corpus.language.vocabulary import Vocabulary, any_form
from corpus.lexicon import load_lexicon
from corpus.lexicon.entry import Entry
from index.query.remaining_text import RemainingText

TOKEN = re.compile(r"[^\W_]+(?:[.'’&/$%-]+[^\W_]+)*%?|[$€£¥]\S*")
# Entries that name no one: a basis or a term is read as such, a publication as an edition.
_READ_OTHERWISE = frozenset(("basis", "term", "publication", "archive"))
_POSSESSIVE = re.compile(r"['’]s\b")
_SHORTEST_SHOUTED = 4  # letters of a ticker that is known without its capitals


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name that a home knows by its own sources: a publisher, or the ticker of one that files.

    Initials count only `in_capitals`, because they may make a word.
    """

    form: str
    name: Name
    in_capitals: bool = False


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A name at `text[start:end]` of a question."""

    start: int
    end: int
    name: Name


def take_names(text: RemainingText, own_names: Sequence[OwnName]) -> list[NamedSpan]:
    """Take all who and what is named, and return them in order."""
    found = _in_lexicon(text, text.left)
    found += _in_shorthand(text)
    found += _own(text, own_names)
    if text.has_capitals and len(lower := text.left.lower()) == len(text.text):
        found += _in_lexicon(text, lower)  # "ndpr px in USD/kg"
    for match in list(TOKEN.finditer(text.left)):
        if name := _of_symbol_or_ticker(text, _POSSESSIVE.sub("", match.group())):
            found.append(NamedSpan(*match.span(), _formed(text, name, match.end())))
            text.take(*match.span())
    return sorted(found, key=lambda one: one.start)


def role_of(name: Name) -> Role:
    """Return the role that a name has where no word gives it another."""
    if name.is_material:
        return "material"
    if name.kind == "segment":
        return "segment"
    return "place" if name.kind in PLACES and name.kind not in BODIES else "subject"


@lru_cache(maxsize=4)
def listing(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of what stands between the members of a list, and of a comparison."""
    joint = any_form(vocabulary.words("asked", "listing"))
    return re.compile(rf"\s*(?:,\s*)?{joint}\s*", re.IGNORECASE)


def _in_lexicon(text: RemainingText, said: str) -> list[NamedSpan]:
    measures = [(m.start, m.end) for m in find_measures(said, text.vocabulary)]
    found: list[NamedSpan] = []
    for one in find_names(said, text.vocabulary, in_question=True):
        name = one.name
        if name.kind in _READ_OTHERWISE and not name.is_material:
            continue
        is_measure = any(start <= one.start and one.end <= end for start, end in measures)
        if name.form and name.text.endswith(f" {name.form}"):
            name = replace(name, form="")  # "scandium-aluminum alloy"
        if not (name.kind == "law" and is_measure):  # "mining quota" is a quota
            found.append(NamedSpan(one.start, one.end, name))
    text.take_all(found)
    return [replace(one, name=_with_listed_forms(text, one)) for one in found]


def _in_shorthand(text: RemainingText) -> list[NamedSpan]:
    found: list[NamedSpan] = []
    left = _POSSESSIVE.sub(_blank, text.left)
    for one in _shorthand(text.vocabulary).find(left):
        written = left[one.start : one.end]
        form, entry = one.meaning
        if written != form and not (written.casefold() == form.casefold() and len(form) > 2):
            continue
        text.take(one.start, one.end)
        name = _formed(text, Name(entry.name, entry.id, entry.kind), one.end)
        found.append(NamedSpan(one.start, one.end, name))
    return found


def _own(text: RemainingText, own_names: Sequence[OwnName]) -> list[NamedSpan]:
    finder = PhraseFinder((own.form.casefold(), own) for own in own_names)
    mentions = [
        one
        for one in finder.find(_POSSESSIVE.sub(_blank, text.left))
        if not one.meaning.in_capitals or text.left[one.start : one.end] == one.meaning.form
    ]
    text.take_all(mentions)
    return [NamedSpan(one.start, one.end, one.meaning.name) for one in mentions]


def _of_symbol_or_ticker(text: RemainingText, word: str) -> Name | None:
    is_written = text.has_capitals
    shouted = word if is_written or len(word) < _SHORTEST_SHOUTED else word.upper()
    symbol = word if is_written else word.capitalize()
    entry = _symbols().get(symbol) or _tickers(text.vocabulary).get(shouted)
    return Name(entry.name, entry.id, entry.kind) if entry else None


def _with_listed_forms(text: RemainingText, named: NamedSpan) -> Name:
    """Return a material in all forms that are listed behind it: "compounds and metals"."""
    name = named.name
    if not (name.is_material and name.form):
        return name
    forms = text.terms("forms")
    for form in forms:
        if form.meaning == name.form and named.start == form.end:  # 氧化 before 镨
            text.take(form.start, form.end)
    said = [name.form, *(one.meaning for one in _listed_behind(text, forms, named.end))]
    return replace(name, form=" and ".join(said))


def _formed(text: RemainingText, name: Name, end: int) -> Name:
    """Return a material with the forms that follow it, which are taken."""
    forms = text.terms("forms")
    first = next((f for f in forms if name.is_material and f.start - end in (0, 1)), None)
    if first is None:
        return name
    text.take(first.start, first.end)
    said = [first, *_listed_behind(text, forms, first.end)]
    if name.text.endswith(f" {first.meaning}"):
        return name  # "Sc-Al alloy": the name says it
    return replace(name, form=" and ".join(one.meaning for one in said))


def _listed_behind(text: RemainingText, forms: Sequence[Found[str]], end: int) -> list[Found[str]]:
    """Take the forms that are listed behind a place."""
    listed: list[Found[str]] = []
    for form in forms:
        between = text.text[end : form.start]
        if form.start >= end and listing(text.vocabulary).fullmatch(between):
            listed.append(form)
            end = form.end
    text.take_all(listed)
    return listed


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


@lru_cache(maxsize=1)
def _symbols() -> dict[str, Entry]:
    lexicon = load_lexicon()
    return {e.symbol: lexicon.entry(e.id) for e in lexicon.elements.values()}


@lru_cache(maxsize=4)
def _tickers(vocabulary: Vocabulary) -> dict[str, Entry]:
    """Return companies by the bare letters or figures of their tickers, where one has them."""
    exchanges = vocabulary.words("asked", "exchange")
    found: dict[str, Entry | None] = {}
    for entry in load_lexicon().entries:
        for name in entry.other_names:
            if name.note != "ticker":
                continue
            for part in re.split(r"[:.]", name.text):
                if part not in exchanges and found.setdefault(part, entry) is not entry:
                    found[part] = None
    return {ticker: entry for ticker, entry in found.items() if entry}


@lru_cache(maxsize=4)
def _shorthand(vocabulary: Vocabulary) -> PhraseFinder[tuple[str, Entry]]:
    lexicon = load_lexicon()

    def phrases() -> Iterable[tuple[str, tuple[str, Entry]]]:
        for row in vocabulary.rows("shorthand"):
            for entry in lexicon.named(row["stands for"]):
                yield row["form"], (row["form"], entry)

    return PhraseFinder(phrases())
