"""Small documents of our own words and figures, for the tests of drafting cases."""

MCS = """\
---
title: "Mineral Commodity Summaries {edition}: Rare Earths"
publisher: U.S. Geological Survey
edition: MCS {edition}
published: {edition}-02
---
# Rare earths

Table 1. World mine production, metric tons of rare-earth-oxide (REO) equivalent:
| Country | {first} | {second} |
|---|---|---|
{rows}
"""
TRADE = """\
commodity,country,statistics,statistics_detail,unit,year,value
Quicksalt,Estonia,Production,Mine production,metric tons,2024,"5,300"
Quicksalt,Estonia,Production,Mine production,metric tons,2025,"5,400"
Quicksalt,Bolivia,Production,Mine production,metric tons,2024,"1,250"
Quicksalt,Other countries,Production,Mine production,metric tons,2024,"7,700"
Quicksalt,United States,Import,Imports for consumption: Ores and concentrates,metric tons,2024,812
Quicksalt,United States,Price,"Price, average: Rotterdam",dollars per kilogram,2024,18.47
Quicksalt,United States,Employment,"Employment, mine and mill, number",number,2024,163
Quicksalt,United States,Production,Production: Secondary,metric tons,2024,NA
Garnet (Industrial),Estonia,Production,Mine production,metric tons,2024,640
Garnet (Industrial),United States,Consumption,"Consumption, apparent",metric tons,2023,"21,300"
Garnet (Industrial),United States,Consumption,"Consumption, apparent",metric tons,2023,"22,900"
"""
PRICES = """\
---
title: Oxide Price Letter
publisher: Tallinn Metal Desk
published: 2025-02-10
language: en
---
# Oxide prices

Table 1. Prices of rare earth oxides, annual average, dollars per kilogram:
| Oxide | 2022 | 2023 | 2024 |
|---|---|---|---|
| Dysprosium oxide | 382 | 330 | 257 |
| Terbium oxide | 2,051 | 1,298 | 812 |
| Holmium oxide | 210 | NA | 7 |

Table 2. Rare-earth distribution of Narva monazite, percent of total rare-earth oxide:
| Element | Share |
|---|---|
| Lanthanum | 23.88 |
| Cerium | 47.55 |
"""
COMPANY = """\
---
title: "Company profile: MP Materials"
publisher: Tallinn Metal Desk
published: 2025-03-01
language: en
---
# MP Materials

Mischmetal is a metal alloy of several rare earths. The mine sells mixed rare-earth carbonate \
(MREC) to a buyer in Narva. It sold more than in 2023. The figure was 12 in 2024.

Revenue in the fourth quarter of 2024 was $61.0 million, 48% more than a year before. In the \
third quarter of 2024 the company sold 7,803 metric tons of REO. The price of yttrium oxide rose \
by 42% in 2023. World mine production of yttrium was about 9,500 metric tons in 2021.

Table 1. MP Materials, million US$:
| Item | 2022 | 2023 |
|---|---|---|
| Revenue | 527.5 | 253.4 |
| Net income | 289.0 | 24.3 |
"""
FILES = {
    "mcs/mcs2025.md": MCS.format(
        edition=2025,
        first=2023,
        second=2024,
        rows="| Nigeria | 7,200 | 13,000 |\n| Thailand | 3,600 | 13,000 |\n| Brazil | 140 | 20 |",
    ),
    "mcs/mcs2026.md": MCS.format(
        edition=2026,
        first=2024,
        second=2025,
        rows="| Nigeria | 1,500 | 1,500 |\n| Thailand | 2,100 | 4,800 |\n| Brazil | 20 | 2,000 |",
    ),
    "trade.csv": TRADE,
    "prices.md": PRICES,
    "mp.md": COMPANY,
}
