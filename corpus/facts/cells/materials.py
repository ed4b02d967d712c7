"""The materials that the words around a cell name, each with the form that is stated nearest.

"Compounds" below "Imports" of a table on rare earths are rare-earth compounds. A line of goods
that is more than a material and a form keeps its own words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from corpus.facts.cells.cues import cue_pattern
from corpus.facts.cells.layers import Layer, naming_words, unit_spans, without
from corpus.language.measures import find_measures, find_terms
from corpus.language.named_editions import without_editions
from corpus.language.names import Name, NameMention, find_names, listed_forms
from corpus.language.periods import find_periods
from corpus.language.quantities import find_quantities
from corpus.language.vocabulary import Vocabulary
from corpus.language.words import content_words
from corpus.lexicon import load_lexicon

_PARTS = re.compile(r"[:;]\s")
_BRACKETED = re.compile(r"\(([^()]*)\)?")
_BORDERS = " ,;:–—-()"
_BREAKDOWN = r"\b<<broken down by>>\s[^,;:()]+"  # "by country of origin"
_CONJUNCTIONS = r"[\s,&–—-]*<<joining>>?[\s,]*"


def materials_of(layers: Sequence[Layer], head: str, vocabulary: Vocabulary) -> tuple[Name, ...]:
    """Return the materials that the nearest layer names, in the form that is stated nearest.

    `head` is that of the labels, "Product (oxide)".
    """
    form = ""
    for layer in layers:
        text = naming_words(layer.text, vocabulary)
        whole, text = text, text[: specified_at(text, vocabulary)]
        named = [m for m in find_names(text, vocabulary) if m.name.is_material]
        if not named:
            if layer.is_own:
                form = form or form_named(text, vocabulary)
            elif layer.distance == "caption":
                form = form or listed_forms(without_editions(layer.text), vocabulary)
            continue
        found = list({m.name.key: m.name for m in named}.values())
        if len(named) > 1:
            if len({name.id for name in found}) == 1 and _is_list(named, text, vocabulary):
                return (max(found, key=lambda name: bool(name.form)),)  # "Lanthanum, La2O3"
            if mineral := _in_form(found, vocabulary):
                return (mineral,)
            if layer.is_own and not _is_list(named, text, vocabulary):
                return (_as_written(named[0], whole, vocabulary),)
            return tuple(replace(name, form=name.form or form) for name in found)
        beside = form_named(text, vocabulary) if layer.is_own else listed_forms(text, vocabulary)
        rest = _left_beside(text, vocabulary) if form else ""
        stated = ", ".join(part for part in (rest, form) if part) or beside or found[0].form
        if not stated and layer.distance != "column" and found[0].kind in ("element", "product"):
            stated = listed_forms(head, vocabulary)
        return (replace(found[0], form=stated),)
    if form and set(_forms_of(form, vocabulary)) & _WHOLE_FORMS:
        return (Name("rare earths", "rare-earths", "term", form),)
    return ()


def _in_form(names: Sequence[Name], vocabulary: Vocabulary) -> Name | None:
    """Return a mineral in the form that a line names beside it: "concentrates, monazite"."""
    minerals = [name for name in names if name.kind == "mineral"]
    products = [name for name in names if name.kind == "product"]
    forms = [form for name in products for form in _forms_of(name.text, vocabulary)]
    is_whole = len(names) == 2 and len(minerals) == 1 and len(forms) == 1
    return replace(minerals[0], form=forms[0]) if is_whole else None


_WHOLE_FORMS = frozenset(("concentrate", "magnet"))


@lru_cache(maxsize=20_000)
def specified_at(label: str, vocabulary: Vocabulary) -> int:
    """Return where a label begins to say which purity or mixture is meant: ", 99.5% minimum"."""
    shares = [m for m in find_quantities(label, vocabulary) if m.quantity.unit == "percent"]
    if not shares:
        return len(label)
    start = shares[0].start
    for found in find_terms("specifications", label, vocabulary):
        if found.end <= start and not label[found.end : start].strip(_BORDERS):
            start = found.start
    names = find_names(label, vocabulary)
    for mention in names:  # ", scandium 2%" is a part of a mixture
        is_part = bool(mention.start) and label[: mention.start].rstrip()[-1:] in _BORDERS
        if is_part and not label[mention.end : start].strip():
            start = mention.start
    before = label[:start].rstrip()
    named = [m.end for m in names]
    named += [m.end for m in find_terms("forms", label, vocabulary)]
    if not before:
        return len(label)
    return start if before[-1:] in _BORDERS or len(before) in named else len(label)


@lru_cache(maxsize=20_000)
def form_named(label: str, vocabulary: Vocabulary) -> str:
    """Return the form of a material that a label states: "oxide", or "other compounds" as written.

    "" where it states none.
    """
    outside = _BRACKETED.sub(" ", label)
    bracketed = [found[1] for found in _BRACKETED.finditer(label)]
    for text in (*reversed(_PARTS.split(outside)), *bracketed):
        left = without(text, _understood(text, vocabulary))
        forms = find_terms("forms", left, vocabulary)
        if not forms:
            continue
        names = _material_spans(text, vocabulary)
        kept = [w for w in without(left, names).split() if any(map(str.isalpha, w))]
        if not names and any(word[:1].isupper() for word in kept[1:]):
            return ""  # a name: "Tessaly Oxides"
        stated = {_bare(word) for one in forms for word in text[one.start : one.end].split()}
        beside = {_bare(word) for word in kept} - stated - {""}
        meanings = {one.meaning for one in forms}
        if len(meanings) == 1 and all(_is_small(word, vocabulary) for word in beside):
            return meanings.pop()
        small = {word for word in beside if _is_small(word, vocabulary)}
        if len(meanings) > 1 and not all(
            map(cue_pattern(_CONJUNCTIONS, vocabulary).fullmatch, small)
        ):
            return forms[0].meaning  # "Oxide for 1 kilogram of metal"
        kept = _until_purpose(kept, stated, vocabulary)
        while len(kept) > 1 and _bare(kept[0]) not in stated and _is_small(kept[0], vocabulary):
            kept.pop(0)
        while len(kept) > 1 and _bare(kept[-1]) not in stated and _is_small(kept[-1], vocabulary):
            kept.pop()
        return _without_shape(" ".join(kept), vocabulary).strip(_BORDERS).casefold()
    return ""


def _until_purpose(kept: list[str], stated: set[str], vocabulary: Vocabulary) -> list[str]:
    """Return the words of a form without those that say for what it is: "oxide for lamps"."""
    first = next((at for at, word in enumerate(kept) if _bare(word) in stated), 0)
    purpose = vocabulary.words("table_cues", "of which cells")
    ends = [at for at, word in enumerate(kept) if at > first and word.casefold() in purpose]
    return kept[: ends[0]] if ends else kept


def _without_shape(words: str, vocabulary: Vocabulary) -> str:
    """Return a form without what a comma sets behind it that is none: "alloy, ingot"."""
    *parts, last = words.split(",")
    singled = any(m.meaning == "remainder" for m in find_terms("markers", last, vocabulary))
    if not parts or singled or find_terms("forms", last, vocabulary):
        return words
    return _without_shape(",".join(parts), vocabulary)


def _understood(text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Return the spans of a label that speak of anything but the form of a material."""
    spans = [(m.start, m.end) for m in find_names(text, vocabulary) if not m.name.is_material]
    spans += [(m.start, m.end) for m in find_measures(text, vocabulary)]
    spans += [(m.start, m.end) for m in find_periods(text, vocabulary)]
    spans += [(m.start, m.end) for m in find_quantities(text, vocabulary)]
    spans += unit_spans(text, vocabulary)
    spans += [m.span() for m in cue_pattern(_BREAKDOWN, vocabulary).finditer(text)]
    for table in ("statistics", "bases", "statuses"):
        spans += [(m.start, m.end) for m in find_terms(table, text, vocabulary)]
    return spans


