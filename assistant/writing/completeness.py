"""Whether what is left of a model's answer tells what the sources answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.agreement import text_names
from assistant.candidates import Candidate
from assistant.finding import Found, Part
from assistant.quantities import TIME_KINDS, agree, find_quantities
from assistant.requirements import AskedWord
from assistant.short_answer import short_answer
from assistant.support import check, statement_of
from assistant.support.checking import figures_held
from assistant.weighing import Weighed
from assistant.writing.attribution import Attributed
from corpus.lexicon import load_lexicon
from index.embedding import Embedder
from index.wording import stems

_NEAR = 1.0  # how far below the best statement one may score that answers as well
_SAID = 0.7  # of what the best statement says of the asked words, by their rarity
_ANSWERING = ("kind", "time", "subject", "measure")


@dataclass(frozen=True, slots=True)
class Completeness:
    """Holds the checked sentences of an answer against what was found to answer its question."""

    found: Found
    embedder: Embedder

    def answers(self, kept: Sequence[Attributed]) -> bool:
        """Tell whether sentences tell the best of what was found for each thing that is asked.

        Of values that conflict, and of what a list is made of, each must be told, and of several
        things that the question names all that the sources speak of.
        """
        parts = [part for part in self.found.parts if part.choice.statements]
        return all(self._answers_part(part, kept) for part in parts)

    def _answers_part(self, part: Part, kept: Sequence[Attributed]) -> bool:
        chosen = part.choice.statements
        text = " ".join(each.text for each in kept)
        if _leaves_out(part, text):
            return False
        if part.choice.conflicting or part.required.question.wants_list:
            return all(any(self._tells(part, one, each) for each in kept) for one in chosen)
        return _says_as_much(part, text) and any(
            self._tells(part, one, each) for one in (chosen[0], *_as_good(part)) for each in kept
        )

    def _tells(self, part: Part, one: Weighed, sentence: Attributed) -> bool:
        """Tell whether a sentence says what a statement says, whichever statement carries it."""
        if _gives_value(part, one, sentence.text):
            return True
        if part.required.wants_figure and not _shares_figure(one, sentence.text):
            return False
        if any(_is_same(one.candidate, carrier) for carrier in sentence.carriers):
            return True
        statement = statement_of(one.candidate)
        if check(sentence.text, statement, self.embedder).verdict == "supported":
            return True
        turned = replace(statement, quote=sentence.text, before="")
        told = one.candidate.text
        is_prose = not one.candidate.is_row
        return is_prose and check(told, turned, self.embedder).verdict == "supported"


def _leaves_out(part: Part, text: str) -> bool:
    """Tell whether a text leaves out one of several things that are asked about and told of."""
    subjects = part.required.subjects
    told = [one.candidate.text for one in part.choice.statements]
    return len(subjects) > 1 and any(
        any(text_names(each, subject) for each in told) and not text_names(text, subject)
        for subject in subjects
    )


def _says_as_much(part: Part, text: str) -> bool:
    """Tell whether a text has most of the asked words that the best statement has."""
    best, told = (stems(words) for words in (part.choice.statements[0].candidate.text, text))
    asked = [word for word in part.required.words if _has(best, word)]
    said = [word for word in asked if _has(told, word)]
    return _weight(said) >= _SAID * _weight(asked)


def _weight(words: Sequence[AskedWord]) -> float:
    return sum(1 + word.rarity for word in words)


def _has(said: frozenset[str], word: AskedWord) -> bool:
    """Tell whether a text has a word: of a name that stands for several, at least half of them."""
    return 2 * len(word.stems & said) >= len(word.stems) > 0


def _as_good(part: Part) -> Sequence[Weighed]:
    """Return the statements that answer as well as the one that was chosen."""
    best = part.choice.statements[0]
    least = part.weighing.statements[0].score - _NEAR
    return [
        one
        for one in part.weighing.statements
        if one.score >= least and all(one.sign(name) >= best.sign(name) for name in _ANSWERING)
    ]


def _shares_figure(one: Weighed, text: str) -> bool:
    """Tell whether a text has a figure of a statement; true of a statement that has none."""
    held = [figure.quantity for figure in figures_held(statement_of(one.candidate))]
    told = [quantity for quantity in find_quantities(text) if quantity.kind not in TIME_KINDS]
    return not held or any(agree(each, other) for each in told for other in held)


def _gives_value(part: Part, one: Weighed, text: str) -> bool:
    """Tell whether a sentence gives the value that is asked for, of what the question names."""
    wanted = find_quantities(short_answer(part.required, one))
    told = find_quantities(text)
    if not wanted or not all(any(agree(each, has) for has in told) for each in wanted):
        return False
    lexicon = load_lexicon()
    asked = {mention.entry.id for mention in lexicon.names_in(part.required.question.text)}
    return asked <= {mention.entry.id for mention in lexicon.find_mentions(text)}


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Tell whether two statements are the same sentence, or the same row with a common cell."""
    if one.evidence.passage.id != other.evidence.passage.id:
        return False
    if one.is_row or other.is_row:
        return bool(set(one.cells) & set(other.cells))
    return one.start == other.start
