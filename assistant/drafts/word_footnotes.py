"""Footnotes put into a DOCX, each at the end of a sentence; those that it has stay as they are."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from assistant.drafts.draft import Draft
from assistant.drafts.word_letters import SPACE, W, letters_of, part_run, sentence_places
from assistant.errors import DraftError

_PLACE = "/word/footnotes.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_MARK = f"{W}footnoteReference"
_HALF_POINTS = "18"  # of the type of a note
_EMPTY = f"""<w:footnotes xmlns:w="{W[1:-1]}">
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>
</w:footnote></w:footnotes>"""


def with_word_footnotes(draft: Draft, notes: Mapping[str, str]) -> bytes:
    """Return the file of a draft with notes at its sentences, by their ids.

    A sentence that stands in a footnote gets none. Raises DraftError where those that the file has
    are damaged.
    """
    from docx import Document
    from docx.opc.oxml import serialize_part_xml
    from lxml.etree import XMLSyntaxError

    document: Any = Document(BytesIO(draft.data))
    letters = letters_of(document.element.body)
    places = sentence_places(draft, "".join(one.sign for one in letters))
    ends = {places[id][1] - 1: words for id, words in notes.items() if places[id][0] >= 0}
    try:
        part, root = _notes_part(document)
        for end, words in sorted(ends.items(), reverse=True):  # so that earlier places stay
            part_run(letters[end].run, letters[end].offset + 1)
            id = f"ours-{end}"
            _refer(letters[end].run, id)
            root.append(_note(id, words))
        _put_in_order(root, document.element.body)
    except (XMLSyntaxError, ValueError, TypeError) as error:
        raise DraftError(
            f"{draft.name}: its footnotes are damaged ({error}); check it without --footnotes"
        ) from error
    part._blob = serialize_part_xml(root)  # python-docx keeps a part that it does not know as bytes
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _notes_part(document: Any) -> tuple[Any, Any]:
    """Return the part of a document that holds its footnotes, and its XML; made where missing."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            part = relation.target_part
            return part, parse_xml(part.blob)
    part = Part(PackURI(_PLACE), _TYPE, _EMPTY.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part, parse_xml(part.blob)


def _put_in_order(root: Any, body: Any) -> None:
    """Number notes in the order of their marks, and put them into it: LibreOffice counts on it."""
    told = list(root.iterchildren(f"{W}footnote"))
    notes = {one.get(f"{W}id"): one for one in told if not one.get(f"{W}type")}
    marks = [one for one in body.iter(_MARK) if one.get(f"{W}id") in notes]
    order = list(dict.fromkeys([*(one.get(f"{W}id") for one in marks), *notes]))
    first = 1 + max((int(one.get(f"{W}id")) for one in told if one.get(f"{W}type")), default=0)
    numbers = {id: str(number) for number, id in enumerate(order, max(first, 1))}
    for mark in marks:
        mark.set(f"{W}id", numbers[mark.get(f"{W}id")])
    for id in order:
        notes[id].set(f"{W}id", numbers[id])
        root.append(notes[id])


def _refer(run: Any, id: str) -> None:
    """Put the mark of a note after a run, and after the marks that stand there, with a comma."""
    last = run
    while (following := last.getnext()) is not None and following.find(_MARK) is not None:
        last = following
    if last is not run or run.find(_MARK) is not None:
        comma = _raised_run()
        comma.append(_text(","))
        last.addnext(comma)
        last = comma
    mark = _raised_run()
    mark.append(_element("footnoteReference", id=id))
    last.addnext(mark)


def _note(id: str, words: str) -> Any:
    sign, text = _raised_run(), _element("r")
    sign.append(_element("footnoteRef"))
    properties = _element("rPr")
    properties.append(_element("sz", val=_HALF_POINTS))
    text.extend([properties, _text(f" {words}")])
    paragraph = _element("p")
    paragraph.extend([sign, text])
    note = _element("footnote", id=id)
    note.append(paragraph)
    return note


def _raised_run() -> Any:
    run, properties = _element("r"), _element("rPr")
    properties.append(_element("vertAlign", val="superscript"))
    run.append(properties)
    return run


def _text(words: str) -> Any:
    text = _element("t")
    text.text = words
    text.set(SPACE, "preserve")
    return text


def _element(name: str, **values: str) -> Any:
    from docx.oxml import OxmlElement

    made: Any = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(f"{W}{key}", value)
    return made
