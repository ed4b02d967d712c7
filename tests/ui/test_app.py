"""The screens, driven through Streamlit's AppTest over a FakeAssistant."""

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from fake_assistant import (
    ANSWERS,
    COST,
    MCS_2026,
    MINED,
    PAGES,
    PRICES,
    FakeAssistant,
)
from fakes import write_files
from reportlab.pdfgen import canvas
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

import ui.resources
from assistant.answer import Turn
from assistant.drafts import CheckJournal
from assistant.errors import AnswerError
from assistant.records import Kept
from corpus.errors import CorpusError
from index.errors import IndexingError
from index.passage import Filters
from ui.drawing.drawing import literal

APP = Path(ui.resources.__file__).with_name("app.py")
PAGE_FILES = ("ask", "check", "sources", "page")


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    return use(FakeAssistant(), monkeypatch)


def use(fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    monkeypatch.setattr(ui.resources, "get_assistant", lambda: fake)
    return fake


def start() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=20).run()


def ask(at: AppTest, question: str) -> AppTest:
    return at.chat_input[0].set_value(question).run()


def open_page(at: AppTest, name: str, **query: str) -> AppTest:
    for key, value in query.items():
        at.query_params[key] = value
    return at.switch_page(f"app_pages/{name}.py").run()


def html(at: AppTest) -> str:
    return "\n".join(element.value for element in at.main.get("html"))


@pytest.mark.parametrize("name", PAGE_FILES)
def test_every_page_opens(name: str) -> None:
    at = open_page(start(), name)
    assert not at.exception
    assert not at.error


@pytest.mark.parametrize("name", PAGE_FILES)
def test_every_page_opens_over_an_empty_home(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(FakeAssistant(empty=True), monkeypatch)
    at = open_page(start(), name)
    assert not at.exception
    assert not at.error


def test_empty_home_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    use(FakeAssistant(empty=True), monkeypatch)
    at = start()
    assert at.code[0].value == "rare-earth add FOLDER"
    assert at.button[0].label == "Add the library that comes with it"
    assert not at.chat_input


def test_answer_shows_its_sentence_and_its_source_with_the_page() -> None:
    at = ask(start(), MINED.question)
    shown = html(at)
    assert not at.exception
    assert "China mined 270,000 t of REO in 2025.</span>" in shown
    assert ">[1]</a>" in shown
    assert MCS_2026.title in shown
    assert (
        "U.S. Geological Survey · 2026-02 · MCS 2026 v1.3 · "
        '<span class="place">p. 153 (PDF page 2)</span>'
    ) in shown
    assert "<mark>China 270,000 270,000 44,000,000</mark>" in shown
    assert "metric tons of REO equivalent" in shown
    assert "Country | 2024 | 2025 | Reserves" in shown


def test_reference_opens_its_page() -> None:
    cited = MINED.citations[0]
    address = f"page?source=mcs-2026&amp;page=2&amp;start={cited.start}&amp;end={cited.end}"
    assert f'href="{address}">Open in a tab</a>' in html(ask(start(), MINED.question))


def test_warnings_are_shown() -> None:
    at = ask(start(), MINED.question)
    assert [warning.value for warning in at.warning] == [literal(MINED.warnings[0])]


def test_uncited_evidence_is_folded_away() -> None:
    at = ask(start(), MINED.question)
    assert [expander.label for expander in at.expander] == ["Read but not cited (1)"]
    folded = "\n".join(element.value for element in at.expander[0].get("html"))
    assert "Domestic production rose" in folded
    assert "44,000,000" not in folded


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("Who discovered promethium?", "info", "**Not found in the sources.**"),
        ("What were the quotas for 2025?", "info", "**Not disclosed.**"),
        ("How much did Nigeria mine in 2024?", "warning", "**The sources disagree.**"),
    ],
)
def test_other_states_are_told_in_words(question: str, kind: str, words: str) -> None:
    at = ask(start(), question)
    assert [element.value.startswith(words) for element in at.get(kind)] == [True]


def test_refusal_leads_on_to_the_nearest_passages() -> None:
    at = ask(start(), "Who discovered promethium?")
    assert '<a target="_blank" href="page?source=prices&amp;page=1&amp;start=0' in html(at)
    assert "Prices &lt;b&gt;rose&lt;/b&gt;" in html(at)
    assert not at.expander


