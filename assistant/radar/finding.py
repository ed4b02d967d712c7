"""What the radar finds: what changed for one kept thing, and what one change touches."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.answer import Reference, reference_to_json
from assistant.radar.subscription import KeptKind

FindingKind = Literal[
    "newer value", "no longer said", "conflict", "out of date", "new document"
]  # fmt: skip
FINDING_KINDS: tuple[FindingKind, ...] = (
    "newer value", "no longer said", "conflict", "out of date", "new document",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What changed for one kept thing.

    `about` says of what it is, in words; `before` is what it rests on and `after` what is said now,
    each as printed, "" where there is nothing. `reference` is where that stands, or where what is
    no longer said stood.
    """

    kind: FindingKind
    about: str
    before: str
    after: str
    reference: Reference

    @property
    def key(self) -> str:
        """What tells it from what was reported of the same thing."""
        place = self.reference.source_id if self.kind in ("conflict", "new document") else ""
        return "\n".join((self.kind, self.about, self.before, self.after, place))

    @property
    def is_told_once(self) -> bool:
        """Whether it is not told again; what a ground lost it can lose again once it is back."""
        return self.kind not in ("newer value", "no longer said")


@dataclass(frozen=True, slots=True)
class Touched:
    """A kept thing that a change touches; `number` is that of the finding."""

    number: int
    kind: KeptKind
    ref: str
    title: str
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A finding with all that it touches, of the moment `time` (UTC, ISO 8601)."""

    finding: Finding
    time: str
    touched: tuple[Touched, ...]

    @property
    def is_seen(self) -> bool:
        """Whether it was seen for all that it touches."""
        return all(one.is_seen for one in self.touched)

    @property
    def id(self) -> str:
        """The number of its first finding, by which it is marked as seen."""
        return str(self.touched[0].number)


def touched_text(touched: Iterable[Touched]) -> str:
    """Return how many things of each kind are touched: "3 answers, 2 drafts, 1 chart"."""
    counts = Counter(one.kind for one in touched)
    return ", ".join(f"{n} {kind}{'s' if n > 1 else ''}" for kind, n in counts.items())


def change_to_json(change: Change) -> dict[str, Any]:
    """Return a change as `radar --json` prints it."""
    finding = change.finding
    return {
        "id": change.id,
        "time": change.time,
        "kind": finding.kind,
        "about": finding.about,
        "before": finding.before,
        "after": finding.after,
        "is_seen": change.is_seen,
        "place": reference_to_json(finding.reference, 1),
        "touches": [asdict(one) for one in change.touched],
    }
