"""What is printed around the figures of tables: units with their basis, signs for none, heads."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from corpus.language.measures import find_terms
from corpus.language.quantities import UnitMention, find_units
from corpus.language.units import currency_signs, dimension
from corpus.language.vocabulary import Vocabulary, load_vocabulary, split_forms

_EXCEPTION = re.compile(r"[\s,]*\b(?:unless|except)\b.*", re.IGNORECASE | re.DOTALL)
_AMOUNT = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d\s)[\d.,]*\d[\s)+-]{0,2}$")
_INTRODUCED = re.compile(r"(?:^|[(\[,;:：—–]|\b(?:in|as|as an?|are))\s*$", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|as|as an?)\s+$", re.IGNORECASE)
_ENDED = re.compile(r"\s*(?:$|[)\],;:]|\b(?:and|unless|except|which)\b)")
_LED_BASIS = re.compile(r"[\s,:–-]*(?:\b(?:of|in)\s+(?!total\b))?", re.IGNORECASE)
_SYMBOL = re.compile(r"\s\([A-Za-z%]{1,2}\)")  # "metric tons (t)"
_BEFORE_BASIS = re.compile(r"[\w\s,%().-]{0,60}")
_OF_OXIDE = re.compile(r"\b(?:equivalent|content|basis)$", re.IGNORECASE)
_NOUN = re.compile(r"\s[\w-]+")
# Things are counted in units that are ordinary words too: "(years)", "Employment, number".
_COUNTED = frozenset(
    ("people", "shares", "count", "time", "factor", "magnets", "countries", "companies", "vehicles")
)
_COUNTED_IN = frozenset(("mass", "mass rate", "price", "people"))
_NAMED_LAST = frozenset(("people", "count", "time"))
_NO_VALUE = frozenset(
    ("withheld", "not available", "net exporter", "zero", "not applicable", "less than half a unit")
)


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """A unit as it is printed, "thousand metric tons", with its basis, "gross weight".

    `words[start:end]` state both; `noun` are the words before them that say of what.
    """

    start: int
    end: int
    printed: str
    basis: str
    mention: UnitMention
    noun: str = ""


@lru_cache(maxsize=20_000)
def printed_units(words: str) -> tuple[PrintedUnit, ...]:
    """Return the units that a head, a label or a caption states for figures, in order.

    Amounts ("lots of 5 kg") and units in running words ("tons were sold") state none.
    """
    found: list[PrintedUnit] = []
    at = 0
    for mention in find_units(words):
        if not _is_stated(words, mention):
            continue
        basis, end = _basis_behind(words, mention.end)
        printed = plain_unit(words[mention.start : mention.end], mention)
        noun = words[at : mention.start]
        found.append(PrintedUnit(mention.start, end, printed, basis, mention, noun))
        at = mention.end
    return tuple(found)


@lru_cache(maxsize=20_000)
def whole_unit(words: str) -> PrintedUnit | None:
    """Return the unit of words that name one and nothing else but its basis: "(metric tons REO)".

    A machine's "metric_tons_reo_equivalent" is read as words.
    """
    text = _SYMBOL.sub("", _unwrapped(words.replace("_", " ") if " " not in words else words))
    text = _EXCEPTION.sub("", text).rstrip(" ,:")
    first = next(iter(find_units(text)), None)
    if first is None or first.start or not (first.unit or _names_scale(text[: first.end])):
        return None
    rest = text[first.end :]
    basis, end = _basis_behind(text, first.end)
    if (
        not basis
        and rest
        and (rest[0] in ",(" or (_is_share(first) and re.match(r"\s+of\b", rest)))
    ):
        basis = rest[_led(rest) :].strip(" ,()")
    if (rest and not basis) or ";" in rest or len(rest) > 80:
        return None
    if "_" in words:
        basis = _as_in_table(basis)
    return PrintedUnit(0, end, plain_unit(text[: first.end], first), basis, first)


def unit_alone(words: str) -> PrintedUnit | None:
    """Return the unit of words that surely state one: "year", "country" head columns as well."""
    unit = whole_unit(words)
    if unit is None or column_use(unit.printed):
        return None
    return None if unit.printed.casefold() in _singular(load_vocabulary()) else unit


def leading_unit(words: str) -> PrintedUnit | None:
    """Return the unit of the line in brackets that words begin with, as notes of rows do."""
    return unit_line(words[1 : _clause_end(words, 1)]) if words[:1] in ("(", "[") else None


def unit_line(line: str) -> PrintedUnit | None:
    """Return the unit of a line that states it for a table: "(Data in tons, unless noted)"."""
    text = _unwrapped(line)
    lead = _line_lead(load_vocabulary()).match(text)
    return unit_alone(text[lead.end() :]) if lead and len(line) <= 160 else None


def states_unit(words: str) -> bool:
    """Tell whether words say the unit of what stands below them: "Inventories (in millions)"."""
    if unit_line(words):
        return True
    return any(_IN.search(words[: unit.start]) for unit in printed_units(words))


@lru_cache(maxsize=16)
def unit_words(*dimensions: str) -> frozenset[str]:
    """Return the words for all units that measure one of these: "years", "bps"."""
    rows = (row for row in load_vocabulary().rows("units") if row["dimension"] in dimensions)
    return frozenset(form for row in rows for form in split_forms(row["written"]))


def plain_unit(printed: str, mention: UnitMention) -> str:
    """Return a unit as it is shown: "%" is "percent", and "Metric tons" begins in lower case."""
    if mention.unit == "percent" and " " not in printed.strip():
        return "percent"
    return printed[:1].lower() + printed[1:] if re.match(r"[A-Z][a-z]{2}", printed) else printed


def find_basis(words: str) -> str:
    """Return the basis that words name in two words or more, "gross weight", as printed, or ""."""
    for term in find_terms("bases", words):
        end = _end_of_basis(words, term.end)
        named = words[term.start : end]
        is_name = term.meaning in _oxides(load_vocabulary()) and not _OF_OXIDE.search(named)
        if re.search(r"[\s-]", named) and not is_name:
            return plain_unit(words[term.start : end], UnitMention(0, 0, ""))
    return ""


def _as_in_table(basis: str) -> str:
    """Return a basis that a machine writes in lower case with its abbreviation in capitals."""
    for term in find_terms("bases", basis):
        if term.meaning.isupper():
            basis = re.sub(term.meaning, term.meaning, basis, flags=re.IGNORECASE)
    return basis


@lru_cache(maxsize=4)
def _oxides(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the bases whose forms are names of things too: "rare-earth oxide"."""
    return frozenset(r["name"] for r in vocabulary.rows("bases") if r["kind"] == "oxide")


