"""Words that mean nearly the same, told by an embedding model: "halted" for "stopped"."""

from collections.abc import Sequence

from index.embedding import Embedder
from index.wording import content_words

_ALIKE = 0.62  # cosine from which two words are taken for one


def like_words(wanted: Sequence[str], text: str, embedder: Embedder) -> list[str]:
    """Return those of the wanted words that have one like them in a text."""
    said = [word for word in content_words(text) if not word[0].isdigit()]
    if not said or not wanted:
        return []
    vectors = embedder.embed([*wanted, *said])
    near = vectors[: len(wanted)] @ vectors[len(wanted) :].T
    return [word for word, row in zip(wanted, near, strict=True) if float(row.max()) >= _ALIKE]
