"""Who and what a cell is about: materials with their form, places and companies in their roles.

The nearest words of each kind count. What a table measures decides the roles: of imports the label
of a row names the origin and the caption the destination, of a stake the owner and what is owned.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from corpus.document import Source
from corpus.facts.cells.layers import (
    CellContext,
    Layer,
    RowContext,
    naming_words,
    path,
)
from corpus.facts.cells.materials import materials_of
from corpus.facts.fact import Argument, Role
from corpus.language.measures import Measure, find_terms, has_nature, is_kind_of, measure_named
from corpus.language.named_editions import find_editions
from corpus.language.names import BODIES, PLACES, Name, find_names
from corpus.language.vocabulary import Row, Vocabulary, split_forms
from corpus.lexicon import load_lexicon

_SUM = "total"
_NAME_CHARS = 60
_SHORTEST_NAME = 3  # letters of the first word of a publisher's name
_MOST_MATERIALS = 3
_OF_RARE_EARTHS = frozenset(("REO", "TREO"))
_ROLES: dict[str, Role] = {role: role for role in get_args(Role)}
_COUNTRIES = ("country", "region")
_REMAINDER = "other-countries"


@dataclass(frozen=True, slots=True)
class _Named:
    """A name with the words that it stands in."""

    name: Name
    layer: Layer


def arguments_of(
    context: CellContext, measure: Measure, taken: str, basis: str
) -> tuple[Argument, ...]:
    """Return who and what a cell is about; `taken` are the words that named its measure."""
    row = context.row
    told = dict(_told_beside(row))
    layers = (*(Layer("column", row.beside[s]) for s in _SAID_BESIDE if s in row.beside),)
    layers += context.layers
    arguments = [Argument("material", name) for name in _materials(context, layers, basis)]
    named = tuple(_names(layers, row.vocabulary))
    places = [n for n in named if n.name.kind in PLACES]
    places = [n for n in places if n.layer.is_own or not _is_price(measure, row.vocabulary)]
    bodies = [n for n in named if n.name.kind == "company"]
    if unknown := _unknown_place(row):
        places.insert(0, _Named(unknown, Layer("label", unknown.text)))
    arguments += _places(places, measure, row)
    arguments += _bodies(bodies, places, measure, row)
    arguments = [one for one in arguments if one.role not in told]
    arguments += [Argument(role, name) for role, name in told.items()]
    if row.is_of_itself and not row.has_items:
        arguments += _segments(row, taken)
    return tuple(dict.fromkeys(arguments))


_SAID_BESIDE = ("place", "material", "subject")
_PARTY_COLUMNS = (
    *("owner", "owned", "lender", "borrower", "buyer", "seller", "origin", "destination"),
    "operator",
)


def _told_beside(row: RowContext) -> Iterator[tuple[Role, Name]]:
    """Yield the parties that columns of their own name: "Lender", "Held company"."""
    for slot in _PARTY_COLUMNS:
        if (words := row.beside.get(slot, "")) and len(words) <= _NAME_CHARS:
            found = [m.name for m in find_names(words, row.vocabulary)]
            parties = [name for name in found if name.kind in (*BODIES, *PLACES)]
            whole = parties[0] if len(parties) == 1 else Name(words)
            yield _ROLES[slot], whole


def _names(layers: Sequence[Layer], vocabulary: Vocabulary) -> Iterator[_Named]:
    """Yield the names of some layers in order, each once."""
    seen: set[str] = set()
    for layer in layers:
        for key, name in _names_in(layer.text, vocabulary):
            if key not in seen:
                seen.add(key)
                yield _Named(name, layer)


@lru_cache(maxsize=50_000)
def _names_in(words: str, vocabulary: Vocabulary) -> tuple[tuple[str, Name], ...]:
    """Return the places and bodies that words name, with their keys, without those shut out."""
    text = naming_words(words, vocabulary)
    outside = [m.end for m in find_terms("table_cues", text, vocabulary) if m.meaning == "outside"]
    return tuple(
        (mention.name.key, mention.name)
        for mention in find_names(text, vocabulary)
        if mention.name.kind in (*PLACES, *BODIES)
        and not any(not text[end : mention.start].strip(" -") for end in outside)
    )


# -- materials


def _materials(context: CellContext, layers: Sequence[Layer], basis: str) -> tuple[Name, ...]:
    materials = materials_of(layers, context.row.label_head, context.vocabulary)
    if not materials and basis in _OF_RARE_EARTHS:
        materials = (Name("rare earths", "rare-earths", "term"),)
    return materials[:_MOST_MATERIALS]


# -- places


def _unknown_place(row: RowContext) -> Name | None:
    """Return the country that a label names below such a head, where the lexicon lacks it."""
    label, head = row.label, (path(row.label_head) or ("",))[-1].casefold()
    forms = split_forms(row.vocabulary.row("columns", "place")["heads"])
    if not label or not any(form in head for form in forms):
        return None
    if find_names(label, row.vocabulary) or find_terms("statistics", label, row.vocabulary):
        return None
    if any(one.meaning == "remainder" for one in find_terms("markers", label, row.vocabulary)):
        return Name("Other countries", _REMAINDER, "region")
    is_plain = label[0].isupper() and not any(map(str.isdigit, label))
    return Name(label, kind="country") if is_plain and len(label) < _NAME_CHARS else None


def _places(places: Sequence[_Named], measure: Measure, row: RowContext) -> Iterator[Argument]:
    """Yield the places of a cell: of trade the partner is named nearer than the country itself."""
    roles = _roles(measure, row.vocabulary)
    near, far = roles["place near"], roles["place far"]
    names = [named.name for named in places]
    home = _home(row.source)
    if home and has_nature(measure.name, "national", row.vocabulary):
        is_partner = bool(near) and names and names[0].id != home.id
        names = names or [home]
        if is_partner and len(names) == 1 and names[0].kind in _COUNTRIES:
            names.append(home)
    if not names:
        return
    if len(names) > 1 and near:
        yield Argument(_ROLES[near], names[0])
        yield Argument(_ROLES[far], names[1])
        return
    for role in split_forms(roles["place alone"]):
        yield Argument(_ROLES[role], names[0])


@lru_cache(maxsize=1024)
def _roles(measure: Measure, vocabulary: Vocabulary) -> Row:
    """Return the roles of those who are named beside figures of a measure."""
    *rows, usual = vocabulary.rows("parties")
    name = measure.name
    while name:
        for row in rows:
            if row["measure"] == name:
                return row
        name = measure_named(name, vocabulary).broader
    return usual


@lru_cache(maxsize=1024)
def _home_of(publisher: str, edition: str) -> Name | None:
    editions = find_editions(edition)
    for body in (publisher, *(one.publisher for one in editions)):
        for entry in load_lexicon().named(body):
            if entry.kind == "agency" and entry.country:
                country = load_lexicon().entry(entry.country)
                return Name(country.name, country.id, country.kind)
    return None


def _home(source: Source) -> Name | None:
    """Return the country of the agency whose statistics a source holds."""
    return _home_of(source.publisher, f"{source.edition} {source.path}")


# -- companies


def _bodies(
    bodies: Sequence[_Named], places: Sequence[_Named], measure: Measure, row: RowContext
) -> Iterator[Argument]:
    """Yield the companies of a cell; one that only the title names is no part of a country's."""
    roles = _roles(measure, row.vocabulary)
    near, far = roles["body near"], roles["body far"]
    is_national = any(
        n.name.kind in _COUNTRIES and n.layer.distance not in ("section", "title") for n in places
    )
    of_table = [n for n in bodies if not (is_national and n.layer.distance in ("section", "title"))]
    if near:
        own = [n for n in of_table if n.layer.is_own]
        around = [n for n in of_table if not n.layer.is_own]
        for role, named in ((near, own or around[1:1]), (far, own[1:] or around)):
            if named:
                yield Argument(_ROLES[role], named[0].name)
        if own or around:
            return
    is_own = row.is_of_itself or (not places and _speaks_of_itself(row))
    if of_table:
        yield Argument("subject", of_table[0].name)
    elif row.source.publisher and is_own:
        yield Argument("subject", Name(row.source.publisher))


def _speaks_of_itself(row: RowContext) -> bool:
    """Tell whether the title or caption of a table names who publishes it: a company's report."""
    first = next(iter(row.source.publisher.casefold().split()), "")
    known = [entry.kind for entry in load_lexicon().named(row.source.publisher)]
    told = f"{row.caption} {row.source.title}".casefold().split()
    named = any(word.strip(".,:;’'s") == first for word in told)
    return named and len(first) > _SHORTEST_NAME and all(kind == "company" for kind in known)


def _segments(row: RowContext, taken: str) -> Iterator[Argument]:
    """Yield the product, service or segment of a company that a label names below its measure."""
    label = row.label
    sums = [f for f in find_terms("statistics", label, row.vocabulary) if f.meaning == _SUM]
    if label and label != taken and not sums:
        places = [m for m in find_names(label, row.vocabulary) if m.name.kind in PLACES]
        if not places:
            yield Argument("segment", Name(" ".join(label.split())))


def _is_price(measure: Measure, vocabulary: Vocabulary) -> bool:
    return is_kind_of(measure.name, "price", vocabulary)
