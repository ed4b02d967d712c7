"""Draws where a reader notes that a case of a run is wrong; the note is kept beside the run."""

from pathlib import Path

import streamlit as st

from assistant.errors import RunMismatchError
from assistant.evaluation.notes import load_notes, note_case
from assistant.evaluation.reports.rendering import visible
from ui.drawing.drawing import literal
from ui.signing_in import person_here


def draw_note(folder: Path, case_id: str) -> None:
    """Draw the note on a case, to be written, changed or emptied by an editor."""
    key = f"note on {case_id} of {folder.name}"
    note = load_notes(folder).get(case_id, "")
    if not person_here().is_editor:
        if note:
            st.markdown(literal(f"The case is wrong, because: {visible(note)}"))
        return

    def keep() -> None:
        try:
            note_case(folder, case_id, st.session_state[key])
        except RunMismatchError as error:
            st.session_state.note_refusal = str(error)

    st.text_input(
        "The case is wrong, because",
        visible(note),
        key=key,
        max_chars=1_000,
        placeholder="Nothing is noted",
        on_change=keep,
        help="Kept beside the run (notes.json). It changes no score: mend the case and run again.",
    )
    if refusal := st.session_state.pop("note_refusal", ""):
        st.error(literal(refusal))
