"""How well the names of a fact fit those asked for: in roles and forms, or named around it."""

import re
from collections.abc import Callable, Mapping, Sequence

from corpus.facts import Argument, Day, Fact, Names, Query, Table
from corpus.facts.compare import Relation
from corpus.facts.fact import Role
from corpus.language.measures import find_terms, has_nature
from corpus.language.names import BODIES, PLACES, Name, find_names
from corpus.language.quantities import Quantity
from corpus.language.vocabulary import load_vocabulary
from corpus.language.words import content_words, fold
from corpus.lexicon import load_lexicon
from index.facts.fact_context import FactContext, forms_of, is_named, is_written_in
from index.facts.ledger import LedgerFact, classes_in, named_in
from index.storage.fact_rows import is_whole, name_form, name_key

_SIDES: frozenset[Role] = frozenset(
    ("origin", "destination", "buyer", "seller", "lender", "borrower", "owner", "owned")
)
_OPPOSITE: Mapping[str, Role] = {"outward": "destination", "inward": "origin"}
_OWN_SIDE: Mapping[str, Role] = {"outward": "origin", "inward": "destination"}
_SPEAKERS = frozenset(("agency", "publisher", "archive"))
_OXIDE = "oxide"
_WORLD = "world"
_SITES = frozenset(("mine", "plant", "deposit", "project", "town"))
_NAMED_WITHIN = _SITES | {"company"}
FIT: frozenset[Relation] = frozenset(("same", "implied"))
BESIDE = _SPEAKERS | {"law", "publication"}


def argument_fit(wanted: Argument, found: LedgerFact, query: Query) -> Relation:
    """Compare one name asked for with those of a fact, in its role where roles tell ends apart."""
    fact, measure = found.fact, query.wanted.measure
    best: Relation = "missing"
    trade = next((t for t in _OPPOSITE if has_nature(measure or fact.measure, t)), "")
    asked = {name_key(a.name) for a in query.wanted.arguments}

    def is_asked(said: Argument) -> bool:
        return name_key(said.name) in asked and name_key(said.name) != name_key(wanted.name)

    for argument in fact.arguments:
        if not _may_stand(wanted.role, argument.role, fact, trade):
            continue
        relation = _name_fit(wanted.name, argument.name, query.rest)
        if relation == "other" and _is_counted_as_oxide(wanted.name, argument.name, fact):
            relation = "coarser"
        if relation == "other" and _says_all_forms(wanted.name, argument.name, found):
            relation = "coarser"
        if relation in FIT:
            return "other" if _is_of_several(argument, query, fact) else relation
        if relation == "coarser" and not _has_other_forms(wanted.name, fact):
            best = relation
        elif argument.role == wanted.role and best == "missing" and not is_asked(argument):
            best = "other"
    if (
        is_whole(wanted.name) and best != "coarser"
    ):  # a fact may leave them unsaid, but not name another thing
        is_other = fact.rest or any(a.role == "material" for a in fact.arguments)
        return "other" if is_other else "implied"
    is_silent = fact.table == Table() and not any(
        _may_stand(wanted.role, a.role, fact, trade) and are_rivals(wanted, a, found)
        for a in fact.arguments
    )
    if best == "missing" and is_silent and name_key(wanted.name) in named_in(found.source.title):
        return "coarser"  # a sentence that leaves out whom its text is about
    if isinstance(fact.value, Names) and any(
        _name_fit(wanted.name, name) in FIT for name in fact.value.names
    ):
        return "implied"
    if wanted.name.kind in BESIDE and _is_said_by(wanted.name, found):
        return "implied"
    if query.operation == "table" and wanted.role == "material" and "material" in query.group_by:
        return _as_member(wanted.name, found) or best
    return best


def _as_member(wanted: Name, found: LedgerFact) -> Relation | None:
    """Return how a cell is of a class by the words over its table: "light oxides"; None if not.

    The title of a source says it of all its tables.
    """
    key, caption = name_key(wanted), found.fact.table.caption
    if any(name_key(one.name) == key for one in find_names(caption)):
        return "implied"
    return "coarser" if found.fact.is_cell and key in classes_in(found.source.title) else None


