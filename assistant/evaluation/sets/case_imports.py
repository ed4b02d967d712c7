"""Importing a question set of other people: cases and documents in a folder of our own."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.errors import CaseFileError
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import collect_cases, write_cases
from assistant.evaluation.sets.beir_sets import read_beir
from assistant.evaluation.sets.question_sets import SetQuestions, read_questions
from assistant.evaluation.sets.set_documents import SetDocuments, find_pdfs, write_documents
from assistant.evaluation.whole_files import write_whole

SetForm = Literal["beir", "questions"]

_CORPUS_FILE = "corpus.jsonl"


@dataclass(frozen=True, slots=True)
class ImportedSet:
    """What was imported.

    `left_out` counts queries without a relevant document in the split that was taken; `add` is
    the folder to add to a home before the cases of `cases_file` are run.
    """

    form: SetForm
    cases: int
    documents: int
    left_out: int
    add: Path
    cases_file: Path


def import_set(
    folder: Path, out: Path, on_document: Callable[[int], None] = lambda _count: None
) -> ImportedSet:
    """Write the cases of a set to `out/cases.jsonl`, and its corpus to `out/documents`.

    The set is a BEIR folder (`queries.jsonl`, `qrels/`, `corpus.jsonl`), or has `questions.jsonl`
    with `corpus.jsonl` or PDFs in `pdfs/` beside it; PDFs stay where they are. `on_document` is
    told how many documents are written. The cases are written last and whole: after a stop the
    same command completes the work. Raises CaseFileError with file and line for what cannot be
    used, and for an `out` that holds cases or documents of something else.
    """
    form, questions = _read_set(folder)
    # Checked before anything is written; so far the places name documents by their ids.
    cases = collect_cases(questions.path, questions.records)
    if not cases:
        raise CaseFileError(f"{questions.path}: holds no question that could be a case")
    cases_file = out / "cases.jsonl"
    try:
        _claim(out, folder)
        documents = _set_documents(folder, out, cases, on_document)
        write_cases(cases_file, _named(cases, questions, documents))
    except OSError as error:
        raise CaseFileError(
            f"{error.filename or out}: cannot be read or written ({error.strerror})"
        ) from error
    return ImportedSet(
        form, len(cases), documents.count, questions.left_out, documents.folder, cases_file
    )


def _read_set(folder: Path) -> tuple[SetForm, SetQuestions]:
    if (folder / "queries.jsonl").is_file():
        if not (folder / _CORPUS_FILE).is_file():
            raise CaseFileError(f"{folder}: has queries.jsonl, but no {_CORPUS_FILE} beside it")
        return "beir", read_beir(folder)
    if (folder / "questions.jsonl").is_file():
        return "questions", read_questions(folder)
    raise CaseFileError(
        f"{folder}: is no set that can be imported; it has neither queries.jsonl (as in BEIR) nor "
        "questions.jsonl"
    )


def _claim(out: Path, folder: Path) -> None:
    """Write down what `out` holds, so that documents of two sets are never mixed in it."""
    claim = out / "import.json"
    source = json.dumps({"imported": str(folder.resolve())}) + "\n"
    is_ours = claim.is_file() and claim.read_bytes() == source.encode()
    if not is_ours and any((out / name).exists() for name in ("cases.jsonl", "documents")):
        raise CaseFileError(f"{out}: holds cases or documents of something else; choose another")
    out.mkdir(parents=True, exist_ok=True)
    write_whole(claim, source.encode())


def _set_documents(
    folder: Path, out: Path, cases: Sequence[Case], on_document: Callable[[int], None]
) -> SetDocuments:
    wanted = {place.file for case in cases for place in case.evidence}
    corpus, pdfs = folder / _CORPUS_FILE, folder / "pdfs"
    if corpus.is_file():
        return write_documents(corpus, out / "documents", wanted, on_document)
    if pdfs.is_dir():
        return find_pdfs(pdfs)
    return SetDocuments(folder, 0, {name: name for name in wanted})


def _named(
    cases: Sequence[Case], questions: SetQuestions, documents: SetDocuments
) -> Iterator[Case]:
    """Yield the cases with the names of files in their places."""
    for case, item in zip(cases, questions.records, strict=True):
        for place in case.evidence:
            if place.file not in documents.names:
                raise CaseFileError(
                    f"{questions.path}, {item.place}: document {place.file!r}, which holds the "
                    "answer, is not in the set"
                )
        evidence = (replace(place, file=documents.names[place.file]) for place in case.evidence)
        yield replace(case, evidence=tuple(evidence))
