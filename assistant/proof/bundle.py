"""A proof bundle as a ZIP: packed the same every time, and unpacked with distrust.

SHA256SUMS holds the digests of all its entries in the form of `sha256sum --check`. Nothing is
written when a bundle is unpacked; what is no bundle of ours is refused whole.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from struct import error as StructError  # noqa: N812
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

from assistant.errors import ProofError
from assistant.proof.proof import Proof, ProofCitation, proof_of_json, proof_to_json
from corpus.instructions import visible

_PROOF, _SUMS, _READ_ME = "proof.json", "SHA256SUMS", "README.txt"
_NAME = re.compile(
    r"(?:proof\.json|SHA256SUMS|README\.txt|texts/[a-z0-9-]+\.txt|pages/[a-z0-9-]+\.png)"
)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_KIND, _LINK = 0o170000 << 16, 0o120000 << 16
_ENTRIES = 20_000
_BUNDLE_BYTES = 512 << 20
_UNPACKED_BYTES = 512 << 20
ENTRY_BYTES = 32 << 20  # of a page in text or picture, at most
_DAMAGES = (ZlibError, EOFError, OSError, ValueError, NotImplementedError, StructError)
_READ_ME_TEXT = """\
Proof of {what}

{about}

This bundle holds what was said (proof.json), the quotes it rests on, the stored text of each cited
page (texts/), a picture of each that is printed (pages/), and the digests of the files they are
from. The files themselves are not in it.

Verify it with the program, offline, where the original files lie:

    rare-earth verify THIS-BUNDLE.zip FOLDER

Or by hand:

1. Unpack it. `sha256sum --check SHA256SUMS` tells whether the bundle is as it was made.
2. `sha256sum FILE` of each original file must give the digest below.
3. Open the file at the page and read the quote there. Its place in the stored text of the page
   is given by its first character and the one behind its last, counted from 0.

That a quote stands in its file says that it was not made up; whether it carries what was
said, you judge by reading. The bundle is not signed: whoever changes it whole, digests included,
leaves no trace in it, but the quotes must still stand in the files.

Made by rare-earth-assistant {program}.

"""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that is whole and agrees with itself; `sha256` is that of the ZIP."""

    sha256: str
    proof: Proof


