"""What a model writes over the shipped documents is shown as far as its quotes carry it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from fakes import CutReply, Reply
from written_replies import (
    EVIDENCE,
    REFUSAL,
    Judge,
    Scribe,
    is_carried,
    is_mending,
    line,
    told,
    with_quotes,
)

from assistant.answer import Answer, Sentence, Turn, answer_to_json
from assistant.assistant import Assistant
from assistant.errors import EvidenceTooLongError, LanguageModelError
from assistant.language_model import Message, ModelStoppedError
from index.embedding import Embedder

pytestmark = pytest.mark.slow

QUESTION = "How much did China mine in 2025?"
TRUE = "China mined 270,000 t of rare-earth oxide equivalent in 2025."
LIE = "China mined 310,000 t of rare-earth oxide equivalent in 2025."
ALSO = "In 2025 China mined 270,000 t of rare-earth oxide equivalent."
BROAD = '{"standalone": "How much did China mine in 2025?", "needed": "overview"}'
OPEN = "The evidence does not say how large the reserves of Vietnam are."
UNKNOWN = "What was the share price of Iluka on 3 May 2019?"

Opening = Callable[..., Assistant]


@pytest.fixture
def opened(library: Assistant, embedder: Embedder) -> Iterator[Opening]:
    """Yield what opens the shipped documents with a model."""
    assistants: list[Assistant] = []

    def open_with(model: Scribe, **settings_: Any) -> Assistant:
        settings = replace(library.settings, **settings_)
        assistants.append(Assistant(settings, embedder, model))
        return assistants[-1]

    yield open_with
    for assistant in assistants:
        assistant.close()


@pytest.fixture
def ask(opened: Opening) -> Callable[..., Answer]:
    def ask(*replies: Reply | CutReply, judge: Judge = is_carried) -> Answer:
        return opened(Scribe(*replies, judge=judge)).ask(QUESTION)

    return ask


def test_true_sentences_are_shown_with_citations_of_ours(ask: Callable[..., Answer]) -> None:
    answer = ask(told(TRUE, ALSO))
    assert answer.text == f"{TRUE} [1] {ALSO} [1]"
    assert answer.sentences == (
        Sentence(TRUE, (1,), "supported"),
        Sentence(ALSO, (1,), "supported"),
    )
    assert [citation.number for citation in answer.citations] == [1]
    assert all(citation.verified for citation in answer.citations)
    assert "270,000" in answer.citations[0].quote
    assert (answer.model, answer.status, answer.warnings) == ("scribe", "answered", ())
    assert answer.written is not None
    assert answer.written.calls == 3


def test_a_figure_that_no_quote_has_stands_apart_with_the_reason(
    ask: Callable[..., Answer],
) -> None:
    answer = ask(told(TRUE, LIE), "")
    assert answer.text == f"{TRUE} [1]"
    (aside,) = answer.set_aside
    assert (aside.text, aside.support) == (LIE, "unverified")
    assert "310000" in aside.reason.replace(",", "")
    assert aside.citations
    assert answer.written is not None
    assert (answer.written.sentences, answer.written.kept) == (2, 1)
    assert answer.warnings == (
        "Of 2 sentences that the model wrote 1 stands apart from the answer: "
        "1 that could not be verified.",
    )


def against(text: str, verdict: str) -> Judge:
    return lambda sentence, _: verdict if sentence == text else "supported"


@pytest.mark.parametrize(
    ("verdict", "support"), [("contradicted", "contradicted"), ("not stated", "unverified")]
)
def test_what_the_verifier_does_not_find_carried_stands_apart(
    ask: Callable[..., Answer], verdict: str, support: str
) -> None:
    answer = ask(told(TRUE, ALSO), "", judge=against(ALSO, verdict))
    assert answer.text == f"{TRUE} [1]"
    (aside,) = answer.set_aside
    assert (aside.text, aside.support, aside.reason) == (ALSO, support, "it says otherwise")


def test_a_sentence_is_set_right_once_and_keeps_its_place(opened: Opening) -> None:
    def mend(messages: Sequence[Message]) -> str:
        assert is_mending(messages)
        assert f"s1: {LIE}" in messages[-1].content
        one = with_quotes([TRUE], messages)
        return one.replace("{", '{"id": "s1", ', 1)

    model = Scribe(told(LIE, ALSO), mend)
    answer = opened(model).ask(QUESTION)
    assert [one.text for one in answer.sentences] == [TRUE, ALSO]
    assert answer.set_aside == ()
    assert len(model.written) == 2
    assert len(model.judged) == 2
    assert answer.written is not None
    assert answer.written.calls == 5


def test_strict_shows_what_is_verified_alone(opened: Opening) -> None:
    model = Scribe(told(TRUE, LIE), "")
    answer = opened(model, strict=True).ask(QUESTION)
    assert (answer.text, answer.set_aside) == (f"{TRUE} [1]", ())
    assert answer.written is not None
    assert dict(answer.written.removed) == {"unverified": 1}


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (told(LIE), "Nothing of what scribe wrote is carried by what it quotes."),
        ("...", "The language model scribe wrote nothing that could be read as an answer."),
        (LanguageModelError("nobody answers there"), "Nobody answers there."),
        (CutReply(told(TRUE), LanguageModelError("it broke off")), "It broke off."),
    ],
)
def test_the_answer_without_a_model_stands_in_and_says_why(
    library: Assistant, ask: Callable[..., Answer], reply: Reply, reason: str
) -> None:
    answer, extractive = ask(reply), library.ask(QUESTION)
    assert answer.text == extractive.text
    assert answer.sentences == extractive.sentences
    assert answer.model == "extractive"
    (warning,) = answer.warnings
    assert warning.startswith(reason)
    assert warning.endswith("The sources' own words are shown instead.")


def test_a_verifier_that_fails_shows_nothing_as_verified(
    library: Assistant, opened: Opening
) -> None:
    def fail(sentence: str, quotes: str) -> str:  # noqa: ARG001
        raise LanguageModelError("the verifier broke off")

    answer = opened(Scribe(told(TRUE), judge=fail)).ask(QUESTION)
    assert answer.text == library.ask(QUESTION).text
    (aside,) = answer.set_aside
    assert (aside.text, aside.support) == (TRUE, "unverified")
    assert aside.reason == "not verified: the verifier broke off"


def test_no_answer_of_the_model_is_honoured(library: Assistant, ask: Callable[..., Answer]) -> None:
    for reply in (REFUSAL, "NO ANSWER", line("The sources give no such figure.", kind="gap")):
        answer = ask(reply)
        assert (answer.status, answer.sentences, answer.citations) == ("not_found", (), ())
        assert answer.warnings[0] == "The language model scribe found no answer in the evidence."
        assert "Nearest: " in answer.text
    assert library.ask(QUESTION).status == "answered"


def test_what_the_model_finds_left_open_is_told_beside_the_answer(
    ask: Callable[..., Answer],
) -> None:
    gap = line("The sources do not say how much was exported.", kind="gap")
    answer = ask(lambda messages: f"{with_quotes([TRUE], messages)}\n{gap}")
    assert answer.text == f"{TRUE} [1]"
    assert answer.warnings == (
        "scribe finds left open: The sources do not say how much was exported.",
    )


def test_the_model_is_asked_where_only_evidence_was_found(opened: Opening) -> None:
    model = Scribe(REFUSAL)
    assert opened(model).ask(UNKNOWN).status == "not_found"
    assert len(model.written) == 1


def test_a_sentence_that_points_to_one_left_out_goes_with_it(ask: Callable[..., Answer]) -> None:
    answer = ask(told(TRUE, LIE, "It mined 270,000 t in 2024."), "")
    assert answer.text == f"{TRUE} [1]"
    assert [one.text for one in answer.set_aside] == [LIE, "It mined 270,000 t in 2024."]


@pytest.mark.parametrize(
    "question",
    [
        "Mine production by country 2023 to 2025 as a table",
        "By how much did the mine production of the United States grow from 2024 to 2025?",
        'Find a citation for: "China mined 270,000 t of rare earths in 2025."',
    ],
)
def test_tables_calculations_and_claims_are_not_the_models(opened: Opening, question: str) -> None:
    model = Scribe()
    assert opened(model).ask(question).status != "not_found"
    assert (model.understood, model.written) == ([], [])


def test_sentences_come_in_their_order_as_they_are_verified(opened: Opening) -> None:
    stream = opened(Scribe(told(ALSO, TRUE, LIE), "")).stream(QUESTION)
    first = next(iter(stream))
    assert first.text == ALSO
    assert [sentence.text for sentence in (first, *stream)] == [ALSO, TRUE]
    assert [one.text for one in stream.answer.sentences] == [ALSO, TRUE]


def test_stopped_before_anything_is_shown_the_answer_without_a_model_stands_in(
    ask: Callable[..., Answer],
) -> None:
    answer = ask(ModelStoppedError("you stopped it"))
    assert (answer.model, answer.status) == ("extractive", "answered")
    assert answer.warnings == ("You stopped it. The sources' own words are shown instead.",)


def test_what_was_verified_before_a_stop_stays(ask: Callable[..., Answer]) -> None:
    answer = ask(told(TRUE, LIE), ModelStoppedError("you stopped it"))
    assert [one.text for one in answer.sentences] == [TRUE]
    assert [one.text for one in answer.set_aside] == [LIE]
    assert answer.warnings[-1] == "You stopped it. What stands here is verified."


def test_what_holds_behind_a_sentence_that_could_not_be_set_right_is_shown(
    opened: Opening,
) -> None:
    model = Scribe(told(LIE, TRUE), LanguageModelError("it broke off"), understanding=BROAD)
    answer = opened(model).ask("What did China do in 2025?")
    assert [one.text for one in answer.sentences] == [TRUE]
    assert [one.text for one in answer.set_aside] == [LIE]
    assert answer.warnings[-1] == "It broke off. What stands here was verified before."


def test_a_follow_up_is_understood_by_the_model_and_searched_for(opened: Opening) -> None:
    understanding = (
        '{"standalone": "How large are Vietnam\'s reserves of rare earths?", '
        '"queries": ["reserves Viet Nam"], "needed": "fact"}'
    )
    model = Scribe(told("Viet Nam has reserves of 3,500,000 t."), "", understanding=understanding)
    turns = (Turn("user", QUESTION), Turn("assistant", TRUE))
    answer = opened(model).ask("and what has vietnam got in the ground?", turns)
    assert answer.standalone_question == "How large are Vietnam's reserves of rare earths?"
    assert answer.question == "and what has vietnam got in the ground?"
    assert f"Question: {QUESTION}" in model.understood[0][-1].content
    assert "3,500,000" in answer.text


def test_a_model_that_failed_is_not_asked_again_for_the_same_answer(opened: Opening) -> None:
    calls: list[int] = []

    class Failing(Scribe):
        def write(self, messages, allowance, form=None):  # type: ignore[no-untyped-def] # noqa: ARG002
            calls.append(1)
            raise LanguageModelError("nobody answers there")

    turns = (Turn("user", QUESTION), Turn("assistant", TRUE))
    answer = opened(Failing()).ask("And Australia?", turns)
    assert len(calls) == 1
    assert answer.status == "answered"
    assert answer.warnings == ("Nobody answers there. The sources' own words are shown instead.",)


def test_a_model_without_room_is_given_half(opened: Opening) -> None:
    sizes: list[int] = []

    def with_room(messages: Sequence[Message]) -> str:
        sizes.append(messages[-1].content.count("<evidence "))
        if sizes[-1] > 3:
            raise EvidenceTooLongError("no room")
        return with_quotes([TRUE], messages)

    model = Scribe(with_room)
    answer = opened(model).ask(QUESTION)
    assert sizes[0] > 3 >= sizes[-1]
    assert answer.text == f"{TRUE} [1]"


def test_the_prompt_has_question_evidence_and_keys_that_stand_in_no_text(opened: Opening) -> None:
    model = Scribe(told(TRUE))
    opened(model).ask(QUESTION)
    ((system, user),) = model.written
    assert "NO ANSWER" in system.content
    assert user.content.count(f"Question: {QUESTION}") == 2
    opening = user.content.splitlines()[2]
    assert opening.startswith("<evidence k")
    key = opening.removeprefix("<evidence ").removesuffix(">")
    assert user.content.count(key) == 2
    assert "270,000" in user.content
    assert "publisher: " in user.content


def test_the_same_question_gives_the_same_prompt(opened: Opening) -> None:
    model = Scribe(told(TRUE))
    assistant = opened(model)
    assistant.ask(QUESTION)
    assistant.ask(QUESTION)
    assert model.written[0] == model.written[1]


def test_stop_is_passed_to_the_model(opened: Opening) -> None:
    seen: list[Event] = []

    class Watching(Scribe):
        def write(self, messages, allowance, form=None):  # type: ignore[no-untyped-def] # noqa: ARG002
            seen.append(allowance.stop)
            return super().write(messages, allowance)

    stream = opened(Watching(told(TRUE))).stream(QUESTION)
    stream.stop()
    assert stream.answer.status == "answered"
    assert all(stop.is_set() for stop in seen)


def with_gap(messages: Sequence[Message]) -> str:
    return "\n".join((with_quotes([TRUE], messages), line(OPEN, kind="gap")))


def test_what_is_left_open_of_a_broad_question_is_searched_for_again(opened: Opening) -> None:
    def go_on(messages: Sequence[Message]) -> str:
        *asked, reply, more = messages
        assert reply.role == "assistant"
        assert OPEN in reply.content
        assert not set(keys_of([more])) & set(keys_of(asked))
        return with_quotes(["Vietnam had reserves of 3,500,000 t."], [more])

    model = Scribe(with_gap, go_on, understanding=BROAD)
    answer = opened(model, search_rounds=2).ask("What is known of mining in 2025?")
    assert [one.text for one in answer.sentences] == [TRUE, "Vietnam had reserves of 3,500,000 t."]
    assert f"Searched a second time for: {OPEN}" in answer.warnings
    assert answer.queries[-1] == OPEN
    assert answer_to_json(answer)["queries"] == list(answer.queries)
    assert not any("left open" in one for one in answer.warnings)


def test_without_room_for_more_the_answer_stays_as_it_is(opened: Opening) -> None:
    model = Scribe(with_gap, EvidenceTooLongError("no room"), understanding=BROAD)
    answer = opened(model, search_rounds=2).ask("What is known of mining in 2025?")
    assert [one.text for one in answer.sentences] == [TRUE]
    assert answer.warnings == (f"scribe finds left open: {OPEN}",)


def test_it_is_searched_once_unless_the_reader_wants_more(opened: Opening) -> None:
    model = Scribe(with_gap, understanding=BROAD)
    answer = opened(model).ask("What is known of mining in 2025?")
    assert len(model.written) == 1
    assert answer.warnings == (f"scribe finds left open: {OPEN}",)


def test_no_more_is_asked_than_must_be_once_the_tokens_are_used_up(opened: Opening) -> None:
    def lying(messages: Sequence[Message]) -> str:
        return "\n".join((with_quotes([TRUE, LIE], messages), line(OPEN, kind="gap")))

    model = Scribe(lying, understanding=BROAD)
    answer = opened(model, search_rounds=3, model_tokens=100).ask("What is known of 2025?")
    assert len(model.written) == 1
    assert [one.text for one in answer.set_aside] == [LIE]
    assert any("budget" in one for one in answer.warnings)


def test_what_the_tokens_cost_is_told_at_the_reader_s_prices(opened: Opening) -> None:
    answer = opened(Scribe(told(TRUE)), prompt_price=2.0, completion_price=8.0).ask(QUESTION)
    tokens = answer.tokens
    assert tokens.prompt > 0
    assert answer.cost == pytest.approx((2 * tokens.prompt + 8 * tokens.completion) / 1e6)


def keys_of(messages: Sequence[Message]) -> list[str]:
    return [key for one in messages for key, _ in EVIDENCE.findall(one.content)]
