"""Finding articles among JSON values, whatever their makers call the fields."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.articles.article import Article, Feed
from corpus.articles.article_body import only_words
from corpus.articles.json_value import Number

# Names in lower case without signs, the best first.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": tuple(
        "title headline webtitle posttitle articletitle subject heading ogtitle".split()
    ),
    "text": tuple(
        "contenthtml articlebody articletext bodyhtml bodytext body maintext fulltext text "
        "contenttext content markdown postcontent pagecontent html rawtext story transcript".split()
    ),
    "summary": tuple(
        "description summary abstract leadparagraph lead excerpt standfirst trailtext snippet "
        "metadescription".split()
    ),
    "published": tuple(
        "datepublished publishedat publisheddate publishdate published publicationdate pubdate "
        "webpublicationdate datepublish postdate issued date createdat created datecreated "
        "timestamp updated datemodified modified".split()
    ),
    "author": tuple("author authors byline creator dccreator writer by".split()),
    "publisher": tuple(
        "publisher sitename source sourcename publication outlet site media newspaper journal "
        "provider".split()
    ),
    "url": tuple(
        "url link permalink canonicalurl homepageurl weburl sourceurl articleurl landingpage "
        "mainentityofpage externalurl href uri".split()
    ),
    "language": tuple("language lang inlanguage detectedlang".split()),
    "licence": tuple("licence license rights copyright".split()),
}
_WRAPPERS = tuple(
    "_source fields attributes node article post document item metadata meta _embedded".split()
)
_INNER = tuple(
    "rendered name value text #text @value full_name main original title @id url $t".split()
)
_KINDS = re.compile(r"Article$|Posting$|^Report$|^post$|^Dataset$|^CreativeWork$")
_MOST_LEVELS = 6
_FEW_WORDS = 8


@dataclass(frozen=True, slots=True)
class FoundArticles:
    """The articles of a file, what surrounds them, and how many entries beside them are none."""

    articles: tuple[Article, ...] = ()
    feed: Feed = field(default_factory=Feed)
    others: int = 0


def find_articles(value: Any) -> FoundArticles:
    """Return the articles that a JSON value is or holds; none where it holds no such thing."""
    level = [(value, Feed())]
    for _ in range(_MOST_LEVELS):
        found = [found for inner, feed in level if (found := _articles_of(inner, feed)).articles]
        if found:
            return max(found, key=lambda each: len(each.articles))
        level = [
            (child, _feed_of(inner) if isinstance(inner, dict) else feed)
            for inner, feed in level
            for child in _children(inner)
            if isinstance(child, dict | list)
        ]
    # What has a title and a description alone is an article only where it holds no others.
    if isinstance(value, dict) and _is_described(_fields(value)):
        return FoundArticles((_article(value),))
    return FoundArticles()


def describing_fields(value: Any) -> Article:
    """Return what a JSON object says of itself in the fields that articles have."""
    return _article(value) if isinstance(value, dict) else Article()


def _articles_of(value: Any, feed: Feed) -> FoundArticles:
    if isinstance(value, dict):
        if _has_text(_fields(value)):
            return FoundArticles((_article(value),), feed)
        entries = list(value.values())
        if len(entries) < 2 or not all(isinstance(entry, dict) for entry in entries):
            return FoundArticles()
        feed = Feed()
    else:
        entries = value if isinstance(value, list) else []
    records = [entry for entry in entries if isinstance(entry, dict)]
    articles = [entry for entry in records if _is_article(_fields(entry))]
    typed = any("@type" in record for record in records)
    if not articles or (not typed and 2 * len(articles) < len(entries)):
        return FoundArticles()
    others = 0 if typed else len(entries) - len(articles)
    return FoundArticles(tuple(_article(entry) for entry in articles), feed, others)


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value[:100] if isinstance(value, list) else ()


def _is_article(fields: Mapping[str, Any]) -> bool:
    return _has_text(fields) or _is_described(fields) or ("title" in fields and "text" in fields)


def _has_text(fields: Mapping[str, Any]) -> bool:
    words = _body(fields.get("text")).split()
    enough = len(words) >= _FEW_WORDS or sum(map(len, words)) >= 10 * _FEW_WORDS
    return enough or (bool(words) and "title" in fields)


def _is_described(fields: Mapping[str, Any]) -> bool:
    if "title" not in fields:
        return False
    return fields.get("kind", "") != "" or (
        "summary" in fields and ("published" in fields or "url" in fields)
    )


def _fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a record under our names, empty ones only where none is better."""
    named: dict[str, Any] = {}
    for key, value in _spread(record):
        name = re.sub(r"[\W_]", "", key).lower()
        if isinstance(value, Number) and name in _NAMES["author"] + _NAMES["publisher"]:
            continue  # the number of a record elsewhere, as WordPress gives it
        if name not in named or (_is_empty(named[name]) and not _is_empty(value)):
            named[name] = value
    fields: dict[str, Any] = {}
    for ours, names in _NAMES.items():
        present = [named[name] for name in names if name in named]
        if present:
            fields[ours] = next((v for v in present if not _is_empty(v)), present[0])
    kind = _words(record.get("@type"))
    if _KINDS.search(kind):
        fields["kind"] = kind
    if "title" not in fields and "name" in named and ("kind" in fields or "text" in fields):
        fields["title"] = named["name"]
    return fields


