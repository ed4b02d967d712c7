"""Sources, pages and passages as the catalog keeps them: JSON out, values in."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from corpus.document import Block, Cell, Context, Doubt, Page, Repair, Source
from index.passage import Passage


def dump(values: Sequence[Block] | Sequence[Repair]) -> str:
    """Return blocks or repairs as JSON."""
    return json.dumps([asdict(value) for value in values], ensure_ascii=False)


def load_source(record: str) -> Source:
    """Return the source that a record holds."""
    fields = json.loads(record)
    listed = {name: tuple(fields[name]) for name in ("data_years", "faults")}
    return Source(**fields | listed)


def dump_recognition(page: Page) -> str:
    """Return how surely a page was read as JSON."""
    doubts = [asdict(doubt) for doubt in page.doubts]
    return json.dumps({"confidence": page.confidence, "doubts": doubts, "fault": page.fault})


def load_page(row: tuple[Any, ...]) -> Page:
    """Return the page of a row: number, label, text, blocks, repairs, recognition."""
    number, label, text, blocks, repairs, recognition = row
    how = json.loads(recognition)
    return Page(
        number,
        label,
        text,
        tuple(
            Block(**b | {"context": _context(b["context"]), "cells": _cells(b["cells"])})
            for b in json.loads(blocks)
        ),
        tuple(Repair(**repair) for repair in json.loads(repairs)),
        how["confidence"],
        _doubts(how["doubts"]),
        how["fault"],
    )


def load_passage(record: str) -> Passage:
    """Return the passage that a record holds."""
    fields = json.loads(record)
    values = {
        "context": _context(fields["context"]),
        "cells": _cells(fields["cells"]),
        "doubts": _doubts(fields["doubts"]),
    }
    return Passage(**fields | values)


def _context(record: dict[str, Any]) -> Context:
    return Context(**record | {"header": tuple(record["header"]), "notes": tuple(record["notes"])})


def _doubts(records: Sequence[dict[str, Any]]) -> tuple[Doubt, ...]:
    return tuple(Doubt(**record) for record in records)


def _cells(records: Sequence[dict[str, Any]]) -> tuple[Cell, ...]:
    return tuple(Cell(**record | {"notes": tuple(record["notes"])}) for record in records)
