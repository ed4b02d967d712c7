"""Words that a text explains: abbreviations, and what a thing is said to be."""

from pathlib import Path

import pytest
from homes import open_home

from assistant.evaluation.drafting.definitions import definition_proposals, long_form
from assistant.evaluation.drafting.prose import read_sentences
from index.passage import Filters

TEXT = """\
The works make mixed rare-earth carbonate (MREC) and cerium (Ce) metal. A second maker of mixed \
rare-earth carbonates (MREC) is planned. The Regional Economic Office (REO) spoke of rare-earth \
oxide (REO). The Narva Group (Holding) met the Estonian Mining Board (EMB) twice.

Swarf is a residue of cutting and grinding magnets. Narva is a leading producer of metal. It is a \
term of the trade. The net is a part of the wider one. The plan is not a promise of any kind.
"""


@pytest.mark.parametrize(
    ("short", "before", "long"),
    [
        ("REO", "metric tons of rare-earth oxide", "rare-earth oxide"),
        ("JORC", "the code of the Joint Ore Reserves Committee", "Joint Ore Reserves Committee"),
        ("NdFeB", "elements of neodymium-iron-boron", ""),
        ("GAO", "which the office published", ""),
    ],
)
def test_long_form_has_the_letters_of_its_abbreviation(short: str, before: str, long: str) -> None:
    assert long_form(short, before) == long


def test_words_that_a_text_explains_are_asked_for_once_and_only_if_they_mean_one_thing(
    tmp_path: Path,
) -> None:
    with open_home(tmp_path, {"terms.txt": TEXT}) as home:
        home.add()
        catalog = home.store.catalog
        sentences = read_sentences(catalog, catalog.searchable(Filters()).values())
        asked = {one.question: one.must_include for one in definition_proposals(sentences)}
    assert asked == {
        "What does MREC stand for?": (
            ("mixed rare-earth carbonate", "mixed rare-earth carbonates"),
        ),
        "What is the chemical symbol of cerium?": (("Ce",),),
        "What does EMB stand for?": (("Estonian Mining Board",),),
        "What is swarf?": (("residue of cutting and grinding magnets",),),
    }
