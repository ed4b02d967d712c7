"""What qualifies a figure: basis, specification, price basis, statistic, status, bound, source."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import get_args

from corpus.facts.cells.cell_measures import opens_with_measure
from corpus.facts.cells.cues import cue_pattern
from corpus.facts.cells.layers import (
    CellContext,
    RowContext,
    naming_words,
    slot_of,
    title_pattern,
    without,
)
from corpus.facts.cells.materials import specified_at
from corpus.facts.cells.table_notes import (
    About,
    is_own_release,
    meaning_of,
    publication_named,
    source_marked,
    voice_named,
    voice_of,
)
from corpus.facts.fact import Status
from corpus.language.measures import Measure, find_measures, find_terms, is_kind_of
from corpus.language.named_editions import find_editions
from corpus.language.names import BODIES, PLACES, NameMention, find_names
from corpus.language.periods import find_periods
from corpus.language.phrases import Found
from corpus.language.quantities import Bound
from corpus.language.vocabulary import Vocabulary, split_forms
from corpus.language.words import content_words

_SOURCE = "attributed_to"
_SUM = "total"  # said of one row or column, never of a whole table
_NOTE_CHARS = 60  # a longer note tells more than a basis
_OF_MASS = ("mass", "mass rate")
# Statuses of rules and plans, which no word within the name of an amount gives.
_OF_RULES = frozenset(("in force", "expired", "permitted", "suspended"))
_STATUSES: dict[str, Status] = {status: status for status in get_args(Status)}
_BEFORE_TERM = re.compile(r"(?:^|[,;(:–—-]\s*)$")
_BEHIND_TERM = re.compile(r"\s*(?:$|[,;):])")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_COVERAGE = r"(?:.{0,40};\s)?<<coverage>>\b"


def basis_of(context: CellContext, measured: str) -> str:
    """Return what a figure is counted as: "REO", "gross weight"."""
    vocabulary, cell, row = context.vocabulary, context.cell, context.row
    is_mass = measured in _OF_MASS
    beside = "" if measured == "price" else row.beside.get("basis", "")
    noted = [note.split(". ")[0] for note in context.notes]
    noted = [note for note in noted if len(note) <= _NOTE_CHARS]
    for words in (cell.text, *noted, *row.labels, *context.heads):
        found = find_terms("bases", words, vocabulary)
        if found and (is_mass or words == cell.text):
            return found[0].meaning
    for words in (beside, cell.basis):
        found = find_terms("bases", words, vocabulary)
        is_own = words == beside and any(map(str.isalpha, words))
        if found or (is_own and not opens_with_measure(words, vocabulary)):
            return found[0].meaning if found else " ".join(words.casefold().split())
    near = (layer for layer in context.layers if layer.is_own or layer.distance == "caption")
    for layer in near if measured == "share" else ():
        if any(m.meaning == "by weight" for m in find_terms("table_cues", layer.text, vocabulary)):
            return "weight"
    for layer in context.layers if is_mass else ():
        if found := find_terms("bases", layer.text, vocabulary):
            return found[0].meaning
    return ""


def scope_of(context: CellContext, about: About) -> str:
    """Return what a note says that a figure takes in or leaves out."""
    coverage = cue_pattern(_COVERAGE, context.vocabulary)
    for note in context.notes:
        if coverage.match(note):
            return note
    for remark in context.row.remarks:
        found = remark.term("table_cues", "coverage", about)
        if found is not None:
            return remark.text
    return ""


def specification_of(context: CellContext, measured: str, about: About) -> str:
    """Return the purity, grade or lot that label, column or note state."""
    row, vocabulary = context.row, context.vocabulary
    said: list[str] = []
    is_price = is_kind_of(about.measure, "price", vocabulary)
    if beside := row.beside.get("specification"):
        said.append(beside)
    elif measured != "share" or is_price:
        said += list(_stated(context))[:1]
    if is_price:
        for remark in row.remarks:
            start = remark.term("specifications", "lot size", about)
            if start is not None:
                said.append(remark.text[start:].strip(" ."))
                break
    return ", ".join(said)


def _stated(context: CellContext) -> Iterator[str]:
    vocabulary, row = context.vocabulary, context.row
    for words in reversed(row.labels):
        grades = find_terms("specifications", words, vocabulary)
        start = min(
            [specified_at(words, vocabulary), *(g.start for g in grades if g.meaning == "grade")]
        )
        if said := _until_terms(words, start, vocabulary):
            yield said


def _until_terms(words: str, start: int, vocabulary: Vocabulary) -> str:
    """Return what words state from a place on, until a price basis or a time."""
    ends = [
        found.start
        for found in find_terms("specifications", words, vocabulary)
        if found.meaning == "price basis" and found.start > start
    ]
    said = words[start : min(ends, default=len(words))]
    if times := [one for one in find_periods(said, vocabulary) if one.start]:
        said = said[: times[0].start].rpartition(",")[0] or said[: times[0].start]
    return said.strip(" ),;")


def price_basis_of(context: CellContext, measure: Measure, about: About) -> str:
    """Return the terms of a price: incoterm with its place, with or without tax, of which year."""
    vocabulary, row = context.vocabulary, context.row
    if not is_kind_of(measure.name, "price", vocabulary) and measure.dimension != "price":
        return ""
    if beside := row.beside.get("price_basis") or row.beside.get("basis"):
        return beside
    of_columns = dict.fromkeys(_terms_of_columns(context))
    return ", ".join(part for part in (_terms_told(context, about), *of_columns) if part)


def _terms_told(context: CellContext, about: About) -> str:
    """Return the terms of a price that the nearest words tell: cell, label, head, notes."""
    vocabulary, row = context.vocabulary, context.row
    labels = (*reversed(row.labels), context.cell.column, *row.groups)
    for words in (context.cell.text, *labels, row.caption, *context.notes):
        if found := _terms_of_price(words, 0, vocabulary):
            return found
    for remark in (one.part_of(about) for one in row.remarks):
        start = remark.term("specifications", "price basis", about)
        if start is not None:
            return _terms_of_price(remark.text, start, vocabulary)
    return ""


def _terms_of_columns(context: CellContext) -> Iterator[str]:
    """Yield the terms that columns of a word state with their heads: "included" below "VAT"."""
    for cell in context.row.block.cells[1:]:
        if cell.column and cell.text.isalpha() and cell is not context.cell:
            told = _terms_of_price(f"{cell.column} {cell.text}", 0, context.vocabulary)
            if told and not _terms_of_price(cell.column, 0, context.vocabulary):
                yield told


@lru_cache(maxsize=20_000)
def _terms_of_price(words: str, start: int, vocabulary: Vocabulary) -> str:
    terms = find_terms("specifications", words, vocabulary)
    bare = without(words, [(term.start, term.end) for term in terms])
    places = [m for m in find_names(bare, vocabulary) if m.name.kind in PLACES]
    said: list[str] = []
    for term in terms:
        if term.meaning == "price basis" and term.start >= start:
            beside = [m for m in places if _is_beside(bare, term, m, vocabulary)]
            written = words[term.start : term.end].casefold()
            written += "." if "." in written and words[term.end : term.end + 1] == "." else ""
            said.append(f"{written} {beside[-1].name.text}" if beside else written)
    return ", ".join(dict.fromkeys(said))


def _is_beside(words: str, term: Found[str], place: NameMention, vocabulary: Vocabulary) -> bool:
    """Tell whether a place stands next to a term of delivery, nothing but signs between."""
    is_behind = place.start >= term.end
    between = words[term.end : place.start] if is_behind else words[place.end : term.start]
    return not content_words(between, vocabulary)


def statistic_of(context: CellContext, about: About) -> str:
    """Return the statistic that a figure is: average, total, yearend."""
    vocabulary = context.vocabulary
    beside = context.row.beside.get("statistic", "")
    if found := find_terms("statistics", beside, vocabulary):
        return found[0].meaning
    for layer in context.layers:
        told = _statistics(layer.text, vocabulary) if layer.distance != "title" else ()
        told = tuple(name for name in told if layer.is_own or name != _SUM)
        if told:
            return told[0]
    for remark in context.row.remarks if is_kind_of(about.measure, "price", vocabulary) else ():
        for noted in find_terms("statistics", remark.text, vocabulary):
            if noted.start == 0 and remark.speaks_of(about, 0):
                return noted.meaning
    return ""


@lru_cache(maxsize=20_000)
def _statistics(words: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the statistics that words name, apart from names: "Peak" of a company."""
    text = words[: specified_at(words, vocabulary)]
    names = [(m.start, m.end) for m in find_names(text, vocabulary)]
    names = [span for span in names if not find_terms("aggregates", text[slice(*span)])]
    text = without(text, names)
    found = find_terms("statistics", text, vocabulary)
    return tuple(f.meaning for f in found if text[f.end : f.end + 1] != "-")  # no "low-purity"


