"""Copies: the same content in other clothes is one group, anything else is none."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import pytest

from corpus.copies import CopyGroup, Fingerprint, Member, fingerprint, group_copies
from corpus.copies.fingerprint import may_be_copies
from corpus.document import Document, Page, Source
from corpus.reading import read_document

DOCUMENTS = Path(__file__).parents[3] / "corpus" / "documents"

WIRE = """\
Lantern Bay Minerals said on Tuesday that it had started to fill the leaching tanks of its \
separation plant in Port Alder, eight months later than planned and with a third of the price \
still to be raised. The plant is meant to turn 14,500 tons of concentrate a year into 5,300 tons \
of separated oxides, most of it neodymium and praseodymium for the makers of magnets.

"Nobody outside Asia has filled tanks of this size in twenty years, and we are glad to be wet at \
last," Moira Tennant, who runs the company, told reporters at the gate. She would not say when \
the first oxide would be sold, only that two buyers had sent their chemists to look on.

The state lends 85 million dollars of the 240 million that the works cost. Its loan falls due in \
2031 and may be turned into shares if the price of oxide stays below 70 dollars a kilogram for \
four quarters. Analysts at Brookfield Crane doubted that the tanks would be full before winter, \
because the sulphuric acid arrives by a single railway that was closed for 37 days last year.

