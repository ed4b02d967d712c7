"""Fit how likely each verdict on a claim is, by what its statements and facts say of it.

`python -m bench.train_verdicts --shared DIR [--home HOME]` learns from claims of our own over the
shipped documents and over the sources and filings in the shared folder, with the verdict that is
right (`bench/claims_gold/documents`, by fourteen writers, and the sets of first sight up to the
fifth); some of the sentences that they are over are claims themselves, as they stand or with a
figure exchanged, and so are some facts of the ledger, told as answers tell them. Prints how well
verdicts are chosen over each of these collections where they are learned from the others, and over
the sets that are not learned from, then writes `assistant/citing/verdict_weights.tsv`.

`--write FILE` writes the claims beside what was found for them instead, for
`bench.train_entailment --over FILE` to learn from; `--models DIR` takes what that learned without
each collection (`DIR/library.npz`), so that the regression learns from what the entailment model
says of documents that it has not met.
"""

import argparse
import csv
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from assistant.answer import Verdict
from assistant.assistant import Assistant
from assistant.citing import Sources
from assistant.citing.citing import Gathered, gather, hold_each
from assistant.citing.statements import Statement
from assistant.citing.verdicts import VERDICTS, WEIGHTS, cheapest
from assistant.entailment import Entailment, LearnedEntailment, load_entailment
from assistant.figures import FactSearch
from assistant.figures.realising import realise
from assistant.pair_model import load_text_reader
from bench.entailment_examples import with_other_figure
from bench.question_sets import open_collections
from corpus.language.quantities import Quantity
from index.passage import Filters

CLAIMS = Path(__file__).parent / "claims_gold"
WRITTEN = ("documents", "first", "second", "third", "fourth", "fifth")
FACTS = "facts"  # of the ledger, as claims
OTHERS = "others"  # claims over other documents
LEARNED = (*WRITTEN, FACTS, OTHERS)
SCORED = ("sixth", "seventh")
STRENGTH = 0.01  # of the regression: smaller is smoother
_TOGETHER = 16  # claims held at once
_IN_OWN_WORDS, _EXCHANGED = 0.6, 0.4  # share of the quotes that are claims, and of those exchanged
_FACTS, _OF_OTHERS = 330, 100  # of a collection
_SHORT = 25  # letters of a claim, below which it says too little
_COVERED = 0.75  # share of the words of a quote, from which a statement has it
_ALIKE = 0.8  # share of the words of a statement that a quote has, where it is a part of it
_OTHERS = {"supported": 3, "contradicted": 2, "silent": 2}  # statements beside the quoted one
# What is known of a statement that is not the quoted one, by the verdict on the claim.
_BESIDE = {"supported": "uncontradicted", "contradicted": "unsupported", "silent": "silent"}


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim over a collection of documents, with the verdict that is right, and its quote."""

    collection: str
    part: str
    text: str
    verdict: Verdict
    file: str
    quote: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A claim with what is found for it."""

    claim: Claim
    gathered: Gathered
    sources: Sources


@dataclass(frozen=True, slots=True)
class Example:
    """A claim with the features of its statements and facts."""

    claim: Claim
    features: Mapping[str, float]


