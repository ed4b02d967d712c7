"""Passages keep their offsets, stay on their page, lose no words and fit the model."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import HashingEmbedder, Ink, write_files, write_pdf

from corpus.build_pdfs import DOCUMENTS
from corpus.document import Block, Cell, Context, Document, Page, Source
from corpus.reading import read_document
from corpus.text.blocks import find_blocks
from index.embedding import Embedder
from index.ingestion.splitting import (
    embedded_text,
    fitted_text,
    passage_context,
    passage_tokens,
    split_document,
    text_digest,
)
from index.passage import Passage

SOURCE = Source("s", "/s.md", "s.md", "Title", "markdown", "0" * 64, "Survey", edition="MCS 2026")
TOKENS = HashingEmbedder().tokens
MODEL_TOKENS = 256  # what the packaged model reads, two of them its own


def document(*texts: str) -> Document:
    """Return a document of pages of Markdown."""
    return Document(
        SOURCE,
        tuple(
            Page(number, f"p{number}", text, find_blocks(text))
            for number, text in enumerate(texts, start=1)
        ),
    )


def random_markdown(chance: random.Random) -> str:
    """Return a page of headings, short and very long paragraphs, lists and tables."""
    words = "rare earth oxide 1,500 tons e.g. U.S. output, fell (see below). Rose! $60/kg".split()
    parts = []
    for _ in range(chance.randrange(1, 8)):
        text = " ".join(chance.choices(words, k=chance.choice((3, 30, 400))))
        match chance.randrange(4):
            case 0:
                parts.append(f"## Heading {chance.randrange(3)}")
            case 1:
                parts.append("| A | B |\n|---|---|\n| x | 1 |\n| y | 2 |")
            case 2:
                parts.append(f"- {text}\n- {text}")
            case _:
                parts.append(text.replace(" fell", "\nfell"))
    return "\n\n".join(parts)


def check_offsets(document: Document, passages: tuple[Passage, ...]) -> None:
    """Assert that each passage is what its place says, and that none lies in another."""
    pages = {page.number: page for page in document.pages}
    end = (0, 0)
    for passage in passages:
        page = pages[passage.page]
        assert page.text[passage.start : passage.end] == passage.text
        assert passage.page_label == page.label
        assert passage.id == f"{document.source.id}:{passage.page}:{passage.start}"
        assert end <= (passage.page, passage.start)
        end = (passage.page, passage.end)


def check_nothing_lost(document: Document, passages: tuple[Passage, ...]) -> None:
    """Assert that every word of prose and rows stands in a passage."""
    for page in document.pages:
        covered = {at for p in passages if p.page == page.number for at in range(p.start, p.end)}
        for block in page.blocks:
            if block.kind != "heading":
                lost = [at for at in range(block.start, block.end) if at not in covered]
                assert "".join(page.text[at] for at in lost).strip() == ""


def test_offsets_hold_and_nothing_is_lost_whatever_the_page() -> None:
    chance = random.Random(3)
    for _ in range(10):
        made = document(random_markdown(chance), random_markdown(chance))
        passages = split_document(made, TOKENS)
        check_offsets(made, passages)
        check_nothing_lost(made, passages)
        assert all(len(TOKENS(p.text)) <= 160 for p in passages)


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_offsets_hold_and_nothing_is_lost_in_shipped_documents(path: Path) -> None:
    read = read_document(path, DOCUMENTS)
    passages = split_document(read, TOKENS)
    check_offsets(read, passages)
    check_nothing_lost(read, passages)


def test_passage_says_where_it_stands() -> None:
    text = "# Output\n\nIt rose.\n"
    assert split_document(document(text), TOKENS) == (
        Passage("s:1:10", "s", 1, "p1", 10, 18, "It rose.", "prose", Context("Output")),
    )


def test_each_row_is_a_passage_with_its_cells() -> None:
    text = "| Country | 2025 |\n|---|---|\n| Nigeria | 1,500 |\n| Burma | 22,000 |"
    made = document(text)
    rows = [block for block in made.pages[0].blocks if block.kind == "row"]
    assert [(p.kind, p.text, p.cells) for p in split_document(made, TOKENS)] == [
        ("row", "Nigeria | 1,500", rows[0].cells),
        ("row", "Burma | 22,000", rows[1].cells),
    ]


def test_paragraphs_of_a_section_are_joined_while_they_fit() -> None:
    text = "# A\n\nOne.\n\nTwo.\n\n# B\n\nThree.\n"
    assert [p.text for p in split_document(document(text), TOKENS)] == ["One.\n\nTwo.", "Three."]


def test_paragraphs_that_do_not_fit_together_are_parted() -> None:
    long = "word " * 99 + "end."
    passages = split_document(document(f"{long}\n\n{long}\n"), TOKENS)
    assert [p.text for p in passages] == [long, long]


def test_equal_sentences_keep_their_own_places() -> None:
    text = "Output rose by ten tons. " * 60
    made = document(text)
    passages = split_document(made, TOKENS)
    check_offsets(made, passages)
    assert len({p.start for p in passages}) == len(passages) > 1


def prose(text: str, *stretches: str) -> Document:
    """Return a document of one page of which only some stretches are blocks."""
    starts = [text.index(stretch) for stretch in stretches]
    blocks = (Block("prose", at, at + len(s)) for at, s in zip(starts, stretches, strict=True))
    return Document(SOURCE, (Page(1, "1", text, tuple(blocks)),))


@pytest.mark.parametrize("between", ["Log in | Share", "4 comments", "12", "メニュー"])
def test_words_in_no_block_stand_in_no_passage(between: str) -> None:
    made = prose(f"It rose.\n\n{between}\n\nIt fell.", "It rose.", "It fell.")
    assert [p.text for p in split_document(made, TOKENS)] == ["It rose.", "It fell."]


@pytest.mark.parametrize("between", ["\n\n", "\n* * *\n", "\n\n- ", " | "])
def test_signs_between_two_blocks_do_not_part_them(between: str) -> None:
    text = f"It rose.{between}It fell."
    assert [p.text for p in split_document(prose(text, "It rose.", "It fell."), TOKENS)] == [text]


def row_of(source: Source, caption: str = "Output") -> str:
    """Return what is embedded of a row of Nigeria."""
    context = Context("Mines", caption, ("", "2024", "2025"), "tons")
    cells = (Cell("Nigeria", 0, 0), Cell("1,500", 0, 0, "2024"), Cell("1,400", 0, 0, "2025"))
    row = Passage("s:1:0", "s", 1, "1", 0, 1, "x", "row", context, cells)
    return embedded_text(source, row)


def test_a_row_is_embedded_by_place_label_and_heads_without_its_figures() -> None:
    assert row_of(SOURCE) == (
        "Title, Survey, MCS 2026 | Mines | Output | Nigeria | 2024 | 2025 | tons"
    )
    assert len(row_of(SOURCE, "long " * 300)) == 400


def test_a_row_without_a_label_and_prose_are_embedded_with_their_text() -> None:
    cells = (Cell("", 0, 0), Cell("1,500", 0, 5, "2024"))
    row = Passage("s:1:0", "s", 1, "1", 0, 5, "1,500", "row", Context("Mines"), cells)
    assert embedded_text(SOURCE, row) == "Title, Survey, MCS 2026 | Mines | 2024: 1,500\n1,500"


def test_a_name_taken_from_the_file_changes_nothing_of_what_is_embedded() -> None:
    passage = Passage("s:1:0", "s", 1, "1", 0, 1, "x", "prose")
    named = [replace(SOURCE, title=name, path=f"sub/{name}.md") for name in ("one", "other")]
    assert [embedded_text(source, passage) for source in named] == ["Survey, MCS 2026\nx"] * 2
    assert text_digest(named[0], passage) == text_digest(named[1], passage)
    assert text_digest(SOURCE, passage) != text_digest(named[0], passage)


def test_heading_with_nothing_below_it_is_a_passage() -> None:
    assert [p.text for p in split_document(document("# Contents\n\n# Index\n"), TOKENS)] == [
        "# Contents\n\n# Index"
    ]


def test_page_without_text_has_no_passages() -> None:
    assert split_document(document("", "Text."), TOKENS)[0].page == 2


def test_splitting_twice_gives_equal_passages() -> None:
    made = document(random_markdown(random.Random(5)))
    assert split_document(made, TOKENS) == split_document(made, TOKENS)


def test_folio_of_a_pdf_stands_in_no_passage(tmp_path: Path) -> None:
    file = write_pdf(
        tmp_path / "a.pdf",
        [["Some text of the page.", "It goes on.", [Ink(300, str(n), 9)]] for n in (152, 153)],
    )
    read = read_document(file, tmp_path)
    assert [(p.page_label, p.text) for p in split_document(read, TOKENS)] == [
        ("152", "Some text of the page.\nIt goes on."),
        ("153", "Some text of the page.\nIt goes on."),
    ]


def test_context_of_prose_names_source_and_section() -> None:
    passage = Passage("s:1:0", "s", 1, "1", 0, 1, "x", "prose", Context("Output", "A caption"))
    assert passage_context(SOURCE, passage) == "Title, Survey, MCS 2026 | Output | A caption"


def test_context_of_a_row_pairs_columns_with_cells_and_gives_the_unit() -> None:
    context = Context("Output", "Output", ("", "2024", "2025"), "tons")
    cells = (Cell("Nigeria", 0, 0), Cell("1,500", 0, 0, "2024"), Cell("1,400", 0, 0, "2025"))
    passage = Passage("s:1:0", "s", 1, "1", 0, 1, "x", "row", context, cells)
    assert passage_context(SOURCE, passage) == (
        "Title, Survey, MCS 2026 | Output | 2024: 1,500; 2025: 1,400 | tons"
    )


def test_context_is_cut_where_it_would_push_out_the_passage() -> None:
    passage = Passage("s:1:0", "s", 1, "1", 0, 1, "x", "prose", Context("long " * 300))
    assert len(passage_context(SOURCE, passage)) == 600


@pytest.mark.slow
def test_prose_with_its_context_fits_the_model(embedder: Embedder, tmp_path: Path) -> None:
    write_files(tmp_path, {"long.md": "# Long\n\n" + "Dysprosium-iron-boron (Dy2Fe14B). " * 300})
    files = [(path, DOCUMENTS) for path in sorted(DOCUMENTS.iterdir())]
    for path, root in [*files, (tmp_path / "long.md", tmp_path)]:
        read = read_document(path, root)
        for passage in split_document(read, embedder.tokens):
            length = len(embedder.tokens(passage.text))
            assert passage.kind == "row" or length <= 160
            whole = f"{passage_context(read.source, passage)}\n{passage.text}"
            assert len(embedder.tokens(whole)) <= MODEL_TOKENS - 2


def test_blocks_that_begin_at_one_place_give_one_passage() -> None:
    text = "first line\nsecond line"
    blocks = (Block("row", 0, 10), Block("row", 0, 22), Block("row", 11, 22))
    passages = split_document(Document(SOURCE, (Page(1, "1", text, blocks),)), TOKENS)
    assert [(p.start, p.end) for p in passages] == [(0, 10), (11, 22)]


class Short(HashingEmbedder):
    """An embedder that reads no more than so many words."""

    def __init__(self, max_tokens: int) -> None:
        super().__init__()
        self.max_tokens = max_tokens


def test_text_that_fits_is_embedded_as_it_is() -> None:
    passage = Passage("s:1:0", "s", 1, "1", 0, 8, "It rose.", "prose", Context("Output"))
    assert fitted_text(SOURCE, passage, Short(254)) == embedded_text(SOURCE, passage)


@pytest.mark.parametrize("most", [4, 6, 9, 12])
def test_what_does_not_fit_is_cut_from_the_context_and_never_from_the_passage(most: int) -> None:
    text = "It rose."  # three tokens
    passage = Passage("s:1:0", "s", 1, "1", 0, 8, text, "prose", Context("Output of all mines"))
    fitted = fitted_text(SOURCE, passage, Short(most))
    context, _, own = fitted.partition("\n")
    assert own == text
    assert embedded_text(SOURCE, passage).startswith(context)
    assert most - 2 <= len(Short(most).tokens(fitted)) <= most


def test_row_that_does_not_fit_is_cut_at_its_end() -> None:
    cells = (Cell("Chad", 0, 4), *(Cell("1", 5, 6, f"Column {n}") for n in range(20)))
    row = Passage("s:1:0", "s", 1, "1", 0, 6, "Chad 1", "row", Context(), cells)
    fitted = fitted_text(SOURCE, row, Short(20))
    assert embedded_text(SOURCE, row).startswith(fitted)
    assert "Chad" in fitted
    assert len(Short(20).tokens(fitted)) <= 20


@pytest.mark.parametrize(("most", "length"), [(510, 160), (254, 160), (126, 84)])
def test_passages_are_shorter_where_a_model_reads_less(most: int, length: int) -> None:
    assert passage_tokens(Short(most)) == length
    passages = split_document(document("# Long\n\n" + "Word. " * 400), TOKENS, length)
    assert all(len(TOKENS(passage.text)) <= length for passage in passages)


def test_reads_no_word_lists_of_nltk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which nltk refuses to open where an installer made hard links of the files it installs."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("refusing multiply-linked file")

    monkeypatch.setattr("nltk.corpus.reader.wordlist.WordListCorpusReader.words", refuse)
    monkeypatch.setattr("llama_index.core.utils.globals_helper._stopwords", None)
    monkeypatch.setattr("llama_index.core.utils.globals_helper._punkt_tokenizer", None)
    passages = split_document(document("# Long\n\n" + "Mines opened. " * 400), TOKENS)
    assert len(passages) > 1
    assert all(passage.text.endswith("opened.") for passage in passages)
