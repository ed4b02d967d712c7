"""What axe-core says against a screen, in each look of it."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LOOKS = (  # the first two show each scheme and each width
    ("light", 1440),
    ("dark", 390),
    ("light", 390),
    ("dark", 1440),
)
GRAVE = ("serious", "critical")
# What no style or setting of ours can mend, by axe-core's rule: within what, and why.
OF_STREAMLIT = {
    "list": ("[data-testid=stSidebarNav]", "on a narrow screen its list of pages holds divs"),
    "listitem": ("[data-testid=stSidebarNav]", "the pages of that list stand in those divs"),
}


def grave_faults(screen: Page, looks: int = 2) -> list[str]:
    """Return what is serious or critical in so many looks, apart from what is Streamlit's own."""
    found: list[str] = []
    for scheme, width in LOOKS[:looks]:
        screen.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        screen.set_viewport_size({"width": width, "height": 900})
        screen.wait_for_timeout(500)  # of a drawer that slides, colours that fade
        held = Axe().run(screen).response["violations"]
        found += [f"{scheme} {width} {told}" for one in held for told in _grave(screen, one)]
    return found


def _grave(screen: Page, violation: dict[str, Any]) -> Iterator[str]:
    """Yield where a rule is broken gravely, apart from what is Streamlit's own."""
    if violation["impact"] not in GRAVE:
        return
    excused, _ = OF_STREAMLIT.get(violation["id"], (":not(*)", ""))
    for node in violation["nodes"]:
        [target] = node["target"]
        if screen.locator(target).evaluate(
            "(element, within) => element.closest(within) === null", excused
        ):
            why = "; ".join(one["message"] for one in node["any"] + node["all"] + node["none"])
            yield f"{violation['id']}: {target} {node['html'][:200]} {why}"
