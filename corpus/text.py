"""Reading plain text and Markdown with front matter, in whatever encoding they come."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from corpus.blocks import find_blocks, plain
from corpus.document import Page
from corpus.errors import UnreadableSourceError
from corpus.repair import repair_encoding

_FRONT_MATTER = re.compile(r"\A---\r?\n(?P<fields>.*?)\r?\n---\s*(?:\n|\Z)", re.DOTALL)
_SECTION_WORDS = {"highlights", "abstract", "summary", "contents", "introduction"}
_TITLE_CHARS = 200
_NEAR_GUESS = 0.05  # of charset-normalizer's measure of disorder, from 0 to 1


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a text file holds: its one page, the title it gives itself, its front matter."""

    page: Page
    title: str
    fields: dict[str, Any]


def read_text(data: bytes, name: str) -> ReadText:
    """Read a plain text file of the given name.

    Raises UnreadableSourceError where the bytes are not text.
    """
    text = decode(data, name)
    return ReadText(_page(text), _first_line_title(text), {})


def read_markdown(data: bytes, name: str) -> ReadText:
    """Read a Markdown file; YAML front matter gives fields and is no part of the page.

    Raises UnreadableSourceError where the bytes are not text or the front matter is not YAML.
    """
    text = decode(data, name)
    fields: dict[str, Any] = {}
    if match := _FRONT_MATTER.match(text):
        try:
            loaded = yaml.safe_load(match["fields"])
        except yaml.YAMLError as error:
            where = getattr(error, "problem_mark", None)
            line = f" line {where.line + 2}" if where else ""
            raise UnreadableSourceError(
                f"{name}: the front matter{line} is not YAML; correct it or remove it"
            ) from error
        fields = loaded if isinstance(loaded, dict) else {}
        text = text[match.end() :]
    heading = re.search(r"^#\s+(.+?)\s*#*$", text, re.MULTILINE)
    title = plain(heading[1]) if heading else _first_line_title(text)
    return ReadText(_page(text), title, fields)


def decode(data: bytes, name: str) -> str:
    """Return the text of a file: UTF-8 where it is, else what its bytes look most like.

    Line ends become "\\n". Raises UnreadableSourceError for bytes that are no text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        matches = from_bytes(data)
        best = matches.best()
        if best is None:
            raise UnreadableSourceError(
                f"{name}: the bytes are not text in any encoding we know; is it another format?"
            ) from None
        # Windows-1252 is by far the commonest; its neighbours turn "è" into "č" on a thin guess.
        windows = (
            match
            for match in matches
            if "cp1252" in (match.encoding, *match.could_be_from_charset)
            and match.chaos <= best.chaos + _NEAR_GUESS
            and match.coherence >= best.coherence
        )
        text = str(next(windows, best))
    if "\x00" in text:
        raise UnreadableSourceError(f"{name}: holds binary data, not text; check the file's ending")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _page(text: str) -> Page:
    stored, repairs = repair_encoding(text)
    return Page(1, "1", stored, find_blocks(stored), repairs)


def _first_line_title(text: str) -> str:
    for line in text.splitlines()[:12]:
        line = plain(re.sub(r"^[=#\s]+|[=\s]+$", "", line))
        if not line:
            continue
        if len(line) > _TITLE_CHARS or line.lower() in _SECTION_WORDS or line[-1] in ".;":
            return ""
        return "" if not re.search(r"[^\W\d_]{3}", line) else repair_encoding(line)[0]
    return ""
