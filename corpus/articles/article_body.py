"""Writing the body of an article, be it plain text, Markdown or HTML, into a page."""

import html
import re
from itertools import groupby

from corpus.document import Block, Page, original_text
from corpus.errors import UnreadableSourceError
from corpus.html.opening import open_html
from corpus.html.parts import find_parts
from corpus.html.pruning import prune
from corpus.html.writing import write_parts
from corpus.page_writer import PageWriter
from corpus.text.blocks import find_blocks_to_write

_TAG = re.compile(
    r"</?(?:\w+:)?(?:p|div|br|hr|ul|ol|li|dl|dt|dd|table|t[rdh]|thead|tbody|h[1-6]|span|a|b|i|u"
    r"|em|strong|sub|sup|small|img|figure|blockquote|article|section|main|pre|code|font|center"
    r"|script|style|iframe|italic|bold|sec|title|html|body)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?<=<)\w+:(?=\w)|(?<=</)\w+:(?=\w)")
_TOKEN = re.compile(r"\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|<%[^<>]{0,200}%>|\$\{[^{}]{0,200}\}")
_PLACEHOLDER = re.compile(r"(?:loading|undefined|null|none|nan|n/a)\W*", re.IGNORECASE)
_PARAGRAPH_CHARS = 80  # lines of this mean length are whole paragraphs


def looks_like_html(words: str) -> bool:
    """Tell whether words hold HTML markup."""
    return "<" in words and _TAG.search(words) is not None


def only_words(words: str) -> str:
    """Return words on one line, without markup, entities and template tokens."""
    if looks_like_html(words):
        words = _TAG.sub(" ", words)
    words = re.sub(r"\s+", " ", html.unescape(_TOKEN.sub(" ", words))).strip()
    return "" if _PLACEHOLDER.fullmatch(words) else words


def write_body(writer: PageWriter, body: str, title: str = "") -> bool:
    """Write a body into a page; return whether it had any text.

    Paragraphs of template tokens alone are left out, and so is the title where the body begins
    with it again.
    """
    if looks_like_html(body):
        return _write_html(writer, body, title)
    page = _text_page(body)
    blocks = [block for block in page.blocks if block.cells or only_words(_words(page, block))]
    if blocks and _is_title(_words(page, blocks[0]), title):
        del blocks[0]
    _copy(writer, page, blocks)
    return any(block.kind != "heading" for block in blocks)


def _write_html(writer: PageWriter, body: str, title: str) -> bool:
    try:
        root = open_html(f"<html><body><main>{_PREFIX.sub('', body)}</main></body></html>", "body")
    except UnreadableSourceError:
        return False
    prune(root)
    parts = [part for part in find_parts(root) if part.kind == "table" or only_words(part.text)]
    if parts and _is_title(parts[0].text, title):
        del parts[0]
    write_parts(writer, parts, [True] * len(parts))
    return any(part.kind not in ("heading", "blank") for part in parts)


def _is_title(words: str, title: str) -> bool:
    return title != "" and " ".join(words.strip("# ").split()).casefold() == title.casefold()


def _text_page(body: str) -> Page:
    text = html.unescape(body) if re.search(r"&#?\w+;", body) else body
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    lines = [line for line in text.split("\n") if line.strip()]
    if "\n\n" not in text and "|" not in text and len(text) > _PARAGRAPH_CHARS * len(lines):
        text = "\n\n".join(lines)
    return Page(1, "", text, find_blocks_to_write(text))


def _copy(writer: PageWriter, page: Page, blocks: list[Block]) -> None:
    """Write the blocks of one page again into another; the rows of a table stay together."""
    tables = (
        (is_table, list(group))
        for (is_table, _), group in groupby(
            blocks, key=lambda b: (bool(b.cells), b.context if b.cells else None)
        )
    )
    held = ""  # the last paragraph: it may be the caption of what follows
    for is_table, group in tables:
        if not is_table:
            for block in group:
                writer.prose(held)
                held = ""
                if block.kind == "heading":
                    writer.heading(_words(page, block).strip("#= "))
                else:
                    held = _words(page, block)
            continue
        context = group[0].context
        lead, _, last = held.rpartition("\n")
        captioned = context.caption and last.strip().endswith(context.caption)
        writer.prose(lead if captioned else held)
        held = ""
        rows = [[cell.text for cell in block.cells] for block in group]
        head = [list(context.header)] if any(context.header) else []
        writer.table([*head, *rows], context.caption, context.notes, len(head))
    writer.prose(held)


def _words(page: Page, block: Block) -> str:
    return original_text(page, block.start, block.end)
