"""Draws a checked draft: its text, each claim underlined by verdict, and one claim's sources."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from assistant.answer import Reference
from assistant.assistant import Assistant
from assistant.drafts import CheckedSentence, Draft
from ui.draft_checking import (
    CORRECTED,
    DISMISSED,
    PROBLEMS,
    cite,
    dismiss,
    is_shown,
    move,
    move_citation,
    reword,
    shown_citation,
    take_up,
    turn_correction,
    written,
)
from ui.drawing.drawing import literal
from ui.drawing.source_drawing import draw_quote
from ui.page_address import VIEWER, PageAddress

_HEIGHT = 560  # pixels of the draft
_SEEN = "checked-focus"
_SHOWN = {
    PROBLEMS: "Problems",
    "contradicted": "Contradicted",
    "partly": "Partly supported",
    "not_found": "Not found",
    "supported": "Supported",
    CORRECTED: "Corrected",
    DISMISSED: "Dismissed",
}
_REASONS = ("Not in these sources", "Rounded on purpose", "The source is outdated")
_SCROLL = """<script>
setTimeout(() => {
  const seen = document.getElementById("checked-focus"); // {focus}
  const draft = document.querySelector(".st-key-checked_draft");
  let box = seen;
  while (box !== draft && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement;
  box.scrollTop += seen.getBoundingClientRect().top - box.getBoundingClientRect().top
    - box.clientHeight / 3;
}, 100);
</script>"""


def draw_result(draft: Draft, checked: Sequence[CheckedSentence], assistant: Assistant) -> None:
    """Draw a checked draft beside the claim in focus."""
    facts = [one for one in checked if one.verdict]
    st.markdown(_summary(draft, checked))
    if not facts:
        return
    shown = _choose_shown(facts)
    ids = [one.sentence.id for one in facts if is_shown(one, shown)]
    if st.session_state.get("check_focus") not in [one.sentence.id for one in facts]:
        st.session_state.check_focus = ids[0] if ids else facts[0].sentence.id
    focus = st.session_state.check_focus
    left, right = st.columns(2, gap="medium")
    with left:
        with st.container(height=_HEIGHT, key="checked_draft"):
            st.html(draft_html(draft, {one.sentence.id: one for one in checked}, focus, shown))
            st.html(_SCROLL.replace("{focus}", focus), unsafe_allow_javascript=True)
        with st.container(horizontal=True):
            _draw_downloads(draft, checked)
    with right:
        _draw_way(ids, focus)
        draw_checked(next(one for one in facts if one.sentence.id == focus), assistant)


def _summary(draft: Draft, checked: Sequence[CheckedSentence]) -> str:
    """Return what was checked and what was decided, in a line."""
    claims = sum(bool(one.verdict) for one in checked)
    counts = (
        (claims, "claim checked", "claims checked"),
        (len(checked) - claims, "sentence left alone", "sentences left alone"),
        (sum(one.is_corrected for one in checked), "correction taken", "corrections taken"),
        (sum(bool(one.footnote) for one in checked), "footnote put in", "footnotes put in"),
    )
    told = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return f"**{literal(draft.name)}**: {', '.join(told)}"


def _choose_shown(facts: Sequence[CheckedSentence]) -> str:
    """Draw how many claims of each kind there are, for one kind to be chosen; return it."""
    counts = Counter(kind for kind in _SHOWN for one in facts if is_shown(one, kind))
    if st.session_state.get("check_shown") is None:
        st.session_state.check_shown = PROBLEMS if counts[PROBLEMS] else "supported"
    chosen: str = st.session_state.check_shown
    st.segmented_control(
        "Claims to go through",
        [kind for kind in _SHOWN if counts[kind] or kind in (PROBLEMS, chosen)],
        format_func=lambda kind: f"{_SHOWN[kind]} {counts[kind]}",
        key="check_shown",
        required=True,
        on_change=lambda: st.session_state.pop("check_focus", None),
        label_visibility="collapsed",
    )
    return chosen


def _draw_way(ids: Sequence[str], focus: str) -> None:
    """Draw where among the chosen claims the one in focus stands, and the way to the others."""
    place = f"{ids.index(focus) + 1} of {len(ids)}" if focus in ids else f"{len(ids)} left"
    with st.container(horizontal=True, vertical_alignment="center", key="check_way"):
        for label, step, key in (("Previous", -1, "P"), ("Next", 1, "N")):
            st.button(
                label,
                key=f"check_{label}",
                on_click=move,
                args=(ids, step),
                shortcut=key,
                disabled=not ids,
                type="primary" if step > 0 else "secondary",
            )
        st.html(f'<div class="quiet" aria-live="polite">{place}</div>', width="content")


def _draw_downloads(draft: Draft, checked: Sequence[CheckedSentence]) -> None:
    """Draw the buttons that give the draft back, and the one that cites all that can be cited."""
    stem, ending = Path(draft.name).stem, Path(draft.name).suffix.lower()
    back = f"{stem}_checked{'.docx' if ending == '.docx' else '.md'}"
    is_corrected = any(one.is_corrected for one in checked)
    draft_label = "The corrected draft" if is_corrected else "The draft with remarks"
    for label, name in ((draft_label, back), ("All claims", f"{stem}_claims.xlsx")):
        st.download_button(
            label,
            partial(written, draft, tuple(checked), name),
            name,
            icon=":material/download:",
            on_click="ignore",
            key=name,
        )
    without = [one for one in checked if one.can_be_cited and not one.footnote]
    st.button("Insert all citations", on_click=cite, args=(without, True), disabled=not without)


def draft_html(draft: Draft, checked: Mapping[str, CheckedSentence], focus: str, shown: str) -> str:
    """Return the text of a draft, facts underlined by their verdict, the one in focus marked.

    Those that are not `shown` are underlined more quietly.
    """
    return f'<div class="draft">{"".join(_pieces(draft, checked, focus, shown))}</div>'


def _pieces(
    draft: Draft, checked: Mapping[str, CheckedSentence], focus: str, shown: str
) -> Iterator[str]:
    for page in draft.pages:
        position = 0
        for sentence in (one for one in draft.sentences if one.page == page.number):
            if sentence.start < position:
                continue
            yield escape(page.text[position : sentence.start])
            words = escape(page.text[sentence.start : sentence.end])
            yield _claim_html(checked[sentence.id], words, focus, shown)
            position = sentence.end
        yield f"{escape(page.text[position:])}\n\n"


def _claim_html(one: CheckedSentence, words: str, focus: str, shown: str) -> str:
    """Return a sentence of the draft, underlined where it is a claim."""
    if not one.verdict:
        return f'<span class="left-alone">{words}</span>'
    kind = "supported" if one.is_corrected else one.verdict.replace("_", "-")
    kind = "left-alone" if one.decision.reworded else kind  # nothing carries it
    quiet = "" if is_shown(one, shown) else " aside-claim"
    seen = f' id="{_SEEN}" aria-current="true"' if one.sentence.id == focus else ""
    told = f"{one.told}, dismissed" if one.is_dismissed else one.told
    if one.is_corrected:
        told = "Reworded" if one.decision.reworded else "Corrected"
        struck, put_in = map(escape, one.change)
        told_change = f"<del>{struck}</del> <ins>{put_in}</ins>"
        words = told_change if one.decision.reworded else words.replace(struck, told_change, 1)
    cited = "<sup>[cited]</sup>" if one.footnote else ""
    return f'<span class="{kind}{quiet}"{seen} title="{escape(told)}">{words}{cited}</span>'


def draw_checked(one: CheckedSentence, assistant: Assistant) -> None:
    """Draw a checked sentence with what the sources say, and what can be done about it."""
    st.html(f'<div class="question">{escape(one.sentence.stated)}</div>')
    _draw_verdict(one)
    if one.meant not in ("", one.sentence.stated):
        st.html(f'<div class="quiet">Understood as: {escape(one.meant)}</div>')
    struck, put_in = one.change if one.is_corrected else (one.wrong, one.right)
    if struck and put_in:
        st.html(
            f'<div class="answer"><p><del>{escape(struck)}</del> → '
            f"<strong>{escape(put_in)}</strong></p></div>"
        )
    at = shown_citation(one.sentence.id)
    with st.container(horizontal=True, vertical_alignment="center", key="check_decisions"):
        _draw_decisions(one)
    if one.references:
        _draw_citation(one, at, assistant)


def _draw_verdict(one: CheckedSentence) -> None:
    told = f"**{one.told}**" + (f"  \n{literal(one.reason)}" if one.reason else "")
    if one.is_dismissed:
        st.html(
            f'<div class="quiet">{escape(one.told)}. Dismissed: '
            f"{escape(one.decision.dismissed)}</div>"
        )
    elif one.decision.reworded:
        st.info("**Reworded.** What you wrote is not checked.", icon=":material/edit:")
    elif one.is_corrected:
        st.success("**Corrected in the draft that is given back**", icon=":material/edit:")
    elif one.verdict == "supported":
        st.success(told, icon=":material/check_circle:")
    elif one.verdict == "partly":
        st.warning(told, icon=":material/rule:")
    elif one.verdict == "contradicted":
        st.error(told, icon=":material/cancel:")
    else:
        st.info(told, icon=":material/search_off:")


def _draw_decisions(one: CheckedSentence) -> None:
    """Draw what can be decided."""
    if one.is_dismissed:
        st.button("Take it up again", on_click=take_up, args=(one,), shortcut="U", key="take_up")
        return
    if one.is_corrected or one.has_correction:
        label = "Leave it as it was" if one.is_corrected else "Take the correction"
        st.button(label, on_click=turn_correction, args=(one,), shortcut="T", key="correct")
    if one.can_be_cited:
        is_in = bool(one.footnote)
        label = "Leave the citation out" if is_in else "Insert the citation"
        st.button(label, on_click=cite, args=([one], not is_in), shortcut="I", key="cite")
    if one.is_problem:
        field = f"reword_{one.sentence.id}"
        with st.popover("Reword", key="reword"):
            st.text_area(
                "What the draft should say instead",
                one.sentence.text,
                key=field,
                help="It stands in the draft that is given back, of a DOCX as a tracked change.",
            )
            st.button("Put it in", on_click=reword, args=(one, field), key="put_in")
        field = f"dismiss_{one.sentence.id}"
        with st.popover("Dismiss", key="dismiss"):
            st.selectbox(
                "Why does this verdict not count?",
                _REASONS,
                index=None,
                placeholder="Choose or type a reason",
                accept_new_options=True,
                key=field,
                on_change=dismiss,
                args=(one, field),
            )


def _draw_citation(one: CheckedSentence, at: int, assistant: Assistant) -> None:
    """Draw a citation of a sentence where its source has it, and the way to the others."""
    ref, total = one.references[at], len(one.references)
    with st.container(border=True, gap="small"):
        if total > 1:
            with st.container(horizontal=True, vertical_alignment="center"):
                for label, step in (("Previous citation", -1), ("Next citation", 1)):
                    st.button(
                        label,
                        key=label,
                        on_click=move_citation,
                        args=(one.sentence.id, (at + step) % total),
                        type="tertiary",
                    )
                st.html(f'<div class="quiet">{at + 1} of {total}</div>', width="content")
        _draw_reference(ref)
        draw_quote(  # last, so that all else stands even where the source is gone
            assistant.source(ref.source_id),
            assistant.page(ref.source_id, ref.number),
            ref.start,
            ref.end,
        )


def _draw_reference(ref: Reference) -> None:
    st.html(
        f'<div class="reference-head">{escape(ref.title)}</div>'
        f'<div class="quiet">{escape(ref.place.removeprefix(ref.title).lstrip(", "))}</div>'
    )
    st.page_link(
        VIEWER,
        label="Open the page",
        icon=":material/article:",
        query_params=PageAddress(ref.source_id, ref.number, ref.start, ref.end).query(),
    )
