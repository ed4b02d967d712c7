"""Documents of imported sets: names of files that give their ids back, and the files."""

import json
import random
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from assistant.errors import CaseFileError
from assistant.evaluation.sets.set_documents import (
    SetDocuments,
    document_name,
    find_pdfs,
    write_documents,
)


def write_corpus(path: Path, *documents: object) -> Path:
    lines = [line if isinstance(line, str) else json.dumps(line) for line in documents]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def document(id_: object, text: str = "Words.", title: str = "Title") -> dict[str, object]:
    return {"_id": id_, "title": title, "text": text}


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("MED-10", "MED-10.txt"),
        ("Normans#0", "Normans%230.txt"),
        ("a/b\\c", "a%2Fb%5Cc.txt"),
        (".hidden", "%2Ehidden.txt"),
        ("..", "%2E..txt"),
        ("con", "%63on.txt"),
        ("COM1.x", "%43OM1.x.txt"),
        ("console", "console.txt"),
        ("a~b c%", "a%7Eb%20c%25.txt"),
        ("稀", "%E7%A8%80.txt"),
    ],
)
def test_unsafe_signs_of_an_id_are_percent_encoded(id_: str, name: str) -> None:
    assert document_name(id_) == name


@pytest.mark.parametrize("seed", range(50))
def test_name_of_a_file_gives_the_id_back(seed: int) -> None:
    chance = random.Random(seed)
    id_ = "".join(chance.choices('aZ9._-~%/\\:*?"<>| \n稀é#', k=chance.randint(1, 20)))
    name = document_name(id_)
    assert unquote(name.removesuffix(".txt")) == id_
    assert set(name) <= set(
        "%._-" + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )


@pytest.mark.parametrize("start", ["", "x", "xx", "xxx"])
def test_long_ids_have_short_names_that_differ(start: str) -> None:
    first, second = (document_name(start + "稀" * 100 + last) for last in "ab")
    assert first != second
    assert re.fullmatch(start + r"(?:%[0-9A-F]{2}){40,}~[0-9a-f]{16}\.txt", first)
    assert len(first) <= 200


def test_document_is_title_empty_line_and_text(tmp_path: Path) -> None:
    corpus = write_corpus(
        tmp_path / "corpus.jsonl",
        document("a", "One.\nTwo – é."),
        document(2, title="A\n title "),
        {"_id": "c", "text": "No title."},
    )
    counts: list[int] = []
    written = write_documents(corpus, tmp_path / "out", {"a", "2"}, counts.append)
    assert written == SetDocuments(tmp_path / "out", 3, {"a": "a.txt", "2": "2.txt"})
    assert counts == [1, 2, 3]
    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "out").iterdir()} == {
        "a.txt": "Title\n\nOne.\nTwo – é.\n",
        "2.txt": "A title\n\nWords.\n",
        "c.txt": "No title.\n",
    }


def test_names_that_differ_in_case_alone_are_kept_apart(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "c.jsonl", document("Apple", "a"), document("APPLE", "b"))
    names = write_documents(corpus, tmp_path / "out", {"Apple", "APPLE"}, lambda _: None).names
    assert names["Apple"] == "Apple.txt"
    assert names["APPLE"].startswith("APPLE~")
    assert (tmp_path / "out" / names["APPLE"]).read_text("utf-8") == "Title\n\nb\n"
    assert len({name.lower() for name in names.values()}) == 2


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 2: is not JSON"),
        ([], "line 2: a document is a JSON object"),
        ({"text": "x"}, "line 2: `_id` is a text that is not empty, not None"),
        (document(" "), "line 2: `_id` is a text that is not empty, not ' '"),
        (document(True), "line 2: `_id` is a text that is not empty, not True"),
        ({"_id": "b"}, "line 2: `title` and `text` are texts"),
        (document("a"), "line 2: _id 'a' is taken by line 1; ids are unique"),
    ],
)
def test_bad_document_is_refused_by_its_line(tmp_path: Path, line: object, complaint: str) -> None:
    corpus = write_corpus(tmp_path / "corpus.jsonl", document("a"), line)
    with pytest.raises(CaseFileError) as caught:
        write_documents(corpus, tmp_path / "out", (), lambda _: None)
    assert str(caught.value).startswith(f"{corpus}, {complaint}")


def test_id_that_is_there_twice_is_refused_also_beside_one_in_other_case(tmp_path: Path) -> None:
    ids = ("Apple", "APPLE", "APPLE")
    corpus = write_corpus(tmp_path / "corpus.jsonl", *(document(id_) for id_ in ids))
    with pytest.raises(CaseFileError, match="line 3: _id 'APPLE' is taken by line 2"):
        write_documents(corpus, tmp_path / "out", (), lambda _: None)


def test_corpus_without_documents_is_refused(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus.jsonl", "")
    with pytest.raises(CaseFileError, match="holds no document"):
        write_documents(corpus, tmp_path / "out", (), lambda _: None)


def test_pdfs_are_found_with_and_without_their_ending(tmp_path: Path) -> None:
    for name in ("2023 Q3 AAPL.pdf", "b.PDF", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    names = {"2023 Q3 AAPL": "2023 Q3 AAPL.pdf", "2023 Q3 AAPL.pdf": "2023 Q3 AAPL.pdf"}
    assert find_pdfs(tmp_path) == SetDocuments(
        tmp_path, 2, names | {"b": "b.PDF", "b.PDF": "b.PDF"}
    )
