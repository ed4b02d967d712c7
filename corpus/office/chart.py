"""The data of a chart as a table: its categories and series, with the figures as they are shown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from corpus.number_format import show

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = f"{_C}chart"  # refers to a chart by the id of a relation
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_ROWS = 5_000
_DAY_0 = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_LAST_DAY = 100_000  # in the year 2173
_NO_FIGURE = 1e15
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_THOUSANDS = re.compile(r"(\.[0#?]+)(,+)")  # "0.0,," says the same as "0,,.0"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart's tables (several where its series share no categories), and its caption."""

    caption: str
    tables: tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    labels: Mapping[int, str]
    values: Mapping[int, str]


def read_chart(root: Any) -> Chart:
    """Return the data of a `c:chartSpace` element; the titles of value axes go to the caption."""
    date_1904 = root.find(f"{_C}date1904")
    is_1904 = date_1904 is not None and date_1904.get("val") in ("1", "true")
    title = _words(root.find(f"{_C}chart/{_C}title"))
    axes = [_words(axis.find(f"{_C}title")) for axis in root.iter(f"{_C}valAx")]
    axis_titles = [axis for axis in dict.fromkeys(axes) if axis and axis not in title]
    base = next((_words(one.find(f"{_C}title")) for one in root.iter(f"{_C}catAx")), "")
    series = [_series(one, is_1904) for one in root.iter(f"{_C}ser")]
    said = [f"({axis.strip('()')})" for axis in axis_titles]
    return Chart(" ".join((title, *said)).strip(), tuple(_tables(series, base)))


def _tables(series: Sequence[_Series], base: str) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield a table for each run of series with the same categories."""
    waiting = [one for one in series if one.values]
    while waiting:
        labels = waiting[0].labels
        together = [one for one in waiting if one.labels == labels or not one.labels]
        waiting = [one for one in waiting if one not in together]
        places = sorted({place for one in together for place in (*one.labels, *one.values)})
        rows = [(base, *(one.name for one in together))]
        for place in places[:_MOST_ROWS]:
            figures = (one.values.get(place, "") for one in together)
            rows.append((labels.get(place, str(place + 1)), *figures))
        yield tuple(rows)


def _series(element: Any, is_1904: bool) -> _Series:
    labels = _points(element.find(f"{_C}cat"), is_1904)
    labels = labels or _points(element.find(f"{_C}xVal"), is_1904)
    values = _points(element.find(f"{_C}val"), is_1904)
    values = values or _points(element.find(f"{_C}yVal"), is_1904)
    name = element.find(f"{_C}tx")
    named = "" if name is None else " ".join(v.text or "" for v in name.iter(f"{_C}v"))
    return _Series(" ".join(named.split()), labels, values)


def _points(parent: Any, is_1904: bool) -> dict[int, str]:
    """Return the points of a reference or a list by their places."""
    if parent is None:
        return {}
    levels = list(parent.iter(f"{_C}lvl"))
    if levels:
        return _leaves([_level(level) for level in levels])
    if next(parent.iter(f"{_C}strCache", f"{_C}strLit"), None) is not None:
        return _level(parent.iter(f"{_C}pt"))
    code = next(parent.iter(f"{_C}formatCode"), None)
    default = "" if code is None else code.text or ""
    return {
        place: _shown(words, point.get("formatCode") or default, is_1904)
        for point in parent.iter(f"{_C}pt")
        for place, words in _level((point,)).items()
    }


def _level(points: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    for point in points:
        words = point.findtext(f"{_C}v")
        place = point.get("idx", "")
        if point.tag == f"{_C}pt" and words and place.isdecimal() and len(place) < 7:
            found[int(place)] = " ".join(words.split())
    return found


def _leaves(levels: Sequence[Mapping[int, str]]) -> dict[int, str]:
    """Return the labels of the lowest level, each with those it stands under in front."""
    labels: dict[int, str] = {}
    current: dict[int, str] = {}
    for place in sorted({place for level in levels for place in level}):
        current |= {depth: level[place] for depth, level in enumerate(levels) if place in level}
        if place in levels[0]:
            labels[place] = " ".join(current[depth] for depth in sorted(current, reverse=True))
    return labels


def _shown(words: str, code: str, is_1904: bool) -> str:
    """Return a stored number as its format code shows it; other words as they are."""
    try:
        number = float(words)
    except ValueError:
        return words
    if not abs(number) < _NO_FIGURE:
        return words
    plain = _LITERAL.sub("", code.split(";")[0]).lower()
    if re.search(r"y|d|mmm", plain):
        if 1 <= number < _LAST_DAY:
            return show(_DAY_0[is_1904] + timedelta(days=int(number)), code)
        return show(number)
    if not re.search(r"[0#?]", plain):
        return show(number)
    return show(number, _THOUSANDS.sub(r"\2\1", code))


def _words(title: Any) -> str:
    if title is None:
        return ""
    texts = [one.text or "" for one in title.iter(f"{_A}t", f"{_C}v")]
    return " ".join("".join(texts).split())
