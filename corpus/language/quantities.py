"""Quantities as they are written: numbers with scale, bounds and ranges, unit and precision.

Years, dates, numbers of laws and pages, formulas and codes are no quantities.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

from corpus.language.dates import DIGIT
from corpus.language.periods import find_periods
from corpus.language.phrases import EAST_ASIAN
from corpus.language.units import (
    YEN_OR_YUAN,
    convert,
    currency_signs,
    dimension,
    is_convertible,
    unit_forms,
)
from corpus.language.vocabulary import Row, Vocabulary, load_vocabulary, split_forms
from corpus.lexicon import load_lexicon

Bound = Literal["=", ">", ">=", "<", "<=", "~"]

_NUMBER = (
    r"(?:\d{1,3}(?:[,\u00a0\u202f\u2009 ’']\d{3})+(?![\d])(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?!\d)"
    r"|\d{1,3}(?:\.\d{3})+,\d+|\d+,\d{1,2}(?![\d,])|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
)
_CODE = re.compile(r"\d{4}\.\d\d(?:\.\d+)*(?![\d%])|\d+(?:\.\d+){2,}|\d+-\d{5,}(?!\d)")
_LISTED = re.compile(r"\s*(?:,|,?\s*and|,?\s*or|/|;|to|und|et|、|和|,?\s*respectively,?)\s*")
_LINE_END = re.compile(r"(?<![\d\n])\n(?!\n)|(?<!\n)\n(?![\d\n])")
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")  # which no number of a table or section has
_WORD = re.compile(r"[^\W_]+")
_SHORT_FORM = 3  # letters of a unit that must be written as the table has it
_MINUS = "-–−"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range with its unit.

    `low` and `high` are equal for a number. `step` is the worth of the last digit that is not a
    closing zero, so that 46,000 and 45,500 can be told to be one figure, rounded.
    """

    low: float
    high: float
    unit: str = ""
    bound: Bound = "="
    step: float = 0.0

    @property
    def value(self) -> float:
        """The number, of a range its middle."""
        return self.low if self.low == self.high else (self.low + self.high) / 2

    @property
    def dimension(self) -> str:
        """What its unit measures."""
        return dimension(self.unit)

    def in_unit(self, unit: str) -> "Quantity":
        """Return it in another unit; ValueError where that measures something else."""
        factor = convert(1.0, self.unit, unit)
        return Quantity(
            self.low * factor, self.high * factor, unit, self.bound, self.step * abs(factor)
        )

    def __str__(self) -> str:
        """Return the canonical form, which reads as the same quantity again."""
        low, high = _plain(self.low), _plain(self.high)
        number = low if low == high else f"{low} to {high}"
        sign = "" if self.bound == "=" else self.bound
        return f"{sign}{number} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity at `text[start:end]`."""

    start: int
    end: int
    quantity: Quantity


