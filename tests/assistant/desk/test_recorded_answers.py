"""Recorded answers are shown again as they were given."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from assistants import open_assistant
from fake_assistant import ANSWERS
from fakes import HashingEmbedder, write_files

from assistant.answer import Answer, answer_to_json
from assistant.answer.answer_reading import answer_of_json, recorded_source
from assistant.assistant import Assistant
from assistant.desk import ConversationTurn
from assistant.exporting import ExportForm

QUESTION = "How much did Norland mine in 2025?"
TEXT = "# Output\n\nNorland mined 7,000 tons of rare earths in 2025. It mined 6,000 in 2024.\n"


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    folder = write_files(tmp_path / "sources", {"output.md": TEXT})
    return open_assistant(tmp_path / "home", HashingEmbedder(), folder)[0]


def keep(assistant: Assistant) -> tuple[Answer, str]:
    answer = assistant.ask(QUESTION)
    return answer, assistant.keep(answer).id


@pytest.mark.parametrize("answer", ANSWERS.values())
def test_an_answer_is_told_and_read_again(answer: Answer) -> None:
    told = json.loads(json.dumps(answer_to_json(answer)))
    again = answer_of_json(told, recorded_source, lambda *_: "")
    assert answer_to_json(again)["sentences"] == told["sentences"]
    assert [one | {"holds_instruction": False} for one in told["citations"]] == answer_to_json(
        replace(again, evidence=())
    )["citations"]


def test_a_recorded_answer_is_as_it_was_given(assistant: Assistant) -> None:
    answer, record_id = keep(assistant)
    again = assistant.recorded(record_id).answer
    assert [(one.source, one.quote) for one in again.citations] == [
        (one.source, one.quote) for one in answer.citations
    ]
    assert again.sentences == answer.sentences
    assert [one.passage.text for one in again.evidence] == [
        one.passage.text for one in answer.evidence
    ]
    assert answer.citations


def test_of_a_source_that_is_gone_the_quote_stands(assistant: Assistant) -> None:
    answer, record_id = keep(assistant)
    assistant.remove(answer.citations[0].source.id)
    again = assistant.recorded(record_id).answer
    assert again.citations[0].quote == answer.citations[0].quote
    assert again.citations[0].source.title == answer.citations[0].source.title
    assert again.evidence == ()


def test_a_conversation_opens_with_its_answers(assistant: Assistant) -> None:
    answer, record_id = keep(assistant)
    begun = assistant.conversations.add_turn("", ConversationTurn(record_id, QUESTION))
    assistant.conversations.add_turn(begun, ConversationTurn("gone234", "And in 2024?"))
    known, lost = assistant.conversation(begun).turns
    assert (known.record_id, known.answer.text) == (record_id, answer.text)
    assert (lost.record_id, lost.answer.question) == ("", "And in 2024?")
    assert lost.answer.warnings == ("This answer is no longer recorded; ask the question again.",)


@pytest.mark.parametrize("form", ExportForm)
def test_recorded_answers_are_given_out_in_each_form(
    assistant: Assistant, form: ExportForm
) -> None:
    _, record_id = keep(assistant)
    assert assistant.export([record_id], form)
