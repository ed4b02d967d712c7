"""Single figures from the ledger: the sentence that says them, editions, what is not there."""

from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import pytest
from assistants import check_answer, open_assistant
from fakes import HashingEmbedder, write_files

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.figures import FactSearch, answer_by_look_up
from assistant.figures.answering import lacking_text

FILES = {
    "mines.md": """---
title: Mine Output Review
publisher: Nordkap Institute
published: 2026-03-01
---
# Mine Output Review

Table 1. Mine production of rare earths, metric tons REO equivalent:

| Country | 2024 | 2025 |
|---|---|---|
| Chile | 1,200 | 1,400 |
| Peru | W | 300 |

Table 2. Imports of rare-earth compounds of the United States in 2025, metric tons:

| Origin | Imports |
|---|---|
| Estonia | 410 |

The Alto plant of Peru had a capacity of 5,000 tons a year in 2025.

Sales of magnets by the Lima works of Peru brought in 45 million dollars in 2025.
""",
    "metals.md": """---
title: Oxide Prices
publisher: Riga Metal Desk
published: 2026-01-10
---
# Oxide Prices

Table 1. Prices of oxides, average, dollars per kilogram, f.o.b. China:

| Oxide | 2024 | 2025 |
|---|---|---|
| Terbium oxide, 99.99% minimum | 812 | 1,010 |
""",
    "results.md": """---
title: Results of Iluka Resources
publisher: Riga Metal Desk
published: 2026-02-20
---
# Results of Iluka Resources

Table 1. Iluka Resources, million US dollars:

| Line | 2024 | 2025 |
|---|---|---|
| Net profit or loss after tax | 231 | -288 |
| Purchases of equipment | (412) | (350) |
""",
    "notes.md": """---
title: Notes on Reserves
publisher: Nordkap Institute
published: 2026-02-01
---
# Notes on Reserves

Of the reserves of Chile 640 metric tons comply with the national code.

Peru mined scandium at two sites, and recovered none of it commercially in 2025.

Peru imported 90 metric tons of lanthanum and cerium in 2024.

Peru imported 7 metric tons of terbium in 2024.
""",
    "quotas.md": """---
title: Quota Notices
publisher: Quota Gazette
published: 2024-09-01
---
# Quota Notices

Table 1. Separation quota of China by group, metric tons REO:

| Group | First batch of 2024 | Second batch of 2024 |
|---|---|---|
| China Northern Rare Earth | 71,000 | 73,000 |
""",
    "shares.md": """---
title: Shares and Losses
publisher: Tallinn Review
published: 2026-04-01
---
# Shares and Losses

Table 1. Norway's share of world mine production
| Year | Share | Source |
|---|---|---|
| 2025 | 6% | Oslo Survey, March 2026 |
| 2025 | 9% | Bergen Bureau, June 2026 |

Table 2. Estimated distribution of United States consumption by end use, percent
| Use | 2025 |
|---|---|
| Catalysts | 70 |
| Other | 30 |

Table 3. Molycorp, years ending in December
| Item | Unit | 2013 | 2014 |
|---|---|---|---|
| Net loss | US$ million | 374 | no figure |
| Net loss a share | US$ | 2.31 | 2.80 |
""",
    "growth.md": """---
title: China's production quotas for rare earths
publisher: Quota Gazette
published: 2025-03-01
---
# China's production quotas for rare earths

Table 1. China's quotas by year, metric tons REO
| Year | Mining quota |
|---|---|
| 2022 | 210,000 |
| 2023 | 255,000 |

- Growth of mining in 2023: 21.4% according to Reuters, 22.6% according to Project Blue.
""",
    "output.csv": "country,year,mine production (metric tons REO)\nChile,2024,1200\n",
}
REVIEW = "Nordkap Institute, Mine Output Review, 2026"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = write_files(tmp_path_factory.mktemp("files"), FILES)
    opened, _ = open_assistant(tmp_path_factory.mktemp("home"), HashingEmbedder(), folder)
    yield opened
    opened.close()


