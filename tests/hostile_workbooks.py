"""Hostile workbooks, by what is wrong with each."""

from collections.abc import Mapping

from hostile_file import Hostile, packed, unpacked
from ordinary_files import ordinary

_MB = 1_000_000
_MAIN = "xl/worksheets/sheet1.xml"
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def _with(members: Mapping[str, bytes | Hostile]) -> bytes:
    """Return the ordinary workbook with other members."""
    return packed({**unpacked(ordinary()[".xlsx"]), **members})


def workbooks() -> Mapping[str, bytes | Hostile]:
    """Return hostile XLSX files."""
    members = unpacked(ordinary()[".xlsx"])
    book = members["xl/workbook.xml"]
    start = book.index(b"<sheets>") + len(b"<sheets>")
    one = book[start : book.index(b"</sheets>")]
    number = b'<c r="%s"><v>7</v></c>'
    tail = b"</sheetData></worksheet>"

    def sheet(
        head: bytes, unit: bytes = b"", times: int = 0, behind: bytes = tail, **others: bytes
    ) -> bytes:
        content = Hostile(_SHEET + head, unit, times, behind)
        added = {name.replace("__", "/") + ".xml": data for name, data in others.items()}
        return _with({_MAIN: content, **added})

    def formatted(code: bytes) -> bytes:
        styles = members["xl/styles.xml"].replace(
            b'formatCode="#,##0"', b'formatCode="' + code + b'"'
        )
        return _with({"xl/styles.xml": styles})

    far = b'<dimension ref="A1:XFD1048576"/><sheetData>'
    return {
        "a dimension that boasts.xlsx": sheet(far, b'<row r="1"><c r="A1"><v>1</v></c></row>', 1),
        "a cell far away.xlsx": sheet(
            far, b'<row r="1048576">' + number % b"XFD1048576" + b"</row>", 1
        ),
        "a cell beyond all.xlsx": sheet(
            b"<sheetData>", b'<row r="99999999999">' + number % b"ZZZZZ99999999999" + b"</row>", 1
        ),
        "a cell without a place.xlsx": sheet(b"<sheetData>", b"<row><c><v>7</v></c></row>", 3_000),
        "empty rows.xlsx": sheet(b"<sheetData>", b"<row/>", _MB // 10),
        "empty cells.xlsx": sheet(b"<sheetData>", b"<row>" + b"<c/>" * 100 + b"</row>", 1_000),
        "rows far apart.xlsx": sheet(
            b"<sheetData>",
            b"",
            0,
            b"".join(b'<row r="%d">%s</row>' % (n, number % b"A%d" % n) for n in range(1, _MB, 997))
            + tail,
        ),
        "the same cell.xlsx": sheet(
            b"<sheetData>", b'<row r="1">' + number % b"A1" + b"</row>", 3_000
        ),
        "rows backwards.xlsx": sheet(
            b"<sheetData>",
            b"",
            0,
            b"".join(
                b'<row r="%d">%s</row>' % (n, number % b"A%d" % n) for n in range(5_000, 0, -1)
            )
            + tail,
        ),
        "all merged.xlsx": sheet(
            b"<sheetData>",
            b'<row r="1">' + number % b"A1" + b"</row>",
            1,
            b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>',
        ),
        "many merged.xlsx": sheet(
            b"<sheetData>",
            b"",
            0,
            b"".join(b'<row r="%d">%s</row>' % (n, number % b"A%d" % n) for n in range(1, 300))
            + b"</sheetData><mergeCells>"
            + b'<mergeCell ref="A1:ALL300"/>' * 5_000
            + b"</mergeCells></worksheet>",
        ),
        "merged without end.xlsx": sheet(
            b"<sheetData>",
            b"",
            0,
            b'</sheetData><mergeCells><mergeCell ref="A:A1:9"/></mergeCells>',
        ),
        "words that are not there.xlsx": sheet(
            b"<sheetData>", b'<row><c t="s"><v>999999999</v></c></row>', 5
        ),
        "words before the first.xlsx": sheet(
            b"<sheetData>", b'<row><c t="s"><v>-1</v></c></row>', 5
        ),
        "a million shared words.xlsx": _with(
            {
                "xl/sharedStrings.xml": Hostile(
                    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
                    b"<si><t>Mine</t></si>",
                    _MB // 5,
                    b"</sst>",
                )
            },
        ),
        "numbers that are none.xlsx": sheet(
            b"<sheetData>",
            b"<row><c><v>1e999</v></c><c><v>nan</v></c><c><v>--</v></c><c><v>"
            + b"9" * 5_000
            + b'</v></c><c t="d"><v>9999-99-99</v></c><c t="b"><v>7</v></c></row>',
            3,
        ),
        "styles that are not there.xlsx": sheet(
            b"<sheetData>", b'<row><c s="99999"><v>1</v></c><c s="-5"><v>1</v></c></row>', 5
        ),
        "formulas.xlsx": sheet(
            b"<sheetData>",
            b'<row><c><f t="shared" si="0" ref="A1:XFD9">A1+' + b"(" * 9_000 + b"</f></c></row>",
            20,
        ),
        "links to elsewhere.xlsx": sheet(
            b"<sheetData>",
            b"<row><c><f>'[file:///etc/passwd]a'!A1</f><v>7</v></c><c t=\"str\"><f>WEBSERVICE("
            b'"http://127.0.0.1:9")</f><v>Mine 7</v></c></row>',
            5,
        ),
        "one word of 30 MB.xlsx": sheet(
            b'<sheetData><row><c t="inlineStr"><is><t>',
            b"Mine 7 ",
            4 * _MB,
            b"</t></is></c></row>" + tail,
        ),
        "rich words.xlsx": sheet(
            b'<sheetData><row><c t="inlineStr"><is>',
            b'<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>',
            5_000,
            b"</is></c></row>" + tail,
        ),
        "a format of brackets.xlsx": formatted(b"[" * 20_000),
        "a format of quotes.xlsx": formatted(b"&quot;" * 20_001),
        "a format of signs.xlsx": formatted(b"#,##0.00;" * 5_000),
        "a format of zeros.xlsx": formatted(b"0." + b"0" * 30_000),
        "a format of commas.xlsx": formatted(b"#" + b"," * 20_000),
        "a format of a date.xlsx": formatted(b"yyyy-mm-dd " * 3_000),
        "a format of spaces.xlsx": formatted(b"_ *\\" * 5_000),
        "many sheets.xlsx": _with(
            {"xl/workbook.xml": book[:start] + one * 400 + book[start + len(one) :]}
        ),
        "a sheet that is not there.xlsx": _with(
            {"xl/workbook.xml": book.replace(b'r:id="rId1"', b'r:id="rId77"')}
        ),
        "a name of a sheet without end.xlsx": _with(
            {"xl/workbook.xml": book.replace(b'name="Output"', b'name="' + b"a" * _MB + b'"')},
        ),
        "names without end.xlsx": _with(
            {
                "xl/workbook.xml": book.replace(
                    b"<definedNames", b"<definedNames><definedName name='a'>" + b"a!" * 9_000
                ).replace(
                    b"</sheets>",
                    b"</sheets><definedNames>"
                    + b"<definedName name='a'>Output!$A$1:$XFD$1048576</definedName>" * 5_000
                    + b"</definedNames>",
                )
            },
        ),
    }
