"""An answer that facts of the ledger carry, as they are found for a question."""

from assistant.answer import Answer, Sentence
from assistant.figures.fact_citations import FactCitations
from assistant.figures.realising import realise
from index.facts import FoundFacts


def answer_by_look_up(
    question: str, standalone: str, found: FoundFacts, cited: FactCitations
) -> Answer:
    """Return the answer that the best fact found makes; one without text where none was found."""
    if not found.facts:
        return Answer(question, standalone, "not_found", "")
    first = found.facts[0]
    number = cited.cite(first)
    sentence = Sentence(realise(first), (number,), "supported")
    return Answer(
        question,
        standalone,
        "answered",
        f"{sentence.text} [{number}]",
        (sentence,),
        cited.citations,
        warnings=cited.warnings,
        confidence=1.0,
    )
