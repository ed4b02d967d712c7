"""The glyphs of a PDF page with their places: what pypdf's own text extraction does not tell.

pypdf reads the file, its streams and its fonts; this module follows the text operators of a page
(ISO 32000-1, 9.4) and notes where each glyph is set. Turned pages are turned upright.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.pdf.glyphs.operators import text_operations
from corpus.pdf.glyphs.visible import Glyph, upright, without_second_prints

Matrix = tuple[float, float, float, float, float, float]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SHORT = 2  # bytes: a glyph by itself
_FORM_DEPTH = 16
_FORMS = 5_000  # that one page may draw
GLYPHS = 300_000  # that one page may show; a dense page of text has 8,000


@dataclass(slots=True)
class _State:
    """The graphics state that text depends on."""

    cm: Matrix = _IDENTITY
    font: "_Typeface | None" = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


class GlyphReader:
    """Reads the glyphs of the pages of one open file; fonts are parsed once for all its pages."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._fonts: dict[object, _Typeface] = {}

    def read(self, page: Any) -> list[Glyph]:
        """Return the glyphs of a page, in the order in which they are drawn, upright.

        Glyphs outside the page's visible box, and a second print of the same glyph in the same
        place (a way to make bold type), are left out.
        """
        drawing = _Drawing(self._reader, self._fonts)
        drawing.draw(page.get("/Contents"), page.get("/Resources"), _IDENTITY)
        left, bottom, right, top = (float(edge) for edge in page.cropbox)
        shown = [
            glyph
            for glyph in drawing.glyphs
            if left - 2 <= glyph.x0 <= right + 2 and bottom - 2 <= glyph.y <= top + 2
        ]
        return upright(without_second_prints(shown))


def is_bold(font_name: str) -> bool:
    """Tell whether a font is bold by its name."""
    return bool(_BOLD.search(font_name))


class _Drawing:
    """The glyphs drawn so far by a page's content and the forms it draws."""

    def __init__(self, reader: Any, fonts: dict[object, "_Typeface"]) -> None:
        self.glyphs: list[Glyph] = []
        self._reader = reader
        self._fonts = fonts
        self._open_forms: list[object] = []
        self._forms = 0

    def draw(self, content: Any, resources: Any, matrix: Matrix) -> None:
        """Follow a content stream under a matrix."""
        from pypdf.generic import ContentStream

        if content is None:
            return
        # "bytes": a string stays the codes of its font, and is not taken for text of its own.
        content = ContentStream(content.get_object(), self._reader, "bytes")
        resources = resources.get_object() if resources is not None else {}
        state = _State(cm=matrix)
        saved: list[_State] = []
        tm = line = _IDENTITY
        for operands, operator in text_operations(content):
            match operator:
                case b"Tj" if operands:
                    tm = self._show(operands[:1], state, tm)
                case b"TJ" if operands and isinstance(operands[0], list):
                    tm = self._show(operands[0], state, tm)
                case b"Td" | b"TD" if len(operands) >= 2:
                    x, y = _number(operands[0]), _number(operands[1])
                    if operator == b"TD":
                        state.leading = -y
                    tm = line = _multiply((1, 0, 0, 1, x, y), line)
                case b"Tm" if len(operands) >= 6:
                    tm = line = _matrix(operands)
                case b"T*":
                    tm = line = _multiply((1, 0, 0, 1, 0, -state.leading), line)
                case b"'" if operands:
                    line = _multiply((1, 0, 0, 1, 0, -state.leading), line)
                    tm = self._show(operands[:1], state, line)
                case b'"' if len(operands) >= 3:
                    state.word_space, state.char_space = map(_number, operands[:2])
                    line = _multiply((1, 0, 0, 1, 0, -state.leading), line)
                    tm = self._show(operands[2:3], state, line)
                case b"BT":
                    tm = line = _IDENTITY
                case b"Tf" if len(operands) >= 2:
                    state.font = self._font(resources, operands[0])
                    state.size = _number(operands[1])
                case b"Tc" if operands:
                    state.char_space = _number(operands[0])
                case b"Tw" if operands:
                    state.word_space = _number(operands[0])
                case b"Tz" if operands:
                    state.scale = _number(operands[0]) / 100
                case b"TL" if operands:
                    state.leading = _number(operands[0])
                case b"Ts" if operands:
                    state.rise = _number(operands[0])
                case b"q":
                    saved.append(replace(state))
                case b"Q" if saved:
                    state = saved.pop()
                case b"cm" if len(operands) >= 6:
                    state.cm = _multiply(_matrix(operands), state.cm)
                case b"Do" if operands:
                    self._draw_form(resources, operands[0], state.cm)
                case _:
                    pass

    def _draw_form(self, resources: Any, name: object, matrix: Matrix) -> None:
        forms = resources.get("/XObject")
        form = forms.get_object().get(name) if forms is not None else None
        form = form.get_object() if form is not None else None
        if form is None or form.get("/Subtype") != "/Form" or form in self._open_forms:
            return
        if len(self._open_forms) >= _FORM_DEPTH or self._forms >= _FORMS:
            return
        self._forms += 1
        self._open_forms.append(form)
        own = form.get("/Matrix")
        if own is not None and len(own) == 6:
            matrix = _multiply(_matrix(own.get_object()), matrix)
        self.draw(form, form.get("/Resources", resources), matrix)
        self._open_forms.pop()

    def _font(self, resources: Any, name: object) -> "_Typeface | None":
        from pypdf.generic._font import Font

        fonts = resources.get("/Font")
        found = fonts.get_object().raw_get(name) if fonts is not None and name in fonts else None
        if found is None:
            return None
        key = (found.idnum, found.generation) if hasattr(found, "idnum") else id(found)
        if key not in self._fonts:
            font = Font.from_font_resource(found.get_object())
            self._fonts[key] = _Typeface(font, is_bold(font.name))
        return self._fonts[key]

    def _show(self, parts: Sequence[object], state: _State, tm: Matrix) -> Matrix:
        """Note the glyphs of the strings among `parts`; return the text matrix after them."""
        font, size, scale = state.font, state.size, state.scale
        if font is None:
            return tm
        a, b, c, d, e, f = _multiply(tm, state.cm)
        height = size * math.hypot(c, d)
        turn = round(math.atan2(b, a) / (math.pi / 2)) % 4
        rise_x, rise_y = state.rise * c, state.rise * d
        along = math.hypot(a, b)
        bold = font.bold
        pen = 0.0  # in unscaled text space along the line
        for part in parts:
            if isinstance(part, (int, float)):
                pen -= part / 1000 * size * scale
                continue
            if not isinstance(part, (bytes, str)):
                continue
            for text, width, is_space in font.decode(part):
                advance = width / 1000 * size
                x, y = e + pen * a + rise_x, f + pen * b + rise_y
                self.glyphs.append(
                    Glyph(text, x, x + advance * scale * along, y, abs(height), turn, bold)
                )
                pen += (advance + state.char_space + state.word_space * is_space) * scale
            if len(self.glyphs) > GLYPHS:
                raise ValueError(f"the page shows more than {GLYPHS:,} glyphs")
        return (*tm[:4], tm[4] + pen * tm[0], tm[5] + pen * tm[1])


