"""All facts of a document: of the cells of its tables, and of its sentences."""

from collections.abc import Iterator

from corpus.document import Document
from corpus.facts.cells import cell_facts
from corpus.facts.fact import Fact
from corpus.facts.sentences import sentence_facts
from corpus.language.vocabulary import Vocabulary

FACTS_VERSION = 8  # raise it when the same pages would be read another way


def read_facts(document: Document, vocabulary: Vocabulary | None = None) -> tuple[Fact, ...]:
    """Return what the pages of a document say, in their order."""
    return tuple(_facts(document, vocabulary))


def _facts(document: Document, vocabulary: Vocabulary | None) -> Iterator[Fact]:
    for page in document.pages:
        for block in page.blocks:
            read = cell_facts if block.kind == "row" else sentence_facts
            yield from read(document.source, page, block, vocabulary)
