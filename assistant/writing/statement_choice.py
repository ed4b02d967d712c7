"""The way of a small model that cannot quote: it points at statements, which are shown as they are.

What is shown stands in the sources word for word, so that nothing need be verified.
"""

import re
from collections.abc import Sequence

from assistant.prompts import choosing_messages
from assistant.writing.model_calls import ModelCalls

_SHARE = 1.0  # of the time that is left
_LONGEST_REPLY = 200
_MOST_CHOSEN = 6
_NUMBER = re.compile(r"\d{1,3}")


def choose_statements(
    question: str, statements: Sequence[str], calls: ModelCalls
) -> tuple[int, ...]:
    """Return the places of the statements that a model finds to answer, the best first."""
    reply = calls.whole("writing", choosing_messages(question, statements), _SHARE, _LONGEST_REPLY)
    numbers = (int(found) - 1 for found in _NUMBER.findall(reply))
    places = dict.fromkeys(at for at in numbers if 0 <= at < len(statements))
    return tuple(places)[:_MOST_CHOSEN]
