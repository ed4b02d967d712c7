"""A process that answers cases: `python -m assistant.evaluation.running.case_worker`.

It is asked over its standard input and answers over its standard output; `case_process` starts and
stops it. It ends when its input closes or its parent does.
"""

import os
from collections.abc import Mapping
from typing import Any

from assistant.assistant import Assistant
from assistant.evaluation.loading.case_records import load_case
from assistant.evaluation.running.asking import answer_case, warm_up
from assistant.settings import settings_of
from corpus.workers.worker_side import answer_requests


class _Answering:
    """Answers requests: the first opens the assistant."""

    def __init__(self) -> None:
        self._assistant: Assistant | None = None

    def __call__(self, request: Mapping[str, Any]) -> Any:
        if "open" in request:
            self._assistant = _open(request["open"])
            return {}
        assert self._assistant is not None
        return answer_case(self._assistant, load_case(request["case"]))


def _open(opening: Mapping[str, Any]) -> Assistant:
    """Open the assistant and warm it up, which is not to count as time of the first case."""
    # The libraries read this as they are loaded; more threads than cores slow all processes down.
    os.environ["OMP_NUM_THREADS"] = str(opening["threads"])
    assistant = Assistant(settings_of(opening))
    warm_up(assistant)
    return assistant


if __name__ == "__main__":
    answer_requests(_Answering())
