"""The page where drafted cases are reviewed, driven through Streamlit's AppTest."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from evaluation_runs import HOSTILE
from evaluation_screens import EvaluatingAssistant, html, open_page, reviews
from streamlit.testing.v1 import AppTest

import ui.resources
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.drafting.review import Draft, decide, load_drafts, write_drafts
from assistant.evaluation.loading.case_files import load_cases
from corpus.document import Page, Repair
from ui.deciding import forms_text, read_forms
from ui.draft_context import Stretch, changed_words, find_quote, sibling_of
from ui.drawing.drawing import literal

ROW = "China 270,000 270,000 44,000,000"
MINED = Case(
    id="d-1",
    question="How much did China mine in 2025, at $0?",
    answer="270,000 t",
    answers=("270,000 t",),
    must_include=(("270,000", "270 thousand"), ("t",)),
    evidence=(ExpectedPlace("usgs/mcs2026.pdf", 2, "153", ROW),),
    alternates=(ExpectedPlace("other.pdf", 7, "vii", ROW),),
    kind="table_lookup",
)
TWIN = Case(
    id="d-2",
    question="How much did China mine in 2031, at $0?",
    answer="Not in the sources",
    expected_status=("not_found",),
    answerable=False,
    near_miss=True,
    kind="unanswerable",
)
COST = replace(
    MINED,
    id="d-3",
    question="What did dysprosium cost?",
    must_include=(("$239/kg",),),
    evidence=(ExpectedPlace("news/prices.txt", 1, "", "Dysprosium oxide cost $239/kg"),),
    alternates=(),
)


@pytest.fixture(autouse=True)
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EvaluatingAssistant]:
    st.cache_data.clear()
    st.cache_resource.clear()
    fake = EvaluatingAssistant(tmp_path)
    monkeypatch.setattr(ui.resources, "get_assistant", lambda: fake)
    yield fake
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "drafts" / "drafts.jsonl"
    write_drafts(path, (MINED, TWIN, COST))
    return path


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def question(at: AppTest) -> str:
    return str(at.text_area[0].value)


def edit(at: AppTest, field: str, text: str) -> AppTest:
    areas = [*at.text_area, *at.text_input]
    return next(one for one in areas if one.label == field).set_value(text).run()


def case_of(path: Path, case_id: str) -> Case:
    return next(draft.case for draft in load_drafts(path) if draft.case.id == case_id)


def test_home_without_drafts_names_the_command() -> None:
    at = open_page("review")
    assert not at.exception
    assert [code.value for code in at.code] == ["rare-earth eval draft"]
    assert not at.button


@pytest.mark.usefixtures("path")
def test_first_open_draft_is_shown_for_editing() -> None:
    at = open_page("review")
    assert not at.exception
    assert at.text_area[0].value == MINED.question
    assert at.text_area[1].value == "270,000\n270 thousand\n\nt"
    assert [one.value for one in at.text_input] == ["270,000 t", ""]
    assert "d-1 · table lookup · open" in html(at)


@pytest.mark.usefixtures("path")
def test_quote_is_marked_in_its_page_which_can_be_opened() -> None:
    at = open_page("review")
    shown = html(at)
    assert f"<mark>{ROW}</mark>" in shown
    assert '<span class="place">p. 153 (PDF page 2)</span>' in shown
    assert "The same also stands in other.pdf, page vii" in shown
    start = shown.split("<mark>")[0].count("\n")
    assert start
    assert at.get("page_link")[0].proto.query_string.startswith("source=mcs-2026&page=2&start=35&")


def test_accepted_draft_is_on_disk_and_the_next_is_shown(path: Path) -> None:
    at = press(open_page("review"), "Accept")
    assert not at.exception
    assert reviews(path) == {"d-1": "accepted", "d-2": "open", "d-3": "open"}
    assert question(at) == TWIN.question


def test_rejected_draft_keeps_its_note(path: Path) -> None:
    at = edit(open_page("review"), "Note", "too easy")
    press(at, "Reject")
    assert load_drafts(path)[0] == Draft(MINED, "rejected", "too easy")


def test_decisions_are_there_after_the_page_is_loaded_anew(path: Path) -> None:
    at = press(press(open_page("review"), "Accept"), "Reject")
    at = open_page("review")
    assert question(at) == COST.question
    assert at.get("progress")[0].proto.text == "2 of 3 drafts decided"
    assert reviews(path) == {"d-1": "accepted", "d-2": "rejected", "d-3": "open"}


def test_skipped_drafts_come_again_after_the_last(path: Path) -> None:
    at = open_page("review")
    seen = []
    for _ in range(4):
        seen.append(question(at))
        at = press(at, "Skip")
    assert seen == [MINED.question, TWIN.question, COST.question, MINED.question]
    assert set(reviews(path).values()) == {"open"}


def test_decisions_and_edits_are_taken_back_one_by_one(path: Path) -> None:
    at = edit(open_page("review"), "Question", "How much was mined?")
    at = press(press(at, "Accept"), "Reject")
    assert reviews(path) == {"d-1": "accepted", "d-2": "rejected", "d-3": "open"}
    at = press(at, "Undo")
    assert question(at) == TWIN.question
    assert reviews(path) == {"d-1": "accepted", "d-2": "open", "d-3": "open"}
    at = press(at, "Undo")
    assert question(at) == "How much was mined?"
    assert load_drafts(path)[0].state == "open"
    at = press(at, "Undo")
    assert question(at) == MINED.question
    assert load_drafts(path) == tuple(map(Draft, (MINED, TWIN, COST)))
    assert next(button for button in at.button if button.label == "Undo").disabled


@pytest.mark.usefixtures("path")
def test_draft_whose_edit_is_taken_back_is_shown_though_it_was_skipped() -> None:
    at = press(edit(open_page("review"), "Question", "How much was mined?"), "Skip")
    assert question(at) == TWIN.question
    assert question(press(at, "Undo")) == MINED.question


def test_edit_that_changes_nothing_is_no_step(path: Path) -> None:
    at = edit(open_page("review"), "Question", f" {MINED.question} ")
    assert next(button for button in at.button if button.label == "Undo").disabled
    assert load_drafts(path)[0] == Draft(MINED)


def test_undo_leaves_what_another_decided(path: Path) -> None:
    at = press(open_page("review"), "Accept")
    decide(path, "d-3", "rejected")
    press(at, "Undo")
    assert reviews(path) == {"d-1": "open", "d-2": "open", "d-3": "rejected"}


def test_edit_is_on_disk_at_once(path: Path) -> None:
    at = edit(open_page("review"), "Question", "  How much was mined at $5?  ")
    at = edit(at, "What a right answer must say", "270,000\n270 kt\n\n\nREO\n")
    at = edit(at, "Answer", "270 kt REO")
    assert load_drafts(path)[0] == Draft(
        replace(
            MINED,
            question="How much was mined at $5?",
            answer="270 kt REO",
            answers=("270 kt REO",),
            must_include=(("270,000", "270 kt"), ("REO",)),
        )
    )
    assert question(open_page("review")) == "How much was mined at $5?"


@pytest.mark.parametrize(
    ("field", "text", "refusal"),
    [
        ("Question", "  ", "the question is empty; nothing was kept of this change"),
        (
            "What a right answer must say",
            "270,000\n?",
            "`must_include` takes texts with a letter or digit, not '?'",
        ),
    ],
)
def test_edit_that_no_case_can_hold_is_refused(
    path: Path, field: str, text: str, refusal: str
) -> None:
    at = edit(open_page("review"), field, text)
    assert [error.value for error in at.error] == [literal(refusal)]
    at = press(at, "Accept")
    assert [error.value for error in at.error] == [literal(refusal)]
    assert load_drafts(path)[0] == Draft(MINED)
    assert not at.run().error


def test_draft_that_is_gone_meanwhile_is_told(path: Path) -> None:
    at = open_page("review")
    path.unlink()
    write_drafts(path, (TWIN,))
    at = press(at, "Accept")
    assert not at.exception
    assert literal("holds no draft 'd-1'") in at.error[0].value
    assert question(at) == TWIN.question


def test_unanswerable_twin_shows_what_was_changed_and_what_comes_nearest(
    path: Path, fake: EvaluatingAssistant
) -> None:
    at = press(open_page("review"), "Accept")
    shown = html(at)
    assert "in <mark>2031,</mark> at $0?" in shown
    assert f"{MINED.question} <b>270,000 t</b>" in shown
    assert f"<mark>{ROW}</mark>" in shown
    assert fake.searched == [TWIN.question]
    assert [one.label for one in at.expander] == ["The passages that come nearest (1)"]
    assert len(at.text_area) == 1
    press(at, "Accept")
    assert load_drafts(path)[1] == Draft(TWIN, "accepted")


def test_unanswerable_draft_without_a_sibling_shows_what_comes_nearest(tmp_path: Path) -> None:
    write_drafts(tmp_path / "drafts" / "a.jsonl", (TWIN,))
    at = open_page("review")
    assert not at.exception
    assert "What was changed" not in html(at)
    assert at.expander[0].proto.expanded


def test_draft_whose_file_is_gone_says_so(tmp_path: Path) -> None:
    gone = replace(MINED, evidence=(ExpectedPlace("gone_$.pdf", 1, "", ROW),))
    write_drafts(tmp_path / "drafts" / "a.jsonl", (gone,))
    at = open_page("review")
    assert [one.value for one in at.warning] == [literal("gone_$.pdf is not among the sources.")]


def test_quote_that_its_page_does_not_hold_is_told(tmp_path: Path) -> None:
    other = replace(MINED, evidence=(ExpectedPlace("usgs/mcs2026.pdf", 2, "", "Laos $1"),))
    write_drafts(tmp_path / "drafts" / "a.jsonl", (other,))
    at = open_page("review")
    assert [one.value for one in at.warning] == [
        literal("The page does not hold these words as they were: Laos $1")
    ]
    assert "<mark>" not in html(at)


def test_decided_drafts_can_be_looked_at_and_decided_otherwise(path: Path) -> None:
    at = press(open_page("review"), "Accept")
    at = at.segmented_control(key="draft_state").set_value("accepted").run()
    assert question(at) == MINED.question
    assert next(button for button in at.button if button.label == "Accept").disabled
    at = press(at, "Reject")
    assert reviews(path)["d-1"] == "rejected"
    assert at.markdown[0].value == "There is no such draft."
    assert press(at, "Undo").text_area[0].value == MINED.question


def test_accepted_cases_are_written_with_the_command_that_runs_them(path: Path) -> None:
    at = open_page("review")
    write = next(button for button in at.button if button.label == "Write the accepted cases")
    assert write.disabled
    at = press(press(at, "Accept"), "Write the accepted cases")
    file = path.with_name("drafts.accepted.jsonl")
    assert [code.value for code in at.code] == [f"rare-earth eval run {file}"]
    assert load_cases(file) == (MINED,)
    assert [one.proto.label for one in at.get("download_button")] == ["Download the cases"]
    assert open_page("review").selectbox(key="drafts").options == ["drafts.jsonl"]


@pytest.mark.usefixtures("path")
def test_written_cases_are_not_offered_once_others_are_accepted() -> None:
    at = press(press(open_page("review"), "Accept"), "Write the accepted cases")
    at = press(at, "Accept")
    assert not at.code
    assert not at.get("download_button")


def test_newest_file_of_drafts_is_chosen_first(path: Path) -> None:
    write_drafts(path.with_name("later.jsonl"), (COST,))
    at = open_page("review")
    assert at.selectbox(key="drafts").options == ["later.jsonl", "drafts.jsonl"]
    assert question(at) == COST.question
    at = at.selectbox(key="drafts").set_value("drafts.jsonl").run()
    assert question(at) == MINED.question


def test_file_that_holds_no_drafts_is_told(path: Path) -> None:
    path.write_text("no draft\n", encoding="utf-8")
    at = open_page("review")
    assert not at.exception
    assert at.error[0].value.startswith(literal(f"{path}, line 1: "))


def test_words_of_drafts_are_text(tmp_path: Path) -> None:
    hostile = replace(
        MINED,
        question=f"What is {HOSTILE}?",
        kind=HOSTILE,
        evidence=(ExpectedPlace(f"usgs/{HOSTILE}", 2, HOSTILE, HOSTILE), *MINED.evidence),
        alternates=(ExpectedPlace(HOSTILE, 1, HOSTILE),),
    )
    twin = replace(TWIN, question=f"Which is {HOSTILE}?")
    write_drafts(tmp_path / "drafts" / "a.jsonl", (hostile, twin))
    at = open_page("review")
    shown = html(at)
    at = press(at, "Accept")
    shown += html(at)
    assert not at.exception
    assert "<img" not in shown
    assert "&lt;img" in shown


@pytest.mark.parametrize(
    "groups", [(), (("a",),), (("a", "b c"), ("1,000",)), (("$1 | $2", "x"), ("y",), ("z", "w"))]
)
def test_expected_forms_survive_editing(groups: tuple[tuple[str, ...], ...]) -> None:
    assert read_forms(forms_text(groups)) == groups


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("a\nb\n\nc", (("a", "b"), ("c",))),
        ("\n\n a \r\n b\n \n\n c \n", (("a", "b"), ("c",))),
        (" \n ", ()),
    ],
)
def test_typed_forms_are_read(text: str, groups: tuple[tuple[str, ...], ...]) -> None:
    assert read_forms(text) == groups


REPAIRED = Page(
    1,
    "1",
    "Output rose to 51,000 tons.\nReserves are 1,900 tons.",
    repairs=(
        Repair(7, 11, "ro-\nse", "hyphen"),
        Repair(21, 21, "e", "mark"),
        Repair(41, 46, "1,9003", "mark"),
    ),
)


@pytest.mark.parametrize(
    ("page", "quote", "file", "words"),
    [
        (REPAIRED, "Output rose", "a.pdf", "Output rose"),
        (REPAIRED, "Output  rose\nto", "a.pdf", "Output rose to"),
        (REPAIRED, "Output ro- se to 51,000e tons.", "a.pdf", "Output rose to 51,000 tons."),
        (REPAIRED, "Reserves are 1,9003 tons.", "a.pdf", "Reserves are 1,900 tons."),
        (REPAIRED, "Reserves are 1,9003", "a.pdf", "Reserves are 1,900"),
        (Page(1, "1", "Laos | 1,000 | 2"), 'Laos,"1,000",2', "a.csv", "Laos | 1,000 | 2"),
        (REPAIRED, "Output fell", "a.pdf", ""),
        (REPAIRED, "", "a.pdf", ""),
    ],
)
def test_gold_quote_is_found_in_the_stored_text(
    page: Page, quote: str, file: str, words: str
) -> None:
    found = find_quote(page, quote, file)
    assert page.text[found.start : found.end] == words
    assert words or found == Stretch()


def test_twin_is_set_beside_the_question_it_is_most_like() -> None:
    assert sibling_of(TWIN, (COST, MINED, TWIN)) == MINED
    assert sibling_of(TWIN, (COST, TWIN)) is None
    assert sibling_of(TWIN, ()) is None


def test_words_that_another_question_has_not_are_told() -> None:
    pieces = changed_words("What did Laos mine, in 2031?", "What did China mine in 2031?")
    assert "".join(piece for piece, _ in pieces) == "What did Laos mine, in 2031?"
    assert [piece for piece, is_other in pieces if is_other] == ["Laos"]
