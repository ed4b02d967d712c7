"""What a model writes over the shipped documents is shown as far as they carry it."""

import re
from collections.abc import Callable, Iterator, Sequence
from threading import Event

import pytest
from fakes import CutReply, Reply, ScriptedModel

from assistant.answer import Answer, Sentence, Tokens, Turn
from assistant.assistant import Assistant
from assistant.errors import LanguageModelError
from assistant.language_model import Message, ModelStoppedError
from assistant.settings import Settings
from bench.lies import with_quotes
from index.embedding import Embedder

pytestmark = pytest.mark.slow

QUESTION = "How much did China mine in 2025?"
TRUE = "China mined 270,000 t of rare-earth oxide equivalent in 2025."
LIE = "China mined 310,000 t of rare-earth oxide equivalent in 2025."
ALSO = "In 2025 China mined 270,000 t of rare-earth oxide equivalent."
ELSEWHERE = "Australia produced 29,000 t in 2025."
UNKNOWN = "What was the share price of Iluka on 3 May 2019?"

Opening = Callable[[ScriptedModel], Assistant]


@pytest.fixture
def opened(library: Assistant, embedder: Embedder) -> Iterator[Opening]:
    """Yield what opens the shipped documents with a model."""
    assistants: list[Assistant] = []

    def open_with(model: ScriptedModel) -> Assistant:
        assistants.append(Assistant(Settings(library.settings.home), embedder, model))
        return assistants[-1]

    yield open_with
    for assistant in assistants:
        assistant.close()


@pytest.fixture
def ask(opened: Opening) -> Callable[..., Answer]:
    def ask(*replies: Reply | CutReply, question: str = QUESTION) -> Answer:
        return opened(ScriptedModel(*replies, name="scribe")).ask(question)

    return ask


def told(*sentences: str) -> Callable[[Sequence[Message]], str]:
    """Return a reply of sentences with the words of the evidence that are most like them."""
    return lambda messages: with_quotes(sentences, messages)


def test_true_sentences_are_shown_with_citations_of_ours(ask: Callable[..., Answer]) -> None:
    answer = ask(lambda m: f"{with_quotes([TRUE], m)} [k000] {with_quotes([ALSO], m)}")
    assert answer.text == f"{TRUE} [1] {ALSO} [1]"
    assert answer.sentences == (
        Sentence(TRUE, (1,), "supported"),
        Sentence(ALSO, (1,), "supported"),
    )
    assert [citation.number for citation in answer.citations] == [1]
    assert all(citation.verified for citation in answer.citations)
    assert "270,000" in answer.citations[0].quote
    assert (answer.model, answer.status) == ("scribe", "answered")
    assert answer.warnings == ("1 citation that the model invented was taken out.",)


def test_a_lie_beside_the_truth_goes_and_is_counted(ask: Callable[..., Answer]) -> None:
    answer = ask(told(TRUE, LIE))
    assert answer.text == f"{TRUE} [1]"
    assert answer.written is not None
    assert (answer.written.sentences, answer.written.kept) == (2, 1)
    assert dict(answer.written.removed) == {"figure": 1}
    assert answer.warnings == (
        "Of 2 sentences that the model wrote 1 was left out: "
        "1 with a figure that its quotes do not have.",
    )


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (told(LIE), "Nothing of what scribe wrote holds."),
        ("...", "The language model scribe wrote nothing."),
        (LanguageModelError("nobody answers there"), "Nobody answers there."),
        (CutReply(told(TRUE), LanguageModelError("it broke off")), "It broke off."),
    ],
)
def test_the_extractive_answer_stands_in_and_says_why(
    library: Assistant, ask: Callable[..., Answer], reply: Reply, reason: str
) -> None:
    answer, extractive = ask(reply), library.ask(QUESTION)
    assert answer.text == extractive.text
    assert answer.sentences == extractive.sentences
    assert answer.model == "extractive"
    (warning,) = answer.warnings
    assert warning.startswith(reason)
    assert warning.endswith("The sources' own words are shown instead.")


def test_a_quote_is_cited_and_one_that_does_not_carry_its_sentence_is_not(
    ask: Callable[..., Answer],
) -> None:
    def quoting(quote: str) -> Callable[[Sequence[Message]], str]:
        def reply(messages: Sequence[Message]) -> str:
            found = re.findall(r"<evidence (\S+)>\n(.*?)\n</evidence", messages[1].content, re.S)
            key = next(key for key, text in found if "China" in text and "270,000" in text)
            return f'{TRUE} [{key}: "{quote}"]'

        return reply

    answer = ask(quoting("China"))
    assert answer.text == f"{TRUE} [1]"
    assert "270,000" in answer.citations[0].quote
    answer = ask(quoting("China mined 270,000 t and much more"))
    assert answer.model == "extractive"
    assert answer.written is not None
    assert dict(answer.written.removed) == {"quote": 1}


