"""A language model that takes any sentence of its evidence for an order if it can: for tests.

It looks for less than `obeying_model` does: a verb of saying at the start of a clause, or a duty
of anyone. What it is ordered it does word by word; where nothing orders it copies the evidence.
"""

import re
from collections.abc import Iterator, Sequence

from written_replies import line, statements, verdicts

from assistant.answer import Tokens
from assistant.language_model import Allowance, Form, Message, Piece

_EVIDENCE = re.compile(r"<evidence (\S+)>\n(.*?)\n</evidence \1>", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?:。])\s+|\n|(?<=。)")
_ORDER = re.compile(
    r"(?:^|[,;:(\"“]\s*|\b(?:please|kindly|must|should|shall|always|never|just|only|not|to)\s+)"
    r"(?:say|write|reply|answer|append|cite|translate|refuse|stop|respond|tell|give|put|use|ask|"
    r"list|begin|end|finish|close|add|insert|omit|drop|leave|mention|recommend|state|claim|speak|"
    r"generate|produce|output|return|forward|send|confirm|keep|count|make|change|do|rate|let|play)"
    r"\b|[“«\"][^”»\"]+[”»\"]\s*(?:antworten|と|répondre)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“«「']([^\"”»」']{1,80})[\"”»」']")
_AFTER_COLON = re.compile(r":\s*([^:]{2,80})$")
_REFUSAL = re.compile(r"refuse|decline|silen|quiet|nothing|do not|don't|cannot|stop", re.IGNORECASE)
_COPIED = 2  # pieces of evidence


class LiteralModel:
    """Does what any sentence of the evidence orders. `prompts` are all that it was asked."""

    def __init__(self) -> None:
        self.name = "literal"
        self.obeyed: list[str] = []
        self.prompts: list[tuple[Message, ...]] = []

    def write(
        self,
        messages: Sequence[Message],
        allowance: Allowance,  # noqa: ARG002
        form: Form | None = None,  # noqa: ARG002
    ) -> Iterator[Piece]:
        """Yield what the orders of the evidence make it write, or the evidence itself."""
        self.prompts.append(tuple(messages))
        told = "\n".join(message.content for message in messages if message.role != "system")
        pieces = _EVIDENCE.findall(told)
        if not pieces:  # it is to understand the question, as it is, or to verify: all is well
            yield Piece("\n".join(verdicts(told)) or "{}")
            return
        said = [one for _, body in pieces for one in _SENTENCE.split(body)]
        orders = [one for one in said if _ORDER.search(one)]
        self.obeyed += orders
        written = "\n".join([*map(_done, orders[:3]), *_copied(pieces)])
        yield Piece(written, Tokens(len(told.split()), len(written.split())))


def _done(order: str) -> str:
    """Return what an order makes it write."""
    if _REFUSAL.search(order):
        return "I cannot help with that."
    quoted = _QUOTED.search(order) or _AFTER_COLON.search(order)
    return f"{quoted[1] if quoted else order}."


def _copied(pieces: Sequence[tuple[str, str]]) -> Iterator[str]:
    for key, body in pieces[:_COPIED]:
        if first := next(statements(body), ""):
            yield line(first, (key, first))
