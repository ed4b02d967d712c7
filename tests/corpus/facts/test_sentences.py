"""What is read out of running text: one behaviour a test, and a set of sentences of our own."""

import pytest

from corpus.document import Block, Context, Page, Source
from corpus.facts import Absent, Change, Day, Fact, Names
from corpus.facts.sentences import sentence_facts
from corpus.language.periods import Period
from corpus.language.quantities import Quantity


def read(
    text: str, title: str = "", section: str = "", publisher: str = "", rank: str = "unknown"
) -> tuple[Fact, ...]:
    """Return the facts of a paragraph."""
    source = Source(
        "s",
        "",
        "",
        title,
        "text",
        "",
        publisher=publisher,
        rank="filing" if rank == "filing" else "unknown",
    )
    page = Page(1, "1", text)
    block = Block("prose", 0, len(text), Context(section=section))
    facts = sentence_facts(source, page, block)
    for fact in facts:
        place = fact.place
        assert 0 <= place.start <= place.value_start < place.value_end <= place.end <= len(text)
    return facts


def told(fact: Fact) -> str:
    """Return a fact in one line: value | measure | arguments | period | the other slots."""
    if isinstance(fact.value, Quantity):
        value = str(fact.value)
    elif isinstance(fact.value, Absent):
        value = fact.value.reason
    elif isinstance(fact.value, Day):
        value = f"on {fact.value.date.text}"
    else:
        assert isinstance(fact.value, Names)
        value = ", ".join(_named(name.text, name.form) for name in fact.value.names)
    arguments = sorted(f"{a.role} {_named(a.name.text, a.name.form)}" for a in fact.arguments)
    others = [
        f"{slot} {getattr(fact, slot)}"
        for slot in (
            "of",
            "basis",
            "specification",
            "price_basis",
            "statistic",
            "attributed_to",
        )
        if getattr(fact, slot)
    ]
    if fact.change:
        against = f" on {fact.change.against}" if fact.change.against else ""
        others.append(f"{fact.change.kind} {fact.change.direction}{against}")
    if fact.status != "reported":
        others.append(fact.status)
    if not fact.polarity:
        others.append("denied")
    period = fact.period.text if fact.period else "-"
    parts = (value, fact.measure or "-", ", ".join(arguments) or "-", period, *others)
    return " | ".join(parts)


def _named(text: str, form: str) -> str:
    return f"{text} {form}".strip()


