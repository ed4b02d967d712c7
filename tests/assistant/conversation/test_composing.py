"""A follow-up put together with what of the last question it is about."""

import pytest

from assistant.conversation.composing import beside, placed
from assistant.conversation.mentions import read_utterance

QUOTA = "What was China's mining quota for 2023?"
PLANT = "What does the Narva magnet plant of Neo cost?"


def carried_of(before: str, *words: str) -> set[int]:
    said = read_utterance(before)
    return {n for n, one in enumerate(said.mentions) if said.said(one) in words}


def put(before: str, follow_up: str, *words: str) -> str:
    said, carried = read_utterance(before), carried_of(before, *words)
    likely = [float(place in carried) for place in range(len(said.mentions))]
    return placed(read_utterance(follow_up), said, likely, carried)


@pytest.mark.parametrize(
    ("before", "follow_up", "carried", "told"),
    [
        (QUOTA, "2024", ("China", "mining quota"), "What was China's mining quota for 2024?"),
        (QUOTA, "Brazil", ("mining quota", "2023"), "What was Brazil's mining quota for 2023?"),
        (QUOTA, "to Japan", ("China", "mining quota", "2023"),
         "What was China's mining quota for 2023, to Japan?"),
        ("What did dysprosium oxide cost in 2024?", "terbium", ("cost", "2024"),
         "What did terbium oxide cost in 2024?"),
        ("What did dysprosium oxide cost in 2024?", "the metal", ("dysprosium oxide", "2024"), ""),
        (QUOTA, "licences and waivers", ("China", "mining quota"), ""),
    ],
)  # fmt: skip
def test_a_fragment_takes_the_place_of_its_like(
    before: str, follow_up: str, carried: tuple[str, ...], told: str
) -> None:
    assert put(before, follow_up, *carried) == told


@pytest.mark.parametrize(
    ("before", "follow_up", "carried", "told"),
    [
        (QUOTA, "why was it cut", ("China", "mining quota"),
         "Why was it cut (China's mining quota)?"),
        (QUOTA, "what were its reserves", ("China", "mining quota"),
         "What were China's reserves (mining quota)?"),
        (PLANT, "who runs it?", ("Narva magnet plant", "Neo"),
         "Who runs Narva magnet plant of Neo?"),
        (PLANT, "how many people work there", ("Narva magnet plant",),
         "How many people work at Narva magnet plant?"),
        (PLANT, "what is there to see", ("Narva magnet plant",),
         "What is there to see (Narva magnet plant)?"),
        (QUOTA, "what about Brazil", (), "What about Brazil?"),
    ],
)  # fmt: skip
def test_what_is_left_out_stands_for_it_or_in_brackets(
    before: str, follow_up: str, carried: tuple[str, ...], told: str
) -> None:
    found = beside(read_utterance(follow_up), read_utterance(before), carried_of(before, *carried))
    assert found == told
