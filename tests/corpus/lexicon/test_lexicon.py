"""The lexicon: its tables hold together, and names are found in texts and nowhere else."""

from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.lexicon import find_entities, load_lexicon, other_forms
from corpus.lexicon.entry import Entry, Name, read_tables


def found(text: str) -> list[tuple[str, str]]:
    """Return what a text names: the words and the id of each mention."""
    mentions = load_lexicon().find_mentions(text)
    return [(text[mention.start : mention.end], mention.entry.id) for mention in mentions]


def table(tmp_path: Path, *lines: str) -> Path:
    """Return a folder with one table of the lines, "|" in place of tabs."""
    columns = "kind|id|name|other_names|rank"
    text = "\n".join(line.replace("|", "\t") for line in (columns, *lines))
    (tmp_path / "table.tsv").write_text(text, encoding="utf-8")
    return tmp_path


def test_every_name_of_every_entry_is_found_as_it_is_written() -> None:
    lexicon = load_lexicon()
    missed = [
        (entry.id, name.text)
        for entry in lexicon.entries
        for name in entry.names
        if [m.entry for m in lexicon.find_mentions(f"about {name.text}, it is said")] != [entry]
    ]
    assert missed == []


def test_parents_and_countries_are_entries() -> None:
    lexicon = load_lexicon()
    named = {i for entry in lexicon.entries for i in (*entry.parents, entry.country) if i}
    assert sorted(i for i in named if i not in lexicon) == []


def test_names_can_stand_in_a_phrase_of_a_word_search() -> None:
    names = [name.text for entry in load_lexicon().entries for name in entry.names]
    assert [name for name in names if '"' in name or name != name.strip()] == []


def test_no_address_belongs_to_two_entries() -> None:
    domains = [domain for entry in load_lexicon().entries for domain in entry.domains]
    assert sorted(domains) == sorted(set(domains))


def test_the_seventeen_elements_have_the_shares_that_atomic_masses_give() -> None:
    masses = {
        "La": 138.905, "Ce": 140.116, "Pr": 140.908, "Nd": 144.242, "Pm": 145, "Sm": 150.36,
        "Eu": 151.964, "Gd": 157.25, "Tb": 158.925, "Dy": 162.5, "Ho": 164.93, "Er": 167.259,
        "Tm": 168.934, "Yb": 173.045, "Lu": 174.967, "Y": 88.906, "Sc": 44.956,
    }  # fmt: skip
    atoms = {"Ce": (1, 2), "Pr": (6, 11), "Tb": (4, 7)}
    elements = load_lexicon().elements.values()
    assert {element.symbol for element in elements} == set(masses)
    for element in elements:
        metal, oxygen = atoms.get(element.symbol, (2, 3))
        metal_mass = metal * masses[element.symbol]
        share = metal_mass / (metal_mass + oxygen * 15.999)
        assert element.oxide_to_metal == pytest.approx(share, abs=0.0006), element.id
        formula = f"{element.symbol}{'' if metal == 1 else metal}O{oxygen}"
        assert element.oxide == formula


