"""Hostile office files, by what is wrong with each."""

from collections.abc import Mapping

from hostile_file import Hostile, changed_entries, packed, repeated_entry, unpacked
from ordinary_files import ordinary

_MB = 1_000_000
_MAIN = {
    ".docx": "word/document.xml",
    ".pptx": "ppt/slides/slide1.xml",
    ".xlsx": "xl/worksheets/sheet1.xml",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
_LAUGHS = "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "Rare earths. "}">' for n in range(12)
)
_ELSEWHERE = '<!ENTITY a11 SYSTEM "file:///etc/passwd">'
_RELATION = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/%s" Target="%s"%s/></Relationships>'
)


def office_files() -> Mapping[str, bytes | Hostile]:
    """Return hostile DOCX and PPTX files, and what is the same for all office files."""
    files: dict[str, bytes | Hostile] = {}
    for ending in _MAIN:
        files |= _any_kind(ending)
    return files | _words() | _slides()


def _with(ending: str, members: Mapping[str, bytes | Hostile]) -> bytes:
    """Return the ordinary file with other members."""
    return packed({**unpacked(ordinary()[ending]), **members})


def _any_kind(ending: str) -> Mapping[str, bytes | Hostile]:
    whole, main = ordinary()[ending], _MAIN[ending]
    xml = unpacked(whole)[main]
    start = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
    prolog, content = xml[:start], xml[start:]
    tag_end = content.index(b">") + 1
    opened = prolog + content[:tag_end]
    word = b"100 tons" if ending != ".xlsx" else b"<v>2024</v>"

    def main_part(data: bytes | Hostile) -> bytes:
        return _with(ending, {main: data})

    def declared(declaration: str, encoding: str) -> bytes:
        text = f"<!DOCTYPE x [{declaration}]>" + content.decode().replace(word.decode(), "&a11;")
        return main_part(text.encode(encoding))

    rels = f"{main.rpartition('/')[0]}/_rels/{main.rpartition('/')[2]}.rels"
    relations = unpacked(whole).get(rels, b"<Relationships></Relationships>")
    bomb = Hostile(opened, b" ", (320 if ending == ".xlsx" else 30) * _MB)
    files: dict[str, bytes | Hostile] = {
        "a zip bomb": main_part(bomb),
        "a bomb beside": _with(ending, {"docProps/thumbnail.jpeg": Hostile(b"", b"\0", 30 * _MB)}),
        "a bomb that nobody names": _with(ending, {"a.xml": Hostile(b"<a>", b"b", 30 * _MB)}),
        "a zip in a zip": _with(ending, {f"a{ending}": packed({"b.zip": packed({"c": whole})})}),
        "many members": _with(ending, {f"{n}.xml": b"<a/>" for n in range(12_000)}),
        "the same member many times": repeated_entry(_with(ending, {"b.bin": b"a" * _MB}), 200),
        "sizes that lie": changed_entries(main_part(bomb), size=1_000),
        "sizes that boast": changed_entries(whole, size=4_000_000_000),
        "a flag of a password": changed_entries(whole, flags=1),
        "an unusual method": changed_entries(whole, method=99),
        "another method": changed_entries(whole, method=14),
        "a password": _OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4_000,
        "an old format": _OLE + b"\0" * 4_000,
        "an empty zip": packed({}),
        "no content types": packed({main: xml}),
        "only content types": packed({"[Content_Types].xml": b"<Types/>"}),
        "half": whole[: len(whole) // 2],
        "a cut end": whole[:-30],
        "random behind a head": b"PK\x03\x04" + bytes((n * n * 7) % 256 for n in range(5_000)),
        "laughs": declared(_LAUGHS, "utf-8"),
        "laughs in UTF-16": declared(_LAUGHS, "utf-16"),
        "from elsewhere": declared(_ELSEWHERE, "utf-8"),
        "no XML": main_part(b"Mine 7"),
        "null bytes": main_part(xml.replace(b" ", b"\0 ")),
        "broken UTF-8": main_part(xml.replace(word, b"\xe2\x28\xed\xa0\x80")),
        "half a surrogate": main_part(xml.replace(word, b"&#xD800;&#0;")),
        "an empty part": main_part(b""),
        "deep": main_part(Hostile(opened, b"<a>", 100_000)),
        "another root": main_part(b"<a/>"),
        "a place outside": _with(
            ending,
            {
                rels: relations.replace(
                    b"</Relationships>", _RELATION % (b"image", b"../../../../../etc/passwd", b"")
                )
            },
        ),
        "a place elsewhere": _with(
            ending,
            {
                rels: relations.replace(
                    b"</Relationships>",
                    _RELATION % (b"footer", b"http://127.0.0.1:9/a", b' TargetMode="External"'),
                )
            },
        ),
        "relations that are none": _with(ending, {"_rels/.rels": b"<Relationships/>"}),
        "types that are none": _with(
            ending,
            {
                "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/'
                b'2006/content-types"/>'
            },
        ),
        "macros": _with(ending, {f"{main.partition('/')[0]}/vbaProject.bin": _OLE}),
    }
    return {f"{what}{ending}": data for what, data in files.items()}


def _words() -> Mapping[str, bytes | Hostile]:
    main = unpacked(ordinary()[".docx"])[_MAIN[".docx"]]
    at = main.index(b"<w:body>") + len(b"<w:body>")
    head, tail = main[:at], b"</w:body></w:document>"
    paragraph = b"<w:p><w:r><w:t>Mine 7 shipped 100 tons.</w:t></w:r></w:p>"
    table = b"<w:tbl><w:tr><w:tc>"
    closed = b"</w:tc></w:tr></w:tbl>"

    def body(head_of: bytes, unit: bytes = b"", times: int = 0, tail_of: bytes = b"") -> bytes:
        content = Hostile(head + head_of, unit, times, tail_of + tail)
        return _with(".docx", {_MAIN[".docx"]: content})

    style = (
        b'<w:style w:type="paragraph" w:styleId="S%d"><w:name w:val="s%d"/>'
        b'<w:basedOn w:val="S%d"/></w:style>'
    )
    styles = b"".join(style % (n, n, (n + 1) % 3_000) for n in range(3_000))
    own = unpacked(ordinary()[".docx"])["word/styles.xml"]
    return {
        "styles in a circle.docx": _with(
            ".docx",
            {
                "word/styles.xml": own.replace(b"</w:styles>", styles + b"</w:styles>"),
                _MAIN[".docx"]: head
                + paragraph.replace(b"<w:r>", b'<w:pPr><w:pStyle w:val="S1"/></w:pPr><w:r>') * 500
                + tail,
            },
        ),
        "many paragraphs.docx": body(b"", paragraph, 300_000),
        "many cells.docx": body(
            b"<w:tbl>", b"<w:tr>" + b"<w:tc><w:p/></w:tc>" * 50 + b"</w:tr>", 300, b"</w:tbl>"
        ),
        "tables in tables.docx": body(table * 80 + paragraph + closed * 80),
        "deep tables.docx": body(b"", table, 3_000, paragraph + closed * 3_000),
        "deep controls.docx": body(
            b"", b"<w:sdt><w:sdtContent>", 100, paragraph + b"</w:sdtContent></w:sdt>" * 100
        ),
        "a wide cell.docx": body(
            table
            + b'<w:tcPr><w:gridSpan w:val="2147483647"/><w:vMerge/></w:tcPr>'
            + paragraph
            + closed * 1
        ),
        "a wide cell below zero.docx": body(
            (table + b'<w:tcPr><w:gridSpan w:val="-9"/></w:tcPr>' + paragraph + closed) * 9
        ),
        "one run of 30 MB.docx": body(
            b"<w:p><w:r><w:t>", b"Mine 7 ", 4 * _MB, b"</w:t></w:r></w:p>"
        ),
        "many runs.docx": body(b"<w:p>", b"<w:r><w:t>a1</w:t></w:r>", 10_000, b"</w:p>"),
        "raised runs.docx": body(
            b"<w:p>",
            b'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1,</w:t></w:r>',
            5_000,
            b"</w:p>",
        ),
        "notes that are not there.docx": body(
            b"<w:p>", b'<w:r><w:footnoteReference w:id="99"/></w:r>', 5_000, b"</w:p>" + paragraph
        ),
        "deleted ends.docx": body(
            b"",
            b"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
            5_000,
            paragraph,
        ),
        "a chunk of another format.docx": body(b'<w:altChunk r:id="rId99"/>' + paragraph),
    }


def _slides() -> Mapping[str, bytes | Hostile]:
    members = unpacked(ordinary()[".pptx"])
    main = members[_MAIN[".pptx"]]
    at = main.index(b"<p:sp>")
    head, tail = main[:at], b"</p:spTree></p:cSld></p:sld>"
    shape = (
        b'<p:sp><p:nvSpPr><p:cNvPr id="2" name="a"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        b"<p:txBody><a:bodyPr/><a:p><a:r><a:t>Mine 7 shipped 100 tons.</a:t></a:r></a:p></p:txBody>"
        b"</p:sp>"
    )
    group = (
        b'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="3" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        b"<p:grpSpPr/>"
    )
    shown = members["ppt/presentation.xml"]
    slide = shown[shown.index(b"<p:sldId ") : shown.index(b"</p:sldIdLst>")]

    def body(head_of: bytes, unit: bytes = b"", times: int = 0, tail_of: bytes = b"") -> bytes:
        content = Hostile(head + head_of, unit, times, tail_of + tail)
        return _with(".pptx", {_MAIN[".pptx"]: content})

    return {
        "many shapes.pptx": body(b"", shape, 2_000),
        "groups in groups.pptx": body(b"", group, 100, shape + b"</p:grpSp>" * 100),
        "deep groups.pptx": body(b"", group, 5_000, shape + b"</p:grpSp>" * 5_000),
        "one slide many times.pptx": _with(
            ".pptx", {"ppt/presentation.xml": shown.replace(slide, slide * 300)}
        ),
        "one text of 30 MB.pptx": body(
            shape.partition(b"Mine")[0],
            b"Mine 7 ",
            4 * _MB,
            b"</a:t></a:r></a:p></p:txBody></p:sp>",
        ),
        "wide cells.pptx": _with(
            ".pptx",
            {_MAIN[".pptx"]: main.replace(b"<a:tc>", b'<a:tc gridSpan="99999999" rowSpan="-3">')},
        ),
        "places that are none.pptx": _with(
            ".pptx", {_MAIN[".pptx"]: main.replace(b'x="', b'x="9e9').replace(b'cx="', b'cx="a')}
        ),
        "a slide that is not there.pptx": _with(
            ".pptx", {"ppt/presentation.xml": shown.replace(slide, slide.replace(b"rId", b"rId9"))}
        ),
    }
