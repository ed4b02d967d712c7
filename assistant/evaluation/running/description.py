"""What a run is over, so that it can go on only as what it began as."""

import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from assistant.evaluation.case import Case
from assistant.evaluation.places import same_file
from assistant.evaluation.results import ExpectedSource
from corpus.document import Source

SettingValue = str | int | float | bool | None

_PACKAGES = ("corpus", "index", "assistant")  # what an answer is made by
_APART = ("cli", "serving", "evaluation/reports", "evaluation/drafting")  # of these, not
_LIBRARIES = (
    "rare-earth-assistant",
    "chromadb",
    "sentence-transformers",
    "torch",
    "llama-index-core",
    "pypdf",
)


@dataclass(frozen=True, slots=True)
class RunDescription:
    """What must be the same for a run to go on, and what else is worth knowing of it.

    `settings` are (name, value) pairs without secrets; `fingerprint` is that of the index,
    `program` a digest of our modules; `versions` and `sources` refuse nothing.
    """

    settings: tuple[tuple[str, SettingValue], ...]
    fingerprint: str
    program: str
    cases_file: str
    cases_sha256: str
    versions: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, ExpectedSource], ...] = ()

    def must_match(self) -> dict[str, Any]:
        """Return what must be the same, as `run.json` holds it."""
        return {
            "settings": dict(self.settings),
            "fingerprint": self.fingerprint,
            "program": self.program,
            "cases_sha256": self.cases_sha256,
        }

    def digest(self) -> str:
        """Return eight digits that differ where anything differs that must not."""
        return sha256(repr(sorted(self.must_match().items())).encode()).hexdigest()[:8]


def describe_run(
    cases_path: Path,
    cases: Sequence[Case],
    settings: Mapping[str, SettingValue],
    fingerprint: str,
    sources: Iterable[Source],
) -> RunDescription:
    """Return the description of a run over a case file; leave secrets out of `settings`."""
    versions = {name: version(name) for name in _LIBRARIES}
    return RunDescription(
        settings=tuple(sorted(settings.items())),
        fingerprint=fingerprint,
        program=program_digest(),
        cases_file=cases_path.name,
        cases_sha256=sha256(cases_path.read_bytes()).hexdigest(),
        versions=tuple(sorted({**versions, "python": platform.python_version()}.items())),
        sources=_expected_sources(cases, list(sources)),
    )


@cache
def program_digest() -> str:
    """Return a digest of the modules and tables that answers are made and scored by."""
    specs = [find_spec(package) for package in _PACKAGES]
    places = [place for spec in specs if spec for place in spec.submodule_search_locations or []]
    return digest_of([Path(place) for place in places])


def digest_of(folders: Iterable[Path]) -> str:
    """Return a digest of the modules and tables in folders, whatever the folders are called."""
    digest = sha256()
    for folder in folders:
        for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.tsv")]):
            name = file.relative_to(folder).as_posix()
            if not name.startswith(_APART):
                digest.update(name.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _expected_sources(
    cases: Sequence[Case], sources: Sequence[Source]
) -> tuple[tuple[str, ExpectedSource], ...]:
    """Return by the file names of the cases what is known of the sources that they expect."""
    files = dict.fromkeys(place.file for case in cases for place in case.evidence)
    by_name: dict[str, list[Source]] = {}
    for source in sources:
        by_name.setdefault(Path(source.path).name, []).append(source)
    found = []
    for file in files:
        for source in by_name.get(Path(file).name, []):
            if same_file(source.path, file):
                found.append((file, ExpectedSource(source.publisher, source.published)))
                break
    return tuple(found)
