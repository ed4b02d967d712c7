"""What tests put in place of the slow parts, and small real files made on the spot."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from assistant.answer import Tokens
from assistant.language_model import Allowance, Form, Message, Piece
from index.token_vectors import TokenVectors

PAGE_HEIGHT = 842.0


class HashingEmbedder:
    """A deterministic embedder: texts that share words are near, others are at right angles.

    Each word adds to one place of the vector, chosen by its digest.
    """

    def __init__(self, name: str = "hashing", dimension: int = 512) -> None:
        self.name = name
        self.dimension = dimension
        self.max_tokens = 254
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, and remember the texts."""
        self.embedded += texts
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()) or [""]:
                row[_number(word) % self.dimension] += 1.0
            row /= np.linalg.norm(row)
        return rows

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the texts and of their words; equal words have equal vectors."""
        return [self._token_vectors(text) for text in texts]

    def _token_vectors(self, text: str) -> TokenVectors:
        found = list(re.finditer(r"\w+", text))
        words = np.zeros((len(found), self.dimension), dtype=np.float32)
        for row, match in zip(words, found, strict=True):
            row[_number(match.group().lower()) % self.dimension] = 1.0
        spans = np.array([match.span() for match in found], np.int32).reshape(-1, 2)
        return TokenVectors(self.embed([text])[0], words, spans)

    def tokens(self, text: str) -> list[int]:
        """Return one number a word or sign."""
        return [_number(token) for token in re.findall(r"\w+|[^\w\s]", text)]


Reply = str | Exception | Callable[[Sequence[Message]], str]


@dataclass(frozen=True, slots=True)
class CutReply:
    """A text of a language model that breaks off with an error."""

    text: str | Callable[[Sequence[Message]], str]
    error: Exception


class ScriptedModel:
    """A language model that writes its replies in order; the last one again and again.

    A reply is a text, an error to raise, a text that an error cuts, or a function from the
    messages to a text. A text comes in a few pieces, the last of them with the tokens: one for
    each word. `prompts` has what was asked.
    """

    def __init__(self, *replies: Reply | CutReply, name: str = "scripted") -> None:
        self.name = name
        self.prompts: list[tuple[Message, ...]] = []
        self._replies = list(replies)

    def write(
        self,
        messages: Sequence[Message],
        allowance: Allowance,  # noqa: ARG002
        form: Form | None = None,  # noqa: ARG002
    ) -> Iterator[Piece]:
        """Yield the next reply in pieces."""
        self.prompts.append(tuple(messages))
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, CutReply):
            yield Piece(reply.text if isinstance(reply.text, str) else reply.text(messages))
            raise reply.error
        text = reply if isinstance(reply, str) else reply(messages)
        first, second = len(text) // 3, 2 * len(text) // 3
        yield Piece(text[:first])
        yield Piece(text[first:second])
        prompt = sum(len(message.content.split()) for message in messages)
        yield Piece(text[second:], Tokens(prompt, len(text.split())))


@dataclass(frozen=True, slots=True)
class Ink:
    """Words printed at `x` points from the left; `rise` lifts them off the base line."""

    x: float
    text: str
    size: float = 10.0
    rise: float = 0.0


Line = str | Sequence[Ink]  # a string is set at the left margin


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write text files by their relative paths and return the folder."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def write_pdf(
    file: Path,
    pages: Sequence[Sequence[Line]],
    about: dict[str, str] | None = None,
    labels: Sequence[tuple[int, str, int, str]] = (),
) -> Path:
    """Print pages of lines to a PDF and return it.

    `about` may hold title, author and subject; `labels` are (index of the first page, style,
    first number, prefix). All ink of a line is one text object, as a typesetter writes it.
    """
    canvas = Canvas(str(file), pagesize=(595, PAGE_HEIGHT), invariant=1)
    for key, value in (about or {}).items():
        {"title": canvas.setTitle, "author": canvas.setAuthor, "subject": canvas.setSubject}[key](
            value
        )
    for first, style, start, prefix in labels:
        canvas.addPageLabel(first, style, start, prefix)
    for page in pages:
        y = PAGE_HEIGHT - 80
        for line in page:
            text = canvas.beginText(62, y)
            for ink in [Ink(62, line)] if isinstance(line, str) else line:
                text.setFont("Helvetica", ink.size)
                text.setTextOrigin(ink.x, y + ink.rise)
                text.textOut(ink.text)
            text.setTextOrigin(62, y)
            text.textLine()
            canvas.drawText(text)
            y -= 16
        canvas.showPage()
    canvas.save()
    return file


def encrypt_pdf(file: Path, password: str) -> Path:
    """Encrypt a PDF in place with a reader's password, which may be empty."""
    writer = PdfWriter(clone_from=PdfReader(file))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    writer.write(file)
    return file


def _number(word: str) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
