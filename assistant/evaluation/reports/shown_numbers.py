"""How scores, intervals, seconds and dates are written in reports."""

from datetime import datetime

NOTHING = "–"


def shown_score(value: float | None) -> str:
    """Return a score with three decimals, or a dash where no case was scored."""
    return NOTHING if value is None else f"{value:.3f}"


def shown_interval(low: float | None, high: float | None) -> str:
    """Return the bounds of a score: "0.81–0.96"; a dash where there are none."""
    return NOTHING if low is None or high is None else f"{low:.2f}–{high:.2f}"


def shown_range(low: float | None, high: float | None) -> str:
    """Return the bounds of a difference: "−0.12 to +0.03"; a dash where there are none."""
    if low is None or high is None:
        return NOTHING
    return f"{shown_change(low, 2)} to {shown_change(high, 2)}"


def shown_change(value: float, decimals: int = 3) -> str:
    """Return a difference with its sign: "+0.031", "−0.120"; one that rounds to 0 has none."""
    text = f"{abs(value):.{decimals}f}"
    if not float(text):
        return text
    return f"+{text}" if value > 0 else f"−{text}"


def shown_p(value: float | None) -> str:
    """Return a p value with three decimals: "0.041", "< 0.001"; a dash where there is none."""
    if value is None:
        return NOTHING
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def shown_seconds(seconds: float) -> str:
    """Return a time with its unit: "0.38 s", "12 s"; below a hundredth in milliseconds."""
    if seconds < 0.01:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:,.0f} s"


def shown_time(iso: str) -> str:
    """Return an ISO time as a reader writes it: "3 March 2026, 09:37 UTC"; others unchanged."""
    try:
        time = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    zone = f" {time.tzname()}" if time.tzinfo else ""
    return f"{time.day} {time:%B %Y, %H:%M}{zone}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 case", "2,000 cases"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
