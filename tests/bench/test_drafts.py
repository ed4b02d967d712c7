"""The draft over which the pace of checking is measured."""

from pathlib import Path

from fakes import write_files

from assistant.drafts import read_draft
from bench.drafts import Pace, joined


def test_joined_drafts_have_all_sentences_where_they_stand(tmp_path: Path) -> None:
    files = {"a.md": "Lynas sold oxide. It rose.\n", "b.txt": "Norvik made 40 t in 2024.\n"}
    folder = write_files(tmp_path, files)
    drafts = [read_draft(folder / name) for name in files]
    draft = joined(drafts)
    assert [one.id for one in draft.sentences] == ["s1", "s2", "s3"]
    assert [page.number for page in draft.pages] == [1, 2]
    for one in draft.sentences:
        assert draft.pages[one.page - 1].text[one.start : one.end] == one.text


def test_pace_is_told_by_the_sentence() -> None:
    told = str(Pace(200, 10.0, 16.0, 900))
    assert told.startswith(
        "200 sentences in 10.0 s (50 ms a sentence), 16.0 s of processors, at most 900 MB"
    )
