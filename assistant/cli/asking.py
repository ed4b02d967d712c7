"""Commands that ask: search, ask, chat, records, cite."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.answer import (
    Answer,
    Turn,
    answer_to_json,
    cited_claim_to_json,
    evidence_to_json,
)
from assistant.cli.listening import hear, hear_aloud
from assistant.cli.opening import open_assistant
from assistant.cli.options import Json, ProofFile, with_filters
from assistant.cli.printing import (
    json_text,
    one_line,
    print_answer,
    print_cited,
    print_instruction_note,
    print_json,
    print_quoted,
    print_replay,
    print_understood,
    say,
    say_kept,
    say_understood,
    show,
)
from assistant.cli.proofs import write_proof
from assistant.errors import AnswerError, TableError
from assistant.records import AnswerRecords, Kept
from assistant.replaying import Replay, replay_to_json
from assistant.tabulating.writing import table_csv
from assistant.understanding import reasons_to_json, understood_to_json
from index.passage import Evidence, Filters

if TYPE_CHECKING:
    from assistant.assistant import Assistant

app = typer.Typer()


class TableForm(StrEnum):
    """How a table is printed."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


@app.command()
@with_filters
def search(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What to look for.")] = "",
    limit: Annotated[int, typer.Option("-k", min=1, max=200, help="How many passages.")] = 10,
    queries: Annotated[
        Path | None, typer.Option(help="JSON lines of id and question; one result a line.")
    ] = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Say how the question is understood, and why each ranks."),
    ] = False,
    as_json: Json = False,
    filters: Filters = Filters(),
) -> None:
    """Find the passages that answer a question, best first.

    They are found by meaning and by words; of the best, those whose year, row, source or edition is
    the one asked for come first. --explain shows what each of these adds to a passage's score.
    """
    if bool(question) == bool(queries):
        raise typer.BadParameter("give a QUESTION or --queries FILE, one of the two")
    with open_assistant(context.obj) as assistant:
        if queries:
            for query in _read_queries(queries):
                found = assistant.search(query["question"], limit, filters)
                line = query | _found_to_json(query["question"], found, explain)
                print(json_text(line), flush=True)
            return
        found = assistant.search(question, limit, filters)
    if as_json:
        print_json({"question": question} | _found_to_json(question, found, explain))
        return
    if explain:
        for part in understood_to_json(question):
            print_understood(part)
    for rank, evidence in enumerate(found, start=1):
        source, passage = evidence.source, evidence.passage
        show(f"{rank}. {source.title}, p. {passage.page_label}  ({source.path})")
        show(f"   {one_line(passage.text)[:300]}")
        print_instruction_note(passage.text, "   ")
        if explain:
            told = [f"{name} {gain:+.3f}" for name, gain in reasons_to_json(evidence).items()]
            show(f"   {evidence.score:.3f} = {', '.join(told)}")
    if not found:
        say("nothing found")


@app.command()
@with_filters
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question, in plain language.")] = "",
    replay: Annotated[
        str, typer.Option(help="The id of a record: ask the same again, say what changed.")
    ] = "",
    is_strict: Annotated[
        bool, typer.Option("--strict", help="Show of what a model writes what is verified alone.")
    ] = False,
    table: Annotated[
        TableForm | None,
        typer.Option(help="Answer by a table, as aligned text, CSV (a line a cell) or JSON."),
    ] = None,
    proof: ProofFile = None,
    as_json: Json = False,
    filters: Filters = Filters(),
) -> None:
    """Answer a question; every sentence cites the source, page and words that carry it.

    A question that asks for a table ("by country", "by year", "as a table") is answered by one.
    CSV has a line for each cell, with its source, page and exact words, so that each figure can
    be checked, and a pivot of row and column gives the table back.

    The answer is recorded in the home; its id is told on stderr, and --replay takes it. --proof
    writes what it cites to a bundle that rare-earth verify holds against the original files.
    """
    if bool(question) == bool(replay):
        raise typer.BadParameter("give a QUESTION or --replay ID, one of the two")
    if replay and filters != Filters():
        raise typer.BadParameter("--replay asks with the filters of the record; give none")
    if replay and table:
        raise typer.BadParameter("--replay asks as the record was asked; give no --table")
    if replay and proof:
        raise typer.BadParameter("--replay proves nothing; rare-earth export --proof does")
    settings = replace(context.obj, strict=True) if is_strict else context.obj
    with open_assistant(settings) as assistant:
        if replay:
            _show_replay(assistant.replay(replay), as_json)
            return
        if as_json or table:
            kept = _answer_whole(assistant, question, filters, table, as_json)
        else:
            _, kept = _answer(assistant, question, (), filters)
        if proof and kept.record:
            write_proof(assistant.prove(kept.record), proof)


