"""Sources, pages and passages as the catalog keeps them: JSON out, values in."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from corpus.document import Block, Context, Page, Repair, Source
from index.passage import Passage


def dump(values: Sequence[Block] | Sequence[Repair]) -> str:
    """Return blocks or repairs as JSON."""
    return json.dumps([asdict(value) for value in values], ensure_ascii=False)


def _context(record: dict[str, Any]) -> Context:
    return Context(**record | {"header": tuple(record["header"]), "notes": tuple(record["notes"])})


def load_source(record: str) -> Source:
    """Return the source that a record holds."""
    fields = json.loads(record)
    return Source(**fields | {"data_years": tuple(fields["data_years"])})


def load_page(row: tuple[Any, ...]) -> Page:
    """Return the page of a row: number, label, text, blocks, repairs."""
    number, label, text, blocks, repairs = row
    return Page(
        number,
        label,
        text,
        tuple(
            Block(**b | {"context": _context(b["context"]), "cells": tuple(b["cells"])})
            for b in json.loads(blocks)
        ),
        tuple(Repair(**repair) for repair in json.loads(repairs)),
    )


def load_passage(record: str) -> Passage:
    """Return the passage that a record holds."""
    fields = json.loads(record)
    return Passage(
        **fields | {"context": _context(fields["context"]), "cells": tuple(fields["cells"])}
    )
