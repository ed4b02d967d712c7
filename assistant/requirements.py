"""What a question requires of a statement that answers it.

Whom and what it names, the time it speaks of, the kind of thing it wants, and the words that say
what is asked. Finding looks for all words alike; answering has to know which of them may not miss.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.subjects import Subject, subjects_named
from assistant.times import Times, times_asked
from assistant.wanted import ASKING, KIND_WORDS, Wanted, kind_wanted
from corpus.language.periods import find_years
from index.question import Question
from index.wording import SCAFFOLDING, plain_words, stem, words

_WORD = re.compile(r"[^\W_]+(?:[.,'’+-]?[^\W_]+)*")


_TIME_WORD = re.compile(
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"q[1-4]|h[12]|fy\d*|quarter|half|first|second|third|fourth|last|full|whole|fiscal|financial|"
    r"calendar|year|years|annual|yearly|end|beginning|start|early|late|mid|since|until|ago|earlier|"
    r"later|now|today|current|currently|latest|newest|recent|actually|really|altogether|far"
)
_LIGHT = frozenset(  # verbs and asides that say nothing of what is asked
    """come comes came coming go goes went going gone put puts take takes took known here account
    think thought exactly roughly approximately""".split()
)
_YEARS = re.compile(r"(?:19|20)\d\d[-–/]\d\d(?:\d\d)?")
_BACKGROUND = frozenset(("RE", "REs"))  # what all sources speak of


_LINKS = frozenset(
    """a an the is are was were be been does did do has have had can could will would should may of
    in on at for from to by with under over than as and or its their that it per until since after
    before into about during between against within without not s there""".split()
)
_COUNTING = frozenset(("number", "amount", "quantity", "total", "sum", "volume"))
_LONGEST_FOCUS = 4


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word that says what is asked; `text[start:end]` of the question, with its rarity."""

    text: str
    start: int
    end: int
    stems: frozenset[str]
    rarity: float


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a statement must hold to answer a question."""

    question: Question
    subjects: tuple[Subject, ...]
    sources: tuple[Subject, ...]  # whose word is asked for
    words: tuple[AskedWord, ...]
    times: Times
    wanted: Wanted
    focus: tuple[int, ...] = ()  # which of `words` name the very thing asked for

    @property
    def wants_figure(self) -> bool:
        """Whether a figure is asked for."""
        return self.wanted in ("mass", "money", "percent", "count", "figure", "duration")


def requirements(question: Question, rarity: Mapping[str, float]) -> Requirements:
    """Return what a question requires; `rarity` is that of its words, as `asked_words` gives."""
    wanted = kind_wanted(question)
    named, sources = subjects_named(question)
    inside = {stem(word) for one in (*named, *sources) for word in words(one.text)}
    inside |= {stem(word) for one in (*named, *sources) for word in plain_words(one.text)}
    asked = []
    for match in _WORD.finditer(question.text):
        text = match.group()
        plain = plain_words(text)
        if (
            text in _BACKGROUND
            or _YEARS.fullmatch(text)
            or not _says_what(plain, wanted)
            or not {stem(word) for word in plain} - inside
        ):
            continue
        stems = frozenset(stem(word) for word in words(text))
        weight = max((rarity.get(word, 0.0) for word in plain), default=0.0)
        asked.append(AskedWord(text, match.start(), match.end(), stems, weight))
    focus = _focus(question.text)
    return Requirements(
        focus=tuple(i for i, word in enumerate(asked) if word.start in focus),
        question=question,
        subjects=named,
        sources=sources,
        words=tuple(asked),
        times=times_asked(question.text),
        wanted=wanted,
    )


def _focus(text: str) -> frozenset[int]:
    """Return where the words begin that name the thing asked for: "fee" in "What fee does ...".

    They are the noun after the question word, or the verb after "who"; of a question in note form
    the words before its first preposition.
    """
    asking = ASKING.search(text)
    start = 0 if asking is None else asking.end()
    found: list[re.Match[str]] = []
    for match in _WORD.finditer(text, start):
        word = match.group().lower()
        if word in _LINKS and not found:
            continue
        if word == "of" and all(one.group().lower() in _COUNTING for one in found):
            found = []  # "the number of employees"
            continue
        if word in _LINKS or (
            found and re.search(r"[,;:?]", text[found[-1].end() : match.start()])
        ):
            break
        found.append(match)
        if len(found) == _LONGEST_FOCUS:
            break
    last = (
        found[-2:] if asking is None or not asking.group().lower().startswith("who") else found[:1]
    )
    return frozenset(match.start() for match in last)


def asked_words(question: Question) -> tuple[str, ...]:
    """Return the words of a question whose rarity `requirements` needs."""
    return tuple(dict.fromkeys(plain_words(question.text)))


def _says_what(plain: tuple[str, ...], wanted: Wanted) -> bool:
    left = [
        word
        for word in plain
        if word not in SCAFFOLDING
        and word not in _LIGHT
        and word not in KIND_WORDS[wanted]
        and not _TIME_WORD.fullmatch(word)
        and not find_years(word)
    ]
    return bool(left)
