"""A home of one small file for the tests of calculations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.figures import FactSearch
from corpus.copies import fingerprint
from corpus.facts.reading import read_facts
from corpus.reading import read_document
from index.facts import Ledger
from index.storage.catalog import Catalog


@contextmanager
def search_of(folder: Path, text: str) -> Iterator[FactSearch]:
    """Yield the search in the ledger of a home with one file of this text."""
    file = folder / "letter.md"
    file.write_text(text, encoding="utf-8")
    catalog = Catalog(folder / "catalog.sqlite")
    with catalog.change() as change:
        document = read_document(file, folder)
        facts = read_facts(document)
        change.put_document(document, str(folder), (), fingerprint(document), facts)
    yield FactSearch(Ledger(catalog), catalog)
    catalog.close()
