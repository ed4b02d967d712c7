"""The stored text of a page: marks off and broken words joined, each undone by its repair."""

import pytest
from printed_pages import LEFT, Ink, Printed, read_lines, read_stored, row

from corpus.document import Page, Repair, original_text
from corpus.pdf.lines import Line, Word
from corpus.pdf.stored_text import StoredText, put_together, vocabulary

AT = (330, 400)
WORLD: list[Printed] = [
    "World mine production^e^ rose in both of the years, as the esti-",
    "mates of the ministry show; rare-",
    "earth magnets took most of the estimates and of rare-earth metals.",
    row("Australia", "^12^29,000", "29,000^13^", at=AT),
    Ink(LEFT, "^12^Based on import data.", size=7),
]


def line(*words: str, y: float = 700, x: float = 60) -> Line:
    """Return a line of words of ten points, a space apart."""
    placed = []
    for text in words:
        placed.append(Word(text, x, x + 5 * len(text), y, 10))
        x += 5 * len(text) + 3
    return tuple(placed)


def joined(first: str, second: str, known: set[str]) -> StoredText:
    """Put two lines together in a document of known words."""
    return put_together([line(*first.split()), line(*second.split(), y=688)], frozenset(known))


def whole(stored: StoredText) -> str:
    """Return the text of a page with all its repairs undone."""
    return original_text(Page(1, "1", stored.text, repairs=stored.repairs), 0, len(stored.text))


def test_marks_come_off_and_broken_words_are_joined() -> None:
    assert read_stored(WORLD).text.splitlines() == [
        "World mine production rose in both of the years, as the estimates of the ministry show; "
        "rare-earth magnets took most of the estimates and of rare-earth metals.",
        "Australia 29,000 29,000",
        "Based on import data.",
    ]


def test_each_repair_stands_where_its_original_stood() -> None:
    stored = read_stored(WORLD)
    found = [
        (stored.text[max(r.start - 6, 0) : r.start], stored.text[r.start : r.end], r.original)
        for r in stored.repairs
    ]
    assert found == [
        ("uction", "", "e"),
        ("e esti", "", "-\n"),
        ("; rare", "-", "-\n"),
        ("ralia ", "", "12"),
        ("29,000", "", "13"),
        ("9,000\n", "", "12"),
    ]
    assert {r.kind for r in stored.repairs} == {"footnote mark", "line-end hyphen"}


def test_undoing_the_repairs_gives_what_is_printed() -> None:
    assert whole(read_stored(WORLD)).splitlines() == [
        "World mine productione rose in both of the years, as the esti-",
        "mates of the ministry show; rare-",
        "earth magnets took most of the estimates and of rare-earth metals.",
        "Australia 1229,000 29,00013",
        "12Based on import data.",
    ]


def test_every_token_and_line_stands_in_the_text_where_it_says() -> None:
    stored = read_stored(WORLD)
    assert [
        token.text
        for placed in stored.lines
        for token in placed.tokens
        if stored.text[token.start : token.end] != token.text
    ] == []
    tokens = [token for placed in stored.lines for token in placed.tokens]
    assert "".join(token.text for token in tokens) == "".join(stored.text.split())
    assert all(placed.start < placed.end for placed in stored.lines)


def test_token_carries_the_marks_that_stand_at_it() -> None:
    stored = read_stored(WORLD)
    marks = {token.text: token.marks for placed in stored.lines for token in placed.tokens}
    assert {text: found for text, found in marks.items() if found} == {
        "production": ("e",),
        "29,000": ("13",),  # the latter of the two
        "Based": ("12",),
    }
    first, second = (t for t in stored.lines[3].tokens if t.text == "29,000")
    assert (first.marks, second.marks) == (("12",), ("13",))


@pytest.mark.parametrize(
    ("printed", "marks"),
    [
        ("Reserves^e, 10^", ("e", "10")),
        ("Reserves^(1)(2)^", ("1", "2")),
        ("Reserves^**^", ("**",)),
        ("Reserves\u00b9\u00b3", ("13",)),
    ],
)
def test_marks_are_told_one_by_one_and_in_plain_digits(
    printed: str, marks: tuple[str, ...]
) -> None:
    ((token,),) = (placed.tokens for placed in read_stored(["Heads of columns", printed]).lines[1:])
    assert (token.text, token.marks) == ("Reserves", marks)


def test_mark_that_begins_a_line_is_that_of_a_note() -> None:
    assert [placed.mark for placed in read_stored(WORLD).lines] == ["", "", "", "", "12"]


def test_mark_before_punctuation_leaves_no_space() -> None:
    stored = read_stored(["The mines^3^, and the plants^4^. They closed"])
    assert stored.text == "The mines, and the plants. They closed"


