"""Objects are read out of a reply however it comes and whatever stands around them."""

import json

import pytest

from assistant.writing.replies.json_objects import ObjectReader, json_objects

ONE, OTHER = '{"a": "with } and \\" in it"}', '{"b": {"c": [1, {"d": 2}]}}'


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{OTHER}",
        f"Here they are:\n```json\n[{ONE},\n {OTHER}]\n```",
        f'{{"sentences": [{ONE}, {OTHER}]}}',
        f'{{ "verdicts" : [{ONE}, {OTHER}], "note": "x"}}'.replace('" :', '":'),
        json.dumps(json.loads(ONE), indent=2) + json.dumps(json.loads(OTHER), indent=2),
        f"{{not json}} {ONE} {OTHER} {{",
    ],
)
@pytest.mark.parametrize("length", [1, 3, 1000])
def test_objects_are_read_in_pieces_of_any_length(text: str, length: int) -> None:
    reader = ObjectReader()
    pieces = [text[at : at + length] for at in range(0, len(text), length)]
    found = [json.loads(one) for piece in pieces for one in reader.read(piece)]
    assert found == [json.loads(ONE), json.loads(OTHER)]


def test_an_object_comes_as_soon_as_it_is_whole() -> None:
    reader = ObjectReader()
    assert list(reader.read('{"sentences": [{"a": 1')) == []
    assert list(reader.read('}, {"b"')) == ['{"a": 1}']


def test_what_never_ends_is_no_object() -> None:
    assert list(json_objects('{"a": "' + "x" * 10_000)) == []
    assert list(json_objects("{" * 2_000)) == []
