"""The text and the tree of an XML file that nobody vouches for: nothing is expanded or fetched."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from html.entities import html5
from typing import Any

from corpus.errors import UnreadableSourceError
from corpus.text.reading import decode

_DECLARED = re.compile(rb"\s*<\?xml\b[^>]*\bencoding\s*=\s*[\"']([\w.:-]+)[\"']")
_ENTITY = re.compile(r"&([A-Za-z]\w*);")
_OWN_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_UNFIT = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:(\d{1,8})|x([0-9a-fA-F]{1,7}));")
_BARE = re.compile(r"&(?!(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);)")  # "AT&T"
_CDATA = "<![CDATA["
_START_TAG = re.compile(r"<([A-Za-z_][\w.:-]*)")
_MOST_LEVELS = 100
_SAID_CHARS = 150


def xml_text(data: bytes, name: str) -> str:
    """Return the text of an XML file without its prolog, entities of HTML as their signs.

    Raises UnreadableSourceError for bytes that are no text, and for a file that declares
    entities of its own: they are how such files are made to swell or to read other files.
    """
    text = _decode(data, name)
    if "<!ENTITY" in text:
        raise UnreadableSourceError(
            f"{name}: declares entities, which are never expanded; save it without its DOCTYPE"
        )
    first, *rest = _UNFIT.sub(" ", text[_prolog_chars(text) :]).split(_CDATA)
    pieces = [_escaped(first)]
    for part in rest:  # such a section is kept as it is
        inside, closing, behind = part.partition("]]>")
        pieces += [_CDATA, inside, closing, _escaped(behind)]
    return "".join(pieces)


def root_name(text: str) -> str:
    """Return the name of the outermost element, without its prefix and in lower case, or ""."""
    match = _START_TAG.match(text)
    return match[1].rpartition(":")[2].lower() if match else ""


def parse_xml(text: str, name: str) -> Any:
    """Return the outermost element of an XML text, comments left out.

    Raises UnreadableSourceError where the text is no XML.
    """
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        said = " ".join(str(error.msg).split())[:_SAID_CHARS]
        raise UnreadableSourceError(
            f"{name}: is no XML ({said}); was it cut off or does it have another ending? "
            "Fetch it again"
        ) from error
    level = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        if level > _MOST_LEVELS:
            raise UnreadableSourceError(
                f"{name}: is nested more than {_MOST_LEVELS} levels deep, as no document is; "
                "check where it comes from"
            )
    return root


def _decode(data: bytes, name: str) -> str:
    """Return the text in the encoding that the file declares, else in what it looks like."""
    declared = _DECLARED.match(data[:200])
    if data.startswith((BOM_UTF32_LE, BOM_UTF32_BE)):
        encoding = "utf-32"
    elif data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data.startswith((b"<\0", b"\0<")):
        encoding = "utf-16-le" if data.startswith(b"<") else "utf-16-be"
    elif declared and not data.startswith(b"\xef\xbb\xbf"):
        encoding = declared[1].decode("ascii")
    else:
        return decode(data, name)
    if encoding.lower() in ("iso-8859-1", "latin-1", "latin1"):
        encoding = "windows-1252"  # what is meant nearly always, and the same for the rest
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeError):
        return decode(data, name)
    if "\0" in text:
        raise UnreadableSourceError(f"{name}: holds binary data, not text; check the file's ending")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _prolog_chars(text: str) -> int:
    """Return how many characters stand before the outermost element."""
    at = 0
    while at < len(text):
        if text[at].isspace() or text[at] == "\ufeff":
            at += 1
            continue
        if text.startswith("<?", at):
            closing = "?>"
        elif text.startswith("<!--", at):
            closing = "-->"
        elif text.startswith("<!DOCTYPE", at):
            end, subset = text.find(">", at), text.find("[", at)
            closing = "]" if 0 <= subset < end else ">"
        else:
            break
        end = text.find(closing, at)
        if end < 0:
            return at
        at = end + len(closing)
        if closing == "]":
            at = text.find(">", at) + 1 or at
    return at


def _escaped(text: str) -> str:
    """Return text of elements in which what XML would stumble over is written as it should be."""
    return _ENTITY.sub(_named, _REFERENCE.sub(_referenced, _BARE.sub("&amp;", text)))


def _named(match: re.Match[str]) -> str:
    if match[1] in _OWN_ENTITIES:
        return match.group()
    return html5.get(f"{match[1]};", f"&amp;{match[1]};")


def _referenced(match: re.Match[str]) -> str:
    """Return a numeric reference as it is, or a space where XML allows no such sign."""
    code = int(match[1]) if match[1] else int(match[2], 16)
    fit = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return match.group() if fit or 0x10000 <= code < 0x110000 else " "
