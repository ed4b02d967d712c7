"""A checked draft given back as the same DOCX with comments at the words that they speak of.

Nothing of the document changes but that a run of text is parted where a comment begins or ends;
corrections that were taken, and citations that were put in, become tracked changes, and the
references of these stand in a list at its end.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from assistant.drafts.checked import CheckedSentence
from assistant.drafts.draft import Draft
from assistant.drafts.inserted_citations import insert_citations
from assistant.errors import DraftError

_AUTHOR = "rare-earth-assistant"
_INITIALS = "REA"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = (f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent")
_TEXT = f"{_W}t"
_CHANGES = tuple(f"{_W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo"))
_POINTS = ".!?"
_ONE_SIGN = (f"{_W}tab", f"{_W}ptab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen")
_NUMBERS = re.compile(r"\[(\d{1,4})\]")  # by which the draft itself cites
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter of the document: the run that holds it and how many signs stand before it there."""

    run: Any
    offset: int


@dataclass(frozen=True, slots=True)
class _Remark:
    """A comment on the letters from `start` to `end` of the document.

    `instead` are words to put in their place, "" for none.
    """

    start: int
    end: int
    lines: tuple[str, ...]
    instead: str = ""


class _Changes:
    """The tracked changes of a document, counted so that each has an id of its own."""

    def __init__(self, body: Any) -> None:
        numbers = (int(one.get(f"{_W}id", "0")) for one in body.iter(*_CHANGES))
        self._last = max(numbers, default=0)

    def begin(self, tag: str) -> Any:
        """Return an empty change: `w:ins` or `w:del`."""
        from docx.oxml import OxmlElement

        self._last += 1
        change: Any = OxmlElement(tag)
        change.set(f"{_W}id", str(self._last))
        change.set(f"{_W}author", _AUTHOR)
        change.set(f"{_W}date", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        return change


def write_word_comments(
    draft: Draft,
    remarked: Sequence[CheckedSentence],
    summary: str,
    out: Path,
    cited: Sequence[CheckedSentence] = (),
) -> None:
    """Write a draft with a comment for each of some sentences, and a summary at its beginning.

    Corrections that were taken, and the citations of the sentences in `cited`, are suggested as
    tracked changes. What stands where Word takes no comments, in a footnote, is told in the
    summary. Raises DraftError where the file cannot be written.
    """
    from docx import Document
    from docx.text.run import Run

    document: Any = Document(BytesIO(draft.data))
    letters = list(_letters(document.element.body))
    text = "".join(sign for sign, _ in letters)
    places = _places(draft, text)
    remarks, unplaced = _placed(remarked, text, places)
    taken = max(map(int, _NUMBERS.findall(text)), default=0)
    citations = insert_citations(cited, taken + 1)
    changes = _Changes(document.element.body)
    for id, number in citations.numbers.items():
        _cite(letters, *places[id], number, changes)

    def comment(first: Any, last: Any, lines: Sequence[str]) -> None:
        runs = [Run(first, document), Run(last, document)]
        document.add_comment(runs, "\n".join(lines), _AUTHOR, _INITIALS)

    for remark in sorted(remarks, key=lambda one: -one.start):  # so that earlier places stay
        first, last = _parted(letters[remark.start][1], letters[remark.end - 1][1])
        comment(first, last, remark.lines)
        if remark.instead:
            _suggest(first, last, remark.instead, changes)
    if letters:
        beginning = letters[0][1].run
        told = [f"{one.sentence.text}: {' '.join(one.lines)}" for one in unplaced]
        comment(beginning, beginning, [f"Checked: {summary}.", *told])
    if citations.lines:
        document.add_paragraph().add_run("References").bold = True
    for number, line in citations.lines.items():
        document.add_paragraph(f"[{number}] {line}")
    try:
        document.save(str(out))
    except OSError as error:
        raise DraftError(f"{out} cannot be written ({error.strerror})") from error


def _places(draft: Draft, text: str) -> dict[str, tuple[int, int]]:
    """Return where the sentences of a draft stand in a text, by their ids; -1s where nowhere.

    All are looked for in their order, so that a figure which stands in several cells is found in
    its own.
    """
    places: dict[str, tuple[int, int]] = {}
    position = 0
    for sentence in draft.sentences:
        places[sentence.id] = start, end = _find(text, sentence.text, position)
        position = end if start >= position else position
    return places


def _placed(
    remarked: Sequence[CheckedSentence], text: str, places: Mapping[str, tuple[int, int]]
) -> tuple[list[_Remark], list[CheckedSentence]]:
    """Return the remarks with their places in a text, and what has no place there."""
    remarks, unplaced = list[_Remark](), list[CheckedSentence]()
    for one in remarked:
        start, end = places[one.sentence.id]
        if start < 0:
            unplaced.append(one)
            continue
        first, last = _find(text[:end], one.wrong, start)
        if first < start:
            remarks.append(_Remark(start, end, one.lines))
            continue
        instead = one.right if one.decision.is_taken else ""
        remarks.append(_Remark(first, last, one.lines, instead))
    return remarks, unplaced


def _letters(body: Any) -> Iterator[tuple[str, _Letter]]:
    """Yield the letters of a document as accepted, white space left out, each with its place."""
    for child in body.iterchildren(tag="*"):
        if child.tag in _LEFT_OUT:
            continue
        if child.tag != f"{_W}r":
            yield from _letters(child)
            continue
        offset = 0
        for part in child:
            words = (part.text or "") if part.tag == _TEXT else ""
            for at, sign in enumerate(words):
                if not sign.isspace():
                    yield sign, _Letter(child, offset + at)
            offset += len(words) or int(part.tag in _ONE_SIGN)


def _find(text: str, words: str, position: int) -> tuple[int, int]:
    """Return where words stand at or after a place, else anywhere, white space aside; -1s if not.

    The mark of a footnote may stand among them: then their beginning and end are looked for.
    """
    wanted = "".join(words.split())
    if not wanted:
        return -1, -1
    for start in (position, 0):
        at = text.find(wanted, start)
        if at >= 0:
            return at, at + len(wanted)
    half = wanted[: len(wanted) // 2]
    at, tail = text.find(half, position), wanted[-min(len(wanted), 12) :]
    end = text.find(tail, at, at + 2 * len(wanted)) if at >= 0 and len(half) > len(tail) else -1
    return (at, end + len(tail)) if end >= 0 else (-1, -1)


def _cite(
    letters: list[tuple[str, _Letter]], start: int, end: int, number: int, changes: _Changes
) -> None:
    """Put the number of a reference at the end of a sentence, before its point.

    What has no place stays as it is. The letters after it keep their places in the document.
    """
    if start < 0:
        return
    at = end - 1 if letters[end - 1][0] in _POINTS and end - 1 > start else end
    before = letters[at - 1][1]
    after = _part(before.run, before.offset + 1)
    for place in range(at, len(letters)):
        sign, letter = letters[place]
        if letter.run is not before.run:
            break
        letters[place] = sign, _Letter(after, letter.offset - before.offset - 1)
    written = _run_like(before.run, f" [{number}]")
    if before.run.getparent().tag not in _CHANGES:
        change = changes.begin("w:ins")
        change.append(written)
        written = change
    before.run.addnext(written)


def _run_like(run: Any, words: str) -> Any:
    """Return a run that holds words, formatted as another is."""
    from docx.oxml import OxmlElement

    written = deepcopy(run)
    for part in list(written):
        if part.tag != f"{_W}rPr":
            written.remove(part)
    text: Any = OxmlElement("w:t")
    text.text = words
    text.set(_SPACE, "preserve")
    written.append(text)
    return written


def _suggest(first: Any, last: Any, instead: str, changes: _Changes) -> None:
    """Strike the runs from first to last out and put words in, both as tracked changes.

    Left undone where other things than text stand between, or they are a change already.
    """
    runs = [first]
    while runs[-1] is not last and runs[-1].getnext() is not None:
        runs.append(runs[-1].getnext())
    if runs[-1] is not last or any(one.tag != f"{_W}r" for one in runs):
        return
    if first.getparent().tag != f"{_W}p":
        return
    struck, put_in = changes.begin("w:del"), changes.begin("w:ins")
    put_in.append(_run_like(first, instead))
    first.addprevious(struck)
    for run in runs:
        struck.append(run)
        for part in run.iter(_TEXT):
            part.tag = f"{_W}delText"
    struck.addnext(put_in)


def _parted(first: _Letter, last: _Letter) -> tuple[Any, Any]:
    """Part the runs of the first and last letter of a stretch; return its first and last run."""
    end_run = last.run
    _part(end_run, last.offset + 1)
    begun = _part(first.run, first.offset)
    return begun, begun if end_run is first.run else end_run


def _part(run: Any, offset: int) -> Any:
    """Part a run before a sign; return the run that begins with it."""
    if offset == 0 or offset >= _length(run):
        return run
    after = deepcopy(run)
    run.addnext(after)
    _keep(run, 0, offset)
    _keep(after, offset, None)
    return after


def _length(run: Any) -> int:
    return sum(_signs(part) for part in run)


def _signs(part: Any) -> int:
    return len(part.text or "") if part.tag == _TEXT else int(part.tag in _ONE_SIGN)


def _keep(run: Any, start: int, end: int | None) -> None:
    """Leave of a run the signs from `start` to `end`, with its formatting.

    What has no sign, such as a footnote's mark, stays with the sign before it.
    """
    at = 0
    for part in list(run):
        if part.tag == f"{_W}rPr":
            continue
        count = _signs(part)
        first, last = max(start - at, 0), count if end is None else min(end - at, count)
        if part.tag == _TEXT and count:
            part.text = (part.text or "")[first : max(last, first)]
            part.set(_SPACE, "preserve")
            is_kept = bool(part.text)
        elif count:
            is_kept = first == 0 and last == 1
        else:
            is_kept = at > start or (at == start == 0) if end is None else at <= end
        if not is_kept:
            run.remove(part)
        at += count
