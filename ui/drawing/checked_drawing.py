"""Draws a checked draft: its text, each claim underlined by verdict, and one claim's sources."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from assistant.answer import Reference
from assistant.drafts import CheckedSentence, Draft, counts_told
from ui.draft_checking import move, turn, written
from ui.drawing.drawing import literal
from ui.page_address import VIEWER, PageAddress

_HEIGHT = 640  # pixels of the draft
_SEEN = "checked-focus"
_SCROLL = """<script>
setTimeout(() => {
  const seen = document.getElementById("checked-focus"); // {focus}
  let box = seen;
  while (box && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement;
  if (box) box.scrollTop += seen.getBoundingClientRect().top - box.getBoundingClientRect().top
    - box.clientHeight / 3;
}, 100);
</script>"""


def draw_result(draft: Draft, checked: list[CheckedSentence]) -> None:
    """Draw a checked draft beside the claim in focus."""
    facts = [one for one in checked if one.verdict]
    problems = [one.sentence.id for one in facts if one.verdict != "supported"]
    st.markdown(f"**{draft.name}**: {counts_told(checked)}")
    ids = problems or [one.sentence.id for one in facts]
    if ids and st.session_state.get("check_focus") not in [one.sentence.id for one in facts]:
        st.session_state.check_focus = ids[0]
    focus = st.session_state.get("check_focus", "")
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(height=_HEIGHT):
        st.html(draft_html(draft, {one.sentence.id: one for one in checked}, focus))
        st.html(_SCROLL.replace("{focus}", focus), unsafe_allow_javascript=True)
    with right:
        if ids:
            row = st.container(horizontal=True)
            what = "problem" if problems else "claim"
            row.button(f"Previous {what}", on_click=move, args=(ids, -1), shortcut="P")
            row.button(f"Next {what}", on_click=move, args=(ids, 1), shortcut="N", type="primary")
        at = next((one for one in facts if one.sentence.id == focus), None)
        if at:
            draw_checked(at)
    with st.container(horizontal=True):
        _draw_downloads(draft, checked)


def _draw_downloads(draft: Draft, checked: list[CheckedSentence]) -> None:
    """Draw the buttons that give the draft back."""
    stem, ending = Path(draft.name).stem, Path(draft.name).suffix.lower()
    back = f"{stem}_checked{'.docx' if ending == '.docx' else '.md'}"
    for label, name in (("The draft with remarks", back), ("All claims", f"{stem}_claims.xlsx")):
        st.download_button(
            label,
            partial(written, draft, checked, name, st.session_state.get("check_taken", ())),
            name,
            icon=":material/download:",
            on_click="ignore",
            key=label,
        )


def draft_html(draft: Draft, checked: Mapping[str, CheckedSentence], focus: str) -> str:
    """Return the text of a draft, facts underlined by their verdict, the one in focus marked."""
    return f'<div class="draft">{"".join(_pieces(draft, checked, focus))}</div>'


def _pieces(draft: Draft, checked: Mapping[str, CheckedSentence], focus: str) -> Iterator[str]:
    for page in draft.pages:
        position = 0
        for sentence in (one for one in draft.sentences if one.page == page.number):
            if sentence.start < position:
                continue
            yield escape(page.text[position : sentence.start])
            words = escape(page.text[sentence.start : sentence.end])
            one = checked.get(sentence.id)
            kind = one.verdict.replace("_", "-") if one and one.verdict else ""
            seen = f' id="{_SEEN}" aria-current="true"' if sentence.id == focus else ""
            title = f' title="{escape(one.told)}"' if kind and one else ""
            yield f'<span class="{kind or "left-alone"}"{seen}{title}>{words}</span>'
            position = sentence.end
        yield f"{escape(page.text[position:])}\n\n"


def draw_checked(one: CheckedSentence) -> None:
    """Draw a checked sentence with what the sources say, each with a link to its page."""
    st.html(f'<div class="question">{escape(one.sentence.stated)}</div>')
    told = f"**{one.told}**"
    if one.verdict == "supported":
        st.success(told, icon=":material/check_circle:")
    elif one.verdict == "partly":
        st.warning(told, icon=":material/rule:")
    elif one.verdict == "contradicted":
        st.error(told, icon=":material/cancel:")
    else:
        st.info(told, icon=":material/search_off:")
    if one.has_correction:
        st.html(
            f'<div class="answer"><p><del>{escape(one.wrong)}</del> → '
            f"<strong>{escape(one.right)}</strong></p></div>"
        )
        taken: set[str] = st.session_state.setdefault("check_taken", set())
        is_taken = one.sentence.id in taken
        label = "Leave it as it was" if is_taken else "Take the correction"
        st.button(label, on_click=turn, args=(one.sentence.id,), shortcut="T")
    if one.reason:
        st.markdown(literal(one.reason))
    if one.meant not in ("", one.sentence.stated):
        st.html(f'<div class="quiet">Understood as: {escape(one.meant)}</div>')
    _draw_references(one.references)


def _draw_references(references: Sequence[Reference]) -> None:
    for ref in references:
        with st.container(border=True, gap="small"):
            st.html(
                f'<div class="reference-head">{escape(ref.title)}</div>'
                f'<div class="quiet">{escape(ref.place.removeprefix(ref.title).lstrip(", "))}</div>'
                f'<div class="passage"><mark>{escape(ref.quote)}</mark></div>'
            )
            st.page_link(
                VIEWER,
                label="Open the page",
                icon=":material/article:",
                query_params=PageAddress(ref.source_id, ref.number, ref.start, ref.end).query(),
            )
