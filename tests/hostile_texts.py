"""Hostile files of plain text, Markdown, CSV and mail, by what is wrong with each."""

import base64
from collections.abc import Mapping

from hostile_file import Hostile
from ordinary_files import CSV, MAIL, MARKDOWN

_MB = 1_000_000
_SAID = b"Mine 7 shipped 100 tons of oxide.\n\n"
# Signs that the regular expressions of the readers look for; a bad one takes the square of a run.
_RUNS = (
    "|", "| ", "|-", "-", "- ", "--\n", "#", "# ", "(", ")", "[", "](", "![", " ", " \n", "\t",
    "1,", "1 ", "1.", "1/", "1-", "a.", "A.", "a@", "a ", "*", "_", "=", "<", "</", "&", "'", '"',
    ";", ",", ":", "> ", "2020-", "2020, ", "$1", "[1]", "¹", "é", "â€", "Ã", "โ", "中", "\u0301",
    "Table 1 ", "January ", "million ", "(in tons ", "neodymium ", "http://", "...", "\u00a0",
)  # fmt: skip
_RUN_CHARS = 40_000


def texts() -> Mapping[str, bytes | Hostile]:
    """Return hostile files of plain text and Markdown."""
    files: dict[str, bytes | Hostile] = {}
    for ending in (".txt", ".md"):
        files |= {
            f"spaces only{ending}": b" \t\n\xc2\xa0" * 50,
            f"a mark of order only{ending}": b"\xef\xbb\xbf",
            f"null bytes{ending}": _SAID.replace(b" ", b"\0"),
            f"random{ending}": bytes((n * n * 7 + n // 3) % 256 for n in range(5_000)),
            f"UTF-16{ending}": _SAID.decode().encode("utf-16"),
            f"half of UTF-16{ending}": _SAID.decode().encode("utf-16")[:-1],
            f"UTF-32{ending}": _SAID.decode().encode("utf-32"),
            f"broken UTF-8{ending}": _SAID.replace(b"i", b"\xe2\x28") * 50,
            f"half a surrogate{ending}": _SAID.replace(b"i", b"\xed\xa0\x80"),
            f"many encodings{ending}": _SAID + bytes(range(128, 256)) * 500,
            f"control signs{ending}": _SAID + bytes(range(1, 32)) * 1_000,
            f"marks upon marks{ending}": _SAID + b"a" + "\u0301\u0489".encode() * 50_000,
            f"from right to left{ending}": _SAID + "\u202e\u2067\u200f".encode() * 20_000,
            f"one line of 100 MB{ending}": Hostile(_SAID, b"Mine 7 shipped. ", 100 * _MB // 16),
            f"one word of 30 MB{ending}": Hostile(_SAID, b"a", 30 * _MB),
            f"empty lines{ending}": Hostile(_SAID, b"\n", 100_000, _SAID),
            f"lines of one sign{ending}": Hostile(_SAID, b"a\n", 20_000),
            f"headings{ending}": Hostile(_SAID, b"# A\n\n", 5_000),
            f"bars{ending}": Hostile(_SAID, b"|" * 5_000 + b"\n", 10),
            f"a long table{ending}": Hostile(_SAID + b"|a|b|\n|-|-|\n", b"|a|1|\n", 2_000),
            f"rows of other widths{ending}": b"|a|b|\n|-|-|\n"
            + b"".join(b"|" + b"1|" * n + b"\n" for n in range(100)),
        }
        for run in _RUNS:
            said = run.strip() or repr(run).strip("'")
            name = said.replace("/", "slash").replace("\n", "n")
            files[f"a run of {name!a} {len(run)}{ending}"] = (
                _SAID + (run * (_RUN_CHARS // len(run))).encode()
            )
    front = b"---\ntitle: a\n%s\n---\n" + _SAID
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    files |= {
        "a bomb of aliases.md": front % "\n".join([*levels, "publisher: *a9"]).encode(),
        "an alias of itself.md": front % b"publisher: &a [*a]\nsubject: &b {b: *b}",
        "merges.md": front
        % "\n".join(
            ["m0: &m0 {a: 1}"]
            + [f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}" for n in range(1, 8)]
        ).encode(),
        "deep front matter.md": front % (b"url: " + b"[" * 5_000),
        "deep mappings.md": front % (b"url: " + b"{a: " * 5_000),
        "an object of Python.md": front % b"url: !!python/object/apply:os.system ['true']",
        "a number of thousands of digits.md": front % (b"data_years: [" + b"9" * 5_000 + b"]"),
        "years that are none.md": front
        % (b"data_years: [0x" + b"f" * 5_000 + b", 1_0, .inf, .nan, -5, true, 2024]"),
        "a date that is none.md": front % b"published: 2024-13-45T99:99:99Z",
        "fields that are no words.md": front
        % b"publisher: {a: [b]}\nurl: 7\nlicence: !!binary /w==\nlanguage: !!set {a, b}",
        "front matter without end.md": Hostile(b"---\n", b"title: a\n", 20_000),
        "keys that are lists.md": front % b"? [a, b]\n: c\n? {a: b}\n: d",
        "tabs in front matter.md": front % b"\turl: a",
        "escapes in front matter.md": front % rb'publisher: "\ud800\0\uDFFF"',
        "broken front matter.md": MARKDOWN.encode().replace(b"published: ", b"published: ]["),
        "links in links.md": Hostile(_SAID, b"[a](b ", 20_000),
        "emphasis.md": Hostile(_SAID + b"# ", b"*_`", 20_000),
    }
    return files


def tables() -> Mapping[str, bytes | Hostile]:
    """Return hostile CSV files."""
    head = b"Name,2024,2025\n"
    files: dict[str, bytes | Hostile] = {
        "commas.csv": Hostile(head, b",", _MB),
        "commas in lines.csv": Hostile(head, b"," * 2_000 + b"\n", 100),
        "a million columns.csv": Hostile(b"", b"1,", _MB, b"\n" + b"2," * _MB),
        "a million empty rows.csv": Hostile(head, b"\n", _MB, b"Mine 7,1,2\n"),
        "rows of commas.csv": Hostile(head, b",,\n", _MB // 10, b"Mine 7,1,2\n"),
        "many rows.csv": Hostile(head, b"Mine 7,100,200\n", 1_500),
        "an open quotation.csv": Hostile(head + b'"', b"a,b\n", 100_000),
        "quotation marks.csv": Hostile(head, b'"', _MB),
        "one line of 100 MB.csv": Hostile(head, b"Mine 7,100,", 100 * _MB // 11),
        "one cell of 30 MB.csv": Hostile(head, b"Mine 7 ", 30 * _MB // 7, b",1,2\n"),
        "null bytes.csv": CSV.encode().replace(b",", b"\0,"),
        "carriage returns.csv": CSV.encode().replace(b"\n", b"\r") + b"\r" * 100_000,
        "UTF-16.csv": CSV.encode("utf-16"),
        "half of UTF-16.csv": CSV.encode("utf-16-le")[:-1],
        "broken UTF-8.csv": CSV.encode().replace(b"a", b"\xe2\x28"),
        "random.csv": bytes((n * n * 7 + n // 3) % 256 for n in range(5_000)),
        "huge numbers.csv": head + b"Mine 7," + b"9" * 5_000 + b",1e999\n",
        "formulas.csv": head + b'=cmd|\'/c calc\'!A0,+1+2,"=HYPERLINK(""http://127.0.0.1:9"")"\n',
        "ditto.csv": Hostile(head + b"tons,1,2\n", b'"""",1,2\n', 1_500),
        "labels only.csv": Hostile(head, b"Group:,,\n", 3_000),
        "labels that go on.csv": Hostile(head, b"Total rare\nearth oxide\n", 2_000),
        "a separator without end.csv": b"sep=\n" + CSV.encode(),
        "rows of other widths.csv": b"".join(b"1," * n + b"\n" for n in range(200)),
    }
    for run in _RUNS:
        text = (run * (_RUN_CHARS // len(run))).replace('"', '""')
        name = (run.strip() or repr(run).strip("'")).replace("/", "slash").replace("\n", "n")
        files[f"a run of {name!a} {len(run)}.csv"] = (
            head + f'"{text}",1,2\nMine 7,"{text}",3\n'.encode()
        )
    return files


def mails() -> Mapping[str, bytes | Hostile]:
    """Return hostile mail messages."""
    top = b"From: a@example.org\nSubject: Mine 7\nMIME-Version: 1.0\n"
    body = b"\n\nMine 7 shipped 100 tons of oxide.\n"
    multipart = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    spaces = b" " * 40_000
    return {
        "headers only.eml": top,
        "a subject without end.eml": Hostile(top + b"Subject: ", b"=?utf-8?q?a?= ", 20_000, body),
        "an encoded word without end.eml": top + b"Subject: =?utf-8?q?" + b"=3D" * 50_000 + body,
        "encoded spaces.eml": top + b"From: " + b"=?utf-8?q?_?= " * 3_000 + body,
        "addresses.eml": top + b"From: " + b"a <a@b.c>, " * 5_000 + body,
        "open brackets.eml": top + b"From: " + b"(" * 5_000 + body,
        "open quotations.eml": top + b"From: " + b'"a\\' * 5_000 + body,
        "a group of groups.eml": top + b"From: " + b"a:" * 5_000 + b";" + body,
        "a date that is none.eml": top + b"Date: 99 Foo 99999 99:99:99 +9999" + body,
        "a date beyond all.eml": MAIL.replace("2026", "99999999999").encode(),
        "a type without end.eml": top + b"Content-Type: " + b"> " * 50_000 + body,
        "a date without end.eml": top + b"Date: " + b"1 " * 20_000 + body,
        "many headers.eml": Hostile(top, b"X-A: b\n", 50_000, body),
        "a header of many lines.eml": Hostile(top + b"X-A: b\n", b" c\n", 50_000, body),
        "parts in parts.eml": top
        + b"".join(multipart % (n, n) for n in range(10_000))
        + b"Content-Type: text/plain"
        + body,
        "messages in messages.eml": Hostile(
            top, b"Content-Type: message/rfc822\n\nFrom: a@example.org\n", 10_000, body
        ),
        "many parts.eml": Hostile(
            top + b"Content-Type: multipart/mixed; boundary=b\n\n", b"--b\n\na\n", 5_000, b"--b--"
        ),
        "a boundary without end.eml": top
        + b'Content-Type: multipart/mixed; boundary="'
        + b"b" * 50_000
        + body,
        "quotes in quotes.eml": top + body + b">" * 10_000 + b" a\n",
        "10,000 levels of quotes.eml": top
        + body
        + b"".join(b">" * (n % 10_000) + b" a\n" for n in range(0, 10_000, 250)),
        "parameters.eml": top
        + b"Content-Type: text/plain"
        + b"".join(b"; a*%d*=b" % n for n in range(300))
        + body,
        "a charset that is none.eml": top + b"Content-Type: text/plain; charset=zlib" + body,
        "a charset that runs.eml": top + b"Content-Type: text/plain; charset=unicode_escape" + body,
        "base64 that is none.eml": top + b"Content-Transfer-Encoding: base64" + body * 2_000,
        "a bomb of quoted signs.eml": top
        + b"Content-Transfer-Encoding: quoted-printable\n\n"
        + b"=\n" * 100_000
        + b"=E2=28" * 50_000,
        "uuencode.eml": top
        + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 666 a\n"
        + b"M" * 5_000,
        "spaces.eml": top + body + spaces + b"\n>" + spaces,
        "flowed.eml": top
        + b"Content-Type: text/plain; format=flowed; delsp=yes\n\n"
        + b"Mine 7 shipped \n" * 20_000,
        "deep web page.eml": Hostile(
            top + b"Content-Type: text/html\n\n<p>Mine 7</p>", b"<div>", 100_000
        ),
        "from elsewhere.eml": top
        + b'Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"\n\n'
        + b"Content-Type: text/plain"
        + body,
        "null bytes.eml": MAIL.encode().replace(b" ", b"\0 "),
        "half a surrogate.eml": top + b"Subject: =?utf-7?q?+2AA-?= \xed\xa0\x80" + body,
        "random.eml": top + b"\n" + bytes((n * n * 7 + n // 3) % 256 for n in range(5_000)),
        "one line of 100 MB.eml": Hostile(top + body, b"Mine 7 shipped. ", 100 * _MB // 16),
        "base64 of a web page.eml": top
        + b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
        + base64.b64encode(b"<p>Mine 7</p>" + b"<b>" * 50_000),
        "cut.eml": MAIL.encode()[:-150],
    }
