"""A draft while it is checked on the screen: sentence by sentence, gone through, given back."""

from collections.abc import Container
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from assistant.assistant import Assistant
from assistant.drafts import CheckedSentence, Draft, counts_told
from assistant.drafts.claim_table import write_claim_table
from assistant.drafts.markdown_notes import write_notes
from assistant.drafts.word_comments import write_word_comments
from index.passage import Filters


def check(assistant: Assistant, draft: Draft, filters: Filters) -> list[CheckedSentence]:
    """Return the sentences of a draft, checked, with a bar while they are."""
    total = len(draft.sentences)
    bar = st.progress(0.0, text=f"Checking {total} sentences and figures")
    checked = list[CheckedSentence]()
    for one in assistant.check(draft, filters):
        checked.append(one)
        bar.progress(len(checked) / total, text=f"{len(checked)} of {total} checked")
    bar.empty()
    return checked


def written(
    draft: Draft, checked: list[CheckedSentence], name: str, put_right: Container[str]
) -> bytes:
    """Return the draft or the table of its claims as the file of a name.

    The corrections of the sentences in `put_right`, by their ids, are put in.
    """
    remarked = [one for one in checked if one.verdict not in ("", "supported")]
    with TemporaryDirectory() as folder:
        out = Path(folder) / name
        if out.suffix in (".xlsx", ".csv"):
            write_claim_table(checked, out)
        else:
            write = write_word_comments if out.suffix == ".docx" else write_notes
            write(draft, remarked, counts_told(checked), out, put_right)
        return out.read_bytes()


def move(ids: list[str], step: int) -> None:
    """Put the next or the last of some sentences into focus."""
    now = st.session_state.get("check_focus", "")
    at = ids.index(now) + step if now in ids else 0
    st.session_state.check_focus = ids[at % len(ids)]


def turn(id: str) -> None:
    """Take the correction of a sentence, or leave it again."""
    taken: set[str] = st.session_state.setdefault("check_taken", set())
    st.session_state.check_taken = taken ^ {id}
