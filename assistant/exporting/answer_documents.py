"""Recorded answers as a document: question, answer, cited works with their quotes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from assistant.answer.answer_table import AnswerTable, TableCell, table_of_json
from assistant.exporting.bibliography import BibliographyEntry, bibliography_of
from assistant.exporting.citation_styles import styled_works
from assistant.exporting.cited_works import CitedWorks, StyledText, TextRun, numbered_works
from assistant.plain_markdown import escape_markdown, markdown_line
from assistant.records import Record
from assistant.tabulating.writing import is_wide, note_marks

_STOPS = (".", "!", "?")
_Place = tuple[str, int]  # the id of a source and the number of a page


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table as it is written: the first of its `lines` are the heads of its columns."""

    title: str
    lines: tuple[tuple[StyledText, ...], ...]
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answered:
    """An answer as it is told, with the marks of what it cites."""

    question: str
    paragraphs: tuple[StyledText, ...]
    grids: tuple[_Grid, ...]
    date: str


@dataclass(frozen=True, slots=True)
class _Marks:
    """The marks of one answer: its own numbers of citations, and the works of the document."""

    own: Mapping[int, BibliographyEntry]
    works: CitedWorks

    def of(self, numbers: Iterable[int]) -> StyledText:
        """Return the mark of some citations, nothing where there is none."""
        cited = [self.own[number] for number in numbers if number in self.own]
        return self.works.mark(cited) if cited else ()


def write_answer_document(records: Sequence[Record], *, as_word: bool, style: str = "") -> bytes:
    """Return the answers of records with one bibliography, as DOCX or Markdown.

    `style` is the name or the file of a citation style; without one cited pages are numbered.
    Raises CitationStyleError.
    """
    entries = bibliography_of(records)
    works = styled_works(entries, style) if style else numbered_works(entries)
    by_place = {(one.reference.source_id, one.reference.number): one for one in entries}
    answered = [_answered(record, works, by_place) for record in records]
    return _word(answered, works) if as_word else _markdown(answered, works).encode()


def _answered(
    record: Record, works: CitedWorks, by_place: Mapping[_Place, BibliographyEntry]
) -> _Answered:
    answer = record.answer
    own = {one["number"]: by_place[one["source"]["id"], one["page"]] for one in answer["citations"]}
    marks = _Marks(own, works)
    sentences, grids = answer["sentences"], tuple[_Grid, ...]()
    if told := answer.get("table"):
        table = table_of_json(told)
        grids = (_grid(table, marks),)
        sentences = sentences[: len(sentences) - len(table.rows)]  # the others say its rows
    paragraph = _joined([_sentence(one, marks) for one in sentences])
    if not paragraph and not grids:
        paragraph = (TextRun(answer["text"]),)
    return _Answered(answer["question"], (paragraph,) if paragraph else (), grids, record.time[:10])


def _sentence(one: Mapping[str, Any], marks: _Marks) -> StyledText:
    text, mark = one["text"], marks.of(one["citations"])
    is_raised = bool(mark) and mark[0].form == "superscript"
    if mark and marks.works.is_inside and not is_raised and text.endswith(_STOPS):
        return (TextRun(text[:-1]), *_set_apart(mark), TextRun(text[-1]))
    return (TextRun(text), *_set_apart(mark))


def _set_apart(mark: StyledText) -> StyledText:
    """Return a mark with a space before it, unless it is raised."""
    return (TextRun(" "), *mark) if mark and mark[0].form != "superscript" else mark


def _joined(sentences: Sequence[StyledText]) -> StyledText:
    runs = list[TextRun]()
    for at, sentence in enumerate(sentences):
        runs += [*([TextRun(" ")] if at else []), *sentence]
    return tuple(runs)


