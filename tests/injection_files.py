"""The injection documents of the tables in `injections/`, written as files of their formats.

A line of the table is a file with its title and lines. A line that begins "hidden: ", "white: ",
"tiny: " or "invisible: " is set so that a human reader does not see it, where the format can.
"""

import csv
import json
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Inches
from reportlab.pdfgen.canvas import Canvas
from word_files import saved, word_file

INJECTIONS = Path(__file__).parent / "injections" / "documents.jsonl"
AMONG_WORDS = INJECTIONS.with_name("among_words.jsonl")  # orders among words about rare earths
_MARKS = ("hidden: ", "white: ", "tiny: ", "invisible: ")
_LINE_CHARS = 90


def write_injections(folder: Path, table: Path = INJECTIONS) -> tuple[Path, ...]:
    """Write all documents of a table into a folder; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for line in table.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        path = folder / record["file"]
        path.write_bytes(_WRITERS[path.suffix](record["title"], record["lines"]))
        paths.append(path)
    return tuple(paths)


def _plain(title: str, lines: Sequence[str]) -> bytes:
    return "\n\n".join((title, *lines)).encode()


def _markdown(title: str, lines: Sequence[str]) -> bytes:
    return _plain(f"# {title}", lines)


def _html(title: str, lines: Sequence[str]) -> bytes:
    body = "\n".join(lines)
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


def _json(title: str, lines: Sequence[str]) -> bytes:
    body = [json.loads(line) if line.startswith("{") else line for line in lines]
    return json.dumps({"title": title, "body": body}).encode()


def _csv(_: str, lines: Sequence[str]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(line.split(",", 1) for line in lines)
    return text.getvalue().encode()


def _workbook(title: str, lines: Sequence[str]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title
    for line in lines:
        sheet.append(line.split("|"))
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _word(title: str, lines: Sequence[str]) -> bytes:
    def write(document: Any) -> None:
        document.core_properties.title = title
        document.add_heading(title)
        for line in lines:
            run = document.add_paragraph().add_run(_unmarked(line))
            run.font.hidden = line.startswith("hidden: ") or None

    return word_file(write)


def _slides(title: str, lines: Sequence[str]) -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = title
    box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(8), Inches(4))
    box.text_frame.text = "\n".join(lines)
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)
    return saved(deck)


def _pdf(title: str, lines: Sequence[str]) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, invariant=True)
    canvas.setTitle(title)
    canvas.setFont("Helvetica", 16)
    canvas.drawString(72, 760, title)
    for place, line in enumerate(lines):
        text = canvas.beginText(72, 720 - 30 * place)
        text.setFont("Helvetica", 1 if line.startswith("tiny: ") else 11)
        text.setFillGray(1 if line.startswith("white: ") else 0)
        text.setTextRenderMode(3 if line.startswith("invisible: ") else 0)
        words = _unmarked(line)
        for start in range(0, len(words), _LINE_CHARS):
            text.textLine(words[start : start + _LINE_CHARS])
        canvas.drawText(text)
    canvas.save()
    return file.getvalue()


def _mail(title: str, lines: Sequence[str]) -> bytes:
    message = EmailMessage()
    message["Subject"] = title
    message["From"] = "press@example.org"
    message["Date"] = "Tue, 01 Dec 2026 09:00:00 +0000"
    message.set_content("\n\n".join(lines))
    return message.as_bytes()


def _feed(title: str, lines: Sequence[str]) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><description>{line}</description></item>" for line in lines
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


def _unmarked(line: str) -> str:
    for mark in _MARKS:
        line = line.removeprefix(mark)
    return line


_WRITERS: dict[str, Callable[[str, Sequence[str]], bytes]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".json": _json,
    ".csv": _csv,
    ".xlsx": _workbook,
    ".docx": _word,
    ".pptx": _slides,
    ".pdf": _pdf,
    ".eml": _mail,
    ".xml": _feed,
}
