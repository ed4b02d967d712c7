"""Ask questions and follow up; beside each answer the page of the source that carries it."""

from functools import partial

import streamlit as st

from ui.asking import View
from ui.deciding import take_refusal
from ui.desk.beside_drawing import draw_beside
from ui.desk.conversation_list import draw_conversations, draw_open
from ui.desk.open_conversation import open_conversation, show_address
from ui.drawing.conversation_drawing import ConversationDrawing, draw_record, draw_writer
from ui.drawing.drawing import literal
from ui.resources import get_assistant
from ui.shelf.adding_drawing import draw_first_documents
from ui.source_filters import count_told, draw_chosen, draw_filters

EXAMPLES = {
    "A figure": "How much did China mine in 2025?",
    "A comparison": ("Compare the average prices of terbium and dysprosium oxide in 2024 and 2025"),
    "An overview": "What do the sources say about the recycling of magnets?",
    "A claim": "Is it true that China mined 75% of the world's rare earths in 2025?",
}
WIDTHS = (11, 9)  # of the conversation and the source beside it


def put(question: str, stands_alone: bool = False) -> None:
    """Hand a question to the next run of the page that gets as far as asking it."""
    st.session_state.setdefault("asked", []).append((question, stands_alone))


def put_typed() -> None:
    """Hand over what was typed."""
    if st.session_state.typed.strip():
        put(st.session_state.typed.strip())


assistant = get_assistant()
sources = [record.source for record in assistant.sources() if record.state == "indexed"]
if not sources:
    draw_first_documents(assistant)
    st.stop()

with st.sidebar:
    conversations = st.container()
if record_id := st.query_params.get("record", ""):
    recorded = assistant.recorded(record_id)
    with conversations:
        draw_conversations(assistant, "")
    left, right = st.columns(WIDTHS, gap="medium")
    with left:
        draw_record(recorded, assistant)
    with right:
        draw_beside([recorded.answer], assistant)
    st.stop()

conversation = open_conversation(assistant)
filters = draw_filters(sources, assistant.collections.all())
draw_writer(assistant)

asked: list[tuple[str, bool]] = st.session_state.setdefault("asked", [])
was_put = bool(asked)
while asked:  # one by one, so that a click in between loses none
    question, stands_alone = asked.pop(0)
    conversation.put(question, filters, stands_alone)

if refusal := take_refusal():
    st.error(literal(refusal))
intro = st.empty()  # gone at once when a question is put
if conversation.view() == View():
    with intro.container():
        st.title("Ask about rare earths", anchor=False)
        st.markdown(
            f"Answers come from {count_told(filters, sources)} sources, and each sentence cites "
            "the page and the exact words that carry it."
        )
        for kind, example in EXAMPLES.items():
            label = f"**{kind}** {example}"
            st.button(label, on_click=put, args=(example,), icon=":material/chat:")

left, right = st.columns(WIDTHS, gap="medium")
with left:
    head, turns = st.container(), st.container()
    draw_chosen(filters)
with st.bottom:  # said in so many words, the page is not scrolled to its end with each answer
    st.chat_input("Ask a question", key="typed", on_submit=put_typed)

with turns:
    drawing = ConversationDrawing(conversation, assistant)
drawing.draw_newest(was_put, partial(put, stands_alone=True))
show_address(conversation)
with conversations:
    draw_conversations(assistant, conversation.id)
if conversation.id:
    with head:
        draw_open(assistant, conversation)
if answered := conversation.view().answered:
    with right:
        draw_beside([one.answer for one in answered], assistant)
drawing.draw_earlier()
