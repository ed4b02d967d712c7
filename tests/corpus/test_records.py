"""Documents survive becoming JSON and coming back, and large tables stay small."""

import json
import random
import string
from dataclasses import fields

import pytest

from corpus.document import Block, Cell, Context, Document, Doubt, Page, Rank, Repair, Source
from corpus.records import document_record, load_document, load_page, page_record

_SIGNS = string.ascii_letters + string.digits + " \n|,.$%€–'\"\\\t\u00a0\u3042ไ𐍈\u2028{}[]:"
_RANKS: tuple[Rank, ...] = ("official", "filing", "trade press", "news", "unknown")


def words(chance: random.Random, most: int = 20) -> str:
    return "".join(chance.choices(_SIGNS, k=chance.randrange(most)))


def several(chance: random.Random, most: int = 3) -> tuple[str, ...]:
    return tuple(words(chance) for _ in range(chance.randrange(most)))


def place(chance: random.Random, text: str) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, chance.randrange(start, len(text) + 1)


def random_context(chance: random.Random) -> Context:
    return Context(words(chance), words(chance), several(chance), words(chance), several(chance))


def random_cell(chance: random.Random, text: str) -> Cell:
    start, end = place(chance, text)
    printed = text[start:end] if chance.random() < 0.5 else words(chance)
    if chance.random() < 0.2:
        return Cell(printed, start, end)
    year = chance.choice((0, 2024))
    unit, basis = words(chance), words(chance)
    return Cell(printed, start, end, words(chance), year, unit, basis, several(chance))


def random_page(chance: random.Random, number: int) -> Page:
    text = words(chance, 400)
    contexts = [Context(), *(random_context(chance) for _ in range(3))]
    blocks = tuple(
        Block(
            chance.choice(("heading", "prose", "row")),
            *place(chance, text),
            chance.choice(contexts),
            tuple(random_cell(chance, text) for _ in range(chance.randrange(4))),
        )
        for _ in range(chance.randrange(8))
    )
    repairs = tuple(
        Repair(*place(chance, text), words(chance), "encoding") for _ in range(chance.randrange(4))
    )
    doubts = tuple(Doubt(*place(chance, text), chance.random()) for _ in range(chance.randrange(4)))
    fault = chance.choice(("", words(chance)))
    return Page(number, words(chance), text, blocks, repairs, chance.random(), doubts, fault)


def random_document(chance: random.Random) -> Document:
    source = Source(
        id=words(chance),
        location=words(chance),
        path=words(chance),
        title=words(chance),
        file_type=words(chance),
        sha256=words(chance),
        publisher=words(chance),
        published=words(chance),
        data_years=tuple(chance.choices(range(1990, 2030), k=chance.randrange(4))),
        edition=words(chance),
        version=words(chance),
        url=words(chance),
        licence=words(chance),
        language=words(chance),
        copy_group=words(chance),
        confidence=chance.random(),
        faults=several(chance),
        author=words(chance),
        rank=chance.choice(_RANKS),
        series=words(chance),
        entities=several(chance),
        remarks=several(chance),
        fetched=words(chance),
        retired=words(chance),
    )
    pages = tuple(random_page(chance, number + 1) for number in range(chance.randrange(4)))
    return Document(source, pages)


@pytest.mark.parametrize("seed", range(100))
def test_any_document_comes_back_equal_from_json(seed: int) -> None:
    document = random_document(random.Random(seed))
    record = document_record(document)
    written = json.dumps(record, ensure_ascii=False)
    assert load_document(json.loads(written)) == document
    assert load_document(record) == document


def test_a_random_document_has_something_in_every_field() -> None:
    made = [random_document(random.Random(seed)) for seed in range(100)]
    for kind, values in (
        (Source, [d.source for d in made]),
        (Page, [p for d in made for p in d.pages]),
        (Block, [b for d in made for p in d.pages for b in p.blocks]),
        (Cell, [c for d in made for p in d.pages for b in p.blocks for c in b.cells]),
    ):
        for field in fields(kind):
            assert any(getattr(value, field.name) for value in values), field.name


def test_blocks_of_equal_contexts_share_one_after_coming_back() -> None:
    contexts = [Context("A", notes=("Note.",)), Context("A", notes=("Note.",)), Context("B")]
    page = Page(1, "1", "abc", tuple(Block("prose", i, i + 1, c) for i, c in enumerate(contexts)))
    record = page_record(page)
    assert len(record["blocks"]["contexts"]) == 2
    loaded = load_page(record)
    assert loaded == page
    assert loaded.blocks[0].context is loaded.blocks[1].context


def large_table(rows: int) -> Page:
    """Return a page of a table of six columns, whose cells say what the heads say of them."""
    header = ("Country", "2021", "2022", "2023", "2024", "2025")
    notes = ("Estimated by the survey from what the works of a country report.",)
    context = Context("Output", "Table 5. World mine production", header, "metric tons", notes)
    basis = "rare-earth-oxide (REO) equivalent"
    blocks = []
    text = ""
    for row in range(rows):
        start = len(text)
        cells = []
        for column, head in enumerate(header):
            printed = f"{row * 7 + column:,}" if column else f"Land {row}"
            place = (len(text), len(text) + len(printed))
            measure = (int(head), "metric tons", basis, notes) if column else ()
            cells.append(Cell(printed, *place, head, *measure))
            text += f"{printed} | "
        text = text.removesuffix(" | ") + "\n"
        blocks.append(Block("row", start, len(text) - 1, context, tuple(cells)))
    return Page(1, "1", text, tuple(blocks))


def test_a_large_table_of_one_context_stays_small() -> None:
    page = large_table(5_000)
    record = page_record(page)
    written = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    assert len(record["blocks"]["contexts"]) == 1
    assert len(record["blocks"]["heads"]) == 6
    assert len(written) < 6 * len(page.text)
    assert load_page(json.loads(written)) == page


def test_a_longer_table_takes_as_much_more_as_it_is_longer() -> None:
    short, long = (len(json.dumps(page_record(large_table(rows)))) for rows in (500, 2_000))
    assert long < 4.4 * short
