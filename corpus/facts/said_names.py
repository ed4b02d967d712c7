"""Who and what a figure of a sentence is about, each in its role."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.facts.enumerations import are_listed, pair
from corpus.facts.fact import Argument, Role
from corpus.facts.mentions import (
    LAWS,
    PUBLICATIONS,
    Mention,
    grammar_words,
    is_body,
    is_place,
)
from corpus.facts.roles import Frame, frame_named, frame_of
from corpus.facts.said_figures import SaidFigures
from corpus.facts.said_measures import fits
from corpus.language.measures import Measure, measure_named
from corpus.language.names import Name
from corpus.language.quantities import Quantity

Kind = Callable[[Name], bool]


_LOCATIONS = frozenset(("place", "origin", "destination"))
_ESTIMATORS = PUBLICATIONS | {"agency"}
_SOMEBODY = Name("", "", "company")
_WORD = re.compile(r"[^\W_]+")
_BEFORE_FIGURE = re.compile(r"(?:\s+[a-z]+)?\s*[,:(]?\s*\d")
_BY = "by"
_DATED_SOURCE = re.compile(r"\((?P<name>[^,;:()\d]{3,40}),\s+")
_ENDS = (".", ";", "")


@dataclass(frozen=True, slots=True)
class Sharing:
    """Which mentions belong to one figure alone, and which to all of its sentence."""

    own: dict[int, tuple[Mention[Name], ...]]
    allotted: frozenset[int]  # starts of the mentions that belong to one figure


class SaidNames:
    """The names of one sentence, in their roles for each figure."""

    def __init__(self, said: SaidFigures, wholes: Sequence[tuple[int, int]] = ()) -> None:
        self._said = said
        self._wholes = wholes
        kinds = (_is_material, is_place, is_body)
        self._sharing = [self._shared(kind, said.is_in_order) for kind in kinds]
        if not any(one.own for one in self._sharing[1:]):
            who = self._shared(lambda name: is_place(name) or is_body(name), said.is_in_order)
            self._sharing = [self._sharing[0], who]

    def _shared(self, kind: Kind, in_order: bool) -> Sharing:
        own: dict[int, tuple[Mention[Name], ...]] = {}
        names = [
            n
            for n in self._said.mentions.names
            if kind(n.meaning)
            and not self._said.is_speaker(n)
            and not any(start <= n.start < end for start, end in self._wholes)
        ]
        if len(names) > 1:
            names = sorted([*names, *self._others(names)], key=lambda one: one.start)
        for group in self._said.groups():
            figures = [self._said.figures[n] for n in group]
            for n, held in pair(self._said.sentence.text, figures, names, in_order).items():
                own[group[n]] = held
        return Sharing(own, frozenset(m.start for held in own.values() for m in held))

    def _others(self, names: Sequence[Mention[Name]]) -> Iterator[Mention[Name]]:
        """Yield the "other" that ends a list of names with their figures: "and other, 6%"."""
        kind = names[-1].meaning.kind
        for one in self._said.mentions.marked("others"):
            following = self._said.sentence.text[one.end :]
            if one.start > names[-1].end and _BEFORE_FIGURE.match(following):
                yield Mention(one.start, one.end, one.word, Name("other", "", kind))

    def arguments(
        self,
        number: int,
        measure: str,
        excluded: tuple[int, int] = (0, 0),
        named: Mention[Measure] | None = None,
        barred: Sequence[tuple[int, int]] = (),
    ) -> tuple[tuple[Argument, Mention[Name]], ...]:
        """Return who and what a figure is about, each in its role, with the mention of it."""
        figure = self._said.figures[number]
        frame = frame_of(self._said.verb(self._said.clause(figure.word)), measure)
        if not measure and frame.measure and not self._suits(frame.measure, figure):
            frame = frame_named("any")
        found: dict[tuple[Role, str], tuple[Argument, Mention[Name]]] = {}
        names = tuple(self._names_of(number, named))
        has_own_material = any(is_own and _is_material(name.meaning) for name, is_own in names)
        has_own_place = any(is_own and is_place(name.meaning) for name, is_own in names)
        for name, is_own in names:
            if not measure and not name.meaning.id and not name.meaning.is_material:
                continue
            if any(start <= name.start < end for start, end in barred):
                continue
            inside = excluded[0] <= name.start < excluded[1]
            if inside and has_own_material and not is_own:
                continue
            if inside and not _is_material(name.meaning):
                continue
            clause = self._said.clause(figure.word)
            if clause and clause.subject == name.word and not _is_material(name.meaning):
                place = "object" if clause.is_passive else "subject"
                role = None if self._said.is_speaker(name) else frame.role(place, name.meaning)
                role = None if self.is_estimator(name) else role
            else:
                role = self._role(name, frame, is_own)
            if is_own and role in ("place", "subject", None):
                role = self._role_of_list(number, name, frame) or role
            if not is_own and role == "place" and has_own_place:
                continue
            if role:
                argument = Argument(role, name.meaning)
                found.setdefault((role, name.meaning.key), (argument, name))
        formed = {a.name.id for a, _ in found.values() if a.name.form}
        return tuple((a, m) for a, m in found.values() if a.name.form or a.name.id not in formed)

    def _role_of_list(self, number: int, name: Mention[Name], frame: Frame) -> Role | None:
        """Return the role of the first name of a list with figures: "from A, 5%; B, 2%"."""
        for sharing in self._sharing:
            for other in self._said.group(number):
                for first in sharing.own.get(other, ()):
                    same = is_place(first.meaning) == is_place(name.meaning)
                    if same and (role := self._role(first, frame, True)):
                        return role
        return None

    def _suits(self, measure: str, figure: Mention[Quantity]) -> bool:
        return fits(measure_named(measure), self._said.kind(figure))

    def arguments_at(self, word: int, measure: str) -> tuple[tuple[Argument, Mention[Name]], ...]:
        """Return who and what a word that is no figure is about, in their roles."""
        clause = self._said.clause(word)
        frame = frame_of(self._said.verb(clause), measure)
        scope = self._scope(self._said.chain(word))
        found: dict[tuple[Role, str], tuple[Argument, Mention[Name]]] = {}
        for name in self._said.mentions.names:
            role = self._role(name, frame, False) if name.word in scope else None
            if role == "material" and frame.name == "event":
                continue
            if name.meaning.kind in LAWS and name.word in scope:
                role = "subject"
            if role:
                key = (role, name.meaning.key)
                found.setdefault(key, (Argument(role, name.meaning), name))
        return tuple(found.values())

    def is_owned(self, number: int, whole: tuple[int, int] | None) -> bool:
        """Tell whether a share is of somebody who is held: "owns 6.5% of Peak", "8% of MP"."""
        if not whole:
            return False
        frame = frame_of(self._said.verb(self._said.clause(self._said.figures[number].word)), "")
        inside = [n for n in self._said.mentions.names if whole[0] <= n.start < whole[1]]
        is_company = len(inside) == 1 and (
            inside[0].meaning.kind == "company" and inside[0].end == whole[1]
        )
        holds = frame.role("of", _SOMEBODY) == "owned"
        stands_for = self._said.mentions.marked("speaker")
        if holds and any(m.start < whole[1] and whole[0] <= m.end for m in stands_for):
            return True
        return is_company or any(frame.role("of", n.meaning) == "owned" for n in inside)

    @staticmethod
    def is_held(measure: str) -> bool:
        """Tell whether a measure wants an owner."""
        return frame_of("", measure).role("subject", _SOMEBODY) == "owner"

    def lacks_holder(self, number: int, measure: str) -> bool:
        """Tell whether a measure wants an owner, and nobody is one: ore "holds 48.8% cerium"."""
        clause = self._said.clause(self._said.figures[number].word)
        if not self.is_held(measure):
            return False
        held = {argument.role for argument, _ in self.arguments(number, measure)}
        if any(self._said.mentions.marked("speaker")) and clause:
            outer = [self._said.sentence.clauses[c] for c in self._said.chain(clause.predicate)]
            speakers = {m.word for m in self._said.mentions.marked("speaker")}
            if any(one.subject in speakers for one in outer):
                return False
        subject = clause.subject if clause else -1
        named = [n for n in self._said.mentions.names if n.word == subject]
        return not held & {"owner", "owned"} or any(n.meaning.is_material for n in named)

    def allotted(self) -> list[tuple[int, int]]:
        """Return where names stand that belong to single figures."""
        return [
            (m.start, m.end) for one in self._sharing for held in one.own.values() for m in held
        ]

    def role_at(self, word: int, measure: str, name: Name, of: int) -> Role | None:
        """Return the role that a name would have in the place of a word, of "it"."""
        frame = frame_of(self._said.verb(self._said.clause(of)), measure)
        return frame.role(self._place_in_clause(word), name)

    def speaker(self, word: int) -> Mention[Name] | None:
        """Return whose word the clause of a word is: "according to Adamas", "the survey says"."""
        for at in self._said.chain(word)[1:]:
            clause = self._said.sentence.clauses[at]
            if self._said.is_attribution(clause):
                for name in self._said.mentions.names:
                    if clause.subject == name.word and not name.meaning.is_material:
                        return name
        for name in self._said.mentions.names:
            if (
                self.is_estimator(name)
                and self._said.clause_of[name.word]
                in self._said.chain(word)[: None if self._is_of_report(name) else 1]
            ):
                return name
        for one in self._said.mentions.marked("attribution"):
            for name in self._said.mentions.names:
                gap = self._said.sentence.text[one.end : name.start]
                tied = self._said.sentence.words[one.word].relation in ("prep", "pcomp")
                near = one.end <= name.start and len(_WORD.findall(gap)) <= 1
                if near and tied and is_body(name.meaning):
                    return name
            if tied_to := self._told_by(one):
                return tied_to
        return self._source_in_brackets(word)

    def _told_by(self, one: Mention[str]) -> Mention[Name] | None:
        """Return who "according to" names by no name: "according to industry estimates"."""
        sentence = self._said.sentence
        if sentence.words[one.word].relation not in ("prep", "pcomp"):
            return None
        last = next((w for w in sentence.words if w.end == one.end), None)
        ties = [sentence.words.index(last)] if last else []
        for child in (c for tie in {*ties, one.word} for c in sentence.children(tie)):
            word = sentence.words[child]
            if word.relation == "pobj" and word.start >= one.end:
                under = [sentence.words[i] for i in sentence.subtree(child)]
                start, end = under[0].start, word.end
                return Mention(start, end, child, Name(sentence.text[start:end]))
        return None

    def _source_in_brackets(self, word: int) -> Mention[Name] | None:
        """Return the source in the brackets behind a statement: "(Reuters, May 2025)"."""
        text = self._said.sentence.text
        at = self._said.sentence.words[word].start
        for start, end in self._said.brackets:
            if start < at or any(start <= f.start < end for f in self._said.figures):
                continue
            for name in self._said.mentions.names:
                if name.start != start + 1 or name.meaning.is_material or is_place(name.meaning):
                    continue
                dated = any(start < p.start < end for p in self._said.mentions.periods)
                ends = text[end : end + 1] in _ENDS and " " in text[name.start : name.end]
                if dated or ends or name.meaning.kind in PUBLICATIONS:
                    return name
            unknown = _DATED_SOURCE.match(text, start)
            dates = [p.start for p in self._said.mentions.periods]
            if unknown and unknown.end() in dates:
                source = Name(unknown["name"])
                return Mention(unknown.start("name"), unknown.end("name"), word, source)
        return None

    def is_who_says(self, name: Mention[Name]) -> bool:
        """Tell whether a name is of who tells a figure, not of whom it is about."""
        return self._said.is_speaker(name) or self.is_estimator(name)

    def _names_of(
        self, number: int, named: Mention[Measure] | None
    ) -> Iterable[tuple[Mention[Name], bool]]:
        figure = self._said.figures[number]
        allotted = frozenset(s for one in self._sharing for s in one.allotted)
        own = [m for one in self._sharing for m in one.own.get(number, ())]
        yield from ((m, True) for m in own)
        chain = self._said.chain(figure.word)
        scope = self._scope(chain)
        if named:
            clause = self._said.clause_of[named.word]
            under = self._said.sentence.subtree(named.word)
            scope |= {w for w in under if self._said.clause_of[w] == clause}
        for name in self._said.mentions.names:
            if name.start in allotted or self._is_of_other(name, number):
                continue
            if self._said.is_aside(name, figure):
                continue
            if name.word in scope:
                yield name, False

    def _scope(self, chain: tuple[int, ...]) -> frozenset[int]:
        """Return the words of a clause, of its subject, and of the clauses around it."""
        clauses = self._said.sentence.clauses
        inner = chain[:1]
        words = {w for w, clause in enumerate(self._said.clause_of) if clause in inner}
        for at in inner:
            if clauses[at].subject >= 0:
                head = clauses[at].subject
                words |= {
                    w
                    for w in self._said.sentence.subtree(head)
                    if self._said.clause_of[w] in (at, self._said.clause_of[head])
                }
        has_subject = any(clauses[at].subject >= 0 for at in inner)
        for at in chain[1:]:
            predicate = clauses[at].predicate
            for child in self._said.sentence.children(predicate):
                relation = self._said.sentence.words[child].relation
                fronted = relation == "prep" and child < clauses[inner[0]].predicate
                if fronted or (not has_subject and relation.startswith("nsubj")):
                    words |= {
                        w
                        for w in self._said.sentence.subtree(child)
                        if self._said.clause_of[w] == at
                    }
        return frozenset(words)

    def _is_of_other(self, name: Mention[Name], number: int) -> bool:
        """Tell whether a name hangs on another figure than this one."""
        path = self._said.sentence.path(name.word)
        for other, figure in enumerate(self._said.figures):
            if other != number and figure.word in path and figure.word != name.word:
                here = self._said.figures[number]
                nearer = here.word in path and path.index(here.word) < path.index(figure.word)
                return not nearer and not are_listed(
                    self._said.sentence.text, *sorted((here, figure), key=lambda one: one.start)
                )
        return False

    def _role(self, name: Mention[Name], frame: Frame, is_own: bool) -> Role | None:
        if _is_material(name.meaning):
            return "material"
        if (
            self._said.is_speaker(name)
            or self.is_estimator(name)
            or name.meaning.kind in PUBLICATIONS
        ):
            return None
        place = self._place_in_clause(name.word)
        role = frame.role(place, name.meaning)
        apart = place == "possessive" and is_place(name.meaning)
        if (apart or self._hangs_on_other_noun(name.word)) and role not in _LOCATIONS:
            return None
        return role or (frame.role("subject", name.meaning) if is_own else None)

    def _hangs_on_other_noun(self, word: int) -> bool:
        """Tell whether a preposition ties a name to a noun that is no measure and no figure."""
        words = self._said.sentence.words
        while words[word].relation in ("conj", "appos") and words[word].head != word:
            word = words[word].head
        tie = words[word].head
        if words[word].relation != "pobj" or words[tie].relation == "agent":
            return False
        noun = words[tie].head
        if not words[noun].tag.startswith("NN"):
            return False
        materials = (n for n in self._said.mentions.names if n.meaning.is_material)
        known = (
            *self._said.mentions.measures,
            *self._said.figures,
            *self._said.mentions.markers,
            *materials,
        )
        start, end = words[noun].start, words[noun].end
        return not any(m.start < end and start < m.end for m in known)

    def is_estimator(self, name: Mention[Name]) -> bool:
        """Tell whether a name says only whose figure it is: "the USGS average"."""
        words = self._said.sentence.words
        place = self._place_in_clause(name.word)
        if place == "possessive" and name.meaning.kind in _ESTIMATORS:
            return words[words[name.word].head].lemma in grammar_words("figure nouns")
        clause = self._said.clause(name.word)
        if self._is_of_report(name):
            return True
        reports = self._said.verb(clause) in grammar_words("reporting")
        is_stranger = not name.meaning.id or name.meaning.kind in _ESTIMATORS
        return place in ("subject", _BY) and reports and is_stranger and is_body(name.meaning)

    def _is_of_report(self, name: Mention[Name]) -> bool:
        """Tell whether a name is of whose report says something: "a report from X shows"."""
        words = self._said.sentence.words
        tie = words[name.word].head
        noun = words[tie].head
        says = grammar_words("figure nouns") | grammar_words("editions")
        clause = self._said.clause(noun)
        is_tied = words[name.word].relation == "pobj" and is_body(name.meaning)
        is_subject = is_tied and clause is not None and clause.subject == noun
        is_report = is_subject and words[noun].lemma in says
        return is_report and self._said.verb(clause) in grammar_words("reporting")

    def _place_in_clause(self, word: int) -> str:
        """Return where in its clause a name stands: "subject", "object" or its preposition."""
        words = self._said.sentence.words
        at = word
        for _ in range(len(words)):
            relation, head = words[at].relation, words[at].head
            if relation == "pobj":
                return words[head].lemma
            if relation in ("nsubj", "nsubjpass"):
                clause = self._said.clause(head)
                passive = relation == "nsubjpass" or (clause and clause.is_passive)
                return "object" if passive else "subject"
            if relation in ("dobj", "attr"):
                return "object"
            if relation == "dative":
                return "dative"
            if relation in ("poss", "compound", "amod", "nmod"):
                return "possessive"
            if relation in ("conj", "appos") and head != at:
                at = head
                continue
            break
        clause = self._said.clause(word)
        return "subject" if clause and clause.subject == word else ""


def _is_material(name: Name) -> bool:
    return name.is_material
