"""Ask questions and follow up; each answer with its references."""

from functools import partial

import streamlit as st

from ui.asking import Conversation, View
from ui.drawing.conversation_drawing import draw_conversation, draw_writer
from ui.resources import close_with_session, get_assistant
from ui.shelf.adding_drawing import draw_first_documents
from ui.source_filters import draw_chosen, draw_filters

EXAMPLES = (
    "How much did China mine in 2025?",
    "What was the average price of terbium oxide in 2025?",
    "How large was Nigeria's mine production in 2024?",
    "What were the volumes of China's production quotas for 2025?",
)


def put(question: str, stands_alone: bool = False) -> None:
    """Hand a question to the next run of the page that gets as far as asking it."""
    st.session_state.setdefault("asked", []).append((question, stands_alone))


def put_typed() -> None:
    """Hand over what was typed."""
    if st.session_state.typed.strip():
        put(st.session_state.typed.strip())


def start_again() -> None:
    """Forget the conversation."""
    st.session_state.conversation.close()
    del st.session_state.conversation
    st.session_state.turns_shown = 0


assistant = get_assistant()
sources = [record.source for record in assistant.sources() if record.state == "indexed"]
if not sources:
    draw_first_documents()
    st.stop()

conversation: Conversation = st.session_state.setdefault("conversation", Conversation(assistant))
conversation.go_on_with(assistant)
close_with_session(conversation)
with st.sidebar:
    st.button("New conversation", icon=":material/add:", on_click=start_again, width="stretch")
filters = draw_filters(sources, assistant.collections())
draw_writer(assistant.settings)

asked: list[tuple[str, bool]] = st.session_state.setdefault("asked", [])
was_put = bool(asked)
while asked:  # one by one, so that a click in between loses none
    question, stands_alone = asked.pop(0)
    conversation.put(question, filters, stands_alone)

intro = st.empty()  # gone at once when a question is put
if conversation.view() == View():
    with intro.container():
        st.title("Ask about rare earths", anchor=False)
        st.markdown(
            f"Answers come from {len(sources)} sources, and each sentence cites the page and the "
            "exact words that carry it."
        )
        for example in EXAMPLES:
            st.button(example, on_click=put, args=(example,), icon=":material/chat:")

turns = st.container()
draw_chosen(filters)
with st.bottom:  # said in so many words, the page is not scrolled to its end with each answer
    st.chat_input("Ask a question", key="typed", on_submit=put_typed)

with turns:
    draw_conversation(conversation, was_put, partial(put, stands_alone=True))
