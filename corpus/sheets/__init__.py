"""Workbooks, CSV and TSV files: sheets as tables."""

from corpus.sheets.delimited import read_csv
from corpus.sheets.workbook import read_workbook

__all__ = ["read_csv", "read_workbook"]