def named_around(
    wanted: Fact,
    placed: Sequence[Relation],
    found: LedgerFact,
    around: Callable[[LedgerFact], FactContext],
) -> list[Relation]:
    """Return relations where a name that a fact leaves out, and that stands around it, is coarser.

    A fact that has another name in the role of one is another fact, unless that name is asked, too.
    """
    relations: list[Relation] = []
    for argument, relation in zip(wanted.arguments, placed, strict=True):
        if relation not in (*FIT, "coarser"):
            # One in another form than asked is a rival, too.
            asked = frozenset(name_key(a.name) for a in wanted.arguments if a is not argument)
            has_rival = any(
                name_key(a.name) not in asked
                and are_rivals(argument, a, found)
                and not _is_place_of(a.name, argument.name)
                for a in found.fact.arguments
            )
            if not has_rival and (
                is_named(around(found), argument.name, asked) or _is_of_own_state(argument, found)
            ):
                relation = "coarser"
        relations.append(relation)
    return relations


def are_said_beside(found: LedgerFact, query: Query) -> bool:
    """Tell whether all names asked for stand in the part of a sentence that has the value.

    One that a sentence leaves out is whom its text is about, if it names no other of its kind.
    """
    place = found.fact.place
    quote = found.quote
    start = quote.rfind(";", 0, place.value_start - place.start) + 1
    end = quote.find(";", place.value_end - place.start)
    part = quote[start : end if end >= 0 else len(quote)]
    others = [one.name for one in find_names(quote)]
    for argument in query.wanted.arguments:
        name = argument.name
        if is_whole(name) or name.id == _WORLD or name.kind in BESIDE:
            continue
        if is_written_in(forms_of(name), part):
            if name.form and name.is_material and not _has_form(name, part):
                return False
            continue
        if is_written_in(forms_of(name), quote):
            return False
        if any(_are_alike(name, other) for other in others):
            return False
    return True


def _are_alike(name: Name, other: Name) -> bool:
    """Tell whether a sentence that names another is about that: a body or place for a body."""
    if name.is_material or other.is_material:
        return name.is_material and other.is_material
    return other.kind not in BESIDE and other.kind in PLACES | BODIES


def _has_form(name: Name, words: str) -> bool:
    told = {word for one in find_terms("forms", words) for word in one.meaning.split()}
    said = {key for one in find_names(words) for key in name_form(one.name)}
    return name_form(name) <= {word.removesuffix("s") for word in told} | said


def _is_of_own_state(wanted: Argument, found: LedgerFact) -> bool:
    """Tell whether a table of an agency tells of its government, where that country is asked for.

    "Government stockpile" in a report of the country's survey names no country.
    """
    told = content_words(found.fact.table.caption)
    if wanted.role != "place" or not {*told} & {*load_vocabulary().words("asked", "of the state")}:
        return False
    publishers = load_lexicon().named(found.source.publisher)
    return any(e.kind in _SPEAKERS and e.country == wanted.name.id for e in publishers)


def are_rivals(wanted: Argument, said: Argument, found: LedgerFact) -> bool:
    """Tell whether a name of a fact stands for what is asked for: then it is of that one.

    What a figure of a place is, no company's is; a day on which one was founded has both.
    """
    if wanted.name.is_material or said.name.is_material:
        return wanted.name.is_material and said.name.is_material
    if wanted.role == said.role:
        return True
    is_aside = wanted.role in _SIDES and said.role in _SIDES
    is_day = isinstance(found.fact.value, Day)
    return not (is_aside or said.role == "segment" or is_day or _is_inherited(said.name, found))


def _is_inherited(name: Name, found: LedgerFact) -> bool:
    """Tell whether a sentence has a name from what stands above it, and does not write it."""
    if found.fact.table != Table():
        return False
    quote = fold(found.words.rpartition(" | ")[2])
    return not any(fold(form) in quote for form in forms_of(name))


