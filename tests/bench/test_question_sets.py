"""The question sets that measurements run over."""

from bench.question_sets import question_sets


def test_question_files_over_the_same_documents_share_a_home(tmp_path):
    shared, work = tmp_path / "shared", tmp_path / "work"
    (shared / "questions").mkdir(parents=True)
    (shared / "sets").mkdir()
    for name in ("rare_earth_dev", "rare_earth_more"):
        (shared / "questions" / f"{name}.jsonl").touch()

    sets = {one.name: one for one in question_sets(shared, work)}

    assert list(sets) == ["shipped", "rare_earth_dev", "rare_earth_more"]
    assert sets["rare_earth_more"].home == sets["rare_earth_dev"].home
    assert sets["rare_earth_more"].documents == shared / "sources"


def test_a_question_file_that_is_not_there_is_no_set(tmp_path):
    (tmp_path / "questions").mkdir()
    (tmp_path / "sets").mkdir()

    assert [one.name for one in question_sets(tmp_path, tmp_path)] == ["shipped"]
