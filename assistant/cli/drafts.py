"""The command that checks the draft of a report, claim by claim, and gives it back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import Json, ProofFile, with_filters
from assistant.cli.printing import counted, print_json, say, show, show_bar
from assistant.cli.proofs import write_proof
from assistant.drafts import CheckedSentence, Draft, checked_to_json, counts_told, read_draft
from assistant.drafts.footnotes import with_footnotes
from assistant.errors import DraftError, LanguageModelError
from assistant.evaluation.whole_files import write_whole
from assistant.exporting import REFERENCE_FORMATS, bibliography_of_references
from index.passage import Filters

app = typer.Typer()

_TABLES = (".csv", ".xlsx")
_TEXTS = (".md", ".markdown")


@app.command()
@with_filters
def check(
    context: typer.Context,
    draft: Annotated[Path, typer.Argument(help="A .docx, .md, .txt or .pdf.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Write the draft back: .docx with comments, or .md with notes."),
    ] = None,
    table: Annotated[
        Path | None, typer.Option(help="Write all sentences to this .csv or .xlsx file.")
    ] = None,
    suggest: Annotated[
        bool,
        typer.Option("--suggest", help="Put corrections into it, in a DOCX as tracked changes."),
    ] = False,
    footnotes: Annotated[
        bool,
        typer.Option("--footnotes", help="Put a footnote with its source to each supported fact."),
    ] = False,
    references: Annotated[
        Path | None,
        typer.Option(help="Write the cited pages to this .bib, .ris or .json (CSL) file."),
    ] = None,
    proof: ProofFile = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show what is supported as well, with its sources.")
    ] = False,
    as_json: Json = False,
    filters: Filters = Filters(),
) -> None:
    """Check the draft of a report claim by claim against the sources.

    Each sentence, list item and figure of a table that states a fact gets a verdict (supported,
    partly, contradicted, not found) with the source's own words; opinions and what only leads over
    are left alone. Exit 1 where something is contradicted, so that pipelines stop. What was decided
    in the app counts here: what is dismissed is no problem, corrections that were taken and
    citations stand in what is written. With a language model set, it reads and judges, and a
    verifier looks at each verdict. What is checked is kept: stopped and run again, the check goes
    on where it was.
    """
    _check_outputs(draft, out, table)
    if references and references.suffix.lower() not in REFERENCE_FORMATS:
        raise typer.BadParameter(f"{references}: references are a .bib, .ris or .json file")
    if footnotes and out is None:
        raise typer.BadParameter("--footnotes go into the draft: give --out FILE as well")
    read = read_draft(draft)
    checked = list[CheckedSentence]()
    with open_assistant(context.obj) as assistant, show_bar("checking", len(read.sentences)) as bar:
        try:
            for one in assistant.check(read, filters):
                checked.append(one)
                bar(len(checked))
        except LanguageModelError as error:
            kept = f"{len(checked)} of {len(read.sentences)} sentences are checked and kept"
            raise DraftError(f"{error} ({kept}; run the same command again)") from error
    shown = [one for one in checked if everything or one.is_problem]
    if out:
        _write_back(read, list(_decided(checked, suggest, footnotes)), out, everything)
    if table:
        from assistant.drafts.claim_table import write_claim_table

        write_claim_table(checked, table)
        say(f"{table}: {len(checked)} sentences")
    if references:
        _write_references(checked, references)
    if as_json:
        print_json({"draft": str(draft), "claims": [checked_to_json(one) for one in checked]})
    else:
        for one in shown:
            _print(one)
        show(f"{draft}: {counts_told(checked)}")
    if proof:
        with open_assistant(context.obj) as assistant:
            write_proof(assistant.prove_check(read, checked, filters), proof)
    if any(one.verdict == "contradicted" and not one.is_dismissed for one in checked):
        raise typer.Exit(1)


def _decided(
    checked: Iterable[CheckedSentence], all_taken: bool, all_cited: bool
) -> Iterator[CheckedSentence]:
    """Yield checked sentences, all corrections taken and all sources cited where that is asked."""
    for one in checked:
        made = one.decision
        made = replace(
            made, is_taken=all_taken or made.is_taken, is_cited=all_cited or made.is_cited
        )
        yield replace(one, decision=made)


def _check_outputs(draft: Path, out: Path | None, table: Path | None) -> None:
    """Raise BadParameter for a file that nothing can be written to, before anything is done."""
    if table and table.suffix.lower() not in _TABLES:
        raise typer.BadParameter(f"{table}: the table is a .csv or .xlsx file")
    if out is None:
        return
    if out.suffix.lower() not in (*_TEXTS, ".docx"):
        raise typer.BadParameter(f"{out}: the draft is written back as .docx or .md")
    if out.suffix.lower() == ".docx" and draft.suffix.lower() != ".docx":
        raise typer.BadParameter(f"{out}: only a .docx is written back as one; give a .md file")
    if out.resolve() == draft.resolve():
        raise typer.BadParameter(
            f"{out}: give another file than the draft, so that nothing is lost"
        )


def _write_back(draft: Draft, checked: list[CheckedSentence], out: Path, everything: bool) -> None:
    from assistant.drafts.markdown_notes import write_notes
    from assistant.drafts.word_comments import write_word_comments

    if not out.parent.is_dir():
        raise DraftError(f"{out.parent} is no folder; make it first")
    remarked = [
        one
        for one in checked
        if one.is_problem or one.is_corrected or (everything and one.verdict == "supported")
    ]
    write = write_word_comments if out.suffix.lower() == ".docx" else write_notes
    write(with_footnotes(draft, checked), remarked, counts_told(checked), out)
    say(f"{out}: {counted(len(remarked), 'remark')}")


def _write_references(checked: list[CheckedSentence], out: Path) -> None:
    cited = [ref for one in checked for ref in one.references]
    entries = bibliography_of_references(cited, date.today().isoformat())
    try:
        write_whole(out, REFERENCE_FORMATS[out.suffix.lower()](entries).encode())
    except OSError as error:
        raise DraftError(f"{out} cannot be written ({error.strerror})") from error
    say(f"{out}: {len(entries)} references")


def _print(one: CheckedSentence) -> None:
    sentence = one.sentence
    place = " › ".join(part for part in (sentence.section,) if part)
    show(f"{one.told}: {sentence.stated}" + (f"  [{place}]" if place else ""))
    for line in one.lines[1:]:
        show(f"    {line}")
    show("")
