"""A process that answers cases: `python -m assistant.evaluation.running.case_worker`.

It is asked over its standard input and answers over its standard output; `case_process` starts and
stops it. It ends when its input closes or its parent does.
"""

import os
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

from assistant.assistant import Assistant
from assistant.evaluation.loading.case_records import load_case
from assistant.evaluation.running.asking import answer_case, warm_up
from assistant.evaluation.running.case_process import settings_of
from corpus.frames import read_frame, write_frame
from corpus.workers.worker_side import open_channel


def main() -> int:
    """Answer requests until the input ends."""
    requests, answers = open_channel()
    _serve(requests, answers)
    return 0


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    assistant: Assistant | None = None
    while True:
        try:
            request = read_frame(requests)
        except EOFError:
            return
        try:
            if "open" in request:
                assistant = _open(request["open"])
                answer: Any = {}
            else:
                assert assistant is not None
                answer = answer_case(assistant, load_case(request["case"]))
        except Exception as error:  # whatever hinders one case, the others go on
            write_frame(answers, {"error": f"{type(error).__name__}: {error}"})
            continue
        write_frame(answers, {"answer": answer})


def _open(opening: Mapping[str, Any]) -> Assistant:
    """Open the assistant and warm it up, which is not to count as time of the first case."""
    # The libraries read this as they are loaded; more threads than cores slow all processes down.
    os.environ["OMP_NUM_THREADS"] = str(opening["threads"])
    assistant = Assistant(settings_of(opening))
    warm_up(assistant)
    return assistant


if __name__ == "__main__":
    sys.exit(main())
