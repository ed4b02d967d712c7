"""Look-ups in other words than the sources': whatever the model says, slots speak against facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from assistants import open_assistant

from assistant.assistant import Assistant
from corpus.language.quantities import Quantity
from index.embedding import Embedder
from index.facts import FoundFacts, Meaning, find_facts
from index.matching.fact_text import FactText

pytestmark = pytest.mark.slow

TEXT = """# Tarvas Minerals: annual report 2024

## Operations

The Rakvere works turned out 5,300 t of mixed carbonate in 2024. In 2023 they turned out 4,900 t.
The Keila works turned out 1,200 t of mixed carbonate in 2024.

## People

The company paid its 412 people wages of €21 million in 2024.

Table 1. Goods on hand, tons:

| Item | 2024 |
|---|---|
| Finished carbonate | 260 |
| Carbonate in process | 85 |
"""


@dataclass
class AgreeingJudge:
    """Says of every fact with some words that it answers, and keeps what it was asked."""

    words: str = ""
    asked: list[str] = field(default_factory=list)
    seen: list[FactText] = field(default_factory=list)

    def judge(self, asked: str, facts: Sequence[FactText]) -> list[float]:
        """Return 1 for each fact with the words."""
        self.asked.append(asked)
        self.seen += facts
        return [float(self.words in one.said.casefold()) for one in facts]


@pytest.fixture(scope="module")
def tarvas(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("tarvas")
    (folder / "tarvas.md").write_text(TEXT, encoding="utf-8")
    assistant, _ = open_assistant(folder / "home", embedder, folder / "tarvas.md")
    yield assistant
    assistant.close()


def look_up(assistant: Assistant, words: str, judge: AgreeingJudge) -> FoundFacts:
    query = assistant.ledger.parse(words)
    meaning = Meaning(lambda asked, most: assistant.search(asked, most), lambda: judge)
    return find_facts(assistant.ledger, query, 20, meaning=meaning)


def values(found: FoundFacts) -> set[float | None]:
    shown = (*found.facts, *found.may_mean)
    return {o.fact.value.value for o in shown if isinstance(o.fact.value, Quantity)}


def test_words_that_no_fact_has_are_judged_by_meaning(tarvas: Assistant) -> None:
    words = "half-finished goods of Tarvas Minerals, 2024"
    found = look_up(tarvas, words, AgreeingJudge("in process"))
    assert found.is_by_meaning
    assert values(found) == {85}
    assert 85 in values(tarvas.facts(words))


def test_facts_of_several_values_are_told_as_what_may_be_meant(tarvas: Assistant) -> None:
    found = look_up(tarvas, "what left the gates of Tarvas Minerals in 2024, tons", AgreeingJudge())
    assert found.facts == ()
    assert {5_300, 1_200} <= values(found)


def test_words_that_facts_have_are_not_judged(tarvas: Assistant) -> None:
    judge = AgreeingJudge()
    found = look_up(tarvas, "Tarvas carbonate in process 2024", judge)
    assert values(found) == {85}
    assert not (found.is_by_meaning)
    assert not (judge.asked)


@pytest.mark.parametrize(
    ("words", "never"),
    [
        ("pay packets at Tarvas Minerals in 2023", {21e6, 5_300, 1_200, 260, 85}),
        ("what left the gates of Tarvas Minerals in 2024, USD", {5_300, 1_200, 260, 85, 412}),
        ("what left the gates at Mountain Pass in 2024", {5_300, 1_200, 260, 85, 21e6}),
    ],
)
def test_fact_of_another_time_unit_or_name_is_never_shown(
    tarvas: Assistant, words: str, never: set[float]
) -> None:
    assert not values(look_up(tarvas, words, AgreeingJudge())) & never


def test_fact_is_judged_by_its_own_words_and_what_stands_above(tarvas: Assistant) -> None:
    judge = AgreeingJudge()
    look_up(tarvas, "what Tarvas Minerals had in the yard in 2024", judge)
    assert judge.asked == ["what Tarvas Minerals had in the yard in 2024"]
    told = {(one.said[one.start : one.end], one.above) for one in judge.seen}
    assert ("€21 million", "Tarvas Minerals: annual report 2024 | People") in told
    assert any(value == "85" and "Goods on hand" in above for value, above in told)
