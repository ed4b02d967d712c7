"""The values of answering: an Answer with its Sentences and Citations, a cited Claim, a Turn.

`to_json` gives each of them the form that the command line prints and that runs keep.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from assistant.answer.answer_table import AnswerTable, table_to_json
from corpus.document import Cell, Context, Source
from corpus.instructions import holds_instruction
from index.passage import Evidence

Status = Literal["answered", "not_found", "not_disclosed", "conflicting"]
Verdict = Literal["supported", "partly", "contradicted", "not_found"]
Support = Literal["supported", "partly", "inference", "unverified", "contradicted", "not_found"]
"""How a sentence stands to its citations; `inference` follows from several of them."""


_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words that carry a sentence, and where they stand.

    `quote == page.text[start:end]`, checked against the stored page before it is shown, so
    `verified` is true for every citation a reader sees. `passage` holds the words around it.
    Of a table row `cells` are the figures that are cited, and the context is theirs alone.
    """

    number: int
    source: Source
    page: int
    page_label: str
    start: int
    end: int
    quote: str
    context: Context
    passage_start: int
    passage: str
    verified: bool
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the numbers of the citations that carry it."""

    text: str
    citations: tuple[int, ...]
    support: Support


@dataclass(frozen=True, slots=True)
class SetAside:
    """A sentence that a language model wrote and that is no part of the answer, with the reason.

    `citations`, numbered by themselves, are what it quotes: where it is `contradicted`, what the
    source says instead; where it is `unverified`, what does not carry it.
    """

    text: str
    support: Support
    reason: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: its words with the figures, whose citations, what comes out.

    A step that takes no figure of a source (a conversion of one that the question gives) has no
    citations.
    """

    text: str
    citations: tuple[int, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long the parts of an answer took, in seconds; `answer` without the model's."""

    retrieve: float = 0.0
    answer: float = 0.0
    model: float = 0.0  # from asking a language model to its last sentence checked

    @property
    def whole(self) -> float:
        """How long all parts took together."""
        return self.retrieve + self.answer + self.model


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a language model took and gave for an answer; nothing where there was none."""

    prompt: int = 0
    completion: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        """Return what two calls took and gave together."""
        return Tokens(self.prompt + other.prompt, self.completion + other.completion)

    def cost(self, prompt_price: float, completion_price: float) -> float:
        """Return what they cost at prices of a million of them."""
        return (self.prompt * prompt_price + self.completion * completion_price) / _MILLION

    def told(self, cost: float) -> str:
        """Say how many they are, and what they cost where that is known."""
        at_cost = f", at a cost of {cost:.4f}" if cost else ""
        return f"{self.prompt:,} tokens read, {self.completion:,} written{at_cost}"


@dataclass(frozen=True, slots=True)
class Written:
    """How many sentences a language model wrote, and what became of them when they were checked.

    `removed` counts those set aside by their support, `calls` how often a model was asked. `fault`
    says why it could not be asked, or did not finish.
    """

    sentences: int = 0
    kept: int = 0
    removed: tuple[tuple[str, int], ...] = ()
    fault: str = ""
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to a question, and all that a reader needs to check it.

    `confidence`, from 0 to 1, is the probability that the sources answer the question; of an answer
    that was calculated, tabulated or made of a claim it only tells found from not found. `table` is
    there where a table was asked for and came out; the sentences then say its rows. `queries` are
    the searches that a language model added to the question, by which its evidence was found.
    """

    question: str
    standalone_question: str
    status: Status
    text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()
    model: str = "extractive"
    seconds: Seconds = field(default_factory=Seconds)
    confidence: float = 0.0
    tokens: Tokens = field(default_factory=Tokens)
    cost: float = 0.0  # of the tokens, in the currency of the prices that the reader set
    written: Written | None = None  # where a language model wrote, whether or not it is shown
    table: AnswerTable | None = None
    steps: tuple[Step, ...] = ()
    set_aside: tuple[SetAside, ...] = ()  # in strict mode none
    queries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim with its verdict.

    `says` holds what the source says where it contradicts, which parts of a claim are carried and
    which are not where it is so in part, and what comes out where a percentage is worked out. Where
    it is plain which figure of a claim a source gives otherwise, `wrong` are its words there and
    `right` those of the source.
    """

    claim: str
    verdict: Verdict
    citations: tuple[Citation, ...] = ()
    says: str = ""
    wrong: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


def told_beside(context: Context) -> tuple[tuple[str, str], ...]:
    """Return what is recorded of a table beside a cited stretch, as names with words.

    What is unknown is left out, and a unit that caption or columns give.
    """
    columns = " | ".join(dict.fromkeys(filter(None, context.header)))  # a label has no head
    unit = "" if context.unit in f"{context.caption} {columns}" else context.unit
    entries = (
        ("table", context.caption),
        ("columns", columns),
        ("unit", unit),
        ("notes", " | ".join(context.notes)),
    )
    return tuple((name, words) for name, words in entries if words.strip())


def recognition(source: Source) -> str:
    """Return how a source was read where that is worth knowing: by text recognition; else ""."""
    if source.confidence == 1:
        return ""
    return f"recognised from a scan, {source.confidence:.0%} sure"


def page_place(source: Source, number: int, label: str) -> str:
    """Return how a page is named: "p. 153 (PDF page 2)"; nothing for a source of one text."""
    return page_name(source.file_type, number, label)


def page_name(file_type: str, number: int, label: str) -> str:
    """Return how a page of a type of file is named, as `page_place` does."""
    if file_type == "pdf":
        return f"p. {label} (PDF page {number})" if label != str(number) else f"p. {number}"
    kind = {"workbook": "sheet ", "slides": "slide "}.get(file_type, "")
    return "" if not kind and (number, label) in ((1, "1"), (1, "")) else f"{kind}{label}"


def source_to_json(source: Source) -> dict[str, Any]:
    """Return the part of a source's record that a citation shows."""
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "rank": source.rank,
        "published": source.published,
        "edition": " ".join(part for part in (source.edition, source.version) if part),
        "path": source.path,
        "url": source.url,
        "language": source.language,
        "confidence": source.confidence,
        **_when_fetched(source),
    }


