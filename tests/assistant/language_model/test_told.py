"""What an endpoint tells is data: short words on one line, and a time that makes sense."""

import pytest

from assistant.language_model.served_model import ServedModel
from assistant.language_model.told import wait_told, words_told

SERVED = ServedModel("m", "http://localhost/v1", 60, "sk-0123456789")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("plain", "plain"),
        ({"message": "direct"}, "direct"),
        ({"error": {"message": "nested"}}, "nested"),
        ({"error": "text"}, "text"),
        ({"detail": "detail"}, "detail"),
        ({"detail": [{"msg": "list"}]}, ""),
        ({"message": 5}, ""),
        (None, ""),
        ("<!DOCTYPE html><p>page", ""),
        ("a\r\nb\tc\x00\x1b[2J\u202ed\u2028e", "a b c [2J d e"),
        ("Bearer sk-0123456789, no", "Bearer [key], no"),
        ("x" * 201, "x" * 200 + "..."),
    ],
)
def test_words_are_plain_and_short(body: object, words: str) -> None:
    assert words_told(body, SERVED) == words


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 21 Oct 2015 07:28:00", 0.0),
        ("", None),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("Wed, 21 Oct 99999999999999999999 07:28:00 GMT", None),
        ("Wed, 21 Oct 2015 07:28:00 +99999999999999", None),
    ],
)
def test_a_wait_is_a_number_or_a_date(header: str, seconds: float | None) -> None:
    assert wait_told(header) == seconds
