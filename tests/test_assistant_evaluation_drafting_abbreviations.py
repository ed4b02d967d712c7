"""Long forms of abbreviations."""

from pathlib import Path

import pytest
from homes import open_home

from assistant.evaluation.drafting.abbreviations import abbreviation_proposals, long_form
from assistant.evaluation.drafting.definitions import definition_proposals
from assistant.evaluation.drafting.source_library import read_library
from index.passage import Filters

TEXT = """\
The works make mixed rare-earth carbonate (MREC) and cerium (Ce) metal. A second maker of mixed \
rare-earth carbonates (MREC) is planned. The Regional Economic Office (REO) spoke of rare-earth \
oxide (REO). The Narva Group (Holding) met the Estonian Mining Board (EMB) twice.

The net was wide. Net income is the amount left after minority interests. Narva is the \
leading producer of metal. \
"Ready before winter" means that each plant runs before the first snow. It is a term of the \
trade. An empty cell means that the source does not cover the year.
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
        library = read_library(home.store.catalog, Filters())
        asked = {
            proposal.question: proposal.must_include
            for read in (abbreviation_proposals, definition_proposals)
            for proposal in read(library)
        }
    assert asked == {
        "What does MREC stand for?": (
            ("mixed rare-earth carbonate", "mixed rare-earth carbonates"),
        ),
        "What is the chemical symbol of cerium?": (("Ce",),),
        "What does EMB stand for?": (("Estonian Mining Board",),),
        "What is net income?": (("amount left after minority interests",),),
        'What does "Ready before winter" mean?': (("each plant runs before the first snow",),),
    }
