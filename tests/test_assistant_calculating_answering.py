"""Calculations answered from found figures: results, steps, citations, refusals."""

from dataclasses import replace

import pytest
from assistants import row

from assistant.answer import Answer
from assistant.calculating import answer_by_calculation
from index.passage import Evidence

MINED = "Mine production of rare earths, metric tons REO equivalent"
UNIT = "metric tons, REO equivalent"
HEADER = ("Country", "2019", "2024")
PRICE_UNIT = "US$ per kilogram"


def mined(country: str, *values: str, caption: str = MINED, unit: str = UNIT) -> Evidence:
    """Return a row of mine production."""
    return row(country, *values, caption=caption, header=HEADER, unit=unit)


def priced(product: str, *values: str, unit: str = PRICE_UNIT) -> Evidence:
    """Return a row of prices."""
    caption = f"Prices of rare-earth oxides, {unit}"
    return row(product, *values, caption=caption, header=("Product", "2019", "2024"), unit=unit)


CHINA = mined("China", "132,000", "270,000")
BURMA = mined("Burma", "29,000", "27,000")
WORLD = mined("World total", "223,000", "380,000")


def ask(question: str, *found: Evidence) -> Answer:
    """Answer a question where a search finds the same evidence whatever is sought."""
    items = tuple(
        replace(item, passage=replace(item.passage, id=str(place)))
        for place, item in enumerate(found)
    )

    def search(_: str, limit: int) -> tuple[Evidence, ...]:
        return items[:limit]

    return answer_by_calculation(question, question, search)


def told(answer: Answer) -> tuple[str, list[str]]:
    """Return the text of an answer and the words of its steps."""
    return answer.text, [step.text for step in answer.steps]


def test_growth_is_told_with_both_figures_and_the_formula() -> None:
    answer = ask(
        "By how many percent did China's mine production rise from 2019 to 2024?", CHINA, BURMA
    )
    assert told(answer) == (
        "China's mine production rose by 104.5% from 2019 to 2024 (132,000 to 270,000), a "
        "difference of 138,000 metric tons REO. [1]",
        [
            "2019: 132,000 metric tons REO",
            "2024: 270,000 metric tons REO",
            "(270,000 − 132,000) ÷ 132,000 × 100 = 104.5%, rounded to one decimal",
        ],
    )
    (citation,) = answer.citations
    assert citation.quote == CHINA.passage.text
    assert [cell.text for cell in citation.cells] == ["132,000", "270,000"]
    assert [step.citations for step in answer.steps] == [(1,), (1,), (1,)]
    assert (answer.status, answer.model) == ("answered", "calculation")


