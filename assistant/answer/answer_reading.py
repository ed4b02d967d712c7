"""An answer made anew from the form in which it is recorded.

Records leave out the texts of passages; these are cut from the pages as they are stored now, and
are empty where a source has changed or gone.
"""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.answer.answer import (
    Answer,
    Citation,
    Seconds,
    Sentence,
    SetAside,
    Step,
    Tokens,
    Written,
    context_of_json,
)
from assistant.answer.answer_table import table_of_json
from corpus.document import Cell, Source
from index.passage import Evidence, Passage

_Told = Mapping[str, Any]
_OF_SOURCE = (
    "publisher", "author", "published", "edition", "url", "language", "rank", "confidence",
    "fetched",
)  # fmt: skip
_AROUND_CHARS = 400  # of a page, on either side of a quote; its passage is not recorded
PageText = Callable[[str, int], str]  # of a source's id and a page's number, "" where there is none


def answer_of_json(told: _Told, source_of: Callable[[_Told], Source], text_of: PageText) -> Answer:
    """Return the answer that `answer_to_json` told.

    `source_of` gives the source of a citation or of evidence, from what of it is recorded.
    """
    reader = _Reader(source_of, text_of)
    written, seconds, tokens = told.get("written"), told.get("seconds", {}), told.get("tokens", {})
    return Answer(
        question=told["question"],
        standalone_question=told.get("standalone_question", ""),
        status=told["status"],
        text=told["text"],
        sentences=tuple(
            Sentence(one["text"], tuple(one["citations"]), one["support"])
            for one in told["sentences"]
        ),
        citations=tuple(map(reader.citation, told["citations"])),
        evidence=tuple(map(reader.evidence, told["evidence"])),
        warnings=tuple(told.get("warnings", ())),
        model=told.get("model", "extractive"),
        seconds=Seconds(**seconds),
        confidence=told.get("confidence", 0.0),
        tokens=Tokens(**tokens),
        cost=told.get("cost", 0.0),
        written=_written(written) if written else None,
        table=table_of_json(told["table"]) if told.get("table") else None,
        steps=tuple(
            Step(one["text"], tuple(one["citations"]), one["result"])
            for one in told.get("steps", ())
        ),
        set_aside=tuple(map(reader.set_aside, told.get("set_aside", ()))),
    )


def recorded_source(told: _Told) -> Source:
    """Return what a record knows of a source that is no longer in the home."""
    return Source(
        id=told.get("id", told.get("source_id", "")),
        location="",
        path=told["path"],
        title=told["title"],
        file_type=told["path"].rpartition(".")[2].lower(),
        sha256="",
        **{name: told[name] for name in _OF_SOURCE if name in told},
    )


class _Reader:
    """Reads the parts of one recorded answer."""

    def __init__(self, source_of: Callable[[_Told], Source], text_of: PageText) -> None:
        self._source_of = source_of
        self._text_of = text_of

    def citation(self, told: _Told) -> Citation:
        start, quote = told["start"], told["quote"]
        source = self._source_of(told["source"])
        text = self._text_of(source.id, told["page"])
        is_there = text[start : told["end"]] == quote
        passage_start = max(0, start - _AROUND_CHARS) if is_there else start
        return Citation(
            number=told["number"],
            source=source,
            page=told["page"],
            page_label=told["page_label"],
            start=start,
            end=told["end"],
            quote=quote,
            context=context_of_json(told["context"]),
            passage_start=passage_start,
            passage=text[passage_start : told["end"] + _AROUND_CHARS] if is_there else quote,
            verified=told["verified"],
            cells=tuple(map(_cell, told["cells"])),
        )

    def evidence(self, told: _Told) -> Evidence:
        source, page, start, end = self._source_of(told), told["page"], told["start"], told["end"]
        text = self._text_of(source.id, page)[start:end]
        passage = Passage(
            f"{source.id}:{page}:{start}", source.id, page, told["page_label"], start, end, text,
            "prose",
        )  # fmt: skip
        return Evidence(passage, source, told["score"], told["similarity"])

    def set_aside(self, told: _Told) -> SetAside:
        citations = tuple(map(self.citation, told["citations"]))
        return SetAside(told["text"], told["support"], told["reason"], citations)


def _cell(told: _Told) -> Cell:
    return Cell(**{**told, "notes": tuple(told["notes"])})


def _written(told: _Told) -> Written:
    return Written(**{**told, "removed": tuple(told["removed"].items())})