def bound_of(context: CellContext) -> Bound:
    """Return the bound that label or column set a figure: "at least"."""
    told = (_bound(words, context.vocabulary) for words in (context.row.label, context.head))
    return next((bound for bound in told if bound != "="), "=")


@lru_cache(maxsize=20_000)
def _bound(words: str, vocabulary: Vocabulary) -> Bound:
    said = words[: specified_at(words, vocabulary)].casefold().rstrip(" :,")
    for known in vocabulary.rows("bounds"):
        for form in split_forms(known["before"]):
            if " " in form and said.endswith(f" {form}"):
                return next(bound for bound in get_args(Bound) if bound == known["sign"])
    return "="


# -- status


def status_of(context: CellContext, about: About) -> Status:
    """Return the status that marks, notes or words give a figure, the notes' own words first."""
    vocabulary, row = context.vocabulary, context.row
    signs = [words.split()[-1] for words in (*row.labels, *row.groups) if words.split()]
    signs = [sign for sign in signs if not sign.isalnum()]  # a mark that was printed raised
    if marked := _marked(context.notes, " ".join((context.head, *signs)), vocabulary):
        return marked
    for told in find_terms("statuses", row.beside.get("status", ""), vocabulary):
        if told.meaning in _STATUSES:
            return _STATUSES[told.meaning]
    if flagged := _flagged(context):
        return flagged
    for words in (context.cell.text, *context.own_texts):  # the cell: "4,100 (estimate)"
        if status := _status_apart(words, vocabulary):
            return status
    caption = title_pattern(vocabulary).sub("", row.caption)
    of_table = _status_apart(caption, vocabulary) or _status_first(caption, vocabulary)
    if of_table and "status" not in row.beside and find_measures(caption, vocabulary):
        return of_table
    for remark in row.remarks:
        if status := _STATUSES.get(remark.status(about)):
            return status
    return _STATUSES["reported"]


