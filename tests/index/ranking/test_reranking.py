"""A reranker puts the best thirty passages in its order; a cross-encoder on disk is one."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from assistants import open_assistant
from fakes import HashingEmbedder, write_files
from processes import start

from assistant.assistant import Assistant
from assistant.settings import load_settings
from index.embedding import packaged_folder
from index.errors import EmbeddingModelError
from index.ingestion.sync import add_paths
from index.passage import Evidence, Filters, Reason
from index.ranking.reranking import CrossEncoderReranker
from index.retrieval import Retriever
from index.storage.store import PassageStore

EMBEDDER = HashingEmbedder()
QUESTION = "How many tons did Burma mine?"
SURVEY = "---\ntitle: {}\npublisher: Survey\n---\n"
FILES = {
    "burma.md": "---\ntitle: Pits of Burma\n---\n"
    + "".join(f"# Pit {n}\n\nBurma mined {n} tons of ore.\n\n" for n in range(40)),
    "nigeria.md": SURVEY.format("Nigeria") + "# Output\n\nNigeria mined 1,500 tons.\n",
    "thailand.md": SURVEY.format("Thailand") + "# Output\n\nThailand mined ores.\n",
    "choir.md": SURVEY.format("Music") + "# Noon\n\nThe choir sang at noon.\n",
}
ALL = 50
OF_SURVEY = Filters(publisher="Survey")
TEXTS = ("Burma mined 22,000 tons.", "The choir sang at noon.", "", "ore " * 2000)


class ScriptedReranker:
    """Gives a text the number of the first words it holds of a script, and records the calls."""

    def __init__(self, numbers: dict[str, float]) -> None:
        self.numbers = numbers
        self.calls: list[tuple[str, tuple[str, ...]]] = []

    def judge(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the number of each text, 0 for one that holds none of the words."""
        self.calls.append((question, tuple(texts)))
        return [
            next((number for words, number in self.numbers.items() if words in text), 0.0)
            for text in texts
        ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageStore]:
    folder = write_files(tmp_path_factory.mktemp("files"), FILES)
    opened = PassageStore(tmp_path_factory.mktemp("home"), EMBEDDER.name)
    add_paths(opened, lambda: EMBEDDER, [folder], lambda _: None)
    yield opened
    opened.close()


def find(
    store: PassageStore,
    reranker: ScriptedReranker | None = None,
    question: str = QUESTION,
    limit: int = ALL,
    filters: Filters = Filters(),
) -> tuple[Evidence, ...]:
    return Retriever(store, EMBEDDER, reranker=reranker).retrieve(question, limit, filters)


def judged(evidence: Evidence, number: float) -> Evidence:
    """Return evidence as it is when a reranker gave its text a number."""
    reason = Reason("reranker", 2 * number)
    score = evidence.score + reason.gain
    return replace(evidence, score=score, reasons=(*evidence.reasons, reason))


def reversing(evidence: Sequence[Evidence]) -> dict[str, float]:
    """Return a script that puts evidence in the opposite order."""
    return {one.passage.text: n / (len(evidence) - 1) for n, one in enumerate(evidence)}


def texts(evidence: Sequence[Evidence]) -> list[str]:
    return [one.passage.text for one in evidence]


def test_first_thirty_come_in_the_order_of_the_reranker_and_the_rest_below(
    store: PassageStore,
) -> None:
    plain = find(store)
    assert len(plain) == 43
    found = find(store, ScriptedReranker(reversing(plain[:30])))
    first = [judged(one, n / 29) for n, one in enumerate(plain[:30])]
    assert found == (*reversed(first), *plain[30:])


def test_passage_that_only_the_reranker_likes_comes_first(store: PassageStore) -> None:
    nigeria, thailand, choir = find(store, question="Nigeria mined tons", filters=OF_SURVEY)
    assert texts((nigeria, choir)) == ["Nigeria mined 1,500 tons.", "The choir sang at noon."]
    reranker = ScriptedReranker({"choir": 1.0})
    found = find(store, reranker, "Nigeria mined tons", filters=OF_SURVEY)
    assert found == (judged(choir, 1.0), judged(nigeria, 0.0), judged(thailand, 0.0))


