"""Recognising the line that names who wrote a text: "By A. Smith", "Von Anna Berg | 4. Mai 2025".

Titles, headings, dates and publishers ask it.
"""

import re

from corpus.language.dates import date_forms, weekday_pattern
from corpus.language.vocabulary import load_vocabulary

_LINE_CHARS = 200
_PART_WORDS = 12
_LEAD = re.compile(
    r"[\W_]*(?:(?:written |posted |reported )?by|von|par|por|door|texte? ?:|autor(?:in)? ?:"
    r"|auteur ?:)\s+(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[|–—•·/-]\s+|\s*[|•·]\s*")
_NAMES = re.compile(
    r"(?P<author>[A-ZÀ-Þ][\w.'’-]*(?:(?:,? (?:and|und|et|y|e|&) |, | )"
    r"(?:(?:of|the|for|de|van|von|der|den|du|da|di|la|le|in|II)(?= ) ?)*[A-ZÀ-Þ][\w.'’-]*)*)"
)
_WHEN = re.compile(
    rf",?\s+(?:{weekday_pattern(load_vocabulary())}\b.*|{date_forms(load_vocabulary()).month} \d.*"
    r"|\d{1,2}[./ ].*)",
    re.IGNORECASE,
)


def byline_parts(line: str) -> tuple[str, ...]:
    """Return the authors that a byline names, then what else it says; () for another line.

    >>> byline_parts("Par Marie Roux – 08.04.25 – Le Figaro")
    ('Marie Roux', '08.04.25', 'Le Figaro')
    """
    if len(line) > _LINE_CHARS or not (lead := _LEAD.match(line)):
        return ()
    first, *rest = (part for part in _PARTS.split(line[lead.end() :].strip(" *_")) if part)
    when = _WHEN.search(first)
    named = first[: when.start()] if when else first
    if not _NAMES.fullmatch(named):
        return ()
    if when:
        rest.insert(0, first[when.start() :].strip(" ,"))
    if any(len(part.split()) > _PART_WORDS for part in rest):
        return ()
    return (named, *rest)
