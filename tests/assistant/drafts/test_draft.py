"""A draft is read as sentences, list items and cells, each with its place and what it leans on."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from checked_sentences import REFERENCE
from fakes import write_files, write_pdf
from hostile_file import Hostile
from hostile_office import office_files
from word_files import add_xml, word_file

from assistant.drafts import CheckedSentence, read_draft
from assistant.drafts.word_comments import write_word_comments
from assistant.errors import DraftError

MARKDOWN = """# Outlook

## Yttrium

Prices rose in 2025. They doubled by March.

- China sold 1,600 t.

Table 1. Output in tons

| Country | 2024 |
| --- | --- |
| China | 270,000 |
| Norway | none |

Table 2. Owners

| Mine | Owner |
| --- | --- |
| North | a fund of the state of Norway |
"""


def test_sentences_have_their_heading_and_the_sentence_before(tmp_path: Path) -> None:
    draft = read_draft(write_files(tmp_path, {"d.md": MARKDOWN}) / "d.md")
    first, second, item = draft.sentences[:3]
    assert (first.text, first.before, first.is_cell) == ("Prices rose in 2025.", "", False)
    assert (second.text, second.before) == ("They doubled by March.", first.text)
    assert item.text == "China sold 1,600 t."
    assert first.section.endswith("Yttrium")
    assert [one.id for one in draft.sentences] == [f"s{n + 1}" for n in range(len(draft.sentences))]


def test_figures_have_their_row_and_column_and_rows_of_words_are_sentences(tmp_path: Path) -> None:
    draft = read_draft(write_files(tmp_path, {"d.md": MARKDOWN}) / "d.md")
    [cell] = [one for one in draft.sentences if one.is_cell]
    assert (cell.text, cell.row, cell.column) == ("270,000", "China", "2024")
    assert cell.stated == "Table 1. Output in tons, China, 2024: 270,000 tons"
    assert "a fund of the state of Norway" in draft.sentences[-1].text


def test_a_table_is_called_by_the_head_of_its_labels_and_not_by_the_title(tmp_path: Path) -> None:
    text = (
        """# Weekly note\n\n| Mine production, t REO | 2025 |\n| --- | --- |\n| Chad | 27,000 |\n"""
    )
    [cell] = read_draft(write_files(tmp_path, {"d.md": text}) / "d.md").sentences
    assert cell.stated == "Mine production, t REO, Chad, 2025: 27,000 t REO"
    plain = text.replace("Mine production, t REO", "Country")
    [cell] = read_draft(write_files(tmp_path, {"e.md": plain}) / "e.md").sentences
    assert cell.stated == "Chad, 2025: 27,000"


def test_places_are_those_of_the_stored_text(tmp_path: Path) -> None:
    draft = read_draft(write_files(tmp_path, {"d.md": MARKDOWN}) / "d.md")
    for one in draft.sentences:
        text = draft.pages[one.page - 1].text[one.start : one.end]
        assert " ".join(text.split()) == one.text


def test_word_drafts_are_read_with_tracked_changes_accepted(tmp_path: Path) -> None:
    file = tmp_path / "d.docx"
    changed = (
        '<w:p><w:r><w:t xml:space="preserve">Output was </w:t></w:r>'
        '<w:del w:id="1"><w:r><w:delText>30</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>40</w:t></w:r></w:ins><w:r><w:t> t.</w:t></w:r></w:p>'
    )
    file.write_bytes(word_file(lambda document: add_xml(document, changed)))
    assert [one.text for one in read_draft(file).sentences] == ["Output was 40 t."]


def test_pdf_and_plain_text_are_read(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "d.pdf", [["Output rose to 40 t in 2024."]])
    text = write_files(tmp_path, {"d.txt": "Output rose to 40 t in 2024.\n"}) / "d.txt"
    for file in (pdf, text):
        assert [one.text for one in read_draft(file).sentences] == ["Output rose to 40 t in 2024."]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("d.odt", b"x", "a draft is a .docx, .md, .txt or .pdf"),
        ("d.docx", b"no zip", "d.docx"),
        ("d.md", b"", "the file is empty"),
        ("d.md", b"# Only a heading\n", "holds no sentence"),
        ("gone.md", None, "cannot be opened"),
    ],
)
def test_what_is_no_draft_is_an_error_that_names_the_file(
    tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DraftError, match=told):
        read_draft(file)


@pytest.fixture(scope="module")
def hostile() -> Mapping[str, bytes | Hostile]:
    return office_files()


@pytest.mark.parametrize(
    "what",
    [
        "half",
        "laughs",
        "no XML",
        "a password",
        "a place elsewhere",
        "macros",
        "null bytes",
        "another root",
        "no content types",
        "a zip bomb",
    ],
)
def test_a_hostile_word_file_is_given_back_or_refused_in_one_line(
    tmp_path: Path, hostile: Mapping[str, bytes | Hostile], what: str
) -> None:
    file, content = tmp_path / "draft.docx", hostile[f"{what}.docx"]
    assert isinstance(content, bytes)
    file.write_bytes(content)
    told = ""
    try:
        draft = read_draft(file)
        remarks = [
            CheckedSentence(one, "fact", "partly", references=(REFERENCE,))
            for one in draft.sentences
        ]
        write_word_comments(draft, remarks, "", tmp_path / "out.docx")
    except DraftError as error:
        told = str(error)
    assert (tmp_path / "out.docx").exists() == (not told)
    assert "draft.docx" in told or not told
    assert "\n" not in told
    assert file.read_bytes() == content
