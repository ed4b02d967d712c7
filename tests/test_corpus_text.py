"""Plain text and Markdown in whatever encoding, with front matter and titles."""

import datetime

import pytest

from corpus.blocks import find_blocks
from corpus.document import Page, Repair
from corpus.errors import UnreadableSourceError
from corpus.text import ReadText, decode, read_markdown, read_text

WORDS = "Le prix de l’oxyde a été élevé: «très cher», 60 € le kilo à la fin de l’été dernier. " * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded_from_its_encoding(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "a.txt") == WORDS


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("China’s output rose.", "cp1252"),
        ("Il prezzo è più alto; la città è così.", "cp1252"),
        ("Country,2024\nCôte d’Ivoire,1", "cp1252"),
        (
            "Ceny metali ziem rzadkich wzrosły w całej Polsce, a jakość się poprawiła. " * 3,
            "cp1250",
        ),
        ("Добыча редкоземельных металлов в России выросла. " * 3, "cp1251"),
        ("稀土氧化物的价格在中国上涨。中国北方稀土公布了新的价格。" * 3, "gb18030"),
    ],
)
def test_windows_1252_is_preferred_only_where_it_is_as_likely(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


def test_line_ends_become_line_feeds() -> None:
    assert decode(b"a\r\nb\rc\n", "a.txt") == "a\nb\nc\n"


def test_bytes_with_zeros_are_refused_as_binary() -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        decode(b"PK\x03\x04\x00\x00", "a.txt")
    assert str(raised.value) == ("a.txt: holds binary data, not text; check the file's ending")


def test_bytes_in_no_encoding_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoMatches:
        def best(self) -> None:
            return None

    monkeypatch.setattr("charset_normalizer.from_bytes", lambda _: NoMatches())
    with pytest.raises(UnreadableSourceError) as raised:
        decode(b"\xff\xfe\xfd", "a.txt")
    assert str(raised.value) == (
        "a.txt: the bytes are not text in any encoding we know; is it another format?"
    )


def test_text_file_is_one_page_with_repairs_and_no_fields() -> None:
    text = "China’s output\n\nIt rose."
    assert read_text("Chinaโs output\n\nIt rose.".encode(), "a.txt") == ReadText(
        Page(1, "1", text, find_blocks(text), (Repair(5, 6, "โ", "encoding"),)),
        "China’s output",
        {},
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n== Rare earths ==\nText.", "Rare earths"),
        ("Highlights\n\nRare Earths in 2025\nText.", ""),
        ("This is a sentence.\nTitle", ""),
        ("x" * 201, ""),
        ("12 34\nTitle", ""),
        ("\n" * 12 + "Too late", ""),
        ("", ""),
    ],
)
def test_title_of_a_text_is_its_first_line_that_reads_like_one(text: str, title: str) -> None:
    assert read_text(text.encode() or b" ", "a.txt").title == title


def test_front_matter_gives_fields_and_is_no_part_of_the_page() -> None:
    body = "# A *title*\n\nText.\n"
    data = f"---\ntitle: T\npublished: 2026-02-06\ndata_years: [2024]\n---\n{body}".encode()
    assert read_markdown(data, "a.md") == ReadText(
        Page(1, "1", body, find_blocks(body)),
        "A title",
        {"title": "T", "published": datetime.date(2026, 2, 6), "data_years": [2024]},
    )


@pytest.mark.parametrize(
    "text",
    [
        "Words\n\n---\n\nmore\n\n---\n",  # rules inside the text
        "---\nno end of it",
    ],
)
def test_rules_that_are_no_front_matter_stay_in_the_page(text: str) -> None:
    read = read_markdown(text.encode(), "a.md")
    assert (read.page.text, read.fields) == (text, {})


def test_front_matter_that_is_no_mapping_gives_no_fields() -> None:
    read = read_markdown(b"---\n- a\n- b\n---\nText here", "a.md")
    assert (read.page.text, read.fields) == ("Text here", {})


def test_front_matter_with_windows_line_ends_is_read() -> None:
    assert read_markdown(b"---\r\ntitle: T\r\n---\r\nText", "a.md").fields == {"title": "T"}


def test_markdown_without_a_heading_takes_its_first_line_for_a_title() -> None:
    assert read_markdown(b"Rare earths\n\nText.", "a.md").title == "Rare earths"


def test_front_matter_that_is_not_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_markdown(b"---\ntitle: T\nedition: [2\n---\nText", "notes/a.md")
    assert str(raised.value) == (
        "notes/a.md: the front matter line 3 is not YAML; correct it or remove it"
    )
