"""References as data: in the shape of a citation, and read again."""

import pytest
from fake_assistant import COST, MINED

from assistant.answer import (
    Citation,
    citation_to_json,
    reference_of,
    reference_of_json,
    reference_to_json,
)

CITED = (*MINED.citations, *COST.citations)


@pytest.mark.parametrize("cited", CITED)
def test_a_reference_is_told_in_the_shape_of_a_citation(cited: Citation) -> None:
    told, citation = reference_to_json(reference_of(cited), cited.number), citation_to_json(cited)
    for name in ("number", "page", "start", "end"):
        assert told[name] == citation[name]
    assert told["quote"] == " ".join(citation["quote"].split())
    source = {name: citation["source"][name] for name in told["source"]}
    assert told["source"] == source


@pytest.mark.parametrize("cited", CITED)
def test_a_reference_that_is_told_is_read_again(cited: Citation) -> None:
    reference = reference_of(cited)
    assert reference_of_json(reference_to_json(reference, 1)) == reference
