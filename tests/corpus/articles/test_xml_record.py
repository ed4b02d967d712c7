"""XML that is no feed: metadata records, papers, laws and tables, each as one page."""

import pytest
from article_pages import rows

from corpus.articles import read_xml
from corpus.document import Metadata, Page, Reading, original_text
from corpus.errors import NoFactsError

FGDC = """<?xml version="1.0"?><metadata><idinfo><citation><citeinfo>
<origin>Office of Minerals</origin><pubdate>20260206</pubdate><title>Deposits of the north</title>
<edition>2.0</edition><onlink>https://data.example/deposits</onlink></citeinfo></citation>
<descript><abstract>The release holds 120 deposits.</abstract>
<purpose>{long}</purpose></descript>
<timeperd><timeinfo><rngdates><begdate>2021</begdate><enddate>2023</enddate></rngdates></timeinfo>
</timeperd><useconst>There are none. Read on for more.</useconst>
<keywords><theme><themekey>magnets</themekey><themekey>oxides</themekey></theme></keywords>
<crossref><citeinfo><title>Another work</title><pubdate>2019</pubdate></citeinfo></crossref>
</idinfo></metadata>""".format(long="It serves those who map deposits of rare earths. " * 5)

JATS = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS.dtd">
<article xml:lang="en"><front><journal-meta><journal-title>Journal of Clays</journal-title>
<publisher><publisher-name>Pub House</publisher-name></publisher></journal-meta><article-meta>
<article-id pub-id-type="doi">10.1000/xyz</article-id>
<title-group><article-title>Leaching of clays</article-title></title-group>
<contrib-group><contrib><name><surname>Li</surname><given-names>Wei</given-names></name></contrib>
<contrib><name><surname>Berg</surname><given-names>Ada</given-names></name></contrib>
</contrib-group><pub-date pub-type="epub"><day>6</day><month>2</month><year>2026</year></pub-date>
<permissions><license><license-p>CC BY 4.0</license-p></license></permissions>
<abstract><p>We leached clays<sup><xref ref-type="bibr" rid="r1">1</xref></sup> and recovered
92% of the rare earths.</p></abstract></article-meta></front>
<body><sec><label>1</label><title>Results</title>
<p>Of 10<sup>3</sup> kg, 13,000<sup>2</sup> g of Nd<sub>2</sub>O<sub>3</sub> were won.</p>
<table-wrap><label>Table 1.</label><caption><p>Yield, percent</p></caption>
<table><thead><tr><th>Oxide</th><th>Yield</th></tr></thead>
<tbody><tr><td>Nd<sub>2</sub>O<sub>3</sub></td><td>81</td></tr><tr><td>Dy</td><td>77</td></tr>
</tbody></table></table-wrap></sec></body>
<back><ref-list><ref><mixed-citation><article-title>Old work</article-title> 1999</mixed-citation>
</ref></ref-list></back></article>"""

REGISTER = """<RULE><PREAMB><AGENCY TYPE="S">OFFICE OF MINERALS</AGENCY>
<SUBJECT>Notice of the List</SUBJECT>
<EFFDATE><P>Applicable August 4, 2023.</P></EFFDATE></PREAMB>
<SUPLINF><HD SOURCE="HED">SUPPLEMENTARY INFORMATION:</HD>
<P>The Secretary lists <E T="03">dysprosium</E> and neodymium<SU>1</SU> as critical.</P>
<GPOTABLE COLS="2"><TTITLE>Table 1, Score</TTITLE><BOXHD><CHED H="1">Material</CHED>
<CHED H="1">Score</CHED></BOXHD><ROW><ENT I="01">Dysprosium</ENT><ENT>3.9</ENT></ROW>
<ROW><ENT I="01">Neodymium</ENT><ENT>3.5</ENT></ROW></GPOTABLE></SUPLINF></RULE>"""

LAW = """<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0" xml:lang="en"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<meta><dc:title>Title 10</dc:title><dc:publisher>The Counsel</dc:publisher>
<dcterms:created>2026-01-05T03:00:00</dcterms:created></meta><main>
<section><num value="1">§ 1.</num><heading> Acquisition of materials</heading>
<subsection><num value="a">(a)</num><heading> In General.</heading>
<chapeau>The Secretary may not procure any of these:</chapeau>
<paragraph><num value="1">(1)</num><content>any magnet that is melted in a covered nation; or
</content></paragraph><paragraph><num value="2">(2)</num><content>tungsten powder.</content>
</paragraph></subsection></section></main></uscDoc>"""

ISO = """<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd"
 xmlns:gco="http://www.isotc211.org/2005/gco">
