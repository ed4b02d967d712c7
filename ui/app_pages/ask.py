"""Ask questions and follow up; each answer with its references."""

import streamlit as st

from assistant.answer import Answer, Turn
from assistant.records import Kept
from ui.answer_drawing import draw_answer, draw_kept, draw_question, show_from_question
from ui.resources import get_assistant
from ui.source_filters import draw_chosen, draw_filters

EXAMPLES = (
    "How much did China mine in 2025?",
    "What was the average price of terbium oxide in 2025?",
    "How large was Nigeria's mine production in 2024?",
    "What were the volumes of China's production quotas for 2025?",
)


def put(question: str) -> None:
    """Hand a question to this run of the page."""
    st.session_state.asked = question


def put_typed() -> None:
    """Hand over what was typed."""
    put(st.session_state.typed)


def start_again() -> None:
    """Forget the conversation."""
    st.session_state.conversation = []
    st.session_state.kept = []


def turns(conversation: list[Answer]) -> tuple[Turn, ...]:
    """Return the conversation as the assistant takes it."""
    return tuple(
        turn
        for answer in conversation
        for turn in (Turn("user", answer.question), Turn("assistant", answer.text))
    )


assistant = get_assistant()
sources = [record.source for record in assistant.sources() if record.state == "indexed"]
conversation: list[Answer] = st.session_state.setdefault("conversation", [])
kept: list[Kept] = st.session_state.setdefault("kept", [])  # one for each answer
asked: str = st.session_state.setdefault("asked", "").strip()

if not sources:
    st.title("No documents yet", anchor=False)
    st.markdown("This home holds nothing to answer from. Add a folder of documents:")
    st.code("rare-earth add FOLDER", language=None)
    st.markdown("Then load this page again.")
    st.stop()

with st.sidebar:
    st.button("New conversation", icon=":material/add:", on_click=start_again, width="stretch")
filters = draw_filters(sources)

if not conversation and not asked:
    st.title("Ask about rare earths", anchor=False)
    st.markdown(
        f"Answers come from {len(sources)} sources, and each sentence cites the page and the "
        "exact words that carry it."
    )
    for example in EXAMPLES:
        st.button(example, on_click=put, args=(example,), icon=":material/chat:")

for answer, its_record in zip(conversation, kept, strict=True):
    draw_question(answer.question)
    draw_answer(answer)
    draw_kept(its_record)

draw_chosen(filters)
st.chat_input("Ask a question", key="typed", on_submit=put_typed)

if asked:
    draw_question(asked)
    with st.spinner("Reading the sources"):
        # The answer is kept before anything is drawn: a click meanwhile starts the page anew.
        try:
            earlier = turns(conversation)
            answer = assistant.ask(asked, earlier, filters)
            kept.append(assistant.keep(answer, earlier, filters))
            conversation.append(answer)
        finally:
            st.session_state.asked = ""
    draw_answer(answer)
    draw_kept(kept[-1])
    show_from_question(len(conversation))
