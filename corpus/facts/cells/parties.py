"""Who and what a cell is about: materials with their form, places and companies in their roles.

The nearest words of each kind count. What a table measures decides the roles: of imports the label
of a row names the origin and the caption the destination, of a stake the owner and what is owned.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import get_args

from corpus.document import Source
from corpus.facts.cells.layers import (
    CellContext,
    Layer,
    RowContext,
    naming_words,
    path,
    slot_of,
    unread_words,
    year_opened,
)
from corpus.facts.cells.materials import materials_of
from corpus.facts.fact import Argument, Role
from corpus.language.measures import (
    Measure,
    find_measures,
    find_terms,
    has_nature,
    is_kind_of,
    measure_named,
)
from corpus.language.named_editions import find_editions
from corpus.language.names import BODIES, PLACES, Name, find_names
from corpus.language.periods import find_periods
from corpus.language.quantities import find_quantities
from corpus.language.vocabulary import Row, Vocabulary, split_forms
from corpus.language.words import content_words
from corpus.lexicon import load_lexicon

_SUM = "total"
_NAME_CHARS = 90
_GOODS_CHARS = 40
_SHORTEST_NAME = 3  # letters of the first word of a publisher's name
_MOST_MATERIALS = 3
_OF_GOODS = ("mass", "mass rate")
_OF_RARE_EARTHS = frozenset(("REO", "TREO"))
_ROLES: dict[str, Role] = {role: role for role in get_args(Role)}
_COUNTRIES = ("country", "region")
_PATH_SIGNS = re.compile(r"[_/]+")
_SAID_BESIDE = ("place", "material", "subject")  # by columns, nearer than all other words
_PARTY_COLUMNS = (
    *("owner", "owned", "lender", "borrower", "buyer", "seller", "origin", "destination"),
    *("operator", "subject"),
)
_OTHERS = Name("Other countries", "other-countries", "region")


@dataclass(frozen=True, slots=True)
class _Named:
    """A name with the words that it stands in."""

    name: Name
    layer: Layer


def arguments_of(
    context: CellContext, measure: Measure, taken: str, basis: str, measured: str
) -> tuple[Argument, ...]:
    """Return who and what a cell is about; `taken` are the words that named its measure.

    `measured` is the dimension of its figure.
    """
    row = context.row
    told = dict(_told_beside(row))
    layers = (*(Layer("column", row.beside[s]) for s in _SAID_BESIDE if s in row.beside),)
    parties = [row.beside[slot] for slot in _PARTY_COLUMNS if slot in row.beside]
    layers += tuple(layer for layer in context.layers if layer.text not in parties)
    near = _of_goods(layers, measure, row.vocabulary)
    materials = _materials(context, near, basis, taken) or _subject_of_page(row, measured)
    arguments = [Argument("material", name) for name in materials]
    named = tuple(_names(layers, row.vocabulary))
    places = [n for n in named if n.name.kind in PLACES]
    if _is_price(measure, row.vocabulary):
        is_market = measured == "price" and not _tells_delivery(row.caption, row.vocabulary)
        places = [
            n for n in places if n.layer.is_own or (is_market and n.layer.distance == "caption")
        ]
    bodies = [n for n in named if n.name.kind == "company"]
    if unknown := _unknown_place(context, places):
        places.insert(0, _Named(unknown, Layer("label", unknown.text)))
    arguments += _places(places, measure, row)
    arguments += _bodies(bodies, places, measure, row)
    arguments = [one for one in arguments if one.role not in told]
    arguments += [Argument(role, name) for role, name in told.items()]
    if row.is_of_itself and not row.has_items:
        arguments += _segments(context, taken)
    return tuple(dict.fromkeys(arguments))


def _told_beside(row: RowContext) -> Iterator[tuple[Role, Name]]:
    """Yield the parties that columns of their own name: "Lender", "Held company"."""
    for slot in _PARTY_COLUMNS:
        words = row.beside.get(slot, "")
        is_name = words[:1].isupper() and len(words) <= _NAME_CHARS
        if is_name and not find_terms("statistics", words, row.vocabulary):
            found = [m.name for m in find_names(words, row.vocabulary)]
            parties = {name.id: name for name in found if name.kind in (*BODIES, *PLACES)}
            only = next(iter(parties.values())) if len(parties) == 1 else None
            is_part = (
                only is not None and only.kind in PLACES and unread_words(words, row.vocabulary)
            )
            yield _ROLES[slot], Name(words) if only is None or is_part else only


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


def _of_goods(
    layers: Sequence[Layer], measure: Measure, vocabulary: Vocabulary
) -> tuple[Layer, ...]:
    """Return the layers that may name goods: of a company's money no section or title does."""
    if not has_nature(measure.name, "of a company", vocabulary):
        return tuple(layers)
    return tuple(layer for layer in layers if layer.distance not in ("section", "title"))


