"""New documents on what is asked: saved questions, what had no answer, and what was the latest.

Each is asked anew of the new sources alone, by rules and the ledger: no language model is asked.
"""

from collections.abc import Collection, Iterator, Mapping

from assistant.answer import Answer, Citation
from assistant.extractive.asked import read_asked
from assistant.radar.finding import Finding
from assistant.radar.grounds import grounds_of_answer
from assistant.radar.held_library import HeldLibrary
from assistant.radar.library_state import Difference
from assistant.radar.new_members import find_new_members
from assistant.radar.same_thing.asked_names import has_names
from assistant.radar.standing import about_fact, reference_at, said_in, words_of
from assistant.radar.subscription import Ground, Subscription
from corpus.language.periods import find_periods
from corpus.language.quantities import find_quantities, same_quantity
from index.question import analyze
from index.wording import stems

_POLAR = "yes or no"
_SURE = 0.999  # of an answer from the ledger, whose slots are all as asked
_MOST = 5  # documents on one question in one look
_CARRIED = ("supported", "contradicted")  # verdicts by which a source is about a sentence


def find_new_documents(
    one: Subscription,
    differs: Difference,
    library: HeldLibrary,
    known: Mapping[str, frozenset[bytes]],
) -> Iterator[Finding]:
    """Yield the new documents that answer what a kept thing leaves open, or answer it later."""
    source_ids = {id_ for id_ in differs.fresh if is_first_copy(id_, differs, library)}
    if not source_ids:
        return
    if one.kind == "draft":
        for sentence in one.open:
            yield from _on_sentence(sentence, differs.new & source_ids, library)
        return
    lost = (one.asked,) if one.kind == "answer" and not one.standing else ()
    for question in one.open or lost:
        yield from _on_question(question, source_ids, differs, library, known)
    if one.kind == "answer" and one.standing:
        if library.doors.parse(one.asked).latest:
            yield from _later(one, source_ids, library)
        yield from find_new_members(one, differs.new & source_ids, library)


def is_first_copy(source_id: str, differs: Difference, library: HeldLibrary) -> bool:
    """Tell whether a source is searched, and no copy of one that was there before."""
    if source_id not in library.sources:
        return False
    return source_id in differs.changed or not any(
        id_ not in differs.new for id_ in library.copies(source_id)
    )


def _on_question(
    question: str,
    source_ids: Collection[str],
    differs: Difference,
    library: HeldLibrary,
    known: Mapping[str, frozenset[bytes]],
) -> Iterator[Finding]:
    for answer, citation in _answers(question, source_ids, library):
        source = citation.source
        if source.id in differs.changed and not _says_news(answer, citation, library, known):
            continue
        if citation.quote and _is_said_before(question, citation.quote, differs, library):
            continue
        place = reference_at(source, said_in(citation))
        yield Finding("new document", question, "", " ".join(citation.quote.split()), place)


def _answers(
    question: str, source_ids: Collection[str], library: HeldLibrary
) -> Iterator[tuple[Answer, Citation]]:
    """Yield the answers that sources give by themselves, each with its citation of a source."""
    left = set(source_ids)
    for _ in range(_MOST):
        answer = library.doors.answer(question, tuple(sorted(left))) if left else None
        if answer is None or answer.status not in ("answered", "conflicting"):
            return
        cited = {one.source.id: one for one in reversed(answer.citations)}
        is_sure = answer.confidence >= _SURE
        yield from (
            (answer, one) for one in cited.values() if is_sure or _is_about(question, one, library)
        )
        left -= cited.keys()


