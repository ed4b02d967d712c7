"""How a question is understood and why a passage ranks where it does, for `search --explain`."""

from typing import Any

from corpus.lexicon import load_lexicon, other_forms
from index.parts import question_parts
from index.passage import Evidence
from index.question import analyze
from index.ranking.source_words import asked_source_words


def understood_to_json(question: str) -> list[dict[str, Any]]:
    """Return what each part of a question is taken to ask; what it does not name is left out."""
    return [_part_to_json(part) for part in question_parts(question)]


def reasons_to_json(evidence: Evidence) -> dict[str, float]:
    """Return what a passage's score is made of, the most first."""
    told = sorted(evidence.reasons, key=lambda reason: -abs(reason.gain))
    return {reason.name: round(reason.gain, 4) for reason in told}


def _part_to_json(part: str) -> dict[str, Any]:
    asked = analyze(part)
    mentions = load_lexicon().names_in(part)
    told = {
        "words": list(asked.words),
        "names": list(asked.names),
        "known_as": list(dict.fromkeys(mention.entry.name for mention in mentions)),
        "also_looked_for": [form for forms in other_forms(part).values() for form in forms],
        "years": list(asked.years),
        "editions": list(asked.editions),
        "source_words": sorted(asked_source_words(asked)),
        "wants": "" if asked.kind == "other" else asked.kind,
        "wants_latest": asked.wants_latest,
        "wants_list": asked.wants_list,
    }
    return {"question": part} | {name: value for name, value in told.items() if value}
