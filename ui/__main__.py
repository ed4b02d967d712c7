"""Serve the app: `python -m ui [--server.port PORT ...]`, which `rare-earth ui` does.

What the pages stand on is imported before the address is served: whoever opens the app then waits
for one screen, not for half a thousand modules beside it.
"""

import inspect
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware

import ui
from assistant.errors import SettingsError
from assistant.people import load_secrets, load_sign_in
from assistant.settings import load_settings
from ui.gate import Gate
from ui.signing_in import streamlit_secrets


def import_all() -> None:
    """Import every module of the app but its pages, which Streamlit runs for each look at them."""
    for module in walk_packages(ui.__path__, "ui."):
        if module.name not in ("ui.app", "ui.__main__"):
            import_module(module.name)
    # With its first element Streamlit looks at the frames it is called from, for which each module
    # is looked up, a fifth of a second; what is looked up is kept.
    inspect.stack()


def serve(options: Mapping[str, str | int]) -> None:
    """Serve the app by Streamlit's settings until Ctrl-C, behind the gate where people sign in.

    Raises SettingsError.
    """
    script = Path(__file__).with_name("app.py")
    # It warns of each thing that is remembered and made before it runs, as all here are.
    logging.getLogger("streamlit.runtime.caching.cache_data_api").setLevel(logging.ERROR)
    home = load_settings(os.environ).home
    sign_in = load_sign_in(home, os.environ)
    import_all()
    if sign_in is None:
        st.App(script).run(config=options)
        return
    secrets = load_secrets(home, os.environ)
    gate = Middleware(Gate, sign_in=sign_in, cookie_secret=secrets.cookie)
    app = st.App(script, secrets=streamlit_secrets(sign_in, secrets), middleware=[gate])
    # Streamlit hears pages of this name alone, and else asks the web what it is called.
    app.run(config={**options, "browser.serverAddress": urlsplit(sign_in.address).hostname or ""})


def read_options(arguments: Sequence[str]) -> dict[str, str | int]:
    """Return what is given as `--name value`, as Streamlit's settings have it."""
    pairs = zip(arguments[::2], arguments[1::2], strict=True)
    return {
        name.removeprefix("--"): int(value) if value.isdecimal() else value for name, value in pairs
    }


if __name__ == "__main__":
    try:
        serve(read_options(sys.argv[1:]))
    except SettingsError as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:  # which is how it is ended
        pass
