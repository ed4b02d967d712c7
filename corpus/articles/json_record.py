"""JSON that holds no articles as the parts of a record."""

import re
from typing import Any

from corpus.articles.json_value import Number
from corpus.articles.record_parts import Part, is_long, table_of

_FLAT_LEVELS = 3
_HUMP = re.compile(r"(?<=[a-z]{2})([A-Z])(?=[a-z]{2})")  # and not that of "NdPr"
_CAPTION_KEYS = ("title", "name", "label", "caption", "unit", "units")


def json_part(value: Any, name: str = "") -> Part:
    """Return a JSON value as a part. Lists of flat records with figures become tables."""
    if isinstance(value, dict):
        if table := _columns(value):
            return Part("group", "", parts=(Part("table", _caption(value, name), rows=table),))
        return Part("group", name, parts=_parts_of(value))
    if isinstance(value, list):
        return _list_part(value, name, "")
    return Part("value", name, _scalar(value))


def readable(key: str) -> str:
    """Return a name of a program's making as words: "endUse_2024" as "end use 2024"."""
    parted = _HUMP.sub(lambda match: f" {match[1].lower()}", key)
    return re.sub(r"[_\-.\s]+", " ", parted).strip()


def _parts_of(record: dict[str, Any]) -> tuple[Part, ...]:
    parts = []
    for key, value in record.items():
        if isinstance(value, list):
            part = _list_part(value, readable(key), _caption(record, ""))
        else:
            part = json_part(value, readable(key))
        if part.words or part.parts or part.rows:
            parts.append(part)
    return tuple(parts)


def _list_part(values: list[Any], name: str, caption: str) -> Part:
    records = [_flat(value) for value in values if isinstance(value, dict)]
    if len(records) == len(values) and (rows := table_of(records)):
        title = caption or name
        return Part("group", "", parts=(Part("table", title, rows=rows),))
    if rows := _grid(values):
        return Part("group", "", parts=(Part("table", caption or name, rows=rows),))
    if not any(isinstance(value, dict | list) for value in values):
        words = [_scalar(value) for value in values]
        if any(map(is_long, words)):
            paragraphs = tuple(Part("paragraph", "", text) for text in words if text)
            return Part("group", _capital(name), parts=paragraphs)
        return Part("value", name, "; ".join(text for text in words if text))
    parts = tuple(part for value in values if (part := json_part(value)).parts or part.words)
    return Part("group", _capital(name), parts=parts)


def _flat(record: dict[str, Any], level: int = 0) -> dict[str, str]:
    """Return the plain values of a record, those of inner records under "outer inner"."""
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict) and level < _FLAT_LEVELS:
            for inner_key, inner in _flat(value, level + 1).items():
                outer = "" if inner_key in ("value", "name") else f" {inner_key}"
                flat[f"{key}{outer}"] = inner
        elif not isinstance(value, dict | list):
            flat[key] = _scalar(value)
    return flat


def _columns(record: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Return the table that an object of "columns" and "data" is, or of a list a column."""
    heads, rows = record.get("columns"), record.get("data", record.get("rows"))
    if isinstance(heads, list) and isinstance(rows, list) and rows:
        names = [_scalar(head.get("name")) if isinstance(head, dict) else head for head in heads]
        return _grid([names, *rows])
    columns = [value for value in record.values() if isinstance(value, list)]
    lengths = {len(column) for column in columns}
    if len(columns) == len(record) >= 2 and len(lengths) == 1 and lengths != {0}:
        return _grid([list(record), *map(list, zip(*columns, strict=True))])
    return ()


def _grid(rows: list[Any]) -> tuple[tuple[str, ...], ...]:
    """Return rows of plain values below a row of heads, if they are that and hold figures."""
    if len(rows) < 3 or not all(isinstance(row, list) for row in rows):
        return ()
    if any(isinstance(cell, dict | list) for row in rows for cell in row):
        return ()
    heads = [_scalar(head) for head in rows[0]]
    if len(set(heads)) < len(heads) or any(isinstance(head, Number) for head in rows[0][:1]):
        return ()
    return table_of([dict(zip(heads, map(_scalar, row), strict=False)) for row in rows[1:]])


def _caption(record: dict[str, Any], name: str) -> str:
    named = [_scalar(record[key]) for key in _CAPTION_KEYS if isinstance(record.get(key), str)]
    return ", ".join(dict.fromkeys(words for words in named if words)) or name


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.strip() if isinstance(value, str) else ""
