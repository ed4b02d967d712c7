"""Sources and pages as plain JSON values, and back: for the catalog and between processes."""

from dataclasses import asdict
from typing import Any

from corpus.document import Block, Cell, Context, Document, Doubt, Page, Repair, Source

_Head = tuple[str, int, str, str, tuple[str, ...]]  # what the cells of a column have in common

_LISTS = ("data_years", "faults", "entities", "remarks")  # of a source
_PLACES = ("text", "start", "end")  # of a cell: always kept


def source_record(source: Source) -> dict[str, Any]:
    """Return a source as JSON values."""
    return asdict(source)


def load_source(record: dict[str, Any]) -> Source:
    """Return the source that a record holds."""
    return Source(**record | {name: tuple(record[name]) for name in _LISTS})


def page_record(page: Page) -> dict[str, Any]:
    """Return a page as JSON values.

    Blocks that share a context name it by number, and so do cells with the head of their column.
    A cell is a list of start, end, number of its head and, where it is not what stands there, text.
    """
    contexts: dict[Context, int] = {}
    heads: dict[_Head, int] = {}
    blocks = [
        {
            "kind": block.kind,
            "start": block.start,
            "end": block.end,
            "context": contexts.setdefault(block.context, len(contexts)),
            "cells": [_cell_in_page(cell, page.text, heads) for cell in block.cells],
        }
        for block in page.blocks
    ]
    return {
        "number": page.number,
        "label": page.label,
        "text": page.text,
        "blocks": {
            "contexts": [asdict(context) for context in contexts],
            "heads": list(heads),
            "blocks": blocks,
        },
        "repairs": [asdict(repair) for repair in page.repairs],
        "recognition": {
            "confidence": page.confidence,
            "doubts": [asdict(doubt) for doubt in page.doubts],
            "fault": page.fault,
        },
    }


def load_page(record: dict[str, Any]) -> Page:
    """Return the page that a record holds."""
    recognition = record["recognition"]
    text: str = record["text"]
    contexts = [load_context(context) for context in record["blocks"]["contexts"]]
    heads: list[_Head] = [(*head, tuple(notes)) for *head, notes in record["blocks"]["heads"]]
    return Page(
        record["number"],
        record["label"],
        text,
        tuple(
            Block(
                block["kind"],
                block["start"],
                block["end"],
                contexts[block["context"]],
                tuple(
                    Cell(own[0] if own else text[start:end], start, end, *heads[head])
                    for start, end, head, *own in block["cells"]
                ),
            )
            for block in record["blocks"]["blocks"]
        ),
        tuple(Repair(**repair) for repair in record["repairs"]),
        recognition["confidence"],
        load_doubts(recognition["doubts"]),
        recognition["fault"],
    )


def document_record(document: Document) -> dict[str, Any]:
    """Return a document as JSON values."""
    return {
        "source": source_record(document.source),
        "pages": [page_record(page) for page in document.pages],
    }


def load_document(record: dict[str, Any]) -> Document:
    """Return the document that a record holds."""
    pages = tuple(load_page(page) for page in record["pages"])
    return Document(load_source(record["source"]), pages)


def _cell_in_page(cell: Cell, text: str, heads: dict[_Head, int]) -> list[int | str]:
    key = (cell.column, cell.year, cell.unit, cell.basis, cell.notes)
    record: list[int | str] = [cell.start, cell.end, heads.setdefault(key, len(heads))]
    return record if text[cell.start : cell.end] == cell.text else [*record, cell.text]


def cell_record(cell: Cell) -> dict[str, Any]:
    """Return a cell as JSON values; what is empty is left out, as most cells say little."""
    return {name: value for name, value in asdict(cell).items() if value or name in _PLACES}


def load_cells(records: list[dict[str, Any]]) -> tuple[Cell, ...]:
    """Return the cells that records hold."""
    return tuple(Cell(**record | {"notes": tuple(record.get("notes", ()))}) for record in records)


def load_context(record: dict[str, Any]) -> Context:
    """Return the context that a record holds."""
    return Context(**record | {"header": tuple(record["header"]), "notes": tuple(record["notes"])})


def load_doubts(records: list[dict[str, Any]]) -> tuple[Doubt, ...]:
    """Return the doubts that records hold."""
    return tuple(Doubt(**record) for record in records)
