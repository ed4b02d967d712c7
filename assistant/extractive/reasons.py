"""Whether a statement says why: what answers a question for a reason.

A sentence that states the fact alone is nearest to a question why it is so, and no answer to it. A
reason is told by words of cause, by a clause that "as" or "when" opens, or by a purpose; it may
stand in the sentence behind, where that points back.
"""

import re
from dataclasses import replace
from functools import cache, lru_cache

from assistant.extractive.candidates import Candidate
from assistant.extractive.comparison import refers_back
from assistant.sentences import sentence_spans
from corpus.language.clauses import Sentence, parse_sentences
from corpus.language.vocabulary import any_form, load_vocabulary
from index.question import Question
from index.wording import plain_words

_OPENING = ("mark", "advmod")
_SUBJECTS = ("nsubj", "nsubjpass")
_NEAR_NEGATION = 4  # words before a word of cause that deny it


def asks_reason(question: Question) -> bool:
    """Tell whether a question asks why, and nothing before that: "loss of 2025 - reason?"."""
    found = _words("asked", "reason").search(question.text)
    if found is None or question.wants_overview:
        return False
    return not _words("grammar", "asking word").search(question.text, 0, found.start())


def gives_reason(text: str) -> bool:
    """Tell whether a text says why something is so."""
    return names_cause(text) or _has_clause_of_cause(text)


@lru_cache(maxsize=20_000)
def names_cause(text: str) -> bool:
    """Tell whether a text has a word of cause that it does not deny: "gives no reason"."""
    negations = load_vocabulary().words("markers", "negation")
    return any(
        not set(plain_words(text[: found.start()])[-_NEAR_NEGATION:]) & set(negations)
        for found in _words("grammar", "cause").finditer(text)
    )


def with_reason_behind(candidate: Candidate) -> Candidate:
    """Return a sentence that gives no reason with the one behind it, where that gives it."""
    passage = candidate.evidence.passage
    if candidate.is_row or passage.kind == "row" or gives_reason(candidate.text):
        return candidate
    end = candidate.end - passage.start
    behind = next((span for span in sentence_spans(passage.text) if span[0] >= end), None)
    if behind is None or "\n\n" in passage.text[end : behind[0]]:
        return candidate
    told = re.sub(r"\s+", " ", passage.text[slice(*behind)])
    if not (refers_back(told) and gives_reason(told)):
        return candidate
    return replace(candidate, text=f"{candidate.text} {told}", end=passage.start + behind[1])


@lru_cache(maxsize=4_000)
def _has_clause_of_cause(text: str) -> bool:
    """Tell whether a text holds "as it was cold" or "to save money"."""
    parsed = parse_sentences(text, [(0, len(text))])
    return any(
        _opens_clause(one, at) or _is_purpose(one, at)
        for one in parsed
        for at in range(len(one.words))
    )


def _opens_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether a word opens a clause that has a subject of its own and reports nothing."""
    word = sentence.words[at]
    opening = load_vocabulary().words("grammar", "opening a cause")
    if word.relation not in _OPENING or word.text.casefold() not in opening:
        return False
    verb = sentence.words[word.head]
    said = load_vocabulary().words("grammar", "reporting")
    has_subject = any(sentence.words[n].relation in _SUBJECTS for n in sentence.children(word.head))
    return has_subject and verb.lemma not in said


def _is_purpose(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is the verb of "to save money" beside what is done for it."""
    if sentence.words[at].relation != "advcl":
        return False
    return any(sentence.words[n].tag == "TO" for n in sentence.children(at))


@cache
def _words(table: str, kind: str) -> re.Pattern[str]:
    forms = any_form(load_vocabulary().words(table, kind))
    return re.compile(rf"(?<!\w){forms}(?!\w)", re.IGNORECASE)
