"""Reading simple HTML: its title and meta fields, and its text as a page of lines."""

import re
from typing import Any

from corpus.blocks import find_blocks
from corpus.document import Page
from corpus.errors import UnreadableSourceError
from corpus.repair import repair_encoding
from corpus.text import ReadText, decode

_SKIPPED = {"script", "style", "noscript", "template", "svg", "nav", "header", "footer", "form"}
_SKIPPED |= {"button", "iframe", "object", "head"}
_BLOCKS = {"p", "div", "section", "article", "main", "ul", "ol", "table", "blockquote", "figure"}
_BLOCKS |= {"figcaption", "caption", "dl", "dt", "dd", "body", "tr", "li", "hr"}
_META = {
    "title": ("og:title",),
    "publisher": ("og:site_name", "dc.publisher", "citation_publisher", "publisher"),
    "author": ("author", "dc.creator"),
    "published": ("article:published_time", "date", "dc.date", "datepublished", "pubdate"),
    "licence": ("dc.rights", "license"),
}


def read_html(data: bytes, name: str) -> ReadText:
    """Read an HTML file. Scripts, forms and navigation are left out, nothing is fetched.

    Headings become lines marked with "#", list items begin with "- " and table rows become pipe
    rows, so that the page reads as it is structured. Raises UnreadableSourceError where there is
    no text.
    """
    from lxml import html
    from lxml.etree import ParserError

    try:
        # As bytes, since lxml refuses a string that declares an encoding, as XHTML does.
        text = decode(data, name).encode()
        root = html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))
    except ParserError as error:
        raise UnreadableSourceError(f"{name}: holds no HTML text; remove it") from error
    meta = {
        (tag.get("name") or tag.get("property") or tag.get("itemprop") or "").lower(): (
            tag.get("content") or ""
        )
        for tag in root.iter("meta")
    }
    fields: dict[str, Any] = {
        field: value
        for field, keys in _META.items()
        if (value := next((meta[key] for key in keys if meta.get(key)), ""))
    }
    fields["language"] = (root.get("lang") or "").split("-")[0]
    if "publisher" not in fields and "author" in fields:
        fields["publisher"] = fields["author"]
    title = re.sub(r"\s+", " ", root.findtext(".//title") or "").strip()
    pieces: list[str] = []
    body = root.find("body")
    _write(root if body is None else body, pieces)
    written = _tidy("".join(pieces))
    if not written:
        raise UnreadableSourceError(
            f"{name}: the page has no text of its own; is it filled in by a script? Save the "
            "page from a browser, or remove it"
        )
    stored, repairs = repair_encoding(written)
    page = Page(1, "1", stored, find_blocks(stored), repairs)
    return ReadText(page, str(fields.get("title", "")) or title, fields)


def _write(element: Any, pieces: list[str], preformatted: bool = False) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _SKIPPED:
        pieces.append(" ")
    elif tag == "br":
        pieces.append("\n")
    elif tag == "tr":
        cells = [cell for cell in element if cell.tag in ("td", "th")]
        row = (re.sub(r"\s+", " ", cell.text_content()).strip() for cell in cells)
        pieces.append("\n| " + " | ".join(cell.replace("|", "/") for cell in row) + " |\n")
    else:
        level = re.fullmatch(r"h([1-6])", tag)
        opening = f"\n\n{'#' * int(level[1])} " if level else "\n- " if tag == "li" else "\n\n"
        in_block = bool(level) or tag in _BLOCKS or tag == "pre"
        if in_block and tag not in ("ul", "ol", "table"):
            pieces.append(opening)
        _write_inside(element, pieces, preformatted or tag == "pre")
        if in_block and tag not in ("li", "caption"):  # a caption stays right above its table
            pieces.append("\n\n" if tag not in ("ul", "ol", "table") else "\n")
    if element.tail:
        pieces.append(element.tail if preformatted else re.sub(r"\s+", " ", element.tail))


def _write_inside(element: Any, pieces: list[str], preformatted: bool) -> None:
    if element.text:
        pieces.append(element.text if preformatted else re.sub(r"\s+", " ", element.text))
    for child in element:
        _write(child, pieces, preformatted)


def _tidy(text: str) -> str:
    lines = [line.strip() for line in text.split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return re.sub(r"\|\n\n(?=\|)", "|\n", text).strip()
