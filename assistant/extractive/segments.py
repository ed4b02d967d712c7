"""The segments of a passage that can be read on their own: sentences, lists, labels with values.

A list says little without what leads into it, and a value nothing without its label, so they are
taken together; steps that are numbered are led into by their heading. What is too long for a
statement is parted where its clauses end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from assistant.sentences import sentence_spans
from index.passage import Passage
from index.wording import words

_LONGEST_CHARS = 500  # a longer "sentence" without clauses is a table read as running words
_LONGEST_LIST_CHARS = 800
_FEWEST_WORDS = 3
_FIELDS = re.compile(r"(?:^|\n)[\w ]{2,40}: [^\n]*\n[\w ]{2,40}: ")  # of a form, each by itself
_FIELD_END = re.compile(r"\n(?=[\w ]{2,40}: )")
_MACHINE_FIELD = re.compile(r"[a-z][\w ]{1,39}: ")  # of a record, made for programs
_CLAUSE_END = re.compile(r";(?=\s)|[,:](?=[ \t]*\n)|(?<=\S)(?=\s+\([A-Za-z0-9]{1,4}\)\s)")
_ENDS = re.compile(r"[.!?;,)\]\"'’”]$")  # of a sentence that is whole
_RULE = re.compile(r"[-_=~*]{4,}\s+")  # drawn above what follows
_FIRST_STEP = re.compile(r"1[.)]$")
_LEADS_IN = re.compile(r"(?::|[\u2013\u2014]|\b(?:means?|includes?|following))$")
_LIST_MARK = re.compile(r"\([A-Za-z0-9]{1,4}\)\s|[-*•●\u2013\u2014]\s|\d{1,2}[.)]\s")
_SECTION_BAR = " › "


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a passage: `passage.text[start:end]` is its quote, `text` how it reads."""

    start: int
    end: int
    text: str


def segments(passage: Passage) -> tuple[Segment, ...]:
    """Return the segments of a passage of running words, in order."""
    heading = passage.context.section.split(_SECTION_BAR)[-1].strip(" :")
    return _segments(passage.text, heading)


@lru_cache(maxsize=2_000)
def _segments(text: str, heading: str) -> tuple[Segment, ...]:
    spans = [span for start, end in sentence_spans(text) for span in _parted(text, start, end)]
    found = []
    position = 0
    while position < len(spans):
        led = _led(text, spans, position)
        steps = _steps(text, spans, position)
        if led:
            found += _joined(text, spans[position], led)
        elif steps and (whole := _under_heading(text, spans[position : position + steps], heading)):
            found.append(whole)
            led = spans[position + 1 : position + steps]
        elif segment := _alone(text, spans[position], heading if len(spans) == 1 else ""):
            found.append(segment)
        position += 1 + len(led)
    return tuple(found)


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, or the fields of a form, or the clauses of what is too long."""
    rule = _RULE.match(text, start, end)
    start = rule.end() if rule else start
    parts = [(start, end)]
    if _FIELDS.search(text[start:end]):
        fields = _cut(text, start, end, _FIELD_END)
        parts = [one for one in fields if not _MACHINE_FIELD.match(text, *one)]
    for part in parts:
        if len(_in_one_line(text[slice(*part)])) <= _LONGEST_CHARS:
            yield part
            continue
        for clause in _cut(text, *part, _CLAUSE_END):
            if len(_in_one_line(text[slice(*clause)])) <= _LONGEST_CHARS:
                yield clause


def _cut(text: str, start: int, end: int, ends: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a stretch of text, without white space around them."""
    for stop in (*(match.end() for match in ends.finditer(text, start, end)), end):
        piece = text[start:stop].strip()
        if piece:
            begin = text.index(piece, start)
            yield begin, begin + len(piece)
        start = stop


def _led(text: str, spans: list[tuple[int, int]], position: int) -> list[tuple[int, int]]:
    """Return the items that a span leads into, or the value that it is the label of."""
    start, end = spans[position]
    leads_in = _LEADS_IN.search(text[start:end])
    if not leads_in and _ENDS.search(text[start:end]):
        return []
    if not (leads_in or _mark_of_next(text, spans, position).startswith("(")):
        return []
    around = _mark_before(text, spans, position)
    items: list[tuple[int, int]] = []
    for place in range(position + 1, len(spans)):
        mark = _mark(text, spans, place)
        is_around = mark == around and (items or not leads_in)
        if not mark or is_around:  # it is in the list that the lead-in is in
            break
        items.append(spans[place])
    following = spans[position + 1 : position + 2]
    if items or text[end - 1] != ":" or not following:
        return items
    value = text[following[0][0] : following[0][1]]
    return [] if _LEADS_IN.search(value) else following


def _steps(text: str, spans: list[tuple[int, int]], position: int) -> int:
    """Return how many numbered items begin with the first one at a span; 0 where it is none."""
    before = text[spans[position - 1][1] if position else 0 : spans[position][0]]
    if not _FIRST_STEP.search(before.strip()):
        return 0
    mark = _mark(text, spans, position)
    following = range(position + 1, len(spans))
    count = 1 + sum(1 for _ in takewhile(lambda at: _mark(text, spans, at) == mark, following))
    return count if count > 1 else 0


def _under_heading(text: str, items: list[tuple[int, int]], heading: str) -> Segment | None:
    """Return all of some numbered items behind their heading, None where that is too long."""
    start, end = items[0][0], items[-1][1]
    told = _in_one_line(text[start:end])
    whole = f"{heading}: 1. {told}" if heading else told
    return Segment(start, end, whole) if len(whole) <= _LONGEST_LIST_CHARS else None


def _mark_of_next(text: str, spans: list[tuple[int, int]], position: int) -> str:
    return _mark(text, spans, position + 1) if position + 1 < len(spans) else ""


def _mark_before(text: str, spans: list[tuple[int, int]], position: int) -> str:
    marks = (_mark(text, spans, place) for place in range(position, -1, -1))
    return next(filter(None, marks), "")


def _mark(text: str, spans: list[tuple[int, int]], place: int) -> str:
    """Return of which kind the mark of a list item is, "" where a span is none."""
    before = text[spans[place - 1][1] if place else 0 : spans[place][0]].strip()
    found = _LIST_MARK.match(text, *spans[place])
    mark = found.group() if found else before
    return re.sub("[a-z]+", "a", re.sub("[A-Z]+", "A", re.sub(r"\d+", "1", mark.strip())))


def _joined(text: str, lead: tuple[int, int], led: list[tuple[int, int]]) -> list[Segment]:
    """Return a lead-in with all its items or, where that is too long, with each of them."""
    whole = _in_one_line(text[lead[0] : led[-1][1]])
    if len(whole) <= _LONGEST_LIST_CHARS:
        return [Segment(lead[0], led[-1][1], whole)]
    told = _in_one_line(text[lead[0] : lead[1]])
    return [
        Segment(lead[0], end, f"{told} {_in_one_line(text[start:end])}")
        for start, end in led
        if len(told) + end - start <= _LONGEST_LIST_CHARS
    ]


def _alone(text: str, span: tuple[int, int], heading: str) -> Segment | None:
    """Return a sentence as a segment; a value that is all of a section reads with its heading."""
    start, end = span
    told = _in_one_line(text[start:end])
    if len(words(told)) >= _FEWEST_WORDS:
        return Segment(start, end, told)
    return Segment(start, end, f"{heading}: {told}") if heading else None


def _in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
