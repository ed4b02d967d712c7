"""How well facts are read and found: `python -m bench.facts PART --shared DIR`.

PART is `cells`, `sentences` or `expressions`: what was read, beside facts that were typed by hand
from pictures of the pages; `lookups`: the first fact that `rare-earth facts` shows, for words that
somebody wrote who had not seen the code; `conflicts`: planted ones found among decoys. The gold
stands in `bench/facts_gold`, a later one in its folder `second`. `--show N` lists the first N that
are wrong, `--out FILE` all of them.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bench.gold_expressions import READERS, load_expressions, read_expression
from bench.gold_facts import SLOTS, GoldFact, Judged, judge, load_gold
from bench.gold_slots import GOLD
from corpus.facts import Fact, Names
from corpus.facts.reading import read_facts
from corpus.reading import read_document

_LIBRARY = Path(__file__).parents[1] / "corpus" / "documents"


@dataclass(frozen=True, slots=True)
class Report:
    """What a part prints: its figures, what is wrong one by one, and a record of each gold line."""

    lines: tuple[str, ...]
    wrong: tuple[str, ...]
    records: tuple[dict[str, Any], ...]


def main() -> int:
    """Score one part and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=sorted(_PARTS))
    parser.add_argument("--shared", type=Path, help="folder of the measured files")
    parser.add_argument(
        "--gold", type=Path, default=GOLD, help="folder of the gold (default: bench/facts_gold)"
    )
    parser.add_argument("--work", type=Path, help="folder where homes are kept between runs")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="list N that are wrong")
    parser.add_argument("--out", type=Path, metavar="FILE", help="JSON lines of all that was read")
    arguments = parser.parse_args()
    if arguments.shared is None and arguments.part not in ("expressions", "conflicts"):
        parser.error(f"{arguments.part} needs --shared DIR, the folder of the measured files")
    report = _PARTS[arguments.part](arguments)
    for line in (*report.lines, *(f"- {one}" for one in report.wrong[: arguments.show])):
        print(line)
    if arguments.out:
        records = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in report.records)
        arguments.out.write_text(records, encoding="utf-8")
    return 0


# --- expressions ---


def _expressions(arguments: argparse.Namespace) -> Report:
    read = [read_expression(one) for one in load_expressions(arguments.gold / "expressions.jsonl")]
    lines = [f"right: {_share(sum(not one.faults for one in read), len(read))}"]
    for reader in READERS:
        own = [one for one in read if one.expression.reader == reader]
        lines.append(f"  {reader}: {_share(sum(not one.faults for one in own), len(own))}")
        lines += _counted(Counter(", ".join(one.faults) for one in own if one.faults), "    ")
    return Report(
        tuple(lines),
        tuple(
            f"{one.expression.id} {one.expression.text!r}: {', '.join(one.faults)}: {one.read!r}, "
            f"not {one.expression.expected[0]}"
            for one in read
            if one.faults
        ),
        tuple(
            {"id": one.expression.id, "read": one.read, "faults": list(one.faults)} for one in read
        ),
    )


# --- cells and sentences ---


def measured_file(file: str, shared: Path) -> tuple[Path, Path]:
    """Return a gold file and the folder that its source's path is relative to."""
    folder, _, name = file.partition("/")
    root = {
        "sources": shared / "sources",
        "filings": shared / "sets" / "sec10q" / "pdfs",
        "library": _LIBRARY,
        "made": GOLD,
    }[folder]
    return root / name, root


def judge_all(gold: Sequence[GoldFact], shared: Path) -> Iterator[Judged]:
    """Read every file of some gold facts once, and judge these one by one."""
    by_file: dict[str, list[GoldFact]] = {}
    for one in gold:
        by_file.setdefault(one.file, []).append(one)
    for number, (file, of_file) in enumerate(by_file.items(), 1):
        print(f"{number}/{len(by_file)} {file}", file=sys.stderr)
        document = read_document(*measured_file(file, shared))
        facts = read_facts(document)
        for one in of_file:
            yield judge(one, document.pages, facts)


def _cells(arguments: argparse.Namespace) -> Report:
    gold = load_gold(*sorted(arguments.gold.glob("cells_*.jsonl")))
    return report_facts(tuple(judge_all(gold, arguments.shared)))


def _sentences(arguments: argparse.Namespace) -> Report:
    gold = load_gold(arguments.gold / "sentences.jsonl")
    judged = tuple(judge_all(gold, arguments.shared))
    report = report_facts(judged)
    listed = [one for one in judged if one.gold.form == "enumeration"]
    line = f"of enumerations: {_figures(listed)}"
    return Report((*report.lines, line), report.wrong, report.records)


