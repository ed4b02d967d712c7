"""Folders in the form of BEIR (Thakur et al. 2021): queries, and which documents answer them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CaseFileError
from assistant.evaluation.loading.case_lines import read_json_lines, read_lines
from assistant.evaluation.loading.case_records import PlacedRecord
from assistant.evaluation.sets.question_sets import SetQuestions
from assistant.evaluation.sets.set_documents import read_id

_SPLITS = ("test", "dev", "train")


@dataclass(frozen=True, slots=True)
class _Judgement:
    """How relevant a document is to a query; relevant above 0."""

    query: str
    document: str
    score: float
    place: str


def read_beir(folder: Path) -> SetQuestions:
    """Return the queries with a relevant document; `file` in their evidence is a document's id.

    Relevant are those scored above 0 in the first of qrels/test.tsv, dev.tsv and train.tsv that
    there is, the highest score first. Queries without any are left out and counted. Raises
    CaseFileError with file and line for what cannot be used, as for a judgement on no query.
    """
    path = folder / "queries.jsonl"
    judgements_path = _judgements_file(folder / "qrels")
    judged = _judgements_by_query(judgements_path)
    unknown = dict(judged)
    records: list[PlacedRecord] = []
    left_out = 0
    for item in read_json_lines(path):
        where = f"{path}, {item.place}"
        if not isinstance(item.record, dict):
            raise CaseFileError(f"{where}: a query is a JSON object")
        query = read_id(item.record, "_id", where)
        unknown.pop(query, None)
        evidence = [{"file": document} for document in _relevant(judged.get(query, {}))]
        if evidence:
            record = {"id": query, "question": item.record.get("text"), "evidence": evidence}
            records.append(PlacedRecord(item.place, record))
        else:
            left_out += 1
    for query, judgements in unknown.items():
        place = next(iter(judgements.values())).place
        raise CaseFileError(f"{judgements_path}, {place}: query {query!r} is not in {path.name}")
    return SetQuestions(path, tuple(records), left_out)


def _judgements_file(folder: Path) -> Path:
    paths = [folder / f"{split}.tsv" for split in _SPLITS]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        raise CaseFileError(f"{folder}: has none of {', '.join(path.name for path in paths)}")
    return path


def _judgements_by_query(path: Path) -> dict[str, dict[str, _Judgement]]:
    """Return the judgements of a file by query and document."""
    judged: dict[str, dict[str, _Judgement]] = {}
    for found in _read_judgements(path):
        first = judged.setdefault(found.query, {}).setdefault(found.document, found)
        if first.score != found.score:
            raise CaseFileError(
                f"{path}, {found.place}: scores {found.document!r} for {found.query!r} otherwise "
                f"than {first.place}; leave one"
            )
    return judged


def _read_judgements(path: Path) -> Iterator[_Judgement]:
    for line in read_lines(path):
        columns = [column.strip() for column in line.text.split("\t")]
        if len(columns) != 3:
            raise CaseFileError(
                f"{path}, {line.place}: is not query-id, corpus-id and score, parted by tabs"
            )
        try:
            yield _Judgement(columns[0], columns[1], float(columns[2]), line.place)
        except ValueError as error:
            if line.number > 1:  # the first is the header
                raise CaseFileError(
                    f"{path}, {line.place}: the score is a number, not {columns[2]!r}"
                ) from error


def _relevant(judgements: Mapping[str, _Judgement]) -> list[str]:
    """Return the relevant documents, the best first and as they stand in the file among equals."""
    relevant = [judgement for judgement in judgements.values() if judgement.score > 0]
    return [each.document for each in sorted(relevant, key=lambda each: -each.score)]
