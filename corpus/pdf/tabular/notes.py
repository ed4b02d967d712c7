"""The notes at the foot of tables and pages, found by the marks that begin them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.pdf.stored_text import TextLine
from corpus.pdf.tabular.tables import Table

_LEGEND = re.compile(r"(?:^|(?<=[.;] ))(E|NA|N/A|NM|W|XX|—|–|-{1,3}|r|s|e|p)\s([A-Z][^.;]*[.;]?)")
_PLAIN_START = re.compile(r"(\((?:\d{1,2}|[a-z])\)|\*{1,3}|†|‡)\s?(?=[A-Z“\"(])")
_GAP = 2.2  # between the lines of notes, in glyph sizes


@dataclass(frozen=True, slots=True)
class Note:
    """The text of a note, its mark, and the number of the line where it begins."""

    mark: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a page in order, and the letters and signs that its legend explains.

    `starts` are the places in the stored text where a line of notes begins.
    """

    entries: tuple[Note, ...] = ()
    legend: Mapping[str, str] = field(default_factory=dict)
    starts: frozenset[int] = frozenset()

    def of(self, marks: Iterable[str], below: int) -> tuple[str, ...]:
        """Return the notes of these marks, each once; unknown marks have none.

        Where several tables of a page use one mark, the first note below line `below` counts.
        """
        found = (self._find(mark, below) for mark in marks)
        return tuple(dict.fromkeys(note.text for note in found if note))

    def explains(self, mark: str) -> bool:
        """Tell whether there is a note of this mark."""
        return any(note.mark == mark for note in self.entries)

    def _find(self, mark: str, below: int) -> Note | None:
        found = [note for note in self.entries if note.mark == mark]
        return next((note for note in found if note.line > below), found[0] if found else None)

    def and_then(self, following: "Notes", shift: int) -> "Notes":
        """Return these notes and those of a later page, whose lines are counted on from `shift`."""
        ahead = (Note(note.mark, note.text, note.line + shift) for note in following.entries)
        return Notes((*self.entries, *ahead), {**following.legend, **self.legend}, self.starts)


def find_notes(lines: Sequence[TextLine], tables: Sequence[Table]) -> Notes:
    """Return the notes of a page: lines that begin with a mark, outside its tables."""
    in_tables = {n for table in tables for n in range(table.first, table.last + 1)}
    notes: list[Note] = []
    starts: set[int] = set()
    is_open = False
    above: TextLine | None = None
    for number, line in enumerate(lines):
        plain = _PLAIN_START.match(line.text)
        far = above is not None and not 0 < above.y - line.y <= _GAP * max(line.size, above.size)
        other = above is not None and abs(line.size - above.size) >= 0.1 * line.size
        above = line
        if number in in_tables:
            is_open = False
        elif line.mark and re.match(r"[A-Z“\"(]", line.text):
            starts.add(line.start)
            notes += _split(line, number)
            is_open = True
        elif plain and len(line.tokens) > 1:
            starts.add(line.start)
            notes.append(Note(plain[1].strip("()"), line.text[plain.end() :], number))
            is_open = True
        elif is_open and not far and not other:
            notes[-1] = replace(notes[-1], text=f"{notes[-1].text} {line.text}")
        else:
            is_open = False
    return _with_legend(notes, frozenset(starts))


def _with_legend(notes: Sequence[Note], starts: frozenset[int]) -> Notes:
    """Take the signs that a note explains ("eEstimated. NA Not available.") out of its text."""
    entries = []
    legend: dict[str, str] = {}
    for note in notes:
        if found := _LEGEND.findall(note.text):
            legend |= {sign: f"{sign} {meaning}" for sign, meaning in found}
            note = replace(note, text=_LEGEND.split(note.text)[0].strip() or note.text)
        entries.append(note)
    return Notes(tuple(entries), legend, starts)


def _split(line: TextLine, number: int) -> list[Note]:
    """Return a note for each mark on a line ("eEstimated. rRevised.")."""
    notes: list[Note] = []
    mark, words = line.mark, list[str]()
    for position, token in enumerate(line.tokens):
        begins = (
            position > 0
            and token.marks
            and token.text[:1].isupper()
            and line.tokens[position - 1].text.endswith((".", ";"))
        )
        if begins:
            notes.append(Note(mark, " ".join(words), number))
            mark, words = token.marks[0], []
        words.append(token.text)
    return [*notes, Note(mark, " ".join(words), number)]
