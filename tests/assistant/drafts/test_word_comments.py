"""A checked DOCX comes back with comments at the right words and nothing else changed."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from checked_sentences import REFERENCE, checked
from docx import Document
from offices import comments_in_libreoffice
from word_files import add_notes, add_xml, word_file

from assistant.drafts import CheckedSentence, Decision, read_draft
from assistant.drafts.word_comments import write_word_comments
from assistant.errors import DraftError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SUMMARY = "1 contradicted"


def write(document: Any) -> None:
    """Write a draft with formatting, a list, a table, a link and tracked changes."""
    document.add_heading("Output", 1)
    paragraph = document.add_paragraph("Output ")
    paragraph.add_run("rose").bold = True
    paragraph.add_run(" to 40 t in 2024. It then ")
    paragraph.add_run("fell to 35 t.").italic = True
    document.add_paragraph("Exports were 12 t.", style="List Bullet")
    add_xml(
        document,
        '<w:p><w:r><w:t xml:space="preserve">Stocks were </w:t></w:r><w:del w:id="1"><w:r>'
        '<w:delText>8</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>9</w:t></w:r></w:ins>'
        "<w:r><w:t> t in March.</w:t></w:r></w:p>",
    )
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Mine", "2024", "North", "40"), strict=True
    ):
        cell.text = text
    document.add_paragraph("Sales were 5 t")
    add_xml(
        document,
        '<w:p><w:r><w:t>Imports were 3 t.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "</w:p>",
    )
    add_notes(document, {2: "Grants were 7 t."})


@pytest.fixture
def draft_file(tmp_path: Path) -> Path:
    file = tmp_path / "draft.docx"
    file.write_bytes(word_file(write))
    return file


def comments_of(file: Path) -> list[tuple[str, str]]:
    """Return each comment with the words that it is on, in the order of the text."""
    document = Document(BytesIO(file.read_bytes()))
    told = {comment.comment_id: comment.text for comment in document.comments}
    return [(words, told[number]) for number, words in _ranges(document.element.body)]


def _ranges(body: Any) -> Iterator[tuple[int, str]]:
    open_: dict[int, str] = {}
    order: list[int] = []
    for element in body.iter():
        number = int(element.get(f"{_W}id", "-1"))
        if element.tag == f"{_W}commentRangeStart":
            open_[number] = ""
            order.append(number)
        elif element.tag == f"{_W}commentRangeEnd":
            yield number, open_.pop(number)
        elif element.tag == f"{_W}t":
            for one in open_:
                open_[one] += element.text or ""
    assert not open_


def without_comments(file: Path) -> list[tuple[str, str, str]]:
    """Return the letters of a document with their formatting and tracked change."""
    document = Document(BytesIO(file.read_bytes()))
    letters = []
    for run in document.element.body.iter(f"{_W}r"):
        properties = run.find(f"{_W}rPr")
        style = "" if properties is None else "".join(one.tag for one in properties)
        if f"{_W}commentReference" in [one.tag for one in run]:
            continue
        for part in run:
            if part.tag != f"{_W}rPr":
                text = part.text or part.tag
                letters += [(sign, style, run.getparent().tag) for sign in text]
    return letters


@pytest.mark.parametrize(
    ("text", "wrong", "at"),
    [
        ("Output rose to 40 t in 2024.", "", "Output rose to 40 t in 2024."),
        ("Output rose to 40 t in 2024.", "rose", "rose"),
        ("Output rose to 40 t in 2024.", "40 t", "40 t"),
        ("It then fell to 35 t.", "35", "35"),
        ("It then fell to 35 t.", "then fell", "then fell"),
        ("Exports were 12 t.", "12 t", "12 t"),
        ("Stocks were 9 t in March.", "", "Stocks were 9 t in March."),
        ("Stocks were 9 t in March.", "9", "9"),
        ("40", "", "40"),
        ("Imports were 3 t.", "3 t", "3 t"),
    ],
)
def test_comment_stands_at_the_words_that_it_is_on(
    tmp_path: Path, draft_file: Path, text: str, wrong: str, at: str
) -> None:
    draft, out = read_draft(draft_file), tmp_path / "out.docx"
    one = checked(draft, text, wrong=wrong, right="30 t" if wrong else "")
    write_word_comments(draft, [one], SUMMARY, out)
    told = comments_of(out)
    words, comment = next(pair for pair in told if not pair[1].startswith("Checked:"))
    assert words == at
    assert comment.startswith("Contradicted")
    assert REFERENCE.quote in comment
    assert "p. 4" in comment
    assert ("should be “30 t”" in comment) == bool(wrong)


def test_nothing_but_comments_changes(tmp_path: Path, draft_file: Path) -> None:
    draft, out = read_draft(draft_file), tmp_path / "out.docx"
    many = [checked(draft, one.text, wrong="t") for one in draft.sentences if not one.is_cell]
    before = draft_file.read_bytes()
    write_word_comments(draft, many, SUMMARY, out)
    assert without_comments(out) == without_comments(draft_file)
    assert draft_file.read_bytes() == before
    again = [one.text for one in read_draft(out).sentences]
    assert again == [one.text for one in draft.sentences]


def test_summary_stands_at_the_beginning_with_what_has_no_place(
    tmp_path: Path, draft_file: Path
) -> None:
    draft, out = read_draft(draft_file), tmp_path / "out.docx"
    write_word_comments(draft, [checked(draft, "1 Grants were 7 t.")], SUMMARY, out)
    [(words, comment)] = comments_of(out)
    assert words == "Output"
    assert comment.splitlines()[0] == "Checked: 1 contradicted."
    assert "Grants were 7 t." in comment


def test_a_sentence_that_stands_twice_is_remarked_twice(tmp_path: Path) -> None:
    file, out = tmp_path / "d.docx", tmp_path / "out.docx"
    file.write_bytes(
        word_file(lambda d: [d.add_paragraph(f"{n}. Output rose to 40 t.") for n in "ab"])
    )
    draft = read_draft(file)
    ones = [one for one in draft.sentences if one.text.endswith("40 t.")]
    remarks = [CheckedSentence(one, "fact", "partly", reason=one.id) for one in ones]
    write_word_comments(draft, remarks, SUMMARY, out)
    told = [text for _, text in comments_of(out) if not text.startswith("Checked")]
    assert len(told) == len(ones)
    assert len(set(told)) == len(told)


def taken(one: CheckedSentence) -> CheckedSentence:
    """Return a checked sentence with its correction taken."""
    return replace(one, decision=Decision(is_taken=True))


@pytest.mark.parametrize(
    ("text", "wrong", "told"),
    [
        ("Output rose to 40 t in 2024.", "40 t", "Output rose to 30 t in 2024."),
        ("Output rose to 40 t in 2024.", "rose to 40", "Output 30 t t in 2024."),
        ("It then fell to 35 t.", "35 t", "It then fell to 30 t."),
        ("Exports were 12 t.", "12 t", "Exports were 30 t."),
        ("40", "40", "30 t"),
    ],
)
def test_a_correction_is_a_tracked_change_at_its_words(
    tmp_path: Path, draft_file: Path, text: str, wrong: str, told: str
) -> None:
    draft, out = read_draft(draft_file), tmp_path / "out.docx"
    write_word_comments(
        draft, [taken(checked(draft, text, wrong=wrong, right="30 t"))], SUMMARY, out
    )
    assert told in [one.text for one in read_draft(out).sentences]
    body = Document(BytesIO(out.read_bytes())).element.body
    [struck] = [e for e in body.iter(f"{_W}del") if e.get(f"{_W}author") == "rare-earth-assistant"]
    assert "".join(part.text for part in struck.iter(f"{_W}delText")) == wrong
    numbers = [e.get(f"{_W}id") for e in body.iter(f"{_W}ins", f"{_W}del")]
    assert len(set(numbers)) == len(numbers)


def test_what_the_writer_put_instead_is_a_tracked_change_of_the_sentence(
    tmp_path: Path, draft_file: Path
) -> None:
    draft, out = read_draft(draft_file), tmp_path / "out.docx"
    one = checked(draft, "Output rose to 40 t in 2024.", wrong="40 t", right="30 t")
    reworded = replace(one, decision=Decision(reworded="Output fell in 2024."))
    write_word_comments(draft, [reworded], SUMMARY, out)
    told = [one.text for one in read_draft(out).sentences]
    assert "Output fell in 2024." in told
    assert not [text for text in told if "40 t in 2024" in text]


def test_a_correction_within_a_tracked_change_is_only_remarked(
    tmp_path: Path, draft_file: Path
) -> None:
    draft, out = read_draft(draft_file), tmp_path / "out.docx"
    one = taken(checked(draft, "Stocks were 9 t in March.", wrong="9", right="7"))
    write_word_comments(draft, [one], SUMMARY, out)
    assert "Stocks were 9 t in March." in [one.text for one in read_draft(out).sentences]
    assert any(words == "9" for words, _ in comments_of(out))


def test_comments_stand_at_their_words_in_libreoffice(tmp_path: Path, draft_file: Path) -> None:
    draft, out = read_draft(draft_file), tmp_path / "out.docx"
    wanted = ["40 t", "fell to 35", "12 t", "9"]
    texts = [one.text for one in draft.sentences]
    remarks = [
        checked(draft, text, wrong=wrong) for text, wrong in zip(texts, wanted, strict=False)
    ]
    write_word_comments(draft, remarks, SUMMARY, out)
    told = comments_in_libreoffice(out, tmp_path)
    assert [words for words, _ in told] == ["Output", *wanted]
    assert "Checked: 1 contradicted." in told[0][1]
    assert REFERENCE.quote in told[1][1]


def test_file_that_cannot_be_written_is_an_error(tmp_path: Path, draft_file: Path) -> None:
    draft = read_draft(draft_file)
    with pytest.raises(DraftError, match="cannot be written"):
        write_word_comments(draft, [], SUMMARY, tmp_path / "gone" / "out.docx")
