"""What a sentence leaves to the one before it, or to the question: whom it is about, and when."""

import re

from assistant.quantities import TIME_KINDS, find_quantities
from corpus.lexicon import load_lexicon

_PRONOUN = re.compile(
    r"^(?P<lead>(?:however|moreover|in addition|also|by contrast|meanwhile|separately), )?"
    r"(?:(?P<owner>its|their)|it|they|(?:the|this|that) (?P<kind>country|nation|company|firm|"
    r"producer|miner|group|element|oxide|metal|mine|project|plant))\s+",
    re.IGNORECASE,
)
_THAT_YEAR = re.compile(r"\b(?:in )?(?:that|the same) year\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"\b(?:in )?(?:the (?:previous|prior|preceding) year|the year before|"
    r"a year (?:earlier|before))\b",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r"\b(?:in )?(?:the (?:following|next) year|a year later)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_POINTS = re.compile(  # to what cannot be put into words: "That was the same as in 2024."
    r"^(?:(?:however|moreover|also|by contrast|meanwhile), )?"
    r"(?:that|this|these|those|both|he|she|such)\b(?! year)",
    re.IGNORECASE,
)
_NO_SUBJECTS = ("term", "basis", "unit", "publication", "publisher", "archive")
_KINDS = {
    "country": ("country",), "nation": ("country",), "company": ("company",), "firm": ("company",),
    "producer": ("company", "country"), "miner": ("company",), "group": ("company",),
    "element": ("element",), "metal": ("element", "metal"), "mine": ("mine",),
    "plant": ("plant", "town"), "project": ("mine", "plant"), "oxide": ("element", "product"),
}  # fmt: skip
_OPENING = re.compile(
    r"(?P<subject>(?:The|An?) (?:[\w’'-]+ ){0,2}?(?P<noun>mine|plant|company|group|project|deposit|"
    r"refinery|facility|programme|program|credit|agreement|act|law|rule|floor|loan|package|licence))\b"
)
# "That was 12% more than ..." goes on with the sentence before.
_JOINED = re.compile(
    r"^(?:That|This) (?P<verb>was|is|represents|represented|compares (?:with|to)|"
    r"compared (?:with|to)) (?=(?:about |some |an? )?(?:(?:increase|decrease) of )?[$€\d])",
    re.IGNORECASE,
)
_LINKS = dict.fromkeys(
    ("compares with", "compares to", "compared with", "compared to"), "compared with "
)
_PERIOD = re.compile(
    r"\b((?:first|second|third|fourth) quarter of (?:fiscal (?:year )?)?\d{4}|"
    r"(?:first|second) half of (?:fiscal (?:year )?)?\d{4})"
)
_ASKED = ("company", "country", "mine", "plant")
_ASKED_NAME = re.compile(r"(?<=\w )[A-Z][\w-]+(?: [A-Z][\w-]+)+")
_THAT_PERIOD = re.compile(r"\b(?:in|during|for) (?:the|that) (?:same )?(?:quarter|half)\b(?! of)")
_NAME = re.compile(
    r"^(?:In [\w ]{3,20}, )?(?P<name>(?!(?:The|An?|In|At|By|For|On|It|Its|No|Under|From|About|"
    r"Total|This|That|According|Both|All|Many|Most|Some|Two|Three|Four|Five|Six|Seven)\b)"
    r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+)(?=,? [a-z])"
)


def resolved(sentence: str, before: str) -> str:
    """Return a sentence with its opening pronoun and "that year" put into words.

    resolved("It mined 51,000 t that year.", "The United States ... in 2025.") -> "United States
    mined 51,000 t in 2025."
    """
    years = _YEAR.findall(before)
    if years:
        last = int(years[-1])
        sentence = _THAT_YEAR.sub(f"in {last}", sentence)
    if years and not _YEAR.search(sentence):
        sentence = _YEAR_BEFORE.sub(f"in {last - 1}", sentence)
        sentence = _YEAR_AFTER.sub(f"in {last + 1}", sentence)
    periods = set(_PERIOD.findall(before))
    if len(periods) == 1:
        sentence = _THAT_PERIOD.sub(f"in the {periods.pop()}", sentence)
    joined = _JOINED.match(sentence)
    if joined and before:
        link = _LINKS.get(joined["verb"].lower(), "")
        return f"{before.rstrip('.!? ')}, {link}{sentence[joined.end() :]}"
    pronoun = _PRONOUN.match(sentence)
    if not pronoun:
        return sentence
    subject = _subject(before, (pronoun["kind"] or "").lower())
    if not subject:
        return sentence
    owner = "'s" if pronoun["owner"] else ""
    return f"{pronoun['lead'] or ''}{subject}{owner} {sentence[pronoun.end() :]}"


def leans(sentence: str) -> bool:
    """Tell whether a sentence cannot be understood without the one before it."""
    points = _PRONOUN.match(sentence) or _POINTS.match(sentence) or _THAT_YEAR.search(sentence)
    if points or _YEAR.search(sentence):
        return bool(points)
    return bool(_YEAR_BEFORE.search(sentence) or _YEAR_AFTER.search(sentence))


def is_definite(sentence: str) -> bool:
    """Tell whether a sentence opens with "the company" or the like, which a source may do too."""
    return bool(_OPENING.match(sentence))


def _subject(before: str, kind: str) -> str:
    """Return whom a sentence is about: what it opens with, or its first name of a kind.

    "The Birmingham plant handles 400 kilograms." -> "The Birmingham plant"
    """
    opening = _OPENING.match(before)
    found = load_lexicon().find_mentions(before)
    mentions = tuple(m for m in found if m.entry.kind not in _NO_SUBJECTS)
    if kind in _KINDS:
        mentions = tuple(m for m in mentions if m.entry.kind in _KINDS[kind])
    named = before[mentions[0].start : mentions[0].end] if mentions else ""
    unlisted = _NAME.match(before)
    is_first = unlisted and (not mentions or mentions[0].start > unlisted.start("name"))
    if unlisted and is_first and kind in ("", "company", "firm", "group"):
        named = unlisted["name"]
    thing = re.search(rf"\b(?:an?|the|its|their)(?: own)? ((?:\w+ ){{0,2}}{kind})\b", before)
    if kind and not named and thing:
        named = f"The {thing[1]}"
    if opening and kind in ("", opening["noun"].lower()):
        first = mentions[0].start if mentions else len(before)
        if first >= opening.start("noun"):
            return re.sub(r"^An? ", "The ", opening["subject"])
    return named


def named_alone(question: str) -> str:
    """Return the one name that a question asks about, "" where it has none or several.

    named_alone("How much metal does Aldermoor Magnetics use?") -> "Aldermoor Magnetics"
    """
    found = {m.entry.id: question[m.start : m.end] for m in load_lexicon().find_mentions(question)
             if m.entry.kind in _ASKED}  # fmt: skip
    names = tuple(found.values()) or tuple(dict.fromkeys(_ASKED_NAME.findall(question)))
    return names[0] if len(names) == 1 else ""


def in_year_asked(sentence: str, question: str) -> str:
    """Return a sentence that names no time with the one year that the question names."""
    years = set(_YEAR.findall(question))
    if len(years) != 1 or any(q.kind in TIME_KINDS for q in find_quantities(sentence)):
        return sentence
    told = sentence.rstrip()
    end = told[-1] if told[-1:] in ".!?" else ""
    return f"{told.removesuffix(end)} in {years.pop()}{end}"
