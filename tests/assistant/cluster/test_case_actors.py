"""Cases answered on a real Ray cluster of two nodes, by the packaged model over a small home."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from assistants import open_assistant
from fakes import write_files
from ray_clusters import add_node, two_nodes

from assistant.assistant import Assistant
from assistant.cluster.case_actors import CaseActor, cluster_answerers, home_state
from assistant.errors import CaseProcessError
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.results import CaseResult
from assistant.evaluation.running.preparing import prepare_run, several_answerers
from assistant.evaluation.running.running import run_cases
from assistant.settings import opening_of
from index.embedding import Embedder

if TYPE_CHECKING:
    from ray.cluster_utils import Cluster

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> "Iterator[Cluster]":
    with two_nodes() as started:
        yield started


@pytest.fixture
def asked(embedder: Embedder, tmp_path: Path) -> Iterator[Assistant]:
    files = {f"mine{n}.md": f"# Lemhi {n}\n\nLemhi {n} put out {n * 10} t.\n" for n in range(1, 9)}
    folder = write_files(tmp_path / "files", files)
    assistant, _ = open_assistant(tmp_path / "home", embedder, folder)
    yield assistant
    assistant.close()


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    lines = [
        {
            "id": str(n),
            "question": f"How much did Lemhi {n} put out?",
            "must_include": [[f"{n * 10}"]],
        }
        for n in range(1, 9)
    ]
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def without_times(result: CaseResult) -> tuple[object, ...]:
    answer = dict(result.answer or {})
    answer.pop("seconds", None)
    return result.id, answer, result.scores, result.error


def test_results_are_those_of_one_machine_also_when_a_node_is_killed(
    cluster: "Cluster", asked: Assistant, cases: Path, tmp_path: Path
) -> None:
    loaded = load_cases(cases)
    results = []
    node = add_node(cluster)
    killed = []

    def kill(done: int, *_: object) -> None:
        if not killed:
            killed.append(done)
            cluster.remove_node(node, allow_graceful=False)

    alone = prepare_run(asked, cases, loaded, tmp_path / "alone")
    with several_answerers(asked, 1, 60.0) as answerers:
        told = run_cases(answerers, loaded, alone.folder, alone.description, lambda *_: None)
        results.append([without_times(one) for one in told])
    there = prepare_run(asked, cases, loaded, tmp_path / "there")
    with cluster_answerers(asked, cluster.address, 3, 60.0) as answerers:
        told = run_cases(answerers, loaded, there.folder, there.description, kill)
        results.append([without_times(one) for one in told])
    assert killed
    assert results[0] == results[1]
    assert not any(error for *_, error in results[1])


def test_a_node_with_another_home_is_told(asked: Assistant) -> None:
    opening = opening_of(asked.settings)
    assert "has another state of" in CaseActor(opening, "another", 60.0).open()
    gone = opening | {"home": "/nowhere"}
    actor = CaseActor(gone, home_state(asked.settings.home), 60.0)
    assert "has no home at /nowhere; copy it there" in actor.open()
    assert not Path("/nowhere").exists()


def test_a_run_whose_nodes_lack_the_home_is_one_line(
    cluster: "Cluster", asked: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.cluster.case_actors.home_state", lambda _: "another")
    opened = cluster_answerers(asked, cluster.address, 1, 60.0)
    with pytest.raises(CaseProcessError, match=r"^a node cannot answer cases: .* copy both there$"):
        opened.__enter__()