def report_facts(judged: Sequence[Judged]) -> Report:
    """Report shares of what was found and right, over all and by kind of file, and the faults.

    Of what is found, a fact counts as right that has every slot that the gold gives: the precision
    is theirs among the gold's own facts, since what else a page says was not typed.
    """
    lines = [f"all: {_figures(judged)}"]
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(file_group(one.gold.file), []).append(one)
    lines += [f"  {group}: {_figures(groups[group])}" for group in sorted(groups)]
    found = [one for one in judged if one.fact]
    lines.append("slots, of the found:")
    for slot in SLOTS:
        right = sum(slot in one.right for one in found)
        wrong = sum(slot in dict(one.faults) for one in found)
        if right + wrong:
            lines.append(f"  {slot}: {_share(right, right + wrong)}")
    lines.append("not found:")
    lines += _counted(Counter(one.lost for one in judged if one.lost), "  ")
    lines.append("wrong, by what is wrong (one fact may count in several):")
    lines += _counted(Counter(f"{s}: {f}" for one in judged for s, f in one.faults), "  ")
    lines.append("wrong in one slot only, by slot:")
    lines += _counted(Counter(o.faults[0][0] for o in found if len(o.faults) == 1), "  ")
    lines.append("filled, where the gold leaves it out:")
    lines += _counted(Counter(extra for one in found for extra in one.extra), "  ")
    return Report(
        tuple(lines),
        tuple(_told(one) for one in judged if not one.is_right),
        tuple(_record(one) for one in judged),
    )


def _figures(judged: Sequence[Judged]) -> str:
    found = [one for one in judged if one.fact]
    right = [one for one in found if one.is_right]
    bare = [one for one in right if not set(one.extra) & _DECISIVE]
    return (
        f"found {_share(len(found), len(judged))}, right in every slot {len(right)}: "
        f"{len(right) / max(len(judged), 1):.1%} of all, {len(right) / max(len(found), 1):.1%} of "
        f"the found; {len(bare)} of them with nothing decisive beside; "
        f"{sum(one.is_unread for one in found)} more lack only words kept unread"
    )


def file_group(file: str) -> str:
    """Return what kind of file a gold one is: filings, chapters, workbooks, ..."""
    folder, name = file.split("/", 1)[0], Path(file)
    if folder == "filings":
        return "filings"
    kind = {".pdf": "PDF", ".xlsx": "workbook", ".csv": "CSV"}.get(name.suffix, "text and web")
    return f"{folder}, {'converted' if 'nssac_conversions' in file else kind}"


def _told(one: Judged) -> str:
    gold = one.gold
    at = " > ".join((*gold.row, *gold.column)) or gold.near
    wrong = one.lost or ", ".join(f"{slot} {fault}" for slot, fault in one.faults)
    return f"{gold.id} {gold.file} p. {gold.page}: {at} = {gold.printed}: {wrong}"


def _record(one: Judged) -> dict[str, Any]:
    return {
        "id": one.gold.id,
        "lost": one.lost,
        "faults": [list(fault) for fault in one.faults],
        "extra": list(one.extra),
        "gold": dict(one.gold.slots),
        "fact": slots_of(one.fact) if one.fact else {},
    }


def slots_of(fact: Fact) -> dict[str, Any]:
    """Return the slots of a fact that hold something, in words."""
    held = {
        f.name: str(getattr(fact, f.name))
        for f in fields(fact)
        if f.name not in ("value", "arguments", "period", "place", "table", "rest")
        and getattr(fact, f.name) not in ("", None)
    }
    value = fact.value
    names = [name.text for name in value.names] if isinstance(value, Names) else str(value)
    return {
        "value": names,
        "arguments": [f"{a.role}: {a.name.key}" for a in fact.arguments],
        "period": fact.period.text if fact.period else "",
        "rest": list(fact.rest),
        "row": list(fact.table.row),
        "column": list(fact.table.column),
        **held,
    }


# --- look-ups and conflicts ---


