"""PDF files that are damaged or made to do harm, the same ones on every run."""

import io
import random
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject, RectangleObject
from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import corpus

SHIPPED = sorted((Path(corpus.__file__).parent / "documents").glob("*.pdf"))

_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj\s*", re.DOTALL)
_DICTIONARY = "<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
    "/Resources << /Font << /F1 5 0 R >> >> >>"
)
_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_TEXT = b"BT /F1 12 Tf 72 700 Td (Neodymium oxide) Tj ET"


def plain_pdf(pages: int = 3, compressed: bool = True) -> bytes:
    """Return an ordinary file; page n says "Page n" and a sentence on it."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=letter, pageCompression=int(compressed), invariant=1)
    canvas.setTitle("Rare earths in review")
    canvas.setAuthor("A. Geologist")
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 720, f"Page {number}")
        canvas.drawString(72, 690, f"Mine {number} shipped {number * 100} tons of neodymium oxide.")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def picture_pdf() -> bytes:
    """Return a file of two pages: one with a picture and no text, one with nothing."""
    from PIL import Image

    made = io.BytesIO()
    canvas = Canvas(made, pagesize=letter, invariant=1)
    canvas.drawImage(ImageReader(Image.new("L", (40, 40), 128)), 72, 72, 400, 600)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def encrypted_pdf(password: str) -> bytes:
    """Return the ordinary file encrypted with a password that opens it, which may be empty."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain_pdf())))
    writer.encrypt(password, "owner", algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def built_pdf(objects: Sequence[str | bytes], trailer: str = "") -> bytes:
    """Return a file of numbered objects, from 1; the first is the catalogue."""
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        body = content.encode("latin-1") if isinstance(content, str) else content
        made += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        made += b"%010d 00000 n \n" % place
    size = len(objects) + 1
    made += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(made)


def stream(content: bytes, entries: str = "", length: int | None = None) -> bytes:
    """Return a stream object; `length` is what it says of itself, if not the truth."""
    told = len(content) if length is None else length
    return f"<< /Length {told} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def page_pdf(
    content: bytes, page: str = _PAGE, font: str = _FONT, more: Sequence[str | bytes] = ()
) -> bytes:
    """Return a file of one page with a content stream object; further objects count from 6."""
    return built_pdf([_DICTIONARY, _PAGES, page, content, font, *more])


