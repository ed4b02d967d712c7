"""Adding in a thread of its own: what becomes of files, one after the other."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest
from fake_assistant import RECORDS

from assistant.assistant import Assistant
from index.errors import HomeLockedError, UploadError
from index.ingestion.sync import Progress, SyncReport
from index.storage.catalog import SourceRecord
from ui.shelf.adding import Adding, Outcome, Show


class _Assistant(Assistant):
    """Takes files as it is told to, once it may."""

    def __init__(self) -> None:
        self.may = threading.Event()

    def add_upload(self, name: str, data: IO[bytes], progress: Show = print) -> SourceRecord:
        progress(Progress(0, 1, f"{name} 3/9", "reading"))
        assert self.may.wait(10)
        if name == "bad.pdf":
            raise UploadError("bad.pdf: is no PDF")
        if name == "bug.pdf":
            raise KeyError(name)
        state = "set aside" if data.read() == b"aside" else "indexed"
        return replace(RECORDS[0], state=state, reason="a copy" if state != "indexed" else "")

    def add(self, paths: object, progress: object) -> SyncReport:  # noqa: ARG002
        if paths == [Path("/locked")]:
            raise HomeLockedError("another process is adding")
        return SyncReport(
            new=("a.md",), unchanged=("b.md", "c.md"), unreadable=("d.pdf: is no PDF",)
        )


@pytest.fixture
def adding() -> tuple[Adding, _Assistant]:
    assistant = _Assistant()
    return Adding(), assistant


def test_files_are_added_in_turn_and_each_is_told(adding: tuple[Adding, _Assistant]) -> None:
    one, assistant = adding
    one.send(assistant, [("good.pdf", b"x"), ("bad.pdf", b""), ("copy.md", b"aside")])
    assert (one.view().doing, one.view().waiting) == ("good.pdf", 2)
    assistant.may.set()
    one.wait(10)
    assert one.view().outcomes == (
        Outcome("good.pdf", "added"),
        Outcome("bad.pdf", "not read", "bad.pdf: is no PDF"),
        Outcome("copy.md", "set aside", "a copy"),
    )
    one.forget()
    assert one.view().outcomes == ()


def test_a_folder_is_told_by_file_and_a_lock_plainly(adding: tuple[Adding, _Assistant]) -> None:
    one, assistant = adding
    one.add_folder(assistant, Path("/files"))
    one.wait(10)
    one.add_folder(assistant, Path("/locked"))
    one.wait(10)
    assert one.view().outcomes == (
        Outcome("a.md", "added"),
        Outcome("2 files", "unchanged"),
        Outcome("d.pdf", "not read", "is no PDF"),
        Outcome("/locked", "not read", "another process is adding"),
    )


def test_a_bug_is_handed_on_and_the_rest_is_added(adding: tuple[Adding, _Assistant]) -> None:
    one, assistant = adding
    assistant.may.set()
    one.send(assistant, [("bug.pdf", b""), ("good.pdf", b"x")])
    one.wait(10)
    assert isinstance(one.view().failed, KeyError)
    assert one.view().outcomes == (Outcome("good.pdf", "added"),)
