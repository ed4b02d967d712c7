"""Answers without a language model: the best-supported sentences and rows, in their own words.

A statement answers a question where it covers what the question is about, names whom it names,
speaks of the year it asks for, and holds the kind of thing it wants. Where nothing does, the
answer is `not_found` and names the nearest sources.
"""

import time
from collections.abc import Iterator, Sequence

from assistant.answer import Answer, Citation, Seconds, Sentence, Status, page_place
from assistant.candidates import (
    Candidate,
    cited_context,
    same_figure,
    same_row,
    uncertain_figures,
)
from assistant.fitting import statement_scope, withholds
from assistant.weighing import Weighed, weigh
from corpus.dating import is_newer
from corpus.document import Cell
from corpus.figures import figures_differ
from index.embedding import Embedder
from index.passage import Evidence
from index.question import Question, analyze
from index.store import PassageStore
from index.wording import stem, words

_SHOWN_PAGES = 10  # whose passages are kept as evidence of an answer
_WHOLE_COVERAGE = 0.84
_CLOSE_SCORE = 0.9  # of the best, for a further statement
_SENTENCES = 3
_LIST_SENTENCES = 5


def answer_extractively(
    asked: str,
    standalone: str,
    evidence: Sequence[Evidence],
    store: PassageStore,
    embedder: Embedder,
    retrieve_seconds: float,
) -> Answer:
    """Compose an answer to a standalone question from its evidence, best first."""
    started = time.perf_counter()
    question = analyze(standalone)
    weighed = weigh(question, evidence, store, embedder)
    chosen = _choose(question, weighed)
    shown = _of_first_pages(evidence)

    def seconds() -> Seconds:
        return Seconds(retrieve_seconds, time.perf_counter() - started)

    if not chosen:
        return Answer(
            asked,
            standalone,
            "not_found",
            _not_found_text(evidence),
            evidence=shown,
            seconds=seconds(),
            confidence=_nearness(evidence) / 2,
        )
    citations = tuple(
        make_citation(number, w.candidate) for number, w in enumerate(chosen, start=1)
    )
    sentences = tuple(
        Sentence(w.candidate.text, (number,), "supported")
        for number, w in enumerate(chosen, start=1)
    )
    text = "\n".join(f"{s.text} [{s.citations[0]}]" for s in sentences)
    status = _status(question, chosen)
    warnings = list(_warn_of_recognition(chosen))
    if status == "conflicting":
        warnings.append("Editions differ; the newest is given first and supersedes the older.")
    return Answer(
        asked,
        standalone,
        status,
        text,
        sentences,
        citations,
        shown,
        tuple(warnings),
        seconds=seconds(),
        confidence=(1 + _nearness(evidence)) / 2,
    )


