"""What a claim and a statement say, slot by slot, and how far the one has the other's slots.

Each slot compared is a number from 0 to 1, by its name; `verdict_weights.tsv` tells how much each
counts for a verdict.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.citing.clause_comparison import clauses_differ
from assistant.citing.comparing import is_rougher
from assistant.citing.parties import are_exchanged, parties_of
from corpus.document import Cell
from corpus.facts import Fact
from corpus.language.clauses import (
    Clause,
    Sentence,
    parse_sentences,
    parse_together,
    split_sentences,
)
from corpus.language.measures import find_measures, find_terms, is_kind_of, names_of_nature
from corpus.language.named_editions import find_editions
from corpus.language.names import Name, find_names
from corpus.language.periods import Period, contains, find_periods, same_period
from corpus.language.quantities import Quantity, find_quantities, same_quantity
from corpus.language.units import is_convertible
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import content_words, fold
from index.facts.fact_context import stem

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_MOST_CHARS = 1_500
_NEAR = 6  # words on each side of a figure that tell what it is of
_SEVERAL = 2  # times of a figure, from which it has a way
_ALIKE = 0.06  # by which share figures that are told roughly may differ
_SUPERLATIVES = ("JJS", "RBS")
_OF_NAME = ("compound", "nmod", "amod")
_TABLES = ("statuses", "bases", "stages", "statistics")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with the stems of the words around it."""

    quantity: Quantity
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, as it is compared: figures, times, names, markers, roles and words."""

    figures: tuple[Figure, ...]
    periods: tuple[Period, ...]
    names: tuple[Name, ...]
    proper: frozenset[str]
    measures: frozenset[str]
    terms: Mapping[str, frozenset[str]]
    stems: frozenset[str]
    denials: int = 0
    universals: int = 0
    superlatives: int = 0
    verbs: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    parties: frozenset[tuple[str, str]] = frozenset()  # role and stem
    parsed: tuple[Sentence, ...] = ()
    editions: frozenset[str] = frozenset()


@lru_cache(maxsize=4_000)
def read(text: str) -> Reading:
    """Return what a text says."""
    text = text[:_MOST_CHARS]
    names = find_names(text)
    spans = split_sentences(text)
    parsed = parse_sentences(text, spans, [(n.start, n.end) for n in names])
    agents, others, verbs = _roles(parsed)
    words = [word for one in parsed for word in one.words]
    return replace(
        read_around(text),
        proper=frozenset(_proper_words(parsed)),
        superlatives=sum(word.tag in _SUPERLATIVES for word in words),
        verbs=verbs,
        agents=agents,
        others=others,
        parties=frozenset(party for one in parsed for party in parties_of(one)),
        parsed=parsed,
    )


def parse_ahead(texts: Iterable[str]) -> None:
    """Have the grammar of texts parsed at once, so that `read` finds it done."""
    cut = [text[:_MOST_CHARS] for text in texts]
    parse_together((text, [(one.start, one.end) for one in find_names(text)]) for text in cut)


@lru_cache(maxsize=4_000)
def read_around(text: str) -> Reading:
    """Return what a text names and has words of, its grammar left aside."""
    terms = {table: frozenset(one.meaning for one in find_terms(table, text)) for table in _TABLES}
    markers = find_terms("markers", text)
    terms["markers"] = frozenset(one.meaning for one in markers)
    words = _WORD.findall(text)
    return Reading(
        tuple(_figures(text)),
        tuple(one.period for one in find_periods(text)),
        tuple(one.name for one in find_names(text)),
        frozenset(fold(word) for word in words if word[0].isupper()),
        frozenset(one.meaning.name for one in find_measures(text)),
        terms,
        denials=sum(one.meaning == "negation" for one in markers),
        universals=sum(word.casefold() in _universals() for word in words),
        stems=stems_of(text),
        editions=frozenset(one.name for one in find_editions(text)),
    )


def read_row(said: Reading, facts: Sequence[Fact], cells: Sequence[Cell]) -> Reading:
    """Return what a row says by its facts, whose units and times its text, as read, leaves out.

    A cell of which there is no fact has the unit that governs it. Of a thing that has figures of
    several times it is told whether it went up or down.
    """
    told = [fact for fact in facts if isinstance(fact.value, Quantity)]
    figures = [Figure(fact.value, said.stems) for fact in told if isinstance(fact.value, Quantity)]
    spans = [(fact.place.value_start, fact.place.value_end) for fact in told]
    for cell in cells:
        if not any(start < cell.end and cell.start < end for start, end in spans):
            found = find_quantities(f"{cell.text} {cell.unit}")
            figures += [Figure(one.quantity, said.stems) for one in found]
    terms = dict(said.terms)
    terms["markers"] = said.terms["markers"] | _ways(told)
    return replace(
        said,
        figures=tuple(figures) or said.figures,
        periods=(*said.periods, *(fact.period for fact in told if fact.period)),
        names=(*said.names, *(name for fact in told for name in fact.named())),
        measures=said.measures | {fact.measure for fact in told if fact.measure},
        terms=terms,
    )


def _ways(facts: Sequence[Fact]) -> frozenset[str]:
    """Return the way that a figure of several times went, nothing where it is not one."""
    dated = sorted(
        (fact.period.last or str(fact.period.year), fact.value.low)
        for fact in facts
        if fact.period and isinstance(fact.value, Quantity) and not fact.change
    )
    units = {fact.value.unit for fact in facts if isinstance(fact.value, Quantity)}
    measures = {fact.measure for fact in facts}
    if len(dated) < _SEVERAL or len(units) > 1 or len(measures) > 1:
        return frozenset()
    first, last = dated[0], dated[-1]
    if first[0] == last[0] or first[1] == last[1]:
        return frozenset()
    return frozenset(("up",) if last[1] > first[1] else ("down",))


def _figures(text: str) -> Iterator[Figure]:
    """Yield the quantities of a text, each with the words up to the figures beside it."""
    found = find_quantities(text)
    begins = [0, *(one.end for one in found)]
    ends = [*(one.start for one in found[1:]), len(text)]
    for one, begin, end in zip(found, begins, ends, strict=False):
        before = content_words(text[begin : one.start])[-_NEAR:]
        behind = content_words(text[one.end : end])[:_NEAR]
        yield Figure(one.quantity, frozenset(map(stem, (*before, *behind))))


def _proper_words(parsed: Sequence[Sentence]) -> Iterator[str]:
    """Yield the words that are written as names, but for those that open a sentence."""
    for sentence in parsed:
        for number, word in enumerate(sentence.words):
            if word.text[:1].isupper() and (number or word.is_name):
                yield fold(word.text)


def _roles(
    parsed: Sequence[Sentence],
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the stems of who acts, of whom and what it is done to, and of the verbs."""
    agents: set[str] = set()
    others: set[str] = set()
    verbs: set[str] = set()
    for sentence in parsed:
        for clause in sentence.clauses:
            verbs.add(stem(sentence.words[clause.predicate].lemma))
            agent, patients = _ends(sentence, clause)
            agents |= _nominal(sentence, agent)
            for one in patients:
                for noun in _with_complements(sentence, one):
                    others |= _nominal(sentence, noun)
    return frozenset(agents - others), frozenset(others - agents), frozenset(verbs)


