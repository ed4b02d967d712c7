"""Each way in which an endpoint can fail is told in one line that says what to do."""

import json
import random
from contextlib import suppress
from email.utils import formatdate
from pathlib import Path

import pytest
from endpoint_models import KEY, QUESTION, failure, model_at, written
from fault_server import (
    HEAD,
    Behaviour,
    Connection,
    answers,
    breaks_off,
    is_silent,
    refuses,
    sends,
    serving,
    unused_address,
)

from assistant.errors import LanguageModelError
from assistant.language_model import Allowance, Piece

NO_PATH = {"error": {"code": 404, "message": "File Not Found", "type": "not_found_error"}}
OLLAMA_NO_MODEL = {"error": {"message": 'model "some-model" not found, try pulling it first'}}
VLLM_NO_MODEL = {
    "object": "error",
    "message": "The model `some-model` does not exist.",
    "code": 404,
}
HOSTED_NO_MODEL = {"error": {"message": "The model `x` does not exist or you do not have access"}}
LLAMA_TOO_LONG = {
    "error": {
        "code": 400,
        "message": "the request exceeds the available context size, try increasing it",
        "type": "exceed_context_size_error",
    }
}
VLLM_TOO_LONG = {"message": "This model's maximum context length is 4096 tokens. However, ..."}
EVENTS = (
    '{"choices": [{"index": 0, "delta": {"content": "Ore."}, "finish_reason": "stop"}]}',
    '{"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2}}',
    "[DONE]",
)
ANSWER = "".join(f"{len(each) + 8:x}\r\ndata: {each}\n\n\r\n" for each in EVENTS) + "0\r\n\r\n"
WRONG_KEY = {"error": {"message": "Incorrect API key provided", "type": "invalid_request_error"}}


@pytest.fixture(autouse=True)
def _without_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.language_model.request.FIRST_WAIT_SECONDS", 0.01)


def said(behaviour: Behaviour, home: Path, seconds: float = 20) -> str:
    """Return what is said of a server that always behaves so, with its address as ADDRESS."""
    with serving(behaviour) as server:
        return failure(model_at(server.address, home), seconds).replace(server.address, "ADDRESS")


def test_an_answer_comes_in_pieces_with_its_tokens(tmp_path: Path) -> None:
    with serving(answers("Nigeria ", "mined ", "ore.")) as server:
        model = model_at(server.address, tmp_path)
        assert written(model) == "Nigeria mined ore."
        (received,) = server.received
    assert model.name == "some-model"
    assert received.line == "POST /v1/chat/completions HTTP/1.1"
    assert received.body == {
        "model": "some-model",
        "messages": [
            {"role": "system", "content": "Answer from the evidence."},
            {"role": "user", "content": "What was mined?"},
        ],
        "temperature": 0.0,
        "max_tokens": 2000,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def test_a_refused_connection_is_told(tmp_path: Path) -> None:
    address = unused_address()
    assert failure(model_at(address, tmp_path)) == (
        f"no language model answers at {address}; start its server or correct "
        "RARE_EARTH_MODEL_ADDRESS"
    )


def test_an_unknown_machine_is_told(tmp_path: Path) -> None:
    assert failure(model_at("http://nowhere.invalid/v1", tmp_path)) == (
        "no machine is known by the name in http://nowhere.invalid/v1; correct "
        "RARE_EARTH_MODEL_ADDRESS"
    )


def test_https_to_a_server_without_it_is_told(tmp_path: Path) -> None:
    with serving(answers("x")) as server:
        address = server.address.replace("http:", "https:")
        assert failure(model_at(address, tmp_path)) == (
            f"no secure connection to {address} can be made; correct RARE_EARTH_MODEL_ADDRESS "
            "(http instead of https?) or have this machine trust its certificate"
        )


def test_a_silent_server_is_told(tmp_path: Path) -> None:
    assert said(is_silent, tmp_path, seconds=0.5) == (
        "the language model some-model at ADDRESS had written nothing after 20 seconds; take a "
        "smaller model or raise RARE_EARTH_MODEL_SECONDS"
    )


@pytest.mark.parametrize("texts", [(), ("China mined ",)])
def test_a_stream_that_breaks_off_is_told(texts: tuple[str, ...], tmp_path: Path) -> None:
    assert said(breaks_off(*texts), tmp_path) == (
        "the language model at ADDRESS broke its answer off; ask again, and look into its log if "
        "that goes on"
    )


def test_a_stream_that_ends_without_saying_so_broke_off(tmp_path: Path) -> None:
    event = 'data: {"choices": [{"index": 0, "delta": {"content": "China mined"}}]}\n\n'
    assert said(sends(event), tmp_path) == (
        "the language model at ADDRESS broke its answer off; ask again, and look into its log if "
        "that goes on"
    )


def raw(data: bytes) -> Behaviour:
    """Answer with bytes that are no HTTP."""
    return lambda connection: connection.send(data)


@pytest.mark.parametrize(
    "behaviour",
    [
        sends("data: {not json\n\n"),
        sends("data: 5\n\n"),
        sends('data: {"choices": 3}\n\n'),
        sends('data: {"choices": [null]}\n\n'),
        sends('data: {"choices": [{"delta": {"content": 5}}]}\n\n'),
        sends("data: " + "[" * 100_000 + "\n\n"),
        sends('data: {"choices": [{"delta": null}]}\n\n'),
        lambda connection: (connection.send(HEAD), connection.chunk(b"data: \xff\xfe\n\n")),
    ],
)
def test_garbage_in_the_stream_is_told(behaviour: Behaviour, tmp_path: Path) -> None:
    message = said(behaviour, tmp_path)
    assert message.startswith("the language model ")
    assert "ADDRESS" in message


def test_garbage_instead_of_http_is_told(tmp_path: Path) -> None:
    assert said(raw(b"\x00\x01garbage\r\n\r\n"), tmp_path) == (
        "the language model at ADDRESS broke its answer off; ask again, and look into its log if "
        "that goes on"
    )


@pytest.mark.parametrize(
    "behaviour",
    [refuses(200, "hello"), refuses(200, {"hello": 1}), sends("nonsense\n\n"), sends()],
)
def test_what_is_no_stream_is_told(behaviour: Behaviour, tmp_path: Path) -> None:
    assert said(behaviour, tmp_path) == (
        "the language model at ADDRESS does not answer as an OpenAI-compatible endpoint; correct "
        "RARE_EARTH_MODEL_ADDRESS"
    )


def page(connection: Connection) -> None:
    """Answer with a web page, and all is well."""
    html = "<!DOCTYPE html><html><body>Welcome</body></html>"
    connection.send(
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(html)}\r\n\r\n{html}"
    )


