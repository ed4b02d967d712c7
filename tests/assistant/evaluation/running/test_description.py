"""What a run is over: digests, settings, and the sources that cases expect."""

from pathlib import Path

import pytest
from fakes import write_files

from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.results import ExpectedSource
from assistant.evaluation.running.description import describe_run, digest_of, program_digest
from corpus.document import Source


def source(path: str, publisher: str) -> Source:
    return Source("id", f"/x/{path}", path, "T", "pdf", "0", publisher, published="2026-02")


def test_description_holds_the_digest_of_the_case_file_and_sorted_settings(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b"abc")
    described = describe_run(path, (), {"b": 1, "a": "x"}, "f", ())
    assert described.settings == (("a", "x"), ("b", 1))
    assert described.fingerprint == "f"
    assert described.program == program_digest()
    assert (described.cases_file, described.cases_sha256) == (
        "cases.jsonl",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    )
    assert {"python", "rare-earth-assistant", "torch"} <= dict(described.versions).keys()


def test_sources_are_known_by_the_names_that_the_cases_use(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b"")
    places = (ExpectedPlace("b/a.pdf", 1), ExpectedPlace("gone.pdf"), ExpectedPlace("c.pdf"))
    cases = [Case(id="q", question="?", evidence=places)]
    sources = [source("other/a.pdf", "X"), source("s/b/a.pdf", "USGS"), source("c.pdf", "MP")]
    assert describe_run(path, cases, {}, "f", sources).sources == (
        ("b/a.pdf", ExpectedSource("USGS", "2026-02")),
        ("c.pdf", ExpectedSource("MP", "2026-02")),
    )


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"a.py": "x = 1"}, True),
        ({"a.py": "x = 2"}, False),
        ({"a.py": "x = 1", "b/c.py": ""}, False),
        ({"a.py": "x = 1", "t.tsv": "1"}, False),
        ({"b.py": "x = 1"}, False),
        ({"a.py": "x = 1", "notes.txt": "1"}, True),
        ({"a.py": "x = 1", "cli/c.py": "", "evaluation/reports/r.py": ""}, True),
    ],
)
def test_digest_changes_with_any_module_or_table(
    tmp_path: Path, changed: dict[str, str], same: bool
) -> None:
    first = digest_of([write_files(tmp_path / "one", {"a.py": "x = 1"})])
    assert (digest_of([write_files(tmp_path / "two", changed)]) == first) is same
