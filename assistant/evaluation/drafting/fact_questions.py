"""A fact as the question that it answers: "How much rare earths did China mine in 2025, in t REO?".

The words stand in the table `realisations`: a question with the verb of a measure, and units.
"""

from collections.abc import Sequence

from assistant.figures.labels import plain_label
from assistant.figures.patterns import against_words, clauses, time_words
from assistant.figures.realising import is_plural, labels_not_told, measure_words, noun_text
from assistant.figures.value_words import forms
from corpus.facts import Fact
from corpus.language.measures import has_nature, names_of_nature
from corpus.language.quantities import Quantity
from corpus.language.units import dimension
from corpus.language.words import fold
from index.facts import LedgerFact

_LONGEST_LABEL = 6  # words beside the question
_MOST_LABELS = 2


def question_of(found: LedgerFact, labels: Sequence[str] = (), said_by: str = "") -> str:
    """Return the question for a fact.

    `labels` are words of its table that stand beside the question; `said_by` is who says so, where
    others say otherwise: "MCS 2026".
    """
    according = forms("asked")["source"].format(source=said_by) if said_by else ""
    unit = _unit_words(found.fact)
    measured = forms("asked")["unit"].format(unit=unit) if unit else ""
    beside = f" ({'; '.join(labels)})" if labels else ""
    return f"{_asked(found)}{according}{measured}{beside}?"


def labels_beside(found: LedgerFact) -> tuple[str, ...] | None:
    """Return the labels of a cell that its question leaves out, None for too many."""
    told = f"{_asked(found)} {found.fact.basis} {found.fact.specification}"
    heads = found.fact.table.column if found.fact.change else ()  # which say that it is a change
    untold = (label for label in labels_not_told(found, told) if label not in heads)
    labels = tuple(filter(plain_label, untold))
    is_short = all(len(label.split()) <= _LONGEST_LABEL for label in labels)
    return labels if is_short and len(labels) <= _MOST_LABELS else None


def _asked(found: LedgerFact) -> str:
    told = next(clauses("question", found.fact), "") if _is_usual(found.fact) else ""
    told = told or _about_noun(found)
    return " ".join(filter(None, (told, time_words(found.fact), against_words(found.fact))))


def _is_usual(fact: Fact) -> bool:
    statistics = {"", *names_of_nature("usual statistic")} - set(forms("statistic verb"))
    is_plain = not (fact.specification or fact.named("segment") or fact.change)
    return is_plain and fact.statistic in statistics


def _about_noun(found: LedgerFact) -> str:
    """Return the question for a noun: "What were Apple's net sales"."""
    fact = found.fact
    measure = measure_words(found)
    noun = noun_text(fact, measure)
    if fact.measure in names_of_nature("part of a whole") and fold(fact.of) not in fold(noun):
        noun = f"{noun} of {fact.of}"
    if fact.change:
        return forms("asked")[fact.change.direction].format(noun=noun)
    if fact.statistic in forms("statistic verb"):
        return forms("asked")["average"].format(noun=noun)
    be = "were" if is_plural(measure) else "was"
    if fact.period is None:
        be = "are" if is_plural(measure) else "is"
    return forms("asked")["value"].format(be=be, noun=noun)


def _unit_words(fact: Fact) -> str:
    """Return the unit in which an answer is wanted, "" where nobody would say it."""
    value = fact.value
    if not isinstance(value, Quantity) or not value.unit or fact.change:
        return ""
    unit, _, per = value.unit.partition("/")
    if not per and (dimension(unit) == "money" or has_nature(fact.measure, "counted in one unit")):
        return ""
    told = forms("unit noun").get(unit, unit)
    if per:
        told = f"{told} {forms('per').get(per, f'per {per}')}"
    is_told = not fact.basis or fold(fact.basis) in fold(told)
    return told if is_told else f"{told} ({fact.basis})"
