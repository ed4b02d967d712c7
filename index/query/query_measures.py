"""Which measure a question asks for, at which stage, of which whole, and in which unit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from corpus.language.measures import (
    Measure,
    find_measures,
    has_nature,
    is_kind_of,
    measure_named,
    names_of_nature,
    worth_of,
)
from corpus.language.quantities import find_unit
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary, any_form, split_forms
from corpus.language.words import content_words
from index.query.query_names import TOKEN
from index.query.remaining_text import RemainingText
from index.wording import stem

_UNIT_WORDS = 5
_LONE_SIGN = re.compile(r"(?<!\S)[$€£](?!\S)")  # "imports 2025 $"
# A figure just before a unit, which is no year: "99.999 percent", not "1998 tonnes".
_GIVEN = re.compile(r"(?<![\d.,])(?!(?:18|19|20)\d\d[ -]?$)\d[\d.,]*[ -]?$")
_SHORT_YEAR = re.compile(r"[1-3]\d ")  # "Ho oxide 24 usd/kg"
_LISTED = 3  # measures of one list
_MONEY = "USD"  # any currency is money
_WORTH = ("", "mass")  # dimensions of measures that may be told by what they are worth
_COUNTED = ("mass", "money", "price")  # dimensions of what is no share of something
_CURRENT = frozenset(("mass", "money", "price", "share", "mass rate", "power", "energy", "points"))


@dataclass(frozen=True, slots=True)
class AskedMeasure:
    """The measure that is asked for, the whole that a share is of, and the unit with its scale.

    `is_change` tells that the growth of it is asked for. `listed` are all measures of a list:
    "revenue and net income", "mining and separation quotas".
    """

    measure: Measure
    of: str
    unit: str
    is_change: bool
    listed: tuple[Measure, ...] = ()
    scale: float = 1.0


def take_measure(text: RemainingText, asks_date: bool = False) -> AskedMeasure:
    """Take the unit and all measures, and return the one that is asked for.

    Of a date the event is the measure, in any form of its verb; what else is measured stays among
    the words that tell which event it was.
    """
    if asks_date:
        return AskedMeasure(_take_event(text), "", "", is_change=False)
    unit, scale = take_unit(text)
    listed = _listed_measures(text) or _listed_stages(text)
    found = [*_take_paraphrases(text), *_take_measures(text)]
    if dimension(unit) in _COUNTED:  # tons "of low-purity gallium" are no purity
        found = [one for one in found if one.dimension != "share" or is_part(one)] or found
    measure, whole = _chosen(found, text.vocabulary)
    courses = names_of_nature("course", text.vocabulary)
    if measure.name in courses:
        measure = Measure("")  # of what, is said or known by its name
    measure = _narrowed(text, _staged(text, measure))
    if is_part(measure) and (counted := _kind_at(whole, measure.stage, text.vocabulary)):
        measure, whole = replace(measure, stage=""), counted.name  # of "magnets made" the output
    if not measure.name and dimension(unit) == "price":
        measure = measure_named(min(names_of_nature("quoted")), text.vocabulary)
    if dimension(unit) == "mass" and measure.dimension == "price":
        unit = ""  # "price per kilogram" names no currency
    if not unit and measure.dimension in _WORTH and _take_worth(text):
        measure = worth_of(measure, text.vocabulary) or measure
        unit = _MONEY  # "value of mine production"
    if has_nature(measure.name, "part of imports") and _take_worth(text):
        imports = measure_named(min(names_of_nature("inward")), text.vocabulary)
        worth = worth_of(imports, text.vocabulary)  # "by value" no weights are compared
        whole = worth.name if worth else whole
    is_change = any(one.name in courses for one in found)
    return AskedMeasure(measure, whole, unit, is_change, listed, scale)


def is_part(measure: Measure) -> bool:
    """Tell whether a measure is a part of a whole: a share."""
    return measure.name in names_of_nature("part of a whole")


# -- events


def _take_event(text: RemainingText) -> Measure:
    """Take the words of the event whose date is asked for: "when did the plant open"."""
    tokens = [(match, stem(match.group().casefold())) for match in TOKEN.finditer(text.left)]
    left = {one for _, one in tokens}
    for form, event in _events(text.vocabulary):
        if form <= left:
            text.take_all(_TokenSpan(*match.span()) for match, one in tokens if one in form)
            return event
    return Measure("")


@dataclass(frozen=True, slots=True)
class _TokenSpan:
    start: int
    end: int


@lru_cache(maxsize=4)
def _events(vocabulary: Vocabulary) -> tuple[tuple[frozenset[str], Measure], ...]:
    """Return the stems of what tells of dated events, the longest first.

    "Date" asks for the day, and is not what happened on it ("dated").
    """
    asking = {
        stem(form.casefold()) for form in split_forms(vocabulary.row("operations", "date")["words"])
    }
    function = vocabulary.row("stopwords", "function")["words"].split()
    dated = names_of_nature("dated", vocabulary)
    found: dict[frozenset[str], Measure] = {}
    for row in vocabulary.rows("measures"):
        if row["name"] in dated or not has_nature(row["name"], "dated", vocabulary):
            continue
        for form in split_forms(row["words"]):
            words = [w for w in re.findall(r"[^\W_]+", form.casefold()) if w not in function]
            event = measure_named(row["name"], vocabulary)
            stems = frozenset(map(stem, words))
            if stems - asking:
                found.setdefault(stems, event)
    return tuple(sorted(found.items(), key=lambda one: -len(one[0])))


# -- units


def take_unit(text: RemainingText) -> tuple[str, float]:
    """Take a unit that is asked for, and its scale: "in kt", "USD/kg", "$/kg", "in $bn".

    Of several it is the last that an answer is wanted in ("-> lb", "in dollars per pound"), else
    the first.
    """
    found = list(_asked_units(text))
    wanted = [one for one in found if one.is_wanted] or found[:1]
    for one in wanted:
        text.take(one.start, one.end)
    if wanted:
        return wanted[-1].unit, wanted[-1].scale
    if sign := _LONE_SIGN.search(text.left):
        text.take(*sign.span())
        return find_unit(f"{sign[0]}1", text.vocabulary)[0] or _MONEY, 1.0
    return "", 1.0


def names_currency(text: RemainingText) -> bool:
    """Tell whether a currency is named in several words: "Australian dollars"."""
    return _currency_words(text.vocabulary).search(text.left) is not None


@lru_cache(maxsize=4)
def _currency_words(vocabulary: Vocabulary) -> re.Pattern[str]:
    forms = [form for form, _ in vocabulary.forms("currencies", "words") if " " in form]
    return whole_words(forms)


@dataclass(frozen=True, slots=True)
class _AskedUnit:
    """A unit in a question without a figure; `is_wanted` where an answer in it is asked for."""

    unit: str
    scale: float
    start: int
    end: int
    is_wanted: bool


def _asked_units(text: RemainingText) -> Iterator[_AskedUnit]:
    tokens = list(TOKEN.finditer(text.left))
    measures = find_measures(text.left, text.vocabulary)
    lead, rate, aim = (_before(kind, text.vocabulary) for kind in ("unit", "rate", "aim"))
    behind = 0
    for first, start in enumerate(tokens):
        before = text.left[: start.start()]
        if start.start() < behind:
            continue
        given = _GIVEN.search(before)
        for last in reversed(tokens[first : first + _UNIT_WORDS]):
            said = text.left[start.start() : last.end()]
            if last.group().isdigit() or said[0].isdigit() or not _is_unit(said, text.vocabulary):
                continue  # "t 2021 22": what is counted in it
            span = (start.start(), last.end())
            if any(
                m.start <= span[0] and span[1] <= m.end and (m.start, m.end) != span
                for m in measures
            ):
                continue  # "melting point", "share repurchases"
            unit, scale = read = _read_unit(said, text.vocabulary)
            led, is_wanted = lead.search(before), aim.search(before) is not None
            if given and not (dimension(unit) == "price" and _SHORT_YEAR.fullmatch(given[0])):
                continue  # "99.999 percent" gives a figure
            if dimension(unit) == "time" and rate.search(before):
                continue  # "make a year" asks for a rate, in any unit
            is_told = len(said) > 1 and (dimension(unit) in _CURRENT or (unit and led))
            if is_told or (is_wanted and dimension(unit) in _CURRENT):
                end = _end_of_unit(tokens[first : tokens.index(last) + 1], text, read)
                at = led.start() if led else start.start()
                yield _AskedUnit(unit, scale, at, end, is_wanted)
                behind = end
                break


def _before(kind: str, vocabulary: Vocabulary) -> re.Pattern[str]:
    forms = any_form(vocabulary.words("asked", f"before {kind}"))
    return re.compile(rf"(?<!\w){forms}\s*$", re.IGNORECASE)


def _end_of_unit(
    tokens: Sequence[re.Match[str]], text: RemainingText, read: tuple[str, float]
) -> int:
    """Return where a unit ends, without what is counted in it: "tons" of "tons of magnets"."""
    start = tokens[0].start()
    ends = [token.end() for token in tokens]
    whole = (end for end in ends if _read_unit(text.left[start:end], text.vocabulary) == read)
    return next(whole, ends[-1])


def _take_worth(text: RemainingText) -> bool:
    """Take the words that ask what something is worth, and tell whether there are any."""
    worth = whole_words(text.vocabulary.words("asked", "money amount"))
    for match in worth.finditer(text.left):
        text.take(*match.span())
    return worth.search(text.text) is not None


def _is_unit(words: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words state a unit and nothing else."""
    known = _unit_words(vocabulary)
    return all(word.casefold() in known for word in re.findall(r"[^\W\d_]+", words))


