"""What went wrong with an endpoint, in one line that says what to do, and whether to try again.

An endpoint's own words are data: shown shortened, on one line, without the key. The errors of the
libraries hold the request with the key, so none of them is passed on.
"""

import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from math import ceil

from assistant.language_model.served_model import ServedModel
from assistant.language_model.told import wait_told, words_told

_ADDRESS = "RARE_EARTH_MODEL_ADDRESS"
_MODEL = "RARE_EARTH_MODEL"
_KEY = "RARE_EARTH_MODEL_KEY"
_SECONDS = "RARE_EARTH_MODEL_SECONDS"
_SET_ADDRESS = f"set {_ADDRESS} to the API, which often ends in /v1"
_NO_MODEL = re.compile(
    r"model\b.*\b(not found|not exist|not loaded|not supported|unknown|no such)"
    r"|(unknown|invalid|no such|not find)\b.*\bmodel",
    re.IGNORECASE,
)
_PARAMETER = re.compile(r"\b(?:max_tokens|temperature|stream_options|response_format)\b")
_TOO_LONG = re.compile(
    r"context (size|length|window)|maximum context|too many tokens|(prompt|input) is too long",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What failed and what to do; whether it may pass, and after how many seconds if told.

    `refused` names the one of our parameters that an endpoint does not know, "" for none;
    `unreachable` that nobody is there, which is not found out anew with each question;
    `too_long` that it has no room for what it is asked.
    """

    message: str
    passing: bool = False
    wait_seconds: float | None = None
    refused: str = ""
    unreachable: bool = False
    too_long: bool = False


class BadReply(Enum):
    """In which ways a reply is none: what is said of it, and whether it may pass."""

    WEB_PAGE = f"answers with a web page; {_SET_ADDRESS}", False
    PACKED = "answers with packed data although plain text was asked for; ask its operator", False
    ENDLESS = "sends more than an answer can be; look into its log, or take another model", False
    NO_STREAM = f"does not answer as an OpenAI-compatible endpoint; correct {_ADDRESS}", False
    BROKEN = "broke its answer off; ask again, and look into its log if that goes on", True
    ONLY_THOUGHT = (
        f"used up its tokens without writing an answer; set {_MODEL} to one that does not reason",
        False,
    )
    EMPTY = f"answered with no text; ask again, or set {_MODEL} to another model", True

    @property
    def said(self) -> str:
        """What the endpoint does, and what to do about it."""
        return self.value[0]

    @property
    def passing(self) -> bool:
        """Whether another try may go better."""
        return self.value[1]


class BadReplyError(Exception):
    """What came from an endpoint is no answer."""

    def __init__(self, reply: BadReply) -> None:
        super().__init__(reply.said)
        self.reply = reply


def library_errors() -> tuple[type[Exception], ...]:
    """Return what the client libraries raise: their own errors, and those that odd data brings."""
    import httpx
    import openai

    odd_data = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
    return (openai.OpenAIError, httpx.HTTPError, httpx.StreamError, BadReplyError, *odd_data)


def fault_of(error: Exception, served: ServedModel) -> Fault:
    """Return what an error of the client libraries means for the reader."""
    import httpx
    import openai

    for cause in _causes(error):
        if isinstance(cause, BadReplyError):
            said = f"the language model at {served.place} {cause.reply.said}"
            return Fault(said, cause.reply.passing)
    if isinstance(error, openai.APIStatusError):
        wait = wait_told(error.response.headers.get("retry-after", ""))
        refusal = _Refusal(error.status_code, words_told(error.body, served), wait)
        return _refusal_fault(refusal, served)
    if isinstance(error, (openai.APIConnectionError, httpx.TransportError)):
        return _connection_fault(error, served)
    if isinstance(error, openai.APIError):  # an error told within the stream
        refusal = _Refusal(_status_in(error.body), words_told(error.body, served))
        return _refusal_fault(refusal, served)
    return Fault(
        f"the language model {served.name} cannot be asked at {served.place}, or sends what cannot "
        f"be read; correct {_MODEL} or {_ADDRESS}, or look into its log"
    )


def late_fault(served: ServedModel, has_written: bool) -> Fault:
    """Return what is said of a model that has not finished within the allowance."""
    did = "had not finished its answer" if has_written else "had written nothing"
    return Fault(
        f"the language model {served.name} at {served.place} {did} after {served.seconds:g} "
        f"seconds; take a smaller model or raise {_SECONDS}"
    )


def busy_fault(served: ServedModel, at_once: int) -> Fault:
    """Return what is said where all requests that may be under way at once are."""
    under_way = "1 request is" if at_once == 1 else f"{at_once} requests are"
    return Fault(
        f"the language model at {served.place} is busy: {under_way} under way, as many "
        "as RARE_EARTH_MODEL_AT_ONCE allows; ask again, or raise it if the server can do more"
    )


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A status that is none of success, with what the endpoint tells beside it."""

    status: int
    words: str
    wait_seconds: float | None = None

    @property
    def says(self) -> str:
        """The endpoint's words, led in; "" where it has none."""
        return f' and says "{self.words}"' if self.words else ""

    @property
    def when(self) -> str:
        """When to ask again."""
        return "later" if self.wait_seconds is None else f"in {ceil(self.wait_seconds)} seconds"


def _refusal_fault(refusal: _Refusal, served: ServedModel) -> Fault:
    """Return the fault for a status that is none of success."""
    status, says = refusal.status, refusal.says
    place = f"the language model at {served.place}"
    wait = refusal.wait_seconds
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        said = f"{place} takes no more requests now{says}; ask again {refusal.when}"
        return Fault(said, True, wait)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        what, act = ("the key", "correct") if served.key else ("a request without a key", "set")
        return Fault(f"{place} refuses {what} (status {status}){says}; {act} {_KEY}")
    if _TOO_LONG.search(says) or status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        larger = f"serve {served.name} with a larger context"
        return Fault(f"{place} has no room for the evidence{says}; {larger}", too_long=True)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        advice = f"ask again {refusal.when}, or look into its log"
        return Fault(f"{place} failed (status {status}){says}; {advice}", True, wait)
    if _NO_MODEL.search(says):
        return Fault(f"{place} has no model {served.name!r}{says}; correct {_MODEL}")
    if status == HTTPStatus.NOT_FOUND:
        return Fault(f"nothing is served at {served.place}{says}; {_SET_ADDRESS}")
    if status < HTTPStatus.BAD_REQUEST:
        return Fault(
            f"{served.place} sends to another address (status {status}), which is not followed; "
            f"set {_ADDRESS} to the right one"
        )
    refused = _PARAMETER.search(says)
    return Fault(
        f"{place} refuses the request (status {status}){says}; check {_MODEL}",
        passing=status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY),
        refused=refused.group() if refused else "",
    )


