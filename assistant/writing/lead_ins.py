"""Words that lead into a sentence and say nothing: "According to the evidence, ..."."""

import re

_EVIDENCE = (
    r"(?:the |this )?(?:(?:provided|given|available|above|supplied|cited) )?"
    r"(?:evidence|sources?|documents?|context|passages?|information|text)"
    r"(?: (?:provided|given|above|supplied|i have|you provided))?"
)
_LEAD_IN = re.compile(
    rf"^(?:(?:according to|based on|as (?:stated|shown) in|from) {_EVIDENCE},\s+"
    rf"|{_EVIDENCE} (?:states?|says?|shows?|indicates?|suggests?|notes?|reports?) that\s+"
    r"|(?:the )?(?:short )?answer(?: to (?:the|your) question)?(?: is)?:\s+"
    r"|(?:in summary|in short|to summari[sz]e|overall|notably|importantly|specifically),\s+)",
    re.IGNORECASE,
)


def without_lead_in(sentence: str) -> str:
    """Return a sentence without such words; one that is all lead-in is "".

    without_lead_in("Based on the evidence, China mined 270,000 t.") -> "China mined 270,000 t."
    """
    while lead := _LEAD_IN.match(sentence):
        sentence = sentence[lead.end() :]
    return sentence[:1].upper() + sentence[1:]
