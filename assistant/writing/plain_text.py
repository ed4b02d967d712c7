"""Text of documents and of models without what a machine could take for more than words."""

import re
import unicodedata

_TAG = re.compile(r"<[^<>]{0,500}>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_ADDRESS = re.compile(r"\b(?:https?|ftp|data|javascript):\S+", re.IGNORECASE)
_MARKUP = re.compile(r"^\s*(?:#{1,6}|>|[-*•●]|\d{1,2}[.)])\s+|\*\*|__|`+|(?<!\w)\*|\*(?!\w)")


def readable(text: str) -> str:
    """Return a document's text as it is put before a model: without signs that are not seen."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cf", "Cc", "Co"))
    return " ".join(seen.split())


def plain_text(written: str) -> str:
    """Return a sentence that a model wrote as plain words: no markup, links or addresses."""
    text = _LINK.sub(r"\1", written)
    text = _ADDRESS.sub("", _TAG.sub(" ", text))
    return readable(_MARKUP.sub("", text))