def ask(assistant: Assistant, question: str) -> Answer:
    answer = assistant.ask(question)
    check_answer(assistant, answer)
    return answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "What was Chile's mine production in 2025?",
            f"Chile mined 1,400 t REO in 2025 ({REVIEW})",
        ),
        ("chile mine output 2024", f"Chile mined 1,200 t REO in 2024 ({REVIEW})"),
        (
            "How much did terbium oxide cost in 2025?",
            "The price of terbium oxide, 99.99% minimum, averaged $1,010 per kilogram in 2025 "
            "(f.o.b. China; Riga Metal Desk, Oxide Prices, 2026)",
        ),
    ],
)
def test_a_figure_is_a_sentence_with_its_source(
    assistant: Assistant, question: str, text: str
) -> None:
    answer = ask(assistant, question)
    assert (answer.status, answer.text) == ("answered", f"{text} [1].")


def test_the_passages_of_cited_figures_are_the_evidence(assistant: Assistant) -> None:
    answer = ask(assistant, "How much did terbium oxide cost in 2025?")
    cited = {(one.source.id, one.passage) for one in answer.citations}
    assert {(one.source.id, one.passage.text) for one in answer.evidence} == cited


def test_a_figure_in_another_unit_is_given_in_both(assistant: Assistant) -> None:
    asked = "terbium oxide price 2025 in USD/lb"
    search = FactSearch(assistant.ledger, assistant.store.catalog)
    text = answer_by_look_up(asked, asked, search.parse(asked), search).text
    assert "$1,010 per kilogram ($458.128 per pound) in 2025" in text


def test_a_withheld_figure_is_not_disclosed(assistant: Assistant) -> None:
    answer = ask(assistant, "How much did Peru mine in 2024?")
    assert answer.status == "not_disclosed"
    assert answer.text.startswith("Peru's mine production was withheld (W) in 2024 (")


def test_a_time_that_no_source_has_is_told_with_those_there_are(assistant: Assistant) -> None:
    answer = ask(assistant, "What was the price of terbium oxide in 2019?")
    assert answer.status == "not_found"
    assert answer.text.endswith("The sources have this for 2024, 2025, not for 2019.")


def test_what_there_is_instead_is_not_what_is_asked_for(assistant: Assistant) -> None:
    search = FactSearch(assistant.ledger, assistant.store.catalog)
    asked = search.parse("price of terbium oxide in 2019")
    known = search.parse("price of terbium oxide in 2024 and 2025")
    assert lacking_text(asked, search)
    with patch.object(FactSearch, "lacking", lambda *_: ("period 2025, 2024", ("2024", "2025"))):
        assert lacking_text(known, search) == ""


@pytest.mark.parametrize(
    "question",
    [
        "What happened at the Alto plant?",  # of which no figure is asked for
        "How is terbium oxide made in Peru?",
        "How many mines did Chile have in 2025?",
    ],
)
def test_what_asks_for_no_amount_is_not_looked_up(assistant: Assistant, question: str) -> None:
    search = FactSearch(assistant.ledger, assistant.store.catalog)
    assert not answer_by_look_up(question, question, search.parse(question), search).text


def test_a_figure_of_one_of_several_materials_is_none_of_all(assistant: Assistant) -> None:
    asked = "How much did Peru import in 2024?"
    search = FactSearch(assistant.ledger, assistant.store.catalog)
    assert not answer_by_look_up(asked, asked, search.parse(asked), search).text


def test_money_is_no_tonnage(assistant: Assistant) -> None:
    answer = ask(assistant, "How many dollars did the United States pay for imports in 2025?")
    assert answer.status == "not_found"


def test_what_was_sold_for_money_is_no_number_of_things_sold(assistant: Assistant) -> None:
    said = "45 million"
    assert said in ask(assistant, "What did sales of magnets bring the Lima works in 2025?").text
    answer = ask(assistant, "units of magnets sold by the Lima works, 2025")
    assert answer.status == "not_found"


