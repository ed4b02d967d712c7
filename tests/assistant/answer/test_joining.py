"""One answer of the answers to several questions."""

from dataclasses import replace

from assistants import SOURCE

from assistant.answer import Answer, Citation, Sentence, join_answers
from corpus.document import Context


def cited(number: int, start: int) -> Citation:
    return Citation(number, SOURCE, 1, "1", start, start + 4, "said", Context(), 0, "said", True)


def answer(question: str, text: str, *citations: Citation) -> Answer:
    numbers = tuple(one.number for one in citations)
    sentence = Sentence(text, numbers, "supported")
    return Answer(
        question,
        question,
        "answered",
        text,
        (sentence,),
        citations,
        confidence=0.5 + numbers[0] / 10,
    )


def test_citations_are_numbered_through_and_each_place_is_cited_once() -> None:
    first = answer("How much?", "Five tons.", cited(1, 0), cited(2, 10))
    second = answer("By whom?", "By Alto.", cited(1, 10), cited(2, 20))

    joined = join_answers("How much and by whom?", "How much and by whom?", [first, second])

    assert joined.text == "Five tons. [1][2]\nBy Alto. [2][3]"
    assert [one.start for one in joined.citations] == [0, 10, 20]
    assert joined.confidence == 0.6


def test_what_is_not_answered_is_named() -> None:
    first = answer("How much?", "Five tons.", cited(1, 0))
    second = Answer("By whom?", "By whom?", "not_found", "The sources do not say.")

    joined = join_answers("How much and by whom?", "How much and by whom?", [first, second])

    assert joined.status == "answered"
    assert joined.warnings == ('Not answered: "By whom?". The sources do not say.',)


def test_a_conflict_in_one_part_is_one_of_the_whole() -> None:
    first = replace(answer("How much?", "Five tons.", cited(1, 0)), status="conflicting")
    second = answer("By whom?", "By Alto.", cited(1, 10))

    assert join_answers("", "", [first, second]).status == "conflicting"


def test_where_nothing_is_answered_the_first_refusal_stands() -> None:
    refusals = [Answer(one, one, "not_found", f"{one} Nowhere.") for one in ("A?", "B?")]

    joined = join_answers("A? B?", "A? B?", refusals)

    assert (joined.status, joined.text, joined.question) == ("not_found", "A? Nowhere.", "A? B?")
