"""The model that links figures to their slots: what it chooses, and when it chooses nothing."""

from corpus.facts.sentences.linking import Candidate, LinkingModel, load_model

MODEL = LinkingModel({"period": {"near": 2.0, "far": -1.0, "aside": -4.0}})
NEAR = Candidate("2024", ("near",))
FAR = Candidate("2019", ("far", "unknown"))


def test_likeliest_candidate_is_chosen() -> None:
    assert MODEL.choose("period", [FAR, NEAR]) == NEAR


def test_slot_stays_empty_where_nothing_is_likely() -> None:
    assert MODEL.choose("period", [Candidate("2019", ("aside",))]) is None
    assert MODEL.choose("period", []) is None


def test_candidates_and_none_share_all_probability() -> None:
    likely = MODEL.probabilities("period", [NEAR, FAR])
    assert likely[0] > likely[1] > 0
    assert sum(likely) < 1


def test_shipped_weights_hold_every_slot_that_is_linked() -> None:
    slots = {"measure", "period", "against", "stage", "basis", "statistic", "status", "argument"}
    assert slots <= set(load_model().weights)
