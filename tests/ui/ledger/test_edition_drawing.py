"""Changed paragraphs as HTML: the words that differ marked, words of sources escaped."""

from ui.ledger.edition_drawing import marked_words


def test_words_that_differ_are_marked_on_either_side() -> None:
    assert marked_words("mined 250 tons", "mined 300 tons in all") == (
        "mined <del>250</del> tons",
        "mined <ins>300</ins> tons <ins>in all</ins>",
    )


def test_words_of_a_source_are_no_markup() -> None:
    assert marked_words("<b>", "<i>") == ("<del>&lt;b&gt;</del>", "<ins>&lt;i&gt;</ins>")
