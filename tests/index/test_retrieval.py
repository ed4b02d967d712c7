"""From a question to evidence: words, fused ranks, filters, copies."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes import HashingEmbedder, write_files

from index.ingestion.sync import add_paths
from index.passage import Evidence, Filters
from index.retrieval import Retriever, question_words
from index.storage.store import PassageStore

EMBEDDER = HashingEmbedder()
FRONT = "---\npublisher: {}\npublished: {}\nlanguage: en\ndata_years: [{}]\n---\n"
FILES = {
    "burma.md": FRONT.format("Survey", "2026-02", 2025) + "# Burma\n\nBurma mined 22,000 tons.\n",
    "nigeria.md": FRONT.format("Survey", "2025-01", 2024) + "# Nigeria\n\nNigeria mined ores.\n",
    "prices.txt": "Dysprosium cost 230 dollars a kilogram.",
}
Ask = Callable[..., tuple[Evidence, ...]]


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    store = PassageStore(tmp_path / "home", EMBEDDER.name)
    folder = write_files(tmp_path / "sources", FILES)

    def asked(
        question: str, limit: int = 10, filters: Filters = Filters(), **more: str
    ) -> tuple[Evidence, ...]:
        write_files(folder, {name.replace("_", "."): text for name, text in more.items()})
        add_paths(store, lambda: EMBEDDER, [folder], lambda _: None)
        return Retriever(store, EMBEDDER).retrieve(question, limit, filters)

    yield asked
    store.close()


def paths(evidence: tuple[Evidence, ...]) -> list[str]:
    return [found.source.path for found in evidence]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much did Nigeria mine in 2024?", ("nigeria", "mine", "2024")),
        ("Nigeria, NIGERIA and nigeria", ("nigeria",)),
        ("Is it?", ("is", "it")),
        ("6.3 million and 1,500 t", ("6.3", "million", "1,500")),
        ("rare_earth a b 7", ("rare", "earth", "7")),
        ("?!", ()),
    ],
)
def test_words_of_a_question_leave_out_stop_words(question: str, words: tuple[str, ...]) -> None:
    assert question_words(question) == words


def test_passage_that_both_rankings_put_first_is_first_with_its_cosine(ask: Ask) -> None:
    first = ask("Burma mined how many tons?")[0]
    assert (first.source.path, first.passage.text) == ("burma.md", "Burma mined 22,000 tons.")
    text = "Burma, Survey | Burma\nBurma mined 22,000 tons."
    vectors = EMBEDDER.embed(["Burma mined how many tons?", text])
    assert first.similarity == pytest.approx(float(vectors[0] @ vectors[1]), abs=1e-5)
    assert first.score == pytest.approx(sum(reason.gain for reason in first.reasons))
    gains = {reason.name: reason.gain for reason in first.reasons}
    assert gains["near in meaning"] == pytest.approx(0.75 * first.similarity)
    assert gains["near in words"] == pytest.approx(0.25)  # the best of all by its words


def test_limit_cuts_the_same_order(ask: Ask) -> None:
    whole = ask("mined tons of ores")
    assert len(whole) == 3
    assert ask("mined tons of ores", 2) == whole[:2]


def test_order_is_the_same_every_time(ask: Ask) -> None:
    question = "mined dollars in Nigeria"
    assert ask(question) == ask(question)


def test_scores_fall_along_the_list(ask: Ask) -> None:
    scores = [found.score for found in ask("Nigeria mined dysprosium")]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("question", ["Myanmar", "the output of Myanmar"])
def test_other_name_of_a_country_finds_it(ask: Ask, question: str) -> None:
    assert paths(ask(question))[0] == "burma.md"


@pytest.mark.parametrize("question", ["", "  ", "???", '"', "*"])
def test_question_without_words_finds_nothing(ask: Ask, question: str) -> None:
    assert ask(question) == ()


@pytest.mark.parametrize("question", ["NEAR(", 'ores" OR', "a AND", "ores* -mined", "text: ores"])
def test_signs_of_the_search_language_are_only_words(ask: Ask, question: str) -> None:
    assert len(ask(question)) == 3


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(publisher="survey"), {"burma.md", "nigeria.md"}),
        (Filters(source_type="text"), {"prices.txt"}),
        (Filters(language="en"), {"burma.md", "nigeria.md"}),
        (Filters(published_from="2026"), {"burma.md"}),
        (Filters(published_to="2025"), {"nigeria.md"}),
        (Filters(data_year=2025), {"burma.md"}),
        (Filters(source="price"), {"prices.txt"}),
        (Filters(source="chad"), set()),
    ],
)
def test_filters_narrow_both_rankings(ask: Ask, filters: Filters, found: set[str]) -> None:
    assert set(paths(ask("dysprosium mined in Burma and Nigeria", filters=filters))) == found


def test_passage_is_given_once_where_a_copy_of_its_source_has_it_too(ask: Ask) -> None:
    question = "dysprosium kilogram"
    found = paths(ask(question, copy_txt=FILES["prices.txt"].replace("a kilo", "a\n kilo")))
    assert sorted(found) == ["burma.md", "copy.txt", "nigeria.md"]


def test_equal_passages_of_unlike_sources_are_both_given(ask: Ask) -> None:
    other = FILES["prices.txt"] + "\n\n- It fell.\n"
    both = ask("dysprosium dollars", other_txt=other.replace("\n\n- It", "\n\n# Next\n\nIt"))
    assert {"prices.txt", "other.txt"} <= set(paths(both))


def test_passage_that_stands_twice_in_one_source_is_given_twice(ask: Ask) -> None:
    twice = "# A\n\nYttrium is soft.\n\n# B\n\nYttrium is soft.\n"
    assert paths(ask("yttrium soft", twice_md=twice))[:2] == ["twice.md", "twice.md"]


ROWS = "Country,2025\n" + "".join(f"Burma ore {n},{n}\n" for n in range(300))


def test_rows_of_a_data_file_leave_room_for_other_sources(ask: Ask) -> None:
    found = paths(ask("ore of Burma", 100, rows_csv=ROWS))
    assert {"rows.csv", "burma.md", "nigeria.md"} <= set(found)


def test_data_file_that_is_asked_alone_gives_all_its_rows(ask: Ask) -> None:
    found = ask("ore of Burma", 50, Filters(source="rows.csv"), rows_csv=ROWS)
    assert paths(found) == ["rows.csv"] * 50


def test_empty_home_finds_nothing(tmp_path: Path) -> None:
    store = PassageStore(tmp_path / "home", EMBEDDER.name)
    assert Retriever(store, EMBEDDER).retrieve("Burma", 10, Filters()) == ()
    store.close()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which licence applies?", "It is under a public license."),
        ("Who runs the separation center?", "The separation centre belongs to the state."),
        ("What changed in v1.2?", "Changes of version 1.2 follow."),
    ],
)
def test_words_are_found_in_another_spelling(ask: Ask, question: str, text: str) -> None:
    assert ask(question, other_txt=text)[0].passage.text == text


def test_other_names_of_what_is_named_everywhere_are_not_looked_for(ask: Ask) -> None:
    common = "\n\n".join(f"# Part {n}\n\nBurma mined ore of kind {n}." for n in range(60))
    question = "What did Burma mine?"
    rare = {"other_txt": "Myanmar is a country."}
    reasons = {found.source.path: found.reasons for found in ask(question, **rare)}
    assert "near in words" in [reason.name for reason in reasons["other.txt"]]
    found = ask(question, 100, common_md=common)
    other = next(one for one in found if one.source.path == "other.txt")
    assert "near in words" not in [reason.name for reason in other.reasons]


@pytest.mark.parametrize(
    ("weighed", "question", "found"),
    [
        (4, "Nigeria ores", {"nigeria.md", "a.txt", "b.txt"}),
        (3, "Nigeria ores", {"nigeria.md"}),  # as "ores" alone is in three passages
        (2, "tin ores", {"a.txt", "b.txt"}),  # which have both words
        (1, "tin ores", set()),
    ],
)
def test_commonest_words_are_left_out_where_too_many_passages_would_be_weighed(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, weighed: int, question: str, found: set[str]
) -> None:
    monkeypatch.setattr("index.retrieval._WEIGHED", weighed)
    monkeypatch.setattr("index.retrieval._COMMON_SHARE", 1.0)
    evidence = ask(question, a_txt="Chad has tin and ores.", b_txt="Mali has tin and ores, too.",
        c_txt="Peru has tin.")  # fmt: skip
    by_words = {
        one.source.path
        for one in evidence
        if any(reason.name == "near in words" for reason in one.reasons)
    }
    assert by_words == found


def test_best_by_words_stands_near_though_it_is_far_in_meaning(ask: Ask) -> None:
    alike = "\n\n".join(
        f"# Part {n}\n\nburma mined tin lead zinc gold ores{' of soil' * (n // 10)}."
        for n in range(150)
    )
    far = "Xenoliths: " + " ".join(f"topic{n}" for n in range(100)) + "."
    found = ask("burma mined tin lead zinc gold ores xenoliths", 40, alike_md=alike, far_txt=far)
    place = next(n for n, one in enumerate(found) if one.source.path == "far.txt")
    assert place <= 26
    assert "best in words" in [reason.name for reason in found[place].reasons]


def test_several_questions_find_what_each_finds_by_itself(tmp_path: Path) -> None:
    store = PassageStore(tmp_path / "home", EMBEDDER.name)
    add_paths(store, lambda: EMBEDDER, [write_files(tmp_path / "s", FILES)], lambda _: None)
    retriever = Retriever(store, EMBEDDER)
    questions = ["Burma mined", "What of Nigeria, and what of Burma?", "???", "Burma mined"]
    each = retriever.retrieve_each(questions, 5, Filters())
    assert each == tuple(retriever.retrieve(one, 5, Filters()) for one in questions)
    assert each[0]
    assert not each[2]
    assert retriever.retrieve_each([], 5, Filters()) == ()
    store.close()
