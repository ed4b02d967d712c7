"""Serve the app: `python -m ui [--server.port PORT ...]`, which `rare-earth ui` does.

What the pages stand on is imported before the address is served: whoever opens the app then waits
for one screen, not for half a thousand modules beside it.
"""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from streamlit.web.cli import main

import ui


def import_all() -> None:
    """Import every module of the app but its pages, which Streamlit runs for each look at them."""
    for module in walk_packages(ui.__path__, "ui."):
        if module.name not in ("ui.app", "ui.__main__"):
            import_module(module.name)


if __name__ == "__main__":
    import_all()
    sys.argv[1:1] = ["run", str(Path(__file__).with_name("app.py"))]
    sys.exit(main(prog_name="streamlit"))
