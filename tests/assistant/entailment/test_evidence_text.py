"""Passages as evidence that an entailment model reads."""

from assistant.entailment import evidence_texts
from corpus.document import Cell, Context, Source
from index.passage import Evidence, Passage

SOURCE = Source("s", "/s", "s.txt", "Tarvas in brief", "text", "0")


def evidence(text: str, context: Context, cells: tuple[Cell, ...] = ()) -> Evidence:
    kind = "row" if cells else "text"
    passage = Passage("s:1:0", "s", 1, "1", 0, len(text), text, kind, context, cells)  # type: ignore[arg-type]
    return Evidence(passage, SOURCE, 1.0, 1.0)


def test_sentence_comes_with_the_one_before_it_behind_title_and_heading() -> None:
    found = evidence("The pit is old. It gave\n300 t. It closed.", Context(section="# Output"))
    assert evidence_texts(found) == (
        "Tarvas in brief | Output\nThe pit is old.",
        "Tarvas in brief | Output\nThe pit is old. It gave 300 t.",
        "Tarvas in brief | Output\nIt gave 300 t. It closed.",
    )


def test_row_is_told_cell_by_cell_and_whole() -> None:
    cells = (
        Cell("Tarvas", 0, 6),
        Cell("300", 9, 12, "Output", 2024, "t"),
        Cell("280", 15, 18, "2023", 2023, "t"),
    )
    found = evidence("Tarvas | 300 | 280", Context(caption="Table 1"), cells)
    assert evidence_texts(found) == (
        "Tarvas in brief | Table 1\nTarvas | Output 2024 | t: 300",
        "Tarvas in brief | Table 1\nTarvas | 2023 | t: 280",
        "Tarvas in brief | Table 1\nTarvas | t | Output 2024: 300; 2023: 280",
    )
