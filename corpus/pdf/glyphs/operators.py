"""The operators of a content stream that place text, with their operands (ISO 32000-1, 7.8.2).

pypdf parses every operator of a stream into objects, most of which draw lines; this reads past
them and takes a quarter of the time. Streams with pictures of their own are left to pypdf.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Operation = tuple[Sequence[Any], bytes]

_TOKEN = re.compile(
    rb"""[\x00\t\n\f\r ]*+(?:
        ([-+.\d]++                                     # a number
        |\[|\]|<<|>>
        |<[^<>]*+>                                     # a hexadecimal string
        |\((?:[^()\\]++|\\.)*+\)                       # a string without brackets inside
        |/[^\x00\t\n\f\r ()<>\[\]{}/%]*+)              # a name
        |([A-Za-z'"][^\x00\t\n\f\r ()<>\[\]{}/%]*+)    # an operator
        |(\()                                          # a string with brackets inside
        |%[^\r\n]*+
        |.
    )""",
    re.VERBOSE | re.DOTALL,
)
_PICTURE = re.compile(rb"(?<![^\s])BI(?![^\s/])")  # an inline image: its bytes may be anything
_TOKENS = 5_000_000  # that one stream may hold; a map of many lines has 1,000,000
_OPERANDS = 100_000  # that one operator may have
_TEXT_OPERATORS = frozenset(b"Tj TJ Td TD Tm T* ' \" BT Tf Tc Tw Tz TL Ts q Q cm Do".split())


def text_operations(content: Any) -> Iterable[Operation]:
    """Return the operations of a pypdf ContentStream that place text, in their order.

    Raises ValueError if the stream is too long, and what pypdf raises.
    """
    data: bytes = content.get_data()
    if _PICTURE.search(data):
        return [
            (operands, name) for operands, name in content.operations if name in _TEXT_OPERATORS
        ]
    return _operations(data)


def _operations(data: bytes) -> Iterator[Operation]:
    tokens: list[bytes] = []
    position = count = 0
    while position < len(data):
        for match in _TOKEN.finditer(data, position):
            operand, operator, bracket = match.groups()
            if operand is not None:
                tokens.append(operand)
            elif operator is not None:
                if operator in _TEXT_OPERATORS:
                    yield _operands(tokens), operator
                count += len(tokens) + 1
                tokens.clear()
            elif bracket is not None:
                start = match.start(3)
                position = _end_of_string(data, start)
                tokens.append(data[start:position])
                break
            if len(tokens) > _OPERANDS or count > _TOKENS:
                raise ValueError("the content of the page is too long")
        else:
            return


def _operands(tokens: Iterable[bytes]) -> list[Any]:
    """Return operands as numbers, bytes, names, and lists of these."""
    operands: list[Any] = []
    within = operands  # lists inside a list do not occur in the operands of text
    for token in tokens:
        match token[:1]:
            case b"[":
                within = []
                operands.append(within)
            case b"]":
                within = operands
            case b"(":
                within.append(_string(token))
            case b"<" if token != b"<<":
                within.append(_hexadecimal(token))
            case b"/":
                within.append(_name(token))
            case b"<" | b">":
                continue
            case _:
                within.append(_number(token))
    return operands


def _number(token: bytes) -> float:
    try:
        return float(token)
    except ValueError:  # such as "--5" or "1.2.3"
        return 0.0


def _hexadecimal(token: bytes) -> bytes:
    digits = b"".join(token[1:-1].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _string(token: bytes) -> bytes:
    if b"\\" not in token and b"\r" not in token and token.find(b"(", 1) < 0:
        return token[1:-1]
    from pypdf.generic._utils import read_string_from_stream

    string = read_string_from_stream(io.BytesIO(token), "bytes")
    assert isinstance(string, bytes)
    return bytes(string)


def _end_of_string(data: bytes, start: int) -> int:
    from pypdf.generic._utils import read_string_from_stream

    stream = io.BytesIO(data)
    stream.seek(start)
    read_string_from_stream(stream, "bytes")
    return stream.tell()


def _name(token: bytes) -> str:
    if b"#" not in token and token.isascii():
        return token.decode("ascii")
    from pypdf.generic import NameObject

    return str(NameObject.read_from_stream(io.BytesIO(token), None))