Fishermen of the bay have asked a court to stop the outflow. The judge, who visited the plant in \
March, is expected to rule before the tanks are drained for the first time. The company says that \
the water leaves the works cleaner than it enters, and offers to show its readings to anyone who \
comes with a boat and a bottle."""
TAIL = """\
Get our metals letter every morning. Reporting by the commodities desk; editing by K. Osei. \
All rights reserved by the publisher; no part of this page may be copied without leave."""
OTHER_TAIL = """\
The Harbour Post is a member of the regional press council. Write to us if you find a mistake in \
this report."""


def source(name: str, **fields: object) -> Source:
    """Return a source that only its name and the given fields tell from others."""
    plain = Source(
        id=name, location=f"/{name}", path=name, title=name, file_type="html", sha256=name
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def member(name: str, text: str, **fields: object) -> Member:
    """Return a source of one page with its fingerprint."""
    made = source(name, **fields)
    return Member(made, fingerprint(Document(made, (Page(1, "1", text),))))


def groups_of(*members: Member) -> list[tuple[str, ...]]:
    """Return the members of the groups, the largest first."""
    return sorted((group.members for group in group_copies(members)), key=lambda ids: -len(ids))


@cache
def table(year: int, seed: int) -> str:
    """Return a chapter with a table of five years up to one, as a yearly series prints it."""
    countries = "Avaria Belmond Castora Dunmark Esteria Farland Gorland Hestia Ilvany Jastria"
    rows = []
    for country in countries.split():
        values = [
            f"{random.Random(f'{country} {column} {seed}').randint(20, 990) * 100:,}"
            for column in range(year - 4, year + 1)
        ]
        rows.append(f"{country} mine production {' '.join(values)}")
    head = " ".join(map(str, range(year - 4, year + 1)))
    latest = random.Random(year).randint(200, 400)
    return (
        f"Rare earths, yearly summary {year}\n"
        f"Mines of all countries together gave {latest},000 tons in {year}, and the price of "
        f"oxide was {latest // 4} dollars a kilogram at the end of December {year}. Rare earths "
        f"are abundant in the crust of the earth, but seldom gathered in deposits that are worth "
        f"mining. Substitutes can be had for many of their uses but are generally less effective."
        f"\nSalient figures, in tons of oxide {head}\n" + "\n".join(rows) + "\n"
        f"Stocks of the state at the end of June {year} were {latest * 7} tons of concentrate, "
        f"after {latest * 6} tons in June {year - 1}. The duty on metals is 5.5 percent and on "
        f"compounds 3.7 percent; a mine may write off 14 percent of its income each year."
    )


PDF = member("chapter.pdf", table(2025, 1), file_type="pdf", rank="official")


def as_pipes(text: str) -> str:
    return "\n".join(
        "| " + re.sub(r" (?=\d)", " | ", line) + " |" if "production" in line else f"**{line}**"
        for line in text.splitlines()
    )


def as_narrow_lines(text: str) -> str:
    lines = re.sub(r"(.{50,60}?)(?<=\w{4})(?=\w{3})", r"\1-\n", text)
    return lines.replace("fi", "\ufb01")


def with_marks_before(text: str) -> str:
    return re.sub(r"production (\d)", r"production 12\1", text)


def with_marks_apart(text: str) -> str:
    return re.sub(r"production (\d)", r"production [12] \1", text)


def with_superscripts(text: str) -> str:
    return re.sub(r"(?m)(production \S+)", "\\1\u00b9", text)


def as_rows_of_html(text: str) -> str:
    return re.sub(
        r"(?m)^(\w+ mine production) (.*)$",
        lambda row: f"<tr><td>{row[1]}</td><td>{row[2].replace(' ', '</td><td>')}</td></tr>",
        text,
    )


def with_digits_behind(text: str) -> str:
    return re.sub(r"(?m)(production \S+)", r"\g<1>3", text)


def without_the_table(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "mine production" not in line)


def with_inventions(text: str, share: float = 0.25) -> str:
    chance = random.Random(5)

    def invent(match: re.Match[str]) -> str:
        if chance.random() > share or re.fullmatch(r"20\d\d", match[0]):
            return match[0]
        return re.sub(r"\d", lambda _: str(chance.randint(1, 9)), match[0])

    return re.sub(r"(?<![\d.,])\d+(?:[.,]\d+)*", invent, text)


@pytest.mark.parametrize(
    "convert",
    [
        as_pipes,
        as_narrow_lines,
        with_marks_before,
        with_marks_apart,
        with_superscripts,
        as_rows_of_html,
        with_digits_behind,
        without_the_table,
        str.upper,
    ],
)
def test_a_sound_conversion_is_a_copy_that_is_not_set_aside(
    convert: Callable[[str], str],
) -> None:
    converted = member("chapter.md", convert(table(2025, 1)), file_type="markdown", title="RARE")
    (group,) = group_copies([converted, PDF])
    assert (group.members, group.set_aside) == (("chapter.pdf", "chapter.md"), ())


def test_a_conversion_with_invented_figures_is_set_aside_with_the_figures_named() -> None:
    bad = member("a.md", with_inventions(table(2025, 1)), file_type="markdown")
    good = member("b.md", as_pipes(table(2025, 1)), file_type="markdown")
    (group,) = group_copies([bad, good, PDF])
    assert group.members == ("chapter.pdf", "b.md", "a.md")
    ((source_id, reason),) = group.set_aside
    assert source_id == "a.md"
    match = re.fullmatch(
        r"(\d+) of its (\d+) figures are not in chapter\.pdf: ((?:\S+, ){10})\.\.\.",
        reason,
    )
    assert match
    assert 10 < int(match[1]) < int(match[2])
    known = set(re.findall(r"\d+", table(2025, 1).replace(",", "")))
    assert known.isdisjoint(match[3].replace(",", "").split())


def test_a_conversion_that_calls_itself_official_is_judged_all_the_same() -> None:
    bad = member("a.md", with_inventions(table(2025, 1)), file_type="markdown", rank="official")
    original = Member(replace(PDF.source, rank="unknown"), PDF.fingerprint)
    (group,) = group_copies([bad, original])
    assert group.members == ("chapter.pdf", "a.md")
    assert len(group.set_aside) == 1


def test_one_misread_figure_sets_nothing_aside() -> None:
    changed = table(2025, 1).replace("3.7 percent", "8.7 percent")
    (group,) = group_copies([PDF, member("a.md", changed, file_type="markdown")])
    assert group.set_aside == ()


def test_a_conversion_is_judged_neither_by_a_scan_nor_as_one() -> None:
    bad = member("a.md", with_inventions(table(2025, 1)), file_type="markdown")
    scan = Member(replace(PDF.source, confidence=0.9), PDF.fingerprint)
    assert [group.set_aside for group in group_copies([bad, scan])] == [(), ()]
    read_badly = Member(replace(bad.source, confidence=0.7), bad.fingerprint)
    assert all(group.set_aside == () for group in group_copies([read_badly, PDF]))


def test_a_conversion_of_another_edition_is_not_taken_for_a_bad_one() -> None:
    for other in (table(2026, 1), table(2024, 1), table(2025, 2)):
        converted = member("old.md", as_pipes(other), file_type="markdown")
        groups = group_copies([converted, PDF])
        assert all(group.set_aside == () for group in groups)
        assert len(groups) == 2


def test_a_longer_text_with_figures_of_its_own_is_not_taken_for_a_bad_conversion() -> None:
    longer = f"{WIRE}\n{table(2025, 1)}"
    groups = group_copies([member("a.md", longer, file_type="markdown"), PDF])
    assert all(group.set_aside == () for group in groups)


def test_a_scan_with_misread_words_is_a_copy_and_its_text_is_cited_first() -> None:
    chance = random.Random(2)
    misread = re.sub(
        r"[a-z]", lambda char: char[0] if chance.random() > 0.01 else "l", table(2025, 1)
    )
    scan = member("a.pdf", misread, file_type="pdf", rank="official", confidence=0.8)
    assert groups_of(scan, PDF) == [("chapter.pdf", "a.pdf")]


def test_the_editions_of_a_series_are_groups_of_their_own() -> None:
    editions = [
        member(f"{year}.{ending}", table(year, 1), file_type=file_type)
        for year in (2023, 2024, 2025)
        for ending, file_type in (("pdf", "pdf"), ("txt", "text"))
    ]
    assert sorted(groups_of(*editions)) == [
        ("2023.pdf", "2023.txt"),
        ("2024.pdf", "2024.txt"),
        ("2025.pdf", "2025.txt"),
    ]


def test_stated_editions_versions_and_dates_keep_equal_wording_apart() -> None:
    for field, values in {
        "edition": ("MCS 2025", "MCS 2026"),
        "version": ("1.0", "1.3"),
        "published": ("2025-01-31", "2025-03-20"),
    }.items():
        one, other = (member(value, WIRE, publisher="Works", **{field: value}) for value in values)
        assert len(group_copies([one, other])) == 2
    same = [
        member(value, WIRE, publisher="Works", published=value)
        for value in ("2025-01", "2025-01-31")
    ]
    assert len(group_copies(same)) == 1


def test_a_corrected_table_is_no_copy_of_the_old() -> None:
    rows = "\n".join(f"{year},quota of the state,{year * 37 % 900}00" for year in range(1980, 2025))
    corrected = re.sub(r"(2012,.*),\d+", r"\1,77700", rows)
    old, new, same = (
        member(name, text, file_type="csv")
        for name, text in (("old", rows), ("new", corrected), ("same", rows))
    )
    assert groups_of(old, new, same) == [("old", "same"), ("new",)]


REGULATION = """\
(a) Except as provided in the next section, the agency shall not buy any covered magnet that was \
melted or made in a covered country, nor any finished good that holds one, unless the head of the \
agency has found in writing that no other is to be had in the amount and of the grade required. \
(b) For magnets of samarium and cobalt the ban covers the melting of the alloy and every later \
step, such as the milling of powder, pressing, sintering and the magnetizing of the blocks. \
(c) The ban is in addition to any other limit on special metals that this chapter sets out, and \
the seller shall state with each offer where the alloy was melted and who owns the furnace."""
AMENDED = (
    REGULATION.replace("shall not buy any", "may not acquire or lease any")
    .replace("and every later step", "the mining of the ore and every later step from 2027 on")
    .replace(
        "(c) The ban", "(c) For tungsten powder the ban covers atomizing and calcining. The ban"
    )
    .replace("who owns the furnace", "who controls the furnace within the meaning of this part")
)


def test_two_versions_of_a_regulation_are_no_copies() -> None:
    versions = [
        member(name, text, file_type="text", title="225.7018 Restriction")
        for name, text in (("a", REGULATION), ("b", AMENDED))
    ]
    assert len(group_copies(versions)) == 2
    official = [replace(item, source=replace(item.source, rank="official")) for item in versions]
    assert len(group_copies(official)) == 2


def edited(text: str) -> str:
    """Return the article as another desk edits it."""
    return (
        text.replace("said on Tuesday", "said this week")
        .replace("tons", "tonnes")
        .replace("who runs the company", "its chief executive")
        .replace("told reporters at the gate", "told journalists")
        .replace("doubted that", "were in doubt whether")
        .replace("is expected to rule", "will probably rule")
    )


PARAGRAPHS = WIRE.split("\n\n")
REPRINTS = {
    "another headline": f"Lantern Bay fills its first tanks\n{WIRE}",
    "a line that leads in": f"The following is from our partners at Metal Wire.\n{WIRE}",
    "a tail": f"{WIRE}\n{TAIL}",
    "other tails": f"{WIRE}\n{OTHER_TAIL}",
    "a dateline": f"PORT ALDER (Metal Wire) - {WIRE}",
    "cut at the end": f"Tanks at last\n{''.join(PARAGRAPHS[:2])}",
    "cut in the middle": "\n".join([PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[3]]),
    "light edits": f"Port Alder plant gets wet\n{edited(WIRE)}",
    "all at once": f"Wet at last\nPORT ALDER\n{edited(chr(10).join(PARAGRAPHS[:3]))}\n{OTHER_TAIL}",
    "as one paragraph": WIRE.replace("\n\n", " ").replace('"', "\u201c"),
}


@pytest.mark.parametrize("reprint", REPRINTS.values(), ids=REPRINTS.keys())
def test_syndicated_news_is_one_voice(reprint: str) -> None:
    wire = member("wire", f"{WIRE}\n{TAIL}", publisher="Metal Wire", published="2025-05-06")
    for file_type in ("html", "text"):
        other = member(
            "post",
            reprint,
            publisher="The Harbour Post",
            published="2025-05-07",
            file_type=file_type,
        )
        assert groups_of(wire, other) == [("wire", "post")]


def test_syndicated_news_is_one_voice_where_no_publisher_is_known() -> None:
    wire = member("wire", WIRE, file_type="text", title="Lantern Bay starts its plant")
    other = member("post", REPRINTS["all at once"], file_type="text", title="Wet at last")
    assert groups_of(wire, other) == [("post", "wire")]


QUOTE = PARAGRAPHS[1]
OTHER_ARTICLES = {
    "a report of one's own": f"""\
