"""A sentence whose later parts leave out the verb, as sentences of their own.

"China mined 270,000 t in 2024 and Burma 31,000 t." says of each what it mined in 2024, and each may
stand in a row of its own; "46% went to Europe and 21% to Japan" says it of each share.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.quantities import TIME_KINDS, Quantity, find_quantities

_WORD = r"[A-Z][\w.’'-]*"
_NAME = rf"(?:[Tt]he )?{_WORD}(?: (?:of (?:the )?|and |the )?{_WORD})*"
_JOIN = r"(?:, and|, while|;|,| and| while)"
_BEFORE = re.compile(  # a figure: "and Burma 31,000 t"
    rf"{_JOIN} (?P<who>{_NAME}) (?:about |some |an estimated |estimated )?$"
)
_FIRST = re.compile(rf"(?P<lead>In \d{{4}},? )?(?P<who>{_NAME}?)(?P<own>['’]s?)?(?=,? [a-z])")
_ASIDE = re.compile(r"^, [^,]*,(?= )")  # "Sorrow Bay, run by Nordvale, produced"
_JOINED = re.compile(rf"{_JOIN} $")
_AFTER = re.compile(rf"^ (?P<led>(?P<prep>to|from|in|for|by) {_NAME})$")
_LED_LAST = re.compile(rf" (?P<led>(?P<prep>to|from|in|for|by) {_NAME})$")
_SCALE = re.compile(r"\s(?:thousand|million|billion)\b")
_DIGITS = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class _Later:
    """A later part: whom it names, or what leads a name in, and its figure."""

    named: str
    figure: Quantity
    start: int


def elliptic_parts(sentence: str) -> tuple[str, ...]:
    """Return the sentences that a sentence is made of, () where it is not of that kind."""
    told = sentence.strip().rstrip(".")
    figures = [q for q in find_quantities(told) if q.kind not in TIME_KINDS]
    if len(figures) < 2:
        return ()
    return _names_first(told, figures) or _figures_first(told, figures)


def _names_first(told: str, figures: list[Quantity]) -> tuple[str, ...]:
    later: list[_Later] = []
    for before, figure in pairwise(figures):
        found = _BEFORE.search(told, before.end, figure.start)
        if not found or (later and found.start() != before.end):
            return ()
        later.append(_Later(found["who"], figure, found.start()))
    first = told[: later[0].start]
    opening = _FIRST.match(first)
    if figures[-1].end != len(told) or not opening or opening.end("who") > figures[0].start:
        return ()
    rest = first[opening.end() : figures[0].start]
    head = opening["own"] or ""
    tail = first[figures[0].end :]
    return (
        f"{first}.",
        *(
            f"{opening['lead'] or ''}{_upper(one.named)}{head}{_ASIDE.sub('', rest)}"
            f"{_in_unit_of(one.figure, figures[0])}{tail}."
            for one in later
        ),
    )


def _figures_first(told: str, figures: list[Quantity]) -> tuple[str, ...]:
    later: list[_Later] = []
    ends = [*(f.start for f in figures[2:]), len(told)]
    for figure, end in zip(figures[1:], ends, strict=True):
        join = _JOINED.search(told, 0, figure.start)
        stretch = told[figure.end : end]
        found = _AFTER.match(re.sub(rf"{_JOIN} $", "", stretch))
        if not join or not found:
            return ()
        later.append(_Later(found["led"], figure, join.start()))
    first = told[: later[0].start]
    led = _LED_LAST.search(first)
    if not led or led.start() < figures[0].end:
        return ()
    middle = first[figures[0].end : led.start("led")]
    return (
        f"{first}.",
        *(
            f"{first[: figures[0].start]}{_in_unit_of(one.figure, figures[0])}{middle}{one.named}."
            for one in later
        ),
    )


def _in_unit_of(figure: Quantity, first: Quantity) -> str:
    """Return a bare figure with the unit of the first."""
    digits = _DIGITS.search(first.text)
    if figure.unit or not digits:
        return figure.text
    unit = first.text[digits.end() :]
    if _SCALE.search(figure.text):
        unit = _SCALE.sub("", unit)
    return f"{first.text[: digits.start()]}{figure.text}{unit}"


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
