"""A checked draft given back as the same DOCX with comments at the words that they speak of.

Nothing of the document changes but that a run of text is parted where a comment begins or ends,
and what is to be put right becomes a tracked change.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from assistant.drafts.checked import CheckedSentence
from assistant.drafts.draft import Draft
from assistant.drafts.word_letters import (
    SPACE,
    TEXT,
    W,
    find_words,
    letters_of,
    part_runs,
    sentence_places,
)
from assistant.errors import DraftError

_AUTHOR = "rare-earth-assistant"
_INITIALS = "REA"
_CHANGES = tuple(f"{W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo"))


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
    draft: Draft, remarked: Sequence[CheckedSentence], summary: str, out: Path
) -> None:
    """Write a draft with a comment for each of some sentences, and a summary at its beginning.

    Corrections that were taken are suggested as tracked changes. What stands where Word takes no
    comments, in a footnote, is told in the summary. Raises DraftError where the file cannot be
    written.
    """
    from docx import Document
    from docx.text.run import Run

    document: Any = Document(BytesIO(draft.data))
    letters = letters_of(document.element.body)
    text = "".join(one.sign for one in letters)
    remarks, unplaced = _placed(draft, remarked, text)
    numbers = (int(one.get(f"{W}id", "0")) for one in document.element.body.iter(*_CHANGES))
    number = max(numbers, default=0)

    def comment(first: Any, last: Any, lines: Sequence[str]) -> None:
        runs = [Run(first, document), Run(last, document)]
        document.add_comment(runs, "\n".join(lines), _AUTHOR, _INITIALS)

    for remark in sorted(remarks, key=lambda one: -one.start):  # so that earlier places stay
        first, last = part_runs(letters[remark.start], letters[remark.end - 1])
        comment(first, last, remark.lines)
        if remark.instead:
            number += 2
            _suggest(first, last, remark.instead, number)
    if letters:
        beginning = letters[0].run
        told = [f"{one.sentence.text}: {' '.join(one.lines)}" for one in unplaced]
        comment(beginning, beginning, [f"Checked: {summary}.", *told])
    try:
        document.save(str(out))
    except OSError as error:
        raise DraftError(f"{out} cannot be written ({error.strerror})") from error


def _placed(
    draft: Draft, remarked: Sequence[CheckedSentence], text: str
) -> tuple[list[_Remark], list[CheckedSentence]]:
    """Return the remarks with their places in a text, and what has no place there."""
    places = sentence_places(draft, text)
    remarks, unplaced = list[_Remark](), list[CheckedSentence]()
    for one in remarked:
        start, end = places[one.sentence.id]
        if start < 0:
            unplaced.append(one)
            continue
        struck, instead = one.change
        first, last = find_words(text[:end], struck or one.wrong, start)
        if first < start:
            remarks.append(_Remark(start, end, one.lines))
            continue
        remarks.append(_Remark(first, last, one.lines, instead))
    return remarks, unplaced


def _suggest(first: Any, last: Any, instead: str, number: int) -> None:
    """Strike the runs from first to last out and put words in, both as tracked changes.

    Left undone where other things than text stand between, or they are a change already.
    """
    from docx.oxml import OxmlElement

    runs = [first]
    while runs[-1] is not last and runs[-1].getnext() is not None:
        runs.append(runs[-1].getnext())
    if runs[-1] is not last or any(one.tag != f"{W}r" for one in runs):
        return
    if first.getparent().tag != f"{W}p":
        return
    changes = []
    for tag, at in (("w:del", number - 1), ("w:ins", number)):
        change: Any = OxmlElement(tag)
        change.set(f"{W}id", str(at))
        change.set(f"{W}author", _AUTHOR)
        change.set(f"{W}date", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        changes.append(change)
    struck, put_in = changes
    written = deepcopy(first)
    for part in list(written):
        if part.tag != f"{W}rPr":
            written.remove(part)
    words: Any = OxmlElement("w:t")
    words.text = instead
    words.set(SPACE, "preserve")
    written.append(words)
    put_in.append(written)
    first.addprevious(struck)
    for run in runs:
        struck.append(run)
        for part in run.iter(TEXT):
            part.tag = f"{W}delText"
    struck.addnext(put_in)
