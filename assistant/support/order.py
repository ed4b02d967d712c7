"""Whether a sentence puts things together as its statement does: who does what to whom, and which
name, time and figure belong to which words.

Every word of "China took 70% of its imports from Japan" stands in "Japan took 70% of its imports
from China".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from assistant.quantities import agree
from assistant.support.facets import find_marks
from assistant.support.statement import Statement
from assistant.support.support import Reason
from assistant.support.tokens import Token, read_tokens

_ACTORS = frozenset("company country agency publisher mine plant law town region".split())
_RIVALS = frozenset("company country agency publisher element product mineral metal mine".split())
_TURNING = frozenset("by from".split())
_AGENTS = frozenset("by from to for".split())
_VERB = re.compile(
    r"(?!(?:sales|assets|shares|reserves|prices|ton(?:ne)?s|units|costs|products|services|magnets|"
    r"oxides|metals|materials|elements|compounds|earths|imports|exports|shipments)$)"
    r"(?:\w{2,}ed|\w{2,}[^s\W]s|took|bought|sold|built|made|gave|began|paid|lent|won|lost|held|said|"
    r"told|rose|fell)"
)
_LEADING = frozenset("of in from by to for with at than".split())
_LIST = frozenset(", and or the".split())
_SKIPPED = frozenset("the a an of in on at is are was were be been its it and or to s".split())
_DONE = frozenset("took bought sold built made gave began paid lent met cut put set won".split())
_MEASURES = frozenset("measure direction basis stage".split())
_ASIDE = re.compile(r" \([^()]*\)")
_OF_CAPACITY = re.compile(r"\w+ capacit(?:y|ies)\b", re.IGNORECASE)
_NEAR = 3  # tokens on each side of a name that tell what is said of it


def check_order(sentence: str, statement: Statement) -> Iterator[Reason]:
    """Yield what a sentence puts the other way round than its statement."""
    if statement.is_row:
        return
    said, told = _marked(sentence), _marked(statement.quote)
    yield from _check_roles(said, told, sentence, statement.quote)
    yield from _check_agents(said, told, sentence)
    yield from _check_neighbours(said, _marked(_ASIDE.sub("", statement.quote)))
    yield from _check_done(said, told)
    yield from _check_subjects(said, told, sentence, statement.quote)
    yield from _check_swapped(said, told)


@lru_cache(maxsize=5_000)
def _marked(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, words that say what is measured marked so: "imported".

    Of "production capacity" only the capacity is measured.
    """
    marks = {
        mark.start: mark
        for mark in find_marks(text)
        if mark.facet in _MEASURES and not _OF_CAPACITY.match(text, mark.start)
    }
    return tuple(
        replace(token, facet=marks[token.start].facet, key=marks[token.start].value)
        if token.kind == "word" and token.start in marks
        else token
        for token in read_tokens(text)
    )


def _check_roles(
    said: Sequence[Token], told: Sequence[Token], sentence: str, quote: str
) -> Iterator[Reason]:
    """Yield pairs of names that change places without a turn from active to passive."""
    names = [t for t in said if _is_actor(t, sentence)]
    places = {
        key: [at for at, t in enumerate(told) if t.key == key and _is_actor(t, quote)]
        for key in {t.key for t in names}
    }
    for one, other in pairwise(names):
        if one.key == other.key or not places[one.key] or not places[other.key]:
            continue
        first, last = min(places[one.key]), max(places[other.key])
        if first < last:  # somewhere they stand in this order
            is_passive = "by" in _between(said, said.index(one), said.index(other))
            if is_passive != ("by" in _between(told, first, last)) and _is_near(first, last):
                yield Reason("order", f"{one.text}, {other.text}", True)
            continue
        between = _between(said, said.index(one), said.index(other))
        turned = _between(told, last, first)
        if between <= _LIST and turned <= _LIST:
            continue
        if bool(between & _TURNING) == bool(turned & _TURNING):
            yield Reason("order", f"{one.text}, {other.text}", True)


def _is_near(first: int, last: int) -> bool:
    return last - first <= 2 * _NEAR


def _between(tokens: Sequence[Token], first: int, last: int) -> frozenset[str]:
    return frozenset(token.text for token in tokens[first + 1 : last])


def _is_actor(token: Token, text: str) -> bool:
    if token.kind == "name":
        return token.facet in _ACTORS
    is_capital = text[token.start : token.start + 1].isupper() and token.start > 0
    return token.kind == "word" and is_capital and len(token.text) > 2


def _check_agents(said: Sequence[Token], told: Sequence[Token], sentence: str) -> Iterator[Reason]:
    """Yield what stands after "by" in one text and after "from", "to" or "for" in the other."""
    held: dict[str, set[str]] = {}
    for preposition, key in _led(told):
        held.setdefault(key, set()).add(preposition)
    for preposition, key, is_actor in _led_in(sentence, said):
        known = held.get(key, {preposition})
        turned = preposition not in known and (
            "by" in {preposition, *known} or {preposition, *known} == {"from", "to"}
        )
        receives = is_actor and key not in held and preposition in ("from", "to")
        if turned or receives:
            yield Reason("order", f"{preposition} {key}", True)


