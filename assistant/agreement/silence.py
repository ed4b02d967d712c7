"""Whether a statement says that something is withheld, or that nothing is known of it."""

import re

from assistant.candidates import Candidate

NOT_GIVEN = re.compile(
    r"(?:not|none) (?:given|stated|known|quoted|reported|named|found|told|said|mentioned|used)",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"\b(?:not|never|no) (?:\w+ )?(?:released?|disclosed?|published?|publish|made public|reported|"
    r"available|publication)\b|\bwithheld\b|\bundisclosed\b|"
    r"\bwithout (?:publication|publishing)\b|\bnot release public information\b",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:no|neither|nor|without(?: an?| any)?)(?: [\w-]+){0,3}? (?:figures?|tonnages?|numbers?|"
    r"volumes?|dates?|amounts?|names?|breakdown|split|details?|percentage|total|prices?|grades?|"
    r"shares?)\b|"
    r"\b(?:no|neither|none of|nothing)\b[^.;]*\b(?:state[sd]?|given?|gives?|named?|names|found|"
    r"quoted|reported|mention(?:ed|s)?|says?|tells?|printed|listed|break|breaks)\b|"
    r"\b(?:is|are|was|were) not (?:stated|given|named|found|quoted|covered|told|known|said|listed|"
    r"part of|in (?:these|the) sources)\b|\bopen (?:as well|questions?)\b|"
    r"\b(?:is|are|stays?|remains?) (?:open|unknown)\b|"
    r"\b(?:names?|gives?|states?|mentions?|tells?|prints?|lists?|quotes?|attach(?:es)?) no\b|"
    r"\b(?:has|have) no row\b|"
    r"\bdo(?:es)? not (?:say|state|give|name|explain|tell|mention|cover)\b",
    re.IGNORECASE,
)


def withholds(candidate: Candidate) -> bool:
    """Tell whether a statement says that something is withheld or was not published."""
    return bool(_WITHHELD.search(candidate.text))


def states_absence(candidate: Candidate) -> bool:
    """Tell whether a statement says that something is not known, given or published."""
    if candidate.is_row and all(NOT_GIVEN.match(cell.text) for cell in candidate.cells):
        return True
    return withholds(candidate) or bool(_ABSENT.search(candidate.text))
