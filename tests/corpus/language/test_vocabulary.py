"""Words stand in tables alone: no module has a list of its own, and a line is enough to add one.

A word of a table is a form of three letters or more, as a whole word in a string or a pattern.
Docstrings and the messages of errors are prose; function words are no knowledge of the industry;
heads of columns, and words that a number stands behind ("page", "table"), name fields and parts of
a text everywhere. Code speaks of a line by its name ("REO", "estimated") or its dimension, so these
do not count, but the name of a measure does.
"""

import ast
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from corpus.facts.reading import read_facts
from corpus.language.quantities import Quantity
from corpus.language.units import convert
from corpus.language.vocabulary import TABLES, load_vocabulary
from corpus.reading import read_document

ROOT = Path(__file__).parents[3]
_FEWEST = 3
_WORD = re.compile(r"(?<![\w.:])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w:])")
_ESCAPE = re.compile(r"\\[A-Za-z]|\(\?(?:P<\w+>|[:=!<]+)")  # of patterns, before a word
_NOT_FORMS = (
    *("definition", "dimension", "meaning", "country", "id", "kind", "broader", "stage", "factor"),
    *("subject", "object", "dative", "by", "to", "from", "in", "at", "of", "with", "for"),
    "possessive",
)
_ORDINARY_TABLES = (
    *("languages", "stopwords", "columns", "grammar", "asking", "asked", "word_classes"),
    *("calculations", "answer_types"),
    *("table_cues", "parties", "wholes", "synonyms", "groupings"),
)
_TABLES_OF_NAMES = ("natures", "dimensions")  # of measures, by their standard names
_TABLES_OF_WRITING = ("realisations",)  # what answers are written with; the others tell how we read
_ORDINARY_MARKERS = ("reference", "figures", "told", "paired", "each")
_ORDINARY_CUES = (
    *("beside", "running", "name", "opening", "act", "in", "clock"),
    *("numbered", "document"),  # parts and kinds of texts
)
# Tables of which each line is a list by itself, and their lines of ordinary words.
_BY_KIND = {"markers": _ORDINARY_MARKERS, "date_cues": _ORDINARY_CUES}
_NAMED_BY_WORDS = ("measures",)  # the standard name of a line is a word of it

# Why a module may name three words of one table.
_EXCEPTIONS: dict[str, str] = {
    "corpus/articles/xml_names.py": "names of elements of XML",
    "corpus/language/periods.py": "compiles the forms of times around the words of the tables",
    "corpus/description/ranking.py": "words by which publishers and exchanges are known",
    "corpus/text/front_matter.py": "names of fields in the head of a file",
    "corpus/text/boilerplate.py": "what web pages print around an article, in ordinary words",
    "corpus/text/printed/printed_heads.py": "which words for what is counted stand above years",
}
# Modules whose words are still to be moved to the tables; empty it as they go.
_STILL_TO_MOVE: frozenset[str] = frozenset()


@cache
def _tables() -> dict[str, frozenset[str]]:
    """Return the words of each table; markers and cues are as many tables as they have kinds."""
    vocabulary = load_vocabulary()
    ordinary = set(vocabulary.row("stopwords", "function")["words"].split())
    ordinary |= {form.casefold() for form, _ in vocabulary.forms("columns", "heads")}
    ordinary |= {row["dimension"] for row in vocabulary.rows("units")}
    for row in vocabulary.rows("frames"):
        ordinary |= set(tuple(row.values())[4:])  # the roles
    tables: dict[str, set[str]] = {}
    for file in TABLES.glob("*.tsv"):
        if file.stem in (*_ORDINARY_TABLES, *_TABLES_OF_NAMES, *_TABLES_OF_WRITING):
            continue
        for row in vocabulary.rows(file.stem):
            name, *_ = row.values()
            if file.stem in _BY_KIND and name in _BY_KIND[file.stem]:
                continue
            table = f"{file.stem}: {name}" if file.stem in _BY_KIND else file.stem
            columns = [column for column in tuple(row)[1:] if column not in _NOT_FORMS]
            forms = {form.casefold() for c in columns for form in row[c].split(" | ")}
            if file.stem not in _NAMED_BY_WORDS:
                ordinary.add(name.casefold())
            held = tables.setdefault(table, set())
            held |= {form for form in forms if len(form) >= _FEWEST and _WORD.fullmatch(form)}
    return {table: frozenset(words - ordinary) for table, words in tables.items()}


