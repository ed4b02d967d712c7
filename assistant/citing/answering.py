"""An answer to a question that asks for the source of a claim: `Find a citation for "..."`."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, CitedClaim, Seconds, Sentence

_LEADS = {
    "supported": "The sources say so",
    "partly": "The sources say a part of it",
    "contradicted": "The sources say otherwise",
}


def answer_of_claims(question: str, claims: Sequence[CitedClaim], seconds: float) -> Answer:
    """Return the answer that cited claims make: each that is carried, or what is said against it.

    A claim that no source carries is named in the warnings; without any other it is `not_found`.
    """
    citations: list[Citation] = []
    sentences: list[Sentence] = []
    warnings: list[str] = []
    for cited in claims:
        if not cited.citations:
            warnings.append(f'No source carries: "{cited.claim}"')
            continue
        first = len(citations) + 1
        citations += [replace(one, number=first + n) for n, one in enumerate(cited.citations)]
        numbers = tuple(range(first, len(citations) + 1))
        said = cited.says or cited.claim
        text = f"{_LEADS[cited.verdict]}: {said}"
        sentences.append(Sentence(text, numbers, cited.verdict))
    told = [f"{s.text} {''.join(f'[{number}]' for number in s.citations)}" for s in sentences]
    return Answer(
        question,
        question,
        "answered" if sentences else "not_found",
        "\n".join(told) or "The sources do not say: none of them carries the claim.",
        tuple(sentences),
        tuple(citations),
        warnings=tuple(warnings if sentences else ()),
        seconds=Seconds(answer=seconds),
        confidence=1.0 if sentences else 0.0,
    )
