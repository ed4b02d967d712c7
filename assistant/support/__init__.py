"""The support check: whether the words of a source carry a sentence."""

from assistant.support.checking import check
from assistant.support.statement import Statement, statement_of
from assistant.support.support import Reason, Support
from assistant.support.whole import check_whole

__all__ = ["Reason", "Statement", "Support", "check", "check_whole", "statement_of"]
