"""What an endpoint itself tells when it refuses: words of its own, and how long to wait."""

import unicodedata
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite

from assistant.language_model.served_model import ServedModel

_MOST_CHARS = 200


def words_told(body: object, served: ServedModel) -> str:
    """Return the words of an error, to be shown: shortened, on one line, without the key.

    Returns "" where there are none, or a web page.
    """
    while isinstance(body, dict):
        body = body.get("message") or body.get("detail") or body.get("error")
    text = body if isinstance(body, str) else ""
    if "<html" in text.lower() or "<!doctype" in text.lower():
        return ""
    # Control, format and separating signs: nothing that moves a cursor or turns a line around.
    plain = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    line = " ".join(plain.split())
    if served.key:
        line = line.replace(served.key, "[key]")
    return line if len(line) <= _MOST_CHARS else line[:_MOST_CHARS].rstrip() + "..."


def wait_told(retry_after: str) -> float | None:
    """Return the seconds of a Retry-After header, which is a number or a date; None if neither."""
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            moment = parsedate_to_datetime(retry_after)
        except (ValueError, OverflowError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - datetime.now(UTC)).total_seconds()
    return max(0.0, seconds) if isfinite(seconds) else None
