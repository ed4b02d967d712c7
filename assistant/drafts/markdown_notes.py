"""A checked draft given back as text with numbered notes at the sentences that they speak of."""

import re
from collections.abc import Sequence
from pathlib import Path

from assistant.drafts.checked import CheckedSentence
from assistant.drafts.draft import Draft
from assistant.errors import DraftError

_LABEL = "check-"
_MARKUP = r"[\s*_`\\]*"  # that may stand between the letters of a sentence


def write_notes(draft: Draft, remarked: Sequence[CheckedSentence], summary: str, out: Path) -> None:
    """Write a draft as Markdown with a footnote for each of some sentences, a summary below it.

    A draft in Markdown stays as it is but for the notes; of another the text is written. Raises
    DraftError where the file cannot be written.
    """
    is_markdown = Path(draft.name).suffix.lower() in (".md", ".markdown")
    read = draft.data.decode("utf-8", errors="replace") if is_markdown else ""
    text = read or "\n\n".join(page.text for page in draft.pages)
    pieces, notes, position = list[str](), list[str](), 0
    for one in remarked:
        number = f"[^{_LABEL}{len(notes) + 1}]"
        end = _end_of(text, one.sentence.text, position)
        told = " ".join(one.lines) if end >= 0 else f"{one.sentence.text}: {' '.join(one.lines)}"
        notes.append(f"{number}: {told}")
        if end >= 0:
            pieces.append(text[position:end] + number)
            position = end
    body = "".join((*pieces, text[position:])).rstrip("\n")
    told = "\n".join((f"Checked: {summary}.", "", *notes))
    try:
        out.write_text(f"{body}\n\n---\n\n{told}\n", encoding="utf-8")
    except OSError as error:
        raise DraftError(f"{out} cannot be written ({error.strerror})") from error


def _end_of(text: str, sentence: str, position: int) -> int:
    """Return where a sentence ends at or after a place, whatever markup is in it; -1 if not."""
    pattern = _MARKUP.join(map(re.escape, sentence.split()))
    found = re.compile(pattern).search(text, position)
    return found.end() if found else -1
