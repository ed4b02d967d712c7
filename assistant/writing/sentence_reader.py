"""Sentences out of a text that comes in pieces, and the keys that stood between them."""

import re

from assistant.sentences import sentence_spans

# "[k4f7]", "[1]", "【4†source】"; not the words of a link: "[USGS](https://...)".
_MARK = re.compile(r"[ \t]*[\[【](?P<key>[^\[\]【】\n]{1,60})[\]】](?=[^(])")
_BETWEEN_KEYS = re.compile(r"[,;]")  # "[k4f7, k1]"
_THOUGHT, _THOUGHT_END = "<think>", "</think>"  # which some servers send as part of the answer


class SentenceReader:
    """Takes a text piece by piece and gives its sentences as soon as each is whole.

    `keys` are the bracketed marks that were taken out of the text so far.
    """

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._text = ""

    @property
    def waiting(self) -> int:
        """How many letters wait for their sentence to end; what a model thinks aloud is none."""
        return 0 if self._starts_with_thought() else len(self._text)

    def take(self, piece: str) -> tuple[str, ...]:
        """Return the sentences that a further piece completes.

        A sentence is whole when the next has begun: "No. 18" may yet follow "No.".
        """
        self._text += piece
        if self._is_thinking():
            return ()
        self._text = _MARK.sub(self._without, self._text)
        spans = sentence_spans(self._text)
        if len(spans) < 2:
            return ()
        sentences = tuple(self._text[first:last] for first, last in spans[:-1])
        self._text = self._text[spans[-1][0] :]
        return sentences

    def rest(self) -> tuple[str, ...]:
        """Return what is left at the end of the text."""
        if self._is_thinking():
            return ()
        text = _MARK.sub(self._without, f"{self._text} ")
        self._text = ""
        return tuple(text[first:last] for first, last in sentence_spans(text))

    def _is_thinking(self) -> bool:
        """Tell whether the text is still what the model thought aloud, and drop it once it ends."""
        if not self._starts_with_thought():
            return False
        _, end, after = self._text.partition(_THOUGHT_END)
        if end:
            self._text = after
        return not end

    def _starts_with_thought(self) -> bool:
        return self._text.lstrip().startswith(_THOUGHT)

    def _without(self, mark: re.Match[str]) -> str:
        self.keys += map(str.strip, _BETWEEN_KEYS.split(mark["key"]))
        return ""