def _ends(sentence: Sentence, clause: Clause) -> tuple[int, list[int]]:
    by = [o.noun for o in clause.obliques if sentence.words[o.preposition].relation == "agent"]
    rest = [o.noun for o in clause.obliques if o.noun not in by]
    if clause.is_passive:
        return (by[0] if by else -1), [clause.subject, *rest]
    return clause.subject, [*clause.objects, *rest]


def _nominal(sentence: Sentence, at: int) -> set[str]:
    if at < 0:
        return set()
    words = sentence.words
    kept = [at, *(c for c in sentence.children(at) if words[c].relation in _OF_NAME)]
    told = (words[one].text for one in kept if words[one].tag[0] == "N")
    return {stem(word) for text in told for word in content_words(text)}


def _with_complements(sentence: Sentence, at: int) -> Iterator[int]:
    """Yield a noun with those that prepositions tie to it: "the purchase of Norvik"."""
    if at < 0:
        return
    yield at
    words = sentence.words
    for tied in sentence.children(at):
        if words[tied].relation == "prep":
            for noun in sentence.children(tied):
                if words[noun].relation == "pobj":
                    yield from _with_complements(sentence, noun)


# -- comparing


def compare_slots(claim: Reading, said: Reading, around: Reading) -> dict[str, float]:
    """Return how far a statement has the slots of a claim; `around` is what stands above it."""
    held = said.stems | around.stems
    found = {
        "words": _share(claim.stems, held),
        "own words": _share(said.stems, claim.stems),
        "verbs": _share(claim.verbs, said.verbs | said.stems),
        "proper": _share(claim.proper, said.proper | around.proper | held),
        "proper missing": float(not claim.proper <= said.proper | around.proper | held),
        "other proper": _share(said.proper, claim.proper | claim.stems),
    }
    found |= _figure_slots(claim, said)
    found |= _time_slots(claim, said, around)
    found |= _name_slots(claim, said, around)
    found |= _marker_slots(claim, said)
    exchanged = len(claim.agents & said.others) + len(claim.others & said.agents)
    kept = len(claim.agents & said.agents) + len(claim.others & said.others)
    found["roles exchanged"] = exchanged / max(exchanged + kept, 1)
    found["roles kept"] = kept / max(exchanged + kept, 1)
    found["roles turned"] = float(are_turned(claim, said))
    found["parties exchanged"] = float(are_exchanged(claim.parties, said.parties))
    found["edition other"] = float(_is_of_other_edition(claim, said.editions or around.editions))
    found["clauses differ"] = float(clauses_differ(claim.parsed, said.parsed))
    return found


