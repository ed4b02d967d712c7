"""Whether a statement carries a sentence of an answer whole: nothing added, left out or turned.

`check` judges a claim that somebody else wrote, and finds the source that is meant. A sentence that
is shown as an answer must say no more than its source, so each of its words is looked at.
"""

from assistant.answer import Verdict
from assistant.support.added_words import added_words, own_share
from assistant.support.checking import figures_held, find_reasons
from assistant.support.exactness import check_exactness
from assistant.support.little_words import check_little_words
from assistant.support.order import check_order
from assistant.support.reading import read_sentence
from assistant.support.setting import check_cells, check_setting
from assistant.support.sources_named import check_sources_named
from assistant.support.statement import Statement
from assistant.support.support import Reason, Support


def check_whole(sentence: str, statement: Statement, question: str = "") -> Support:
    """Return whether a statement carries a sentence whole, or "not_found" and why.

    What the question names, its year and period, a sentence need not repeat.
    """
    added = next(added_words(sentence, statement), "")
    if added:
        return Support("not_found", (Reason("words", added, False),))
    reasons = _reasons(sentence, statement, question)
    verdict: Verdict = "not_found" if reasons else "supported"
    return Support(verdict, reasons, 1.0, own_share(sentence, statement))


def _reasons(sentence: str, statement: Statement, question: str) -> tuple[Reason, ...]:
    """Return what stands against a statement's carrying a sentence whole, added words aside."""
    claim = read_sentence(sentence)
    held = figures_held(statement)
    return (
        *find_reasons(claim, held, statement),
        *check_exactness(claim, held, statement),
        *check_little_words(claim, statement, question),
        *check_sources_named(sentence, statement),
        *check_order(sentence, statement),
        *check_cells(claim, statement),
        *check_setting(claim, held, statement, question),
    )
