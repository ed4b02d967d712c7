"""Sentences that say one figure of one thing, by their shape: what was, did, rose, or is given.

A sentence of another shape is not understood, and nothing is asked of it.
"""

import re
from dataclasses import dataclass
from typing import Literal

Shape = Literal["value", "change", "rise", "deed", "share", "given value", "given share"]

_YEAR = r"(?:1[89]|20)\d\d"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_WHEN = (
    rf"(?:the (?:first|second|third|fourth) (?:half|quarter) of |the (?:whole|end|start) of "
    rf"|(?:the )?(?:fiscal|financial|calendar) years? |(?:\d{{1,2}} )?{_MONTH} (?:\d{{1,2}}, )?"
    rf"|early |late |mid-?)?{_YEAR}(?:(?:–| to | through ){_YEAR})?(?![\d–-]|,\d)"
)
_PERIOD = rf"(?:in|during|for|as of|at|over|by|on|since|from) {_WHEN}"
CURRENCY = r"(?:US\$|A\$|C\$|\$US ?|\$|€|£|RMB |CNY )"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_ONE = rf"{CURRENCY}?{_NUMBER}(?:[ -](?:thousand|million|billion|trillion))?(?: ?%| percent)?"
_SHARE = rf"{_NUMBER}(?:%| percent)"
_HEDGE = (
    r"(?:(?:about|around|nearly|almost|over|more than|less than|some|roughly|approximately|up to"
    r"|at least|only|an estimated|estimated|just over|just under) )*"
)
_FIGURE = rf"{_HEDGE}(?P<figure>{_ONE}(?:(?: to | and |–){_ONE})?)"
_UNIT = (
    r"(?P<unit>(?: (?:metric |short |dry )?(?:tons?|tonnes|kilograms?|kg|pounds|ounces|people"
    r"|persons|employees|workers|MW|GW|km|hectares)(?: (?:of )?(?:REO|TREO|rare[- ]earth[- ]oxides?"
    r"(?: \(REO\))?(?: equivalent)?))?(?: (?:a|per) (?:year|kilogram|ton|metric ton))?"
    r"| per (?:kilogram|metric ton|ton|pound|share)(?: free on board)?| yuan| euros)?)"
    r"(?: \((?P<basis>[^()]*\b(?:equivalent|content|REO|gross)\b[^()]*)\))?"
)
_NOUN = r"[^,;:()]+(?:\([^()]{1,30}\)[^,;:()]*)?"
_SAYS = re.compile(
    r"^(?:According to [^,]{3,60}, |[A-Z][\w .()]{2,60}? (?:estimated|estimates|says|said|reports"
    r"|reported|notes|states) that |For comparison, |(?:The|Both) (?:\w+ )?chapters? says? that )"
)
_WHEN_FIRST = re.compile(rf"^(?P<when>(?:In|During|For|At|By|Over|Since|From) {_WHEN}),? (?=\S)")
_THEN = r"(?P<rest>.*)$"
_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    (
        "share",
        re.compile(
            rf"^(?P<subject>[^;:()]+?) (?P<verb>supplied|provided|accounted for|produced|received"
            rf"|took|consumed|imported) {_HEDGE}(?P<figure>{_SHARE}) of (?P<thing>[^,;:()]+?)"
            rf"(?=,| in | over | during | for |\.|;){_THEN}"
        ),
    ),
    (
        "given value",
        re.compile(
            rf"^(?P<who>[A-Z][^,;:]{{2,60}}?) (?:gives|gave|puts?) (?P<subject>[^,;:()]{{2,60}}?)"
            rf" an? (?P<thing>[a-z][a-z -]{{2,40}}) of {_FIGURE}{_UNIT}{_THEN}"
        ),
    ),
    (
        "given share",
        re.compile(
            rf"^(?P<who>[A-Z][^,;:]{{2,60}}?) (?:gives|gave|puts?) (?P<subject>[^,;:()]{{2,60}}?)"
            rf" {_HEDGE}(?P<figure>{_SHARE}) of (?P<thing>[a-z][^,;:()\d]*?)(?= in | for ){_THEN}"
        ),
    ),
    (
        "deed",
        re.compile(
            rf"^(?P<subject>[^,;:()]+) (?P<verb>exported|imported|produced|mined|sold|shipped"
            rf"|consumed|processed|received|bought|employed) {_FIGURE}{_UNIT}(?: of (?P<thing>"
            rf"[^,;:()\d]+?))?(?=,| in | and \d| on average| during | as of | for |\.|;){_THEN}"
        ),
    ),
    (
        "rise",
        re.compile(
            rf"^(?P<subject>[^,;:()]+) (?P<verb>rose|increased|grew|fell|decreased|declined"
            rf"|dropped) from (?P<since>{_HEDGE}{_ONE}(?: [a-zA-Z][\w -]*?)? in {_YEAR}) to "
            rf"{_FIGURE}{_UNIT}{_THEN}"
        ),
    ),
    (
        "change",
        re.compile(
            rf"^(?P<subject>{_NOUN}) (?P<verb>increased|decreased|rose|fell|grew|declined|dropped"
            rf"|climbed) by {_HEDGE}(?P<figure>{_SHARE}){_THEN}"
        ),
    ),
    (
        "value",
        re.compile(
            rf"^(?P<subject>{_NOUN}) (?P<verb>was|were|is|are|averaged|stood at|reached|totaled"
            rf"|totalled|amounted to) (?:estimated at |put at |given as |estimated to be "
            rf"|estimated as |now )?{_FIGURE}{_UNIT}{_THEN}"
        ),
    ),
    ("value", re.compile(rf"^(?P<subject>[A-Z][^,;:()\d]+): {_FIGURE}{_UNIT}{_THEN}")),
)
_BEHIND = re.compile(rf"[^,;:]*?(?P<period>\b{_PERIOD})")
_OTHER_TIME = re.compile(r"\b(?:from|than|with|after|before)\b")


