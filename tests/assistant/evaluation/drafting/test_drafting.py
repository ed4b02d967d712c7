"""Drafted cases over a small home: grammatical, with one right answer, and gold that stands."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from drafting_files import FILES
from homes import Home, open_home

from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.drafting.drafting import draft_cases
from assistant.evaluation.loading.case_records import case_record, load_case
from assistant.evaluation.matching import contains_form
from assistant.evaluation.places import evidence_is_at, holds_row, is_table, spread_cells
from corpus.document import Page, original_text
from index.passage import Filters

ALL = 500
# What a question of these documents names, and the words for what it counts.
NAMED = re.compile(
    r"Bolivia|United States|Brazil|Estonia|Nigeria|Thailand|MP Materials|[Qq]uicksalt|garnet"
    r"|rare earths|monazite|yttrium|\w+(?= oxide\b)"
)
QUANTITIES = ("price", "income", "revenue", "import", "employ", "worked", "consumption", "share",
              "mine")  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with open_home(tmp_path_factory.mktemp("drafting"), FILES) as opened:
        opened.add()
        yield opened


@pytest.fixture(scope="module")
def cases(home: Home) -> tuple[Case, ...]:
    return draft_cases(home.store.catalog, ALL)


def case_of(cases: tuple[Case, ...], question: str) -> Case:
    return next(case for case in cases if case.question == question)


def page_of(home: Home, place: ExpectedPlace) -> Page:
    assert place.page is not None
    return home.store.catalog.page(home.id_of(place.file), place.page)


def test_every_quote_stands_in_the_original_words_of_its_page(
    home: Home, cases: tuple[Case, ...]
) -> None:
    places = [place for case in cases for place in case.places]
    assert len(places) > 30
    for place in places:
        page = page_of(home, place)
        assert place.page_label == page.label
        if is_table(place.file):
            lines = (home.folder / place.file).read_text(encoding="utf-8").splitlines()
            assert sum(place.quote in line for line in lines) == 1
            assert holds_row(page.text, place.quote)
        else:
            assert place.quote
            assert place.quote in original_text(page, 0, len(page.text))


def test_every_expected_form_stands_in_its_evidence(cases: tuple[Case, ...]) -> None:
    for case in cases:
        assert bool(case.must_include) is bool(case.answerable)
        for group in case.must_include:
            for place in case.places:
                row = spread_cells(place.quote) if is_table(place.file) else place.quote
                assert any(contains_form(row, form) for form in group), case


def test_every_evidence_is_found_as_a_passage(home: Home, cases: tuple[Case, ...]) -> None:
    passages = home.store.catalog.passages(list(home.store.catalog.vector_ids()))
    entries = [
        {
            "path": home.store.catalog.source(passage.source_id).source.path,
            "page": passage.page,
            "page_label": passage.page_label,
            "text": passage.text,
        }
        for passage in passages.values()
    ]
    for case in cases:
        for place in case.evidence:
            assert any(evidence_is_at(entry, place) for entry in entries)


def test_twins_ask_for_what_no_passage_holds(home: Home, cases: tuple[Case, ...]) -> None:
    twins = [case for case in cases if not case.answerable]
    assert len(twins) >= 10
    ids = [record.source.id for record in home.store.catalog.sources()]
    for twin in twins:
        words = [*re.findall(r"\b(?:19|20)\d\d\b", twin.question), *NAMED.findall(twin.question)]
        assert len(words) > 1, twin.question
        quantity = next(word for word in QUANTITIES if word in twin.question)
        query = " AND ".join(f'"{word}"' for word in (*words, quantity))
        assert home.store.catalog.match_words(query, 1, ids) == (), twin.question
        assert twin == Case(
            id=twin.id,
            question=twin.question,
            answer="Not in the sources",
            expected_status=("not_found",),
            answerable=False,
            near_miss=True,
            kind="unanswerable",
        )


def test_about_a_third_has_no_answer(cases: tuple[Case, ...]) -> None:
    kinds = Counter(case.kind for case in cases)
    assert set(kinds) == {"table_lookup", "number_unit_year", "definition", "unanswerable"}
    assert kinds["unanswerable"] == pytest.approx(len(cases) / 3, abs=1)


def test_a_figure_is_asked_for_with_unit_basis_and_gold(cases: tuple[Case, ...]) -> None:
    asked = "What quantity of rare-earth oxide did Thailand mine in 2025, in metric tons (REO)?"
    case = case_of(cases, asked)
    assert case == Case(
        id=case.id,
        question=asked,
        answer="4,800 t REO",
        answers=("4,800 t REO",),
        must_include=(("4,800",),),
        evidence=(ExpectedPlace("mcs/mcs2026.md", 1, "1", "Thailand | 2,100 | 4,800"),),
        kind="table_lookup",
    )


def test_a_value_that_another_edition_gives_otherwise_is_asked_for_by_its_edition(
    cases: tuple[Case, ...],
) -> None:
    thai = [case for case in cases if "Thailand" in case.question and "2024" in case.question]
    named = {
        case.must_include[0][0]: re.findall(r"according to (.*?),", case.question)
        for case in thai
        if case.answerable
    }
    assert named == {"13,000": ["MCS 2025"], "2,100": ["MCS 2026"]}


def test_a_value_that_two_editions_give_alike_is_an_alternate(cases: tuple[Case, ...]) -> None:
    brazil = [c for c in cases if "Brazil" in c.question and "2024" in c.question and c.answerable]
    assert [(c.must_include, {place.file for place in c.places}) for c in brazil] == [
        ((("20",),), {"mcs/mcs2025.md", "mcs/mcs2026.md"})
    ]


@pytest.mark.parametrize(
    "left_out",
    [
        "Other countries",  # no country
        "apparent consumption",  # two values in one table
        "Secondary",  # no figure
        "$7 per",  # one digit would stand in many a wrong answer
        "The figure",  # of what, its sentence does not say
    ],
)
def test_what_has_no_clear_answer_is_not_drafted(cases: tuple[Case, ...], left_out: str) -> None:
    assert not any(left_out in case.question or left_out in case.answer for case in cases)


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("What was MP Materials' revenue in 2022?", ("527.5", "527,500,000")),
        ("What does MREC stand for?", ("mixed rare-earth carbonate",)),
        ("What is mischmetal?", ("metal alloy of several rare earths",)),
        (
            "What did the price of terbium oxide average in 2023, in US dollars per kilogram?",
            ("1,298",),
        ),
        ("What quantity of quicksalt did Estonia mine in 2024, in metric tons?", ("5,300",)),
    ],
)
def test_facts_and_explained_words_become_questions(
    cases: tuple[Case, ...], question: str, forms: tuple[str, ...]
) -> None:
    assert case_of(cases, question).must_include == (forms,)


def test_same_content_and_seed_give_the_same_cases(home: Home, cases: tuple[Case, ...]) -> None:
    assert draft_cases(home.store.catalog, ALL) == cases
    few, others = (draft_cases(home.store.catalog, 12, seed) for seed in (0, 1))
    assert few == cases[:12]
    assert few != others


def test_ids_come_from_questions_and_are_unique(cases: tuple[Case, ...]) -> None:
    assert len({case.id for case in cases}) == len({case.question for case in cases}) == len(cases)
    assert all(re.fullmatch(r"d-[0-9a-f]{10}", case.id) for case in cases)


def test_a_few_cases_are_spread_over_sources_and_kinds(home: Home) -> None:
    few = draft_cases(home.store.catalog, 12)
    assert len(few) == 12
    files = Counter(case.evidence[0].file for case in few if case.answerable)
    assert set(files) == set(FILES)
    assert max(files.values()) <= 2


def test_filters_choose_the_sources(home: Home) -> None:
    drafted = draft_cases(home.store.catalog, ALL, filters=Filters(publisher="geological survey"))
    places = {place.file for case in drafted for place in case.places}
    assert places == {"mcs/mcs2025.md", "mcs/mcs2026.md"}


def test_cases_survive_a_case_file(cases: tuple[Case, ...]) -> None:
    assert tuple(load_case(case_record(case)) for case in cases) == cases


def test_an_empty_home_gives_no_case(tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_home(tmp_path_factory.mktemp("empty"), {}) as empty:
        assert draft_cases(empty.store.catalog, 10) == ()