@pytest.mark.parametrize(
    ("entry_id", "names"),
    [
        (
            "china-northern-rare-earth",
            "CNRE|NRE|Northern Rare Earth|600111.SH|SHA:600111|SSE:600111|SSE: 600111|北方稀土|"
            "包钢稀土|China Northern Rare Earth (Group) High-Tech|"
            "Inner Mongolia Baotou Steel Rare-Earth (Group) Hi-Tech",
        ),
        ("baogang-group", "Baogang|Baotou Steel|Baotou Iron and Steel|Baogang Group"),
        ("baotou-steel-union", "600010.SH"),
        ("china-rare-earth-group", "CREG|REGCC|China Rare Earth Group"),
        ("shenghe-resources", "600392.SH|Shenghe"),
        ("mp-materials", "NYSE: MP|MP Materials|MP MATERIALS"),
        ("mountain-pass", "Mountain Pass"),
        ("independence", "Independence facility"),
        ("10x", "10X Facility"),
        ("molycorp", "Molycorp"),
        ("project-phoenix", "Project Phoenix"),
        ("lynas", "ASX: LYC|ASX:LYC|Lynas|Lynas Corp|LYC"),
        ("iluka", "ASX: ILU|Iluka"),
        ("energy-fuels", "UUUU|EFR|Energy Fuels"),
        ("neo-performance-materials", "NEO|Neo Magnequench|NPM"),
        ("silmet", "Silmet"),
        ("sillamae", "Sillamäe|Sillamae"),
        ("arafura", "Arafura"),
        ("northern-minerals", "Northern Minerals"),
        ("rare-element-resources", "Rare Element Resources"),
        ("jl-mag", "JL Mag|JL MAG"),
        ("zhong-ke-san-huan", "Zhong Ke San Huan"),
        ("ningbo-yunsheng", "Ningbo Yunsheng"),
        ("vacuumschmelze", "VAC"),
        ("evac", "eVAC"),
        ("shin-etsu", "Shin-Etsu"),
        ("proterial", "Proterial|Hitachi Metals"),
        ("tdk", "TDK"),
        ("less-common-metals", "Less Common Metals"),
        ("noveon", "Noveon"),
        ("usa-rare-earth", "USA Rare Earth"),
        ("solvay", "Solvay"),
        ("carester", "Carester"),
        ("irel", "IREL"),
        ("serra-verde", "Serra Verde"),
        ("aclara", "Aclara"),
        ("hastings", "Hastings"),
        ("asm", "ASM"),
        ("bayan-obo", "Bayan Obo|Bayan'obo|Bayan’obo|Baiyun Ebo"),
        ("mount-weld", "Mt Weld|Mt. Weld|Mount Weld"),
        ("kalgoorlie", "Kalgoorlie"),
        ("gebeng", "Gebeng"),
        ("kuantan", "Kuantan"),
        ("eneabba", "Eneabba"),
        ("white-mesa", "White Mesa|White Mesa Mill"),
        ("narva", "Narva"),
        ("elk-creek", "Elk Creek"),
        ("kachin", "Kachin State|Kachin"),
        ("burma", "Burma|Myanmar|Burmese"),
        ("ndpr", "NdPr|PrNd|Pr-Nd|didymium|neodymium-praseodymium|praseodymium and neodymium"),
        ("ndfeb", "NdFeB|NIB|NeFeB|neodymium iron boron"),
        ("smco", "SmCo|samarium-cobalt"),
        ("seg", "SEG"),
        ("dyfe", "DyFe"),
        ("mrec", "MREC|mixed rare earth carbonate"),
        ("mreo", "MREO"),
        ("rare-earths", "REE|REEs|REM|rare earths|rare-earth elements"),
        ("lree", "LREE|LREEs"),
        ("hree", "HREE"),
        ("mhree", "MHREE"),
        ("reo", "REO"),
        ("treo", "TREO"),
        ("ionic-clay", "IAC|ionic clay|ion-adsorption clays"),
        ("bastnaesite", "bastnaesite|Bastnäsite"),
        ("sx", "SX"),
        ("oos", "OOS"),
        ("fob", "FOB|f.o.b."),
        ("nir", "NIR|net import reliance"),
        ("mcs", "MCS|Mineral Commodity Summaries"),
        ("myb", "MYB|Minerals Yearbook"),
        ("ds140", "Data Series 140"),
        ("miit", "MIIT"),
        ("mnr", "MNR"),
        ("mofcom", "MOFCOM"),
        ("gacc", "GACC"),
        ("ndrc", "NDRC"),
        ("dla", "DLA"),
        ("nds", "NDS|National Defense Stockpile"),
        ("dpa", "DPA|DPA Title III"),
        ("dod", "DoD|DOD|DOW|Department of War|Department of Defense"),
        ("crma", "CRMA|Regulation (EU) 2024/1252"),
        ("gcmo", "GCMO"),
        ("jorc", "JORC"),
        ("hts", "HTS"),
        ("10-usc-4872", "10 USC 4872|10 U.S.C. 4872|10 U.S.C. § 4872"),
        ("dfars-225-7018", "DFARS 225.7018|225.7018"),
        ("dfars-252-225-7052", "252.225-7052"),
        ("45x", "45X|Section 45X"),
        ("48c", "48C"),
        ("announcement-18", "Announcement 18|Announcement No. 18"),
        ("announcement-70", "Announcement No. 70"),
        ("united-states", "U.S.|US|USA|United States|America"),
        ("usgs", "USGS|U.S. Geological Survey|United States Geological Survey"),
        ("form-10-k", "Form 10-K|10-K"),
    ],
)
def test_names_that_the_field_uses_are_found(entry_id: str, names: str) -> None:
    missed = {name: got for name in names.split("|") if (got := found(name)) != [(name, entry_id)]}
    assert missed == {}


