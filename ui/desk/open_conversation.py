"""Which conversation is open in a session: the one that the address names, else the last.

The address is `?conversation=ID`, so that a reload goes on where it was.
"""

import streamlit as st

from assistant.assistant import Assistant
from assistant.errors import DeskError
from ui.asking import Conversation
from ui.resources import close_with_session

_ADDRESS = "conversation"
_SHOWN = "conversation_in_address"


def open_conversation(assistant: Assistant) -> Conversation:
    """Return the conversation that the address names, else the one that is open or a new one.

    Where the one that it names is not kept, `refusal` of the session says so.
    """
    wanted = st.query_params.get(_ADDRESS, "")
    conversation: Conversation | None = st.session_state.get("conversation")
    named = ("", st.session_state.get(_SHOWN), conversation.id if conversation else None)
    if conversation is None or wanted not in named:
        conversation = _opened(assistant, wanted)
    conversation.go_on_with(assistant)
    return conversation


def show_address(conversation: Conversation) -> None:
    """Have the address name a conversation as soon as it is kept."""
    if conversation.id and st.query_params.get(_ADDRESS) != conversation.id:
        st.query_params[_ADDRESS] = st.session_state[_SHOWN] = conversation.id


def switch_to(conversation_id: str) -> None:
    """Open another conversation, a new one for "", at the next run of the page."""
    _leave()
    st.query_params.clear()
    if conversation_id:
        st.query_params[_ADDRESS] = conversation_id


def _leave() -> None:
    """Close the conversation that is open, and forget what was looked at in it."""
    if "conversation" in st.session_state:
        st.session_state.pop("conversation").close()
    for name in (_SHOWN, "beside_of", "turns_shown"):
        st.session_state.pop(name, None)


def _opened(assistant: Assistant, conversation_id: str) -> Conversation:
    kept = None
    if conversation_id:
        try:
            kept = assistant.conversation(conversation_id)
        except DeskError as error:
            st.session_state.refusal = str(error)
    if kept:
        _leave()
    else:
        switch_to("")
    conversation = Conversation(assistant, kept)
    close_with_session(conversation)
    st.session_state.conversation = conversation
    st.session_state.turns_shown = len(conversation.view().answered)
    return conversation
