"""Bylines are told from sentences, and taken apart."""

import pytest

from corpus.description.bylines import byline_parts


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("By Anna Berg", ("Anna Berg",)),
        ("*By Anna Berg*", ("Anna Berg",)),
        ("Written by A. B. Berg and Jo O’Dell", ("A. B. Berg and Jo O’Dell",)),
        ("By Anna Berg | 09/10/2024 04:14 PM EDT", ("Anna Berg", "09/10/2024 04:14 PM EDT")),
        ("By Anna Berg Monday, 7 August, 2023", ("Anna Berg", "Monday, 7 August, 2023")),
        ("Von Anna Berg · 4. Mai 2025", ("Anna Berg", "4. Mai 2025")),
        ("Par Marie Roux – 08.04.25 – Le Monde", ("Marie Roux", "08.04.25", "Le Monde")),
        ("Por João da Silva", ("João da Silva",)),
        ("By The Norvik Press", ("The Norvik Press",)),
        (
            "By A. van Berg, B. L. Roux, C. R. Lang, D. Holm, E. Strand, and F. R. Dahl, II",
            ("A. van Berg, B. L. Roux, C. R. Lang, D. Holm, E. Strand, and F. R. Dahl, II",),
        ),
    ],
)
def test_a_byline_gives_its_authors_and_what_else_it_says(
    line: str, parts: tuple[str, ...]
) -> None:
    assert byline_parts(line) == parts


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By",
        "By contrast, prices fell",
        "By 2030 the mine will be closed",
        "By Friday all of the ore had been sold to a buyer in the south of the country",
        "Von den Minen blieb keine offen",
        "Par ailleurs, les prix baissent",
        "Ores of Norvik",
        "By " + "A" * 300,
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert byline_parts(line) == ()
