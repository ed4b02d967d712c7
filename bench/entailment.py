"""How well the entailment model judges claims by itself: `python -m bench.entailment --work HOMES`.

HOMES holds a home of each set, `sources`, `filings` and `library`. Evidence of a claim are the
sentences and cells of the passages that are found for it. The likeliest piece to support and the
likeliest to contradict it decide, from thresholds that were chosen on claims kept aside in fitting.
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.assistant import Assistant
from assistant.entailment import Entailment, evidence_texts, load_entailment
from assistant.settings import Settings

_GOLD = Path(__file__).parent / "claims_gold"
_HOMES = ("sources", "filings", "library")
SUPPORTED, CONTRADICTED = 0.77, 0.72
_PASSAGES = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with the likeliest evidence for it and against it."""

    id: str
    text: str
    expected: str
    acceptable: tuple[str, ...]
    best: tuple[float, str]
    worst: tuple[float, str]
    seconds: float

    def verdict(self, supported: float, contradicted: float) -> str:
        """Return the verdict at two thresholds."""
        if self.best[0] >= supported and self.best[0] >= self.worst[0]:
            return "supported"
        if self.worst[0] >= contradicted:
            return "contradicted"
        return "supported" if self.best[0] >= supported else "not_found"


def judge_home(
    assistant: Assistant, entailment: Entailment, lines: Sequence[dict[str, object]]
) -> Iterator[Judged]:
    """Yield each claim of a home with what is likeliest for it and against it."""
    for line in lines:
        claim = str(line["question"])
        found = assistant.search(claim, _PASSAGES)
        texts = list(dict.fromkeys(text for piece in found for text in evidence_texts(piece)))
        start = time.perf_counter()
        judged = [*zip(entailment.judge([(claim, text) for text in texts]), texts, strict=True)]
        seconds = time.perf_counter() - start
        acceptable = line.get("acceptable") or ()
        assert isinstance(acceptable, (list, tuple))
        yield Judged(
            str(line["id"]),
            claim,
            str(line["verdict"]),
            tuple(map(str, acceptable)),
            max(((one.supported, text) for one, text in judged), default=(0.0, "")),
            max(((one.contradicted, text) for one, text in judged), default=(0.0, "")),
            seconds / max(1, len(texts)),
        )


def main() -> int:
    """Judge the claims and print the figures, and those of odd ids that are not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="a folder of homes")
    parser.add_argument("--gold", default="first", help="the set, by its name")
    parser.add_argument("--supported", type=float, default=SUPPORTED)
    parser.add_argument("--contradicted", type=float, default=CONTRADICTED)
    arguments = parser.parse_args()
    entailment = load_entailment()
    judged: list[Judged] = []
    for home in _HOMES:
        file = _GOLD / arguments.gold / f"{home}.jsonl"
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        assistant = Assistant(Settings(home=arguments.work / home))
        judged += judge_home(assistant, entailment, lines)
        assistant.close()
    print(*_figures(judged, arguments.supported, arguments.contradicted), sep="\n")
    for one in judged:
        said = one.verdict(arguments.supported, arguments.contradicted)
        if int(one.id[-1]) % 2 and said not in (one.expected, *one.acceptable):
            print(f"- {one.id} {said}, not {one.expected}: {one.text}")
            for likely, text in (one.best, one.worst):
                print(f"    {likely:.2f} {text!r}")
    return 0


def _figures(judged: Sequence[Judged], supported: float, contradicted: float) -> Iterator[str]:
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for one in judged:
        groups[one.expected][one.verdict(supported, contradicted)] += 1
    for expected, said in sorted(groups.items()):
        yield f"{expected}: {', '.join(f'{name} {n}' for name, n in said.most_common())}"
    yield f"{1000 * sum(one.seconds for one in judged) / len(judged):.1f} ms a piece of evidence"


if __name__ == "__main__":
    sys.exit(main())
