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
DRAFTS = sorted(
    (file.parent.name, file.name.removesuffix(".gold.jsonl"))
    for file in GOLD.glob("*/*.gold.jsonl")
)


@pytest.mark.slow
@pytest.mark.parametrize(("of", "name"), DRAFTS)
def test_what_is_false_is_found_and_nothing_false_is_called_supported(
    of: str, name: str, library: Assistant, embedder: Embedder
) -> None:
    folder = GOLD / of
    replies = load_recorded(folder / "replies.jsonl")
    [(outcome, model)] = check_all(folder, library.settings.home, embedder, replies, [name])
    assert model is not None
    assert not model.missing
    facts = [(line, one) for line, one in outcome.pairs() if line["kind"] == "fact"]
    held = [(line["verdict"], one.verdict) for line, one in facts if one and one.kind == "fact"]
    assert ("contradicted", "supported") not in held
    assert ("not_found", "supported") not in held
    assert sum(gold == said for gold, said in held) >= 0.75 * len(held)  # of one draft
    assert held.count(("supported", "contradicted")) * 15 <= sum(g == "supported" for g, _ in held)
    assert len(held) >= 0.65 * len(facts)
