"""Whether a statement is about whom and what a question names."""

import re
from functools import lru_cache

from assistant.agreement.scopes import refers_back, scopes
from assistant.candidates import Candidate
from assistant.requirements import Requirements
from assistant.subjects import Subject
from corpus.lexicon import load_lexicon
from index.signals import DATA_FILES
from index.traits import traits_of
from index.wording import stem, stems, words

# Another of these kinds, named where the asked one is not, is what the statement is about.
_RIVAL_KINDS = frozenset(("country", "company", "element", "mine", "plant", "mineral", "region"))

_DOMESTIC = re.compile(r"\bdomestic(?:ally)?\b", re.IGNORECASE)
_OTHER_ROW = 0.3
_OF_THE_SOURCE = 0.25  # of what the source is about elsewhere
_MADE_OF = frozenset(("product", "mineral"))
_SITES = frozenset(("mine", "plant"))
_SITE_WORDS = frozenset("mine plant refinery mill project deposit factory facility works".split())


def subject_agreement(subject: Subject, candidate: Candidate) -> float:
    """Return how near to a statement stands what a question names: 1 in it, 0 nowhere."""
    text = scopes(candidate)
    label = candidate.evidence.passage.row_label if candidate.is_row else ""
    is_other_row = _rivals(label, subject) and not _names(label, subject)
    if _names(text.own, subject) or _is_at_home(subject, candidate):
        return _OTHER_ROW if is_other_row else 1.0
    if is_other_row:
        return _OTHER_ROW if _names(f"{text.near} | {text.passage}", subject) else 0.0
    refers = refers_back(candidate)
    if _names(text.near, subject) or _titled(text.near, subject):
        return 0.85 if not _rivals(text.own, subject) or refers else 0.5
    if _names(text.passage, subject):
        return 0.8 if refers else 0.45
    is_about = subject.id in candidate.evidence.source.entities
    is_of_another = _rivals(f"{text.own} | {text.near} | {text.passage}", subject)
    return _OF_THE_SOURCE if is_about and not is_of_another else 0.0


def subjects_agreement(required: Requirements, candidate: Candidate) -> tuple[float, float]:
    """Return the least agreement of the subjects, and 0 where a rival stands instead.

    Of several of one kind (a comparison) one is enough, as each may have its own statement.
    """
    groups = _groups(required.question.text, required.subjects)
    levels: dict[str, list[float]] = {}
    rival = 1.0
    for subject, group in zip(required.subjects, groups, strict=True):
        levels.setdefault(group, []).append(subject_agreement(subject, candidate))
    for subject, group in zip(required.subjects, groups, strict=True):
        if max(levels[group]) < 1.0 and _rivals(scopes(candidate).own, subject):
            rival = 0.0
    agreed = {name: 0.8 * max(group) + 0.2 * min(group) for name, group in levels.items()}
    # What a thing is made of says of which kind it is, where a place or a firm says which it is.
    least = [
        0.5 + 0.5 * level if name in _MADE_OF and len(agreed) > 1 else level
        for name, level in agreed.items()
    ]
    return min(least, default=1.0), rival


@lru_cache(maxsize=2_000)
def _groups(text: str, subjects: tuple[Subject, ...]) -> tuple[str, ...]:
    """Return the group of each subject: of its kind, or of the one that "and" joins it to."""
    found: list[str] = []
    for at, subject in enumerate(subjects):
        own = subject.kind or subject.text
        before = next(
            (
                found[there]
                for there, other in enumerate(subjects[:at])
                if re.search(
                    rf"{re.escape(other.text)}(?:, (?:and |or )?| (?:and|or|versus|vs\.?) | ?/ ?)"
                    rf"{re.escape(subject.text)}",
                    text,
                )
            ),
            own,
        )
        found.append(before)
    return tuple(found)


def names_subject(subject: Subject, candidate: Candidate) -> bool:
    """Tell whether a statement itself names what a question names."""
    return _names(scopes(candidate).own, subject)


def text_names(text: str, subject: Subject) -> bool:
    """Tell whether a text names what a question names."""
    return _names(text, subject)


def commodity_agreement(candidate: Candidate) -> float:
    """Return 0 for a row of data of another commodity: a file of data may hold those of all."""
    source, passage = candidate.evidence.source, candidate.evidence.passage
    if source.file_type not in DATA_FILES:
        return 1.0
    return float(traits_of(source, passage).names_rare_earths)


@lru_cache(maxsize=20_000)
def entries_named(text: str) -> frozenset[str]:
    """Return the ids of the lexicon's entries that a text names."""
    return frozenset(mention.entry.id for mention in load_lexicon().find_mentions(text))


@lru_cache(maxsize=20_000)
def _stem_line(text: str) -> str:
    return " " + " ".join(stem(word) for word in words(text)) + " "


def _names(text: str, subject: Subject) -> bool:
    named = entries_named(text)
    if (subject.id and subject.id in named) or subject.also & named:
        return True
    asked = words(subject.text)
    if subject.kind in _SITES:  # "the refinery at Eneabba" is the Eneabba refinery
        asked = tuple(word for word in asked if word not in _SITE_WORDS) or asked
    wanted = " ".join(map(stem, asked))
    return bool(wanted) and f" {wanted} " in _stem_line(text)


def _is_at_home(subject: Subject, candidate: Candidate) -> bool:
    """Tell whether a country's agency speaks of it as its own: "mined domestically"."""
    publishers = load_lexicon().named(candidate.evidence.source.publisher)
    is_own = any(entry.country == subject.id for entry in publishers if subject.id)
    return is_own and bool(_DOMESTIC.search(scopes(candidate).own))


def _titled(text: str, subject: Subject) -> bool:
    """Tell whether a title has all words of a material: "Rare Earths (Heavy)"."""
    asked = frozenset(map(stem, words(subject.text)))
    return subject.kind in _MADE_OF and len(asked) > 1 and asked <= stems(text)


def _rivals(text: str, subject: Subject) -> bool:
    """Tell whether a text names another of the kind of what is asked for."""
    if subject.kind not in _RIVAL_KINDS:
        return False
    lexicon = load_lexicon()
    return any(
        id != subject.id and id not in subject.also and lexicon.entry(id).kind == subject.kind
        for id in entries_named(text)
    )
