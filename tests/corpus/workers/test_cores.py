"""On how many cores a process works."""

import os

import pytest

from corpus.workers.cores import core_count, use_cores


def test_a_process_works_on_all_cores_that_it_may_use_until_it_is_given_fewer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("corpus.workers.cores._GIVEN", [])
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {2, 5, 7}, raising=False)
    assert core_count() == 3
    use_cores(1)
    assert core_count() == 1


def test_where_the_system_does_not_tell_all_cores_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.workers.cores._GIVEN", [])
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert core_count() == 6
