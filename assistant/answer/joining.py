"""One answer of the answers to the parts of a question, their citations numbered through."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer.answer import Answer, Citation, Seconds, Sentence, Status, Step


def join_answers(question: str, standalone: str, parts: Sequence[Answer]) -> Answer:
    """Return the answer to a question whose parts were answered one by one.

    What is told of one part stands before what is told of the next; a part that the sources do not
    answer is named in the warnings. Where they answer none, the first refusal stands.
    """
    told = [one for one in parts if one.status != "not_found"]
    if not told:
        return replace(parts[0], question=question, standalone_question=standalone)
    cited = _Numbering()
    sentences: list[Sentence] = []
    steps: list[Step] = []
    for one in told:
        numbers = cited.take(one.citations)
        for said in one.sentences:
            sentences.append(replace(said, citations=tuple(numbers[n] for n in said.citations)))
        for step in one.steps:
            steps.append(replace(step, citations=tuple(numbers[n] for n in step.citations)))
    lacking = [
        f'Not answered: "{one.standalone_question}". {one.text}'
        for one in parts
        if one.status == "not_found"
    ]
    warnings = dict.fromkeys([*lacking, *(text for one in told for text in one.warnings)])
    evidence = {piece.passage.id: piece for one in parts for piece in one.evidence}
    return Answer(
        question,
        standalone,
        _status(told),
        "\n".join(f"{s.text} {''.join(f'[{n}]' for n in s.citations)}" for s in sentences),
        tuple(sentences),
        tuple(cited.citations),
        tuple(evidence.values()),
        tuple(warnings),
        model=told[0].model if len({one.model for one in told}) == 1 else "extractive",
        seconds=Seconds(
            sum(one.seconds.retrieve for one in parts), sum(one.seconds.answer for one in parts)
        ),
        confidence=min(one.confidence for one in told),
        table=told[0].table,  # of a later one the sentences tell the rows
        steps=tuple(steps),
    )


def _status(told: Sequence[Answer]) -> Status:
    found = {one.status for one in told}
    if "conflicting" in found:
        return "conflicting"
    return "answered" if "answered" in found else "not_disclosed"


class _Numbering:
    """Citations numbered from one on, each place once."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self._known: dict[tuple[object, ...], int] = {}

    def take(self, citations: Sequence[Citation]) -> dict[int, int]:
        """Add citations, and return their numbers by those that they had."""
        numbers = {}
        for one in citations:
            place = (one.source.id, one.page, one.start, one.end, one.cells)
            if place not in self._known:
                self._known[place] = len(self.citations) + 1
                self.citations.append(replace(one, number=self._known[place]))
            numbers[one.number] = self._known[place]
        return numbers
