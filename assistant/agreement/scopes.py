"""The texts of a statement, from what it says itself to what stands around it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.candidates import Candidate, cited_context

_REFERS_BACK = re.compile(
    r"(?:Notes?: |In (?:\w+ )?\d{4},? |Also,? |However, )?"
    r"(?:the (?:company|group|firm|project|plant|mine|facility|initiative|country|agency|report|"
    r"agreement|deal|law|act|rule|rules|list|country|refinery|licen[cs]e|loan|bank|ministry)|"
    r"its?|they|their|this|these|that|those|both|he|she|such)\b",
    re.IGNORECASE,
)
_REFERENCES = re.compile(r"\b(?:sources|references|bibliography)(?: used)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scopes:
    """The texts of a statement, from the nearest to the widest."""

    own: str  # what it says, with the labels, columns and caption of a row
    near: str  # section and title
    passage: str


@lru_cache(maxsize=4_000)
def scopes(candidate: Candidate) -> Scopes:
    """Return the texts of a statement."""
    passage, source = candidate.evidence.passage, candidate.evidence.source
    context = cited_context(candidate)
    own = [candidate.text]
    if passage.kind == "row":
        own += [candidate.quote, context.caption, *context.header[1:], context.unit, *context.notes]
    path = re.sub(r"[_/.-]+", " ", source.path)
    near = (context.section, context.caption, source.title, source.publisher, source.edition, path)
    return Scopes(" | ".join(own), " | ".join(near), passage.text)


def refers_back(candidate: Candidate) -> bool:
    """Tell whether a sentence begins by what was spoken of before it: "the company", "it"."""
    return bool(_REFERS_BACK.match(candidate.text))


def is_reference(candidate: Candidate) -> bool:
    """Tell whether a statement stands in a list of references, which says nothing itself."""
    return bool(_REFERENCES.search(candidate.evidence.passage.context.section))