A hundred people in rubber boots watched on Tuesday as acid ran into the first basin at Port \
Alder, a works that its neighbours had long given up on. {QUOTE} Three trade unions had come with \
banners, two of them in favour. The mayor spoke of 190 jobs, the company of 160, and the unions \
of the 45 that are filled so far. Whoever wants one must first pass a course in handling acid \
that lasts eleven weeks and costs the company 9,000 dollars a head.""",
    "a comment": f"""\
Do not be taken in by full tanks. {QUOTE} That is a fine line, but what counts is the contract \
that nobody has signed. A plant that sells to buyers who only look on is a museum. In 2019 the \
last company to fill tanks in this country emptied them again after five months, and its loan of \
31 million dollars was never paid back. The state would do better to buy magnets than to lend \
money to those who hope to sell what goes into them.""",
    "a look ahead to the ruling": f"""\
The court in Port Alder rules next month on whether the separation plant may let its water into \
the bay. {PARAGRAPHS[3]} Lawyers of the town expect a compromise: a longer pipe, a second basin \
and a fine of 400,000 dollars if the readings are ever above the limit. The fishermen want more. \
They ask for a seat on the board and for the catch of the last three years to be paid for.""",
    "a note on the share": """\
Shares of Lantern Bay Minerals rose 11 percent to 3.42 dollars on Tuesday after the company said \
that the tanks of its plant in Port Alder are being filled. They had lost two fifths since the \
start of the year. Brookfield Crane keeps its target of 2.90 dollars and its advice to sell, \
because a third of the price of the works is still to be raised and new shares are likely.""",
    "the same company a year before": """\
