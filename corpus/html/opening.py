"""Opening the bytes of a web page: its encoding, its bounds, and a tree nothing is fetched for."""

import codecs
import re
from typing import Any

from corpus.errors import UnreadableSourceError
from corpus.text.reading import decode

_LARGEST_BYTES = 30_000_000
_LARGEST_TAG = 100_000  # beside its quoted values; the parser's time grows with its square
_MOST_TAGS = 2_000_000
_FED_CHARS = 1 << 16  # a parser that is fed has no bound on the whole, only on single pieces
_MARKS_OF_ORDER = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_USUAL_CODECS = re.compile(
    r"iso-?8859-\d+|latin-?1|windows-\d+|cp\d+|gb\w+|big5\w*|shift_jis|euc-\w+|koi8-\w|macintosh"
)
# What browsers take a declared name for, where it is not what the name says.
_MEANT = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "gb2312": "gb18030"}
_MEANT |= {"gbk": "gb18030", "shift_jis": "cp932", "iso-8859-9": "cp1254", "euc-kr": "cp949"}
_MOST_ACCENTED = 0.3  # of the letters of a text in a Latin script
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Signs that the parser lets through, written or by number, and that no tree can be given again.
_UNFIT = re.compile(
    r"[\x0b\x0c\ufffe\uffff]"
    r"|&#0*(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d);?"
    r"|&#x0*(?:[1-8bcef]|1[\da-f]|fff[ef])(?![\da-f]);?",
    re.IGNORECASE,
)
_MOST_CONTROLS = 0.002
_FORMATTING = re.compile(
    r"</?(?:font|span|b|i|u|em|strong|small|big|center|tt)\b[^<>]*>", re.IGNORECASE
)
_TAG_START = re.compile(r"<[a-zA-Z]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def decode_html(data: bytes, name: str) -> str:
    """Return the text of a web page, whatever it declares itself to be.

    Text that is UTF-8 is read as such, with a few broken signs too; else the declared encoding
    counts, where it is one that web pages come in. Raises UnreadableSourceError for other files.
    """
    if len(data) > _LARGEST_BYTES:
        raise UnreadableSourceError(
            f"{name}: the page has {len(data) // 1_000_000} MB, and at most "
            f"{_LARGEST_BYTES // 1_000_000} are read; save it without its pictures or divide it"
        )
    if data.startswith(b"%PDF-"):
        raise UnreadableSourceError(f"{name}: is a PDF, not a web page; rename it to end in .pdf")
    text = _decoded(data, name)
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise UnreadableSourceError(
            f"{name}: holds binary data, not a web page; check the file's ending"
        )
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def open_html(text: str, name: str) -> Any:
    """Return the root element of a web page, without comments.

    Raises UnreadableSourceError where there is no element, or one beyond all measure.
    """
    text = _UNFIT.sub(" ", text)
    _check_tags(text, name)
    root, fault = _parse(text)
    if fault and "depth" in fault:  # as where each paragraph opens a font and none closes it
        root, fault = _parse(_FORMATTING.sub("", text))
    if fault:
        raise UnreadableSourceError(
            f"{name}: the page cannot be read to its end (nested too deeply, or one piece of text "
            "is too long); save it from a browser anew or remove it"
        )
    if root is None:
        raise UnreadableSourceError(f"{name}: holds no HTML text; remove it")
    head = root.find("head")
    if head is not None and root.find("body") is None:
        head.tag = "body"  # the parser leaves newer elements in the head where no tag ends it
    return root


def _decoded(data: bytes, name: str) -> str:
    for mark, codec in _MARKS_OF_ORDER:
        if data.startswith(mark):
            return data.decode(codec, errors="replace")
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if not broken or broken * 4 <= len(re.findall(r"[^\x00-\x7f\ufffd]", text)):
        return text
    if match := _DECLARED.search(data[:4096]):
        declared = match[1].decode("ascii", errors="replace").lower()
        codec = _MEANT.get(declared, declared)
        try:
            text = data.decode(codec) if _USUAL_CODECS.fullmatch(codec) else ""
        except (UnicodeDecodeError, LookupError):
            text = ""
        accented = len(re.findall(r"[À-ÿ]", text))
        letters = len(re.findall(r"[^\W\d_]", re.sub(r"<[^<>]*>", "", text)))
        if text and (not codec.endswith("1252") or accented <= _MOST_ACCENTED * letters):
            return text
    return decode(data.replace(b"\x00", b""), name)


def _check_tags(text: str, name: str) -> None:
    if text.count("<") > _MOST_TAGS:
        raise UnreadableSourceError(
            f"{name}: the page has millions of tags; divide it, or save its tables as CSV"
        )
    for stretch in text.split(">"):
        if len(stretch) <= _LARGEST_TAG or not (start := _TAG_START.search(stretch)):
            continue
        if len(_QUOTED.sub("", stretch[start.start() :])) > _LARGEST_TAG:
            raise UnreadableSourceError(
                f"{name}: a tag of the page has thousands of attributes; save it from a browser "
                "anew or remove it"
            )


def _parse(text: str) -> tuple[Any, str]:
    """Return the root element, or None, and the fault that ended the reading before the end."""
    from lxml import html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    data = text.encode("utf-8", errors="replace")
    for start in range(0, max(len(data), 1), _FED_CHARS):
        parser.feed(data[start : start + _FED_CHARS])
    root = parser.close()
    faults = (entry.message for entry in parser.feed_error_log if entry.level_name == "FATAL")
    return root, next(faults, "")
