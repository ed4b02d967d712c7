"""The packaged embedding model: sentence-transformers' vectors without torch.

Its graph is made from the weights in its package (`encoder_graph`). Texts of nearly one length
go together, on all cores; the vector of a text depends on the text alone.
Products may be of 16 bits (`openvino_engine`), sums are of 32. With 8 bits rankings by vectors lost
half a point of nDCG@10 and more in trials.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.matching.batches import Batch, batches, on_all_cores, token_inputs
from index.matching.encoder_graph import encoder_graph
from index.matching.openvino_engine import Session
from index.token_vectors import TokenVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer


class PackagedEmbedder:
    """A sentence-transformers model of the BERT kind, run on the CPU.

    `folder` holds its weights, its tokenizer and its settings, as sentence-transformers keeps them.
    """

    def __init__(self, folder: Path, name: str) -> None:
        weights = load_weights(folder)
        self._session = Session(encoder_graph(weights))
        settings = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
        self._tokenizer = open_tokenizer(folder)
        self._tokenizer.enable_truncation(settings["max_seq_length"])
        self._measuring = open_tokenizer(folder)
        self.name = name
        self.dimension = int(weights["embeddings.LayerNorm.weight"].shape[0])
        special = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        self.max_tokens: int = settings["max_seq_length"] - special

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return the unit vectors of the texts, one row each."""
        import numpy as np

        vectors = np.empty((len(texts), self.dimension), np.float32)

        def keep(place: int, _: "Encoding", read: "NDArray[np.float32]") -> None:
            vectors[place] = unit_rows(read.mean(axis=0))

        self._read(texts, keep)
        return vectors

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the texts and of their tokens."""
        found: dict[int, TokenVectors] = {}

        def keep(place: int, encoding: "Encoding", read: "NDArray[np.float32]") -> None:
            found[place] = _token_vectors(encoding, read)

        self._read(texts, keep)
        return [found[place] for place in range(len(texts))]

    def tokens(self, text: str) -> list[int]:
        """Return the model's own tokens of a text, without the special ones."""
        ids: list[int] = self._measuring.encode(text, add_special_tokens=False).ids
        return ids

    def _read(
        self,
        texts: Sequence[str],
        keep: "Callable[[int, Encoding, NDArray[np.float32]], None]",
    ) -> None:
        """Have texts read on all cores, and what is said of each kept: a vector for each token."""
        encoded = self._tokenizer.encode_batch(list(texts))

        def read(batch: Batch) -> None:
            held = [encoded[place] for place in batch.places]
            [found] = self._session.run(
                ["read"], token_inputs(*batch.lengths, ids=[one.ids for one in held])
            )
            for place, one, vectors in zip(batch.places, held, found, strict=True):
                keep(place, one, vectors[: len(one)])

        on_all_cores(read, batches([len(one) for one in encoded]))


def _token_vectors(encoding: "Encoding", read: "NDArray[np.float32]") -> TokenVectors:
    import numpy as np

    own = [i for i, special in enumerate(encoding.special_tokens_mask) if not special]
    spans = np.array([encoding.offsets[i] for i in own], np.int32).reshape(-1, 2)
    return TokenVectors(unit_rows(read.mean(axis=0)), unit_rows(read[own]), spans)


@lru_cache(maxsize=1)
def load_weights(folder: Path) -> "Mapping[str, NDArray[Any]]":
    """Return the weights of a model's folder, read once for all that is made of them."""
    from safetensors.numpy import load_file

    return load_file(folder / "model.safetensors")


def open_tokenizer(folder: Path) -> "Tokenizer":
    """Return the tokenizer of a model's folder, which fills up and cuts off nothing."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def unit_rows(rows: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Return vectors divided by their lengths."""
    import numpy as np

    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    return unit
