"""What text files state of themselves in front matter and in labelled lines."""

import pytest

from corpus.document import Metadata
from corpus.errors import UnreadableSourceError
from corpus.text.front_matter import read_header_lines, split_front_matter, stated

WHOLE = Metadata(
    title="Ores of Norvik",
    publisher="Norvik Survey",
    author="A. Berg, B. Lund",
    published="2025-05-06",
    url="https://example.org/ores",
    licence="CC BY 4.0",
    language="en",
)


@pytest.mark.parametrize(
    "fields",
    [
        "title: Ores of Norvik\npublisher: Norvik Survey\nauthor: A. Berg, B. Lund\n"
        "published: 2025-05-06\nurl: https://example.org/ores\nlicence: CC BY 4.0\nlanguage: en\n",
        'Headline: "Ores of Norvik"\nsite_name: Norvik Survey\nauthors: [A. Berg, B. Lund]\n'
        "date: 2025-05-06\nsource: https://example.org/ores\nlicense: CC BY 4.0\nlang: en-GB\n",
        "title: >\n  Ores of\n  Norvik\nsource: Norvik Survey\nlink: https://example.org/ores\n"
        "creator:\n- name: A. Berg\n- name: B. Lund\npublication-date: 2025-05-06\n"
        "rights: CC BY 4.0\nlocale: EN_us\ndraft: false\nother: {a: 1}\n",
    ],
)
def test_fields_of_yaml_are_read_under_their_usual_names(fields: str) -> None:
    text = f"---\n{fields}---\nText"
    assert split_front_matter(text, "a.md") == (WHOLE, len(text) - 4)


def test_fields_of_toml_are_read() -> None:
    text = (
        '+++\ntitle = "Ores of Norvik"\nsite = "Norvik Survey"\nauthors = ["A. Berg", "B. Lund"]\n'
        'date = 2025-05-06\nurl = "https://example.org/ores"\nlicense = "CC BY 4.0"\nlang = "en"\n'
        "+++\nText"
    )
    assert split_front_matter(text, "a.md") == (WHOLE, len(text) - 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\na: [1\n---\n", "a.md: the front matter line 2 is not YAML; correct it or remove it"),
        (
            "+++\na = = 1\nb = 2\n+++\n",
            "a.md: the front matter line 2 is not TOML; correct it or remove it",
        ),
        (
            "---\na: " + "[" * 4_000 + "\n---\n",
            "a.md: the front matter is not YAML; correct it or remove it",
        ),
        (
            "+++\na = " + "9" * 9_000 + "\n+++\n",
            "a.md: the front matter is not TOML; correct it or remove it",
        ),
    ],
)
def test_damaged_front_matter_is_refused(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        split_front_matter(text, "a.md")
    assert str(raised.value) == message


def test_aliases_that_multiply_and_long_numbers_do_no_harm() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for this, last in zip("bcdefghi", "abcdefgh", strict=True):
        bomb += f"{this}: &{this} [{', '.join([f'*{last}'] * 9)}]\n"
    text = (
        f"---\n{bomb}title: *i\nversion: {'9' * 9_000}\nauthor: *a\nedition: 0x{'f' * 9000}\n---\n"
    )
    metadata, _ = split_front_matter(text, "a.md")
    assert metadata == Metadata(author=", ".join("x" * 9))


def test_front_matter_that_is_no_mapping_states_nothing() -> None:
    assert split_front_matter("---\n- a\n- b\n---\nText", "a.md") == (Metadata(), 16)


def test_values_that_say_nothing_are_passed_over() -> None:
    fields = {"title": None, "headline": "Ores", "date": "", "url": "ores.html", "lang": "none"}
    assert stated({**fields, "other": {}, "data_years": ["2024", "x", 2023, [1]]}) == Metadata(
        title="Ores", data_years=(2023, 2024)
    )


def header(text: str) -> Metadata:
    """Return what the labelled lines of a text say."""
    return read_header_lines(text.split("\n"))


def test_labels_at_the_top_are_read_with_their_values() -> None:
    assert header(
        "Ores of Norvik\n\nTitle: Ores of Norvik\n**Source:** Norvik Survey\n- Author(s): A. Berg, "
        "B. Lund\nPublished: 2025-05-06\nURL: https://example.org/ores\nLicense: CC BY 4.0\n"
        "Language: en\n\nThe ores of Norvik are mined in three places near the northern coast.\n"
        "Publisher: somebody else\n"
    ) == WHOLE  # fmt: skip


def test_value_may_stand_below_its_label() -> None:
    assert header("Title:\n\nOres\n\nReport Date:\n\n2025-05-06\nAgency:\nURL: none\n") == Metadata(
        title="Ores", published="2025-05-06"
    )


def test_source_that_is_an_address_is_the_url() -> None:
    assert header("Source: https://example.org/ores") == Metadata(url="https://example.org/ores")


def test_byline_names_the_author() -> None:
    assert header("Ores\nBy U.S. Geological Survey") == Metadata(author="U.S. Geological Survey")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ores\n\nThe mine has been in operation since the year 1952 and was closed once.\nDate: 1",
        "Prices: 55 dollars\nTonnage: 1,000",
        "By March, output had doubled",
        "By the end of 2025 the mine had closed. It was the last.",
        "x" * 5000 + "\nDate: 2025",
    ],
)
def test_text_without_labels_at_its_top_states_nothing(text: str) -> None:
    assert header(text) == Metadata()
