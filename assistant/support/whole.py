"""Whether a statement carries a sentence of an answer whole: nothing added, left out or turned.

`check` judges a claim that somebody else wrote, and finds the source that is meant. A sentence that
is shown as an answer must say no more than its source, so each of its words is looked at.
"""

import re

from assistant.answer import Verdict
from assistant.support.added_words import added_words, own_share
from assistant.support.checking import figures_held, find_reasons
from assistant.support.context import in_words
from assistant.support.exactness import check_exactness
from assistant.support.little_words import check_little_words
from assistant.support.order import check_order
from assistant.support.pairing import check_pairing
from assistant.support.reading import read_sentence
from assistant.support.setting import check_cells, check_setting
from assistant.support.sources_named import check_sources_named
from assistant.support.statement import Statement
from assistant.support.support import Reason, Support

_NOBODY = re.compile(r"^((?:No (?:\w+ ){1,3}|Nobody ))(?:may|can|is allowed to|is permitted to)\b")
_WHOLE_YEAR = re.compile(r"\b(?:the )?whole of (?=(?:FY ?)?20\d\d\b)")


def check_whole(sentence: str, statement: Statement, question: str = "") -> Support:
    """Return whether a statement carries a sentence whole, or "not_found" and why.

    What the question names, its year and period, a sentence need not repeat.
    """
    sentence = _WHOLE_YEAR.sub("", _NOBODY.sub(r"\1shall", sentence))
    as_it_stands = _check(sentence, statement, question)
    if as_it_stands.verdict == "supported":
        return as_it_stands
    if any(check_pairing(read_sentence(sentence), statement)):
        return as_it_stands  # of what is listed, no figure may lose what stands in its place
    others = (_check(sentence, one, question) for one in in_words(statement))
    return next((one for one in others if one.verdict == "supported"), as_it_stands)


def _check(sentence: str, statement: Statement, question: str) -> Support:
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
        *check_pairing(claim, statement),
        *check_cells(claim, statement),
        *check_setting(claim, held, statement, question),
    )
