"""What the readers of texts say, for a golden record: `python -m bench.readings --out FILE`.

A line of the record is a JSON object {"where", "text", "reader", "says"}: what one reader says of
one sentence, row, cell, passage, source, question or expected answer. Read are the shipped
documents and cases and, with --shared, DIR/sources and DIR/questions. A reader that says nothing of
a text has no line for it. `--compare OLD NEW` prints each difference of two records and a count a
reader, so that a reader can be rewritten and every change of what it says be seen. FILE may end in
.gz.

The readers stand in the tables below, each one small function: one that goes is pointed elsewhere.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO, TypeVar

from assistant.conversation.times import find_times as find_said_times
from assistant.evaluation.matching import contains_form
from assistant.sentences import sentence_spans
from bench.question_sets import SHIPPED_CASES
from corpus.build_pdfs import DOCUMENTS
from corpus.dating import (
    find_data_years,
    find_edition,
    find_published,
    find_version,
    read_date,
)
from corpus.document import Block, Cell, Document, Page
from corpus.errors import CorpusError
from corpus.figures import find_figures
from corpus.language.dates import find_dates
from corpus.language.periods import find_periods, find_years
from corpus.language.quantities import find_quantities
from corpus.lexicon import Entry, load_lexicon
from corpus.lexicon.mention import Mention
from corpus.reading import FILE_TYPES, read_document
from index.embedding import PACKAGED_MODEL, Embedder, load_embedder
from index.ingestion.splitting import passage_tokens, split_document
from index.parts import question_parts
from index.query import parse_query
from index.query.expected_type import expected_type
from index.question import analyze, editions
from index.ranking.source_words import asked_source_words
from index.ranking.traits import traits_of

Key = tuple[str, str, str]  # reader, where, text
Record = Mapping[Key, object]
_T = TypeVar("_T")
_FIRST_PAGES = 2  # of a source, in which it tells its own date and edition
_LABEL_CHARS = 60  # of a row, by which its cells are placed
_SHOWN_CHARS = 160  # of a text beside a difference

# What is said of any text: a sentence, a heading, a row, a question, an expected answer.
_OF_TEXTS: Mapping[str, Callable[[str], object]] = {
    "years": find_years,
    "periods": find_periods,
    "figures": find_figures,
    "dates": find_dates,
    "names": lambda text: _named(load_lexicon().find_mentions(text)),
    "editions": editions,
    "quantities": find_quantities,
    "conversation times": find_said_times,
}
_OF_QUESTIONS: Mapping[str, Callable[[str], object]] = {
    "question": analyze,
    "question parts": question_parts,
    "question names": lambda text: _named(load_lexicon().names_in(text)),
    "source words": lambda text: asked_source_words(analyze(text)),
    "answer type": lambda text: expected_type(text, parse_query(text)),
    "query": parse_query,
}
_OF_CELLS: Mapping[str, Callable[[Cell], object]] = {
    "cell": lambda cell: _without(cell, "text", "start", "end"),
    "cell date": lambda cell: read_date(cell.text),
    "cell figures": lambda cell: find_figures(cell.text),
}
_OF_SOURCES: Mapping[str, Callable[[Document], object]] = {
    "source": lambda document: _without(document.source, "id", "location", "sha256"),
    "published": lambda document: find_published(_first(document)),
    "data years": lambda document: find_data_years(_heads(document), _whole(document)),
    "edition": lambda document: find_edition(
        (document.source.title,), _first(document), document.source.published
    ),
    "version": lambda document: find_version(_first(document)),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What a reader says of a text, in values that JSON knows."""

    where: str
    text: str
    reader: str
    says: object

    @property
    def key(self) -> Key:
        """What tells a line from all others of a record."""
        return self.reader, self.where, self.text


@dataclass(frozen=True, slots=True)
class Difference:
    """What a reader said of a text in one record, and says in another."""

    reader: str
    where: str
    text: str
    before: object
    after: object


