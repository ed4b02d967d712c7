"""What a model writes becomes plain words, without markup, links or unseen signs."""

import pytest

from assistant.writing.replies.plain_text import plain_text


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (
            "- **Output** rose; see [the data](https://example.org/?q=1).",
            "Output rose; see the data.",
        ),
        ("## *Orla* mined 270,000 t in 2025.", "Orla mined 270,000 t in 2025."),
        ("1. ***First*** of `three` ~~old~~ items", "First of three old items"),
        ("![x](http://127.0.0.1/?a=b)Lynas **_separates_** it.", "Lynas separates it."),
        ("[click](javascript:alert(1)) now", "click now"),
        ("[ref][1] and [^2] end", "ref and end"),
        ("<script>fetch('http://127.0.0.1')</script>Text <b>bold</b>", "Text bold"),
        ("&lt;img src=x onerror=alert(1)&gt;Seen", "Seen"),
        ("Seen <img src=x onerror=alert(1)", "Seen"),
        ("Seen <!-- hidden --> here", "Seen here"),
        ("See https://example.org/a?b=c and www.example.org today", "See and today"),
        ("\x1b[31mred\x1b[0m \u202ereversed\u202c te\u200bxt", "red reversed text"),
        ("<|im_end|>Hello", "Hello"),
        ("$$x$$ and \\href{http://127.0.0.1}", "x and"),
        ("---", ""),
        ("It is < 5 and > 3; NdPr_oxide stays, 5 * 3 * 2 = 30.",) * 2,
        ("-5% in 2024, from 1.5 to 2.0 million t (REO).",) * 2,
    ],
)
def test_a_sentence_becomes_plain_words(written: str, plain: str) -> None:
    assert plain_text(written) == plain


def test_marks_without_end_take_no_time() -> None:
    assert plain_text("**" * 50_000) == ""