def _led(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield each name or word with the preposition that leads it in."""
    for preposition, token in _leading(tokens):
        yield preposition, token.key


def _led_in(text: str, tokens: Sequence[Token]) -> Iterator[tuple[str, str, bool]]:
    """Yield them with whether they are companies or offices, which give and take."""
    for preposition, token in _leading(tokens):
        is_capital = token.kind == "word" and text[token.start : token.start + 1].isupper()
        yield preposition, token.key, is_capital or token.facet in ("company", "agency")


def _leading(tokens: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    for at, token in enumerate(tokens):
        if token.text not in _AGENTS:
            continue
        rest = [t for t in tokens[at + 1 : at + 4] if t.text not in _SKIPPED]
        if rest and rest[0].kind in ("name", "word") and not rest[0].is_mark:
            yield token.text, rest[0]


def _check_subjects(
    said: Sequence[Token], told: Sequence[Token], sentence: str, quote: str
) -> Iterator[Reason]:
    """Yield whom a sentence has do what its statement has another do.

    The one who does it stands just before the verb in both, or after "by" in the statement.
    """
    for at, token in enumerate(said[:-1]):
        if not _is_actor(token, f" {sentence}" if token.kind == "word" else sentence):
            continue
        verb = said[at + 1]
        if _is_led(said, at) or verb.kind != "word" or not _VERB.fullmatch(verb.text):
            continue
        places = [i for i, t in enumerate(told) if t.kind == "word" and t.key == verb.key]
        doers = [_doer(told, place, quote) for place in places]
        if doers and all(d is not None and d.key != token.key for d in doers):
            yield Reason("order", f"{token.text} {verb.text}", True)


def _doer(told: Sequence[Token], verb: int, quote: str) -> Token | None:
    """Return who stands nearest before a verb, None where nobody does or "by" follows it."""
    if any(t.text == "by" for t in told[verb + 1 : verb + 3]):
        return None
    for at in range(verb - 1, -1, -1):
        if told[at].kind == "name" and _is_actor(told[at], quote) and not _is_led(told, at):
            return told[at]
    return None


def _is_led(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a preposition stands before a name, its article aside."""
    words = [t.text for t in tokens[max(0, at - 2) : at] if t.text not in ("the", "a", "an")]
    return bool(words) and words[-1] in {*_LEADING, "("}


def _check_neighbours(said: Sequence[Token], told: Sequence[Token]) -> Iterator[Reason]:
    """Yield names, times and figures whose words stand with a rival in the statement."""
    for at, token in enumerate(said):
        own = [i for i, t in enumerate(told) if _is_same(token, t)]
        rivals = [
            i
            for i, t in enumerate(told)
            if _is_rival(token, t) and not any(_is_same(other, t) for other in said)
        ]
        if not own or not rivals:
            continue
        nearer = farther = 0
        for word in _around(said, at):
            places = [i for i, t in enumerate(told) if _is_same(word, t)]
            if not places:
                continue
            to_own = min(_distance(told, i, j) for i in own for j in places)
            to_rival = min(_distance(told, i, j) for i in rivals for j in places)
            beside_both = to_own == to_rival and len(places) > 1  # which tells nothing
            nearer += to_own <= to_rival and not beside_both
            farther += to_rival < to_own
        if farther > nearer:
            yield Reason("neighbours", token.text, True)


def _distance(tokens: Sequence[Token], one: int, other: int) -> int:
    """Return how far two places are apart: what a comma parts is farther."""
    between = tokens[min(one, other) : max(one, other)]
    return len(between) + _NEAR * sum(token.is_mark for token in between)


def _around(tokens: Sequence[Token], at: int) -> Iterator[Token]:
    """Yield the nearest tokens on both sides that tell something."""
    for side in (tokens[at + 1 :], tokens[:at][::-1]):
        telling = [t for t in side if not t.is_mark and t.text not in _SKIPPED]
        yield from telling[:_NEAR]


def _is_same(one: Token, other: Token) -> bool:
    if one.quantity is not None and other.quantity is not None:
        return agree(one.quantity, other.quantity)
    return one.kind == other.kind and one.key == other.key


def _is_rival(one: Token, other: Token) -> bool:
    if one.kind != other.kind or (one.kind == "word" and not one.facet):
        return False
    if one.facet == "count" or (one.kind == "name" and one.facet not in _RIVALS):
        return False
    if one.quantity is not None and other.quantity is not None:
        if one.quantity.unit != other.quantity.unit:
            return False
        return not agree(one.quantity, other.quantity)
    return one.facet == other.facet and one.key != other.key


def _check_swapped(said: Sequence[Token], told: Sequence[Token]) -> Iterator[Reason]:
    """Yield verbs that stand between two words which have changed sides: "A told B"."""
    for at, verb in enumerate(said):
        if verb.kind != "word" or not _VERB.fullmatch(verb.text):
            continue
        before, after = _sides(said, at)
        for place in (i for i, t in enumerate(told) if t.kind == "word" and t.key == verb.key):
            left, right = _sides(told, place)
            swapped = before[:1] and after[:1] and before[0] in right and after[0] in left
            passive = "by" in _texts(said, at) or "by" in _texts(told, place)
            if swapped and not passive and before[0] not in left and after[0] not in right:
                yield Reason("order", verb.text, True)


def _sides(tokens: Sequence[Token], at: int) -> tuple[list[str], list[str]]:
    """Return the keys of the nearest telling tokens before and after a place."""
    sides = (tokens[:at][::-1], tokens[at + 1 :])
    before, after = ([t.key for t in side if _tells(t)][:_NEAR] for side in sides)
    return before, after


def _texts(tokens: Sequence[Token], at: int) -> list[str]:
    return [token.text for token in tokens[at + 1 : at + 3]]


def _tells(token: Token) -> bool:
    return not token.is_mark and token.text not in _SKIPPED


def _check_done(said: Sequence[Token], told: Sequence[Token]) -> Iterator[Reason]:
    """Yield what is told as done where the statement has it as asked, meant or agreed "to do"."""
    for token in said:
        if token.kind != "word" or not (token.text.endswith("ed") or token.text in _DONE):
            continue
        same = [at for at, t in enumerate(told) if t.key == token.key and t.kind == "word"]
        if same and all(at > 0 and told[at - 1].text == "to" for at in same):
            yield Reason("modality", token.text, True)
