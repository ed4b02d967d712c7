"""Recorded answers as a document: question, answer, numbered references with their quotes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from assistant.exporting.bibliography import BibliographyEntry, bibliography_of
from assistant.records import Record


@dataclass(frozen=True, slots=True)
class _Answered:
    """An answer as it is told: its sentences with the numbers of the bibliography."""

    question: str
    paragraphs: tuple[str, ...]
    date: str


def write_answer_document(records: Sequence[Record], *, as_word: bool) -> bytes:
    """Return the answers of records with one bibliography, as DOCX or Markdown."""
    entries = bibliography_of(records)
    numbers = {key: at for at, key in enumerate(_places(records), 1)}
    answered = [_answered(record, numbers) for record in records]
    return _word(answered, entries) if as_word else _markdown(answered, entries).encode()


def _places(records: Sequence[Record]) -> list[tuple[str, int]]:
    cited = (c for record in records for c in record.answer["citations"])
    return list(dict.fromkeys((c["source"]["id"], c["page"]) for c in cited))


def _answered(record: Record, numbers: Mapping[tuple[str, int], int]) -> _Answered:
    answer = record.answer
    own = {
        citation["number"]: numbers[citation["source"]["id"], citation["page"]]
        for citation in answer["citations"]
    }
    told = [_sentence(one, own) for one in answer["sentences"]] or [answer["text"]]
    rows = answer.get("table")
    paragraphs = told if rows else [" ".join(told)]
    return _Answered(answer["question"], tuple(paragraphs), record.time[:10])


def _sentence(one: Mapping[str, Any], own: Mapping[int, int]) -> str:
    marks = sorted({own[number] for number in one["citations"] if number in own})
    return f"{one['text']}{''.join(f' [{mark}]' for mark in marks)}"


def _references(entries: Sequence[BibliographyEntry]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for at, one in enumerate(entries, 1):
        place = f" {one.link}" if one.link else f" ({one.path})"
        yield f"[{at}] {one.told}.{place}", one.quotes


def _markdown(answered: Sequence[_Answered], entries: Sequence[BibliographyEntry]) -> str:
    pieces = list[str]()
    for one in answered:
        pieces += [f"## {_plain(one.question)}", *map(_plain, one.paragraphs)]
        pieces.append(f"*Answered from the sources on {one.date}.*")
    pieces.append("## References")
    for told, quotes in _references(entries):
        pieces += [_plain(told), *(f"> “{_plain(quote)}”" for quote in quotes)]
    return "\n\n".join(pieces) + "\n"


def _plain(text: str) -> str:
    """Return a text in which Markdown finds no link, picture or tag."""
    return " ".join(text.split()).replace("<", "&lt;").replace("](", "] (")


def _word(answered: Sequence[_Answered], entries: Sequence[BibliographyEntry]) -> bytes:
    from docx import Document

    document = Document()
    for one in answered:
        document.add_heading(one.question, 1)
        for paragraph in one.paragraphs:
            document.add_paragraph(paragraph)
        document.add_paragraph(f"Answered from the sources on {one.date}.", style="Subtitle")
    document.add_heading("References", 1)
    for told, quotes in _references(entries):
        document.add_paragraph(told)
        for quote in quotes:
            document.add_paragraph(f"“{quote}”", style="Quote")
    file = BytesIO()
    document.save(file)
    return file.getvalue()
