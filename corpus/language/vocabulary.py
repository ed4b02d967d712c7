"""The words of the industry: units, measures, months, markers, each known in one place.

They stand in the tables beside this module, made to be edited in a spreadsheet: cells hold forms
parted by "|". A new unit, measure or synonym is one line or one form there.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from corpus.errors import CorpusError

TABLES = Path(__file__).with_name("tables")

Row = Mapping[str, str]


class Vocabulary:
    """The tables of a folder, read once. Never changes, so that threads may share it."""

    def __init__(self, folder: Path = TABLES) -> None:
        """Read all tables; raises CorpusError for a line that has too many cells."""
        self._tables = {file.stem: tuple(_rows(file)) for file in sorted(folder.glob("*.tsv"))}
        if not self._tables:
            raise CorpusError(f"{folder}: holds no table of words (.tsv); give another folder")

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the lines of a table by the names of its columns, in their order."""
        return self._tables[table]

    def row(self, table: str, name: str) -> Row:
        """Return the line of a table whose first cell is `name`."""
        return next(row for row in self._tables[table] if next(iter(row.values())) == name)

    def forms(self, table: str, *columns: str) -> Iterator[tuple[str, Row]]:
        """Yield each form in these columns of a table with its line; of all columns without any."""
        for row in self._tables[table]:
            for column in columns or tuple(row)[1:]:
                for form in split_forms(row[column]):
                    yield form, row

    def words(self, table: str, name: str) -> tuple[str, ...]:
        """Return all forms of the line `name` of a table, in every language."""
        row = self.row(table, name)
        return tuple(f for column in tuple(row)[1:] for f in split_forms(row[column]))

    def word_class(self, name: str) -> frozenset[str]:
        """Return the single words of a class of `word_classes.tsv`, as they are written."""
        return frozenset(self.row("word_classes", name)["words"].split())


@cache
def load_vocabulary(folder: Path = TABLES) -> Vocabulary:
    """Return the vocabulary of a folder, read once."""
    return Vocabulary(folder)


@lru_cache(maxsize=20_000)
def split_forms(cell: str) -> tuple[str, ...]:
    """Return the forms that a cell holds."""
    return tuple(form.strip() for form in cell.split(" | ") if form.strip())


def any_form(forms: Iterable[str]) -> str:
    """Return a pattern of any of some forms, the longest first, their spaces as wide as they are.

    A form that ends in "*" stands for all words that begin with it, one that ends in ":" for what
    stands before a colon; "…" between words stands for up to two words.
    """
    return f"(?:{'|'.join(map(_form, sorted(set(forms), key=lambda one: (-len(one), one))))})"


def _form(written: str) -> str:
    ending = {"*": r"\w*", ":": r"(?=\s*:)"}.get(written[-1], "")
    plain = written[:-1] if ending else written
    spaced = re.escape(plain).replace(r"\ …\ ", r"(?:\s+\S+){0,2}\s+")
    return spaced.replace(r"\ ", r"\s+") + ending


def _rows(file: Path) -> Iterable[Row]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, dialect="excel-tab", quoting=csv.QUOTE_NONE)
        columns = next(reader, [])
        for cells in reader:
            if len(cells) > len(columns):
                raise CorpusError(
                    f"{file.name}, line {reader.line_num}: {len(cells)} cells below "
                    f"{len(columns)} heads; correct it"
                )
            if cells:
                padded = [*cells, *[""] * (len(columns) - len(cells))]
                yield dict(zip(columns, padded, strict=True))
