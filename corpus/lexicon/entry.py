"""One entry of the lexicon, and reading entries from the tables that hold them.

The tables in `corpus/lexicon/tables/` have a line for each entry and can be edited in a
spreadsheet. `other_names` are parted by "|"; a word with a colon before a name says what it is:
"former until 2015: Baotou Steel Rare-Earth", "ticker: ASX:LYC". A name without such a word may
always stand for the entry's own name.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import get_args

from corpus.document import Rank
from corpus.errors import CorpusError

TABLES = Path(__file__).with_name("tables")

_NOTED_NAME = re.compile(
    r"(abbreviation|variant|oxide|number|ticker|Chinese|Japanese|Korean|former(?: until \d{4})?)"
    r": (.+)"
)
_COLUMNS = frozenset(
    """kind id name other_names parents country rank domains meaning
    symbol number oxide oxide_to_metal""".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """One way of writing an entry; `note` says which ("abbreviation"), "" where it needs none."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who or what the industry speaks of.

    `parents` are the ids of what it belongs to: a company's owner, an office's department, the
    elements of an alloy. `domains` are the web addresses it publishes under, `rank` the weight of
    its word there.
    """

    id: str
    kind: str  # "company", "country", "region", "town", "mine", "plant", "element", ...
    name: str
    other_names: tuple[Name, ...] = ()
    parents: tuple[str, ...] = ()
    country: str = ""
    rank: Rank = "unknown"
    domains: tuple[str, ...] = ()
    meaning: str = ""

    @property
    def names(self) -> tuple[Name, ...]:
        """All names, its own first."""
        return (Name(self.name), *self.other_names)


@dataclass(frozen=True, slots=True)
class Element:
    """What chemistry says of an element: `oxide_to_metal` is the metal's share of its oxide."""

    id: str
    symbol: str
    number: int
    oxide: str
    oxide_to_metal: float


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables of a folder hold."""

    entries: tuple[Entry, ...]
    elements: tuple[Element, ...]


def read_tables(folder: Path = TABLES) -> Tables:
    """Read all tables of a folder; raises CorpusError for a line that cannot be understood."""
    entries: list[Entry] = []
    elements: list[Element] = []
    for file in sorted(folder.glob("*.tsv")):
        for place, row in _rows(file):
            try:
                if row["kind"] == "element":
                    elements.append(_element(row))
                entries.append(_entry(row))
            except (KeyError, ValueError) as error:
                raise CorpusError(f"{place}: {error} is missing or wrong; correct it") from error
    return Tables(tuple(entries), tuple(elements))


def _rows(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, dialect="excel-tab")
        columns = next(reader, [])
        unknown = set(columns) - _COLUMNS
        if unknown:
            raise CorpusError(f"{file.name}: unknown columns {sorted(unknown)}; rename them")
        for cells in reader:
            if cells:
                place = f"{file.name}, line {reader.line_num}"
                yield place, dict(zip_longest(columns, cells[: len(columns)], fillvalue=""))


def _entry(row: dict[str, str]) -> Entry:
    rank: Rank = "unknown"
    for known in get_args(Rank):
        rank = known if row.get("rank") == known else rank
    if row.get("rank") and row["rank"] != rank:
        raise ValueError(f"rank {row['rank']!r}")
    if not (row["kind"] and row["id"] and row["name"]):
        raise ValueError("kind, id or name")
    other_names = tuple(map(_name, _parts(row["other_names"], "|")))
    if row.get("oxide"):
        other_names = (Name(row["oxide"], "oxide"), *other_names)
    return Entry(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        other_names=other_names,
        parents=_parts(row.get("parents", ""), ","),
        country=row.get("country", ""),
        rank=rank,
        domains=_parts(row.get("domains", ""), ","),
        meaning=row.get("meaning", ""),
    )


def _element(row: dict[str, str]) -> Element:
    number, factor = int(row["number"]), float(row["oxide_to_metal"])
    return Element(row["id"], row["symbol"], number, row["oxide"], factor)


def _name(written: str) -> Name:
    noted = _NOTED_NAME.fullmatch(written)
    return Name(noted[2], noted[1]) if noted else Name(written)


def _parts(cell: str, sign: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(sign) if part.strip())