# Our own sentences with what they say: value | measure | who and what | when | the rest.
SENTENCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # One figure, one clause.
    (
        "China mined 255,000 tons of rare earths in 2023.",
        ("255000 t | mine production | material rare earths, place China | 2023",),
    ),
    (
        "Reserves in Brazil stood at 21 million tons at the end of 2024.",
        ("21000000 t | reserves | place Brazil | 2024-12-31",),
    ),
    (
        "In 2022 the mine at Mountain Pass yielded 42,000 metric tons of REO.",
        ("42000 t | production | material rare earths, place Mountain Pass | 2022 | basis REO",),
    ),
    (
        "Lynas employs about 1,100 people in Malaysia.",
        ("~1100 people | employment | place Malaysia, subject Lynas Rare Earths | -",),
    ),
    (
        "The capacity of the refinery at Eneabba is 17,500 tons a year.",
        ("17500 t/yr | capacity | place Eneabba | -",),
    ),
    (
        "Terbium oxide averaged $812 per kilogram in 2024.",
        ("812 USD/kg | price | material terbium oxide | 2024 | statistic average",),
    ),
    (
        "The average price of dysprosium metal was 2.3 million yuan per ton in March 2025.",
        ("2300000 CNY/t | price | material dysprosium metal | 2025-03 | statistic average",),
    ),
    (
        "Neo Performance Materials reported revenue of $475 million for 2024.",
        ("475000000 USD | revenue | subject Neo Performance Materials | 2024",),
    ),
    (
        "Vietnam's output did not exceed 1,200 tons in 2022.",
        ("1200 t | production | place Vietnam | 2022 | denied",),
    ),
    (
        "The ore grades 8.9% TREO.",
        ("8.9 percent | grade | material ore | -",),
    ),
    # Who does what to whom.
    (
        "Export Finance Australia lent Iluka A$1.25 billion in 2022.",
        (
            "1250000000 AUD | loan | borrower Iluka Resources, "
            "lender Export Finance Australia | 2022",
        ),
    ),
    (
        "Iluka was lent A$400 million by Export Finance Australia.",
        ("400000000 AUD | loan | borrower Iluka Resources, lender Export Finance Australia | -",),
    ),
    (
        "Shenghe owns 8% of MP Materials.",
        ("8 percent | stake | owned MP Materials, owner Shenghe Resources | -",),
    ),
    (
        "Energy Fuels bought Base Resources for A$375 million in 2024.",
        (
            "375000000 AUD | purchase price | buyer Energy Fuels, owned Base Resources | 2024",
            "on 2024 | acquisition date | buyer Energy Fuels, owned Base Resources | 2024",
        ),
    ),
    (
        "Malaysia exported 22,000 tons of rare-earth carbonate to China in 2023.",
        (
            "22000 t | exports | destination China, material rare earths carbonate, "
            "origin Malaysia | 2023",
        ),
    ),
    (
        "Japan imported 4,500 tons of cerium compounds from China in 2021.",
        ("4500 t | imports | material cerium compounds, origin China, place Japan | 2021",),
    ),
    (
        "Iluka holds a stake of 20% in Northern Minerals.",
        ("20 percent | stake | owned Northern Minerals, owner Iluka Resources | -",),
    ),
    (
        "Arafura sold 3,100 tons of concentrate to Shenghe in 2020.",
        (
            "3100 t | sales volume | buyer Shenghe Resources, material concentrate, "
            "seller Arafura Rare Earths | 2020",
        ),
    ),
    # Changes.
    (
        "Exports of magnets fell by 12% in 2023.",
        ("12 percent | exports | material magnet | 2023 | percent down",),
    ),
    (
        "Production rose 8% to 41,600 tons in 2020 from 38,500 tons in 2019.",
        (
            "8 percent | production | - | 2020 | percent up on 2019",
            "41600 t | production | - | 2020",
            "38500 t | production | - | 2019",
        ),
    ),
    (
        "Revenue was $61 million in 2024, up 5% from $58 million in 2023.",
        (
            "61000000 USD | revenue | - | 2024",
            "5 percent | revenue | - | 2024 | percent up on 2023",
            "58000000 USD | revenue | - | 2023",
        ),
    ),
    (
        "Imports dropped from 9,000 tons in 2020 to 7,500 tons in 2021.",
        ("9000 t | imports | - | 2020", "7500 t | imports | - | 2021"),
    ),
    (
        "The mining quota for 2023 was 21.4% higher than in 2022.",
        ("21.4 percent | mining quota | - | 2023 | percent up on 2022",),
    ),
    (
        "Net import reliance fell by 13 percentage points.",
        ("13 point | net import reliance | - | - | points down",),
    ),
    (
        "Sales grew 9% year on year in 2024.",
        ("9 percent | revenue | - | 2024 | percent up on 2023",),
    ),
    # Shares and wholes.
    (
        "China accounted for 69% of world mine production in 2024.",
        ("69 percent | share | place China | 2024 | of world mine production",),
    ),
    (
        "Magnets make up 45% of demand.",
        ("45 percent | share | material magnet | - | of demand",),
    ),
    # Paired and gapped.
    (
        "The largest producers in 2024 were China (270,000 t), the United States (45,500 t) and "
        "Burma (27,000 t).",
        (
            "270000 t | production | place China | 2024",
            "45500 t | production | place United States | 2024",
            "27000 t | production | place Burma | 2024",
        ),
    ),
    (
        "Import sources were China, 70%; Malaysia, 13%; Japan, 6%; and other, 11%.",
        (
            "70 percent | import sources | origin China | - | of imports",
            "13 percent | import sources | origin Malaysia | - | of imports",
            "6 percent | import sources | origin Japan | - | of imports",
            "11 percent | import sources | origin other | - | of imports",
        ),
    ),
    (
        "Dysprosium oxide and terbium oxide averaged $239 and $1,010 per kilogram in 2025.",
        (
            "239 USD/kg | price | material dysprosium oxide | 2025 | statistic average",
            "1010 USD/kg | price | material terbium oxide | 2025 | statistic average",
        ),
    ),
    (
        "Australia and India hold 6% and 8% of world reserves, respectively.",
        (
            "6 percent | share | place Australia | - | of world reserves",
            "8 percent | share | place India | - | of world reserves",
        ),
    ),
    (
        "In 2024 Lynas produced 10,900 tons and MP Materials 45,500.",
        (
            "10900 t | production | subject Lynas Rare Earths | 2024",
            "45500 t | production | subject MP Materials | 2024",
        ),
    ),
    (
        "One plant supplied 71% and the other 13%.",
        ("71 percent | import sources | - | -", "13 percent | import sources | - | -"),
    ),
    (
        "Neodymium makes up 18% of the oxide and praseodymium 5%.",
        (
            "18 percent | share | material neodymium | - | of oxide",
            "5 percent | share | material praseodymium | -",
        ),
    ),
    (
        "Revenue was $7 million and $9 million for Q3 2021 and Q3 2022.",
        ("7000000 USD | revenue | - | 2021-Q3", "9000000 USD | revenue | - | 2022-Q3"),
    ),
    (
        "Net sales were $10 million and $12 million for the three months ended June 30, 2022 and "
        "2023.",
        (
            "10000000 USD | revenue | - | P3M/2022-06-30",
            "12000000 USD | revenue | - | P3M/2023-06-30",
        ),
    ),
    (
        "Output went from 1,100 tons in 2015 to 3,000 tons in 2016 and 2,600 tons in 2017.",
        (
            "1100 t | production | - | 2015",
            "3000 t | production | - | 2016",
            "2600 t | production | - | 2017",
        ),
    ),
    (
        "Mine production was 29,000 tons in 2024 and in 2025.",
        ("29000 t | mine production | - | 2024", "29000 t | mine production | - | 2025"),
    ),
    (
        "Revenue was A$558 million and net profit A$92 million in 2025.",
        ("558000000 AUD | revenue | - | 2025", "92000000 AUD | net income | - | 2025"),
    ),
    (
        "The stake is held 60% by Lynas and 40% by Iluka.",
        (
            "60 percent | stake | owner Lynas Rare Earths | -",
            "40 percent | stake | owner Iluka Resources | -",
        ),
    ),
    # Status, modality, attribution.
    (
        "Iluka plans to produce 17,500 tons of oxides a year.",
        ("17500 t/yr | production | material oxide, subject Iluka Resources | - | planned",),
    ),
    (
        "The plant in Kuantan will be able to produce 5,000 tons of NdPr oxide a year by 2027.",
        ("5000 t/yr | capacity | material neodymium-praseodymium oxide, place Kuantan | ../2027",),
    ),
    (
        "World production reached an estimated 390,000 tons in 2025.",
        ("390000 t | production | place World | 2025 | estimated",),
    ),
    (
        "According to Adamas Intelligence, demand for magnets will grow by 8% in 2026.",
        (
            "8 percent | demand | material magnet | 2026 | attributed_to Adamas Intelligence | "
            "percent up | forecast",
        ),
    ),
    (
        "The USGS estimated that world reserves were 91 million tons in 2024.",
        (
            "91000000 t | reserves | place World | 2024 | attributed_to U.S. Geological Survey | "
            "estimated",
        ),
    ),
    (
        "The European Union aims to cover 25% of its demand by recycling by 2030.",
        ("25 percent | share | place European Union | ../2030 | of demand | target",),
    ),
    (
        "Exports of up to 450 tons of scandium are expected in 2026.",
        ("<=450 t | exports | material scandium | 2026 | forecast",),
    ),
    (
        "The Department of Defense has set a price floor of $110 per kilogram for NdPr oxide.",
        (
            "110 USD/kg | price floor | material neodymium-praseodymium oxide, "
            "subject U.S. Department of Defense | -",
        ),
    ),
    # Prices with their basis, specification.
    (
        "Yttrium oxide, 99.999% minimum, cost $8 per kilogram f.o.b. China in 2024.",
        (
            "8 USD/kg | price | material yttrium oxide | 2024 | specification 99.999% minimum | "
            "price_basis f.o.b. China",
        ),
    ),
    # Dates, validity, lists.
    (
        "MP Materials was founded in 2017.",
        ("on 2017 | founding date | subject MP Materials | 2017",),
    ),
    (
        "Molycorp filed for bankruptcy on 25 June 2015.",
        ("on 2015-06-25 | bankruptcy date | subject Molycorp | 2015-06-25",),
    ),
    (
        "Announcement 70 suspends the controls until 10 November 2026.",
        (
            "on 2026-11-10 | suspension date | subject MOFCOM Announcement 70 | ../2026-11-10"
            " | suspended",
        ),
    ),
    (
        "Announcement 18 placed samarium, gadolinium and terbium under export control.",
        ("samarium, gadolinium, terbium | export control | subject MOFCOM Announcement 18 | -",),
    ),
    (
        "On 9 May 2024 Lynas replaced its catalogue.",
        ("on 2024-05-09 | replaced date | subject Lynas Rare Earths | 2024-05-09",),
    ),
    ("The deposit at Eneabba remained closed in May 2024.", ()),
    (
        "The deposit at Eneabba was not discovered until 1949.",
        ("on 1949 | discovery date | place Eneabba | ../1949",),
    ),
    (
        "Yttrium, lutetium and erbium are the heavy metals that this plant exports.",
        ("yttrium, lutetium, erbium | heavy metals | - | -",),
    ),
    (
        "The agency sells no material to Laos, Burma, Vietnam or Malaysia.",
        (),
    ),
    (
        "Its snapshot reports 8,900 tons of compounds-and-metals production in 2025.",
        ("8900 t | production | material compounds and metals | 2025",),
    ),
    (
        "Reserves of Brazil went from 21 million to 11 million tons.",
        ("21000000 t | reserves | place Brazil | -", "11000000 t | reserves | place Brazil | -"),
    ),
    (
        "In 2025, dysprosium oxide lost $18.",
        ("18 USD | - | material dysprosium oxide | 2025 | absolute down",),
    ),
    (
        "The refinery at Eneabba is to be commissioned in 2027.",
        ("on 2027 | commissioning date | place Eneabba | 2027 | planned",),
    ),
    # What is no fact.
    ("Section 232 is at issue in Announcement No. 61 of 2025.", ()),
    ("There are seventeen rare earths, and two of them are light.", ()),
    ("The mine lies some 60 km from the town.", ("~60 km | - | - | -",)),
    (
        "The mining quota of 2024 was 135,000 tons, of which Lynas received 94,500 and China Rare "
        "Earth Group 40,400.",
        (
            "135000 t | mining quota | - | 2024",
            "94500 t | mining quota | subject Lynas Rare Earths | 2024",
            "40400 t | mining quota | subject China Rare Earth Group | 2024",
        ),
    ),
    (
        "Exports were 5,000 tons in 2024, including 3,000 tons to Japan.",
        (
            "5000 t | exports | - | 2024",
            "3000 t | exports | destination Japan | 2024",
        ),
    ),
    # Unclear ones stay open.
    (
        "The committee spoke of $30 million for it.",
        ("30000000 USD | - | - | -",),
    ),
)


