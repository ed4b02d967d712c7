"""Whether a text holds an expected form: words as whole words, figures as figures.

White space, hyphens, quotes, case and Unicode variants count for nothing; other punctuation
stands between words as it is. "6.3 million" is 6,300,000, and "$" asks for dollars.
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

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
_LETTER = rf"[^\W\d_{_SIGNS}]"
_UNIT = r"(?:kg|kt|mt|t|g|lbs?|ppm|km|ha|mm|m|mn|mln|bn|b|tn|k|wt|usd|rmb|yuan)"
_TOKEN = re.compile(
    rf"""
    (?P<sign>[{_SIGNS}])
    | (?P<code>\d+(?:st|nd|rd|th|s)\b | \d+(?:\.\d+){{2,}})
    | (?P<number>
        (?>(?: \d{{1,3}}(?:,\d{{3}})+(?!\d)
             | (?!(?:19|20)\d\d,)\d{{4,}}(?:,\d{{3}})+(?!\d)  # fused with a footnote mark
             | \d+ )(?:\.\d+)? | (?<![\w.])\.\d+)
        (?:(?!{_LETTER}) | (?={_UNIT}(?!{_LETTER}|\d))))
    | (?P<symbol>(?<!\w)(?:US\s?|AU|A|CA|C|HK|NT|NZ|S)?\$)
    | (?P<word>{_LETTER}+\d\w*(?:\.\d+)+ | \d*{_LETTER}(?:{_LETTER}|\d)*)
    | (?P<other>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)

_SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "万": 10**4,
    "亿": 10**8,
}
_MONEY_SCALES = {"k": 10**3, "m": 10**6, "mm": 10**6, "b": 10**9}  # "$165M"
_TON_SCALES = {"kt": 10**3, "Mt": 10**6}  # exact case: MT is a metric ton
_CURRENCIES = {
    **dict.fromkeys(("$", "us$", "us $", "usd", "dollar", "dollars"), "USD"),
    **dict.fromkeys(("€", "eur", "euro", "euros"), "EUR"),
    **dict.fromkeys(("yuan", "rmb", "cny", "renminbi"), "CNY"),
    **dict.fromkeys(("£", "gbp"), "GBP"),
    **dict.fromkeys(("a$", "au$", "aud"), "AUD"),
    **dict.fromkeys(("c$", "ca$", "cad"), "CAD"),
    **{name: name for name in ("¥", "hk$", "nt$", "nz$", "s$")},
}


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
        for match in _TOKEN.finditer(text)
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

    start = number
    currency = _CURRENCIES.get(key(start - 1), "")
    if currency:
        start -= 1
    if key(start - 1) == _SIGN:
        start, value = start - 1, -value
    end = number + 1
    scale = _SCALES.get(key(end), 1)
    if scale == 1 and currency:
        scale = _MONEY_SCALES.get(key(end), 1)
    if scale != 1:
        end += 1
    elif end < len(tokens):
        scale = _TON_SCALES.get(tokens[end].text, 1)
    suffix = end
    percent = True
    if key(end) in ("%", "percent", "pct"):
        suffix += 1
    elif (key(end), key(end + 1)) in (("per", "cent"), ("wt", "%")):
        suffix += 2
    else:
        percent = False
        suffix += key(end) in ("us", "american") and key(end + 1) in ("dollar", "dollars")
        belongs_to_next = suffix + 1 < len(tokens) and tokens[suffix + 1].value is not None
        if not currency and key(suffix) in _CURRENCIES and not belongs_to_next:
            currency = _CURRENCIES[key(suffix)]
            suffix += 1
        else:
            suffix = end
    ends = (end, suffix) if suffix != end else (end,)
    return _Figure(start, number, ends, value * scale, scale, currency, percent)