@lru_cache(maxsize=20_000)
def _marked(notes: tuple[str, ...], head: str, vocabulary: Vocabulary) -> Status | None:
    """Return the status that the notes marked at a figure state, or the mark of its column."""
    said = [note.casefold().strip(" .") for note in notes]
    if _STATUSES["reported"] in said:
        return _STATUSES["reported"]
    marks = {m.mark for m in find_periods(head, vocabulary) if m.mark} | set(head.split())
    for known in vocabulary.rows("statuses"):
        forms = split_forms(known["notes"])
        is_noted = any(_opens_with(note, form) for note in said for form in forms)
        is_marked = bool(marks & set(split_forms(known["signs"])))
        if known["status"] in _STATUSES and (is_noted or is_marked):
            return _STATUSES[known["status"]]
    return None


def _flagged(context: CellContext) -> Status | None:
    """Return the status that a column of "yes" and "no" gives: "is revised"."""
    vocabulary = context.vocabulary
    yes = {form.casefold() for form in vocabulary.words("table_cues", "yes")}
    for cell in context.row.block.cells[1:]:
        if cell.text.casefold() in yes:
            for found in find_terms("statuses", cell.column, vocabulary):
                is_flag = not content_words(without(cell.column, [(found.start, found.end)]))
                if is_flag and found.meaning in _STATUSES:
                    return _STATUSES[found.meaning]
    return None


@lru_cache(maxsize=20_000)
def _status_apart(words: str, vocabulary: Vocabulary) -> Status | None:
    """Return the status that words state apart from what they name.

    "Phase 2, plan", "2025 (estimate)", "Estimated mine production"; but "employee stock plans" and
    "estimated fair value" are names.
    """
    names = [(m.start, m.end) for m in find_measures(words, vocabulary)]
    told = find_terms("statuses", words, vocabulary)
    if len({found.meaning for found in told}) > 1:
        return None  # those of several rows
    for found in told:
        status = _STATUSES.get(found.meaning)
        is_named = any(start <= found.start < end for start, end in names)
        if status is None or is_named:
            continue
        before, behind = words[: found.start], words[found.end :]
        is_apart = _BEFORE_TERM.search(before) and _BEHIND_TERM.match(behind)
        if is_apart or (status not in _OF_RULES and _only_qualifies(words, vocabulary)):
            return status
    return None


@lru_cache(maxsize=5_000)
def _status_first(caption: str, vocabulary: Vocabulary) -> Status | None:
    """Return the status that a caption begins with: "Estimates of capital cost and ..."."""
    for found in find_terms("statuses", caption, vocabulary):
        is_of = cue_pattern(r"\s<<phrase end>>\s", vocabulary).match(caption, found.end)
        return _STATUSES.get(found.meaning) if found.start == 0 and is_of else None
    return None


