"""Words with repairs: tidying and joining them keeps every repair at its place."""

import random

from corpus.document import Page, Repair, original_text
from corpus.repair.encoding import replace
from corpus.repair.marked import Marked, and_earlier, join, one_line, tidy_lines


def test_white_space_becomes_one_space_and_the_repairs_move_with_the_words() -> None:
    words = Marked("  of \n 7,200\t tons ", (Repair(12, 12, "12", "footnote mark"),))
    assert one_line(words) == Marked("of 7,200 tons", (Repair(8, 8, "12", "footnote mark"),))


def test_line_breaks_are_kept_without_empty_lines() -> None:
    assert tidy_lines(" a  b \n\n  c \n") == Marked("a b\nc")


def test_joined_words_keep_their_repairs() -> None:
    marked = Marked("7,200", (Repair(5, 5, "1", "footnote mark"),))
    assert join([marked, "and", marked], " ") == Marked(
        "7,200 and 7,200",
        (Repair(5, 5, "1", "footnote mark"), Repair(15, 15, "1", "footnote mark")),
    )


def test_marks_are_those_that_were_taken_off() -> None:
    repairs = (
        Repair(0, 1, "2", "superscript"),
        Repair(3, 3, "12", "footnote mark"),
        Repair(4, 5, "", "footnote mark"),
    )
    assert Marked("²  x ", repairs).marks == ("12",)


def test_earlier_repairs_can_be_undone_after_later_ones() -> None:
    chance = random.Random(3)
    for _ in range(200):
        original = "".join(chance.choice("ab123xyz") for _ in range(30))
        first, earlier = replace(
            original, [(n, n + 1, "") for n, c in enumerate(original) if c in "12"], "footnote mark"
        )
        second, later = replace(
            first, [(n, n + 1, "uvw") for n, c in enumerate(first) if c == "x"], "encoding"
        )
        page = Page(1, "1", second, repairs=and_earlier(later, earlier))
        assert original_text(page, 0, len(second)) == original


def test_tidied_words_can_be_undone_but_for_their_white_space() -> None:
    chance = random.Random(4)
    for _ in range(200):
        original = "".join(chance.choice("ab 12 \n") for _ in range(30))
        text, repairs = replace(
            original, [(n, n + 1, "") for n, c in enumerate(original) if c in "12"], "footnote mark"
        )
        for tidy in (one_line, tidy_lines):
            words = tidy(Marked(text, repairs))
            page = Page(1, "1", words.text, repairs=words.repairs)
            undone = original_text(page, 0, len(words.text))
            assert "".join(undone.split()) == "".join(original.split())
