"""The radar over the days of a made website: `python -m bench.radar SET [--web]`.

A set is a folder with what happens on the website (site.jsonl), what a reader follows of it
(follow.json) and keeps (kept.jsonl), and what a radar must and must not say of it (gold.jsonl).
Each day its pages are written into a folder that is synced, or with `--web` served on loopback and
fetched; what is kept that day is kept, and the radar looks. What was found is
held against the gold: how much of what must be said is said that day, of the right kind and with
its value, and how much of what is said are false alarms. Everything is real, the models too.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from assistant.answer import Answer, Citation, Sentence, reference_of
from assistant.assistant import Assistant
from assistant.drafts import CheckedSentence, draft_of
from assistant.radar import Change
from assistant.radar.same_thing.quotes import find_quote
from assistant.settings import Settings
from bench.radar_website import MadeWebsite, made_website, moment_of
from corpus.document import Context, Source
from corpus.web.fetching import Fetcher
from corpus.web.guard import WebRules
from index.storage.store import PassageStore
from index.web.following import fetch_due, follow

_NOTHING = "nothing"
_DAY_SECONDS = 86_400
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
    parser.add_argument("--web", action="store_true", help="fetch the pages instead of files")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        temporary = stack.enter_context(tempfile.TemporaryDirectory(prefix="rare-earth-bench-"))
        assistant = Assistant(Settings(Path(temporary) / "home"))
        stack.callback(assistant.close)
        folder = Path(temporary) / "site"
        site: Site = FolderSite(folder)
        gold: Sequence[Mapping[str, Any]] = read_lines(arguments.set / "gold.jsonl")
        if arguments.web:
            web = WebSite(stack.enter_context(made_website()), assistant.settings.home)
            web.follow(arguments.set)
            site = web
            gold = _as_followed(gold, read_lines(arguments.set / "site.jsonl"))
        reports = list(run_days(assistant, arguments.set, site))
    scored = score(reports, gold)
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


class Site(Protocol):
    """Where the pages of a set are: what happens to them, and how a home is brought up to date."""

    def happen(self, event: Mapping[str, Any]) -> None:
        """Let one thing happen."""

    def sync(self, assistant: Assistant, day: int) -> None:
        """Bring the home of an assistant to a day, and begin the next one."""

    def path_of(self, source: Source) -> str:
        """Return the path of a source on the site."""


class FolderSite:
    """A site as files of a folder; a page that fails for a day is left as it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()

    def happen(self, event: Mapping[str, Any]) -> None:
        """Let one thing happen."""
        file = self._folder / event["path"].lstrip("/")
        if event["do"] == "put":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(event["html"], encoding="utf-8")
        elif event["do"] == "vanish":
            file.unlink(missing_ok=True)
        elif event["do"] == "move" and file.exists():
            moved = self._folder / event["to"].lstrip("/")
            moved.parent.mkdir(parents=True, exist_ok=True)
            file.replace(moved)

    def sync(self, assistant: Assistant, day: int) -> None:
        """Sync the folder."""
        del day
        assistant.add([self._folder], lambda _: None)

    def path_of(self, source: Source) -> str:
        """Return the path of a source on the site."""
        return f"/{source.path}"


class WebSite:
    """A site that is served on loopback, and followed."""

    def __init__(self, served: MadeWebsite, home: Path) -> None:
        self._served = served
        self._home = home
        self._fetcher = Fetcher(WebRules(hosts=(served.host,), delay_seconds=0.0))

    def follow(self, folder: Path) -> None:
        """Follow what a set says, looked at once a day."""
        told = json.loads((folder / "follow.json").read_text(encoding="utf-8"))["follow"]
        addresses = [f"{self._served.address}{path}" for path in told]
        follow(self._home, addresses, _DAY_SECONDS, "", moment_of(1))

    def happen(self, event: Mapping[str, Any]) -> None:
        """Let one thing happen."""
        self._served.happen(event)

    def sync(self, assistant: Assistant, day: int) -> None:
        """Fetch what is due."""
        embedder = assistant.embedder()
        with closing(PassageStore(self._home, embedder.name)) as store:
            fetch_due(store, lambda: embedder, moment_of(day), lambda _: None, self._fetcher)
        self._served.begin_day()

    def path_of(self, source: Source) -> str:
        """Return the path of a source on the site."""
        return urlsplit(source.url).path