def test_filters_that_fit_no_source_together_are_told_beside_them() -> None:
    at = start()
    at.selectbox(key="publisher").set_value(PRICES.publisher)
    at.selectbox(key="data_year").set_value("2021")
    [warning] = at.run().sidebar.warning
    assert warning.value.startswith("No source fits all of publisher")


def test_ordinary_answer_has_no_state_banner() -> None:
    at = ask(start(), COST.question)
    assert not at.info
    assert not at.warning


def test_conflicting_values_stand_in_a_list_with_their_references() -> None:
    shown = html(ask(start(), "How much did Nigeria mine in 2024?"))
    assert shown.count("<li>") == 2
    assert '<span class="said">Nigeria 1,500 1,500 NA</span>' in shown
    assert '<span class="said">Nigeria 7,200 13,000 NA</span>' in shown


def test_dollar_signs_stay_dollar_signs() -> None:
    at = ask(start(), COST.question)
    assert "Dysprosium oxide cost $239/kg, terbium oxide $1,010/kg.</span>" in html(at)
    assert "(partly supported)" in html(at)
    assert not any("$" in element.value for element in at.markdown)


def test_understood_question_is_shown_where_it_differs() -> None:
    at = ask(start(), COST.question)
    assert f"Understood as: {COST.standalone_question}" in html(at)
    assert "Understood as" not in html(ask(start(), MINED.question))


def test_question_taken_for_a_follow_up_can_be_asked_anew(fake: FakeAssistant) -> None:
    at = ask(ask(start(), MINED.question), COST.question)
    at.button(key="ask_anew").click().run()
    assert fake.asked[-1][:2] == (COST.question, ())
    assert not [one for one in ask(start(), MINED.question).button if one.key == "ask_anew"]


def test_follow_up_takes_the_turns_so_far(fake: FakeAssistant) -> None:
    at = ask(ask(start(), MINED.question), COST.question)
    assert len(at.chat_message) == 4
    assert fake.asked[1] == (
        COST.question,
        (Turn("user", MINED.question), Turn("assistant", MINED.text)),
        Filters(),
    )


def test_replayed_answer_looks_like_the_new_one(fake: FakeAssistant) -> None:
    def drawn(at: AppTest) -> str:
        return re.sub(r"(?s)<script.*?</script>\s*", "", html(at))

    at = ask(start(), MINED.question)
    new = drawn(at)
    assert drawn(at.run()) == new
    assert len(fake.asked) == 1


def test_conversation_survives_a_visit_to_another_page() -> None:
    at = ask(start(), MINED.question)
    at = open_page(at, "sources")
    at = open_page(at, "ask")
    assert len(at.chat_message) == 2


def test_new_conversation_forgets(fake: FakeAssistant) -> None:
    at = ask(start(), MINED.question)
    at = next(button for button in at.button if button.label == "New conversation").click().run()
    assert not at.chat_message
    ask(at, COST.question)
    assert fake.asked[1][1] == ()


def test_the_last_conversations_are_listed_and_all_once_that_is_asked() -> None:
    def listed(at: AppTest) -> int:
        return sum((one.key or "").startswith("conversation_") for one in at.sidebar.button)

    at = start()
    for _ in range(6):
        at = press(ask(at, MINED.question), "New conversation")
    assert listed(at) == 5
    assert listed(at.checkbox(key="all_conversations").check().run()) == 6


def test_example_question_is_asked(fake: FakeAssistant) -> None:
    at = start()
    at = next(one for one in at.button if one.label.endswith(MINED.question)).click().run()
    assert len(at.chat_message) == 2
    assert fake.asked[0][0] == MINED.question


def test_filters_reach_the_assistant_and_are_kept(fake: FakeAssistant) -> None:
    at = start()
    at.selectbox(key="publisher").set_value("U.S. Geological Survey")
    at.selectbox(key="published_from").set_value("2025")
    at.selectbox(key="published_to").set_value("2026")
    at.selectbox(key="data_year").set_value("2024")
    at.selectbox(key="source_type").set_value("pdf")
    at = open_page(at.run(), "sources")
    at = ask(open_page(at, "ask"), MINED.question)
    assert fake.asked[0][2] == Filters(
        publisher="U.S. Geological Survey",
        source_type="pdf",
        published_from="2025",
        published_to="2026",
        data_year=2024,
    )
    assert "Filtered by Publisher: U.S. Geological Survey" in html(at)