def _when_fetched(source: Source) -> dict[str, str]:
    """Return when a page of the web came, by which its version is found again."""
    return {"fetched": source.fetched} if source.fetched else {}


def context_to_json(context: Context) -> dict[str, Any]:
    """Return what is recorded beside a cited stretch."""
    return {
        "section": context.section,
        "caption": context.caption,
        "header": list(context.header),
        "unit": context.unit,
        "notes": list(context.notes),
    }


def context_of_json(told: Mapping[str, Any]) -> Context:
    """Return what `context_to_json` told."""
    header, notes = tuple(told["header"]), tuple(told["notes"])
    return Context(told["section"], told["caption"], header, told["unit"], notes)


def cell_to_json(cell: Cell) -> dict[str, Any]:
    """Return one figure of a row; `start` and `end` are its place in the text of its page."""
    return {
        "text": cell.text,
        "start": cell.start,
        "end": cell.end,
        "column": cell.column,
        "year": cell.year,
        "unit": cell.unit,
        "basis": cell.basis,
        "notes": list(cell.notes),
    }


def citation_to_json(citation: Citation) -> dict[str, Any]:
    """Return a citation as the command line prints it."""
    return {
        "number": citation.number,
        "source": source_to_json(citation.source),
        "page": citation.page,
        "page_label": citation.page_label,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "context": context_to_json(citation.context),
        "cells": [cell_to_json(cell) for cell in citation.cells],
        "verified": citation.verified,
        "holds_instruction": holds_instruction(citation.passage),
    }


def evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    """Return one piece of evidence as the command line prints it."""
    passage = evidence.passage
    return {
        "source_id": passage.source_id,
        "path": evidence.source.path,
        "title": evidence.source.title,
        "page": passage.page,
        "page_label": passage.page_label,
        "start": passage.start,
        "end": passage.end,
        "score": round(evidence.score, 6),
        "similarity": round(evidence.similarity, 4),
        "text": passage.text,
        "holds_instruction": holds_instruction(passage.text),
        "context": context_to_json(passage.context),
        "cells": [cell_to_json(cell) for cell in passage.cells[1:]],
        **_when_fetched(evidence.source),
    }


def written_to_json(written: Written) -> dict[str, Any]:
    """Return what became of a model's sentences, as `ask --json` prints it."""
    return asdict(written) | {"removed": dict(written.removed)}


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return an answer as `ask --json` prints it."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "status": answer.status,
        "text": answer.text,
        "sentences": [
            {"text": s.text, "citations": list(s.citations), "support": s.support}
            for s in answer.sentences
        ],
        "set_aside": [
            {
                "text": one.text,
                "support": one.support,
                "reason": one.reason,
                "citations": [citation_to_json(c) for c in one.citations],
            }
            for one in answer.set_aside
        ],
        "steps": [
            {"text": step.text, "citations": list(step.citations), "result": step.result}
            for step in answer.steps
        ],
        "citations": [citation_to_json(c) for c in answer.citations],
        "evidence": [evidence_to_json(e) for e in answer.evidence],
        "queries": list(answer.queries),
        "warnings": list(answer.warnings),
        "model": answer.model,
        "seconds": {
            "retrieve": round(answer.seconds.retrieve, 4),
            "answer": round(answer.seconds.answer, 4),
            "model": round(answer.seconds.model, 4),
        },
        "confidence": round(answer.confidence, 4),
        "tokens": {"prompt": answer.tokens.prompt, "completion": answer.tokens.completion},
        "cost": round(answer.cost, 6),
        "written": written_to_json(answer.written) if answer.written else None,
        "table": table_to_json(answer.table) if answer.table else None,
    }


def cited_claim_to_json(cited: CitedClaim) -> dict[str, Any]:
    """Return a cited claim as `cite --json` prints it."""
    return {
        "claim": cited.claim,
        "verdict": cited.verdict,
        "citations": [citation_to_json(c) for c in cited.citations],
        "says": cited.says,
    }
