"""How a question is understood and why a passage ranks where it does, for `search --explain`."""

from typing import Any

from corpus.lexicon import other_forms
from index.facts import describe
from index.parts import question_parts
from index.passage import Evidence
from index.query.expected_type import expected_type
from index.question import analyze
from index.ranking.source_words import asked_source_words


def understood_to_json(question: str) -> list[dict[str, Any]]:
    """Return what each part of a question is taken to ask; what it does not name is left out.

    `slots` are those of its Query, `unread` the words that none of them took; `words` and `names`
    are what passages are found by, with what `also_looked_for` adds.
    """
    return [_part_to_json(part) for part in question_parts(question)]


def reasons_to_json(evidence: Evidence) -> dict[str, float]:
    """Return what a passage's score is made of, the most first."""
    told = sorted(evidence.reasons, key=lambda reason: -abs(reason.gain))
    return {reason.name: round(reason.gain, 4) for reason in told}


def _part_to_json(part: str) -> dict[str, Any]:
    asked = analyze(part)
    query = asked.query
    slots = dict(describe(query))
    unread = slots.pop("words", "")
    answer_type = expected_type(part, query)
    told = {
        "slots": slots,
        "unread": unread.split(),
        "operation": "" if query.operation == "look-up" else query.operation,
        "answer_type": "" if answer_type == "any" else answer_type,
        "words": list(asked.words),
        "names": list(asked.names),
        "also_looked_for": [form for forms in other_forms(part).values() for form in forms],
        "source_words": sorted(asked_source_words(asked)),
    }
    return {"question": part} | {name: value for name, value in told.items() if value}