@pytest.mark.parametrize("kind", [CorpusError, IndexingError, AnswerError])
def test_error_is_one_short_message(kind: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    use(FakeAssistant(error=kind("a.pdf: page 2 cannot be read at $5; add it again.")), monkeypatch)
    at = ask(start(), MINED.question)
    assert not at.exception
    assert [error.value for error in at.error] == [
        literal("a.pdf: page 2 cannot be read at $5; add it again.")
    ]
    assert not at.run().error


def test_other_errors_keep_their_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    use(FakeAssistant(error=KeyError("a bug")), monkeypatch)
    at = ask(start(), MINED.question)
    assert len(at.exception) == 1


DRAFT = "Output rose to 40 t. Exports were 40 t. Stocks were 40 t. Sales were 40 t. We like R&D."


def checked_page(text: str = DRAFT) -> AppTest:
    at = open_page(start(), "check")
    at.text_area[0].set_value(text)
    return press(at, "Check")


def press(at: AppTest, label: str) -> AppTest:
    at = next(one for one in at.button if one.label == label).click().run()
    assert not at.exception
    return at


def test_a_draft_is_underlined_by_verdict_beside_its_first_problem(fake: FakeAssistant) -> None:
    at = checked_page()
    assert not at.exception
    [(draft, filters)] = fake.checked
    assert (len(draft.sentences), filters) == (5, Filters())
    for verdict in ("supported aside-claim", "contradicted", "partly", "not-found"):
        assert f'<span class="{verdict}"' in html(at)
    assert "We like R&amp;D." in html(at)
    assert at.error[0].value == "**Contradicted**  \nreason 1"
    assert "<del>40</del>" in html(at)
    assert at.markdown[0].value == "**draft\\.md**: 4 claims checked, 1 sentence left alone"
    assert shown(at).options == [
        "Problems 3",
        "Contradicted 1",
        "Partly supported 1",
        "Not found 1",
        "Supported 1",
    ]


def shown(at: AppTest) -> ButtonGroup[str]:
    """Return what chooses the claims that are gone through."""
    group: ButtonGroup[str] = at.get("button_group")[0]
    return group


def test_problems_are_gone_through_in_turn() -> None:
    at = checked_page()
    assert ">1 of 3<" in html(at)
    at = press(at, "Next")
    assert at.warning[0].value.startswith("**Partly supported**")
    at = press(at, "Next")
    assert at.info[0].value.startswith("**Not found in the sources**")
    at = press(at, "Next")
    assert at.error[0].value.startswith("**Contradicted**")
    at = press(at, "Previous")
    assert at.info[0].value.startswith("**Not found in the sources**")
    assert ">3 of 3<" in html(at)


def test_claims_of_one_verdict_are_gone_through_alone() -> None:
    at = checked_page(f"{DRAFT} Taxes were 9 t. Fees were 8 t. Rents were 7 t.")
    shown(at).set_value("contradicted").run()
    assert ">1 of 2<" in html(at)
    assert '<span class="partly aside-claim"' in html(at)
    assert "Fees were 8 t." in html(press(at, "Next"))
    shown(at).set_value("supported").run()
    assert at.success[0].value.startswith("**Supported**")


def test_a_correction_is_taken_and_left_again() -> None:
    at = press(checked_page(), "Take the correction")
    assert "Exports were <del>40</del> <ins>30</ins> t." in html(at)
    assert "1 correction taken" in at.markdown[0].value
    assert shown(at).options[0] == "Problems 2"
    assert "Corrected 1" in shown(at).options
    assert not [label for label in shown(at).options if label.startswith("Contradicted")]
    assert not at.error
    at = press(at, "Leave it as it was")
    assert "<ins>" not in html(at)
    assert shown(at).options[:2] == ["Problems 3", "Contradicted 1"]


def test_a_sentence_is_reworded_and_left_again() -> None:
    at = checked_page()
    next(one for one in at.text_area if "instead" in one.label).set_value("Exports fell.")
    at = press(at, "Put it in")
    assert "<del>Exports were 40 t.</del> <ins>Exports fell.</ins>" in html(at)
    assert shown(at).options[0] == "Problems 2"
    at = press(at, "Leave it as it was")
    assert "<ins>" not in html(at)
    assert shown(at).options[0] == "Problems 3"


def dismissed(at: AppTest, reason: str = "Rounded on purpose") -> AppTest:
    field = next(one for one in at.selectbox if "not count" in one.label)
    return field.set_value(reason).run()


def test_a_dismissed_verdict_is_no_problem_until_it_is_taken_up_again() -> None:
    at = dismissed(checked_page())
    assert "Contradicted. Dismissed: Rounded on purpose" in html(at)
    assert shown(at).options[0] == "Problems 2"
    assert shown(at).options[-1] == "Dismissed 1"
    assert ">2 left<" in html(at)
    assert not at.error
    assert "<ins>" not in html(at)
    assert press(at, "Next").warning[0].value.startswith("**Partly supported**")
    at = press(press(at, "Previous"), "Previous")
    shown(at).set_value("dismissed").run()
    at = press(at, "Take it up again")
    assert at.error[0].value.startswith("**Contradicted**")


def test_what_was_decided_is_there_when_the_draft_is_put_in_again(fake: FakeAssistant) -> None:
    dismissed(checked_page())
    at = checked_page()
    assert shown(at).options[-1] == "Dismissed 1"
    assert len(fake.checked) == 2


def test_a_decision_that_cannot_be_kept_is_told(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = write_files(tmp_path, {"home": ""}) / "home"  # where a folder is to be
    monkeypatch.setattr(fake, "journal", lambda draft, _: CheckJournal(file, draft, ()))
    at = press(checked_page(), "Take the correction")
    assert "cannot be written" in at.error[0].value
    assert "<ins>" not in html(at)


def test_a_claim_shows_its_sources_one_by_one() -> None:
    at = checked_page("Output rose to 40 t.")
    assert MCS_2026.title in html(at)
    assert "<mark>China 270,000 270,000 44,000,000</mark>" in html(at)
    at = press(at, "Next citation")
    assert ">2 of 2<" in html(at)
    assert "Prices &lt;b&gt;rose&lt;/b&gt;" in html(at)
    assert "<mark>Dysprosium oxide cost" in html(at)
    assert MCS_2026.title in html(press(at, "Next citation"))


def test_sources_are_put_in_as_a_footnote_and_left_out_again() -> None:
    at = press(checked_page("Output rose to 40 t."), "Insert the citation")
    assert MCS_2026.title in at.session_state["checked"][0].footnote
    assert "1 footnote put in" in at.markdown[0].value
    at = press(at, "Leave the citation out")
    assert at.session_state["checked"][0].footnote == ""


def test_all_citations_are_put_in_where_a_source_carries_the_claim() -> None:
    at = press(checked_page(), "Insert all citations")
    noted = [bool(one.footnote) for one in at.session_state["checked"]]
    assert noted == [True, False, True, False, False]
    assert "2 footnotes put in" in at.markdown[0].value


def test_a_draft_without_problems_shows_its_claims() -> None:
    at = checked_page("Output rose to 40 t.")
    assert at.success[0].value.startswith("**Supported**")
    assert shown(at).options == ["Problems 0", "Supported 1"]


def test_another_text_is_checked_anew_each_time(fake: FakeAssistant) -> None:
    at = checked_page("Output rose to 40 t.")
    at.text_area[0].set_value("Exports were 12 t.")
    at = press(at, "Check")
    at.text_area[0].set_value("Sales were 9 t.")
    at = press(at, "Check")
    assert [draft.sentences[0].text for draft, _ in fake.checked] == [
        "Output rose to 40 t.",
        "Exports were 12 t.",
        "Sales were 9 t.",
    ]
    assert "Sales were 9 t." in html(at)


def test_a_checked_draft_survives_a_visit_to_another_page(fake: FakeAssistant) -> None:
    at = open_page(open_page(checked_page(), "sources"), "check")
    assert at.text_area[0].value == DRAFT
    assert at.error
    assert len(fake.checked) == 1


def test_nothing_put_in_is_told() -> None:
    at = press(open_page(start(), "check"), "Check")
    assert at.info[0].value == "Upload a draft or paste a text first."


def test_page_viewer_marks_the_quote() -> None:
    cited = MINED.citations[0]
    at = open_page(
        start(), "page", source="mcs-2026", page="2", start=str(cited.start), end=str(cited.end)
    )
    assert not at.exception
    shown = html(at)
    assert "<mark>China 270,000 270,000 44,000,000</mark>" in shown
    assert '<span class="place">p. 153 (PDF page 2)</span>' in shown
    assert at.info[0].value.startswith("The file is no longer where it was read.")


def test_page_viewer_leads_to_the_pages_beside() -> None:
    at = open_page(start(), "page", source="mcs-2026", page="2")
    links = {link.value: link.proto for link in at.get("page_link")}
    assert links["Previous"].query_string == "source=mcs-2026&page=1"
    assert not links["Previous"].disabled
    assert links["Next"].disabled


def test_page_viewer_shows_the_printed_page_where_the_file_exists(
    fake: FakeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mcs2026.pdf"
    drawing = canvas.Canvas(str(path))
    for page in PAGES["mcs-2026"]:
        drawing.drawString(72, 700, page.text.splitlines()[1])
        drawing.showPage()
    drawing.save()
    there = replace(MCS_2026, location=str(path))
    monkeypatch.setattr(fake, "source", lambda _: there)
    at = open_page(start(), "page", source="mcs-2026", page="2", start="35", end="40")
    assert not at.exception
    assert len(at.image) == 1
    assert not at.info


def test_stored_text_stands_where_the_file_is_damaged(
    fake: FakeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mcs2026.pdf"
    path.write_bytes(b"no PDF")
    monkeypatch.setattr(fake, "source", lambda _: replace(MCS_2026, location=str(path)))
    at = open_page(start(), "page", source="mcs-2026", page="2")
    assert not at.exception
    assert [error.value.startswith("mcs2026") for error in at.error] == [True]
    assert "China 270,000 270,000 44,000,000" in html(at)


def test_hostile_page_is_shown_as_text() -> None:
    shown = html(open_page(start(), "page", source="prices"))
    assert "<img" not in shown
    assert "&lt;img src=http://evil.example/y onerror=alert(1)&gt;" in shown
    assert "![x](http://evil.example/x.png)" in shown
    assert "Prices &lt;b&gt;rose&lt;/b&gt; $2 &amp; *more* :material/home:" in shown


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"source": "unknown"}, literal("unknown: no source has this id.")),
        ({"source": "mcs-2026", "page": "3"}, "There is no page 3 in a source of 2 pages."),
        ({"source": "mcs-2026", "page": "0"}, "There is no page 0 in a source of 2 pages."),
        ({"source": "scan"}, "There is no page 1 in a source of 0 pages."),
    ],
)
def test_address_of_no_page_is_told(query: dict[str, str], message: str) -> None:
    at = open_page(start(), "page", **query)
    assert not at.exception
    assert [error.value for error in at.error] == [message]


