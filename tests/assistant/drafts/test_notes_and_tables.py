"""A checked draft comes back as Markdown with notes, and as a table of its claims."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from checked_sentences import REFERENCE, checked
from fakes import write_files
from openpyxl import load_workbook

from assistant.drafts import Decision, Draft, counts_told, read_draft
from assistant.drafts.claim_table import write_claim_table
from assistant.drafts.markdown_notes import write_notes
from assistant.errors import DraftError

TEXT = "# Output\n\nOutput **rose** to 40 t\nin 2024. It fell [later](x.md).\n\n- Exports: 12 t.\n"


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return read_draft(write_files(tmp_path, {"d.md": TEXT}) / "d.md")


def test_notes_stand_after_their_sentences(tmp_path: Path, draft: Draft) -> None:
    one = next(one for one in draft.sentences if "40 t" in one.text)
    out = tmp_path / "out.md"
    write_notes(draft, [checked(draft, one.text)], "1 contradicted", out)
    body, _, notes = out.read_text(encoding="utf-8").partition("\n---\n")
    assert body.replace("[^check-1]", "").strip() == TEXT.strip()
    assert "2024.[^check-1] It fell" in body
    assert "Checked: 1 contradicted." in notes
    assert "[^check-1]: Contradicted — it fell — “Output fell to 30 t.”" in notes


def test_corrections_stand_in_the_text_where_they_are_wanted(tmp_path: Path, draft: Draft) -> None:
    one = next(one for one in draft.sentences if "40 t" in one.text)
    false, out = checked(draft, one.text, wrong="40 t", right="30 t"), tmp_path / "out.md"
    taken = replace(false, decision=Decision(is_taken=True))
    write_notes(draft, [taken], "1 corrected", out)
    text = out.read_text(encoding="utf-8")
    assert "Output **rose** to 30 t\nin 2024.[^check-1]" in text
    assert "[^check-1]: Corrected: “40 t” to “30 t” — “Output fell to 30 t.”" in text
    assert "Contradicted" not in text
    write_notes(draft, [false], "1 contradicted", out)
    assert "Output **rose** to 40 t\nin 2024.[^check-1]" in out.read_text(encoding="utf-8")


def test_what_the_writer_put_instead_stands_in_the_place_of_a_sentence(
    tmp_path: Path, draft: Draft
) -> None:
    one = next(one for one in draft.sentences if "40 t" in one.text)
    false, out = checked(draft, one.text, wrong="40 t", right="30 t"), tmp_path / "out.md"
    reworded = replace(false, decision=Decision(reworded="Output fell."))
    write_notes(draft, [reworded], "1 corrected", out)
    text = out.read_text(encoding="utf-8")
    assert "Output fell.[^check-1]" in text
    assert "40 t\nin 2024" not in text
    assert f"Reworded, not checked anew: “{one.text}” to “Output fell.”" in text
    assert "Output fell to 30 t" not in text  # no quote carries what its writer put


def test_a_draft_that_is_no_markdown_is_written_as_its_text(tmp_path: Path) -> None:
    draft = read_draft(write_files(tmp_path, {"d.txt": "Output rose to 40 t."}) / "d.txt")
    out = tmp_path / "out.md"
    write_notes(draft, [checked(draft, "Output rose to 40 t.")], "1 contradicted", out)
    assert out.read_text(encoding="utf-8").startswith("Output rose to 40 t.[^check-1]")


def test_dismissed_claims_are_counted_apart_and_keep_their_reason(
    tmp_path: Path, draft: Draft
) -> None:
    one, two, three = (checked(draft, one.text) for one in draft.sentences[:3])
    dismissed = replace(two, decision=Decision(dismissed="=rounded"))
    assert counts_told([one, dismissed, three]) == "2 contradicted, 1 dismissed"
    assert "Dismissed: =rounded" in dismissed.lines
    assert (one.is_problem, dismissed.is_problem) == (True, False)
    out = tmp_path / "claims.csv"
    write_claim_table([one, dismissed], out)
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["dismissed because"] for row in rows] == ["", "'=rounded"]


def test_corrected_claims_are_counted_apart(draft: Draft) -> None:
    one, two = (checked(draft, one.text, wrong="t", right="kg") for one in draft.sentences[:2])
    corrected = replace(one, decision=Decision(is_taken=True))
    assert counts_told([corrected, two]) == "1 contradicted, 1 corrected"
    assert (corrected.is_problem, two.is_problem) == (False, True)


def test_the_same_words_are_told_once_with_each_place(draft: Draft) -> None:
    one = checked(draft, draft.sentences[0].text)
    other = replace(REFERENCE, title="Yearbook")
    twice = replace(one, reason=f"“{REFERENCE.quote}”", references=(REFERENCE, REFERENCE, other))
    places = f"{REFERENCE.place}; {other.place}"
    assert twice.lines == ("Contradicted", f"“{REFERENCE.quote}” — {places}")


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_table_has_a_line_a_sentence_and_no_formula(tmp_path: Path, ending: str) -> None:
    text = "=1+1 is how output rose to 40 t. Exports fell to 12 t."
    draft = read_draft(write_files(tmp_path, {"d.txt": text}) / "d.txt")
    out = tmp_path / f"claims{ending}"
    write_claim_table([checked(draft, one.text) for one in draft.sentences], out)
    if ending == ".csv":
        rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
        assert rows[1][2].startswith("'=")
    else:
        sheet = load_workbook(out).active
        rows = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
        assert [cell.data_type for cell in sheet["C"]] == ["s"] * 3
    assert rows[0][:5] == ["id", "section", "sentence", "kind", "verdict"]
    assert len(rows) == 3
    assert rows[2][4] == "Contradicted"
    assert "Annual Report, Survey, 2025, p. 4" in rows[2]


def test_files_that_cannot_be_written_are_errors(tmp_path: Path, draft: Draft) -> None:
    gone = tmp_path / "gone" / "out"
    with pytest.raises(DraftError, match="cannot be written"):
        write_notes(draft, [], "", gone.with_suffix(".md"))
