"""What of the evidence a language model is given: the passages that answer best, then the others.

A passage that states nothing is not given, however near it was found: what a document says to its
reader or to a machine never reaches the model.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import page_place
from assistant.extractive import Found, holds_statement, row_text, statement_texts
from assistant.prompts import PromptEvidence
from corpus.instructions import is_instruction, readable
from index.passage import Evidence

_PASSAGES = 20
_CHARS = 12_000  # of all passages together: some 3,000 tokens
_CELLS = 24  # of a row
_KEY_CHARS = 4


@dataclass(frozen=True, slots=True)
class Offered:
    """A piece of evidence with what a model is shown of it."""

    prompt: PromptEvidence
    evidence: Evidence


def offered(found: Found) -> tuple[Offered, ...]:
    """Return what is put before the model, best first, each piece under a key of its own.

    The same question over the same evidence gives the same keys; none of them stands in a text.
    """
    pieces = _within(_CHARS, [(item, _as_read(item)) for item in _passages(found)])
    told = " ".join((found.retrieved.standalone, *(piece.text for _, piece in pieces))).lower()
    keys = _keys(len(pieces), told)
    return tuple(
        Offered(PromptEvidence(key, piece.about, piece.text), item)
        for key, (item, piece) in zip(keys, pieces, strict=True)
    )


def _passages(found: Found) -> list[Evidence]:
    """Return the passages of the statements chosen for an answer, then all others as found."""
    retrieved = found.retrieved
    chosen = [one.candidate.evidence for part in found.parts for one in part.choice.candidates]
    of_parts = [item for part in retrieved.parts for item in part.evidence]
    by_id = {item.passage.id: item for item in (*chosen, *retrieved.evidence, *of_parts)}
    return [item for item in by_id.values() if _states(item)][:_PASSAGES]


def _states(item: Evidence) -> bool:
    if item.passage.kind == "row":
        return not is_instruction(_row(item))
    return holds_statement(item.passage)


def _as_read(item: Evidence) -> PromptEvidence:
    """Return a passage as the model reads it, without a key yet."""
    passage, source = item.passage, item.source
    context = passage.context
    is_row = passage.kind == "row"
    about = (
        ("title", source.title),
        ("publisher", source.publisher or source.author),
        ("edition", " ".join(filter(None, (source.edition, source.version)))),
        ("published", source.published),
        ("page", page_place(source, passage.page, passage.page_label)),
        ("section", context.section),
        ("table", context.caption),
        ("unit", context.unit if is_row else ""),
        ("notes", " | ".join(context.notes)),
    )
    text = _row(item) if is_row else " ".join(statement_texts(passage))
    told = tuple(
        (name, _on_one_line(words)) for name, words in about if words and not is_instruction(words)
    )
    return PromptEvidence("", told, _on_one_line(text))


def _on_one_line(text: str) -> str:
    """Return a text as a reader sees it: without signs that do not show and marks of fences."""
    return " ".join(readable(text).split())


def _row(item: Evidence) -> str:
    cells = [cell for cell in item.passage.cells[1:] if cell.text]
    return row_text(item, cells[:_CELLS])


def _within(
    chars: int, pieces: Sequence[tuple[Evidence, PromptEvidence]]
) -> list[tuple[Evidence, PromptEvidence]]:
    """Return the first pieces that fit; the first one always."""
    kept: list[tuple[Evidence, PromptEvidence]] = []
    for item, piece in pieces:
        chars -= len(piece.text)
        if chars < 0 and kept:
            break
        kept.append((item, piece))
    return kept


def _keys(count: int, told: str) -> list[str]:
    """Return so many keys that stand nowhere in a text: "k4f7"."""
    keys: list[str] = []
    number = 0
    while len(keys) < count:
        digest = hashlib.sha256(f"{number} {told}".encode()).hexdigest()
        key = f"k{digest[:_KEY_CHARS]}"
        if key not in told and key not in keys:
            keys.append(key)
        number += 1
    return keys
