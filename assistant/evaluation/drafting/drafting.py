"""Cases written from the sources of a library, for a person to accept or reject.

No language model takes part: tables, dated figures and definitions are turned into questions by
their shape, and every answer is a stretch of a source.
"""

import random
from collections import defaultdict
from collections.abc import Iterator

from assistant.evaluation.case import Case
from assistant.evaluation.drafting.abbreviations import abbreviation_proposals
from assistant.evaluation.drafting.absence import Absence
from assistant.evaluation.drafting.dated_figures import dated_figure_proposals
from assistant.evaluation.drafting.definitions import definition_proposals
from assistant.evaluation.drafting.proposal import Proposal, case_of
from assistant.evaluation.drafting.source_library import Library, read_library
from assistant.evaluation.drafting.table_cells import table_proposals
from assistant.evaluation.drafting.twins import pools_of, twin_of
from corpus.language.words import fold
from index.catalog import Catalog
from index.passage import Filters

_READERS = (
    table_proposals,
    dated_figure_proposals,
    abbreviation_proposals,
    definition_proposals,
)
_TWIN_EVERY = 2  # questions with an answer to one without


def draft_cases(
    catalog: Catalog, count: int, seed: int = 0, filters: Filters = Filters()
) -> tuple[Case, ...]:
    """Return up to `count` drafted cases, about a third of them without an answer.

    They take turns over the sources and over the kinds of questions, so that a long table crowds
    nothing out; sources that are copies are asked about once. Fewer come back where the sources
    give no more. The same content and seed give the same cases.
    """
    library = read_library(catalog, filters)
    proposals = [proposal for read in _READERS for proposal in read(library)]
    pools = pools_of(proposals, library)
    absence = Absence(catalog, library)
    drafted: dict[str, Case] = {}
    answerable: list[Proposal] = []
    without_twin: list[Proposal] = []
    keys: set[str] = set()
    twins = 0
    for proposal in _in_turns(proposals, library, seed):
        if len(drafted) >= count:
            break
        case = case_of(proposal)
        if proposal.key and proposal.key in keys:
            continue
        keys.add(proposal.key)
        if drafted.setdefault(fold(case.question), case) is not case:
            continue
        answerable.append(proposal)
        without_twin.append(proposal)
        while without_twin and len(drafted) < count and twins < len(answerable) // _TWIN_EVERY:
            sibling = without_twin.pop()
            twin = twin_of(sibling, pools, absence, f"{seed} {fold(sibling.question)}")
            if twin and drafted.setdefault(fold(twin.question), twin) is twin:
                twins += 1
    return tuple(drafted.values())


def _in_turns(proposals: list[Proposal], library: Library, seed: int) -> Iterator[Proposal]:
    """Yield proposals so that sources, and within each source the kinds, take turns."""
    queues: dict[str, dict[str, list[Proposal]]] = defaultdict(lambda: defaultdict(list))
    for proposal in proposals:
        queues[proposal.source_id][proposal.kind].append(proposal)
    order = [source_id for source_id in library.sources if source_id in queues]
    random.Random(f"{seed}").shuffle(order)
    for source_id in order:
        path = library.sources[source_id].path
        for kind, queue in queues[source_id].items():
            random.Random(f"{seed} {path} {kind}").shuffle(queue)
    while order:
        for source_id in list(order):
            kinds = queues[source_id]
            kind = next(iter(kinds))
            queue = kinds.pop(kind)
            yield queue.pop()
            if queue:
                kinds[kind] = queue  # to the end: the other kinds come first
            if not kinds:
                order.remove(source_id)
