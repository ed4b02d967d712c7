"""What a question asks one after the other: which parts are told, and which stay together."""

import pytest

from assistant.conversation.splitting import asked_parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "How does the price floor of MP Materials compare with the NdPr oxide price in 2025?",
            (
                "What was the price floor of MP Materials?",
                "What was the NdPr oxide price in 2025?",
            ),
        ),
        (
            "What is the price floor for NdPr and who guarantees it?",
            ("What is the price floor for NdPr?", "Who guarantees it (price floor for NdPr)?"),
        ),
        (
            "When will Eneabba be finished and what does it cost?",
            ("When will Eneabba be finished?", "What does Eneabba cost?"),
        ),
        (
            "Compare Lynas and MP Materials NdPr output in 2024",
            (
                "What was Lynas NdPr output in 2024?",
                "What was MP Materials NdPr output in 2024?",
            ),
        ),
        (
            "Compare the dysprosium price in 2023 and 2024",
            (
                "What was the dysprosium price in 2023?",
                "What was the dysprosium price in 2024?",
            ),
        ),
        (
            "Compare the neodymium share at Bayan Obo and Mountain Pass",
            (
                "What was the neodymium share at Bayan Obo?",
                "What was the neodymium share at Mountain Pass?",
            ),
        ),
        (
            "Are Australia's rare-earth reserves larger than Russia's?",
            (
                "What were Australia's rare-earth reserves?",
                "What were Russia's rare-earth reserves?",
            ),
        ),
        (
            "Are U.S. imports of yttrium higher than those of scandium?",
            ("What were U.S. imports of yttrium?", "What were U.S. imports of scandium?"),
        ),
        (
            "How did Japan's imports of yttrium change from 2010 to 2020?",
            (
                "What were Japan's imports of yttrium in 2010?",
                "What were Japan's imports of yttrium in 2020?",
            ),
        ),
        (  # the reserves are India's, too
            "Is India's resource by its government bigger than the reserves in MCS 2025?",
            (
                "What was India's resource by its government?",
                "What were the reserves in MCS 2025 (India)?",
            ),
        ),
        (
            "How did China's 2011 exports compare with that year's quota?",
            ("What were China's 2011 exports?", "What was 2011 quota (China, exports)?"),
        ),
        (
            "dysprosium vs terbium price 2024",
            ("What was dysprosium price 2024?", "What was terbium price 2024?"),
        ),
    ],
)
def test_things_compared_are_asked_each_by_itself(question: str, parts: tuple[str, ...]) -> None:
    assert asked_parts(question) == parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Which plant does Lynas run in Malaysia, and what was China's quota of 2024?",
            ("Which plant does Lynas run in Malaysia?", "what was China's quota of 2024?"),
        ),
        (
            "On what date was Lynas founded, and in which city does it have its seat?",
            ("On what date was Lynas founded?", "In which city does Lynas have Lynas's seat?"),
        ),
        (
            "How deep is the Mountain Pass pit, and how rich is it in neodymium?",
            (
                "How deep is the Mountain Pass pit?",
                "How rich is Mountain Pass pit in neodymium?",
            ),
        ),
        (
            "At which price is MP Materials' floor set, and how much revenue did it book in 2026?",
            (
                "At which price is MP Materials' floor set?",
                "How much revenue did MP Materials book in 2026?",
            ),
        ),
        (  # "its" is of the one asked for, whom nobody knows yet
            "Who owns Bayan Obo, and what share of China's quota did its subsidiary get?",
            ("Who owns Bayan Obo?", "what share of China's quota did its subsidiary get?"),
        ),
    ],
)
def test_a_part_that_leans_on_the_one_before_is_completed(
    question: str, parts: tuple[str, ...]
) -> None:
    assert asked_parts(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "What was China's mining quota for 2024?",
        "What is the latest figure for Brazil's reserves, and from which version?",
        "Who dug the first ore of Canada, and on which day?",
        "Besides Burma, which countries carry the note on Chinese import data?",
        "When Arafura raised equity in 2025, how much of it came from Hancock?",
        "Which has the larger reserves, Tanzania or South Africa, and how far apart are they?",
        "How much less steam did one engine use compared to the Watt engine?",
        "Compare China and Australia",
        "",
    ],
)
def test_what_is_one_question_stays_whole(question: str) -> None:
    assert asked_parts(question) == (question,)
