"""Errors of reading sources.

CorpusError
├── UnreadableSourceError   this one file cannot be read; the message says why and what to do
└── UnsupportedFormatError  no reader knows files of this kind
"""


class CorpusError(Exception):
    """Base of all errors that reading a source can end in."""


class UnreadableSourceError(CorpusError):
    """The file is of a kind we read, but this one cannot be read."""


class UnsupportedFormatError(CorpusError):
    """No reader knows files of this kind."""
