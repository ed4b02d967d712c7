"""Pages written piece by piece: text, blocks, and repairs that undo what was changed."""

from corpus.document import Block, Cell, Context, Page, Repair, original_text
from corpus.page_writer import PageWriter, TableCell
from corpus.repair.raised import Piece, read_raised


def test_pieces_are_written_with_their_sections() -> None:
    writer = PageWriter(2, "Sheet")
    writer.prose("  First\nline. \n\n")
    writer.heading("A  title")
    writer.aside("Menu")
    writer.prose("Words.")
    writer.prose("  ")
    assert writer.page() == Page(
        2,
        "Sheet",
        "First\nline.\n\nA title\n\nMenu\n\nWords.",
        (
            Block("prose", 0, 11),
            Block("heading", 13, 20),
            Block("prose", 28, 34, Context(section="A title")),
        ),
    )


def test_table_is_its_caption_a_line_a_row_and_its_notes() -> None:
    writer = PageWriter()
    writer.table(
        [["Country", "2024", ""], ["China", "5", ""]],
        caption="Output",
        notes=["Source: X."],
        unit="(Metric tons)",
    )
    page = writer.page()
    assert page.text == "Output\n\n(Metric tons)\n\nCountry | 2024\nChina | 5\n\nSource: X."
    start = page.text.index("China")
    assert [block for block in page.blocks if block.kind == "row"] == [
        Block(
            "row",
            start,
            start + 9,
            Context("", "Output", ("Country", "2024"), "metric tons", ("Source: X.",)),
            (
                Cell("China", start, start + 5, "Country"),
                Cell("5", start + 8, start + 9, "2024", 2024, "metric tons"),
            ),
        )
    ]
    kinds = [page.text[block.start : block.end] for block in page.blocks]
    assert kinds == ["Output", "(Metric tons)", "China | 5", "Source: X."]


def test_raised_marks_come_off_and_bring_their_notes() -> None:
    writer = PageWriter()
    rows = [["Country", "2024"], [read_raised([Piece("China"), Piece("3", True)]), "270,000"]]
    writer.table(rows, notes=[read_raised([Piece("3", True), Piece("Official quota.")])])
    page = writer.page()
    assert page.text == "Country | 2024\nChina | 270,000\n\n3 Official quota."
    assert page.repairs == (
        Repair(20, 20, "3", "footnote mark"),
        Repair(33, 34, "", "footnote mark"),
    )
    assert page.blocks[0].cells[1].notes == ("Official quota.",)
    undone = original_text(page, 0, len(page.text))
    assert undone == "Country | 2024\nChina3 | 270,000\n\n3Official quota."


def test_mark_beside_a_figure_is_printed_and_is_no_part_of_it() -> None:
    writer = PageWriter()
    writer.table([["Country", "2024"], ["China", TableCell("5", mark="e")]], notes=["eEstimated."])
    page = writer.page()
    assert page.text == "Country | 2024\nChina | 5 e\n\neEstimated."
    cell = page.blocks[0].cells[1]
    assert (cell.text, page.text[cell.start : cell.end]) == ("5", "5")
    assert cell.notes == ("Estimated.",)


def test_repeat_is_told_and_not_written_again() -> None:
    writer = PageWriter()
    year = TableCell("2024", is_repeat=True)
    country = TableCell("China", is_repeat=True)
    writer.table(
        [["", "2024", year], ["Country", "Tons", "Value"], ["China", "1", "2"], [country, "3", "4"]]
    )
    page = writer.page()
    assert page.text == " | 2024\nCountry | Tons | Value\nChina | 1 | 2\n | 3 | 4"
    assert [cell.column for cell in page.blocks[0].cells[1:]] == ["2024 > Tons", "2024 > Value"]
    assert page.blocks[1].cells[0].text == "China"
    assert page.text[page.blocks[1].start : page.blocks[1].end] == "3 | 4"


def test_damaged_encoding_is_repaired_in_place() -> None:
    writer = PageWriter()
    writer.table([["Range"], ["1โ1.5 million"]])
    page = writer.page()
    assert page.text == "Range\n1–1.5 million"
    assert original_text(page, 0, len(page.text)) == "Range\n1โ1.5 million"
