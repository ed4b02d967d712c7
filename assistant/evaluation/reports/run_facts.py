"""What is known of a run besides its scores: in one line, and as names with values."""

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.evaluation.reports.shown_numbers import (
    counted,
    shown_seconds,
    shown_time,
)
from assistant.evaluation.results import Run
from assistant.evaluation.summary import Summary

Fact = tuple[str, str | int | float]
"""A name and its value."""

_WORDS_OF_SOURCES = "extractive"  # the model of answers that are the sources' own words


def run_line(run: Run) -> tuple[str, ...]:
    """Return what was run: the case file, when, over which sources, answered by what."""
    record = run.record
    told = (
        counted(len(run.cases), "question")
        + (f" of {record['cases_file']}" if record.get("cases_file") else ""),
        shown_time(str(record.get("started", ""))),
        f"sources {record['fingerprint']}" if record.get("fingerprint") else "",
        f"answered {models}" if (models := _models(run)) else "",
    )
    return tuple(filter(None, told))


def run_facts(run: Run, summary: Summary) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Return all that is recorded, under titles."""
    record = run.record
    overall = summary.overall
    groups: tuple[tuple[str, tuple[Fact, ...]], ...] = (
        (
            "Cases",
            (
                ("case file", str(record.get("cases_file", ""))),
                ("SHA-256 of the case file", str(record.get("cases_sha256", ""))),
                ("cases", overall.cases),
                ("failed", overall.failed),
                ("not run", overall.not_run),
            ),
        ),
        (
            "Run",
            (
                ("folder", run.name),
                ("started", shown_time(str(record.get("started", "")))),
                ("fingerprint of the sources", str(record.get("fingerprint", ""))),
                ("digest of the program", str(record.get("code", ""))),
                ("answered", _models(run)),
                *_sessions(record),
            ),
        ),
        ("Settings", tuple((name, _value(of)) for name, of in record["settings"].items())),
        ("Versions", tuple((name, _value(of)) for name, of in record["versions"].items())),
        ("Time and tokens", tuple(_spent(summary))),
    )
    told = ((title, tuple(fact for fact in facts if fact[1] != "")) for title, facts in groups)
    return tuple((title, facts) for title, facts in told if facts)


def _models(run: Run) -> str:
    """Return what answered: "by NAME", "in the sources' own words"; "" where nothing is known."""
    models = {
        str(result.answer["model"])
        for result in run.results
        if result.answer and result.answer.get("model")
    }
    told = [f"by {model}" for model in sorted(models - {_WORDS_OF_SOURCES})]
    if _WORDS_OF_SOURCES in models:
        told.append("in the sources' own words")
    return " and ".join(told)


def _sessions(record: Mapping[str, Any]) -> Iterator[Fact]:
    for number, session in enumerate(record["sessions"], 1):
        told = [shown_time(str(session.get("started", "")))]
        if "at_once" in session:
            told.append(f"{session['at_once']} at once")
        if "asked" in session:
            told.append(f"{session['asked']:,} asked, {session.get('failed', 0):,} failed")
        ended = "seconds" in session
        told.append(shown_seconds(session["seconds"]) if ended else "stopped without an end")
        yield f"session {number}", "; ".join(filter(None, told))


def _spent(summary: Summary) -> Iterator[Fact]:
    for one in summary.latencies:
        percentiles = (("median", one.median), ("90 %", one.p90), ("95 %", one.p95))
        told = ", ".join(
            f"{name} {shown_seconds(value)}" for name, value in (*percentiles, ("99 %", one.p99))
        )
        yield f"{one.part} ({counted(one.count, 'case')})", told
    if summary.tokens.prompt or summary.tokens.completion:
        yield "tokens taken", summary.tokens.prompt
        yield "tokens given", summary.tokens.completion
    words = summary.model_words
    if words.answers:
        yield "answers put to the model", words.answers
        yield "of these with its words", words.shown
        yield "of these it failed for", words.failed
        yield "sentences it wrote", words.sentences
        yield "of these kept", words.kept


def _value(value: object) -> str | int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return "" if value is None else str(value)
