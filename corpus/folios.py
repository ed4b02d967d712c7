"""Printed page labels: from the PDF's own labels, else from the folios printed on its pages."""

import re
from collections import Counter
from collections.abc import Sequence

_FOLIO = re.compile(r"(?:page\s+)?(?P<label>[ivxlc]{1,6}|[A-Z]-?\d{1,3}|\d{1,4})", re.IGNORECASE)
_FOLIO_AT_END = re.compile(r"[|•·]\s*(?:page\s+)?(?P<label>\d{1,4})$", re.IGNORECASE)


def page_labels(texts: Sequence[str], own_labels: Sequence[str]) -> tuple[str, ...]:
    """Return the label of each page: the file's own where it has some, else the printed folio.

    A folio counts only where its distance from the PDF's page number is the same on at least
    half of the pages that print one, so that a stray figure on a last line is no label.
    """
    numbers = [str(number) for number in range(1, len(texts) + 1)]
    if list(own_labels) != numbers and len(own_labels) == len(numbers) and all(own_labels):
        return tuple(own_labels)
    folios = [_folios(text) for text in texts]
    shifts = Counter(
        int(folio) - number
        for number, found in enumerate(folios, start=1)
        for folio in found
        if folio.isdigit()
    )
    if not shifts:
        return tuple(numbers)
    shift, count = shifts.most_common(1)[0]
    printing = sum(any(folio.isdigit() for folio in found) for found in folios)
    if count * 2 < printing:
        return tuple(numbers)
    return tuple(
        next(
            (f for f in found if f == str(number + shift)),
            next((f for f in found if not f.isdigit()), str(number)),
        )
        for number, found in enumerate(folios, start=1)
    )


def is_folio(line: str, label: str) -> bool:
    """Tell whether a line holds nothing but the page's printed label."""
    match = _FOLIO.fullmatch(line.strip())
    return bool(match) and match is not None and match["label"] == label


def _folios(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = []
    for line in (*lines[-2:], *lines[:2]):
        match = _FOLIO.fullmatch(line) or _FOLIO_AT_END.search(line)
        if match:
            found.append(match["label"])
    return found
