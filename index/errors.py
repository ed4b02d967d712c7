"""Errors of the index.

IndexingError
├── HomeLockedError        another process is writing to this home
├── StaleIndexError        the index was built with other settings than it is opened with
├── EmbeddingModelError    the embedding model cannot be found, or is not what it should be
├── ArchiveError           a home cannot be put into an archive, or made of one
├── UploadError            what was sent is no source, or its name cannot be one
│   └── UploadNameTakenError   another source was sent under this name
├── FollowingError         what is followed cannot be read
│   ├── NotFollowedError       an address is not followed
│   ├── FetchingElsewhereError another process is fetching for this home
│   └── IntervalError          what was given is no interval
├── VectorServerError      a Chroma server refuses what is asked of it
│   └── SilentServerError      it does not answer
├── ClusterError           a Ray cluster cannot be used, or failed
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


class ArchiveError(IndexingError):
    """A home cannot be put into an archive, or the archive is damaged or none."""


class UploadError(IndexingError):
    """What was sent cannot be read as a source, or its name cannot be that of a file."""


class UploadNameTakenError(UploadError):
    """Another source was sent under this name and is still there."""


class VectorServerError(IndexingError):
    """A Chroma server refuses what is asked of it."""


class SilentServerError(VectorServerError):
    """A Chroma server does not answer."""


class ClusterError(IndexingError):
    """A Ray cluster cannot be used, or failed while it was at work."""


class UnknownSourceError(IndexingError):
    """No source has the id that was named."""


class FollowingError(IndexingError):
    """What is followed cannot be read, or not as it was asked for."""


class NotFollowedError(FollowingError):
    """An address is not followed."""


class FetchingElsewhereError(FollowingError):
    """Another process is fetching for this home."""


class IntervalError(FollowingError):
    """What was given is no interval in which addresses can be looked at."""