@pytest.mark.parametrize(("sentence", "facts"), SENTENCES, ids=[one for one, _ in SENTENCES])
def test_sentence_says_its_facts(sentence: str, facts: tuple[str, ...]) -> None:
    assert tuple(told(fact) for fact in read(sentence)) == facts


def test_it_stands_for_the_company_of_the_sentence_before() -> None:
    facts = read("Lynas runs a plant in Malaysia. It made 10,500 tons in 2024.")
    assert [told(f) for f in facts] == [
        "10500 t | production | subject Lynas Rare Earths | 2024",
    ]


def test_company_of_the_title_stands_for_the_company() -> None:
    facts = read("The company earned $5 million in 2023.", title="Profile: Energy Fuels")
    assert [told(f) for f in facts] == [
        "5000000 USD | net income | subject Energy Fuels | 2023",
    ]


def test_filing_speaks_of_the_company_that_filed_it() -> None:
    facts = read(
        "Gaming revenue was $2.24 billion in Q1 2024.", publisher="ACME Corp.", rank="filing"
    )
    assert [told(f) for f in facts] == [
        "2240000000 USD | revenue | segment Gaming, subject ACME Corp. | 2024-Q1",
    ]
    assert facts[0].rest == ()


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        (
            "Sales to customers abroad accounted for 64% of total revenue.",
            "sales to customers abroad",
        ),
        ("Tablet volume decreased 37% in 2023.", "tablet volume"),
        ("Amounts held in other currencies were $18 million.", "amounts held in other currencies"),
        ("Two of them were $18 million.", ""),
    ],
)
def test_filing_names_measures_in_its_own_words(sentence: str, measure: str) -> None:
    (fact,) = read(sentence, publisher="ACME Corp.", rank="filing")
    assert fact.measure.removesuffix(" share") == measure


