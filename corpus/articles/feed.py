"""Reading XML: RSS and Atom feeds as articles, and other documents as records of their parts."""

import re
from typing import Any

from corpus.articles.article import Article, Feed, read_articles
from corpus.articles.article_body import only_words
from corpus.articles.xml_record import read_xml_record
from corpus.articles.xml_text import parse_xml, root_name, xml_text
from corpus.document import Reading
from corpus.errors import NoFactsError, UnreadableSourceError
from corpus.extras import missing_extra
from corpus.html.reading import read_html

_AUTHOR_CHARS = 300
_NAME_BEHIND = re.compile(r"\S+@\S+\s+\((.+)\)")
_NAME_BEFORE = re.compile(r"(.+?)\s+<\S+@\S+>")
# Feedparser looks for addresses in who wrote an item, in a time that grows with its square.
_LONG_AUTHOR = re.compile(
    r"(<(?:\w+:)?(?:author|creator|contributor|name|publisher|managingEditor|webMaster)\b[^<>]*>\s*"
    r"(?:<!\[CDATA\[)?[^<\]]{1000})[^<\]]+"
)
_RSS_1 = ("purl.org/rss/1.0/", "my.netscape.com/rdf/simple/")


def read_xml(data: bytes, name: str) -> Reading:
    """Read an XML file: each article of a feed is a page, any other document is one page.

    Nothing is fetched and no entity of the file's own is expanded. A damaged feed is read as far
    as it goes. Raises UnreadableSourceError for damaged files, and NoFactsError for those that
    hold no article with text and no sentence.
    """
    text = xml_text(data, name)
    if is_feed(text):
        return _read_feed(text, name)
    if root_name(text) == "html":
        return read_html(text.encode(), name)
    return read_xml_record(parse_xml(text, name), name)


def is_feed(text: str) -> bool:
    """Tell whether an XML text is a feed of RSS or Atom."""
    root = root_name(text)
    return root in ("rss", "feed") or (root == "rdf" and any(sign in text for sign in _RSS_1))


def _read_feed(text: str, name: str) -> Reading:
    if run := missing_extra("web", "feedparser"):
        raise UnreadableSourceError(f"{name}: feeds are read by feedparser; run: {run}")
    parsed = _parse_feed(text, name)
    remarks = []
    if parsed.bozo:
        said = " ".join(str(parsed.get("bozo_exception", "")).split())[:120]
        said = said.removeprefix("<unknown>:")
        if not parsed.entries:
            raise UnreadableSourceError(
                f"{name}: is a damaged feed ({said}) without any item; fetch it again"
            )
        remarks.append(f"the feed is damaged ({said}) and read as far as it goes")
    if not parsed.entries:
        raise NoFactsError(f"{name}: is a feed without any item; fetch it when it has some")
    about = parsed.feed
    feed = Feed(
        title=about.get("title") or "",
        publisher=only_words(
            about.get("publisher") or about.get("author") or about.get("title") or ""
        ),
        url=about.get("link") or "",
        language=_language(about.get("language")),
        licence=about.get("rights") or "",
    )
    articles = [_article(entry) for entry in parsed.entries]
    return read_articles(articles, feed, name, remarks)


def _parse_feed(text: str, name: str) -> Any:
    """Return what feedparser makes of a text. A stream, as bytes could name a file to open."""
    from io import BytesIO

    import feedparser

    try:
        return feedparser.parse(
            BytesIO(_LONG_AUTHOR.sub(r"\1", text).encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,  # scripts and the like are left out when the body is written
        )
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError) as error:
        raise UnreadableSourceError(
            f"{name}: is a feed too damaged to be read; fetch it again"
        ) from error


def _article(entry: Any) -> Article:
    bodies = [each.get("value") or "" for each in entry.get("content", ())]
    bodies.append(entry.get("summary") or "")
    longest = max(bodies[:-1], key=len, default="")
    source = entry.get("source") or {}
    return Article(
        title=entry.get("title") or "",
        body=longest if len(only_words(longest)) >= len(only_words(bodies[-1])) else bodies[-1],
        author=_authors(entry),
        published=entry.get("published") or entry.get("updated") or "",
        publisher=entry.get("publisher") or source.get("title") or "",
        url=entry.get("link") or "",
        language=_language((entry.get("title_detail") or {}).get("language")),
        licence=entry.get("rights") or "",
    )


def _authors(entry: Any) -> str:
    """Return the names of who wrote an entry; one of RSS may be an address with the name behind.

    The latter is taken apart here, as feedparser cuts addresses of longer top-level domains.
    """
    names = [each.get("name") or "" for each in entry.get("authors", ())]
    if len(names) > 1:
        return ", ".join(dict.fromkeys(name for name in names if name))
    written = (entry.get("author") or "").strip()[:_AUTHOR_CHARS]
    match = _NAME_BEHIND.fullmatch(written) or _NAME_BEFORE.fullmatch(written)
    return match[1] if match else written


def _language(code: str | None) -> str:
    return (code or "").split("-")[0].lower()
