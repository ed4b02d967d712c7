"""An ordinary small file of each format, the same ones on every run."""

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from hostile_file import packed, unpacked

_SAID = "Mine 7 shipped 100 tons of neodymium oxide in 2024, and 120 tons in 2025."
_DAY = datetime(2026, 1, 2, tzinfo=UTC)

MARKDOWN = f"""---
title: Rare earths in review
publisher: The Survey
published: 2026-02-06
data_years: [2024, 2025]
---
# Rare earths

{_SAID}

| Country | 2024 | 2025 |
|---|---|---|
| China | 270,000 | 270,000 |
| Other countries¹ | 5,000 | 6,100 |

¹ Includes Norway’s mines.

- A list of one item
"""
HTML = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Rare earths in review</title>
<meta property="article:published_time" content="2026-02-06T10:00:00Z">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Rare earths"}}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Rare earths</h1>
<p>{_SAID} Its owner said that output would grow again, “as demand for magnets does”.</p>
<table><caption>Output, in tons</caption><tr><th>Country</th><th>2024</th><th>2025</th></tr>
<tr><td>China</td><td>270,000</td><td>270,000</td></tr>
<tr><td rowspan="2">Australia<sup>1</sup></td><td>18,000</td><td>13,000</td></tr></table>
<ul><li>One item</li></ul></article></body></html>
"""
CSV = """Output of rare earths,,
Country,2024,2025
China,"270,000","270,000"
"Australia, with islands",18000,13000
"""
_ARTICLE = {
    "title": "Mine 7 ships more",
    "body": f"<p>{_SAID}</p>",
    "author": "A. Geologist",
    "published": "2026-02-06",
    "url": "https://example.org/a",
}
_RECORD = {"mines": [{"name": "Mine 7", "tons": 100.50}, {"name": "Mine 8", "tons": 7}]}
XML = f"""<?xml version="1.0" encoding="utf-8"?>
<report><title>Rare earths</title><para>{_SAID}</para>
<mines><mine><name>Mine 7</name><tons>100</tons></mine>
<mine><name>Mine 8</name><tons>200</tons></mine></mines></report>
"""
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title>
<item><title>Mine 7 ships more</title><link>https://example.org/a</link>
<pubDate>Fri, 06 Feb 2026 10:00:00 GMT</pubDate><dc:creator>A. Geologist</dc:creator>
<description>&lt;p&gt;{_SAID}&lt;/p&gt;</description></item></channel></rss>
"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:a</id>
<updated>2026-02-06T10:00:00Z</updated><entry><title>Mine 7</title><id>urn:b</id>
<updated>2026-02-06T10:00:00Z</updated><content type="html">&lt;p&gt;{_SAID}&lt;/p&gt;</content>
</entry></feed>
"""
MAIL = f"""From: A. Geologist <a@example.org>
To: b@example.org
Subject: =?utf-8?q?Mine_7_=E2=80=93_output?=
Date: Fri, 06 Feb 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=="

--==
Content-Type: multipart/alternative; boundary="--"

----
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: quoted-printable

{_SAID}=20
It will grow =E2=80=93 so they say.

> Does it?
----
Content-Type: text/html; charset=utf-8

<p>{_SAID}</p>
------
--==
Content-Type: application/pdf; name="a.pdf"
Content-Disposition: attachment; filename="a.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--==--
"""


@cache
def ordinary() -> Mapping[str, bytes]:
    """Return a file for each ending."""
    lines = json.dumps(_ARTICLE) + "\n" + json.dumps(_ARTICLE | {"title": "Mine 8"}) + "\n"
    return {
        ".txt": f"RARE EARTHS\n\n{_SAID}\n\nChina – 270,000 tons\n".encode(),
        ".md": MARKDOWN.encode(),
        ".html": HTML.encode(),
        ".csv": CSV.encode(),
        ".json": json.dumps(_RECORD).encode(),
        ".jsonl": lines.encode(),
        ".xml": XML.encode(),
        ".rss": RSS.encode(),
        ".atom": ATOM.encode(),
        ".eml": MAIL.encode(),
        ".docx": _word(),
        ".pptx": _slides(),
        ".xlsx": _workbook(),
    }


def _word() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("Rare earths", 1)
    document.add_paragraph(_SAID).add_run("1").font.superscript = True
    table = document.add_table(2, 3)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Country", "2024", "2025", "China", "270,000", "270,000"),
        strict=True,
    ):
        cell.text = words
    document.core_properties.modified = document.core_properties.created = _DAY
    made = io.BytesIO()
    document.save(made)
    return packed(unpacked(made.getvalue()))


def _slides() -> bytes:
    from pptx import Presentation
    from pptx.util import Inches

    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Rare earths"
    box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(6), Inches(1))
    box.text_frame.text = _SAID
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(4), Inches(6), Inches(1)).table
    for row, words in enumerate((("Country", "2025"), ("China", "270,000"))):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    presentation.core_properties.modified = presentation.core_properties.created = _DAY
    made = io.BytesIO()
    presentation.save(made)
    return packed(unpacked(made.getvalue()))


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Output"
    for row in (
        ("Output of rare earths, in tons", None, None),
        ("Country", 2024, 2025),
        ("China", 270_000, 270_000),
        ("Australia", 18_000, "=B4/2"),
    ):
        sheet.append(row)
    sheet["B3"].number_format = "#,##0"
    sheet.merge_cells("A1:C1")
    book.create_sheet("Notes").append(("Source: the survey",))
    made = io.BytesIO()
    book.save(made)
    members = unpacked(made.getvalue())
    core = members["docProps/core.xml"]
    members["docProps/core.xml"] = core[: core.index(b"<dcterms:created")] + b"</cp:coreProperties>"
    return packed(members)
