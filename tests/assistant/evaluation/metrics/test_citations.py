"""Citation recall and precision against ALCE's definitions worked out by hand; gold quotes."""

from collections.abc import Sequence

import pytest

from assistant.evaluation.metrics.citations import citation_precision, citation_recall, same_words

# A citation is written as the facts its passage holds; every sentence states the facts a and b.
# With it: whether all its citations together support the sentence, and which are precise.
SENTENCES: list[tuple[list[str], bool, list[bool]]] = [
    (["ab"], True, [True]),
    (["a"], False, [False]),
    (["a", "b"], True, [True, True]),  # only together
    (["ab", "c"], True, [True, False]),
    (["ab", "a"], True, [True, False]),  # a part of what the other says
    (["ab", "ab"], True, [True, True]),  # each supports alone
    (["a", "c"], False, [False, False]),
    (["a", "a", "b"], True, [False, False, True]),  # either a would do
    (["a", "b", "c"], True, [True, True, False]),
    ([], False, []),
]


def holds_both(citations: Sequence[str]) -> bool:
    """Tell whether the passages hold the facts a and b between them; refuse to judge none."""
    assert citations
    return {"a", "b"} <= set("".join(citations))


@pytest.mark.parametrize(("citations", "supported", "precise"), SENTENCES)
def test_one_sentence_scores_as_alce_defines(
    citations: list[str], supported: bool, precise: list[bool]
) -> None:
    assert citation_recall([citations], holds_both) == float(supported)
    expected = sum(precise) / len(precise) if precise else None
    assert citation_precision([citations], holds_both) == expected


def test_recall_is_over_sentences_and_precision_over_citations() -> None:
    sentences = [citations for citations, _, _ in SENTENCES]
    assert citation_recall(sentences, holds_both) == 7 / 10
    assert citation_precision(sentences, holds_both) == 10 / 18


def test_nothing_cited_has_no_precision_and_nothing_said_has_no_recall() -> None:
    assert citation_recall([], holds_both) is None
    assert citation_precision([], holds_both) is None
    assert citation_recall([[], []], holds_both) == 0.0
    assert citation_precision([[], []], holds_both) is None


SAME = [
    # a footnote mark fused with the figure it stands before, or with a word
    ("Australia | 29,000 | 29,000 | 6,300,000", "Australia 29,000 29,000 136,300,000"),
    ("Thailand 2,100 4,800 NA", "Thailand 122,100 124,800 NA"),
    ("Burma 27,000 22,000", "Burma 1227,000 1222,000 NA"),
    ("Burma 1227,000 1222,000", "Burma 27,000 22,000 NA"),
    ("Malaysia 227 450", "Malaysia 12227 3450 NA"),
    ("Burma\t27,000\t22,000\tNA", "Burma 1227,000 1222,000 NA"),
    ("India 2,900 2,900 NA", "India 2,900 2,900 14NA"),
    ("Compounds and metals 120 95 800", "Compounds and metalse, 3 120 95 800"),
    ("Compounds and metals — 120 95", "Compounds and metals3 — 120 95"),
    ("Mountain Pass, CA | 34.00 | 11.7", "Mountain Pass, CA5"),
    ("Reported.", "11Reported."),
    ("United States 45,500¹¹ 51,000", "United States 45,500 51,000"),
    # bars, commas and spaces between cells and figures
    ("Employment | number | 2025 | 670", 'Employment,"number",number,2025,670'),
    ("Brazil | Reserves | 2025 | 11,000,000", 'Brazil,Reserves,2025,"11,000,000"'),
    ("reserves of 6\u202f300\u202f000 t", "reserves of 6,300,000 t"),
    ("Yttrium |", "Yttrium | ● | ● | ● |"),
    # case, Unicode forms, hyphens, quotes
    ("“Sprint From The Start”", '"sprint from the start"'),
    ("heavy\u2011rare\u2010earths separation", "heavy-rare-earths separation"),
    ("Earth’s bastna\u0308site", "earth's bastnäsite"),
    ("Y₂O₃ sepa\u00adration", "Y2O3 separation"),
    ("Straße ﬁne", "STRASSE fine"),
    ("中国稀土", "中国 稀土"),
    # one is a stretch of the other
    (
        "In 2025, the value fell: it decreased to $165 million from $168 million in 2024.",
        "decreased to $165 million from $168 million in 2024",
    ),
    ("catalysts, 75%", "end use was as follows: catalysts, 75%"),
    ("sodium, sodium and sodium", "sodium and sodium"),
    ("132000", "132000"),
    ("11.7", "11.7"),
]
OTHER = [
    # another row of the same table
    ("Brazil 560 2,000 11,000,000", "Australia 29,000 29,000 136,300,000"),
    ("Samarium oxide, 99.5% minimum 2 2 2", "Neodymium oxide, 99.5% minimum 98 134 78"),
    # another year or another figure among many equal words
    (
        "Thailand | Production | Mine production | metric tons | 2024 | 2,100",
        'Thailand,Production,Mine production,metric tons,2025,"4,800"',
    ),
    (
        "Australia | Production | Mine production | metric tons | 2024 | 29,000",
        'Australia,Production,Mine production,metric tons,2025,"29,000"',
    ),
    ("end use was as follows: catalysts, 60%", "end use was as follows: catalysts, 75%"),
    ("Compounds and metals 100 >95 >95 >95 80", "Compounds and metals >95 >95 >90 53 67"),
    # a figure that ends alike is no marked one: too many digits before it, or too few of its own
    ("produced 6,300 tons", "produced 1,236,300 tons"),
    ("at 69 dollars", "at 169 dollars"),
    ("at 1.5 dollars", "at 11.5 dollars"),
    # a mark is a number, and what it stands beside is the same
    ("made 300a pieces", "made 300 pieces"),
    ("made x300 pieces", "made 300 pieces"),
    ("alloy magnet xna", "alloy magnet na"),
    ("alloy magnet 145", "alloy magnet na"),
    # words that serve once
    ("sodium and cobalt", "sodium sodium sodium"),
    ("tons 6,300 6,300", "tons 16,300 of oxide"),
    # a lone word inside the other, and no words at all
    ("Yttrium", "Yttrium oxide"),
    ("132000", "China 132000"),
    ("132000", "132001"),
    ("", "Yttrium"),
    ("", ""),
    ("● | ●", "● | ●"),
]


@pytest.mark.parametrize(("quote", "gold"), SAME)
def test_same_words_are_told_whichever_is_the_gold(quote: str, gold: str) -> None:
    assert (same_words(quote, gold), same_words(gold, quote)) == (True, True)


@pytest.mark.parametrize(("quote", "gold"), OTHER)
def test_other_words_are_told_whichever_is_the_gold(quote: str, gold: str) -> None:
    assert (same_words(quote, gold), same_words(gold, quote)) == (False, False)


@pytest.mark.parametrize(("shared", "same"), [(7, True), (6, False)])
def test_seven_words_of_ten_are_enough(shared: int, same: bool) -> None:
    gold = "one two three four five six seven eight nine ten"
    quote = " ".join([*gold.split()[:shared], *"abcdefghij"[shared:]])
    assert same_words(quote, gold) is same


@pytest.mark.parametrize(("shared", "same"), [(7, True), (6, False)])
def test_seven_figures_of_ten_are_enough(shared: int, same: bool) -> None:
    words = "in all the years from first to last there were tons of oxide mined"
    figures = [str(number) for number in range(1001, 1011)]
    others = [*figures[:shared], *(str(number) for number in range(2001, 2011 - shared))]
    assert same_words(f"{words} {' '.join(others)}", f"{words} {' '.join(figures)}") is same
