"""The forms in which recorded answers are given out, each as the bytes of a file."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from assistant.errors import RecordError
from assistant.evaluation.reports.spreadsheets.csv_files import csv_content
from assistant.evaluation.reports.spreadsheets.workbook import workbook_content
from assistant.exporting.answer_documents import write_answer_document
from assistant.exporting.answer_sheets import answer_sheets
from assistant.exporting.bibliography import bibliography_of
from assistant.exporting.reference_formats import REFERENCE_FORMATS
from assistant.records import Record


class ExportForm(StrEnum):
    """As what answers are given out."""

    MARKDOWN = "md"
    WORD = "docx"
    CSV = "csv"
    WORKBOOK = "xlsx"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"


ENDINGS: Mapping[str, ExportForm] = {
    ".md": ExportForm.MARKDOWN,
    ".docx": ExportForm.WORD,
    ".csv": ExportForm.CSV,
    ".xlsx": ExportForm.WORKBOOK,
    ".bib": ExportForm.BIBTEX,
    ".ris": ExportForm.RIS,
    ".json": ExportForm.CSL_JSON,
}


def ending_of(form: ExportForm) -> str:
    """Return how the name of a file of a form ends."""
    return next(ending for ending, one in ENDINGS.items() if one == form)


def export_records(records: Sequence[Record], form: ExportForm, style: str = "") -> bytes:
    """Return recorded answers, or what they cite, as a file of a form.

    `style` is a citation style, for documents alone. Raises RecordError for several tables as one
    CSV file, CitationStyleError.
    """
    if form in (ExportForm.MARKDOWN, ExportForm.WORD):
        return write_answer_document(records, as_word=form == ExportForm.WORD, style=style)
    if form == ExportForm.WORKBOOK:
        return workbook_content(answer_sheets(records))
    if form == ExportForm.CSV:
        sheets = answer_sheets(records)
        if len(sheets) > 1:
            raise RecordError(
                "a table needs a CSV file of its own; export that record alone, or as xlsx"
            )
        return csv_content(sheets[0])
    return REFERENCE_FORMATS[ending_of(form)](bibliography_of(records)).encode()
