"""Whether what a sentence says of its source is so: who reports it, and nobody else."""

import re
from collections.abc import Iterator

from assistant.support.statement import Statement
from assistant.support.support import Reason
from assistant.support.tokens import Token, read_tokens
from index.wording import stems

_ACCORDING = re.compile(
    r"\b(?:according to|as reported by|as quoted by|citing|in the words of|as per)\s+"
    r"(?P<who>(?:the )?[^,;.()]{2,60})",
    re.IGNORECASE,
)
_REPORTS = (
    r"says?|said|reports?|reported|states?|stated|writes?|wrote|estimates?|estimated|explains?|"
    r"explained|notes?|noted|puts?|gives?|gave|calls?|called|warns?|warned|speaks? of|spoke of|"
    r"lists?|records?|prints?|argues?|argued|claims?|claimed|finds?|found|objects?|shows?|"
    r"had|has|expects?"
)
_SUBJECT = re.compile(rf"^(?P<who>(?:[^,;]{{0,40}}, )?[^,;]{{2,60}}?)\s+(?:{_REPORTS})\b")
_OF_USGS = re.compile(
    r"\b(?:MCS|Mineral Commodity Summar|Minerals Yearbook|MYB|Data Series 140|"
    r"U\.?S\.? Geological Survey|USGS)"
)
_REPORTERS = frozenset(("publisher", "agency", "archive"))
_LEADS = re.compile(r"^(?:the|by contrast|meanwhile|however|in addition|for \d{4}),?\s+", re.I)


def check_sources_named(sentence: str, statement: Statement) -> Iterator[Reason]:
    """Yield each name that a sentence gives as its source and its statement does not."""
    near = " | ".join((statement.own_words, statement.caption, *statement.notes, statement.label))
    source = " | ".join((statement.publisher, statement.edition))
    attributed = bool(_ACCORDING.search(statement.own_words))
    told = near if attributed else f"{near} | {source}"
    words, names = stems(told), {t.key for t in read_tokens(told) if t.kind == "name"}
    for who in _named_as_source(sentence):
        for token in read_tokens(who):
            if not _is_named(token, who):
                continue
            is_usgs = token.key == "usgs" and bool(_OF_USGS.search(told))
            if not is_usgs and token.key not in names and token.key not in words:
                yield Reason("source", token.text, False)


def _named_as_source(sentence: str) -> Iterator[str]:
    for found in _ACCORDING.finditer(sentence):
        yield found["who"]
    subject = _SUBJECT.match(_LEADS.sub("", sentence))
    if subject and _reports(subject["who"]):
        yield subject["who"]


def _reports(who: str) -> bool:
    """Tell whether a subject is one that reports, and not one that a figure is of."""
    return any(t.kind == "name" and t.facet in _REPORTERS for t in read_tokens(who))


def _is_named(token: Token, who: str) -> bool:
    if token.kind == "name":
        return True
    return (
        token.kind == "word"
        and who[token.start : token.start + 1].isupper()
        and (token.text not in ("the", "a", "an", "in"))
    )
