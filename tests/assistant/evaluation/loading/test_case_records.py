"""Records of cases: every field read and written, and every field refused that cannot be used."""

import json
import random
from typing import Any

import pytest

from assistant.answer import Turn
from assistant.evaluation.case import Case, ExpectedPlace, ForbiddenForm
from assistant.evaluation.loading.case_records import BadFieldError, case_record, load_case

GOOD = {"id": "q1", "question": "Why?"}
RECORD: dict[str, Any] = {
    "id": "q1",
    "kind": "follow_up",
    "use": "ask",
    "question": "And its reserves?",
    "turns": [
        {"role": "user", "content": "How much did Brazil mine?"},
        {"role": "assistant", "content": "2,000 tons."},
    ],
    "answer": "11,000,000 t",
    "answers": ["11,000,000 t", "11 million tons"],
    "must_include": [["11,000,000", "11 million"], ["Brazil"]],
    "must_not_include": ["rose", {"form": "21,000,000", "unless": ["v1.0"]}],
    "expected_status": ["answered", "conflicting"],
    "source_counts": True,
    "evidence": [{"file": "a/b.pdf", "page": 2, "page_label": "153", "quote": "Brazil"}],
    "alternates": [{"file": "c.md"}],
    "near_miss": True,
    "answerable": True,
}
CASE = Case(
    id="q1",
    question="And its reserves?",
    answer="11,000,000 t",
    answers=("11,000,000 t", "11 million tons"),
    turns=(Turn("user", "How much did Brazil mine?"), Turn("assistant", "2,000 tons.")),
    must_include=(("11,000,000", "11 million"), ("Brazil",)),
    must_not_include=(ForbiddenForm("rose"), ForbiddenForm("21,000,000", ("v1.0",))),
    expected_status=("answered", "conflicting"),
    source_counts=True,
    evidence=(ExpectedPlace("a/b.pdf", 2, "153", "Brazil"),),
    alternates=(ExpectedPlace("c.md"),),
    answerable=True,
    near_miss=True,
    kind="follow_up",
    use="ask",
)


def test_every_field_is_read() -> None:
    assert load_case(RECORD) == CASE


def test_every_field_is_written() -> None:
    assert case_record(CASE) == RECORD


def test_unknown_fields_are_ignored_and_null_is_as_left_out() -> None:
    record = GOOD | {"numeric": {"value": 1}, "answer": None, "evidence": None, "use": None}
    assert load_case(record) == load_case(GOOD)


def test_place_may_hold_null_too() -> None:
    record = GOOD | {"evidence": [{"file": "a.md", "page": None, "page_label": None}]}
    assert load_case(record).evidence == (ExpectedPlace("a.md"),)


def test_group_of_one_form_may_be_a_bare_text() -> None:
    assert load_case(GOOD | {"must_include": ["Brazil"]}).must_include == (("Brazil",),)


@pytest.mark.parametrize(
    "empty", [{}, {"answer": "", "answers": [], "evidence": [], "kind": "fact", "near_miss": True}]
)
def test_question_without_gold_expects_nothing(empty: dict[str, object]) -> None:
    case = load_case(GOOD | empty)
    assert (case.answerable, case.expected_status, case.answers) == (None, (), ())


@pytest.mark.parametrize(
    ("gold", "answerable", "expected_status"),
    [
        ({"answer": "670 t"}, True, ("answered",)),
        ({"evidence": [{"file": "a.md"}]}, True, ("answered",)),
        ({"expected_status": ["conflicting"]}, True, ("conflicting",)),
        ({"answerable": True}, True, ("answered",)),
        ({"answerable": False}, False, ("not_found",)),
        ({"answerable": False, "expected_status": ["contradicted"]}, False, ("contradicted",)),
    ],
)
def test_gold_says_whether_there_is_an_answer(
    gold: dict[str, object], answerable: bool, expected_status: tuple[str, ...]
) -> None:
    case = load_case(GOOD | gold)
    assert (case.answerable, case.expected_status) == (answerable, expected_status)


