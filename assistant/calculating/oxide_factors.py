"""The place where a source states how much metal an oxide holds, so that the constant is cited.

The constant itself comes from the lexicon; a source that agrees with it lets the reader check it.
"""

from decimal import Decimal

from assistant.calculating.cell_facts import read_value
from assistant.calculating.operands import Search
from assistant.calculating.subjects import entity_ids
from assistant.candidates import Candidate, row_text
from corpus.document import Cell
from corpus.lexicon import load_lexicon
from index.passage import Evidence
from index.wording import stem, stems

_EVIDENCE = 20


def stated_factor(element_id: str, search: Search) -> tuple[Candidate, ...]:
    """Return the table row that states the metal share of an oxide, none where no source does."""
    lexicon = load_lexicon()
    element, name = lexicon.elements[element_id], lexicon.entry(element_id).name
    question = f"metal content of {name} oxide {element.oxide}, metal per kilogram of oxide"
    for item in search(question, _EVIDENCE):
        if item.passage.kind != "row" or entity_ids(item.passage.row_label) != {element_id}:
            continue
        for cell in item.passage.cells[1:]:
            if _states(item, cell, Decimal(str(element.oxide_to_metal))):
                text = row_text(item, (cell,))
                start, end = item.passage.start, item.passage.end
                return (Candidate(item, text, start, end, (cell,)),)
    return ()


def _states(item: Evidence, cell: Cell, factor: Decimal) -> bool:
    said = stems(f"{cell.column} | {item.passage.context.caption} | {item.passage.row_label}")
    if not {stem("metal"), stem("oxide")} <= said:
        return False
    try:
        value = read_value(cell.text)
    except ValueError:
        return False
    return value.state == "value" and value.low == factor