@app.command()
@with_filters
def chat(context: typer.Context, filters: Filters = Filters()) -> None:
    """Ask and follow up, a question a line; an empty line ends. Each answer is recorded.

    Ctrl-C while a language model writes stops it; another gives the question up.
    """
    turns: list[Turn] = []
    with open_assistant(context.obj) as assistant:
        say("Ask a question. An empty line ends.")
        for line in sys.stdin:
            if not line.strip():
                break
            try:
                told, _ = _answer(assistant, line.strip(), turns, filters)
            except KeyboardInterrupt:
                say("\nthe question was given up; ask another, or end with an empty line")
                continue
            turns += [Turn("user", told.standalone_question), Turn("assistant", told.text)]


def _answer(
    assistant: "Assistant", question: str, turns: Sequence[Turn], filters: Filters
) -> tuple[Answer, Kept]:
    """Answer a question, its sentences printed as they come, and keep its record."""
    heard = hear_aloud(assistant.stream(question, turns, filters), question)
    answer = heard.answer
    if not heard.printed:
        say_understood(question, answer.standalone_question)
    print_answer(answer, heard.printed)
    kept = assistant.keep(answer, turns, filters)
    say_kept(kept)
    return answer, kept


def _answer_whole(
    assistant: "Assistant",
    question: str,
    filters: Filters,
    table: TableForm | None,
    as_json: bool,
) -> Kept:
    """Answer a question, print it as JSON or a table once it is whole, and keep its record."""
    if table:
        answer = assistant.tabulate(question, (), filters)
    else:
        answer = hear(assistant.stream(question, (), filters))
    kept = assistant.keep(answer, (), filters, as_table=table is not None)
    if table and not answer.table:
        say_kept(kept)
        raise TableError("no table came out of the sources; ask without --table")
    if as_json or table == TableForm.JSON:
        print_json(answer_to_json(answer) | {"record": kept.id})
    elif table == TableForm.CSV:
        show(table_csv(answer), end="")
    else:
        print_answer(answer)
    say_kept(kept)
    return kept


def _show_replay(replay: Replay, as_json: bool) -> None:
    if as_json:
        print_json(replay_to_json(replay))
    else:
        print_replay(replay)


@app.command()
def records(
    context: typer.Context,
    limit: Annotated[int, typer.Option("-k", min=1, help="How many, the newest first.")] = 20,
    as_json: Json = False,
) -> None:
    """List the recorded answers of this home, the newest first; ask --replay ID asks one again."""
    heads = AnswerRecords(context.obj.home).latest(limit)
    if as_json:
        print_json({"records": [asdict(head) for head in heads]})
        return
    for head in heads:
        show(f"{head.id}  {head.time[:19]}Z  {head.status:<13}  {one_line(head.question)}")
    if not heads:
        say("no answer is recorded in this home yet")


@app.command()
@with_filters
def cite(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(help="A sentence, or several.")],
    as_quotes: Annotated[
        bool, typer.Option("--quote", help="Print each with its reference, ready to paste.")
    ] = False,
    as_json: Json = False,
    filters: Filters = Filters(),
) -> None:
    """Find the sources for a claim, with a verdict on it.

    With --quote what is supported is printed with its reference and the source's words; exit 1
    where something is not.
    """
    with open_assistant(context.obj) as assistant:
        cited = assistant.cite(claim, filters)
    if as_quotes:
        carried = [one for one in cited if one.verdict == "supported"]
        for one in carried:
            print_quoted(one)
        for one in cited:
            if one not in carried:
                say(f"{one.verdict.replace('_', ' ')}, not quoted: {one.claim}")
        if len(carried) < len(cited):
            raise typer.Exit(1)
        return
    if as_json:
        print_json({"claims": [cited_claim_to_json(c) for c in cited]})
        return
    for one in cited:
        print_cited(one)


def _found_to_json(question: str, found: Sequence[Evidence], explain: bool) -> dict[str, Any]:
    if not explain:
        return {"evidence": [evidence_to_json(each) for each in found]}
    return {
        "understood": understood_to_json(question),
        "evidence": [evidence_to_json(each) | {"reasons": reasons_to_json(each)} for each in found],
    }


def _read_queries(file: Path) -> Iterator[dict[str, str]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AnswerError(f"{file} cannot be read ({error}); give a file of JSON lines") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            query = json.loads(line)
            yield {"id": str(query["id"]), "question": str(query["question"])}
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise AnswerError(
                f"{file} line {number}: not a JSON object with id and question; correct it"
            ) from error