@pytest.mark.parametrize("symbol", "La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Y Sc".split())
def test_symbols_count_beside_a_product_or_their_name(symbol: str) -> None:
    (element,) = (e for e in load_lexicon().elements.values() if e.symbol == symbol)
    name = element.id
    assert found(f"prices of {symbol} oxide") == [(symbol, element.id)]
    assert found(f"{name} ({symbol}) rose") == [(name, name), (symbol, name)]
    assert found(f"{element.oxide} rose") == [(element.oxide, element.id)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Sm, Gd, Tb, Dy, Lu, Sc and Y need licences",
         "samarium gadolinium terbium dysprosium lutetium scandium yttrium"),
        ("Ho/Er/Tm", "holmium erbium thulium"),
        ("Dy and Tb rose", "dysprosium terbium"),
        ("What does Dy cost?", "dysprosium"),
        ("Nd₂O₃ and Dy₂O₃", "neodymium dysprosium"),
        ("Lynas's plant; China’s quota", "lynas china"),
        ("monazites and xenotime-bearing sand", "monazite xenotime"),
        ("U.S.-China talks", "united-states china"),
        ("the USGS's MCS", "usgs mcs"),
        ("北方稀土与包钢集团的镨钕", "china-northern-rare-earth baogang-group ndpr"),
        ("the U.S. Department of\nEnergy", "doe"),
        ("South Korea and Korea", "south-korea south-korea"),
        ("Western Australia, Australia", "western-australia australia"),
        ("Molycorp sold it before MP Materials came", "molycorp mp-materials"),
    ],
)  # fmt: skip
def test_names_are_found_in_sentences(text: str, ids: str) -> None:
    assert [entry_id for _, entry_id in found(text)] == ids.split()


@pytest.mark.parametrize(
    "text",
    """Tell us what it is made of.
in no case, and la, er, y, ho, pr
La la la, he sang, and no one knew.
Er ging nach Hause.
Ho, ho, ho!
She said: "Er, no."
He is an MP for Perth.
The MP said so, and Jane Doe (MP) agreed.
A 5 MP camera
The PR team and the EU's Pr. office of sc. and art
Sc. D. and Ph. D.
The northern part is cold.
Northern said nothing.
A northern minerals province lies there.
Much energy fuels the process.
It needs materials, and less common metals too.
A neo-classical house
The neo-noir film
It was independence day.
A 10x return
They had an independence movement.
The dow fell.
It does no harm.
We lamp the way.
A lynx was seen.
He wore a hat and was here.
The pass over the mountain is closed.
It goes in as an as-is part.
The sec rule held for 5 sec.
We met at 5 pm and it was 2 nd place.
A vac pump at 120 VAC
The price was US$5 and US$ 6.
Two or three seg ments
A reo speed wagon
They polish the mint.
Watchers with the eyes of an argus said so. No.
the star, the guardian, the hindu temple
bis zum Ende, als er kam
The lima beans
y = ax + b, where Y is large
La Palma, El Hierro
He ran 10 k in 45 minutes.
Vitamin K and vitamin A
A mixed bag, the rare bird
The law of the sea
It is a state of mind; congress was adjourned
oceans of ore
I.R.S. is not asked
In July, no rise was seen; On the other hand
Mt. Everest and Mount Fuji
China. Rare Earth Group""".splitlines(),
)  # fmt: skip
def test_ordinary_sentences_name_nobody(text: str) -> None:
    assert [(word, i) for word, i in found(text) if (word, i) not in ALLOWED] == []


# Named in the sentences above, and rightly.
ALLOWED = {("EU", "european-union"), ("China", "china"), ("Rare Earth", "rare-earths")}


def test_a_question_without_capitals_names_all_the_same() -> None:
    question = "what did usgs say of myanmar and mountain pass? does energy fuels help us"
    mentions = load_lexicon().names_in(question)
    assert [m.entry.id for m in mentions] == ["usgs", "burma", "mountain-pass"]


def test_offsets_are_those_of_the_words() -> None:
    text = "the Nd₂O₃ of Mt. Weld"
    mentions = load_lexicon().find_mentions(text)
    assert [(m.start, m.end, m.name) for m in mentions] == [
        (4, 9, Name("Nd2O3", "oxide")),
        (13, 21, Name("Mt. Weld")),
    ]