def _is_of_several(said: Argument, query: Query, fact: Fact) -> bool:
    """Tell whether a sentence gives one figure for a name and others of its kind together."""
    if fact.table != Table() or said.name.is_material or not isinstance(fact.value, Quantity):
        return False
    asked = {name_key(a.name) for a in query.wanted.arguments}
    alike = (a.name for a in fact.arguments if a.role == said.role and a is not said)
    return any(n.kind == said.name.kind and name_key(n) not in asked for n in alike)


def _is_counted_as_oxide(wanted: Name, said: Name, fact: Fact) -> bool:
    """Tell whether the oxide is asked for where a fact leaves it unsaid, as of what is mined."""
    if name_key(wanted) != name_key(said) or name_form(said):
        return False
    return name_form(wanted) == {_OXIDE} and has_nature(fact.measure, "counted as oxide")


def _is_place_of(said: Name, wanted: Name) -> bool:
    """Tell whether a name is where another lies: Narva of the plant in Narva."""
    if wanted.id not in load_lexicon() or not said.id or wanted.kind not in _SITES:
        return False
    entry = load_lexicon().entry(wanted.id)
    return said.id in (entry.country, *entry.parents) or fold(said.text).partition(",")[0] in fold(
        wanted.text
    )


def _may_stand(wanted: Role, said: Role, fact: Fact, trade: str) -> bool:
    """Tell whether a name may stand in a role of a fact for one that is asked for in another."""
    if wanted == said:
        return True
    if (wanted == "material") != (said == "material"):
        return False
    if wanted in _SIDES:
        has_side = any(a.role == wanted for a in fact.arguments)
        own = _OWN_SIDE.get(trade, wanted)
        return said not in _SIDES and not has_side and wanted == own
    if said in _SIDES and trade:
        return said != _OPPOSITE[trade]
    return True


def _says_all_forms(wanted: Name, said: Name, found: LedgerFact) -> bool:
    """Tell whether a sentence says the forms that are asked for, of which one was read.

    "Compounds and metal" of a table are two lines, and none stands for both.
    """
    if name_key(wanted) != name_key(said) or found.fact.table != Table():
        return False
    asked, read = name_form(wanted), name_form(said)
    told = {one.meaning.removesuffix("s") for one in find_terms("forms", found.words)}
    return bool(read) and read < asked and asked <= told


def _has_other_forms(wanted: Name, fact: Fact) -> bool:
    """Tell whether the caption of a fact tells of forms, and not of all that are asked for."""
    told = {word for one in find_terms("forms", fact.table.caption) for word in one.meaning.split()}
    return bool(told) and not name_form(wanted) <= {word.removesuffix("s") for word in told}


def _name_fit(wanted: Name, said: Name, rest: tuple[str, ...] = ()) -> Relation:
    """Compare a name asked for with one of a fact; words of the query's rest may say its form.

    What is said of several forms together is coarser than what is asked of one of them.
    """
    if name_key(wanted) == name_key(said):
        asked, told = name_form(wanted), name_form(said)
        if asked == told:
            return "same"
        if not asked or (
            told <= asked | {word.removesuffix("s") for word in rest} and asked <= told
        ):
            return "implied"
        return "coarser" if asked < told else "other"
    if wanted.kind in _NAMED_WITHIN and said.kind in _NAMED_WITHIN:
        name, whole = fold(wanted.text), fold(said.text)
        return "implied" if whole.startswith(f"{name} ") or name == whole else "other"
    return "other"


def _is_said_by(name: Name, found: LedgerFact) -> bool:
    """Tell whether a body is who publishes a fact, whose word it is, or who its labels name."""
    source, fact = found.source, found.fact
    if any(entry.id == name.id for entry in load_lexicon().named(source.publisher)):
        return True
    entry = load_lexicon().entry(name.id) if name.id in load_lexicon() else None
    forms = [n.text for n in entry.names] if entry else [name.text]
    told = f"{fact.attributed_to} | {fact.edition} | {found.words}"
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", told) for form in forms)
