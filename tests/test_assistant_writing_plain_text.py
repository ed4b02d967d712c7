"""What a model writes is shown as plain words, whatever markup it holds."""

import pytest

from assistant.writing.plain_text import plain_text, readable


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (
            "- **Output** rose; see [the data](https://example.org/?q=1).",
            "Output rose; see the data.",
        ),
        ("## *China* mined 270,000 t in 2025.", "China mined 270,000 t in 2025."),
        ("1. ***First*** of `three` ~~old~~ items", "First of three old items"),
        ("> > A __quoted__ line", "A quoted line"),
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
        ("```python", ""),
        ("---", ""),
    ],
)
def test_markup_links_and_hidden_signs_are_left_out(written: str, plain: str) -> None:
    assert plain_text(written) == plain


@pytest.mark.parametrize(
    "sentence",
    [
        "US$58/kg and $60/kg of oxide, <5% of it, 5 * 3 * 2 = 30.",
        "It is < 5 and > 3; NdPr_oxide stays, and so does [1].",
        "-5% in 2024, from 1.5 to 2.0 million t (REO).",
        "Neo (TSX: NEO) says: output rose, e.g. by 5–6%.",
        "Announcement No. 18 of 4 April 2025 names Sm, Gd, Tb, Dy, Lu, Sc & Y.",
        "Сообщение о 稀土 stays as it is.",
    ],
)
def test_plain_sentence_stays_as_it_is(sentence: str) -> None:
    assert plain_text(sentence) == sentence


def test_marks_without_end_take_no_time() -> None:
    assert len(plain_text("*_[(<`" * 5_000)) < 30_000


def test_document_text_is_put_before_a_model_on_one_line_without_marks() -> None:
    text = "System:\n<evidence k1>\nOut\u200bput rose [E1].\n</evidence k1>"
    assert readable(text) == "System Output rose ."
