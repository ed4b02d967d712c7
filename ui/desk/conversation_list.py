"""Draws the kept conversations in the sidebar, and what can be done with the open one."""

from collections import Counter

import streamlit as st

from assistant.assistant import Assistant
from assistant.desk import ConversationHead
from ui.asking import Conversation
from ui.desk.answer_tools import draw_exports
from ui.desk.open_conversation import switch_to
from ui.drawing.drawing import literal
from ui.error_report import reported_errors

_LISTED = 5
_SHOW_ALL = "all_conversations"
_TITLE_CHARS = 60


def draw_conversations(assistant: Assistant, open_id: str) -> None:
    """Draw the conversations that a search finds, the last used first; a click opens one.

    A few are shown, so that what stands below them stays in sight, or all."""
    st.button(
        "New conversation", icon=":material/add:", on_click=switch_to, args=("",), width="stretch"
    )
    with reported_errors():
        _draw_found(assistant, open_id)


def _draw_found(assistant: Assistant, open_id: str) -> None:
    if not assistant.conversations.find():
        return
    words = st.text_input(
        "Search conversations", key="conversation_words", icon=":material/search:"
    )
    found = assistant.conversations.find(words)
    with st.container(key="conversations", gap=None):
        titles = Counter(_title(head) for head in found)
        for head in found if st.session_state.get(_SHOW_ALL) else found[:_LISTED]:
            is_alone = titles[_title(head)] == 1
            _draw_head(head, "" if is_alone else _moment(head), head.id == open_id)
    if len(found) > _LISTED:
        st.checkbox(f"Show all {len(found)}", key=_SHOW_ALL)
    elif not found:
        st.caption("No title, question or answer has these words.")


def _title(head: ConversationHead) -> str:
    """Return a title as it is listed."""
    title = head.title
    if len(title) > _TITLE_CHARS:
        title = f"{title[:_TITLE_CHARS].rstrip()} …"
    return f"{title} ({head.owner})" if head.owner else title


def _moment(head: ConversationHead) -> str:
    """Return when a conversation was last used: "2026-12-01 13:49 UTC"."""
    return f"{head.changed[:10]} {head.changed[11:16]} UTC"


def _draw_head(head: ConversationHead, moment: str, is_open: bool) -> None:
    """Draw a conversation; its moment tells it from another of the same title."""
    title = f"{_title(head)} · {moment}" if moment else _title(head)
    st.button(
        f"**{literal(title)}**" if is_open else literal(title),
        key=f"conversation_{head.id}",
        type="tertiary",
        on_click=switch_to,
        args=(head.id,),
        width="stretch",
    )


def draw_open(assistant: Assistant, conversation: Conversation) -> None:
    """Draw the title of the open conversation, and a menu to rename, export or delete it."""
    with reported_errors():
        head = assistant.conversations.get(conversation.id).head
        kept = [one for one in conversation.view().answered if one.kept.id]
        with st.container(horizontal=True, vertical_alignment="center", key="open_conversation"):
            st.markdown(f"**{literal(head.title)}**")
            if head.may_change:
                with st.popover("Conversation", icon=":material/more_horiz:", type="tertiary"):
                    _draw_changes(assistant, head)
            draw_exports(
                [one.answer for one in kept],
                [one.kept.id for one in kept],
                f"conversation_{head.id}",
                "conversation",
                assistant,
            )

        if not head.may_change:
            whose = f"This conversation is {head.owner}'s" if head.owner else "It is everybody's"
            st.caption(literal(f"{whose}. Ask on in it, and what you see becomes your own copy."))


def _draw_changes(assistant: Assistant, head: ConversationHead) -> None:
    """Draw what can be changed of a conversation: its title, who sees it, that it is kept."""
    st.text_input(
        "Title", head.title, key=f"title_{head.id}", on_change=_rename, args=(assistant, head.id)
    )
    if head.is_own and assistant.person.id:
        st.checkbox(
            "Share it with the desk",
            head.is_shared,
            key=f"share_{head.id}",
            help="Others see it with your name; they ask on in copies of their own.",
            on_change=_share,
            args=(assistant, head.id),
        )
    is_sure = st.checkbox("Delete it; the records of its answers stay", key=f"sure_{head.id}")
    st.button(
        "Delete conversation",
        icon=":material/delete:",
        disabled=not is_sure,
        on_click=_delete,
        args=(assistant, head.id),
    )


def _rename(assistant: Assistant, conversation_id: str) -> None:
    with reported_errors():
        assistant.conversations.rename(
            conversation_id, st.session_state[f"title_{conversation_id}"]
        )


def _share(assistant: Assistant, conversation_id: str) -> None:
    with reported_errors():
        assistant.conversations.share(conversation_id, st.session_state[f"share_{conversation_id}"])


def _delete(assistant: Assistant, conversation_id: str) -> None:
    with reported_errors():
        assistant.conversations.delete(conversation_id)
        switch_to("")