def test_order_stays_where_the_reranker_is_undecided(store: PassageStore) -> None:
    plain = find(store)
    found = find(store, ScriptedReranker({"": 0.5}))
    assert found == (*(judged(one, 0.5) for one in plain[:30]), *plain[30:])


def test_score_is_the_sum_of_the_reasons(store: PassageStore) -> None:
    found = find(store, ScriptedReranker({"Burma": 0.25, "Nigeria": 0.75}))
    sums = [sum(reason.gain for reason in one.reasons) for one in found]
    assert [one.score for one in found] == pytest.approx(sums)


def test_thirty_passages_are_judged_however_few_are_wanted(store: PassageStore) -> None:
    plain = find(store)
    reranker = ScriptedReranker({plain[29].passage.text: 1.0})
    assert find(store, reranker, limit=1) == (judged(plain[29], 1.0),)
    assert [(question, len(texts)) for question, texts in reranker.calls] == [(QUESTION, 30)]


def test_limit_cuts_the_reranked_order(store: PassageStore) -> None:
    reranker = ScriptedReranker({"1": 0.5, "2": 0.9})
    whole = find(store, reranker)
    for limit in (5, 30, 31):
        assert find(store, reranker, limit=limit) == whole[:limit]


def test_reranker_is_shown_title_section_and_words(store: PassageStore) -> None:
    reranker = ScriptedReranker({})
    find(store, reranker, "Nigeria", filters=Filters(source="nigeria.md"))
    assert reranker.calls == [("Nigeria", ("Nigeria\nOutput\nNigeria mined 1,500 tons.",))]


def test_each_part_of_a_question_is_judged_by_itself(store: PassageStore) -> None:
    reranker = ScriptedReranker({})
    question = "How much did Burma mine, and how much did Nigeria sell?"
    find(store, reranker, question)
    assert [asked for asked, _ in reranker.calls] == [
        question,
        "How much did Burma mine?",
        "how much did Nigeria sell?",
    ]


def test_question_without_words_is_not_judged(store: PassageStore) -> None:
    reranker = ScriptedReranker({})
    assert (find(store, reranker, "???"), reranker.calls) == ((), [])


def test_nothing_is_found_with_a_reranker_where_filters_admit_nothing(store: PassageStore) -> None:
    assert find(store, ScriptedReranker({"": 1.0}), filters=Filters(source="chad")) == ()


