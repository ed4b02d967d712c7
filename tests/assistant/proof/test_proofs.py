"""A proof bundle verifies in another folder of the same files, and nothing else does."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from assistants import open_assistant
from fake_assistant import NOT_FOUND
from fakes import HashingEmbedder, write_files
from hostile_file import Hostile, changed_entries, packed, repeated_entry, unpacked
from typer.testing import CliRunner

from assistant.assistant import Assistant
from assistant.cli.main import app
from assistant.drafts import read_draft
from assistant.errors import ProofError
from assistant.proof import (
    CitationCheck,
    bundle,
    find_originals,
    original_files,
    unpack_bundle,
    verify,
    verifying,
)
from assistant.records import Record
from corpus.build_pdfs import DOCUMENTS

PRINTED = "policy-handbook.pdf"
NOTE = "notes/lånd note.md"
FILES = {
    NOTE: "---\ntitle: Note\npublisher: Survey\n---\n\n# Output\n\n"
    "The North mine put out 30 t of oxide in 2024. Its price was <b>low</b>.\n\n"
    "| Mine | Output 2024 (t) |\n|---|---|\n| South | 12 |\n| East | 7 |\n",
}
DRAFT = "The North mine put out 30 t of oxide in 2024. We like it.\n"
CHINA = "How much did China mine in 2025?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of original files, among them a printed one."""
    made = write_files(tmp_path_factory.mktemp("originals"), FILES)
    shutil.copy(DOCUMENTS / PRINTED, made)
    return made


