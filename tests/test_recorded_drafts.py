"""Drafts over the shipped documents, checked by the recorded replies of a strong model.

The drafts and their gold were written by people who had seen neither code nor prompts, the replies
by others who had seen our prompts alone (`bench/drafts.py`).
"""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from bench.drafts import check_all
from bench.recorded_replies import load_recorded
from index.embedding import Embedder

GOLD = Path(__file__).parent / "drafts_gold"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["first", "second"])
def test_what_is_false_is_found_and_nothing_false_is_called_supported(
    name: str, library: Assistant, embedder: Embedder
) -> None:
    folder, found = GOLD / name, list[tuple[str, str]]()
    facts = others = taken = 0
    replies = load_recorded(folder / "replies.jsonl")
    for outcome, model in check_all(folder, library.settings.home, embedder, replies):
        assert model is not None
        assert not model.missing
        for line, one in outcome.pairs():
            is_told = one is not None and one.kind == "fact"
            if line["kind"] == "opinion":
                others, taken = others + 1, taken + is_told
            elif line["kind"] == "fact":
                facts += 1
                if one is not None and is_told:
                    found.append((line["verdict"], one.verdict))
    assert ("contradicted", "supported") not in found
    assert ("not_found", "supported") not in found
    assert len(found) >= 0.9 * facts
    assert sum(gold == told for gold, told in found) >= 0.85 * len(found)
    true = sum(gold == "supported" for gold, _ in found)
    assert found.count(("supported", "contradicted")) * 15 <= true
    assert taken * 10 <= others
