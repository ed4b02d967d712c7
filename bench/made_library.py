"""A library of any size to measure speed with: documents whose sentences are made by chance.

Words follow one another as they do in the shipped documents (a Markov chain of pairs), so that
their frequencies are those of real text and no two documents are copies.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from corpus.build_pdfs import DOCUMENTS

SECTIONS = 50  # of a document, each a passage
PUBLISHERS = 10
_WORDS = 75  # of a section: some 100 tokens


def write_documents(folder: Path, first: int, count: int) -> None:
    """Write documents number `first` and on; the same number always gives the same text."""
    folder.mkdir(parents=True, exist_ok=True)
    following = _following()
    starts = sorted(word for word in following if word[0].isupper())
    for number in range(first, first + count):
        chance = random.Random(number)
        lines = [
            f"---\ntitle: Report {number}\npublisher: Publisher {number % PUBLISHERS}",
            f"published: {2010 + number % 16}-06\n---\n",
        ]
        for section in range(SECTIONS):
            words = [chance.choice(starts)]
            while len(words) < _WORDS:
                words.append(chance.choice(following.get(words[-1]) or starts))
            told = " ".join(words)
            lines.append(f"## Part {section + 1}\n\n{told} {chance.randrange(100_000)} tons.\n")
        (folder / f"report-{number}.md").write_text("\n".join(lines), encoding="utf-8")


def _following() -> dict[str, list[str]]:
    following: dict[str, list[str]] = defaultdict(list)
    for words in _texts():
        for word, after in pairwise(words):
            following[word].append(after)
    return dict(following)


def _texts() -> Iterator[list[str]]:
    for file in sorted(DOCUMENTS.glob("*.md")):
        words = file.read_text(encoding="utf-8").split()
        yield [word for word in words if word.strip("-#|*`") == word]
