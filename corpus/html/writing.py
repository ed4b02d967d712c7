"""Writing the parts of a web page: captions and notes go with their table, short lists together."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from corpus.html.parts import Part
from corpus.html.tables import lines_of
from corpus.html.words import cut, tokens_of
from corpus.page_writer import PageWriter
from corpus.repair.marked import Marked, join
from corpus.tables.note_lines import is_key_line, is_note
from corpus.tables.units import is_unit_line

_LIST_CHARS = 700  # of a list that is one passage, with the words that lead to it
_CAPTION = re.compile(r"(?:Table|Exhibit)\s+[\w.-]*\d", re.IGNORECASE)
_CAPTION_CHARS = 300
_NOTE = re.compile(
    r"(?:notes?|sources?|footnotes?|legend|abbreviations?)\b\s*[:.]|\*+\s?\w|[†‡§]"
    r"|[\[(]\w{1,2}[\])]\s|n\.?a\.?\b|[-–—]{1,2}\s*(?:zero|nil)\b",
    re.IGNORECASE,
)
_NOTE_IN_CAPTION = re.compile(r"[.;)]\s+(?=[*†‡§]\s?\w|Notes?:|Sources?:)")
_UNIT_LINE = re.compile(r"\n[(\[][^\n]*[)\]]\s*\Z")
_NOTE_CHARS = 700


def write_parts(writer: PageWriter, parts: Sequence[Part], chosen: Sequence[bool]) -> None:
    """Write the parts that were chosen as blocks, and the others beside them as asides."""
    for is_chosen, group in _group(parts, chosen):
        first = group[0]
        tables = [part for part in group if part.kind == "table"]
        if not is_chosen or first.kind == "blank":
            writer.aside(first.text)
        elif tables:
            _write_table(writer, group, tables[0])
        elif first.kind == "heading":
            writer.heading(first.words)
        else:
            writer.prose(join([part.words for part in group], "\n"))


def _group(parts: Sequence[Part], chosen: Sequence[bool]) -> Iterator[tuple[bool, Sequence[Part]]]:
    """Yield the parts that are written together, in order."""
    at = 0
    while at < len(parts):
        length = 1
        if chosen[at]:
            run = [
                part
                for part, _ in takewhile(
                    lambda pair: pair[1],
                    zip(parts[at : at + 60], chosen[at : at + 60], strict=True),
                )
            ]
            length = _table_length(run) or _list_length(run)
        yield chosen[at], parts[at : at + length]
        at += length


def _table_length(parts: Sequence[Part]) -> int:
    """Return how many of the parts are a table with its caption and notes; 0 for none."""
    before = next((at for at, part in enumerate(parts[:3]) if part.kind == "table"), None)
    if before is None:
        return 0
    table = parts[before]
    surely = before > 1 and not is_unit_line(parts[1].text)
    if before and (table.grid.caption.text or not _is_caption(parts[0], surely)):
        return 0
    if before > 1 and (parts[1].kind != "prose" or not _is_unit(parts[1].text)):
        return 0  # "(Metric tons)" may stand between the caption and the table
    after = before + 1
    while after < len(parts) and (_is_note(parts[after]) or _is_caption_below(parts, after, table)):
        after += 1
    return after


def _write_table(writer: PageWriter, group: Sequence[Part], table: Part) -> None:
    at = group.index(table)
    grid = table.grid
    words = [part.words for part in group[:at]]
    below: list[Marked] = [*grid.notes]
    for part in group[at + 1 :]:
        if part.element.tag == "figcaption" and not (words or grid.caption.text):
            words.append(part.words)
        else:
            below += _parted(part.words)
    caption, unit = grid.caption, grid.unit
    if not caption.text and words:
        caption = words[0]
        unit = words[1] if len(words) > 1 else unit
        if len(words) == 1 and not unit.text and is_unit_line(caption.text):
            caption, unit = grid.caption, caption
        if match := _NOTE_IN_CAPTION.search(caption.text):
            caption, note = cut(caption, match.end())
            below.insert(0, note)
        if not unit.text and (match := _UNIT_LINE.search(caption.text)):
            caption, unit = cut(caption, match.start() + 1)
    writer.table(grid.rows, caption, below, grid.head_rows, unit, grid.linked_notes)


def _parted(words: Marked) -> list[Marked]:
    """Return notes one by one that are lines of one paragraph."""
    lines = lines_of(words)
    return lines if all(is_note(line.text.strip()) for line in lines) else [words]


def _is_unit(text: str) -> bool:
    return text[0] in "([" or is_unit_line(text)


def _is_caption(part: Part, surely: bool) -> bool:
    """Tell whether a part names the table below it; any title does, where it need not be sure."""
    if part.kind not in ("prose", "heading") or len(part.text) > _CAPTION_CHARS:
        return False
    named = part.element.tag == "figcaption" or "caption" in " ".join(tokens_of(part.element))
    if named or _CAPTION.match(part.text):
        return True
    return part.kind == "prose" and not surely and part.text[-1] not in ".!?;,"


def _is_caption_below(parts: Sequence[Part], at: int, table: Part) -> bool:
    caption = parts[at].element
    figure = caption.getparent()
    return caption.tag == "figcaption" and table.element in set(figure.iter("table"))


def _is_note(part: Part) -> bool:
    if part.kind not in ("prose", "item") or len(part.text) > _NOTE_CHARS:
        return False
    names = tokens_of(part.element) | tokens_of(part.element.getparent())
    named = any("note" in name for name in names) and len(part.text) > 1
    reads_so = part.is_marked or bool(_NOTE.match(part.text)) or is_key_line(part.text)
    return named or (part.kind == "prose" and reads_so)


def _list_length(parts: Sequence[Part]) -> int:
    """Return how many of the parts are one short list, with the words that lead to it."""
    if parts[0].kind == "prose" and parts[0].text.endswith(":"):
        lead = 1
    elif parts[0].kind == "item":
        lead = 0
    else:
        return 1
    length = lead
    while length < len(parts) and parts[length].kind == "item":
        length += 1
    if length < len(parts) and any(up.tag == "li" for up in parts[length].element.iterancestors()):
        return 1  # its items have several paragraphs
    chars = sum(len(part.text) for part in parts[:length])
    return length if length and chars <= _LIST_CHARS else 1
