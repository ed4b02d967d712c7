"""The radar over the days of a made website: `python -m bench.radar SET [--home DIR]`.

A set is a folder with what happens on the website (site.jsonl), what a reader keeps (kept.jsonl)
and what a radar must and must not say of it (gold.jsonl). Each day its pages are written into a
folder, the folder is synced, what is kept that day is kept, and the radar looks. What was found is
held against the gold: how much of what must be said is said that day, of the right kind and with
its value, and how much of what is said are false alarms. Everything is real, the models too.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Citation, Sentence, reference_of
from assistant.assistant import Assistant
from assistant.drafts import CheckedSentence, draft_of
from assistant.radar import Change
from assistant.radar.same_thing.quotes import find_quote
from assistant.settings import Settings
from corpus.document import Context

_NOTHING = "nothing"
_SAME_KIND = {"out of date": "new document"}  # what gold has one name for


@dataclass(frozen=True, slots=True)
class Report:
    """What the radar said of a kept thing on a day, with all words in which it was said."""

    kept: str
    day: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the lines that must be reported were, and which reports are false alarms."""

    wanted: int
    missed: tuple[Mapping[str, Any], ...]
    reports: int
    false_alarms: tuple[Report, ...]

    def __str__(self) -> str:
        """Return it in words."""
        hits = self.wanted - len(self.missed)
        return (
            f"reported {hits} of {self.wanted} ({hits / (self.wanted or 1):.0%}), "
            f"{len(self.false_alarms)} false alarms in {self.reports} reports "
            f"({len(self.false_alarms) / (self.reports or 1):.0%})"
        )


def main() -> int:
    """Run a set and print what was missed, what was a false alarm, and the score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path, help="the folder of the set")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rare-earth-bench-") as temporary:
        assistant = Assistant(Settings(Path(temporary) / "home"))
        reports = list(run_days(assistant, arguments.set, Path(temporary) / "site"))
        assistant.close()
    scored = score(reports, read_lines(arguments.set / "gold.jsonl"))
    for line in scored.missed:
        told = [f"{one.kind}: {one.text}" for one in reports if _is_of(one, line)]
        print(f"missed: {json.dumps(line, ensure_ascii=False)}; said {told or _NOTHING}")
    for one in scored.false_alarms:
        print(f"false alarm: {one}")
    print(scored)
    return 0


def read_lines(file: Path) -> list[dict[str, Any]]:
    """Return the values of a file of JSON lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def run_days(assistant: Assistant, folder: Path, site: Path) -> Iterator[Report]:
    """Yield what the radar says on each day of a set, whose pages are written into `site`."""
    events = read_lines(folder / "site.jsonl")
    kept = read_lines(folder / "kept.jsonl")
    gold = read_lines(folder / "gold.jsonl")
    names: dict[tuple[str, str], str] = {}
    told: set[int] = set()
    site.mkdir()
    for day in range(1, max(int(one["day"]) for one in (*events, *kept, *gold)) + 1):
        for event in (one for one in events if one["day"] == day):
            _happen(event, site)
        assistant.add([site], lambda _: None)
        for one in (one for one in kept if one["day"] == day):
            names[_keep(assistant, one)] = one["id"]
        assistant.look()
        yield from _reports(assistant.radar.changes(with_seen=True), names, told, day)


def _happen(event: Mapping[str, Any], site: Path) -> None:
    """Let one thing happen on the site; a page that fails this day is left as it is."""
    file = site / event["path"].lstrip("/")
    if event["do"] == "put":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(event["html"], encoding="utf-8")
    elif event["do"] == "vanish":
        file.unlink(missing_ok=True)
    elif event["do"] == "move" and file.exists():
        moved = site / event["to"].lstrip("/")
        moved.parent.mkdir(parents=True, exist_ok=True)
        file.replace(moved)


def _reports(
    changes: Iterable[Change], names: Mapping[tuple[str, str], str], told: set[int], day: int
) -> Iterator[Report]:
    """Yield what is told for the first time."""
    for change in changes:
        finding = change.finding
        for one in change.touched:
            if one.number not in told:
                told.add(one.number)
                kind = _SAME_KIND.get(finding.kind, finding.kind)
                text = f"{finding.about}: {finding.before} -> {finding.after}"
                place = f"{finding.reference.path} {finding.reference.quote}"
                yield Report(names[one.kind, one.ref], day, kind, f"{text} ({place})")


