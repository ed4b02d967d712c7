"""The words by which a question may name its source, and whether a source is so named."""

from dataclasses import replace

import pytest
from assistants import SOURCE

from corpus.document import Source
from corpus.lexicon import load_lexicon
from index.question import analyze
from index.ranking.source_words import asked_source_words, names_source, source_stems
from index.wording import stem

MCS = replace(
    SOURCE,
    path="mcs/mcs2026.md",
    title="Mineral Commodity Summaries 2026: Rare Earths",
    publisher="U.S. Geological Survey",
    edition="MCS 2026",
)
GAO = replace(SOURCE, path="gao/GAO-16-161.pdf", title="Rare Earth Materials")
FILING = replace(SOURCE, path="lynas_q2_2023.pdf", title="Quarterly Activities")
SPEAKERS = frozenset(("agency", "archive", "company", "law", "publication", "publisher"))


def asked(question: str) -> frozenset[str]:
    return asked_source_words(analyze(question))


def stemmed(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What does USGS say of world production?", "usgs"),
        ("What does the U.S. Geological Survey say?", "usgs geological survey"),
        ("what does usgs say of the reserves?", "usgs"),
        ("According to the IEA, what share does China refine?", "iea"),
        ("What does Argus say on terbium?", "argus"),
        ("How much ore did Lynas mine in 2024?", "lynas"),
        ("What did MP Materials earn in 2024?", "mp materials"),
        ("What did China Northern Rare Earth earn in China?", "cnre"),
        ("What did Ganzhou Rare Earth Group earn?", "ganzhou group"),
        ("What does the Minerals Yearbook say?", "myb"),
        ("What does the Critical Raw Materials Act require?", "crma"),
        ("What does the Tallinn Metal Desk say of terbium?", "tallinn metal desk"),
        ("What does GAO-16-161 say about the supply chain?", "gao 16 161"),
        ("Does Section 232 apply?", "section 232"),
        ("What does the U.S. Geological Survey say of U.S. reserves?", "usgs geological survey"),
        ("What does the United States Department of Energy say?", "doe"),
    ],
)
def test_publishers_companies_series_and_numbers_name_a_source(question: str, words: str) -> None:
    assert asked(question) == stemmed(words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much did Nigeria mine according to MCS 2026?", {"mcs", "MCS 2026"}),
        ("What do the Mineral Commodity Summaries 2025 say?", {"mcs", "MCS 2025"}),
        ("How much did Brazil mine by the 2026 edition?", {"MCS 2026"}),
        ("Do MCS 2025 and MCS 2026 differ?", {"mcs", "MCS 2025", "MCS 2026"}),
        ("What do the MCS say?", {"mcs"}),
    ],
)
def test_editions_stay_as_they_are_written(question: str, words: set[str]) -> None:
    assert asked(question) == words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was Lynas revenue in Q2 2023?", "lynas q2 2023"),
        ("What did it earn in the second quarter of 2023?", "q2 2023"),
        ("What did it earn in the fourth-quarter of 2023?", "q4 2023"),
        ("What did it earn in the third quarter of 2023 and in 2024?", "q3 2023 2024"),
        ("What did it earn in the 2nd quarter of 2023?", "q2 2023"),
        ("What did it earn in the quarter ended September 2023?", "2023"),
        ("What was Lynas revenue in 2023?", "lynas"),
        ("What was Lynas revenue in H1 2023?", "lynas h1"),
    ],
)
def test_year_names_a_source_only_beside_a_quarter(question: str, words: str) -> None:
    assert asked(question) == stemmed(words)


@pytest.mark.parametrize(
    "question",
    [
        "What did a quarter of the producers earn in 2023?",
        "Was a quarter of world output of 2024 refined?",
        "Were three quarters of the imports of 2022 and 2023 magnets?",
        "Were three-quarters of the imports of 2022 magnets?",
    ],
)
def test_year_beside_a_fraction_names_no_source(question: str) -> None:
    assert asked(question) == frozenset()


@pytest.mark.parametrize("decade", ["1990s", "2010s", "2020s"])
def test_decade_names_no_source(decade: str) -> None:
    assert asked(f"How much did Nigeria mine in the {decade}?") == frozenset()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much Dy2O3 was sold?", ""),
        ("how much dy2o3 was sold?", ""),
        ("How much Nd₂O₃ was sold?", ""),
        ("Were Pr6O11, CeO2 or Tb4O7 sold?", ""),
        ("What are SmCo5 and Nd2Fe14B made of?", ""),
        ("What does Argus say of Y2O3?", "argus"),
        ("What does GAO-16-161 say of La2O3?", "gao 16 161"),
    ],
)
def test_formula_of_an_element_or_product_names_no_source(question: str, words: str) -> None:
    assert asked(question) == stemmed(words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did South African Republic mine?", ""),
        ("What did Northern Australia mine?", ""),
        ("What is the Australia-India deal?", ""),
        ("What does the Tallinn Letter say of the Australia-India deal?", "tallinn letter"),
    ],
)
def test_name_that_contains_a_country_names_no_source(question: str, words: str) -> None:
    assert asked(question) == stemmed(words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What does Bank of the West say?", "bank west"),
        ("What does Metal and Magnet Weekly say?", "metal magnet weekly"),
        ("What does The Oxide Letter say?", "oxide letter"),
    ],
)
def test_function_words_of_a_name_name_no_source(question: str, words: str) -> None:
    assert asked(question) == stemmed(words)