Lantern Bay Minerals said on Thursday that it had broken ground for its separation plant in Port \
Alder. The plant is meant to turn 12,000 tons of concentrate a year into 4,400 tons of separated \
oxides, most of it neodymium and praseodymium for the makers of magnets. The state lends 60 \
million dollars of the 195 million that the works will cost. Moira Tennant, who runs the \
company, said that she expected to fill the tanks within twelve months if the railway holds.""",
    "another plant": """\
Cormorant Rare Metals said on Tuesday that it had started to build a separation plant in Sligo \
Head. It will cost 310 million dollars and turn 20,000 tons of concentrate a year into 7,000 tons \
of oxides. A spokesman said that the first would be sold in 2029, to a maker of magnets whose \
name he kept to himself. The railway to the site was closed for weeks last year.""",
    "a roundup": f"""\
Metals this week: tin fell, cobalt rose, and graphite did nothing. In Port Alder acid is running. \
{QUOTE} In the capital the minister for trade signed an agreement on tungsten that runs to 40 \
pages and names no amount. The price of terbium rose by 6 percent and that of dysprosium by 4. \
Next week: the quota for the second half, and the yearly meeting of the makers of magnets, where \
1,200 guests are expected and 300 beds are to be had.""",
    "a press release that was quoted": f"""\