def make_cross_encoder(folder: Path, outputs: int = 1) -> str:
    """Save a tiny cross-encoder with fixed random weights and return its folder."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    tokenizer = AutoTokenizer.from_pretrained(packaged_folder())
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        initializer_range=0.5,  # wide, so that texts are told apart
        num_labels=outputs,
    )
    with torch.random.fork_rng():
        torch.manual_seed(7)
        BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_cross_encoder(tmp_path_factory.mktemp("cross-encoder"))


@pytest.mark.slow
def test_cross_encoder_gives_each_text_a_number_from_0_to_1(cross_encoder: str) -> None:
    numbers = CrossEncoderReranker(cross_encoder).judge(QUESTION, TEXTS)
    assert [type(number) for number in numbers] == [float] * 4
    assert all(0 <= number <= 1 for number in numbers)
    assert len(set(numbers)) == 4


@pytest.mark.slow
def test_cross_encoder_gives_no_texts_no_numbers(cross_encoder: str) -> None:
    assert CrossEncoderReranker(cross_encoder).judge(QUESTION, []) == []


@pytest.mark.slow
def test_numbers_of_a_cross_encoder_follow_their_texts(cross_encoder: str) -> None:
    reranker = CrossEncoderReranker(cross_encoder)
    forwards = reranker.judge(QUESTION, TEXTS)
    assert reranker.judge(QUESTION, TEXTS[::-1]) == pytest.approx(forwards[::-1], rel=1e-4)
    assert reranker.judge("Who sang?", TEXTS) != pytest.approx(forwards, rel=1e-4)


@pytest.mark.slow
def test_cross_encoder_is_loaded_and_judges_offline(cross_encoder: str) -> None:
    script = """
        import json, socket, sys

        attempts = []

        def refuse(*address, **_):
            attempts.append(repr(address))
            raise ConnectionRefusedError

        socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
        from index.ranking.reranking import CrossEncoderReranker

        numbers = CrossEncoderReranker(sys.argv[1]).judge(sys.argv[2], json.loads(sys.argv[3]))
        print(json.dumps([attempts, numbers]))
    """
    process = start(script, cross_encoder, QUESTION, json.dumps(TEXTS))
    out, _ = process.communicate(timeout=120)
    attempts, numbers = json.loads(out.splitlines()[-1])
    assert attempts == []
    assert numbers == pytest.approx(CrossEncoderReranker(cross_encoder).judge(QUESTION, TEXTS))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["none", "empty"])
def test_folder_without_a_cross_encoder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmbeddingModelError) as raised:
        CrossEncoderReranker(str(tmp_path / name))
    assert str(raised.value) == (
        f"reranker {str(tmp_path / name)!r} cannot be loaded: give a folder that holds a "
        "sentence-transformers cross-encoder, or leave the setting empty"
    )


@pytest.mark.slow
def test_name_that_is_not_in_the_cache_is_refused() -> None:
    with pytest.raises(EmbeddingModelError) as raised:
        CrossEncoderReranker("nobody/nothing")
    assert str(raised.value) == (
        "reranker 'nobody/nothing' cannot be loaded: give a folder that holds a "
        "sentence-transformers cross-encoder, or leave the setting empty"
    )


@pytest.mark.slow
def test_embedding_model_in_its_place_is_refused() -> None:
    folder = str(packaged_folder())
    with pytest.raises(EmbeddingModelError) as raised:
        CrossEncoderReranker(folder)
    assert str(raised.value) == (
        f"reranker {folder!r} is no cross-encoder (BertModel): its judgements would be random; "
        "give one that was trained to rank"
    )


@pytest.mark.slow
def test_cross_encoder_with_two_outputs_is_refused(tmp_path: Path) -> None:
    folder = make_cross_encoder(tmp_path, outputs=2)
    with pytest.raises(EmbeddingModelError) as raised:
        CrossEncoderReranker(folder)
    assert str(raised.value) == (
        f"reranker {folder!r} has 2 outputs; give one that was trained to rank, with one output"
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home to which the files were added."""
    opened, _ = open_assistant(tmp_path / "home", EMBEDDER, write_files(tmp_path / "files", FILES))
    opened.close()
    return tmp_path / "home"


def check_search_with(home: Path, environ: dict[str, str], cross_encoder: str) -> None:
    """Assert that an assistant with these settings searches with this cross-encoder."""
    assistant = Assistant(load_settings(environ, home), EMBEDDER)
    retriever = Retriever(assistant.store, EMBEDDER, reranker=CrossEncoderReranker(cross_encoder))
    found = assistant.search(QUESTION)
    assert [one.reasons[-1].name for one in found] == ["reranker"] * 10
    assert found == retriever.retrieve(QUESTION, 10, Filters())
    assistant.close()


@pytest.mark.slow
def test_search_uses_the_reranker_of_the_environment(home: Path, cross_encoder: str) -> None:
    check_search_with(home, {"RARE_EARTH_RERANKER": cross_encoder}, cross_encoder)


@pytest.mark.slow
def test_search_uses_the_reranker_of_the_settings_file(home: Path, cross_encoder: str) -> None:
    settings = f"reranker = {json.dumps(cross_encoder)}\n"
    (home / "settings.toml").write_text(settings, encoding="utf-8")
    check_search_with(home, {}, cross_encoder)


@pytest.mark.slow
def test_reranker_that_cannot_be_loaded_is_told_at_the_first_search(
    home: Path, tmp_path: Path
) -> None:
    missing = str(tmp_path / "none")
    assistant = Assistant(load_settings({"RARE_EARTH_RERANKER": missing}, home), EMBEDDER)
    with pytest.raises(EmbeddingModelError) as raised:
        assistant.search(QUESTION)
    assert str(raised.value) == (
        f"reranker {missing!r} cannot be loaded: give a folder that holds a "
        "sentence-transformers cross-encoder, or leave the setting empty"
    )
    assistant.close()


def test_search_has_no_reranker_where_none_is_set(home: Path) -> None:
    assistant = Assistant(load_settings({}, home), EMBEDDER)
    assert assistant.search(QUESTION) == Retriever(assistant.store, EMBEDDER).retrieve(
        QUESTION, 10, Filters()
    )
    assistant.close()