def same_quantity(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are one, converted and rounded within their precision.

    A bound holds where the other value keeps to it.
    """
    if not (one.unit == other.unit or is_convertible(other.unit, one.unit)):
        return False
    other = other.in_unit(one.unit) if other.unit != one.unit else other
    slack = max(one.step, other.step) / 2 * (1 + 1e-9)
    if "~" in (one.bound, other.bound):
        slack = max(slack * 2, 0.02 * max(abs(one.value), abs(other.value)))
    for bounded, exact in ((one, other), (other, one)):
        if bounded.bound[0] in "<>" and exact.bound[0] not in "<>":
            apart, rounding = exact.value - bounded.value, exact.step / 2
            return apart >= -rounding if bounded.bound[0] == ">" else apart <= rounding
    return abs(one.low - other.low) <= slack and abs(one.high - other.high) <= slack


def keeps_to(quantity: Quantity, limit: Quantity) -> bool:
    """Tell whether a quantity is within a bound; not where their units cannot be compared.

    keeps_to(12,000 t, >10 kt) -> True. All of a range must be within it, and what is a bound itself
    must be of the same kind: what is more than 5 t may be more than 10 t, too.
    """
    is_other_bound = quantity.bound[0] in "<>" and quantity.bound[0] != limit.bound[0]
    can_compare = quantity.unit == limit.unit or is_convertible(limit.unit, quantity.unit)
    if is_other_bound or not can_compare:
        return False
    bound = limit.in_unit(quantity.unit) if limit.unit != quantity.unit else limit
    if limit.bound.startswith(">"):
        return quantity.low > bound.low or ("=" in limit.bound and quantity.low == bound.low)
    return quantity.high < bound.high or ("=" in limit.bound and quantity.high == bound.high)


def find_quantities(
    text: str, vocabulary: Vocabulary | None = None, dollar: str = "USD"
) -> tuple[QuantityMention, ...]:
    """Return the quantities written in a text, in order; `dollar` is what a bare "$" means.

    "¥" is yen or yuan as the text names one of them or its country; else its unit is "¥".
    """
    return _find(text, vocabulary or load_vocabulary(), dollar)


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit that `text[start:end]` states: of "US$ million" the unit "USD" and the scale 1e6.

    "(in millions)" has no unit, but a scale.
    """

    start: int
    end: int
    unit: str
    scale: float = 1.0


def find_units(
    words: str, vocabulary: Vocabulary | None = None, dollar: str = "USD"
) -> tuple[UnitMention, ...]:
    """Return the units that words name, in order, each with its scale as it is printed."""
    return _find_units(words, vocabulary or load_vocabulary(), dollar)


def find_unit(
    words: str, vocabulary: Vocabulary | None = None, dollar: str = "USD"
) -> tuple[str, float]:
    """Return the unit that words state and its scale: "thousand metric tons" -> ("t", 1000.0).

    ("", 1.0) where they state none. "(in millions)" has the unit "" and the scale 1e6.
    """
    found = find_units(words, vocabulary, dollar)
    best = next((one for one in found if one.unit), found[0] if found else None)
    return (best.unit, best.scale) if best else ("", 1.0)


@lru_cache(maxsize=50_000)
def _find(text: str, vocabulary: Vocabulary, dollar: str) -> tuple[QuantityMention, ...]:
    grammar = _grammar(vocabulary)
    if not DIGIT.search(text) and not grammar.may_be_words(text):
        return ()
    taken = [(one.start, one.end) for one in find_periods(text, vocabulary)]
    text = _LINE_END.sub(" ", text)  # phrases go on over it, figures do not
    found = [m for m in grammar.find(text, dollar, taken) if not _overlaps(m, taken)]
    return tuple(found)


def _overlaps(one: QuantityMention, taken: Iterable[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for start, end in taken)


@lru_cache(maxsize=20_000)
def _find_units(words: str, vocabulary: Vocabulary, dollar: str) -> tuple[UnitMention, ...]:
    return tuple(_grammar(vocabulary).units_in(words, dollar))


class _Grammar:
    """The forms of quantities, compiled from a vocabulary's tables."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._units = dict(reversed(tuple(unit_forms(vocabulary))))
        self._folded = {form.casefold(): symbol for form, symbol in self._units.items()}
        self._signs = dict(currency_signs(vocabulary))
        self._scales: dict[str, float] = {}
        for row in vocabulary.rows("scales"):
            for column in ("words", "short", "chinese"):
                for form in split_forms(row[column]):
                    self._scales.setdefault(" ".join(form.casefold().split()), float(row["factor"]))
        self._bounds: dict[str, Bound] = {}
        before: list[str] = []
        after: list[str] = []
        for row in vocabulary.rows("bounds"):
            sign = next(bound for bound in get_args(Bound) if bound == row["sign"])
            for form in split_forms(row["before"]):
                self._bounds[form.casefold()] = sign
                before.append(form)
            for form in (*split_forms(row["after"]), *split_forms(row["chinese"])):
                self._bounds.setdefault(form.casefold(), sign)
                (before if EAST_ASIAN.search(form) else after).append(form)
                after.append(form)
        numerals = vocabulary.rows("numerals")
        self._numerals: dict[str, float] = {}
        self._fractions: dict[str, float] = {}
        for row in numerals:
            held = self._fractions if row["kind"] == "fraction" else self._numerals
            for form in (*split_forms(row["words"]), *split_forms(row["chinese"])):
                held[form.casefold()] = float(row["value"])
        forms = (*self._numerals, *self._fractions)
        self._longest_words = frozenset(max(_WORD.findall(form), key=len) for form in forms)
        self._references = re.compile(
            rf"(?<!\w)(?:{_either(vocabulary.words('markers', 'reference'))})s?\s?(?:No\.?\s?)?"
            r"(?:[\w.]+(?:\s?(?:,|and|&|-|–|to)\s?))*$",
            re.IGNORECASE,
        )
        self._yuan, self._yen = _naming(vocabulary, "CNY"), _naming(vocabulary, "JPY")
        rows = {row["kind"]: row for row in vocabulary.rows("markers")}
        each = _either(
            form
            for column in ("words", "german", "french")
            for form in split_forms(rows["each"][column])
            if form != "/"
        )
        self._annual = _either(
            f for f in split_forms(rows["annual"]["words"]) if " " in f or f[-1] == "y"
        )
        back = _either(_all(vocabulary.row("periods", "time back")))
        self._back = rf"\s+(?i:{back})(?!\w)"  # "560 tons a year earlier" are none a year
        self._one, self._unit = self._unit_patterns(each)
        self._parting = re.compile(rf"\s?/\s?|[\s-]+(?:{each})[\s-]+", re.IGNORECASE)
        self._annually = re.compile(rf"\s+(?:{self._annual})$", re.IGNORECASE)
        self._lower_end = re.compile(
            rf"(?:{_either(_all(vocabulary.row('periods', 'between')))})\s*[^\w\s]{{0,3}}$", re.I
        )
        self._spans = (*_all(vocabulary.row("periods", "span")), "and", "und", "et")
        self._year_parts = tuple(
            form.casefold()
            for row in vocabulary.rows("periods")
            if row["kind"].startswith(("quarter", "half"))
            for form in split_forms(row["words"])
        )
        self._pattern = self._compiled(before, after)
        self._spelt = self._spelt_out()
        scales = _either(s for s in self._scales if len(s) > _SHORT_FORM or EAST_ASIAN.match(s))
        self._stated_unit = re.compile(
            r"(?<![A-Za-z0-9])(?<!\d[,.])(?=\S)(?:\d\d(?=\$))?"  # "98$" are dollars of that year
            rf"(?:(?P<scale>(?i:{scales})s?|(?:1[.,]?|['’])?000s?)(?![A-Za-z])\s*(?:of\s+)?)?"
            rf"(?:(?P<sign>{_either(self._signs)})(?![A-Za-z])(?:\s(?!\w+\s\w))?)?"
            rf"(?:(?P<scale2>(?i:{scales})s?|m|mn|bn|k|['’]?000s?)(?![A-Za-z])\s*)?(?:of\s+)?"
            rf"(?:(?P<unit>{self._unit})|(?P<per>{self._per}{self._one}))?"
            rf"(?:\s+in\s+(?P<scale3>(?i:{scales})s))?",
        )

    def may_be_words(self, text: str) -> bool:
        """Tell whether a text may hold a number in words: a look before the forms are tried."""
        words = _WORD.findall(text.casefold())
        return not self._longest_words.isdisjoint(words) or bool(EAST_ASIAN.search(text))

    def _unit_patterns(self, each: str) -> tuple[str, str]:
        """Return the patterns of a single unit, and of one that may be a quotient of two."""
        exact = [f for f in self._units if len(f) <= _SHORT_FORM]
        free = [f for f in self._units if len(f) > _SHORT_FORM]
        one = (
            rf"(?:(?:{_either(exact)})(?![A-Za-z0-9])|(?i:{_either(free)})(?![A-Za-z])"
            rf"|(?:{_either(f for f in self._units if EAST_ASIAN.search(f))}))"
        )
        self._per = rf"(?:\s?/\s?|[\s-]+(?i:{each})[\s-]+)(?:\d+[\s-](?=[A-Za-z]))?"
        between = (
            r"(?:\s+(?:of\s+)?(?!(?:and|or|in|for)\b)[A-Za-z-]+(?:\s+and\s+[A-Za-z-]+|\s+\(\w+\))?){0,3}?"
            rf"(?=\s+(?i:{each})\s|\s?/)"
        )
        return (
            one,
            rf"{one}(?:(?:{between})?{self._per}{one}(?!{self._back}))?(?:\s+(?i:{self._annual})(?!\w|{self._back}))?",
        )

    def _compiled(self, before: list[str], after: list[str]) -> re.Pattern[str]:
        signs = _either(self._signs)
        long_scales = _either(s for s in self._scales if len(s) > 2 or EAST_ASIAN.search(s))
        short = "k|m|mn|bn|b|tn|M|K|B|MM|Bn"
        scale = (
            rf"(?:[\s\u00a0-]?(?i:{long_scales})(?![A-Za-z])|\s?(?:mn|bn|tn|Bn)(?![A-Za-z])"
            rf"|(?<=\d)(?:{short})(?![A-Za-z/²³]))"
        )
        money_scale = rf"(?:\s?(?:{short}|T)(?![A-Za-z/]))"
        sign = rf"(?:(?:{signs})\s?)"
        number = rf"(?:[{_MINUS}](?=[\d.]))?{_NUMBER}"
        between = rf"\s?(?:~|{_either(self._spans)})\s?"
        spelt = [b for b in before if b[0].isalpha() and not EAST_ASIAN.search(b)]
        signed = [b for b in before if b not in spelt]
        return re.compile(
            rf"(?P<bound>(?<!\w)(?:(?i:{_either(spelt)})\s+(?:the\s+)?|(?:{_either(signed)})\s?))?"
            rf"(?P<sign>{sign})?(?P<open>\(\s?)?(?P<inner>{sign})?(?<![A-Za-z0-9_.,:/])(?<!\d[-–])"
            rf"(?P<low>{number})(?P<scale>{scale}|(?<=[\d])\s?(?:[mMkKbB]|T)(?![A-Za-z/]))?"
            rf"(?P<unit0>\s?%)?"
            rf"(?:(?P<between>{between})(?P<sign2>{sign})?(?P<high>{number})(?P<scale2>{scale}|{money_scale})?)?"
            rf"(?(open)(?P<close>\s?\)(?P<outer>\s(?i:{long_scales})(?![A-Za-z]))?)?)(?P<plus>\+)?"
            rf"(?:[\s\u00a0-]{{0,2}}(?P<unit>{self._unit})|(?P<per>{self._per}{self._one}(?!{self._back})))?"
            rf"(?P<after>\s?(?i:{_either(after)})(?!\w))?"
        )

    def _spelt_out(self) -> re.Pattern[str]:
        scales = _either(s for s in self._scales if len(s) > 2 or EAST_ASIAN.search(s))
        return re.compile(
            rf"(?P<bound>(?<!\w)(?i:{_either(self._bounds)})\s+)?(?<![\w-])"
            rf"(?:(?P<fraction>(?i:{_either(self._fractions)}))(?!\w)"
            rf"|(?P<word>(?i:{_either(self._numerals)}))(?![\w])(?:[\s-]+(?P<scale>(?i:{scales}))s?(?!\w))?"
            rf"(?:[\s-]+(?P<unit>{self._unit}))?)"
        )

    def find(
        self, text: str, dollar: str, times: Iterable[tuple[int, int]] = ()
    ) -> Iterator[QuantityMention]:
        """Yield the quantities of a text in order, those in words too; none begins in a time."""
        found = [*self._in_figures(text, dollar, tuple(times))]
        taken = [(one.start, one.end) for one in found]
        found += [one for one in self._in_words(text) if not _overlaps(one, taken)]
        yield from self._with_shared_units(text, sorted(found, key=lambda one: one.start))

    def _with_shared_units(
        self, text: str, found: list[QuantityMention]
    ) -> Iterator[QuantityMention]:
        """Yield quantities with the unit of their list: "$239 and $1,010 per kilogram"."""
        unit = ""
        placed: list[QuantityMention] = []
        for number in range(len(found) - 1, -1, -1):
            one = found[number]
            quantity = one.quantity
            following = found[number + 1] if number + 1 < len(found) else None
            listed = following and _LISTED.fullmatch(text[one.end : following.start])
            above = unit.partition("/")[0]
            if listed and unit and quantity.unit in ("", above) and quantity.unit != unit:
                quantity = replace(quantity, unit=unit)
            placed.append(QuantityMention(one.start, one.end, quantity))
            unit = quantity.unit
        yield from reversed(placed)

    def _in_figures(
        self, text: str, dollar: str, times: tuple[tuple[int, int], ...]
    ) -> Iterator[QuantityMention]:
        at = 0
        while match := self._pattern.search(text, at):
            at = max(match.end(), match.start() + 1)
            within = next((e for s, e in times if s <= match.start("low") < e), 0)
            if within:
                at = within  # "in 2020 to 7,500 tons in 2021" is no range from 2020
                continue
            if match["unit0"] and match["unit"] and not match["high"]:
                at = match.end("unit0")  # "9% year on year" is no year
                match = self._pattern.match(text[:at], match.start()) or match
            start = match.start("bound") if match["bound"] else match.start()
            if start == match.start("open") and not match["close"]:
                start = match.end("open")
            ends_in_time = any(s <= match.start("high") < e for s, e in times)  # "17% until 2018"
            if match["high"] and (ends_in_time or not self._is_range(match)):
                at = match.end("low")
                match = self._pattern.match(text[: match.start("between")], match.start()) or match
            if self._is_code(text, match):
                continue
            yield QuantityMention(
                start, len(text[: match.end()].rstrip()), self._read(text, match, dollar)
            )

    def _is_range(self, match: re.Match[str]) -> bool:
        second = match["sign2"] or match["unit"]
        if match["unit0"] and second and self._unit_symbol(second.strip()) != "percent":
            return False  # "5% to $10 million" are two figures
        low, high = _number(match["low"]), _number(match["high"])
        if match["between"].strip() == "and":
            return bool(
                re.search(
                    r"(?i)\bbetween\s*$", match.string[: match.start("low")].rstrip("$€£¥A US")
                )
            )
        return low < high or bool(match["scale"] and match["scale2"])

    def _is_code(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether digits are part of a name, a formula or a number of something."""
        start, end = match.start("low"), match.end("low")
        before, after = text[:start], text[end : end + 1]
        has_unit = match["unit"] or match["sign"] or match["scale"] or match["unit0"]
        if _CODE.match(text, start) and not has_unit:
            return True
        is_glued = before[-1:].isalpha() and not EAST_ASIAN.match(before[-1:])
        if is_glued or (re.search(r"[A-Za-z]-$", before) and not has_unit):
            return True
        if after and (after.isalpha() or after in "_") and not (match["scale"] or match["unit"]):
            return not EAST_ASIAN.match(after)
        if re.match(r"-[A-Za-z]|/\d|[-–]\d", text[end : end + 2]) and not (
            match["unit"] or match["high"]
        ):
            return True
        is_amount = bool(match["sign"] or match["scale"] or _THOUSANDS.search(match.group()))
        return not is_amount and bool(self._references.search(before[-40:]))

    def _read(self, text: str, match: re.Match[str], dollar: str) -> Quantity:
        sign = (match["sign"] or match["inner"] or match["sign2"] or "").strip()
        low, high = match["low"], match["high"] or match["low"]
        own = self._scale(match["scale"] or match["outer"])
        of_range = self._scale(match["scale2"])
        scale_low = own if match["scale"] or match["outer"] else of_range
        scale_high = of_range if match["scale2"] else own
        unit = self._unit_symbol(match["unit"]) if match["unit"] else ""
        if match["unit0"] and not unit:
            unit = "percent"
        # "5 m" is five metres, "$5 m" and "1.5m tons" are millions.
        if match["scale"] and match["scale"].strip() in "mMkKbBT" and not sign and not unit:
            letter = match["scale"].strip()
            if letter in ("m", "T", "b", "B"):
                unit = {"m": "m", "T": "t"}.get(letter, "")
                scale_low = scale_high = 1.0
        if sign:
            per = self._symbol(self._parting.sub("", match["per"])) if match["per"] else ""
            unit = self._money(text, sign, dollar) + (f"/{per}" if per else "")
        elif unit.startswith("$"):
            unit = dollar + unit[1:]
        negative = match["open"] and match["close"] and match["sign"]
        first, second = _scaled(low, scale_low), _scaled(high, scale_high)
        if negative:
            first, second = -first, -second
        step = max(_step(low) * scale_low, _step(high) * scale_high)
        if unit == "percent":
            step = min(step, 1.0)  # nobody rounds a percentage to tens
        return Quantity(min(first, second), max(first, second), unit, self._bound(match), step)

    def _money(self, text: str, sign: str, dollar: str) -> str:
        code = self._signs[sign]
        if code == "$":
            return dollar
        if code == YEN_OR_YUAN:
            yuan, yen = bool(self._yuan.search(text)), bool(self._yen.search(text))
            return "CNY" if yuan and not yen else "JPY" if yen and not yuan else YEN_OR_YUAN
        return code

    def _bound(self, match: re.Match[str]) -> Bound:
        if match["plus"]:
            return ">="
        for written in (match["bound"], match["after"]):
            if written:
                return self._bounds.get(_folded(written).removesuffix(" the"), "=")
        return "="

    def _scale(self, written: str | None) -> float:
        if not written:
            return 1.0
        return self._scales[re.sub(r"\s+", " ", written).strip(" \u00a0-").casefold()]

    def _unit_symbol(self, written: str) -> str:
        """Return the canonical form of a unit or a quotient of two as it is written."""
        annual = self._annually.search(written)
        if annual and annual.start() > 0:
            written = written[: annual.start()]
        parts = self._parting.split(self._whole(written), maxsplit=1)
        symbols = [self._symbol(part) for part in parts]
        if annual and len(symbols) == 1:
            symbols.append("yr")
        return "/".join(symbols)

    def _whole(self, written: str) -> str:
        known = self._units.get(written) or self._folded.get(written.casefold())
        return known or written

    def _symbol(self, part: str) -> str:
        """Return the symbol of a unit; words of what is counted may stand behind it."""
        part = re.sub(r"\s+", " ", part.strip())
        known = self._units.get(part) or self._folded.get(part.casefold())
        before = part.rpartition(" ")[0]
        # "tons of NdPr oxide a year" are tons a year.
        return known or (self._symbol(before) if before and not part[0].isdigit() else part)

    def _in_words(self, text: str) -> Iterator[QuantityMention]:
        for match in self._spelt.finditer(text):
            bound = _folded(match["bound"] or "")
            sign: Bound = self._bounds.get(bound, "=")
            if match["fraction"] and self._is_ordinal(text, match):
                continue
            if match["fraction"]:
                value = self._fractions[_folded(match["fraction"])]
                quantity = Quantity(value, value, "percent", sign, 1.0)
            else:
                if (
                    not (match["scale"] or match["unit"])
                    and "dozen" not in match["word"].casefold()
                ):
                    continue
                value = self._numerals[_folded(match["word"])] * self._scale(match["scale"])
                unit = self._unit_symbol(match["unit"]) if match["unit"] else ""
                quantity = Quantity(value, value, unit, sign, self._scale(match["scale"]))
            yield QuantityMention(match.start(), match.end(), quantity)

    def _is_ordinal(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether a fraction is a part of a year or a rank: "second half", "third-party"."""
        before = text[: match.end()].casefold()
        if any(before.endswith(part) for part in self._year_parts):
            return True
        words = match["fraction"].casefold().split()
        is_part = any(part.endswith(words[-1]) for part in self._year_parts)
        alone = (
            is_part
            or words[0] == "a"
            or (len(words) == 1 and "-" not in words[0] and not match["bound"])
        )
        return alone and not re.match(r"\s+of\s", text[match.end() :])

    def units_in(self, words: str, dollar: str) -> Iterator[UnitMention]:
        """Yield the units that words name, with the scale before or behind them."""
        for match in self._stated_unit.finditer(words):
            if not (match["scale"] or match["scale2"] or match["unit"] or match["sign"]):
                continue
            unit = self._unit_symbol(match["unit"]) if match["unit"] else ""
            if match["sign"]:
                per = self._symbol(self._parting.sub("", match["per"])) if match["per"] else ""
                money = self._money(words, match["sign"].strip(), dollar)
                unit = f"{money}/{per}" if per else money
            start = match.start("unit") if match[0].startswith("of ") else match.start()
            end = match.start() + len(match[0].rstrip())
            scale = self._stated_scale(match["scale"]) * self._stated_scale(match["scale2"])
            behind = self._stated_scale(match["scale3"])
            if not match["scale3"]:
                yield UnitMention(start, end, unit, scale)
            elif dimension(unit) == "money":  # "dollars in thousands"
                yield UnitMention(start, end, unit, scale * behind)
            else:  # "shares in thousands"
                yield UnitMention(start, match.end("unit"), unit, scale)
                yield UnitMention(match.start("scale3"), end, "", behind)

    def _stated_scale(self, written: str | None) -> float:
        if not written:
            return 1.0
        if "000" in written:
            return 1000.0
        folded = written.casefold()
        return self._scales.get(folded) or self._scales[folded.removesuffix("s")]


@lru_cache(maxsize=4)
def _grammar(vocabulary: Vocabulary) -> _Grammar:
    return _Grammar(vocabulary)


def _naming(vocabulary: Vocabulary, code: str) -> re.Pattern[str]:
    """Return what finds the names of a currency, or of the country whose it is."""
    row = vocabulary.row("currencies", code)
    forms = [f for column in ("signs", "words", "chinese") for f in split_forms(row[column])]
    country = load_lexicon().entry(row["country"])
    forms += [name.text for name in country.names if name.note != "abbreviation"]
    return re.compile(_either(forms), re.IGNORECASE)


def _all(row: Row) -> tuple[str, ...]:
    return tuple(f for column in tuple(row)[1:] for f in split_forms(row[column]))


def _either(forms: Iterable[str]) -> str:
    held = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"[\s\u00a0]+") for form in held)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _number(written: str) -> float:
    text = re.sub(r"[\s\u00a0\u202f\u2009’']", "", written)
    negative = text[:1] in _MINUS
    text = text.lstrip(_MINUS)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", text):
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    value = float(text.replace(",", ""))
    return -value if negative else value


def _scaled(written: str, scale: float) -> float:
    """Return a number times its scale, without the noise of binary fractions."""
    return float(f"{_number(written) * scale:.15g}")


def _step(written: str) -> float:
    """Return the worth of the last digit that is not a closing zero: 100 for "1,300"."""
    text = re.sub(r"[^\d.,]", "", written)
    if re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    whole, _, decimals = text.replace(",", "").partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10 ** (len(whole) - len(whole.rstrip("0") or "0")))


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
