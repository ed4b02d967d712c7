"""What of the evidence a language model is given: the passages whose statements answer best.

A passage that says nothing of what is asked is not given, however near it was found: what a
document says beside the matter, to its reader or to a machine, never reaches the model.
"""

import hashlib
from collections.abc import Sequence

from assistant.answer import page_place
from assistant.candidates import row_text, statement_texts
from assistant.finding import Found, Part
from assistant.prompts import PromptEvidence
from assistant.weighing import Weighed
from assistant.writing.plain_text import readable
from index.passage import Evidence

_PASSAGES = 10
_CHARS = 9_000  # of all passages together: some 2,300 tokens
_MARGIN = 4.0  # how far below the best statement a passage's best may score
_CELLS = 24  # of a row
_KEY_CHARS = 4


def offered(found: Found) -> tuple[PromptEvidence, ...]:
    """Return what is put before the model, best first, each piece under a key of its own.

    The same question over the same evidence gives the same keys; none of them stands in a text.
    """
    pieces = _within(_CHARS, [_as_read(item) for item in _passages(found)])
    told = " ".join((found.asked.standalone, *(piece.text for piece in pieces))).lower()
    keys = _keys(len(pieces), told)
    return tuple(
        PromptEvidence(key, piece.about, piece.text)
        for key, piece in zip(keys, pieces, strict=True)
    )


def _passages(found: Found) -> list[Evidence]:
    """Return the passages of the statements chosen for an answer, then of those near them."""
    chosen = [one for part in found.parts for one in part.choice.statements]
    near = [one for part in found.parts for one in _near(part)]
    by_id = {one.candidate.evidence.passage.id: one.candidate.evidence for one in (*chosen, *near)}
    return list(by_id.values())[:_PASSAGES]


def _near(part: Part) -> Sequence[Weighed]:
    statements = part.weighing.statements
    if not part.choice.statements:
        return ()
    return [one for one in statements if one.score >= statements[0].score - _MARGIN]


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
    text = row_text(item, passage.cells[1 : _CELLS + 1]) if is_row else _prose(item)
    told = tuple((name, readable(words)) for name, words in about if words)
    return PromptEvidence("", told, readable(text))


def _prose(item: Evidence) -> str:
    return " ".join(statement_texts(item.passage))


def _within(chars: int, pieces: Sequence[PromptEvidence]) -> list[PromptEvidence]:
    """Return the first pieces that fit; the first one always."""
    kept: list[PromptEvidence] = []
    for piece in pieces:
        chars -= len(piece.text)
        if chars < 0 and kept:
            break
        kept.append(piece)
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
