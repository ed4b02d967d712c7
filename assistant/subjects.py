"""Whom and what a question names, and whose word it asks for."""

import re
from dataclasses import dataclass

from corpus.lexicon import load_lexicon
from index.question import Question
from index.wording import fold

# Kinds of the lexicon that say whose word is asked for, or how a thing is counted, not what it is
# asked about.
_SOURCES = frozenset(("publication", "publisher", "archive"))
_ACCORDING = re.compile(r"(?:according to|\bby|\bper|\bfrom|\bof)(?: the)?\s+$", re.IGNORECASE)
_TELLING = re.compile(
    r"(?:['’]s?)?\s+(?:say|says|gives?|lists?|prints?|reports?|estimates?|figures?|data|edition|"
    r"publish(?:es)?|put|state|name|show|series|page|summar|chapter|prices|world)\b",
    re.IGNORECASE,
)
_NOT_SUBJECTS = frozenset(("basis", "term", "unit", "law"))
_HYPHENED = re.compile(r"-[a-z]\w*$")  # "Shenzhen-listed" names Shenzhen
_SHORTEST = 2  # letters of an abbreviation that is no name: "RE"
_NO_NAMES = frozenset("us u.s. eu act usd a$ us$ reo treo through".split())


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a question names.

    `id` and `kind` are those of its entry in the lexicon; a name that the lexicon does not know
    has neither.
    """

    text: str
    id: str = ""
    kind: str = ""


def subjects_named(question: Question) -> tuple[tuple[Subject, ...], tuple[Subject, ...]]:
    """Return whom and what a question names, and whose word it asks for."""
    named: dict[str, Subject] = {}
    sources: dict[str, Subject] = {}
    known = []
    for mention in load_lexicon().names_in(question.text):
        written = question.text[mention.start : mention.end]
        known.append((mention.start, mention.end))
        entry = mention.entry
        if entry.kind in _NOT_SUBJECTS:
            continue
        before, after = question.text[: mention.start], question.text[mention.end :]
        tells = entry.kind in _SOURCES or (
            entry.kind == "agency" and bool(_ACCORDING.search(before) or _TELLING.match(after))
        )
        into = sources if tells else named
        into.setdefault(entry.id, Subject(written, entry.id, entry.kind))
    for name in question.names:
        at = question.text.find(name)
        if any(at < end and start < at + len(name) for start, end in known):
            continue
        opens = at == 0 and " " not in name  # any word is a capital there
        plain = _HYPHENED.sub("", name)
        if fold(name) not in _NO_NAMES and not opens and len(plain) > _SHORTEST:
            named.setdefault(plain, Subject(plain))
    return tuple(named.values()), tuple(sources.values())
