import inspect
import os
import re
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from corpus.document import Source
from corpus.errors import UnreadableSourceError
from corpus.pdf.glyphs.opening import open_pdf
from corpus.pdf.lines import Line, Word
from corpus.pdf.ocr import LOW_CONFIDENCE, TESSERACT_MISSING, read_scan, tesseract_version

SHIPPED = Path(inspect.getfile(Source)).with_name("documents") / "world-mine-production.pdf"
FIGURE = re.compile(r"\d[\d,.]*\d|\d")


@pytest.fixture(scope="module", autouse=True)
def _tesseract() -> None:
    if tesseract_version():
        return
    reason = f"no Tesseract on the path; {TESSERACT_MISSING}"
    if os.environ.get("RARE_EARTH_REQUIRE_TESSERACT"):
        pytest.fail(reason)
    pytest.skip(reason)


def draw(data: bytes | Path, dpi: int) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    picture: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
    document.close()
    return picture.convert("L")


def save_scan(picture: Image.Image, dpi: int, path: Path) -> Path:
    picture.save(path, resolution=dpi)
    return path


def figures(lines: tuple[Line, ...] | list[Line]) -> list[str]:
    words = [word for line in lines for word in line if not word.mark]
    return [figure for word in words for figure in FIGURE.findall(word.text)]


@pytest.fixture(scope="module")
def printed() -> list[Line]:
    """Return the lines of the text edition's first page."""
    with open_pdf(SHIPPED.read_bytes(), SHIPPED.name) as pdf:
        return pdf.lines(1)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a PDF of one page that is nothing but a picture at 200 dpi."""
    return save_scan(draw(SHIPPED, 200), 200, tmp_path_factory.mktemp("scan") / "scan.pdf")


@pytest.fixture(scope="module")
def read(scan: Path) -> tuple[Line, ...]:
    return read_scan(scan, 1, scan.name)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Line, ...]:
    """Return what is read from a scanned table with footnote marks and dashes."""
    from reportlab.pdfgen.canvas import Canvas

    folder = tmp_path_factory.mktemp("marked")
    canvas = Canvas(str(folder / "text.pdf"), pagesize=(400, 200))
    rows = (
        ("Mine production", "", "2023", "", "2024"),
        ("Australia", "12", "16,000", "12", "13,000"),
        ("Brazil", "", "140", "", "—"),
        ("Nigeria", "12", "7,200", "3", "5,700,000"),
        ("Other", "", "(86)", "", "(8)"),
    )
    for number, (name, mark, figure, other_mark, other) in enumerate(rows):
        y = 160 - 14 * number
        canvas.setFont("Helvetica", 10)
        canvas.drawString(30, y, name)
        for right, small, large in ((240, mark, figure), (340, other_mark, other)):
            canvas.setFont("Helvetica", 10)
            canvas.drawRightString(right, y, large)
            left = right - canvas.stringWidth(large, "Helvetica", 10)
            canvas.setFont("Helvetica", 6.5)
            canvas.drawRightString(left, y + 3.3, small)
    canvas.save()
    path = save_scan(draw(folder / "text.pdf", 200), 200, folder / "scan.pdf")
    return read_scan(path.read_bytes(), 1, path.name)


def test_figures_of_a_scan_are_those_of_its_text_edition(
    read: tuple[Line, ...], printed: list[Line]
) -> None:
    assert figures(read) == figures(printed)


def test_words_stand_where_they_were_printed(read: tuple[Line, ...], printed: list[Line]) -> None:
    def places(lines: tuple[Line, ...] | list[Line]) -> dict[str, Word]:
        words = [word for line in lines for word in line]
        texts = [word.text for word in words]
        return {word.text: word for word in words if texts.count(word.text) == 1}

    expected, found = places(printed), places(read)
    shared = [text for text in found if text in expected and len(text) > 3]
    assert len(shared) > 20
    for text in shared:
        assert found[text].x1 == pytest.approx(expected[text].x1, abs=4)
        assert found[text].y == pytest.approx(expected[text].y, abs=1.5)
        assert found[text].size == pytest.approx(expected[text].size, rel=0.15)


def test_words_of_a_recognised_page_tell_their_confidence(read: tuple[Line, ...]) -> None:
    sure = [word.confidence for line in read for word in line]
    assert all(0 <= confidence <= 1 for confidence in sure)
    assert sum(confidence >= LOW_CONFIDENCE for confidence in sure) > 0.8 * len(sure)


def test_skewed_scan_gives_the_same_figures(
    scan: Path, printed: list[Line], tmp_path: Path
) -> None:
    skewed = draw(scan, 200).rotate(1.3, Image.Resampling.BICUBIC, fillcolor=255)
    path = save_scan(skewed, 200, tmp_path / "skewed.pdf")
    assert figures(read_scan(path, 1, path.name)) == figures(printed)


def test_raised_marks_are_told_from_the_figures_they_stand_beside(marked: tuple[Line, ...]) -> None:
    told = [[("mark " if word.mark else "") + word.text for word in line] for line in marked]
    assert told[1] == ["Australia", "mark 12", "16,000", "mark 12", "13,000"]
    assert told[3] == ["Nigeria", "mark 12", "7,200", "mark 3", "5,700,000"]


def test_lone_dash_of_a_cell_is_read(marked: tuple[Line, ...]) -> None:
    assert [word.text for word in marked[2]] == ["Brazil", "140", "—"]


def test_figures_in_brackets_are_no_marks(marked: tuple[Line, ...]) -> None:
    assert [(word.text, word.mark) for word in marked[4]] == [
        ("Other", False),
        ("(86)", False),
        ("(8)", False),
    ]


def test_page_without_ink_has_no_lines(tmp_path: Path) -> None:
    path = save_scan(Image.new("L", (600, 800), 255), 100, tmp_path / "empty.pdf")
    assert read_scan(path, 1, path.name) == ()


def test_page_that_is_not_there_is_an_error_of_one_line(scan: Path) -> None:
    with pytest.raises(UnreadableSourceError, match=r"^scan\.pdf: page 9 cannot be drawn: .*$"):
        read_scan(scan, 9, "scan.pdf")


def test_missing_library_is_told_with_what_to_run(
    scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.extras.find_spec", lambda _: None)
    with pytest.raises(UnreadableSourceError) as caught:
        read_scan(scan, 1, "scan.pdf")
    assert str(caught.value) == (
        "scan.pdf: page 1 is a scan and needs text recognition; run: pip install "
        "'rare-earth-assistant[ocr]', then add the file again"
    )


def test_missing_tesseract_is_told_with_what_to_do(
    scan: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract_version.cache_clear()
    try:
        assert tesseract_version() == ""
        with pytest.raises(UnreadableSourceError) as caught:
            read_scan(scan, 1, "scan.pdf")
    finally:
        tesseract_version.cache_clear()
    assert str(caught.value) == (
        f"scan.pdf: page 1 is a scan and needs text recognition; {TESSERACT_MISSING}"
    )
