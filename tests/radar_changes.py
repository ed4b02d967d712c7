"""Changes as the radar tells them, one of them of a source that holds markup."""

from dataclasses import replace

from assistant.answer import Reference
from assistant.radar import Change, Finding, Touched

_PLACE = Reference(
    quote="Brazil 560 2,000 11,000,000",
    title="Mineral Summaries",
    author="",
    publisher="Nordkap Minerals Office",
    edition="MCS 2026 v1.3",
    published="2026-02",
    page="p. 2",
    label="2",
    path="mcs.pdf",
    url="https://example.org/mcs.pdf",
    language="en",
    source_id="mcs",
    number=2,
    start=4,
    end=31,
)
_TOUCHED = (
    Touched(7, "answer", "k3pt2me", "What are Brazil's reserves?"),
    Touched(8, "answer", "k3pt2mf", "Who has the largest reserves?"),
    Touched(9, "draft", "report.docx", "Report"),
)
CHANGE = Change(
    Finding("newer value", "reserves, Brazil", "21", "11 million t", _PLACE),
    "2026-03-01T09:30:00.000+00:00",
    _TOUCHED,
)
_MARKUP = '<script>alert(1)</script>"\x00'
HOSTILE = Change(
    Finding(
        "conflict",
        _MARKUP,
        _MARKUP,
        _MARKUP,
        replace(_PLACE, title=_MARKUP, quote=_MARKUP, url="javascript:alert(1)", label=""),
    ),
    "2026-03-01T09:30:00.000+00:00",
    (Touched(10, "question", _MARKUP, _MARKUP),),
)
