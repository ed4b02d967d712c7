"""Packages that add readers, exporters, embedders and rerankers, used by the real command line."""

import json
import os
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from fakes import write_files
from packages import EXAMPLES, install_example, write_package
from processes import ROOT

pytestmark = pytest.mark.slow

FILES = {"mine.md": "# Lemhi\n\nThe mine at Lemhi put out 410 t of REO in 2024.\n"}
QUESTION = "How much did the mine at Lemhi put out in 2024?"
SUBTITLES = (
    "1\n00:00:01,000 --> 00:00:04,000\nThe plant at Lemhi opened\n\n"
    "2\n00:00:04,500 --> 00:00:06,000\non 3 May 2025.\n"
)


def run(
    home: Path, packages: Path, *arguments: str | Path, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run the command over a home with the packages of a folder installed."""
    path = os.pathsep.join(map(str, (ROOT, packages)))
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", "--home", str(home), *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path, "COLUMNS": "100"} | environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a home of one file, and the record of an answer over it."""
    folder = tmp_path_factory.mktemp("asked")
    text = "# Lemhi\n\nThe <i>mine</i> at Lemhi put out 410 t of REO in 2024.\n"
    run(folder / "home", folder, "add", write_files(folder / "files", {"mine.txt": text}))
    return folder / "home", run(folder / "home", folder, "ask", QUESTION).stderr.split()[-1]


def listed(packages: Path) -> list[dict[str, str]]:
    """Return what `plugins --json` lists."""
    told = run(packages / "home", packages, "plugins", "--json")
    found: list[dict[str, str]] = json.loads(told.stdout)["plugins"]
    return found


def test_all_examples_are_listed_with_what_they_add(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    for example in sorted(EXAMPLES.iterdir()):
        install_example(example.name, packages)
    told = run(tmp_path / "home", packages, "plugins")
    assert told.returncode == 0
    assert [line.split() for line in told.stdout.splitlines()] == [
        ["reader", "srt", "rare-earth-subtitles", "0.1.0"],
        ["exporter", "html", "rare-earth-html-export", "0.1.0"],
        ["embedder", "word-counts", "rare-earth-word-counts", "0.1.0"],
        ["reranker", "shared-words", "rare-earth-shared-words", "0.1.0"],
    ]


def test_without_packages_it_is_said_that_none_adds_anything(tmp_path: Path) -> None:
    told = run(tmp_path / "home", tmp_path, "plugins")
    assert (told.returncode, told.stdout) == (0, "")
    assert told.stderr == "no package adds anything; docs/plugins.md tells how one does\n"


def test_example_reader_makes_files_of_its_ending_sources(tmp_path: Path) -> None:
    packages = install_example("subtitles", tmp_path / "packages")
    folder = write_files(tmp_path / "files", {"hearing.srt": SUBTITLES})
    assert "1 not read" in run(tmp_path / "without", tmp_path, "add", folder).stdout
    assert run(tmp_path / "home", packages, "add", folder).stdout.startswith("1 new")
    (source,) = json.loads(run(tmp_path / "home", packages, "sources", "list", "--json").stdout)
    told = run(tmp_path / "home", packages, "sources", "show", source["id"], "--json")
    (page,) = json.loads(told.stdout)["pages"]
    assert page["text"].split() == "The plant at Lemhi opened on 3 May 2025.".split()
    assert source["file_type"] == "srt"


def test_example_exporter_writes_records_in_its_form(
    asked: tuple[Path, str], tmp_path: Path
) -> None:
    packages = install_example("html-export", tmp_path / "packages")
    (home, record), out = asked, tmp_path / "answer.html"
    assert run(home, packages, "export", record, "--out", out).returncode == 0
    page = out.read_text(encoding="utf-8")
    assert "<i>" not in page
    assert "The <i>mine</i> at Lemhi put out 410 t of REO in 2024." in unescape(page)
    assert run(home, packages, "export", record, "--format", "html").returncode == 2
    told = run(home, tmp_path, "export", record, "--format", "html", "--out", out)
    assert told.returncode == 2
    assert "'html' is no form" in told.stderr


def test_example_embedder_builds_an_index_under_its_name_and_version(tmp_path: Path) -> None:
    packages = install_example("word-counts", tmp_path / "packages")
    home, chosen = tmp_path / "home", {"RARE_EARTH_EMBEDDING_MODEL": "word-counts"}
    assert run(home, packages, "add", write_files(tmp_path / "f", FILES), **chosen).returncode == 0
    assert "410 t" in run(home, packages, "ask", QUESTION, **chosen).stdout
    told = run(home, packages, "ask", QUESTION)
    assert told.returncode == 1
    assert "word-counts@rare-earth-word-counts-0.1.0" in told.stderr
    assert told.stderr.endswith("run: rare-earth rebuild\n")


def test_example_reranker_says_how_likely_passages_answer(
    asked: tuple[Path, str], tmp_path: Path
) -> None:
    packages = install_example("shared-words", tmp_path / "packages")
    chosen = {"RARE_EARTH_RERANKER": "shared-words"}
    told = run(asked[0], packages, "search", QUESTION, "--explain", **chosen)
    assert told.returncode == 0
    assert "reranker" in told.stdout


BROKEN_READERS = {
    "raise RuntimeError('it\\nbroke')": "RuntimeError: it broke",
    "import no_such_module": "ModuleNotFoundError: No module named 'no_such_module'",
    "raise SystemExit(3)": "SystemExit: 3",
    "def read(data, name): return 1 / 0": "ZeroDivisionError: division by zero",
    "def read(data, name): return 'words'": "TypeError: it returned no Reading but str",
    "from corpus.document import Block, Page, Reading\n"
    "def read(data, name):\n"
    "    return Reading((Page(1, '1', 'ab', (Block('prose', 0, 3),)),))": (
        "ValueError: the blocks of page 1 are no stretches of its text"
    ),
    "from corpus.document import Page, Reading\n"
    "def read(data, name): return Reading((Page(2, '2', 'ab'),))": (
        "ValueError: the numbers of its pages do not count from 1"
    ),
}


def test_reader_that_fails_costs_its_files_alone(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    for number, code in enumerate(BROKEN_READERS):
        write_package(packages, f"bad-{number}", "readers", f"odd{number} = read", code)
    odd = {f"a.odd{number}": "words" for number in range(len(BROKEN_READERS))}
    told = run(tmp_path / "home", packages, "add", write_files(tmp_path / "files", FILES | odd))
    assert told.returncode == 0
    assert told.stdout.startswith(
        f"1 new, 0 changed, 0 unchanged, 0 removed, 0 set aside, {len(odd)} not read"
    )
    lines = [line for line in told.stderr.splitlines() if line.startswith("not read: ")]
    assert lines == [
        f"not read: a.odd{number}: the reader 'odd{number}' of bad-{number} 1.5 failed ({why}); "
        "update the package, or uninstall it"
        for number, why in enumerate(BROKEN_READERS.values())
    ]


def test_what_is_built_in_is_not_replaced(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    code = "raise RuntimeError('was loaded')"
    write_package(packages, "new-text", "readers", "MD = read", code)
    write_package(packages, "new-word", "exporters", "docx = write", code)
    write_package(packages, "new-bib", "exporters", "bib = write", code)
    write_package(packages, "new-model", "embedders", "all-MiniLM-L6-v2 = Model", code)
    told = run(tmp_path / "home", packages, "add", write_files(tmp_path / "files", FILES))
    assert told.stdout.startswith("1 new")
    assert {one["package"]: one["fault"] for one in listed(packages)} == {
        "new-text": "the reader 'MD' is built in, and is not replaced",
        "new-word": "the exporter 'docx' is built in, and is not replaced",
        "new-bib": "the exporter 'bib' is built in, and is not replaced",
        "new-model": "the embedder 'all-MiniLM-L6-v2' is built in, and is not replaced",
    }


def test_name_that_two_packages_add_is_used_by_neither(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    for name in ("first", "second"):
        write_package(packages, name, "readers", "odd = read", "def read(data, name): ...")
    told = run(tmp_path / "home", packages, "add", write_files(tmp_path / "f", {"a.odd": "words"}))
    why = "2 packages add the reader 'odd'; uninstall all but one"
    assert told.stderr.splitlines()[-1] == f"not read: a.odd: {why}"
    assert [one["fault"] for one in listed(packages)] == [why, why]


def test_model_that_fails_ends_only_what_needs_it_in_one_line(
    asked: tuple[Path, str], tmp_path: Path
) -> None:
    packages, home = tmp_path / "packages", asked[0]
    write_package(
        packages, "bad-embedder", "embedders", "bad = Bad",
        "class Bad:\n    dimension, max_tokens = 2, 9\n    def tokens(self, text): return [1]\n"
        "    def embed(self, texts): return [[0, 0] for _ in texts]\n",
    )  # fmt: skip
    write_package(packages, "bad-reranker", "rerankers", "worse = Worse", "raise OSError('gone')")
    folder = write_files(tmp_path / "files", FILES)
    told = run(tmp_path / "other", packages, "--embedding-model", "bad", "add", folder)
    assert (told.returncode, told.stderr.splitlines()[-1]) == (
        1,
        "error: the embedder 'bad' of bad-embedder 1.5 failed (ValueError: a vector has no length);"
        " update the package, or uninstall it",
    )
    chosen = {"RARE_EARTH_RERANKER": "worse"}
    told = run(home, packages, "search", QUESTION, **chosen)
    assert (told.returncode, told.stderr) == (
        1,
        "error: the reranker 'worse' of bad-reranker 1.5 failed (OSError: gone); update the "
        "package, or uninstall it\n",
    )
    assert run(home, packages, "sources", **chosen).returncode == 0


def test_reranker_that_fails_on_one_question_does_not_stop_a_run_over_cases(
    asked: tuple[Path, str], tmp_path: Path
) -> None:
    packages, home = tmp_path / "packages", asked[0]
    write_package(
        packages, "bad-reranker", "rerankers", "worse = Worse",
        "class Worse:\n    def judge(self, question, texts):\n"
        "        return [2.0 if 'first' in question else 0.5 for _ in texts]\n",
    )  # fmt: skip
    cases = tmp_path / "cases.jsonl"
    questions = [
        {"id": n, "question": f"Who runs the {n} mine at Lemhi?"} for n in ("first", "other")
    ]
    cases.write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    out = tmp_path / "run"
    told = run(home, packages, "eval", "run", cases, "--out", out, RARE_EARTH_RERANKER="worse")
    results = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    errors = {one["id"]: one["error"] or "" for one in results}
    assert "bad-reranker 1.5 failed" in errors["first"], told.stderr
    assert errors["other"] == ""


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("def write(records): return 'words'", "TypeError: it returned no bytes but str"),
        ("def write(records): raise KeyError('text')", "KeyError: 'text'"),
    ],
)
def test_exporter_that_fails_is_one_line_and_writes_nothing(
    code: str, why: str, asked: tuple[Path, str], tmp_path: Path
) -> None:
    packages = write_package(tmp_path / "packages", "bad-form", "exporters", "odd = write", code)
    (home, record), out = asked, tmp_path / "answer.odd"
    told = run(home, packages, "export", record, "--out", out)
    assert (told.returncode, told.stderr) == (
        1,
        f"error: the exporter 'odd' of bad-form 1.5 failed ({why}); update the package, or "
        "uninstall it\n",
    )
    assert not out.exists()
