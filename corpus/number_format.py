"""Writing a stored number as a spreadsheet shows it: 270000 under "#,##0" is "270,000"."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_GENERAL_DIGITS = 11  # what a spreadsheet shows of a number without a format
_MOST_PLACES = 30
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|([^"\\_*\[])')
_PATTERN = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+")
_SCIENTIFIC = re.compile(r"[#0?][#0?,]*(?:\.([#0?]*))?[Ee][+-]0+")
_SPACED = re.compile(r"#\\?([ \u00a0\u202f])##0")  # thousands parted by spaces
_FRACTION = re.compile(r"[#0?]\s*/\s*[#0?\d]")


def show(value: object, number_format: str = "General") -> str:
    """Return a cell's value as its reader sees it; dates and times in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return _show_date(value, number_format)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, (int, float)):
        return _show_number(value, number_format)
    return str(value)


def _show_date(value: datetime, number_format: str) -> str:
    codes = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|am/pm', "", number_format.lower())
    day = value.date().isoformat()
    if not any(code in codes for code in "dhs"):
        if "m" not in codes:
            return day[:4] if "y" in codes else day
        return day[:7]
    if value.time() == time():
        return day
    return f"{day} {value.time().isoformat('minutes' if not value.second else 'seconds')}"


def _show_number(value: int | float, number_format: str) -> str:
    try:
        number = Decimal(repr(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return str(value)
    spaced = _SPACED.search(number_format)
    sections = _sections(_SPACED.sub("#,##0", number_format))
    section = sections[0]
    if number < 0 and len(sections) > 1:
        section, number = sections[1], -number
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    shown = _in_section(number, section)
    return shown.replace(",", spaced[1]) if spaced else shown


def _sections(number_format: str) -> list[str]:
    return re.findall(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])+|(?<=;)(?=;|$))', number_format) or [
        "General"
    ]


def _in_section(number: Decimal, section: str) -> str:
    """Return a number under one of the sections of a format, its sign included."""
    plain = "".join(match[4] or "" for match in _LITERAL.finditer(section))
    if "@" in plain or "general" in plain.lower() or _FRACTION.search(plain):
        return _general(number)
    if scientific := _SCIENTIFIC.search(plain):
        return f"{number:.{len(scientific[1] or '')}E}"
    patterns = _PATTERN.findall(plain)
    if not patterns:
        return _literals(section, "", None) or _general(number)
    if len(patterns) > 1:  # digits parted by signs, as of a telephone number
        return _general(number)
    code = patterns[0]
    percents = plain.count("%")
    whole, _, decimals = code.partition(".")
    scale = len(whole) - len(whole.rstrip(",")) if whole else 0
    places = min(len(decimals), _MOST_PLACES)
    try:
        shown = number.scaleb(2 * percents - 3 * scale).quantize(
            Decimal(1).scaleb(-places), ROUND_HALF_UP
        )
    except InvalidOperation:
        return _general(number)
    if shown == 0 and number != 0:
        return _general(number)  # rounding must not make nothing of something
    grouping = "," if "," in whole.rstrip(",") else ""
    written = f"{abs(shown):{grouping}.{places}f}"
    for optional in reversed(decimals):
        if optional == "0" or not written.endswith("0"):
            break
        written = written[:-1]
    if "0" not in whole and written.startswith("0."):
        written = written[1:]
    written = written.removesuffix(".")
    minus = "-" if shown < 0 else ""
    return minus + _literals(section, written, code)


def _literals(section: str, written: str, code: str | None) -> str:
    """Return what a section writes beside the digits, and the digits in their place."""
    out, position, is_written = "", 0, code is None
    while position < len(section):
        if not is_written and code and section.startswith(code, position):
            out += written
            position += len(code)
            is_written = True
            continue
        match = _LITERAL.match(section, position)
        if match is None:
            break
        quoted, escaped, currency, sign = match[1], match[2], match[3], match[4]
        out += quoted or escaped or currency or ("" if sign in ("#", "?", "0") else sign or "")
        position = match.end()
    return out.strip()


def _general(number: Decimal) -> str:
    """Return a number without noise: at most eleven digits, as a wide cell shows them."""
    if number == number.to_integral_value():
        return f"{number:.0f}" if abs(number) < Decimal(10) ** 15 else f"{float(number):.10E}"
    digits = f"{float(number):.{_GENERAL_DIGITS}g}"
    return f"{Decimal(digits):f}" if abs(number) >= Decimal("1e-9") else digits
