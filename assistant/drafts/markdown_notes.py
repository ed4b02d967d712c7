"""A checked draft given back as text with numbered notes at the sentences that they speak of."""

import re
from collections.abc import Sequence
from pathlib import Path

from assistant.drafts.checked import CheckedSentence
from assistant.drafts.draft import Draft
from assistant.drafts.inserted_citations import insert_citations
from assistant.errors import DraftError

_LABEL = "check-"
_SOURCE_LABEL = "source-"
_MARKUP = r"[\s*_`\\]*"  # that may stand between the letters of a sentence


def write_notes(
    draft: Draft,
    remarked: Sequence[CheckedSentence],
    summary: str,
    out: Path,
    cited: Sequence[CheckedSentence] = (),
) -> None:
    """Write a draft as Markdown with a footnote for each of some sentences, a summary below it.

    Corrections that were taken are put in, and the citations of the sentences in `cited` as
    footnotes of their own. A draft in Markdown stays as it is but for that; of another the text
    is written. Raises DraftError where the file cannot be written.
    """
    is_markdown = Path(draft.name).suffix.lower() in (".md", ".markdown")
    read = draft.data.decode("utf-8", errors="replace") if is_markdown else ""
    text = read or "\n\n".join(page.text for page in draft.pages)
    told_of = {one.sentence.id: one for one in remarked}
    citations = insert_citations(cited)
    pieces, notes, position = list[str](), list[str](), 0
    for sentence in draft.sentences:  # all, so that each is found in its own place
        found = _found(text, sentence.text, position)
        words = found.group() if found else ""
        source = citations.numbers.get(sentence.id, 0)
        reference = f"[^{_SOURCE_LABEL}{source}]" if source else ""
        if one := told_of.get(sentence.id):
            number = f"[^{_LABEL}{len(notes) + 1}]"
            remark = one.lines if found else (f"{sentence.text}:", *one.lines)
            notes.append(f"{number}: {_plain(' '.join(remark))}")
            if one.has_correction and one.decision.is_taken:
                words = words.replace(one.wrong, one.right, 1)
            reference += number
        if found:
            pieces.append(text[position : found.start()] + words + reference)
            position = found.end()
    body = "".join((*pieces, text[position:])).rstrip("\n")
    notes += [f"[^{_SOURCE_LABEL}{at}]: {_plain(line)}" for at, line in citations.lines.items()]
    told = "\n".join((f"Checked: {summary}.", "", *notes))
    try:
        out.write_text(f"{body}\n\n---\n\n{told}\n", encoding="utf-8")
    except OSError as error:
        raise DraftError(f"{out} cannot be written ({error.strerror})") from error


def _plain(text: str) -> str:
    """Return a text in which Markdown finds no link, picture or tag."""
    return text.replace("<", "&lt;").replace("](", "] (")


def _found(text: str, sentence: str, position: int) -> re.Match[str] | None:
    """Return where a sentence stands at or after a place, whatever markup is in it."""
    pattern = _MARKUP.join(map(re.escape, sentence.split()))
    return re.compile(pattern).search(text, position)