class _Typeface:
    """A font and what it showed before: many programs show each glyph by itself."""

    def __init__(self, font: Any, bold: bool) -> None:
        self.bold = bold
        self._font = font
        self._decoded: dict[bytes, list[tuple[str, float, bool]]] = {}

    def decode(self, shown: bytes | str) -> list[tuple[str, float, bool]]:
        """Return the glyphs of a string as `_decode` does."""
        if len(shown) > _SHORT or isinstance(shown, str):
            return _decode(shown, self._font)
        decoded = self._decoded.get(shown)
        if decoded is None:
            decoded = self._decoded[shown] = _decode(shown, self._font)
        return decoded


def _decode(shown: bytes | str, font: Any) -> list[tuple[str, float, bool]]:
    """Return text, width in thousandths of the font size, and whether the code is a space."""
    if isinstance(shown, str):
        return [(sign, font.get_text_width(sign), sign == " ") for sign in shown]
    if isinstance(font.encoding, str):
        codes = shown.decode(font.encoding, "replace")
        decoded = list(codes)
    else:
        codes = "".join(map(chr, shown))
        decoded = [font.encoding.get(byte, chr(byte)) for byte in shown]
    glyphs = []
    for code, signs in zip(codes, decoded, strict=True):
        text = "".join(font.character_map.get(sign, sign) for sign in signs)
        if text == "\x7f":
            text = "•"  # what WinAnsiEncoding has for its unused codes (ISO 32000-1, annex D)
        is_space = code == font.space_char
        width = font.space_width if is_space else font.get_text_width(code)
        glyphs.append((text, float(width), is_space))
    return glyphs


def _matrix(operands: Sequence[object]) -> Matrix:
    a, b, c, d, e, f = (_number(operand) for operand in operands[:6])
    return a, b, c, d, e, f


def _number(operand: object) -> float:
    return float(operand) if isinstance(operand, (int, float)) else 0.0


def _multiply(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