def main() -> int:
    """Write a record, or compare two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="write the record to this file")
    parser.add_argument("--shared", type=Path, help="a folder with sources/ and questions/")
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("OLD", "NEW"))
    arguments = parser.parse_args()
    if arguments.compare:
        return _tell_differences(*map(load_record, arguments.compare))
    if arguments.out is None:
        parser.error("give --out FILE or --compare OLD NEW")
    counted: Counter[str] = Counter()
    with _opened(arguments.out, "wt") as file:
        for line in _told_apart(record(arguments.shared)):
            file.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
            counted[line.reader] += 1
    for reader, count in counted.items():
        print(f"{reader}: {count:,}")
    print(f"{counted.total():,} lines")
    return 0


def record(shared: Path | None = None) -> Iterator[Line]:
    """Yield what each reader says of all that is shipped and of what a shared folder holds."""
    embedder = load_embedder(PACKAGED_MODEL)
    yield from _of_documents(DOCUMENTS, "shipped", embedder)
    for file in sorted(SHIPPED_CASES.parent.glob("*.jsonl")):
        yield from _of_cases(file)
    if shared is not None:
        yield from _of_documents(shared / "sources", "shared", embedder)
        for file in sorted((shared / "questions").glob("*.jsonl")):
            yield from _of_cases(file)


def _of_documents(folder: Path, name: str, embedder: Embedder) -> Iterator[Line]:
    files = (file for file in sorted(folder.rglob("*")) if file.suffix.lower() in FILE_TYPES)
    for file in files:
        where = f"{name}/{file.relative_to(folder).as_posix()}"
        print(where, file=sys.stderr, flush=True)
        try:
            document = read_document(file, folder)
        except CorpusError as error:
            yield Line(where, "", "reading", str(error))
            continue
        yield from _lines(where, document.source.title, _OF_SOURCES, document)
        for page in document.pages:
            for block in page.blocks:
                yield from _of_block(f"{where} p{page.number}", page, block)
        passages = split_document(document, embedder.tokens, passage_tokens(embedder))
        for passage in passages:
            place = f"{where} p{passage.page} passage"
            if traits := _plain(traits_of(document.source, passage)):
                yield Line(place, passage.text, "traits", traits)


def _of_block(where: str, page: Page, block: Block) -> Iterator[Line]:
    text = page.text[block.start : block.end]
    if block.kind == "row":
        yield from _lines(f"{where} row", text, _OF_TEXTS, text)
        label = " ".join(block.cells[0].text.split())[:_LABEL_CHARS] if block.cells else ""
        for number, cell in enumerate(block.cells):
            yield from _lines(f"{where} cell {number} of {label!r}", cell.text, _OF_CELLS, cell)
        return
    spans = sentence_spans(text) if block.kind == "prose" else [(0, len(text))]
    for start, end in spans:
        yield from _lines(f"{where} {block.kind}", text[start:end], _OF_TEXTS, text[start:end])


def _of_cases(file: Path) -> Iterator[Line]:
    """Yield what is said of the questions of a case file, and of what is expected of answers."""
    cases = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    forms = {form: None for case in cases for form in _expected_forms(case) if _has_figure(form)}
    for case in cases:
        where = f"{file.stem} {case['id']}"
        for question in _questions(case):
            yield from _lines(f"{where} question", question, _OF_TEXTS, question)
            yield from _lines(f"{where} question", question, _OF_QUESTIONS, question)
        for told in _expected_texts(case):
            yield from _lines(f"{where} expected", told, _OF_TEXTS, told)
            held = [form for form in forms if contains_form(told, form)]
            if held:  # which of the expected figures of all its cases a text has
                yield Line(f"{where} expected", told, "matching", held)


def _questions(case: Mapping[str, Any]) -> Iterator[str]:
    if "question" in case:
        yield case["question"]
    yield from (turn["question"] for turn in case.get("turns", ()) if "question" in turn)


def _expected_texts(case: Mapping[str, Any]) -> Iterator[str]:
    """Yield the answers and quotes of a case and of its turns, each once."""
    found: dict[str, None] = {}
    for part in (case, *case.get("turns", ())):
        told = (part.get("answer"), *(place.get("quote") for place in part.get("evidence", ())))
        found |= {text: None for text in told if text}
    yield from found


def _expected_forms(case: Mapping[str, Any]) -> Iterator[str]:
    """Yield the forms that an answer must have or must not have; of a table, its cells."""
    for part in (case, *case.get("turns", ())):
        for group in (*part.get("must_include", ()), *part.get("must_contain", ())):
            yield from group
        for forbidden in (*part.get("must_not_include", ()), *part.get("must_not_contain", ())):
            yield forbidden if isinstance(forbidden, str) else forbidden["form"]
        for *_, value in (*part.get("cells", ()), *part.get("absent", ())):
            yield value


def _has_figure(form: str) -> bool:
    return any(map(str.isdigit, form))


def _lines(
    where: str, text: str, readers: Mapping[str, Callable[[_T], object]], read: _T
) -> Iterator[Line]:
    for name, reader in readers.items():
        if says := _plain(reader(read)):
            yield Line(where, text, name, says)


def _first(document: Document) -> str:
    return "\n".join(page.text for page in document.pages[:_FIRST_PAGES])


def _whole(document: Document) -> str:
    return "\n".join(page.text for page in document.pages)


def _heads(document: Document) -> Iterator[str]:
    rows = (block for page in document.pages for block in page.blocks if block.kind == "row")
    return (" ".join(row.context.header) for row in rows)


def _named(mentions: Iterable[Mention]) -> object:
    return [(one.entry.id, one.start, one.end, one.name.text) for one in mentions]


def _without(value: Any, *names: str) -> dict[str, object]:
    """Return the fields of a dataclass that say something, but those of these names."""
    told = {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in names}
    return {name: said for name, said in told.items() if said not in (None, "", 0, [], {})}


def _plain(value: object) -> Any:
    """Return a value in the words of JSON; sets are sorted, an entry of the lexicon is its id."""
    if isinstance(value, Entry):
        return value.id
    if is_dataclass(value):
        return _without(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(map(_plain, value), key=json.dumps)
    if isinstance(value, list | tuple | Iterator):
        return list(map(_plain, value))
    return str(value) if isinstance(value, Decimal) else value


def _told_apart(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines, those of equal texts in one place numbered from the second on."""
    counted: Counter[Key] = Counter()
    for line in lines:
        counted[line.key] += 1
        again = counted[line.key]
        where = f"{line.where} #{again}" if again > 1 else line.where
        yield Line(where, line.text, line.reader, line.says)


