"""All facts of a document: of the cells of its tables, and of its sentences."""

from corpus.document import Document
from corpus.facts.cells import cell_facts
from corpus.facts.fact import Fact
from corpus.language.vocabulary import Vocabulary


def read_facts(document: Document, vocabulary: Vocabulary | None = None) -> tuple[Fact, ...]:
    """Return what the pages of a document say, in their order."""
    return tuple(
        fact
        for page in document.pages
        for block in page.blocks
        for fact in cell_facts(document.source, page, block, vocabulary)
    )
