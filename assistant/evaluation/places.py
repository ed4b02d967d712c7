"""Whether a piece of evidence or a citation, in its JSON form, lies at an expected place."""

import csv
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.evaluation.case import ExpectedPlace
from assistant.evaluation.matching import contains_form

# A table may be stored as it was or with other bars between its cells.
_DELIMITERS = (",", "\t", "|", ";")
_CELL_BAR = " | "


def same_file(path: str, file: str) -> bool:
    """Tell whether one path ends in the whole of the other, component by component.

    Either may be the longer: what was added may lie above or below the folder of the case file.
    """
    parts, expected = (
        tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
        for name in (path, file)
    )
    shorter = min(len(parts), len(expected))
    return shorter > 0 and parts[-shorter:] == expected[-shorter:]


def is_table(path: str) -> bool:
    """Tell whether places in this file are rows rather than pages."""
    return path.lower().endswith(".csv")


def spread_cells(text: str) -> str:
    """Return rows of comma-separated cells with a bar between cells, so that 812,250 is two."""
    return "\n".join(_CELL_BAR.join(cells) for cells in _rows(text, ","))


def holds_row(text: str, row: str) -> bool:
    """Tell whether one row of `text` holds the cells of `row`, in order and without a gap."""
    wanted = spread_cells(row)
    return any(
        contains_form(_CELL_BAR.join(cells), wanted)
        for delimiter in _DELIMITERS
        if delimiter in text
        for cells in _rows(text, delimiter)
    )


def evidence_is_at(entry: Mapping[str, Any], place: ExpectedPlace) -> bool:
    """Tell whether a piece of evidence lies at the place."""
    return _is_at(entry["path"], entry, entry["text"], place)


def citation_is_at(
    citation: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]], place: ExpectedPlace
) -> bool:
    """Tell whether a citation lies at the place; its row is read from the evidence around it."""
    text = _lines_of(citation, evidence)
    return _is_at(citation["source"]["path"], citation, text, place)


def _is_at(path: str, found: Mapping[str, Any], text: str, place: ExpectedPlace) -> bool:
    if not same_file(path, place.file):
        return False
    if is_table(place.file) and place.quote:
        return holds_row(text, place.quote)
    if place.page is None and not place.page_label:
        return True
    by_number = place.page is not None and found["page"] == place.page
    return by_number or (place.page_label != "" and found["page_label"] == place.page_label)


def _lines_of(citation: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> str:
    """Return the whole lines in which the quote stands, or the quote where none is known."""
    for entry in evidence:
        if (
            entry["source_id"] == citation["source"]["id"]
            and entry["page"] == citation["page"]
            and entry["start"] <= citation["start"]
            and citation["end"] <= entry["end"]
        ):
            text: str = entry["text"]
            start = text.rfind("\n", 0, citation["start"] - entry["start"]) + 1
            end = text.find("\n", citation["end"] - entry["start"])
            return text[start : end if end >= 0 else len(text)]
    quote: str = citation["quote"]
    return quote


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:  # a cell past the limit of the csv module: not a table of this kind
        return [[text]]