def run_days(assistant: Assistant, folder: Path, site: Site) -> Iterator[Report]:
    """Yield what the radar says on each day of a set, whose pages are on a site."""
    events = read_lines(folder / "site.jsonl")
    kept = read_lines(folder / "kept.jsonl")
    gold = read_lines(folder / "gold.jsonl")
    keeper = _Keeper(assistant, site)
    names: dict[tuple[str, str], str] = {}
    told: set[int] = set()
    last = max(int(one["day"]) for one in (*events, *kept, *gold))
    for day in range(1, last + 2):
        for event in (one for one in events if one["day"] == day):
            site.happen(event)
        site.sync(assistant, day)
        for one in (one for one in kept if one["day"] == day):
            names[keeper.keep(one)] = one["id"]
        assistant.look()
        yield from _reports(assistant.radar.changes(with_seen=True), names, told, day)


def _as_followed(
    gold: Sequence[Mapping[str, Any]], events: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Return gold with what went told a day later: a page is gone after a second look."""
    went = {(one["path"], one["day"]) for one in events if one["do"] == "vanish"}
    is_late = [(one["path"], one["day"]) in went for one in gold]
    late = zip(gold, is_late, strict=True)
    return [{**one, "day": one["day"] + 1} if is_gone else one for one, is_gone in late]


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


@dataclass(frozen=True, slots=True)
class _Keeper:
    """A reader who keeps what a set says, over a site."""

    assistant: Assistant
    site: Site

    def keep(self, one: Mapping[str, Any]) -> tuple[str, str]:
        """Keep a thing; return its kind and the reference under which the radar has it."""
        assistant = self.assistant
        if one["kind"] == "question":
            assistant.radar.save_question(one["question"])
            return "question", " ".join(one["question"].split())
        if one["kind"] == "draft":
            return "draft", self._keep_draft(one)
        if one["kind"] == "table":
            facts = assistant.facts(one["words"], 10_000).facts
            assistant.keep_table(one["words"], facts)
            return "table", one["words"]
        answer = assistant.ask(one["question"])
        quotes = one.get("rests_on") or ()
        if quotes and not any(self._carries(c, one["path"], quotes) for c in answer.citations):
            answer = self._quoting(one["question"], quotes, [one["path"]] * len(quotes))
        return "answer", assistant.keep(answer).id

    def _carries(self, cited: Citation, path: str, quotes: Iterable[str]) -> bool:
        """Tell whether a citation has the words that carry an answer."""
        pairs = ((cited.quote, quote) for quote in quotes)
        is_there = any(find_quote(a, b) or find_quote(b, a) for a, b in pairs)
        return is_there and self.site.path_of(cited.source) == path

    def _keep_draft(self, kept: Mapping[str, Any]) -> str:
        """Check a draft; a sentence that its page does not carry for us counts as carried by it."""
        draft = draft_of(f"{kept['id']}.md", kept["text"].encode())
        checked = list(self.assistant.check(draft))
        journal = self.assistant.journal(draft)
        quotes = list(zip(kept["rests_on"], kept["paths"], strict=False))
        for held, (quote, path) in zip(checked, quotes, strict=False):
            is_carried = held.verdict in ("supported", "partly")
            source = self._source_at(path)
            if not is_carried or source.id not in {one.source_id for one in held.references}:
                journal.keep(self._carried(held, quote, path))
        list(self.assistant.check(draft))
        return draft.name

    def _carried(self, held: CheckedSentence, quote: str, path: str) -> CheckedSentence:
        cited = self._quoting(held.sentence.text, [quote], [path]).citations
        references = tuple(map(reference_of, cited))
        return CheckedSentence(held.sentence, "fact", "supported", references=references)

    def _quoting(self, question: str, quotes: Sequence[str], paths: Sequence[str]) -> Answer:
        """Return an answer made of quotes, as a reader may have written it down."""
        citations = tuple(
            self._citation(number, quote, path)
            for number, (quote, path) in enumerate(zip(quotes, paths, strict=True), start=1)
        )
        sentences = tuple(Sentence(one.quote, (one.number,), "supported") for one in citations)
        text = " ".join(one.text for one in sentences)
        return Answer(question, question, "answered", text, sentences, citations)

    def _source_at(self, path: str) -> Source:
        sources = (one.source for one in self.assistant.sources() if not one.source.retired)
        return next(one for one in sources if self.site.path_of(one) == path)

    def _citation(self, number: int, quote: str, path: str) -> Citation:
        source = self._source_at(path)
        for page in self.assistant.pages(source.id):
            if found := find_quote(page.text, quote):
                text = page.text[found.start : found.end]
                return Citation(
                    *(number, source, page.number, page.label, found.start, found.end, text),
                    *(Context(), found.start, text, True),
                )
        raise ValueError(f"{path} does not say {quote!r}")


if __name__ == "__main__":
    sys.exit(main())
