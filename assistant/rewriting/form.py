"""Whether a line that a language model wrote is one plain question and nothing else."""

import re
from collections.abc import Sequence

from assistant.rewriting.said import asked_for
from assistant.sentences import sentence_spans
from corpus.language import find_language

_MOST_LETTERS = 400
_MOST_ADDED = 80  # letters, to a question that is longer
_MARKUP = re.compile(r"[<>\[\]{}|`*_#\\~^@]|https?:|www\.|!\[")
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|instructions?|prompts?|pretend|reveal|password|api key|"
    r"as an ai|you (?:are|must|should|will))\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|"
    r"list|name|compare|give|show|define|explain|describe)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:the )?(?:one |standalone |rewritten |final )?question:\s*(?=\S)", re.IGNORECASE
)
_SCRIPT = re.compile(
    r"(?P<latin>[A-Za-z\u00c0-\u024f])|(?P<han>[\u3400-\u9fff])|(?P<kana>[\u3041-\u30ff])"
    r"|(?P<cyrillic>[\u0400-\u04ff])|(?P<other>[^\W\d_])"
)


def plain_line(line: str) -> str:
    """Return a line without a label before it and without quotes around it."""
    line = _LABEL.sub("", line.strip())
    quoted = re.fullmatch(r"[\"“'‘](.*)[\"”'’]", line)
    return quoted[1].strip() if quoted else line


def fault_of_form(line: str, given: Sequence[str]) -> str:
    """Return why a line is no plain question as the given ones are, "" where it is one."""
    question = " ".join(dict.fromkeys(given))
    if not re.search(r"\w", line):
        return "it is empty"
    if len(line) > max(_MOST_LETTERS, len(question) + _MOST_ADDED):
        return "it is too long"
    if not line.isprintable():
        return "it has more than one line, or signs that do not show"
    if any(sign not in question for sign in _MARKUP.findall(line)):
        return "it has markup, a link or a key"
    if any(order.lower() not in question.lower() for order in _ORDERS.findall(line)):
        return "it gives an instruction"
    if not line.endswith("?") and question.rstrip().endswith("?"):
        return "it is no question"
    if not asked_for(line) and not _ASKS.match(line):
        return "it is no question"
    if len(sentence_spans(line)) > max(len(sentence_spans(one)) for one in given):
        return "it is more than one question"
    if _scripts(line) - _scripts(question) or _is_of_another_language(line, question):
        return "it is in another language"
    return ""


def _scripts(text: str) -> set[str]:
    return {match.lastgroup or "" for match in _SCRIPT.finditer(text)}


def _is_of_another_language(line: str, question: str) -> bool:
    languages = {find_language(line), find_language(question)} - {""}
    return len(languages) > 1
