"""Shorter sentences that say a part of what a sentence says, the longest first."""

import re
from collections.abc import Iterator

_ENDS = re.compile(
    r"(?P<mark>[;:](?!\d)|\s[–—-]|\s\(|"
    r",(?= (?:which|who|where|making|and|but|while|whereas|with|because|as|an?|the|one|two|three|"
    r"twice|half|up|down|after|before|compared|against|by|far|nor|so|thus|therefore|hence|\w+ing|"
    r"\w+ed|according|despite|including|of which|more|less|though|although|not|only|roughly|"
    r"about|in|at|on|from|to|for|of|driven|its|their|\d)\b))|"
    r"\s(?=(?:but|while|whereas|which|because|as|since|due to|owing to|driven by|thanks to|"
    r"making|reflecting|leading|according to|despite|although|though|compared (?:with|to)|"
    r"up from|down from)\b)"
)
# What opens a sentence without limiting it: no "In 2024," or "At Mount Weld,".
_LEAD = re.compile(
    r"^(?:according to|as reported by|however|moreover|furthermore|by contrast|in contrast|"
    r"meanwhile|in addition|overall|notably|importantly|interestingly|as a result|therefore|thus|"
    r"consequently|today|currently|driven by|thanks to|due to|owing to|because of|despite|amid|"
    r"reflecting|spurred by|supported by)\b[^,;:]{0,80},\s+(?=\S)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|may|might|can|could|must|should|do|does|did|"
    r"made|makes|rose|fell|grew|stood|stands|came|comes|took|takes|gave|gives|held|holds|began|"
    r"bought|sold|costs|puts|sets|lost|won|led|leads|met|paid|pays|says|said|wrote|writes|sees|"
    r"saw|keeps|kept|covers|expects|produces|contains|remains|applies|owns|buys|sells|accounts|"
    r"lies|depends|supplies|goes|went|forbids|requires|begins|"
    r"\w{3,}(?<!unit)(?<!estimat)ed)\b",
    re.IGNORECASE,
)
_NO_VERB = re.compile(r"\b(?:weeks?|months?|quarters?|half|years?|periods?) ended\b", re.I)
_LEADS_IN = re.compile(r"(?:In|For|At|By|On|During|Under|With|From|Among|As|After|Before|Of)\b")
_SUBJECT = re.compile(r", (?:(?:the|an?|one|two|three|its|their|it|they|no)\b|[A-Z\d])")
_LEAST_WORDS = 4
_DANGLING = re.compile(
    r"(?:\s|,)+(?:and|or|but|the|a|an|of|in|by|to|for|with|from|at|on|which|that|while|as|"
    r"its|their|is|are|was|were|has|have|had|primarily|mainly|largely|mostly|partly|partially)$",
    re.IGNORECASE,
)


def cuts(sentence: str) -> Iterator[str]:
    """Yield what is left of a sentence without its last parts, and without its lead-in.

    "China mined 270,000 t in 2025, far more than others." -> "China mined 270,000 t in 2025."
    A part that ends within a condition or a denial, or has no verb, is none.
    """
    told = sentence.strip().rstrip(".!?")
    found = list(_shorter(told))
    lead = _LEAD.match(told)
    if lead:
        rest = told[lead.end() :]
        whole = rest[0].upper() + rest[1:]
        found += [f"{whole}.", *_shorter(whole)]
    yield from dict.fromkeys(part for part in found if _has_verb(part))


def _shorter(told: str) -> Iterator[str]:
    for end in reversed([match.start() for match in _ENDS.finditer(told)]):
        part = _DANGLING.sub("", told[:end].rstrip(" ,;:–—-("))
        if _LEADS_IN.match(part) and "," not in part and _SUBJECT.match(told, end):
            continue  # "In 2024, the mine made ..." is no sentence up to its comma
        is_open = part != told[:end].rstrip(" ,;:–—-(")
        if len(part.split()) >= _LEAST_WORDS and not is_open and _has_verb(part):
            yield f"{part}."


def _has_verb(part: str) -> bool:
    return bool(_VERB.search(_NO_VERB.sub("", part)))