def _opened(file: Path, mode: str) -> TextIO:
    opened = gzip.open if file.suffix == ".gz" else open
    return opened(file, mode, encoding="utf-8")  # type: ignore[return-value]


def load_record(file: Path) -> Record:
    """Return what the lines of a record say."""
    with _opened(file, "rt") as lines:
        found = (Line(**json.loads(line)) for line in lines)
        return {line.key: line.says for line in found}


def differences(old: Record, new: Record) -> Iterator[Difference]:
    """Yield where two records differ; a reader that only one of them has is left out."""
    in_both = _readers(old) & _readers(new)
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if key[0] in in_both and before != after:
            yield Difference(*key, before, after)


def _tell_differences(old: Record, new: Record) -> int:
    """Print each difference and a count a reader."""
    differing: Counter[str] = Counter()
    for one in differences(old, new):
        differing[one.reader] += 1
        print(f"{one.reader} | {one.where} | {' '.join(one.text.split())[:_SHOWN_CHARS]}")
        print(f"  - {_shown(one.before)}\n  + {_shown(one.after)}")
    of_old, of_new = _readers(old), _readers(new)
    for reader, count in Counter(reader for reader, _, _ in {**old, **new}).items():
        if reader in of_old & of_new:
            print(f"{reader}: {count - differing[reader]:,} the same, {differing[reader]:,} differ")
        else:
            print(f"{reader}: only in {'OLD' if reader in of_old else 'NEW'}")
    return 1 if differing else 0


def _readers(record: Record) -> frozenset[str]:
    return frozenset(reader for reader, _, _ in record)


def _shown(says: object) -> str:
    return "nothing" if says is None else json.dumps(says, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
