"""What became of a model's sentences is counted, and told in warnings."""

from assistant.answer import Written
from assistant.writing.counting import Counts, left_out


def test_sentences_are_counted_by_what_became_of_them() -> None:
    counts = Counts()
    for fate in ("kept", "cut", "unsupported", "figure", "figure"):
        counts.count(fate)
    assert counts.removed == {"figure": 2, "unsupported": 1}
    assert counts.written() == Written(5, 1, 1, (("figure", 2), ("unsupported", 1)))


def test_invented_keys_are_counted_beside_sentences() -> None:
    counts = Counts()
    counts.count("kept")
    counts.invented_keys = 2
    assert counts.written() == Written(1, 1, 0, (("key", 2),))
    assert tuple(left_out(counts.written())) == (
        "2 citations that the model invented were taken out.",
    )


def test_warnings_tell_what_was_left_out_and_what_was_cut() -> None:
    written = Written(4, 1, 1, (("figure", 1), ("quote", 1)))
    assert tuple(left_out(written)) == (
        "Of 4 sentences that the model wrote 2 were left out: 1 with a figure that stands in no "
        "source, 1 with words in quotation marks that stand in no source.",
        "1 sentence was cut to the part that a source carries.",
    )


def test_a_reason_of_another_version_is_not_told() -> None:
    assert tuple(left_out(Written(1, 0, 0, (("mood", 1),)))) == ()


def test_nothing_is_told_where_all_is_kept() -> None:
    assert tuple(left_out(Written(3, 3, 0))) == ()
