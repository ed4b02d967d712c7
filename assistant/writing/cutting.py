"""Shorter sentences that say a part of what a sentence says, the longest first."""

import re
from collections.abc import Iterator

_ENDS = re.compile(
    r"(?P<mark>[,;:]|\s[–—-]|\s\()|"
    r"\s(?=(?:and|but|while|whereas|which|because|as|since|due to|owing to|driven by|thanks to|"
    r"making|reflecting|leading|according to|despite|although|though|compared (?:with|to)|"
    r"up from|down from)\b)"
)
_LEAD = re.compile(r"^[^,;:]{3,80},\s+(?=\S)")
_NUMBER_COMMA = re.compile(r"\d,\d{3}")
_LEAST_WORDS = 4
_DANGLING = re.compile(
    r"(?:\s|,)+(?:and|or|but|the|a|an|of|in|by|to|for|with|from|at|on|which|that|while|as|"
    r"its|their)$",
    re.IGNORECASE,
)


def cuts(sentence: str) -> Iterator[str]:
    """Yield what is left of a sentence without its last parts, and without its lead-in.

    "China mined 270,000 t in 2025, far more than others." -> "China mined 270,000 t in 2025."
    """
    told = sentence.strip().rstrip(".!?")
    found = list(_shorter(told))
    lead = _LEAD.match(told)
    if lead:
        rest = told[lead.end() :]
        whole = rest[0].upper() + rest[1:]
        found += [f"{whole}.", *_shorter(whole)]
    yield from dict.fromkeys(found)


def _shorter(told: str) -> Iterator[str]:
    for end in reversed([match.start() for match in _ENDS.finditer(told)]):
        if _NUMBER_COMMA.match(told[max(0, end - 1) : end + 4]):
            continue
        part = _DANGLING.sub("", told[:end].rstrip(" ,;:–—-("))
        if len(part.split()) >= _LEAST_WORDS:
            yield f"{part}."