def slow_page_pdf(pages: int, slow: int) -> bytes:
    """Return an ordinary file in which one page takes long."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain_pdf(pages))))
    added = DecodedStreamObject()
    added.set_data(_endless_line())
    page = writer.pages[slow - 1]
    page.mediabox = RectangleObject((0, 0, 6000, 792))
    page.cropbox = page.mediabox
    page[NameObject("/Contents")] = writer._add_object(added.flate_encode())
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _endless_line() -> bytes:
    """Return a line of many words, each of which is compared with all before it."""
    words = b" ".join(b"1 0 0 1 %.2f 700 Tm (w) Tj" % (n * 0.12) for n in range(49_000))
    return b"BT /F1 0.1 Tf " + words + b" ET"


def lying_pdf() -> bytes:
    """Return a file that says it has two thousand million pages, and has one."""
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"
    return built_pdf([_DICTIONARY, pages, _PAGE, stream(_TEXT), _FONT])


@cache
def handmade() -> Mapping[str, bytes]:
    """Return hostile files by what is wrong with each."""
    deep = "[" * 20_000 + "]" * 20_000
    bomb = zlib.compress(b" " * 200_000_000, 9)
    twice = zlib.compress(zlib.compress(b"\x00" * 500_000_000, 9), 9)
    many = " ".join(f"{number} 0 R" for number in range(6, 1006))
    with_form = _PAGE.replace("/Font <<", "/XObject << /X 6 0 R >> /Font <<")
    return {
        "nothing": b"",
        "only a header": b"%PDF-1.7\n",
        "no PDF": b"The quick brown fox. " * 500,
        "zero pages": built_pdf([_DICTIONARY, "<< /Type /Pages /Kids [] /Count 0 >>"]),
        "no catalogue": built_pdf(["<< >>"]),
        "catalogue that is a number": built_pdf(["42"]),
        "page tree that holds itself": built_pdf(
            [_DICTIONARY, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]
        ),
        "a count that lies": lying_pdf(),
        "deep nesting": page_pdf(
            stream(_TEXT), page=_PAGE.replace("/MediaBox", f"/A {deep} /MediaBox")
        ),
        "deep nesting in the content": page_pdf(stream(deep.encode() + b" TJ " + _TEXT)),
        "deep dictionaries": page_pdf(stream(b"/A " + b"<</A" * 20_000 + b" BDC " + _TEXT)),
        "open brackets": page_pdf(stream(b"BT /F1 12 Tf " + b"(" * 500_000)),
        "a form that draws itself": page_pdf(
            stream(b"/X Do " + _TEXT),
            page=with_form,
            more=[
                stream(
                    b"/X Do " * 50,
                    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                    "/Resources << /XObject << /X 6 0 R >> >>",
                )
            ],
        ),
        "forms that draw forms": page_pdf(
            stream(b"/X Do " + _TEXT),
            page=with_form,
            more=[
                stream(
                    b"/X Do " * 8,
                    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                    f"/Resources << /XObject << /X {number + 1} 0 R >> >>",
                )
                for number in range(6, 40)
            ],
        ),
        "a deflate bomb": page_pdf(stream(bomb, "/Filter /FlateDecode")),
        "a bomb in a bomb": page_pdf(stream(twice, "/Filter [/FlateDecode /FlateDecode]")),
        "many filters": page_pdf(stream(_TEXT, f"/Filter [{'/ASCIIHexDecode ' * 2000}]")),
        "a run length bomb": page_pdf(
            stream(b"\x81 " * 3_000_000 + b"\x80", "/Filter /RunLengthDecode")
        ),
        "an LZW stream of noise": page_pdf(
            stream(bytes(range(256)) * 20_000, "/Filter /LZWDecode")
        ),
        "an object stream that holds itself": built_pdf(
            [
                _DICTIONARY,
                _PAGES,
                _PAGE,
                stream(_TEXT),
                _FONT,
                stream(
                    b"6 0 7 5 << >> << >>", "/Type /ObjStm /N 100000000 /First 8 /Extends 6 0 R"
                ),
            ]
        ),
        "an object stream bomb": built_pdf(
            [
                _DICTIONARY,
                _PAGES,
                _PAGE,
                stream(_TEXT),
                _FONT,
                stream(bomb, "/Type /ObjStm /N 2 /First 8 /Filter /FlateDecode"),
            ]
        ),
        "a length that lies": page_pdf(stream(_TEXT, length=2_000_000_000)),
        "a length below zero": page_pdf(stream(_TEXT, length=-5)),
        "a length that is the stream": page_pdf(
            b"<< /Length 4 0 R >>\nstream\n" + _TEXT + b"\nendstream"
        ),
        "an xref that refers to itself": plain_pdf().replace(b"/Root", b"/Prev 9 /XRefStm 9 /Root"),
        "startxref into nowhere": re.sub(rb"startxref\s+\d+", b"startxref\n99999999", plain_pdf()),
        "endless outlines": built_pdf(
            [
                "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R /PageLabels 6 0 R /Names 6 0 R "
                "/AcroForm 6 0 R >>",
                _PAGES,
                _PAGE,
                stream(_TEXT),
                _FONT,
                "<< /First 6 0 R /Next 6 0 R /Last 6 0 R /Kids [6 0 R] /Nums [0 6 0 R] "
                "/Fields [6 0 R] /Parent 6 0 R >>",
            ]
        ),
        "a parent that is its child": page_pdf(
            stream(_TEXT), page="<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>"
        ),
        "references in a circle": built_pdf([_DICTIONARY, _PAGES, _PAGE, "5 0 R", "4 0 R"]),
        "contents of a thousand streams": page_pdf(
            stream(_TEXT),
            page=_PAGE.replace("4 0 R", f"[{'4 0 R ' * 1000}]"),
        ),
        "contents that hold themselves": page_pdf(b"[4 0 R 4 0 R]"),
        "a font that is a number": page_pdf(stream(_TEXT), font="7"),
        "a font with endless widths": page_pdf(
            stream(_TEXT),
            font="<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
            "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /W [0 2000000000 500] >>] >>",
        ),
        "a font that is its own descendant": page_pdf(
            stream(_TEXT),
            font="<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding 5 0 R "
            "/DescendantFonts [5 0 R] /ToUnicode 5 0 R >>",
        ),
        "a map to long texts": page_pdf(
            stream(b"BT /F1 12 Tf 72 700 Td (" + b"A" * 60_000 + b") Tj ET"),
            font="<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
            more=[
                stream(
                    b"begincmap 1 beginbfchar <41> <" + b"0042" * 20_000 + b"> endbfchar endcmap"
                )
            ],
        ),
        "a map of everything": page_pdf(
            stream(_TEXT),
            font="<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
            more=[
                stream(b"begincmap 1 beginbfrange <00000000> <ffffffff> <0041> endbfrange endcmap")
            ],
        ),
        "text of impossible size": page_pdf(
            stream(
                b"BT /F1 1e30 Tf 1e300 0 0 1e300 1e300 1e300 Tm (a) Tj 9e99 Ts (b) Tj "
                b"/F1 12 Tf 1 0 0 1 72 700 Tm (c) Tj ET"
            )
        ),
        "large and larger text": page_pdf(
            stream(b"BT /F1 1000000000 Tf 72 700 Td (a) Tj /F1 4000000000 Tf (b) Tj ET")
        ),
        "a page of impossible size": page_pdf(
            stream(_TEXT), page=_PAGE.replace("0 0 612 792", "-1e38 -1e38 1e38 1e38")
        ),
        "a page without a size": page_pdf(stream(_TEXT), page=_PAGE.replace("[0 0 612 792]", "/A")),
        "half a surrogate": page_pdf(
            stream(_TEXT),
            font="<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
            more=[stream(b"begincmap 1 beginbfchar <65> <D800> endbfchar endcmap")],
        ),
        "too many glyphs": page_pdf(stream(b"BT /F1 1 Tf (" + b"abcdefgh " * 80_000 + b") Tj ET")),
        "too many words": page_pdf(
            stream(
                b"BT /F1 1 Tf "
                + b" ".join(
                    b"1 0 0 1 %d %d Tm (w) Tj" % (x * 3, y) for y in range(300) for x in range(200)
                )
                + b" ET"
            )
        ),
        "an endless line": page_pdf(
            stream(_endless_line()), page=_PAGE.replace("0 0 612 792", "0 0 6000 792")
        ),
        "operands without end": page_pdf(stream(b"1 " * 3_000_000)),
        "operators without end": page_pdf(stream(b"q " * 3_000_000)),
        "an inline picture without end": page_pdf(stream(b"BI /W 9 /H 9 ID " + b"x" * 200_000)),
        "a thousand pages of one object": built_pdf(
            [
                _DICTIONARY,
                f"<< /Type /Pages /Kids [{'3 0 R ' * 1000}] /Count 1000 >>",
                _PAGE,
                stream(_TEXT),
                _FONT,
            ]
        ),
        "a thousand pages that are none": built_pdf(
            [
                _DICTIONARY,
                f"<< /Type /Pages /Kids [{many}] /Count 1000 >>",
                _PAGE,
                stream(_TEXT),
                _FONT,
            ]
        ),
        "metadata of the wrong kind": built_pdf(
            [_DICTIONARY, _PAGES, _PAGE, stream(_TEXT), _FONT, "[1 2 3]"], trailer="/Info 6 0 R"
        ),
        "encryption of the wrong kind": built_pdf(
            [_DICTIONARY, _PAGES, _PAGE, stream(_TEXT), _FONT],
            trailer="/Encrypt << /Filter 5 /V 99 >>",
        ),
    }


def mutated(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield damaged copies of ordinary files, each with what was done to it.

    Encrypted files are not among them: each encryption is another, and these are the same ones.
    """
    chance = random.Random(seed)
    originals = [plain_pdf(2), plain_pdf(2, compressed=False), picture_pdf()]
    originals += [path.read_bytes() for path in SHIPPED]
    damages: Sequence[Callable[[random.Random, bytes], bytes]] = (
        _flip_bits,
        _cut,
        _drop,
        _swap,
        _repeat_object,
        _change_numbers,
        _confuse_names,
    )
    for number in range(count):
        original = number % len(originals)
        data = originals[original]
        chosen = chance.sample(damages, chance.choice((1, 1, 2, 3)))
        for damage in chosen:
            data = damage(chance, data)
        yield f"{number}: file {original}, {', '.join(d.__name__[1:] for d in chosen)}", data


