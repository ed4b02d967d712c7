"""Answers on a terminal: sentence by sentence, stopped and given up by Ctrl-C."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from paced_assistant import HOSTILE, QUESTION, SENTENCES, WRITTEN, allow
from terminals import Terminal, terminal

PROGRAM = str(Path(__file__).parents[2].joinpath("paced_assistant.py"))
FIRST = f"{SENTENCES[0].text} [1]"
STATUS = "the model is writing; Ctrl-C stops it"
STOPPED = "warning: The model was stopped; this is what it had written.\n"
WRITTEN_BY = (
    "written by paced:1b in 4.3 s, 1,540 tokens read, 120 written; "
    "each sentence verified against its quotes\n"
)


@pytest.fixture(autouse=True)
def _obeying(obeying_interrupts: None) -> None:
    """Programs that are started inherit whether Ctrl-C is ignored."""


def arguments(folder: Path, *words: str) -> list[str]:
    return [PROGRAM, str(folder), "terminal", "--home", str(folder / "home"), *words]


@contextmanager
def asking(folder: Path, errors: Path | None = None) -> Iterator[Terminal]:
    """Yield the terminal on which the question is asked."""
    with terminal(arguments(folder, "ask", QUESTION), errors) as screen:
        yield screen


def piped(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Ask the question with the answer going into a pipe."""
    allow(folder, 4)
    return subprocess.run(
        [sys.executable, *arguments(folder, "ask", QUESTION, *words)],
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.mark.slow
def test_sentences_are_printed_before_the_answer_is_whole(tmp_path: Path) -> None:
    with asking(tmp_path) as screen:
        screen.wait_for(STATUS)
        assert FIRST not in screen.seen
        allow(tmp_path, 1)
        screen.wait_for(FIRST)
        assert HOSTILE not in screen.seen
        allow(tmp_path, 4)
        assert screen.end() == 0
    assert screen.seen.count(FIRST) == 1
    assert screen.seen.endswith(f"{WRITTEN_BY}record: k3pt2me\n")


@pytest.mark.slow
def test_status_is_wiped_before_the_first_sentence(tmp_path: Path) -> None:
    with asking(tmp_path) as screen:
        screen.wait_for(STATUS)
        allow(tmp_path, 4)
        screen.end()
    assert f"\r{' ' * len(STATUS)}\r{FIRST}" in screen.seen


@pytest.mark.slow
def test_terminal_shows_in_the_end_what_a_pipe_gets(tmp_path: Path) -> None:
    with asking(tmp_path, errors=tmp_path / "errors") as screen:
        for sentences in (1, 2, 3, 4):
            allow(tmp_path, sentences)
        screen.end()
    whole = piped(tmp_path)
    assert screen.seen == whole.stdout
    assert whole.stdout.startswith(f"{WRITTEN.text}\n\n[1] ")
    assert (tmp_path / "errors").read_text(encoding="utf-8") == whole.stderr
    assert whole.stderr.endswith(f"{WRITTEN_BY}record: k3pt2me\n")


@pytest.mark.slow
def test_json_is_data_alone(tmp_path: Path) -> None:
    answer = piped(tmp_path, "--json")
    assert answer.stdout.startswith('{\n  "question": ')
    assert answer.stderr == "record: k3pt2me\n"


@pytest.mark.slow
def test_first_interrupt_stops_the_model_and_gives_what_stands(tmp_path: Path) -> None:
    with asking(tmp_path) as screen:
        allow(tmp_path, 1)
        screen.wait_for(FIRST)
        screen.type("\x03")
        assert screen.end() == 0
    assert STOPPED in screen.seen
    assert "[1] Mineral Commodity Summaries 2026" in screen.seen
    assert HOSTILE not in screen.seen


@pytest.mark.slow
def test_second_interrupt_ends_the_command(tmp_path: Path) -> None:
    (tmp_path / "deaf").touch()
    with asking(tmp_path) as screen:
        screen.wait_for(STATUS)
        screen.type("\x03")
        screen.wait_for("stopping")
        screen.type("\x03")
        assert screen.end() == 130
    assert "Traceback" not in screen.seen


@pytest.mark.slow
def test_interrupt_in_a_chat_comes_back_to_the_conversation(tmp_path: Path) -> None:
    with terminal(arguments(tmp_path, "chat")) as screen:
        screen.wait_for("An empty line ends.")
        allow(tmp_path, 4)
        screen.type("How much did China mine?\n")
        screen.wait_for("record: k3pt2me")
        for number in (1, 2, 3, 4):
            (tmp_path / str(number)).unlink()
        (tmp_path / "deaf").touch()
        screen.type("And in 2024?\n")
        screen.wait_for(STATUS)
        screen.type("\x03")
        screen.wait_for("stopping")
        screen.type("\x03")
        screen.wait_for("the question was given up; ask another, or end with an empty line")
        allow(tmp_path, 4)
        screen.type("And of the quotas?\n")
        screen.wait_for("turns before: 2\n")
        screen.type("\n")
        assert screen.end() == 0


@pytest.mark.slow
def test_answer_that_became_another_is_printed_anew(tmp_path: Path) -> None:
    (tmp_path / "turning").touch()
    with asking(tmp_path) as screen:
        allow(tmp_path, 1)
        screen.wait_for(FIRST)
        allow(tmp_path, 4)
        screen.end()
    other = "the answer became another than what stands above; it is this:\nThe sources do not say."
    assert f"{other}\n" in screen.seen
