"""How results read on a terminal: results to stdout, progress and warnings to stderr."""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from assistant.answer import (
    Answer,
    Citation,
    CitedClaim,
    Tokens,
    page_place,
    pasted_claim,
    recognition,
    told_beside,
)
from assistant.answer.answer_words import instruction_note, is_model_written
from assistant.evaluation.results import CaseResult
from assistant.records import Kept
from assistant.replaying import Replay
from assistant.tabulating.writing import table_text
from corpus.instructions import visible
from index.ingestion.sync import Progress

_NOT_SEEN = re.compile("[\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LOG_SECONDS = 10.0  # between two lines on progress where no bar can be shown
_MINUTES_FROM = 90  # seconds, from which on a time left is told in minutes


def print_answer(answer: Answer, printed: str = "") -> None:
    """Print an answer, as a table where it is one, with its references.

    `printed` is what of its text was printed while it was written; a text that became another is
    printed anew.
    """
    if printed and not answer.text.startswith(printed):
        print()
        say("the answer became another than what stands above; it is this:")
        printed = ""
    if answer.table:
        if len(answer.sentences) > len(answer.table.rows):  # the finding stands on top
            show(f"{answer.text.splitlines()[0]}\n")
        show(f"{table_text(answer.table)}\n")
        for citation in answer.citations:
            place = f"{_titled_place(citation)}  ({citation.source.path})"
            show(f'[{citation.number}] {place}: "{one_line(citation.quote)}"')
    else:
        show(answer.text[len(printed) :])
        _print_steps(answer)
        for citation in answer.citations:
            _print_reference(citation)
    for warning in answer.warnings:
        say(f"warning: {warning}")
    _print_set_aside(answer)
    if is_model_written(answer):
        say(_written_by(answer))


def _written_by(answer: Answer) -> str:
    told = f"written by {answer.model} in {answer.seconds.whole:.1f} s"
    if answer.tokens != Tokens():  # a model that was stopped may not have told them
        told += f", {answer.tokens.told(answer.cost)}"
    return f"{told}; each sentence verified against its quotes"


def _print_set_aside(answer: Answer) -> None:
    """Print to stderr what a model wrote that does not hold, with the reason and what it quotes."""
    for one in answer.set_aside:
        say(f"\nnot in the answer ({one.support}): {one.text}\n    {one.reason}")
        for citation in one.citations:
            say(f'    {_titled_place(citation)}: "{one_line(citation.quote)}"')


def say_understood(question: str, understood: str) -> None:
    """Say on stderr how a question is understood, where that differs."""
    if understood not in ("", question):
        say(f"understood as: {understood}")


def _print_steps(answer: Answer) -> None:
    if answer.steps:
        show("\nSteps:")
    for number, step in enumerate(answer.steps, start=1):
        marks = "".join(f" [{cited}]" for cited in step.citations)
        show(f"  {number}. {step.text}{marks}")


def _print_reference(citation: Citation) -> None:
    source = citation.source
    speaker = source.publisher or source.author
    told = (speaker, source.edition, source.published, recognition(source))
    about = ", ".join(filter(None, told))
    show(f"\n[{citation.number}] {_titled_place(citation)}" + (f". {about}" if about else ""))
    show(f'    "{one_line(citation.quote)}"')
    for name, words in told_beside(citation.context):
        show(f"    {name}: {words}")
    print_instruction_note(citation.passage, "    ")
    fetched = f"{source.url}, fetched {source.fetched[:10]}"
    show(f"    {fetched if source.fetched else source.path}")


def print_replay(replay: Replay) -> None:
    """Print what changed since an answer was recorded, a line a thing; nothing says so too."""
    record = replay.record
    show(f"{record.id}, {record.time[:19]}Z: {one_line(record.answer['question'])}")
    for change in replay.changes:
        show(f"{change.kind}:")
        if change.before:
            show(f"  - {one_line(change.before)}")
        if change.now:
            show(f"  + {one_line(change.now)}")
    if not replay.changes:
        show("nothing has changed: the same answer from the same index")


def say_kept(kept: Kept) -> None:
    """Say on stderr under which id an answer is recorded, and what stood against it."""
    if kept.warning:
        say(f"warning: {kept.warning}")
    if kept.id:
        say(f"record: {kept.id}")


def print_understood(part: Mapping[str, Any]) -> None:
    """Print how a part of a question is understood, a line a thing."""
    for name, value in part.items():
        if isinstance(value, dict):
            for slot, said in value.items():
                show(f"{slot}: {said}")
            continue
        told = "; ".join(map(str, value)) if isinstance(value, list) else value
        show(f"{name.replace('_', ' ')}: {told}")
    show()


def print_cited(cited: CitedClaim) -> None:
    """Print a claim with its verdict and the passages that carry it."""
    show(f"{cited.verdict.upper().replace('_', ' ')}: {cited.claim}")
    if cited.says:
        lead = "" if cited.verdict == "supported" else "the source says: "
        show(f"  {lead}{cited.says}")
    for citation in cited.citations:
        told = "; ".join(filter(None, (citation.source.path, recognition(citation.source))))
        show(f"  [{citation.number}] {_titled_place(citation)}  ({told})")
        show(f'      "{one_line(citation.quote)}"')
        for name, words in told_beside(citation.context):
            show(f"      {name}: {words}")
        print_instruction_note(citation.passage, "      ")


def print_quoted(cited: CitedClaim) -> None:
    """Print a claim with its reference, and the words that carry it, to be pasted."""
    show(pasted_claim(cited))


def print_outcomes(
    counted: Mapping[str, Sequence[str]], named: Mapping[str, Sequence[str]], beside: str = ""
) -> None:
    """Print of what was taken in how much came out how, and what is named to stderr, line by line.

    `beside` stands behind the counts.
    """
    show(", ".join(f"{len(lines)} {outcome}" for outcome, lines in counted.items()) + beside)
    for outcome, lines in named.items():
        for line in lines:
            say(f"{outcome}: {line}")


def print_instruction_note(passage: str, indent: str) -> None:
    """Print a line that marks a passage which orders something of a machine, if it does."""
    if note := instruction_note(passage):
        show(f"{indent}note: {note}")


def _titled_place(citation: Citation) -> str:
    place = page_place(citation.source, citation.page, citation.page_label)
    return ", ".join(filter(None, (citation.source.title, place)))


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print(json_text(value, indent=2))


def json_text(value: object, indent: int | None = None) -> str:
    """Return a value as JSON; signs that steer a terminal or are not seen stand as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _NOT_SEEN.sub(lambda sign: json.dumps(sign.group())[1:-1], text)


def show(text: str = "", end: str = "\n") -> None:
    """Print to stdout what a terminal shows as it is; nothing in a document steers it."""
    print(visible(text), end=end, flush=True)


def one_line(text: str) -> str:
    """Return a text with its white space folded."""
    return " ".join(text.split())


def counted(count: int, noun: str) -> str:
    """Return a count of things: "1 answer", "2 answers"."""
    return f"{count} {noun}{'s' * (count != 1)}"


def say(message: str) -> None:
    """Print a message to stderr."""
    print(visible(message), file=sys.stderr)


@contextmanager
def show_progress() -> Iterator[Callable[[Progress], None]]:
    """Show on stderr how far reading is: a bar on a terminal, in a log a line now and then."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _log_progress()
        return
    left = TextColumn("{task.fields[left]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), left)
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None, left="")

        def show(progress: Progress) -> None:
            doing = "embedding " if progress.outcome == "embedding" else ""
            bar.update(
                task,
                completed=progress.done,
                total=progress.total,
                description=escape(doing + visible(progress.path)[-40:]),
                left=_left(progress).removeprefix(", "),
            )

        yield show


def _log_progress() -> Callable[[Progress], None]:
    """Return what writes a line with an estimate each time that so many seconds have passed."""
    last = time.monotonic()

    def log(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _LOG_SECONDS:
            return
        last = now
        told = f"{progress.done:,} of {progress.total:,} files{_left(progress)}"
        say(f"{told}; at {progress.path}")

    return log


def _left(progress: Progress) -> str:
    return _time_left(progress.seconds_left) if progress.seconds_left >= 0 else ""


def _time_left(seconds: float) -> str:
    """Return a time that is left in words, as exactly as an estimate deserves."""
    if seconds >= _MINUTES_FROM:
        return f", about {seconds / 60:.0f} min left"
    return f", about {max(round(seconds, -1), 10):.0f} s left"


@contextmanager
def show_bar(title: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr; call what it yields with how many are done."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def show_cases(total: int) -> Iterator[Callable[[int, int, CaseResult], None]]:
    """Show on stderr how far a run is: a bar on a terminal, in a log a line now and then."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar
    from rich.progress import TimeRemainingColumn as Remaining

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("asking", total=total)
        started = last = time.monotonic()
        asked = failed = 0

        def show(done: int, of: int, result: CaseResult) -> None:
            nonlocal last, asked, failed
            asked += 1
            failed += bool(result.error)
            told = f"asking, {failed} failed" if failed else "asking"
            bar.update(task, completed=done, description=told)
            now = time.monotonic()
            if not console.is_terminal and now - last >= _LOG_SECONDS:
                last = now
                left = _time_left((now - started) / asked * (of - done))
                say(f"{done:,} of {of:,} cases, {failed} failed{left}")

        yield show
