"""DOCX files for tests: made by python-docx, with hand-made XML where it cannot write."""

import random
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PART_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


def word_file(write: Callable[[Any], None]) -> bytes:
    """Return the DOCX that `write` makes of an empty document."""
    document = Document()
    write(document)
    return saved(document)


def saved(document: Any) -> bytes:
    """Return a document of python-docx or python-pptx as the bytes of its file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def add_xml(document: Any, xml: str) -> None:
    """Append a paragraph or table given as XML, with prefix w declared."""
    start = xml.index(">") if "/>" not in xml[: xml.index(">") + 1] else xml.index("/>")
    element = parse_xml(f"{xml[:start]} {NAMESPACE}{xml[start:]}")
    body = document.element.body
    body.insert(len(body) - 1, element)


def add_notes(document: Any, notes: Mapping[int, str], kind: str = "footnotes") -> None:
    """Add the part of footnotes or endnotes: their texts by their ids."""
    one = kind[:-1]
    written = "".join(
        f'<w:{one} w:id="{number}"><w:p><w:r><w:{one}Ref/></w:r><w:r><w:t xml:space="preserve">'
        f" {words}</w:t></w:r></w:p></w:{one}>"
        for number, words in notes.items()
    )
    xml = (
        f'<w:{kind} {NAMESPACE}><w:{one} w:type="separator" w:id="-1"><w:p/></w:{one}>'
        f"{written}</w:{kind}>"
    )
    add_part(document, kind, xml)


def add_part(document: Any, kind: str, xml: str) -> str:
    """Add a part of a kind that python-docx cannot make; return the id of its relation."""
    place = PackURI(f"/word/{kind}.xml")
    part = Part(place, _PART_TYPE.format(kind), xml.encode(), document.part.package)
    return document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, kind.upper()))


def refer(paragraph: Any, number: int, kind: str = "footnote") -> None:
    """Append the mark of a note to a paragraph."""
    paragraph._p.append(
        parse_xml(
            f"<w:r {NAMESPACE}><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
            f'<w:{kind}Reference w:id="{number}"/></w:r>'
        )
    )


def repacked(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return a zip with members replaced or added, or left out where they are None."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            if member not in changes:
                new.writestr(member, old.read(member), zipfile.ZIP_DEFLATED)
        for member, content in changes.items():
            if content is not None:
                new.writestr(member, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def damaged(data: bytes, parts: Sequence[str]) -> Iterator[bytes]:
    """Yield copies of a zip in which bytes of one of the parts are changed or missing."""
    chance = random.Random(7)
    for turn in range(28):
        part = parts[turn % len(parts)]
        content = bytearray(zipfile.ZipFile(BytesIO(data)).read(part))
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(content))
            if chance.random() < 0.5:
                content[place] = chance.randrange(256)
            else:
                del content[place : place + chance.randint(1, 40)]
        yield repacked(data, {part: bytes(content)})
