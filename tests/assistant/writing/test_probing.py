"""Three probes tell what a model can do, and what was found out is kept in the home."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from written_replies import REFUSAL, line

from assistant.language_model import Allowance, Form, Message, Piece
from assistant.prompts import VERIFY_SENTENCES
from assistant.writing import Abilities, keep_abilities, known_abilities, probe

MADE = "The Almond mine produced 4,120 metric tons of concentrate in 2030"


class Able:
    """A model with some abilities and without others."""

    name = "able:1b"

    def __init__(self, quote: str = MADE, false: str = "contradicted", refusal: str = REFUSAL):
        self._quote, self._false, self._refusal = quote, false, refusal

    def write(
        self,
        messages: Sequence[Message],
        allowance: Allowance,  # noqa: ARG002
        form: Form | None = None,  # noqa: ARG002
    ) -> Iterator[Piece]:
        if messages[0].content == VERIFY_SENTENCES:
            told = [{"id": "s0", "verdict": "supported"}, {"id": "s1", "verdict": self._false}]
            yield Piece("\n".join(map(json.dumps, told)))
        elif "Who owns" in messages[-1].content:
            yield Piece(self._refusal)
        else:
            yield Piece(line("It made 4,120 metric tons in 2030.", ("k1a2b", self._quote)))


@pytest.mark.parametrize(
    ("model", "abilities"),
    [
        (Able(), (True, True, True)),
        (Able(quote="The mine made 4,120 tons"), (False, True, True)),
        (Able(false="supported"), (True, False, True)),
        (Able(refusal=line("Almond Ltd.", ("k1a2b", "Almond"))), (True, True, False)),
    ],
)
def test_each_probe_tells_one_ability(model: Able, abilities: tuple[bool, bool, bool]) -> None:
    found = probe(model, model, "http://localhost/v1", 5)
    assert (found.quotes, found.verifies, found.refuses) == abilities
    assert found.writes == (abilities[0] and abilities[1])
    assert found.said.startswith("able:1b ")


def test_one_that_keeps_to_its_form_only_when_it_is_held_to_it_is_asked_so(tmp_path: Path) -> None:
    class Loose(Able):
        def write(
            self, messages: Sequence[Message], allowance: Allowance, form: Form | None = None
        ) -> Iterator[Piece]:
            if form is None:
                yield Piece("It made 4,120 metric tons.")
            else:
                assert form.schema["type"] == "object"
                yield from super().write(messages, allowance, form)

    found = probe(Loose(), Loose(), "http://localhost/v1", 5)
    assert found.writes
    assert found.needs_form
    assert "held to the form" in found.said
    keep_abilities(tmp_path / "model", found)
    known = known_abilities(tmp_path / "model", "able:1b", "http://localhost/v1", "able:1b")
    assert known.needs_form
    assert not known_abilities(tmp_path / "model", "able:1b", "http://localhost/v1").needs_form


def test_what_was_found_out_is_kept_and_one_not_probed_is_taken_to_be_able(tmp_path: Path) -> None:
    weak = Abilities("m", "http://localhost/v1", quotes=False, verifies=True, refuses=True)
    keep_abilities(tmp_path / "model", weak)
    assert known_abilities(tmp_path / "model", "m", "http://localhost/v1") == weak
    better = Abilities("m", "http://localhost/v1", quotes=True, verifies=True, refuses=True)
    keep_abilities(tmp_path / "model", better)
    assert known_abilities(tmp_path / "model", "m", "http://localhost/v1") == better
    assert known_abilities(tmp_path / "model", "other", "http://localhost/v1").writes
    (tmp_path / "model" / "abilities.json").write_text("{damaged")
    assert known_abilities(tmp_path / "model", "m", "http://localhost/v1").writes
