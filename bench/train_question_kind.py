"""Learns what kind of thing a question asks to be done: `python -m bench.train_question_kind`.

From questions of our own with their kinds (`bench/kinds_gold`, `bench/answers_gold`). Prints how
many of the kinds of each file are right where it learned from the other files, then of the sets
that others wrote (`bench/figures_gold`), and writes `index/query/question_kind.npz`.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from index.query.question_kind import WEIGHTS, words_and_pairs

_BENCH = Path(__file__).parent
_FEWEST = 2  # questions in which a word or pair must stand
_STRENGTH = 1.0  # of the regularisation: the inverse (C)
_SAME = {"compare": "comparison", "convert": "conversion"}  # as the sets of figures call them

Asked = tuple[str, str]  # a question and its kind


def main() -> None:
    """Learn, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="the file of weights to write")
    arguments = parser.parse_args()
    files = {
        file: _questions(file)
        for folder in ("kinds_gold", "answers_gold")
        for file in sorted((_BENCH / folder).glob("*.jsonl"))
    }
    for file, held in files.items():
        model = Model([one for other in files if other != file for one in files[other]])
        _print_right(str(file.relative_to(_BENCH)), model, held)
    model = Model([one for held in files.values() for one in held])
    for folder in sorted((_BENCH / "figures_gold").iterdir()):
        asked = [one for file in sorted(folder.glob("*.jsonl")) for one in _questions(file)]
        _print_right(f"figures_gold/{folder.name}", model, asked)
    model.write(arguments.out)
    print(f"written: {arguments.out}")


def _questions(file: Path) -> list[Asked]:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [(one.get("question") or one["q"], _SAME.get(one["kind"], one["kind"])) for one in lines]


def _print_right(name: str, model: "Model", asked: Sequence[Asked]) -> None:
    said = model.kinds([question for question, _ in asked])
    right = sum(kind == one for (_, kind), one in zip(asked, said, strict=True))
    print(f"{name}: {right} of {len(asked)} kinds right ({right / len(asked):.2f})")


class Model:
    """A multinomial logistic regression over the words and pairs of words of questions."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        """Learn from questions with their kinds."""
        read = [words_and_pairs(question) for question, _ in asked]
        often = Counter(one for words in read for one in words)
        self._words = sorted(one for one, count in often.items() if count >= _FEWEST)
        self._rows = {one: row for row, one in enumerate(self._words)}
        self._fitted = LogisticRegression(C=_STRENGTH, max_iter=3000)
        self._fitted.fit(self._matrix(read), [kind for _, kind in asked])

    def kinds(self, questions: Sequence[str]) -> list[str]:
        """Return the likeliest kind of each question."""
        found = self._fitted.predict(self._matrix([words_and_pairs(one) for one in questions]))
        return [str(one) for one in found]

    def write(self, file: Path) -> None:
        """Write what was learned, in half precision."""
        np.savez_compressed(
            file,
            kinds=np.array(self._fitted.classes_, dtype=str),
            words=np.array(self._words, dtype=str),
            weights=self._fitted.coef_.T.astype(np.float16),
            constants=self._fitted.intercept_.astype(np.float32),
        )

    def _matrix(self, read: Sequence[frozenset[str]]) -> Any:
        held = [[self._rows[one] for one in words if one in self._rows] for words in read]
        ends = np.cumsum([0, *map(len, held)])
        columns = [row for rows in held for row in rows]
        return csr_matrix((np.ones(len(columns)), columns, ends), (len(read), len(self._words)))


if __name__ == "__main__":
    main()
