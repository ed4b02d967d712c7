"""HTML inside Markdown: the words stay, the markup goes, and a table becomes one of pipes.

Code is left as it is, and so are raised signs (`<sup>`), which may mark notes. All that is taken
out or written anew is recorded as a repair.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from corpus.document import Repair
from corpus.repair.marked import Marked
from corpus.text.plain_lines import mark_lines

_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label map "
    "mark nobr picture q s samp small span strike strong sub svg time tt u var wbr"
).split()
_BLOCKS = (
    "address article aside blockquote body br button caption center col colgroup dd details div "
    "dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe li "
    "link main meta nav ol p pre section summary table tbody td tfoot th thead tr ul video"
).split()
_SPACED = ("br", "td", "th")  # stand between words of one line
_TAG = re.compile(
    rf"</?(?P<name>{'|'.join((*_INLINE, *_BLOCKS))})(?=[\s/>])"
    r"""(?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}')*>""",
    re.IGNORECASE,
)
_UNSEEN = ("style", "script", "template", "noscript", "title")
_UNSEEN_START = re.compile(rf"<(?P<name>{'|'.join(_UNSEEN)})(?=[\s>])[^<>]*>", re.IGNORECASE)
_HIDING = ("div", "p", "span", "font", "section")
_HIDDEN = re.compile(
    rf"<(?P<name>{'|'.join(_HIDING)})\s[^<>]{{0,500}}?"
    r"(?:\bstyle\s*=\s*[\"'][^\"'<>]{0,500}?(?:display\s*:\s*none|visibility\s*:\s*hidden"
    r"|font-size\s*:\s*0[;\"'p])|(?<=\s)hidden(?=[\s>=]))[^<>]*>",
    re.IGNORECASE,
)
_DOCTYPE = re.compile(r"<(?:!DOCTYPE|\?xml)[^<>]{0,300}>", re.IGNORECASE)
_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)[^`\n]{1,500}\1(?!`)")
_NEAR_CHARS = 500  # of a line, to tell whether markup begins or ends it
_LONGEST_TABLE = 300_000
_WIDEST_SPAN = 60
_MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of a text that is markup, and what stands for it."""

    start: int
    end: int
    name: str  # of its tag, in small letters, with a slash where it closes
    new: str = ""


def without_html(text: str) -> Marked:
    """Return Markdown without its HTML, the words of which stay."""
    if "<" not in text:
        return Marked(text)
    pieces: list[str] = []
    repairs: list[Repair] = []
    position = length = 0
    for start, end, new in _joined(text, tuple(_apart(_cuts(text), _code(text)))):
        pieces += [text[position:start], new]
        length += start - position
        repairs.append(Repair(length, length + len(new), text[start:end], "markup"))
        length += len(new)
        position = end
    return Marked("".join((*pieces, text[position:])), tuple(repairs))


def _code(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text that are code, in order."""
    lines = mark_lines(text)
    blocks = [
        (lines.lines[first].start, lines.lines[end - 1].end) for first, end in lines.code.items()
    ]
    return sorted((*blocks, *(match.span() for match in _CODE.finditer(text))))


def _cuts(text: str) -> list[_Cut]:
    """Return all markup of a text, the longer of what begins at one place first."""
    small = text.lower()
    found = [
        _Cut(*match.span(), _name_of(match.group(), match["name"])) for match in _TAG.finditer(text)
    ]
    found += [_Cut(*match.span(), "html") for match in _DOCTYPE.finditer(text)]
    found += _between(small, "<!--", "-->")
    last = {name: small.rfind(f"</{name}>") for name in (*_UNSEEN, *_HIDING)}
    for pattern in (_UNSEEN_START, _HIDDEN):
        for match in pattern.finditer(small):
            name = match["name"]
            if last[name] >= match.end():
                end = small.index(f"</{name}>", match.end()) + len(name) + 3
                found.append(_Cut(match.start(), end, name))
    for stretch in _between(small, "<table", "</table>"):
        if rows := _read_table(text[stretch.start : stretch.end]):
            found.append(_Cut(stretch.start, stretch.end, "table", rows))
    return sorted(found, key=lambda cut: (cut.start, -cut.end, -len(cut.new)))


def _name_of(tag: str, name: str) -> str:
    return ("/" if tag[1] == "/" else "") + name.lower()


def _between(text: str, opening: str, closing: str) -> list[_Cut]:
    """Return the stretches from an opening to the next closing without another opening inside."""
    found: list[_Cut] = []
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start)
        if end < 0:
            break
        end += len(closing)
        inner = text.rfind(opening, start + 1, end)
        if inner < 0 or opening == "<!--":
            found.append(_Cut(start, end, opening.strip("<")))
        start = text.find(opening, end)
    return found


