"""A claim is read once, by the reader of sources: its parts, and the facts of its clauses."""

import pytest

from assistant.citing.reading import parts_of, read_claim
from corpus.language.names import Name
from index.query import OwnName, parse_query


@pytest.mark.parametrize(
    ("claim", "parts"),
    [
        (
            "Molycorp filed for bankruptcy in June 2015; it left bankruptcy in August 2016.",
            (
                "Molycorp filed for bankruptcy in June 2015",
                "it left bankruptcy in August 2016",
            ),
        ),
        (
            "Norvik bought the Narva plant in 2019 and closed its old works in 2021.",
            (
                "Norvik bought the Narva plant in 2019",
                "Norvik closed its old works in 2021",
            ),
        ),
        (
            "Norvik 2024 revenue EUR 12m, 300 staff",
            ("Norvik 2024 revenue EUR 12m", "2024 300 staff"),
        ),
        ("Samarium, europium and gadolinium are rare.", ()),
    ],
)
def test_a_claim_of_several_clauses_has_parts(claim: str, parts: tuple[str, ...]) -> None:
    assert tuple(part.rstrip(".") for part in parts_of(claim)) == parts


def test_shorthand_without_a_verb_is_read_as_a_look_up() -> None:
    claim = "China mine production 2025: 270,000 t REO"
    [fact] = read_claim(claim, parse_query(claim)).facts
    assert (fact.measure, str(fact.value), fact.basis) == ("mine production", "270000 t", "REO")
    assert [name.id for name in fact.named("place")] == ["china"]
    assert fact.period is not None
    assert fact.period.text == "2025"


def test_a_claim_of_a_company_that_files_is_read_as_its_own_words() -> None:
    claim = (
        "Norvik's Gaming revenue declined to $39 million in the third quarter of fiscal 2023 "
        "from $50 million a year earlier."
    )
    norvik = Name("Norvik")
    facts = read_claim(claim, parse_query(claim, [OwnName("Norvik", norvik)]), norvik).facts
    assert [fact.period and fact.period.text for fact in facts] == ["FY2023-Q3", "FY2022-Q3"]
    for fact in facts:
        named = {(one.role, one.name.text) for one in fact.arguments}
        assert named == {("segment", "Gaming"), ("subject", "Norvik")}
