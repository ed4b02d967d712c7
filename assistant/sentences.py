"""Splitting text into sentences that keep their offsets."""

import re
from functools import lru_cache

_END = re.compile(
    r"[.!?]+[”\"'’)\]]*(?:\[\^[\w-]{1,20}\])*(?=\s+\S)"  # the mark of a Markdown footnote, too
    r"|\n\s*\n|\n(?=\s*(?:[-*•●]|\d{1,2}[.)])\s)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|Inc|Ltd|Co|Corp|Dr|Mr|Mrs|Ms|St|Mt|vs|etc|e\.g|i\.e|ca|approx|Fig|Figs|Vol|"
    r"pp?|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Art|Sec|al|Stat|Rev|ed|Eds)"
    r"|(?:\b[A-Z]\.)*\b[A-Z]|\b(?:Table|Figure|Exhibit) [\w-]{1,4})\.$"
)
_STATE_END = re.compile(r", [A-Z]{2}\.$")  # "Mountain Pass, CA." does end a sentence
_LIST_NUMBER = re.compile(r"\s*\d{1,2}\.")  # "1." at the start numbers what follows
_OPENING = re.compile(r"\s+[\"'“‘(\[]*(?P<first>\S)")


@lru_cache(maxsize=2_000)
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) of each sentence of a text, without surrounding white space.

    Blank lines and list bullets end a sentence; "U.S.", "No. 18" and the like do not.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().strip() and not _ends(text, match.end()):
            continue
        if _LIST_NUMBER.fullmatch(text, start, match.end()):
            continue
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


def _ends(text: str, end: int) -> bool:
    before = text[max(0, end - 20) : end]
    opening = _OPENING.match(text, end)
    if opening is None:
        return True
    first = opening["first"]
    if first.islower():
        return False
    if _STATE_END.search(before):
        return True
    return not _ABBREVIATION.search(before.rstrip("”\"'’)]"))


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    stretch = text[start:end]
    lead = len(stretch) - len(stretch.lstrip())
    trimmed = stretch.strip()
    if bullet := re.match(r"(?:[-*•●]|\d{1,2}[.)])\s+(?=\S)", trimmed):
        lead += bullet.end()
        trimmed = trimmed[bullet.end() :]
    if re.search(r"\w", trimmed):
        spans.append((start + lead, start + lead + len(trimmed)))
