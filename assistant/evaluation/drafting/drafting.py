"""Cases written from the sources of a library, for a person to accept or reject.

No language model takes part: figures of the ledger and words that a text explains are turned into
questions, and every answer is a stretch of a source.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from assistant.evaluation.case import Case
from assistant.evaluation.drafting.definitions import definition_proposals
from assistant.evaluation.drafting.fact_proposals import FactQuestions, kind_of
from assistant.evaluation.drafting.proposal import Proposal, case_of
from assistant.evaluation.drafting.prose import read_sentences
from assistant.evaluation.drafting.source_names import source_names
from assistant.evaluation.drafting.twins import pools_of, twin_of
from corpus.document import Source
from corpus.language.words import fold
from index.facts import Ledger
from index.passage import Filters
from index.storage.catalog import Catalog

_Ask = Callable[[], Proposal | None]  # gives the question where it has one answer
_Queues = dict[str, dict[str, list[_Ask]]]  # by source and kind
_TWIN_EVERY = 2  # questions with an answer to one without


def draft_cases(
    catalog: Catalog, count: int, seed: int = 0, filters: Filters = Filters()
) -> tuple[Case, ...]:
    """Return up to `count` drafted cases, about a third of them without an answer.

    They take turns over the sources and over the kinds of questions, so that a long table crowds
    nothing out; sources that are copies are asked about once. Fewer come back where the sources
    give no more. The same content and seed give the same cases.
    """
    ledger = Ledger(catalog)
    shown = ledger.sources(filters).items()
    sources = dict(sorted(shown, key=lambda item: (item[1].path, item[0])))
    questions = FactQuestions(ledger, catalog, source_names(sources))
    facts = questions.of(sources)
    queues: _Queues = defaultdict(lambda: defaultdict(list))
    for found in facts:
        queues[found.source.id][kind_of(found.fact)].append(partial(questions.ask, found))
    for one in definition_proposals(read_sentences(catalog, sources.values())):
        queues[one.source_id][one.kind].append(partial(_ready, one))
    pools = pools_of(found.fact for found in facts)
    drafted: dict[str, Case] = {}
    answerable = 0
    without_twin: list[Proposal] = []
    keys: set[str] = set()
    twins = 0
    for ask in _in_turns(queues, sources, seed):
        if len(drafted) >= count:
            break
        proposal = ask()
        if proposal is None:
            continue
        case = case_of(proposal)
        if proposal.key and proposal.key in keys:
            continue
        keys.add(proposal.key)
        if drafted.setdefault(fold(case.question), case) is not case:
            continue
        answerable += 1
        without_twin.append(proposal)
        while without_twin and len(drafted) < count and twins < answerable // _TWIN_EVERY:
            sibling = without_twin.pop()
            chosen = f"{seed} {fold(sibling.question)}"
            twin = twin_of(sibling, pools, ledger, catalog, chosen)
            if twin and drafted.setdefault(fold(twin.question), twin) is twin:
                twins += 1
    return tuple(drafted.values())


def _ready(proposal: Proposal) -> Proposal:
    return proposal


def _in_turns(queues: _Queues, sources: Mapping[str, Source], seed: int) -> Iterator[_Ask]:
    """Yield what gives a question so that sources, and within each the kinds, take turns."""
    order = [source_id for source_id in sources if source_id in queues]
    random.Random(f"{seed}").shuffle(order)
    for source_id in order:
        path = sources[source_id].path
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
