"""Errors as they are told to other programs: a status and one line that says what to do."""

import logging
from collections.abc import Mapping

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as AnyHTTPException

from assistant.errors import (
    AnswerError,
    CaseFileError,
    CollectionError,
    DamagedRecordError,
    DraftError,
    EntailmentModelError,
    LanguageModelError,
    NoSourceError,
    RecordError,
    RunLockedError,
    RunMismatchError,
    ServingError,
    TableError,
)
from assistant.serving.responses import Told
from corpus.errors import CorpusError
from index.errors import (
    HomeLockedError,
    IndexingError,
    UnknownSourceError,
    UploadError,
    UploadNameTakenError,
)

_STATUSES: tuple[tuple[type[Exception], int], ...] = (  # the first that fits
    (UnknownSourceError, 404),
    (DamagedRecordError, 503),
    (RecordError, 404),
    (TableError, 404),
    (RunMismatchError, 404),
    (HomeLockedError, 409),
    (RunLockedError, 409),
    (UploadNameTakenError, 409),
    (UploadError, 422),
    (CollectionError, 422),
    (NoSourceError, 422),
    (DraftError, 422),
    (CaseFileError, 422),
    (CorpusError, 422),
    (LanguageModelError, 503),
    (EntailmentModelError, 503),
    (ServingError, 503),
    (IndexingError, 503),
)
_BUG = "something went wrong that should not; the server's log says what"
_LOG = logging.getLogger(__name__)


def refuse(status: int, error: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the response that tells an error."""
    return Told({"error": error}, status, headers=dict(headers or {}))


def status_of(error: Exception) -> int:
    """Return the status of an error of ours; 500 for one that is a bug."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def told_error(error: Exception) -> str:
    """Return an error in one line; a bug is logged, and its words are not told."""
    if isinstance(error, HTTPException):
        return str(error.detail)
    if status_of(error) == 500 and not isinstance(error, AnswerError):
        _LOG.error("a request failed", exc_info=error)
        return _BUG
    return " ".join(str(error).split())


def tell_errors(app: FastAPI) -> None:
    """Have an application tell all errors as JSON."""

    async def of_ours(_: Request, error: Exception) -> Response:
        return refuse(status_of(error), told_error(error))

    async def of_http(_: Request, error: Exception) -> Response:
        assert isinstance(error, AnyHTTPException)
        told = str(error.detail)
        if error.status_code == 404:
            told = "there is nothing at this address; GET /api/v1/openapi.json lists what there is"
        return refuse(error.status_code, told, error.headers)

    async def of_input(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return refuse(422, _wrong_input(error))

    for kind in (AnswerError, CorpusError, IndexingError, Exception):
        app.add_exception_handler(kind, of_ours)
    app.add_exception_handler(AnyHTTPException, of_http)
    app.add_exception_handler(RequestValidationError, of_input)


def _wrong_input(error: RequestValidationError) -> str:
    """Return the first thing that is wrong with what was sent, and where."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}"
