"""Whether a sentence pairs what its statement pairs: the first with the first, causes with causes.

Of "65% and 62% in the third quarter and the first nine months, respectively" 62% is of the nine
months; of "driven by iPhone, partly offset by Mac" the Mac drove nothing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.quantities import agree, find_quantities
from assistant.support.clauses import clauses_of
from assistant.support.facets import NAMING, Facet, find_marks, values
from assistant.support.figure_checks import same_claimed
from assistant.support.reading import Figure, Sentence, figures_in, years_in
from assistant.support.statement import Statement
from assistant.support.support import Reason
from assistant.support.tokens import Token, read_tokens

_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_LISTED: tuple[Facet, ...] = ("period", *NAMING)
_CAUSE = re.compile(
    r"\b(?:due (?:\w+ )?to|(?:driven|led|caused) (?:\w+ )?by|because(?: of)?|owing to|thanks to|"
    r"as a result of)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:offset (?:\w+ )?by|despite|in spite of|notwithstanding|although|even though|though)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[.;](?=\s|$)")
_JOINING = frozenset(("and", "or"))
_LEAST_LETTERS = 3  # of a word that tells something
_ENDS_PHRASE = frozenset(
    """in at from to by for on with and or was were is are as during under than after before
    which that who""".split()
)
_ARTICLES = frozenset("a an the of".split())


def check_pairing(claim: Sentence, statement: Statement) -> Iterator[Reason]:
    """Yield what a sentence puts together that stands apart in its statement."""
    if statement.is_row:
        return
    yield from _check_respectively(claim, statement.quote)
    yield from _check_causes(claim.text, statement.quote)
    yield from _check_joined(read_tokens(claim.text), read_tokens(statement.quote))
    yield from _check_phrases(claim, statement)


def _check_respectively(claim: Sentence, quote: str) -> Iterator[Reason]:
    """Check that a figure of a list goes with the name or time that has its place in the other."""
    if not _RESPECTIVELY.search(quote) or _RESPECTIVELY.search(claim.text):
        return
    parts = _RESPECTIVELY.split(quote)
    for figure in claim.figures:
        held = [
            (part, figures_in(part), at)
            for part in parts
            for at, one in enumerate(_of_unit(figures_in(part), figure))
            if same_claimed(figure, one, claim)
        ]
        if held and not any(
            _fits(figure, claim, part, at, len(_of_unit(all_held, figure)))
            for part, all_held, at in held
        ):
            yield Reason("order", figure.quantity.text, True)


def _of_unit(held: Sequence[Figure], figure: Figure) -> list[Figure]:
    return [one for one in held if one.quantity.unit == figure.quantity.unit]


def _fits(figure: Figure, claim: Sentence, part: str, at: int, count: int) -> bool:
    """Tell whether what a sentence says of a figure has its place in each list of a part."""
    several = len(_of_unit(claim.figures, figure)) > 1
    for facet in _LISTED:
        listed = list(dict.fromkeys(m.value for m in find_marks(part) if m.facet == facet))
        said = figure.named(facet) if several else values(claim.text, facet)
        if len(listed) == count > 1 and said and listed[at] not in said:
            return False
    times = [q for q in find_quantities(part) if q.kind in ("year", "date")]
    years = figure.years if several else years_in(claim.text)
    if len(times) == count > 1:
        years_there = years_in(times[at].text)
        exact = several or not claim.times or any(agree(t, times[at]) for t in claim.times)
        exact = exact and bool(years or claim.times)  # a figure without its date says another
        return exact and (not years or not years_there or bool(years & years_there))
    return not years or not years_in(part) or bool(years & years_in(part))


def _check_causes(said: str, told: str) -> Iterator[Reason]:
    """Check that what a sentence gives as a cause is none of what works against it."""
    for kind, other in ((_CAUSE, _AGAINST), (_AGAINST, _CAUSE)):
        words = _keys_after(kind, said)
        apart = _keys_after(other, told) - _keys_after(kind, told)
        if words & apart:
            yield Reason("order", sorted(words & apart)[0], True)


def _keys_after(marker: re.Pattern[str], text: str) -> frozenset[str]:
    """Return the words that stand between a marker and the next one or the sentence's end."""
    others = [m.start() for one in (_CAUSE, _AGAINST) for m in one.finditer(text)]
    ends = sorted([*others, *(m.start() for m in _END.finditer(text)), len(text)])
    found: set[str] = set()
    for match in marker.finditer(text):
        end = next(one for one in ends if one >= match.end())
        found |= {
            t.key for t in read_tokens(text[match.end() : end]) if len(t.text) >= _LEAST_LETTERS
        }
    return frozenset(found)


def _check_joined(said: Sequence[Token], told: Sequence[Token]) -> Iterator[Reason]:
    """Check that what is joined by "or" is not told as joined by "and", nor the other way."""
    held = dict(_joined(told))
    for sides, word in _joined(said):
        if held.get(sides, word) != word:
            yield Reason("order", word, True)


def _joined(tokens: Sequence[Token]) -> Iterator[tuple[tuple[str, str], str]]:
    telling = [t for t in tokens if not t.is_mark and t.text not in _ARTICLES]
    for at, (before, word) in enumerate(pairwise(telling[:-1])):
        if word.text in _JOINING:
            yield (before.key, telling[at + 2].key), word.text


def _check_phrases(claim: Sentence, statement: Statement) -> Iterator[Reason]:
    """Check that what a figure is of stands in its clause, and not with another such figure.

    Of "used 780 t of metal, of which 95 t came from recycled magnets" 780 t are not recycled.
    """
    clauses = clauses_of(statement)
    for figure in claim.figures if len(clauses) > 1 else ():
        unit = figure.quantity.unit
        own = [c for c in clauses if any(same_claimed(figure, h, claim) for h in figures_in(c))]
        rest = [
            c
            for c in clauses
            if c not in own and any(h.quantity.unit == unit for h in figures_in(c))
        ]
        if not unit or not own or not rest:
            continue
        here, there = ({t.key for c in some for t in read_tokens(c)} for some in (own, rest))
        for word in _phrase_after(claim.text, figure):
            if word.key in there - here:
                yield Reason("order", word.text, True)


def _phrase_after(text: str, figure: Figure) -> Iterator[Token]:
    for token in read_tokens(text[figure.quantity.end :]):
        if token.is_mark or token.text in _ENDS_PHRASE or token.kind in ("time", "figure"):
            return
        if token.text not in _ARTICLES:
            yield token
