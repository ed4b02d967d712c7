"""Each block of the documentation is run, parsed, or told here with the reason why not."""

import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest
import typer
import yaml
from assistants import open_assistant
from docx import Document
from fakes import write_files
from typer.testing import CliRunner

from assistant.assistant import Assistant
from assistant.cli.main import app
from corpus.build_pdfs import DOCUMENTS
from index.embedding import Embedder

ROOT = Path(__file__).parents[1]
PAGES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted(page for page in (ROOT / "docs").rglob("*.md") if page.parent.name != "reference"),
)
_BLOCK = re.compile(r"^( *)```([^\n]*)\n(.*?)^ *```$", re.M | re.S)
_SPAN = re.compile(r"`(rare-earth [^`]+)`")

OTHER_PROGRAMS = {  # by the first word of a line of the shell
    "make": "sets up an environment and runs what these tests are part of",
    "source": "of the shell",
    "export": "of the shell; tests/assistant/cli/test_model.py reads those of models",
    "uv": "needs a release",
    "curl": "needs a server; tests/assistant/serving/test_documentation.py sends the first body",
    "OLLAMA_CONTEXT_LENGTH=16384": "a server of models",
    "vllm": "a server of models",
    "chroma": "a server of vectors; tests/index/storage/test_vector_servers.py starts some",
    "ray": "nodes of a cluster; tests/index/cluster starts some",
    "llama-server": "a server of models",
}
ONLY_PARSED = {  # by the words of the command
    "ui": "serves until it is stopped",
    "watch": "watches until it is stopped",
    "serve": "serves until it is stopped",
    "mcp": "serves until it is stopped",
    "model set": "every later command would ask that model",
    "model check": "needs a model",
    "eval draft --ratings": "needs answers that were rated in the app",
    "add https://example.com/report": "asks the web; tests/assistant/cli/currency runs it",
    "follow --every": "every later fetch would ask the web; tests/assistant/cli/currency runs it",
    "follow --kind": "as above",
    "follow --from": "as above",
    "follow stop": "as above",
    "add --ray": "needs a cluster",
    "eval run --ray": "needs a cluster",
    "upgrade --check": "shows a home of an earlier version",
}
RUN_ELSEWHERE = {  # blocks of Python and of sessions, by their page
    "README.md": "tests/assistant/test_llama_index_adapter.py",
    "docs/agents.md": "tests/assistant/serving/test_mcp.py",
    "docs/server.md": "tests/assistant/serving/test_documentation.py",
}
SMALL = (
    "china-country-profile.md",
    "policy-handbook.pdf",
    "market-note-2026-03.md",
    "market-note-2026-09.md",
)
DRAFT = "China mined 270,000 t REO in 2025. We expect demand to stay strong.\n"
CASE = {"id": "one", "question": "How much did China mine in 2025?", "must_include": [["270,000"]]}
MEANT: dict[str, dict[str, tuple[str, ...]]] = {  # what stands for something, one after another
    "add": {"~/reports": ("reports",)},
    "ask --replay": {"ID": ("RECORD",)},
    "export": {"ID": ("RECORD", "RECORD")},
    "verify": {"FOLDER": (str(DOCUMENTS),)},
    "check": {"report.docx": ("draft.docx",), "F": ("F.docx",)},
    "facts": {"F": ("F.xlsx",)},
    "sources show": {"ID": ("policy-handbook.pdf",)},
    "sources compare": {"ID": ("market-note-2026-03", "market-note-2026-09")},
    "collections make": {"SOURCE...": ("policy-handbook",)},
    "eval report": {"RUN": ("runs/after",)},
    "eval compare": {"BEFORE": ("runs/before",), "AFTER": ("runs/after",)},
    "eval import": {"FOLDER": ("beir",), "BEIR-FOLDER": ("beir",)},
}
NOT_COMPARED = {"add --shipped": "the shipped documents are indexed once a run of the tests"}


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: the path of its page, its language and its text."""

    page: str
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}: {self.text.partition(chr(10))[0]}"


def blocks(*languages: str) -> list[Block]:
    """Return the blocks of all pages that have one of the languages; all without any."""
    found = [
        Block(str(page.relative_to(ROOT)), language.strip(), dedent(text))
        for page in PAGES
        for _, language, text in _BLOCK.findall(page.read_text(encoding="utf-8"))
    ]
    return [one for one in found if not languages or one.language in languages]


def shell_lines(text: str) -> list[list[str]]:
    """Return the words of each line of the shell, without comments; a line may go on overleaf."""
    joined = text.replace("\\\n", " ")
    lines = (shlex.split(line, comments=True) for line in joined.splitlines())
    return [words for words in lines if words]


def commands(block: Block) -> Iterator[list[str]]:
    """Yield the words after `rare-earth` of each command of a block."""
    if block.language == "console":
        yield from (words for words, _ in sessions(block.text))
    else:
        yield from (words[1:] for words in shell_lines(block.text) if words[0] == "rare-earth")


def table_entry(table: Iterable[str], words: list[str]) -> str:
    """Return the key of a table that a command has all words of, in this order; "" for none."""
    for key in table:
        wanted = key.split()
        if words[:1] == wanted[:1] and set(wanted) <= set(words):
            return key
    return ""


def found_command(words: list[str]) -> tuple[typer.core.TyperCommand, list[str]]:
    """Return the command that words name, and those that are left."""
    command = typer.main.get_command(app)
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]  # type: ignore[attr-defined]
    return command, words  # type: ignore[return-value]


@pytest.mark.parametrize("block", blocks(), ids=str)
def test_every_block_has_a_language(block: Block) -> None:
    known = {"sh", "console", "python", "json", "yaml", "toml", "markdown", "text"}
    assert block.language in known | {"caddy"}  # a proxy's own, which nothing here reads


@pytest.mark.parametrize("block", blocks("sh", "console"), ids=str)
def test_every_command_is_one_of_the_command_line(block: Block) -> None:
    for words in commands(block):
        command, rest = found_command(words)
        command.make_context(" ".join(words), list(rest))  # an unknown option raises


def test_every_command_in_a_sentence_has_the_options_that_it_names() -> None:
    spans = [
        (page.name, span)
        for page in PAGES
        for span in _SPAN.findall(_BLOCK.sub("", page.read_text(encoding="utf-8")))
    ]
    assert len(spans) > 50
    for page, span in spans:
        words = span.replace("\n", " ").split()[1:]
        command, rest = found_command(words)
        known = {name for one in command.params for name in one.opts} | {"--help"}
        assert {word for word in rest if word.startswith("--")} <= known, (page, span)
        if hasattr(command, "commands"):
            assert not rest or rest[0].isupper() or rest[0].startswith("-"), (page, span)


@pytest.mark.parametrize("block", blocks("sh"), ids=str)
def test_every_other_program_is_told_with_its_reason(block: Block) -> None:
    others = {words[0] for words in shell_lines(block.text)} - {"rare-earth"}
    assert others <= OTHER_PROGRAMS.keys()


@pytest.mark.parametrize("block", blocks("json", "yaml", "toml"), ids=str)
def test_data_can_be_read(block: Block) -> None:
    read = {"json": json.loads, "yaml": yaml.safe_load, "toml": tomllib.loads}[block.language]
    assert read(block.text)


@pytest.mark.parametrize("block", blocks("python", "text"), ids=str)
def test_programs_and_sessions_are_run_by_tests_of_their_own(block: Block) -> None:
    test = ROOT / RUN_ELSEWHERE[block.page]
    assert Path(block.page).name in test.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """Make a folder with a small home and the files that commands of the documentation name."""
    folder = tmp_path_factory.mktemp("desk")
    opened, _ = open_assistant(folder / "home", embedder, *(DOCUMENTS / name for name in SMALL))
    opened.close()
    files = {
        "cases.jsonl": json.dumps(CASE) + "\n",
        "questions.txt": f"{CASE['question']}\n",
        "QUESTIONS.txt": f"{CASE['question']}\n",
        "reports/mine.md": "# Lemhi\n\nThe mine at Lemhi put out 410 t of REO in 2024.\n",
        "beir/corpus.jsonl": json.dumps({"_id": "d", "title": "Lemhi", "text": DRAFT}) + "\n",
        "beir/queries.jsonl": json.dumps({"_id": "q", "text": CASE["question"]}) + "\n",
        "beir/qrels/test.tsv": "query-id\tcorpus-id\tscore\nq\td\t1\n",
    }
    write_files(folder, files)
    draft = Document()
    draft.add_paragraph(DRAFT)
    draft.save(str(folder / "draft.docx"))
    before = ("eval", "run", folder / "cases.jsonl", "--out", folder / "runs" / "before")
    run(["--home", str(folder / "home"), *map(str, before)])
    shutil.copytree(folder / "runs" / "before", folder / "runs" / "after")
    return folder


def run(words: list[str]) -> tuple[int, str]:
    """Run a command in this process; return its exit code, and what it prints on either side."""
    done = CliRunner().invoke(app, words, input="")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def record_of(output: str) -> str:
    return re.findall(r"^record: (\w+)$", output, re.M)[-1]


def with_meanings(words: list[str], record: str) -> list[str]:
    """Return a command with what its placeholders stand for."""
    meanings = MEANT.get(table_entry(MEANT, words), {})
    left = {name: iter(values) for name, values in meanings.items()}
    meant = [next(left[word]) if word in left else word for word in words]
    return [record if word == "RECORD" else word for word in meant]


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted({block.page for block in blocks("sh")}))
def test_the_commands_of_a_page_run(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    shutil.copytree(desk, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RARE_EARTH_HOME", str(tmp_path / "home"))
    record = record_of(run(["ask", CASE["question"]])[1])
    told = (words for one in blocks("sh") if one.page == page for words in commands(one))
    for words in told:
        if not table_entry(ONLY_PARSED, words):
            code, output = run(with_meanings(words, record))
            assert code == 0, (words, output)


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted({block.page for block in blocks("console")}))
def test_commands_print_what_stands_below_them(
    library: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    shutil.copytree(library.store.home, tmp_path / "home")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RARE_EARTH_HOME", str(tmp_path / "home"))
    records = dict[str, str]()  # those that are told, to those of this home
    for block in blocks("markdown", "console"):
        if block.page == page and block.language == "markdown":
            (tmp_path / "draft.md").write_text(block.text, encoding="utf-8")
        elif block.page == page:
            for words, shown in sessions(block.text):
                if table_entry(ONLY_PARSED, words):
                    continue
                _, output = run([records.get(word, word) for word in words])
                if not table_entry(NOT_COMPARED, words):
                    assert_shown(shown, output)
                for told in re.findall(r"^record: (\w+)$", shown, re.M):
                    records[told] = record_of(output)


def sessions(text: str) -> Iterator[tuple[list[str], str]]:
    """Yield the words after `rare-earth` of each command of a session, and what stands below it."""
    for part in re.split(r"^\$ rare-earth ", text, flags=re.M)[1:]:
        line, _, shown = part.partition("\n")
        yield shlex.split(line), shown


def assert_shown(shown: str, output: str) -> None:
    """Assert that lines were printed in their order; … leaves out lines, or the rest of one."""
    printed = iter(output.splitlines())
    lines = re.sub(r"^record: \w+$", "record: …", shown.rstrip(), flags=re.M).splitlines()
    for line in lines:
        begun = line.removesuffix("…")
        is_there = line == "…" or any(
            one == line or (begun != line and one.startswith(begun)) for one in printed
        )
        assert is_there, (line, output)