def test_who_is_told_beside_money_where_it_is_asked_who(assistant: Assistant) -> None:
    asked = "Who in Peru sold its output of magnets in 2025?"
    assert "45 million" in ask(assistant, asked).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How much of Chile's reserves comply with the national code?", "640 metric tons"),
        ("How much scandium did Peru recover commercially in 2025?", "recovered none"),
    ],
)
def test_a_part_told_by_weight_and_none_at_all_answer_how_much(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, question: str, said: str
) -> None:
    less = replace(assistant.settings, threshold=0.3)  # what has a figure, and not how surely
    monkeypatch.setattr(assistant, "settings", less)
    answer = ask(assistant, question)
    assert answer.status == "answered"
    assert said in answer.text


@pytest.mark.parametrize("time", ["first 2024 batch", "first half of 2024"])
def test_a_batch_of_a_quota_is_a_half_of_its_year(assistant: Assistant, time: str) -> None:
    answer = ask(assistant, f"What separation quota did Northern Rare Earth get in the {time}?")
    assert "71,000 t REO in the first batch of 2024" in answer.text
    assert "73,000" not in answer.text


def test_shares_that_two_bodies_give_conflict(assistant: Assistant) -> None:
    answer = ask(assistant, "What was Norway's share of world mine production in 2025?")
    assert answer.status == "conflicting"
    assert "6% of world mine production in 2025 (Oslo Survey" in answer.text
    assert "Otherwise: Norway's share was 9%" in answer.text


def test_a_share_of_another_use_is_none_of_magnets(assistant: Assistant) -> None:
    asked = "What percentage of US rare-earth consumption went into {} in 2025?"
    assert "30" not in ask(assistant, asked.format("permanent magnets")).text
    text = ask(assistant, "What share of US consumption went into catalysts in 2025?").text
    assert "70% of United States consumption" in text


def test_what_two_materials_make_together_is_none_of_one(assistant: Assistant) -> None:
    assert "90" in ask(assistant, "Peru's imports of lanthanum and cerium in 2024?").text
    alone = ask(assistant, "How much cerium did Peru import in 2024?")
    assert "Peru imported 90 t" not in alone.text


def test_a_loss_is_told_as_one_and_a_loss_a_share_is_another(assistant: Assistant) -> None:
    told = ask(assistant, "What was Molycorp's net loss in 2013?").text
    assert told.startswith("Molycorp's net loss was $374 million in 2013")
    told = ask(assistant, "Iluka net loss 2025").text
    assert told.startswith("Iluka Resources' net loss was $288 million in 2025")
    told = ask(assistant, "Iluka net income 2024").text
    assert told.startswith("Iluka Resources' net income was $231 million in 2024")
    told = ask(assistant, "What was Molycorp's net loss in dollars for 2014?").text
    assert "$2.80" not in told


def test_a_rate_that_a_source_sets_beside_the_one_worked_out_is_told(assistant: Assistant) -> None:
    answer = ask(assistant, "By what percentage did China's mining quota grow in 2023?")
    assert answer.text.startswith("China's mining quota rose by 21.4% from 2022 to 2023")
    assert (answer.status, "22.6%" in answer.text) == ("conflicting", True)


def test_a_figure_in_another_scale_is_given_in_both(assistant: Assistant) -> None:
    told = ask(assistant, "Iluka net income 2024 in $bn").text
    assert told.startswith("Iluka Resources' net income was $231 million ($0.231 billion) in 2024")
    assert "(" not in ask(assistant, "Iluka net income 2024 in $m").text.partition(" in 2024")[0]


def test_what_was_paid_is_an_amount_and_falls_with_it(assistant: Assistant) -> None:
    told = ask(assistant, "Iluka purchases of equipment 2024").text
    assert "$412 million" in told
    assert "-$412" not in told
