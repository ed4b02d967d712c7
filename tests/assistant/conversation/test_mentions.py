"""What a question speaks of, stretch by stretch."""

import pytest

from assistant.conversation.mentions import read_utterance


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "How much rare earth did Malaysia mine in 2025?",
            [("rare earth", "material"), ("Malaysia", "place"), ("mine", "thing"),
             ("2025", "time")],
        ),
        ("dysprosium oxide price 2025",
         [("dysprosium oxide", "material"), ("price", "measure"), ("2025", "time")]),
        ("in dollars per kilogram", [("dollars per kilogram", "unit")]),
        ("India reserves in MCS 2025",
         [("India", "place"), ("reserves", "measure"), ("MCS 2025", "edition")]),
        ("Who bought Tanbreez?", [("bought", "measure"), ("Tanbreez", "site")]),
        ("why?", []),
    ],
)  # fmt: skip
def test_stretches_have_their_kind(text: str, told: list[tuple[str, str]]) -> None:
    said = read_utterance(text)
    assert [(said.said(mention), mention.kind) for mention in said.mentions] == told


def test_no_stretch_overlaps_another() -> None:
    said = read_utterance("What did MP Materials' Mountain Pass mine make in Q3 2024, in tonnes?")
    for one, other in zip(said.mentions, said.mentions[1:], strict=False):
        assert one.end <= other.start


@pytest.mark.parametrize(
    ("text", "is_fragment"),
    [("and Brazil?", True), ("in dollars", True), ("its price", True), ("Who owns it?", False),
     ("How come?", False), ("It rose", False)],
)  # fmt: skip
def test_fragments_ask_nothing_by_themselves(text: str, is_fragment: bool) -> None:
    assert read_utterance(text).is_fragment is is_fragment
