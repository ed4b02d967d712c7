"""A cited page as it is told: beside a draft, in a bibliography, after a claim that is pasted."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer.answer import (
    Answer,
    Citation,
    CitedClaim,
    citation_to_json,
    context_of_json,
    page_name,
    told_beside,
)
from corpus.reading import FILE_TYPES


@dataclass(frozen=True, slots=True)
class Reference:
    """The words of a source that are cited, and where they stand.

    `page` is how a reader finds it ("p. 153 (PDF page 2)"), `label` what is printed on it; "" of
    a source that has no pages. `published` is an ISO date of any precision. `beside` is what a row
    of a table leaves unsaid, as its table says it: caption, columns, unit and notes.
    """

    quote: str
    title: str
    author: str
    publisher: str
    edition: str
    published: str
    page: str
    label: str
    path: str
    url: str
    language: str
    source_id: str
    number: int  # of the page
    start: int
    end: int
    beside: str = ""

    @property
    def told_quote(self) -> str:
        """The words in quotation marks, with what stands beside them in round brackets."""
        return f"“{' '.join(self.quote.split())}”" + (f" ({self.beside})" if self.beside else "")

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        about = (self.publisher, self.edition or self.published, self.page)
        return ", ".join(part for part in (self.title, *about) if part)

    @property
    def link(self) -> str:
        """The address with the page, "" where none is known."""
        return f"{self.url}#page={self.number}" if self.url and self.label else self.url


def reference_of(citation: Citation) -> Reference:
    """Return a citation as a reference."""
    return recorded_reference(citation_to_json(citation))


def pasted_claim(cited: CitedClaim) -> str:
    """Return a claim that is supported with its reference, and below it the words that carry it."""
    reference = reference_of(cited.citations[0])
    return f"{cited.claim.rstrip('. ')} ({reference.place}).\n{reference.told_quote}"


def pasted_answer(answer: Answer) -> str:
    """Return the text of an answer with its references, and below each the words that carry it."""
    told = [answer.text]
    for citation in answer.citations:
        reference = reference_of(citation)
        told.append(f"[{citation.number}] {reference.place}\n{reference.told_quote}")
    return "\n\n".join(told)


def reference_to_json(reference: Reference, number: int) -> dict[str, Any]:
    """Return a reference as `check --json` prints it, in the shape of a citation.

    `number` is its mark, counted from 1; `place` is where it stands in words.
    """
    return {
        "number": number,
        "source": {
            "id": reference.source_id,
            "title": reference.title,
            "publisher": reference.publisher,
            "author": reference.author,
            "published": reference.published,
            "edition": reference.edition,
            "path": reference.path,
            "url": reference.url,
            "language": reference.language,
        },
        "page": reference.number,
        "page_label": reference.label,
        "page_name": reference.page,
        "place": reference.place,
        "start": reference.start,
        "end": reference.end,
        "quote": reference.quote,
        "beside": reference.beside,
    }


def reference_of_json(told: Mapping[str, Any]) -> Reference:
    """Return the reference that `reference_to_json` told. Raises KeyError or TypeError."""
    source = told["source"]
    return Reference(
        quote=told["quote"],
        title=source["title"],
        author=source["author"],
        publisher=source["publisher"],
        edition=source["edition"],
        published=source["published"],
        page=told["page_name"],
        label=told["page_label"],
        path=source["path"],
        url=source["url"],
        language=source["language"],
        source_id=source["id"],
        number=told["page"],
        start=told["start"],
        end=told["end"],
        beside=told.get("beside", ""),
    )


def recorded_reference(citation: Mapping[str, Any]) -> Reference:
    """Return a citation in the form of `citation_to_json`, as records keep it, as a reference."""
    source, number = citation["source"], citation["page"]
    label = str(citation["page_label"] or number)
    path = str(source["path"])
    file_type = FILE_TYPES.get(Path(path).suffix.lower(), "")
    beside = told_beside(context_of_json(citation["context"])) if "context" in citation else ()
    return Reference(
        quote=" ".join(citation["quote"].split()),
        title=source["title"],
        author=source.get("author", ""),
        publisher=source["publisher"],
        edition=source["edition"],
        published=str(source["published"]),
        page=page_name(file_type, number, str(citation["page_label"])),
        label=label if file_type == "pdf" else "",
        path=path,
        url=str(source["url"]),
        language=source.get("language", ""),
        source_id=source["id"],
        number=number,
        start=citation["start"],
        end=citation["end"],
        beside="; ".join(f"{name}: {words}" for name, words in beside),
    )
