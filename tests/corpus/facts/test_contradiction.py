"""When two facts contradict each other, whatever their readers made of the names."""

from dataclasses import replace

import pytest

from corpus.facts import Argument, Day, Fact, Table
from corpus.facts.contradiction import contradict
from corpus.facts.statement import Statement
from corpus.language.names import Name, fullest_names
from corpus.language.periods import parse_period
from corpus.language.quantities import Quantity

ORLA = Argument("subject", Name("Orla Minerals Ltd"))
CHINA = Argument("place", Name("China", "china", "country"))
NORWAY = Argument("place", Name("Norway", "norway", "country"))
RARE_EARTHS = Argument("material", Name("rare earths", "rare-earths", "term"))
MINED = Fact(
    Quantity(4_100, 4_100, "t", step=100), "mine production", (CHINA,), parse_period("2034")
)
ROW = Table(row=("a row",))


def tonnes(count: float, fact: Fact = MINED, **slots: object) -> Fact:
    return replace(fact, value=Quantity(count, count, "t", step=1), **slots)


def differ(one: Fact, other: Fact, *labels: str, **around: str) -> bool:
    names = fullest_names(a.name for fact in (one, other) for a in fact.arguments)
    first = Statement(one, fullest=names)
    second = Statement(other, fullest=names, **around)  # type: ignore[arg-type]
    told = contradict(first, second, frozenset(labels))
    assert told == contradict(second, first, frozenset(labels))
    return told


def test_values_apart_contradict_and_rounded_ones_do_not() -> None:
    assert differ(MINED, tonnes(4_650))
    assert not differ(MINED, tonnes(4_130))
    assert not differ(MINED, tonnes(4_650, period=parse_period("2033")))


@pytest.mark.parametrize(
    "slots",
    [
        {"measure": "mining quota"},
        {"status": "planned"},
        {"basis": "gross weight"},
        {"scope": "without yttrium"},
        {"statistic": "cumulative"},
        {"attributed_to": "USGS", "edition": "MCS 2035"},
    ],
)
def test_another_slot_is_another_thing(slots: dict[str, str]) -> None:
    quoted = replace(MINED, attributed_to="U.S. Geological Survey")
    assert not differ(quoted, tonnes(4_650, **slots))


def test_a_broader_measure_needs_a_word_for_the_stage_or_a_country() -> None:
    made = tonnes(4_650, measure="production", arguments=(ORLA,))
    mined = replace(MINED, arguments=(ORLA,))
    assert not differ(mined, made)
    assert differ(mined, replace(made, rest=("mines",)))
    assert differ(MINED, tonnes(4_650, measure="production"))
    assert not differ(MINED, tonnes(4_650, measure="production", stage="separation"))


def test_a_name_is_the_same_without_legal_form_or_where_it_was_not_read() -> None:
    one = replace(MINED, arguments=(ORLA,))
    assert differ(one, tonnes(4_650, arguments=(Argument("subject", Name("Orla")),)))
    unread = tonnes(4_650, arguments=(), rest=("orla", "minerals"), table=ROW)
    assert differ(one, unread, text="Orla Minerals")
    assert not differ(one, replace(unread, rest=("orla", "magnets")), text="Orla Magnets")


def test_a_short_name_of_two_is_neither() -> None:
    names = [Name("Orla"), Name("Orla Minerals Ltd"), Name("Orla Magnets")]
    assert fullest_names(names)["orla"] == ("orla",)
    assert fullest_names(names[:2])["orla"] == ("orla", "minerals")


def test_titles_and_captions_tell_who_is_meant() -> None:
    one = replace(MINED, arguments=(ORLA,))
    nobody = tonnes(4_650, arguments=(RARE_EARTHS,))
    assert not differ(one, nobody)
    assert differ(one, nobody, above=("Orla Minerals: the year 2034",))