def _is_list(named: Sequence[NameMention], text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether materials are listed, with nothing but their forms between them."""
    for one, other in pairwise(named):
        between = text[one.end : other.start]
        forms = [(m.start, m.end) for m in find_terms("forms", between, vocabulary)]
        if not cue_pattern(_CONJUNCTIONS, vocabulary).fullmatch(without(between, forms)):
            return False
    return not content_words(_without_forms(text[: named[0].start], vocabulary), vocabulary)


def _without_forms(text: str, vocabulary: Vocabulary) -> str:
    return without(text, _understood(text, vocabulary))


def _as_written(mention: NameMention, text: str, vocabulary: Vocabulary) -> Name:
    """Return a material with all that its line of goods says beside its name as the form."""
    spans = [(m.start, m.end) for m in find_measures(text, vocabulary)]
    spans += [(m.start, m.end) for m in find_periods(text, vocabulary)]
    names = [span for span in _material_spans(text, vocabulary) if span[0] == mention.start]
    kept = without(text, [*spans, *names])
    return replace(mention.name, form=" ".join(kept.split()).strip(_BORDERS).casefold())


def _left_beside(text: str, vocabulary: Vocabulary) -> str:
    """Return the words of a label that single out a part of its material: "unspecified".

    "" where the label states a form, which a nearer one takes the place of.
    """
    spans = [(m.start, m.end) for m in find_names(text, vocabulary)]
    left = without(text, spans)
    others = find_terms("markers", left, vocabulary)
    singled = [left[m.start : m.end] for m in others if m.meaning == "remainder"]
    if find_terms("forms", left, vocabulary) or len(content_words(left, vocabulary)) != len(
        singled
    ):
        return ""
    return " ".join(singled).casefold()


def _forms_of(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    return (one.meaning for one in find_terms("forms", text, vocabulary))


def _is_small(word: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a word neither names a thing nor singles one out, as "other" does."""
    singled = any(m.meaning == "remainder" for m in find_terms("markers", word, vocabulary))
    return not singled and not content_words(word, vocabulary)


def _bare(word: str) -> str:
    return word.casefold().strip(_BORDERS)


@lru_cache(maxsize=20_000)
def _material_spans(text: str, vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    """Return where a text names materials, without the forms beside them or at their end.

    A product of its own keeps the form in its name: "scandium-aluminum alloy".
    """
    named = {m.start: m.name for m in find_names(text, vocabulary) if m.name.is_material}
    forms = {m.end: m.start for m in find_terms("forms", text, vocabulary)}
    spans: list[tuple[int, int]] = []
    for found in load_lexicon().find_mentions(text):
        if found.start in named:
            is_product = named[found.start].kind == "product"
            end = found.end if is_product else max(found.start, forms.get(found.end, found.end))
            spans.append((found.start, end))
    return tuple(spans)
