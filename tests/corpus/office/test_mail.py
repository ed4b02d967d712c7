"""E-mail messages: which part is read, what is only named, and messages that are malformed."""

import random
from email.message import EmailMessage
from typing import Any

import pytest

from corpus.document import Metadata
from corpus.errors import CorpusError, NoFactsError, UnreadableSourceError
from corpus.office import read_mail

_TEXT = "Dear all,\n\nNdPr oxide was at $55 a kilogram in 2024.\n\nRegards"
_HTML = (
    "<html><body><p>NdPr oxide was at <b>$55</b> a kilogram in 2024, and buyers expect it to "
    "rise in the next year.</p></body></html>"
)


def message(text: str = _TEXT, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ann Analyst <ann@example.com>"
    made["Date"] = "Fri, 06 Feb 2026 23:30:00 -0500"
    made["Subject"] = "Prices in February"
    for header, value in headers.items():
        made[header.replace("_", "-")] = value
    if text:
        made.set_content(text)
    return made


def read(made: EmailMessage) -> Any:
    return read_mail(made.as_bytes(), "a.eml")


def test_message_is_a_page_under_its_subject() -> None:
    made = message()
    made["Content-Language"] = "en-US"
    reading = read(made)
    page = reading.pages[0]
    assert (page.number, page.label) == (1, "1")
    assert page.text.startswith(f"Prices in February\n\n{_TEXT}")
    assert [(b.kind, page.text[b.start : b.end], b.context.section) for b in page.blocks][:3] == [
        ("heading", "Prices in February", ""),
        ("prose", "Dear all,", "Prices in February"),
        ("prose", "NdPr oxide was at $55 a kilogram in 2024.", "Prices in February"),
    ]
    assert reading.metadata == Metadata(
        title="Prices in February", author="Ann Analyst", published="2026-02-06", language="en"
    )
    assert reading.remarks == ()


def test_plain_text_is_preferred_to_html() -> None:
    made = message()
    made.add_alternative(_HTML, subtype="html")
    assert "Dear all" in read(made).pages[0].text
    assert "buyers" not in read(made).pages[0].text


def test_html_is_read_where_there_is_no_plain_text() -> None:
    made = message("")
    made.set_content(_HTML, subtype="html")
    page = read(made).pages[0]
    assert page.text.startswith("Prices in February\n\n")
    assert "$55 a kilogram in 2024" in page.text
    assert all(page.text[b.start : b.end].strip() for b in page.blocks)


def test_html_is_read_where_the_plain_text_only_points_to_it() -> None:
    made = message("See the web version.")
    made.add_alternative(_HTML.replace("</p>", f"</p>{'<p>More words.</p>' * 30}"), subtype="html")
    assert "$55 a kilogram" in read(made).pages[0].text


def test_quoted_replies_are_kept() -> None:
    made = message("Agreed.\n\nOn Monday, Bo wrote:\n> Output was 270,000 tons.\n> It rose.\n")
    assert "> Output was 270,000 tons." in read(made).pages[0].text


def test_attachments_are_only_named() -> None:
    made = message()
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="x.pdf")
    made.add_attachment("Words.", filename="notes.txt")
    made.add_attachment(message("Forwarded words."))
    reading = read(made)
    assert "Words." not in reading.pages[0].text
    assert "Forwarded" not in reading.pages[0].text
    assert reading.remarks == (
        "attachment 'x.pdf' is not read; save it and add it",
        "attachment 'notes.txt' is not read; save it and add it",
        "attachment 'message/rfc822' is not read; save it and add it",
    )


def test_pictures_of_the_text_are_not_named() -> None:
    made = message("")
    made.set_content(_HTML, subtype="html")
    made.add_related(b"GIF89a", "image", "gif", cid="<logo>", filename="logo.gif")
    assert read(made).remarks == ()


def test_message_of_attachments_alone_holds_no_facts() -> None:
    made = message("")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="x.pdf")
    with pytest.raises(NoFactsError, match="save what is attached and add it"):
        read(made)


def test_lines_that_flow_are_one_paragraph() -> None:
    head = b"Subject: s\nContent-Type: text/plain; format=flowed; charset=utf-8\n\n"
    page = read_mail(head + b"One line \ngoes on.\n-- \nAnn", "a.eml").pages[0]
    assert page.text == "s\n\nOne line goes on.\n-- \nAnn"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_text_is_decoded_by_its_charset(charset: str) -> None:
    made = message("")
    made.set_content("Sillamäe costs $5", charset=charset, cte="base64")
    assert "Sillamäe costs $5" in read(made).pages[0].text


@pytest.mark.parametrize("charset", ["no-such-charset", "us-ascii", "punycode", "hex"])
def test_wrong_charset_is_passed_over(charset: str) -> None:
    head = f"Subject: s\nContent-Type: text/plain; charset={charset}\n\n".encode()
    text = "Die Anlage in Sillamäe gehört Neo, und über Jahre wächst sie."
    assert text in read_mail(head + text.encode(), "a.eml").pages[0].text


def test_encoded_headers_are_read() -> None:
    data = (
        b"Subject: =?utf-8?q?Seltene_Erden_f=C3=BCr_Europa?=\n"
        b"From: =?iso-8859-1?q?J=FCrgen?= <j@example.com>\n\nText."
    )
    metadata = read_mail(data, "a.eml").metadata
    assert (metadata.title, metadata.author) == ("Seltene Erden für Europa", "Jürgen")


def test_malformed_headers_are_no_obstacle() -> None:
    data = b"Subject: s\nDate: yesterday\nFrom: <<>,;\nContent-Type: text/plain; charset\n\nText."
    assert read_mail(data, "a.eml").metadata == Metadata(title="s")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0 and more", "is an Outlook message"),
        (b"just words of a file\n", "is no e-mail message"),
        (b"Subject: s\nContent-Type: application/pkcs7-mime\n\nxx", "is encrypted"),
    ],
)
def test_other_files_are_told(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSourceError, match=said):
        read_mail(data, "a.eml")


def test_nesting_without_end_is_refused() -> None:
    parts = "".join(
        f"--{n}\nContent-Type: multipart/mixed; boundary={n + 1}\n\n" for n in range(300)
    )
    data = f"Subject: s\nContent-Type: multipart/mixed; boundary=0\n\n{parts}".encode()
    with pytest.raises(CorpusError, match=r"^a\.eml: [^\n]+$"):
        read_mail(data, "a.eml")


def test_too_many_parts_are_refused() -> None:
    made = message()
    for _ in range(201):
        made.add_attachment("x", filename="x.txt")
    with pytest.raises(UnreadableSourceError, match="more than 200 parts"):
        read(made)


def test_damaged_bytes_never_raise_anything_else() -> None:
    made = message()
    made.add_alternative(_HTML, subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="x.pdf")
    whole = made.as_bytes()
    chance = random.Random(7)
    messages = ["a.eml: "]
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(data))
            if chance.random() < 0.5:
                data[place] = chance.randrange(256)
            else:
                del data[place : place + chance.randint(1, 60)]
        try:
            read_mail(bytes(data), "a.eml")
        except CorpusError as error:
            messages.append(str(error))
    assert all(one.startswith("a.eml: ") for one in messages)
