"""Errors as they are told to other programs: a status and one line that says what to do."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

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
    ForbiddenError,
    LanguageModelError,
    NoSourceError,
    RecordError,
    RunLockedError,
    RunMismatchError,
    ServingError,
    TableError,
)
from assistant.serving.replies import Told
from corpus.errors import CorpusError
from index.errors import (
    FetchingElsewhereError,
    HomeLockedError,
    IndexingError,
    IntervalError,
    NotFollowedError,
    UnknownSourceError,
    UploadError,
    UploadNameTakenError,
)

_STATUSES: tuple[tuple[type[Exception], int], ...] = (  # the first that fits
    (ForbiddenError, 403),
    (UnknownSourceError, 404),
    (NotFollowedError, 404),
    (DamagedRecordError, 503),
    (RecordError, 404),
    (TableError, 404),
    (RunMismatchError, 404),
    (HomeLockedError, 409),
    (FetchingElsewhereError, 409),
    (RunLockedError, 409),
    (UploadNameTakenError, 409),
    (UploadError, 422),
    (IntervalError, 422),
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
_ADDRESSES: tuple[tuple[type[Exception], str], ...] = (  # where the server lists what there is
    (UnknownSourceError, "sources: GET /api/v1/sources"),
    (NoSourceError, "sources: GET /api/v1/sources"),
    (NotFollowedError, "followed: GET /api/v1/web/followed"),
    (DamagedRecordError, ""),
    (RecordError, "records: GET /api/v1/records"),
    (RunMismatchError, "runs: GET /api/v1/runs"),
)
_MESSAGES = {  # of what pydantic tells in words of its own
    "model_attributes_type": "send a JSON object with the header Content-Type: application/json",
    "json_invalid": "what was sent is no JSON ({error}); correct it",
}
_OPENAI_PATH = "/v1/"
_OPENAI_KINDS = {  # type and code, as its SDK knows them
    401: ("authentication_error", "invalid_api_key"),
    403: ("permission_error", None),
    404: ("not_found_error", "not_found"),
    429: ("rate_limit_error", "rate_limit_exceeded"),
}
_BUG = "something went wrong that should not; the server's log says what"
_LOG = logging.getLogger(__name__)


def refuse(
    path: str, status: int, error: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the response that tells an error, in the shape of the door that a path is of."""
    told = openai_error(status, error) if path.startswith(_OPENAI_PATH) else {"error": error}
    return Told(told, status, headers=dict(headers or {}))


def openai_error(status: int, error: str) -> dict[str, Any]:
    """Return an error as OpenAI's API tells it."""
    other = "invalid_request_error" if status < 500 else "server_error"
    kind, code = _OPENAI_KINDS.get(status, (other, None))
    return {"error": {"message": error, "type": kind, "param": None, "code": code}}


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
    told = " ".join(str(error).split())
    address = next((where for kind, where in _ADDRESSES if isinstance(error, kind)), "")
    return f"{told} ({address})" if address else told


def tell_errors(app: FastAPI) -> None:
    """Have an application tell all errors as JSON."""

    async def of_ours(request: Request, error: Exception) -> Response:
        return refuse(request.url.path, status_of(error), told_error(error))

    async def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, AnyHTTPException)
        told = str(error.detail)
        if told == HTTPStatus.NOT_FOUND.phrase:
            told = "there is nothing at this address; GET /api/v1/openapi.json lists what there is"
        elif error.status_code == 405:
            taken = (error.headers or {}).get("Allow", "another method")
            told = f"{request.method} is not for this address; it takes {taken}"
        return refuse(request.url.path, error.status_code, told, error.headers)

    async def of_input(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return refuse(request.url.path, 422, _wrong_input(error))

    for kind in (AnswerError, CorpusError, IndexingError, Exception):
        app.add_exception_handler(kind, of_ours)
    app.add_exception_handler(AnyHTTPException, of_http)
    app.add_exception_handler(RequestValidationError, of_input)


def _wrong_input(error: RequestValidationError) -> str:
    """Return the first thing that is wrong with what was sent, and where."""
    first = error.errors()[0]
    if first["type"] in _MESSAGES:
        return _MESSAGES[first["type"]].format(**first.get("ctx", {}))
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}"
