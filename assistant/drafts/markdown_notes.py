"""A checked draft given back as text with numbered notes at the sentences that they speak of."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.drafts.checked import CheckedSentence
from assistant.drafts.draft import Draft
from assistant.errors import DraftError
from assistant.plain_markdown import markdown_line

_LABEL = "check-"
_SOURCE_LABEL = "source-"
_ENDINGS = (".md", ".markdown")
_MARKUP = r"[\s*_`\\]*"  # that may stand between the letters of a sentence


def write_notes(draft: Draft, remarked: Sequence[CheckedSentence], summary: str, out: Path) -> None:
    """Write a draft as Markdown with a footnote for each of some sentences, a summary below it.

    Corrections that were taken are put in. A draft in Markdown stays as it is but for that; of
    another the text is written. Raises DraftError where the file cannot be written.
    """
    text = _text(draft)
    told_of = {one.sentence.id: one for one in remarked}
    pieces, notes, position = list[str](), list[str](), 0
    for sentence in draft.sentences:  # all, so that each is found in its own place
        found = _found(text, sentence.text, position)
        words = found.group() if found else ""
        if one := told_of.get(sentence.id):
            number = f"[^{_LABEL}{len(notes) + 1}]"
            remark = one.lines if found else (sentence.text, *one.lines)
            notes.append(f"{number}: {markdown_line(' — '.join(remark))}")
            if one.decision.reworded:
                words = one.decision.reworded
            elif one.is_corrected:
                words = words.replace(one.wrong, one.right, 1)
            words += number
        if found:
            pieces.append(text[position : found.start()] + words)
            position = found.end()
    body = "".join((*pieces, text[position:])).rstrip("\n")
    told = "\n".join((f"Checked: {summary}.", "", *notes))
    try:
        out.write_text(f"{body}\n\n---\n\n{told}\n", encoding="utf-8")
    except OSError as error:
        raise DraftError(f"{out} cannot be written ({error.strerror})") from error


def with_markdown_footnotes(draft: Draft, notes: Mapping[str, str]) -> str:
    """Return the text of a draft with notes at its sentences, by their ids, told below it."""
    text = _text(draft)
    pieces, told, position = list[str](), list[str](), 0
    for sentence in draft.sentences:
        found = _found(text, sentence.text, position)
        if found is None:
            continue
        pieces.append(text[position : found.end()])
        position = found.end()
        if words := notes.get(sentence.id):
            label = f"[^{_SOURCE_LABEL}{len(told) + 1}]"
            pieces.append(label)
            told.append(f"{label}: {markdown_line(words)}")
    body = "".join((*pieces, text[position:])).rstrip("\n")
    return "\n".join((body, "", *told, ""))


def _text(draft: Draft) -> str:
    is_markdown = Path(draft.name).suffix.lower() in _ENDINGS
    read = draft.data.decode("utf-8", errors="replace") if is_markdown else ""
    return read or "\n\n".join(page.text for page in draft.pages)


def _found(text: str, sentence: str, position: int) -> re.Match[str] | None:
    """Return where a sentence stands at or after a place, whatever markup is in it."""
    pattern = _MARKUP.join(map(re.escape, sentence.split()))
    return re.compile(pattern).search(text, position)