<gmd:dateStamp><gco:Date>2025-01-01</gco:Date></gmd:dateStamp><gmd:identificationInfo>
<gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>
<gmd:title><gco:CharacterString>Map of deposits</gco:CharacterString></gmd:title>
<gmd:date><gmd:CI_Date><gmd:date><gco:Date>2024-05-06</gco:Date></gmd:date></gmd:CI_Date></gmd:date>
</gmd:CI_Citation></gmd:citation><gmd:abstract><gco:CharacterString>The map shows 120 deposits of
rare earths.</gco:CharacterString></gmd:abstract></gmd:MD_DataIdentification>
</gmd:identificationInfo></gmd:MD_Metadata>"""


def read(text: str) -> Reading:
    """Read a text as the file it would be."""
    return read_xml(text.encode(), "record.xml")


def only_page(text: str) -> Page:
    """Return the page of an XML text."""
    (page,) = read(text).pages
    return page


def test_metadata_record_says_what_its_data_are() -> None:
    assert read(FGDC).metadata == Metadata(
        title="Deposits of the north",
        publisher="Office of Minerals",
        published="2026-02-06",
        edition="2.0",
        url="https://data.example/deposits",
        licence="There are none. Read on for more.",
        data_years=(2021, 2022, 2023),
    )


def test_metadata_record_is_named_values_and_long_ones_under_their_names() -> None:
    page = only_page(FGDC)
    assert page.text.startswith(
        "Deposits of the north\n\nIdentification\n\nDeposits of the north\n\n"
        "origin: Office of Minerals\npublication date: 20260206\nedition: 2.0\n"
        "link: https://data.example/deposits\n\nDescription\n\n"
        "abstract: The release holds 120 deposits.\n\nPurpose\n\nIt serves those who map"
    )
    assert "keywords: magnets; oxides" in page.text
    purpose = next(b for b in page.blocks if page.text[b.start :].startswith("It serves"))
    assert purpose.context.section == "Purpose"


def test_paper_gives_its_metadata_and_not_those_of_its_references() -> None:
    assert read(JATS).metadata == Metadata(
        title="Leaching of clays",
        author="Wei Li, Ada Berg",
        publisher="Pub House",
        published="2026-02-06",
        url="https://doi.org/10.1000/xyz",
        licence="CC BY 4.0",
        language="en",
    )


def test_paper_keeps_sections_tables_and_takes_marks_off_figures() -> None:
    page = only_page(JATS)
    assert "\n\nAbstract\n\nWe leached clays and recovered 92% of the rare earths." in page.text
    won = "Of 10³ kg, 13,000 g of Nd2O3 were won."
    assert f"\n\n1 Results\n\n{won}\n\nTable 1. Yield, percent\n\nOxide | Yield" in page.text
    start = page.text.index(won)
    assert original_text(page, start, start + len(won)) == (
        "Of 103 kg, 13,0002 g of Nd2O3 were won."
    )
    assert rows(page) == [["Oxide", "Yield"], ["Nd2O3", "81"], ["Dy", "77"]]
    (row, _) = [block for block in page.blocks if block.cells]
    assert (row.context.caption, row.context.section) == ("Table 1. Yield, percent", "1 Results")


def test_official_notice_keeps_headings_and_tables() -> None:
    reading = read(REGISTER)
    (page,) = reading.pages
    assert page.text == (
        "Notice of the List\n\nagency: OFFICE OF MINERALS\n\nApplicable August 4, 2023.\n\n"
        "SUPPLEMENTARY INFORMATION:\n\n"
        "The Secretary lists dysprosium and neodymium as critical.\n\n"
        "Table 1, Score\n\nMaterial | Score\nDysprosium | 3.9\nNeodymium | 3.5"
    )
    assert rows(page)[1:] == [["Dysprosium", "3.9"], ["Neodymium", "3.5"]]
    assert reading.metadata == Metadata(title="Notice of the List", publisher="OFFICE OF MINERALS")


def test_law_keeps_its_numbers_before_what_they_count() -> None:
    reading = read(LAW)
    assert reading.pages[0].text == (
        "Title 10\n\npublisher: The Counsel\ncreated: 2026-01-05T03:00:00\n\n"
        "§ 1. Acquisition of materials\n\n(a) In General.\n\n"
        "The Secretary may not procure any of these:\n\n"
        "(1) any magnet that is melted in a covered nation; or\n\n(2) tungsten powder."
    )
    assert reading.metadata == Metadata(
        title="Title 10", publisher="The Counsel", published="2026-01-05", language="en"
    )


def test_geographic_record_is_dated_by_its_data_and_not_by_itself() -> None:
    reading = read(ISO)
    assert reading.metadata == Metadata(title="Map of deposits", published="2024-05-06")
    assert "abstract: The map shows 120 deposits of rare earths." in reading.pages[0].text


@pytest.mark.parametrize(
    "text",
    [
        '<d><r><f1>China</f1><f2 u="1">270000</f2></r><r><f1>Peru</f1><f2>27000</f2></r></d>',
        '<d><r f1="China" f2="270000"/><r f1="Peru" f2="27000"/></d>',
        '<d><r><field name="f1">China</field><field name="f2">270000</field></r>'
        '<r><field name="f1">Peru</field><field name="f2">27000</field></r></d>',
    ],
)
def test_records_of_figures_are_a_table(text: str) -> None:
    page = only_page(text)
    assert rows(page) == [["f1", "f2"], ["China", "270000"], ["Peru", "27000"]]


def test_html_inside_a_value_is_read_as_such() -> None:
    page = only_page(
        "<kml><Placemark><name>Pit 4</name><description><![CDATA[<p>The pit holds "
        "<b>bastnaesite</b> of a high grade.</p>]]></description></Placemark></kml>"
    )
    assert page.text.endswith("The pit holds bastnaesite of a high grade.")


@pytest.mark.parametrize(
    "text",
    [
        "<urlset><url><loc>https://a.example/b</loc><lastmod>2026-01-01</lastmod></url></urlset>",
        "<config><server port='80'>localhost</server><debug>true</debug></config>",
        "<a/>",
    ],
)
def test_xml_without_sentences_is_refused(text: str) -> None:
    with pytest.raises(NoFactsError) as raised:
        read(text)
    assert str(raised.value).startswith("record.xml: is XML of <")


def test_xbrl_is_refused_with_what_to_add_instead() -> None:
    with pytest.raises(NoFactsError) as raised:
        read('<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance"/>')
    assert str(raised.value) == (
        "record.xml: is an XBRL instance, whose facts are not read; add the filing as HTML or PDF"
    )


def test_heads_on_two_rows_are_one_and_a_head_over_both_is_told_once() -> None:
    reading = read_xml(
        b"<doc><table><thead><tr><th>Oxide</th><th colspan='2'>Yield</th></tr>"
        b"<tr><th>Oxide</th><th>2024</th><th>2025</th></tr></thead>"
        b"<tbody><tr><td>Nd</td><td>81</td><td>77</td></tr></tbody></table></doc>",
        "a.xml",
    )
    assert rows(reading.pages[0]) == [["Oxide", "Yield 2024", "Yield 2025"], ["Nd", "81", "77"]]
