"""LibreOffice, as readers of our documents have it."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

_SECONDS = 180
_WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def comments_in_libreoffice(file: Path, folder: Path) -> list[tuple[str, str]]:
    """Return each comment of a DOCX with the words it is on, as LibreOffice reads the file."""
    return list(_annotated(_read(file, folder)))


def footnotes_in_libreoffice(file: Path, folder: Path) -> list[str]:
    """Return the paragraphs of a DOCX that have footnotes: each as "[3 What it says]" in them."""
    content = _read(file, folder)
    for comment in list(content.iter(f"{_OFFICE}annotation")):
        comment.clear(keep_tail=True)
    for note in list(content.iter(f"{_WORDS}note")):
        [mark, body] = note
        told = f"[{''.join(mark.itertext())} {' '.join(''.join(body.itertext()).split())}]"
        note.clear(keep_tail=True)
        note.text = told
    texts = ["".join(one.itertext()) for one in content.iter(f"{_WORDS}p")]
    return [text for text in texts if "[" in text]


def _read(file: Path, folder: Path) -> Any:
    """Return the content of a DOCX as LibreOffice reads it.

    Skips the test where LibreOffice is not installed, and fails it where CI demands it.
    """
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("RARE_EARTH_REQUIRE_OFFICE"):
            pytest.fail("LibreOffice is not installed")
        pytest.skip("needs LibreOffice")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "odt", "--outdir", folder, file]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=_SECONDS)
    with zipfile.ZipFile(folder / f"{file.stem}.odt") as archive:
        return etree.fromstring(archive.read("content.xml"))


def _annotated(content: Any) -> Iterator[tuple[str, str]]:
    told: dict[str, str] = {}
    on: dict[str, str] = {}
    for event, element in etree.iterwalk(content, events=("start", "end")):
        if any(one.tag == f"{_OFFICE}annotation" for one in element.iterancestors()):
            continue
        name = element.get(f"{_OFFICE}name", "")
        if event == "start" and element.tag == f"{_OFFICE}annotation":
            told[name], on[name] = "\n".join(element.itertext()), ""
        elif event == "start" and element.tag == f"{_OFFICE}annotation-end":
            yield on.pop(name), told[name]
        text = element.text if event == "start" else element.tail
        if event == "start" and element.tag == f"{_OFFICE}annotation":
            text = ""
        for one in on:
            on[one] += text or ""
