"""What the export menu offers, packages' forms too."""

import pytest

from assistant.exporting import ExportForm, ending_of, export_forms
from corpus.plugins import Plugin
from ui.desk import answer_tools


def test_forms_that_packages_add_are_offered_where_they_can_be_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    added = (
        Plugin("exporter", "html", "pages", "1", "pages:export"),
        Plugin("exporter", "md", "other", "1", "other:export", "it is built in"),
    )
    monkeypatch.setattr(answer_tools, "exporter_plugins", lambda: added)
    monkeypatch.setattr(export_forms, "exporter_plugins", lambda: added)
    offered = answer_tools.offered_forms()
    assert set(offered) == {*ExportForm, "html"}
    assert list(offered)[-1] == "html"
    assert offered[ExportForm.MARKDOWN] == "Markdown"
    assert [ending_of(form) for form in ("html", "md", "bibtex")] == [".html", ".md", ".bib"]