def pack_bundle(proof: Proof, parts: Mapping[str, bytes]) -> bytes:
    """Return the ZIP of a proof with its texts and pictures; the same for the same, byte by byte.

    `parts` are the entries that its citations name. Raises ProofError where one is too large.
    """
    told = json.dumps(proof_to_json(proof), ensure_ascii=False, indent=1)
    entries = {**parts, _PROOF: told.encode(), _READ_ME: _read_me(proof).encode()}
    sums = "".join(
        f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(entries.items())
    )
    entries[_SUMS] = sums.encode()
    _check_sizes(entries)
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, data in sorted(entries.items()):
            entry = ZipInfo(name, _FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # else it tells on which system it was packed
            entry.external_attr = _PLAIN_FILE
            archive.writestr(entry, data)
    return packed.getvalue()


def _check_sizes(entries: Mapping[str, bytes]) -> None:
    """Raise ProofError where `unpack_bundle` would refuse a bundle for its size."""
    largest = max(entries, key=lambda name: len(entries[name]))
    if len(entries[largest]) > ENTRY_BYTES:
        raise ProofError(f"no bundle is written: {largest} is too large; use --json instead")
    if sum(map(len, entries.values())) > _UNPACKED_BYTES:
        raise ProofError("no bundle is written: the cited pages are too many; ask for less at once")


def unpack_bundle(file: Path) -> Bundle:
    """Return the bundle of a file. Raises ProofError for what is none, or was changed."""
    data = _read(file)
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = _entries(archive)
        digests = _checked_digests(entries)
        proof = proof_of_json(_parsed(entries[_PROOF]))
        texts = {name: entries[name].decode() for name in {one.text for one in proof.citations}}
        for cited in proof.citations:
            _check_citation(cited, texts[cited.text], digests)
    except BadZipFile as error:
        raise ProofError(
            f"{file}: is no proof bundle, or a damaged one ({_told(error)}); give a .zip file that "
            "--proof wrote"
        ) from error
    except _DAMAGES as error:
        raise ProofError(f"{file}: {_told(error)}; ask for the bundle anew") from error
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProofError(f"{file}: is no proof bundle ({_told(error)})") from error
    return Bundle(sha256(data).hexdigest(), proof)


def _read(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise ProofError(f"{file} is no file; give a bundle that --proof wrote")
        if file.stat().st_size > _BUNDLE_BYTES:
            raise ProofError(f"{file} is larger than any bundle; it is not opened")
        return file.read_bytes()
    except OSError as error:
        raise ProofError(f"{file} cannot be read ({error.strerror})") from error


def _entries(archive: ZipFile) -> dict[str, bytes]:
    """Return what a bundle holds. Raises ValueError for what no bundle of ours has."""
    infos = archive.infolist()
    if len(infos) > _ENTRIES:
        raise ValueError(f"holds {len(infos):,} entries, more than any bundle")
    entries: dict[str, bytes] = {}
    left = _UNPACKED_BYTES
    for info in infos:
        name = info.filename
        is_link = info.external_attr & _KIND == _LINK
        if is_link or name in entries or not _NAME.fullmatch(name):
            raise ValueError(f"holds {name!r}, which no bundle does")
        if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ValueError(f"{name} is packed in an unusual way")
        limit = min(left, ENTRY_BYTES)
        with archive.open(info) as opened:
            entries[name] = opened.read(limit + 1)
        if len(entries[name]) > limit:
            raise ValueError(f"{name} unpacks to more than any bundle holds")
        left -= len(entries[name])
    missing = {_PROOF, _SUMS, _READ_ME} - entries.keys()
    if missing:
        raise ValueError(f"is no proof bundle, it has no {min(missing)}")
    return entries


def _checked_digests(entries: Mapping[str, bytes]) -> dict[str, str]:
    """Return the digests of entries. Raises ValueError where SHA256SUMS says otherwise."""
    lines = entries[_SUMS].decode().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    digests = {name: sha256(data).hexdigest() for name, data in entries.items() if name != _SUMS}
    for name in sorted(sums.keys() | digests.keys()):
        if digests.get(name) != sums.get(name):
            raise ValueError(f"{name} was changed after the bundle was made")
    return digests


def _parsed(data: bytes) -> Any:
    told = json.loads(data)
    json.dumps(told, ensure_ascii=False).encode()  # raises ValueError for what is no Unicode
    return told


def _check_citation(cited: ProofCitation, text: str, digests: Mapping[str, str]) -> None:
    """Raise ValueError where a citation does not agree with the text and picture of its page."""
    if digests[cited.text] != cited.text_sha256:
        raise ValueError(f"citation {cited.number} has another text than the one that it names")
    if cited.picture and digests[cited.picture] != cited.picture_sha256:
        raise ValueError(f"citation {cited.number} has another picture than the one that it names")
    if not cited.quote.strip() or text[cited.start : cited.end] != cited.quote:
        raise ValueError(f"the quote of citation {cited.number} does not stand in {cited.text}")


def _told(error: Exception) -> str:
    return visible(" ".join(str(error).split()))[:200]


def _read_me(proof: Proof) -> str:
    what = "an answer" if proof.kind == "answer" else "a checked draft"
    about = "\n".join(f"{name}: {visible(str(value))}" for name, value in proof.about.items())
    head = _READ_ME_TEXT.format(what=what, about=about, program=proof.program)
    return head + "\n".join(_cited_lines(proof.citations))


def _cited_lines(citations: Iterable[ProofCitation]) -> Iterable[str]:
    for one in citations:
        yield f"[{one.number}] {visible(one.path)}, page {one.page} (printed {one.page_label})"
        yield f"    sha256 of the file: {one.sha256}, {one.size} bytes"
        yield f"    text of the page: {one.text}, characters {one.start} to {one.end}"
        if one.picture:
            yield f"    picture of the page: {one.picture}"
        yield f"    {visible(' '.join(one.quote.split()))}\n"