@pytest.mark.parametrize(
    "question",
    [
        "How much dysprosium did China export in 2023?",
        "What were the reserves of Brazil?",
        "What do Australia's mines export?",
        "What did the United States import, and what the U.S. in 2022?",
        "How much ore did Mountain Pass produce in 2024?",
        "How much ore did Inner Mongolia produce?",
        "Dysprosium prices in 2023?",
        "What is NdFeB?",
        "Is it measured in TREO or in REO?",
        "Is monazite mined?",
        "Who mines rare earths, and how much rare earth did each mine?",
        "What was said of 2023 and of 1999?",
        "?",
        "",
    ],
)
def test_what_a_question_is_about_names_no_source(question: str) -> None:
    assert asked(question) == frozenset()


@pytest.mark.parametrize("kind", ["country", "element", "mineral"])
def test_no_country_element_or_mineral_of_the_lexicon_names_a_source(kind: str) -> None:
    names = [entry.name for entry in load_lexicon().entries if entry.kind == kind]
    found = {name: asked(f"How much did {name} cost in 2024?") for name in names}
    assert found == dict.fromkeys(names, frozenset())


def test_no_element_names_a_source_by_any_of_its_names_symbols_or_formulas() -> None:
    lexicon = load_lexicon()
    names = [name.text for id in lexicon.elements for name in lexicon.entry(id).names]
    names += [f"{element.symbol} metal" for element in lexicon.elements.values()]
    found = {name: asked(f"How much did {name} cost in 2024?") for name in names}
    assert found == dict.fromkeys(names, frozenset())


def test_every_speaker_of_the_lexicon_names_its_source_by_any_of_its_names() -> None:
    missed = []
    for entry in load_lexicon().entries:
        source = replace(SOURCE, title="", path="", publisher=entry.name)
        missed += [
            name.text
            for name in entry.names
            if entry.kind in SPEAKERS
            and not any(names_source(word, source) for word in asked(f"What says {name.text}?"))
        ]
    assert missed == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (MCS, "mcs 2026 rare earths usgs mcs2026 md"),
        (GAO, "rare earth materials gao 16 161 pdf"),
        (FILING, "quarterly activities lynas q2 2023 pdf"),
        (replace(SOURCE, path="", title="", edition="Second Edition"), "second edition"),
        (replace(SOURCE, path="", title=""), ""),
    ],
)
def test_stems_of_a_source_are_of_title_publisher_edition_and_path(
    source: Source, words: str
) -> None:
    assert source_stems(source) == stemmed(words)


def test_stems_of_a_source_leave_out_where_it_lies_and_who_wrote_it() -> None:
    moved = replace(MCS, location="/argus/metal.md", author="Argus", url="https://argus.com")
    assert source_stems(moved) == source_stems(MCS)


@pytest.mark.parametrize(
    ("word", "source", "named"),
    [
        (stem("usgs"), MCS, True),
        (stem("usgs"), GAO, False),
        ("161", GAO, True),
        ("161", MCS, False),
        ("q2", FILING, True),
        ("q2", GAO, False),
        ("MCS 2026", MCS, True),
        ("MCS 2026", replace(MCS, edition="MCS 2026, version 1.1"), True),
        ("MCS 2025", MCS, False),
        ("MCS 2026", replace(MCS, edition="MCS 2025"), False),
        ("MCS 2026", replace(MCS, edition=""), False),
    ],
)
def test_word_or_edition_names_a_source(word: str, source: Source, named: bool) -> None:
    assert names_source(word, source) is named


@pytest.mark.parametrize("source", [MCS, GAO, FILING])
def test_every_stem_of_a_source_names_it(source: Source) -> None:
    assert all(names_source(word, source) for word in source_stems(source))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("How much did the Mount Weld mine produce?", set()),
        ("What does the Dubbo project cost?", set()),
        ("What did RUSAL sell to the US?", {"rusal"}),
        ("What does the Terbium Letter of 2024 say?", {"letter"}),
        ("What did Lynas earn in the June 2023 quarter?", {"lyna", "2023"}),
        ("How much is 13,000 tons?", set()),
        ("What was sold in the quarter ended June 30, 2023?", {"2023"}),
        ("How much Nd2(CO3)3 did China export?", set()),
        ("How much was mined in the 2020s, and what in Q2 2023?", {"2023", "q2"}),
    ],
)
def test_a_subject_within_a_name_and_a_plain_figure_name_no_source(
    text: str, named: set[str]
) -> None:
    assert asked_source_words(analyze(text)) == named