def _apart(cuts: Sequence[_Cut], code: Sequence[tuple[int, int]]) -> Iterator[_Cut]:
    """Yield the markup that is in no code and in no other markup."""
    position = number = 0
    for cut in cuts:
        while number < len(code) and code[number][1] <= cut.start:
            number += 1
        in_code = number < len(code) and code[number][0] < cut.end
        if cut.start >= position and not in_code:
            position = cut.end
            yield cut


def _joined(text: str, cuts: Sequence[_Cut]) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of markup, with what stands for each; those in a row are one."""
    number = 0
    while number < len(cuts):
        first = last = number
        while last + 1 < len(cuts) and not text[cuts[last].end : cuts[last + 1].start].strip(" \t"):
            last += 1
        number = last + 1
        row = cuts[first:number]
        start, end = row[0].start, row[-1].end
        new = _stand_in(text, row, start, end)
        yield start, end + (not new and text[start - 1 : start] == text[end : end + 1] == " "), new


def _stand_in(text: str, row: Sequence[_Cut], start: int, end: int) -> str:
    """Return what stands for markup: a break between blocks, a blank within a line, or nothing."""
    names = {cut.name.strip("/") for cut in row}
    before = text[max(0, start - _NEAR_CHARS) : start].rpartition("\n")[2]
    begins = not before.strip()
    ends = not text[end : end + _NEAR_CHARS].partition("\n")[0].strip()
    tables = "\n\n".join(cut.new for cut in row if cut.new)
    if tables:
        return ("" if begins else "\n\n") + tables + ("" if ends else "\n\n")
    opened = next((_mark_of(cut.name) for cut in reversed(row) if _mark_of(cut.name)), "")
    in_row = "|" in before
    if opened and not ends and not in_row:
        return ("" if begins else "\n\n") + opened
    if begins or ends:
        return ""
    if names & set(_BLOCKS) - set(_SPACED) and not in_row:
        return "\n\n"
    is_apart = text[start - 1].isspace() or text[end : end + 1].isspace()
    if names & set(_BLOCKS):
        return "" if is_apart else " "
    return " " if re.search(r">[ \t]+<", text[start:end]) and not is_apart else ""


def _mark_of(name: str) -> str:
    """Return the mark of Markdown for a heading or an item of a list that opens, or ""."""
    if re.fullmatch(r"h[1-6]", name):
        return "#" * int(name[1]) + " "
    return "- " if name == "li" else ""


def _read_table(html: str) -> str:
    """Return the rows of a table with pipes, or "" where it has no row of two cells."""
    if len(html) > _LONGEST_TABLE:
        return ""
    reader = _TableReader()
    reader.feed(html)
    reader.close()
    rows = [row for row in reader.spread() if any(row)]
    if not rows or max(map(len, rows)) < 2:
        return ""
    width = max(map(len, rows))
    lines = [f"| {' | '.join((*row, *[''] * (width - len(row))))} |" for row in rows]
    lines.insert(1, f"|{' --- |' * width}")
    return "\n".join((*([reader.caption, ""] if reader.caption else ()), *lines))


class _TableReader(HTMLParser):
    """The words of the cells of a table, with how many columns and rows each covers."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.caption = ""
        self._rows: list[list[tuple[str, int, int]]] = []
        self._words: list[str] = []
        self._open = ""
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("tr", "td", "th", "caption"):
            self._close()
        if tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th", "caption"):
            told = dict(attrs)
            self._spans = _span(told.get("colspan")), _span(told.get("rowspan"))
            self._open = tag
        elif tag == "sup":
            self._words.append("<sup>")
        elif tag in _BLOCKS:
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("tr", "td", "th", "caption", "table"):
            self._close()
        elif tag == "sup":
            self._words.append("</sup>")

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def _close(self) -> None:
        words = " ".join("".join(self._words).split()).replace("|", "\\|")
        if self._open == "caption":
            self.caption = words
        elif self._open:
            self._rows = self._rows or [[]]
            self._rows[-1].append((words, *self._spans))
        self._words.clear()
        self._open = ""

    def spread(self) -> list[list[str]]:
        """Return the rows with each cell in all the columns and rows that it covers."""
        rows: list[list[str]] = []
        hanging: dict[int, tuple[int, str]] = {}
        room = _MOST_CELLS
        for own in self._rows:
            row: list[str] = []
            left = list(own)
            while left or len(row) in hanging:
                if len(row) in hanging:
                    rest, words = hanging.pop(len(row))
                    if rest > 1:
                        hanging[len(row)] = (rest - 1, words)
                    row.append(words)
                    continue
                words, columns, down = left.pop(0)
                for _ in range(columns if room > 0 else 1):
                    if down > 1 and room > 0:
                        hanging[len(row)] = (down - 1, words)
                    row.append(words)
                    room -= 1
            rows.append(row)
        return rows


def _span(written: str | None) -> int:
    found = re.fullmatch(r"\s*(\d{1,4})\s*", written or "")
    return max(1, min(int(found[1]), _WIDEST_SPAN)) if found else 1
