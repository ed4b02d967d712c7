"""What a statement is shown with, so that it can be read alone."""

from dataclasses import replace

from assistants import asked, evidence, ranking, row, statement

from assistant.extractive.decontextualization import frame_of, framed, with_antecedents
from corpus.document import Context
from index.passage import Evidence

QUESTION = "What did Lynas earn in 2024?"


def told(text: str, place: int) -> list[str]:
    """Return the sentence of a passage at a place, as it is shown."""
    found = ranking(QUESTION, (text, 1.0))
    one = found.candidates[0]
    sentence = text.split("\n")[0].split(". ")[place]
    start = text.index(sentence)
    candidate = replace(one.candidate, text=sentence, start=start, end=start + len(sentence))
    return [w.candidate.text for w in with_antecedents([replace(one, candidate=candidate)])]


def test_a_sentence_that_refers_back_comes_with_the_one_before() -> None:
    text = "Lynas runs a plant in Malaysia. It earned A$84 million in 2024."
    assert told(text, 1) == [text]


def test_one_of_several_comes_with_the_sentence_that_counts_them() -> None:
    text = "Two rules were made in April 2025. The second is suspended."
    assert told(text, 1) == [text]


def test_a_sentence_that_stands_alone_comes_alone() -> None:
    text = "Iluka is another firm. Lynas earned A$84 million in 2024"
    assert told(text, 1) == ["Lynas earned A$84 million in 2024"]


def test_the_sentence_before_must_be_of_the_same_paragraph() -> None:
    text = "Iluka is another firm altogether.\n\nIt earned A$84 million in 2024."
    found = ranking(QUESTION, (text, 1.0)).candidates
    assert [w.candidate.text for w in with_antecedents(found)] == [
        "It earned A$84 million in 2024."
    ]


def test_a_sentence_held_by_another_is_not_told_twice() -> None:
    text = "Lynas runs a plant in Malaysia. It earned A$84 million in 2024."
    last = ranking(QUESTION, (text, 1.0)).candidates[0]
    first = replace(last.candidate, text=text[:31], start=0, end=31)
    shown = with_antecedents([last, replace(last, candidate=first)])
    assert [one.candidate.text for one in shown] == [text]


def shown(found: Evidence) -> str:
    candidate = statement(QUESTION, found)
    return framed(candidate, frame_of(asked(QUESTION), candidate))


def test_a_statement_that_leaves_its_subject_to_the_title_is_shown_with_it() -> None:
    text = "Revenue was A$463 million in 2024."
    item = evidence(text)
    titled = replace(item, source=replace(item.source, title="Lynas: results of 2024"))
    assert shown(titled) == f"Lynas: results of 2024 — {text}"
    assert shown(item) == text
    headed = evidence(text, context=Context(section="Lynas in 2024"))
    assert shown(replace(headed, source=titled.source)) == f"Lynas in 2024 — {text}"


def test_a_statement_that_names_its_subject_is_shown_as_it_is() -> None:
    item = evidence("Lynas had a revenue of A$463 million.")
    titled = replace(item, source=replace(item.source, title="Lynas: results of 2024"))
    assert shown(titled) == "Lynas had a revenue of A$463 million."


def test_a_row_whose_caption_names_the_subject_needs_no_title() -> None:
    item = row("Revenue", "463", header=("", "2024"), caption="Table 1. Results of Lynas")
    titled = replace(item, source=replace(item.source, title="Lynas: results of 2024"))
    assert shown(titled).startswith("Revenue — 2024: 463")


def test_a_figure_of_a_paper_is_told_as_reported() -> None:
    item = evidence("Lynas earned A$84 million in 2024.")
    news = replace(item, source=replace(item.source, publisher="Reuters", rank="news"))
    assert shown(news) == "Reported by Reuters: Lynas earned A$84 million in 2024."
    official = replace(item, source=replace(news.source, rank="official"))
    assert shown(official) == "Lynas earned A$84 million in 2024."
    unheard = replace(item, source=replace(news.source, publisher="Nobody at All"))
    assert shown(unheard) == "Lynas earned A$84 million in 2024."
