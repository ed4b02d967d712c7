"""The footnotes and endnotes of a DOCX: their numbers, and which were met but not yet written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.office.word_styles import W, value
from corpus.repair.marked import Marked, join

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_SIGNS = "*†‡§"
_LAST_LETTER = 130  # five of a kind; nobody counts further


@dataclass(frozen=True, slots=True)
class _Note:
    element: Any
    mark: str


@dataclass(slots=True)
class Notes:
    """The notes of a document, numbered in the order in which they are met.

    `footnotes` and `endnotes` are the elements by their ids; `formats` says how each kind is
    numbered.
    """

    footnotes: dict[str, Any] = field(default_factory=dict)
    endnotes: dict[str, Any] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    _marks: dict[tuple[str, str], str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _pending: list[_Note] = field(default_factory=list)

    def meet(self, reference: Any, own_mark: str) -> str:
        """Return the mark of the note that is referred to; it waits then for being written."""
        kind = "endnote" if reference.tag == f"{W}endnoteReference" else "footnote"
        key = (kind, reference.get(f"{W}id", ""))
        if key not in self._marks:
            mark = own_mark
            if not mark:
                self._counts[kind] = self._counts.get(kind, 0) + 1
                mark = _numeral(self._counts[kind], self.formats.get(kind, "decimal"))
            self._marks[key] = mark
            element = (self.endnotes if kind == "endnote" else self.footnotes).get(key[1])
            if element is not None:
                self._pending.append(_Note(element, mark))
        return self._marks[key]

    def pending(self) -> int:
        """Return how many notes were met and not taken."""
        return len(self._pending)

    def take(self, words_of: Callable[[Any], Marked], keep: int = 0) -> list[Marked]:
        """Return the notes that were met, each with its mark, but for the first `keep` of them."""
        taken: list[Marked] = []
        while len(self._pending) > keep:  # a note may itself refer to one
            note = self._pending.pop(keep)
            if (words := words_of(note.element)).text.strip():
                taken.append(join((note.mark, words), " "))
        return taken


def read_notes(footnotes: Sequence[Any], endnotes: Sequence[Any], settings: Sequence[Any]) -> Notes:
    """Return the notes of the roots of their parts; the settings say how they are numbered."""
    formats = {"footnote": "decimal", "endnote": "lowerRoman"}
    for root in settings:
        for kind in formats:
            formats[kind] = value(root.find(f"{W}{kind}Pr"), "numFmt") or formats[kind]
    return Notes(_by_id(footnotes), _by_id(endnotes), formats)


def _by_id(roots: Sequence[Any]) -> dict[str, Any]:
    return {
        note.get(f"{W}id", ""): note
        for root in roots
        for note in root.iterchildren(f"{W}footnote", f"{W}endnote")
        if note.get(f"{W}type", "normal") == "normal"
    }


def _numeral(number: int, form: str) -> str:
    if number > _LAST_LETTER:
        return str(number)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form == "chicago":
        return _SIGNS[(number - 1) % len(_SIGNS)] * ((number - 1) // len(_SIGNS) + 1)
    if form in ("lowerRoman", "upperRoman") and number < 40:
        roman = ""
        for size, letters in _ROMAN:
            count, number = divmod(number, size)
            roman += letters * count
        return roman.upper() if form == "upperRoman" else roman
    return str(number)
