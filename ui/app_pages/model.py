"""Set which language model writes the answers: look for one, find out what it can do, keep it."""

import streamlit as st

from assistant.errors import AnswerError
from ui.drawing.drawing import literal
from ui.model_settings import (
    LookedUp,
    WantedModel,
    look_for_servers,
    set_by_environment,
    try_and_keep,
)
from ui.resources import get_assistant, reopen_assistant

assistant = get_assistant()
settings = assistant.settings
st.title("Language model", anchor=False)
st.markdown(
    "Without one, answers are the sources' own words. With one, it understands the question and "
    "writes; every sentence is verified against the words that it quotes. Question and evidence go "
    "to the address below and nowhere else."
)
for variable in set_by_environment():
    st.info(literal(f"{variable} is set where the app was started, and goes before what is kept."))

if st.button("Look on this machine", icon=":material/search:"):
    with st.spinner("Asking the usual addresses"):
        st.session_state.servers = look_for_servers()
found: LookedUp = st.session_state.get("servers", LookedUp())
if found.is_done and not found.choices:
    st.warning("Nobody answers at the usual addresses. Start Ollama, LM Studio, llama.cpp or vLLM.")
choice = st.selectbox("Found here", found.choices, index=None) if found.choices else None
address, name = found.chosen(choice) if choice else (settings.model_address, settings.model)

with st.form("model"):
    address = st.text_input("Address", address, placeholder="http://127.0.0.1:11434/v1")
    name = st.text_input("Model", name, placeholder="its name there; empty for no model")
    verifier = st.text_input(
        "Verifier", settings.verifier, placeholder="another model there that verifies; or empty"
    )
    searching, spending = st.columns(2)
    rounds = searching.number_input(
        "Rounds of searching",
        min_value=1,
        max_value=5,
        value=settings.search_rounds,
        help="For a broad question: again for what the model left open. Each costs a call more.",
    )
    tokens = spending.number_input(
        "Tokens of an answer",
        min_value=0,
        value=settings.model_tokens,
        step=1000,
        help="From so many on no more is asked than must be; 0 for no limit.",
    )
    st.caption(
        "A key is given in RARE_EARTH_MODEL_KEY, or by `rare-earth model set --key`, which keeps "
        "it in the system's keyring."
    )
    kept = st.form_submit_button("Try and keep", icon=":material/save:", type="primary")
if kept:
    try:
        with st.spinner("Trying what it can do"):
            wanted = WantedModel(
                address.strip(), name.strip(), verifier.strip(), int(rounds), int(tokens)
            )
            told = try_and_keep(assistant, wanted)
    except AnswerError as error:
        st.error(literal(str(error)))
    else:
        reopen_assistant()
        st.success(literal(told), icon=":material/check:")