Lantern Bay Minerals Limited announces that filling of the leach circuit at the Port Alder \
Separation Facility has commenced. "{QUOTE} The Facility has a design capacity of 5,300 tonnes \
per annum of separated products. Forward-looking statements in this announcement are subject to \
risks, among them those set out in the prospectus of 12 August 2024, and readers should not rely \
on them. Authorised for release by the board. Enquiries: +1 555 0142.""",
}


@pytest.mark.parametrize("article", OTHER_ARTICLES.values(), ids=OTHER_ARTICLES.keys())
def test_another_article_on_the_same_thing_is_a_voice_of_its_own(article: str) -> None:
    for publishers in (("Metal Wire", "The Harbour Post"), ("", "")):
        for file_type in ("html", "text"):
            wire = member("wire", f"{WIRE}\n{TAIL}", publisher=publishers[0])
            other = member("post", article, publisher=publishers[1], file_type=file_type)
            assert len(group_copies([wire, other])) == 2


def test_articles_that_share_a_long_tail_of_their_publisher_are_no_copies() -> None:
    tail = f"{TAIL} {OTHER_TAIL} " + " ".join(f"More about {word}." for word in WIRE.split()[:60])
    for publisher in ("Metal Wire", ""):
        articles = [
            member(name, f"{text}\n{tail}", publisher=publisher, published="2025-05-06")
            for name, text in OTHER_ARTICLES.items()
        ]
        assert len(group_copies(articles)) == len(articles)


def statement(quarter: str, day: str, profit: str, sales: str, year: str = "2025") -> str:
    return f"""\
Works Limited reports for the {quarter} quarter of {year}
Works Limited, one of the largest makers of magnet metals outside Asia, today reported its figures \
for the quarter that ended on {day}, {year}. Sales came to {sales} million dollars and net profit \
to {profit} million. "We thank everyone at Works for another quarter of safe and steady work," \
said the head of the company. A telephone conference will be held at 9 in the morning; dial in \
ten minutes early. Works was founded in 1987, employs 1,400 people and has plants in 3 countries. \
Forward-looking statements are subject to risks that are set out in the yearly report."""


def test_statements_from_one_template_are_no_copies() -> None:
    statements = [
        member(f"{number}.{ending}", text, publisher=publisher, file_type=file_type)
        for publisher in ("", "Works Limited")
        for ending, file_type in (("html", "html"), ("pdf", "pdf"))
        for number, text in enumerate(
            [
                statement("first", "March 31", "12.4", "98.1"),
                statement("second", "June 30", "9.7", "91.5"),
                statement("third", "September 30", "15.0", "104.2"),
                statement("first", "March 31", "11.1", "88.6", "2024"),
            ]
        )
    ]
    for four in (statements[:4], statements[4:8], statements[8:12], statements[12:]):
        assert len(group_copies(four)) == 4
    assert all(len(ids) == 2 for ids in groups_of(*statements[:8]))


