"""How a question names a source: by its edition, else by its title."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from assistant.evaluation.drafting.periods import take_edition
from corpus.document import Source
from corpus.language.words import fold
from corpus.lexicon import load_lexicon

_MOST_CHARS = 90


def source_names(sources: Mapping[str, Source]) -> dict[str, str]:
    """Return by id what a question calls each source; "" where it has no name of its own.

    A name that comes from the file, or that two sources share, tells a reader nothing.
    """
    titles = Counter(fold(source.title) for source in sources.values())
    return {
        source_id: _edition(source) or _title(source, titles)
        for source_id, source in sources.items()
    }


def said_by(source: Source, edition: str) -> str:
    """Return who says a figure: the edition that is named at it, else that of its source."""
    for words in (edition, source.edition):
        found, _ = take_edition(words)
        if found:
            return f"{found.publication} {found.year}"
    return source.id


def _edition(source: Source) -> str:
    found, _ = take_edition(source.edition)
    if found is None:
        return ""
    return f"{load_lexicon().entry(found.publication).name} {found.year}"


def _title(source: Source, titles: Counter[str]) -> str:
    title = " ".join(source.title.split())
    nameless = not title or title == Path(source.path).stem or title.isupper() or " " not in title
    if nameless or len(title) > _MOST_CHARS or titles[fold(source.title)] > 1:
        return ""
    return f'"{title}"'
