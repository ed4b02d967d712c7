"""The sources of a checked draft are footnotes of Word, or of Markdown, at their sentences."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from checked_sentences import REFERENCE, checked
from docx import Document
from fakes import write_files
from lxml import etree
from offices import comments_in_libreoffice, footnotes_in_libreoffice
from word_files import add_notes, refer, repacked, word_file

from assistant.drafts import CheckedSentence, Decision, Draft, draft_of, read_draft
from assistant.drafts.footnotes import with_footnotes
from assistant.drafts.markdown_notes import write_notes
from assistant.drafts.word_comments import write_word_comments
from assistant.errors import DraftError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLACE = "Annual Report, Survey, 2025, p. 4."
EXPORTS = replace(REFERENCE, title="Trade", url="https://example.org/t.pdf", number=7)


def write(document: Any) -> None:
    """Write a draft with formatting, a list and a table."""
    paragraph = document.add_paragraph("Output ")
    paragraph.add_run("rose to 40 t").bold = True
    paragraph.add_run(" in 2024. It then fell to 35 t.")
    document.add_paragraph("Exports were 12 t.", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Mine", "2024", "North", "40"), strict=True
    ):
        cell.text = text


def write_with_notes(document: Any) -> None:
    """Write a draft whose first and last sentence have footnotes already."""
    refer(document.add_paragraph("Imports were 3 t."), 1)
    write(document)
    refer(document.add_paragraph("Stocks were 9 t."), 2)
    add_notes(document, {1: "Customs.", 2: "Grants were 7 t."})


def supported(draft: Draft, *texts: str) -> list[CheckedSentence]:
    return [cited(checked(draft, text, "supported")) for text in texts]


def cited(one: CheckedSentence) -> CheckedSentence:
    return replace(one, decision=Decision(is_cited=True))


def footnotes_of(data: bytes) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a DOCX with [n] for its marks, n in their order, and its notes."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/footnotes.xml"))
    notes = {one.get(f"{_W}id"): "".join(one.itertext(f"{_W}t")).strip() for one in root}
    told, paragraphs = list[str](), list[str]()
    for paragraph in Document(BytesIO(data)).element.body.iter(f"{_W}p"):
        text = ""
        for part in paragraph.iter(f"{_W}t", f"{_W}footnoteReference"):
            if part.tag == f"{_W}t":
                text += part.text
                continue
            told.append(notes[part.get(f"{_W}id")])
            text += f"[{len(told)}]"
        paragraphs.append(text)
    return paragraphs, told


def test_a_footnote_stands_at_the_end_of_each_supported_sentence() -> None:
    draft = draft_of("d.docx", word_file(write))
    ones = supported(draft, "Output rose to 40 t in 2024.", "Exports were 12 t.", "40")
    paragraphs, notes = footnotes_of(with_footnotes(draft, ones).data)
    assert paragraphs[:2] == [
        "Output rose to 40 t in 2024.[1] It then fell to 35 t.",
        "Exports were 12 t.[2]",
    ]
    assert paragraphs[-1] == "40[3]"
    assert notes == [PLACE] * 3


def test_only_what_was_decided_to_be_cited_has_a_footnote() -> None:
    draft = draft_of("d.docx", word_file(write))
    one = checked(draft, "Exports were 12 t.", "supported")
    dismissed = replace(one, decision=Decision(is_cited=True, dismissed="rounded"))
    assert footnotes_of(with_footnotes(draft, [one, dismissed]).data)[1] == []


@pytest.mark.parametrize("verdict", ["contradicted", "not_found"])
def test_what_is_not_carried_has_no_footnote(verdict: Any) -> None:
    draft = draft_of("d.docx", word_file(write))
    one = cited(checked(draft, "Exports were 12 t.", verdict))
    assert footnotes_of(with_footnotes(draft, [one]).data)[1] == []


def test_each_source_is_told_once_with_its_address() -> None:
    draft = draft_of("d.docx", word_file(write))
    one = cited(checked(draft, "Exports were 12 t.", "partly"))
    one = replace(one, references=(REFERENCE, EXPORTS, REFERENCE))
    _, [note] = footnotes_of(with_footnotes(draft, [one]).data)
    assert note == f"{PLACE} Trade, Survey, 2025, p. 4. https://example.org/t.pdf#page=7"


def test_footnotes_of_the_draft_stay_and_are_numbered_with_the_others() -> None:
    draft = draft_of("d.docx", word_file(write_with_notes))
    texts = ("Imports were 3 t.", "Exports were 12 t.", "Stocks were 9 t.")
    ones = supported(draft, *texts, "2 Grants were 7 t.")
    paragraphs, notes = footnotes_of(with_footnotes(draft, ones).data)
    assert paragraphs[0] == "Imports were 3 t.[1],[2]"
    assert paragraphs[-1] == "Stocks were 9 t.[4],[5]"
    assert notes == ["Customs.", PLACE, PLACE, "Grants were 7 t.", PLACE]


def test_damaged_footnotes_are_an_error() -> None:
    draft = draft_of("d.docx", word_file(write_with_notes))
    bad = replace(draft, data=repacked(draft.data, {"word/footnotes.xml": b"<w:footnotes"}))
    with pytest.raises(DraftError, match="its footnotes are damaged"):
        with_footnotes(bad, supported(draft, "Exports were 12 t."))


@pytest.mark.slow
def test_footnotes_and_comments_stand_at_their_words_in_libreoffice(tmp_path: Path) -> None:
    draft = draft_of("d.docx", word_file(write_with_notes))
    ones = supported(draft, "Output rose to 40 t in 2024.", "Stocks were 9 t.")
    false = checked(draft, "It then fell to 35 t.", wrong="35 t", right="30 t")
    out = tmp_path / "out.docx"
    write_word_comments(with_footnotes(draft, ones), [false], "1 contradicted", out)
    assert footnotes_in_libreoffice(out, tmp_path) == [
        "Imports were 3 t.[1 Customs.]",
        f"Output rose to 40 t in 2024.[2 {PLACE}] It then fell to 35 t.",
        f"Stocks were 9 t.[3 Grants were 7 t.],[4 {PLACE}]",
    ]
    assert comments_in_libreoffice(out, tmp_path)[1][0] == "35 t"


@pytest.mark.parametrize("name", ["d.md", "d.txt"])
def test_footnotes_of_markdown_stand_beside_the_notes(tmp_path: Path, name: str) -> None:
    text = "Output rose to 40 t.[^1] It fell to 35 t.\n\n[^1]: Customs.\n"
    draft = read_draft(write_files(tmp_path, {name: text.partition("[^1]:")[0]}) / name)
    good = next(one for one in draft.sentences if "40 t" in one.text)
    bad = next(one for one in draft.sentences if "35 t" in one.text)
    noted = with_footnotes(draft, supported(draft, good.text))
    out = tmp_path / "out.md"
    write_notes(noted, [checked(draft, bad.text)], "1 supported, 1 contradicted", out)
    body, _, notes = out.read_text(encoding="utf-8").partition("\n---\n")
    assert "[^source-1]" in body.splitlines()[0]
    assert "It fell to 35 t.[^check-1]" in body
    assert f"[^source-1]: {PLACE}" in body
    assert "[^check-1]: Contradicted" in notes


def test_words_of_a_source_are_no_markup_in_a_footnote(tmp_path: Path) -> None:
    draft = read_draft(write_files(tmp_path, {"d.md": "Output rose to 40 t."}) / "d.md")
    [one] = supported(draft, "Output rose to 40 t.")
    evil = replace(REFERENCE, title="<img src=x> ![x](http://evil/)\n# y")
    text = with_footnotes(draft, [replace(one, references=(evil,))]).data.decode()
    assert "<img" not in text
    assert "](http" not in text
    assert "\n# y" not in text