@pytest.fixture(scope="module")
def assistant(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened, _ = open_assistant(tmp_path_factory.mktemp("home"), HashingEmbedder(), folder)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def record(assistant: Assistant) -> Record:
    return assistant.describe(assistant.ask(CHINA))


@pytest.fixture(scope="module")
def of_answer(assistant: Assistant, record: Record) -> bytes:
    return assistant.prove(record)


@pytest.fixture(scope="module")
def of_draft(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    draft = read_draft(write_files(tmp_path_factory.mktemp("d"), {"d.md": DRAFT}) / "d.md")
    return assistant.prove_check(draft, list(assistant.check(draft)))


@pytest.fixture
def elsewhere(folder: Path, tmp_path: Path) -> Path:
    """Return another folder of the same files."""
    return Path(shutil.copytree(folder, tmp_path / "elsewhere"))


def checks(data: bytes, *folders: Path) -> list[CitationCheck]:
    """Return what becomes of a bundle over some folders."""
    file = folders[0].with_name("proof.zip")
    file.write_bytes(data)
    proof = unpack_bundle(file).proof
    return list(verify(proof, find_originals(proof.citations, folders).found))


def told(data: bytes) -> dict[str, Any]:
    """Return `proof.json` of a bundle."""
    proof: dict[str, Any] = json.loads(unpacked(data)["proof.json"])
    return proof


def summed(entries: Mapping[str, bytes]) -> bytes:
    """Return a bundle of entries with their right digests, as a forger makes it."""
    others = {name: data for name, data in entries.items() if name != "SHA256SUMS"}
    sums = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in others.items())
    return packed({**others, "SHA256SUMS": sums.encode()})


def forged(data: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Return a bundle whose `proof.json` was changed, its digests put right."""
    proof = told(data)
    change(proof)
    return summed({**unpacked(data), "proof.json": json.dumps(proof).encode()})


def refused(data: bytes, tmp_path: Path) -> str:
    """Return the line with which a bundle is refused."""
    file = tmp_path / "hostile.zip"
    file.write_bytes(data)
    with pytest.raises(ProofError) as error:
        unpack_bundle(file)
    line = str(error.value)
    assert line.startswith(f"{file}")
    assert "\n" not in line
    return line.removeprefix(f"{file}: ")


@pytest.mark.parametrize("kind", ["answer", "draft"])
def test_a_bundle_verifies_in_another_folder_of_the_same_files(
    kind: str, elsewhere: Path, request: pytest.FixtureRequest
) -> None:
    data: bytes = request.getfixturevalue(f"of_{kind}")
    assert told(data)["kind"] == kind
    found = checks(data, elsewhere)
    assert found
    is_same = {"answer": True, "draft": None}[kind]  # no picture is of a Markdown file
    for one in found:
        assert (one.state, one.same_picture, one.reason) == ("verified", is_same, "")
        assert Path(one.place).is_relative_to(elsewhere)


def test_a_bundle_holds_what_is_needed_to_verify_it_by_hand(of_answer: bytes) -> None:
    entries = unpacked(of_answer)
    proof = told(of_answer)
    assert proof["about"]["question"] == CHINA
    assert [step["step"] for step in proof["steps"]] == ["search", "answer"]
    assert proof["content"]["question"] == CHINA
    [cited] = proof["citations"]
    original = (DOCUMENTS / PRINTED).read_bytes()
    assert (cited["sha256"], cited["size"]) == (sha256(original).hexdigest(), len(original))
    text = entries[cited["text"]].decode()
    assert text[cited["start"] : cited["end"]] == cited["quote"]
    assert "270,000" in cited["quote"]
    assert entries[cited["picture"]].startswith(b"\x89PNG")
    read_me = entries["README.txt"].decode()
    assert cited["sha256"] in read_me
    assert cited["quote"] in read_me
    sums = dict(reversed(line.split("  ")) for line in entries["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: sha256(data).hexdigest() for name, data in entries.items() if name != "SHA256SUMS"
    }


def test_a_bundle_of_a_draft_names_the_draft_by_its_digest(of_draft: bytes) -> None:
    proof = told(of_draft)
    assert proof["about"]["draft"] == "d.md"
    assert proof["about"]["sha256"] == sha256(DRAFT.encode()).hexdigest()
    assert [claim["kind"] for claim in proof["content"]] == ["fact", "connecting"]
    assert proof["citations"][0]["text"].startswith("texts/01-land-note-page-1")
    assert proof["citations"][0]["picture"] == ""


def test_what_a_model_wrote_is_proven_with_what_does_not_hold(
    assistant: Assistant, record: Record, elsewhere: Path
) -> None:
    other = assistant.describe(assistant.ask("What was the output of the North mine in 2024?"))
    apart = {
        "text": "It fell.",
        "support": "contradicted",
        "reason": "it rose",
        "citations": other.answer["citations"],
    }
    written = {"sentences": 2, "kept": 1, "removed": {"contradicted": 1}, "fault": "", "calls": 3}
    queries = ["output of the South mine"]
    answer = {**record.answer, "written": written, "set_aside": [apart], "queries": queries}
    data = assistant.prove(replace(record, answer=answer, model="large", verifier="small"))
    steps = told(data)["steps"]
    assert [step["step"] for step in steps] == ["search", "answer", "write", "verify"]
    assert steps[0]["queries"] == queries
    assert (steps[2]["model"], steps[3]["model"], steps[3]["kept"]) == ("large", "small", 1)
    found = checks(data, elsewhere)
    assert [one.citation.path for one in found] == [PRINTED, NOTE]
    assert all(one.holds for one in found)


def test_a_bundle_is_made_the_same_every_time(
    assistant: Assistant, record: Record, of_answer: bytes
) -> None:
    assert assistant.prove(record) == of_answer


def test_no_folder_of_this_machine_is_in_a_bundle(
    assistant: Assistant, record: Record, folder: Path
) -> None:
    data = assistant.prove(replace(record, embedding_model=str(folder / "model")))
    assert told(data)["settings"]["embedding_model"] == "model"
    assert all(str(folder).encode() not in entry for entry in unpacked(data).values())


def test_one_changed_byte_names_the_file_with_both_digests(
    of_answer: bytes, elsewhere: Path
) -> None:
    file = elsewhere / PRINTED
    data = bytearray(file.read_bytes())
    before = sha256(data).hexdigest()
    data[-2] ^= 1
    file.write_bytes(data)
    [one] = checks(of_answer, elsewhere)
    assert (one.state, one.holds, one.place) == ("file differs", False, str(file))
    assert one.reason == (
        f"{file} has sha256 {sha256(data).hexdigest()}, the file that was cited {before}"
    )


def test_a_missing_file_is_named_by_its_digest(of_answer: bytes, elsewhere: Path) -> None:
    (elsewhere / PRINTED).unlink()
    [one] = checks(of_answer, elsewhere)
    assert (one.state, one.holds, one.same_picture) == ("file missing", False, None)
    assert one.citation.sha256 in one.reason


def test_a_renamed_and_moved_file_is_found(of_answer: bytes, elsewhere: Path) -> None:
    (elsewhere / PRINTED).rename(elsewhere / "notes" / "other.pdf")
    (elsewhere / PRINTED).write_text("another of the same name")
    [one] = checks(of_answer, elsewhere)
    assert (one.state, Path(one.place).name) == ("verified", "other.pdf")


def test_a_copy_in_the_second_folder_is_found(
    of_answer: bytes, elsewhere: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert [one.state for one in checks(of_answer, empty)] == ["file missing"]
    assert [one.state for one in checks(of_answer, empty, elsewhere)] == ["verified"]


def test_what_is_not_looked_at_is_told(
    of_answer: bytes, elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "proof.zip"
    file.write_bytes(of_answer)
    citations = unpack_bundle(file).proof.citations
    hidden = elsewhere / ".hidden"
    hidden.mkdir()
    (elsewhere / PRINTED).rename(hidden / PRINTED)
    search = find_originals(citations, [elsewhere])
    assert (dict(search.found), search.skipped) == ({}, (f"{hidden} (hidden)",))
    monkeypatch.setattr(original_files, "MOST_FILES", 0)
    search = find_originals(citations, [elsewhere / "notes"])
    assert search.skipped == (f"all behind the first 0 files, from {elsewhere / 'notes'}",)


def test_no_more_files_of_one_size_are_opened_than_is_told(
    of_answer: bytes, elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "proof.zip"
    file.write_bytes(of_answer)
    citations = unpack_bundle(file).proof.citations
    size = (elsewhere / PRINTED).stat().st_size
    (elsewhere / PRINTED).rename(elsewhere / "zz.pdf")
    for number in range(3):
        (elsewhere / f"{number}.pdf").write_bytes(bytes(size))
    assert find_originals(citations, [elsewhere]).found
    monkeypatch.setattr(original_files, "MOST_DIGESTS", 2)
    search = find_originals(citations, [elsewhere])
    assert (dict(search.found), search.skipped) == (
        {},
        ("more than 2 files of the sizes looked for",),
    )


def test_a_page_that_is_read_otherwise_tells_whether_the_quote_stands(
    of_draft: bytes, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = verifying.read_apart
    states = []
    for old, new in (("price was", "price is"), ("30 t", "31 t")):

        def otherwise(file: Path, root: Path, old: str = old, new: str = new) -> object:
            document = read(file, root)
            pages = (replace(page, text=page.text.replace(old, new)) for page in document.pages)
            return replace(document, pages=tuple(pages))

        monkeypatch.setattr(verifying, "read_apart", otherwise)
        [one] = checks(of_draft, elsewhere)
        states.append((one.state, one.holds))
    assert states == [("read differently", True), ("quote not found", False)]


def test_a_changed_quote_is_noticed(of_answer: bytes, elsewhere: Path, tmp_path: Path) -> None:
    entries = unpacked(of_answer)
    changed = entries["proof.json"].replace(b"270,000", b"370,000")
    assert changed != entries["proof.json"]
    simple = packed({**entries, "proof.json": changed})
    assert refused(simple, tmp_path).startswith("proof.json was changed after")
    whole = summed({**entries, "proof.json": changed})
    assert "the quote of citation 1 does not stand in texts/" in refused(whole, tmp_path)
    [cited] = told(of_answer)["citations"]
    text = entries[cited["text"]].replace(b"270,000", b"370,000")
    digests = changed.replace(cited["text_sha256"].encode(), sha256(text).hexdigest().encode())
    consistent = summed({**entries, "proof.json": digests, cited["text"]: text})
    [one] = checks(consistent, elsewhere)
    assert (one.state, one.holds) == ("quote not found", False)


def test_a_changed_picture_is_told(of_answer: bytes, elsewhere: Path) -> None:
    [cited] = told(of_answer)["citations"]
    picture = unpacked(of_answer)[cited["picture"]] + b"!"
    proof = unpacked(of_answer)["proof.json"].replace(
        cited["picture_sha256"].encode(), sha256(picture).hexdigest().encode()
    )
    whole = summed({**unpacked(of_answer), "proof.json": proof, cited["picture"]: picture})
    [one] = checks(whole, elsewhere)
    assert (one.state, one.same_picture) == ("verified", False)


def _without_citations(proof: dict[str, Any]) -> None:
    proof["citations"] = proof["content"]["citations"] = []


def _with(**values: object) -> Callable[[dict[str, Any]], None]:
    return lambda proof: proof["citations"][0].update(values)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (_without_citations, "it has 0 citations"),
        (lambda p: p["content"]["citations"].clear(), "cites other words than those it lists"),
        (lambda p: p["content"]["citations"][0].update(quote="x"), "cites other words"),
        (lambda p: p.update(format=3), "its format is 3, this program reads 1"),
        (lambda p: p.update(kind="song"), "it is of no answer and no draft"),
        (lambda p: p.update(content=5), "is no proof bundle"),
        (lambda p: p.pop("settings"), "is no proof bundle"),
        (lambda p: p.update(about={"question": "\ud800"}), "surrogates not allowed"),
        (_with(path="../../etc/passwd"), "which leaves its folder"),
        (_with(path="/etc/passwd"), "which leaves its folder"),
        (_with(sha256="0"), "citation 1 has no digest"),
        (_with(page="6"), "page of a citation is '6'"),
        (_with(start=-5), "citation 1 has no place"),
        (_with(text="texts/none.txt"), "is no proof bundle"),
        (_with(picture_sha256="0" * 64), "another picture"),
        (_with(text_sha256="0" * 64), "another text"),
    ],
)
def test_a_proof_that_says_what_cannot_be_is_refused(
    of_answer: bytes, tmp_path: Path, change: Callable[[dict[str, Any]], None], line: str
) -> None:
    assert line in refused(forged(of_answer, change), tmp_path)


def test_a_zip_that_is_no_bundle_is_refused(of_answer: bytes, tmp_path: Path) -> None:
    entries = unpacked(of_answer)
    text = told(of_answer)["citations"][0]["text"]
    deep = b"[" * 1_000_000
    link = bytearray(packed({**entries, "texts/zz.txt": b"/etc/passwd"}))
    at = link.rindex(b"PK\x01\x02") + 38
    link[at : at + 4] = (0o120777 << 16).to_bytes(4, "little")
    hostile: dict[str, tuple[bytes, str]] = {
        "no zip": (b"nothing", "is no proof bundle, or a damaged one (File is not a zip file)"),
        "empty": (packed({}), "has no README.txt"),
        "another zip": (packed({"a.txt": b"a"}), "holds 'a.txt'"),
        "a path that leaves": (packed({**entries, "texts/../../a.txt": b"a"}), "which no bundle"),
        "a path from the root": (packed({**entries, "/texts/a.txt": b"a"}), "which no bundle"),
        "a link": (bytes(link), "holds 'texts/zz.txt', which no bundle"),
        "an entry that nobody sums": (packed({**entries, "texts/a.txt": b"a"}), "was changed"),
        "an entry that is gone": (
            packed({name: data for name, data in entries.items() if name != text}),
            "was changed",
        ),
        "an entry twice": (repeated_entry(of_answer, 3), "which no bundle"),
        "many entries": (packed({f"texts/{n}.txt": b"" for n in range(20_001)}), "20,001 entries"),
        "a bomb": (packed({"proof.json": Hostile(b"", b" ", 40 << 20)}), "unpacks to more"),
        "a password": (changed_entries(of_answer, flags=1), "unusual way"),
        "another method": (changed_entries(of_answer, method=14), "unusual way"),
        "sizes that lie": (changed_entries(of_answer, size=10), "Bad CRC-32"),
        "no JSON": (summed({**entries, "proof.json": b"{"}), "Expecting property name"),
        "deep JSON": (summed({**entries, "proof.json": deep}), "recursion"),
        "a long number": (summed({**entries, "proof.json": b"1" * 10_000}), "4300 digits"),
        "no object": (summed({**entries, "proof.json": b"[]"}), "is no proof bundle"),
        "half": (of_answer[: len(of_answer) // 2], "not a zip file"),
    }
    for name, (data, line) in hostile.items():
        assert line in refused(data, tmp_path), name


def test_a_damaged_bundle_is_refused_or_says_the_same(of_draft: bytes, tmp_path: Path) -> None:
    file = tmp_path / "damaged.zip"
    file.write_bytes(of_draft)
    whole = unpack_bundle(file).proof
    lines = []
    for place in range(0, len(of_draft), 7):
        data = bytearray(of_draft)
        data[place] ^= 0xFF
        file.write_bytes(data)
        try:
            read = unpack_bundle(file).proof
        except ProofError as error:
            lines.append(str(error))
        else:
            assert read == whole
    assert lines
    assert all("\n" not in line for line in lines)


def test_a_bundle_that_could_not_be_verified_is_not_made(
    assistant: Assistant, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "ENTRY_BYTES", 100_000)
    with pytest.raises(ProofError, match=r"pages/01-policy-handbook-page-6\.png is too large"):
        assistant.prove(record)


def test_nothing_is_proven_of_an_answer_that_cites_nothing(assistant: Assistant) -> None:
    with pytest.raises(ProofError, match="nothing is cited"):
        assistant.prove(assistant.describe(NOT_FOUND))


def test_nothing_is_proven_of_files_that_changed_since_they_were_read(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "files", FILES)
    assistant, _ = open_assistant(tmp_path / "home", HashingEmbedder(), folder)
    record = assistant.describe(assistant.ask("What was the output of the North mine in 2024?"))
    assert record.answer["citations"]
    whole = record.answer["citations"][0]
    other = {**record.answer, "citations": [{**whole, "start": whole["start"] + 1}]}
    with pytest.raises(ProofError, match="stands there no more"):
        assistant.prove(replace(record, answer=other))
    unknown = {**whole, "source": {**whole["source"], "id": "gone"}}
    gone = {**record.answer, "citations": [unknown]}
    with pytest.raises(ProofError, match="index is no longer as it was"):
        assistant.prove(replace(record, answer=gone))
    (folder / NOTE).write_text("changed", encoding="utf-8")
    with pytest.raises(ProofError, match=f"{NOTE} was changed since it was read"):
        assistant.prove(record)
    (folder / NOTE).unlink()
    with pytest.raises(ProofError) as error:
        assistant.prove(record)
    source_id = whole["source"]["id"]
    assert str(error.value) == (
        f"{NOTE} cannot be opened where it was read, {folder / NOTE} (No such file or directory); "
        "put it back, or add the folder where it lies now (rare-earth add FOLDER), remove the "
        f"source that is gone (rare-earth sources remove {source_id}) and ask or check anew"
    )
    assistant.close()


def test_words_of_sources_and_drafts_steer_nothing(of_draft: bytes, elsewhere: Path) -> None:
    def rename(proof: dict[str, Any]) -> None:
        proof["about"]["draft"] = "a\x1b[31m\nb"

    file = elsewhere.with_name("proof.zip")
    file.write_bytes(forged(of_draft, rename))
    done = CliRunner().invoke(app, ["verify", str(file), str(elsewhere)])
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout
    assert "draft: a b" in done.stdout


def test_the_command_verifies_and_writes_nothing(
    of_answer: bytes, elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, home = tmp_path / "proof.zip", tmp_path / "home"
    file.write_bytes(of_answer)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(elsewhere)
    arguments = ["--home", str(home), "verify", str(file)]
    done = CliRunner().invoke(app, arguments)
    digest = sha256(of_answer).hexdigest()
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert lines[0].startswith(f"[1] verified: {PRINTED}, page 6 (printed P-5): ")
    assert lines[-1] == f"{file}: 1 verified; sha256 of the bundle {digest}"
    assert sorted(tmp_path.rglob("*")) == before
    (elsewhere / PRINTED).write_bytes(b"%PDF-1.4 other")
    done = CliRunner().invoke(app, [*arguments, "--json"])
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert (found["holds"], found["sha256"]) == (False, digest)
    assert [one["state"] for one in found["citations"]] == ["file differs"]
    done = CliRunner().invoke(app, [*arguments, str(tmp_path / "none")])
    assert isinstance(done.exception, ProofError)
    assert "none is no folder" in str(done.exception)
