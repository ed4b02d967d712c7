"""A draft while it is checked on the screen: sentence by sentence, gone through, given back.

What is decided on a sentence is in the home at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from assistant.assistant import Assistant
from assistant.drafts import CheckedSentence, CheckJournal, Decision, Draft, counts_told
from assistant.drafts.claim_table import write_claim_table
from assistant.drafts.footnotes import with_footnotes
from assistant.drafts.markdown_notes import write_notes
from assistant.drafts.word_comments import write_word_comments
from assistant.errors import DraftError
from index.passage import Filters

PROBLEMS = "problems"
DISMISSED = "dismissed"
CORRECTED = "corrected"


def check(assistant: Assistant, draft: Draft, filters: Filters) -> None:
    """Have the sentences of a draft checked, with a bar while they are, and keep them."""
    total = len(draft.sentences)
    bar = st.progress(0.0, text=f"Checking {total} sentences and figures")
    journal = assistant.journal(draft, filters)
    checked = list[CheckedSentence]()
    for one in assistant.check(draft, filters):
        checked.append(one)
        bar.progress(len(checked) / total, text=f"{len(checked)} of {total} checked")
    bar.empty()
    st.session_state.checked, st.session_state.check_journal = checked, journal


def is_shown(one: CheckedSentence, shown: str) -> bool:
    """Tell whether a claim is among the problems, the settled, or those left with a verdict."""
    if shown == PROBLEMS:
        return one.is_problem
    if shown == DISMISSED:
        return one.is_dismissed
    if shown == CORRECTED:
        return one.is_corrected
    return one.verdict == shown and not one.is_settled


def written(draft: Draft, checked: Sequence[CheckedSentence], name: str) -> bytes:
    """Return the draft with what was decided, or the table of its claims, as the file of a name."""
    remarked = [one for one in checked if one.is_problem or one.is_corrected]
    with TemporaryDirectory() as folder:
        out = Path(folder) / name
        if out.suffix in (".xlsx", ".csv"):
            write_claim_table(checked, out)
        else:
            write = write_word_comments if out.suffix == ".docx" else write_notes
            write(with_footnotes(draft, checked), remarked, counts_told(checked), out)
        return out.read_bytes()


def move(ids: Sequence[str], step: int) -> None:
    """Put the next or the last of some sentences into focus, in the order of the draft."""
    order = {one.sentence.id: at for at, one in enumerate(st.session_state.checked)}
    here = order.get(st.session_state.get("check_focus", ""), -1)
    if step > 0:
        st.session_state.check_focus = next((id for id in ids if order[id] > here), ids[0])
    else:
        before = [id for id in ids if order[id] < here]
        st.session_state.check_focus = (before or ids)[-1]


def move_citation(id: str, at: int) -> None:
    """Show another citation of a sentence."""
    st.session_state.check_citation = (id, at)


def shown_citation(id: str) -> int:
    """Return which citation of a sentence is shown, counted from 0."""
    of, at = st.session_state.get("check_citation", ("", 0))
    return int(at) if of == id else 0


def turn_correction(one: CheckedSentence) -> None:
    """Take the correction of a sentence, or leave it as it was, also where it was reworded."""
    decided = replace(one.decision, is_taken=not one.is_corrected, reworded="")
    _keep({one.sentence.id: decided})


def reword(one: CheckedSentence, field: str) -> None:
    """Put what was written into a field of the screen in the place of a sentence."""
    words = " ".join((st.session_state[field] or "").split())
    if words not in ("", one.sentence.text):
        _keep({one.sentence.id: replace(one.decision, reworded=words)})


def cite(those: Iterable[CheckedSentence], is_cited: bool) -> None:
    """Put the sources of some sentences in as footnotes, or leave them out."""
    _keep({one.sentence.id: replace(one.decision, is_cited=is_cited) for one in those})


def dismiss(one: CheckedSentence, field: str) -> None:
    """Let a verdict not count, for the reason that was put into a field of the screen."""
    if reason := " ".join((st.session_state[field] or "").split()):
        _keep({one.sentence.id: Decision(dismissed=reason)})


def take_up(one: CheckedSentence) -> None:
    """Let a verdict count again."""
    _keep({one.sentence.id: Decision()})


def _keep(decisions: Mapping[str, Decision]) -> None:
    """Keep decisions in the home; what cannot be kept is left as it was, and told."""
    journal: CheckJournal = st.session_state.check_journal
    checked: list[CheckedSentence] = st.session_state.checked
    for at, one in enumerate(checked):
        if one.sentence.id not in decisions:
            continue
        decided = replace(one, decision=decisions[one.sentence.id])
        try:
            journal.keep(decided)
        except DraftError as error:
            st.session_state.refusal = str(error)
            return
        checked[at] = decided