def _is_of_other_edition(claim: Reading, held: Collection[str]) -> bool:
    """Tell whether a claim names an edition and a statement only others."""
    named = [(one, other) for one in claim.editions for other in held]
    return bool(named) and not any(a.startswith(b) or b.startswith(a) for a, b in named)


def are_turned(claim: Reading, said: Reading) -> bool:
    """Tell whether a statement has who acts and who is acted on the other way, by one verb."""
    turned = claim.agents & said.others and claim.others & said.agents and claim.verbs & said.verbs
    return bool(turned) and not (claim.agents & said.agents and claim.others & said.others)


def _share(wanted: Collection[str], held: Collection[str]) -> float:
    return sum(one in held for one in wanted) / len(wanted) if wanted else 1.0


def missing_slots(text: str, said: Reading, around: Reading) -> Iterator[str]:
    """Yield the figures, times and names of a claim that a statement does not have, as written."""
    for figure in find_quantities(text):
        if not any(is_same_figure(figure.quantity, one.quantity) for one in said.figures):
            yield text[figure.start : figure.end]
    for time in find_periods(text):
        held = (*said.periods, *around.periods)
        if not any(same_period(time.period, one) or _holds(time.period, one) for one in held):
            yield text[time.start : time.end]
    for named in find_names(text):
        if not any(_is_same_name(named.name, one) for one in (*said.names, *around.names)):
            yield text[named.start : named.end]


