"""The question sets that measurements run over, each with the documents its answers lie in."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import assistant.evaluation
from assistant.assistant import Assistant
from assistant.evaluation.case import Case, ExpectedPlace
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.sets.case_imports import import_set
from assistant.settings import Settings
from bench.commands import run_command
from corpus.build_pdfs import DOCUMENTS
from index.parts import question_parts

SHIPPED_CASES = Path(next(iter(assistant.evaluation.__path__))) / "cases" / "shipped.jsonl"
ANSWERABILITY_CASES = SHIPPED_CASES.with_name("answerability.jsonl")
SOURCES_CASES = SHIPPED_CASES.with_name("answerability_sources.jsonl")
QUESTIONS = "rare_earth_dev"
_MORE_QUESTIONS = "rare_earth_more"  # over the same documents, in the same home
_COUNTRIES = (
    "Australia",
    "Brazil",
    "Burma",
    "China",
    "India",
    "Malaysia",
    "Russia",
    "Thailand",
    "the United States",
    "Vietnam",
)
_QUESTION = re.compile(
    r"(?:what|which|how|when|who|where|why|is|are|was|were|did|does|do|has|have)\b.*\?$", re.I
)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Cases over the documents of one folder, and the home that holds those alone.

    Sets over the same documents may share a home.
    """

    name: str
    documents: Path
    cases: Path
    home: Path

    def add(self) -> None:
        """Read and index the documents; what is indexed is not read again."""
        run_command(self.home, "add", self.documents)


def open_collections(work: Path, shared: Path) -> Iterator[tuple[str, Assistant]]:
    """Yield the shipped documents, and the sources and filings of a shared folder, each open.

    Documents are added to a home in `work` if they are not; each is closed when the next is asked.
    """
    collections = {
        "library": DOCUMENTS,
        "sources": shared / "sources",
        "filings": shared / "sets" / "sec10q" / "pdfs",
    }
    for name, documents in collections.items():
        run_command(work / name, "add", documents)
        with closing(Assistant(Settings(work / name))) as assistant:
            yield name, assistant


def question_sets(shared: Path | None, work: Path) -> Iterator[QuestionSet]:
    """Yield the shipped set and, of a shared folder, its questions and each of its sets."""
    yield QuestionSet("shipped", DOCUMENTS, SHIPPED_CASES, work / "shipped" / "home")
    if shared is None:
        return
    for name in (QUESTIONS, _MORE_QUESTIONS):
        cases = shared / "questions" / f"{name}.jsonl"
        if cases.exists():
            yield QuestionSet(name, shared / "sources", cases, work / QUESTIONS / "home")
    for folder in sorted(folder for folder in (shared / "sets").iterdir() if folder.is_dir()):
        taken = import_set(folder, work / folder.name / "set")
        home = work / folder.name / "home"
        yield QuestionSet(folder.name, taken.add, taken.cases_file, home)


def drafted(given: QuestionSet, count: int) -> QuestionSet:
    """Return a set of cases drafted from the documents of another, over the same home."""
    cases = given.home.parent / f"drafted-{count}.jsonl"
    if not cases.exists():
        run_command(given.home, "eval", "draft", "--count", count, "--out", cases)
    return replace(given, name=f"drafted from {given.name}", cases=cases)


def paired_cases(cases: Path) -> tuple[Case, ...]:
    """Return cases that ask two questions of a file at once, each with the places of both."""
    asked = [
        case
        for case in load_cases(cases)
        if case.answerable
        and case.evidence
        and case.use == "ask"
        and not case.turns
        and question_parts(case.question) == (case.question,)
        and _QUESTION.match(case.question)
    ]
    half = len(asked) // 2
    return tuple(
        replace(
            first,
            id=f"{first.id}+{second.id}",
            question=_joined(first.question, second.question),
            evidence=(*first.evidence, *second.evidence),
            alternates=(*first.alternates, *second.alternates),
        )
        for first, second in zip(asked[:half], asked[half:], strict=False)
    )


def unsaid_cases() -> tuple[Case, ...]:
    """Return questions that leave unsaid that they ask of rare earths, over the given sources.

    A file of all commodities has a row for each country, too: gypsum of Thailand.
    """
    chapter = ExpectedPlace("usgs_mcs/usgs_mcs2026_rare_earths.pdf", 2)
    before = ExpectedPlace("usgs_mcs/mcs2025-rare-earths.pdf", 2)
    asked = {
        "How much did {} mine in 2025 according to USGS?": (),
        "What was mine production in {} in 2024?": (before,),
        "What are the reserves of {}?": (before,),
    }
    return tuple(
        Case(f"{country} {n}", form.format(country), evidence=(chapter,), alternates=others)
        for country in _COUNTRIES
        for n, (form, others) in enumerate(asked.items())
    )


def _joined(first: str, second: str) -> str:
    return f"{first.rstrip('? ')}, and {second[:1].lower()}{second[1:]}"
