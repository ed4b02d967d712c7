"""Draws the steps of a calculation, and the numbers by which sentences and steps are cited.

Words of sources go through `html.escape`, as in `drawing`.
"""

from collections.abc import Sequence
from html import escape

from assistant.answer import Answer, Citation
from ui.page_address import PageAddress


def citation_address(citation: Citation) -> PageAddress:
    """Return the address of the page of a citation, with its quote marked."""
    return PageAddress(citation.source.id, citation.page, citation.start, citation.end)


def markers_html(numbers: Sequence[int], cited: dict[int, Citation]) -> str:
    """Return the numbers of citations as links that open the cited page in a new tab."""
    return "".join(
        f' <a class="marker" target="_blank" title="{escape(cited[number].quote)}"'
        f' href="{escape(citation_address(cited[number]).link())}">[{number}]</a>'
        for number in numbers
        if number in cited
    )


def steps_html(answer: Answer) -> str:
    """Return the steps of a calculation as a numbered list, each with the numbers it rests on."""
    cited = {citation.number: citation for citation in answer.citations}
    items = "".join(
        f"<li>{escape(step.text)}{markers_html(step.citations, cited)}</li>"
        for step in answer.steps
    )
    return f'<div class="part">How it was worked out</div><ol class="steps">{items}</ol>'