def test_each_figure_has_its_own_source() -> None:
    facts = read(
        "The price rose 20% according to Reuters and 21% according to Argus. "
        "In 2025 the net loss was $18 million (oremarkets.net)."
    )
    assert [f.attributed_to for f in facts] == ["Reuters", "Argus Media", "oremarkets.net"]


def test_run_in_heading_gives_measure_and_time() -> None:
    text = "Import Sources (2021-24):\n\nChina, 71%; Malaysia, 13%."
    heading = Block("heading", 0, 25)
    prose = Block("prose", 27, len(text), Context(section="Import Sources"))
    page = Page(1, "1", text, (heading, prose))
    source = Source("s", "", "", "Rare Earths", "text", "")
    assert [told(f) for f in sentence_facts(source, page, prose)] == [
        "71 percent | import sources | origin China | 2021/2024 | of imports",
        "13 percent | import sources | origin Malaysia | 2021/2024 | of imports",
    ]


def test_bibliography_states_nothing() -> None:
    assert read("Reuters, Output rises 5% in 2024, 3 May 2025", section="Sources") == ()


def test_unread_words_are_kept() -> None:
    (fact,) = read("The surprising shortfall was 500 tons in 2021.")
    assert fact.rest == ("surprising",)


def test_place_is_that_of_the_page() -> None:
    text = "No figure here.\nChina mined 5,000 tons\nin 2020. More follows."
    page = Page(3, "iii", f"Head\n\n{text}")
    block = Block("prose", 6, len(page.text))
    (fact,) = sentence_facts(Source("s", "", "", "", "text", ""), page, block)
    place = fact.place
    assert place.page == 3
    assert page.text[place.start : place.end] == "China mined 5,000 tons\nin 2020."
    assert page.text[place.value_start : place.value_end] == "5,000 tons"