def _materials(
    context: CellContext, layers: Sequence[Layer], basis: str, taken: str
) -> tuple[Name, ...]:
    materials = materials_of(layers, context.row.label_head, context.vocabulary)
    if (unknown := _unknown_material(context)) and unknown.text != taken:
        materials = (unknown,)
    if not materials and basis in _OF_RARE_EARTHS:
        materials = (Name("rare earths", "rare-earths", "term"),)
    return materials[:_MOST_MATERIALS]


def _subject_of_page(row: RowContext, measured: str) -> tuple[Name, ...]:
    """Return the material that most captions and headings of a page name, for tons of none.

    A single one says so only of a group of materials: "export quotas for rare earths".
    """
    if row.is_of_itself or measured not in _OF_GOODS or "material" in row.beside:
        return ()
    told = {(one.context.caption.split(": ")[0], one.context.section) for one in row.page.blocks}
    counts: Counter[Name] = Counter()
    for words in dict.fromkeys(text for pair in sorted(told) for text in pair if text):
        named = {m.name.id: m.name for m in find_names(words, row.vocabulary) if m.name.is_material}
        counts.update(replace(name, form="") for name in named.values())
    (first, most), *others = [*counts.most_common(2), (None, 0)][:2]
    is_clear = all(count < most for _, count in others)
    is_told = first is not None and (most > 1 or first.kind == "term")
    return (first,) if first and is_told and is_clear else ()


def _unknown_material(context: CellContext) -> Name | None:
    """Return the goods that a label names below such a head, where the lexicon lacks them.

    The outermost label that nothing else is read from names them, one within it their form.
    """
    row, vocabulary = context.row, context.vocabulary
    if not any(slot_of(head, vocabulary) == "material" for head in path(row.label_head)):
        return None
    labels = [layer.text for layer in row.layers if layer.distance == "label"][::-1]
    parts = [_goods(label, vocabulary) for label in labels]
    if any(_materials_in(label, vocabulary) for label in labels) or not any(parts):
        return None
    name, *forms = [part for part in parts if part]
    return Name(name, kind="product", form=", ".join(forms).casefold())


def _materials_in(words: str, vocabulary: Vocabulary) -> bool:
    return any(m.name.is_material for m in find_names(words, vocabulary))


@lru_cache(maxsize=20_000)
def _goods(label: str, vocabulary: Vocabulary) -> str:
    """Return the words of a label, or of its last part, from which nothing else is read."""
    words = label.rpartition(": ")[2].strip()
    read = bool(find_names(words, vocabulary) or find_measures(words, vocabulary))
    read = read or bool(find_periods(words, vocabulary) or find_quantities(words, vocabulary))
    is_short = len(words) <= _GOODS_CHARS
    return words if is_short and not read and unread_words(words, vocabulary) else ""


# -- places


def _unknown_place(context: CellContext, places: Sequence[_Named]) -> Name | None:
    """Return the country that a label names below such a head, where the lexicon lacks it.

    "Other" among countries, in labels or in heads, is the rest of them.
    """
    row = context.row
    heads = path(row.label_head)
    label, is_head = row.label, _heads_places(("", *heads)[-1], row.vocabulary)
    below = [n for n, head in enumerate(heads) if _heads_places(head, row.vocabulary)]
    if len(heads) > 1 and below and len(heads) == len(row.labels):
        label, is_head = row.labels[below[0]], True
    elif len(heads) > 1 and below:
        # Of labels of which some are empty, the one that alone is not understood.
        unread = _labels_not_understood(row)
        label, is_head = (unread[0], True) if len(unread) == 1 else (label, is_head)
    if _is_remainder(context.head, row.vocabulary) and _heads_are_places(row):
        return _OTHERS
    is_world = bool(places) and places[0].name.id == "world" and not places[0].layer.is_own
    if _is_remainder(label, row.vocabulary) and (is_world or is_head):
        return _OTHERS
    if not label or not is_head:
        return None
    if find_names(label, row.vocabulary) or find_terms("statistics", label, row.vocabulary):
        return None
    is_plain = label[0].isupper() and not any(map(str.isdigit, label))
    return Name(label, kind="place") if is_plain and len(label) < _NAME_CHARS else None


