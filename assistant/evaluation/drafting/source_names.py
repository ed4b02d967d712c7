"""How a question names a source: by its edition, else by its title."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from corpus.document import Source
from corpus.language.named_editions import find_editions
from corpus.language.words import fold

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


def _edition(source: Source) -> str:
    return next((edition.name for edition in find_editions(source.edition)), "")


def _title(source: Source, titles: Counter[str]) -> str:
    title = " ".join(source.title.split())
    nameless = not title or title == Path(source.path).stem or title.isupper() or " " not in title
    if nameless or len(title) > _MOST_CHARS or titles[fold(source.title)] > 1:
        return ""
    return f'"{title}"'
