"""What readers say of answers, and the cases to review that come of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from fake_assistant import COST, MINED
from typer.testing import CliRunner

from assistant.answer import Answer, Turn
from assistant.cli.main import app
from assistant.desk import Rating, Ratings
from assistant.errors import DeskError
from assistant.evaluation.drafting.review import decide, load_drafts
from assistant.records import AnswerRecords, record_of
from assistant.settings import Settings
from index.passage import Filters

TURNS = (Turn("user", "And China?"), Turn("assistant", MINED.text))


def kept(home: Path, answer: Answer, turns: tuple[Turn, ...] = ()) -> str:
    """Record an answer and return its id."""
    record = record_of(answer, turns, Filters(), Settings(home), "f")
    return AnswerRecords(home).keep(record).id


def test_the_last_rating_of_an_answer_counts(tmp_path: Path) -> None:
    ratings = Ratings(tmp_path)
    assert ratings.of("abc2345") is None
    ratings.keep(Rating("abc2345", is_good=True))
    ratings.keep(Rating("abc2345", is_good=False, reason="an old\n edition"))
    [rating] = ratings.all()
    assert replace(rating, time="") == Rating("abc2345", is_good=False, reason="an old edition")
    assert ratings.of("abc2345") == rating
    ratings.take_back("abc2345")
    assert ratings.all() == ()


def test_answers_rated_down_become_cases_to_review(tmp_path: Path) -> None:
    bad, good = kept(tmp_path, COST, TURNS), kept(tmp_path, MINED)
    ratings = Ratings(tmp_path)
    ratings.keep(Rating(bad, is_good=False, reason="an old edition"))
    ratings.keep(Rating(good, is_good=True))
    ratings.keep(Rating("gone234", is_good=False))
    command = ["--home", str(tmp_path), "eval", "draft", "--ratings"]
    assert CliRunner().invoke(app, command).exit_code == 0
    file = tmp_path / "drafts" / "rated.jsonl"
    [draft] = load_drafts(file)
    assert (draft.case.id, draft.case.question) == (f"rated-{bad}", COST.question)
    assert (draft.case.turns, draft.note, draft.state) == (TURNS, "an old edition", "open")
    decide(file, draft.case.id, "rejected", note="it was right")
    assert CliRunner().invoke(app, command).exit_code == 0
    assert [(one.state, one.note) for one in load_drafts(file)] == [("rejected", "it was right")]


def test_without_an_answer_rated_down_it_is_said_how_to(tmp_path: Path) -> None:
    command = ["--home", str(tmp_path), "eval", "draft", "--ratings"]
    with pytest.raises(DeskError, match="press the thumb that points down"):
        CliRunner().invoke(app, command, catch_exceptions=False)
