"""Linked data (JSON-LD) inside a web page: what its publisher states for machines to read."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Thing = Mapping[str, Any]

_ARTICLES = {"Article", "NewsArticle", "BlogPosting", "Report", "ScholarlyArticle", "TechArticle"}
_ARTICLES |= {
    "AnalysisNewsArticle",
    "ReportageNewsArticle",
    "PressRelease",
    "Dataset",
    "Legislation",
}
_PAGES = {"WebPage", "ItemPage", "CreativeWork", "DigitalDocument", "Book"}
_MOST_CHARS = 1_000_000
_MOST_THINGS = 500
_FIELD_CHARS = 1_000
_WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$")


def find_things(root: Any) -> tuple[Thing, ...]:
    """Return the things a page describes: articles first, then pages, then all others."""
    things: list[Thing] = []
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in script.get("type", "").lower() or len(text) > _MOST_CHARS:
            continue
        try:
            things += _flatten(json.loads(_WRAPPING.sub("", text), strict=False))
        except (ValueError, RecursionError):
            continue  # nonsense says nothing, and the page may still be good
    order = (_ARTICLES, _PAGES)
    ranks = [
        next((at for at, kinds in enumerate(order) if _kinds(thing) & kinds), 2) for thing in things
    ]
    return tuple(
        thing for _, thing in sorted(zip(ranks, things, strict=True), key=lambda pair: pair[0])
    )


def first_text(things: Sequence[Thing], *fields: str) -> str:
    """Return the first text that one of the fields of an article or page has, or ""."""
    for thing in things:
        if _kinds(thing) & (_ARTICLES | _PAGES):
            for field in fields:
                if words := _text(thing.get(field)):
                    return words
    return ""


def first_name(things: Sequence[Thing], field: str) -> str:
    """Return the name of who an article or page names in a field; several are joined."""
    named = {
        thing["@id"]: thing
        for thing in things
        if isinstance(thing.get("@id"), str) and "name" in thing
    }
    for thing in things:
        if _kinds(thing) & (_ARTICLES | _PAGES) and (
            names := list(_names(thing.get(field), named))
        ):
            return ", ".join(dict.fromkeys(names))
    return ""


def site_name(things: Sequence[Thing]) -> str:
    """Return the name of the site that the page states to be part of, or ""."""
    return next((_text(thing.get("name")) for thing in things if "WebSite" in _kinds(thing)), "")


def _flatten(loaded: Any) -> Iterator[Thing]:
    waiting = [loaded]
    found = 0
    while waiting and found < _MOST_THINGS:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting += value[:_MOST_THINGS]
        elif isinstance(value, dict):
            found += 1
            yield value
            waiting += [value[key] for key in ("@graph", "mainEntity", "publisher") if key in value]


def _kinds(thing: Thing) -> set[str]:
    kind = thing.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return {text.rsplit("/", 1)[-1] for text in kinds if isinstance(text, str)}


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("url") or value.get("@id") or ""
    return (
        " ".join(str(value)[:_FIELD_CHARS].split()) if isinstance(value, str | int | float) else ""
    )


def _names(value: Any, named: Mapping[str, Thing]) -> Iterator[str]:
    for one in (value if isinstance(value, list) else [value])[:20]:
        if isinstance(one, str):
            one = named.get(one, one)
        if isinstance(one, dict) and "name" not in one:
            one = named.get(str(one.get("@id", "")), {})
        words = _text(one.get("name")) if isinstance(one, Mapping) else _text(one)
        if words and not words.startswith(("http://", "https://")):
            yield words
