"""Reading plain text and Markdown, in whatever encoding they come."""

import codecs
import re
from dataclasses import fields, replace

from corpus.document import Metadata, Page, Reading
from corpus.errors import UnreadableSourceError
from corpus.repair.encoding import repair_encoding
from corpus.repair.marked import and_earlier
from corpus.text.blocks import find_blocks
from corpus.text.front_matter import read_header_lines, split_front_matter
from corpus.text.inline_html import without_html
from corpus.text.titles import find_title
from corpus.text.windows_text import decode_windows

_MOST_BYTES = 30_000_000
_SAMPLE_BYTES = 200_000  # that are looked at to guess an encoding
_NEAR_GUESS = 0.05  # of charset-normalizer's measure of disorder, from 0 to 1
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_SHARE = 0.01
_WHOLE_FOR_DAMAGED = 4  # whole UTF-8 sequences for each damaged one in a text that is UTF-8


def read_text(data: bytes, name: str) -> Reading:
    """Read a plain text file of the given name.

    Raises UnreadableSourceError where the bytes are not text.
    """
    return _read(decode(data, name), Metadata(), marked=False)


def read_markdown(data: bytes, name: str) -> Reading:
    """Read a Markdown file; its front matter gives metadata and is no part of the page.

    Of HTML inside it the words stay, and tables.

    Raises UnreadableSourceError where the bytes are not text or the front matter is damaged.
    """
    text = decode(data, name)
    metadata, start = split_front_matter(text, name)
    words = without_html(text[start:])
    reading = _read(words.text, metadata, marked=True)
    pages = (
        replace(page, repairs=and_earlier(page.repairs, words.repairs)) for page in reading.pages
    )
    return replace(reading, pages=tuple(pages))


def decode(data: bytes, name: str) -> str:
    """Return the text of a file: UTF-8 where it is, else what its bytes look most like.

    Line ends become "\\n". Raises UnreadableSourceError for bytes that are no text, or too many.
    """
    if len(data) > _MOST_BYTES:
        raise UnreadableSourceError(
            f"{name}: holds more than {_MOST_BYTES // 1_000_000} MB of text; split it into parts"
        )
    text = _decoded(data, name)
    sample = text[:_SAMPLE_BYTES]
    if "\x00" in text or len(_CONTROLS.findall(sample)) > _CONTROL_SHARE * len(sample):
        raise UnreadableSourceError(f"{name}: holds binary data, not text; check the file's ending")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(text: str, metadata: Metadata, marked: bool) -> Reading:
    stored, repairs = repair_encoding(text)
    header = read_header_lines(stored[:20_000].split("\n"))
    for field in fields(Metadata):
        if not getattr(metadata, field.name):
            metadata = replace(metadata, **{field.name: getattr(header, field.name)})
    if not metadata.title:
        metadata = replace(metadata, title=find_title(stored, marked))
    return Reading((Page(1, "1", stored, find_blocks(stored), repairs),), metadata)


def _decoded(data: bytes, name: str) -> str:
    encoding = next((e for bom, e in _BOMS if data.startswith(bom)), _bare_utf_16(data))
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        mended = data.decode("utf-8", "replace")
    damaged = mended.count("\ufffd")
    whole = sum(sign > "\x7f" for sign in mended) - damaged
    if whole >= _WHOLE_FOR_DAMAGED * damaged:
        return mended.removeprefix("\ufeff")
    return decode_windows(data) or data.decode(_guess(data, name), "replace")


def _bare_utf_16(data: bytes) -> str:
    """Return the kind of UTF-16 of a text without a mark: every other byte of Latin text is 0."""
    sample = data[: min(len(data), 4000) // 2 * 2]
    if len(sample) < 8 or len(data) % 2:
        return ""
    zeros = sample[1::2].count(0), sample[::2].count(0)
    most, least = max(zeros), min(zeros)
    if most < 0.4 * len(sample) / 2 or least > 0.02 * len(sample) / 2:
        return ""
    return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"


def _guess(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    sample = data
    if len(data) > _SAMPLE_BYTES:
        end = data.rfind(b"\n", 0, _SAMPLE_BYTES)
        sample = data[: end if end > 0 else _SAMPLE_BYTES]
    matches = from_bytes(sample)
    best = matches.best()
    if best is None:
        raise UnreadableSourceError(
            f"{name}: the bytes are not text in any encoding we know; is it another format?"
        )
    # Windows-1252 is by far the commonest; its neighbours turn "è" into "č" on a thin guess.
    is_windows = any(
        "cp1252" in (match.encoding, *match.could_be_from_charset)
        and match.chaos <= best.chaos + _NEAR_GUESS
        and match.coherence >= best.coherence
        for match in matches
    )
    return "cp1252" if is_windows else best.encoding
