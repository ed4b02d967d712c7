"""What a proof bundle says, as a value and as `proof.json`: what was said, and what it cites.

A citation names its file by digest and its page by number and digest of the stored text, so that it
can be held against the file itself by anybody who has it.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import PurePosixPath
from typing import Any, Literal

from assistant.answer import Reference, recorded_reference, reference_of_json

ProofKind = Literal["answer", "draft"]

FORMATS = {"answer": 1, "draft": 2}  # raised where a program of before would misread a bundle
_MOST_CITATIONS = 10_000
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ProofCitation:
    """The words of a source that are cited, and all by which they are found again.

    `quote` is `start` to `end` of the page's stored text, which the bundle holds as `text`;
    `picture` is the drawn page, "" where the format has none. `sha256` and `size` are the file's.
    """

    number: int
    source_id: str
    title: str
    path: str
    sha256: str
    size: int
    page: int
    page_label: str
    start: int
    end: int
    quote: str
    text: str
    text_sha256: str
    picture: str
    picture_sha256: str


@dataclass(frozen=True, slots=True)
class Proof:
    """An answer, or the claims of a draft, with what was cited and how it came about.

    `about` is the question, or name and digest of the draft; `content` the answer as `ask --json`
    prints it, without the texts of what was merely read, or the claims as `check --json` does.
    """

    kind: ProofKind
    program: str  # its version
    about: Mapping[str, Any]
    fingerprint: str  # of the index
    settings: Mapping[str, Any]
    steps: tuple[Mapping[str, Any], ...]
    citations: tuple[ProofCitation, ...]
    content: Any


def proof_to_json(proof: Proof) -> dict[str, Any]:
    """Return a proof as `proof.json` holds it."""
    return {
        "format": FORMATS[proof.kind],
        "kind": proof.kind,
        "program": proof.program,
        "about": proof.about,
        "fingerprint": proof.fingerprint,
        "settings": proof.settings,
        "steps": proof.steps,
        "citations": [asdict(one) for one in proof.citations],
        "content": proof.content,
    }


def proof_of_json(told: Any) -> Proof:
    """Return the proof that `proof.json` holds. Raises ValueError, KeyError or TypeError."""
    if told["kind"] not in FORMATS:
        raise ValueError("it is of no answer and no draft")
    known = FORMATS[told["kind"]]
    if told["format"] != known:
        raise ValueError(f"its format is {told['format']!r}, this program reads {known}")
    if not 0 < len(told["citations"]) <= _MOST_CITATIONS:
        raise ValueError(f"it has {len(told['citations'])} citations")
    proof = Proof(
        kind=told["kind"],
        program=str(told["program"]),
        about=dict(told["about"]),
        fingerprint=str(told["fingerprint"]),
        settings=dict(told["settings"]),
        steps=tuple(dict(step) for step in told["steps"]),
        citations=tuple(map(_citation_of, told["citations"])),
        content=told["content"],
    )
    listed = {_key(one, one.page) for one in proof.citations}
    cited = {_key(one, one.number) for one in references_of(proof.kind, proof.content)}
    if listed != cited:
        raise ValueError(f"its {proof.kind} cites other words than those it lists")
    return proof


def references_of(kind: ProofKind, content: Any) -> tuple[Reference, ...]:
    """Return what an answer or the claims of a draft cite, each place once, in their order.

    What a model wrote and what does not hold is part of an answer, with what it quotes.
    """
    if kind == "draft":
        references = [reference_of_json(one) for claim in content for one in claim["citations"]]
    else:
        apart = (cited for one in content.get("set_aside", ()) for cited in one["citations"])
        references = [recorded_reference(one) for one in (*content["citations"], *apart)]
    return tuple({_key(one, one.number): one for one in references}.values())


def _key(cited: Reference | ProofCitation, page: int) -> tuple[str | int, ...]:
    """Return what must be the same of a citation wherever a proof tells it."""
    words = " ".join(cited.quote.split())
    return (cited.source_id, cited.path, page, cited.start, cited.end, words)


def _citation_of(told: Mapping[str, Any]) -> ProofCitation:
    values = {field.name: told[field.name] for field in fields(ProofCitation)}
    for field in fields(ProofCitation):
        if type(values[field.name]) is not field.type:
            raise TypeError(f"{field.name} of a citation is {values[field.name]!r}")
    cited = ProofCitation(**values)
    if not (_DIGEST.fullmatch(cited.sha256) and _DIGEST.fullmatch(cited.text_sha256)):
        raise ValueError(f"citation {cited.number} has no digest")
    if not 0 <= cited.start < cited.end:
        raise ValueError(f"citation {cited.number} has no place")
    path = PurePosixPath(cited.path)
    if path.is_absolute() or ".." in path.parts or not path.name:
        raise ValueError(f"citation {cited.number} is of {cited.path!r}, which leaves its folder")
    return cited
