"""The letters of a DOCX: sentences are found by them, and runs of text are parted between them."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from assistant.drafts.draft import Draft

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = f"{W}t"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LEFT_OUT = (f"{W}del", f"{W}moveFrom", f"{W}txbxContent")
_ONE_SIGN = (f"{W}tab", f"{W}ptab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the document: the run that holds it and how many signs stand before it there."""

    sign: str
    run: Any
    offset: int


def letters_of(body: Any) -> list[Letter]:
    """Return the letters of a document as accepted, white space left out."""
    return list(_letters(body))


def _letters(body: Any) -> Iterator[Letter]:
    for child in body.iterchildren(tag="*"):
        if child.tag in _LEFT_OUT:
            continue
        if child.tag != f"{W}r":
            yield from _letters(child)
            continue
        offset = 0
        for part in child:
            words = (part.text or "") if part.tag == TEXT else ""
            for at, sign in enumerate(words):
                if not sign.isspace():
                    yield Letter(sign, child, offset + at)
            offset += len(words) or int(part.tag in _ONE_SIGN)


def sentence_places(draft: Draft, text: str) -> dict[str, tuple[int, int]]:
    """Return by the ids of a draft's sentences where each stands in a text of letters; -1s if not.

    All are looked for in their order, so that a figure which stands in several cells is found in
    its own.
    """
    places: dict[str, tuple[int, int]] = {}
    position = 0
    for sentence in draft.sentences:
        places[sentence.id] = start, end = find_words(text, sentence.text, position)
        position = end if start >= position else position
    return places


def find_words(text: str, words: str, position: int) -> tuple[int, int]:
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


def part_runs(first: Letter, last: Letter) -> tuple[Any, Any]:
    """Part the runs of the first and last letter of a stretch; return its first and last run."""
    end_run = last.run
    part_run(end_run, last.offset + 1)
    begun = part_run(first.run, first.offset)
    return begun, begun if end_run is first.run else end_run


def part_run(run: Any, offset: int) -> Any:
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
    return len(part.text or "") if part.tag == TEXT else int(part.tag in _ONE_SIGN)


def _keep(run: Any, start: int, end: int | None) -> None:
    """Leave of a run the signs from `start` to `end`, with its formatting.

    What has no sign, such as a footnote's mark, stays with the sign before it.
    """
    at = 0
    for part in list(run):
        if part.tag == f"{W}rPr":
            continue
        count = _signs(part)
        first, last = max(start - at, 0), count if end is None else min(end - at, count)
        if part.tag == TEXT and count:
            part.text = (part.text or "")[first : max(last, first)]
            part.set(SPACE, "preserve")
            is_kept = bool(part.text)
        elif count:
            is_kept = first == 0 and last == 1
        else:
            is_kept = at > start or (at == start == 0) if end is None else at <= end
        if not is_kept:
            run.remove(part)
        at += count
