"""The calculation cases over the shipped documents: right results with steps, and refusals."""

import pytest
from assistants import check_answer

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.evaluation.case import Case
from assistant.evaluation.loading.case_files import load_cases
from assistant.evaluation.running.asking import answer_case
from bench.calculations import CASES, is_right

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("case", load_cases(CASES), ids=lambda case: case.id)
def test_calculation_case_is_right(library: Assistant, case: Case) -> None:
    assert is_right(case, answer_case(library, case))


@pytest.mark.parametrize(
    "question",
    [
        "By how many percent did China's mine production rise from 2019 to 2024?",
        "How much NdPr oxide did MP Materials make in total in 2024 and 2025?",
        "What is 270,000 t of neodymium oxide in metal?",
        "How much did Burma's mine production change from 2017 to 2024?",
    ],
)
def test_calculation_holds_what_holds_of_every_answer(library: Assistant, question: str) -> None:
    answer: Answer = library.ask(question)
    assert answer.model == "calculation"
    check_answer(library, answer)
    known = {citation.number for citation in answer.citations}
    assert all(set(step.citations) <= known for step in answer.steps)
