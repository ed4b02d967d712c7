"""Doors to the assistant take it by its face: they answer nothing themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_layers import MODULES, imported, name_of

DOORS = ("assistant/cli/", "assistant/serving/", "ui/", "assistant/llama_index_adapter.py")
FACE = {  # what a door may import of the folders before it, and why; all that lies below as well
    "assistant.assistant": "the face itself",
    "assistant.settings": "what it is opened with",
    "assistant.errors": "what it raises",
    "assistant.currency": "what is taken from the web",
    "assistant.answer": "answers and turns, and how they read",
    "assistant.drafts": "drafts and their checked sentences, and drafts given back",
    "assistant.observing": "the steps of an answer as spans",
    "assistant.records": "answers that were kept",
    "assistant.radar": "what changed for what is kept; looked for by the face",
    "assistant.currency.watching": "a home kept current, over the face",
    "assistant.replaying": "what changed since one was kept",
    "assistant.people": "who signs in, and what he may do",
    "assistant.proof": "bundles verified where there is no home to open",
    "assistant.source_list": "sources with copies and editions, as they are listed",
    "assistant.understanding": "how a question was understood, as it is told",
    "assistant.fact_writing": "facts as files",
    "assistant.exporting": "answers as files",
    "assistant.views": "figures, dates and editions, as they are shown",
    "assistant.desk": "collections, grids and what else an analyst keeps",
    "assistant.tabulating.writing": "tables as text and files",
    "assistant.language_model.discovery": "models that may be set, before there is a face",
    "assistant.language_model.keys": "their keys, kept where the system keeps keys",
    "assistant.writing": "what a model can do, and how many sentences were left out; see NAMES",
    "assistant.evaluation": "cases, runs and reports: they answer by the face, too",
    "corpus.build_pdfs": "where the shipped documents are; see NAMES",
    "corpus.document": "sources and pages",
    "corpus.errors": "what reading raises",
    "corpus.instructions": "signs that are not drawn, made visible",
    "corpus.page_image": "pages as pictures",
    "corpus.reading": "which files can be read; see NAMES",
    "index.passage": "evidence and filters",
    "index.errors": "what finding raises",
    "corpus.extras": "what of the optional libraries is installed",
    "index.facts": "facts that were found; see NAMES",
    "index.storage.catalog": "sources with their state; see NAMES",
    "index.ingestion.sync": "how far adding is; see NAMES",
    "index.ingestion.uploads": "which names of files may be sent; see NAMES",
}
NAMES = {  # of what else can do more than a door may
    "assistant.writing": {"find_out", "left_out"},
    "index.facts": {"Conflict", "FoundFacts", "LedgerFact"},
    "index.storage.catalog": {"SourceRecord"},
    "corpus.build_pdfs": {"DOCUMENTS"},
    "corpus.reading": {"readable_endings", "reader_plugins"},
    "index.ingestion.sync": {"Progress", "SyncReport"},
    "index.ingestion.uploads": {"check_name"},
}
BEHIND = {  # doors that must go behind the face, and why
    "assistant/cli/currency/upkeep.py": "a home is made of a backup, or mended, that none can open",
    "assistant/cli/indexing.py": "all sources are listed, removed ones too",
    "assistant/cli/main.py": "what packages add is listed, from wherever it is added to",
    "assistant/cli/opening.py": "a stale index, which no face can open, is made anew",
    "assistant/cli/evaluating.py": "cases are drafted from the catalog",
    "assistant/serving/agents/mcp_tools.py": "one source is told with its number of pages",
}
OUTSIDE = [path for path in MODULES if name_of(path).startswith(DOORS)]


def taken(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the names that a module imports from ours, each with the module that it is of."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def is_face(module: str) -> bool:
    """Tell whether a door may import a module."""
    is_own = module.startswith(("assistant.cli", "assistant.serving", "ui"))
    return is_own or any(module == one or module.startswith(f"{one}.") for one in FACE)


def of_ours(path: Path) -> set[str]:
    """Return the modules of ours that a module imports."""
    return {one for one in imported(path) if one.split(".")[0] in ("assistant", "index", "corpus")}


@pytest.mark.parametrize("path", OUTSIDE, ids=name_of)
def test_a_door_imports_only_the_face(path: Path) -> None:
    if name_of(path) not in BEHIND:
        assert {one for one in of_ours(path) if not is_face(one)} == set()
    for module, name in taken(path):
        assert module not in NAMES or name in NAMES[module], f"{name} of {module}"


@pytest.mark.parametrize("path", OUTSIDE, ids=name_of)
def test_a_door_does_not_reach_behind_the_face(path: Path) -> None:
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    reached = {
        node.attr
        for node in tree
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "assistant"
    }
    behind = {one for one in reached if one.startswith("_") or one in ("store", "ledger")}
    assert not behind or name_of(path) in BEHIND


def test_the_tables_hold_nothing_that_no_door_takes() -> None:
    used = {one for path in OUTSIDE for one in of_ours(path)}
    unused = [one for one in FACE if not any(module.startswith(one) for module in used)]
    assert unused == []
    assert BEHIND.keys() <= {name_of(path) for path in OUTSIDE}
    every = {pair for path in OUTSIDE for pair in taken(path)}
    assert {(m, n) for m, names in NAMES.items() for n in names} <= every
