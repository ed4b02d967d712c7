"""Plain text and Markdown in whatever encoding, with front matter and titles."""

import codecs
import time

import pytest

from corpus.document import Metadata, Page, Reading, Repair
from corpus.errors import UnreadableSourceError
from corpus.text import decode, read_markdown, read_text
from corpus.text.blocks import find_blocks

WORDS = "Le prix de l’oxyde a été élevé: «très cher», 60 € le kilo à la fin de l’été dernier. " * 4


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
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


def test_dashes_alone_tell_windows_1252() -> None:
    text = "Section,Value\nProduction—mine,5\nStocks—year end,7\n"
    assert decode(text.encode("cp1252"), "a.txt") == text


def test_utf_8_full_of_dashes_stays_utf_8_with_a_damaged_sign() -> None:
    assert decode("1–2, 3–4, 5–6, 7–8 ".encode() + b"\x80", "a.csv") == "1–2, 3–4, 5–6, 7–8 \ufffd"


def test_big_endian_text_with_a_mark_is_decoded() -> None:
    assert decode(codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "a.txt") == WORDS


def test_utf_8_with_a_damaged_sign_stays_utf_8() -> None:
    data = WORDS.encode() + b" 60 \x80 le kilo, \xc3"
    assert decode(data, "a.txt") == f"{WORDS} 60 \ufffd le kilo, \ufffd"


def test_encoding_of_a_long_text_is_guessed_from_its_beginning() -> None:
    text = "Il prezzo è più alto; la città è così.\n" * 40_000
    began = time.process_time()
    assert decode(text.encode("cp1252"), "a.txt") == text
    assert time.process_time() - began < 5


def test_line_ends_become_line_feeds() -> None:
    assert decode(b"a\r\nb\rc\n", "a.txt") == "a\nb\nc\n"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x00\x00",
        b"text\x00text",
        b"\x01\x02\x03\x04 four",
        "ab".encode("utf-16-le"),  # too short to tell
    ],
)
def test_bytes_of_another_format_are_refused_as_binary(data: bytes) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        decode(data, "a.txt")
    assert str(raised.value) == ("a.txt: holds binary data, not text; check the file's ending")


def test_text_of_more_than_30_megabytes_is_refused() -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        decode(b"x" * 30_000_001, "logs/a.txt")
    assert str(raised.value) == "logs/a.txt: holds more than 30 MB of text; split it into parts"


def test_bytes_in_no_encoding_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoMatches:
        def best(self) -> None:
            return None

    monkeypatch.setattr("charset_normalizer.from_bytes", lambda _: NoMatches())
    with pytest.raises(UnreadableSourceError) as raised:
        decode(b"\xff\xfd\xfe", "a.txt")
    assert str(raised.value) == (
        "a.txt: the bytes are not text in any encoding we know; is it another format?"
    )


def test_text_file_is_one_page_with_its_repairs() -> None:
    text = "China’s output\n\nIt rose."
    assert read_text("Chinaโs output\n\nIt rose.".encode(), "a.txt") == Reading(
        (Page(1, "1", text, find_blocks(text), (Repair(5, 6, "โ", "encoding"),)),),
        Metadata(title="China’s output"),
    )


def test_labelled_lines_at_the_top_of_a_text_give_metadata_and_stay() -> None:
    text = "Title: Ores\nPublisher: Norvik\nDate: 6 May 2025\n\nThe ores are mined in Norvik.\n"
    (page,) = read_text(text.encode(), "a.txt").pages
    assert page.text == text
    assert read_text(text.encode(), "a.txt").metadata == Metadata(
        title="Ores", publisher="Norvik", published="6 May 2025"
    )


def test_front_matter_gives_metadata_and_is_no_part_of_the_page() -> None:
    body = "# A *title*\n\nPublisher: Norvik\n\nText.\n"
    data = f"---\npublished: 2026-02-06\ndata_years: [2024]\n---\n{body}".encode()
    assert read_markdown(data, "a.md") == Reading(
        (Page(1, "1", body, find_blocks(body)),),
        Metadata(title="A title", publisher="Norvik", published="2026-02-06", data_years=(2024,)),
    )


def test_what_front_matter_states_comes_before_what_the_text_says() -> None:
    data = b"---\ntitle: Front\npublisher: One\n---\n# Heading\n\nPublisher: Other\n"
    metadata = read_markdown(data, "a.md").metadata
    assert (metadata.title, metadata.publisher) == ("Front", "One")


@pytest.mark.parametrize(
    "text",
    [
        "Words\n\n---\n\nmore\n\n---\n",  # rules inside the text
        "---\nno end of it",
        "---\n" + "word\n" * 20_000 + "---\n",  # far too much for front matter
    ],
)
def test_rules_that_are_no_front_matter_stay_in_the_page(text: str) -> None:
    assert read_markdown(text.encode(), "a.md").pages[0].text == text


def test_front_matter_with_windows_line_ends_is_read() -> None:
    assert read_markdown(b"---\r\ntitle: T\r\n---\r\nText", "a.md").metadata.title == "T"


def test_empty_front_matter_states_nothing() -> None:
    assert read_markdown(b"---\n---\nText", "a.md").pages[0].text == "Text"


def test_front_matter_that_is_not_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_markdown(b"---\ntitle: T\nedition: [2\n---\nText", "notes/a.md")
    assert str(raised.value) == (
        "notes/a.md: the front matter line 3 is not YAML; correct it or remove it"
    )
