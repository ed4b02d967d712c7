"""Questions and claims written by people who had not seen the code, as they are answered.

`python -m bench.first_sight PART --work HOMES [--gold NAME] [--show]`: HOMES holds a home of each
set, `sources`, `filings`, `library` and `others` (the documents beside its questions);
`bench/figures_gold`, `words_gold` (questions of all kinds) and `claims_gold` hold the sets, by the
name under which they were written. Over the library alone: `conversations` (follow-ups with the
question that each means), `open` (questions with the points that a good answer holds) and
`languages` (Chinese, German and French). A set is scored once before anything that it shows is
mended; that first score is the one that counts.
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

from assistant.answer import Turn, answer_to_json
from assistant.assistant import Assistant
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.matching import contains_form
from assistant.evaluation.metrics.refusal import auroc
from assistant.evaluation.metrics.statistics import bootstrap_mean
from assistant.evaluation.scoring import score
from assistant.settings import Settings
from index.wording import SCAFFOLDING, stem, words

_GOLD = Path(__file__).parent
_HOMES = ("sources", "filings", "library", "others")
_OVER_LIBRARY = ("conversations", "open", "languages")


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
    points: float = 0.0  # the share of its points that an answer holds; of words in common


def main() -> int:
    """Score a set and print its figures, then each case that is not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("figures", "words", "claims", *_OVER_LIBRARY))
    parser.add_argument("--work", type=Path, required=True, help="a folder of homes")
    parser.add_argument("--gold", default="first", help="the set, by its name")
    parser.add_argument("--home", choices=_HOMES, help="only the cases of this home")
    parser.add_argument("--show", action="store_true", help="list what is not right")
    arguments = parser.parse_args()
    found: list[Outcome] = []
    for home in [arguments.home] if arguments.home else _HOMES:
        file = _GOLD / f"{arguments.part}_gold" / arguments.gold / f"{home}.jsonl"
        if arguments.part in _OVER_LIBRARY and home == "library":
            file = file.parents[1] / f"{arguments.gold}.jsonl"
        if not file.exists():
            continue
        assistant = Assistant(Settings(home=arguments.work / home))
        judges = {"claims": _verdicts, "conversations": _turns, "open": _points}
        found += judges.get(arguments.part, _answers)(assistant, file, home)
        assistant.close()
    reports = {"claims": _claims, "conversations": _meant, "open": _told_points}
    report = reports.get(arguments.part, _figures)
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
    told = "" if area is None else f"AUROC of confidence, answerable or not: {area:.3f}; "
    yield f"{told}{_calibration(found)}"
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


# -- conversations


def _turns(assistant: Assistant, file: Path, home: str) -> Iterator[Outcome]:
    """Yield each turn, "right" where it is understood by the words of the question it means."""
    for line in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        turns: list[Turn] = []
        for number, turn in enumerate(line["turns"], 1):
            started = time.perf_counter()
            answer = assistant.ask(turn["question"], turns)
            meant, said = turn["standalone"], answer.standalone_question
            yield Outcome(
                f"{line['id']}.{number}",
                home,
                turn["kind"],
                "opening" if number == 1 else "later",
                True,
                "right" if _content(meant) == _content(said) else "other",
                f"{turn['question']} -> {said!r}; meant: {meant!r}",
                time.perf_counter() - started,
                points=_in_common(_content(meant), _content(said)),
            )
            turns += [Turn("user", turn["question"]), Turn("assistant", answer.text)]


def _content(question: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(question) if word not in SCAFFOLDING)


def _in_common(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the F1 of the words of two questions."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _meant(found: Sequence[Outcome]) -> Iterator[str]:
    """Yield how many words turns have in common with what was meant; they are to be read, too."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in found:
        groups[one.style].append(one)
        groups[f"kind {one.kind}"].append(one)
    for name, those in sorted(groups.items()):
        words_in_common = statistics.mean(one.points for one in those)
        same = _share(those, "right")
        yield f"{name}: words in common {words_in_common:.2f}, asked in the same words {same}"


# -- open questions


def _points(assistant: Assistant, file: Path, home: str) -> Iterator[Outcome]:
    for line in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        started = time.perf_counter()
        answer = assistant.ask(line["question"])
        told = " ".join((answer.text, *(one.quote for one in answer.citations)))
        held = [
            all(any(contains_form(told, form) for form in group) for group in point["forms"])
            for point in line["points"]
        ]
        is_shown = answer.status != "not_found"
        yield Outcome(
            line["id"],
            home,
            "open",
            line["style"],
            True,
            "right" if all(held) else "wrong" if is_shown else "refused",
            f"{line['question']} -> {answer.status}: {answer.text[:1500]!r}",
            time.perf_counter() - started,
            answer.confidence,
            sum(held) / len(held) if is_shown else 0.0,
        )


def _told_points(found: Sequence[Outcome]) -> Iterator[str]:
    yield f"points held: {statistics.mean(one.points for one in found):.2f} in the mean"
    yield _line("all points", found)


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