@lru_cache(maxsize=1024)
def _heads_places(head: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a head above labels has a word for places: "Country and source"."""
    words = set(re.findall(r"\w+", head.casefold()))
    forms = split_forms(vocabulary.row("columns", "place")["heads"])
    return any(form.casefold() in words for form in forms)


@lru_cache(maxsize=20_000)
def _is_unread(label: str, vocabulary: Vocabulary) -> bool:
    """Tell whether nothing is read from a label."""
    is_read = bool(find_names(label, vocabulary) or find_measures(label, vocabulary))
    is_read = is_read or any(find_terms(t, label, vocabulary) for t in ("markers", "statistics"))
    return not is_read and len(unread_words(label, vocabulary)) == len(content_words(label)) > 0


def _labels_not_understood(row: RowContext) -> list[str]:
    """Return the labels of a row that may name a place unknown to the lexicon.

    None where a label is a known place, and not the first where that names unknown goods.
    """
    known = [one for one in row.labels if _names_place(one, row.vocabulary)]
    if any(not unread_words(w, row.vocabulary) and not find_measures(w) for w in known):
        return []
    unread = [one for one in row.labels if _is_unread(one, row.vocabulary)]
    is_of_goods = any(slot_of(head, row.vocabulary) == "material" for head in path(row.label_head))
    is_unknown = not any(_materials_in(one, row.vocabulary) for one in row.labels)
    return unread[1:] if is_of_goods and is_unknown else unread


def _names_place(words: str, vocabulary: Vocabulary) -> bool:
    return any(name.kind in PLACES for _, name in _names_in(words, vocabulary))


def _is_remainder(words: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words are nothing but "other"."""
    found = find_terms("markers", words, vocabulary)
    return len(found) == 1 and found[0].meaning == "remainder" and words[: found[0].end] == words


def _heads_are_places(row: RowContext) -> bool:
    heads = [cell.column for cell in row.block.cells[1:] if cell.column]
    return sum(_names_place(head, row.vocabulary) for head in heads) > 1


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
    if near and (told := _role_of_label(places, row)) in (near, far):
        for role, name in zip((told, far if told == near else near), names, strict=False):
            yield Argument(_ROLES[role], name)
        return
    if len(names) > 1 and near:
        yield Argument(_ROLES[near], names[0])
        yield Argument(_ROLES[far], names[1])
        return
    alone = split_forms(roles["place alone"])
    is_far = bool(places) and not places[0].layer.is_own and bool(far) and far not in alone
    for role in (far,) if is_far else alone:
        yield Argument(_ROLES[role], names[0])


def _role_of_label(places: Sequence[_Named], row: RowContext) -> str:
    """Return the role in which a head such as "Destination" has the place of a label, or ""."""
    if not places or places[0].layer.distance != "label" or not row.label_head:
        return ""
    return slot_of(path(row.label_head)[-1], row.vocabulary)


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
    path_words = _PATH_SIGNS.sub(" ", source.path)
    return _home_of(source.publisher, f"{source.edition} {path_words}")


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


def _segments(context: CellContext, taken: str) -> Iterator[Argument]:
    """Yield the product or segment of a company that label or head name beside a measure."""
    row, vocabulary = context.row, context.vocabulary
    heads = [head for head in context.heads if _is_part(head, vocabulary)]
    words = row.label if row.label != taken else next(iter(heads[::-1]), "")
    sums = [f for f in find_terms("statistics", words, vocabulary) if f.meaning == _SUM]
    if words and words != taken and not sums:
        places = [m for m in find_names(words, vocabulary) if m.name.kind in PLACES]
        times = find_periods(words, vocabulary)
        is_time = bool(times) and not unread_words(words, vocabulary)
        is_time = is_time or bool(year_opened(words, vocabulary))
        if not places and not is_time:
            yield Argument("segment", Name(" ".join(words.split())))


def _is_part(head: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a head is a name, from which neither measure nor time is read."""
    is_read = bool(find_measures(head, vocabulary) or find_periods(head, vocabulary))
    return not is_read and bool(unread_words(head, vocabulary) or _is_remainder(head, vocabulary))


def _tells_delivery(caption: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a caption states terms of delivery, of which its place is a part."""
    return any(
        m.meaning == "price basis" for m in find_terms("specifications", caption, vocabulary)
    )


def _is_price(measure: Measure, vocabulary: Vocabulary) -> bool:
    return is_kind_of(measure.name, "price", vocabulary)
