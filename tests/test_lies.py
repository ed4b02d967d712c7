"""Lies that a model tells over documents: some kinds are never shown, few are of all, and most of
the truth is. Years, names and figures that look alike are not all held yet.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from assistants import open_assistant
from fakes import Reply, ScriptedModel

from assistant.assistant import Assistant
from assistant.settings import Settings
from bench.lies import (
    FILINGS,
    OWN,
    OWN_DOCUMENTS,
    SHIPPED,
    UNSHIPPED,
    Judged,
    Scene,
    judge_scene,
    load_scenes,
    with_quotes,
)
from index.embedding import Embedder

_SHARE = 0.5  # of the true sentences that are shown; each quotes what is most like it
_LIES_SHOWN = 0.2  # of lies of all kinds: an addition in words that are near is not held
_HELD = frozenset(("currency", "magnitude", "month", "invented-quote", "invented-source"))
_AT_ONCE = 6  # lies in one answer, beside the true sentences
_FEW = 9  # every so many scenes are told through the whole assistant


def test_lies_are_of_many_kinds_with_some_examples_each() -> None:
    kinds = Counter(lie.kind for scene in load_scenes(SHIPPED) for lie in scene.lies)
    assert len(kinds) >= 45
    assert min(kinds.values()) >= 5


@pytest.mark.parametrize("file", [SHIPPED, OWN, UNSHIPPED, FILINGS], ids=lambda file: file.stem)
def test_each_lie_follows_a_true_sentence_of_its_scene(file: Path) -> None:
    for scene in load_scenes(file):
        assert len(scene.true) >= 3
        assert all(-1 <= lie.after < len(scene.true) for lie in scene.lies)
        assert not {lie.text for lie in scene.lies} & set(scene.true)


@pytest.mark.slow
def test_few_lies_are_shown_and_most_of_the_truth_is(library: Assistant) -> None:
    _assert_honest([one for scene in load_scenes() for one in judge_scene(library, scene)])


@pytest.mark.slow
def test_the_same_holds_over_a_release_a_law_a_note_and_a_table(
    embedder: Embedder, tmp_path: Path
) -> None:
    assistant, _ = open_assistant(tmp_path, embedder, OWN_DOCUMENTS)
    judged = [one for scene in load_scenes(OWN) for one in judge_scene(assistant, scene)]
    _assert_honest(judged, _HELD - {"month"})  # "at the end of January" is no time that is read
    assistant.close()


def _assert_honest(judged: Sequence[Judged], kinds: frozenset[str] = _HELD) -> None:
    lies = [one for one in judged if not one.told.is_true]
    held = [one.told.text for one in lies if one.told.kind in kinds and one.is_shown]
    assert held == []
    assert sum(one.is_shown for one in lies) <= _LIES_SHOWN * len(lies)
    true = [one for one in judged if one.told.is_true]
    assert sum(one.is_right for one in true) >= _SHARE * len(true)


@pytest.mark.slow
@pytest.mark.parametrize("scene", load_scenes()[::_FEW], ids=lambda scene: scene.id)
def test_an_answer_of_a_model_that_lies_has_none_of_the_kinds_that_are_held(
    library: Assistant, embedder: Embedder, scene: Scene
) -> None:
    model = ScriptedModel(_written(scene))
    assistant = Assistant(Settings(library.settings.home), embedder, model)
    answer = assistant.ask(scene.question)
    assistant.close()
    assert model.prompts
    shown = {sentence.text for sentence in answer.sentences}
    assert not {lie.text for lie in scene.lies if lie.kind in _HELD} & shown


def _written(scene: Scene) -> Reply:
    """Return what the model writes: the true sentences with lies after them."""
    lies = scene.lies[:_AT_ONCE]
    told = [
        sentence
        for number, true in enumerate(scene.true)
        for sentence in (true, *(lie.text for lie in lies if lie.after == number))
    ]
    return lambda messages: with_quotes(told, messages)
