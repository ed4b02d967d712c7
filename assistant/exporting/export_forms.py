"""The forms in which recorded answers are given out, each as the bytes of a file."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from assistant.errors import RecordError
from assistant.evaluation.reports.spreadsheets.csv_files import csv_content
from assistant.evaluation.reports.spreadsheets.workbook import workbook_content
from assistant.exporting.answer_documents import write_answer_document
from assistant.exporting.answer_sheets import answer_sheets
from assistant.exporting.bibliography import bibliography_of
from assistant.exporting.reference_formats import REFERENCE_FORMATS
from assistant.records import Record
from corpus.plugins import Plugin, find_plugins, load_plugin, plugin_errors


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


class Exporter(Protocol):
    """Writes recorded answers as a file of one form.

    A package adds one under `rare_earth.exporters`, by a name that is also how its files end. What
    stands in a record is data of sources and readers: it must be escaped as its form asks.
    """

    def __call__(self, records: Sequence[Record], /) -> bytes:
        """Return the file. `Record.answer` has the form of `ask --json`. May raise AnswerError."""
        ...


def exporter_plugins() -> tuple[Plugin, ...]:
    """Return the forms that packages add."""
    endings = (ending.removeprefix(".") for ending in ENDINGS)
    return find_plugins("exporter", {*map(str, ExportForm), *endings})


def export_endings() -> Mapping[str, str]:
    """Return the form of each ending that the name of a file may have, those of packages too."""
    added = {f".{plugin.name.lower()}": plugin.name for plugin in exporter_plugins()}
    return added | {ending: str(form) for ending, form in ENDINGS.items()}


def ending_of(form: str) -> str:
    """Return how the name of a file of a form ends, of those that packages add too."""
    return next(ending for ending, one in export_endings().items() if one == form)


def export_records(records: Sequence[Record], form: str, style: str = "") -> bytes:
    """Return recorded answers, or what they cite, as a file of a form.

    `style` is a citation style, for documents alone. Raises RecordError for a form that nobody
    knows and for several tables as one CSV file, CitationStyleError, and PluginError where what a
    package adds cannot be used.
    """
    if form not in set(ExportForm):
        return _export_by_plugin(records, form)
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
    write = REFERENCE_FORMATS[ending_of(form)]
    return write(bibliography_of(records)).encode()


def _export_by_plugin(records: Sequence[Record], form: str) -> bytes:
    for plugin in exporter_plugins():
        if plugin.name == form:
            export: Exporter = load_plugin(plugin)
            with plugin_errors(plugin):
                content = export(records)
                if not isinstance(content, bytes):
                    raise TypeError(f"it returned no bytes but {type(content).__name__}")
            return content
    known = ", ".join(dict.fromkeys(export_endings().values()))
    raise RecordError(f"there is no form {form!r}; one of: {known}")
