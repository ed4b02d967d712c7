"""Which words of a text have a counterpart in another."""

import pytest

from assistant.pair_model.counterparts import Counterpart, find_counterparts

SAID = "Tarvas Minerals dug up 5,300 t of concentrate in 2024, and its output rose by 8%."


def kind_of(word: str, text: str, other: str = SAID) -> Counterpart:
    at = text.index(word)
    return [m.kind for m in find_counterparts(text, other) if m.start <= at < m.end][-1]


@pytest.mark.parametrize(
    ("word", "text", "kind"),
    [
        ("concentrate", "It made concentrate.", Counterpart.WORD_SAME),
        ("oxide", "It made dust.  An oxide came too.", Counterpart.WORD_ALONE),
        ("Tarvas", "What Tarvas dug.", Counterpart.PROPER_SAME),
        ("Orlik", "What Orlik dug.", Counterpart.PROPER_ALONE),
        ("5.3", "It mined 5.3 kt.", Counterpart.FIGURE_SAME),
        ("5,200", "It mined 5,200 t.", Counterpart.FIGURE_NEAR),
        ("9,000", "It mined 9,000 t.", Counterpart.FIGURE_OTHER),
        ("40", "It employs 40 people.", Counterpart.FIGURE_ALONE),
        ("2024", "Output in 2024.", Counterpart.PERIOD_SAME),
        ("March", "Output in March 2024.", Counterpart.PERIOD_WITHIN),
        ("2021", "Output in 2021.", Counterpart.PERIOD_OTHER),
        ("fell", "Output fell.", Counterpart.TERM_OPPOSED),
        ("grew", "Output grew.", Counterpart.TERM_SAME),
        ("not", "Output was not given.", Counterpart.TERM_ALONE),
    ],
)
def test_word_is_told_how_it_stands_to_the_other_text(
    word: str, text: str, kind: Counterpart
) -> None:
    assert kind_of(word, text) == kind


def test_names_are_compared_with_those_of_their_kind() -> None:
    said = "Burma shipped dysprosium oxide."
    assert kind_of("Myanmar", "From Myanmar.", said) == Counterpart.NAME_SAME
    assert kind_of("Laos", "From Laos.", said) == Counterpart.NAME_OTHER
    assert kind_of("Laos", "From Laos.", "Nothing was shipped.") == Counterpart.NAME_ALONE
