"""Splitting text into sentences that keep their offsets."""

import re

from corpus.language.clauses import ends_sentence

_END = re.compile(
    r"[.!?]+[”\"'’)\]]*(?:\[\^[\w-]{1,20}\])*(?=\s+\S)"  # the mark of a Markdown footnote, too
    r"|\n\s*\n|\n(?=\s*(?:[-*•●]|\d{1,2}[.)])\s)"
)
_LABEL = re.compile(r"\b(?:Table|Figure|Exhibit) [\w-]{1,4}\.$")
_STATE_END = re.compile(r", [A-Z]{2}\.$")  # "Mountain Pass, CA." does end a sentence
_LABEL_CHARS = 16
_LIST_NUMBER = re.compile(r"\s*\d{1,2}\.")  # "1." at the start numbers what follows


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) of each sentence of a text, without surrounding white space.

    Blank lines and list bullets end a sentence; "U.S.", "No. 18" and the like do not.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().strip() and not _ends(text, match):
            continue
        if _LIST_NUMBER.fullmatch(text, start, match.end()):
            continue
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


def _ends(text: str, stop: re.Match[str]) -> bool:
    before = text[max(0, stop.start() - _LABEL_CHARS) : stop.start() + 1]
    if _LABEL.search(before):
        return False
    return ends_sentence(text, stop) or bool(_STATE_END.search(before))


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    stretch = text[start:end]
    lead = len(stretch) - len(stretch.lstrip())
    trimmed = stretch.strip()
    if bullet := re.match(r"(?:[-*•●]|\d{1,2}[.)])\s+(?=\S)", trimmed):
        lead += bullet.end()
        trimmed = trimmed[bullet.end() :]
    if re.search(r"\w", trimmed):
        spans.append((start + lead, start + lead + len(trimmed)))
