"""An entailment model's opinion of what the check holds supported, where the reader named one.

It can lower a verdict and never raise one.
"""

from dataclasses import replace

from assistant.entailment import Entailment
from assistant.support.statement import Statement
from assistant.support.support import Reason, Support

_LEAST = 0.5  # how likely a sentence must follow to stay supported
_LEAST_PARTLY = 0.2


def lower(sentence: str, statement: Statement, support: Support, entailment: Entailment) -> Support:
    """Return the verdict on a sentence, lowered where a model does not see it follow.

    Only what is supported is judged; what is not stays as it is.
    """
    if support.verdict != "supported":
        return support
    [judged] = entailment.judge(sentence, ["\n".join((statement.title, statement.quote))])
    likely = judged.supported
    if likely >= _LEAST:
        return support
    reasons = (*support.reasons, Reason("entailment", f"{likely:.2f}", False))
    if likely >= _LEAST_PARTLY:
        return replace(support, verdict="partly", reasons=reasons)
    return replace(support, verdict="not_found", reasons=reasons)
