"""Which roles the names of a sentence and of its context may have for a value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from corpus.facts.fact import Role
from corpus.facts.sentences.anchors import Anchors
from corpus.facts.sentences.candidates.attribution import Attribution
from corpus.facts.sentences.candidates.roles import Frame, frame_of
from corpus.facts.sentences.candidates.terms import Terms
from corpus.facts.sentences.enumerations import are_listed
from corpus.facts.sentences.linking import Candidate
from corpus.facts.sentences.links import Anchor, Links, gap
from corpus.facts.sentences.mentions import LAWS, PUBLICATIONS, Mention, is_body, is_place
from corpus.facts.sentences.sentence_context import Context
from corpus.language.measures import measure_named, root_of
from corpus.language.names import Name

_LOCATIONS: tuple[Role, ...] = ("place", "origin", "destination")
_BUILT = frozenset(("mine", "plant", "project", "deposit"))
_ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class LinkedArgument:
    """A role that a name may have, and the mention of it, None where its context has told it."""

    role: Role
    name: Name
    mention: Mention[Name] | None = None


@dataclass(frozen=True, slots=True)
class LinkedName:
    """A name that may have a role, with the mention of it or where the context tells it."""

    name: Name
    mention: Mention[Name] | None = None
    sources: tuple[str, ...] = ()


class ArgumentCandidates:
    """The names of one sentence and its context, each with its roles."""

    def __init__(self, at: Anchors, links: Links, context: Context) -> None:
        """Take a sentence's figures, how its mentions stand to them, and what was told before."""
        self._at = at
        self._links = links
        self._context = context
        self._attribution = Attribution(at)
        terms = Terms(at)
        self._terms_of_price = {span for f in at.figures if (span := terms.price_basis(f))}

    def named(self, anchor: Anchor) -> list[LinkedName]:
        """Return who and what a value may be about: what is nearest in its sentence first."""
        number = self._at.number(anchor)
        paired = self._links.paired
        names = [
            n
            for n in self._links.names
            if number in paired.get(n.start, (number,))
            and (number >= 0 or not anchor.start <= n.start < anchor.end)
            and not any(start <= n.start < end for start, end in self._terms_of_price)
        ]
        if any(n.meaning.is_material and n.start in paired for n in names):
            # "praseodymium is 5% of the oxide": the oxide is the whole, no material of its own
            names = [n for n in names if n.start in paired or not self._is_whole(n)]
        distance = self._at.sentence.distance
        near = sorted(names, key=lambda n: (distance(anchor.word, n.word), gap(anchor, n)))
        found = [LinkedName(one.meaning, one) for one in near]
        here = {n.meaning.key for n in self._links.names}
        told: dict[str, tuple[Name, list[str]]] = {}
        for source, name in self._context.names():
            if name.key not in here:
                told.setdefault(name.key, (name, []))[1].append(source)
        return found + [LinkedName(name, None, tuple(held)) for name, held in told.values()]

    def roles(
        self, anchor: Anchor, measure: str, one: LinkedName, linked: Sequence[LinkedArgument]
    ) -> list[Candidate[LinkedArgument]]:
        """Return the roles that a name may have, beside those that nearer names have.

        What the context tells has no role that a name of the sentence has.
        """
        at = self._at
        frame = frame_of(at.verb(at.clause(anchor.word)), measure)
        nature = root_of(measure_named(measure)).name or "none"
        kind, coarse = _kind(one.name), _kind(one.name, coarse=True)
        same = [a for a in linked if _kind(a.name, coarse=True) == coarse]
        joined = any(self._are_joined(one.mention, a.mention) for a in same)
        if one.mention:
            general, by_role = self._mentioned(anchor, one.mention, nature, coarse)
        else:
            general, by_role = self._told(anchor, one, coarse, bool(same))
        taken = {a.role for a in linked}
        source = "here" if one.mention else "told"
        if one.mention and self._is_in_own_whole(anchor, one.mention):
            general.append(f"in own whole {coarse} after {min(len(same), 1)}")
        general += [
            f"{source} {coarse} after {min(len(same), 2)}",
            f"{source} {coarse} joined {joined} after {min(len(same), 1)}",
        ]
        return [
            Candidate(
                LinkedArgument(role, one.name, one.mention),
                (
                    *general,
                    *(f"{role} {f}" for f in by_role),
                    f"{source} {role}",
                    f"{role} {coarse}",
                    f"{role} {kind}",
                    f"{role} {nature} {coarse}",
                    f"{role} {nature}",
                    f"{role} measure {measure}",
                    f"{role} {at.kind_of(anchor)}",
                    f"{source} {role} {kind} {nature}",
                    f"{source} {role} taken {role in taken} joined {joined}",
                    *self._agreement(anchor, one, frame, role),
                ),
            )
            for role in _roles_of(one.name)
            if one.mention or role not in taken
        ]

    def _are_joined(self, one: Mention[Name] | None, other: Mention[Name] | None) -> bool:
        if one is None or other is None:
            return False
        first, second = sorted((one, other), key=lambda m: m.start)
        return are_listed(self._at.sentence.text, first, second)

    def _agreement(
        self, anchor: Anchor, one: LinkedName, frame: Frame, role: Role
    ) -> Iterator[str]:
        """Yield whether the verb's frame gives a name this role, by its place in the clause."""
        at = self._at
        if one.mention:
            place, source = at.place_in_clause(one.mention.word), "frame"
            first = self._first_of_list(one.mention)
            if first:
                listed = frame.role(at.place_in_clause(first.word), first.meaning)
                yield f"list agrees {listed == role} {bool(listed)}"
        else:
            stands = self._stands_for(anchor)
            place = at.place_in_clause(stands.word) if stands else "subject"
            source = f"told frame {bool(stands)}"
        agreed = frame.role(place, one.name)
        yield f"{source} agrees {agreed == role} {'spoken' if agreed else 'silent'}"
        yield f"{source} {frame.name} agrees {agreed == role}"
        yield f"{role} {source} {agreed}"

    def _mentioned(
        self, anchor: Anchor, one: Mention[Name], nature: str, coarse: str
    ) -> tuple[list[str], list[str]]:
        """Return the features of a name of the sentence, for any role and for each."""
        at = self._at
        alike = [n for n in self._links.names if _kind(n.meaning, coarse=True) == coarse]
        link = [*self._links.link(anchor, one), *self._links.rivals(anchor, one, alike)]
        if self._hangs_on_other_noun(one.word):
            link.append("on another noun")
        place = at.place_in_clause(one.word)
        general = [f"{f} {coarse}" for f in link]
        general += [
            f"speaker {at.is_speaker(one)} estimator {self._attribution.is_estimator(one)}",
            f"form {bool(one.meaning.form)} {coarse}",
            f"in brackets {any(s <= one.start < e for s, e in at.brackets)} {one.meaning.kind}",
        ]
        return general, [f"place {place}", f"{nature} place {place}"]

    def _told(
        self, anchor: Anchor, one: LinkedName, coarse: str, has_own: bool
    ) -> tuple[list[str], list[str]]:
        """Return the features of a name that the context tells, for any role and for each."""
        at = self._at
        clause = at.clause(anchor.word)
        subject = clause is not None and clause.subject >= 0
        stands = self._stands_for(anchor)
        stood = stands.meaning if stands else "nobody"
        named = any(_kind(n.meaning, coarse=True) == coarse for n in self._links.names)
        state = "linked" if has_own else "named" if named else "none"
        unread = "unread" if at.has_unread_subject(anchor.word) else "read"
        general = [
            feature
            for source in one.sources
            for feature in (
                f"{source} {state}",
                f"{source} {state} {unread}",
                f"{source} {state} {stood}",
                f"{source} {state} {at.kind_of(anchor)}",
            )
        ]
        general.append(f"told {coarse} {state} {stood} {subject}")
        return general, [f"{source} {state}" for source in one.sources]

    def _is_whole(self, one: Mention[Name]) -> bool:
        return one.meaning.is_material and self._links.is_in_whole(one)

    def _is_in_own_whole(self, anchor: Anchor, one: Mention[Name]) -> bool:
        number = self._at.number(anchor)
        spans = self._links.wholes_of_measures
        whole = self._at.whole(self._at.figures[number]) if number >= 0 else None
        return any(s <= one.start < e for s, e in (*spans, *([whole] if whole else [])))

    def _stands_for(self, anchor: Anchor) -> Mention[str] | None:
        """Return the "it" or "the company" of a clause that stands for who was named before."""
        held = self._at.mentions.marked("speaker", "site")
        return next((m for m in held if self._at.is_argument(m.word, anchor.word)), None)

    def _first_of_list(self, one: Mention[Name]) -> Mention[Name] | None:
        """Return the first of the names that alternate with figures: "from A, 5%; B, 2%"."""
        if one.start not in self._links.paired:
            return None
        coarse = _kind(one.meaning, coarse=True)
        held = (n for n in self._links.names if n.start in self._links.paired)
        return next((n for n in held if _kind(n.meaning, coarse=True) == coarse), None)

    def _hangs_on_other_noun(self, word: int) -> bool:
        """Tell whether a preposition ties a name to a noun that is no measure and no figure."""
        words = self._at.sentence.words
        while words[word].relation in ("conj", "appos") and words[word].head != word:
            word = words[word].head
        tie = words[word].head
        if words[word].relation != "pobj" or words[tie].relation == "agent":
            return False
        noun = words[tie].head
        if not words[noun].tag.startswith("NN"):
            return False
        materials = (n for n in self._at.mentions.names if n.meaning.is_material)
        known = (
            *self._at.mentions.measures,
            *self._at.figures,
            *self._at.mentions.markers,
            *materials,
        )
        start, end = words[noun].start, words[noun].end
        return not any(m.start < end and start < m.end for m in known)


def _roles_of(name: Name) -> tuple[Role, ...]:
    """Return the roles that a name may have by what it is of: no agency is an origin."""
    kind = _kind(name, coarse=True)
    if kind == "material":
        return ("material",)
    if kind == "place" or not name.id:
        return tuple(role for role in _ROLES if role != "material")
    return tuple(role for role in _ROLES if role not in ("material", *_LOCATIONS))


def _kind(name: Name, coarse: bool = False) -> str:
    """Return what kind of thing a name is of, fine or coarse."""
    if name.is_material:
        return "material"
    if name.kind in PUBLICATIONS | LAWS:
        return "text" if coarse else name.kind
    if is_place(name):
        return "place" if coarse else "site" if name.kind in _BUILT else name.kind
    if is_body(name):
        return "body" if coarse else name.kind or "unknown"
    return "text"
