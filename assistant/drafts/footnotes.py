"""The sources of a checked draft as footnotes: each at the end of the sentence that they carry."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from assistant.drafts.checked import CheckedSentence
from assistant.drafts.draft import Draft
from assistant.drafts.markdown_notes import with_markdown_footnotes
from assistant.drafts.word_footnotes import with_word_footnotes


def with_footnotes(draft: Draft, checked: Iterable[CheckedSentence]) -> Draft:
    """Return a draft with a footnote for each fact whose sources were decided to be cited.

    A DOCX has footnotes of Word; any other draft becomes Markdown.
    """
    notes = {one.sentence.id: one.footnote for one in checked if one.footnote}
    file = Path(draft.name)
    if file.suffix.lower() == ".docx":
        return replace(draft, data=with_word_footnotes(draft, notes))
    data = with_markdown_footnotes(draft, notes).encode()
    return replace(draft, name=f"{file.stem}.md", data=data)