@pytest.mark.parametrize(
    ("gold", "answers"),
    [
        (
            {"answer": "Ytterby, Sweden", "answer_aliases": ["Ytterby"]},
            ("Ytterby, Sweden", "Ytterby"),
        ),
        ({"answer": "Ytterby", "answer_aliases": ["Ytterby"]}, ("Ytterby",)),
        ({"answer": "A long tale.", "answers": []}, ()),
        ({"answer": "A long tale.", "answers": ["tale"], "answer_aliases": ["x"]}, ("tale",)),
        ({"answer": "—"}, ()),
        ({"answer": "None: it says NA.", "answerable": False}, ()),
    ],
)
def test_short_answers_are_those_given_or_the_answer_with_its_aliases(
    gold: dict[str, object], answers: tuple[str, ...]
) -> None:
    assert load_case(GOOD | gold).answers == answers


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ([], "a case is a JSON object"),
        ({"id": None}, "`id` is missing"),
        ({"question": None}, "`question` is missing"),
        ({"id": 3}, "`id` is text, not 3"),
        ({"id": " "}, "`id` is empty"),
        ({"use": "chat"}, "`use` is 'chat'"),
        ({"expected_status": ["known"]}, "`expected_status` has 'known'"),
        ({"expected_status": []}, "`expected_status` takes a list"),
        ({"expected_status": "answered"}, "`expected_status` takes a list"),
        ({"answerable": "yes"}, "`answerable` is true or false"),
        ({"answers": "x"}, "`answers` is a list"),
        ({"answers": [5]}, "`answers` takes texts"),
        ({"answer": "x", "answer_aliases": [5]}, "`answer_aliases` takes texts"),
        ({"must_include": "x"}, "`must_include` is a list"),
        ({"must_include": [[]]}, "`must_include` takes a list"),
        ({"must_include": [[5]]}, "`must_include` takes texts"),
        ({"must_include": [["—"]]}, "`must_include` takes texts"),
        ({"must_not_include": [5]}, "`must_not_include` takes texts or objects"),
        ({"must_not_include": [{"unless": ["x"]}]}, "`must_not_include.form`"),
        ({"must_not_include": [{"form": "x", "unless": "y"}]}, "`must_not_include.unless`"),
        ({"turns": [{"role": "system", "content": "x"}]}, "a turn has the `role`"),
        ({"turns": [{"role": "user"}]}, "`content` is missing"),
        ({"evidence": ["a.pdf"]}, "`evidence` takes objects"),
        ({"evidence": [{"page": 1}]}, "`file` is missing"),
        ({"alternates": [{"file": "a", "page": "iv"}]}, "`alternates.page` is a number"),
        ({"alternates": [{"file": "a", "page": 0}]}, "`alternates.page` is a number"),
        ({"alternates": [{"file": "a", "page": True}]}, "`alternates.page` is a number"),
    ],
)
def test_field_that_cannot_be_used_is_refused(fields: object, complaint: str) -> None:
    with pytest.raises(BadFieldError) as caught:
        load_case(GOOD | fields if isinstance(fields, dict) else fields)
    assert str(caught.value).startswith(complaint)


@pytest.mark.parametrize("seed", range(200))
def test_record_of_a_case_gives_the_case_back(seed: int) -> None:
    case = case_by_chance(random.Random(seed))
    assert load_case(json.loads(json.dumps(case_record(case)))) == case


def case_by_chance(chance: random.Random) -> Case:
    """Return a case that holds any of what a case may hold."""

    def word() -> str:
        return "".join(chance.choices('aé7 "\\\n|;,[稀\u2028\ud800', k=5)) + "x"

    def words(least: int = 0) -> tuple[str, ...]:
        return tuple(word() for _ in range(chance.randint(least, 2)))

    def places() -> tuple[ExpectedPlace, ...]:
        page = chance.choice((None, 1, 12))
        label, quote = chance.choice(("", "iv")), chance.choice(("", word()))
        return tuple(ExpectedPlace(file, page, label, quote) for file in words())

    question = {"id": word(), "question": word(), "kind": word()}
    turns = tuple(Turn(chance.choice(("user", "assistant")), text) for text in words())
    if chance.random() < 0.2:
        return Case(**question, turns=turns, answerable=None, expected_status=())
    return Case(
        **question,
        answer=chance.choice(("", word())),
        answers=words(),
        turns=turns,
        must_include=tuple(words(1) for _ in words()),
        must_not_include=tuple(ForbiddenForm(form, words()) for form in words()),
        expected_status=chance.choice((("answered",), ("not_found", "contradicted"))),
        source_counts=chance.random() < 0.5,
        evidence=places(),
        alternates=places(),
        answerable=chance.random() < 0.5,
        near_miss=chance.random() < 0.5,
        use=chance.choice(("ask", "cite")),
    )
