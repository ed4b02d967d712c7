"""A checked draft given back as the same DOCX with comments at the words that they speak of.

Nothing of the document changes but that a run of text is parted where a comment begins or ends,
and what is to be put right becomes a tracked change.
"""

from collections.abc import Container, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from assistant.drafts.checked import CheckedSentence
from assistant.drafts.draft import Draft
from assistant.errors import DraftError

_AUTHOR = "rare-earth-assistant"
_INITIALS = "REA"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = (f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent")
_TEXT = f"{_W}t"
_CHANGES = tuple(f"{_W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo"))
_ONE_SIGN = (f"{_W}tab", f"{_W}ptab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen")
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


def write_word_comments(
    draft: Draft,
    remarked: Sequence[CheckedSentence],
    summary: str,
    out: Path,
    put_right: Container[str] = (),
) -> None:
    """Write a draft with a comment for each of some sentences, and a summary at its beginning.

    The corrections of the sentences in `put_right`, by their ids, are suggested as tracked changes.
    What stands where Word takes no comments, in a footnote, is told in the summary. Raises
    DraftError where the file cannot be written.
    """
    from docx import Document
    from docx.text.run import Run

    document: Any = Document(BytesIO(draft.data))
    letters = list(_letters(document.element.body))
    text = "".join(sign for sign, _ in letters)
    remarks, unplaced = _placed(draft, remarked, text, put_right)
    numbers = (int(one.get(f"{_W}id", "0")) for one in document.element.body.iter(*_CHANGES))
    number = max(numbers, default=0)

    def comment(first: Any, last: Any, lines: Sequence[str]) -> None:
        runs = [Run(first, document), Run(last, document)]
        document.add_comment(runs, "\n".join(lines), _AUTHOR, _INITIALS)

    for remark in sorted(remarks, key=lambda one: -one.start):  # so that earlier places stay
        first, last = _parted(letters[remark.start][1], letters[remark.end - 1][1])
        comment(first, last, remark.lines)
        if remark.instead:
            number += 2
            _suggest(first, last, remark.instead, number)
    if letters:
        beginning = letters[0][1].run
        told = [f"{one.sentence.text}: {' '.join(one.lines)}" for one in unplaced]
        comment(beginning, beginning, [f"Checked: {summary}.", *told])
    try:
        document.save(str(out))
    except OSError as error:
        raise DraftError(f"{out} cannot be written ({error.strerror})") from error


def _placed(
    draft: Draft, remarked: Sequence[CheckedSentence], text: str, put_right: Container[str]
) -> tuple[list[_Remark], list[CheckedSentence]]:
    """Return the remarks with their places in a text, and what has no place there.

    All sentences of the draft are looked for in their order, so that a figure which stands in
    several cells is found in its own.
    """
    places: dict[str, tuple[int, int]] = {}
    position = 0
    for sentence in draft.sentences:
        places[sentence.id] = start, end = _find(text, sentence.text, position)
        position = end if start >= position else position
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
        instead = one.right if one.sentence.id in put_right else ""
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


def _suggest(first: Any, last: Any, instead: str, number: int) -> None:
    """Strike the runs from first to last out and put words in, both as tracked changes.

    Left undone where other things than text stand between, or they are a change already.
    """
    from docx.oxml import OxmlElement

    runs = [first]
    while runs[-1] is not last and runs[-1].getnext() is not None:
        runs.append(runs[-1].getnext())
    if runs[-1] is not last or any(one.tag != f"{_W}r" for one in runs):
        return
    if first.getparent().tag != f"{_W}p":
        return
    changes = []
    for tag, at in (("w:del", number - 1), ("w:ins", number)):
        change: Any = OxmlElement(tag)
        change.set(f"{_W}id", str(at))
        change.set(f"{_W}author", _AUTHOR)
        change.set(f"{_W}date", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        changes.append(change)
    struck, put_in = changes
    written = deepcopy(first)
    for part in list(written):
        if part.tag != f"{_W}rPr":
            written.remove(part)
    words: Any = OxmlElement("w:t")
    words.text = instead
    words.set(_SPACE, "preserve")
    written.append(words)
    put_in.append(written)
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