def test_an_excerpt_joins_its_whole_and_the_whole_is_cited() -> None:
    whole = f"{table(2025, 1)}\n{WIRE}"
    report = member("whole.html", whole)
    first_page = member("a.txt", table(2025, 1)[:800], file_type="text")
    assert groups_of(first_page, report) == [("whole.html", "a.txt")]


def test_the_rows_of_a_table_are_a_copy_of_the_whole_table() -> None:
    lines = [
        f"{place} works,{metal},{random.Random(f'{place}{metal}').randint(100, 9999)}"
        for place in WIRE.split()
        for metal in ("neodymium oxide", "cerium oxide", "dysprosium metal")
    ]
    whole = member("whole.csv", "\n".join(lines), file_type="csv")
    rows = member(
        "rows.csv", "\n".join(line for line in lines if "cerium" in line), file_type="csv"
    )
    assert groups_of(rows, whole) == [("whole.csv", "rows.csv")]


def test_an_excerpt_that_is_the_better_copy_stays_for_itself() -> None:
    whole = member("whole.txt", f"{table(2025, 1)}\n{WIRE}", file_type="text")
    assert len(group_copies([PDF, whole])) == 2
    cut = member("cut.txt", table(2025, 1), file_type="text")
    assert ("whole.txt",) in groups_of(PDF, whole, cut)


def test_an_excerpt_of_two_editions_does_not_bring_them_together() -> None:
    shared = table(2025, 1).split("\n")[1][120:]
    editions = [member(f"{year}.pdf", table(year, 1), file_type="pdf") for year in (2024, 2025)]
    abstract = member("abstract.txt", shared, file_type="text")
    assert sorted(map(len, groups_of(abstract, *editions))) == [1, 2]


ORDER = [
    source("official.pdf", file_type="pdf", rank="official"),
    source("official.txt", file_type="text", rank="official"),
    source("filing.pdf", file_type="pdf", rank="filing"),
    source("z.pdf", file_type="pdf"),
    source("scan.pdf", file_type="pdf", confidence=0.9),
    source("dated.html", publisher="B", published="2025-05-01"),
    source("later.html", publisher="C", published="2025-05-02"),
    source("a.html"),
    source("b.html"),
    source("rows.csv", file_type="csv"),
    source("a.md", file_type="markdown"),
]


def test_the_best_copy_comes_first_whatever_the_order_given() -> None:
    members = [Member(item, member("", WIRE).fingerprint) for item in ORDER]
    expected = tuple(item.id for item in ORDER)
    for seed in range(5):
        shuffled = random.Random(seed).sample(members, len(members))
        (group,) = group_copies(shuffled)
        assert group.members == expected


def test_the_publisher_of_origin_comes_before_an_earlier_reprint() -> None:
    reprint = member(
        "a", REPRINTS["a dateline"], publisher="The Harbour Post", published="2025-05-06"
    )
    wire = member("z", WIRE, publisher="Metal Wire", published="2025-05-07")
    assert groups_of(reprint, wire) == [("z", "a")]


def test_a_group_keeps_its_id_when_a_copy_comes() -> None:
    two = [member("b", WIRE), member("c", WIRE)]
    (before,) = group_copies(two)
    (after,) = group_copies([*two, member("d.pdf", WIRE, file_type="pdf")])
    assert after == CopyGroup(before.id, ("d.pdf", "b", "c"))
    assert re.fullmatch("[0-9a-f]{16}", before.id)


def test_of_sources_with_one_wording_only_the_named_pairs_are_judged() -> None:
    members = [member(name, WIRE) for name in ("a", "b", "c", "d")]
    assert [group.members for group in group_copies(members)] == [("a", "b", "c", "d")]
    for pairs, groups in (
        (set(), [("a",), ("b",), ("c",), ("d",)]),
        ({("a", "c")}, [("a", "c"), ("b",), ("d",)]),
        ({("a", "c"), ("c", "gone")}, [("a", "c"), ("b",), ("d",)]),
        ({("a", "c"), ("b", "d")}, [("a", "c"), ("b", "d")]),
        ({("a", "b"), ("b", "d")}, [("a", "b", "d"), ("c",)]),
    ):
        assert [group.members for group in group_copies(members, pairs)] == groups