def _is_stated(words: str, mention: UnitMention) -> bool:
    before, after = words[: mention.start], words[mention.end :]
    printed = words[mention.start : mention.end]
    if _AMOUNT.search(before) or re.match(r"\s?\(?\d", after):
        return False
    if _is_share(mention):
        return True
    measured = dimension(mention.unit)
    in_brackets = before.endswith(("(", "[")) and after.startswith((")", "]"))
    if measured in _COUNTED:
        is_last = not after.strip() and (not before.strip() or before.endswith(", "))
        is_last = is_last and printed.casefold() not in _singular(load_vocabulary())
        return in_brackets or (is_last and measured in _NAMED_LAST)
    if "/" in mention.unit:
        return True
    if not mention.unit and not _names_scale(printed):
        return False
    has_basis = bool(_basis_behind(words, mention.end)[0])
    if _INTRODUCED.search(before):
        return has_basis or (bool(_ENDED.match(after)) and (len(printed) > 1 or in_brackets))
    is_amount = printed[:1].isdigit() and "$" not in printed
    return len(printed) > 1 and not (after or is_amount) and bool(mention.unit)


@lru_cache(maxsize=4)
def _singular(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the words for one of what is counted: "year", "company"."""
    rows = (row for row in vocabulary.rows("units") if row["dimension"] in _COUNTED)
    forms = {form.casefold() for row in rows for form in split_forms(row["written"])}
    return frozenset(f for f in forms if f"{f}s" in forms or f"{f[:-1]}ies" in forms)


def _is_share(mention: UnitMention) -> bool:
    return mention.unit == "percent"


def _names_scale(printed: str) -> bool:
    """Tell whether a scale stands for itself: "thousands", "000", not "million"."""
    return printed.endswith(("s", "000"))


def _unwrapped(words: str) -> str:
    words = words.strip()
    if words[:1] in ("(", "[") and words[-1:] in (")", "]"):
        return words[1:-1].strip()
    return words


def _led(rest: str) -> int:
    lead = _LED_BASIS.match(rest)
    return lead.end() if lead else 0


def _basis_behind(words: str, start: int) -> tuple[str, int]:
    """Return the basis that follows a unit, as printed, and where it ends; "" and `start` if none.

    It ends with the last words that name one: of "REO (MYB 2022)" it is "REO".
    """
    if symbol := _SYMBOL.match(words, start):
        start = symbol.end()
    rest = words[start : _clause_end(words, start)]
    begin = _led(rest)
    if rest[begin : begin + 1] == "(":
        begin += 1
    end = 0
    for term in find_terms("bases", rest[begin:]):
        gap = rest[max(end, begin) : begin + term.start]
        if not _BEFORE_BASIS.fullmatch(gap) or (end and ". " in gap):
            break
        end = _end_of_basis(rest, begin + term.end)
    if not end:
        return "", start
    if rest.count("(", begin, end) > rest.count(")", begin, end) and rest[end : end + 1] == ")":
        end += 1
    return rest[begin:end].strip(" ,"), start + end + rest.startswith(")", end)


def _end_of_basis(words: str, end: int) -> int:
    """Return where a basis ends: "contained" goes on with what is contained."""
    if words[:end].casefold().endswith("contained") and (noun := _NOUN.match(words, end)):
        return noun.end()
    return end


def _clause_end(words: str, start: int) -> int:
    """Return where a clause ends: at a semicolon, an exception, or the bracket it stands in."""
    exception = _EXCEPTION.search(words, start)
    last = exception.start() if exception else len(words)
    depth = 0
    for position in range(start, last):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(words[position], 0)
        if depth < 0 or words[position] == ";":
            return position
    return last


@lru_cache(maxsize=4)
def _line_lead(vocabulary: Vocabulary) -> re.Pattern[str]:
    unit = _either(_column_forms(vocabulary, "unit", "heads"))
    figures = _either(vocabulary.words("markers", "figures"))
    return re.compile(
        rf"(?:(?:{unit})\s?[:：]\s?)?(?:(?:all\s+)?(?:{figures})\s+(?:are\s+)?(?:in\s+)?|in\s+)?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4)
def counted_nouns(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the nouns for what statistics count: "production", "imports", "price".

    They are the standard names of one word, flows among them that may be money or mass.
    """
    found: set[str] = set()
    rows = vocabulary.rows("measures")
    broad = {row["broader"] for row in rows if row["dimension"]}
    for row in rows:
        noun = row["name"]
        is_flow = not row["dimension"] and (noun in broad or noun.endswith("s"))
        if " " in noun or not (is_flow or row["dimension"] in _COUNTED_IN):
            continue
        stem = noun.rstrip("s")
        found |= {form for form in split_forms(row["words"]) if form in (stem, f"{stem}s")} | {noun}
    return tuple(sorted(found))


# -- signs


@lru_cache(maxsize=20_000)
def find_currency_sign(text: str) -> str:
    """Return the sign of a currency beside a figure, as printed, "" where there is none."""
    match = _currency(load_vocabulary()).search(text)
    return match[0] if match else ""


def is_currency(text: str) -> bool:
    """Tell whether words are the sign or code of a currency and nothing else."""
    return any(text == form for form, _ in currency_signs(load_vocabulary()))


def money_words(sign: str) -> str:
    """Return the words for amounts with a sign: "euros"; "dollars" for "$", whose ever it is."""
    if sign == "$":
        return "dollars"
    vocabulary = load_vocabulary()
    code = dict(currency_signs(vocabulary))[sign]
    return next((row["name"] for row in vocabulary.rows("currencies") if row["code"] == code), sign)


@lru_cache(maxsize=20_000)
def stands_for_none(text: str) -> bool:
    """Tell whether a sign stands where a figure would: "NA", "W", a dash."""
    return bool(_none(load_vocabulary()).fullmatch(text))


@lru_cache(maxsize=20_000)
def says_none(text: str) -> bool:
    """Tell whether words stand where a figure would: "not quoted", "withheld"."""
    words = text.casefold().rstrip(".")
    return words in _none_words(load_vocabulary()) or bool(re.fullmatch(r"not [a-z]+", words))


@lru_cache(maxsize=50_000)
def is_amount(text: str) -> bool:
    """Tell whether words are a number with at most a sign, a short unit and a mark: "1,200 t"."""
    return bool(_amount(load_vocabulary()).fullmatch(text))


# -- heads of columns


@lru_cache(maxsize=20_000)
def column_use(head: str) -> str:
    """Return the slot that a column's head says its cells are for, as in the table of columns.

    The end of a head may tell it: "source id" holds codes, "Price notes" holds notes.
    """
    vocabulary = load_vocabulary()
    words = " ".join(head.split(" > ")[-1].split()).casefold()
    if slot := _heads(vocabulary).get(words):
        return slot
    uses = _uses(vocabulary)
    return next((slot for slot, pattern in uses if pattern.fullmatch(words)), "")


def names_goods(head: str) -> bool:
    """Tell whether a column of codes holds those of goods: "HS code", "Tariff number"."""
    return bool(_goods(load_vocabulary()).match(head))


def begins_as_head(words: str) -> bool:
    """Tell whether words begin as the head of a column does: "Value", "Year", "Data as of"."""
    return bool(_head_start(load_vocabulary()).match(words))


@lru_cache(maxsize=4)
def _heads(vocabulary: Vocabulary) -> dict[str, str]:
    return {form.casefold(): row["slot"] for form, row in vocabulary.forms("columns", "heads")}


@lru_cache(maxsize=4)
def _uses(vocabulary: Vocabulary) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the slots whose columns are told by how a head ends."""
    ended = [
        (row["slot"], split_forms(row["ends"].casefold())) for row in vocabulary.rows("columns")
    ]
    return tuple((slot, re.compile(rf".*\W(?:{_either(ends)})")) for slot, ends in ended if ends)


@lru_cache(maxsize=4)
def _goods(vocabulary: Vocabulary) -> re.Pattern[str]:
    begins = _either(form for form, _ in vocabulary.forms("columns", "goods"))
    return re.compile(rf"(?:{begins})\b", re.IGNORECASE)


@lru_cache(maxsize=4)
def _head_start(vocabulary: Vocabulary) -> re.Pattern[str]:
    forms = [*vocabulary.words("markers", "figures"), *vocabulary.words("markers", "told")]
    for slot in ("period", "unit", "notes", "status"):
        forms += _column_forms(vocabulary, slot, "heads")
    return re.compile(rf"(?:{_either(forms)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _currency(vocabulary: Vocabulary) -> re.Pattern[str]:
    signs = (form for form, _ in currency_signs(vocabulary) if not form.replace(".", "").isalpha())
    return re.compile(_either(signs))


@lru_cache(maxsize=4)
def _none(vocabulary: Vocabulary) -> re.Pattern[str]:
    signs = (
        sign
        for row in vocabulary.rows("statuses")
        if row["status"] in _NO_VALUE
        for sign in split_forms(row["signs"])
        if not re.fullmatch(r"[-–—]+", sign)
    )
    return re.compile(rf"{_either(signs)}|[-–—]+")


@lru_cache(maxsize=4)
def _none_words(vocabulary: Vocabulary) -> frozenset[str]:
    rows = (row for row in vocabulary.rows("statuses") if row["status"] in _NO_VALUE)
    return frozenset(form.casefold() for row in rows for form in split_forms(row["words"]))


@lru_cache(maxsize=4)
def _amount(vocabulary: Vocabulary) -> re.Pattern[str]:
    units = [row for row in vocabulary.rows("units") if row["dimension"] in ("mass", "share")]
    behind = [form for row in units for form in split_forms(row["written"]) if len(form) <= 2]
    behind += ["percent", *(form for form, _ in vocabulary.forms("scales", "words", "short"))]
    behind += [sign for sign, _ in vocabulary.forms("statuses", "signs") if _is_mark(sign)]
    before = [form for form, _ in vocabulary.forms("bounds", "before") if form[-1:].isalpha()]
    spans = [form for form in vocabulary.words("periods", "span") if form.isalpha()]
    no_year = r"(?!(?:19|20)\d\d(?![,.]?\d))"
    return re.compile(
        rf"(?:(?:{_either(before)})\s{no_year})?"
        rf"[<>≤≥~≈±+(−–-]{{0,3}}\s?(?:{_either(f for f, _ in currency_signs(vocabulary))})?"
        r"\s?[(−–-]?(?:\d[\d,.  '’]*|\.\d+)\)?"
        rf"(?:\s?[–—-]\s?\d[\d,.]*|\s?(?:{_either(spans)})\s{no_year}\d[\d,.]*)?\s?"
        rf"(?:{_either(behind)})?\)?"
    )


def _is_mark(sign: str) -> bool:
    return len(sign) == 1 and sign.islower()


def _column_forms(vocabulary: Vocabulary, slot: str, column: str) -> tuple[str, ...]:
    return split_forms(vocabulary.row("columns", slot)[column])


def _either(forms: Iterable[str]) -> str:
    held = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(map(re.escape, held))
