"""An entailment model that the reader named."""

from pathlib import Path

import pytest

from assistant.entailment import CrossEncoderEntailment
from assistant.errors import EntailmentModelError
from index.embedding import packaged_folder


def _make_model(folder: Path, labels: list[str]) -> str:
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    tokenizer = AutoTokenizer.from_pretrained(packaged_folder())
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
    )
    with torch.random.fork_rng():
        torch.manual_seed(7)
        BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


@pytest.mark.slow
def test_an_entailment_model_is_loaded_from_a_folder(tmp_path: Path) -> None:
    folder = _make_model(tmp_path / "nli", ["contradiction", "entailment", "neutral"])
    judged = CrossEncoderEntailment(folder).judge([("A mine.", "A mine."), ("A mine.", "A choir.")])
    for one in judged:
        assert 0 < one.supported < 1
        assert one.supported + one.contradicted + one.silent == pytest.approx(1)
    assert CrossEncoderEntailment(folder).judge([]) == []


@pytest.mark.slow
def test_a_model_without_entailment_is_refused(tmp_path: Path) -> None:
    folder = _make_model(tmp_path / "other", ["good", "bad"])
    with pytest.raises(EntailmentModelError, match="no label 'entailment'"):
        CrossEncoderEntailment(folder)
