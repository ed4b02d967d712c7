"""Articles in JSON and feeds, and records in JSON and other XML."""

from corpus.articles.feed import read_xml
from corpus.articles.json_file import read_json

__all__ = ["read_json", "read_xml"]
