"""Questions and claims written by people who had not seen the code, as they are answered.

`python -m bench.first_sight figures|words|claims --work HOMES [--gold NAME] [--show]`: HOMES holds
a home of each set, `sources`, `filings`, `library` and `others` (the documents beside its
questions); `bench/figures_gold`, `words_gold` (questions of all kinds) and `claims_gold` hold the
sets, by the name under which they were written. A set is scored once before anything that it shows
is mended; that first score is the one that counts.
"""

import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import answer_to_json
from assistant.assistant import Assistant
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.metrics.refusal import auroc
from assistant.evaluation.metrics.statistics import bootstrap_mean
from assistant.evaluation.scoring import score
from assistant.settings import Settings

_GOLD = Path(__file__).parent
_HOMES = ("sources", "filings", "library", "others")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case with what came of it: `right`, `wrong` (shown), `other` (status) or `refused`."""

    id: str
    home: str
    kind: str
    style: str
    is_answerable: bool
    outcome: str
    told: str
    seconds: float
    confidence: float = 0.0


def main() -> int:
    """Score a set and print its figures, then each case that is not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("figures", "words", "claims"))
    parser.add_argument("--work", type=Path, required=True, help="a folder of homes")
    parser.add_argument("--gold", default="first", help="the set, by its name")
    parser.add_argument("--home", choices=_HOMES, help="only the cases of this home")
    parser.add_argument("--show", action="store_true", help="list what is not right")
    arguments = parser.parse_args()
    found: list[Outcome] = []
    for home in [arguments.home] if arguments.home else _HOMES:
        file = _GOLD / f"{arguments.part}_gold" / arguments.gold / f"{home}.jsonl"
        if not file.exists():
            continue
        assistant = Assistant(Settings(home=arguments.work / home))
        judge = _verdicts if arguments.part == "claims" else _answers
        found += judge(assistant, file, home)
        assistant.close()
    report = _claims if arguments.part == "claims" else _figures
    print(*report(found), sep="\n")
    if arguments.show:
        for one in found:
            if one.outcome != "right":
                print(f"- {one.id} [{one.kind}, {one.style}] {one.outcome}: {one.told}")
    return 0


# -- questions about figures


def _answers(assistant: Assistant, file: Path, home: str) -> Iterator[Outcome]:
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for line, case in zip(lines, load_cases(file), strict=True):
        started = time.perf_counter()
        answer = assistant.ask(case.question)
        seconds = time.perf_counter() - started
        yield Outcome(
            case.id,
            home,
            line["kind"],
            line["style"],
            bool(case.answerable),
            _outcome(case, answer_to_json(answer)),
            f"{case.question} -> {answer.status}: {answer.text[:400]!r}; gold: {line['answer']}",
            seconds,
            answer.confidence,
        )


def _outcome(case: Case, answer: Mapping[str, Any]) -> str:
    scores = score(case, answer)
    if not case.answerable:
        return "right" if scores.refusal_recall else "wrong"
    if scores.answer_right:
        return "right"
    if scores.answerable_refused:
        return "refused"
    return "wrong" if scores.wrong_answer_shown else "other"


def _figures(found: Sequence[Outcome]) -> Iterator[str]:
    """Yield the figures over all cases, then by kind, style and home."""
    yield _line("all", found)
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for one in found:
        for part in ("home", "style", "kind"):
            groups[part, getattr(one, part)].append(one)
    for (part, name), those in sorted(groups.items()):
        yield _line(f"{part} {name}", those)
    times = sorted(one.seconds for one in found)
    area = auroc([one.is_answerable for one in found], [one.confidence for one in found])
    yield f"AUROC of confidence, answerable or not: {area:.3f}; {_calibration(found)}"
    yield f"seconds: median {statistics.median(times):.2f}, p95 {times[int(len(times) * 0.95)]:.2f}"


def _calibration(found: Sequence[Outcome]) -> str:
    """Return by ten equal bins of confidence how many are shown, and how many of them are right."""
    bins: dict[int, list[bool]] = defaultdict(list)
    for one in found:
        if one.outcome == "refused" or (not one.is_answerable and one.outcome == "right"):
            continue
        is_right = one.is_answerable and one.outcome == "right"
        bins[min(int(one.confidence * 10), 9)].append(is_right)
    told = [f"{at / 10:.1f}: {sum(b)}/{len(b)}" for at, b in sorted(bins.items())]
    return f"right of what is shown, by confidence from: {', '.join(told)}"


def _line(name: str, found: Sequence[Outcome]) -> str:
    asked = [one for one in found if one.is_answerable]
    absent = [one for one in found if not one.is_answerable]
    told = f"{name}: "
    if asked:
        told += f"right {_share(asked, 'right')}, wrong shown {_share(asked, 'wrong')}, "
        told += f"refused {_share(asked, 'refused')}, other {_share(asked, 'other')}"
    return told + (f"; without an answer: refused {_share(absent, 'right')}" if absent else "")


def _share(found: Sequence[Outcome], outcome: str) -> str:
    values = [float(one.outcome == outcome) for one in found]
    interval = bootstrap_mean(values)
    told = f"{sum(values):.0f}/{len(values)}"
    return f"{told} ({interval.low:.2f}-{interval.high:.2f})" if interval else told


# -- claims


def _verdicts(assistant: Assistant, file: Path, home: str) -> Iterator[Outcome]:
    for line in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        started = time.perf_counter()
        cited = assistant.cite(line["question"])
        seconds = time.perf_counter() - started
        verdict = _joint_verdict([one.verdict for one in cited])
        expected = line["verdict"]
        is_right = verdict in (expected, *line["acceptable"])
        quotes = " | ".join(c.quote[:200] for one in cited for c in one.citations[:1])
        says = " | ".join(one.says for one in cited if one.says)
        yield Outcome(
            line["id"],
            home,
            expected,
            line.get("twist") or line["style"],
            line["answerable"],
            "right" if is_right else verdict,
            f"{line['question']} -> {verdict}, not {expected}; {quotes!r} says {says!r}",
            seconds,
        )


def _joint_verdict(verdicts: Iterable[str]) -> str:
    """Return the verdict on a claim of several sentences: what is false or missing decides."""
    found = set(verdicts)
    if len(found) == 1:
        return found.pop()
    return "contradicted" if "contradicted" in found else "partly"


def _claims(found: Sequence[Outcome]) -> Iterator[str]:
    yield f"verdict right: {_share(found, 'right')}"
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    twists: dict[str, list[Outcome]] = defaultdict(list)
    for one in found:
        kinds[one.kind].append(one)
        if one.kind == "contradicted":
            twists[one.style].append(one)
    for kind, those in sorted(kinds.items()):
        others = sorted({one.outcome for one in those} - {"right"})
        told = ", ".join(f"{other} {_share(those, other)}" for other in others)
        yield f"{kind}: right {_share(those, 'right')}" + (f"; {told}" if told else "")
    for twist, those in sorted(twists.items()):
        yield f"twist {twist}: right {_share(those, 'right')}"


if __name__ == "__main__":
    sys.exit(main())
