"""Errors of reading sources.

CorpusError
├── UnreadableSourceError   this one file cannot be read; the message says why and what to do
├── QuoteNotPrintedError    the words that are to be marked are not on the printed page
├── UnsupportedFormatError  no reader knows files of this kind
├── NoFactsError            the file can be read, but holds nothing that could be cited
├── WebError                an address of the web may not be asked, or does not answer as it should
└── PluginError             what an installed package adds cannot be used
"""


class CorpusError(Exception):
    """Base of all errors that reading a source can end in."""


class UnreadableSourceError(CorpusError):
    """The file is of a kind we read, but this one cannot be read."""


class QuoteNotPrintedError(CorpusError):
    """The words that are to be marked are not found on the printed page."""


class UnsupportedFormatError(CorpusError):
    """No reader knows files of this kind."""


class NoFactsError(CorpusError):
    """The file holds nothing that could be cited, such as a page that a script fills in."""


class WebError(CorpusError):
    """An address of the web may not be asked, or what it answers cannot be taken."""


class PluginError(CorpusError):
    """What an installed package adds cannot be loaded or has failed; the message names it."""
