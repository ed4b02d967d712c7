"""Office archives: what is refused before any library opens it, and how that is said."""

import struct
import zipfile
from io import BytesIO

import pytest

from corpus.errors import UnreadableSourceError
from corpus.zip_archive import check_archive

_TYPES = {"[Content_Types].xml": b"<Types/>"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return file.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableSourceError) as raised:
        check_archive(data, "a.docx", xml_bytes=64 << 20)
    message = str(raised.value)
    assert message.startswith("a.docx: ")
    assert "\n" not in message
    return message


def test_office_archive_is_let_through() -> None:
    check_archive(archive({**_TYPES, "word/document.xml": b"<w/>" * 1000}), "a.docx")


def test_archive_with_stored_members_is_let_through() -> None:
    check_archive(archive({**_TYPES, "word/document.xml": b"<w/>"}, zipfile.ZIP_STORED), "a.docx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_OLE + bytes(100) + "WordDocument".encode("utf-16-le"), "of the format of before 2007"),
        (_OLE + bytes(100) + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"%PDF-1.7", "is a PDF"),
        (b"{\\rtf1", "is an RTF file"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>Sign in", "is a web page"),
        (b"plain words", "is no office file"),
        (b"PK\x03\x04 and then nothing", "cut short or damaged"),
        (archive({"notes.txt": b"words"}), "is a zip, but no office file"),
        (
            archive({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            "is an OpenDocument file",
        ),
    ],
)
def test_file_of_another_kind_is_named(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_truncated_archive_is_refused() -> None:
    data = archive({**_TYPES, "word/document.xml": bytes(range(256)) * 100})
    for length in (len(data) // 3, len(data) // 2, len(data) - 30):
        assert "cut short or damaged" in refusal(data[:length])


def test_damaged_member_is_refused() -> None:
    data = bytearray(archive({**_TYPES, "word/document.xml": b"words of a text" * 50}))
    place = data.index(b"word/document.xml") + len("word/document.xml") + 5
    data[place : place + 4] = b"\xff\xff\xff\xff"
    assert "cut short or damaged" in refusal(bytes(data))


def test_bomb_is_refused_by_its_ratio() -> None:
    data = archive({**_TYPES, "word/document.xml": bytes(20 << 20)})
    assert "more than an honest file" in refusal(data)


def test_member_that_understates_its_size_is_refused() -> None:
    data = archive({**_TYPES, "word/document.xml": bytes(range(256)) * 4000})
    understated = data.replace(struct.pack("<L", 256 * 4000), struct.pack("<L", 100))
    assert "more than an honest file" in refusal(understated)


def test_member_that_overstates_its_size_is_refused() -> None:
    data = archive({**_TYPES, "word/document.xml": b"words" * 10})
    overstated = data.replace(struct.pack("<L", 50), struct.pack("<L", 3 << 30))
    assert "more than an honest file" in refusal(overstated)


def test_xml_part_over_the_limit_is_refused() -> None:
    data = archive({**_TYPES, "word/document.xml": bytes(range(256)) * 40})
    check_archive(data, "a.docx", xml_bytes=256 * 40)
    with pytest.raises(UnreadableSourceError, match=r"word/document\.xml"):
        check_archive(data, "a.docx", xml_bytes=256 * 40 - 1)


def test_xml_parts_over_twice_the_limit_together_are_refused() -> None:
    data = archive({**_TYPES, **{f"word/{n}.xml": bytes(range(256)) * 40 for n in range(2)}})
    with pytest.raises(UnreadableSourceError, match=r"word/1\.xml"):
        check_archive(data, "a.docx", xml_bytes=256 * 40)


def test_too_many_members_are_refused() -> None:
    members = {f"word/{number}.xml": b"" for number in range(10_001)}
    assert "10,002 parts" in refusal(archive({**_TYPES, **members}))


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
def test_document_type_declaration_is_refused_wherever_it_stands(code: str) -> None:
    padding = "<!-- " + "x" * ((1 << 18) - 8) + " -->"
    xml = f'{padding}<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(code)
    assert "declares a document type" in refusal(archive({**_TYPES, "word/document.xml": xml}))


def test_encrypted_member_is_refused() -> None:
    data = bytearray(archive(_TYPES))
    place = data.index(b"PK\x01\x02") + 8
    data[place] |= 1
    assert "protected by a password" in refusal(bytes(data))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(method: int) -> None:
    assert "packed in an unusual way" in refusal(archive(_TYPES, method))