@pytest.mark.parametrize("sentence", [one for one, _ in SENTENCES])
def test_white_space_and_neighbours_change_no_fact(sentence: str) -> None:
    alone = [told(f) for f in read(sentence)]
    broken = read("Nothing is said here.\n\n" + sentence.replace(" in ", "\nin ", 1))
    assert [told(f) for f in broken] == alone


def test_time_said_once_holds_for_the_sentences_after_it() -> None:
    text = (
        "In 2023, China produced 240,000 tons of rare earths. Burma produced 38,000 tons. "
        "Production increased to 41,000 tons in 2024 from 38,000 tons in 2023. "
        "Brazil produced 80 tons. In March, Brazil produced 7 tons."
    )
    periods = [fact.period.text if fact.period else "" for fact in read(text)]
    assert periods == ["2023", "2023", "2024", "2023", "2024", "2024-03"]


def test_part_of_a_year_takes_the_year_of_its_sentence() -> None:
    text = "Costs were $21 million in the fourth quarter of 2019, after $34 million in the third."
    text = text.replace("the third.", "the third quarter.")
    assert [fact.period and fact.period.text for fact in read(text)] == ["2019-Q4", "2019-Q3"]


def test_time_of_a_heading_that_compares() -> None:
    section = "Three Months Ended March 31, 2021 Compared with Three Months Ended March 31, 2020"
    (fact,) = read("Revenue increased 14%.", "Report", section, "Apple Inc.", "filing")
    assert fact.period == Period("P3M/2021-03-31")
    assert fact.change == Change("percent", "up", "P3M/2020-03-31")


