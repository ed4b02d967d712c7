"""The parts of a question that an earlier turn asked: what is asked, of whom, and the rest.

English questions are regular enough to be read from the left: the asking words, the auxiliary
verb, the subject up to its verb, and what follows.
"""

import re
from dataclasses import dataclass

from assistant.conversation.names import NameUse, find_names

AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|might)"
)
_ASKING = re.compile(
    r"(?P<before>(?:and |but |so )?(?:(?:in|at|by|for|from|of|on|to|under|since|until|with) )?)"
    r"(?P<ask>what|which|who|whom|whose|when|where|why|how(?: (?:much|many|large|high|low|big|long|"
    r"far|hot|old|great|small|often|fast|soon|dear|deep|strong|rich|pure))?)\b ?",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(rf"\b{AUXILIARY}\b ?")
_PREPOSITION = (
    r"(?:in|on|at|by|for|from|of|to|under|since|until|with|within|during|after|before|over|"
    r"according|between|among|through|as|than|into|about|against|per|outside|inside|without|near)"
)
_VERB = re.compile(
    r"(?:want|pay|set|give|mine|produce|make|sell|buy|own|hold|have|cost|earn|lose|plan|expect|say|"
    r"report|propose|add|import|export|use|need|take|do|get|put|offer|guarantee|employ|run|operate|"
    r"build|open|close|start|begin|end|stop|suspend|require|cover|include|contain|mean|name|lend|"
    r"invest|raise|cut|change|grow|rise|fall|supply|process|separate|refine|recycle|receive|ask|"
    r"announce|publish|issue|decide|find|impose|agree|acquire|sign|come|go|stand|work|happen|compare|differ)$"
)
_WITHIN = ("of", "in", "at", "on", "from", "for", "with", "under", "between")
_WORD = re.compile(r"\S+")
_LOWER = re.compile(r"[a-z][a-z-]*$")
_NO_VERB = re.compile(rf"(?:{_PREPOSITION}|the|a|an|its|their|and|or|that|which|most|not)$")
_CLOSING = re.compile(r"[\s?!.;:,]+$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A question taken apart: "How much", "NdPr", "did", "Lynas", "make", "in 2024".

    Without a verb the question is one of being ("What is", "the grade of the ore"), and its
    subject is all that follows; without an auxiliary the asking words are the subject.
    """

    text: str
    ask: str = ""
    noun: str = ""
    auxiliary: str = ""
    subject: str = ""
    verb: str = ""
    rest: str = ""

    @property
    def asks_being(self) -> bool:
        """Tell whether it asks what something is: "What are the reserves of Vietnam?"."""
        return bool(self.auxiliary) and not self.verb


def read_clause(question: str) -> Clause:
    """Take a question apart."""
    text = _CLOSING.sub("", question)
    asking = _ASKING.match(text)
    if asking is None:
        return Clause(text)
    # "For how many years, and at what interest, is the loan"
    if several := re.match(rf"([^,]+, (?:and|or) [^,]+), ({AUXILIARY}) (.+)$", text):
        return Clause(text, several[1], "", several[2], several[3])
    ask, rest = (asking["before"] + asking["ask"]).strip(), text[asking.end() :]
    auxiliary = _AUXILIARY.search(rest)
    if auxiliary is None or not _is_noun(rest[: auxiliary.start()]):
        return Clause(text, ask, rest=rest)
    noun, word = rest[: auxiliary.start()].strip(), auxiliary.group().strip()
    body = rest[auxiliary.end() :].strip()
    being = word in ("is", "are", "was", "were")
    if being and (parts := _passive(ask, body)):
        return Clause(text, ask, noun, word, *parts)
    if being and not _is_passive(body):
        return Clause(text, ask, noun, word, body)
    if noun and word in ("is", "are", "was", "were"):  # "How much oxide was produced"
        return Clause(text, ask, noun, word, "", *_split_once(body))
    subject, verb, rest = _subject(body)
    return Clause(text, ask, noun, word, subject, verb, rest)


def _is_noun(words: str) -> bool:
    """Tell whether what stands between asking word and auxiliary is a noun: "recycling target"."""
    return not re.search(r"\b(?:that|which|who|when|where)\b|[,;]", words)


def _is_passive(body: str) -> bool:
    first = body.split(" ", 1)[0]
    return bool(re.search(r"\w(?:ed|ade|old|ined)$", first)) and first.islower()


def _passive(ask: str, body: str) -> tuple[str, str, str] | None:
    """Return the parts of "(When was) IREL founded" and "(What was) the oxide quoted at"."""
    subject, verb, rest = _subject(body)
    if not subject or not re.search(r"(?:ed|made|sold|built|held|found|paid)$", verb):
        return None
    adjunct = re.match(r"(?:\w+ )?(?:when|where|why|how)$", ask, re.IGNORECASE)
    hangs = re.match(r"(?:at|for|with|as|to|from)(?: in\b| on\b|$)", rest)
    return (subject, verb, rest) if adjunct or hangs else None


def _split_once(body: str) -> tuple[str, str]:
    verb, _, rest = body.partition(" ")
    return verb, rest


def _subject(body: str) -> tuple[str, str, str]:
    """Return subject, verb and rest of what follows an auxiliary.

    The subject is the longest that leaves it a verb: names, and the words that follow them.
    """
    tokens = list(_WORD.finditer(body))
    names = find_names(body)
    place = 0
    while place < len(tokens):
        word = tokens[place].group()
        inside = _name_at(tokens[place].start(), names)
        if inside:
            place = _after(inside.end, tokens)
        elif place and _VERB.match(word):
            break
        elif word == "and" and _name_at(tokens[place].end() + 1, names):
            place += 1
        elif place and word in _WITHIN and _leaves_verb(tokens, place, names):
            place += 1
            if place < len(tokens) and tokens[place].group() in ("the", "a", "an"):
                place += 1
        elif (_NO_VERB.match(word.lower()) and place) or not _leaves_verb(tokens, place, names):
            break
        else:
            place += 1
    place = min(place, len(tokens) - 1)
    if place <= 0:
        return "", body.partition(" ")[0], body.partition(" ")[2]
    subject = body[: tokens[place].start()].strip()
    return subject, tokens[place].group(), body[tokens[place].end() :].strip()


def _leaves_verb(tokens: list[re.Match[str]], place: int, names: tuple[NameUse, ...]) -> bool:
    """Tell whether a verb may still follow the word at a place, before a preposition or the end."""
    definite = re.match(r"(?:the|an?|its|\S+[’']s?)$", tokens[0].group())
    within = tokens[place].group() in _WITHIN
    for token in tokens[place + 1 :]:
        word = token.group().strip(",")
        if _name_at(token.start(), names):
            within = False
            continue
        if word == "of" or (definite and word in _WITHIN):
            within = True
            continue
        if within and word in ("the", "a", "an"):
            continue
        if re.match(r"[A-Z\d]", word):
            within = False
            continue
        if within and _LOWER.match(word) and not _NO_VERB.match(word):
            within = False  # the noun after "of"
            continue
        if _NO_VERB.match(word):
            return False
        if _LOWER.match(word):
            return True
    return False


def _name_at(position: int, names: tuple[NameUse, ...]) -> NameUse | None:
    return next((name for name in names if name.start <= position < name.end), None)


def _after(end: int, tokens: list[re.Match[str]]) -> int:
    return next((at for at, token in enumerate(tokens) if token.start() >= end), len(tokens))
