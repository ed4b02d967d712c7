"""A process that checks sentences of drafts: `python -m assistant.drafts.check_worker`.

It is asked over its standard input and answers over its standard output; `check_process` starts and
stops it. It ends when its input closes or its parent does.
"""

from collections.abc import Mapping
from typing import Any

from assistant.assistant import Assistant
from assistant.drafts.checked import checked_line
from assistant.drafts.draft import DraftSentence
from assistant.settings import settings_of
from corpus.workers.worker_side import answer_requests
from index.passage import Filters


class _Checking:
    """Answers requests: the first opens the assistant."""

    def __init__(self) -> None:
        self._assistant: Assistant | None = None

    def __call__(self, request: Mapping[str, Any]) -> Any:
        if "open" in request:
            self._assistant = Assistant(settings_of(request["open"]))
            return {}
        assert self._assistant is not None
        filters = request["filters"]
        filters = Filters(**filters | {"source_ids": tuple(filters["source_ids"])})
        sentences = [DraftSentence(**one) for one in request["check"]]
        return [checked_line(one) for one in self._assistant.check_sentences(sentences, filters)]


if __name__ == "__main__":
    answer_requests(_Checking())