def _of_first_pages(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence of so many first pages, in its order."""
    pages = dict.fromkeys((e.passage.source_id, e.passage.page) for e in evidence)
    kept = set(list(pages)[:_SHOWN_PAGES])
    return tuple(e for e in evidence if (e.passage.source_id, e.passage.page) in kept)


def _nearness(evidence: Sequence[Evidence]) -> float:
    """Return how near the nearest evidence is to the question, from 0 to 1."""
    return max((min(max(e.similarity, 0.0), 1.0) for e in evidence), default=0.0)


def _warn_of_recognition(chosen: Sequence[Weighed]) -> Iterator[str]:
    """Yield a warning for each figure that was recognised from a picture with low confidence."""
    for number, weighed in enumerate(chosen, start=1):
        passage = weighed.candidate.evidence.passage
        for figure in uncertain_figures(weighed.candidate):
            yield (
                f"[{number}] {figure} was recognised from a picture of page {passage.page_label} "
                "and is uncertain; check it on the page."
            )


def make_citation(number: int, candidate: Candidate) -> Citation:
    """Return the citation of a statement; its quote is cut from the stored passage itself."""
    passage = candidate.evidence.passage
    quote = candidate.quote
    return Citation(
        number=number,
        source=candidate.evidence.source,
        page=passage.page,
        page_label=passage.page_label,
        start=candidate.start,
        end=candidate.end,
        quote=quote,
        context=cited_context(candidate),
        passage_start=passage.start,
        passage=passage.text,
        verified=quote in passage.text,
        cells=candidate.cells,
    )


def _choose(question: Question, weighed: Sequence[Weighed]) -> list[Weighed]:
    answering = [w for w in weighed if w.answers and not _one_of_many(question, w, weighed)]
    if not answering:
        return []
    best = _newest_edition(question, answering)
    chosen = [best, *_other_editions(question, best, answering)]
    if len(chosen) == 1:
        chosen += _same_table(question, best, answering)
    if len(chosen) > 1:
        return chosen
    limit = _LIST_SENTENCES if question.wants_list else _SENTENCES
    covered = set(statement_scope(best.candidate))
    asked = {stem(word) for word in question.words}
    for further in answering:
        if len(chosen) == limit or further.score < _CLOSE_SCORE * best.score:
            break
        if any(_repeats(further.candidate, w.candidate) for w in chosen):
            continue
        adds = (statement_scope(further.candidate) & asked) - covered
        if question.wants_list or adds:
            chosen.append(further)
            covered |= statement_scope(further.candidate)
    return chosen


def _other_editions(
    question: Question, best: Weighed, answering: Sequence[Weighed]
) -> list[Weighed]:
    """Return the rows of older editions that give the same figure another value.

    None where the question names an edition or asks for the latest.
    """
    if question.editions or question.wants_latest or not best.candidate.is_row:
        return []
    found: list[Weighed] = []
    editions = {best.candidate.evidence.source.edition}
    for other in answering:
        edition = other.candidate.evidence.source.edition
        if edition in editions or not same_figure(best.candidate, other.candidate):
            continue
        if _values_differ(best.candidate, other.candidate):
            editions.add(edition)
            found.append(other)
    return found


def _one_of_many(question: Question, row: Weighed, weighed: Sequence[Weighed]) -> bool:
    """Tell whether a row is one of a long table of which the question names none in particular."""
    passage = row.candidate.evidence.passage
    asked = {stem(word) for word in question.words}
    if not row.candidate.is_row or {stem(word) for word in words(passage.row_label)} & asked:
        return False
    return sum(_in_table_of(row, other) for other in weighed) >= _LIST_SENTENCES


def _in_table_of(row: Weighed, other: Weighed) -> bool:
    """Tell whether another statement is another row of the same table."""
    passage, there = row.candidate.evidence.passage, other.candidate.evidence.passage
    same = (there.source_id, there.page, there.context.caption, there.context.section) == (
        passage.source_id,
        passage.page,
        passage.context.caption,
        passage.context.section,
    )
    return same and other.candidate.is_row and there.id != passage.id


def _newest_edition(question: Question, answering: Sequence[Weighed]) -> Weighed:
    """Return the best statement; of a row that several editions carry, the newest one's."""
    best = answering[0]
    if question.editions:
        return best
    newest = best
    for rival in answering:
        sources = rival.candidate.evidence.source, newest.candidate.evidence.source
        if same_row(best.candidate, rival.candidate) and is_newer(*sources):
            newest = rival
    return newest


def _same_table(question: Question, best: Weighed, answering: Sequence[Weighed]) -> list[Weighed]:
    """Return the other rows of a table of which the question names none in particular."""
    passage = best.candidate.evidence.passage
    if not best.candidate.is_row or len(passage.cells) < 2:
        return []
    asked = {stem(word) for word in question.words}
    own = {stem(word) for word in words(passage.row_label)} & asked
    rows = [
        other
        for other in answering
        if _in_table_of(best, other)
        and {stem(word) for word in words(other.candidate.evidence.passage.row_label)} & asked
        == own
    ]
    few = len(rows) < _LIST_SENTENCES and best.coverage >= _WHOLE_COVERAGE
    return rows if few else []


def _values_differ(one: Candidate, other: Candidate) -> bool:
    pairs = zip(one.cells, other.cells, strict=False)
    return any(
        _comparable(first, second) and figures_differ(first.text, second.text)
        for first, second in pairs
    )


def _comparable(one: Cell, other: Cell) -> bool:
    return one.unit == other.unit or not (one.unit and other.unit)


def _repeats(one: Candidate, other: Candidate) -> bool:
    """Tell whether two statements say the same: most of their words are the same."""
    first, second = set(words(one.text)), set(words(other.text))
    return len(first & second) >= 0.8 * min(len(first), len(second))


def _status(question: Question, chosen: Sequence[Weighed]) -> Status:
    best = chosen[0].candidate
    if len(chosen) > 1 and same_figure(best, chosen[1].candidate):
        return "conflicting"
    if best.is_row:
        withheld = all(cell.text in ("NA", "W") for cell in best.cells)
        return "not_disclosed" if withheld else "answered"
    if question.kind in ("figure", "money", "percent") and withholds(best):
        return "not_disclosed"
    return "answered"


def _not_found_text(evidence: Sequence[Evidence]) -> str:
    if not evidence:
        return "The sources do not say: nothing in them speaks of this."
    nearest = dict.fromkeys(_titled_place(e) for e in evidence[:5])
    return f"The sources do not say. Nearest: {'; '.join(list(nearest)[:3])}."


def _titled_place(evidence: Evidence) -> str:
    source, passage = evidence.source, evidence.passage
    place = page_place(source, passage.page, passage.page_label)
    return ", ".join(filter(None, (source.title, place)))
