"""A fact as a sentence that can be pasted into a report, and the parts of one.

"China mined 270,000 t REO in 2025 (estimate; USGS, Mineral Commodity Summaries 2026, p. 153)."
"""

from assistant.answer import page_place
from assistant.fact_writing import about_text, value_text
from corpus.facts import Fact
from index.facts import LedgerFact


def realise(found: LedgerFact) -> str:
    """Return what a fact says as one sentence, with its status, publisher, edition and page."""
    return f"{subject_text(found.fact)}: {value_with_basis(found.fact)} ({source_text(found)})."


def subject_text(fact: Fact) -> str:
    """Return of what a value is: "mine production, China, 2025"."""
    parts = (
        fact.statistic,
        fact.measure,
        about_text(fact),
        fact.period.text if fact.period else "",
    )
    return ", ".join(filter(None, parts))


def value_with_basis(fact: Fact) -> str:
    """Return a value with its unit and basis: "270,000 t REO"."""
    return " ".join(filter(None, (value_text(fact), fact.basis)))


def source_text(found: LedgerFact) -> str:
    """Return who says so and where: "estimate; USGS, Mineral Commodity Summaries 2026, p. 153"."""
    status = "" if found.fact.status == "reported" else f"{found.fact.status}; "
    source = found.source
    place = page_place(source, found.fact.place.page, found.page_label)
    return status + ", ".join(filter(None, (source.publisher, source.title, place)))
