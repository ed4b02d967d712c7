"""Which role who is named in which place of a clause has: of lending, owning, supplying."""

from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from corpus.facts.fact import Role
from corpus.facts.sentences.mentions import is_body, is_place
from corpus.language.names import Name
from corpus.language.vocabulary import Row, Vocabulary, load_vocabulary, split_forms

_NONE = "--"
_NOT_ROLES = ("frame", "verbs", "nouns", "measure")


@dataclass(frozen=True, slots=True)
class Frame:
    """A way of acting: who is what by the place in the clause, for bodies and for places.

    Places in a clause are "subject", "object", "dative", "possessive" or a preposition. `measure`
    is what a figure of it measures where nothing else is said.
    """

    name: str
    measure: str
    roles: tuple[tuple[str, Role | None, Role | None], ...]

    def role(self, place: str, name: Name) -> Role | None:
        """Return the role of a name in a place of the clause."""
        for known, body, location in self.roles:
            if known != place:
                continue
            if is_body(name):  # a name that nobody knows may be of a place: "in Birmingham"
                is_short = not name.id and name.text.count(" ") < 2
                return body or (location if is_short else None)
            is_land = name.kind in ("country", "region")
            return location if is_place(name) and not (is_land and location == "owned") else None
        return None


def frame_of(verb: str, measure: str, vocabulary: Vocabulary | None = None) -> Frame:
    """Return the frame of a verb (its lemma) and a measure; that of any where none is known."""
    return _frame(verb, measure, vocabulary or load_vocabulary())


@lru_cache(maxsize=4096)
def _frame(verb: str, measure: str, vocabulary: Vocabulary) -> Frame:
    rows = vocabulary.rows("frames")
    fitting = rows[-1]
    best = 0
    for row in rows[:-1]:
        verbs, nouns = split_forms(row["verbs"]), split_forms(row["nouns"])
        fits_noun = measure in nouns
        if verb in verbs and (not nouns or fits_noun or not measure):
            worth = 3 if fits_noun else 2
        elif fits_noun and not verbs:
            worth = 1
        else:
            continue
        if worth > best:
            best, fitting = worth, row
    return _read(fitting)


def _read(row: Row) -> Frame:
    roles = tuple(
        (place, *_roles(cell)) for place, cell in row.items() if place not in _NOT_ROLES and cell
    )
    return Frame(row["frame"], row["measure"], roles)


def _roles(cell: str) -> tuple[Role | None, Role | None]:
    forms = split_forms(cell)
    if len(forms) == 1:
        return _role(forms[0]), _role(forms[0])
    return _role(forms[0]), _role(forms[1])


def _role(written: str) -> Role | None:
    return next((role for role in get_args(Role) if role == written and written != _NONE), None)
