"""How well follow-ups are understood: `python -m bench.conversations [--home DIR] [--part held]`.

Puts the shipped conversations to the assistant turn by turn. A follow-up must hold the words that
it takes over and none that it replaces; a new topic must come back as it was asked. Each standalone
question must find an expected page. Once the earlier turns are as they were asked, once as they
were understood. Questions of other sets, each after one that has to do with something else, must
come back as they were asked. Prints what is wrong and the figures, and writes those of all
conversations into docs/conversations.md; exit 1 where a figure is too low.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import assistant.evaluation
from assistant.answer import Turn, evidence_to_json
from assistant.assistant import Assistant
from assistant.conversation import standalone_question
from assistant.evaluation.matching import contains_form
from assistant.evaluation.places import evidence_is_at
from assistant.settings import Settings
from bench.commands import run_command
from bench.conversation_cases import AskedTurn, Conversation, load_conversations
from bench.figures import write_figures
from corpus.build_pdfs import DOCUMENTS

CONVERSATIONS = Path(next(iter(assistant.evaluation.__path__))) / "cases" / "conversations.jsonl"
_PAGE = Path(__file__).parents[1] / "docs" / "conversations.md"
_UNRELATED = [
    Path(__file__).with_name("answers_gold") / f"{one}.jsonl" for one in ("library", "sources")
]
_UNRELATED_ASKED, _SEED = 500, 3
_DEPTH = 5  # passages among which an expected page counts as found
_LEAST_RIGHT, _LEAST_FOUND, LEAST_KEPT = 0.8, 0.9, 0.93


@dataclass(frozen=True, slots=True)
class Understood:
    """One turn as it was understood, and the rank of the first expected page; 0 for none."""

    place: str  # the conversation's id and the turn's number
    turn: AskedTurn
    kind: str  # "opening", "follow-up", "new topic"
    standalone: str
    right: bool
    rank: int


def main() -> int:
    """Ask, print what is wrong and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a home that holds the shipped documents alone")
    parser.add_argument("--part", choices=("open", "held"), help="these conversations alone")
    arguments = parser.parse_args()
    wanted = [
        conversation
        for conversation in load_conversations(CONVERSATIONS)
        if arguments.part in (None, conversation.part)
    ]
    if arguments.home:
        lines, is_good = _measure(arguments.home, wanted)
    else:
        with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
            run_command(Path(temporary), "add", DOCUMENTS)
            lines, is_good = _measure(Path(temporary), wanted)
    print("".join(["\n", *lines]))
    if not arguments.part:
        write_figures(_PAGE, lines)
    return 0 if is_good else 1


def _measure(home: Path, conversations: Sequence[Conversation]) -> tuple[list[str], bool]:
    """Return the lines of the table, and whether all figures are high enough."""
    assistant = Assistant(Settings(home))
    is_good = True
    lines = [
        "| earlier turns | kind of turn | turns | understood | page hit@1 | page hit@5 |\n",
        "|---|---|---|---|---|---|\n",
    ]
    for as_understood in (False, True):
        given = f"as {'understood' if as_understood else 'asked'}"
        turns = list(understand(assistant, conversations, as_understood))
        for one in turns:
            if not one.right or not one.rank:
                what = "not found" if one.right else "misunderstood"
                print(f"{given}, {what}: {one.place} {one.turn.question} -> {one.standalone}")
        for kind in ("opening", "follow-up", "new topic"):
            told = [one for one in turns if one.kind == kind]
            right, first, found = shares(told)
            figures = f"{right:.3f} | {first:.3f} | {found:.3f}"
            lines.append(f"| {given} | {kind} | {len(told)} | {figures} |\n")
            is_good = is_good and right >= _LEAST_RIGHT and found >= _LEAST_FOUND
    assistant.close()
    kept = share_kept(unrelated_questions())
    lines.append(f"| of other questions | unrelated | {_UNRELATED_ASKED} | {kept:.3f} | | |\n")
    return lines, is_good and kept >= LEAST_KEPT


def unrelated_questions() -> Sequence[str]:
    """Return questions in whole sentences, shorthand and other words, each of another thing."""
    lines = [line for file in _UNRELATED for line in file.read_text("utf-8").splitlines()]
    asked = [json.loads(line)["question"] for line in lines]
    return random.Random(_SEED).sample(asked, _UNRELATED_ASKED + 1)


def share_kept(questions: Sequence[str]) -> float:
    """Return the share of questions that come back as they were asked after the one before."""
    kept = [
        standalone_question(one, [Turn("user", last)]) == one for last, one in pairwise(questions)
    ]
    return sum(kept) / len(kept)


def understand(
    assistant: Assistant, conversations: Sequence[Conversation], as_understood: bool
) -> Iterator[Understood]:
    """Yield each turn as it is understood after those before it."""
    for conversation in conversations:
        earlier: list[Turn] = []
        for number, turn in enumerate(conversation.turns, start=1):
            standalone = standalone_question(turn.question, earlier)
            kind = "new topic" if turn.changes_topic else "follow-up"
            kind = kind if earlier else "opening"
            yield Understood(
                f"{conversation.id}, turn {number}:",
                turn,
                kind,
                standalone,
                is_right(turn, standalone, kind),
                _rank(assistant, turn, standalone),
            )
            said = standalone if as_understood else turn.question
            earlier += [Turn("user", said), Turn("assistant", turn.answer)]


def is_right(turn: AskedTurn, standalone: str, kind: str) -> bool:
    """Tell whether a standalone question says what it must and nothing that it must not."""
    if kind != "follow-up":
        return standalone == turn.question
    holds = all(any(contains_form(standalone, f) for f in forms) for forms in turn.must_contain)
    return holds and not any(contains_form(standalone, f) for f in turn.must_not_contain)


def shares(turns: Sequence[Understood]) -> tuple[float, float, float]:
    """Return the shares of turns understood, found first, and found among the first."""
    count = max(len(turns), 1)
    return (
        sum(one.right for one in turns) / count,
        sum(one.rank == 1 for one in turns) / count,
        sum(one.rank > 0 for one in turns) / count,
    )


def _rank(assistant: Assistant, turn: AskedTurn, standalone: str) -> int:
    found = [evidence_to_json(entry) for entry in assistant.search(standalone, _DEPTH)]
    ranks = (
        rank
        for rank, entry in enumerate(found, start=1)
        if any(evidence_is_at(entry, place) for place in turn.evidence)
    )
    return next(ranks, 0)


if __name__ == "__main__":
    sys.exit(main())
