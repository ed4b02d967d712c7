"""Questions for sentences that say one dated figure of one thing.

A question is made only of a sentence whose shape is known and whose subject names what it is
about; all others are left alone. The sentence's own words stay as they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.evaluation.drafting.judging import judge, sentence_place
from assistant.evaluation.drafting.labels import names_quantity
from assistant.evaluation.drafting.proposal import Proposal
from assistant.evaluation.drafting.sentence_shapes import CURRENCY, Shaped, read_shape
from assistant.evaluation.drafting.sentence_subjects import (
    is_unclear,
    names_material,
    names_owner,
    told_subject,
)
from assistant.evaluation.drafting.source_library import Library, Sentence
from corpus.figures import find_figures
from corpus.language.periods import find_years

_BASES = {
    "exported": "export",
    "imported": "import",
    "produced": "produce",
    "mined": "mine",
    "sold": "sell",
    "shipped": "ship",
    "consumed": "consume",
    "processed": "process",
    "received": "receive",
    "bought": "buy",
    "employed": "employ",
    "supplied": "supply",
    "provided": "provide",
    "accounted for": "account for",
    "took": "take",
    "increased": "increase",
    "decreased": "decrease",
    "rose": "rise",
    "fell": "fall",
    "grew": "grow",
    "declined": "decline",
    "dropped": "drop",
    "climbed": "climb",
}
_QUANTITY = re.compile(
    r"\b(?:value|tariff|rate|number|amount|size|volume|reliance|share|capacity|quota|budget|cost"
    r"|limit|total)\b"
)
_PLURAL = re.compile(r"(?:imports|exports|reserves|resources|sales)$")
_PEOPLE = re.compile(r"people|persons|employees|workers")
_ONE_OF_SEVERAL = re.compile(r"[^,;.]* (?:on|for|from) [a-z]")  # "was 5% on metals, 3% on oxides"
_PART = re.compile(r" of | times|-")
_UNOWNED = re.compile(r"price|quota")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question and, in words, what any statement of its answer is about."""

    question: str
    about: str


def dated_figure_proposals(library: Library) -> Iterator[Proposal]:
    """Yield the questions for sentences with one dated figure, in order of the sources."""
    for sentence in library.sentences:
        shaped = read_shape(sentence.text)
        proposal = _proposal(shaped, sentence, library) if shaped else None
        if proposal is not None:
            yield proposal


def _proposal(shaped: Shaped, sentence: Sentence, library: Library) -> Proposal | None:
    subject = told_subject(shaped.subject, sentence.source, library.common)
    named = find_years(shaped.period) or find_years(subject)
    if not subject or not named or is_unclear(shaped.who) or is_unclear(shaped.thing):
        return None
    year = named[-1]
    period = "" if not shaped.period or str(year) in subject else f" {shaped.period}"
    asked = _asked(shaped, subject, period)
    figures = find_figures(shaped.figure)
    if asked is None or not figures or len(re.sub(r"\D", "", shaped.figure)) < 2:
        return None
    if not _says_enough(asked.about):
        return None
    verdict = judge(
        f"{asked.about} {period}",
        year,
        Decimal(str(figures[0].value)),
        (sentence.source.id, sentence.start),
        library,
    )
    if verdict.is_ambiguous or (verdict.needs_name and not verdict.name):
        return None
    question = asked.question
    if verdict.needs_name:
        question = f"{question.removesuffix('?')}, according to {verdict.name}?"
    basis = f" ({shaped.basis})" if shaped.basis else ""
    return Proposal(
        kind="number_unit_year",
        source_id=sentence.source.id,
        question=question,
        answer=f"{shaped.figure}{shaped.unit}{basis}",
        must_include=(tuple(dict.fromkeys((shaped.figure, re.sub(CURRENCY, "", shaped.figure)))),),
        evidence=(sentence_place(sentence),),
        alternates=() if verdict.needs_name else verdict.alternates,
        subject=asked.about,
        year=year,
    )


def _says_enough(about: str) -> bool:
    """Tell whether what is asked names a place, company or material, and a quantity its owner."""
    if names_quantity(about) and not _UNOWNED.search(about):
        return names_owner(about)
    return names_owner(about) or names_material(about)


def _asked(shaped: Shaped, subject: str, period: str) -> _Asked | None:
    """Return the question of a sentence, None where none can be made of it."""
    verb, thing = _BASES.get(shaped.verb, ""), shaped.thing
    match shaped.shape:
        case "value":
            return _value(shaped, subject, period)
        case "deed":
            return _deed(shaped, subject, verb, period)
        case "share":
            asked = f"What share of {thing} did {subject} {verb}{period}?"
            return _Asked(asked, f"{subject} {verb} {thing}")
        case "change":
            asked = f"By what percentage did {subject} {verb}{period}?"
            return _Asked(asked, f"{subject} {verb}")
        case "rise":
            asked = f"To what figure did {subject} {verb}{period}, from {shaped.since}?"
            return _Asked(asked, subject)
        case "given share":
            asked = f"What share of {thing} does {shaped.who} give {subject}{period}?"
            return _Asked(asked, f"{subject} {thing}")
        case "given value":
            asked = f"What {thing} does {shaped.who} give {subject}{period}?"
            return _Asked(asked, f"{subject} {thing}")


def _value(shaped: Shaped, subject: str, period: str) -> _Asked | None:
    """Ask for what something was: "What were Brazil's reserves in 2025?"."""
    is_share = "reliance" in subject and "%" in shaped.figure
    if _PART.match(shaped.rest) and not shaped.unit and not is_share:
        return None
    if _ONE_OF_SEVERAL.match(shaped.rest) and " of " not in subject:
        return None
    is_money = re.match(CURRENCY, shaped.figure)
    if shaped.verb == "stood at":
        asked = f"At what price did {subject} stand{period}?"
        return _Asked(asked, f"{subject} price") if is_money else None
    if shaped.verb == "averaged":
        if not is_money:
            return None
        subject = f"the average price of {subject}"
    elif not names_quantity(subject) and not _QUANTITY.search(subject):
        return None
    be = shaped.verb if shaped.verb in ("was", "were", "is", "are") else "was"
    if be == "was" and _PLURAL.search(re.split(r" (?:of|in|for) ", subject)[0]):
        be = "were"
    basis = f" ({shaped.basis})" if shaped.basis else ""
    return _Asked(f"What {be} {subject}{period}{basis}?", subject)


def _deed(shaped: Shaped, subject: str, verb: str, period: str) -> _Asked | None:
    """Ask for how much was done: "What quantity of yttrium did China export in 2025?"."""
    if _PEOPLE.search(shaped.unit):
        average = " on average" if shaped.rest.startswith(" on average") else ""
        asked = f"How many{shaped.unit} did {subject} employ{average}{period}?"
        return _Asked(asked, f"{subject} employ") if verb == "employ" else None
    thing = shaped.thing or shaped.unit.partition(" of ")[2]  # "metric tons of REO"
    if not thing or not shaped.unit or verb == "employ":
        return None
    basis = f" ({shaped.basis})" if shaped.basis else ""
    asked = f"What quantity of {thing} did {subject} {verb}{period}{basis}?"
    return _Asked(asked, f"{subject} {verb} {thing}")
