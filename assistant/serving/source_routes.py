"""Addresses of what a home holds: sources, their pages, records; and what it takes from the web."""

from dataclasses import asdict
from threading import Event
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response, UploadFile

from assistant.assistant import Assistant
from assistant.currency import parse_interval
from assistant.errors import ServingError
from assistant.serving.access import held_by
from assistant.serving.bodies import (
    ADDRESS_CHARS,
    QUESTION_CHARS,
    FollowBody,
    PageNumber,
    PagesBody,
)
from assistant.serving.replies import Told, refused_with, told_in
from assistant.source_list import ListedSource, list_sources, listed_source_to_json
from index.errors import UnknownSourceError
from index.ingestion.sync import Progress

_PICTURE = told_in("image/png", "The page.")
_NUMBER = Path(description="The page as a viewer counts, from 1.")
_ADDRESS = Query(
    min_length=1, max_length=ADDRESS_CHARS, description="As it was given, or as it is now."
)
_ALL = Query(alias="all", description="Look at all that was added or is followed, due or not.")
_BUSY = refused_with(409)
_QUOTE = Query(max_length=QUESTION_CHARS, description="Words of the page that are marked.")


def source_routes(assistant: Assistant) -> APIRouter:
    """Return the addresses of what the home of an assistant holds."""
    router = APIRouter(tags=["what is held"], responses=refused_with(404, 409))
    Held = Annotated[Assistant, Depends(held_by(assistant))]  # noqa: N806

    @router.get("/sources")
    def sources() -> Response:
        """List all sources with date, pages, state, copies and editions."""
        listed = list_sources(assistant.sources())
        return Told({"sources": list(map(_told, listed))})

    @router.post("/sources", status_code=201)
    def add_source(file: UploadFile, mine: Held) -> Response:
        """Keep, read and index a file; needs the role editor."""
        record = mine.add_upload(file.filename or "", file.file)
        return Told(_told(_listed(record.source.id)), 201)

    @router.get("/sources/{source_id}")
    def source(source_id: str) -> Response:
        """Tell what is known of a source, and which pages it has."""
        listed = _listed(source_id)
        pages = assistant.pages(source_id)
        told = [{"number": page.number, "label": page.label} for page in pages]
        return Told(_told(listed) | {"pages": told})

    @router.delete("/sources/{source_id}")
    def remove_source(source_id: str, mine: Held) -> Response:
        """Remove a source whole, and the file that was sent; needs the role editor."""
        _listed(source_id)
        mine.remove(source_id)
        return Told({"removed": source_id})

    @router.get("/sources/{source_id}/pages/{number}")
    def page(source_id: str, number: Annotated[PageNumber, _NUMBER]) -> Response:
        """Return the stored text of a page, in which the places of citations count."""
        found = assistant.page(source_id, number)
        return Told({"number": found.number, "label": found.label, "text": found.text})

    @router.get(
        "/sources/{source_id}/pages/{number}/picture", response_class=Response, responses=_PICTURE
    )
    def page_picture(
        source_id: str, number: Annotated[PageNumber, _NUMBER], quote: Annotated[str, _QUOTE] = ""
    ) -> Response:
        """Return a page of a PDF as PNG, a quote on it marked."""
        return Response(assistant.page_picture(source_id, number, quote), media_type="image/png")

    @router.get("/records")
    def records(mine: Held, limit: Annotated[int, Query(ge=1, le=10_000)] = 20) -> Response:
        """List the recorded answers, the newest first."""
        heads = mine.records.latest(limit)
        return Told({"records": [asdict(head) for head in heads]})

    @router.get("/records/{record_id}")
    def record(record_id: str, mine: Held) -> Response:
        """Return a recorded answer with what it was made from."""
        return Told(asdict(mine.records.get(record_id)))

    @router.get("/records/{record_id}/conversation")
    def conversation(record_id: str, mine: Held) -> Response:
        """Return the records of the turns that led to an answer, in their order, it at the end."""
        turns = mine.records.conversation(mine.records.get(record_id))
        return Told({"records": list(map(asdict, turns))})

    def _listed(source_id: str) -> ListedSource:
        for one in list_sources(assistant.sources()):
            if one.record.source.id == source_id:
                return one
        raise UnknownSourceError(f"no source has the id {source_id!r}; see which there are")

    return router


def web_routes(assistant: Assistant, ending: Event) -> APIRouter:
    """Return the addresses by which an assistant's home takes sources from the web.

    Fetching goes on where nobody waits for it any more, and stops once the server is `ending`.
    """
    router = APIRouter(prefix="/web", tags=["from the web"])
    Held = Annotated[Assistant, Depends(held_by(assistant))]  # noqa: N806

    def go_on(_: Progress) -> None:
        if ending.is_set():
            raise ServingError("the server ends; what was fetched is kept, the next fetch goes on")

    @router.post("/pages", responses=_BUSY)
    def add_pages(sent: PagesBody, mine: Held) -> Response:
        """Fetch and index pages, each once, and tell what `add --json` prints; editors only."""
        return Told(asdict(mine.web.add(sent.addresses, go_on)))

    @router.get("/followed")
    def followed(mine: Held) -> Response:
        """List what was added or is followed, with looks and faults, as `follow list --json`."""
        return Told({"followed": list(map(asdict, mine.web.known()))})

    @router.post("/followed", status_code=201)
    def follow(sent: FollowBody, mine: Held) -> Response:
        """Follow pages, feeds and sitemaps, first looked at by the next fetch; editors only."""
        seconds = parse_interval(sent.every)
        begun = mine.web.follow(sent.addresses, seconds, sent.kind)
        return Told({"followed": list(map(asdict, begun))}, 201)

    @router.delete("/followed", responses=refused_with(404))
    def stop(address: Annotated[str, _ADDRESS], mine: Held) -> Response:
        """Follow an address no more; its sources stay. Needs the role editor."""
        mine.web.stop(address)
        return Told({"stopped": address})

    @router.post("/fetch", responses=_BUSY)
    def fetch(mine: Held, everything: Annotated[bool, _ALL] = False) -> Response:
        """Look at what is due, and tell what `fetch --json` prints; editors only."""
        return Told(asdict(mine.web.fetch(go_on, everything)))

    return router


def _told(listed: ListedSource) -> dict[str, object]:
    """Return a source as the command line prints it, but for where on this machine it lies."""
    told = listed_source_to_json(listed)
    return {name: value for name, value in told.items() if name not in ("location", "root")}
