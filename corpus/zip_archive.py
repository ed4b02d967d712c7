"""Checking an office file (a zip of XML parts) before a library opens it.

What a zip declares of itself may be untrue, so each member is unpacked once, piece by piece, and
counted. Readers of the formats may then hand the bytes to their libraries.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

from corpus.errors import UnreadableSourceError

_MEMBERS = 10_000
_MEMBER_BYTES = 256 << 20
_ARCHIVE_BYTES = 1 << 30
_RATIO = 100  # of office files; what packs better was made to fill the memory
_RATIO_FROM_BYTES = 8 << 20
_PIECE_BYTES = 1 << 18
_XML_NAME = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    (b"%PDF", "a PDF; rename it to .pdf"),
    (b"{\\rtf", "an RTF file; save it in the format of its ending"),
    (b"<", "a web page or XML file; rename it, or fetch the file itself"),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def check_archive(data: bytes, name: str, xml_bytes: int = _MEMBER_BYTES) -> None:
    """Make sure that the bytes are an office file that is safe to unpack.

    An XML part may unpack to `xml_bytes` at most, all of them to twice that. Raises
    UnreadableSourceError for what is no such file, is cut short or damaged, asks for a password,
    holds a document type declaration (and so could hold entities), or unpacks to more than any
    honest file does.
    """
    if not data.startswith(b"PK"):
        raise UnreadableSourceError(f"{name}: {_kind(data)}")
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_members(archive, name, xml_bytes)
    except (BadZipFile, ZlibError, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableSourceError(
            f"{name}: the file is cut short or damaged ({error}); fetch it again"
        ) from error


def _check_members(archive: ZipFile, name: str, xml_bytes: int) -> None:
    members = archive.infolist()
    if len(members) > _MEMBERS:
        raise UnreadableSourceError(
            f"{name}: holds {len(members):,} parts, more than the {_MEMBERS:,} that are read; "
            "save it anew"
        )
    known = {member.filename for member in members}
    if "[Content_Types].xml" not in known:
        raise UnreadableSourceError(f"{name}: {_kind_of_zip(archive, known)}")
    unpacked = unpacked_xml = 0
    for member in members:
        if member.flag_bits & 1:
            raise UnreadableSourceError(
                f"{name}: is protected by a password; save it without one and add it again"
            )
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise UnreadableSourceError(
                f"{name}: part {member.filename!r} is packed in an unusual way; save it anew"
            )
        is_xml = bool(_XML_NAME.search(member.filename))
        own = min(xml_bytes, 2 * xml_bytes - unpacked_xml) if is_xml else _MEMBER_BYTES
        limit = min(own, _ARCHIVE_BYTES - unpacked)
        size = _check_member(archive, member, name, limit, is_xml)
        unpacked += size
        unpacked_xml += size if is_xml else 0


def _check_member(archive: ZipFile, member: ZipInfo, name: str, limit: int, is_xml: bool) -> int:
    """Unpack a member piece by piece and return its size."""
    declared = member.file_size
    size = 0
    tail = b""
    for piece in _pieces(archive, member, limit):
        size += len(piece)
        packed_too_well = size > _RATIO_FROM_BYTES and size > _RATIO * member.compress_size
        if max(size, declared) > limit or packed_too_well or size > declared:
            raise UnreadableSourceError(
                f"{name}: part {member.filename!r} unpacks to more than an honest file does; "
                "do not open it, or save it anew"
            )
        seen = tail + piece
        if is_xml and any(mark in seen for mark in _DOCTYPE):
            raise UnreadableSourceError(
                f"{name}: part {member.filename!r} declares a document type, which no office "
                "program writes; save it anew"
            )
        tail = seen[-32:]
    return size


def _pieces(archive: ZipFile, member: ZipInfo, limit: int) -> Iterator[bytes]:
    # The library stops at the declared size, and so would hide what is behind it.
    declared, member.file_size = member.file_size, max(limit, member.file_size) + _PIECE_BYTES
    try:
        with archive.open(member) as opened:
            while piece := opened.read(_PIECE_BYTES):
                yield piece
    finally:
        member.file_size = declared


def _kind(data: bytes) -> str:
    """Return what a file that is no zip is instead, and what to do."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "is protected by a password; save it without one and add it again"
        return "is of the format of before 2007, renamed; save it in the format of its ending"
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = next((kind for mark, kind in _OTHER_KINDS if start.startswith(mark)), "")
    return f"is {kind}" if kind else "is no office file; is its ending right? Fetch it again"


def _kind_of_zip(archive: ZipFile, known: set[str]) -> str:
    if "mimetype" in known:
        with archive.open("mimetype") as opened:
            if opened.read(100).startswith(_OPEN_DOCUMENT):
                return "is an OpenDocument file; save it in the format of its ending"
    return "is a zip, but no office file; unpack it and add what is inside"
