"""PDFs printed on the spot: tables with their columns, footnote marks, labels, and refusals."""

import io
import random
from pathlib import Path

import pypdf
import pytest
from fakes import Ink, Line, encrypt_pdf, write_pdf
from PIL import Image

from corpus.document import Block, Context, Page, original_text
from corpus.errors import UnreadableSourceError
from corpus.pdf import read_pdf
from corpus.pdf.ocr import tesseract_version

DATA_UNIT = "metric tons, rare-earth-oxide (REO) equivalent"
SUMMARY: list[Line] = [
    [Ink(62, "RARE EARTHS", 16)],
    f"[Data in {DATA_UNIT}, unless otherwise noted]",
    "Domestic Production and Use: One company mined rare earths in the country in 2025.",
    [
        Ink(62, "Salient Statistics—United States:"),
        Ink(300, "2023"),
        Ink(360, "2024"),
        Ink(420, "2025"),
        Ink(444, "e", 6.5, 3),
    ],
    [
        Ink(62, "Production, mineral concentrates"),
        Ink(300, "41,600"),
        Ink(360, "45,500"),
        Ink(420, "51,000"),
    ],
    [Ink(62, "Imports:"), Ink(99, "e", 6.5, 3)],
    [Ink(74, "Compounds"), Ink(300, "10,900"), Ink(360, "8,600"), Ink(420, "9,000")],
    [Ink(74, "Metals"), Ink(300, "450"), Ink(360, "440"), Ink(420, "NA")],
    [
        Ink(62, "Price, dollars per kilogram"),
        Ink(300, "12"),
        Ink(360, "10"),
        Ink(420, "11"),
    ],
    "World Mine Production and Reserves: Reserves were revised from company reports.",
    [Ink(285, "Mine production"), Ink(420, "Reserves")],
    [Ink(300, "2024"), Ink(360, "2025")],
    [
        Ink(62, "Nigeria"),
        Ink(292.5, "12", 6.5, 3),
        Ink(300, "1,500"),
        Ink(360, "1,500"),
        Ink(420, "NA"),
    ],
    [
        Ink(62, "Australia"),
        Ink(296, "29,000"),
        Ink(356, "29,000"),
        Ink(405, "13", 6.5, 3),
        Ink(413, "6,300,000"),
    ],
    "World Resources: Rare earths are relatively abundant in the crust of the Earth.",
    [Ink(62, "e", 6.5, 3), Ink(66, "Estimated. NA Not available.", 8)],
    [Ink(62, "12", 6.5, 3), Ink(69, "Based on import data of China.", 8)],
    [Ink(62, "13", 6.5, 3), Ink(69, "For Australia, reserves compliant with the code", 8)],
    [Ink(62, "were 3.3 million tons.", 8)],
    [Ink(300, "152", 9)],
]


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pdf(tmp_path_factory.mktemp("pdf") / "summary.pdf", [SUMMARY])


@pytest.fixture(scope="module")
def page(summary: Path) -> Page:
    (page,) = read_pdf(summary.read_bytes(), summary.name).pages
    return page


def rows(page: Page) -> dict[str, Block]:
    """Return the row blocks by their labels."""
    return {block.cells[0].text: block for block in page.blocks if block.kind == "row"}


def texts(row: Block) -> tuple[str, ...]:
    """Return the label and the values of a row."""
    return tuple(cell.text for cell in row.cells)


def read(file: Path) -> tuple[Page, ...]:
    """Read the pages of a PDF."""
    return read_pdf(file.read_bytes(), file.name).pages


def test_stored_text_is_free_of_footnote_marks(page: Page) -> None:
    lines = page.text.splitlines()
    assert "Nigeria 1,500 1,500 NA" in lines
    assert "Australia 29,000 29,000 6,300,000" in lines
    assert "Based on import data of China." in lines


def test_each_footnote_mark_is_recorded_where_it_stood(page: Page) -> None:
    found = [(r.original, r.kind, page.text[r.start : r.start + 12].strip()) for r in page.repairs]
    assert found == [
        ("e", "footnote mark", "Production,"),
        ("e", "footnote mark", "Compounds 1"),
        ("12", "footnote mark", "1,500 1,500"),
        ("13", "footnote mark", "6,300,000\nWo"),
        ("e", "footnote mark", "Estimated. N"),
        ("12", "footnote mark", "Based on imp"),
        ("13", "footnote mark", "For Australi"),
    ]


def test_undoing_the_repairs_gives_what_pypdf_reads(summary: Path, page: Page) -> None:
    # pypdf puts the marks of a line where the file draws them, and spaces where it sees fit.
    plain = pypdf.PdfReader(summary).pages[0].extract_text()
    assert "".join(original_text(page, 0, len(page.text)).split()) == "".join(plain.split())


def test_original_of_a_row_has_its_footnote_mark_again(page: Page) -> None:
    row = rows(page)["Nigeria"]
    assert original_text(page, row.start, row.end) == "Nigeria 121,500 1,500 NA"


