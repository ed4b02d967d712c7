"""What a follow-up carries, as training takes it from conversations."""

import json
from pathlib import Path

from bench.train_carrying import load_examples

TURNS = [
    {"question": "What did Lynas mine in 2023?", "standalone": "What did Lynas mine in 2023?",
     "kind": "first"},
    {"question": "and in 2024", "standalone": "What did Lynas mine in 2024?", "kind": "other time"},
]  # fmt: skip


def test_what_stands_in_the_meant_question_is_carried_and_others_questions_lean_on_nothing(
    tmp_path: Path,
) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"id": "x", "turns": TURNS}) + "\n", encoding="utf-8")
    *others, follow_up = load_examples(file)
    assert len(others) == 3  # an opening, and questions over documents
    assert all((set(one.carried), one.leans) == ({None}, False) for one in others)
    assert (follow_up.carried, follow_up.leans) == ((True, True, False), True)  # Lynas, mine, 2023
