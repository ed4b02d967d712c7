"""The lines of a text as its reader sees them: what is furniture or markup alone is blank."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.tables.lines import Placed
from corpus.text.boilerplate import is_boilerplate

_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})\s*(?P<kind>[\w.+-]*)[^`]{0,80}")
_MARKDOWN = ("markdown", "md")
_MARKUP_CHARS = 1000
_PICTURE = r"!\[[^\[\]]*\]\([^()]*\)"
_MARKUP = re.compile(
    rf"(?:\s*(?:{_PICTURE}|\[{_PICTURE}\]\([^()]*\)|<[a-zA-Z/][^<>]*>))+\s*"
    r"|\[[^\[\]^]{1,80}\]:\s*<?(?:https?|mailto|ftp):\S+.*"
)
_RULE = re.compile(r"([=_*~#.-])(?:\s?\1){2,}")
_NOTE = re.compile(r"\[\^(?P<mark>[^\[\]\s]{1,30})\]:\s*")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The lines of a text without the blanks around them; a line that says nothing is "".

    `code` has the first line of each stretch of code with the first behind it, `notes` the texts
    of the notes by their marks, `note_lines` the lines where these begin.
    """

    lines: tuple[Placed, ...]
    code: Mapping[int, int]
    notes: Mapping[str, str]
    note_lines: frozenset[int]


def mark_lines(text: str) -> MarkedText:
    """Return the lines of a text, with what is no content blanked."""
    lines = _lines(text)
    code: dict[int, int] = {}
    for opening, closing in _fences(lines):
        kind = _FENCE.fullmatch(lines[opening].text)
        if kind and kind["kind"].lower() not in _MARKDOWN and closing > opening + 1:
            code[opening + 1] = closing
        lines[opening] = _blank(lines[opening])
        lines[closing] = _blank(lines[closing])
    verbatim = {n for start, end in code.items() for n in range(start, end)}
    _blank_comments(text, lines, verbatim)
    notes: dict[str, str] = {}
    note_lines: set[int] = set()
    kept: list[Placed] = []
    for number, line in enumerate(lines):
        if number not in verbatim and line.text:
            if match := _NOTE.match(line.text):
                line = Placed(line.text[match.end() :], line.start + match.end(), line.end)
                notes[match["mark"]] = line.text
                note_lines.add(number)
            elif _says_nothing(lines, number):
                line = _blank(line)
        kept.append(line)
    return MarkedText(tuple(kept), code, notes, frozenset(note_lines))


def _lines(text: str) -> list[Placed]:
    lines: list[Placed] = []
    position = 0
    for line in text.split("\n"):
        lead = len(line) - len(line.lstrip())
        stop = len(line.rstrip())
        lines.append(Placed(line[lead:stop], position + min(lead, stop), position + stop))
        position += len(line) + 1
    return lines


def _blank(line: Placed) -> Placed:
    return Placed("", line.start, line.start)


def _fences(lines: list[Placed]) -> list[tuple[int, int]]:
    """Return the lines of the fences around code, those that have both."""
    pairs: list[tuple[int, int]] = []
    opening = -1
    for number, line in enumerate(lines):
        if line.text[:3] not in ("```", "~~~") or not (match := _FENCE.fullmatch(line.text)):
            continue
        if opening < 0:
            opening = number
        elif not match["kind"] and lines[opening].text.startswith(match["fence"]):
            pairs.append((opening, number))
            opening = -1
    return pairs


def _blank_comments(text: str, lines: list[Placed], verbatim: set[int]) -> None:
    """Blank the lines that stand whole inside a comment, and cut one off at a line's edge."""
    number = 0
    start = text.find("<!--")
    while start >= 0:
        closing = text.find("-->", start)
        if closing < 0:
            return
        end = closing + 3
        while number < len(lines) and lines[number].end <= start:
            number += 1
        at = number
        while at < len(lines) and lines[at].start < end:
            if at not in verbatim:
                lines[at] = _without(lines[at], start, end)
            at += 1
        start = text.find("<!--", end)


def _without(line: Placed, start: int, end: int) -> Placed:
    """Return a line without a stretch at one of its edges; a stretch inside it stays."""
    if start <= line.start and line.end <= end:
        return _blank(line)
    if start <= line.start:
        rest = line.text[end - line.start :]
        begin = line.end - len(rest.lstrip())
        return Placed(rest.lstrip(), begin, line.end)
    if line.end <= end:
        rest = line.text[: start - line.start].rstrip()
        return Placed(rest, line.start, line.start + len(rest))
    return line


def _says_nothing(lines: list[Placed], number: int) -> bool:
    text = lines[number].text
    if len(text) > _MARKUP_CHARS:
        return False
    above = lines[number - 1].text if number else ""
    below = lines[number + 1].text if number + 1 < len(lines) else ""
    if _RULE.fullmatch(text):
        # A rule right below a line may underline it; `corpus.text.headings` sees to that.
        return not (text[0] in "=-" and above and "|" not in text)
    if _MARKUP.fullmatch(text) or (text[0] in "`~" and _FENCE.fullmatch(text)):
        return True
    if text[0] == "|" or ("|" in text and "|" in above + below):
        return False
    goes_on = above[-1:].islower() and below[:1].islower()
    return not goes_on and is_boilerplate(text)
