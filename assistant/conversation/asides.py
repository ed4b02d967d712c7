"""What a follow-up says beside what it asks: thanks, that it corrects, that a part is enough.

"fine, thanks. how much did they make?" asks "how much did they make?", and "sorry, I meant terbium,
not dysprosium" asks "and terbium?". The words are in `follow_ups.tsv`.
"""

import re
from functools import cache

from assistant.conversation.follow_up_words import any_follow_up_word
from assistant.conversation.mentions import read_utterance

_STOP = r"\s*[.,;:!–-]+\s*"
_PART = r"[^,;.?!]+"  # what stands between two stops


def without_asides(text: str) -> str:
    """Return what a follow-up asks, "" where it only thanks; what it corrects opens with "and"."""
    told = _thanking().sub("", text, count=1)
    told = _last("polite").sub("", told, count=1)
    return _corrected(told) or _narrowed(told) or told


def _corrected(text: str) -> str:
    """Return what stands in the place of what was asked before, "" where nothing is corrected."""
    rest = _correcting().sub("", text, count=1)
    rest = _replaced_first().sub("", rest, count=1)
    rest = _correcting().sub("", rest, count=1)
    led = rest != text
    rest = _last("corrected").sub("", rest, count=1)
    if not led and rest == text:
        return ""
    rest = _replaced_last().sub("", rest, count=1)
    rest = _first("narrowing").sub("", rest, count=1)
    return f"and {rest}" if rest and read_utterance(rest).is_fragment else rest


def _narrowed(text: str) -> str:
    """Return the part or the further thing of which the same is asked, "" where it is none."""
    if not read_utterance(text).is_fragment:
        return ""
    rest = _first("joining").sub("", text, count=1)
    rest = _first("narrowing").sub("", rest, count=1)
    for kind in ("adding", "narrowed"):
        rest = _last(kind).sub("", rest, count=1)
    return f"and {rest}" if rest and rest != text else ""


@cache
def _thanking() -> re.Pattern[str]:
    words = any_follow_up_word("acknowledging")
    return re.compile(rf"^(?:{words}(?:\s+{words})*(?:{_STOP}|$))+", re.IGNORECASE)


@cache
def _correcting() -> re.Pattern[str]:
    words = any_follow_up_word("correcting")
    return re.compile(rf"^(?:{words}(?:{_STOP}|\s+))+", re.IGNORECASE)


@cache
def _replaced_first() -> re.Pattern[str]:
    return re.compile(rf"^{any_follow_up_word('negating')}\s+{_PART}[,;]\s*", re.IGNORECASE)


@cache
def _replaced_last() -> re.Pattern[str]:
    return re.compile(
        rf"[,;]?\s+{any_follow_up_word('negating')}\s+{_PART}(?=[?.!]*$)", re.IGNORECASE
    )


@cache
def _first(kind: str) -> re.Pattern[str]:
    where = any_follow_up_word("leading", "leading anew")  # "only to Germany" replaces nothing
    return re.compile(rf"^{any_follow_up_word(kind)}\s+(?!{where})", re.IGNORECASE)


@cache
def _last(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=\w)(?:[,;]?\s+{any_follow_up_word(kind)})+(?=[?.!]*$)", re.IGNORECASE)
