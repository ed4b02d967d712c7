"""A PacedAssistant, whose model writes a sentence each time that the test allows one.

As a program it runs the screens or the command line over one:
`python paced_assistant.py FOLDER screens run APP` or `... FOLDER terminal ask QUESTION`.
"""

import sys
import time
from collections.abc import Generator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from fake_assistant import MCS_2026, NOT_FOUND, PRICES, FakeAssistant, citation, evidence

from assistant.answer import (
    Answer,
    Seconds,
    Sentence,
    SetAside,
    Tokens,
    Turn,
    Written,
)
from assistant.answer.answer_stream import AnswerProgress
from assistant.answer.answer_words import sentence_with_markers
from assistant.settings import Settings
from assistant.writing import left_out
from index.passage import Filters

QUESTION = "What of prices and production?"
HOSTILE = (
    "Terbium oxide cost $1,010/kg, dysprosium oxide $239/kg "
    "![x](http://evil.example/x.png) <img src=http://evil.example/y onerror=alert(1)> "
    "[click](http://evil.example) :smile: **bold**."
)
QUOTED = citation(1, MCS_2026, 2, "China 270,000 270,000 44,000,000")
SENTENCES = (
    Sentence("China mined 270,000 t of REO in 2025.", (1,), "supported"),
    Sentence(HOSTILE, (2,), "supported"),
    Sentence("The volumes of the quotas for 2025 were not published.", (3,), "supported"),
)
ASIDE = (
    SetAside("Terbium oxide cost $1,010/kg in 2019.", "unverified", "2019 is not in its quotes"),
    SetAside("China mined 310,000 t.", "contradicted", "the quote gives 270,000", (QUOTED,)),
)
COUNTED = Written(sentences=5, kept=3, removed=(("contradicted", 1), ("unverified", 1)))
WRITTEN = Answer(
    QUESTION,
    QUESTION,
    "answered",
    " ".join(map(sentence_with_markers, SENTENCES)),
    SENTENCES,
    (
        citation(1, MCS_2026, 2, "China 270,000 270,000 44,000,000"),
        citation(2, PRICES, 1, "Dysprosium oxide cost $239/kg, terbium oxide $1,010/kg."),
        citation(3, MCS_2026, 2, "The volumes of the quotas for 2025 were not published."),
    ),
    (evidence(MCS_2026, 2), evidence(MCS_2026, 1)),
    tuple(left_out(COUNTED)),
    "paced:1b",
    Seconds(0.2, 0.1, 4.0),
    0.9,
    Tokens(1540, 120),
    written=COUNTED,
    set_aside=ASIDE,
)


def allow(folder: Path, sentences: int) -> None:
    """Let the model write so many sentences in all; one more than there are ends the answer."""
    for number in range(1, sentences + 1):
        (folder / str(number)).touch()


def pause(folder: Path) -> None:
    """Let the model write nothing until it is allowed again."""
    for file in folder.iterdir():
        file.unlink()


class PacedAssistant(FakeAssistant):
    """Answers every question by WRITTEN, sentence by sentence as the files in a folder allow.

    With a file "deaf" it hears of no stop; with one "turning" it ends with another answer. Once
    it was stopped there is a file "stopped". A warning says how many turns came before a follow-up.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.looked_again = 0
        self.settings = Settings(
            folder, model="paced:1b", model_address="http://127.0.0.1:9/v1", model_key="k3y"
        )

    def warm_up(self) -> None:
        """Have nothing to load."""

    def look_for_model_again(self) -> None:
        self.looked_again += 1

    def answering(
        self,
        question: str,
        turns: Sequence[Turn],
        filters: Filters,
        progress: AnswerProgress,
    ) -> Generator[Sentence, None, Answer]:
        self.asked.append((question, tuple(turns), filters))
        if self.error:
            raise self.error
        progress.standalone_question = question
        progress.stage = "writing"
        for number, sentence in enumerate((*SENTENCES, None), start=1):
            while not (self.folder / str(number)).exists():
                if progress.stop.is_set() and not (self.folder / "deaf").exists():
                    return self._stopped(question, number - 1)
                time.sleep(0.02)
            if sentence:
                yield sentence
        if (self.folder / "turning").exists():
            return NOT_FOUND
        if (self.folder / "absent").exists():
            return replace(NOT_FOUND, question=question, written=Written(fault="nobody is there"))
        told = (*WRITTEN.warnings, *([f"turns before: {len(turns)}"] if turns else []))
        return replace(WRITTEN, question=question, standalone_question=question, warnings=told)

    def _stopped(self, question: str, told: int) -> Answer:
        (self.folder / "stopped").touch()
        warning = "The model was stopped; this is what it had written."
        if not told:
            return replace(
                NOT_FOUND, question=question, standalone_question="", warnings=(warning,)
            )
        return replace(
            WRITTEN,
            question=question,
            standalone_question=question,
            text=" ".join(map(sentence_with_markers, SENTENCES[:told])),
            sentences=SENTENCES[:told],
            citations=WRITTEN.citations[:told],
            warnings=(warning,),
        )


def _serve(assistant: PacedAssistant) -> None:
    from streamlit.web import cli

    import ui.resources

    ui.resources.get_assistant = lambda: assistant  # type: ignore[assignment]
    cli.main()


def _run_command(assistant: PacedAssistant) -> None:
    from assistant.cli import asking
    from assistant.cli import main as run

    asking.open_assistant = lambda _: nullcontext(assistant)  # type: ignore[assignment]
    run()


if __name__ == "__main__":
    folder, kind, *arguments = sys.argv[1:]
    sys.argv = [sys.argv[0], *arguments]
    {"screens": _serve, "terminal": _run_command}[kind](PacedAssistant(Path(folder)))
