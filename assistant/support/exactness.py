"""Whether a sentence gives a figure as exactly as its statement does: about, at least, of what."""

import re
from collections.abc import Iterator, Sequence

from assistant.support.facets import values
from assistant.support.figure_checks import same_claimed
from assistant.support.reading import Figure, Sentence, figures_in
from assistant.support.statement import Statement
from assistant.support.support import Reason

_HEDGED = re.compile(
    r"\b(?:about|around|roughly|approximately|nearly|almost|some|close to|circa|estimated|"
    r"estimates?|put at|under|over|less|more|least|most|up to)\b|[~≈<>]",
    re.IGNORECASE,
)
_BOUNDS = {
    "above": re.compile(
        r"\b(?:more|over|above|at least|exceed\w*|minimum|greater|higher|larger|from)\b|[>≥+]",
        re.IGNORECASE,
    ),
    "below": re.compile(
        r"\b(?:less|under|below|up to|at most|maximum|not exceeding|fewer|lower|no more|"
        r"not more|within)\b|[<≤]",
        re.IGNORECASE,
    ),
}
_WORDED = re.compile(  # "in less than a year"
    r"\b(?:(?P<more>more|greater|longer|later)|less|fewer|shorter|earlier) than "
    r"(?P<what>(?:an?|one|half|two|three) [a-z]+)",
    re.IGNORECASE,
)
_ZERO = re.compile(r"\b(?:zero|nil)\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:zero|nil|no|none)\b|(?<![\d.,])0(?![\d.,])", re.IGNORECASE)
_OF_WHAT = re.compile(r"[^,;.:|—]{0,80}")
_OF = re.compile(r"\b(?:tons?|tonnes?|t|kilograms?|kg) of [a-z]")


def check_exactness(
    claim: Sentence, held: Sequence[Figure], statement: Statement
) -> Iterator[Reason]:
    """Yield for each figure of a sentence that stands nowhere, or less exactly, or of another.

    "Exactly 12" is not carried by "about 12", nor "more than 12" by "12".
    """
    own = f"{statement.own_words} | {statement.caption if statement.is_row else ''}"
    around = figures_in(statement.caption)
    for figure in claim.figures:
        same = [h for h in held if same_claimed(figure, h, claim)]
        if not same and not any(same_claimed(figure, h, claim) for h in around):
            yield Reason("figure", figure.quantity.text, False)
            continue
        bound = figure.quantity.bound
        if bound in _BOUNDS and not _BOUNDS[bound].search(own):
            yield Reason("bound", figure.quantity.text, True)
        if same and bound == "about" and all(h.quantity.bound in _BOUNDS for h in same):
            yield Reason("bound", figure.quantity.text, True)  # "about 90" of "over 90"
        is_about = bool(same) and all(h.quantity.bound == "about" for h in same)
        if is_about and not bound and not _HEDGED.search(claim.text):
            yield Reason("bound", figure.quantity.text, True)
        if same and bound == "about" and not any(_rounds(figure, h) for h in same):
            yield Reason("figure", figure.quantity.text, True)
        if not statement.is_row and same and not _is_of_same(figure, same, claim, statement):
            yield Reason("basis", figure.quantity.text, True)
    told = {m["what"].lower(): bool(m["more"]) for m in _WORDED.finditer(own)}
    for match in _WORDED.finditer(claim.text):
        if told.get(match["what"].lower(), bool(match["more"])) != bool(match["more"]):
            yield Reason("bound", match[0], True)
    if _ZERO.search(claim.text) and not _NONE.search(statement.own_words):
        yield Reason("figure", "zero", False)


def _rounds(figure: Figure, held: Figure) -> bool:
    """Tell whether "about 45,600" is a rounded 45,592: no digit of it may be of another value."""
    said, told = figure.quantity, held.quantity
    if not re.search(r"\d", said.text) or told.bound == "about":
        return True
    return abs(said.low - told.low) <= said.place and abs(said.high - told.high) <= said.place


def _is_of_same(
    figure: Figure, same: Sequence[Figure], claim: Sentence, statement: Statement
) -> bool:
    """Tell whether a figure is of the same thing in both: tons of oxide, tons of concentrate."""
    said = values(_what(claim.text, figure), "basis")
    if not said:
        return True
    for text in (_what(statement.quote, held) for held in same):
        told = values(text, "basis")
        if said & told or not (told or _OF.search(text)):
            return True
    return False


def _what(text: str, figure: Figure) -> str:
    found = _OF_WHAT.match(text, figure.quantity.end)
    return text[figure.quantity.start : found.end() if found else figure.quantity.end]
