"""Telling Windows-1252 by its punctuation, where a guess from letters has too few of them.

In a table of English words the only bytes above 127 are dashes, quotes and signs such as ±; a
guess by the frequency of letters then takes a dash for a letter of some other code page.
"""

_PUNCTUATION = frozenset(
    b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xab\xae\xb0\xb1\xb2\xb3\xb4\xb5\xb7"
    b"\xb9\xbb\xbc\xbd\xbe\xd7"
)
_ENOUGH = 0.6  # of the bytes above 127


def decode_windows(data: bytes) -> str:
    """Return the text of bytes that are surely Windows-1252, "" for all others."""
    high = data.translate(None, bytes(range(128)))
    signs = len(high) - len(high.translate(None, bytes(_PUNCTUATION)))
    if not high or signs < _ENOUGH * len(high):
        return ""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return ""