def _is_about(question: str, citation: Citation, library: HeldLibrary) -> bool:
    """Tell whether a citation has what is asked for and all names, and the other words near it.

    Whom it does not name, the sentence may that it goes on from.
    """
    asked = read_asked(analyze(question), {})
    kind, quote = asked.question.query.value_kind, citation.quote
    is_figure = kind in ("money", "share", "figure") and asked.question.query.operation != _POLAR
    if (kind == "date" and not find_periods(quote)) or (is_figure and not find_quantities(quote)):
        return False
    head = f"{citation.source.title} {citation.source.publisher}"
    near = stems(f"{head} {citation.passage}")
    before = _before(citation, library)
    has_words = all(word.stems & near for word in asked.words)
    return has_words and has_names(asked, "\n".join((head, before, quote)))


def _before(citation: Citation, library: HeldLibrary) -> str:
    """Return the sentence from which the one goes on that is cited, "" for none."""
    return next(
        (
            said.before
            for said in library.said(citation.source.id)
            if said.page == citation.page and said.start <= citation.start < said.end
        ),
        "",
    )


def _says_news(
    answer: Answer,
    citation: Citation,
    library: HeldLibrary,
    known: Mapping[str, frozenset[bytes]],
) -> bool:
    """Tell whether what a changed source answers with is a fact that it did not have before."""
    grounds = grounds_of_answer(answer, library.ledger, library.doors.parse)
    had = known.get(citation.source.id, frozenset())
    own = [one for one in grounds if one.source.id == citation.source.id and one.fact]
    return any(library.mark(one.as_found(at)) not in had for at, one in enumerate(own))


def _is_said_before(question: str, quote: str, differs: Difference, library: HeldLibrary) -> bool:
    """Tell whether sources that were there before answer with the same figures, or times."""
    near = dict.fromkeys(found.source.id for found in library.doors.search(question))
    held = tuple(id_ for id_ in near if id_ not in differs.fresh)
    answer = library.doors.answer(question, held) if held else None
    if answer is None or answer.status not in ("answered", "conflicting"):
        return False
    return any(_has_values(cited.quote, quote) for cited in answer.citations)


def _has_values(held: str, said: str) -> bool:
    """Tell whether a sentence has all figures of another one; all times, where that has none."""
    figures = [found.quantity for found in find_quantities(said)]
    if figures:
        own = [found.quantity for found in find_quantities(held)]
        return all(any(same_quantity(one, other) for other in own) for one in figures)
    times = {found.period.text for found in find_periods(said)}
    return bool(times) and times <= {found.period.text for found in find_periods(held)}


def _on_sentence(
    sentence: str, source_ids: Collection[str], library: HeldLibrary
) -> Iterator[Finding]:
    for source_id in sorted(source_ids):
        cited = library.doors.cite(sentence, (source_id,))
        if cited.verdict in _CARRIED and cited.citations:
            citation = cited.citations[0]
            told = " ".join(citation.quote.split())
            place = reference_at(citation.source, said_in(citation))
            yield Finding("new document", sentence, "", told, place)


def _later(
    one: Subscription, source_ids: Collection[str], library: HeldLibrary
) -> Iterator[Finding]:
    """Yield what new sources say of a later time, where the latest was asked for."""
    for found in grounds_answering(one.asked, source_ids, library):
        held = [ground for ground in one.standing if _is_later(found, ground)]
        if held and found.fact:
            place = reference_at(found.source, words_of(found))
            yield Finding("out of date", about_fact(found.fact), held[0].value, found.value, place)


def grounds_answering(
    question: str, source_ids: Collection[str], library: HeldLibrary
) -> Iterator[Ground]:
    """Yield on what the answers rest that sources give by themselves."""
    for answer, citation in _answers(question, source_ids, library):
        for found in grounds_of_answer(answer, library.ledger, library.doors.parse):
            if found.source.id == citation.source.id:
                yield found


def _is_later(found: Ground, held: Ground) -> bool:
    """Tell whether a ground says the same of a later time."""
    if not (found.fact and held.fact and found.fact.period and held.fact.period):
        return False
    is_same = found.fact.measure == held.fact.measure
    return is_same and found.fact.period.last > held.fact.period.last
