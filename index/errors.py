"""Errors of the index.

IndexingError
├── HomeLockedError        another process is writing to this home
├── StaleIndexError        the index was built with other settings than it is opened with
├── EmbeddingModelError    the embedding model cannot be found, or is not what it should be
└── UnknownSourceError     no source has the id that was named
"""


class IndexingError(Exception):
    """Base of all errors of adding to, opening and searching the index."""


class HomeLockedError(IndexingError):
    """Another process is writing to this home."""


class StaleIndexError(IndexingError):
    """The index was built with other settings than it is opened with."""


class EmbeddingModelError(IndexingError):
    """The embedding model cannot be found, or is not what it should be."""


class UnknownSourceError(IndexingError):
    """No source has the id that was named."""
