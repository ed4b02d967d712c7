"""A record that is no article (JSON, XML) as a tree of parts, and that tree as a page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.articles.article_body import looks_like_html, only_words, write_body
from corpus.document import Metadata, Page
from corpus.errors import NoFactsError
from corpus.page_writer import PageWriter
from corpus.repair.marked import Marked, Words, join

Role = Literal["group", "value", "paragraph", "heading", "table"]

_LONG_CHARS = 160  # a longer value is a paragraph under its name
_FEW_WORDS = 6  # at least, for a sentence with its full stop
_MANY_WORDS = 12  # and without
_FEW_PLACES = 20_000  # of a table, among which any share may be empty
_MOST_EMPTY = 20  # places to one with a value, in a larger table
_STOPS = (".", "!", "?", '."', ".”", ".)")
_FIGURE = re.compile(r"[-+]?[$€¥£]?\d[\d,. ]*%?")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a record. A group has parts and perhaps a name; a table has rows, heads first.

    The name of a table is its caption; `words` are those of a value or paragraph.
    """

    role: Role
    name: str = ""
    words: Words = ""
    parts: tuple["Part", ...] = ()
    rows: tuple[tuple[Words, ...], ...] = ()
    notes: tuple[Words, ...] = ()


def parts_page(part: Part, about: Metadata, name: str, kind: str) -> Page:
    """Return a record as a page under its title; `kind` says what the file looks like.

    Raises NoFactsError for a record without any sentence and without a table of figures.
    """
    if not any(_can_be_cited(leaf) for leaf in _leaves(part)):
        raise NoFactsError(
            f"{name}: is {kind}, without a sentence or a table of figures; expected are articles "
            "with a title and a text, or a record with sentences"
        )
    writer = PageWriter()
    writer.heading(about.title)
    _write(writer, part, about.title)
    return writer.page()


def table_of(records: Sequence[dict[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return flat records as rows with their keys as heads; none if few of them are figures."""
    keys = tuple(dict.fromkeys(key for record in records for key in record))
    if len(records) < 2 or len(keys) < 2:
        return ()
    places, told = len(records) * len(keys), sum(map(len, records))
    if places > _MOST_EMPTY * told and places > _FEW_PLACES:
        return ()  # records that have nothing in common: mostly empty places
    cells = [
        value
        for record in records
        for key, value in record.items()
        if value and key.lower() not in ("id", "_id")
    ]
    figures = sum(_FIGURE.fullmatch(value) is not None for value in cells)
    if 3 * figures < len(cells) or not figures:
        return ()
    heads = tuple(key.replace("_", " ") for key in keys)
    return (heads, *(tuple(record.get(key, "") for key in keys) for record in records))


def text_of(words: Words) -> str:
    """Return words without what is known of their repairs."""
    return words.text if isinstance(words, Marked) else words


def is_long(words: str) -> bool:
    """Tell whether a value is a paragraph of its own."""
    return len(words) >= _LONG_CHARS or (looks_like_html(words) and is_sentence(only_words(words)))


def is_sentence(words: str) -> bool:
    """Tell whether words say something that can be cited."""
    split = words.split()
    if len(split) >= _FEW_WORDS and any(word.endswith(_STOPS) for word in split):
        return True
    return len(split) >= _MANY_WORDS or any(stop in words for stop in "。！？")


def _can_be_cited(leaf: Part) -> bool:
    words = only_words(text_of(leaf.words))
    if leaf.role == "paragraph":
        return len(words.split()) >= _FEW_WORDS or is_sentence(words)
    return leaf.role == "table" or (leaf.role == "value" and is_sentence(words))


def _leaves(part: Part) -> Iterator[Part]:
    yield part
    for inner in part.parts:
        yield from _leaves(inner)


def _write(writer: PageWriter, group: Part, above: str) -> None:
    """Write the parts of a group; short values that follow one another are one paragraph.

    `above` is the heading that was written last: one that repeats it is left out.
    """
    lines: list[Words] = []
    for part in group.parts:
        if part.role == "value" and not is_long(text_of(part.words)):
            lines.append(join([f"{part.name}: ", part.words], "") if part.name else part.words)
            continue
        writer.prose(join(lines, "\n"))
        lines.clear()
        if part.role == "table":
            writer.table(part.rows, part.name, part.notes, head_rows=1)
            continue
        name = part.name[:1].upper() + part.name[1:]
        if name != above:
            writer.heading(name)
            above = name or above
        if part.role == "group":
            _write(writer, part, above)
        elif looks_like_html(text_of(part.words)):
            write_body(writer, text_of(part.words))
        else:
            _write_paragraphs(writer, part.words)
    writer.prose(join(lines, "\n"))


def _write_paragraphs(writer: PageWriter, words: Words) -> None:
    if isinstance(words, Marked):
        writer.prose(words)
        return
    for paragraph in re.split(r"\n\s*\n", words):
        writer.prose(paragraph)