def test_words_that_are_no_numbers_are_left_out_of_an_address() -> None:
    at = open_page(start(), "page", source="prices", page="two", start="-1", end="x")
    assert not at.exception
    assert "<mark>" not in html(at)


def test_every_scripted_question_can_be_drawn() -> None:
    at = start()
    for question in ANSWERS:
        at = ask(at, question)
    assert not at.exception
    assert len(at.chat_message) == 2 * len(ANSWERS)
    assert PRICES.title not in html(at)  # only its escaped form


def test_settings_keep_everything_on_this_machine() -> None:
    settings = tomllib.loads((APP.parent / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["browser"] == {"gatherUsageStats": False, "serverAddress": "127.0.0.1"}
    assert settings["server"] == {
        "address": "127.0.0.1",
        "headless": True,
        "fileWatcherType": "none",
    }
    assert settings["runner"] == {"postScriptGC": False}


def test_nothing_beside_the_app_hides_another_package() -> None:
    names = {path.stem for path in APP.parent.iterdir() if not path.name.startswith(("_", "."))}
    found = {name for name in names if importlib.util.find_spec(name)}
    assert found == set()


def test_pages_are_short() -> None:
    for path in (APP.parent / "app_pages").glob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 100, path.name


def test_an_answer_is_recorded_with_the_turns_before_it(fake: FakeAssistant) -> None:
    at = ask(ask(start(), MINED.question), COST.question)
    assert [(answer.question, len(turns)) for answer, turns, _ in fake.kept] == [
        (MINED.question, 0),
        (COST.question, 2),
    ]
    assert html(at).count("Record k3pt2me") == 2


def test_an_answer_that_is_not_recorded_says_why(fake: FakeAssistant) -> None:
    fake.keeping = Kept("", "records.sqlite: this answer is not recorded (disk full)")
    at = ask(start(), MINED.question)
    assert "Record" not in html(at)
    assert any("disk full" in warning.value for warning in at.warning)