def score(reports: Sequence[Report], gold: Sequence[Mapping[str, Any]]) -> Score:
    """Hold reports against the gold; those of one kind on a kept thing and a day count once."""
    wanted = [line for line in gold if line["report"] != _NOTHING]
    missed = [line for line in wanted if not any(_says(one, line) for one in reports)]
    single = {(one.kept, one.day, one.kind): one for one in reports}
    alarms = [one for one in single.values() if not any(_is_of(one, line) for line in wanted)]
    return Score(len(wanted), tuple(missed), len(single), tuple(alarms))


def _is_of(one: Report, line: Mapping[str, Any]) -> bool:
    return (one.kept, one.day) == (line["kept"], line["day"])


def _says(one: Report, line: Mapping[str, Any]) -> bool:
    after = _plain(str(line.get("after") or ""))
    return _is_of(one, line) and one.kind == line["report"] and after in _plain(one.text)


def _plain(text: str) -> str:
    return "".join(text.casefold().replace(",", "").split())


def _keep(assistant: Assistant, one: Mapping[str, Any]) -> tuple[str, str]:
    """Keep a thing; return its kind and the reference under which the radar has it."""
    if one["kind"] == "question":
        assistant.radar.save_question(one["question"])
        return "question", " ".join(one["question"].split())
    if one["kind"] == "draft":
        return "draft", _keep_draft(assistant, one)
    if one["kind"] == "table":
        facts = assistant.facts(one["words"], 10_000).facts
        assistant.keep_table(one["words"], facts)
        return "table", one["words"]
    answer = assistant.ask(one["question"])
    quotes = one.get("rests_on") or ()
    if quotes and not any(_carries(cited, one["path"], quotes) for cited in answer.citations):
        answer = _quoting(assistant, one["question"], quotes, [one["path"]] * len(quotes))
    return "answer", assistant.keep(answer).id


def _carries(cited: Citation, path: str, quotes: Iterable[str]) -> bool:
    """Tell whether a citation has the words that carry an answer."""
    pairs = ((cited.quote, quote) for quote in quotes)
    is_there = any(find_quote(a, b) or find_quote(b, a) for a, b in pairs)
    return is_there and f"/{cited.source.path}" == path


def _keep_draft(assistant: Assistant, kept: Mapping[str, Any]) -> str:
    """Check a draft; a sentence that its page does not carry for us is taken as carried by it."""
    draft = draft_of(f"{kept['id']}.md", kept["text"].encode())
    checked = list(assistant.check(draft))
    journal = assistant.journal(draft)
    quotes = list(zip(kept["rests_on"], kept["paths"], strict=False))
    for held, (quote, path) in zip(checked, quotes, strict=False):
        is_carried = held.verdict in ("supported", "partly")
        if not is_carried or path not in {f"/{one.path}" for one in held.references}:
            journal.keep(_carried(assistant, held, quote, path))
    list(assistant.check(draft))
    return draft.name


def _carried(assistant: Assistant, held: CheckedSentence, quote: str, path: str) -> CheckedSentence:
    cited = _quoting(assistant, held.sentence.text, [quote], [path]).citations
    references = tuple(map(reference_of, cited))
    return CheckedSentence(held.sentence, "fact", "supported", references=references)


def _quoting(
    assistant: Assistant, question: str, quotes: Sequence[str], paths: Sequence[str]
) -> Answer:
    """Return an answer made of quotes, as a reader may have written it down."""
    citations = tuple(
        _citation(assistant, number, quote, path)
        for number, (quote, path) in enumerate(zip(quotes, paths, strict=True), start=1)
    )
    sentences = tuple(Sentence(one.quote, (one.number,), "supported") for one in citations)
    text = " ".join(one.text for one in sentences)
    return Answer(question, question, "answered", text, sentences, citations)


def _citation(assistant: Assistant, number: int, quote: str, path: str) -> Citation:
    record = next(one for one in assistant.sources() if f"/{one.source.path}" == path)
    for page in assistant.pages(record.source.id):
        if found := find_quote(page.text, quote):
            text = page.text[found.start : found.end]
            return Citation(
                *(number, record.source, page.number, page.label, found.start, found.end, text),
                *(Context(), found.start, text, True),
            )
    raise ValueError(f"{path} does not say {quote!r}")


if __name__ == "__main__":
    sys.exit(main())