def _flip_bits(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 10, 100))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _drop(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 400) :]


def _swap(chance: random.Random, data: bytes) -> bytes:
    a, b, c, d = sorted(chance.sample(range(len(data)), 4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _repeat_object(chance: random.Random, data: bytes) -> bytes:
    objects: list[bytes] = _OBJECT.findall(data)
    if not objects:
        return data
    place = data.index(chance.choice(objects))
    return data[:place] + chance.choice(objects) * chance.choice((1, 3)) + data[place:]


def _change_numbers(chance: random.Random, data: bytes) -> bytes:
    values = (b"0", b"-1", b"1", b"99999999999", b"1e999", b"4", b"null", b"[]", b"<<>>")
    share = chance.choice((0.01, 0.1))
    return re.sub(
        rb"(?<=[ \[])\d+(?=[ \]/])",
        lambda match: chance.choice(values) if chance.random() < share else match[0],
        data,
    )


def _confuse_names(chance: random.Random, data: bytes) -> bytes:
    names: list[bytes] = sorted(set(re.findall(rb"/[A-Z][A-Za-z]+", data)))
    if not names:
        return data
    share = chance.choice((0.02, 0.2))
    return re.sub(
        rb"/[A-Z][A-Za-z]+",
        lambda match: chance.choice(names) if chance.random() < share else match[0],
        data,
    )
