"""Splitting pages into passages that never cross a page and keep their offsets."""

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Block, Context, Document, Page, Source
from index.embedding import Embedder
from index.passage import Passage

if TYPE_CHECKING:
    from nltk.tokenize import PunktSentenceTokenizer

SPLITTER_VERSION = 6  # raise it when the same pages would be split another way
_PASSAGE_TOKENS = 160  # which leaves title and context room in the 256 that MiniLM reads
_ROW_CHARS = 400  # of what is embedded of a row


def split_document(
    document: Document, tokens: Callable[[str], list[int]], most_tokens: int = _PASSAGE_TOKENS
) -> tuple[Passage, ...]:
    """Return the passages of a document: a table row each, prose in stretches of a section.

    `tokens` gives the embedding model's own tokens, so that lengths are those it will see, and no
    stretch of prose has more than `most_tokens` of them. For every passage
    `page.text[start:end] == text`.
    """
    from llama_index.core.node_parser import SentenceSplitter

    splitter = SentenceSplitter(
        chunk_size=most_tokens,
        chunk_overlap=0,
        tokenizer=tokens,
        paragraph_separator="\n\n",
        chunking_tokenizer_fn=_sentences,
        include_metadata=False,
    )
    passages: list[Passage] = []
    for page in document.pages:
        for block in _merge(page, tokens, most_tokens):
            stretches: list[tuple[int, int]] = [(block.start, block.end)]
            if block.kind != "row":
                text = page.text[block.start : block.end]
                stretches = [
                    (block.start + start, block.start + end)
                    for start, end in _offsets(text, splitter.split_text(text))
                ]
            passages += [_passage(document.source.id, page, block, s, e) for s, e in stretches]
    # Blocks that begin at one place would be one passage to the index: the first is kept.
    return tuple({passage.id: passage for passage in reversed(passages)}.values())[::-1]


def embedded_text(source: Source, passage: Passage) -> str:
    """Return the text that stands for a passage before the embedding model.

    A row is told by its place, its label and the heads of its columns: its figures say nothing
    of what it is about, and long rows by the thousand would take hours.
    """
    if passage.kind != "row" or not passage.row_label:
        return f"{passage_context(source, passage)}\n{passage.text}"
    context = passage.context
    heads = dict.fromkeys(cell.column for cell in passage.cells[1:] if cell.text and cell.column)
    parts = [_about(source), context.section, context.caption, passage.row_label, *heads]
    told = " | ".join(dict.fromkeys(part for part in (*parts, context.unit) if part))
    return told[:_ROW_CHARS]


def fitted_text(source: Source, passage: Passage, embedder: Embedder) -> str:
    """Return the embedded text within the length that the model reads.

    What does not fit is cut from the context that stands before the passage, and of a row, whose
    figures are told by the heads before them, from its end; so the passage itself is read whole.
    """
    text = embedded_text(source, passage)
    if len(text) <= embedder.max_tokens or len(embedder.tokens(text)) <= embedder.max_tokens:
        return text
    context, _, own = text.partition("\n")
    room = embedder.max_tokens - len(embedder.tokens(own))
    if not own or room <= 0:
        return _first_words(text, embedder.max_tokens, embedder)
    return f"{_first_words(context, room, embedder)}\n{own}"


def _first_words(text: str, most_tokens: int, embedder: Embedder) -> str:
    """Return as many first words of a text as have so many tokens."""
    words = text.split(" ")
    while words and (count := len(embedder.tokens(" ".join(words)))) > most_tokens:
        words = words[: min(len(words) - 1, len(words) * most_tokens // count)]
    return " ".join(words)


def passage_tokens(embedder: Embedder) -> int:
    """Return how long a passage may be, in tokens, so that its context fits the model beside it."""
    return min(_PASSAGE_TOKENS, embedder.max_tokens * 2 // 3)


def text_digest(source: Source, passage: Passage) -> str:
    """Return a digest of the embedded text: equal ones have the same vector."""
    return hashlib.sha256(embedded_text(source, passage).encode()).hexdigest()[:32]


def passage_context(source: Source, passage: Passage) -> str:
    """Return the words that place a passage: its source, section, caption, and a row's columns.

    They are embedded and indexed beside the passage, and are no part of what can be quoted.
    """
    context = passage.context
    parts = [_about(source), context.section, context.caption]
    if passage.kind == "row":
        named = (cell for cell in passage.cells if cell.column and len(cell.text) < 60)
        parts.append("; ".join(f"{cell.column}: {cell.text}" for cell in named))
        parts.append(context.unit)
    return " | ".join(dict.fromkeys(part for part in parts if part))[:600]


def _about(source: Source) -> str:
    # A name taken from the file is left out, so that another name of the file changes nothing.
    title = source.title if source.title != Path(source.path).stem else ""
    return ", ".join(part for part in (title, source.publisher, source.edition) if part)


def _merge(page: Page, tokens: Callable[[str], list[int]], most_tokens: int) -> Iterator[Block]:
    """Join neighbouring prose of one section; keep a heading only where nothing stands below it.

    Prose with words between that are in no block, such as those of a website's menu, stays apart.
    """
    pending: Block | None = None
    length = 0
    for position, block in enumerate(page.blocks):
        if block.kind == "heading":
            following = page.blocks[position + 1 : position + 2]
            if following and following[0].kind != "heading":
                continue
            block = Block("prose", block.start, block.end, Context())
        size = len(tokens(page.text[block.start : block.end])) if block.kind != "row" else 0
        fits = (
            pending is not None
            and block.kind == "prose"
            and pending.context.section == block.context.section
            and length + size <= most_tokens
            and not any(map(str.isalnum, page.text[pending.end : block.start]))
        )
        if fits and pending is not None:
            pending = Block("prose", pending.start, block.end, pending.context)
            length += size
            continue
        if pending is not None:
            yield pending
        pending, length = block, size
        if block.kind == "row":
            yield block
            pending = None
    if pending is not None:
        yield pending


def _sentences(text: str) -> list[str]:
    """Return a text sentence by sentence (Punkt, Kiss and Strunk 2006), white space kept.

    The splitter would do the same, but reads a list of words for it that nltk refuses to open
    where an installer such as uv makes hard links.
    """
    starts = [start for start, _ in _punkt().span_tokenize(text)]
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


@cache
def _punkt() -> "PunktSentenceTokenizer":
    from nltk.tokenize import PunktSentenceTokenizer

    return PunktSentenceTokenizer()


def _offsets(text: str, chunks: list[str]) -> list[tuple[int, int]]:
    """Return where each chunk stands, looked for from the end of the one before."""
    found: list[tuple[int, int]] = []
    position = 0
    for chunk in chunks:
        stripped = chunk.strip()
        if not stripped:
            continue
        start = text.find(stripped, position)
        if start < 0:
            # The splitter changed white space inside: take the text up to the next chunk instead.
            return [(0, len(text))]
        position = start + len(stripped)
        found.append((start, position))
    return found or [(0, len(text))]


def _passage(source_id: str, page: Page, block: Block, start: int, end: int) -> Passage:
    return Passage(
        id=f"{source_id}:{page.number}:{start}",
        source_id=source_id,
        page=page.number,
        page_label=page.label,
        start=start,
        end=end,
        text=page.text[start:end],
        kind=block.kind,
        context=block.context,
        cells=block.cells,
        doubts=tuple(doubt for doubt in page.doubts if start <= doubt.start < end),
    )
