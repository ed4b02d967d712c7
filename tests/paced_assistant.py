"""A PacedAssistant, whose model writes a sentence each time that the test allows one.

As a program it serves the screens over one: `python paced_assistant.py FOLDER run APP ...`.
"""

import sys
import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

from fake_assistant import MCS_2026, NOT_FOUND, PRICES, FakeAssistant, citation, evidence

from assistant.answer import Answer, Seconds, Sentence, Tokens, Turn
from assistant.answer_stream import AnswerProgress
from assistant.settings import Settings
from index.passage import Filters

QUESTION = "What of prices and production?"
HOSTILE = (
    "Terbium oxide cost $1,010/kg, dysprosium oxide $239/kg "
    "![x](http://evil.example/x.png) <img src=http://evil.example/y onerror=alert(1)> "
    "[click](http://evil.example) :smile: **bold**."
)
SENTENCES = (
    Sentence("China mined 270,000 t of REO in 2025.", (1,), "supported"),
    Sentence(HOSTILE, (2,), "supported"),
    Sentence("The volumes of the quotas for 2025 were not published.", (3,), "supported"),
)
WARNINGS = (
    "2 sentences of the model were left out: no source says them.",
    "1 sentence was cut to the part that a source says.",
)
WRITTEN = Answer(
    QUESTION,
    QUESTION,
    "answered",
    "\n".join(f"{sentence.text} [{sentence.citations[0]}]" for sentence in SENTENCES),
    SENTENCES,
    (
        citation(1, MCS_2026, 2, "China 270,000 270,000 44,000,000"),
        citation(2, PRICES, 1, "Dysprosium oxide cost $239/kg, terbium oxide $1,010/kg."),
        citation(3, MCS_2026, 2, "The volumes of the quotas for 2025 were not published."),
    ),
    (evidence(MCS_2026, 2), evidence(MCS_2026, 1)),
    WARNINGS,
    "paced:1b",
    Seconds(0.2, 4.1),
    0.9,
    Tokens(1540, 120),
)


def allow(folder: Path, sentences: int) -> None:
    """Let the model write so many sentences in all; one more than there are ends the answer."""
    for number in range(1, sentences + 1):
        (folder / str(number)).touch()


class PacedAssistant(FakeAssistant):
    """Answers every question by WRITTEN, sentence by sentence as the files in a folder allow."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.settings = Settings(
            folder, model="paced:1b", model_address="http://127.0.0.1:9/v1", model_key="k3y"
        )

    def answering(
        self,
        question: str,
        turns: Sequence[Turn],
        filters: Filters,
        progress: AnswerProgress,
    ) -> Generator[Sentence, None, Answer]:
        self.asked.append((question, tuple(turns), filters))
        progress.standalone_question = question
        progress.is_model_writing = True
        for number, sentence in enumerate((*SENTENCES, None), start=1):
            while not (self.folder / str(number)).exists():
                if progress.stop.is_set():
                    return self._stopped(question, number - 1)
                time.sleep(0.02)
            if sentence:
                yield sentence
        return replace(WRITTEN, question=question, standalone_question=question)

    def _stopped(self, question: str, told: int) -> Answer:
        warning = "The model was stopped; this is what it had written."
        if not told:
            return replace(
                NOT_FOUND, question=question, standalone_question="", warnings=(warning,)
            )
        return replace(
            WRITTEN,
            question=question,
            standalone_question=question,
            text="\n".join(WRITTEN.text.splitlines()[:told]),
            sentences=SENTENCES[:told],
            citations=WRITTEN.citations[:told],
            warnings=(warning,),
        )


def _serve(folder: Path, arguments: Sequence[str]) -> None:
    from streamlit.web import cli

    import ui.resources

    assistant = PacedAssistant(folder)
    ui.resources.get_assistant = lambda: assistant  # type: ignore[assignment]
    sys.argv = ["streamlit", *arguments]
    cli.main()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), sys.argv[2:])
