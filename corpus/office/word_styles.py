"""What the styles of a DOCX say of the text that is written in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading ?[1-9]|title", re.IGNORECASE)
_NOTE_MARK = re.compile(r"(?:foot|end)note ?(?:reference|anchor|characters)", re.IGNORECASE)
_BODY_LEVEL = 9
_RAISED_HALF_POINTS = 4
_ANCESTORS = 12


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids, each with its ancestors' elements behind it."""

    elements: Mapping[str, Any]

    def name(self, style_id: str) -> str:
        """Return the name of a style in small letters; Word writes "heading 1" in any language.

        A style that is not described has its id for a name.
        """
        style = self.elements.get(style_id)
        return (value(style, "name") or style_id).lower()

    def is_heading(self, paragraph: Any) -> bool:
        """Tell whether a paragraph is a heading or the title of the document."""
        own = paragraph.find(f"{W}pPr")
        style_id = value(own, "pStyle")
        chain = list(self._chain(style_id))
        names = [self.name(style_id), *(value(style, "name") for style in chain)]
        if any(_HEADING.fullmatch(name) for name in names):
            return True
        for properties in (own, *(style.find(f"{W}pPr") for style in chain)):
            level = value(properties, "outlineLvl")
            if level:
                return level.isdecimal() and int(level) < _BODY_LEVEL
        return False

    def is_hidden(self, run: Any, paragraph_style: str) -> bool:
        """Tell whether a run is hidden text."""
        return self._is_on("vanish", run, paragraph_style)

    def is_bold(self, run: Any, paragraph_style: str) -> bool:
        """Tell whether a run is bold."""
        return self._is_on("b", run, paragraph_style)

    def is_raised(self, run: Any, paragraph_style: str) -> bool:
        """Tell whether a run stands above the line, as exponents and footnote marks do."""
        for properties in self._run_properties(run, paragraph_style):
            if align := value(properties, "vertAlign"):
                return align == "superscript"
            if position := value(properties, "position"):
                return position.isdecimal() and int(position) >= _RAISED_HALF_POINTS
        return False

    def is_note_mark(self, run: Any) -> bool:
        """Tell whether a run is in the style of the marks of footnotes or endnotes."""
        style_id = value(run.find(f"{W}rPr"), "rStyle")
        return bool(_NOTE_MARK.fullmatch(self.name(style_id)))

    def _is_on(self, flag: str, run: Any, paragraph_style: str) -> bool:
        for properties in self._run_properties(run, paragraph_style):
            found = properties.find(f"{W}{flag}")
            if found is not None:
                return found.get(f"{W}val") not in ("0", "false", "off", "none")
        return False

    def _run_properties(self, run: Any, paragraph_style: str) -> Iterator[Any]:
        """Yield what is said of a run, from the nearest to the furthest."""
        own = run.find(f"{W}rPr")
        if own is not None:
            yield own
        for style_id in (value(own, "rStyle"), paragraph_style):
            for style in self._chain(style_id):
                properties = style.find(f"{W}rPr")
                if properties is not None:
                    yield properties

    def _chain(self, style_id: str) -> Iterator[Any]:
        """Yield a style and those it is based on."""
        seen: set[str] = set()
        while style_id in self.elements and style_id not in seen and len(seen) < _ANCESTORS:
            seen.add(style_id)
            yield self.elements[style_id]
            style_id = value(self.elements[style_id], "basedOn")


def read_styles(root: Any) -> Styles:
    """Return the styles that a `w:styles` element holds."""
    return Styles({style.get(f"{W}styleId", ""): style for style in root.iterchildren(f"{W}style")})


def value(parent: Any, child: str) -> str:
    """Return the `w:val` of a child of an element that may be None, or ""."""
    found = None if parent is None else parent.find(f"{W}{child}")
    return "" if found is None else found.get(f"{W}val", "")