def test_domestic_is_the_country_of_who_speaks() -> None:
    text = "Rare earths were mined domestically in 2019. About 26,000 tons of REO was produced."
    (fact,) = read(text, publisher="U.S. Geological Survey")
    assert [name.text for name in fact.named("place")] == ["United States"]
    (fact,) = read(text)
    assert not fact.named("place")


def test_forms_that_are_listed_are_of_one_material() -> None:
    (fact,) = read("Imports of scandium compounds and metals were 12 tons in 2019.")
    assert [(name.text, name.form) for name in fact.named("material")] == [
        ("scandium", "compounds and metals")
    ]


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        (
            "The estimated value of rare-earth metals imported by Japan in 2016 was $9 million.",
            "9000000 USD | import value | material rare earths, place Japan | 2016 | estimated",
        ),
        (
            "About 500 tons of yttria was produced in China and was valued at $4 million.",
            "4000000 USD | production value | material yttrium oxide, place China | -",
        ),
        (
            "Output was 900 tons in 2018 (Reuters, May 2019).",
            "900 t | production | - | 2018 | attributed_to Reuters",
        ),
        (
            "According to industry estimates, output was 900 tons in 2018.",
            "900 t | production | - | 2018 | attributed_to industry estimates | estimated",
        ),
    ],
)
def test_last_fact_of_a_sentence(sentence: str, line: str) -> None:
    assert told(read(sentence)[-1]) == line


def test_what_is_compared_is_of_the_same_thing() -> None:
    facts = read("Output of Burma was 38,000 tons REO in 2023, a decrease of 5% from 40,000 tons.")
    assert {fact.measure for fact in facts} == {"production"}
    assert all([name.id for name in fact.named("place")] == ["burma"] for fact in facts)


def test_estimate_is_said_of_figures_that_are_joined() -> None:
    facts = read("An estimated 45 tons of scandium oxide was produced and 30 tons was exported.")
    assert facts[0].status == "estimated"


def test_verb_right_before_an_amount_changes_it() -> None:
    facts = read("Revenue increased $6.4 billion or 13% in 2023.", rank="filing")
    assert [fact.change and fact.change.kind for fact in facts] == ["absolute", "percent"]


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("As of May 1, 2021, deferred revenue was $12 million.", "deferred revenue"),
        ("Income tax was a benefit of $67 million in 2023.", "income tax benefit"),
        ("In 2023, we issued $11 billion of senior notes.", "senior notes issued"),
        ("Service and other revenue was $3 million in 2023.", "service and other revenue"),
        ("Cash cost was $21 million in 2023.", "cash cost"),
    ],
)
def test_measure_of_a_company_keeps_what_qualifies_it(sentence: str, measure: str) -> None:
    (fact,) = read(sentence, publisher="ACME Corp.", rank="filing")
    assert fact.measure == measure
    assert fact.status == "reported"


def test_source_in_brackets_may_be_one_that_nobody_knows() -> None:
    (fact,) = read("Exports came to 45,290 tons (tippinsights, November 2025).")
    assert fact.attributed_to == "tippinsights"


def test_change_knows_the_year_that_it_is_compared_with() -> None:
    (fact,) = read("In 2021, prices rose.\n\nThe price of yttria increased by 7% from 2020.")
    assert fact.change == Change("percent", "up", "2020")


def test_items_of_a_list_are_of_the_time_that_leads_into_it() -> None:
    lead = "Highlights from the first quarter of fiscal year 2034 compared with the first quarter "
    lead += "of fiscal year 2033 included:"
    items = ["• Magnet revenue increased 24%.", "• Alloy revenue increased 7%."]
    text = "\n".join((lead, *items))
    starts = [text.index(item) for item in items]
    blocks = [Block("prose", 0, len(lead))]
    blocks += [Block("prose", s, s + len(i)) for s, i in zip(starts, items, strict=True)]
    page = Page(1, "1", text, blocks=tuple(blocks))
    source = Source("s", "", "", "Norvik Minerals Inc.", "text", "")
    facts = [fact for block in blocks for fact in sentence_facts(source, page, block)]
    assert [told(fact).partition(" | ")[2] for fact in facts] == [
        "revenue | material magnet | FY2034-Q1 | percent up on FY2033-Q1",
        "revenue | material alloy | FY2034-Q1 | percent up on FY2033-Q1",
    ]


