"""Errors of answering and evaluating.

AnswerError
├── SettingsError     a setting has a value that cannot be used
├── LanguageModelError   the language model cannot be reached, or does not answer as one
│   ├── UnreachableModelError  nobody answers at its address
│   ├── EvidenceTooLongError  it has no room for what it is given
│   └── ModelStoppedError    the reader stopped the answer (assistant.language_model)
├── EntailmentModelError  the entailment model that was set cannot be used
├── CaseFileError     a case file has a bad line; the message names it
├── ThresholdsError   a file of thresholds cannot be used
├── RunMismatchError  a run folder was made with other settings or another index
├── CaseProcessError  a process that answers cases does not start
├── RunLockedError    another process is running cases into the same folder
├── DraftError        a draft cannot be read, or its check cannot be written
├── SignInError       nobody is signed in, or who is has no role here
│   └── ExpiredSignInError   the sign-in is too old
├── ForbiddenError    the role of a person does not allow what was asked for
├── ProviderError     the OpenID provider does not answer as one
├── ServingError      the server cannot start, or a token cannot be made or revoked
├── NoSourceError     no source fits the filters, or there is none yet
├── CollectionError   no collection has the name, or it cannot be kept
├── RecordError       no record of an answer has the id
│   └── DamagedRecordError   what is recorded cannot be used
├── DeskError         a conversation or a rating is not there, or cannot be kept
├── RadarError        what is subscribed to cannot be kept or is not there
├── CitationStyleError  a citation style cannot be used
├── ProofError        a proof bundle cannot be made, or is none that can be trusted
├── TableError        no table came out where one was asked for, or it cannot be written
└── BudgetUsedUpError a run stopped because it may spend no more; what it has is kept
"""


class AnswerError(Exception):
    """Base of all errors of answering, citing and evaluating."""


class SettingsError(AnswerError):
    """A setting has a value that cannot be used."""


class LanguageModelError(AnswerError):
    """The language model that was set cannot be reached, or does not answer as one."""


class UnreachableModelError(LanguageModelError):
    """Nobody answers at the address of the language model."""


class EvidenceTooLongError(LanguageModelError):
    """The language model has no room for the evidence that it is given."""


class EntailmentModelError(AnswerError):
    """The entailment model that was set cannot be loaded, or is none."""


class CaseFileError(AnswerError):
    """A case file has a bad line."""


class RunMismatchError(AnswerError):
    """A run folder was made with other settings or over another index."""


class ThresholdsError(AnswerError):
    """A file of thresholds cannot be used."""


class CaseProcessError(AnswerError):
    """A process that answers cases does not start."""


class RunLockedError(AnswerError):
    """Another process is running cases into the same folder."""


class DraftError(AnswerError):
    """A draft cannot be read, or what was found of it cannot be written."""


class SignInError(AnswerError):
    """Nobody is signed in, or who is has no role here."""


class ExpiredSignInError(SignInError):
    """The sign-in is too old."""


class ForbiddenError(AnswerError):
    """The role of a person does not allow what was asked for."""


class ProviderError(AnswerError):
    """The OpenID provider does not answer as one."""


class ServingError(AnswerError):
    """The server cannot start, or a token cannot be made or revoked."""


class NoSourceError(AnswerError):
    """No source fits the filters that were set, or the home holds none."""


class CollectionError(AnswerError):
    """No collection has the name, or it cannot be kept."""


class RecordError(AnswerError):
    """No record of an answer has the id."""


class DamagedRecordError(RecordError):
    """A record, or the file of all records, cannot be used."""


class DeskError(AnswerError):
    """A conversation is not there, or what readers do with answers cannot be kept."""


class ProofError(AnswerError):
    """A proof bundle cannot be made, or is damaged, changed or none."""


class TableError(AnswerError):
    """No table came out of the sources where one was asked for, or it cannot be written."""


class BudgetUsedUpError(AnswerError):
    """A run may spend no more; what it has so far is kept."""


class RadarError(AnswerError):
    """What is subscribed to, or was found of it, cannot be kept, or is not there."""


class CitationStyleError(AnswerError):
    """A citation style is not known, or the library that reads it is not installed."""
