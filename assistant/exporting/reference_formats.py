"""Bibliographies for other programs: BibTeX, RIS and CSL-JSON (citationstyles.org)."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    return json.dumps([csl_item(one) for one in entries], ensure_ascii=False, indent=2)


def csl_item(one: BibliographyEntry) -> dict[str, Any]:
    """Return an entry as an item of CSL-JSON. An edition that is a year would read "2026th ed."."""
    ref = one.reference
    told: dict[str, Any] = {"id": one.key, "type": one.type, "title": ref.title}
    if one.author:
        told["author"] = [{"literal": one.author}]
    fields = {
        "publisher": ref.publisher,
        "edition": "" if ref.edition == ref.published[:4] else ref.edition,
        "page": ref.label,
        "URL": ref.link,
        "language": ref.language,
        "note": _quoted(one),
    }
    dates = {"issued": ref.published, "accessed": one.accessed}
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
    ref = one.reference
    date = tuple(_date_parts(ref.published))
    fields = {
        "author": f"{{{_latex(one.author)}}}" if one.author else "",  # braces keep a body whole
        "title": f"{{{_latex(ref.title)}}}",
        "institution" if one.type == "report" else "publisher": _latex(ref.publisher),
        "year": str(date[0]) if date else "",
        "month": _MONTHS[date[1] - 1] if len(date) > 1 else "",
        "edition": _latex(ref.edition),
        "pages": _latex(ref.label),
        "url": ref.link.replace("{", "%7B").replace("}", "%7D"),
        "urldate": one.accessed if ref.link else "",
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
    ref = one.reference
    date: Sequence[int] = tuple(_date_parts(ref.published))
    day = "/".join([*(f"{part:02}" for part in date), "", "", ""][:3]) + "/" if date else ""
    fields = (
        ("TY", _RIS[one.type]),
        ("ID", one.key),
        ("TI", ref.title),
        ("AU", one.author),
        ("PB", ref.publisher),
        ("PY", str(date[0]) if date else ""),
        ("DA", day),
        ("ET", ref.edition),
        ("SP", ref.label),
        ("UR", ref.link),
        ("Y2", one.accessed.replace("-", "/")),
        *(("N1", quote) for quote in one.quotes),
    )
    yield from (f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value)
    yield "ER  - \n"


def _quoted(one: BibliographyEntry) -> str:
    return " ".join(one.quotes)


REFERENCE_FORMATS: Mapping[str, Callable[[Iterable[BibliographyEntry]], str]] = {
    ".bib": to_bibtex,
    ".ris": to_ris,
    ".json": to_csl_json,
}