def _figure_slots(claim: Reading, said: Reading) -> dict[str, float]:
    names = ("figures", "figures same", "figures near", "figures other", "figures missing",
             "figures of other unit", "figures of another", "bounds differ")  # fmt: skip
    found = dict.fromkeys(names, 0.0)
    if not claim.figures:
        return found
    found["figures"] = 1.0
    count = len(claim.figures)
    for one in claim.figures:
        same = [o for o in said.figures if is_same_figure(one.quantity, o.quantity)]
        if same:
            found["figures same"] += 1 / count
            rivals = [o for o in said.figures if o not in same and _may_rival(one, o)]
            is_another = any(_is_nearer(one, o, same, claim.figures) for o in rivals)
            found["figures of another"] += float(is_another) / count
            found["bounds differ"] += float(not any(_bound(one) == _bound(o) for o in same)) / count
        elif any(_is_near(one.quantity, o.quantity) for o in said.figures):
            found["figures near"] += 1 / count
        elif any(_has_other_unit(one.quantity, o.quantity) for o in said.figures):
            found["figures of other unit"] = 1.0
        elif any(_is_alike(one, o) for o in said.figures):
            found["figures other"] = 1.0
        else:
            found["figures missing"] = 1.0
    return found


def _is_nearer(
    one: Figure, rival: Figure, same: Sequence[Figure], claimed: Sequence[Figure]
) -> bool:
    """Tell whether what a figure of a claim is of is what a statement gives another figure of.

    Of two figures that the claim has both, each must be nearer to the other's.
    """
    own = max(len(one.around & o.around) for o in same)
    if len(one.around & rival.around) <= own:
        return False
    others = [o for o in claimed if is_same_figure(o.quantity, rival.quantity)]
    return all(
        max(len(o.around & s.around) for s in same) > len(o.around & rival.around) for o in others
    )


def _bound(one: Figure) -> str:
    return one.quantity.bound.strip("=~")


def is_same_figure(one: Quantity, other: Quantity) -> bool:
    """Tell whether a figure of a claim is another one, of which one may lack its unit."""
    if same_quantity(one, other):
        return not is_rougher(other, one)
    is_bare = not other.unit or not one.unit
    return is_bare and (one.low, one.high) == (other.low, other.high)


def _may_rival(one: Figure, other: Figure) -> bool:
    """Tell whether a figure may be one of the same kind; in a list the last may have the unit."""
    return not other.quantity.unit or _is_alike(one, other)


def _is_alike(one: Figure, other: Figure) -> bool:
    units = one.quantity.unit, other.quantity.unit
    return units[0] == units[1] or is_convertible(*units)


def _is_near(one: Quantity, other: Quantity) -> bool:
    if one.unit != other.unit and not is_convertible(other.unit, one.unit):
        return False
    other = other.in_unit(one.unit) if other.unit != one.unit else other
    return abs(one.value - other.value) <= _ALIKE * max(abs(one.value), abs(other.value))


def _has_other_unit(one: Quantity, other: Quantity) -> bool:
    """Tell whether two figures have one number, each in a unit of its own."""
    units = {one.unit, other.unit}
    return "" not in units and len(units) == 2 and one.low == other.low


def _time_slots(claim: Reading, said: Reading, around: Reading) -> dict[str, float]:
    names = ("times", "times same", "times around", "times within", "times coarser", "times other",
             "times missing")  # fmt: skip
    found = dict.fromkeys(names, 0.0)
    if not claim.periods:
        return found
    found["times"] = 1.0
    count = len(claim.periods)
    for one in claim.periods:
        if any(same_period(one, o) for o in said.periods):
            found["times same"] += 1 / count
        elif not said.periods and any(same_period(one, o) for o in around.periods):
            found["times around"] += 1 / count
        elif any(_holds(one, o) for o in (*said.periods, *around.periods)):
            found["times within"] += 1 / count
        elif any(_is_coarser(one, o) for o in (*said.periods, *around.periods)):
            found["times coarser"] += 1 / count
        elif said.periods:
            found["times other"] = 1.0
        else:
            found["times missing"] = 1.0
    return found


def _holds(one: Period, other: Period) -> bool:
    """Tell whether a time holds another; one that is open begins or ends with it."""
    is_since = not one.last and one.first and one.first == other.first
    is_until = not one.first and one.last and one.last == other.last
    return bool(contains(one, other) or is_since or is_until)


