"""Pages of one file: a template with its style and script inside, which load and send nothing.

What is written into a template is data of documents and answers: it is escaped, and characters that
would hide or reorder text are shown as what they are.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

from assistant.evaluation.reports.cited_places import (
    cited_place,
    place_in_file,
    quote_in_passage,
    titled_place,
    told_beside_quote,
    told_of_source,
)
from assistant.evaluation.reports.measure_groups import score_groups
from assistant.evaluation.reports.shown_numbers import (
    counted,
    shown_change,
    shown_interval,
    shown_p,
    shown_range,
    shown_score,
    shown_seconds,
    shown_time,
)

_FUNCTIONS = (
    cited_place,
    counted,
    place_in_file,
    quote_in_passage,
    score_groups,
    shown_change,
    shown_interval,
    shown_p,
    shown_range,
    shown_score,
    shown_seconds,
    shown_time,
    titled_place,
    told_beside_quote,
    told_of_source,
)
_FOLDER = "assistant.evaluation.reports"
# Controls other than tab and line end; half surrogate pairs; what is no character; and the signs
# that reorder text.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def visible(text: str) -> str:
    """Return a text in which no character acts on those around it: U+202E becomes "⟨U+202E⟩"."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSHOWN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def render_page(template: str, values: Mapping[str, object]) -> bytes:
    """Return a template of this folder, filled, as UTF-8.

    The page may run the one script that is in it, known by its digest, and load nothing at all.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    def shown(value: object) -> object:
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_content),
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update((function.__name__, function) for function in _FUNCTIONS)
    script = _content("report.js")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    page = environment.get_template(template).render(
        style=Markup(_content("report.css")),
        script=Markup(script),
        script_digest=digest,
        **values,
    )
    return page.encode()


@cache
def _content(name: str) -> str:
    return files(_FOLDER).joinpath(name).read_text(encoding="utf-8")
