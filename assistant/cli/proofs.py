"""The command that holds a proof bundle against the original files; bundles written."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Json
from assistant.cli.printing import one_line, print_json, say, show, show_bar
from assistant.errors import ProofError
from assistant.evaluation.whole_files import write_whole

if TYPE_CHECKING:
    from assistant.proof import Bundle, CitationCheck

app = typer.Typer()

_SHOWN_SKIPPED = 10


@app.command()
def verify(
    bundle: Annotated[Path, typer.Argument(help="A .zip file that --proof wrote.")],
    folders: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FOLDER...", help="Where the original files lie; without it, here."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Hold a proof bundle against the original files, offline, without a home or an index.

    The files are found by their digests, wherever they lie under the folders and whatever they
    are called. Each cited page is read again, and each quote must stand at its place. A file that
    differs is named with both digests. Exit 1 unless every quote holds; nothing is written.
    """
    from assistant.proof import check_to_json, find_originals, unpack_bundle
    from assistant.proof import verify as verify_citations

    opened = unpack_bundle(bundle)
    citations = opened.proof.citations
    search = find_originals(citations, folders or [Path()])
    checks = list["CitationCheck"]()
    with show_bar("verifying", len(citations)) as bar:
        for check in verify_citations(opened.proof, search.found):
            checks.append(check)
            bar(len(checks))
    if as_json:
        about = {"bundle": str(bundle), "sha256": opened.sha256, "about": opened.proof.about}
        told = [check_to_json(one) for one in checks]
        holds = all(one.holds for one in checks)
        print_json(about | {"holds": holds, "citations": told, "skipped": search.skipped})
    else:
        _print(bundle, opened, checks)
        _say_skipped(search.skipped)
    if not all(one.holds for one in checks):
        raise typer.Exit(1)


def write_proof(bundle: bytes, out: Path) -> None:
    """Write a bundle and say its digest. Raises ProofError."""
    try:
        write_whole(out, bundle)
    except OSError as error:
        raise ProofError(f"{out} cannot be written ({error.strerror})") from error
    say(f"{out}: proof bundle, sha256 {sha256(bundle).hexdigest()}")


def _print(bundle: Path, opened: "Bundle", checks: "Sequence[CitationCheck]") -> None:
    for check in checks:
        cited = check.citation
        printed = f" (printed {cited.page_label})" if cited.page_label != str(cited.page) else ""
        place = f"{cited.path}, page {cited.page}{printed}"
        show(f'[{cited.number}] {check.state}: {place}: "{one_line(cited.quote)}"')
        if check.reason:
            show(f"    {one_line(check.reason)}")
        if check.holds and not check.place.endswith(cited.path):
            show(f"    it is {check.place} here")
        if check.same_picture is False:
            show(f"    its picture is drawn otherwise here; look at the page in {check.place}")
    counts = Counter(check.state for check in checks)
    told = ", ".join(f"{count} {state}" for state, count in counts.items())
    about = ", ".join(f"{name}: {value}" for name, value in opened.proof.about.items())
    show(f"{one_line(about)}\n{bundle}: {told}; sha256 of the bundle {opened.sha256}")


def _say_skipped(skipped: Sequence[str]) -> None:
    for one in skipped[:_SHOWN_SKIPPED]:
        say(f"not looked at: {one}")
    if len(skipped) > _SHOWN_SKIPPED:
        say(f"not looked at: {len(skipped) - _SHOWN_SKIPPED:,} more; --json names them")
