"""The picture of a page: the quote is marked where it is printed, and nowhere else."""

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

from corpus.errors import UnreadableSourceError
from corpus.page_image import render_page, render_quote

_HEIGHT = letter[1]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    page = canvas.Canvas(str(path), pagesize=letter)
    page.setFont("Helvetica", 12)
    page.drawString(72, 700, "China mined 270,000 tons of rare earths in 2025.")
    page.drawString(72, 500, "The quota was not pub-")
    page.drawString(72, 480, "lished by the ministry.")
    page.drawString(72, 300, "Nigeria 7,200 1,500 tons")
    page.showPage()
    page.drawString(72, 700, "The second page.")
    page.showPage()
    page.save()
    return path


def _marked_rows(png: bytes) -> set[int]:
    """Return the heights, in points from the foot of the page, at which a pixel is marked."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    scale = image.height / _HEIGHT
    rows = set()
    for y in range(image.height):
        line = image.crop((0, y, image.width, y + 1)).tobytes()
        if any(red > 200 and blue < 150 for red, blue in zip(line[::3], line[2::3], strict=True)):
            rows.add(round(_HEIGHT - y / scale))
    return rows


def test_quote_is_marked_where_it_is_printed(pdf: Path) -> None:
    rows = _marked_rows(render_page(pdf, 1, "270,000 tons of rare earths"))
    assert 704 in rows
    assert all(690 < row < 720 for row in rows)


def test_several_quotes_are_marked_on_one_page(pdf: Path) -> None:
    quotes = ("270,000 tons of rare earths", "Nigeria 7,200 1,500 tons")
    both = _marked_rows(render_page(pdf, 1, *quotes))
    assert both == set().union(*(_marked_rows(render_page(pdf, 1, one)) for one in quotes))
    assert {304, 704} <= both


def test_quote_is_cut_out_with_its_neighbours(pdf: Path) -> None:
    whole = Image.open(io.BytesIO(render_page(pdf, 1, "")))
    around = render_quote(pdf, 1, "Nigeria 7,200 1,500 tons")
    assert _marked_rows(around)
    cut = Image.open(io.BytesIO(around))
    assert cut.height < whole.height / 4
    assert cut.width < whole.width / 3
    missing = Image.open(io.BytesIO(render_quote(pdf, 1, "stands nowhere at all")))
    assert missing.size == whole.size


def test_white_space_of_the_quote_does_not_matter(pdf: Path) -> None:
    assert _marked_rows(render_page(pdf, 1, "270,000\n  tons of   rare earths"))


def test_quote_over_two_lines_is_marked_on_both(pdf: Path) -> None:
    rows = _marked_rows(render_page(pdf, 1, "The quota was not published by the ministry."))
    assert {504, 484} <= rows
    assert 494 not in rows
    assert 704 not in rows


def test_runs_are_marked_where_the_whole_is_not_found(pdf: Path) -> None:
    quote = "China mined 270,000 tons | The quota was not published"
    rows = _marked_rows(render_page(pdf, 1, quote))
    assert {704, 504} <= rows
    assert 304 not in rows


@pytest.mark.parametrize("quote", ["", "Words that nobody printed here", " \n "])
def test_nothing_is_marked_where_nothing_is_found(pdf: Path, quote: str) -> None:
    assert _marked_rows(render_page(pdf, 1, quote)) == set()


def test_quote_of_another_page_is_not_marked(pdf: Path) -> None:
    assert _marked_rows(render_page(pdf, 2, "270,000 tons of rare earths")) == set()


def test_scale_is_pixels_per_point(pdf: Path) -> None:
    image = Image.open(io.BytesIO(render_page(pdf, 1, "", scale=1.0)))
    assert image.size == (int(letter[0]), int(letter[1]))


def test_huge_page_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "poster.pdf"
    page = canvas.Canvas(str(path), pagesize=(14_000, 14_000))
    page.showPage()
    page.save()
    assert max(Image.open(io.BytesIO(render_page(path, 1, ""))).size) <= 4001


@pytest.mark.parametrize("number", [0, 3])
def test_missing_page_is_named(pdf: Path, number: int) -> None:
    with pytest.raises(UnreadableSourceError, match=rf"report\.pdf: there is no page {number} "):
        render_page(pdf, number, "")


def test_damaged_file_is_named_with_its_page(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4 no more")
    with pytest.raises(UnreadableSourceError, match=r"broken\.pdf: page 2 cannot be shown"):
        render_page(path, 2, "")


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match=r"gone\.pdf: page 1 cannot be shown"):
        render_page(tmp_path / "gone.pdf", 1, "")
