"""A reader of subtitles: what is said in a talk or a hearing, without numbers and times."""

import re

from corpus.document import Reading
from corpus.text import decode, read_text

_NO_WORDS = re.compile(r"\d+|[\d:,.]+ --> [\d:,.]+.*")


def read_subtitles(data: bytes, name: str) -> Reading:
    """Return the words of subtitles as one page, in the order in which they are shown."""
    lines = (line.strip() for line in decode(data, name).splitlines())
    words = " ".join(line for line in lines if not _NO_WORDS.fullmatch(line))
    return read_text(words.encode(), name)
