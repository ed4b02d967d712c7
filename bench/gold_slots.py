"""How a slot of a gold fact compares with what was read: names, measures, times, units, words.

Tolerant in wording, never in what is said: "yearend price" is the price at the yearend, "NdPr" is
no "NdPr oxide".
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from corpus.language.measures import Measure, find_measures, find_terms, is_kind_of, measure_named
from corpus.language.names import Name, find_names
from corpus.language.periods import Period, same_period
from corpus.language.units import unit_forms
from corpus.language.vocabulary import load_vocabulary
from corpus.lexicon import load_lexicon

GOLD = Path(__file__).parent / "facts_gold"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SMALL = frozenset(
    """a an and as at by for from in its of on or per said the to with rare earth earths ree rees
    equivalent percentage product""".split()
)
_INCOTERMS = {
    "free on board": "fob",
    "ex works": "exworks",
    "exw": "exworks",
    "cost, insurance, and freight": "cif",
    "cost, insurance and freight": "cif",
}
_RELATIVE = 1e-6
_PERCENT_STEP = 0.01  # of a third given as 33.33 percent


def load_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def words(text: str) -> frozenset[str]:
    """Return the words of a text without their case, hyphens, plural and what only joins them."""
    folded = re.sub(r"(?<=[A-Za-z])\.(?=[A-Za-z]\b)|(?<=\d),(?=\d{3})|[’']s\b", "", text.casefold())
    found = {_single(word) for word in re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+\d*", folded)}
    return frozenset(found - _SMALL) or frozenset(found)


def squash(text: str) -> str:
    """Return a text without case, white space and signs."""
    return re.sub(r"[\W_]+", "", text.casefold())


@cache
def canonical_unit(written: str) -> str:
    """Return a unit as the readers write it: "years" -> "yr", "USD/share"."""
    forms: dict[str, str] = {}
    for form, symbol in unit_forms(load_vocabulary()):
        forms.setdefault(form, symbol)
    if written in forms:
        return forms[written]
    return "/".join(forms.get(part, {"d": "day"}.get(part, part)) for part in written.split("/"))


def is_close(one: float, other: float, unit: str = "") -> bool:
    """Tell whether two numbers are one, thirds in percent to two decimals."""
    slack = _RELATIVE * max(abs(one), abs(other), 1e-9)
    return abs(one - other) <= (max(slack, _PERCENT_STEP / 2) if unit == "percent" else slack)


def same_time(gold: Period, read: Period) -> bool:
    """Tell whether two times are one; days must be the same day, and years ended may be fiscal."""
    if _DAY.fullmatch(gold.text) and _DAY.fullmatch(read.text):
        return gold.text == read.text
    for one, other in ((gold, read), (read, gold)):
        if one.text.startswith("P12M/") and re.fullmatch(r"FY\d{4}", other.text):
            return one.year == other.year
    return same_period(gold, read)


# --- measures ---


@cache
def standard_measure(named: str) -> tuple[Measure, frozenset[str]]:
    """Return the measure that a gold name stands for, and the words of the name beside it."""
    found = find_measures(named)
    if not found:
        return Measure(named.casefold()), frozenset()
    best = max(found, key=lambda one: one.end - one.start)
    beside = words(f"{named[: best.start]} {named[best.end :]}")
    return best.meaning, frozenset() if beside == {""} else beside


def measure_faults(
    found: Sequence[tuple[str, str]], statistics: Collection[str], wanted: Mapping[str, Any]
) -> list[str]:
    """Tell what is wrong in the measures (name and stage) and statistics that a text names."""
    faults = []
    measure, beside = standard_measure(wanted["measure"])
    stage = wanted.get("stage", "")
    right = [
        (name, at)
        for name, at in found
        if (is_kind_of(name, measure.name) or squash(name) == squash(wanted["measure"]))
        and beside <= words(name) | words(wanted.get("statistic", ""))
    ]
    if not right:
        faults.append("measure")
    else:  # a stage may be that of another measure: a share, of mine production
        stages = {at for _, at in (found if stage else right)}
        if not stages & ({stage} if stage else {"", measure.stage}):
            faults.append("stage")
    if "statistic" in wanted and wanted["statistic"] not in statistics:
        faults.append("statistic")
    return faults


def same_measure(
    gold: str,
    stage: str,
    read: tuple[str, str],
    beside: frozenset[str],
    unread: frozenset[str],
) -> str:
    """Return "" where a measure that was read, with its stage, is the gold one, else what is wrong.

    `beside` are the words of the other slots, which may carry what qualifies the measure: "iPad"
    of "iPad net sales". Those that are kept as `unread` are told apart from those that are lost.
    """
    name, at = read
    if not name:
        return "missing"
    wanted, held = words(gold), words(name)
    if wanted == held:
        return ""
    measure, qualifiers = standard_measure(gold)
    found, own = standard_measure(name)
    if (known := measure_named(name)).dimension or known.broader:
        found, own = known, frozenset()
    at = at or found.stage
    if is_kind_of(found.name, measure.name):
        if stage and at and at != stage:
            return "another stage"
    elif is_kind_of(measure.name, found.name):
        if not at or at not in (stage, measure.stage):
            return "broader"
    elif held <= wanted:
        qualifiers = wanted - held
    elif wanted <= held | beside:
        return ""
    else:
        return "another"
    if qualifiers <= held | own | beside:
        return ""
    return "qualifier unread" if qualifiers <= held | own | beside | unread else "qualifier lost"


# --- names ---


@cache
def name_key(text: str) -> str:
    """Return the key of what a gold name stands for, "" where the lexicon lacks part of it."""
    found = find_names(text)
    if len(found) != 1:
        return ""
    mention = found[0]
    beside = words(f"{text[: mention.start]} {text[mention.end :]}") - _corporate()
    return _one_key(mention.name.key) if not beside - _SMALL else ""


@cache
def forms_only(text: str) -> frozenset[str]:
    """Return the forms that a name is made of beside rare earths: "compounds and metals"."""
    left = text
    found = find_terms("forms", text)
    for form in reversed(found):
        left = f"{left[: form.start]} {left[form.end :]}"
    return frozenset(form.meaning for form in found) if words(left) <= _SMALL else frozenset()


def same_name(gold: str, read: Name) -> bool:
    """Tell whether a name that was read is the gold one; places and bodies may be qualified."""
    key = name_key(gold)
    if key and (_one_key(read.key) == key or (not read.id and name_key(read.text) == key)):
        return True
    if _same_with_form(gold, read):
        return True
    if read.id and not read.is_material:
        named = any(mention.name.key == read.key for mention in find_names(gold))
        return named or words(gold) <= words(read.text) or _is_within(read, key)
    if key:
        return False
    wanted = words(gold) - _corporate()
    held = words(f"{read.text} {read.form}") - _corporate()
    if held and held <= wanted and gold.split()[0] == read.text.split()[0]:
        return True  # a short form, as the page has it
    return bool(wanted) and (wanted == held or (len(wanted) > 1 and wanted <= held))


def _same_with_form(gold: str, read: Name) -> bool:
    """Tell whether a material is the gold one with its form in other words: "and alloys"."""
    mentions = [m for m in find_names(gold) if read.id and m.name.id == read.id]
    if len(mentions) != 1 or not read.is_material:
        return False
    at = mentions[0]
    named = next(m for m in load_lexicon().find_mentions(gold) if m.start == at.start)
    left = frozenset(re.findall(r"[^\W_]+", f"{gold[: at.start]} {gold[named.end :]}"))
    beside = words(" ".join(left)) if left else frozenset()
    return beside - _SMALL == (words(read.form) if read.form else frozenset()) - _SMALL


def name_held(gold: str, read: Sequence[Name]) -> bool:
    """Tell whether one of several names is the gold one, or some together are, word for word."""
    if any(same_name(gold, name) for name in read):
        return True
    if forms := forms_only(gold):
        whole = " ".join(f"{name.form} {name.text}" for name in read if _is_whole(name))
        return forms == {found.meaning for found in find_terms("forms", whole)}
    if _all_named(gold, read):
        return True
    together = frozenset(
        word for name in read for word in words(f"{name.text} {name.form} {name.id}")
    )
    return not name_key(gold) and len(words(gold)) > 1 and words(gold) <= together


def _all_named(gold: str, read: Sequence[Name]) -> bool:
    """Tell whether a gold name is a list of several, all of which were read."""
    mentions = find_names(gold)
    left = gold
    for mention in reversed(mentions):
        left = f"{left[: mention.start]} {left[mention.end :]}"
    keys = {name.key for name in read}
    left_words = re.findall(r"[^\W_]+", left)
    return (
        len(mentions) > 1
        and all(mention.name.key in keys for mention in mentions)
        and frozenset(left_words) <= _SMALL
    )


def _is_whole(name: Name) -> bool:
    return name.id in ("rare-earths", "lanthanides", "concentrate") or not name.id


def _is_within(place: Name, country: str) -> bool:
    """Tell whether a place of the lexicon lies in the country of a key."""
    lexicon = load_lexicon()
    return bool(country) and place.id in lexicon and lexicon.entry(place.id).country == country


def _one_key(key: str) -> str:
    return "rare-earths magnet" if key in ("repm", "repm magnet") else key


# --- slots that are words ---


def same_basis(gold: str, read: str) -> bool:
    """Tell whether two bases are one: "REO", "rare-earth-oxide (REO) equivalent"."""
    if squash(gold) == squash(read) or words(gold) == words(read):
        return True
    standard = {found.meaning for found in find_terms("bases", gold)}
    if standard and standard == {found.meaning for found in find_terms("bases", read)}:
        return True
    return bool(name_key(gold)) and name_key(gold) == name_key(read)


def same_specification(gold: str, read: str) -> bool:
    """Tell whether the figures of a specification, or without any its words, were all read."""
    figures = frozenset(word for word in words(gold) if word[0].isdigit())
    return figures <= words(read) if figures else bool(words(gold) & words(read))


def same_price_basis(gold: str, read: str) -> bool:
    """Tell whether two price bases are one: incoterm with its place, with or without tax."""
    if _incoterm(gold) in _incoterm(read):
        return True
    terms = [frozenset(words(part)) for part in (gold, read)]
    taxes = [{"vat"} if one & {"vat", "tax"} else set() for one in terms]
    without = [bool(one & {"excluding", "excl", "without", "ex"}) for one in terms]
    return bool(taxes[0]) and taxes[0] == taxes[1] and without[0] == without[1]


def same_words(gold: str, read: str) -> bool:
    """Tell whether one of two phrases has all words, measures or names of the other."""
    if not read:
        return False
    wanted, held = words(gold), words(read)
    if wanted <= held or (held <= wanted and len(held) > 1):
        return True
    measures = [{found.meaning.name for found in find_measures(part)} for part in (gold, read)]
    if measures[0] and measures[0] == measures[1]:
        return True
    names = [{mention.name.key for mention in find_names(part)} for part in (gold, read)]
    return bool(names[0] & names[1])


def _incoterm(text: str) -> str:
    for written, short in _INCOTERMS.items():
        text = text.casefold().replace(written, short)
    return squash(text)


@cache
def _corporate() -> frozenset[str]:
    row = load_vocabulary().row("stopwords", "corporate")
    return frozenset(row["words"].split()) | {"com"}


def _single(word: str) -> str:
    if "." in word:
        return word.rstrip("0").rstrip(".")
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "su" else word
