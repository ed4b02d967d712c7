"""Questions taken apart."""

import pytest

from assistant.conversation.clauses import Clause, read_clause


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How much NdPr did Lynas make in 2024?",
         ("How much", "NdPr", "did", "Lynas", "make", "in 2024")),
        ("What does Iluka's Eneabba refinery cost?",
         ("What", "", "does", "Iluka's Eneabba refinery", "cost", "")),
        ("What share does the ore of Mountain Pass have?",
         ("What", "share", "does", "the ore of Mountain Pass", "have", "")),
        ("When does the tariff on magnets from China take effect?",
         ("When", "", "does", "the tariff on magnets from China", "take", "effect")),
        ("How much oxide was produced in 2025?",
         ("How much", "oxide", "was", "", "produced", "in 2025")),
        ("When was IREL founded?", ("When", "", "was", "IREL", "founded", "")),
        ("What are the reserves of Vietnam?",
         ("What", "", "are", "the reserves of Vietnam", "", "")),
        ("Which elements need a licence?", ("Which", "", "", "", "", "elements need a licence")),
        ("For how many years, and at what rate, is the loan?",
         ("For how many years, and at what rate", "", "is", "the loan", "", "")),
        ("Compare China and Brazil.", ("", "", "", "", "", "")),
    ],
)  # fmt: skip
def test_a_question_is_taken_apart(question: str, parts: tuple[str, ...]) -> None:
    assert read_clause(question) == Clause(question[:-1], *parts)


def test_only_a_question_of_being_asks_being() -> None:
    assert read_clause("What are the reserves of Vietnam?").asks_being
    assert not read_clause("What did Vietnam mine?").asks_being
    assert not read_clause("Which elements need a licence?").asks_being