def _strings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings of a module that are neither docstrings nor messages of errors."""
    prose: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            prose.add(id(node.value))
        elif isinstance(node, ast.Raise):
            prose |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


def _own_lists(file: Path) -> dict[str, list[str]]:
    """Return the words that a module holds of each table of which it holds three or more."""
    strings = "\n".join(_strings(ast.parse(file.read_text(encoding="utf-8"))))
    words = set(_WORD.findall(_ESCAPE.sub(" ", strings).casefold()))
    found = {table: sorted(words & held) for table, held in _tables().items()}
    return {table: held for table, held in found.items() if len(held) >= _FEWEST}


def _modules() -> list[Path]:
    return [file for folder in ("corpus", "index") for file in (ROOT / folder).rglob("*.py")]


def _offending() -> dict[str, dict[str, list[str]]]:
    held = {file.relative_to(ROOT).as_posix(): _own_lists(file) for file in _modules()}
    return {module: lists for module, lists in held.items() if lists}


def test_no_module_has_words_of_its_own() -> None:
    offending = _offending()
    for module in sorted(_STILL_TO_MOVE):
        print("still to move:", module, offending.get(module, "nothing: take it off the list"))
    new = {m: w for m, w in offending.items() if m not in _EXCEPTIONS and m not in _STILL_TO_MOVE}
    assert new == {}


def test_exceptions_are_few_and_needed() -> None:
    assert len(_EXCEPTIONS) <= 10
    assert set(_EXCEPTIONS) <= set(_offending())


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('MONTHS = "January February March"', ["february", "january", "march"]),
        ('P = re.compile(r"\\b(?:kilograms?|tonnes|\\bgrams)")', ["grams", "kilograms", "tonnes"]),
        ('"""In kilograms, tonnes and grams."""', []),
        ('raise ValueError("give kilograms, tonnes or grams")', []),
        ('U = {"kilograms": 1, "tonnes": 2, "grams": 3}', ["grams", "kilograms", "tonnes"]),
    ],
)
def test_words_are_found_in_strings_and_patterns(source: str, words: list[str]) -> None:
    text = _ESCAPE.sub(" ", "\n".join(_strings(ast.parse(source)))).casefold()
    known = _tables()["months"] | _tables()["units"]
    assert sorted(set(_WORD.findall(text)) & known) == words


_WORKS = """# Works

| Site | Unit | Muck moved in 2024 |
|---|---|---|
| Pit A | steres | 40 |
| Pit B | steres | 55 |
"""


def _add_line(folder: Path, table: str, **cells: str) -> None:
    file = folder / f"{table}.tsv"
    lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    columns = lines[0].split("\t")
    lines.append("\t".join(cells.get(column, "") for column in columns))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_unit_measure_and_synonym_of_new_lines_are_understood(tmp_path: Path) -> None:
    copy = tmp_path / "tables"
    shutil.copytree(TABLES, copy)
    _add_line(
        copy, "units", symbol="stere", written="stere | steres", dimension="volume", definition="m3"
    )
    _add_line(
        copy, "measures", name="tailings moved", dimension="volume", words="muck moved | dirt moved"
    )
    (tmp_path / "works.md").write_text(_WORKS, encoding="utf-8")
    document = read_document(tmp_path / "works.md", tmp_path)
    vocabulary = load_vocabulary(copy)

    first, second = read_facts(document, vocabulary=vocabulary)

    assert [fact.measure for fact in (first, second)] == ["tailings moved", "tailings moved"]
    assert isinstance(first.value, Quantity)
    assert (first.value.low, first.value.unit) == (40.0, "stere")
    assert convert(2.0, "stere", "L", vocabulary) == pytest.approx(2000.0)
    assert "tailings moved" not in [fact.measure for fact in read_facts(document)]
