"""The cover of a report that a company files with a securities regulator: its form, its registrant.

The regulator stands first on such a cover; who speaks is the company, the registrant.
"""

import re

FORM = r"(?:10-[KQ](?:/A)?|20-F|40-F)"
_TOP_CHARS = 5_000
_FORM_LINE = re.compile(rf"^[^\w\n]*FORM\s+({FORM})[^\w\n]*$", re.IGNORECASE | re.MULTILINE)
_FORM_WORDS = re.compile(rf"\bF(?:ORM|orm)\s+({FORM})(?!\w)")
# The registrant stands over, or on the line of, what the forms print below it.
_NAMED_ABOVE = tuple(
    re.compile(
        rf"^[\W_]{{0,40}}(?P<name>\w[^\n]{{1,160}}?\.?)[\W_]{{1,300}}{words}",
        re.IGNORECASE | re.MULTILINE,
    )
    for words in (
        r"exact\s+name\s+of\s+(?:the\s+)?(?:registrant|issuer|company)",
        r"translation\s+of\s+(?:the\s+)?registrant['’]?s\s+name",
    )
)
# Some leave that out: the name then stands between the number of the file and the state.
_BETWEEN = re.compile(
    r"Commission\s+File\s+(?:Number|No\.?)[\W_]{0,9}\d{1,3}-\d{3,6}(?:-\d\d)?[\W_]{1,60}"
    r"(?P<name>\w[^\n]{1,100})\n(?=[^\n]{0,200}(?:\n[^\n]{0,200}){0,4}"
    r"(?:\bincorporation\b|I\.?R\.?S\.? (?:I\.?D|Employer)))",
    re.IGNORECASE,
)
_CONFORMED = re.compile(r"^\s*COMPANY CONFORMED NAME:\s+(?P<name>\S[^\n]{1,100})", re.MULTILINE)
_FILE_NUMBER_BEFORE = re.compile(r"^.*\b\d{1,3}-\d{4,6}(?:-\d\d)?[\W_]+(?=\w)")
_NO_NAME = re.compile(
    r"^(?:n/a|not applicable|none)$|^(?:\W*(?:or|form|for the|from|\d))|\bcommission file\b"
    r"|\bsecurities and exchange commission\b|\bact of 19\d\d\b|\btransition period\b|^washington,"
    r"|\b(?:period|year) ended\b|[:)]$|^\(|^mark one|\bexact name\b",
    re.IGNORECASE,
)


def find_form(first_pages: str) -> str:
    """Return the form that a cover is of ("10-K", "10-Q/A", "20-F"), or "".

    It has a line of its own, or stands before the registrant where the lines are lost.
    """
    if line := _FORM_LINE.search(first_pages):
        return line[1].upper()
    words = _FORM_WORDS.search(first_pages[:_TOP_CHARS])
    return words[1].upper() if words and find_registrant(first_pages) else ""


def find_registrant(first_pages: str) -> str:
    """Return the company that a cover names as its registrant, as it is written there, or ""."""
    top = first_pages[:_TOP_CHARS]
    for pattern in (*_NAMED_ABOVE, _CONFORMED, _BETWEEN):
        for found in pattern.finditer(top):
            name = " ".join(_FILE_NUMBER_BEFORE.sub("", found["name"]).strip(" *|#_").split())
            if re.search(r"[^\W\d_]{2}", name) and not _NO_NAME.search(name):
                return name
    return ""