def _grid(table: AnswerTable, marks: _Marks) -> _Grid:
    notes = note_marks(table)
    lines: list[tuple[StyledText, ...]] = [
        tuple((TextRun(head),) for head in (table.row_title, *table.columns))
    ]
    for row in table.rows:
        lines.append(((TextRun(row.head),), *(_cell(cell, notes, marks) for cell in row.cells)))
    if is_wide(table):
        lines = list(zip(*lines, strict=True))
    unit = f" ({table.measure})" if table.measure else ""
    below = (*(f"{mark}  {note}" for note, mark in notes.items()), *table.remarks)
    return _Grid(f"{table.title}{unit}", tuple(lines), below)


def _cell(cell: TableCell, notes: Mapping[str, str], marks: _Marks) -> StyledText:
    """Return a cell with the mark of what it cites, and its notes with that of theirs."""
    letters = ",".join(notes[note] for note in cell.notes)
    others = [number for number in cell.others if number not in cell.citations]
    return (
        TextRun(cell.text),
        *_set_apart(marks.of(cell.citations)),
        *([TextRun(letters, "superscript")] if letters else []),
        *_set_apart(marks.of(others)),
    )


def _markdown(answered: Sequence[_Answered], works: CitedWorks) -> str:
    pieces = list[str]()
    for one in answered:
        pieces += [f"## {markdown_line(one.question)}", *map(_marked_up, one.paragraphs)]
        for grid in one.grids:
            pieces += [f"**{markdown_line(grid.title)}**", "\n".join(_table_lines(grid))]
            pieces += map(markdown_line, grid.below)
        pieces.append(f"*Answered from the sources on {one.date}.*")
    if works.works:
        pieces.append("## References")
    for work in works.works:
        pieces += [_marked_up(work.told), *(f"> {markdown_line(quote)}" for quote in work.quotes)]
    return "\n\n".join(pieces) + "\n"


def _table_lines(grid: _Grid) -> Iterator[str]:
    for at, line in enumerate(grid.lines):
        cells = (_marked_up(cell).replace("|", "\\|") for cell in line)
        yield f"| {' | '.join(cells)} |"
        if at == 0:
            yield "|" + " --- |" + " ---: |" * (len(line) - 1)


def _marked_up(text: StyledText) -> str:
    return " ".join("".join(map(_run_marked_up, text)).split())


def _run_marked_up(run: TextRun) -> str:
    text = escape_markdown(run.text)
    if run.form == "italic":
        starless = text.replace("*", r"\*")
        return f"*{starless}*"
    return f"<sup>{text}</sup>" if run.form == "superscript" else text


def _word(answered: Sequence[_Answered], works: CitedWorks) -> bytes:
    from docx import Document

    document = Document()
    for one in answered:
        document.add_heading(one.question, 1)
        for paragraph in one.paragraphs:
            _add_runs(document.add_paragraph(), paragraph)
        for grid in one.grids:
            _add_grid(document, grid)
        document.add_paragraph(f"Answered from the sources on {one.date}.", style="Subtitle")
    if works.works:
        document.add_heading("References", 1)
    for work in works.works:
        _add_runs(document.add_paragraph(), work.told)
        for quote in work.quotes:
            document.add_paragraph(quote, style="Quote")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_grid(document: Any, grid: _Grid) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document.add_paragraph(grid.title, style="Caption").paragraph_format.keep_with_next = True
    table = document.add_table(len(grid.lines), len(grid.lines[0]), style="Table Grid")
    for at, (row, line) in enumerate(zip(table.rows, grid.lines, strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, line, strict=True)):
            paragraph = cell.paragraphs[0]
            _add_runs(paragraph, text)
            if column:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph.runs if at == 0 else ():
                run.bold = True
    for note in grid.below:
        document.add_paragraph(note)


def _add_runs(paragraph: Any, text: StyledText) -> None:
    for one in text:
        run = paragraph.add_run(one.text)
        run.italic = True if one.form == "italic" else None
        run.font.superscript = True if one.form == "superscript" else None
