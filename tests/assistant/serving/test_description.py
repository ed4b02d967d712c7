"""The OpenAPI description: whatever is sent by it, the server has no error of its own."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from served import ROOMY, open_small_home

from assistant.serving.access import Access
from assistant.serving.application import make_application

pytestmark = pytest.mark.slow
SECONDS = 10.0
EXAMPLES = 200  # of each operation


def test_nothing_that_the_description_allows_is_an_error_of_the_server(
    tmp_path: Path, times: Callable[[int], int]
) -> None:
    hurried = settings(
        max_examples=times(EXAMPLES),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    assistant = open_small_home(tmp_path)
    app = make_application(assistant, Access(hosts=()), ROOMY)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    answering = schema.exclude(path="/api/v1/ready")  # whose answer may be an error by design
    operations = [one.ok() for one in answering.get_all_operations()]
    statuses: list[int] = []
    for operation in operations:
        statuses += send_all(operation.as_strategy(), hurried, SECONDS / len(operations))
    assert len(statuses) > 100
    assert {200, 404, 422} <= set(statuses)
    assistant.close()


def send_all(
    cases: SearchStrategy[schemathesis.Case], hurried: settings, seconds: float
) -> list[int]:
    """Send what is made up for one operation, for so long; return the statuses."""
    end = time.monotonic() + seconds
    statuses = []

    @hurried
    @given(cases)
    def send(case: schemathesis.Case) -> None:
        if time.monotonic() < end:
            response = case.call()
            statuses.append(response.status_code)
            assert response.status_code < 500, response.text

    send()
    return statuses
