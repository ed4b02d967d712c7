"""Articles of a feed or dump: one page each, and what the file as a whole is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.articles.article_body import looks_like_html, only_words, write_body
from corpus.dating.written_dates import read_date
from corpus.document import Metadata, Page, Reading
from corpus.errors import NoFactsError
from corpus.page_writer import PageWriter

_LABEL_CHARS = 60
_LICENCE_CHARS = 200
_NAMED_REMARKS = 5  # more of one kind are counted, not named
_CUT = re.compile(r"(?:…|\.\.\.)? ?\[\+?\d+ chars\]$")  # NewsAPI: "… [+2345 chars]"
_CUT_CHARS = 40
_BY = re.compile(r"by[\s:]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Article:
    """An article as a file gives it. `body` is plain text, Markdown or HTML."""

    title: str = ""
    body: str = ""
    author: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a file of several articles says of itself."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    licence: str = ""


_NO_FEED = Feed()


def read_articles(
    articles: Sequence[Article], feed: Feed, name: str, remarks: Sequence[str] = ()
) -> Reading:
    """Return the articles as pages in their order; those without text are left out and named.

    Raises NoFactsError where none has text.
    """
    pages: list[Page] = []
    kept: list[Article] = []
    silent: list[str] = []
    cut: list[str] = []
    for position, article in enumerate(articles, start=1):
        called = f"article {position}" + (f" '{_label(article)}'" if _label(article) else "")
        page = _article_page(article, feed, len(pages) + 1)
        if page is None:
            silent.append(called)
            continue
        if _without_cut(article.body) != article.body.rstrip():
            cut.append(called)
        pages.append(page)
        kept.append(article)
    if not pages:
        raise NoFactsError(
            f"{name}: none of its {len(articles)} articles has text; fetch them with their bodies"
        )
    remarks = (
        *remarks,
        *_listed(silent, "has no text", "have no text"),
        *_listed(cut, "is cut short", "are cut short"),
    )
    alone = len(articles) == 1
    metadata = single_metadata(kept[0], feed) if alone else _of_many(kept, feed)
    return Reading(tuple(pages), metadata, remarks)


def single_metadata(article: Article, feed: Feed = _NO_FEED) -> Metadata:
    """Return the metadata of a file that is one article, or a record that says as much."""
    return Metadata(
        title=only_words(article.title),
        author=_author(article),
        published=_date(article),
        publisher=only_words(article.publisher) or feed.publisher,
        url=article.url,
        language=article.language or feed.language,
        licence=_shortened(only_words(article.licence)) or feed.licence,
    )


def _article_page(article: Article, feed: Feed, number: int) -> Page | None:
    """Return the page of an article, or None where it has no text."""
    writer = PageWriter(number, _label(article))
    title = only_words(article.title)
    if title:
        writer.heading(title)
    who = (_author(article), _date(article), only_words(article.publisher) or feed.publisher)
    byline = ", ".join(part for part in who if part)
    if byline:
        writer.prose(byline)
    written = write_body(writer, _without_cut(article.body), title)
    return writer.page() if written else None


def _label(article: Article) -> str:
    title = only_words(article.title)
    if len(title) <= _LABEL_CHARS:
        return title
    whole_words, _, _ = title[: _LABEL_CHARS + 1].rpartition(" ")
    return (whole_words or title[:_LABEL_CHARS]).rstrip(" ,;:-")


def _without_cut(body: str) -> str:
    """Return a body without the remark that it is cut short."""
    body = body.rstrip()
    return body[:-_CUT_CHARS] + _CUT.sub("", body[-_CUT_CHARS:])


def _author(article: Article) -> str:
    author = only_words(article.author) if looks_like_html(article.author) else article.author
    return _BY.sub("", author.strip(), count=1) if _BY.match(author.strip()) else author.strip()


def _date(article: Article) -> str:
    return read_date(article.published) or article.published.strip()


def _of_many(articles: Sequence[Article], feed: Feed) -> Metadata:
    return Metadata(
        title=only_words(feed.title),
        publisher=feed.publisher or _shared([only_words(each.publisher) for each in articles]),
        published=max((read_date(each.published) for each in articles), default=""),
        url=feed.url,
        language=feed.language or _shared([each.language for each in articles]),
        licence=only_words(feed.licence) or _shared([only_words(a.licence) for a in articles]),
    )


def _shortened(words: str) -> str:
    """Return the first sentence of a long statement, or "" where that is long too."""
    if len(words) <= _LICENCE_CHARS:
        return words
    first = re.match(rf".{{1,{_LICENCE_CHARS}}}?[.;](?=\s)", words)
    return first.group() if first else ""


def _shared(values: Sequence[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""


def _listed(articles: Sequence[str], one: str, many: str) -> list[str]:
    remarks = [f"{called} {one}" for called in articles[:_NAMED_REMARKS]]
    if len(articles) > _NAMED_REMARKS:
        remarks.append(f"{len(articles) - _NAMED_REMARKS} more articles {many}")
    return remarks