def test_a_web_page_is_told(tmp_path: Path) -> None:
    assert said(page, tmp_path) == (
        "the language model at ADDRESS answers with a web page; set RARE_EARTH_MODEL_ADDRESS to "
        "the API, which often ends in /v1"
    )


def test_an_empty_answer_is_told(tmp_path: Path) -> None:
    assert said(answers(), tmp_path) == (
        "the language model at ADDRESS answered with no text; ask again, or set RARE_EARTH_MODEL "
        "to another model"
    )


def test_an_answer_of_reasoning_alone_is_told(tmp_path: Path) -> None:
    def reasons(connection: Connection) -> None:
        connection.send(HEAD)
        delta = {"reasoning_content": "Let me think"}
        connection.event({"choices": [{"index": 0, "delta": delta, "finish_reason": "length"}]})
        connection.end()

    assert said(reasons, tmp_path) == (
        "the language model at ADDRESS used up its tokens without writing an answer; set "
        "RARE_EARTH_MODEL to one that does not reason"
    )


@pytest.mark.parametrize("header", ["Retry-After: 90\r\n", "Retry-After: 89.5\r\n"])
def test_too_many_requests_with_a_time_are_told_with_it(header: str, tmp_path: Path) -> None:
    assert said(refuses(429, {"error": {"message": "Slow down"}}, header), tmp_path) == (
        'the language model at ADDRESS takes no more requests now and says "Slow down"; ask again '
        "in 90 seconds"
    )


def test_too_many_requests_until_a_date_are_told_with_the_seconds(tmp_path: Path) -> None:
    from time import time

    header = f"Retry-After: {formatdate(time() + 100, usegmt=True)}\r\n"
    message = said(refuses(429, "", header), tmp_path)
    assert message.startswith("the language model at ADDRESS takes no more requests now; ask again")
    assert 90 <= int(message.split()[-2]) <= 100


@pytest.mark.parametrize("header", ["", "Retry-After: soon\r\n", "Retry-After: nan\r\n"])
def test_too_many_requests_without_a_time_are_told(header: str, tmp_path: Path) -> None:
    assert said(refuses(429, "", header), tmp_path) == (
        "the language model at ADDRESS takes no more requests now; ask again later"
    )


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_key_is_told(status: int, tmp_path: Path) -> None:
    assert said(refuses(status, WRONG_KEY), tmp_path) == (
        f"the language model at ADDRESS refuses the key (status {status}) and says "
        '"Incorrect API key provided"; correct RARE_EARTH_MODEL_KEY'
    )


def test_a_missing_key_is_told(tmp_path: Path) -> None:
    with serving(refuses(401)) as server:
        assert failure(model_at(server.address, tmp_path, key="")) == (
            f"the language model at {server.address} refuses a request without a key (status 401); "
            "set RARE_EARTH_MODEL_KEY"
        )


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, OLLAMA_NO_MODEL),
        (404, VLLM_NO_MODEL),
        (404, HOSTED_NO_MODEL),
        (400, {"error": {"message": "invalid model: some-model"}}),
        (400, {"error": "model 'some-model' not found"}),
    ],
)
def test_a_wrong_model_is_told(status: int, body: object, tmp_path: Path) -> None:
    message = said(refuses(status, body), tmp_path)
    assert message.startswith("the language model at ADDRESS has no model 'some-model' and says ")
    assert message.endswith("; correct RARE_EARTH_MODEL")


