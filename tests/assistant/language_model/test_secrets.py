"""The key goes to the endpoint and nowhere else; nothing of the environment goes to it."""

import logging
import pickle
import traceback
from pathlib import Path

import pytest
from endpoint_models import KEY, QUESTION, model_at, written
from fault_server import Behaviour, answers, breaks_off, refuses, sends, serving, unused_address

from assistant.errors import LanguageModelError
from assistant.language_model import Allowance
from assistant.language_model.served_model import ServedModel

ECHO = {"error": {"message": f"No access for Bearer {KEY}: sorry"}}
ENVIRONMENT = {
    "OPENAI_API_KEY": "other-key",
    "OPENAI_ADMIN_KEY": "other-key",
    "OPENAI_API_BASE": "http://127.0.0.1:9/v1",
    "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
    "OPENAI_ORG_ID": "other-organization",
    "OPENAI_PROJECT_ID": "other-project",
    "OPENAI_CUSTOM_HEADERS": "X-Other: header",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
}


@pytest.fixture(autouse=True)
def _without_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.language_model.request.FIRST_WAIT_SECONDS", 0.01)


def test_only_our_headers_are_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with serving(answers("Ore.")) as server:
        assert written(model_at(server.address, tmp_path)) == "Ore."
        (received,) = server.received
    headers = dict(received.headers)
    assert int(headers.pop("content-length")) > 0
    assert headers == {
        "host": server.address.removeprefix("http://").removesuffix("/v1"),
        "accept": "application/json",
        "accept-encoding": "identity",
        "authorization": f"Bearer {KEY}",
        "content-type": "application/json",
        "user-agent": "rare-earth-assistant",
    }


def test_without_a_key_none_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "other-key")
    with serving(answers("Ore.")) as server:
        written(model_at(server.address, tmp_path, key=""))
        assert "authorization" not in server.received[0].headers


@pytest.mark.parametrize(
    "behaviour",
    [
        answers("Ore."),
        refuses(401, ECHO),
        refuses(500, ECHO),
        refuses(500, f"plain {KEY}"),
        sends(f'data: {{"error": {{"message": "no {KEY}"}}}}\n\n'),
        sends(f"data: {{{KEY}\n\n"),
        breaks_off("China "),
        None,
    ],
)
def test_the_key_stands_in_no_error_log_or_object(
    behaviour: Behaviour | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shown = []
    with serving(behaviour or answers()) as server:
        model = model_at(server.address if behaviour else unused_address(), tmp_path)
        shown.append(repr(model))
        try:
            shown.append(repr(list(model.write(QUESTION, Allowance.of(20)))))
        except LanguageModelError as error:
            shown += traceback.format_exception(error)
            shown.append(repr((error.__cause__, error.__context__, error.args)))
    records = [str(vars(record)) + record.getMessage() for record in caplog.records]
    assert records
    assert [text for text in shown + records if KEY in text] == []


def test_an_echoed_key_is_shown_as_one(tmp_path: Path) -> None:
    with (
        serving(refuses(401, ECHO)) as server,
        pytest.raises(LanguageModelError, match=r'says "No access for Bearer \[key\]: sorry"'),
    ):
        written(model_at(server.address, tmp_path))


def test_an_echoed_key_is_hidden_also_where_the_words_are_cut(tmp_path: Path) -> None:
    echo = {"error": {"message": "x" * 195 + KEY}}
    with serving(refuses(401, echo)) as server, pytest.raises(LanguageModelError) as caught:
        written(model_at(server.address, tmp_path))
    assert KEY[:5] not in str(caught.value)


def test_the_place_told_has_no_secret() -> None:
    served = ServedModel("m", "https://user:word@host:8/v1?api_key=secret#x", 60, "k")
    assert served.place == "https://host:8/v1"
    assert "'k'" not in repr(served)


def test_the_models_of_llama_index_stay_as_they_were(tmp_path: Path) -> None:
    import llama_index.core.settings as theirs

    before = pickle.dumps(sorted(vars(theirs.Settings)))
    with serving(answers("Ore.")) as server:
        written(model_at(server.address, tmp_path))
    assert pickle.dumps(sorted(vars(theirs.Settings))) == before
    assert theirs.Settings._llm is None
