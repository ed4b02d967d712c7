"""Questions for words that a text explains: "rare-earth oxide (REO)", "Swarf is the residue of".

The long form of an abbreviation is found as in Schwartz and Hearst, "A simple algorithm for
identifying abbreviation definitions in biomedical text" (2003): the letters of the short form, from
the last to the first, in the words before the bracket, its first letter at the beginning of a word.
What a thing is said to be is read from the grammar of its sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.evaluation.case import ExpectedPlace
from assistant.evaluation.drafting.evidence import prose_place
from assistant.evaluation.drafting.proposal import Proposal
from assistant.evaluation.drafting.prose import Sentence
from corpus.language.clauses import Sentence as Parsed
from corpus.language.clauses import parse_sentences
from corpus.language.names import find_names
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import content_words, fold
from corpus.lexicon import load_lexicon

_SHORT = re.compile(r"\((?P<short>[A-Za-z][\w&./-]{1,9})\)")
_BREAK = re.compile(r"[,;:|(]")
_NOT_A_PHRASE = re.compile(r"[,;:|()\[\]“”\"]")
_LONGEST_TERM = 4  # words
_LEAST_WORDS, _MOST_WORDS = 3, 8  # of a meaning that an answer must hold


@dataclass(frozen=True, slots=True)
class _Explained:
    """A word with what it means where a sentence says so, and the question for that."""

    word: str
    meaning: str
    question: str
    answer: str
    sentence: Sentence


def definition_proposals(sentences: Iterable[Sentence]) -> Iterator[Proposal]:
    """Yield one question for each word that means the same wherever it is explained."""
    found: dict[str, list[_Explained]] = defaultdict(list)
    for sentence in sentences:
        for explained in (*_abbreviations(sentence), *_definitions(sentence)):
            found[explained.word].append(explained)
    for explanations in found.values():
        first = min(explanations, key=lambda one: len(one.meaning))
        if not all(_plain(one.meaning).startswith(_plain(first.meaning)) for one in explanations):
            continue  # a word for two things, or one that is not well understood
        yield Proposal(
            kind="definition",
            source_id=first.sentence.source.id,
            question=first.question,
            answer=first.answer,
            must_include=(tuple(dict.fromkeys(one.meaning for one in (first, *explanations))),),
            evidence=(_place(first.sentence),),
            alternates=tuple(_place(one.sentence) for one in explanations),
        )


def long_form(short: str, before: str) -> str:
    """Return the words before a bracket that its abbreviation stands for, "" for none.

    >>> long_form("REO", "Tonnages are metric tons of rare-earth oxide")
    'rare-earth oxide'
    """
    words = before.split()
    candidate = " ".join(words[-min(len(short) + 5, len(short) * 2) :])
    at = len(candidate) - 1
    for place in range(len(short) - 1, -1, -1):
        letter = short[place].lower()
        if not letter.isalnum():
            continue
        while at >= 0 and (
            candidate[at].lower() != letter
            or (place == 0 and at > 0 and candidate[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return ""
        at -= 1
    start = candidate.rfind(" ", 0, at + 2) + 1
    return candidate[start:]


# -- abbreviations


def _abbreviations(sentence: Sentence) -> Iterator[_Explained]:
    for match in _SHORT.finditer(sentence.text):
        short = match["short"]
        before = _BREAK.split(sentence.text[: match.start()])[-1].strip()
        words = _without_function_words(long_form(short, before))
        last = before.split()[-1:]
        if last and _is_symbol(short, last[0]):
            asked = f"What is the chemical symbol of {last[0].lower()}?"
            yield _Explained(short, short, asked, short, sentence)
        elif _explains(words, short):
            yield _Explained(short, words, f"What does {short} stand for?", words, sentence)


def _explains(words: str, short: str) -> bool:
    if short[-1] == "s" and short[:-1].isupper():
        return False  # a plural: "REEs"
    if sum(letter.isupper() for letter in short) < 2 or _NOT_A_PHRASE.search(words):
        return False
    return len(content_words(words)) >= 2 and len(words) > len(short) + 3 and short not in words


def _is_symbol(short: str, word: str) -> bool:
    element = load_lexicon().elements.get(word.lower())
    return element is not None and element.symbol == short


def _without_function_words(words: str) -> str:
    function = load_vocabulary().row("stopwords", "function")["words"].split()
    parts = words.split()
    while parts and parts[0].lower() in function:
        parts.pop(0)
    return " ".join(parts)


# -- definitions


def _definitions(sentence: Sentence) -> Iterator[_Explained]:
    """Yield what the sentence says that its subject is: a thing, by a noun with an article."""
    if not 0 < sentence.text.find(" is a") < _LONGEST_TERM * 16:
        return
    [parsed] = parse_sentences(sentence.text, [(0, len(sentence.text))])
    for clause in parsed.clauses:
        words = parsed.words
        is_said = words[clause.predicate].lemma == "be" and clause.outer == -1
        if not is_said or clause.is_negated or clause.subject < 0 or clause.auxiliaries:
            continue
        term = _text(parsed, parsed.subtree(clause.subject))
        told = [at for at in clause.objects if words[at].relation == "attr"]
        if not told or not _is_term(term, parsed, clause.subject):
            continue
        meaning = _kind(parsed, told[0])
        if len(meaning.split()) >= _LEAST_WORDS:
            answer = _text(parsed, parsed.subtree(told[0]))
            named = _without_function_words(term)
            is_name = words[clause.subject].is_name and not find_names(named)
            named = named if is_name else named[0].lower() + named[1:]
            yield _Explained(fold(named), meaning, f"What is {named}?", answer, sentence)


def _is_term(term: str, parsed: Parsed, subject: int) -> bool:
    """Tell whether a subject is a word for a kind of thing: no name, no pronoun, not "this"."""
    word = parsed.words[subject]
    is_noun = word.tag in ("NN", "NNP") and parsed.subtree(subject)[0] == 0
    determiners = [parsed.words[at] for at in parsed.children(subject)]
    is_this = any(one.tag in ("DT", "PRP$", "WDT", "CD") for one in determiners)
    is_known = any(not mention.name.is_material for mention in find_names(term))
    is_short = len(term.split()) <= _LONGEST_TERM and not _NOT_A_PHRASE.search(term)
    return is_noun and is_short and not is_this and not is_known


def _kind(parsed: Parsed, noun: int) -> str:
    """Return the first words of what a thing is said to be, "" where it is one among known ones."""
    children = [parsed.words[at] for at in parsed.children(noun)]
    articles = [one.lemma for one in children if one.relation == "det"]
    if articles not in (["a"], ["an"]):
        return ""  # "the largest producer" is no definition
    words = _text(parsed, parsed.subtree(noun)).split()[1 : _MOST_WORDS + 1]
    while words and not content_words(words[-1]):
        words.pop()
    return _BREAK.split(" ".join(words))[0].strip()


def _text(parsed: Parsed, words: tuple[int, ...]) -> str:
    return parsed.text[parsed.words[words[0]].start : parsed.words[words[-1]].end]


def _place(sentence: Sentence) -> ExpectedPlace:
    return prose_place(sentence.source, sentence.page, sentence.start, sentence.end)


def _plain(words: str) -> str:
    """Return a meaning for comparing: hyphens, plural and capitals aside."""
    return re.sub(r"\W+", " ", fold(words)).strip().removesuffix("s")
