"""The text of DOCX paragraphs: tracked changes as accepted, hidden text left out, marks told.

Footnotes are numbered as their marks are met, since a DOCX holds no numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.office.word_notes import Notes
from corpus.office.word_styles import Styles, W, value
from corpus.repair.raised import Piece

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = {f"{W}{tag}" for tag in "hyperlink ins moveTo smartTag fldSimple customXml".split()}
_WRAPPERS |= {f"{W}{tag}" for tag in "sdt sdtContent dir bdo ruby rubyBase".split()}
_WRAPPERS |= {f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"}
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
_CHARACTERS |= {f"{W}noBreakHyphen": "-"}
_SYMBOL_FONT = {0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xBB: "≈"}
_SYMBOL_FONT |= {0x2D: "−", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "µ", 0x44: "Δ"}


@dataclass(slots=True)
class Told:
    """What was met in a document that its reader should know of."""

    changes: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class WordText:
    """Reads the text of elements under the styles and notes of their document."""

    styles: Styles
    notes: Notes
    told: Told = field(default_factory=Told)

    def pieces(self, paragraph: Any) -> list[Piece]:
        """Return the words of a paragraph; the paragraphs of its text boxes are not among them."""
        style_id = value(paragraph.find(f"{W}pPr"), "pStyle")
        return list(self._inside(paragraph, style_id))

    def is_bold(self, paragraph: Any) -> bool:
        """Tell whether all words of a paragraph are bold."""
        style_id = value(paragraph.find(f"{W}pPr"), "pStyle")
        runs = [run for run in paragraph.iter(f"{W}r") if any(run.itertext(f"{W}t"))]
        return bool(runs) and all(self.styles.is_bold(run, style_id) for run in runs)

    def _inside(self, parent: Any, style_id: str) -> Iterator[Piece]:
        for child in accepted(parent):
            if child.tag == f"{W}r":
                yield from self._run(child, style_id)
            elif child.tag in _WRAPPERS:
                yield from self._inside(child, style_id)
            elif child.tag in (f"{_M}oMath", f"{_M}oMathPara"):
                yield from _formula(child)
            elif child.tag in (f"{W}del", f"{W}moveFrom"):
                self.told.changes = True
            self.told.changes |= child.tag in (f"{W}ins", f"{W}moveTo")

    def _run(self, run: Any, style_id: str) -> Iterator[Piece]:
        if self.styles.is_hidden(run, style_id):
            self.told.hidden = True
            return
        raised = self.styles.is_raised(run, style_id)
        mark = self.styles.is_note_mark(run)
        for child in run:
            if child.tag == f"{W}t":
                yield Piece(child.text or "", raised, mark)
            elif child.tag in _CHARACTERS:
                yield Piece(_CHARACTERS[child.tag])
            elif child.tag == f"{W}sym":
                yield Piece(_symbol(child), raised, mark)
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                custom = child.get(f"{W}customMarkFollows") in ("1", "true", "on")
                own = "".join(text for text in run.itertext(f"{W}t")) if custom else ""
                number = self.notes.meet(child, own)
                if not own:
                    yield Piece(number, is_mark=True)
                mark = mark or custom
            elif child.tag in _WRAPPERS:
                yield from self._inside(child, style_id)


def accepted(parent: Any) -> Iterator[Any]:
    """Yield the children of an element that are read: of two forms of one thing, the first."""
    if parent.tag == f"{_MC}AlternateContent":
        yield from list(parent)[:1]
    elif parent.tag == f"{W}sdt":
        placeholder = parent.find(f"{W}sdtPr/{W}showingPlcHdr")
        if placeholder is None:
            yield from parent.iterchildren(f"{W}sdtContent")
    else:
        yield from parent.iterchildren(tag="*")


def text_boxes(parent: Any) -> Iterator[Any]:
    """Yield the contents of the text boxes that are anchored in an element, outermost only."""
    for child in accepted(parent):
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in (f"{W}del", f"{W}moveFrom", f"{W}tbl"):
            yield from text_boxes(child)


def _formula(parent: Any) -> Iterator[Piece]:
    """Yield a formula on one line."""
    for child in parent.iterchildren(tag="*"):
        if child.tag == f"{_M}t":
            yield Piece(child.text or "")
        elif child.tag == f"{_M}sSup":
            for part in child.iterchildren(f"{_M}e"):
                yield from _formula(part)
            for part in child.iterchildren(f"{_M}sup"):
                yield Piece("".join(piece.text for piece in _formula(part)), is_raised=True)
        elif child.tag == f"{_M}den":
            yield Piece("/")
            yield from _formula(child)
        else:
            yield from _formula(child)


def _symbol(element: Any) -> str:
    """Return a character that is given by its place in a font of symbols."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        return _SYMBOL_FONT.get(code - 0xF000, "")
    return chr(code) if code in range(0x20, 0xD800) else ""
