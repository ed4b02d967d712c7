"""Raised letters: footnote marks, exponents, charges, ordinals, isotopes."""

import doctest

import pytest

import corpus.repair.raised
from corpus.document import Page, Repair, original_text
from corpus.repair.raised import Piece, read_raised


def marked(written: str) -> list[Piece]:
    """Return the pieces of a text in which what stands between ^ and ^ is raised."""
    return [Piece(part, bool(n % 2)) for n, part in enumerate(written.split("^"))]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("7,200^12^ tons", "7,200 tons"),
        ("^e^270,000", "270,000"),
        ("^12^7,200", "7,200"),
        ("about ^e^$92 a kilogram", "about $92 a kilogram"),
        ("Nigeria^3, 4^", "Nigeria"),
        ("imports^1^ of 2024", "imports of 2024"),
        ("Production^1^2024", "Production 2024"),
        ("rose.^5^ Exports", "rose. Exports"),
        ("2025^e^", "2025"),
        ("Mine production^a,b^", "Mine production"),
        ("exports^*^", "exports"),
        ("used in^3^ magnets", "used in magnets"),
        ("10 km^2^ of land", "10 km² of land"),
        ("2 m^3^", "2 m³"),
        ("1.2×10^6^ t", "1.2×10⁶ t"),
        ("(10^3^ t REO)", "(10³ t REO)"),
        ("10^3^", "10"),
        ("110^3^ tons", "110 tons"),
        ("5 kg m^-3^", "5 kg m⁻³"),
        ("Nd^3+^ ions", "Nd³⁺ ions"),
        ("the 1^st^ quarter", "the 1st quarter"),
        ("900 ^o^C", "900 °C"),
        ("of ^147^Nd and", "of ¹⁴⁷Nd and"),
        ("Magnequench^TM^ powder", "Magnequench™ powder"),
        ("^1^Includes scandium.", "1 Includes scandium."),
        ("^e^Estimated. ^r^Revised.", "e Estimated. r Revised."),
        ("^2^ See note.", "2 See note."),
        ("^(7)^", "(7)"),
        ("Nd2O3 and CO2", "Nd2O3 and CO2"),
        ("said ^a whole raised sentence^", "said a whole raised sentence"),
        ("7,200^12 ^tons", "7,200 tons"),
    ],
)
def test_raised_letters_are_read_by_what_they_stand_at(written: str, stored: str) -> None:
    words = read_raised(marked(written))
    assert words.text == stored
    page = Page(1, "1", words.text, repairs=words.repairs)
    assert original_text(page, 0, len(page.text)) == written.replace("^", "")


def test_mark_taken_off_is_a_recorded_repair() -> None:
    words = read_raised([Piece("7,200"), Piece("1", True), Piece("2", True), Piece(" tons")])
    assert words.repairs == (Repair(5, 5, "12", "footnote mark"),)


def test_mark_that_the_format_declares_is_taken_off_wherever_it_stands() -> None:
    words = read_raised([Piece("10 m"), Piece("2", is_raised=True, is_mark=True), Piece(" wide")])
    assert words.text == "10 m wide"
    assert words.repairs == (Repair(4, 4, "2", "footnote mark"),)


def test_examples_of_the_docstrings_hold() -> None:
    assert doctest.testmod(corpus.repair.raised).failed == 0
