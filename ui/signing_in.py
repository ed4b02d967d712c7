"""Signing in: who looks at this session, the screen for who is not let in, the way out."""

import os
import time

import streamlit as st
from streamlit.runtime.secrets import SecretsValue

from assistant.errors import ExpiredSignInError, SignInError
from assistant.people import HOLDER, Person, SignIn, SignInSecrets, load_sign_in, person_of
from assistant.settings import load_settings
from ui.drawing.drawing import literal

_PROVIDER = "desk"  # the name of the provider for Streamlit


@st.cache_resource(show_spinner=False)
def get_sign_in() -> SignIn | None:
    """Return how people sign in, None where nobody does; read once a process."""
    return load_sign_in(load_settings(os.environ).home, os.environ)


def streamlit_secrets(sign_in: SignIn, secrets: SignInSecrets) -> dict[str, SecretsValue]:
    """Return what Streamlit signs people in with.

    A sign-in at the provider that is too old for us is asked for anew there (`max_age`).
    """
    provider: dict[str, SecretsValue] = {
        "client_id": sign_in.client_id,
        "client_secret": secrets.client,
        "server_metadata_url": sign_in.provider,
        "authorize_params": {"max_age": int(sign_in.hours * 3600)},
    }
    return {
        "auth": {
            "redirect_uri": sign_in.redirect_address,
            "cookie_secret": secrets.cookie,
            _PROVIDER: provider,
        }
    }


def person_here() -> Person:
    """Return who looks at this session. Raises SignInError where he is not let in."""
    sign_in = get_sign_in()
    if sign_in is None:
        return HOLDER
    return person_of(st.user.to_dict(), sign_in, time.time())


def let_in() -> Person:
    """Return who looks at this session; draw the screen for signing in where he is not let in."""
    try:
        person = person_here()
    except SignInError as error:
        _draw_sign_in(error)
        st.stop()
    if st.session_state.setdefault("person_id", person.id) != person.id:
        st.session_state.clear()  # of who was signed in before
        st.session_state.person_id = person.id
    return person


def draw_person(person: Person) -> None:
    """Draw in the sidebar who is signed in, and the way out; nothing where nobody signs in."""
    if not person.id:
        return
    with st.sidebar, st.container(key="person", horizontal=True, vertical_alignment="center"):
        st.markdown(literal(f"{person.name} ({person.role})"))
        st.button("Sign out", icon=":material/logout:", type="tertiary", on_click=st.logout)


def _draw_sign_in(error: SignInError) -> None:
    st.set_page_config(page_title="Sign in - Rare Earth Assistant")
    st.title("Rare Earth Assistant", anchor=False)
    st.markdown("Answers about rare earths from the sources of this desk, each with its page.")
    if isinstance(error, ExpiredSignInError) or st.user.get("is_logged_in"):
        told = str(error)
        st.warning(literal(f"{told[0].upper()}{told[1:]}."), icon=":material/lock:")
    st.button("Sign in", type="primary", on_click=st.login, args=(_PROVIDER,))
