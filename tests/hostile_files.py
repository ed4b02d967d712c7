"""Files of every format but PDF that are damaged or made to do harm, the same ones on every run."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from hostile_file import Hostile, packed, unpacked
from hostile_markup import json_files, web_pages, xml_files
from hostile_office import office_files
from hostile_texts import mails, tables, texts
from hostile_workbooks import workbooks
from ordinary_files import ordinary

_NAME = re.compile(rb"(?<=[ <])[A-Za-z][\w:]*(?==\"|[ >])")  # of an attribute or an element
_ELEMENT = re.compile(rb"<([\w:]+)(?:/>|[ >].*?</\1>)", re.DOTALL)
_OFFICE = (".docx", ".pptx", ".xlsx")
_OTHERS = (
    b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n",
    b"{\\rtf1 Mine 7}",
    b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
    b"GIF89a" + b"\xff" * 200,
    b"\x1f\x8b\x08" + b"\0" * 50,
    b"\x7fELF" + b"\x02\x01" * 90,
)


@cache
def handmade() -> Mapping[str, bytes | Hostile]:
    """Return hostile files by their names, which say what is wrong with each."""
    files: dict[str, bytes | Hostile] = {}
    for some in (web_pages, xml_files, json_files, texts, tables, mails, office_files, workbooks):
        for name, content in some().items():
            assert name not in files, name
            files[name] = content
    return files


def wrong_endings() -> Mapping[str, bytes]:
    """Return the ordinary file of each format, and files of none, under each other's ending."""
    files = {
        f"in truth a {true[1:]}{false}": content
        for true, content in ordinary().items()
        for false in ordinary()
        if true != false
    }
    return files | {
        f"in truth {number}{ending}": content
        for number, content in enumerate(_OTHERS)
        for ending in ordinary()
    }


def mutated(seed: int, count: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield damaged copies of ordinary files: what was done to each, its ending and its content.

    Every second office file is damaged in a member and packed again, as its reader would else
    seldom see the damage.
    """
    chance = random.Random(seed)
    originals = ordinary()
    damages: Sequence[Callable[[random.Random, bytes], bytes]] = (
        _flip_bits,
        _cut,
        _drop,
        _double,
        _swap,
        _splice,
        _nest,
        _change_numbers,
        _confuse_names,
        _move_element,
    )
    endings = [*originals, *_OFFICE]  # these twice
    for number in range(count):
        ending = endings[number % len(endings)]
        data = originals[ending]
        chosen = chance.sample(damages, chance.choice((1, 1, 2, 3)))
        if ending in _OFFICE and chance.random() < 0.7:
            members = unpacked(data)
            name = chance.choice([name for name in members if name.endswith((".xml", ".rels"))])
            for damage in chosen:
                members[name] = damage(chance, members[name])
            data = packed(members)
        else:
            for damage in chosen:
                data = damage(chance, data)
        yield f"{number}: {', '.join(d.__name__[1:] for d in chosen)}", ending, data


def _flip_bits(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 10, 100)) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(1, len(data) + 1)]


def _drop(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randrange(1, 200) :]


def _double(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:end] * chance.choice((1, 3, 50)) + data[end:]


def _swap(chance: random.Random, data: bytes) -> bytes:
    a, b, c, d = sorted(chance.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _splice(chance: random.Random, data: bytes) -> bytes:
    """Put a stretch of a file of any format somewhere."""
    other = chance.choice(list(ordinary().values()))
    start = chance.randrange(len(other))
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[start : start + chance.randrange(1, 2_000)] + data[at:]


def _nest(chance: random.Random, data: bytes) -> bytes:
    """Put what opens something, or a sign that no text holds, somewhere, many times."""
    signs = (
        b"<a>",
        b"[",
        b"{",
        b'"',
        b"(",
        b"\0",
        b"\xff",
        b"\xed\xa0\x80",
        b"&a;",
        b"\n",
        b">",
        b"|",
    )
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(signs) * chance.choice((1, 20, 3_000)) + data[at:]


def _change_numbers(chance: random.Random, data: bytes) -> bytes:
    values = (
        b"0",
        b"-1",
        b"1",
        b"99999999999",
        b"1e999",
        b"",
        b"nan",
        b"2024-99-99",
        b"a",
        b"9" * 5_000,
    )
    share = chance.choice((0.01, 0.1, 0.5))
    return re.sub(
        rb"\d+", lambda match: chance.choice(values) if chance.random() < share else match[0], data
    )


def _confuse_names(chance: random.Random, data: bytes) -> bytes:
    names: list[bytes] = sorted(set(_NAME.findall(data)))
    if not names:
        return data
    old, new = chance.choice(names), chance.choice(names)
    return re.sub(rb"(?<=[ </])" + re.escape(old) + rb"(?=[ =>/])", new, data)


def _move_element(chance: random.Random, data: bytes) -> bytes:
    """Put an element, many times or not at all, where another one is."""
    places = [match.span() for match in _ELEMENT.finditer(data)]
    # What is inside of elements is found by looking from the middle of them.
    places += [match.span() for match in _ELEMENT.finditer(data, len(data) // 2)]
    if not places:
        return data
    (start, end), (at, _) = chance.choice(places), chance.choice(places)
    return data[:at] + data[start:end] * chance.choice((0, 1, 2, 30)) + data[at:]