def test_owner_and_country_of_a_site_go_without_saying() -> None:
    site = Argument("subject", Name("Inver"))
    one = replace(MINED, arguments=(ORLA, site, NORWAY))
    other = tonnes(4_650, arguments=(site,))
    assert differ(one, other, text="the Inver mine")
    assert not differ(one, other, text="Inver")
    assert not differ(replace(MINED, arguments=(ORLA, site)), tonnes(4_650, arguments=(ORLA,)))


def test_an_unread_word_is_decisive_in_tables_and_where_it_is_a_label_or_a_term() -> None:
    told = tonnes(4_650, rest=("ministry", "issued"))
    assert differ(MINED, told)
    assert not differ(MINED, told, "ministry")
    assert not differ(MINED, replace(told, table=ROW))
    assert not differ(MINED, tonnes(2_300, rest=("batch",)))


def test_sides_of_a_deal_are_compared_and_its_time_may_be_coarser() -> None:
    lender, borrower = Name("Aldgate Bank"), Name("Orla Minerals")
    roles = (Argument("lender", lender), Argument("borrower", borrower))
    money = Quantity(60e6, 60e6, "USD", step=1e6)
    loan = Fact(money, "loan", roles, parse_period("2034-03"))
    other = replace(loan, value=Quantity(48e6, 48e6, "USD", step=1e6), period=parse_period("2034"))
    assert differ(loan, other)
    turned = (Argument("borrower", lender), Argument("lender", borrower))
    assert not differ(loan, replace(other, arguments=turned))


def test_an_order_is_known_by_its_number() -> None:
    def in_force(number: int, day: str) -> Fact:
        order = Argument("subject", Name(f"Order No. {number}", "", "law"))
        return Fact(Day(parse_period(day)), "effective date", (CHINA, order), rest=("scandium",))

    first = in_force(88, "2034-09-01")
    assert differ(first, in_force(88, "2034-10-01"))
    assert not differ(first, in_force(8, "2034-10-01"))
    assert not differ(first, replace(in_force(88, "2034-10-01"), measure="agreement date"))


def test_prices_agree_in_tax_and_in_the_day_they_are_of() -> None:
    oxide = Argument("material", Name("neodymium", "neodymium", "element", "oxide"))
    price = Fact(
        Quantity(470, 470, "CNY/kg", step=1),
        "price",
        (oxide,),
        parse_period("2034-12-31"),
        price_basis="ex works China, VAT included",
    )
    other = replace(
        price,
        value=Quantity(512_000, 512_000, "CNY/t", step=1_000),
        period=parse_period("2034"),
        statistic="yearend",
        price_basis="VAT included",
    )
    assert differ(price, other)
    assert not differ(price, replace(other, statistic="average"))
    assert not differ(price, replace(other, price_basis=""))


def test_what_happens_once_has_one_day_whatever_a_sentence_tells_beside() -> None:
    plant = Argument("place", Name("Inver metal plant", "", "place"))
    begun = Fact(Day(parse_period("2034-03-14")), "commissioning date", (plant, ORLA), table=ROW)
    told = replace(
        begun,
        value=Day(parse_period("2034-05-09")),
        arguments=(Argument("subject", Name("Inver")),),
        rest=("metal", "plant", "summer", "rains"),
        table=Table(),
    )
    text = "The Inver metal plant was commissioned on 9 May after a summer of rains."
    names = fullest_names([plant.name, Name("Inver")])
    one = Statement(begun, fullest=names, text="Inver metal plant | Commissioned")
    other = Statement(told, fullest=names, text=text)
    assert contradict(one, other)


def test_publisher_and_basis_of_a_row_tell_nothing_apart() -> None:
    oxide = Argument("material", Name("rare earths", "rare-earths", "term", "oxide"))
    told = tonnes(4_650, rest=("orla", "research"), attributed_to="Orla Research", table=ROW)
    assert differ(replace(MINED, arguments=(oxide, CHINA), basis="REO"), told)