def test_mark_before_a_word_belongs_to_the_nearer_word() -> None:
    stored = read_stored([[Ink(LEFT, "Nigeria"), Ink(330, "^12^7,200", "right")]])
    assert [(token.text, token.marks) for token in stored.lines[0].tokens] == [
        ("Nigeria", ()),
        ("7,200", ("12",)),
    ]


@pytest.mark.parametrize(
    ("printed", "marks"),
    [
        (row("Australia^11^", "^12^29,000", "51,000", at=AT), [("11",), ("12",), ()]),
        (row("Australia", "29,000^r^", "^12^51,000", at=AT), [(), ("r",), ("12",)]),
        (row("Australia^e, 11^", "^12^29,000", "51,000", at=AT), [("e", "11"), ("12",), ()]),
    ],
)
def test_marks_of_two_neighbours_go_each_to_its_own(
    printed: list[Ink], marks: list[tuple[str, ...]]
) -> None:
    (placed,) = read_stored([printed]).lines
    assert [token.marks for token in placed.tokens] == marks


@pytest.mark.parametrize(
    ("first", "second", "known", "text"),
    [
        # A word that the document has whole elsewhere, without a hyphen or with one.
        ("and all the produc-", "tion of ore", {"production"}, "and all the production of ore"),
        ("price of rare-", "earth oxides", {"rare-earth"}, "price of rare-earth oxides"),
        ("cost of state-of-", "the-art mills", {"state-of-the"}, "cost of state-of-the-art mills"),
        # Both parts are words, the whole is not known: they are joined by their hyphen.
        ("a new heavy-", "medium plant", {"heavy", "medium"}, "a new heavy-medium plant"),
        # The second part is no word of the document: it was broken by the typesetter.
        ("and much precipi-", "tate was sold", set(), "and much precipitate was sold"),
        # A soft hyphen is set by the typesetter alone.
        ("it was a co\u00ad", "operation of two", {"operation"}, "it was a cooperation of two"),
        # What is uncertain stays as it is printed.
        ("the pre-", "tax profit of", {"tax"}, "the pre-\ntax profit of"),
        ("the years from 2020-", "and later", {"and"}, "the years from 2020-\nand later"),
        ("sold to Mitsu-", "Bishi of Japan", set(), "sold to Mitsu-\nBishi of Japan"),
        ("the long-", "2025 debt", set(), "the long-\n2025 debt"),
    ],
)
def test_word_broken_at_the_end_of_a_line_is_joined_where_that_is_certain(
    first: str, second: str, known: set[str], text: str
) -> None:
    stored = joined(first, second, known)
    assert stored.text == text
    assert whole(stored) == f"{first}\n{second}"


def test_lines_of_a_joined_word_keep_their_parts() -> None:
    stored = joined("and all the produc-", "tion of ore", {"production"})
    assert [[token.text for token in placed.tokens] for placed in stored.lines] == [
        ["and", "all", "the", "produc"],
        ["tion", "of", "ore"],
    ]
    assert stored.repairs == (Repair(18, 18, "-\n", "line-end hyphen"),)


def test_hyphen_at_the_end_of_a_table_row_joins_nothing() -> None:
    cells = (*line("Type of"), *line("long-", x=300), *line("short-", x=400))
    stored = put_together([cells, line("term debt", y=688)], frozenset())
    assert stored.text == "Type of long- short-\nterm debt"


def test_vocabulary_holds_whole_words_and_no_broken_ones() -> None:
    (lines,) = read_lines(["Rare-earth oxides of the produc-", "tion in 2025 (REO)."])
    assert vocabulary([lines]) == frozenset(
        {"rare-earth", "oxides", "of", "the", "tion", "in", "reo"}
    )


def test_line_has_the_size_of_most_of_its_glyphs() -> None:
    stored = read_stored([[Ink(LEFT, "A", size=14), Ink(75, "long line of usual size", size=9)]])
    assert stored.lines[0].size == pytest.approx(9)


def test_line_is_bold_where_all_of_it_is() -> None:
    page: list[Printed] = [
        [Ink(LEFT, "Recycling:", bold=True), Ink(120, "Limited.")],
        Ink(LEFT, "World Resources", bold=True),
    ]
    assert [placed.bold for placed in read_stored(page).lines] == [False, True]


def test_confidence_of_a_token_is_that_of_its_least_certain_part() -> None:
    parts = (
        Word("7,", 60, 70, 700, 10, confidence=0.9),
        Word("200", 70, 85, 700, 10, confidence=0.4),
    )
    ((token,),) = (placed.tokens for placed in put_together([parts], frozenset()).lines)
    assert (token.text, token.confidence) == ("7,200", 0.4)


def test_page_without_lines_has_no_text() -> None:
    assert put_together([], frozenset()) == StoredText("", (), ())
