"""Draws drafted cases for review: how far it is, one draft at a time, and what was accepted."""

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.evaluation.case import Case
from assistant.evaluation.drafting.review import Draft, State, write_accepted
from assistant.evaluation.reports.rendering import visible
from assistant.evaluation.reports.shown_numbers import counted
from ui.deciding import can_undo, field_key, fill_fields, save, skip, skipped, undo
from ui.runs.case_drawing import shown

_STATES: tuple[State, ...] = ("open", "accepted", "rejected")


def draw_no_drafts() -> None:
    """Say how drafts are made."""
    st.markdown(
        "There are no drafts yet. Have cases written from your own sources, with known answers "
        "and with questions that the sources do not answer:"
    )
    st.code("rare-earth eval draft", language=None)
    st.markdown("Then load this page again. No language model takes part.")


def choose_drafts(files: Sequence[Path]) -> Path:
    """Draw a picker of files of drafts and return what is chosen, at first the first."""
    by_name = {file.name: file for file in files}
    name = st.selectbox(
        "Drafts", list(by_name), format_func=visible, key="drafts", persist_state="session"
    )
    return by_name[name]


def draw_progress(drafts: Sequence[Draft]) -> None:
    """Draw how far the review is."""
    done = sum(draft.state != "open" for draft in drafts)
    st.progress(done / len(drafts), f"{done:,} of {counted(len(drafts), 'draft')} decided")


def choose_state(drafts: Sequence[Draft]) -> State:
    """Draw how many drafts are in which state, and return which are to be shown."""
    counts = Counter(draft.state for draft in drafts)
    return st.segmented_control(
        "Show",
        _STATES,
        format_func=lambda state: f"{state} ({counts[state]:,})",
        default="open",
        required=True,
        key="draft_state",
        persist_state="session",
        label_visibility="collapsed",
    )


def next_draft(drafts: Sequence[Draft], state: State) -> Draft | None:
    """Return the first draft in a state that was not skipped; after the last, the first again."""
    there = [draft for draft in drafts if draft.state == state]
    left = [draft for draft in there if draft.case.id not in skipped()]
    if there and not left:
        skipped().clear()
        left = there
    return left[0] if left else None


def draw_buttons(path: Path, draft: Draft | None) -> None:
    """Draw what can be done with a draft, each with a key; with none, only the way back."""
    if draft is not None:
        case_id = draft.case.id
        st.button(
            "Accept",
            type="primary",
            icon=":material/check:",
            shortcut="A",
            disabled=draft.state == "accepted",
            on_click=save,
            args=(path, case_id, "accepted"),
        )
        st.button(
            "Reject",
            icon=":material/close:",
            shortcut="X",
            disabled=draft.state == "rejected",
            on_click=save,
            args=(path, case_id, "rejected"),
        )
        st.button("Skip", icon=":material/skip_next:", shortcut="S", on_click=skip, args=(case_id,))
    st.button("Undo", icon=":material/undo:", shortcut="Z", disabled=not can_undo(), on_click=undo)


def draw_fields(path: Path, draft: Draft) -> None:
    """Draw a draft for editing."""
    case = draft.case
    fill_fields(draft)

    def key(field: str) -> str:
        return field_key(case.id, field)

    kind = case.kind.replace("_", " ")
    st.html(f'<div class="quiet">{shown(case.id)} · {shown(kind)} · {draft.state}</div>')
    told = (path, case.id)
    st.text_area("Question", key=key("question"), height="content", on_change=save, args=told)
    if case.answerable:
        st.text_input("Answer", key=key("answer"), on_change=save, args=told)
        st.text_area(
            "What a right answer must say",
            key=key("forms"),
            help="A form a line: one of them is enough. After an empty line come the forms of the "
            "next thing to say.",
            height="content",
            on_change=save,
            args=told,
        )
    st.text_input(
        "Note", key=key("note"), placeholder="Kept with the draft", on_change=save, args=told
    )


def draw_accepted(path: Path, drafts: Sequence[Draft]) -> None:
    """Draw what turns accepted drafts into a case file, and the file while it holds just these."""
    cases = [draft.case for draft in drafts if draft.state == "accepted"]
    with st.container(border=True):
        st.markdown(
            f"**{counted(len(cases), 'case')} accepted.** Write them as a case file to run them."
        )
        st.button(
            "Write the accepted cases",
            icon=":material/save:",
            disabled=not cases,
            on_click=_write,
            args=(path, cases),
        )
        file, held = st.session_state.get(_written(path), (path, []))
        if held and held == cases:
            st.code(f"rare-earth eval run {shlex.quote(str(file))}", language=None)
            st.download_button(
                "Download the cases",
                file.read_bytes,
                file.name,
                "application/jsonl",
                on_click="ignore",
                icon=":material/download:",
            )


def _write(path: Path, cases: Sequence[Case]) -> None:
    st.session_state[_written(path)] = (write_accepted(path), cases)


def _written(path: Path) -> str:
    return f"written of {path}"


def list_drafts(folder: Path) -> tuple[Path, ...]:
    """Return the files of drafts in a folder, the one changed last first."""
    files = [file for file in folder.glob("*.jsonl") if not file.stem.endswith(".accepted")]
    return tuple(sorted(files, key=lambda file: file.stat().st_mtime, reverse=True))
