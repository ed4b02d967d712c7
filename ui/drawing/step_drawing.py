"""Draws the steps of a calculation, and the numbers of citations as links to their pages.

Words of sources go through `html.escape`, as in `drawing`.
"""

from collections.abc import Iterable, Mapping
from html import escape

from assistant.answer import Answer, Citation
from ui.page_address import PageAddress


def citation_address(citation: Citation) -> PageAddress:
    """Return the address of the page of a citation, with its quote marked."""
    return PageAddress(citation.source.id, citation.page, citation.start, citation.end)


def marker_html(citation: Citation) -> str:
    """Return the number of a citation as a link to its page; `citation_clicks` hears it first."""
    return (
        f'<a class="marker" target="_blank" title="{escape(citation.quote)}"'
        f' href="{escape(citation_address(citation).link())}">[{citation.number}]</a>'
    )


def markers_html(numbers: Iterable[int], cited: Mapping[int, Citation]) -> str:
    """Return the numbers of citations that are known, each after a space."""
    return "".join(f" {marker_html(cited[number])}" for number in numbers if number in cited)


def steps_html(answer: Answer) -> str:
    """Return the steps of a calculation as a numbered list, each with the numbers it rests on."""
    cited = {citation.number: citation for citation in answer.citations}
    items = "".join(
        f"<li>{escape(step.text)}{markers_html(step.citations, cited)}</li>"
        for step in answer.steps
    )
    return f'<div class="part">How it was worked out</div><ol class="steps">{items}</ol>'
