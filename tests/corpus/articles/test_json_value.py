"""JSON as it comes: damaged, hostile, in other encodings, a value a line."""

import json

import pytest
from article_pages import texts

from corpus.articles import read_json
from corpus.errors import UnreadableSourceError


def test_json_lines_are_articles_and_a_damaged_line_is_named() -> None:
    lines = [json.dumps({"title": "A", "text": "One."}), '{"title": "B", "te', ""]
    lines.append(json.dumps({"title": "C", "text": "Three."}))
    reading = read_json("\n".join(lines).encode(), "dump.jsonl")
    assert texts(reading) == ["A\n\nOne.", "C\n\nThree."]
    assert reading.remarks == ("left out as no JSON: line 2",)


def test_objects_one_after_another_are_read() -> None:
    data = '{\n"title": "A",\n"text": "One."\n}\n{\n"title": "B",\n"text": "Two."\n}\n'
    assert texts(read_json(data.encode(), "a.json")) == ["A\n\nOne.", "B\n\nTwo."]


def test_lone_surrogates_and_control_signs_can_be_stored() -> None:
    data = b'\xef\xbb\xbf{"title": "Nd\\u0000 \\ud83d", "text": "A\\udc00 b."}'
    (page,) = read_json(data, "a.json").pages
    assert page.text == "Nd \ufffd\n\nA\ufffd b."
    assert page.text.encode().decode() == page.text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32-be", "utf-8-sig"])
def test_other_unicode_encodings_are_read(encoding: str) -> None:
    data = json.dumps({"title": "Käse", "text": "Größe."}, ensure_ascii=False).encode(encoding)
    assert texts(read_json(data, "a.json")) == ["Käse\n\nGröße."]


def test_key_that_occurs_twice_is_named() -> None:
    reading = read_json(b'{"title": "A", "text": "One.", "text": "Two."}', "a.json")
    assert texts(reading) == ["A\n\nTwo."]
    assert reading.remarks == ("an object has 'text' more than once; the last is read",)


@pytest.mark.parametrize("data", ["[" * 100_000, '{"a":' * 100_000, "[" * 150 + "]" * 150])
def test_deep_nesting_is_refused(data: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_json(data.encode(), "a.json")
    assert str(raised.value) == (
        "a.json: is nested more than 100 levels deep, as no document is; check where it comes from"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'[{"title": "A", "text": "cut of', "is no JSON at line 1, column 25"),
        (b"<html><p>Not found</p></html>", "begins with '<' and is no JSON"),
        (b"%PDF-1.7 ...", "begins with '%PDF' and is no JSON"),
        (b'{"title": "A", "text": "\x00"}', "holds binary data, not text"),
        (b"\x89\x00\xff\xfe\x81\x8d\x00\x00\x9d", ""),
    ],
)
def test_what_is_no_json_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_json(data, "a.json")
    assert str(raised.value).startswith(f"a.json: {said}")
    assert "\n" not in str(raised.value)


def test_number_of_many_digits_is_text_like_another() -> None:
    value = '{"title": "A", "text": "One.", "n": 1' + "0" * 10_000 + "}"
    assert texts(read_json(value.encode(), "a.json")) == ["A\n\nOne."]


@pytest.mark.parametrize("signs", ["{{", "<%", "<a ", "&a", ".,%$ ", "[+1 chars] "])
def test_endless_signs_are_read_in_time(signs: str) -> None:
    data = json.dumps({"title": "A", "text": signs * 20_000 + "and words."})
    assert len(read_json(data.encode(), "a.json").pages) == 1


def test_key_that_occurs_twice_is_named_among_objects_without_a_list_around_them() -> None:
    data = b'{"title": "A",\n"text": "One."}\n{"title": "B",\n"text": "Two.", "text": "Three."}'
    reading = read_json(data, "a.json")
    assert texts(reading) == ["A\n\nOne.", "B\n\nThree."]
    assert reading.remarks == ("an object has 'text' more than once; the last is read",)