def test_copy_without_an_edition_joins_no_two_editions_that_were_not_compared() -> None:
    members = [
        member("a", WIRE, edition="MCS 2025"),
        member("b", WIRE),
        member("c", WIRE, edition="MCS 2026"),
    ]
    groups = [set(group.members) for group in group_copies(members, {("a", "b"), ("b", "c")})]
    assert not any({"a", "c"} <= group for group in groups)
    assert sorted(map(len, groups)) == [1, 2]


def test_sources_without_likeness_or_content_are_groups_of_one() -> None:
    members = [member("a", WIRE), member("b", "7"), member("c", "8"), member("d", REGULATION)]
    assert [group.members for group in group_copies(members)] == [("a",), ("b",), ("c",), ("d",)]
    assert group_copies([]) == ()


def test_equal_columns_of_figures_without_words_are_copies() -> None:
    figures = "\n".join(f"{number}, {number * number}" for number in range(90))
    assert groups_of(member("a", figures), member("b", figures)) == [("a", "b")]


def test_a_fingerprint_is_small_and_of_flat_lists_that_json_keeps() -> None:
    words = [f"{word}{place}" for place in ("alder", "birch", "cedar") for word in WIRE.split()]
    chance = random.Random(1)
    long = " ".join(chance.choice(words) + f" {number}" for number in range(30_000))
    made = member("a", long).fingerprint
    assert len(made.sketch) <= 512
    assert len(made.places) <= 256
    assert made.figures == ()
    for record in (made, PDF.fingerprint):
        fields = json.loads(json.dumps(asdict(record)))
        for name, value in fields.items():
            fields[name] = tuple(value) if isinstance(value, list) else value
        assert Fingerprint(**fields) == record


def test_an_excerpt_of_a_long_text_is_still_a_candidate() -> None:
    chance = random.Random(4)
    words = WIRE.split()
    long = " ".join(chance.choice(words) for _ in range(20_000))
    whole, part = member("a", long).fingerprint, member("b", long[40_000:48_000]).fingerprint
    assert may_be_copies(whole, part)
    assert may_be_copies(part, whole)
    assert not may_be_copies(part, member("c", WIRE).fingerprint)


@pytest.mark.parametrize("name", ["china-country-profile.md", "policy-timeline.md"])
def test_conversions_of_a_packaged_document_are_copies_and_bad_ones_are_set_aside(
    name: str,
) -> None:
    document = read_document(DOCUMENTS / name, DOCUMENTS)
    text = document.pages[0].text
    original = Member(replace(document.source, file_type="html", id="o"), fingerprint(document))
    good = member("good", as_narrow_lines(re.sub(r"[|*#]", "", text)), file_type="text")
    bad = member("bad", with_inventions(text), file_type="text")
    (group,) = group_copies([good, bad, original])
    assert group.members == ("o", "good", "bad")
    assert [source_id for source_id, _ in group.set_aside] == ["bad"]


@pytest.mark.slow
def test_quarterly_filings_are_groups_of_their_own(shared: Path) -> None:
    folder = shared / "sets" / "sec10q" / "pdfs"
    documents = [read_document(file, folder) for file in sorted(folder.glob("*AAPL.pdf"))]
    groups = group_copies([Member(item.source, fingerprint(item)) for item in documents])
    assert len(groups) == len(documents) > 1


def test_a_reason_names_all_figures_where_they_are_few() -> None:
    changed = table(2025, 1)
    for figure in re.findall(r"production (\S+)", changed)[:6]:
        changed = changed.replace(f"production {figure}", f"production 7{figure[::-1]}")
    (group,) = group_copies([PDF, member("a.md", changed, file_type="markdown")])
    ((_, reason),) = group.set_aside
    assert "..." not in reason
