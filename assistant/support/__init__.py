"""The support check: whether the words of a source carry a sentence."""

from assistant.support.checking import check
from assistant.support.statement import Statement, statement_of
from assistant.support.support import Reason, Support

__all__ = ["Reason", "Statement", "Support", "check", "statement_of"]
