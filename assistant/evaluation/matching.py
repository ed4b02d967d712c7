"""Whether a text holds an expected form: words as whole words, figures as figures.

White space, hyphens, quotes, case and Unicode variants count for nothing; other punctuation
stands between words as it is. "6.3 million" is 6,300,000, and "$" asks for dollars.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from corpus.language.units import convert, currency_signs, unit_forms, written_units
from corpus.language.vocabulary import load_vocabulary

_DASH = "[-‐‑‒–—―−﹘﹣－]"
_AMOUNT_AHEAD = r"(?=(?:US)?[$€£¥]?\s?\.?\d)"
_SIGN = "¬"  # marks a negative figure, so that a hyphen can become a space
# Rewritten in this order, before and after compatibility normalisation.
_BEFORE = (
    (re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]"), ""),
    (re.compile(r"<sup>[^<]*</sup>|[⁰¹²³⁴-⁹]+", re.IGNORECASE), " "),  # footnote marks
    (re.compile(r"</?(?:sub|b|i|u|em|strong|span)\b[^<>]*>|[*`]", re.IGNORECASE), ""),
    (re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE), " "),
    (re.compile(r"(?<=\d)[\u2007\u2009\u202f'’](?=\d{3}(?!\d))"), ","),
)
_AFTER = (
    (re.compile(rf"(?<=[\d%])\s?{_DASH}\s?{_AMOUNT_AHEAD}"), " to "),
    (re.compile(rf"(?<![^\s(\[|:;])[-–−]{_AMOUNT_AHEAD}"), _SIGN),
    (re.compile(rf"{_DASH}|[\"'‘’‚‛“”„‟«»‹›′″´_]"), " "),
    (re.compile(r"\b[A-Za-z](?:\.[A-Za-z])+\b\.?"), lambda m: m[0].replace(".", "")),  # U.S.
    (re.compile(rf"\b(?:more|greater|higher) than {_AMOUNT_AHEAD}", re.IGNORECASE), "> "),
    (re.compile(rf"\b(?:less|fewer|lower) than {_AMOUNT_AHEAD}", re.IGNORECASE), "< "),
    (re.compile(r"\s+"), " "),
)
_SPACED_FIGURE = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3})+(?!\d)")
# Chinese and Japanese write no spaces, so each of their signs is a word of its own.
_SIGNS = "\u3040-\u30ff\u3400-\u9fff"
_SHORT_UNIT = 3
_SCALED = ("1e3", "1e6", "1e9", "1e12")  # forms name "7,280" for "7,280 crore"
_LETTER = rf"[^\W\d_{_SIGNS}]"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the vocabulary that stand beside figures.

    `money_scales` are short forms that are scales beside money alone, as in "$165M"; `tons` are
    units that count tons, in exact case: "MT" is a metric ton.
    """

    scales: Mapping[str, int]
    money_scales: Mapping[str, int]
    tons: Mapping[str, int]
    currencies: Mapping[str, str]
    percent: frozenset[str]
    points: frozenset[str]
    token: re.Pattern[str]


@cache
def _words() -> _Words:
    vocabulary = load_vocabulary()
    units = {form for form, _ in unit_forms(vocabulary)}
    scales: dict[str, int] = {}
    money_scales: dict[str, int] = {}
    for column in ("words", "short", "chinese"):
        for form, row in vocabulary.forms("scales", column):
            if column == "words" and row["factor"] not in _SCALED:
                continue
            is_long = column != "short" or (len(form) > 1 and form not in units)
            if is_long or form.islower():
                held = scales if is_long else money_scales
                held.setdefault(form.casefold(), int(float(row["factor"])))
    signs = dict(currency_signs(vocabulary))
    currencies = {form.casefold(): code for form, code in signs.items()}
    for form, row in vocabulary.forms("currencies", "words"):
        currencies.setdefault(form.casefold(), row["code"])
    currencies["$"] = "USD"
    return _Words(
        scales=scales,
        money_scales=money_scales,
        tons={unit: round(convert(1.0, unit, "t")) for unit in ("kt", "Mt")},
        currencies=currencies,
        percent=frozenset(form.casefold() for form in written_units(vocabulary, "percent")),
        points=frozenset(form.casefold() for form in written_units(vocabulary, "point")),
        token=_compiled([*units, *scales, *money_scales], signs),
    )