def main() -> int:
    """Fit the weights, print how well they judge what they were not fitted on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="a folder with sources and sets")
    parser.add_argument("--home", type=Path, help="a folder for the homes, to be used again")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="the file of weights to write")
    parser.add_argument("--write", type=Path, help="write the claims with what was found")
    parser.add_argument("--models", type=Path, help="a folder with a model for each collection")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        work = arguments.home or Path(temporary)
        examples: list[Example] = []
        with (arguments.write or Path("/dev/null")).open("w", encoding="utf-8") as stream:
            for name, assistant in open_collections(work, arguments.shared):
                lessons = _lessons(name, assistant)
                if arguments.write:
                    stream.writelines(line for one in lessons for line in pairs_as_json(one))
                else:
                    examples += _held(lessons, _entailment(arguments.models, name))
    if not arguments.write:
        _print_held_out(examples)
        _write(_fit([one for one in examples if one.claim.part in LEARNED]), arguments.out)
    return 0


def load_claims(collection: str, parts: Sequence[str]) -> Iterator[Claim]:
    """Yield the claims of some sets over a collection."""
    for part in parts:
        for line in (CLAIMS / part / f"{collection}.jsonl").read_text("utf-8").splitlines():
            one = json.loads(line)
            if "claims" in one:
                yield from _in_own_words(collection, part, one["file"], one["quote"])
                for told in one["claims"]:
                    verdict: Verdict = (
                        "not_found" if told["verdict"] == "silent" else told["verdict"]
                    )
                    text = told["claim"]
                    yield Claim(collection, part, text, verdict, one["file"], one["quote"])
            else:
                yield Claim(collection, part, one["question"], one["verdict"], "", "")


def _in_own_words(collection: str, part: str, file: str, quote: str) -> Iterator[Claim]:
    """Yield some quotes as claims, as they stand and with a figure exchanged, if sentences."""
    quote = " ".join(quote.split())
    if not quote.endswith(".") or " | " in quote:
        return
    order = random.Random(quote)
    if order.random() < _IN_OWN_WORDS:
        yield Claim(collection, part, quote, "supported", file, quote)
    if order.random() < _EXCHANGED and (changed := with_other_figure(quote, quote, order)):
        yield Claim(collection, part, changed, "contradicted", file, quote)


def _lessons(collection: str, assistant: Assistant) -> list[Lesson]:
    search = FactSearch(assistant.ledger, assistant.store.catalog, Filters())
    sources = Sources(search, assistant.store, assistant.embedder(), load_entailment())
    claims = list(load_claims(collection, (*WRITTEN, *SCORED)))
    claims += _of_others(collection)
    lessons = list(_gathered(claims, assistant, sources))
    told = list(_of_facts(lessons, collection, search))
    return [*lessons, *_gathered(told, assistant, sources)]


def _of_others(collection: str) -> list[Claim]:
    """Return claims over documents of another field, on which those of a collection are silent."""
    other = "library" if collection == "filings" else "filings"
    claims = random.Random(collection).sample(list(load_claims(other, [WRITTEN[0]])), _OF_OTHERS)
    return [Claim(collection, OTHERS, one.text, "not_found", "", "") for one in claims]


def _gathered(claims: Sequence[Claim], assistant: Assistant, sources: Sources) -> Iterator[Lesson]:
    """Yield claims with what is found for them, where anything is."""
    for first in range(0, len(claims), _TOGETHER):
        some = claims[first : first + _TOGETHER]
        texts = [one.text for one in some]
        found = [assistant.search(text, assistant.settings.passages) for text in texts]
        for claim, one in zip(some, gather(texts, found, sources), strict=True):
            if one.statements:
                yield Lesson(claim, one, sources)
        print(f"{first + len(some)} of {len(claims)}", file=sys.stderr, flush=True)


def _of_facts(lessons: Sequence[Lesson], collection: str, search: FactSearch) -> Iterator[Claim]:
    """Yield facts of what was found as claims, as they are or with a figure exchanged."""
    facts = {
        fact.row: fact
        for lesson in lessons
        for statement in lesson.gathered.statements
        for fact in statement.facts
        if isinstance(fact.fact.value, Quantity)
    }
    order = random.Random(collection)
    chosen = order.sample(sorted(facts), min(len(facts), _FACTS))
    for placed in search.ledger.placed([facts[row] for row in chosen]):
        text = realise(placed).split(" (")[0].rstrip(".") + "."
        if '"' in text or len(text) < _SHORT:
            continue
        if order.random() < _IN_OWN_WORDS:
            yield Claim(collection, FACTS, text, "supported", "", "")
        elif changed := with_other_figure(text, text, order):
            yield Claim(collection, FACTS, changed, "contradicted", "", "")


def _entailment(models: Path | None, collection: str) -> Entailment:
    """Return what judges the claims over a collection that are learned from."""
    if models is None:
        return load_entailment()
    return LearnedEntailment(load_text_reader(), models / f"{collection}.npz")


def _held(lessons: Sequence[Lesson], entailment: Entailment) -> Iterator[Example]:
    """Yield lessons with what statements and facts say of them.

    What is only scored is held as it would be for a reader, by the shipped model.
    """
    for first in range(0, len(lessons), _TOGETHER):
        for is_learned in (True, False):
            some = [
                one
                for one in lessons[first : first + _TOGETHER]
                if (one.claim.part in LEARNED) == is_learned
            ]
            if some:
                sources = some[0].sources
                told = replace(sources, entailment=entailment) if is_learned else sources
                held = hold_each([one.gathered for one in some], told)
                pairs = zip(some, held, strict=True)
                yield from (Example(one.claim, held.features) for one, held in pairs)


# -- what the entailment model learns from


def pairs_as_json(lesson: Lesson) -> Iterator[str]:
    """Yield a claim beside the statement that has its quote, and beside others, as lines."""
    claim = lesson.claim
    if not claim.quote:
        return
    verdict = claim.verdict if claim.verdict in ("supported", "contradicted") else "silent"
    shares = [_share(one, claim) for one in lesson.gathered.statements]
    pairs = [*zip(lesson.gathered.statements, shares, strict=True)]
    quoted = [one for one, share in pairs if share >= _COVERED][:1]
    others = [one for one, share in pairs if not share][: _OTHERS[verdict]]
    for statements, said in ((quoted, verdict), (others, _BESIDE[verdict])):
        for one in statements:
            told = {
                "collection": claim.collection,
                "claim": claim.text,
                "evidence": one.in_context,
                "verdict": said,
            }
            yield json.dumps(told, ensure_ascii=False) + "\n"


def _share(one: Statement, claim: Claim) -> float:
    """Return which share of a claim's quote a statement of its document has."""
    if not one.evidence.source.path.endswith(claim.file):
        return 0.0
    passage = one.evidence.passage
    said = passage.text[one.start - passage.start : one.end - passage.start] or one.text
    if _bare(claim.quote) in _bare(said):
        return 1.0
    own, quoted = _words(said), _words(claim.quote)
    shared = len(own & quoted)
    is_part = shared > 3 and shared >= _ALIKE * min(len(own), len(quoted))
    return shared / len(quoted) if is_part else 0.0


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


