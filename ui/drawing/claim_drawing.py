"""Draws a claim with its verdict."""

from html import escape

import streamlit as st

from assistant.answer import CitedClaim
from ui.drawing.reference_drawing import draw_citations


def draw_claim(claim: CitedClaim) -> None:
    """Draw a claim with its verdict and the passages that carry or contradict it."""
    st.html(f'<div class="question">{escape(claim.claim)}</div>')
    if claim.verdict == "supported":
        st.success("**Supported** by the sources.", icon=":material/check_circle:")
    elif claim.verdict == "partly":
        st.warning("**Partly supported.** Not all of it was found.", icon=":material/rule:")
    elif claim.verdict == "contradicted":
        st.error("**Contradicted** by a source.", icon=":material/cancel:")
    else:
        st.info("**Not found in the sources.**", icon=":material/search_off:")
    if claim.says:
        st.html(
            '<div class="answer"><p><span class="quiet">What the source says:</span> '
            f'<span class="said">{escape(claim.says)}</span></p></div>'
        )
    draw_citations(claim.citations)
