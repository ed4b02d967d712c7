"""Sentences and clauses: where a sentence ends, who does what, and what a missing model says."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.language.clauses import (
    Sentence,
    check_model,
    parse_sentences,
    parse_together,
    split_sentences,
)


def parse(text: str) -> Sentence:
    return parse_sentences(text, [(0, len(text))])[0]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Geological Survey counts 12 plants.",
        "See Announcement No. 61 of the ministry.",
        "It was approx. 5 tons.",
        "Act of 2010 (Pub. L. No. 111-84), which required it to submit a report.",
        "The price was $8 per kilogram f.o.b. China.",
        "MP Materials Corp. sold it to Shenghe Resources Co. Ltd. in 2020.",
        "Smith et al. found 3.5 percent.",
    ],
)
def test_stop_of_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert split_sentences(text) == ((0, len(text)),)


def test_stop_after_an_abbreviation_ends_a_sentence_before_a_small_word() -> None:
    text = "Ore went to the U.S. The rest stayed."
    assert [text[s:e] for s, e in split_sentences(text)] == [
        "Ore went to the U.S.",
        "The rest stayed.",
    ]


def test_sentences_cover_all_but_white_space_and_bullets() -> None:
    text = "One is here.  Two is there!\n\n• Three?\n- Four; five.\n"
    spans = split_sentences(text)
    assert [text[s:e] for s, e in spans] == [
        "One is here.",
        "Two is there!",
        "Three?",
        "- Four; five.",
    ]


def test_words_stand_where_they_say() -> None:
    text = "Shenghe’s stake in MP Materials (8%) was not sold."
    sentence = parse(text)
    assert all(text[w.start : w.end] == w.text for w in sentence.words)


def test_clause_tells_who_lends_to_whom() -> None:
    sentence = parse("Export Finance Australia lent Iluka A$1.25 billion.")
    (clause,) = sentence.clauses
    words = sentence.words
    assert words[clause.predicate].lemma == "lend"
    assert words[clause.subject].text == "Australia"
    assert [words[one].text for one in clause.objects] == ["Iluka", "billion"]


def test_passive_clause_has_its_agent_as_an_oblique() -> None:
    sentence = parse("The plant was sold to Lynas by the state.")
    (clause,) = sentence.clauses
    words = sentence.words
    assert clause.is_passive
    told = {words[o.preposition].text: words[o.noun].text for o in clause.obliques}
    assert told == {"to": "Lynas", "by": "state"}


def test_clause_tells_auxiliaries_and_denial() -> None:
    (can,) = parse("The plant can treat 5,000 tons.").clauses
    (did,) = parse("Output did not rise.").clauses
    assert can.auxiliaries == ("can",)
    assert not can.is_negated
    assert did.is_negated


def test_relative_clause_has_the_subject_that_it_describes() -> None:
    sentence = parse("Lynas, which makes oxides, sold them.")
    subjects = {sentence.words[c.predicate].text: c.subject for c in sentence.clauses}
    assert sentence.words[subjects["makes"]].text == "Lynas"
    assert sentence.words[subjects["sold"]].text == "Lynas"


def test_known_name_that_the_model_has_not_met_is_read_as_a_name() -> None:
    text = "Arafura sold 3,100 tons to Shenghe in 2020."
    at = text.index("Shenghe")
    (sentence,) = parse_sentences(text, [(0, len(text))], [(at, at + len("Shenghe"))])
    (word,) = [w for w in sentence.words if w.start == at]
    assert (word.text, word.is_name, word.relation) == ("Shenghe", True, "pobj")


def test_threads_read_alike() -> None:
    texts = [f"Plant {n} made {n * 100} tons of oxide in 20{n:02}." for n in range(10, 26)]
    alone = [parse(text) for text in texts]
    together: dict[int, Sentence] = {}

    def read(number: int) -> None:
        together[number] = parse(texts[number])

    threads = [threading.Thread(target=read, args=(n,)) for n in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[n] for n in range(len(texts))] == alone


def test_changed_model_is_refused_with_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="pip install --force-reinstall"):
        check_model(tmp_path)


@pytest.mark.slow
def test_the_parser_brings_no_torch_along() -> None:
    script = (
        "import sys; from corpus.language.clauses import parse_sentences\n"
        "parse_sentences('Lynas mined ore.', [(0, 16)])\n"
        "print('spacy' in sys.modules, 'torch' in sys.modules)"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "True False\n"


def test_sentences_that_are_parsed_together_are_read_as_each_is_alone() -> None:
    texts = ("Lynas sold the oxide. It rose in 2024.", "Shenghe did not buy the North mine.")
    parse_together([(texts[0], [(0, 5)]), (texts[1], [(0, 7)])])
    for text, end in zip(texts, (5, 7), strict=True):
        together = parse_sentences(text, split_sentences(text), [(0, end)])
        moved = f" {text}"  # is not the text that was parsed before
        alone = parse_sentences(moved, split_sentences(moved), [(1, end + 1)])
        assert [one.words for one in together] == [one.words for one in alone]
        assert [one.clauses for one in together] == [one.clauses for one in alone]


def test_no_texts_are_parsed_together() -> None:
    parse_together([])
