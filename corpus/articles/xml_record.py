"""XML that is no feed: what it says of itself, and what it holds as one page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.articles.article import Article, single_metadata
from corpus.articles.record_parts import Part, parts_page
from corpus.articles.xml_names import ELSEWHERE, FIELDS
from corpus.articles.xml_parts import element_part
from corpus.articles.xml_words import children_of, local_name, named_words, words_of
from corpus.dating.written_dates import read_date
from corpus.document import Metadata, Reading
from corpus.errors import NoFactsError

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_FIRST_YEAR = re.compile(r"(?:18|19|20)\d\d")
_MOST_YEARS = 60
_MOST_AUTHORS = 20


def read_xml_record(root: Any, name: str) -> Reading:
    """Return an XML document as a page of its sections, paragraphs and named values.

    Raises NoFactsError for XBRL and for documents without sentences.
    """
    if local_name(root) == "xbrl":
        raise NoFactsError(
            f"{name}: is an XBRL instance, whose facts are not read; add the filing as HTML or PDF"
        )
    about = _about(root)
    whole = Part("group", parts=(element_part(root, is_alone=False),))
    page = parts_page(whole, about, name, f"XML of <{local_name(root)}>")
    return Reading((page,), about)


def _about(root: Any) -> Metadata:
    fields = {field: _field(root, field) for field in FIELDS}
    url = fields["url"]
    if url.startswith("10."):
        url = f"https://doi.org/{url}"
    author, publisher = fields["author"], fields["publisher"]
    article = Article(
        title=fields["title"],
        author="" if author == publisher else author,
        publisher=publisher,
        published=fields["published"],
        url=url if url.startswith(("http://", "https://")) else "",
        language=_language_code(fields["language"] or root.get(_LANGUAGE, "")),
        licence=fields["licence"],
    )
    return replace(single_metadata(article), edition=fields["edition"], data_years=_years(root))


def _field(root: Any, field: str) -> str:
    """Return the words of the first element of the best name that has any."""
    found: dict[str, dict[str, None]] = {}
    for element in _of_this(root):
        name = local_name(element)
        if name in FIELDS[field] and _fits(words := named_words(element), field):
            found.setdefault(name, {})[words] = None
    values = next((list(found[name]) for name in FIELDS[field] if name in found), [""])
    return ", ".join(values[:_MOST_AUTHORS]) if field == "author" else values[0]


def _fits(words: str, field: str) -> bool:
    if field == "published":
        return read_date(words) != ""
    return words.startswith(("http", "10.")) if field == "url" else words != ""


def _of_this(element: Any) -> Iterator[Any]:
    """Yield an element and those in it that do not speak of other documents."""
    yield element
    for child in children_of(element):
        if local_name(child) not in ELSEWHERE:
            yield from _of_this(child)


def _years(root: Any) -> tuple[int, ...]:
    """Return the years of the stretch of time that a record says its data cover."""
    edges = [
        int(match.group())
        for element in _of_this(root)
        if local_name(element) in ("begdate", "beginposition", "enddate", "endposition")
        and (match := _FIRST_YEAR.match(words_of(element).text))
    ]
    if not edges or max(edges) - min(edges) > _MOST_YEARS:
        return ()
    return tuple(range(min(edges), max(edges) + 1))


def _language_code(named: str) -> str:
    """Return a code of two letters, which is what sources have; those of three are not read."""
    code = re.split(r"[-_]", named.lower())[0]
    return code if len(code) == 2 else ""
