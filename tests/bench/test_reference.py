"""The reference pages say what the program is."""

from bench.reference import PAGES, reference_pages


def test_the_reference_is_that_of_this_program() -> None:
    made = reference_pages()
    kept = {file.name: file.read_text(encoding="utf-8") for file in PAGES.glob("*.md")}
    assert kept == made, "run python -m bench.reference"


def test_the_reference_has_options_settings_and_fields() -> None:
    made = reference_pages()
    assert "## `rare-earth sources show`\n" in made["commands.md"]
    assert "| `--page <int range>` |" in made["commands.md"]
    assert (
        "| `threshold` | `RARE_EARTH_THRESHOLD` | `0.4` | probability, 0 to 1"
        in (made["settings.md"])
    )
    assert "## `POST /api/v1/ask`\n" in made["addresses.md"]
    assert "| `question` | string | yes |" in made["addresses.md"]
