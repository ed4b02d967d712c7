"""The facts of a row: one for each cell that holds a figure, a date, names, or a sign for none.

The nearest words decide each slot: what a column beside says, the head of the column, the label of
the row, its groups, the caption, the section, the title, the notes below. What none of the readers
knows stays in `rest`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.document import Block, Cell, Page, Source
from corpus.facts.cells.cell_measures import (
    measure_of,
    measure_of_names,
    names_sum_of_items,
    stage_told,
    unread_of,
)
from corpus.facts.cells.cell_times import change_of, period_of
from corpus.facts.cells.cell_values import measured_value, unit_of, unsigned, value_of
from corpus.facts.cells.layers import RowContext, cell_context, row_context, slot_of, without
from corpus.facts.cells.parties import arguments_of
from corpus.facts.cells.qualifiers import (
    attributed_to,
    basis_of,
    bound_of,
    edition_of,
    price_basis_of,
    scope_of,
    specification_of,
    statistic_of,
    status_of,
)
from corpus.facts.cells.table_notes import About, stems_of
from corpus.facts.fact import Argument, Day, Fact, Names, Place, Table
from corpus.language.measures import find_measures, find_terms, measure_named
from corpus.language.periods import find_periods, lengths_ended
from corpus.language.quantities import Quantity, find_quantities, find_unit
from corpus.language.units import dimension
from corpus.language.vocabulary import Vocabulary, load_vocabulary
from corpus.language.words import content_words


def cell_facts(
    source: Source, page: Page, block: Block, vocabulary: Vocabulary | None = None
) -> tuple[Fact, ...]:
    """Return a fact for each cell of a row that holds a figure, a date, or a sign for none."""
    if block.kind != "row" or len(block.cells) < 2:
        return ()
    words = vocabulary or load_vocabulary()
    row = row_context(source, page, block, words)
    if _is_figure_first(block, words):
        return tuple(_fact_of(_with_figure_first(row), block.cells[0], ()))
    facts: list[Fact] = []
    for cell in block.cells[1:]:
        if cell.text and _is_told_of(cell, words):
            facts += _fact_of(row, cell, facts)
    return tuple(facts)


def _is_figure_first(block: Block, vocabulary: Vocabulary) -> bool:
    """Tell whether the first cell of a row is its figure, with a unit: "Price", then its market."""
    first = block.cells[0]
    mentions = find_quantities(first.text, vocabulary)
    is_whole = len(mentions) == 1 and mentions[0].end - mentions[0].start >= len(first.text) - 1
    if not (is_whole and mentions[0].quantity.unit and find_measures(first.column, vocabulary)):
        return False
    others = (find_quantities(cell.text, vocabulary) for cell in block.cells[1:])
    return not any(found and not found[0].start for found in others)


def _with_figure_first(row: RowContext) -> RowContext:
    """Return a row of which the cells behind its first are the labels."""
    cells = row.block.cells[1:]
    labels = tuple(c.text for c in cells if c.text and not slot_of(c.column, row.vocabulary))
    return replace(row, labels=labels)


def _is_told_of(cell: Cell, vocabulary: Vocabulary) -> bool:
    """Tell whether a cell says something itself: below "Years" it may count them."""
    slot = slot_of(cell.column, vocabulary)
    counts = dimension(find_unit(cell.unit, vocabulary)[0]) == "time" if cell.unit else False
    is_time = bool(find_periods(cell.text, vocabulary))
    return slot in ("", "measure") or (slot == "period" and counts and not is_time)


def _fact_of(row: RowContext, cell: Cell, before: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the fact of a cell, if it holds one; `before` are those of the cells left of it."""
    context = cell_context(row, cell)
    unit, scale = unit_of(context)
    value = value_of(context, unit, scale)
    if value is None:
        return
    measured = dimension(value.unit) if isinstance(value, Quantity) else dimension(unit)
    measured = measured or ("money" if scale != 1.0 else "")
    change = change_of(context, value)
    if change:
        value = unsigned(value)
    is_relative = change is not None and change.kind == "percent"
    if isinstance(value, Names):
        read = measure_of_names(context)
    else:
        read = measure_of(context, measured, isinstance(value, Day), is_relative)
    if read is None:
        return  # a name of which no word says what it is
    measure, taken, of = read.measure, read.words, read.of
    if isinstance(value, Quantity) and not (value.unit or cell.unit or context.heads):
        return  # a page number of a table of contents, a number of a form
    value = measured_value(value, measure, context, scale)
    period, against = period_of(context, before, change is not None)
    if change and against:
        change = replace(change, against=against)
    basis = basis_of(context, measured or measure.dimension)
    if measured == "share" and cell.basis and not of and taken not in (*context.heads, *row.labels):
        # A percentage of what the unit of the table names: "percentage of total oxides".
        measure, of = measure_named("share", row.vocabulary), cell.basis.removeprefix("of ")
        basis = _basis_of_whole(of, row.vocabulary)
    if isinstance(value, Quantity) and value.bound == "=":
        value = replace(value, bound=bound_of(context))
    arguments = arguments_of(context, measure, taken, basis, measured)
    if isinstance(value, Names):
        told = {one.name.id for one in arguments}
        if all(name.id in told for name in value.names):
            return  # another form of the name of its row: a symbol, a ticker
    edition = edition_of(context)
    words = stems_of((*row.labels, *context.heads), row.vocabulary)
    about = About(frozenset(one.name.id for one in arguments), period, measure.name, words)
    voice = attributed_to(context, about)
    about = replace(about, voice=" ".join(part for part in (edition, voice) if part))
    yield Fact(
        value=value,
        measure=measure.name,
        arguments=arguments,
        period=period,
        stage=stage_told(context, measure),
        of=of,
        basis=basis,
        scope=scope_of(context, about),
        specification=specification_of(context, measured, about),
        price_basis=price_basis_of(context, measure, about),
        statistic=statistic_of(context, about),
        part_of=_part_of(row, taken),
        change=change,
        status=status_of(context, about),
        attributed_to=voice,
        edition=edition,
        rest=_rest([t for t in (*row.labels, *context.heads) if t != taken], arguments, row),
        place=Place(row.page.number, row.block.start, row.block.end, cell.start, cell.end),
        table=Table(row.caption, (*row.groups, *row.labels), context.heads, cell.notes),
    )


