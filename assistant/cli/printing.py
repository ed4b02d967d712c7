"""How results read on a terminal: results to stdout, progress and warnings to stderr."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.answer import Answer, CitedClaim, recognition, told_beside
from index.sync import Progress


def print_answer(answer: Answer) -> None:
    """Print an answer with its references."""
    print(answer.text)
    for citation in answer.citations:
        source = citation.source
        told = (source.publisher, source.edition, source.published, recognition(source))
        about = ", ".join(filter(None, told))
        page = f"p. {citation.page_label}"
        if citation.page_label != str(citation.page):
            page += f" (PDF page {citation.page})"
        place = f", {page}" if source.file_type == "pdf" else ""
        print(f"\n[{citation.number}] {source.title}{place}" + (f". {about}" if about else ""))
        print(f'    "{one_line(citation.quote)}"')
        for name, words in told_beside(citation.context):
            print(f"    {name}: {words}")
        print(f"    {source.path}")
    for warning in answer.warnings:
        say(f"warning: {warning}")


def print_cited(cited: CitedClaim) -> None:
    """Print a claim with its verdict and the passages that carry it."""
    print(f"{cited.verdict.upper().replace('_', ' ')}: {cited.claim}")
    if cited.says:
        print(f"  the source says: {cited.says}")
    for citation in cited.citations:
        place = f", p. {citation.page_label}" if citation.source.file_type == "pdf" else ""
        told = "; ".join(filter(None, (citation.source.path, recognition(citation.source))))
        print(f"  [{citation.number}] {citation.source.title}{place}  ({told})")
        print(f'      "{one_line(citation.quote)}"')
        for name, words in told_beside(citation.context):
            print(f"      {name}: {words}")


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def one_line(text: str) -> str:
    """Return a text with its white space folded."""
    return " ".join(text.split())


def say(message: str) -> None:
    """Print a message to stderr."""
    print(message, file=sys.stderr)


@contextmanager
def show_progress() -> Iterator[Callable[[Progress], None]]:
    """Show a bar on stderr while files are read."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining())
    console = Console(stderr=True)
    hidden = not console.is_terminal  # else a blank line is left in a log
    with Bar(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task("reading", total=None)

        def show(progress: Progress) -> None:
            bar.update(
                task, completed=progress.done, total=progress.total, description=progress.path[-40:]
            )

        yield show


@contextmanager
def show_bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr; call what it yields with how many are done."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.update(task, completed=done)
