"""The draft of a report, checked sentence by sentence against the sources, and given back."""

from assistant.drafts.check_process import check_processes
from assistant.drafts.checked import (
    CheckedSentence,
    Decision,
    checked_to_json,
    count_verdicts,
    counts_told,
)
from assistant.drafts.draft import DRAFT_ENDINGS, Draft, DraftSentence, draft_of, read_draft
from assistant.drafts.journal import CheckJournal
from assistant.drafts.model_checking import Reader, check_by_model
from assistant.drafts.rule_checking import check_by_rules

__all__ = [
    "DRAFT_ENDINGS",
    "CheckJournal",
    "CheckedSentence",
    "Decision",
    "Draft",
    "DraftSentence",
    "Reader",
    "check_by_model",
    "check_by_rules",
    "check_processes",
    "checked_to_json",
    "count_verdicts",
    "counts_told",
    "draft_of",
    "read_draft",
]