def test_a_source_is_about_its_title_and_what_it_names_often() -> None:
    text = "China set it. Chinese mines, China. Burma, and Myanmar. India once. MCS gives t REO."
    assert find_entities("Lynas", text) == ("lynas", "china", "burma")


def test_a_source_is_about_twelve_entries_at_most() -> None:
    names = [e.name for e in load_lexicon().entries if e.kind == "company"][:20]
    assert len(find_entities("", " and ".join(names * 2))) == 12


def test_reporting_words_are_not_what_a_source_is_about() -> None:
    assert find_entities("Reuters on Form 10-K", "net import reliance, t REO, REO") == ()


def test_other_forms_are_names_to_search_for() -> None:
    named = other_forms("What does the US say of Dy?")
    assert set(named) == {"us", "dy"}
    forms = (*named["us"], *named["dy"])
    assert "United States" in forms
    assert "dysprosium" in forms
    assert "Dy2O3" in forms
    assert "US" not in forms
    assert other_forms("Who is there?") == {}


def test_other_names_of_an_element_begin_with_its_symbol() -> None:
    lexicon = load_lexicon()
    names = lexicon.other_names(lexicon.entry("neodymium"))
    assert names == ("Nd", "Nd2O3", "钕", "釹")


def test_an_entry_is_known_by_its_whole_name() -> None:
    lexicon = load_lexicon()
    assert lexicon.named("us geological survey") == (lexicon.entry("usgs"),)
    assert lexicon.named("Geological") == lexicon.named("") == ()


def test_the_longest_domain_tells_who_publishes() -> None:
    lexicon = load_lexicon()
    published = {
        address: [entry.id for entry in lexicon.published_under(address)]
        for address in ("pubs.usgs.gov/fs", "www.netl.doe.gov", "notusgs.gov", "gov", "")
    }
    assert published == {
        "pubs.usgs.gov/fs": ["usgs"],
        "www.netl.doe.gov": ["netl"],
        "notusgs.gov": [],
        "gov": [],
        "": [],
    }


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(CorpusError, match="there is no entry 'nobody'"):
        load_lexicon().entry("nobody")


def test_former_names_keep_their_year() -> None:
    lexicon = load_lexicon()
    assert Name("Hitachi Metals", "former until 2023") in lexicon.entry("proterial").other_names


def test_a_table_is_read_line_by_line(tmp_path: Path) -> None:
    folder = table(tmp_path, "agency|a|An Agency|ticker: ASX:ANA ¦ Agency of A|official")
    (tmp_path / "table.tsv").write_text(
        (tmp_path / "table.tsv").read_text(encoding="utf-8").replace("¦", "|"), encoding="utf-8"
    )
    names = (Name("ASX:ANA", "ticker"), Name("Agency of A"))
    assert read_tables(folder).entries == (
        Entry("a", "agency", "An Agency", names, rank="official"),
    )


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["agency|a|A||important"], "table.tsv, line 2: rank 'important' is missing or wrong"),
        (["agency||A||"], "table.tsv, line 2: kind, id or name is missing or wrong"),
        (["element|a|A||"], "table.tsv, line 2: 'number' is missing or wrong"),
        (["agency|a|Abc||", "agency|a|Bcd||"], "lexicon: two entries have the id 'a'"),
        (["agency|a|Abc||", "agency|b|ABC||"], "lexicon: 'ABC' names both a and b; remove one"),
        (["agency|a|北方||", "agency|b|北方||"], "lexicon: '北方' names both a and b; remove one"),
    ],
)
def test_a_wrong_table_is_refused_with_its_place(
    tmp_path: Path, lines: list[str], reason: str
) -> None:
    folder = table(tmp_path, *lines)
    with pytest.raises(CorpusError) as refused:
        load_lexicon(folder)
    assert str(refused.value).startswith(reason)


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "table.tsv").write_text("kind\tid\tcolour\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"table.tsv: unknown columns \['colour'\]"):
        read_tables(tmp_path)


def test_endless_lists_take_no_time() -> None:
    assert len(found("Nd, " * 5_000)) == 5_000
    assert len(found("rare earth " * 5_000)) == 5_000


def test_name_is_found_where_a_file_name_has_lines_for_spaces() -> None:
    found = load_lexicon().find_mentions("Mountain_Pass_summary")
    assert [mention.entry.name for mention in found] == ["Mountain Pass"]
