"""Recorded answers as documents, tables and references to take away."""

from assistant.exporting.answer_documents import write_answer_document
from assistant.exporting.bibliography import BibliographyEntry, bibliography_of
from assistant.exporting.reference_formats import to_bibtex, to_csl_json, to_ris
from assistant.exporting.sentence_table import sentence_table

__all__ = [
    "BibliographyEntry",
    "bibliography_of",
    "sentence_table",
    "to_bibtex",
    "to_csl_json",
    "to_ris",
    "write_answer_document",
]
