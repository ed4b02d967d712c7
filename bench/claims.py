"""How well claims are judged: `python -m bench.claims [--home HOME] [--part PART]`.

Each claim of `assistant/evaluation/cases/claims.jsonl` has the verdicts that are right for it. HOME
holds the shipped documents; without it they are indexed in a temporary folder. Claims of the part
`held` were written with those of `open`, before the check was made, and looked at last; those of
`second` were written when the check was half made, and those of `read` when it was done, as an
analyst says them; some of what they showed was mended.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import CitedClaim
from assistant.assistant import Assistant
from assistant.settings import Settings
from bench.commands import run_command

_ROOT = Path(__file__).parents[1]
_CLAIMS = _ROOT / "assistant" / "evaluation" / "cases" / "claims.jsonl"
_PARTS = ("open", "second", "held", "read")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with the verdicts that are right for it, the best first, and where it stands."""

    id: str
    part: str
    kind: str
    text: str
    expected: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def is_true(self) -> bool:
        """Whether the documents carry the claim."""
        return self.expected[0] == "supported"


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with what the assistant says of it."""

    claim: Claim
    cited: CitedClaim

    @property
    def is_right(self) -> bool:
        """Whether the verdict is one of those that are right."""
        return self.cited.verdict in self.claim.expected

    @property
    def is_misled(self) -> bool:
        """Whether a claim that no document carries is said to be supported, or partly."""
        return not self.claim.is_true and self.cited.verdict in ("supported", "partly")


def load_claims(file: Path = _CLAIMS) -> tuple[Claim, ...]:
    """Return the claims of a file."""
    records = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return tuple(
        Claim(
            id=record["id"],
            part=record["part"],
            kind=record["kind"],
            text=record["question"],
            expected=tuple(record["expected_verdict"]),
            files=tuple(place["file"] for place in record.get("evidence", ())),
        )
        for record in records
    )


def judge_claims(assistant: Assistant, claims: Sequence[Claim]) -> Iterator[Judged]:
    """Yield each claim with its verdict."""
    for claim in claims:
        for cited in assistant.cite(claim.text)[:1]:
            yield Judged(claim, cited)


def main() -> int:
    """Judge the claims and print the figures and each wrong verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a home that holds the shipped documents")
    parser.add_argument("--part", choices=_PARTS, help="only the claims of this part")
    arguments = parser.parse_args()
    claims = [c for c in load_claims() if arguments.part in (None, c.part)]
    if arguments.home:
        return _measure(arguments.home, claims)
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        run_command(Path(temporary), "add", _ROOT / "corpus" / "documents")
        return _measure(Path(temporary), claims)


def _measure(home: Path, claims: Sequence[Claim]) -> int:
    assistant = Assistant(Settings(home=home))
    judged = list(judge_claims(assistant, claims))
    assistant.close()
    for part in _PARTS:
        print(*_figures(part, [j for j in judged if j.claim.part == part]), sep="")
    for one in judged:
        if not one.is_right:
            cited = one.cited.citations
            place = f"{cited[0].source.path}: {' '.join(cited[0].quote.split())}" if cited else "–"
            print(f"{one.claim.id} {one.claim.kind}: {one.cited.verdict}, not ", end="")
            print(f"{' or '.join(one.claim.expected)}: {one.claim.text}\n    {place[:400]}")
    return 0


def _figures(part: str, judged: Sequence[Judged]) -> Iterator[str]:
    """Yield the figures of a part of the claims."""
    if not judged:
        return
    right = sum(one.is_right for one in judged)
    misled = sum(one.is_misled for one in judged)
    yield f"{part}: {right} of {len(judged)} right ({right / len(judged):.1%}); "
    true = [one for one in judged if one.claim.is_true]
    yield f"true ones {sum(one.is_right for one in true)} of {len(true)}; "
    yield f"false ones called supported or partly: {misled}"


if __name__ == "__main__":
    sys.exit(main())