def test_column_names_are_joined_from_two_lines_of_header(page: Page) -> None:
    header = ("", "Mine production 2024", "Mine production 2025", "Reserves")
    assert (texts(rows(page)["Nigeria"]), rows(page)["Nigeria"].context.header) == (
        ("Nigeria", "1,500", "1,500", "NA"),
        header,
    )
    assert (texts(rows(page)["Australia"]), rows(page)["Australia"].context.header) == (
        ("Australia", "29,000", "29,000", "6,300,000"),
        header,
    )


def test_row_carries_its_notes_and_the_meaning_of_its_letters(page: Page) -> None:
    assert rows(page)["Nigeria"].context.notes == (
        "Based on import data of China.",
        "NA Not available.",
    )


def test_note_of_several_lines_is_attached_whole(page: Page) -> None:
    assert rows(page)["Australia"].context.notes == (
        "For Australia, reserves compliant with the code were 3.3 million tons.",
    )


def test_group_label_belongs_to_the_rows_set_in_below_it_only(page: Page) -> None:
    assert {label: row.context.caption for label, row in rows(page).items()} == {
        "Production, mineral concentrates": "Salient Statistics—United States",
        "Compounds": "Salient Statistics—United States: Imports",
        "Metals": "Salient Statistics—United States: Imports",
        "Price, dollars per kilogram": "Salient Statistics—United States",
        "Nigeria": "World Mine Production and Reserves",
        "Australia": "World Mine Production and Reserves",
    }


def test_years_head_the_columns_of_a_time_series(page: Page) -> None:
    assert rows(page)["Metals"].context == Context(
        "RARE EARTHS",
        "Salient Statistics—United States: Imports",
        ("", "2023", "2024", "2025"),
        DATA_UNIT,
        ("Estimated.", "NA Not available."),
    )


def test_unit_of_a_label_goes_before_that_of_the_page(page: Page) -> None:
    units = {label: row.context.unit for label, row in rows(page).items()}
    assert units["Price, dollars per kilogram"] == "dollars per kilogram"
    assert units["Nigeria"] == DATA_UNIT


def test_unit_of_a_page_holds_on_the_next_one(tmp_path: Path) -> None:
    table: list[Line] = [
        [Ink(62, "Country"), Ink(300, "2024"), Ink(360, "2025")],
        [Ink(62, "Nigeria"), Ink(300, "1,500"), Ink(360, "1,500")],
    ]
    pages = read(write_pdf(tmp_path / "a.pdf", [["[Data in kilograms]", *table], table]))
    assert [rows(page)["Nigeria"].context.unit for page in pages] == ["kilograms", "kilograms"]


def test_prose_stands_under_heading_and_run_in_heading(page: Page) -> None:
    prose = {
        page.text[b.start : b.end]: b.context.section for b in page.blocks if b.kind == "prose"
    }
    assert prose == {
        f"[Data in {DATA_UNIT}, unless otherwise noted]": "RARE EARTHS",
        "One company mined rare earths in the country in 2025.": (
            "RARE EARTHS › Domestic Production and Use"
        ),
        "Reserves were revised from company reports.": (
            "RARE EARTHS › World Mine Production and Reserves"
        ),
        "Rare earths are relatively abundant in the crust of the Earth.": (
            "RARE EARTHS › World Resources"
        ),
        "Estimated. NA Not available.": "RARE EARTHS › Notes",
        "Based on import data of China.": "RARE EARTHS › Notes",
        "For Australia, reserves compliant with the code\nwere 3.3 million tons.": (
            "RARE EARTHS › Notes"
        ),
    }


def test_folio_is_the_label_and_stands_in_no_block(page: Page) -> None:
    assert page.label == "152"
    assert not [b for b in page.blocks if "152" in page.text[b.start : b.end]]


def test_blocks_stand_in_order_and_do_not_overlap(page: Page) -> None:
    end = 0
    for block in page.blocks:
        assert end <= block.start < block.end <= len(page.text)
        end = block.end


def test_small_glyphs_that_are_not_raised_are_no_footnote_marks(tmp_path: Path) -> None:
    line: Line = [Ink(62, "H"), Ink(70, "2", 6.5, -3), Ink(75, "O is water and no more.")]
    (page,) = read(write_pdf(tmp_path / "a.pdf", [[line]]))
    assert page.repairs == ()


def test_raised_glyphs_as_large_as_the_text_are_no_footnote_marks(tmp_path: Path) -> None:
    line: Line = [Ink(62, "Ten to the power of"), Ink(170, "6", 9.5, 3), Ink(180, "is a million.")]
    (page,) = read(write_pdf(tmp_path / "a.pdf", [[line]]))
    assert page.repairs == ()


def test_small_raised_words_are_no_footnote_marks(tmp_path: Path) -> None:
    line: Line = [Ink(62, "The company"), Ink(120, "Trademark", 6.5, 3), Ink(170, "mines.")]
    (page,) = read(write_pdf(tmp_path / "a.pdf", [[line]]))
    assert page.repairs == ()


