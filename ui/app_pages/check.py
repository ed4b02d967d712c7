"""Check a draft: its text with each claim underlined by verdict, beside it the claim's sources."""

import streamlit as st

from assistant.drafts import DRAFT_ENDINGS, draft_of
from ui.deciding import take_refusal
from ui.draft_checking import check
from ui.drawing.checked_drawing import draw_result
from ui.drawing.drawing import literal
from ui.resources import get_assistant
from ui.source_filters import draw_chosen, draw_filters

_PASTED = "draft.md"
_OF_ONE_DRAFT = ("check_focus", "check_shown", "check_citation", "checked")


def draw_form() -> None:
    """Draw where a draft is put in; take it when it is."""
    with st.form("draft", border=False):
        upload = st.file_uploader("Draft", type=[one.lstrip(".") for one in DRAFT_ENDINGS])
        text = st.text_area("Or paste a sentence or a text", key="draft_text", height=120)
        submitted = st.form_submit_button("Check", type="primary")
    st.session_state.draft_text_kept = text
    if not submitted:
        return
    if upload is None and not text.strip():
        st.info("Upload a draft or paste a text first.", icon=":material/info:")
        return
    data = upload.getvalue() if upload else text.encode()
    st.session_state.check_draft = draft_of(upload.name if upload else _PASTED, data)
    for name in _OF_ONE_DRAFT:
        st.session_state.pop(name, None)
    st.rerun()


assistant = get_assistant()
sources = [record.source for record in assistant.sources() if record.state == "indexed"]
chosen = draw_filters(sources, assistant.collections.all())
st.title("Check a draft", anchor=False)
read = st.session_state.get("check_draft")
if "draft_text" not in st.session_state:
    st.session_state.draft_text = st.session_state.get("draft_text_kept", "")
if read is None:
    st.markdown(
        "Upload the draft of a report, or paste a sentence. Each claim is held against the "
        "sources; opinions are left alone."
    )
with st.expander("Check another draft" if read else "The draft", expanded=read is None):
    draw_form()
draw_chosen(chosen)
if refusal := take_refusal():
    st.error(literal(refusal))
if read:
    if "checked" not in st.session_state:
        check(assistant, read, chosen)
    draw_result(read, st.session_state.checked, assistant)