def _connection_fault(error: Exception, served: ServedModel) -> Fault:
    """Return the fault where no connection came about, or one ended."""
    import httpx

    causes = tuple(_causes(error))
    if any(isinstance(each, socket.gaierror) for each in causes):
        said = f"no machine is known by the name in {served.place}; correct {_ADDRESS}"
        return Fault(said, unreachable=True)
    if any(isinstance(each, ssl.SSLError) for each in causes):
        return Fault(
            f"no secure connection to {served.place} can be made; correct {_ADDRESS} "
            "(http instead of https?) or have this machine trust its certificate"
        )
    if any(isinstance(each, (httpx.ConnectError, httpx.ConnectTimeout)) for each in causes):
        return Fault(
            f"no language model answers at {served.place}; start its server or correct {_ADDRESS}",
            unreachable=True,
        )
    if any(isinstance(each, httpx.TimeoutException) for each in causes):
        return late_fault(served, has_written=False)
    return Fault(f"the language model at {served.place} {BadReply.BROKEN.said}", passing=True)


def _status_in(body: object) -> int:
    """Return the status that an error within a stream tells; that of a failure if it tells none."""
    code = body.get("code") if isinstance(body, dict) else None
    if isinstance(code, int) and HTTPStatus.BAD_REQUEST <= code < 600:
        return code
    return HTTPStatus.INTERNAL_SERVER_ERROR


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it came from."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
