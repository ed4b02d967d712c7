"""A proof bundle held against the original files: each page is read again by our own readers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from assistant.proof.original_files import FoundFile
from assistant.proof.proof import Proof, ProofCitation
from assistant.proof.proving import draw_cited
from corpus.document import Document, Page
from corpus.errors import CorpusError
from corpus.workers.reading_apart import read_apart

CheckState = Literal[
    "verified", "read differently", "quote not found", "file differs", "file missing", "not read"
]


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """What became of a citation that was held against its file.

    `read differently` is a page that this version reads otherwise, on which the quote stands.
    `place` is the file and `sha256` its digest, "" where none was found; `reason` says why it is
    not verified. `same_picture` is false where its page is drawn otherwise than in the bundle, None
    where there is no picture or no page to compare.
    """

    citation: ProofCitation
    state: CheckState
    place: str = ""
    sha256: str = ""
    reason: str = ""
    same_picture: bool | None = None

    @property
    def holds(self) -> bool:
        """Whether the quote stands in the file, on its page."""
        return self.state in ("verified", "read differently")


def verify(proof: Proof, found: Mapping[str, FoundFile]) -> Iterator[CitationCheck]:
    """Yield what becomes of each citation of a proof, in their order.

    `found` are the files by the digests that were looked for. Each is read once.
    """
    originals = _Originals(proof.citations)
    for cited in proof.citations:
        file = found.get(cited.sha256)
        if file:
            yield _check(cited, file, originals)
        else:
            reason = f"no file of its name or with its sha256 {cited.sha256} is here"
            yield CitationCheck(cited, "file missing", reason=reason)


def check_to_json(check: CitationCheck) -> dict[str, Any]:
    """Return what became of a citation as `verify --json` prints it."""
    cited = check.citation
    return {
        "number": cited.number,
        "state": check.state,
        "holds": check.holds,
        "path": cited.path,
        "page": cited.page,
        "page_label": cited.page_label,
        "quote": cited.quote,
        "sha256": cited.sha256,
        "found": check.place,
        "found_sha256": check.sha256,
        "reason": check.reason,
        "same_picture": check.same_picture,
    }


class _Originals:
    """Files read again and pages drawn again, each once."""

    def __init__(self, citations: Sequence[ProofCitation]) -> None:
        self._documents: dict[Path, Document | CorpusError] = {}
        self._pictures: dict[str, str] = {}
        self._spans: dict[str, list[tuple[int, int]]] = {}
        for one in citations:
            self._spans.setdefault(one.picture, []).append((one.start, one.end))

    def document(self, file: Path) -> Document | CorpusError:
        """Return what a file says, or why it cannot be read."""
        if file not in self._documents:
            try:
                self._documents[file] = read_apart(file, file.parent)
            except CorpusError as error:
                self._documents[file] = error
        return self._documents[file]

    def picture_digest(self, cited: ProofCitation, file: Path, page: Page) -> str:
        """Return the digest of the page of a citation as it is drawn now; "" where it is not."""
        if cited.picture not in self._pictures:
            try:
                picture = draw_cited(file, page, self._spans[cited.picture])
                self._pictures[cited.picture] = sha256(picture).hexdigest()
            except CorpusError:
                self._pictures[cited.picture] = ""
        return self._pictures[cited.picture]


def _check(cited: ProofCitation, file: FoundFile, originals: _Originals) -> CitationCheck:
    if file.sha256 != cited.sha256:
        return _differing(cited, file)
    place, digest = str(file.place), file.sha256
    document = originals.document(file.place)
    if isinstance(document, CorpusError):
        return CitationCheck(cited, "not read", place, digest, str(document))
    if document.source.sha256 != digest:  # it was changed since it was found
        return _differing(cited, replace(file, sha256=document.source.sha256))
    page = next((one for one in document.pages if one.number == cited.page), None)
    if page is None:
        reason = f"this version reads no page {cited.page} in it"
        return CitationCheck(cited, "quote not found", place, digest, reason)
    state, reason = _state(cited, page)
    is_same = None
    if cited.picture:
        is_same = originals.picture_digest(cited, file.place, page) == cited.picture_sha256
    return CitationCheck(cited, state, place, digest, reason, is_same)


def _differing(cited: ProofCitation, file: FoundFile) -> CitationCheck:
    reason = f"{file.place} has sha256 {file.sha256}, the file that was cited {cited.sha256}"
    return CitationCheck(cited, "file differs", str(file.place), file.sha256, reason)


def _state(cited: ProofCitation, page: Page) -> tuple[CheckState, str]:
    """Return what became of a quote on its page as it is read now, and why if not verified."""
    if sha256(page.text.encode()).hexdigest() == cited.text_sha256:
        if page.text[cited.start : cited.end] == cited.quote:
            return "verified", ""
        return "quote not found", "the page does not have it at its place"
    if " ".join(cited.quote.split()) in " ".join(page.text.split()):
        return "read differently", "this version reads the page otherwise; the quote stands on it"
    return "quote not found", "this version reads the page otherwise; the quote is not on it"
