"""Pages and passages as the catalog keeps them: compact JSON out, values in."""

import json
import zlib
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from corpus.document import Page
from corpus.records import (
    cell_record,
    load_cells,
    load_context,
    load_doubts,
    load_page,
    page_record,
)
from index.passage import Passage

_REMEMBERED = 4_000  # passages: several searches of one question find many of the same
PAGE_COLUMNS = "number, label, text, blocks, repairs, recognition"


def page_row(page: Page) -> tuple[Any, ...]:
    """Return the columns of a page; its blocks, many times its text in size, are compressed."""
    record = page_record(page)
    return (
        page.number,
        page.label,
        page.text,
        zlib.compress(_dump(record["blocks"]).encode()),
        _dump(record["repairs"]),
        _dump(record["recognition"]),
    )


def page_of_row(row: tuple[Any, ...]) -> Page:
    """Return the page of a row with the columns of `PAGE_COLUMNS`."""
    number, label, text, blocks, repairs, recognition = row
    return load_page(
        {
            "number": number,
            "label": label,
            "text": text,
            "blocks": json.loads(zlib.decompress(blocks)),
            "repairs": json.loads(repairs),
            "recognition": json.loads(recognition),
        }
    )


def passage_column(passage: Passage) -> str:
    """Return the record of a passage."""
    return _dump(asdict(passage) | {"cells": [cell_record(cell) for cell in passage.cells]})


@lru_cache(maxsize=_REMEMBERED)
def passage_of_column(record: str) -> Passage:
    """Return the passage that a record holds."""
    fields = json.loads(record)
    values = {
        "context": load_context(fields["context"]),
        "cells": load_cells(fields["cells"]),
        "doubts": load_doubts(fields["doubts"]),
    }
    return Passage(**fields | values)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