def _only_qualifies(words: str, vocabulary: Vocabulary) -> bool:
    """Tell whether nothing but measures, names and times stands beside a status."""
    text = naming_words(words, vocabulary)
    spans = [(m.start, m.end) for m in find_measures(text, vocabulary)]
    spans += [(m.start, m.end) for m in find_names(text, vocabulary)]
    spans += [(m.start, m.end) for m in find_periods(text, vocabulary)]
    for table in ("statistics", "bases", "forms", "stages", "statuses"):
        spans += [(m.start, m.end) for m in find_terms(table, text, vocabulary)]
    spans += [
        (m.start, m.end)
        for m in find_terms("markers", text, vocabulary)
        if m.meaning in ("figures", "reference")
    ]
    return not content_words(without(text, spans), vocabulary)


def _opens_with(note: str, form: str) -> bool:
    return note.startswith(form) and not note[len(form) : len(form) + 1].isalnum()


# -- source and edition


def attributed_to(context: CellContext, about: About) -> str:
    """Return whose word a figure is: the column of sources, a named edition, or the notes."""
    row, vocabulary = context.row, context.vocabulary
    if beside := _source_beside(context, about):
        return voice_named(beside)
    if voice := _dated_body(context.head, vocabulary):
        return voice
    for words in (context.head, *reversed(row.labels)):
        if voice := publication_named(words, row.source.edition) or _abbreviated(words, row):
            return voice
    for note in context.notes:
        if source := source_marked(note, vocabulary):
            return source
    told = publication_named(row.caption, row.source.edition)
    if voice := told or _in_brackets(row.caption, vocabulary):
        return voice
    if row.remarks and is_own_release(row.remarks[0]):
        return _company(row)
    return voice_of(row.remarks, about)


def _company(row: RowContext) -> str:
    """Return the company that caption, section or title of a table name, "" without one."""
    for layer in row.layers:
        named = [m.name for m in find_names(layer.text, row.vocabulary)]
        if found := [name.text for name in named if name.kind == "company"]:
            return found[0] if not layer.is_own else ""
    return ""


def _source_beside(context: CellContext, about: About) -> str:
    """Return what the column of sources says; of several, that which follows the figure.

    "Source of the export figure" speaks of exports alone.
    """
    row = context.row
    sources = [c for c in row.block.cells[1:] if slot_of(c.column, row.vocabulary) == _SOURCE]
    for cell in sources:
        told = [m.meaning.name for m in find_measures(cell.column, row.vocabulary)]
        if told and not any(is_kind_of(about.measure, name, row.vocabulary) for name in told):
            return ""
    behind = [cell.text for cell in sources if cell.text and cell.start > context.cell.start]
    return behind[0] if behind and len(sources) > 1 else row.beside.get(_SOURCE, "")


def _dated_body(head: str, vocabulary: Vocabulary) -> str:
    """Return a head that is a body's word with its date: "Tessaly release, March 2015"."""
    names = [m for m in find_names(head, vocabulary) if m.name.kind in BODIES]
    periods = find_periods(head, vocabulary)
    is_dated = bool(names and periods) and not names[0].start and periods[-1].end == len(head)
    return head if is_dated and not find_measures(head, vocabulary) else ""


def _abbreviated(words: str, row: RowContext) -> str:
    """Return the body that the first word of a head or label is short for, by a note."""
    first = words.split(",")[0].strip()
    return meaning_of(first, row.remarks) if first else ""


@lru_cache(maxsize=20_000)
def _in_brackets(caption: str, vocabulary: Vocabulary) -> str:
    """Return the publisher that stands in brackets of its own in a caption."""
    for bracket in _BRACKETS.finditer(caption):
        for mention in find_names(bracket[1], vocabulary):
            is_whole = not content_words(
                without(bracket[1], [(mention.start, mention.end)]), vocabulary
            )
            if mention.name.kind in BODIES and mention.name.kind != "company" and is_whole:
                return mention.name.text
    return ""


def edition_of(context: CellContext) -> str:
    """Return the edition that row or column name, else that of the source."""
    source = context.row.source
    for words in (context.head, *reversed(context.row.labels), context.row.caption):
        if len(found := find_editions(words)) == 1:
            return found[0].name
    return " ".join(part for part in (source.edition, source.version) if part)
