"""Where a citation or a piece of evidence, in its JSON form, stands, in words a reader knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from assistant.answer import context_of_json, told_beside

_AROUND_CHARS = 240  # of the passage, on either side of a quote
_PART_NAMES = {".xlsx": "sheet ", ".xlsm": "sheet ", ".pptx": "slide "}


@dataclass(frozen=True, slots=True)
class QuoteInPassage:
    """A quote with the words around it as the source has them."""

    before: str
    quote: str
    after: str


def place_in_file(path: str, page: int, label: str) -> str:
    """Return how a page is named: "p. 153 (PDF page 2)"; nothing for a source of one text."""
    ending = PurePosixPath(path).suffix.lower()
    if ending == ".pdf":
        return f"p. {label} (PDF page {page})" if label not in ("", str(page)) else f"p. {page}"
    name = _PART_NAMES.get(ending, "")
    return "" if not name and (page, label) in ((1, "1"), (1, "")) else f"{name}{label or page}"


def cited_place(citation: Mapping[str, Any]) -> str:
    """Return the page of a citation in words."""
    return place_in_file(citation["source"]["path"], citation["page"], citation["page_label"])


def titled_place(citation: Mapping[str, Any]) -> str:
    """Return the source's title, or its path, with the page: "Rare Earths, p. 153 (PDF page 2)"."""
    source = citation["source"]
    return ", ".join(filter(None, (source["title"] or source["path"], cited_place(citation))))


def told_of_source(citation: Mapping[str, Any]) -> tuple[str, ...]:
    """Return publisher, date, edition and path of the cited source, without what is unknown."""
    source = citation["source"]
    told = (
        source["publisher"] or source.get("author", ""),
        source["published"],
        source["edition"],
        source["path"],
    )
    return tuple(filter(None, told))


def told_beside_quote(citation: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return section, caption, columns, unit and notes of the cited stretch, as names with words.

    What is unknown is left out, and a unit that caption or columns give.
    """
    context = citation["context"]
    section = (("section", context["section"]),) if context["section"].strip() else ()
    return section + told_beside(context_of_json(context))


def quote_in_passage(
    citation: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]
) -> QuoteInPassage:
    """Return the quote with the words of the evidence around it, or alone where none has it."""
    quote: str = citation["quote"]
    for entry in evidence:
        if entry["source_id"] != citation["source"]["id"] or entry["page"] != citation["page"]:
            continue
        start, end = citation["start"] - entry["start"], citation["end"] - entry["start"]
        if start >= 0 and entry["text"][start:end] == quote:
            return QuoteInPassage(
                _last_words(entry["text"][:start]), quote, _first_words(entry["text"][end:])
            )
    return QuoteInPassage("", quote, "")


def _last_words(text: str) -> str:
    if len(text) <= _AROUND_CHARS:
        return text.lstrip()
    return "… " + text[-_AROUND_CHARS:].split(maxsplit=1)[-1]


def _first_words(text: str) -> str:
    if len(text) <= _AROUND_CHARS:
        return text.rstrip()
    return text[:_AROUND_CHARS].rsplit(maxsplit=1)[0] + " …"