def _is_coarser(one: Period, other: Period) -> bool:
    """Tell whether a time is within a longer one, or one of its years without known ends."""
    is_dated = one.first and one.last and other.first and other.last
    return contains(other, one) or bool(not is_dated and {*one.years} & {*other.years})


def _name_slots(claim: Reading, said: Reading, around: Reading) -> dict[str, float]:
    names = ("names", "names same", "names around", "names other", "names missing")
    found = dict.fromkeys(names, 0.0)
    if not claim.names:
        return found
    found["names"] = 1.0
    count = len(claim.names)
    for one in claim.names:
        if any(_is_same_name(one, o) for o in said.names):
            found["names same"] += 1 / count
        elif any(_is_same_name(one, o) for o in around.names) and not _is_rivalled(
            one, claim, said
        ):
            found["names around"] += 1 / count
        elif _is_rivalled(one, claim, said):
            found["names other"] = 1.0
        else:
            found["names missing"] = 1.0
    return found


def _is_rivalled(one: Name, claim: Reading, said: Reading) -> bool:
    """Tell whether a statement names another of the kind of a name, of which a claim says nothing.

    What only stands above it is then what it is beside, not what it is of.
    """
    others = [o for o in said.names if not any(_is_same_name(o, c) for c in claim.names)]
    return any(o.kind == one.kind for o in others)


def _is_same_name(one: Name, other: Name) -> bool:
    return one.key == other.key or bool(one.id and one.id == other.id)


def _marker_slots(claim: Reading, said: Reading) -> dict[str, float]:
    wanted, told = claim.terms["markers"], said.terms["markers"]
    up, down = ("up" in wanted, "up" in told), ("down" in wanted, "down" in told)
    found = {
        "way opposed": float(
            (up[0] and not up[1] and down[1]) or (down[0] and not down[1] and up[1])
        ),
        "way same": float((up[0] and up[1]) or (down[0] and down[1])),
        "way missing": float((up[0] or down[0]) and not (up[1] or down[1])),
        "denied by claim": float(claim.denials > said.denials),
        "denied by source": float(said.denials > claim.denials),
        "able in claim": float("ability" in wanted - told),
        "able in source": float("ability" in told - wanted),
        "planned in source": float(
            bool((said.terms["statuses"] - claim.terms["statuses"]) & names_of_nature("ahead"))
        ),
        "said by somebody": float("attribution" in told - wanted),
        "superlative in claim": float(claim.superlatives > said.superlatives),
        "universal in claim": float(claim.universals > said.universals),
        "universal in source": float(said.universals > claim.universals),
        "measure same": float(bool(claim.measures & said.measures)),
        "measure other": float(_is_other_measure(claim.measures, said.measures)),
    }
    for table in _TABLES:
        one, other = claim.terms[table], said.terms[table]
        found[f"{table} in claim"] = float(bool(one - other))
        found[f"{table} in source"] = float(bool(other - one))
        found[f"{table} other"] = float(bool(one and other and not one & other))
    return found


def _is_only_planned(claim: Reading, said: Reading) -> bool:
    """Tell whether a statement speaks of a plan or forecast where the claim speaks of none."""
    ahead = names_of_nature("ahead")
    return bool(said.terms["statuses"] & ahead) and not claim.terms["statuses"] & ahead


def _is_other_measure(claim: Collection[str], said: Collection[str]) -> bool:
    if not claim or not said:
        return False
    return not any(
        one == other or is_kind_of(one, other) or is_kind_of(other, one)
        for one in claim
        for other in said
    )


@lru_cache(maxsize=20_000)
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the content words of a text."""
    return frozenset(map(stem, content_words(text)))


@lru_cache(maxsize=1)
def _universals() -> frozenset[str]:
    return load_vocabulary().word_class("universal")
