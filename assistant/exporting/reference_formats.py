"""Bibliographies for other programs: BibTeX, RIS and CSL-JSON (citationstyles.org)."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assistant.exporting.bibliography import BibliographyEntry, EntryType

_BIBTEX: Mapping[EntryType, str] = {"report": "techreport", "webpage": "misc", "dataset": "misc"}
_RIS: Mapping[EntryType, str] = {"report": "RPRT", "webpage": "ELEC", "dataset": "DATA"}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, escaped or not
    "}": r"\textbraceright{}",
} | {sign: f"\\{sign}" for sign in "&%$#_"}


def to_csl_json(entries: Iterable[BibliographyEntry]) -> str:
    """Return entries as CSL-JSON, which Zotero, Pandoc and citeproc read."""
    return json.dumps([_csl(one) for one in entries], ensure_ascii=False, indent=2)


def _csl(one: BibliographyEntry) -> dict[str, Any]:
    told: dict[str, Any] = {"id": one.key, "type": one.type, "title": one.title}
    if one.author:
        told["author"] = [{"literal": one.author}]
    fields = {
        "publisher": one.publisher,
        "edition": one.edition,
        "page": one.page,
        "URL": one.link,
        "note": _quoted(one),
    }
    dates = {"issued": one.published, "accessed": one.accessed}
    told |= {name: value for name, value in fields.items() if value}
    return told | {
        name: {"date-parts": [list(_date_parts(date))]} for name, date in dates.items() if date
    }


def _date_parts(date: str) -> Iterator[int]:
    for part in date.split("-"):
        if not part.isdigit():
            return
        yield int(part)


def to_bibtex(entries: Iterable[BibliographyEntry]) -> str:
    """Return entries as BibTeX; what LaTeX would take for a command is escaped."""
    return "\n".join(map(_bibtex, entries))


def _bibtex(one: BibliographyEntry) -> str:
    date = tuple(_date_parts(one.published))
    fields = {
        "author": f"{{{_latex(one.author)}}}" if one.author else "",  # braces keep a body whole
        "title": f"{{{_latex(one.title)}}}",
        "institution" if one.type == "report" else "publisher": _latex(one.publisher),
        "year": str(date[0]) if date else "",
        "month": _MONTHS[date[1] - 1] if len(date) > 1 else "",
        "edition": _latex(one.edition),
        "pages": _latex(one.page),
        "url": one.link.replace("{", "%7B").replace("}", "%7D"),
        "urldate": one.accessed if one.link else "",
        "note": _latex(_quoted(one)),
    }
    lines = (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    return "\n".join((f"@{_BIBTEX[one.type]}{{{one.key},", *lines, "}", ""))


def _latex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in " ".join(text.split()))


def to_ris(entries: Iterable[BibliographyEntry]) -> str:
    """Return entries as RIS."""
    return "\n".join(line for one in entries for line in _ris(one))


def _ris(one: BibliographyEntry) -> Iterator[str]:
    date: Sequence[int] = tuple(_date_parts(one.published))
    day = "/".join([*(f"{part:02}" for part in date), "", "", ""][:3]) + "/" if date else ""
    fields = (
        ("TY", _RIS[one.type]),
        ("ID", one.key),
        ("TI", one.title),
        ("AU", one.author),
        ("PB", one.publisher),
        ("PY", str(date[0]) if date else ""),
        ("DA", day),
        ("ET", one.edition),
        ("SP", one.page),
        ("UR", one.link),
        ("Y2", one.accessed.replace("-", "/")),
        *(("N1", f"“{quote}”") for quote in one.quotes),
    )
    yield from (f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value)
    yield "ER  - \n"


def _quoted(one: BibliographyEntry) -> str:
    return " ".join(f"“{quote}”" for quote in one.quotes)
