"""Answers that were rated down as evaluation cases to be reviewed."""

from pathlib import Path

from assistant.desk.ratings import Ratings
from assistant.errors import RecordError
from assistant.evaluation.case import Case
from assistant.evaluation.drafting.review import Draft
from assistant.records import AnswerRecords


def draft_rated_cases(home: Path) -> tuple[Draft, ...]:
    """Return a draft for each answer of a home that was rated down, its reason as the note.

    What is expected is left to the reviewer. An answer that is no longer recorded is left out.
    Raises DeskError where the ratings cannot be read.
    """
    records = AnswerRecords(home)
    drafts = []
    for rating in Ratings(home).all():
        if rating.is_good:
            continue
        try:
            record = records.get(rating.record_id)
        except RecordError:
            continue
        question = str(record.answer["question"])
        case = Case(f"rated-{record.id}", question, turns=record.turns, kind="rated_down")
        drafts.append(Draft(case, note=rating.reason))
    return tuple(drafts)