def test_a_price_behind_a_price_is_one_too() -> None:
    rose = read("The price of yttria rose from $8 per kilogram in 2031 to $67 in 2034.")
    assert [(str(fact.value), fact.period.text) for fact in rose if fact.period] == [
        ("8 USD/kg", "2031"),
        ("67 USD/kg", "2034"),
    ]
    sold = read("Yttria cost $8 per kilogram in 2031 and brought in $67 in 2034.")
    assert [str(fact.value) for fact in sold] == ["8 USD/kg", "67 USD"]


def test_status_before_a_colon_is_of_all_figures_behind_it() -> None:
    facts = read("The benchmarks for 2030: 10% of extraction, 40% of processing.")
    assert {fact.status for fact in facts} == {"target"}


def test_share_is_of_the_stage_that_its_whole_names() -> None:
    (fact,) = read("China has 92% of refining.")
    assert (fact.stage, fact.of) == ("separation", "refining")


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        (
            "There were no exports of scandium in 2024.",
            "zero | exports | material scandium | 2024 | denied",
        ),
        (
            "Yttrium was not mined in Canada in 2023.",
            "zero | mine production | material yttrium, place Canada | 2023 | denied",
        ),
        (
            "Data on production in Burma in 2021 were not available.",
            "not available | production | place Burma | 2021",
        ),
    ],
)
def test_what_is_not_there_is_a_fact(sentence: str, line: str) -> None:
    assert [told(fact) for fact in read(sentence)] == [line]


def test_names_without_figures_are_listed_under_their_measure() -> None:
    (fact,) = read("The reserves of Brazil, India, Russia and Vietnam were revised.")
    assert fact.measure == "reserves"
    assert isinstance(fact.value, Names)
    assert [name.id for name in fact.value.names] == ["brazil", "india", "russia", "vietnam"]


@pytest.mark.parametrize(
    ("sentence", "lines"),
    [
        (
            "Mine production of Brazil rose to 2,000 tons in 2025 from 560 tons a year earlier.",
            ["2025 2000 t", "2024 560 t"],
        ),
        (
            "Mine production of Brazil rose between 2024 and 2025 from 560 to 2,000 tons.",
            ["2024 560 t", "2025 2000 t"],
        ),
        (
            "Between 2024 and 2025 mine production of Brazil rose to 2,000 tons from 560 tons.",
            ["2025 2000 t", "2024 560 t"],
        ),
        (
            "Lynas' output was 300 tons in the first half of 2025, against 200 tons a year ago.",
            ["2025-H1 300 t", "2024-H1 200 t"],
        ),
    ],
)
def test_of_two_figures_each_is_of_its_own_time(sentence: str, lines: list[str]) -> None:
    facts = read(sentence)
    assert [f"{fact.period and fact.period.text} {fact.value}" for fact in facts] == lines


@pytest.mark.parametrize(
    ("said", "against"),
    [
        ("in the first quarter of 2026, 63% more than in the same quarter of 2025", "2025-Q1"),
        ("in January to October 2025, 5% less than a year earlier", "2024-01/2024-10"),
        ("in March 2025, 5% less than a year earlier", "2024-03"),
    ],
)
def test_change_is_against_the_same_part_of_a_year(said: str, against: str) -> None:
    level, changed = read(f"Lynas produced 917 tons of NdPr oxide {said}.")
    assert level.period
    assert changed.change
    assert (changed.period, changed.change.against) == (level.period, against)


def test_material_before_a_measure_is_that_of_its_figures() -> None:
    (fact,) = read("Lynas raised its NdPr output to 6,558 tons in FY25.")
    assert ("material", "neodymium-praseodymium") in [(a.role, a.name.text) for a in fact.arguments]
