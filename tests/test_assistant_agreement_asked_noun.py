"""Which noun a question asks for, and how far it is said."""

import pytest
from assistants import required

from assistant.agreement import asked_noun, noun_said, noun_text


@pytest.mark.parametrize(
    ("question", "nouns"),
    [
        ("What is the density of a magnet?", ("density",)),
        ("What is the phone number of the office?", ("phone",)),
        ("What is Vietnam's gross domestic product?", ("product", "domestic")),
        ("What anti-dumping duty does the law set?", ("duty", "anti-dumping")),
        ("Whose seal was broken?", ("seal",)),
        ("How many solar panels did it install?", ("panels", "solar")),
        ("How deep is the pit?", ("deep",)),
        ("How large are the fines for a firm?", ("fines",)),
        ("Head count of the plant?", ("count", "Head")),
        ("Grade, by the newest edition?", ("Grade",)),
        ("What is the price tag of the plant?", ()),
        ("What is the annual capacity of the plant?", ()),
        ("Which partner built the plant?", ()),
        ("Which law moved the start of the ban?", ()),
        ("What is it going to need?", ()),
        ("Who opened the plant?", ()),
        ("When did the plant open?", ()),
        ("Did the plant open?", ()),
        ("A colleague says that the plant is open, is it?", ()),
        ("", ()),
    ],
)
def test_the_noun_asked_for_is_found(question: str, nouns: tuple[str, ...]) -> None:
    found = required(question)
    assert tuple(found.words[index].text for index in asked_noun(found)) == nouns


def test_a_noun_of_two_words_is_said_as_far_as_the_less_of_them() -> None:
    asked = required("What anti-dumping duty does the law set?")
    strengths = {"anti-dumping": 0.2, "duty": 1.0, "law": 0.0, "set": 0.0}
    assert noun_said(asked, [strengths[word.text] for word in asked.words]) == 0.2


def test_a_question_without_a_noun_lacks_none() -> None:
    asked = required("Who opened the plant?")
    assert noun_said(asked, [0.0 for _ in asked.words]) == 1.0


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is Vietnam's gross domestic product?", "gross domestic product"),
        ("What is the phone number of the office?", "phone number"),
        ("What is the intensity (kg per kg) of it?", "intensity"),
        ("Who opened the plant?", ""),
    ],
)
def test_the_noun_is_told_as_the_question_writes_it(question: str, text: str) -> None:
    assert noun_text(required(question)) == text
