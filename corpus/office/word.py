"""Reading DOCX papers: one page, in the order of the text, with its headings as sections.

A DOCX knows no pages; where one ends is decided by whoever prints it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from corpus.document import Metadata, Reading
from corpus.errors import NoFactsError, UnreadableSourceError
from corpus.office.metadata import XML_BYTES, damage_told, office_metadata, part_root
from corpus.office.word_body import Paragraph, WordBody
from corpus.office.word_notes import read_notes
from corpus.office.word_styles import read_styles
from corpus.office.word_tables import WordTable, block_words
from corpus.office.word_text import WordText
from corpus.office.word_writing import write_items
from corpus.zip_archive import check_archive

_KINDS = ("footnotes", "endnotes", "settings", "comments", "header", "footer", "chart")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that the document refers to and python-docx does not give."""

    kind: str
    relation: str
    root: Any


def read_word(data: bytes, name: str) -> Reading:
    """Read a DOCX file: its text as accepted, without what is hidden, deleted or a comment.

    Raises UnreadableSourceError for a file that is damaged or no DOCX, and NoFactsError for one
    without text.
    """
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError

    check_archive(data, name, XML_BYTES)
    with damage_told(name, PythonDocxError, OpcError):
        document = _open(data, name)
        parts = list(_parts(document))
        notes = read_notes(*(_roots(parts, kind) for kind in ("footnotes", "endnotes", "settings")))
        text = WordText(read_styles(document.styles.element), notes)
        charts = {part.relation: part.root for part in parts if part.kind == "chart"}
        body = WordBody(text, charts)
        items = list(body.items(document.element.body))
        around = [_lines(_roots(parts, kind), text) for kind in ("header", "footer")]
        stated = office_metadata(document.core_properties)
    if not items:
        raise NoFactsError(
            f"{name}: the document holds no text; if its pages are pictures, save it as PDF"
        )
    remarks = (
        ("tracked changes are read as accepted", text.told.changes),
        ("hidden text is left out", text.told.hidden),
        ("comments are not read", any(len(root) for root in _roots(parts, "comments"))),
        ("a part of another format inside it is not read; save it as one document", body.unread),
    )
    said = tuple(remark for remark, applies in remarks if applies)
    return Reading((write_items(items, *around),), _titled(stated, items), said)


def _open(data: bytes, name: str) -> Any:
    from docx import Document

    try:
        return Document(BytesIO(data))
    except KeyError as error:
        raise UnreadableSourceError(
            f"{name}: holds no Word document; save it anew as one (not as 'Strict Open XML')"
        ) from error
    except ValueError as error:
        raise UnreadableSourceError(
            f"{name}: is another kind of office file or damaged; open it and save it as DOCX"
        ) from error


def _parts(document: Any) -> Iterator[_Part]:
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in _KINDS and not relation.is_external:
            yield _Part(kind, relation.rId, part_root(relation.target_part.blob))


def _roots(parts: Sequence[_Part], kind: str) -> list[Any]:
    return [part.root for part in parts if part.kind == kind]


def _lines(roots: Iterable[Any], text: WordText) -> list[str]:
    """Return the words of headers or footers, each once."""
    words = (block_words(root, text).text for root in roots)
    return [line for line in dict.fromkeys(words) if line]


def _titled(stated: Metadata, items: Iterable[Paragraph | WordTable]) -> Metadata:
    """Return the metadata with the title that the text shows, where they state none."""
    if stated.title:
        return stated
    shown = [
        (item.role != "title", position, " ".join(item.words.text.split()))
        for position, item in enumerate(items)
        if isinstance(item, Paragraph) and item.role in ("title", "heading")
    ]
    return replace(stated, title=min(shown)[2] if shown else "")