@pytest.mark.parametrize(
    ("about", "title"),
    [
        ({}, "Rare Earths"),
        ({"title": "report.indd"}, "Rare Earths"),
        ({"title": "Microsoft Word - draft"}, "Rare Earths"),
        (
            {"title": "Mineral Commodity Summaries 2026"},
            "Rare Earths, Mineral Commodity Summaries 2026",
        ),
        ({"title": "All about rare earths"}, "All about rare earths"),
        ({"title": "17", "subject": "The subject"}, "Rare Earths, The subject"),
    ],
)
def test_title_is_that_of_the_file_with_the_heading_where_it_says_something(
    tmp_path: Path, about: dict[str, str], title: str
) -> None:
    lines: list[Line] = [[Ink(62, "RARE EARTHS", 16)], *["Text of a page in the usual size."] * 3]
    file = write_pdf(tmp_path / "a.pdf", [lines], about)
    assert read_pdf(file.read_bytes(), "a.pdf").metadata.title == title


def test_author_and_subject_are_read(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "a.pdf", [["Text."]], {"author": "USGS", "subject": "MCS 2026"})
    found = read_pdf(file.read_bytes(), "a.pdf")
    assert (found.metadata.publisher, found.metadata.subject) == ("USGS", "MCS 2026")


def test_words_that_a_printing_library_writes_unasked_are_left_out(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "a.pdf", [["Text."]])
    assert dict(pypdf.PdfReader(file).metadata or {}) != {}
    found = read_pdf(file.read_bytes(), "a.pdf")
    stated = found.metadata
    assert (stated.title, stated.publisher, stated.subject) == ("", "", "")


def test_page_labels_of_the_file_are_kept(tmp_path: Path) -> None:
    labels = [(0, "ROMAN_LOWER", 1, ""), (2, "ARABIC", 3, "A-")]
    pages = read(write_pdf(tmp_path / "a.pdf", [["Text."]] * 4, labels=labels))
    assert [(page.number, page.label) for page in pages] == [
        (1, "i"),
        (2, "ii"),
        (3, "A-3"),
        (4, "A-4"),
    ]


def test_folios_printed_on_the_pages_are_their_labels(tmp_path: Path) -> None:
    text = ["Text of the page.", "It goes on."]
    pages = read(write_pdf(tmp_path / "a.pdf", [[*text, "152"], [*text, "153"]]))
    assert [page.label for page in pages] == ["152", "153"]


def test_page_without_text_between_others_is_kept(tmp_path: Path) -> None:
    pages = read(write_pdf(tmp_path / "a.pdf", [["Text."], [], ["More."]]))
    assert [(page.number, page.text.strip()) for page in pages] == [
        (1, "Text."),
        (2, ""),
        (3, "More."),
    ]


def test_pdf_encrypted_with_an_empty_password_is_read(tmp_path: Path) -> None:
    file = encrypt_pdf(write_pdf(tmp_path / "a.pdf", [["Text."]]), "")
    assert [page.text.strip() for page in read(file)] == ["Text."]


def test_pdf_encrypted_with_a_password_is_refused(tmp_path: Path) -> None:
    file = encrypt_pdf(write_pdf(tmp_path / "a.pdf", [["Text."]]), "secret")
    with pytest.raises(UnreadableSourceError) as raised:
        read(file)
    assert str(raised.value) == (
        "a.pdf: is encrypted with a password; save a copy without one and add that"
    )


@pytest.mark.skipif(not tesseract_version(), reason="needs Tesseract")
def test_scan_without_words_is_refused() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "grey").save(picture, "PDF")
    with pytest.raises(UnreadableSourceError) as raised:
        read_pdf(picture.getvalue(), "scans/a.pdf")
    assert str(raised.value) == (
        "scans/a.pdf: its one page cannot be read: it is a picture without words that can be "
        "recognised; remove it or scan it anew"
    )


def test_file_that_is_no_pdf_is_refused_by_name_with_advice() -> None:
    with pytest.raises(UnreadableSourceError, match=r"^a\.pdf: cannot be read as PDF \(") as raised:
        read_pdf(b"no pdf at all", "a.pdf")
    assert str(raised.value).endswith("; open it in a viewer and save it anew, or remove it")


def test_damaged_pdf_is_read_or_refused_and_never_ends_otherwise(tmp_path: Path) -> None:
    labels = [(0, "ROMAN_LOWER", 1, "")]
    file = write_pdf(tmp_path / "a.pdf", [["Text of a page."]] * 2, {"title": "T"}, labels)
    whole = file.read_bytes()
    chance = random.Random(1)
    outcomes = set()
    for _ in range(100):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        del damaged[chance.choice((len(damaged), chance.randrange(len(damaged)))) :]
        try:
            read_pdf(bytes(damaged), "a.pdf")
            outcomes.add("read")
        except UnreadableSourceError as error:
            outcomes.add(str(error)[:7])
    assert outcomes == {"read", "a.pdf: "}
