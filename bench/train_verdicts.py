"""Fit how much each slot of a claim counts for its verdict.

`python -m bench.train_verdicts --out assistant/citing/verdict_weights.tsv` learns from claims of
our own over passages of our own (`bench/claims_gold/training`, `bench/facts_gold/passages`): each
is held against the sentence of its passage that is nearest to it. Sentences said again in their
own words are supported; beside a passage of another matter a claim is not spoken of.
"""

import argparse
import csv
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import GroupKFold, cross_val_predict  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from assistant.citing.nearness import content_of, measure_nearness, open_slots, open_words
from assistant.citing.slots import compare_slots, read, read_around
from assistant.citing.verdict_model import crossed
from bench.gold_slots import GOLD
from corpus.language.clauses import split_sentences
from index.embedding import PACKAGED_MODEL, Embedder, load_embedder

CLAIMS = Path(__file__).parent / "claims_gold" / "training"
REPEATED, ELSEWHERE = 0.1, 0.2  # of the claims
STRENGTH = 0.3  # of the regression: smaller is smoother
FOLDS = 5
SEED = 3


@dataclass(frozen=True, slots=True)
class Example:
    """The slots of a claim beside a statement, with the verdict, and the passage it is of."""

    passage: str
    slots: dict[str, float]
    verdict: str


def main() -> int:
    """Fit the weights, print how well they judge passages that they were not fitted on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=2500, help="claims to learn from")
    arguments = parser.parse_args()
    chance = random.Random(SEED)
    claims = list(_lines(CLAIMS))
    chance.shuffle(claims)
    passages = {one["id"]: one for one in _lines(GOLD / "passages")}
    embedder = load_embedder(PACKAGED_MODEL)
    examples = list(_examples(claims[: arguments.most], passages, embedder, chance))
    _fit(examples, arguments.out)
    return 0


def _lines(folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(folder.glob("*.jsonl")):
        yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def _examples(
    claims: list[dict[str, Any]],
    passages: dict[str, dict[str, Any]],
    embedder: Embedder,
    chance: random.Random,
) -> Iterator[Example]:
    others = sorted(passages)
    for claim in claims:
        passage = passages[claim["passage"]]
        yield Example(passage["id"], _nearest(claim["claim"], passage, embedder), claim["verdict"])
        if chance.random() < ELSEWHERE:
            other = passages[chance.choice(others)]
            if other is not passage:
                slots = _nearest(claim["claim"], other, embedder)
                yield Example(passage["id"], slots, "silent")
        if chance.random() < REPEATED:
            start, end = split_sentences(passage["x"])[0]
            slots = _nearest(passage["x"][start:end], passage, embedder)
            yield Example(passage["id"], slots, "supported")


def _nearest(claim: str, passage: dict[str, Any], embedder: Embedder) -> dict[str, float]:
    """Return the slots of a claim beside the sentence of a passage that is nearest to it."""
    sentences = [passage["x"][start:end] for start, end in split_sentences(passage["x"])]
    of_claim, *vectors = embedder.token_vectors([claim, *sentences])
    above = " | ".join(filter(None, (passage["t"], passage["h"])))
    found = []
    before = ""
    for sentence, vector in zip(sentences, vectors, strict=True):
        around = read_around(f"{above}\n{before}")
        said, words = read(sentence), content_of(claim)
        near = measure_nearness(of_claim, vector)
        slots = {**compare_slots(read(claim), said, around), **near.slots}
        far = open_words(words, said.stems | around.stems, near)
        found.append(slots | open_slots(far, words))
        before = sentence
    return max(found, key=_nearness)


def _nearness(slots: dict[str, float]) -> float:
    near = slots["near"] + slots["near words"]
    return near + (slots["words"] + slots["figures same"]) / 2


def _fit(examples: list[Example], out: Path) -> None:
    told = [crossed(one.slots) for one in examples]
    names = list(told[0])
    matrix = np.array([[one[name] for name in names] for one in told])
    verdicts = np.array([one.verdict for one in examples])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=3000))
    groups = [one.passage for one in examples]
    unseen = cross_val_predict(model, matrix, verdicts, groups=groups, cv=GroupKFold(FOLDS))
    print(
        f"{len(examples)} pairs; right on passages not fitted on: {(unseen == verdicts).mean():.3f}"
    )
    model.fit(matrix, verdicts)
    scaler, regression = model[0], model[-1]
    weights = regression.coef_ / scaler.scale_
    always = regression.intercept_ - weights @ scaler.mean_
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, dialect="excel-tab", lineterminator="\n")
        writer.writerow(["slot", *regression.classes_])
        for name, row in [("", always), *zip(names, weights.T, strict=True)]:
            writer.writerow([name, *(f"{weight:.4f}" for weight in row)])


if __name__ == "__main__":
    sys.exit(main())