def _read_unit(words: str, vocabulary: Vocabulary) -> tuple[str, float]:
    codes = {row["code"].casefold() for row in vocabulary.rows("currencies")}
    shouted = re.sub(
        r"[^\W\d_]+", lambda m: m[0].upper() if m[0].casefold() in codes else m[0], words
    )
    return find_unit(shouted, vocabulary)


@lru_cache(maxsize=4)
def _unit_words(vocabulary: Vocabulary) -> frozenset[str]:
    forms: list[str] = []
    for table, columns in (
        ("units", ("written", "chinese")),
        ("currencies", ("signs", "words", "chinese")),
        ("scales", ("words", "short", "chinese")),
    ):
        forms += [form for form, _ in vocabulary.forms(table, *columns)]
        forms += [next(iter(row.values())) for row in vocabulary.rows(table)]
    forms += split_forms(vocabulary.row("markers", "each")["words"])
    return frozenset(word.casefold() for form in forms for word in re.findall(r"[^\W\d_]+", form))


# -- measures


def _take_measures(text: RemainingText) -> list[Measure]:
    """Take all measures, and return them, those of the longest phrases first."""
    found = find_measures(text.left, text.vocabulary)
    longest = sorted(found, key=lambda one: -len(text.left[one.start : one.end].split()))
    worth = text.vocabulary.words("asked", "money amount")
    counted = [one for one in longest if text.left[one.start : one.end].casefold() not in worth]
    text.take_all(longest)
    return [one.meaning for one in counted or longest]  # "worth of concentrate mined"


