"""Matching: words as whole words, figures as figures."""

import pytest

from assistant.evaluation.matching import contains_form

HOLDS = [
    # words
    ("Cerium and promethium were left out.", "promethium"),
    ("CERIUM", "cerium"),
    ("a Nd-Pr oxide", "Nd Pr"),
    ("neodymium–praseodymium (NdPr) oxide", "neodymium-praseodymium"),
    ("the “sprint\nfrom the   start” initiative", '"sprint from the start"'),
    ("Earth’s crust", "Earth's crust"),
    ("no US company produced any", "no U.S. company"),
    ("bastna\u0308site", "bastnäsite"),
    ("sepa\u00adration", "separation"),
    ("Y₂O₃ equivalent", "Y2O3"),
    ("Y<sub>2</sub>O<sub>3</sub> equivalent", "y2o3"),
    ("research &amp; development", "research & development"),
    ("China's share", "China"),
    ("Burma¹²", "Burma"),
    ("usgs_mcs2026_version_history.txt", "version history"),
    ("MCS 2026 v1.3", "MCS 2026"),
    ("the v1.0 value", "v1.0"),
    ("India: NA", "NA"),
    ("India 2,900 2,900 NA", "NA"),
    ("中国稀土集团", "稀土"),
    # plain figures
    ("51,000 tons", "51000"),
    ("2,051", "2051"),
    ("2051 tons", "2,051"),
    ("293 350 450 570 670", "670"),
    ("3 — 120 95 250 1,300", "250"),
    ("6 300 000 t", "6,300,000"),
    ("6\u202f300\u202f000 t", "6,300,000"),
    ("6\u00a0300\u00a0000 t", "6,300,000"),
    ("6'300'000 t", "6,300,000"),
    ("metric tons,2025,670", "670"),
    ("produced 250t in all", "250"),
    ("fell to 45,500.", "45,500"),
    ("**45,500** tons", "45,500"),
    ("45,500¹¹", "45,500"),
    ("1.50", "1.5"),
    ("$134/kg", "134"),
    # scale words
    ("6.3 million tons", "6,300,000"),
    ("6,300,000 tons", "6.3 million"),
    ("6.3 Mt", "6,300,000"),
    ("45.5kt REO", "45,500"),
    ("630万吨", "6.3 million"),
    ("$165 million", "165 million"),
    # money
    ("US$165 million", "$165 million"),
    ("165 million dollars", "$165 million"),
    ("165 million U.S. dollars", "$165 million"),
    ("USD 165 million", "$165 million"),
    ("$165M", "$165 million"),
    ("$165,000,000", "US$165 million"),
    ("69 dollars per kilogram", "$69 per kilogram"),
    ("69 $/kg", "$69"),
    ("100 yuan", "RMB 100"),
    ("RM29.73 million in royalties", "29.73 million"),
    ("from $8 to 10 million", "$10 million"),
    ("from $8 to 10 million", "$8 million"),
    # percent
    ("60 percent", "60%"),
    ("60 per cent", "60%"),
    ("60%", "60 percent"),
    ("80%", "80"),
    ("11.7 wt%", "11.7%"),
    ("60–75%", "60%"),
    ("60 to 75 percent", "60%"),
    ("a change of -5.5%", "-5.5%"),
    (">95", "95"),
    ("more than 95%", ">95%"),
]

LACKS = [
    # words
    ("rare earths", "rare earth"),
    ("NdPr", "Nd"),
    ("noncommercial", "commercial"),
    ("14NA", "NA"),
    ("Na and Ca", "NA"),
    ("national", "NA"),
    ("the powder. Formation of", "powder formation"),
    ("melting", "melted"),
    ("", "cerium"),
    ("cerium", "—"),
    # plain figures
    ("1,250", "250"),
    ("250,000", "250"),
    ("2502", "250"),
    ("1.250", "250"),
    ("250.5", "250"),
    ("250 thousand", "250"),
    ("6 300 000", "63"),
    ("136,300,000", "6,300,000"),
    ("1145,500", "45,500"),
    ("1145,500", "500"),
    ("14NA", "14"),
    ("Y2O3", "2"),
    ("the 20th plant", "20"),
    ("version 1.3.2", "1.3"),
    ("-5.5%", "5.5%"),
    # scale words
    ("165 million", "165"),
    ("165", "165 million"),
    ("$82.3 billion", "$8.23 billion"),
    ("165 billion", "165 million"),
    ("165 m of drill core", "165 million"),
    ("6.3 mt", "6.3 million"),
    # money
    ("165 million", "$165 million"),
    ("€165 million", "$165 million"),
    ("A$165 million", "$165 million"),
    ("165 million tons", "$165 million"),
    ("95 $120", "$95"),
    # percent
    ("60", "60%"),
    ("60 percentage points", "60%"),
    ("95", ">95"),
]


@pytest.mark.parametrize(("text", "form"), HOLDS)
def test_text_holds_form(text: str, form: str) -> None:
    assert contains_form(text, form)


@pytest.mark.parametrize(("text", "form"), LACKS)
def test_text_lacks_form(text: str, form: str) -> None:
    assert not contains_form(text, form)


@pytest.mark.parametrize("form", [form for _, form in HOLDS])
def test_every_form_holds_itself(form: str) -> None:
    assert contains_form(form, form)


@pytest.mark.parametrize(("text", "form"), HOLDS)
def test_words_around_a_text_change_nothing(text: str, form: str) -> None:
    assert contains_form(f"The source says: {text}; that is all.", form)
