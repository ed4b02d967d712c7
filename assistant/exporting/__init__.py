"""Recorded answers as documents, tables and references to take away."""

from assistant.exporting.answer_documents import write_answer_document
from assistant.exporting.answer_sheets import answer_sheets
from assistant.exporting.bibliography import (
    BibliographyEntry,
    bibliography_of,
    bibliography_of_references,
)
from assistant.exporting.export_forms import (
    Exporter,
    ExportForm,
    ending_of,
    export_endings,
    export_records,
    exporter_plugins,
)
from assistant.exporting.reference_formats import (
    REFERENCE_FORMATS,
    to_bibtex,
    to_csl_json,
    to_ris,
)

__all__ = [
    "REFERENCE_FORMATS",
    "BibliographyEntry",
    "ExportForm",
    "Exporter",
    "answer_sheets",
    "bibliography_of",
    "bibliography_of_references",
    "ending_of",
    "export_endings",
    "export_records",
    "exporter_plugins",
    "to_bibtex",
    "to_csl_json",
    "to_ris",
    "write_answer_document",
]
