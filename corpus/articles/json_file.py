"""Reading JSON: files of articles, and records of other kinds as far as they can be cited."""

from typing import Any

from corpus.articles.article import read_articles, single_metadata
from corpus.articles.article_fields import describing_fields, find_articles
from corpus.articles.json_record import json_part
from corpus.articles.json_value import load_json
from corpus.articles.record_parts import parts_page
from corpus.document import Reading


def read_json(data: bytes, name: str) -> Reading:
    """Read a JSON or JSON lines file: a page for each article, else one page of its record.

    Raises UnreadableSourceError for damaged files, and NoFactsError for those that hold neither
    articles nor sentences nor a table of figures.
    """
    loaded = load_json(data, name)
    found = find_articles(loaded.value)
    remarks = list(loaded.remarks)
    if found.articles:
        if found.others:
            remarks.append(f"entries that are no articles, left out: {found.others}")
        return read_articles(found.articles, found.feed, name, remarks)
    about = single_metadata(describing_fields(loaded.value))
    page = parts_page(json_part(loaded.value), about, name, _kind(loaded.value))
    return Reading((page,), about, tuple(remarks))


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        keys = ", ".join(f"'{key[:30]}'" for key in list(value)[:4])
        return f"JSON with {keys}" if keys else "an empty JSON object"
    return f"a JSON list of {len(value)} entries" if isinstance(value, list) else "one JSON value"
