"""Short articles and heads of reports, made up, whose dates and data years are known.

`WRITTEN` are as their publishers would write them; those of `DATELESS` name dates, but none of
them is their own.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DatedArticle:
    """An article with the date it was published, "" for none, and the years it has data for."""

    name: str
    file: str  # "text", "markdown" or "html"
    language: str
    text: str
    published: str
    data_years: tuple[int, ...] = ()


WRITTEN = (
    DatedArticle(
        "wire dateline with a place and an agency",
        "text",
        "en",
        "Quota for magnet metals is raised\n\n"
        "BEIJING, Oct. 9, 2025 (Reuters) - The ministry set the quota at 270,000 tons in 2024 and "
        "left it unchanged, two people said.\n\nThe rules of April 4, 2025, stay in force.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "published with a clock",
        "text",
        "en",
        "Oxide prices recover\nPublished: 9 October 2025, 14:05\nBy Jane Doe\n\n"
        "Praseodymium-neodymium oxide cost $74 a kilogram in September 2025, after $55 in 2024.\n",
        "2025-10-09",
        (2024, 2025),
    ),
    DatedArticle(
        "posted on",
        "markdown",
        "en",
        "# A new separation plant\n\nPosted on Oct 9, 2025\n\n"
        "The plant will treat 5,000 tonnes a year by 2028.\n",
        "2025-10-09",
        (2028,),
    ),
    DatedArticle(
        "published and updated on one line",
        "text",
        "en",
        "China tightens rules\n\nPUBLISHED THU, OCT 9 2025 5:30 AM EDT UPDATED FRI, OCT 10 2025 "
        "7:02 AM EDT\n\nExports of magnets fell 6% in August 2025.\n",
        "2025-10-09",
        (2025,),
    ),
    DatedArticle(
        "author and date between bars",
        "markdown",
        "en",
        "# Magnets run short\n\n*By Jane Doe | Oct 9, 2025 | 5 min read*\n\n"
        "Car makers stopped lines in June.\n",
        "2025-10-09",
    ),
    DatedArticle(
        "updated alone",
        "text",
        "en",
        "What to know about rare earths\nUpdated 3:00 PM EDT, Thu October 9, 2025\n\n"
        "China mined 69% of the world's total in 2024.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "press release that begins with its date",
        "text",
        "en",
        "October 9, 2025 -- Example Metals Corp. (NYSE: EXM) today announced results.\n\n"
        "Revenue in Q3 2025 was $53.6 million, against $62.9 million in Q3 2024.\n",
        "2025-10-09",
        (2024, 2025),
    ),
    DatedArticle(
        "press release of a wire service",
        "text",
        "en",
        "Example Metals Reports Record Output\n\nLAS VEGAS, Nov. 6, 2025 /PRNewswire/ -- Example "
        "Metals produced 721 metric tons of oxide in the third quarter of 2025.\n",
        "2025-11-06",
        (2025,),
    ),
    DatedArticle(
        "press release of another wire service",
        "text",
        "en",
        "MOUNTAIN TOP, Calif.--(BUSINESS WIRE)--February 20, 2026--Example Metals Corp. reported "
        "a loss of $65.4 million for FY2025.\n",
        "2026-02-20",
        (2025,),
    ),
    DatedArticle(
        "Federal Register head",
        "text",
        "en",
        "Federal Register / Vol. 88, No. 149 / Friday, August 4, 2023 / Notices\n\n"
        "DEPARTMENT OF ENERGY\n\nNotice of Final Determination on Materials\n\n"
        "SUMMARY: The list follows the Energy Act of 2020 (30 U.S.C. 1606).\n\n"
        "DATES: Comments are due by September 25, 2023.\n",
        "2023-08-04",
    ),
    DatedArticle(
        "cover of a report",
        "text",
        "en",
        "Congressional Research Service\n\nRare Earths in Defense: Background and Issues\n\n"
        "Jane Doe\nSpecialist in Acquisition\n\nApril 11, 2012\n\n7-5700\nwww.crs.gov\nR99999\n\n"
        "Summary\n\nCongress held hearings on March 3, 2011, and again in May 2011.\n",
        "2012-04-11",
        (2011,),
    ),
    DatedArticle(
        "foot of a fact sheet",
        "text",
        "en",
        "Fact Sheet 2014-3078\n\nThe Rare-Earth Elements\n\nBy Jane Doe and John Roe\n\n"
        "In 2010, China reduced exports by 40 percent.\n\nFirst posted November 5, 2014\n",
        "2014-11-05",
        (2010,),
    ),
    DatedArticle(
        "foot of a survey's page",
        "text",
        "en",
        "RARE EARTHS\n\nSalient Statistics: 2020 2021 2022 2023 2024e\nProduction 39,000 42,400 "
        "42,500 41,600 45,000\n\nU.S. Geological Survey, Mineral Commodity Summaries, "
        "January 2025\n",
        "2025-01",
        (2020, 2021, 2022, 2023, 2024),
    ),
    DatedArticle(
        "last edited, as a wiki says",
        "text",
        "en",
        "Bayan Hill\n\nThe deposit was discovered in 1927 and mined from 1957 on.\n\n"
        "This page was last edited on 3 May 2024, at 10:00 (UTC).\n"
        "Text is available under a free licence; © 2001 Example Foundation.\n",
        "2024-05-03",
    ),
    DatedArticle(
        "day and month in figures, order told by another date",
        "text",
        "en",
        "Shipments of ore\nPublished: 09/10/2025\nUpdated: 23/10/2025\n\nNo figures were given.\n",
        "2025-10-09",
    ),
    DatedArticle(
        "day and month in figures, order told by the clock's zone",
        "text",
        "en",
        "Stock piles\nPosted 10/09/2025 2:15 PM EDT\n\nNo figures were given.\n",
        "2025-10-09",
    ),
    DatedArticle(
        "day and month in figures, order unknown",
        "text",
        "en",
        "Stock piles\nPublished: 10/09/2025\n\nNo figures were given.\n",
        "2025",
    ),
    DatedArticle(
        "ISO date with a time",
        "markdown",
        "en",
        "# Scandium from slag\n\n2025-10-09T08:30:00+08:00\n\nA pilot made 12 kg of oxide.\n",
        "2025-10-09",
    ),
    DatedArticle(
        "ISO date in brackets behind a number",
        "text",
        "en",
        "GAO-24-999999 1 (2024-09-10)\n\nWhy This Matters\n\nMost ores are mined abroad. Since "
        "2018, assessments have said so.\n",
        "2024-09-10",
    ),
    DatedArticle(
        "label above its date",
        "text",
        "en",
        "Title:\n\nManaging Risks in the Supply Chain\n\nReport Date:\n\n2016-02-01\n\n"
        "Pagination:\n\n40.0\n",
        "2016-02-01",
    ),
    DatedArticle(
        "journal with a history",
        "text",
        "en",
        "Separation of dysprosium with a new ligand\n\nReceived: 3 May 2023 / Accepted: 4 June "
        "2023 / Published online: 10 July 2023\n\nYields rose to 98% (Roe, 2019).\n",
        "2023-07-10",
    ),
    DatedArticle(
        "month and year on a cover",
        "markdown",
        "en",
        "# Critical Minerals Outlook\n\n**May 2025**\n\n## Highlights\n\n"
        "Demand will grow by 50% between 2024 and 2030.\n",
        "2025-05",
        (2024, 2025, 2026, 2027, 2028, 2029, 2030),
    ),
    DatedArticle(
        "announcement to an exchange",
        "text",
        "en",
        "ASX ANNOUNCEMENT\n9 October 2025\n\nQuarterly Activities Report\n\nOutput in the June "
        "quarter was 3,212 tonnes; FY25 totalled 10,462 tonnes and FY24 10,908 tonnes.\n",
        "2025-10-09",
        (2024, 2025),
    ),
    DatedArticle(
        "date of a filing",
        "text",
        "en",
        "As filed with the Securities and Exchange Commission on February 28, 2025\n\nFORM 10-K\n\n"
        "For the fiscal year ended December 31, 2024\n\nRevenue was $203.9 million in 2024 and "
        "$253.4 million in 2023.\n",
        "2025-02-28",
        (2023, 2024),
    ),
    DatedArticle(
        "official journal with an act's day",
        "text",
        "en",
        "REGULATION (EU) 2024/1252 OF THE PARLIAMENT AND OF THE COUNCIL\n\nof 11 April 2024\n\n"
        "amending Regulations (EU) No 168/2013 and (EU) 2018/858\n\nBy 2030, the Union should "
        "process 40 % of what it consumes.\n",
        "2024-04-11",
        (2030,),
    ),
    DatedArticle(
        "note of amendments in a code",
        "markdown",
        "en",
        "##### 225.7018-2 Restriction. #####\n\nLink to an amendment published at 85 FR 61502, "
        "Sept. 29, 2020.\n\n(a) Do not acquire such magnets (10 U.S.C. 2533c).\n\n"
        "[84 FR 18158, Apr. 30, 2019, as amended at 84 FR 72244, Dec. 31, 2019]\n",
        "2019-12-31",
    ),
    DatedArticle(
        "HTML with a line for the author",
        "html",
        "en",
        "<html><body><article><h1>Recycling of magnets grows</h1>"
        "<p>By Jane Doe</p><p>Published October 9, 2025</p><p>Plants recovered 1,200 t of oxide in "
        "2024, twice as much as the year before.</p></article></body></html>",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "HTML with a table of years",
        "html",
        "en",
        "<html><body><article><h1>Exports of yttrium</h1><p>9 October 2025</p>"
        "<p>Exports by year were as follows.</p><table><tr><th>Country</th><th>2022</th>"
        "<th>2023</th></tr><tr><td>Japan</td><td>1,100</td><td>900</td></tr></table>"
        "</article></body></html>",
        "2025-10-09",
        (2022, 2023),
    ),
    DatedArticle(
        "Chinese page with a time of publication",
        "text",
        "zh",
        "关于稀土管理的公告\n\n发布时间：2025年10月9日 14:05 来源：示例部\n\n"
        "2024年稀土开采总量控制指标为27万吨。\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "Chinese news dateline",
        "text",
        "zh",
        "稀土出口增长\n\n示例社北京2025年10月9日电（记者 某某）"
        "海关数据显示，2024年出口稀土5.5万吨。\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "Japanese notice",
        "text",
        "ja",
        "レアアースの備蓄について\n\n公開日：令和7年10月9日\n\n2023年の輸入量は1万2千トンであった。\n",
        "2025-10-09",
        (2023,),
    ),
    DatedArticle(
        "Korean news",
        "text",
        "ko",
        "희토류 수입 증가\n입력 2025.10.09 14:05 수정 2025.10.10 09:00\n\n"
        "2024년 수입량은 3,000톤이었다.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "French article",
        "text",
        "fr",
        "La course aux aimants\n\nPublié le 9 octobre 2025 à 14h05, mis à jour le 10 octobre "
        "2025\n\nLa production a atteint 1 200 tonnes en 2024.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "German statement",
        "text",
        "de",
        "Pressemitteilung\n\nBerlin, den 9. Oktober 2025\n\nDie Einfuhren sanken im Jahr 2024 um "
        "12 Prozent auf 5.200 Tonnen.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "German page with its state",
        "text",
        "de",
        "Seltene Erden: Fragen und Antworten\n\nStand: 09.10.2025\n\nGegründet im Jahr 1992 ist "
        "der Verband, er zählt 120 Mitglieder.\n",
        "2025-10-09",
    ),
    DatedArticle(
        "Spanish agency",
        "text",
        "es",
        "Tierras raras en auge\n\n"
        "Madrid, 9 oct. 2025 (EFE).- La producción creció un 5% en 2024.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "Portuguese notice",
        "markdown",
        "pt",
        "# Terras raras no Brasil\n\nPublicado em 9 de outubro de 2025\n\nAs reservas somavam "
        "11 milhões de toneladas em 2025, ou 21 % do total.\n",
        "2025-10-09",
        (2025,),
    ),
    DatedArticle(
        "Italian article",
        "text",
        "it",
        "Le terre rare\n\ndi Maria Rossi\n9 ottobre 2025\n\nNel 2024 l'Italia ha importato 900 "
        "tonnellate di magneti.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "Russian news",
        "text",
        "ru",
        "Редкие земли\n\nОпубликовано: 9 октября 2025 г.\n\nДобыча в 2024 году составила 2,5 тыс. "
        "тонн.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "Vietnamese notice",
        "text",
        "vi",
        "Đất hiếm\n\nNgày đăng: 9/10/2025\n\nNgày 9 tháng 10 năm 2025\n",
        "2025-10-09",
    ),
    DatedArticle(
        "Thai notice of the Buddhist era",
        "text",
        "th",
        "แร่หายาก\n\nเผยแพร่เมื่อ 9 ตุลาคม 2568\n",
        "2025-10-09",
    ),
    DatedArticle(
        "copyright as the only year",
        "text",
        "en",
        "Our history\n\nThe firm was founded in the nineties.\n\n© 1998-2024 Example Metals plc\n",
        "2024",
    ),
    DatedArticle(
        "newspaper with a time in points",
        "text",
        "en",
        "Rare earth magnets: Europe scrambles\n\n"
        "Jane Doe in Brussels\n"
        "Thu 9 Oct 2025 14.05 BST\n"
        "Last modified on Fri 10 Oct 2025 09.11 BST\n\n"
        "The bloc imported 17,000 tonnes of magnets in 2024.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "blog with dots between",
        "markdown",
        "en",
        "# Lynas expands\n\nby admin · October 9th, 2025 · Comments Off\n\nNothing to count.\n",
        "2025-10-09",
    ),
    DatedArticle(
        "government page with two dates",
        "text",
        "en",
        "GOV.UK\n\n"
        "Critical minerals strategy\n\n"
        "From: Department for Business\n"
        "Published 22 November 2025\n"
        "Last updated 3 December 2025 — See all updates\n\n"
        "By 2035, no more than 60% of supply should come from one country.\n",
        "2025-11-22",
        (2035,),
    ),
    DatedArticle(
        "number of a letter",
        "text",
        "en",
        "Issue 41, 9 October 2025\n\n"
        "Rare Earth Letter\n\n"
        "Spot prices of NdPr oxide rose 3% to $74 in Q3 2025.\n",
        "2025-10-09",
        (2025,),
    ),
    DatedArticle(
        "memorandum",
        "text",
        "en",
        "MEMORANDUM\n\n"
        "To: All staff\n"
        "From: J. Doe\n"
        "Date: October 9, 2025\n"
        "Subject: Stockpile\n\n"
        "We hold 450 t of NdPr at the end of 2024.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "current report of a company",
        "text",
        "en",
        "UNITED STATES\n"
        "SECURITIES AND EXCHANGE COMMISSION\n\n"
        "FORM 8-K\n\n"
        "CURRENT REPORT\n\n"
        "Date of Report (Date of earliest event reported): July 10, 2025\n\n"
        "Example Corp.\n",
        "2025-07-10",
    ),
    DatedArticle(
        "press release of a third wire service",
        "text",
        "en",
        "TORONTO, Aug. 08, 2025 (GLOBE NEWSWIRE) -- Neo Example Inc. released results "
        "for the quarter ended June 30, 2025. Revenue was $114.7 million against "
        "$107.1 million in Q2 2024.\n",
        "2025-08-08",
        (2024, 2025),
    ),
    DatedArticle(
        "state agency in English",
        "text",
        "en",
        "BEIJING, Oct. 9, 2025 (Xinhua) -- China's commerce ministry on Thursday "
        "announced controls.\n",
        "2025-10-09",
    ),
    DatedArticle(
        "Chinese decree with its day in force",
        "text",
        "zh",
        "国务院令\n\n"
        "第785号\n\n"
        "《稀土管理条例》已经通过，现予公布，自2024年10月1日起施行。\n\n"
        "2024年6月22日\n",
        "2024-06-22",
    ),
    DatedArticle(
        "Chinese notice in Chinese numerals",
        "text",
        "zh",
        "工业和信息化部公告\n\n二〇二五年八月二十二日\n\n现公布有关办法。\n",
        "2025-08-22",
    ),
    DatedArticle(
        "Japanese news",
        "text",
        "ja",
        "レアアース輸入が減少\n"
        "2025年10月9日 14:05\n\n"
        "2024年の輸入額は前年比12%減の300億円だった。\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "French ministry",
        "text",
        "fr",
        "Communiqué de presse\n"
        "Paris, le 9 octobre 2025\n\n"
        "Entre 2020 et 2022, les importations ont crû de 30 %.\n",
        "2025-10-09",
        (2020, 2021, 2022),
    ),
    DatedArticle(
        "German news",
        "text",
        "de",
        "Magnete werden knapp\n"
        "Von Erika Mustermann\n"
        "09.10.2025, 14:05 Uhr\n\n"
        "Im Jahr 2024 kamen 95 Prozent aus China.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "Spanish blog",
        "text",
        "es",
        "Las tierras raras\n\n"
        "Por Juan Pérez - 9 de octubre de 2025\n\n"
        "La demanda crecerá un 40% hasta 2030.\n",
        "2025-10-09",
        (2030,),
    ),
    DatedArticle(
        "working paper",
        "text",
        "en",
        "Working Paper No. 2023-14\n\n"
        "The Economics of Separation\n\n"
        "Jane Doe\n"
        "John Roe\n\n"
        "March 2023\n\n"
        "Abstract\n"
        "Costs fell by 12% from 2015 to 2018.\n",
        "2023-03",
        (2015, 2016, 2017, 2018),
    ),
    DatedArticle(
        "preprint",
        "text",
        "en",
        "arXiv:2310.01234v2 [cond-mat.mtrl-sci] 9 Oct 2023\n\n"
        "Magnets without dysprosium\n\n"
        "J. Doe\n\n"
        "Abstract. We find none.\n",
        "2023-10-09",
    ),
    DatedArticle(
        "page of a department",
        "text",
        "en",
        "Energy.gov\n"
        "Office of Manufacturing\n"
        "October 9, 2025\n\n"
        "DOE selects three projects\n\n"
        "The projects received $17.5 million in FY 2025.\n",
        "2025-10-09",
        (2025,),
    ),
    DatedArticle(
        "day of a signature",
        "text",
        "en",
        "BILLING CODE 4338-11-P\n\nDated: August 20, 2025.\n\nJane Doe,\nActing Director.\n",
        "2025-08-20",
    ),
    DatedArticle(
        "news with a clock and an agency",
        "text",
        "en",
        "Lynas output climbs\n"
        "Staff Writer | October 9, 2025 | 8:05 am Intelligence Australia Rare "
        "Earths\n\n"
        "The company produced 2,003 tonnes of NdPr in the quarter to September "
        "2025.\n",
        "2025-10-09",
        (2025,),
    ),
    DatedArticle(
        "price agency",
        "text",
        "en",
        "Published date: 09 October 2025\n\n"
        "China NdPr prices fall\n\n"
        "Oxide was at 560,000 yuan per ton on 8 October, against 430,000 yuan "
        "in October 2024.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "plan of a ministry with its span",
        "text",
        "en",
        "CRITICAL MINERALS\n"
        "ACTION PLAN\n"
        "2025-2030\n\n"
        "Ministry of Mines\n\n"
        "New Delhi, January 29, 2025\n",
        "2025-01-29",
        (2025, 2026, 2027, 2028, 2029, 2030),
    ),
    DatedArticle(
        "exhibit of a filing",
        "text",
        "en",
        "EXHIBIT 99.1\n\n"
        "Example Materials Reports Fourth Quarter and Full Year 2024 Results\n\n"
        "Las Vegas, NV – February 20, 2025 – Example Materials Corp. (NYSE: "
        "EM) today announced that revenue for 2024 was $203.9 million.\n",
        "2025-02-20",
        (2024,),
    ),
    DatedArticle(
        "month on the cover of a report",
        "text",
        "en",
        "GAO\n"
        "Report to Congressional Committees\n\n"
        "February 2016\n\n"
        "RARE EARTH MATERIALS\n\n"
        "GAO-16-161\n\n"
        "Prices fell by 60 percent from 2011 to 2013.\n",
        "2016-02",
        (2011, 2012, 2013),
    ),
    DatedArticle(
        "Portuguese news",
        "text",
        "pt",
        "Mineração cresce\n"
        "Por João Silva — 09/10/2025 14h05\n\n"
        "Em 2024, as exportações somaram 300 toneladas.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "Russian agency",
        "text",
        "ru",
        "МОСКВА, 9 октября 2025 г. /ТАСС/. Экспорт вырос на 5% в 2024 году.\n",
        "2025-10-09",
        (2024,),
    ),
    DatedArticle(
        "Chinese portal",
        "text",
        "zh",
        "北方稀土公布业绩\n"
        "2025-10-09 14:05:00 来源：示例网\n\n"
        "2025年上半年，公司实现净利润9.31亿元。\n",
        "2025-10-09",
        (2025,),
    ),
    DatedArticle(
        "blog with minutes to read",
        "text",
        "en",
        "Why magnets matter\n\nJane Doe\n·\nFollow\n5 min read · Oct 9, 2025\n\nThey do.\n",
        "2025-10-09",
    ),
    DatedArticle(
        "press release with its place behind",
        "text",
        "en",
        "Press release\n09 October 2025 | Luxembourg\n\nThe share rose to 12% in 2023.\n",
        "2025-10-09",
        (2023,),
    ),
    DatedArticle(
        "weekday first",
        "text",
        "en",
        "Thursday, October 9, 2025\n\nMine reopens\n\nThe pit had closed in 2002.\n",
        "2025-10-09",
    ),
    DatedArticle(
        "book with its first year",
        "text",
        "en",
        "Handbook of Extraction\n\n"
        "Copyright © 2019 by Example Press. All rights reserved.\n\n"
        "First published 2019\n",
        "2019",
    ),
)

DATELESS = (
    DatedArticle(
        "dates of a mine",
        "text",
        "en",
        "= Mine =\n\n"
        "- Opened: 12 March 1952\n"
        "- Closed: 4 May 2002\n\n"
        "In 2018, Acme bought it for $20.5 million.\n",
        "",
        (2018,),
    ),
    DatedArticle(
        "table of events",
        "markdown",
        "en",
        "# Timeline\n\n"
        "| Date | Event |\n"
        "|---|---|\n"
        "| 2025-04-04 | seven elements |\n"
        "| 2025-10-09 | five more |\n\n"
        "Nothing else.\n",
        "",
        (2025,),
    ),
    DatedArticle(
        "section of a code",
        "text",
        "en",
        "# § 4872. Acquisition of sensitive materials\n\n"
        "This section takes effect on January 1, 2027.\n\n"
        "(Added Pub. L. 115-232, Aug. 13, 2018, 132 Stat. 1866.)\n",
        "",
    ),
    DatedArticle(
        "dates of a company's history",
        "text",
        "en",
        "The mine\n\n"
        "The mine reopened in January 2018 and its owner listed on November 18, 2020. "
        "Output rose afterwards.\n",
        "",
    ),
    DatedArticle(
        "day of an interview",
        "text",
        "en",
        "A talk with the chair\n\n"
        "We spoke on October 9, 2025. Speaking of 2019, she said that 40 of her "
        "colleagues left.\n",
        "",
    ),
    DatedArticle(
        "event in a sentence",
        "text",
        "en",
        "Export controls explained\n\nOn 4 April 2025 China announced export controls on seven "
        "elements. They cover samarium and dysprosium.\n",
        "",
    ),
    DatedArticle(
        "sentence that a line break cuts",
        "text",
        "en",
        "The ministry, which decides on quotas each year, announced its first controls on\n"
        "April 4, 2025, and suspended the later ones on\nNovember 10, 2025.\n",
        "",
        (2025,),
    ),
    DatedArticle(
        "relative dates",
        "text",
        "en",
        "Magnets are scarce again\nPosted 2 days ago\n\nBuyers said yesterday that lines stand "
        "still.\n",
        "",
    ),
    DatedArticle(
        "dates of a copy",
        "text",
        "en",
        "Magnets\n\nArchived from the original on 3 May 2021\nRetrieved 4 May 2021\n"
        "Uploaded 5 May 2021\n\nMagnets hold.\n",
        "",
    ),
    DatedArticle(
        "chronicle",
        "text",
        "en",
        "Milestones\n\nApril 4, 2025 - China lists seven elements (Notice 18)\n"
        "May 12, 2025 - A truce is agreed (Geneva)\nOctober 9, 2025 - Five more are listed\n",
        "",
        (2025,),
    ),
    DatedArticle(
        "deadline",
        "text",
        "en",
        "Call for proposals\n\n"
        "Deadline: 9 October 2025\nConference: 3 March 2026\n\nSend papers.\n",
        "",
    ),
    DatedArticle(
        "end of a fiscal year",
        "text",
        "en",
        "FORM 10-K\n\nFor the fiscal year ended December 31, 2024\n\nRevenue was $203.9 million.\n",
        "",
        (2024,),
    ),
    DatedArticle(
        "copyright beside the date of an event",
        "text",
        "en",
        "Magnets\n\nThe plant in Texas opened on 3 March 2023 and makes alloys.\n\n"
        "© 2025 Example\n",
        "",
    ),
    DatedArticle(
        "cue in the middle of a sentence",
        "text",
        "en",
        "Critics point to a list that the survey published on 9 October 2025, which names ten "
        "metals. Released in May 2024, the older list had nine.\n",
        "",
    ),
    DatedArticle(
        "Chinese sentence about an event",
        "text",
        "zh",
        "商务部于2025年10月9日宣布对五种稀土实施出口管制。\n",
        "",
    ),
    DatedArticle(
        "French sentence about an event",
        "text",
        "fr",
        "Les aimants\n\nLe 9 octobre 2025, la Chine a annoncé de nouvelles règles.\n",
        "",
    ),
    DatedArticle(
        "figures that look like dates",
        "text",
        "en",
        "Numbers\n\nDocket USGS-2025-0039 and ISO 9001:2015 apply. The plant holds 2,024 t and "
        "2000 tons; the price was $2025. See Regulation (EU) 2024/1252 and 10 USC 2533.\n",
        "",
    ),
)