# -- the regression


def _fit(examples: Sequence[Example]) -> Any:
    """Return a regression over the features; `feature_names` are theirs, in order."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=4000))
    model.fit(_matrix(examples), [one.claim.verdict for one in examples])
    model.feature_names = list(examples[0].features)
    return model


def _matrix(examples: Sequence[Example]) -> Any:
    return np.array([list(one.features.values()) for one in examples])


def _write(model: Any, out: Path) -> None:
    scaler, regression = model[0], model[-1]
    weights = regression.coef_ / scaler.scale_
    always = regression.intercept_ - weights @ scaler.mean_
    places = [list(regression.classes_).index(one) for one in VERDICTS]
    with out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, dialect="excel-tab", lineterminator="\n")
        writer.writerow(["feature", *VERDICTS])
        for name, row in [("", always), *zip(model.feature_names, weights.T, strict=True)]:
            writer.writerow([name, *(f"{row[at]:.4f}" for at in places)])
    print(f"written: {out}")


def _print_held_out(examples: Sequence[Example]) -> None:
    """Print how well verdicts are chosen over what they were not learned from."""
    learned = [one for one in examples if one.claim.part in LEARNED]
    told: list[tuple[Claim, Verdict]] = []
    for name in dict.fromkeys(one.claim.collection for one in learned):
        model = _fit([one for one in learned if one.claim.collection != name])
        of_it = _judged(model, [one for one in learned if one.claim.collection == name])
        _print_of(f"{name}, learned from the others", of_it)
        told += of_it
    _print_of("all, learned from the others", told)
    scored = [one for one in examples if one.claim.part not in LEARNED]
    model = _fit(learned)
    for part in SCORED:
        _print_of(part, _judged(model, [one for one in scored if one.claim.part == part]))


def _judged(model: Any, examples: Sequence[Example]) -> list[tuple[Claim, Verdict]]:
    likely = model.predict_proba(_matrix(examples))
    return [
        (one.claim, cheapest(dict(zip(model.classes_, row, strict=True))))
        for one, row in zip(examples, likely, strict=True)
    ]


def _print_of(name: str, told: Sequence[tuple[Claim, Verdict]]) -> None:
    right = sum(claim.verdict == verdict for claim, verdict in told)
    print(f"{name}: {right} of {len(told)} right ({right / len(told):.3f})")
    counts = Counter((claim.verdict, verdict) for claim, verdict in told)
    for verdict in VERDICTS:
        said = ", ".join(f"{one} {counts[verdict, one]}" for one in VERDICTS)
        print(f"  {verdict}: {said}")


if __name__ == "__main__":
    sys.exit(main())
