"""Reading PPTX presentations: a page for each slide, with the notes of its speaker."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from corpus.document import Page, Reading
from corpus.errors import NoFactsError, UnreadableSourceError
from corpus.office.metadata import XML_BYTES, damage_told, office_metadata
from corpus.office.slide_shapes import Held, SlideTable, Words, held_on
from corpus.office.slide_text import paragraphs
from corpus.page_writer import PageWriter
from corpus.repair.marked import Marked
from corpus.tables.table_notes import is_table_note, marks_of, write_table
from corpus.zip_archive import check_archive

_NOTES_HEADING = "Speaker notes"


def read_slides(data: bytes, name: str) -> Reading:
    """Read a PPTX file; hidden slides are read too, and named in the remarks.

    Raises UnreadableSourceError for a file that is damaged or no PPTX, and NoFactsError for one
    without text.
    """
    from pptx.exc import PythonPptxError

    check_archive(data, name, XML_BYTES)
    with damage_told(name, PythonPptxError):
        presentation = _open(data, name)
        height = presentation.slide_height or 0
        slides = [(held_on(slide, height), slide) for slide in presentation.slides]
        pages = [
            _page(number, held, _notes(slide)) for number, (held, slide) in enumerate(slides, 1)
        ]
        hidden = [n for n, (_, one) in enumerate(slides, 1) if one._element.get("show") == "0"]
        stated = office_metadata(presentation.core_properties)
    if not any(page.text.strip() for page in pages):
        raise NoFactsError(
            f"{name}: the slides hold no text; if they are pictures, save them as PDF"
        )
    title = stated.title or _title(pages)
    remarks = tuple(f"slide {number} is hidden" for number in hidden)
    return Reading(tuple(pages), replace(stated, title=title), remarks)


def _open(data: bytes, name: str) -> Any:
    from pptx import Presentation

    try:
        return Presentation(BytesIO(data))
    except (KeyError, ValueError) as error:
        raise UnreadableSourceError(
            f"{name}: holds no presentation; is it another kind of office file? Save it as PPTX"
        ) from error


def _page(number: int, held: Sequence[Held], spoken: Sequence[Marked]) -> Page:
    writer = PageWriter(number)
    waiting = list(held)
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, SlideTable):
            notes = _leading_notes(waiting, marks_of(one.rows))
            del waiting[: len(notes)]
            write_table(writer, one.rows, one.caption, notes, one.head_rows)
        elif one.role == "title":
            writer.heading(one.words)
        elif one.role == "footer":
            writer.aside(one.words)
        else:
            writer.prose(one.words)
    if spoken:
        writer.heading(_NOTES_HEADING)
        for words in spoken:
            writer.prose(words)
    return writer.page()


def _leading_notes(held: Sequence[Held], marks: frozenset[str]) -> list[Marked]:
    """Return the notes of a table with these marks that stand first among what is below it."""
    notes: list[Marked] = []
    for one in held:
        if not isinstance(one, Words) or one.role != "text":
            break
        if not is_table_note(one.words.text.strip(), marks):
            break
        notes.append(one.words)
    return notes


def _notes(slide: Any) -> list[Marked]:
    if not slide.has_notes_slide:
        return []
    frame = slide.notes_slide.notes_text_frame
    return [] if frame is None else paragraphs(frame._txBody)


def _title(pages: Sequence[Page]) -> str:
    """Return the first title of a slide, or ""."""
    return next(
        (
            page.text[block.start : block.end]
            for page in pages
            for block in page.blocks
            if block.kind == "heading" and page.text[block.start : block.end] != _NOTES_HEADING
        ),
        "",
    )
