"""Check a claim or a draft: a verdict for each claim, with the passages that decide it."""

import streamlit as st

from ui.drawing.claim_drawing import draw_claim
from ui.resources import get_assistant
from ui.source_filters import draw_chosen, draw_filters

assistant = get_assistant()
filters = draw_filters([r.source for r in assistant.sources() if r.state == "indexed"])

st.title("Check a claim", anchor=False)
st.markdown("Paste a sentence or a draft. Each claim is held against the sources.")

with st.form("claim"):
    text = st.text_area("Claim", value=st.session_state.get("claim_text", ""), height=120)
    submitted = st.form_submit_button("Check", type="primary")
draw_chosen(filters)

if submitted and text.strip():
    st.session_state.claim_text = text
    with st.spinner("Reading the sources"):
        st.session_state.claims = assistant.cite(text, filters)
elif submitted:
    st.info("Paste a claim first.", icon=":material/info:")

for claim in st.session_state.get("claims", ()):
    draw_claim(claim)