@pytest.mark.parametrize("body", ["404 page not found", NO_PATH, {"detail": "Not Found"}])
def test_a_wrong_path_is_told(body: object, tmp_path: Path) -> None:
    message = said(refuses(404, body), tmp_path)
    assert message.startswith("nothing is served at ADDRESS and says ")
    assert message.endswith("; set RARE_EARTH_MODEL_ADDRESS to the API, which often ends in /v1")


@pytest.mark.parametrize("body", [LLAMA_TOO_LONG, VLLM_TOO_LONG])
def test_too_small_a_context_is_told(body: object, tmp_path: Path) -> None:
    message = said(refuses(400, body), tmp_path)
    assert message.startswith("the language model at ADDRESS has no room for the evidence and says")
    assert message.endswith("; serve some-model with a larger context")


def test_too_small_a_context_is_told_when_the_stream_tells_it(tmp_path: Path) -> None:
    message = said(sends(f"data: {json.dumps(LLAMA_TOO_LONG)}\n\n"), tmp_path)
    assert message.startswith("the language model at ADDRESS has no room for the evidence and says")


def test_another_refusal_is_told_in_the_words_of_the_endpoint(tmp_path: Path) -> None:
    assert said(refuses(422, {"detail": "max_tokens is not known"}), tmp_path) == (
        'the language model at ADDRESS refuses the request (status 422) and says "max_tokens is '
        'not known"; check RARE_EARTH_MODEL'
    )


def test_a_failure_of_the_server_is_told(tmp_path: Path) -> None:
    assert said(refuses(503, {"error": {"message": "Loading model"}}), tmp_path) == (
        'the language model at ADDRESS failed (status 503) and says "Loading model"; ask again '
        "later, or look into its log"
    )


def test_a_page_about_an_error_is_not_quoted(tmp_path: Path) -> None:
    assert said(refuses(502, "<html><h1>Bad gateway</h1></html>"), tmp_path) == (
        "the language model at ADDRESS failed (status 502); ask again later, or look into its log"
    )


def test_the_words_of_an_endpoint_are_one_short_line_without_control_signs(tmp_path: Path) -> None:
    words = "Bad\r\n\x1b[31mthing\u202e\u200b happened " + "again " * 100
    message = said(refuses(500, {"error": {"message": words}}), tmp_path)
    assert 'says "Bad [31mthing happened again again' in message
    assert 'aga..."; ask again later' in message
    assert len(message) < 330
    assert message.isprintable()


def test_a_redirection_is_not_followed(tmp_path: Path) -> None:
    with serving(answers("Never asked.")) as other:
        behaviour = refuses(307, "", f"Location: {other.address}/chat/completions\r\n")
        assert said(behaviour, tmp_path) == (
            "ADDRESS sends to another address (status 307), which is not followed; set "
            "RARE_EARTH_MODEL_ADDRESS to the right one"
        )
        assert other.received == []


def test_packed_data_is_refused(tmp_path: Path) -> None:
    behaviour = refuses(200, "x", "Content-Encoding: gzip\r\n")
    assert said(behaviour, tmp_path).startswith(
        "the language model at ADDRESS answers with packed data"
    )


def test_a_key_with_a_line_end_is_refused_and_not_shown(tmp_path: Path) -> None:
    with serving(answers("x")) as server:
        message = failure(model_at(server.address, tmp_path, key=f"{KEY}\n"))
    assert message == "RARE_EARTH_MODEL_KEY holds a space or a sign that no key has; set it anew"


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "model").write_text("in the way", encoding="utf-8")
    model = model_at(unused_address(), tmp_path)
    with pytest.raises(LanguageModelError, match="make it writable"):
        written(model)


def test_tokens_that_are_none_lose_no_answer(tmp_path: Path) -> None:
    text = {"choices": [{"index": 0, "delta": {"content": "Ore."}, "finish_reason": "stop"}]}
    usage = {"choices": [], "usage": {"prompt_tokens": "many", "completion_tokens": None}}
    events = [f"data: {json.dumps(event)}\n\n" for event in (text, usage)]
    with serving(sends(*events)) as server:
        *_, last = model_at(server.address, tmp_path).write(QUESTION, Allowance.of(20))
    assert last == Piece("")


@pytest.mark.parametrize("seed", range(40))
def test_any_damage_to_an_answer_is_told_or_harmless(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    whole = bytearray(f"{HEAD}{ANSWER}".encode())
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(whole))
        whole[place : place + chance.randint(0, 9)] = chance.randbytes(chance.randint(0, 9))
    with serving(raw(bytes(whole))) as server, suppress(LanguageModelError):
        written(model_at(server.address, tmp_path), 2)
