"""A claim and evidence as tokens."""

import pytest

from assistant.pair_model.counterparts import KINDS, Counterpart
from assistant.pair_model.pair_text import MOST_SAID, PairEncoder, counts_of, kinds_of
from index.embedding import packaged_folder
from index.packaged_embedder import open_tokenizer

CLAIM, SAID = "Output fell to 300 t.", "A report\nOutput fell to 300 t in 2024."


@pytest.fixture(scope="module")
def encoder() -> PairEncoder:
    return PairEncoder(open_tokenizer(packaged_folder()))


def test_each_token_has_a_kind_and_special_ones_none(encoder: PairEncoder) -> None:
    claim, said = encoder.claim(CLAIM), encoder.evidence(SAID)
    kinds = kinds_of(claim, said)
    assert len(kinds) == len(claim.ids)
    assert kinds[0] == kinds[-1] == Counterpart.NONE
    at = next(n for n, (start, end) in enumerate(claim.places) if CLAIM[start:end] == "300")
    assert kinds[at] == Counterpart.FIGURE_SAME


def test_words_are_counted_by_kind_on_both_sides(encoder: PairEncoder) -> None:
    counts = counts_of(encoder.claim(CLAIM), encoder.evidence(SAID))
    assert len(counts) == 2 * KINDS
    assert counts[Counterpart.FIGURE_SAME] == counts[KINDS + Counterpart.FIGURE_SAME] > 0
    assert counts[KINDS + Counterpart.PERIOD_ALONE] > 0 == counts[Counterpart.PERIOD_ALONE]


def test_long_evidence_keeps_its_title_and_its_end(encoder: PairEncoder) -> None:
    text = f"Title\n{'and so on ' * 200}at last 300 t."
    read = encoder.evidence(text)
    assert len(read.ids) == MOST_SAID + 2
    words = [text[start:end] for start, end in read.places[1:-1]]
    assert words[0] == "Title"
    assert words[-5:] == ["at", "last", "300", "t", "."]
