"""Whether a statement names the things that a question asks to be named."""

import pytest

from assistant.agreement.listing import listing_agreement, things_named


@pytest.mark.parametrize(
    ("question", "text", "agreement"),
    [
        ("Which elements were added?", "It added holmium and erbium.", 1.0),
        ("Which elements were added?", "It added holmium.", 0.5),
        ("Which elements were added?", "It added all heavy elements.", 0.0),
        ("Which element was added?", "It added holmium.", 1.0),
        ("Name the five rare earths of the list.", "They are erbium, holmium and thulium.", 1.0),
        ("Besides Burma, which countries have a note?", "Burma and Thailand have one.", 0.5),
        ("What was added?", "It added nothing.", 1.0),
        ("Which element content was found?", "None.", 1.0),
        ("What ore tonnage was mined?", "5 tons.", 1.0),
    ],
)
def test_things_asked_for_are_counted(question: str, text: str, agreement: float) -> None:
    assert listing_agreement(question, text) == agreement


def test_what_the_question_names_itself_is_not_named_by_the_text() -> None:
    question = "Which countries besides Burma export it?"
    assert len(things_named(question, "Burma, Thailand and Vietnam do.")) == 2
    assert things_named("What is exported?", "Burma, Thailand and Vietnam do.") == frozenset()
