"""British and American spellings of one word."""

import pytest

from index.spelling import american, other_spellings
from index.wording import plain_words, stem


@pytest.mark.parametrize(
    ("british", "spelt"),
    [
        ("centre", "center"),
        ("kilometres", "kilometers"),
        ("licence", "license"),
        ("programmes", "programs"),
        ("sulphate", "sulfate"),
        ("organisation", "organization"),
        ("analysed", "analyzed"),
        ("colour", "color"),
        ("totalled", "totaled"),
    ],
)
def test_british_and_american_spelling_are_one_word(british: str, spelt: str) -> None:
    assert american(british) == spelt
    assert stem(british) == stem(spelt)
    assert spelt in other_spellings(british)
    assert british in other_spellings(spelt)


@pytest.mark.parametrize("word", ["four", "hour", "rise", "revised", "precise", "source", "milled"])
def test_word_of_one_spelling_stays(word: str) -> None:
    assert american(word) == word


@pytest.mark.parametrize("text", ["v1.2", "v. 1.2", "version 1.2", "Ver. 1.2"])
def test_number_of_a_version_is_compared_in_one_form(text: str) -> None:
    assert plain_words(text) == ("version", "1.2")


def test_formula_is_no_version() -> None:
    assert plain_words("V2O5") == ("v2o5",)
