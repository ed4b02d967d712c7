"""Proofs made: each citation is held against the stored page and the file that it is from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.answer import Reference
from assistant.drafts import CheckedSentence, Draft, checked_to_json, count_verdicts
from assistant.errors import ProofError
from assistant.proof.bundle import pack_bundle
from assistant.proof.original_files import file_digest
from assistant.proof.proof import Proof, ProofCitation, references_of
from assistant.records import Record
from assistant.settings import Settings
from corpus.document import Page, Source, original_text
from corpus.page_image import render_page
from index.errors import UnknownSourceError
from index.passage import Filters
from index.storage.catalog import Catalog

_NAMES = ("embedding_model", "reranker", "entailment")  # that may be folders of this machine
_SETTINGS = (*_NAMES, "passages", "threshold", "model", "verifier")
_STEM_SIGNS = 40


@dataclass(frozen=True, slots=True)
class _CitedPage:
    """A page with what is cited of it, and the size of the file that it is from."""

    source: Source
    size: int
    page: Page
    references: tuple[Reference, ...]
    text_name: str
    picture_name: str  # "" where the format has no pictures


def prove_answer(record: Record, catalog: Catalog) -> bytes:
    """Return the bundle of an answer that was given over a catalog.

    Raises ProofError where it cites nothing, or where a source is no longer as it was read.
    """
    about = {"question": record.answer["question"], "time": record.time}
    proof = Proof(
        kind="answer",
        program=record.program,
        about=about,
        fingerprint=record.fingerprint,
        settings=_told_settings(record, record.filters),
        steps=tuple(_steps(record)),
        citations=(),
        content=record.answer,
    )
    return _proven(proof, catalog)


def prove_draft(
    draft: Draft,
    checked: Sequence[CheckedSentence],
    settings: Settings,
    filters: Filters,
    catalog: Catalog,
) -> bytes:
    """Return the bundle of a draft that was checked. Raises ProofError as `prove_answer` does."""
    proof = Proof(
        kind="draft",
        program=version("rare-earth-assistant"),
        about={"draft": draft.name, "sha256": draft.sha256, "size": len(draft.data)},
        fingerprint=catalog.fingerprint(),
        settings=_told_settings(settings, filters),
        steps=({"step": "check", "verdicts": count_verdicts(checked)},),
        citations=(),
        content=[checked_to_json(one) for one in checked],
    )
    return _proven(proof, catalog)


def draw_cited(file: Path, page: Page, spans: Iterable[tuple[int, int]]) -> bytes:
    """Return the picture of a page of a PDF with stretches of its stored text marked."""
    quotes = (original_text(page, start, end) for start, end in sorted(spans))
    return render_page(file, page.number, *quotes)


def _told_settings(given: Record | Settings, filters: Filters) -> dict[str, Any]:
    """Return what decides what is found and said; of a folder its name alone."""
    values = {name: getattr(given, name) for name in _SETTINGS}
    values |= {name: Path(values[name]).name for name in _NAMES}
    return values | {"filters": asdict(filters)}


def _steps(record: Record) -> Iterator[Mapping[str, Any]]:
    """Yield how an answer came about, as far as it tells."""
    answer = record.answer
    seconds = answer["seconds"]
    yield {
        "step": "search",
        "question": answer.get("standalone_question", answer["question"]),
        "queries": answer.get("queries", []),
        "evidence": len(answer["evidence"]),
        "seconds": seconds["retrieve"],
    }
    yield {"step": "answer", "by": answer["model"], "seconds": seconds["answer"]}
    if written := answer.get("written"):
        verifier = record.verifier or record.model
        yield {"step": "write", "model": record.model, "seconds": seconds["model"]}
        yield {"step": "verify", "model": verifier, **written}


def _proven(proof: Proof, catalog: Catalog) -> bytes:
    """Return the bundle of what has no citations yet, with them."""
    references = references_of(proof.kind, proof.content)
    if not references:
        raise ProofError(
            "nothing is cited, so that there is nothing to prove: no bundle is written"
        )
    with catalog.reading():
        pages = tuple(_cited_pages(references, catalog))
    named = {(one.source.id, one.page.number): one for one in pages}
    parts = {name: data for one in pages for name, data in _parts(one)}
    digests = {name: sha256(data).hexdigest() for name, data in parts.items()}
    citations = tuple(
        _citation(number, one, named[one.source_id, one.number], digests)
        for number, one in enumerate(references, start=1)
    )
    return pack_bundle(replace(proof, citations=citations), parts)


def _cited_pages(references: Sequence[Reference], catalog: Catalog) -> Iterator[_CitedPage]:
    """Yield each cited page once. Raises ProofError where a source is not as it was read."""
    by_source: dict[str, dict[int, list[Reference]]] = {}
    for one in references:
        by_source.setdefault(one.source_id, {}).setdefault(one.number, []).append(one)
    for number, (source_id, by_page) in enumerate(by_source.items(), start=1):
        try:
            source = catalog.source(source_id).source
            size = _size(source)
            for page_number, cited in by_page.items():
                page = catalog.page(source_id, page_number)
                name = f"{number:02}-{_stem(source.path)}-page-{page_number}"
                picture_name = f"pages/{name}.png" if source.file_type == "pdf" else ""
                yield _CitedPage(
                    source, size, page, tuple(cited), f"texts/{name}.txt", picture_name
                )
        except UnknownSourceError as error:
            raise ProofError(f"the index is no longer as it was ({error}); ask anew") from error


def _size(source: Source) -> int:
    """Return the size of a source's file. Raises ProofError where it is not as it was read."""
    file = Path(source.location)
    try:
        digest, size = file_digest(file), file.stat().st_size
    except OSError as error:
        raise ProofError(
            f"{source.path} cannot be opened where it was read, {file} ({error.strerror}); put it "
            "back, or add the folder where it lies now (rare-earth add FOLDER), remove the source "
            f"that is gone (rare-earth sources remove {source.id}) and ask or check anew"
        ) from error
    if digest != source.sha256:
        raise ProofError(
            f"{source.path} was changed since it was read; run rare-earth add again and ask anew"
        )
    return size


def _stem(path: str) -> str:
    """Return the name of a file in signs that every system takes."""
    plain = unicodedata.normalize("NFKD", Path(path).stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[:_STEM_SIGNS].strip("-") or "source"


def _parts(one: _CitedPage) -> Iterator[tuple[str, bytes]]:
    """Yield the text of a page and, where it has one, its picture, by their names."""
    yield one.text_name, one.page.text.encode()
    if one.picture_name:
        spans = ((cited.start, cited.end) for cited in one.references)
        yield one.picture_name, draw_cited(Path(one.source.location), one.page, spans)


def _citation(
    number: int, cited: Reference, on: _CitedPage, digests: Mapping[str, str]
) -> ProofCitation:
    """Return a citation as it is proven. Raises ProofError where its words stand there no more."""
    source, page = on.source, on.page
    quote = page.text[cited.start : cited.end]
    if " ".join(quote.split()) != cited.quote:
        raise ProofError(
            f"{source.path}: what is cited of page {page.number} stands there no more, it was read "
            "anew since; ask anew"
        )
    return ProofCitation(
        number=number,
        source_id=source.id,
        title=source.title,
        path=source.path,
        sha256=source.sha256,
        size=on.size,
        page=page.number,
        page_label=page.label,
        start=cited.start,
        end=cited.end,
        quote=quote,
        text=on.text_name,
        text_sha256=digests[on.text_name],
        picture=on.picture_name,
        picture_sha256=digests.get(on.picture_name, ""),
    )
