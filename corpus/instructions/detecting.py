"""Whether a sentence of a source speaks to a machine that reads it, or orders how to answer.

No word alone tells: honest sources order ("shall", "do not"), speak of assistants, ask questions.
An order that goes with who is to answer, with answering or with other rules is none of theirs.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.instructions.readable import TEMPLATES
from corpus.instructions.signs import signs_in
from corpus.instructions.unmasking import plain, readings

_LONGEST_CHARS = 4_000  # of what is looked at; a longer "sentence" is no sentence
# Shapes of what is put before a model, or made for its tools.
_SHAPES = re.compile(
    r"【\d{1,3}[:†]|^\W{0,6}(?:system|assistant|human|developer)(?: prompt| message)?[\"' *]*:\s*\S"
    r"|^\W*#{1,6}\s*(?:system|instruction|response|human|assistant|user)s?\b\W*$"
    r"|[\"'](?:tool|tool_calls?|function_call|tool_use|system_prompt|jailbreak)[\"']\s*:"
    r"|[\"']role[\"']\s*:\s*[\"'](?:system|assistant|user|developer)"
    r"|!\[[^\]]{0,200}\]\([^()\s]{0,300}[?&]\w+=(?:[{<\[)]|question|query|data|answer|prompt)"
    r"|\]\(\s*(?:javascript|data|vbscript):"
    r"|\b(?:javascript|vbscript):\S|data:text/html|<\s*(?:script|iframe|object|embed|form)\b"
    r"|\bon(?:error|load|click|mouseover)\s*=|\\href\{|\\input\{|\\write18"
    r"|^\s*[=+@]\s?[A-Za-z]+\(.*\)|^\s*-\s?(?:HYPERLINK|WEBSERVICE|IMPORT[A-Z]+|DDE)\("
    r"|\bcmd\||^\s*temperature: \d|^\W*(?:function|tool)[ _]calls?\b\s*[:(]"
    r"|^\W*(?:final )?answer\s*[:=]\s*(?:none|null|empty|unknown|n/?a|no)\b"
    r"|^\W*you are [a-z]\w*(?:bot|gpt)\b",
    re.IGNORECASE | re.MULTILINE,
)
_INVISIBLE_RUN = re.compile(  # longer than any script needs: it holds something
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef]{6,}"
)
_ALONE = frozenset(("refusal", "required", "break"))
# An order alone is advice: "Keep your magnets away from it", "Answer every question on the form".
_TOGETHER = (
    {"machine", "answering"},
    {"machine", "itself"},
    {"machine", "speaking"},
    {"rules", "itself"},
    {"rules", "order"},
    {"rules", "you"},
    {"role", "order"},
    {"secret", "order"},
    {"pressure", "order"},
    {"manner", "order", "answering"},
    {"manner", "order", "asked"},
    {"manner", "speaking", "bound"},
)
_BESIDE_IDEAL = frozenset(("asked", "manner", "itself", "machine", "role", "answering"))
_OF_ITSELF = frozenset(("manner", "matter", "bound", "asked", "answering"))  # and to speak of it
_OF_MACHINES = frozenset(("machine", "rules", "role", "secret", "pressure"))
_BESIDE_THEM = frozenset(("answering", "asked", "manner", "itself", "channel", "you"))
_SIGNS_WITHOUT_ORDER = 3
_FEWEST_WORDS = 3
_STRETCH_WORDS = 30  # in which signs go together
_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"'”’)\]])\s+|\n+|(?<=[。！？])")
_CELL_WORDS = 6  # of a cell that says nothing by itself
_LONGEST_JOINED = 600


def is_instruction(text: str) -> bool:
    """Tell whether a sentence or row speaks to a machine, or orders how to answer."""
    return _is_instruction(text[:_LONGEST_CHARS])


@lru_cache(maxsize=2_000)
def holds_instruction(text: str) -> bool:
    """Tell whether a text holds an instruction anywhere."""
    return any(map(is_instruction, _pieces(text))) or _is_split_over_cells(text)


def _pieces(text: str) -> Iterator[str]:
    return filter(None, (piece.strip() for piece in _END.split(text)))


def _is_split_over_cells(text: str) -> bool:
    """Tell whether short cells of a small table, none of them figures, make an instruction."""
    if len(text) > _LONGEST_JOINED or " | " not in text:
        return False
    cells = [cell.strip() for line in text.splitlines() for cell in line.split(" | ")]
    if any(len(cell.split()) >= _CELL_WORDS for cell in cells):
        return False
    return is_instruction(" | ".join(cell for cell in cells if not cell.isdigit()))


@lru_cache(maxsize=20_000)
def _is_instruction(text: str) -> bool:
    if not text.isascii() and _INVISIBLE_RUN.search(text):
        return True
    seen = plain(text)
    if TEMPLATES.search(seen) or _SHAPES.search(seen) or _speaks(seen):
        return True
    return any(_is_meant(reading) for reading in readings(text))


def _is_meant(reading: str) -> bool:
    """Tell whether the decoded words are an instruction; what decodes by chance has few signs."""
    return len(reading) > 7 and _speaks(reading)


def _speaks(text: str) -> bool:
    """Tell whether signs stand together in a text, in one of its stretches where it is long."""
    words = text.split()
    if len(words) < _FEWEST_WORDS and text.isascii():
        return False
    if len(words) <= _STRETCH_WORDS:
        return _is_told_by(signs_in(text))
    stretches = (
        " ".join(words[start : start + _STRETCH_WORDS])
        for start in range(0, len(words) - _STRETCH_WORDS // 2, _STRETCH_WORDS // 2)
    )
    return any(_is_told_by(signs_in(one)) for one in stretches)


def _is_told_by(signs: frozenset[str]) -> bool:
    if signs & _ALONE or any(both <= signs for both in _TOGETHER):
        return True
    if "ideal" in signs and signs & _BESIDE_IDEAL:
        return True
    if {"speaking", "itself"} <= signs and signs & _OF_ITSELF:
        return True
    return bool(signs & _OF_MACHINES) and len(signs & (_OF_MACHINES | _BESIDE_THEM)) >= (
        _SIGNS_WITHOUT_ORDER
    )