def _basis_of_whole(of: str, vocabulary: Vocabulary) -> str:
    """Return what the parts of a whole are counted as: REO, of "total rare-earth oxide"."""
    sums = find_terms("statistics", of, vocabulary)
    found = find_terms("bases", without(of, [(m.start, m.end) for m in sums]), vocabulary)
    return found[0].meaning if found else ""


def _rest(texts: Sequence[str], arguments: Sequence[Argument], row: RowContext) -> tuple[str, ...]:
    """Return the words of row and column that no slot took."""
    unknown = [one.name for one in arguments if not one.name.id]
    named = {w for n in unknown for w in content_words(f"{n.text} {n.form}", row.vocabulary)}
    return tuple(word for word in unread_of(texts, row.vocabulary) if word not in named)


def _part_of(row: RowContext, taken: str) -> str:
    """Return the group that an item of a statement adds to: "non-current assets"."""
    outer = (row.caption, *row.groups, *row.labels)[-2:-1]
    is_sum = bool(outer) and names_sum_of_items(outer[0], row.vocabulary)
    is_item = bool(row.label) and taken == row.label and row.is_of_itself
    if not is_item or not (is_sum or row.has_items):
        return ""
    if outer[0] == row.caption and not is_sum:
        return ""
    if find_periods(outer[0], row.vocabulary) or lengths_ended(outer[0]):
        return ""
    return " ".join(outer[0].casefold().split())
