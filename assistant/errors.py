"""Errors of answering and evaluating.

AnswerError
├── SettingsError     a setting has a value that cannot be used
├── CaseFileError     a case file has a bad line; the message names it
└── RunMismatchError  a run folder was made with other settings or another index
"""


class AnswerError(Exception):
    """Base of all errors of answering, citing and evaluating."""


class SettingsError(AnswerError):
    """A setting has a value that cannot be used."""


class CaseFileError(AnswerError):
    """A case file has a bad line."""


class RunMismatchError(AnswerError):
    """A run folder was made with other settings or over another index."""