def _look_ups(arguments: argparse.Namespace) -> Report:
    from assistant.assistant import Assistant
    from assistant.settings import Settings
    from bench.gold_lookups import LookedUp, load_look_ups, look_up
    from index.embedding import PACKAGED_MODEL, load_embedder
    from index.ingestion.sync import add_paths

    folders = {
        "sources": arguments.shared / "sources",
        "filings": arguments.shared / "sets" / "sec10q" / "pdfs",
        "library": _LIBRARY,
    }
    gold = load_look_ups(arguments.gold / "lookups.jsonl")
    judged: list[LookedUp] = []
    sizes = []
    embedder = load_embedder(PACKAGED_MODEL)
    for home, folder in folders.items():
        assistant = Assistant(Settings(_work(arguments) / home), embedder)
        add_paths(assistant.store, lambda: embedder, [folder], lambda _: None)
        sizes.append(f"{home} {assistant.ledger.count()}")
        judged += [look_up(one, assistant.facts) for one in gold if one.home == home]
        assistant.close()
    there = [one for one in judged if one.look_up.is_answerable]
    absent = [one for one in judged if not one.look_up.is_answerable]
    lines = [
        f"facts: {', '.join(sizes)}",
        f"right first: {_share(sum(one.is_right for one in there), len(there))}, "
        f"{sum(one.is_right and one.elsewhere for one in there)} of them at a place not listed",
        f"  nothing shown: {sum(one.first is None for one in there)}, "
        f"another fact shown: {sum(one.first is not None and not one.is_right for one in there)}",
        f"not there, nothing shown: {_share(sum(one.is_right for one in absent), len(absent))}",
        f"all right: {_share(sum(one.is_right for one in judged), len(judged))}",
    ]
    for name in ("home", "style"):
        groups = sorted({getattr(one.look_up, name) for one in judged})
        for group in groups:
            own = [one for one in judged if getattr(one.look_up, name) == group]
            lines.append(f"  {group}: {_share(sum(one.is_right for one in own), len(own))}")
    lines += _counted(Counter(one.fault for one in judged if one.fault), "  ")
    of_sources = [one.milliseconds for one in judged if one.look_up.home == "sources"]
    lines.append(
        f"median, warm: {statistics.median(one.milliseconds for one in judged):.1f} ms, over "
        f"sources {statistics.median(of_sources):.1f} ms, slowest {max(of_sources):.1f} ms"
    )
    records = tuple(
        {
            "id": one.look_up.id,
            "words": one.look_up.words,
            "fault": one.fault,
            "elsewhere": one.elsewhere,
            "milliseconds": round(one.milliseconds, 1),
            "path": one.first.source.path if one.first else "",
            "page": one.first.page_label if one.first else "",
            "quote": one.first.quote if one.first else "",
            "fact": slots_of(one.first.fact) if one.first else {},
        }
        for one in judged
    )
    wrong = tuple(
        f"{one.look_up.id} {one.look_up.words!r}: {one.fault}" for one in judged if one.fault
    )
    return Report(tuple(lines), wrong, records)


def _conflicts(arguments: argparse.Namespace) -> Report:
    from bench.gold_lookups import PLANTED, load_planted, open_ledger, report_planted

    own = arguments.gold / "conflicts"
    ledger = open_ledger(_work(arguments) / "conflicts", own if own.is_dir() else PLANTED)
    report = report_planted(ledger, load_planted(arguments.gold / "planted.jsonl"))
    real = [one for one in report.planted if one.kind == "conflict"]
    decoys = [one for one in report.planted if one.kind == "decoy"]
    told = report.reported
    lines = [
        f"planted conflicts found: {_share(sum(one.id in told for one in real), len(real))}",
        *(
            f"  {form}: {_share(sum(one.id in told for one in own), len(own))}"
            for form in sorted({one.form for one in real})
            if (own := [one for one in real if one.form == form])
        ),
        f"decoys reported as conflicts: {_share(sum(d.id in told for d in decoys), len(decoys))}",
        f"other conflicts reported: {len(report.others)}",
    ]
    missed = [f"{one.id} not found: {one.why}" for one in real if one.id not in told]
    false = [f"{one.id} reported: {one.why}" for one in decoys if one.id in told]
    records = tuple(
        {"id": one.id, "kind": one.kind, "reported": one.id in told} for one in report.planted
    )
    return Report(tuple(lines), (*missed, *false, *report.others), records)


def _work(arguments: argparse.Namespace) -> Path:
    return arguments.work or Path(tempfile.mkdtemp(prefix="facts-"))


def _counted(counts: Counter[str], indent: str) -> list[str]:
    return [f"{indent}{count} {what}" for what, count in counts.most_common()]


def _share(right: int, count: int) -> str:
    return f"{right} of {count} ({right / max(count, 1):.1%})"


_DECISIVE = frozenset(("unit", "period", "status", "basis"))
_PARTS: Mapping[str, Callable[[argparse.Namespace], Report]] = {
    "cells": _cells,
    "conflicts": _conflicts,
    "expressions": _expressions,
    "lookups": _look_ups,
    "sentences": _sentences,
}


if __name__ == "__main__":
    sys.exit(main())
