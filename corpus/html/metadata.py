"""What a web page says of itself: in its head, in linked data, and around its text."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from corpus.dating import read_date
from corpus.document import Metadata
from corpus.html.dates import find_date_of
from corpus.html.linked_data import Thing, find_things, first_name, first_text, site_name
from corpus.html.words import tokens_of

_TITLE = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_PUBLISHER = (
    "og:site_name",
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
)
_AUTHOR = ("author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author", "byl")
_LICENCE = ("dc.rights", "dcterms.license", "dcterms.rights", "license")
_VERSION = ("citation_version", "dcterms.hasversion")
_SUBJECT = ("citation_journal_title", "citation_conference_title", "dcterms.ispartof")
_LANGUAGE = ("content-language", "dc.language", "dcterms.language", "og:locale")
_TITLE_BREAK = re.compile(r"\s+(?:[-–—:]|::|\|\||[|·•»])\s+|\s*[|»]\s*")
_SURE_BREAKS = "|·•»"
_TITLE_CHARS = 300
_FIELD_CHARS = 1_000
_BYLINE = re.compile(r"^(?:(?:written|reported|posted) )?(?:by|von|par)[:\s]+", re.IGNORECASE)
_BYLINE_END = re.compile(
    r"\s*(?:[|·•\n]|\s[-–—]\s|\d|,?\s+(?:published|updated|posted)\b).*", re.IGNORECASE | re.DOTALL
)
_BYLINE_TOKENS = {"byline", "by-line", "author", "author-name", "post-author", "entry-author"}
_BYLINE_CHARS = 120
_LANGUAGE_TAG = re.compile(r"([a-z]{2,3})(?:[-_].*)?")
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)"
)


def read_metadata(root: Any, text: str) -> Metadata:
    """Return what a page that is not pruned yet says of itself; `text` is its source text."""
    meta = _read_meta(root)
    things = find_things(root)
    url = _find_url(root, meta, things, text)
    publisher = (
        _first(meta, _PUBLISHER[:1])
        or first_name(things, "publisher")
        or _first(meta, _PUBLISHER[1:])
        or site_name(things)
    )
    language = (
        (
            root.get("lang")
            or root.get("{http://www.w3.org/XML/1998/namespace}lang")
            or root.get("xml:lang")
            or _first(meta, _LANGUAGE)
        )
        .strip()
        .lower()
    )
    tag = _LANGUAGE_TAG.fullmatch(language)
    return Metadata(
        title=_find_title(root, meta, things, publisher, url),
        subject=_first(meta, _SUBJECT) or first_name(things, "isPartOf"),
        publisher=publisher,
        author=_find_author(root, meta, things),
        published=read_date(first_text(things, "datePublished")) or find_date_of(root, meta),
        edition=first_text(things, "bookEdition"),
        version=first_text(things, "version") or _first(meta, _VERSION),
        url=url,
        licence=_find_licence(root) or _first(meta, _LICENCE) or first_text(things, "license"),
        language=tag[1] if tag else "",
    )


def _read_meta(root: Any) -> dict[str, str]:
    """Return the named fields of the page's head; of several of a name the first, authors all."""
    fields: dict[str, str] = {}
    for element in root.iter("meta"):
        names = (element.get(key) for key in ("name", "property", "itemprop", "http-equiv"))
        name = next((name for name in names if name), "").strip().lower()
        content = " ".join(element.get("content", "")[:_FIELD_CHARS].split())
        if not name or not content:
            continue
        if name not in fields:
            fields[name] = content
        elif name in ("citation_author", "dc.creator") and content not in fields[name].split("; "):
            fields[name] += f"; {content}"
    return fields


def _first(meta: Mapping[str, str], names: Sequence[str]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _find_url(root: Any, meta: Mapping[str, str], things: Sequence[Thing], text: str) -> str:
    links = [
        link.get("href", "")
        for link in root.iter("link")
        if link.get("rel", "").lower() == "canonical"
    ]
    saved = _SAVED_FROM.search(text[:5000])
    stated = [*links, meta.get("og:url", ""), first_text(things, "url", "mainEntityOfPage")]
    stated.append(saved[1] if saved else "")
    return next((url.strip() for url in stated if re.match(r"https?://[^\s/]", url.strip())), "")


def _find_title(
    root: Any, meta: Mapping[str, str], things: Sequence[Thing], publisher: str, url: str
) -> str:
    site = {publisher.casefold(), _squeeze(publisher), _domain(url)} - {""}
    headings = list(root.iter("h1"))
    headings.sort(
        key=lambda h1: not any(up.tag in ("main", "article") for up in h1.iterancestors())
    )
    window = next((" ".join(title.itertext()) for title in root.iter("title")), "")
    candidates = [
        _first(meta, _TITLE[:1]),
        _first(meta, _TITLE[1:4]),
        first_text(things, "headline"),
    ]
    candidates += [" ".join(heading.itertext()) for heading in headings[:3]]
    for written in [*candidates, window]:
        title = _cut_site(" ".join(written[:_FIELD_CHARS].split()), site)
        if title and len(title) <= _TITLE_CHARS and not {title.casefold(), _squeeze(title)} & site:
            return title
    return " ".join(window.split())[:_TITLE_CHARS]


def _cut_site(title: str, site: set[str]) -> str:
    """Return a title without the name of the site, which stands behind or before it."""
    breaks = list(_TITLE_BREAK.finditer(title))
    if not breaks:
        return title
    first, last = breaks[0], breaks[-1]
    if {title[last.end() :].casefold(), _squeeze(title[last.end() :])} & site:
        return _cut_site(title[: last.start()], site)
    if {title[: first.start()].casefold(), _squeeze(title[: first.start()])} & site:
        return title[first.end() :]
    is_sure = last.group().strip() in _SURE_BREAKS
    return title[: last.start()] if is_sure and last.start() > len(title) - last.end() else title


def _squeeze(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()


def _domain(url: str) -> str:
    """Return the name inside an address, such as "usgs" of "https://www.usgs.gov/x"."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    labels = [label for label in host.split(".") if label not in ("www", "com", "co", "org", "gov")]
    return re.sub(r"\W", "", labels[0]) if labels else ""


def _find_author(root: Any, meta: Mapping[str, str], things: Sequence[Thing]) -> str:
    stated = first_name(things, "author") or _first(meta, _AUTHOR)
    if stated and not re.match(r"https?://", stated):
        return _BYLINE.sub("", stated)
    for element in root.iter("a", "span", "p", "div", "address"):
        is_byline = (
            element.get("rel", "").lower() == "author"
            or element.get("itemprop") == "author"
            or bool(tokens_of(element) & _BYLINE_TOKENS)
        )
        if not is_byline:
            continue
        text = " ".join("".join(element.itertext())[:1000].split())
        name = _BYLINE_END.sub("", _BYLINE.sub("", text))
        if name and len(text) <= _BYLINE_CHARS and 1 < len(name.split()) <= 8:
            return name
    return ""


def _find_licence(root: Any) -> str:
    """Return the licence that a link names, by its words, or by its address where they are none."""
    for link in root.iter("a", "link"):
        if "license" in link.get("rel", "").lower().split():
            words = " ".join("".join(link.itertext()).split())
            return words if 2 < len(words) <= 120 else link.get("href", "").strip()
    return ""
