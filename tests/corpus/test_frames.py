"""Frames: what is sent arrives whole, or not at all."""

import io

import pytest

from corpus.frames import LONGEST_BYTES, LongFrameError, read_frame, write_frame

VALUE = {"text": "neodymium, 稀土, 𝔑d, a\x00b", "name": "caf\udce9.txt", "pages": [1, 2.5, None]}


def test_values_arrive_as_they_were_sent() -> None:
    stream = io.BytesIO()
    write_frame(stream, VALUE)
    write_frame(stream, [])
    stream.seek(0)
    assert [read_frame(stream), read_frame(stream)] == [VALUE, []]


def test_nothing_of_a_value_that_is_too_long_is_sent() -> None:
    stream = io.BytesIO()
    with pytest.raises(LongFrameError):
        write_frame(stream, "a" * 99, 100)  # and two quotation marks
    assert stream.getvalue() == b""
    write_frame(stream, "a" * 98, 100)
    assert len(stream.getvalue()) == 104


@pytest.mark.parametrize("cut", [0, 3, 4, 9])
def test_a_cut_frame_is_the_end(cut: int) -> None:
    stream = io.BytesIO()
    write_frame(stream, VALUE)
    with pytest.raises(EOFError):
        read_frame(io.BytesIO(stream.getvalue()[:cut]))


def test_a_frame_that_announces_too_much_is_the_end() -> None:
    with pytest.raises(EOFError):
        read_frame(io.BytesIO((LONGEST_BYTES + 1).to_bytes(4, "big") + b"[]"))
