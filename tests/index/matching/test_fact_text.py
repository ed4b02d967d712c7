"""Questions and facts as tokens: the value is marked, and stands among what is kept."""

import pytest

from index.embedding import packaged_folder
from index.matching.fact_text import ABOVE, MOST_SAID, QUESTION, SAID, FactText, TextEncoder
from index.packaged_embedder import open_tokenizer


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    return TextEncoder(open_tokenizer(packaged_folder()))


def fact(said: str, value: str, above: str = "A report | Output") -> FactText:
    start = said.index(value)
    return FactText(above, said, start, start + len(value))


def test_each_token_tells_where_it_is_from(encoder: TextEncoder) -> None:
    read = encoder.fact(fact("Output rose to 300 t.", "300 t"))
    assert len(read.ids) == len(read.kinds) == len(read.marks)
    assert read.kinds[0] == ABOVE
    assert read.kinds[-1] == SAID
    assert sorted({*read.kinds}) == [ABOVE, SAID]
    assert {*encoder.question("output 2024").kinds} == {QUESTION}


def test_value_alone_is_marked(encoder: TextEncoder) -> None:
    said = "Output rose to 300 t from 280 t."
    first, second = encoder.fact(fact(said, "300 t")), encoder.fact(fact(said, "280 t"))
    assert first.ids == second.ids
    assert sum(first.marks) == sum(second.marks) == 2
    assert not any(a and b for a, b in zip(first.marks, second.marks, strict=True))


def test_value_is_kept_of_words_that_are_too_many(encoder: TextEncoder) -> None:
    for words in ("many words before ", ""):
        said = f"{words * 90}there were 300 t in all{' and many words behind' * 90}"
        read = encoder.fact(fact(said, "300 t"))
        assert sum(read.marks) == 2
        assert read.kinds.count(SAID) == MOST_SAID + 1


def test_question_has_no_mark(encoder: TextEncoder) -> None:
    assert not any(encoder.question("how much was dug up in 2024?").marks)
