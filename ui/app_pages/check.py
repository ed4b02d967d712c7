"""Check a draft: its text with each claim underlined by verdict, beside it the claim's sources."""

import streamlit as st

from assistant.drafts import DRAFT_ENDINGS, draft_of
from ui.draft_checking import check
from ui.drawing.checked_drawing import draw_result
from ui.resources import get_assistant
from ui.source_filters import draw_chosen, draw_filters

_PASTED = "draft.md"


def draw_form() -> None:
    """Draw where a draft is put in; take it when it is."""
    with st.form("draft"):
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
    for name in ("check_focus", "checked", "check_taken"):
        st.session_state.pop(name, None)


assistant = get_assistant()
chosen = draw_filters([r.source for r in assistant.sources() if r.state == "indexed"])
st.title("Check a draft", anchor=False)
st.markdown(
    "Upload the draft of a report, or paste a sentence. Each claim is held against the sources; "
    "opinions are left alone."
)
if "draft_text" not in st.session_state:
    st.session_state.draft_text = st.session_state.get("draft_text_kept", "")
draw_form()
draw_chosen(chosen)
if read := st.session_state.get("check_draft"):
    if "checked" not in st.session_state:
        st.session_state.checked = check(assistant, read, chosen)
    draw_result(read, st.session_state.checked)