@dataclass(frozen=True, slots=True)
class Shaped:
    """A sentence taken apart: who or what, the verb as written, the figure with its unit, and when.

    `thing` is what was done or shared, or the name of a given value; `rest` follows the figure.
    `period` is "" where none stands at the figure or before the sentence.
    """

    shape: Shape
    subject: str
    verb: str
    figure: str
    unit: str
    basis: str
    thing: str
    who: str
    since: str
    period: str
    rest: str


def read_shape(sentence: str) -> Shaped | None:
    """Return a sentence taken apart, None where its shape is not known or it names two times."""
    text = re.sub(r"(?<=[a-z])- (?=[a-z])", "-", sentence)  # "rare- earth"
    if text.endswith("?") or not text[:1].isupper() or "|" in text:
        return None
    if said := _SAYS.match(text):
        text = text[said.end() :]
    before = ""
    if first := _WHEN_FIRST.match(text):
        before = first["when"][:1].lower() + first["when"][1:]
        text = text[first.end() :]
    for shape, pattern in _SHAPES:
        if match := pattern.match(text):
            behind = _period_behind(match["rest"])
            if before and behind:
                return None
            found = {name: words or "" for name, words in match.groupdict().items()}
            return Shaped(
                shape=shape,
                subject=found["subject"].strip(),
                verb=found.get("verb", ""),
                figure=found["figure"],
                unit=found.get("unit", ""),
                basis=found.get("basis", ""),
                thing=found.get("thing", "").strip(),
                who=found.get("who", ""),
                since=found.get("since", ""),
                period=before or behind,
                rest=found["rest"],
            )
    return None


def _period_behind(rest: str) -> str:
    behind = _BEHIND.match(rest)
    if behind is None or _OTHER_TIME.search(rest[: behind.start("period")]):
        return ""
    return behind["period"]
