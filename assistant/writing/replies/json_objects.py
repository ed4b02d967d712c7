"""JSON objects in what a language model writes, as they come, whatever stands around them.

Models put lines into fences, lists or an outer object, break them over lines, or say a word first.
"""

import json
from collections.abc import Iterable, Iterator


def json_objects(text: str) -> Iterator[str]:
    """Yield the whole objects of a text, each as it stands there.

    >>> list(json_objects('Here: ```json\\n[{"a": 1},\\n{"b": {"c": 2}}]```'))
    ['{"a": 1}', '{"b": {"c": 2}}']
    """
    yield from ObjectReader().read(text)


class ObjectReader:
    """Reads objects piece by piece. An object whose `key` holds a list is read as that list.

    `left` is what has come and belongs to no whole object yet.
    """

    def __init__(self, opened: Iterable[str] = ("sentences", "verdicts")) -> None:
        self._opened = tuple(f'"{key}"' for key in opened)
        self.left = ""

    def read(self, piece: str) -> Iterator[str]:
        """Yield the objects that are whole with a new piece of text."""
        self.left += piece
        at = self.left.find("{")
        while at >= 0:
            end = self._end(at)
            if end < 0:
                begun = self.left[at + 1 :].lstrip()
                if begun.startswith(self._opened) and "[" in begun:  # the outer object of a list
                    at = self.left.find("{", at + 1)
                    continue
                self.left = self.left[at:]
                return
            found = self.left[at:end]
            inner = found[1:].lstrip()
            if inner.startswith(self._opened):
                self.left = found[1:-1] + self.left[end:]
            else:
                self.left = self.left[end:]
                if _is_object(found):
                    yield found
            at = self.left.find("{")

    def _end(self, start: int) -> int:
        """Return the end of the object that begins at a place, -1 where it is not whole yet."""
        depth, is_text, is_escaped = 0, False, False
        for at in range(start, len(self.left)):
            sign = self.left[at]
            if is_text:
                is_text = is_escaped or sign != '"'
                is_escaped = sign == "\\" and not is_escaped
            elif sign == '"':
                is_text = True
            elif sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
                if not depth:
                    return at + 1
        return -1


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
