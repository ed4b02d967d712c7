"""The table of an answer on the screen: cells with marks that open their pages, notes, CSV."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import fake_assistant
import pytest
from fake_assistant import CONFLICTING, MCS_2025, MCS_2026, FakeAssistant, citation
from streamlit.testing.v1 import AppTest

import ui.resources
from assistant.answer import Answer, Sentence
from assistant.answer.answer_table import NOT_GIVEN, AnswerTable, TableCell, TableRow
from ui.drawing.table_drawing import table_html

APP = Path(ui.resources.__file__).with_name("app.py")
TABLE = AnswerTable(
    title="Output <of> countries",
    unit="metric tons",
    basis="REO equivalent",
    row_title="Country",
    columns=("2023", "2024"),
    rows=(
        TableRow(
            "Nigeria", (TableCell("7,200", (2,)), TableCell("1,500", (1,), ("13,000",), (2,)))
        ),
        TableRow("<b>Bold</b>", (TableCell(NOT_GIVEN), TableCell("<i>2</i>", (1,)))),
    ),
    remarks=("Left out: <u>",),
)
CITATIONS = (
    citation(1, MCS_2026, 2, "Nigeria 1,500 1,500 NA"),
    citation(2, MCS_2025, 1, "Nigeria 7,200 13,000 NA"),
)
ANSWER = replace(CONFLICTING, question="Output by country", table=TABLE, citations=CITATIONS)


class AnsweringAnew(FakeAssistant):
    """Gives an answer of its own each time, as the assistant does."""

    def answering(self, *asked: Any) -> Generator[Sentence, None, Answer]:
        return replace((yield from super().answering(*asked)))


def html() -> str:
    return table_html(TABLE, {one.number: one for one in CITATIONS})


def test_each_cell_has_the_marks_of_its_citations_and_notes() -> None:
    cell = html().split("<td>")[2].split("</td>")[0]
    assert cell.startswith('<span class="said">1,500</span><sup>a</sup>')
    assert cell.count('class="marker"') == 2
    assert "[1]</a>" in cell
    assert "[2]</a>" in cell
    assert "<sup>a</sup> 13,000" in html()


def test_a_cell_that_is_not_given_has_no_mark() -> None:
    cell = html().split("<td>")[3].split("</td>")[0]
    assert cell == '<span class="quiet">not given</span>'


def test_words_of_a_source_are_never_markup() -> None:
    shown = html()
    assert not any(tag in shown for tag in ("<b>", "<i>", "<u>", "<of>"))
    assert "&lt;b&gt;Bold&lt;/b&gt;" in shown


def test_unit_and_remarks_stand_with_the_table() -> None:
    assert "(metric tons, REO equivalent)" in html()
    assert "Left out: &lt;u&gt;" in html()


def test_a_table_is_drawn_in_place_of_the_text_and_can_be_downloaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(fake_assistant.ANSWERS, ANSWER.question, ANSWER)
    assistant = AnsweringAnew()
    monkeypatch.setattr(ui.resources, "get_assistant", lambda: assistant)
    at = AppTest.from_file(str(APP), default_timeout=30).run()
    for _ in range(2):  # the same request twice in one conversation
        at = at.chat_input[0].set_value(ANSWER.question).run()
        assert not at.exception
    shown = " ".join(element.proto.body for element in at.get("html"))
    assert shown.count('<div class="answer-table"') == 2
    assert CONFLICTING.sentences[0].text not in shown
    assert len(at.get("download_button")) == 2
