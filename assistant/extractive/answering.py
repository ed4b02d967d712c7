"""Answers without a language model: the best-supported sentences and rows, in their own words.

A statement answers a question where it covers what the question is about, names whom it names,
speaks of the year it asks for, and holds the kind of thing it wants. What is shown is the
statement itself: the words of its quote, or of the cells of its row, with what is recorded beside
them. Where nothing does, the answer is `not_found` and names the nearest sources.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Citation, Seconds, Sentence, Status
from assistant.extractive.asked import Asked
from assistant.extractive.candidates import Candidate, cited_context, uncertain_figures
from assistant.extractive.comparison import withholds
from assistant.extractive.decontextualization import frame_of, framed, with_antecedents
from assistant.extractive.finding import Found, Part
from assistant.extractive.not_found import not_found_text
from assistant.extractive.ranking import Ranked
from index.passage import Evidence

_SHOWN_PAGES = 10  # whose passages are kept as evidence of an answer


def answer_extractively(found: Found) -> Answer:
    """Compose an answer of the statements that were found, best first; `not_found` without any."""
    started = time.perf_counter()
    retrieved, parts = found.retrieved, found.parts
    told = list({one.text: one for part in parts for one in _told(part)}.values())
    answer = _composed(found, told) if told else _not_found(found)
    shown = _of_first_pages(retrieved.evidence)
    took = found.seconds + time.perf_counter() - started
    return replace(
        answer,
        evidence=shown,
        seconds=Seconds(retrieved.seconds, took),
        confidence=max(part.probable for part in parts),
    )


def _not_found(found: Found) -> Answer:
    """Return that the sources do not say."""
    retrieved = found.retrieved
    first = found.parts[0]
    text = not_found_text(first.ranking, retrieved.evidence, first.probable)
    return Answer(retrieved.question, retrieved.standalone, "not_found", text)


def _composed(found: Found, told: Sequence["_Told"]) -> Answer:
    """Return the answer that sentences make, each with the number of the statement it is from."""
    chosen = list({_place(one.ranked): one.ranked for one in told}.values())
    citations = tuple(
        make_citation(number, w.candidate) for number, w in enumerate(chosen, start=1)
    )
    numbers = {_place(one): number for number, one in enumerate(chosen, start=1)}
    sentences = tuple(
        Sentence(one.text, (numbers[_place(one.ranked)],), "supported") for one in told
    )
    text = "\n".join(f"{s.text} [{s.citations[0]}]" for s in sentences)
    asked = next(part.asked for part in found.parts if part.choice.candidates)
    status: Status = "conflicting" if found.conflicting else _status(asked, chosen)
    warnings = tuple(_warnings_of(found, [one.candidate for one in chosen]))
    return Answer(
        found.retrieved.question,
        found.retrieved.standalone,
        status,
        text,
        sentences,
        citations,
        warnings=warnings,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence of an answer with the statement whose words it is."""

    text: str
    ranked: Ranked


def _told(part: Part) -> Iterator[_Told]:
    """Yield the sentences of an answer: the statements chosen, with what they leave unnamed.

    What the sentence before was framed by is not said again.
    """
    choice = part.choice
    last = ""
    for place, one in enumerate(with_antecedents(choice.candidates)):
        frame = frame_of(part.asked, one.candidate)
        text = framed(one.candidate, "" if frame == last else frame)
        last = frame
        older = choice.conflicting and place > 0
        yield _Told(f"{text} (superseded)" if older else text, one)


def _warnings_of(found: Found, cited: Sequence[Candidate]) -> Iterator[str]:
    """Yield what a reader must know of an answer that cites statements, in order of their numbers.

    What the sources leave unsaid, figures that are uncertain, editions that differ, and of when the
    newest source is.
    """
    yield from _warn_of_silence(found.parts)
    if found.conflicting:
        yield "Editions differ; the newest supersedes the older."
    wants_latest = any(part.asked.question.wants_latest for part in found.parts)
    yield from warnings_of_cited(cited, wants_latest)


def warnings_of_cited(cited: Sequence[Candidate], wants_latest: bool) -> Iterator[str]:
    """Yield what a reader must know of cited statements, whoever words the answer."""
    yield from _warn_of_recognition(cited)
    if wants_latest:
        yield from _warn_of_age(cited)


def _warn_of_age(cited: Sequence[Candidate]) -> Iterator[str]:
    """Yield of when the newest cited source is, as what came later stands in none of them."""
    published = max((one.evidence.source.published for one in cited), default="")
    if published:
        yield f"The newest source cited is of {published}; it cannot speak of what came later."


def _warn_of_silence(parts: Sequence[Part]) -> Iterator[str]:
    """Yield a warning for each part of several that the sources do not answer."""
    for part in parts:
        if len(parts) > 1 and not part.choice.candidates:
            yield f'The sources do not say: "{part.asked.question.text}"'


def _place(ranked: Ranked) -> tuple[str, int, str]:
    return ranked.candidate.evidence.passage.id, ranked.candidate.start, ranked.candidate.text


def _of_first_pages(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence of so many first pages, in its order."""
    pages = dict.fromkeys((e.passage.source_id, e.passage.page) for e in evidence)
    kept = set(list(pages)[:_SHOWN_PAGES])
    return tuple(e for e in evidence if (e.passage.source_id, e.passage.page) in kept)


def _warn_of_recognition(cited: Sequence[Candidate]) -> Iterator[str]:
    """Yield a warning for each figure that was recognised from a picture with low confidence."""
    for number, candidate in enumerate(cited, start=1):
        passage = candidate.evidence.passage
        for figure in uncertain_figures(candidate):
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


def _status(asked: Asked, chosen: Sequence[Ranked]) -> Status:
    best = chosen[0].candidate
    if best.is_row:
        withheld = all(cell.text in ("NA", "W") for cell in best.cells)
        return "not_disclosed" if withheld else "answered"
    if asked.wants_figure and withholds(best):
        return "not_disclosed"
    return "answered"
