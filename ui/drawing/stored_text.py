"""Draws the stored text of a page: tables, headings and lists as such, the quote marked."""

import re
from collections.abc import Iterator
from itertools import groupby

import streamlit as st

from ui.drawing.drawing import marked

_SHOWN_CHARS = 60_000  # of one page; a browser stalls over a data file of megabytes
_CELL = re.compile(r"(?:\\.|[^|\\])*")
_RULE = re.compile(r"[|\-: \t]+")  # between the head of a Markdown table and its rows
# Marks of Markdown at the beginning of a line; "- 5" may be a figure.
_MARKS = {
    "heading": re.compile(r"#{1,6}[ \t]+(?=\S)"),
    "item": re.compile(r"[ \t]*[-*+][ \t]+(?=[^\s\d|*+-]|\*\*)"),
}
_FIGURE = re.compile(r"[-−+~<>(]*[$€¥£]?\d[\d.,  ]*[%)]*")
_SCROLL_TO_MARK = """<script data-place="{place}">
setTimeout(() => {{ // once the text of the page before is gone
  for (const box of document.querySelectorAll(".stored-text")) {{
    const quote = box.querySelector("mark");
    if (quote) box.scrollTop += quote.getBoundingClientRect().top
      - box.getBoundingClientRect().top - box.clientHeight / 3;
  }}
}}, 100);
</script>"""

_Stretch = tuple[int, int]  # where something begins and ends in a text


def draw_stored_text(text: str, start: int, end: int) -> None:
    """Draw the stored text of a page, scrolled to the marked quote; of a huge page, what is near.

    The script is ours alone: it moves the text inside its box, and no word of a source is in it.
    """
    first = max(0, min(start, len(text)) - _SHOWN_CHARS // 2)
    shown = text[first : first + _SHOWN_CHARS]
    if len(shown) < len(text):
        st.html(
            f'<div class="quiet">Characters {first + 1:,} to {first + len(shown):,} '
            f"of {len(text):,} are shown.</div>"
        )
    st.html(
        '<div class="stored-text" role="region" tabindex="0" aria-label="Stored text">'
        f"{stored_html(shown, start - first, end - first)}</div>"
    )
    if end > start:
        st.html(_SCROLL_TO_MARK.format(place=f"{start}-{end}"), unsafe_allow_javascript=True)


def stored_html(text: str, start: int, end: int) -> str:
    """Return stored text as HTML with `text[start:end]` marked.

    Lines of cells are tables; headings and items of lists stand without their marks.
    """
    return "".join(_pieces(text, (start, end)))


def _pieces(text: str, quote: _Stretch) -> Iterator[str]:
    for kind, group in groupby(_lines(text), lambda line: _kind(text[slice(*line)])):
        lines = list(group)
        if kind == "cells" and len(lines) > 1:
            yield _table(text, lines, quote)
        elif kind in _MARKS:
            yield from (_block(text, line, kind, quote) for line in lines)
        else:
            yield _marked(text, (lines[0][0], lines[-1][1]), quote)


def _kind(line: str) -> str:
    """Return what a line is drawn as: "cells", "heading", "item", or "" as it stands."""
    if "|" in line:
        return "cells"
    return next((kind for kind, mark in _MARKS.items() if mark.match(line)), "")


def _block(text: str, line: _Stretch, kind: str, quote: _Stretch) -> str:
    """Return a heading or an item of a list without its mark."""
    start, end = line
    mark = _MARKS[kind].match(text, start, end)
    first = mark.end() if mark else start
    last = start + len(text[start:end].rstrip())
    return f'<div class="stored-{kind}">{_marked(text, (first, last), quote)}</div>'


def _lines(text: str) -> Iterator[_Stretch]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _table(text: str, lines: list[_Stretch], quote: _Stretch) -> str:
    """Return lines of cells as a table; its head is what stands above a rule, else its first."""
    rules = [at for at, line in enumerate(lines) if _RULE.fullmatch(text[slice(*line)].strip())]
    heads = rules[0] if rules else 1
    rows = [(at, line) for at, line in enumerate(lines) if at not in rules]
    told = (_row(text, line, "th" if at < heads else "td", quote) for at, line in rows)
    return f'<div class="stored-table"><table>{"".join(told)}</table></div>'


def _row(text: str, line: _Stretch, element: str, quote: _Stretch) -> str:
    cells = "".join(
        f"<{element}{_alignment(text[slice(*cell)])}>{_marked(text, cell, quote)}</{element}>"
        for cell in _cells(text, line)
    )
    return f"<tr>{cells}</tr>"


def _cells(text: str, line: _Stretch) -> Iterator[_Stretch]:
    """Yield the cells of a line, without the bars that frame it."""
    start, end = line
    end = start + len(text[start:end].rstrip())
    if text[start:end].lstrip().startswith("|"):
        start = text.index("|", start) + 1
        end -= text[start:end].endswith("|")
    while start <= end:
        cell = _CELL.match(text, start, end)
        last = cell.end() if cell else end
        words = text[start:last].strip()
        first = text.index(words, start) if words else last
        yield first, first + len(words)
        start = last + 1


def _alignment(cell: str) -> str:
    return ' class="figure"' if _FIGURE.fullmatch(cell) else ""


def _marked(text: str, stretch: _Stretch, quote: _Stretch) -> str:
    """Return a stretch of a text as HTML, with what of the quote is in it marked."""
    first, last = stretch
    start, end = max(quote[0], first), min(quote[1], last)
    return marked(text[first:last], start - first, end - first)