def _take_paraphrases(text: RemainingText) -> list[Measure]:
    """Take what asks how much there is of a measure in other words than sources use.

    "How much was dug out of Chinese ground" asks for mine production.
    """
    if not _asks_how_much(text.vocabulary).search(text.text):
        return []
    found: list[Measure] = []
    for measure, form in _paraphrases(text.vocabulary):
        if matches := tuple(form.finditer(text.left)):
            found.append(measure)
            for match in matches:
                text.take(*match.span())
    return found


@lru_cache(maxsize=4)
def _paraphrases(vocabulary: Vocabulary) -> tuple[tuple[Measure, re.Pattern[str]], ...]:
    return tuple(
        (measure_named(row["measure"], vocabulary), whole_words(split_forms(row["phrases"])))
        for row in vocabulary.rows("paraphrases")
    )


@lru_cache(maxsize=4)
def _asks_how_much(vocabulary: Vocabulary) -> re.Pattern[str]:
    kinds = ("amount", "share", "money amount", "largest first", "largest of a group")
    return whole_words([form for kind in kinds for form in vocabulary.words("asked", kind)])


def whole_words(forms: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern that finds any of some forms as whole words."""
    return re.compile(rf"(?<!\w){any_form(forms)}(?!\w)", re.IGNORECASE)


def _listed_measures(text: RemainingText) -> tuple[Measure, ...]:
    """Return the measures of a list, of which none is a kind, a part or a course of another."""
    found = find_measures(text.left, text.vocabulary)
    if not 1 < len(found) <= _LISTED or len({one.meaning.name for one in found}) < len(found):
        return ()
    courses = names_of_nature("course", text.vocabulary)
    for one, other in pairwise(found):
        between = text.left[one.end : other.start]
        if not _joints(text.vocabulary).fullmatch(between):
            return ()
        if _is_narrower(one.meaning, other.meaning, text.vocabulary) or _is_narrower(
            other.meaning, one.meaning, text.vocabulary
        ):
            return ()
    measures = tuple(one.meaning for one in found)
    return () if any(is_part(one) or one.name in courses for one in measures) else measures


def _listed_stages(text: RemainingText) -> tuple[Measure, ...]:
    """Return the kinds of one measure by stages that are listed: "mining and separation quotas"."""
    found = find_measures(text.left, text.vocabulary)
    stages = dict.fromkeys(one.meaning for one in text.terms("stages"))
    roots = {one.meaning.broader or one.meaning.name for one in found}
    if len(roots) != 1 or len(stages) < 2:
        return ()
    kinds = [
        measure_named(row["name"], text.vocabulary)
        for stage in stages
        for row in text.vocabulary.rows("measures")
        if row["broader"] in roots and row["stage"] == stage
    ]
    if len(kinds) != len(stages):
        return ()
    text.take_all(text.terms("stages"))
    return tuple(kinds)


@lru_cache(maxsize=4)
def _joints(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of what stands between listed measures once times are taken."""
    return re.compile(
        rf"(?:\s*{any_form(vocabulary.words('asked', 'listing'))})+\s*", re.IGNORECASE
    )


def _staged(text: RemainingText, measure: Measure) -> Measure:
    """Take the stage of a broad measure or of a share: "smelting & separation quota"."""
    stages = () if measure.stage else text.terms("stages")
    for found in stages:
        for row in text.vocabulary.rows("measures"):
            is_narrower = row["broader"] == measure.name and row["stage"] == found.meaning
            if is_narrower or (is_part(measure) and row["name"] == measure.name):
                text.take_all(one for one in stages if one.meaning == found.meaning)
                if is_narrower:
                    return measure_named(row["name"], text.vocabulary)
                return replace(measure, stage=found.meaning)
    return measure


def _narrowed(text: RemainingText, measure: Measure) -> Measure:
    """Take the words that make a measure a narrower one from afar: "imports ... value"."""
    words = {m.group().casefold(): m for m in TOKEN.finditer(text.left)}
    said = {word.removesuffix("s") for word in content_words(text.text, text.vocabulary)}
    asking = text.vocabulary.row("stopwords", "question")["words"].split()
    for row in text.vocabulary.rows("measures"):
        for form in split_forms(row["words"]) if row["broader"] == measure.name else ():
            parts = [part.casefold() for part in form.split()]
            free = [part for part in parts if part in words and part not in asking]
            others = [part for part in parts if part not in free]
            if free and others and all(o.removesuffix("s") in said for o in others):
                for part in free:
                    text.take(*words[part].span())
                return measure_named(row["name"], text.vocabulary)
    return measure


def _chosen(found: Sequence[Measure], vocabulary: Vocabulary) -> tuple[Measure, str]:
    """Return the measure that is asked for, and of which whole where it is a share.

    The narrowest of those that are kinds of each other; else the one that says what is counted:
    "separation capacity" is a capacity of separation.
    """
    if not found:
        return Measure(""), ""
    unlike = [m for m in found if not any(_is_narrower(o, m, vocabulary) for o in found)]
    if len(unlike) > 1:  # growth of something is a change of it
        courses = names_of_nature("course", vocabulary)
        unlike = [m for m in unlike if m.name not in courses] or unlike[:1]
    shares = [m for m in unlike if is_part(m)]
    others = [m for m in unlike if not is_part(m)]
    if any(m.dimension == "shares" or m.name.startswith("share ") for m in others):
        shares = []  # of a company's stock
    if shares and others:
        joined = find_measures(f"{shares[0].name} of {others[0].name}", vocabulary)
        if joined and not is_part(joined[0].meaning):  # "share of US imports"
            return joined[0].meaning, ""
        return shares[0], others[0].name
    heads = [m for m in others or unlike if m.broader == "" or not m.stage]
    staged = [m for m in others if m.stage]
    chosen = heads[0] if heads else unlike[0]
    if staged and not chosen.stage:
        chosen = _kind_at(chosen.name, staged[0].stage, vocabulary) or chosen
    return chosen, ""


def _kind_at(measure: str, stage: str, vocabulary: Vocabulary) -> Measure | None:
    """Return the kind of a measure that counts it at a stage: production of magnets."""
    for row in vocabulary.rows("measures") if measure and stage else ():
        if row["broader"] == measure and row["stage"] == stage:
            return measure_named(row["name"], vocabulary)
    return None


def _is_narrower(one: Measure, other: Measure, vocabulary: Vocabulary) -> bool:
    return one.name != other.name and is_kind_of(one.name, other.name, vocabulary)
