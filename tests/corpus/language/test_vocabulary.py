"""Words stand in tables alone: no module has a list of its own, and a line is enough to add one.

A word of a table is a form of three letters or more, as a whole word in a string or a pattern.
Docstrings and the messages of errors are prose; function words are no knowledge of the industry;
neither are heads of columns and words that a number stands behind ("page", "table"), which name
fields and parts of a text everywhere. Code speaks of a line by its name ("REO", "estimated"), so
the name of a line does not count, but that of a measure does.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from corpus.language.vocabulary import TABLES, load_vocabulary

ROOT = Path(__file__).parents[3]
_FEWEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NOT_FORMS = ("definition", "dimension", "meaning", "country", "id", "broader", "stage", "factor")
_ORDINARY_TABLES = ("languages", "stopwords", "columns")
_ORDINARY_MARKERS = ("reference", "figures", "told", "paired", "each")
_NAMED_BY_WORDS = ("measures",)  # the standard name of a line is a word of it

# Why a module may name three words of one table.
_EXCEPTIONS: dict[str, str] = {}
# Modules whose words others are moving to the tables.
_STILL_TO_MOVE: frozenset[str] = frozenset()


@cache
def _tables() -> dict[str, frozenset[str]]:
    """Return the words of each table; markers are as many tables as they have kinds."""
    vocabulary = load_vocabulary()
    function = set(vocabulary.row("stopwords", "function")["words"].split())
    tables: dict[str, set[str]] = {}
    for file in TABLES.glob("*.tsv"):
        if file.stem in _ORDINARY_TABLES:
            continue
        for row in vocabulary.rows(file.stem):
            name, *_ = row.values()
            if file.stem == "markers" and name in _ORDINARY_MARKERS:
                continue
            table = f"markers: {name}" if file.stem == "markers" else file.stem
            columns = [c for c in tuple(row)[1:] if c not in _NOT_FORMS and c != "kind"]
            forms = {form.casefold() for c in columns for form in row[c].split(" | ")}
            if file.stem not in _NAMED_BY_WORDS:
                forms.discard(name.casefold())
            held = tables.setdefault(table, set())
            held |= {f for f in forms - function if len(f) >= _FEWEST and _WORD.fullmatch(f)}
    return {table: frozenset(words) for table, words in tables.items()}


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
    text = "\n".join(_strings(ast.parse(file.read_text(encoding="utf-8")))).casefold()
    words = set(_WORD.findall(text))
    found = {table: sorted(words & held) for table, held in _tables().items()}
    return {table: held for table, held in found.items() if len(held) >= _FEWEST}


def _modules() -> list[Path]:
    return [file for folder in ("corpus", "index") for file in (ROOT / folder).rglob("*.py")]


def _offending() -> dict[str, dict[str, list[str]]]:
    held = {file.relative_to(ROOT).as_posix(): _own_lists(file) for file in _modules()}
    return {module: lists for module, lists in held.items() if lists}