def test_each_row_has_its_citation() -> None:
    answer = ask("Total mine production of China and Burma in 2024?", CHINA, BURMA)
    assert answer.text == (
        "Mine production in 2024: 297,000 metric tons REO in total (China: 270,000; "
        "Burma: 27,000). [1] [2]"
    )
    assert [step.citations for step in answer.steps] == [(1,), (2,), (1, 2)]
    assert answer.sentences[0].citations == (1, 2)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "What share of world mine production was Burma's in 2019?",
            "Burma: 13.0% of world mine production in 2019 (29,000 of 223,000 metric tons REO). "
            "[1] [2]",
        ),
        (
            "Did Burma's mine production rise or fall between 2019 and 2024?",
            "Burma's mine production fell by 2,000 metric tons REO from 2019 to 2024 (29,000 to "
            "27,000), or by 6.9%. [1]",
        ),
        (
            "Which mined less in 2024, China or Burma, and by how much?",
            "Burma: 243,000 metric tons REO less than China in mine production in 2024 (27,000 "
            "against 270,000 metric tons REO). [1] [2]",
        ),
        (
            "By what factor did China's mine production grow from 2019 to 2024?",
            "China's mine production in 2024 was 2.05 times that in 2019 (270,000 against 132,000 "
            "metric tons REO). [1]",
        ),
        (
            "What was the compound annual growth rate of China's mine production from 2019 to "
            "2024?",
            "China's mine production rose by 15.4% a year on average (compound rate over 5 years) "
            "from 2019 to 2024 (132,000 to 270,000). [1]",
        ),
        (
            "What was the average of China's mine production in 2019 and 2024?",
            "China's mine production: 201,000 metric tons REO on average of the 2 years (2019: "
            "132,000; 2024: 270,000). [1]",
        ),
        (
            "What was China's mine production in 2024 in kt?",
            "China's mine production in 2024: 270 kt (270,000 metric tons REO in the source). "
            "1 kt = 1,000 metric tons: 270,000 metric tons ÷ 1,000 = 270 kt. [1]",
        ),
    ],
)
def test_operations_over_found_figures(question: str, text: str) -> None:
    assert ask(question, CHINA, BURMA, WORLD).text == text


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("What is $110 per kilogram per pound?", "US$49.90 per pound"),
        ("How many kilograms are 920 pounds?", "417.3 kilograms"),
        ("What is 600,000 yuan per metric ton without 13% VAT?", "530,973 yuan per metric ton"),
        ("Convert 7,250 yuan/kg into US$/kg at 7.25 yuan per dollar.", "US$1,000 per kilogram"),
        ("What is 270,000 t of neodymium oxide in metal?", "231,390 metric tons of neodymium"),
        ("How much dysprosium oxide is needed for 10 t of dysprosium metal?",
         "11.48 metric tons of dysprosium oxide"),
        ("How many short tons are 45,500 metric tons?", "50,155 short tons"),
    ],
)  # fmt: skip
def test_figure_of_the_question_is_converted(question: str, result: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert result in answer.text
    assert answer.steps
    assert answer.citations == ()
    assert answer.warnings == ("The figure is the question's own: no source is cited for it.",)


def test_share_of_metal_is_cited_where_a_source_states_it() -> None:
    stated = row(
        "Dysprosium, Dy2O3", "0.871",
        caption="Metal content of oxides", header=("Oxide", "Metal content"),
    )  # fmt: skip
    answer = ask("What is 25 kg of Dy2O3 in metal?", stated)
    assert [citation.quote for citation in answer.citations] == ["Dysprosium, Dy2O3 | 0.871"]
    assert answer.sentences[0].citations == (1,)


@pytest.mark.parametrize(
    ("question", "found", "reason"),
    [
        ("How much did Burma's mine production change from 2017 to 2024?", (BURMA,),
         "no source has a figure for Burma's mine production in 2017"),
        ("How much did China's mine production rise from 2019 to 2024?",
         (mined("China", "NA", "270,000"),), "is not published"),
        ("How much did China's mine production rise from 2019 to 2024?",
         (mined("China", ">130,000", "270,000"),), "is only a bound"),
        ("How much did the price of scandium oxide fall from 2019 to 2024?",
         (priced("Scandium oxide", "890–1,000", "660–670"),), "is a range"),
        ("What was the total mine production of China and Burma in 2024?",
         (CHINA, mined("Burma", "29,000", "27,000", caption="Mine production of rare earths",
                       unit="metric tons, gross weight")), "REO and gross weight"),
        ("How much more did terbium oxide cost than dysprosium oxide in 2024?",
         (priced("Terbium oxide", "505", "812"),
          priced("Dysprosium oxide", "1,800", "1,900", unit="yuan per kilogram")),
         "the currencies differ (RMB and US$)"),
        ("What was the total mine production of China and Burma in 2026?", (CHINA, BURMA),
         "no source has a figure for China's mine production in 2026"),
    ],
)  # fmt: skip
def test_what_cannot_be_put_together_is_refused_with_the_reason(
    question: str, found: tuple[Evidence, ...], reason: str
) -> None:
    answer = ask(question, *found)
    assert answer.status == "not_found"
    assert answer.text.startswith("This cannot be calculated: ")
    assert reason in answer.text
    assert (answer.sentences, answer.citations, answer.steps) == ((), (), ())


def test_mid_point_of_ranges_is_taken_where_it_is_asked_for() -> None:
    scandium = priced("Scandium oxide", "890–1,000", "660–670")
    answer = ask(
        "By how much did the mid-point of the scandium oxide price fall from 2019 to 2024?",
        scandium,
    )
    assert "fell by US$280 per kilogram" in answer.text
    assert "Mid-point: (890 + 1,000) ÷ 2 = 945" in [step.text for step in answer.steps]


@pytest.mark.parametrize(
    "question",
    [
        "What was China's mine production in 2024?",
        "What was China's mine production in 2024 in metric tons?",
        "How much did Russia's mine production rise from 2019 to 2024?",
    ],
)
def test_ordinary_question_is_left_to_the_ordinary_answer(question: str) -> None:
    assert ask(question, CHINA, BURMA).text == ""


def test_stated_share_is_left_to_the_words_of_the_source() -> None:
    stated = row(
        "2024", "69%",
        caption="China's share of world mine production of rare earths",
        header=("Year", "Share"), unit="percent",
    )  # fmt: skip
    answer = ask("What share of world mine production was China's in 2024?", stated, CHINA, WORLD)
    assert answer.text == ""


def test_figures_of_one_edition_are_taken_together_and_newer_ones_told() -> None:
    header = ("Country", "2023 (MCS 2025)", "2024 (MCS 2025)", "2024 (MCS 2026)")
    burma = row("Burma", "43,000", "31,000", "27,000", caption=MINED, header=header, unit=UNIT)
    answer = ask("How much did Burma's mine production fall from 2023 to 2024?", burma)
    assert "(43,000 to 31,000)" in answer.text
    assert answer.warnings == ("MCS 2026 gives 27,000 for 2024, Burma's mine production in 2024.",)


def test_company_that_the_lexicon_does_not_know_is_looked_up_by_its_name() -> None:
    ours = row(
        "Revenue", "12.5", "17.5", caption="Results of Quellwater Rare Earths, million US$",
        header=("Item", "2019", "2024"), unit="million US$",
    )  # fmt: skip
    other = row(
        "Revenue", "99", "1", caption="Results of Ostrand Metals, million US$",
        header=("Item", "2019", "2024"), unit="million US$",
    )  # fmt: skip
    answer = ask("By how much did Quellwater's revenue grow from 2019 to 2024?", other, ours)
    assert answer.text == (
        "Quellwater revenue rose by US$5.0 million from 2019 to 2024 (12.5 to 17.5), or by 40.0%. "
        "[1]"
    )
