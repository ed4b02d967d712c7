"""The sentences of a library's prose, in their places."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.sentences import sentence_spans
from corpus.document import Page, Source
from index.storage.catalog import Catalog

_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a page; `text` has its line breaks as spaces."""

    source: Source
    page: Page
    start: int
    end: int
    text: str


def read_sentences(catalog: Catalog, sources: Iterable[Source]) -> Iterator[Sentence]:
    """Yield the sentences of the prose of sources, in their order."""
    for source in sources:
        for page in catalog.pages(source.id):
            for block in page.blocks:
                if block.kind == "prose":
                    text = page.text[block.start : block.end]
                    for start, end in sentence_spans(text):
                        if end - start <= _LONGEST:
                            told = re.sub(r"\s+", " ", text[start:end])
                            at = block.start
                            yield Sentence(source, page, at + start, at + end, told)
