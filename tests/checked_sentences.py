"""Checked sentences made by hand."""

from assistant.answer import Reference
from assistant.answer.answer import Verdict
from assistant.drafts import CheckedSentence, Draft

REFERENCE = Reference(
    quote="Output fell to 30 t.",
    title="Annual Report",
    author="",
    publisher="Survey",
    edition="2025",
    published="2025-02",
    page="p. 4",
    label="4",
    path="report.pdf",
    url="",
    language="en",
    source_id="report",
    number=4,
    start=10,
    end=30,
)


def checked(
    draft: Draft, text: str, verdict: Verdict = "contradicted", wrong: str = "", right: str = ""
) -> CheckedSentence:
    """Return the sentence of a draft that has a text, checked."""
    one = next(one for one in draft.sentences if one.text == text)
    return CheckedSentence(one, "fact", verdict, one.text, wrong, right, "it fell", (REFERENCE,))