def test_no_answer_of_the_model_is_honoured(library: Assistant, ask: Callable[..., Answer]) -> None:
    answer = ask("NO ANSWER")
    assert library.ask(QUESTION).status == "answered"
    assert (answer.status, answer.sentences, answer.citations) == ("not_found", (), ())
    assert answer.warnings == ("The language model scribe found no answer in the evidence.",)


def test_the_model_is_asked_where_only_evidence_was_found(opened: Opening) -> None:
    model = ScriptedModel(told(LIE))
    assert opened(model).ask(UNKNOWN).status == "not_found"
    assert len(model.prompts) == 1


def test_a_sentence_that_points_to_one_left_out_goes_with_it(ask: Callable[..., Answer]) -> None:
    answer = ask(told(TRUE, LIE, "It mined 270,000 t in 2024."))
    assert answer.text == f"{TRUE} [1]"
    assert answer.written is not None
    assert dict(answer.written.removed) == {"figure": 1, "pointing": 1}


@pytest.mark.parametrize(
    "question",
    [
        "Mine production by country 2023 to 2025 as a table",
        "By how much did the mine production of the United States grow from 2024 to 2025?",
        'Find a citation for: "China mined 270,000 t of rare earths in 2025."',
    ],
)
def test_tables_calculations_and_claims_are_not_the_models(opened: Opening, question: str) -> None:
    model = ScriptedModel(TRUE)
    assert opened(model).ask(question).status != "not_found"
    assert model.prompts == []


def test_sentences_come_as_they_are_checked(
    opened: Opening,
) -> None:
    stream = opened(ScriptedModel(told(ALSO, LIE, TRUE, ALSO))).stream(QUESTION)
    came = list(stream)
    assert [sentence.text for sentence in came] == [ALSO, TRUE]
    assert stream.answer.sentences == tuple(came)


def test_what_was_shown_stays_when_the_reader_stops(ask: Callable[..., Answer]) -> None:
    answer = ask(CutReply(told(TRUE, ALSO, "China"), ModelStoppedError("you stopped it")))
    assert [sentence.text for sentence in answer.sentences] == [TRUE, ALSO]
    assert answer.warnings == ("You stopped it. What had come is checked.",)


def test_stopped_before_anything_is_shown_the_extractive_answer_stands_in(
    ask: Callable[..., Answer],
) -> None:
    answer = ask(ModelStoppedError("you stopped it"))
    assert (answer.model, answer.status) == ("extractive", "answered")
    assert answer.warnings == ("You stopped it. The sources' own words are shown instead.",)


def test_tokens_and_seconds_of_all_calls_are_counted(opened: Opening) -> None:
    model = ScriptedModel("How much did Australia mine in 2025?", told(ELSEWHERE))
    turns = (Turn("user", QUESTION), Turn("assistant", TRUE))
    answer = opened(model).ask("And Australia?", turns)
    assert answer.standalone_question == "How much did Australia mine in 2025?"
    replies = ("How much did Australia mine in 2025?", told(ELSEWHERE)(model.prompts[1]))
    spent = [len(reply.split()) for reply in replies]
    assert answer.tokens.completion == sum(spent)
    asked = sum(len(m.content.split()) for prompt in model.prompts for m in prompt)
    assert answer.tokens == Tokens(asked, sum(spent))
    assert answer.seconds.model > 0


def test_a_model_that_failed_is_not_asked_again_for_the_same_answer(opened: Opening) -> None:
    model = ScriptedModel(LanguageModelError("nobody answers there"))
    turns = (Turn("user", QUESTION), Turn("assistant", TRUE))
    answer = opened(model).ask("And Australia?", turns)
    assert len(model.prompts) == 1
    assert answer.status == "answered"
    assert answer.warnings == ("Nobody answers there. The sources' own words are shown instead.",)


def test_the_prompt_has_question_evidence_and_keys_that_stand_in_no_text(opened: Opening) -> None:
    model = ScriptedModel(TRUE)
    opened(model).ask(QUESTION)
    ((system, user),) = model.prompts
    assert "NO ANSWER" in system.content
    assert user.content.count(f"Question: {QUESTION}") == 2
    opening = user.content.splitlines()[2]
    assert opening.startswith("<evidence k")
    key = opening.removeprefix("<evidence ").removesuffix(">")
    assert user.content.count(key) == 2
    assert "270,000" in user.content or "270000" in user.content
    assert "publisher: " in user.content


def test_the_same_question_gives_the_same_prompt(opened: Opening) -> None:
    model = ScriptedModel(TRUE)
    assistant = opened(model)
    assistant.ask(QUESTION)
    assistant.ask(QUESTION)
    assert model.prompts[0] == model.prompts[1]


def test_stop_is_passed_to_the_model(opened: Opening) -> None:
    seen: list[Event] = []

    class Watching(ScriptedModel):
        def write(self, messages, allowance):  # type: ignore[no-untyped-def]
            seen.append(allowance.stop)
            return super().write(messages, allowance)

    stream = opened(Watching(TRUE)).stream(QUESTION)
    stream.stop()
    assert stream.answer.status == "answered"
    assert [stop.is_set() for stop in seen] == [True]
