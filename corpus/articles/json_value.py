"""Loading JSON that nobody vouches for: bounded, with every string fit to be stored.

Numbers are kept as they are written ("1.50" stays "1.50"), as `Number`.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import UnreadableSourceError
from corpus.text.reading import decode

_MOST_LEVELS = 100
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WHITE = re.compile(r"[\s\ufeff]*,?[\s\ufeff]*")
_WIDE = {"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}
_NAMED = 5  # damaged lines that a remark names


class Number(str):
    """A number as it is written."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class LoadedJson:
    """The value of a file; JSON lines are a list of theirs."""

    value: Any
    remarks: tuple[str, ...] = ()


def load_json(data: bytes, name: str) -> LoadedJson:
    """Load a file of one JSON value, or of one a line.

    Lone surrogates become U+FFFD, control signs spaces, and what is no number (NaN) is nothing.
    Raises UnreadableSourceError for what is no JSON or is nested too deep.
    """
    text = _decode(data, name).lstrip("\ufeff \t\n\r")
    twice: dict[str, None] = {}
    decoder = _decoder(twice)
    remarks: list[str] = []
    try:
        try:
            value = decoder.decode(text)
        except json.JSONDecodeError as error:
            value = _several(text, decoder, remarks)
            if value is None:
                raise UnreadableSourceError(_complaint(text, name, error)) from error
        value = _sound(value, 0)
    except RecursionError as error:
        raise UnreadableSourceError(
            f"{name}: is nested more than {_MOST_LEVELS} levels deep, as no document is; "
            "check where it comes from"
        ) from error
    if twice:
        keys = ", ".join(f"'{_fit_key(key)}'" for key in list(twice)[:_NAMED])
        remarks.append(f"an object has {keys} more than once; the last is read")
    return LoadedJson(value, tuple(remarks))


def _decode(data: bytes, name: str) -> str:
    encoding = json.detect_encoding(data)
    if encoding in _WIDE:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return decode(data, name)


def _decoder(twice: dict[str, None]) -> json.JSONDecoder:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(items)
        if len(value) < len(items):
            counts = Counter(key for key, _ in items)
            twice.update(dict.fromkeys(key for key, count in counts.items() if count > 1))
        return value

    return json.JSONDecoder(
        object_pairs_hook=pairs,
        parse_float=Number,
        parse_int=Number,  # also: int() refuses thousands of digits
        parse_constant=lambda _: None,
        strict=False,  # line breaks inside strings are a common slip
    )


def _several(text: str, decoder: json.JSONDecoder, remarks: list[str]) -> list[Any] | None:
    """Return the values of a text that holds one a line, or None where it does not."""
    values: list[Any] = []
    damaged: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip().lstrip("\ufeff\x1e")
        if not line:
            continue
        try:
            values.append(decoder.decode(line))
        except json.JSONDecodeError:
            damaged.append(str(number))
    objects = sum(isinstance(value, dict) for value in values)
    if objects == 0 or objects < len(damaged):
        return _one_after_another(text, decoder)
    if damaged:
        more = f" and {len(damaged) - _NAMED} more" if len(damaged) > _NAMED else ""
        remarks.append(f"left out as no JSON: line {', '.join(damaged[:_NAMED])}{more}")
    return values


def _one_after_another(text: str, decoder: json.JSONDecoder) -> list[Any] | None:
    """Return the objects of a text that holds them without a list around them, or None."""
    values: list[Any] = []
    position = 0
    while position < len(text):
        try:
            value, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError:
            return None
        values.append(value)
        space = _WHITE.match(text, position)
        position = space.end() if space else position
    return values if len(values) > 1 and all(isinstance(v, dict) for v in values) else None


def _sound(value: Any, level: int) -> Any:
    """Return the value with every string fit to be stored; too many levels are RecursionError."""
    if level > _MOST_LEVELS:
        raise RecursionError
    if isinstance(value, dict):
        return {_fit_key(key): _sound(inner, level + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_sound(inner, level + 1) for inner in value]
    if isinstance(value, str) and not isinstance(value, Number):
        return _fit(value)
    return value


def _fit(words: str) -> str:
    return _UNFIT.sub(" ", _SURROGATE.sub("\ufffd", words))


def _fit_key(key: str) -> str:
    return " ".join(_fit(key).split())


def _complaint(text: str, name: str, error: json.JSONDecodeError) -> str:
    starts: Sequence[tuple[str, str]] = (("<", ".html or .xml"), ("%PDF", ".pdf"))
    for start, ending in starts:
        if text.startswith(start):
            return f"{name}: begins with '{start}' and is no JSON; does it end in {ending}?"
    return (
        f"{name}: is no JSON at line {error.lineno}, column {error.colno} "
        f"({error.msg}); was it cut off? Fetch it again"
    )
