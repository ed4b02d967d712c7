"""What every fact of a sentence has: its place, who it is about, and what no slot took."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.facts.fact import (
    Argument,
    Place,
)
from corpus.facts.mentions import (
    PUBLICATIONS,
    Mention,
    is_body,
    is_place,
)
from corpus.facts.own_measures import OwnMeasures
from corpus.facts.roles import frame_of
from corpus.facts.said_figures import SaidFigures
from corpus.facts.said_measures import SaidMeasures
from corpus.facts.said_names import SaidNames
from corpus.facts.said_terms import SaidTerms
from corpus.facts.said_times import SaidTimes
from corpus.facts.told_before import Told
from corpus.language.names import Name
from corpus.language.periods import Period
from corpus.language.quantities import Quantity
from corpus.language.vocabulary import load_vocabulary

_TOLD_ROLES = frozenset(("subject", "place", "origin", "destination"))
_OF_RARE_EARTHS = frozenset(("REO", "TREO"))
_IMPORT_SOURCES = "import sources"
_OF_MATERIALS = frozenset(("mass", "mass rate", "price", "share"))
_BUILT = frozenset(("mine", "plant", "project", "deposit"))
_WORD = re.compile(r"[^\W\d_][\w’'-]+")


class SentenceSlots:
    """One sentence with the text before it, and the slots that all its facts have."""

    def __init__(self, attached: SaidFigures, told: Told, place: tuple[int, int]) -> None:
        self._at = attached
        self._times = SaidTimes(attached)
        self._measures = SaidMeasures(attached)
        self._sentence = attached.sentence
        self._mentions = attached.mentions
        self._terms = SaidTerms(attached)
        self._own = OwnMeasures(attached)
        wholes = [w for f in attached.figures if (w := self._terms.whole(f))]
        self._names = SaidNames(attached, wholes)
        self._told = told
        self._page, self._offset = place
        self._last_measure = ""
        self._levels: set[str] = set()  # times of the figures that are no changes

    def _is_beside(self, one: Mention[Name] | Mention[Period]) -> bool:
        """Tell whether something is named in brackets, for a source, or to be compared with."""
        if any(start <= one.start < end for start, end in self._at.brackets):
            return True
        if isinstance(one.meaning, Period):
            period = Mention(one.start, one.end, one.word, one.meaning)
            return self._times.is_of_publication(period) or self._times.is_compared(period)
        name = Mention(one.start, one.end, one.word, one.meaning)
        return name.meaning.kind in PUBLICATIONS or self._names.is_who_says(name)

    # -- who ------------------------------------------------------------------------------------

    def _with_told(
        self, arguments: list[Argument], measure: str, figure: Mention[Quantity]
    ) -> list[Argument]:
        """Return arguments with who and what the text before has named, where none is here."""
        found = list(arguments)
        if not any(is_body(a.name) for a in arguments):
            found += self._stood_for(figure.word, measure, arguments)
        has_who = any(is_body(a.name) or is_place(a.name) for a in found)
        who = self._told.topic or self._told.who
        anywhere = any(
            (is_body(n.meaning) or is_place(n.meaning))
            and n.meaning != who
            and not self._is_beside(n)
            for n in self._mentions.names
        )
        filer = self._told.filer
        if filer and not any(is_body(a.name) and (a.name.id or a.name is filer) for a in found):
            found = [a for a in found if a.role != "subject"]
            verb = self._at.verb(self._at.clause(figure.word))
            role = frame_of(verb, measure).role("subject", filer)
            if role and role not in {a.role for a in found}:
                found.append(Argument(role, filer))
        acts = filer and any(a.name.key == filer.key for a in found)
        if filer and acts and not any(a.role == "subject" for a in found):
            found.append(Argument("subject", filer))  # who reports, whatever else it is
        has_who = has_who or any(a.name is filer for a in found)
        if who and not has_who and not anywhere and not self._has_unread_subject(figure.word):
            verb = self._at.verb(self._at.clause(figure.word))
            role = frame_of(verb, measure).role("subject", who)
            if role == "origin" and measure == _IMPORT_SOURCES:
                role = "destination"
            if role in _TOLD_ROLES:  # a party of a deal is named where it is told
                found.append(Argument(role, who))
        material = self._material_before(figure) or self._told.material
        if not material and self._at.basis(self._at.figures.index(figure)):
            material = self._of_basis(figure)
        if self._at.kind(figure) == "share" and material and material.kind != "element":
            material = None
        unnamed = not any(n.meaning.is_material for n in self._mentions.names)
        unnamed = unnamed or (
            bool(self._material_before(figure)) and not any(a.name.is_material for a in found)
        )
        if material and unnamed and self._at.kind(figure) in _OF_MATERIALS:
            found.append(Argument("material", material))
        return found

    def _material_before(self, figure: Mention[Quantity]) -> Name | None:
        """Return the one material of a sentence that an earlier of its clauses has named."""
        named = [n for n in self._mentions.names if n.meaning.is_material]
        before = [n for n in named if n.end <= figure.start]
        is_one = len({n.meaning.key for n in named}) == 1
        parted = before and ";" in self._sentence.text[before[-1].end : figure.start]
        return before[-1].meaning if is_one and parted else None

    def _of_basis(self, figure: Mention[Quantity]) -> Name | None:
        """Return rare earths, where a figure is on the basis of their oxides."""
        basis = self._at.basis(self._at.figures.index(figure))
        is_oxide = basis is not None and basis.meaning in _OF_RARE_EARTHS
        return Name("rare earths", "rare-earths", "term") if is_oxide else None

    def _stood_for(
        self, word: int, measure: str, arguments: Sequence[Argument] = ()
    ) -> Iterator[Argument]:
        """Yield who "it", "the company" or "the mine" in the place of an argument stands for."""
        roles = {a.role for a in arguments}
        for speaker in self._mentions.marked("speaker", "site"):
            if not self._at.is_argument(speaker.word, word):
                continue
            if speaker.meaning == "site":
                place = self._told.place
                stood = place if place and place.kind in _BUILT else None
            else:
                before = [
                    n.meaning
                    for n in self._mentions.names
                    if n.end <= speaker.start and n.meaning.kind == "company"
                ]
                stood = before[-1] if before else self._told.body
            role = self._names.role_at(speaker.word, measure, stood, word) if stood else None
            if stood and role and role not in roles:
                roles.add(role)
                yield Argument(role, stood)

    def _has_unread_subject(self, word: int) -> bool:
        """Tell whether the subject of a clause has words that nothing explains."""
        clause = self._at.clause(word)
        if not clause or clause.subject < 0:
            return False
        mentions = self._mentions
        read = [
            *mentions.measures,
            *mentions.names,
            *mentions.periods,
            *mentions.bases,
            *mentions.statistics,
            *mentions.statuses,
            *mentions.quantities,
            *mentions.marked("up", "down", "change", "speaker", "annual"),
        ]
        return any(
            not any(m.start < one.end and one.start < m.end for m in read)
            and one.tag.startswith(("NN", "JJ"))
            and one.text.casefold() not in _small_words()
            for one in (self._sentence.words[i] for i in self._sentence.subtree(clause.subject))
        )

    def _attributed(self, word: int) -> str:
        speaker = self._names.speaker(word)
        return speaker.meaning.text if speaker else ""

    # -- places ---------------------------------------------------------------------------------

    def _place(self, start: int, end: int) -> Place:
        offset = self._offset
        return Place(
            self._page, offset, offset + len(self._sentence.text), offset + start, offset + end
        )

    def _rest(self, word: int, used: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        """Return the content words of a clause that no slot took."""
        chain = self._at.chain(word)[:1]
        found = []
        markers = self._mentions.marked(
            "up", "down", "change", "annual", "one after another", "yearly change"
        )
        times = [p for n in range(len(self._at.figures)) if (p := self._times.period(n))]
        hung = [b for b in self._mentions.bases if self._at.hangs_on_figure(b)]
        understood = [
            (m.start, m.end) for m in (*self._mentions.quantities, *markers, *times, *hung)
        ]
        understood += [*self._names.allotted(), *self._at.asides(word)]
        for number, one in enumerate(self._sentence.words):
            if self._at.clause_number(number) not in chain or not _WORD.fullmatch(one.text):
                continue
            if any(start < one.end and one.start < end for start, end in (*used, *understood)):
                continue
            folded = one.text.casefold()
            if folded not in _small_words():
                found.append(folded)
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    rows = load_vocabulary().rows("stopwords")
    return frozenset(word for row in rows for word in row["words"].split())
