"""Misread words get a likely reading to be found by; codes, formulas and names get none."""

import pytest

from corpus.repair.homoglyphs import likely_readings


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("The ReguIation (EU)", ("Regulation",)),
        ("aIIoy, miIlion, totaI, cobaIt", ("alloy", "million", "total", "cobalt")),
        ("lndia and lran sold Iarge lots", ("India", "Iran", "large")),
        ("tab1e and mi11ion", ("table", "million")),
        ("c0balt pr0duction", ("cobalt", "production")),
        ("rnine and rnagnet", ("mine", "magnet")),
        ("vvorld", ("world",)),
        ("ﬁrst reﬁnery, eﬀort, eﬃcient", ("first", "refinery", "effort", "efficient")),
        ("Сhina and mаgnet", ("China", "magnet")),  # Cyrillic С and а
        ("Νeodymium", ("Neodymium",)),  # Greek Ν
        ("in 2O24 some 27O,OOO t and l2,500 t", ("2024", "270,000", "12,500")),
        ("ReguIation, ReguIation", ("Regulation",)),
        ("non-ﬁnancial", ("financial",)),
    ],
)
def test_misread_words_are_read_as_they_were_likely_meant(
    text: str, readings: tuple[str, ...]
) -> None:
    assert likely_readings(text) == readings


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Y2O3, Nd2O3, Pr6O11, Tb4O7, CeO2, Fe14B, Nd2Fe14B, H2O, CO2 and P1a0",
        "GAO-16-161, GAO-10-617R, ISO9001, 10X, Q1, H1, 4N5, 3N, US1, B2B, e10s",
        "iOS, LaTeX, McIntyre, MacIver, LinkedIn, DeepIndex, GreenIron, eVAC, iPhone",
        "NdPr, LaCe, DyFe, SmCo, NdFeB, MIIT, SIIT, FeIII, PhaseII, TitleIII, ClassI",
        "In 2010 and 2011, 1,000 of 10,000 tons; 5l of acid; 100, 101 and 1.0",
        "modern returns of burns; corn and learn",
        "India, Iran, Iraq, Ionic, Iowa, Italy, Inner Mongolia, Iluka",
        "μm, αFe, Δt, β-NaYF4, Добыча в России, Η τιμή",
        "ltd, lb, lbs, ln, llama, Lynas, rn, vv",
        "naïve café, Größe, Łódź, Việt Nam, São Paulo",
        "稀土 희토류 レアアース โลหะหายาก",
    ],
)
def test_codes_formulas_names_and_other_scripts_have_no_other_reading(text: str) -> None:
    assert likely_readings(text) == ()