def _compiled(behind: Iterable[str], signs: Iterable[str]) -> re.Pattern[str]:
    """Return what parts a text into words and figures; short units may be glued to figures."""
    short = sorted({u for u in behind if len(u) <= _SHORT_UNIT and re.fullmatch("[A-Za-z]+", u)})
    ordered = sorted(signs, key=len, reverse=True)
    dollars = [re.escape(sign) for sign in ordered if sign.endswith("$")]
    letters = [sign for sign in ordered if sign.isalpha() and len(sign) > 1]
    return re.compile(
        rf"""
        (?P<sign>[{_SIGNS}])
        | (?P<code>\d+(?:st|nd|rd|th|s)\b | \d+(?:\.\d+){{2,}})
        | (?P<number>
            (?>(?: \d{{1,3}}(?:,\d{{3}})+(?!\d)
                 | (?!(?:19|20)\d\d,)\d{{4,}}(?:,\d{{3}})+(?!\d)  # fused with a footnote mark
                 | \d+ )(?:\.\d+)? | (?<![\w.])\.\d+)
            (?:(?!{_LETTER}) | (?=(?:{"|".join(short)})(?!{_LETTER}|\d))))
        | (?P<symbol>(?<!\w)(?:{"|".join(dollars)} | (?:{"|".join(letters)})(?=\d)))
        | (?P<word>{_LETTER}+\d\w*(?:\.\d+)+ | \d*{_LETTER}(?:{_LETTER}|\d)*)
        | (?P<other>\S)
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    key: str  # case folded
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A reading of the number at `number`; `ends` are where its words may be taken to end."""

    start: int
    number: int
    ends: tuple[int, ...]
    value: Decimal
    scale: int = 1
    currency: str = ""
    percent: bool = False


def contains_form(text: str, form: str) -> bool:
    """Tell whether `text` holds `form`.

    A plain figure also matches with a unit after it ("80" in "80%", not in "80 million"); one or
    two letters match in their own case only, so that "NA" is not sodium.
    """
    wanted = _items(_tokens(_joined(_normal(form.strip().strip(".,;:")))))
    if not wanted:
        return False
    normal = _normal(text)
    # "293 350 450" is a row of three figures or one of nine digits: either reading counts.
    return any(_occurs(wanted, reading) for reading in {normal, _joined(normal)})


@lru_cache(maxsize=1024)
def _normal(text: str) -> str:
    text = html.unescape(text)
    for pattern, replacement in _BEFORE:
        text = pattern.sub(replacement, text)
    text = unicodedata.normalize("NFKC", text)
    for pattern, rewrite in _AFTER:
        text = pattern.sub(rewrite, text)
    return text


def _joined(text: str) -> str:
    return _SPACED_FIGURE.sub(lambda match: match[0].replace(" ", ","), text)


@lru_cache(maxsize=1024)
def _tokens(text: str) -> tuple[_Token, ...]:
    return tuple(
        _Token(
            match[0],
            match[0].casefold(),
            Decimal(match[0].replace(",", "")) if match.lastgroup == "number" else None,
        )
        for match in _words().token.finditer(text)
    )


def _items(tokens: Sequence[_Token]) -> list[_Token | _Figure]:
    """Return the form as words and whole figures, in order."""
    by_start = {reading[0].start: reading[0] for reading in _figures(tokens).values()}
    items: list[_Token | _Figure] = []
    position = 0
    while position < len(tokens):
        figure = by_start.get(position)
        items.append(figure or tokens[position])
        position = max(figure.ends) if figure else position + 1
    return items


def _occurs(wanted: Sequence[_Token | _Figure], text: str) -> bool:
    tokens = _tokens(text)
    starts = _figures_by_start(text)
    only = wanted[0]
    exact = len(wanted) == 1 and isinstance(only, _Token) and len(only.text) <= 2

    def match(item: int, position: int) -> bool:
        if item == len(wanted):
            return True
        want = wanted[item]
        if isinstance(want, _Figure):
            return any(
                match(item + 1, end)
                for figure in starts.get(position, ())
                if _agree(want, figure)
                for end in figure.ends
            )
        if position == len(tokens):
            return False
        token = tokens[position]
        same = token.text == want.text if exact else token.key == want.key
        return same and match(item + 1, position + 1)

    return any(match(0, position) for position in range(len(tokens)))


@lru_cache(maxsize=1024)
def _figures_by_start(text: str) -> dict[int, list[_Figure]]:
    """Return the readings by where they may begin: at their currency or sign, at their number."""
    starts: dict[int, list[_Figure]] = {}
    for readings in _figures(_tokens(text)).values():
        for figure in readings:
            for start in {figure.start, figure.number}:
                starts.setdefault(start, []).append(figure)
    return starts


def _agree(wanted: _Figure, found: _Figure) -> bool:
    return (
        wanted.value == found.value
        and wanted.currency in ("", found.currency)
        and (found.percent or not wanted.percent)
    )


def _figures(tokens: Sequence[_Token]) -> dict[int, list[_Figure]]:
    """Return the readings of each number, by the position of its number; the plain one first."""
    readings = {
        position: [_figure(tokens, position, token.value)]
        for position, token in enumerate(tokens)
        if token.value is not None
    }
    plain = {reading[0].start: reading[0] for reading in readings.values()}
    for number, reading in readings.items():
        first = reading[0]
        end = max(first.ends)
        second = plain.get(end + 1)
        if second is None or tokens[end].key not in ("to", "and", "or"):
            continue
        # "60 to 75 percent", "$8 to 10 million": what stands once goes for both.
        shared = first.currency or second.currency
        if first.scale == 1 and not first.percent:
            reading.append(
                _Figure(
                    first.start,
                    number,
                    first.ends,
                    first.value * second.scale,
                    second.scale,
                    shared,
                    second.percent,
                )
            )
        if first.currency and not second.currency and not second.percent:
            readings[second.number].append(
                _Figure(
                    second.start,
                    second.number,
                    second.ends,
                    second.value,
                    second.scale,
                    first.currency,
                )
            )
    return readings


def _figure(tokens: Sequence[_Token], number: int, value: Decimal) -> _Figure:
    def key(position: int) -> str:
        return tokens[position].key if 0 <= position < len(tokens) else ""

    words = _words()
    start = number
    currency = words.currencies.get(key(start - 1), "")
    if currency:
        start -= 1
    if key(start - 1) == _SIGN:
        start, value = start - 1, -value
    end = number + 1
    scale = words.scales.get(key(end), 1)
    if scale == 1 and currency:
        scale = words.money_scales.get(key(end), 1)
    if scale != 1:
        end += 1
    elif end < len(tokens):
        scale = words.tons.get(tokens[end].text, 1)
    suffix = end + _percent_length(tokens, end)
    percent = suffix > end
    if not percent:
        suffix += key(end) in ("us", "american") and key(end + 1) in words.currencies
        belongs_to_next = suffix + 1 < len(tokens) and tokens[suffix + 1].value is not None
        if not currency and key(suffix) in words.currencies and not belongs_to_next:
            currency = words.currencies[key(suffix)]
            suffix += 1
        else:
            suffix = end
    ends = (end, suffix) if suffix != end else (end,)
    return _Figure(start, number, ends, value * scale, scale, currency, percent)


def _percent_length(tokens: Sequence[_Token], start: int) -> int:
    """Return how many tokens say that a figure is a percentage; percentage points are none."""
    words = _words()
    said = [token.key for token in tokens[start : start + 3]]
    if any(" ".join(said[:count]) in words.points for count in (1, 2, 3)):
        return 0
    lengths = range(min(len(said), 2), 0, -1)
    return next((count for count in lengths if " ".join(said[:count]) in words.percent), 0)
