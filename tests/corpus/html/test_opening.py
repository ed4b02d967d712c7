"""Bytes of web pages: any encoding is read, and what is damaged or without measure is refused."""

import pytest

from corpus.errors import UnreadableSourceError
from corpus.html import read_html

CHINESE = "稀土出口管制公告，商务部海关总署决定对镝、铽相关物项实施出口管制。"
GERMAN = "Die seltenen Erden für Käse, Größe und Übermut – „so“ heißt es."


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE, "gb18030", "iso-8859-1"),
        (CHINESE, "utf-8", "gb2312"),
        (CHINESE, "utf-16", "utf-16"),
        (GERMAN, "cp1252", "iso-8859-1"),
        (GERMAN, "cp1252", "utf-8"),
        (GERMAN, "utf-8", "iso-8859-1"),
        (GERMAN, "cp1252", "rot13"),
    ],
)
def test_page_is_read_in_the_encoding_that_it_is_in(
    text: str, encoding: str, declared: str
) -> None:
    html = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    assert read_html(html.encode(encoding), "a.html").pages[0].text == text


def test_some_broken_bytes_do_not_change_the_encoding_of_the_others() -> None:
    data = f"<p>{GERMAN}</p>".encode().replace(b"so", b"s\xe2\x80o")
    assert read_html(data, "a.html").pages[0].text == GERMAN.replace("so", "s\ufffdo")


def test_page_that_declares_its_encoding_as_xml_does_is_read() -> None:
    html = (
        '<?xml version="1.0" encoding="iso-8859-1"?><html xmlns="http://www.w3.org/1999/xhtml">'
        "<body><p>Käse</p></body></html>"
    )
    assert read_html(html.encode("cp1252"), "a.html").pages[0].text == "Käse"


def test_entities_of_a_document_type_are_not_expanded() -> None:
    html = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname">]><p>It says &a; here.</p>'
    assert "It says &a; here." in read_html(html.encode(), "a.html").pages[0].text


def test_null_bytes_are_passed_over() -> None:
    assert (
        read_html(b"<p>Nd\x00Pr</p>" + b"<p>words</p>" * 99, "a.html").pages[0].text[:4] == "NdPr"
    )


def test_paragraphs_that_each_open_a_font_are_read_to_the_end() -> None:
    data = b"<body>" + b"<p><font size=2>Words on cerium here." * 400 + b"<p>The end.</body>"
    assert read_html(data, "a.html").pages[0].text.endswith("The end.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "holds no HTML text; remove it"),
        (b"<!-- nothing -->", "holds no HTML text; remove it"),
        (b"%PDF-1.7\n1 0 obj", "is a PDF, not a web page; rename it to end in .pdf"),
        (
            b"<p>words</p>" + bytes(range(1, 32)) * 9,
            "holds binary data, not a web page; check the file's ending",
        ),
        (
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
            "the bytes are not text in any encoding we know; is it another format?",
        ),
        (
            b"<p>Start</p>" + b"<div>" * 100_000,
            "the page cannot be read to its end (nested too deeply, or one piece of text is too "
            "long); save it from a browser anew or remove it",
        ),
        (
            b"<p>" + b"word " * 2_100_000,
            "the page cannot be read to its end (nested too deeply, or one piece of text is too "
            "long); save it from a browser anew or remove it",
        ),
        (
            b" " * 31_000_000,
            "the page has 31 MB, and at most 30 are read; save it without its pictures or divide "
            "it",
        ),
        (
            b"<p " + b" ".join(b"a%d=1" % number for number in range(20_000)) + b">words",
            "a tag of the page has thousands of attributes; save it from a browser anew or remove "
            "it",
        ),
        (
            b"<i>" * 2_000_001,
            "the page has millions of tags; divide it, or save its tables as CSV",
        ),
    ],
    ids="empty comment pdf binary png deep long large attributes tags".split(),
)
def test_hostile_file_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_html(data, "site/a.html")
    assert str(raised.value) == f"site/a.html: {reason}"


@pytest.mark.parametrize("depth", [50, 240])
def test_deep_but_measured_nesting_is_read(depth: int) -> None:
    html = "<div>" * depth + "<ul><li>Cerium</li></ul>"
    assert read_html(html.encode(), "a.html").pages[0].text == "- Cerium"
