"""Follow-ups and questions of several parts reworded by a language model, under checks."""

from assistant.rewriting.following import Rewritten, rewrite
from assistant.rewriting.parting import Split, split
from assistant.rewriting.wording import Wording

__all__ = ["Rewritten", "Split", "Wording", "rewrite", "split"]
