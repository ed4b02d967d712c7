"""Masked words as they are meant: look-alike letters, ciphers, encodings, letters set apart."""

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from corpus.instructions.readable import hidden_letters, visible

_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁɡոһ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχ",
    "ABESIJKMHOPCTYXaesijopcyxdgnh" + "ABEZHIKMNOPTYXaeiknoptux",
)
_LEET = str.maketrans("013456789@$!|+", "oieasgtbgasilt")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}")
_HEX = re.compile(r"\b(?:[0-9a-fA-F]{2}[ :]?){12,}\b")
_SPACED = re.compile(r"(?:\b\w[ .\-_*]){5,}\w\b")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}|\\[ux][0-9A-Fa-f]{2}|&#?\w{2,8};")
_UNICODE_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})")
_MIXED_WORD = re.compile(r"[A-Za-z][013456789@$!|+]+[A-Za-z]|\b[13450@$]+[a-z]+[013457@$]*[a-z]*\b")
_LEET_WORDS = 2
# Without one of these no instruction is worth decoding.
_TELLING = ("ignore", "instruction", "answer", "reply", "respond", "prompt", "system", "assistant",
            "question", "user", "forget", "disregard", "output")  # fmt: skip
_ROTATED = tuple(codecs.encode(word, "rot13") for word in _TELLING)
_REVERSED = tuple(word[::-1] for word in _TELLING)


def plain(text: str) -> str:
    """Return a text as it looks: without invisible signs, its letters as they are usual."""
    seen = visible(text)
    if seen.isascii():
        return seen
    seen = unicodedata.normalize("NFKC", seen)
    return "".join(map(_in_latin, re.split(r"(\W+)", seen)))


def readings(text: str) -> Iterator[str]:
    """Yield what a text may be meant to say to one who decodes it, other than as it looks."""
    if letters := hidden_letters(text):
        yield letters
    seen = plain(text)
    if _ESCAPED.search(seen):
        yield _unescaped(seen)
    for run in _BASE64.findall(seen):
        yield from _decoded(run)
    for run in _HEX.findall(seen):
        yield from _from_hex(re.sub(r"[ :]", "", run))
    if _SPACED.search(seen):
        yield _unspaced(seen)
    if len(_MIXED_WORD.findall(seen)) >= _LEET_WORDS:
        yield seen.lower().translate(_LEET)
    folded = seen.lower()
    if any(word in folded for word in _ROTATED):
        yield codecs.encode(seen, "rot13")
    if any(word in folded for word in _REVERSED):
        yield seen[::-1]


def _in_latin(word: str) -> str:
    """Return a word of Latin and look-alike letters in Latin ones; another as it is."""
    if word.isascii():
        return word
    translated = word.translate(_LOOKALIKES)
    return translated if translated.isascii() else word


def _unescaped(text: str) -> str:
    text = html.unescape(unquote(text))
    return _UNICODE_ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text)


def _decoded(run: str) -> Iterator[str]:
    run = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        told = base64.b64decode(run + "=" * (-len(run) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return
    if told.isprintable() or "\n" in told:
        yield told


def _from_hex(run: str) -> Iterator[str]:
    try:
        told = bytes.fromhex(run[: len(run) // 2 * 2]).decode()
    except (ValueError, UnicodeDecodeError):
        return
    if told.isprintable():
        yield told


def _unspaced(text: str) -> str:
    """Return letters that stand apart as words: wider gaps, where there are some, part them."""
    wide = re.search(r"\S {2,}\S", text) is not None
    if wide:
        return " ".join(re.sub(r"[ .\-_*]", "", word) for word in re.split(r" {2,}", text))
    return re.sub(r"(?<=\b\w)[ .\-_*](?=\w\b)", "", text)