def _spread(record: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    yield from record.items()
    for key, value in record.items():
        if key.lower() in _WRAPPERS and isinstance(value, dict):
            yield from value.items()


def _article(record: Mapping[str, Any]) -> Article:
    fields = _fields(record)
    text, summary = _body(fields.get("text")), _body(fields.get("summary"))
    publisher, url = _words(fields.get("publisher")), _words(fields.get("url"))
    if _is_address(publisher):
        publisher, url = "", url or publisher
    author = _words(fields.get("author"))
    return Article(
        title=_words(fields.get("title")),
        body=_longer(text, summary),
        author="" if author.isdigit() or _is_address(author) else author,
        published=_date(fields.get("published")),
        publisher="" if publisher.isdigit() else publisher,
        url=url if _is_address(url) else "",
        language=_words(fields.get("language")).split("-")[0].split("_")[0],
        licence=_words(fields.get("licence")),
    )


def _longer(text: str, summary: str) -> str:
    """Return a text, or its summary where that says more."""
    if not summary or len(only_words(text)) >= len(only_words(summary)):
        return text
    return summary


def _feed_of(value: Mapping[str, Any]) -> Feed:
    about = _article(value)
    publisher = about.publisher or about.author or only_words(about.title)
    return Feed(about.title, publisher, about.url, about.language, about.licence)


def _is_address(words: str) -> bool:
    return words.startswith(("http://", "https://"))


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | list | dict) and not _words(value).strip())


def _words(value: Any) -> str:
    """Return a value as words: a list parted by commas, an object by what it is called."""
    if isinstance(value, str):
        return str(value).strip()
    if isinstance(value, list):
        return ", ".join(words for inner in value[:20] if (words := _words(inner)))
    if isinstance(value, dict):
        if value.get("family"):
            return f"{_words(value.get('given'))} {_words(value['family'])}".strip()
        return next((words for key in _INNER if (words := _words(value.get(key)))), "")
    return ""


def _body(value: Any) -> str:
    """Return a body as text: a list gives a paragraph each."""
    if isinstance(value, Number):
        return ""
    if isinstance(value, list):
        return "\n\n".join(paragraph for inner in value if (paragraph := _body(inner)))
    if isinstance(value, dict):
        inner = next((words for key in _INNER if (words := _body(value.get(key)))), "")
        is_head = "head" in _words(value.get("type")).lower()
        return f"## {inner}" if inner and is_head else inner or _body(value.get("content"))
    return value.strip() if isinstance(value, str) else ""


def _date(value: Any) -> str:
    if isinstance(value, dict) and isinstance(value.get("date-parts"), list):
        value = value["date-parts"]
        parts: Sequence[Any] = value[0] if value and isinstance(value[0], list) else value
        return "-".join(f"{_words(part):0>2}" for part in parts[:3])
    return _words(value)
