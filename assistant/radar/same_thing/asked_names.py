"""Whether a text names all whom a question names, under whichever of their names."""

from assistant.extractive.asked import Asked
from corpus.language.names import find_names
from index.wording import stem, stems, words


def has_names(asked: Asked, text: str) -> bool:
    """Tell whether a text names all whom a question names, as the lexicon has them or in words."""
    named = {found.name.id for found in find_names(text) if found.name.id}
    said = stems(text)
    return all(one.id in named or _stems(one.text) <= said for one in asked.names)


def _stems(name: str) -> frozenset[str]:
    return frozenset(map(stem, words(name)))
