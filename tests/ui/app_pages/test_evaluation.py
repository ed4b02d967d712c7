"""The page of runs, driven through Streamlit's AppTest over runs in a scratch home."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import streamlit as st
from evaluation_runs import CASES, QUOTE, SHOWN_HOSTILE, answer, result_of, run_in, without_gold
from evaluation_screens import EvaluatingAssistant, html, open_page, store_run
from served import open_small_home
from streamlit.testing.v1 import AppTest

import ui.resources
from assistant.evaluation.explaining import VERDICTS
from assistant.evaluation.notes import load_notes
from assistant.evaluation.results import RESULTS_FILE, CaseResult, Run, result_line
from assistant.evaluation.running.runs import RunState
from assistant.evaluation.scoring import Scores, score
from ui.drawing.drawing import literal
from ui.runs.run_starting import told_progress

NOTHING = "No case ran in both runs, so there is nothing to compare."


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    st.cache_data.clear()
    st.cache_resource.clear()
    fake = EvaluatingAssistant(tmp_path)
    monkeypatch.setattr(ui.resources, "get_assistant", lambda: fake)
    yield tmp_path
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def run(home: Path) -> Run:
    return store_run(run_in(home / "runs" / "march"))


def open_tab(at: AppTest, name: str) -> AppTest:
    at.session_state["evaluation_tab"] = name
    return at.run()


def pick(at: AppTest, row: int, table: int = 0) -> AppTest:
    """Select a row of a table of the page."""
    key = at.dataframe[table].proto.id.split("-", maxsplit=2)[2]
    at.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return at.run()


def open_case(case_id: str) -> AppTest:
    """Open the cases of the newest run with one of them picked."""
    at = open_tab(open_page("evaluation"), "Cases")
    return pick(at, list(at.dataframe[0].value["Id"]).index(case_id))


def names(html: str) -> set[str]:
    """Return the names of the elements of HTML."""
    found: set[str] = set()

    class Elements(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.add(tag)
            assert not any(name.startswith("on") for name, _ in attrs)

    Elements().feed(html)
    return found


def changed(run: Run, folder: Path, *results: CaseResult) -> Run:
    """Return a run like another with the results of some cases exchanged."""
    others = {result.id: result for result in results}
    return replace(
        run, folder=folder, results=tuple(others.get(one.id, one) for one in run.results)
    )


def worse() -> CaseResult:
    """Return a result for the case "right" that is not right."""
    told = answer("It mined much.")
    return CaseResult("right", told, score(CASES[0], told), "", 0.4)


def test_home_without_runs_names_the_commands() -> None:
    at = open_page("evaluation")
    assert not at.exception
    assert [code.value for code in at.code] == ["rare-earth eval draft"]
    assert [button.label for button in at.button] == ["Start"]
    assert not at.selectbox


@pytest.mark.usefixtures("run")
def test_runs_are_listed_the_newest_first(home: Path) -> None:
    store_run(run_in(home / "runs" / "april", CASES[:-1]), "2026-04-01T08:00:00+00:00")
    store_run(without_gold(home / "runs" / "may"), "2026-05-01T08:00:00+00:00")
    at = open_page("evaluation")
    assert at.selectbox(key="run").options == [
        "may · 1 May 2026, 08:00 UTC · 8 cases · not finished",
        "april · 1 April 2026, 08:00 UTC · 8 cases · 50% of the answers right",
        "march · 1 March 2026, 09:30 UTC · 9 cases · not finished",
    ]
    assert at.selectbox(key="run").value == "may"


@pytest.mark.usefixtures("run")
def test_chosen_run_stays_after_a_visit_to_another_page(home: Path) -> None:
    store_run(run_in(home / "runs" / "april"), "2026-04-01T08:00:00+00:00")
    at = open_page("evaluation")
    at = at.selectbox(key="run").set_value("march").run()
    at = at.switch_page("app_pages/sources.py").run()
    at = at.switch_page("app_pages/evaluation.py").run()
    assert at.selectbox(key="run").value == "march"


@pytest.mark.usefixtures("run")
def test_what_was_run_is_told() -> None:
    at = open_page("evaluation")
    shown = html(at)
    assert not at.exception
    assert "9 questions of questions.jsonl · 1 March 2026, 09:30 UTC" in shown
    assert "<dt>Passages</dt><dd>40</dd>" in shown
    assert "<dt>Pypdf</dt><dd>7.1.1</dd>" in shown


@pytest.mark.usefixtures("run")
def test_headline_figures_have_intervals_and_counts_and_errors_stand_apart() -> None:
    at = open_page("evaluation")
    assert [(one.label, one.value, one.delta) for one in at.metric] == [
        ("Answer right", "0.500", "0.00–1.00 · 4 cases"),
        ("Wrong answer shown", "0.167", "0.00–0.50 · 6 cases"),
        ("Refusal recall", "0.500", "0.00–1.00 · 2 cases"),
        ("Page cited", "0.667", "0.00–1.00 · 3 cases"),
        ("Failed", "1", "of 8 that ran"),
    ]


@pytest.mark.usefixtures("run")
def test_charts_show_headline_times_groups_and_confidence() -> None:
    at = open_page("evaluation")
    told = [chart.proto.alt for chart in at.get("vega_lite_chart")]
    assert told == [
        "Headline measures with their 95 % intervals",
        "How many cases took how long",
        "How the cases of each group came out",
        "Answer right of each group",
        "Share of answerable questions by confidence",
    ]


@pytest.mark.usefixtures("run")
def test_groups_and_measure_can_be_chosen() -> None:
    at = open_page("evaluation")
    at.segmented_control(key="dimension").set_value("turns")
    at.selectbox(key="measure").set_value("page_cited")
    at = at.run()
    outcomes, cited = at.get("vega_lite_chart")[2:4]
    assert b"single question (6)" in outcomes.proto.datasets[0].data.data
    assert b"follow-up (1)" in outcomes.proto.datasets[0].data.data
    assert cited.proto.alt == "Page cited of each group"
    assert not at.exception


@pytest.mark.usefixtures("run")
def test_measure_that_applies_to_no_group_says_so() -> None:
    at = open_page("evaluation")
    at.segmented_control(key="dimension").set_value("near miss")
    at.selectbox(key="measure").set_value("page_cited")
    at = at.run()
    assert not at.exception
    assert "It applies to no case of these groups." in [one.value for one in at.markdown]


@pytest.mark.usefixtures("run")
def test_all_measures_are_defined() -> None:
    at = open_page("evaluation")
    table = at.dataframe[-1].value
    row = table[table["Measure"] == "Answer right"].iloc[0]
    assert (row["Mean"], row["95 % interval"], row["Cases"]) == ("0.500", "0.00–1.00", 4)
    assert row["Definition"].startswith("of answerable questions")


def test_run_that_is_under_way_is_shown_as_far_as_it_is(home: Path) -> None:
    whole = run_in(home / "runs" / "march")
    run = store_run(whole, results=whole.results[:4])
    at = open_page("evaluation")
    told = "of 9 cases not run yet. If the run was stopped, start it again to go on."
    assert [info.value for info in at.info] == [f"5 {told}"]
    with (run.folder / RESULTS_FILE).open("ab") as file:
        file.writelines(result_line(result) for result in whole.results[4:])
        file.write(b'{"id": "half')
    at = next(button for button in at.button if button.label == "Look again").click().run()
    assert [info.value for info in at.info] == [f"1 {told}"]
    assert [(at.metric[-1].value, at.metric[-1].delta)] == [("1", "of 8 that ran")]


def test_run_without_any_result_is_shown(home: Path) -> None:
    store_run(run_in(home / "runs" / "new"), results=())
    at = open_page("evaluation")
    assert not at.exception
    for tab in ("Cases", "Compare"):
        at = open_tab(at, tab)
        assert not at.exception
        assert not at.dataframe


def test_questions_without_gold_are_not_scored(home: Path) -> None:
    store_run(without_gold(home / "runs" / "plain"))
    at = open_page("evaluation")
    assert not at.exception
    assert not at.metric
    assert at.info[1].value.startswith("These questions come without known answers")
    at = open_tab(at, "Cases")
    assert set(at.dataframe[0].value["Verdict"]) == {"failed", "no gold"}
    assert "This question comes without a known answer." in html(pick(at, 1))


@pytest.mark.usefixtures("run")
def test_run_that_cannot_be_read_is_told_and_the_others_stay(home: Path) -> None:
    broken = store_run(run_in(home / "runs" / "broken"), "2026-04-01T08:00:00+00:00")
    (broken.folder / RESULTS_FILE).write_bytes(b"no result\n")
    at = open_page("evaluation")
    assert not at.exception
    assert at.selectbox(key="run").options[0] == "broken · cannot be read"
    assert [error.value for error in at.error] == [
        literal(f"{broken.folder / RESULTS_FILE}, line 1: is not a result; choose another folder")
    ]
    at = at.selectbox(key="run").set_value("march").run()
    assert not at.error
    assert at.metric


def test_opening_a_run_writes_no_report(run: Run) -> None:
    before = sorted(path.name for path in run.folder.iterdir())
    at = open_page("evaluation")
    labels = [button.proto.label for button in at.get("download_button")]
    assert labels == ["Report (HTML)", "Answers (CSV)", "All tables (XLSX)"]
    assert sorted(path.name for path in run.folder.iterdir()) == before


@pytest.mark.usefixtures("run")
def test_cases_are_listed_the_worst_first() -> None:
    table = open_tab(open_page("evaluation"), "Cases").dataframe[0].value
    verdicts = list(table["Verdict"])
    assert verdicts == sorted(verdicts, key=VERDICTS.index)
    assert list(table["Id"]) == [
        "failed <1>", "wrong", "short", "claim", "but", "right", "refused", "plain",
    ]  # fmt: skip
    assert table["Question"].iloc[0] == SHOWN_HOSTILE
    assert table["Reasons"].iloc[0] == f"ValueError: {SHOWN_HOSTILE}"
    assert list(table["Status"])[:4] == ["", "answered", "not found", "contradicted"]


@pytest.mark.parametrize(
    ("widget", "value", "left"),
    [
        ("verdicts", ["right", "not right"], ["short", "claim", "right", "refused"]),
        ("kinds", ["unanswerable"], ["wrong", "refused"]),
        ("words", "CHINA mine", ["wrong", "claim", "right"]),
        ("words", "refused", ["refused"]),
    ],
)
@pytest.mark.usefixtures("run")
def test_cases_can_be_filtered(widget: str, value: object, left: list[str]) -> None:
    at = open_tab(open_page("evaluation"), "Cases")
    at.session_state[f"{widget} of march"] = value
    at = at.run()
    assert list(at.dataframe[0].value["Id"]) == left
    assert at.caption[1].value == (
        f"{len(left)} of 8 cases, the worst first. Select a row to read it."
    )


@pytest.mark.usefixtures("run")
def test_filters_that_leave_nothing_say_so() -> None:
    at = open_tab(open_page("evaluation"), "Cases")
    at.session_state["words of march"] = "cerium moon"
    at = at.run()
    assert not at.exception
    assert at.info[-1].value == "No case is left by these filters."


@pytest.mark.usefixtures("run")
def test_worst_case_is_shown_before_any_is_picked() -> None:
    shown = html(open_tab(open_page("evaluation"), "Cases"))
    assert '<span class="verdict bad">failed</span> <span class="quiet">60 s · asked 2' in shown
    assert "ValueError: &lt;/script&gt;&lt;img" in shown


@pytest.mark.usefixtures("run")
def test_picked_case_shows_answer_gold_reasons_and_scores() -> None:
    at = open_case("right")
    shown = html(at)
    assert not at.exception
    assert '<span class="verdict good">right</span>' in shown
    assert "It mined 270,000 t [1]." in shown
    assert f"<mark>{QUOTE}</mark>" in shown
    assert "U.S. Geological Survey · 2026-02 · MCS 2026 · usgs/mcs2026.pdf · p. 153 (PDF" in shown
    assert "<dt>Answer</dt><dd>270,000 t</dd>" in shown
    assert "<dt>Must say</dt><dd>270,000</dd>" in shown
    assert f"<dt>Place</dt><dd>usgs/mcs2026.pdf, p. 2: “{QUOTE}”</dd>" in shown
    assert "Answer right <b>1</b>" in shown
    assert [one.label for one in at.expander] == [
        "Start a run",
        "Passages found (8; the first at an expected place is number 1)",
    ]


@pytest.mark.usefixtures("run")
def test_case_that_fell_short_says_why() -> None:
    shown = html(open_case("short"))
    assert "Nothing was said." in shown
    assert "<dt>Must say</dt><dd>China or PRC</dd>" in shown
    assert "<dt>Must not say</dt><dd>Laos (unless it says MCS 2020)</dd>" in shown
    assert "<dt>Place</dt><dd>other.pdf, iv</dd>" in shown
    assert "<li>answer_right: nothing says &#x27;China&#x27; or &#x27;PRC&#x27;</li>" in shown
    assert '<span class="short">Answer right <b>0</b></span>' in shown
    at = open_case("short")
    assert at.expander[1].label == "Passages found (8; none at an expected place)"


@pytest.mark.usefixtures("run")
def test_earlier_turns_and_the_understood_question_are_shown() -> None:
    shown = html(open_case("but"))
    assert '<span class="quiet">user</span> How much did China mine?</div>' in shown
    assert '<span class="quiet">assistant</span> 270,000 t</div>' in shown
    assert "understood as: How much did China mine in 2024?" in shown


@pytest.mark.usefixtures("run")
def test_unanswerable_case_says_that_the_sources_are_silent() -> None:
    shown = html(open_case("wrong"))
    assert "<dt>Answer</dt><dd>The sources do not hold the answer.</dd>" in shown
    assert "<dt>Status</dt><dd>not found</dd>" in shown
    assert '<p class="quiet">a newer edition says otherwise</p>' in shown


@pytest.mark.usefixtures("run")
def test_claim_shows_its_verdict_and_what_the_source_says() -> None:
    shown = html(open_case("claim"))
    assert "contradicted: China mined. [1]\nthe source says: No" in shown
    assert "claim · claim · claim" in shown


@pytest.mark.usefixtures("run")
def test_page_of_a_source_that_is_there_is_linked() -> None:
    shown = html(open_case("right"))
    start = re.search(r'href="page\?source=mcs-2026&amp;page=2&amp;start=(\d+)', shown)
    assert start is not None


def test_page_of_a_source_that_is_gone_is_not_linked(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = EvaluatingAssistant(run.folder.parents[1])
    gone.records = ()
    monkeypatch.setattr(ui.resources, "get_assistant", lambda: gone)
    assert "href" not in html(open_case("right"))


@pytest.mark.parametrize("case_id", [case.id for case in CASES if case.id != "waiting"])
@pytest.mark.usefixtures("run")
def test_words_of_cases_and_answers_are_text(case_id: str) -> None:
    at = open_case(case_id)
    allowed = {"a", "b", "dd", "div", "dl", "dt", "li", "mark", "p", "span", "style", "ul"}
    assert not at.exception
    assert names(html(at)) <= allowed
    assert not any("\u202e" in element.value for element in at.main.get("html"))


@pytest.mark.usefixtures("run")
def test_nothing_is_compared_before_a_run_is_chosen(home: Path) -> None:
    store_run(run_in(home / "runs" / "april"), "2026-04-01T08:00:00+00:00")
    at = open_tab(open_page("evaluation"), "Compare")
    other = at.selectbox(key="other_run")
    assert other.options == ["march · 1 March 2026, 09:30 UTC · 9 cases · not finished"]
    assert other.value is None
    assert not at.dataframe


@pytest.mark.usefixtures("run")
def test_only_run_has_none_to_compare_with() -> None:
    at = open_tab(open_page("evaluation"), "Compare")
    assert at.selectbox(key="other_run").disabled
    assert at.selectbox(key="other_run").placeholder == "There is no other run"


def compare_with(at: AppTest, name: str) -> AppTest:
    return open_tab(at, "Compare").selectbox(key="other_run").set_value(name).run()


def test_comparison_shows_regressions_differences_and_both_answers(run: Run, home: Path) -> None:
    failed = CaseResult("short", None, Scores(), "ValueError: lost at $5", 1.0, 2)
    later = changed(run, home / "runs" / "april", worse(), failed)
    store_run(later, "2026-04-01T08:00:00+00:00")
    at = compare_with(open_page("evaluation"), "march")
    assert not at.exception
    assert at.error[0].value.startswith(
        "**This run is worse\\.** Of 3 cases with a known answer 2 were answered right before "
        "and 1 are now"
    )
    assert literal("1 case fails that did not before: short") in at.error[0].value

    changes, differences = (table.value for table in at.dataframe)
    right = differences[differences["Measure"] == "Answer right"].iloc[0]
    assert (right["Before"], right["This run"], right["Difference"]) == ("0.667", "0.333", "−0.333")
    assert (right["Better"], right["Worse"], right["Cases"]) == (0, 1, 3)
    assert list(changes["Id"]) == ["right", "short"]
    assert list(changes["Change"]) == ["worse", "worse"]
    assert "Answer right 1 → 0" in changes["Scores"].iloc[0]
    assert changes["Scores"].iloc[1] == "fails now"

    shown = html(at)
    assert shown.index("march</div>") < shown.index("It mined 270,000 t [1].")
    assert shown.index("april</div>") < shown.index("It mined much.")
    assert "ValueError: lost at $5" in html(pick(at, 1))


def test_headline_differences_stand_before_the_others(run: Run, home: Path) -> None:
    store_run(changed(run, home / "runs" / "april", worse()), "2026-04-01T08:00:00+00:00")
    at = compare_with(open_page("evaluation"), "march")
    holm = list(at.dataframe[1].value["p (Holm)"])
    assert "–" not in holm[: holm.index("–")]
    assert set(holm[holm.index("–") :]) == {"–"}


@pytest.mark.usefixtures("run")
def test_equal_runs_of_few_cases_tell_nothing_and_have_no_changed_case(home: Path) -> None:
    store_run(run_in(home / "runs" / "april"), "2026-04-01T08:00:00+00:00")
    at = compare_with(open_page("evaluation"), "march")
    assert at.warning[0].value.startswith("**Too few cases to tell\\.**")
    assert at.caption[1].value == "Over the 8 cases that ran in both."
    assert "Changed cases (0)" in [one.value for one in at.subheader]
    assert len(at.dataframe) == 1


def test_runs_without_gold_have_no_differences(home: Path) -> None:
    for name in ("march", "april"):
        run = without_gold(home / "runs" / name)
        store_run(replace(run, results=run.results[2:3]))
    at = compare_with(open_page("evaluation"), "april")
    assert not at.exception
    assert "No measure is scored in both runs." in [one.value for one in at.markdown]


@pytest.mark.usefixtures("run")
def test_cases_of_one_run_only_are_counted(home: Path) -> None:
    cases = (replace(CASES[0], answer="271,000 t"), *CASES[1:4])
    store_run(run_in(home / "runs" / "april", cases), "2026-04-01T08:00:00+00:00")
    at = compare_with(open_page("evaluation"), "march")
    assert at.caption[1].value == (
        "Over the 3 cases that ran in both. 5 cases are in one of them only. "
        "1 case has the same id and other contents, and stay out."
    )


@pytest.mark.usefixtures("run")
def test_runs_without_a_common_case_are_not_compared(home: Path) -> None:
    store_run(run_in(home / "runs" / "april", CASES[:2]), "2026-04-01T08:00:00+00:00")
    store_run(run_in(home / "runs" / "may", CASES[2:4]), "2026-05-01T08:00:00+00:00")
    at = compare_with(open_page("evaluation"), "april")
    assert not at.exception
    assert at.info[-1].value == f"**{literal(NOTHING)}**"


def test_result_is_read_once_a_version(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []
    load = ui.resources.load_run

    def counting(folder: Path) -> Run:
        reads.append(folder)
        return load(folder)

    monkeypatch.setattr(ui.resources, "load_run", counting)
    at = open_page("evaluation")
    first = len(reads)
    for tab in ("Cases", "Compare", "Figures"):
        at = open_tab(at, tab)
    assert len(reads) == first
    (run.folder / RESULTS_FILE).write_bytes(result_line(result_of(CASES[0])))
    at = at.run()
    assert len(reads) == 2 * first
    assert at.metric[-1].delta == "of 1 that ran"


def test_runs_over_the_same_cases_have_a_trend(home: Path) -> None:
    for name, month in (("april", 4), ("may", 5)):
        run = run_in(home / "runs" / name, CASES[:-1])
        store_run(run, f"2026-0{month}-01T08:00:00+00:00")
    told = [chart.proto.alt for chart in open_page("evaluation").get("vega_lite_chart")]
    assert told[-1] == "Answers right in each run over the same cases"


@pytest.mark.usefixtures("run")
def test_a_case_is_noted_as_wrong_and_the_note_stays(run: Run) -> None:
    at = open_case("right")
    note = next(one for one in at.text_input if one.label == "The case is wrong, because")
    at = note.set_value("<b>asks</b> for 2024").run()
    assert not at.exception
    assert load_notes(run.folder) == {"right": "<b>asks</b> for 2024"}


def test_a_run_is_started_watched_and_stopped(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = open_small_home(tmp_path_factory.mktemp("small"))
    monkeypatch.setattr(ui.resources, "get_assistant", lambda: assistant)
    at = open_page("evaluation").button[0].click().run()
    assert not at.exception
    (state,) = assistant.runs.states()
    assert state.name.startswith("shipped-")
    assert at.selectbox(key="run").value == state.name
    at = next(button for button in at.button if button.label == "Stop").click().run()
    assert not at.exception
    assistant.runs.close()
    assert assistant.runs.state(state.name).state == "stopped"
    assert assistant.runs.state(state.name).done < state.cases
    assistant.close()


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (RunState("a", "", "running", 0, 3), "a: 0 of 3 cases"),
        (RunState("a", "", "running", 1, 3, 20.0), "a: 1 of 3 cases, less than a minute left"),
        (RunState("a", "", "running", 1, 9, 70.0), "a: 1 of 9 cases, about 1 minute left"),
        (
            RunState("a", "", "stopping", 1, 9, 70.0),
            "a: 1 of 9 cases, stopping after the case under way",
        ),
    ],
)
def test_how_far_a_run_is_is_told(state: RunState, told: str) -> None:
    assert told_progress(state) == told
