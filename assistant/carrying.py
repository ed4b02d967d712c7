"""Whether the words of a source carry a sentence of an answer, before it is shown.

A sentence in running words is held against its statement by the same check as a claim (`support`).
One that is put together from the cells of a row says what the cells say, in their own words; of it
each figure must stand in the row or in what is recorded beside it.
"""

import re

from assistant.answer import Verdict
from assistant.candidates import Candidate, cited_context
from assistant.support import check, statement_of

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def carried(text: str, candidate: Candidate) -> Verdict:
    """Return how far a statement of a source carries a sentence."""
    if not candidate.is_row:
        return check(text, statement_of(candidate)).verdict
    context, source = cited_context(candidate), candidate.evidence.source
    told = " | ".join(
        (
            candidate.quote,
            *(f"{cell.text} {cell.column} {cell.measure}" for cell in candidate.cells),
            context.caption,
            *context.header,
            *context.notes,
            source.publisher,
            source.edition,
        )
    )
    return "supported" if _figures(text) <= _figures(told) else "not_found"


def _figures(text: str) -> set[str]:
    return {written.replace(",", "") for written in _FIGURE.findall(text)}
