"""Fitting the model that links: it learns what right candidates share, each time alike."""

from bench.train_linking import Choice, fit
from corpus.facts.sentences.linking import Candidate

_BESIDE, _FAR = ("beside",), ("far",)
_CHOICES = [
    Choice("period", (_BESIDE, _FAR), (True, False)),
    Choice("period", (_FAR, _BESIDE), (False, True)),
    Choice("period", (_BESIDE,), (True,)),
    Choice("period", (_FAR,), (False,)),
] * 5


def test_model_learns_what_right_candidates_have_in_common() -> None:
    model = fit(_CHOICES)
    beside, far = Candidate("2024", _BESIDE), Candidate("2019", _FAR)
    assert model.choose("period", [far, beside]) == beside
    assert model.choose("period", [far]) is None


def test_same_choices_give_the_same_weights() -> None:
    assert fit(_CHOICES).weights == fit(list(_CHOICES)).weights


def test_what_no_choice_has_gets_no_weight() -> None:
    assert set(fit(_CHOICES).weights["period"]) == {"beside", "far"}
