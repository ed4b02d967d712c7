"""A model that cannot quote points at statements, which are shown in the sources' own words."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from fakes import ScriptedModel, write_files

from assistant.answer.answer_stream import AnswerProgress
from assistant.assistant import Assistant
from assistant.language_model import MODEL_FOLDER, Allowance, Message
from assistant.settings import Settings
from assistant.writing import Abilities, ModelCalls, choose_statements, keep_abilities
from index.embedding import Embedder
from index.ingestion.sync import add_paths

STATEMENTS = ("Orla made 4,100 t.", "Orla lies in Brazil.", "It opened in 2019.")


@pytest.mark.parametrize(
    ("reply", "places"),
    [("2", (1,)), ("3, 1", (2, 0)), ("0", ()), ("Statement 2 and 9.", (1,)), ("none", ())],
)
def test_numbers_are_places_of_statements(reply: str, places: tuple[int, ...]) -> None:
    model = ScriptedModel(reply)
    calls = ModelCalls(model, model, Allowance.of(5), AnswerProgress())
    assert choose_statements("Where is it?", STATEMENTS, calls) == places
    assert "2. Orla lies in Brazil." in model.prompts[0][-1].content


@pytest.mark.slow
def test_what_it_points_at_is_shown_word_for_word(tmp_path: Path, embedder: Embedder) -> None:
    files = {"orla.txt": "The Orla mine opened in 2019. Its owner is Corvina Metals of Narva.\n"}

    def choose(messages: Sequence[Message]) -> str:
        lines = messages[-1].content.splitlines()
        return next(one.partition(".")[0] for one in lines if "Corvina" in one)

    model = ScriptedModel(choose, name="small")
    settings = Settings(tmp_path / "home", model="small", model_address="http://localhost/v1")
    assistant = Assistant(settings, embedder, model)
    add_paths(assistant.store, lambda: embedder, [write_files(tmp_path / "f", files)], print)
    abilities = Abilities("small", settings.model_address, False, False, False)
    keep_abilities(settings.home / MODEL_FOLDER, abilities)
    answer = assistant.ask("Who is the owner of the Orla mine?")
    assistant.close()
    assert "Its owner is Corvina Metals of Narva." in answer.text
    assert (answer.status, answer.model, len(model.prompts)) == ("answered", "extractive", 1)
