"""When a web page was published: by what it states, else where htmldate finds it."""

import logging
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from corpus.dating import read_date
from corpus.html.words import tokens_of

_STATED = (
    "article:published_time citation_publication_date citation_date datepublished dc.date.issued "
    "dcterms.issued dcterms.date dc.date dcterms.created pubdate publishdate publish_date "
    "publication_date parsely-pub-date sailthru.date published_time date"
).split()
_CHANGED = re.compile(
    r"modif|updat|revis|copyright|access|retriev|crawl|expire|last", re.IGNORECASE
)
_ELSEWHERE = {"nav", "footer", "aside", "li", "table", "blockquote"}
_ELSEWHERE_NAMES = re.compile(r"comment|related|recommend|sidebar|latest|event|upcoming|archive")
_OUT = (
    "script style noscript footer aside nav table pre li blockquote figure svg img source iframe "
    "time"
).split()
_LINE_CHARS = 80
_LARGEST_PAGE = 3_000_000
_ATTRIBUTES = {
    "class",
    "id",
    "itemprop",
    "datetime",
    "title",
    "pubdate",
    "content",
    "name",
    "property",
    "rel",
}


def find_date_of(root: Any, meta: Mapping[str, str]) -> str:
    """Return the date a page was published, or "".

    Never the date it was changed, fetched or its copyright claimed, nor one inside its text.
    """
    stated = next((meta[name] for name in _STATED if name in meta), "")
    if stated and re.search(r"(?:19|20)\d\d", stated):
        return read_date(stated)
    return read_date(_find_time(root)) or _ask_htmldate(root)


def _find_time(root: Any) -> str:
    """Return the date of the first time element that stands with the content, not with others."""
    found = []
    for element in root.iter("time"):
        written = element.get("datetime", "") or "".join(element.itertext())
        if not re.search(r"(?:19|20)\d\d", written):
            continue
        said = " ".join(
            (*tokens_of(element), element.get("itemprop", ""), *tokens_of(element.getparent()))
        )
        before = (
            element.getprevious().tail
            if element.getprevious() is not None
            else element.getparent().text
        ) or ""
        if _CHANGED.search(f"{said} {before[-30:]}"):
            continue
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            return written
        ancestors = list(element.iterancestors())
        if any(
            up.tag in _ELSEWHERE or any(map(_ELSEWHERE_NAMES.search, tokens_of(up)))
            for up in ancestors
            if up.tag not in ("html", "body")
        ):
            continue
        found.append((not any(up.tag in ("article", "main") for up in ancestors), written))
    return min(found, key=lambda pair: pair[0])[1] if found else ""


def _ask_htmldate(root: Any) -> str:
    from htmldate import find_date

    if sum(len(text) for text in root.itertext()) > _LARGEST_PAGE:
        return ""
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        return find_date(_lean(root), extensive_search=False, original_date=True) or ""
    except Exception:  # the date is no reason to give up a page, whatever htmldate trips over
        return ""


def _lean(root: Any) -> Any:
    """Return a copy of a page with only what may tell its own date."""
    lean = deepcopy(root)
    for element in list(lean.iter(*_OUT)):
        element.drop_tree()
    for element in list(lean.iter()):
        if element is lean or element.tag in ("head", "body"):
            continue
        text = "".join(element.itertext()) if element.tag == "p" or not len(element) else ""
        names = " ".join(
            (
                *tokens_of(element),
                element.get("property", ""),
                element.get("name", ""),
                element.get("itemprop", ""),
                element.get("http-equiv", ""),
            )
        )
        if (
            len(text) > _LINE_CHARS
            or _CHANGED.search(f"{names} {text}")
            or re.search(r"©|\(c\)|copyright", text, re.IGNORECASE)
            or (element.tag == "meta" and ("http-equiv" in element.attrib or "image" in names))
        ):
            element.drop_tree()
            continue
        for key in set(element.attrib) - _ATTRIBUTES:
            if not (element.tag == "link" and key == "href"):
                del element.attrib[key]
    return lean
