"""Draws questions and answers, new and replayed alike.

Words of sources and of language models are data: see `drawing`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.answer import (
    Answer,
    Citation,
    Sentence,
    SetAside,
    Status,
    Support,
    Tokens,
    page_place,
)
from assistant.answer.answer_words import is_model_written
from assistant.records import Kept
from assistant.writing import left_out
from index.passage import Evidence
from ui.drawing.drawing import literal
from ui.drawing.reference_drawing import evidence_html, nearest_html, quotes_html
from ui.drawing.step_drawing import markers_html, steps_html
from ui.drawing.table_chart import draw_table_chart
from ui.drawing.table_drawing import draw_table

_NEAREST = 3  # passages that a refusal leads on to
_HOLD_MILLISECONDS = 1200  # in which an answer is drawn
_OPEN = 3  # sentences, and quotes, of an answer that are not folded away
_SUPPORT: dict[Support, str] = {
    "supported": "",
    "partly": "partly supported",
    "inference": "inference",
    "unverified": "not verified",
    "contradicted": "contradicted by the source",
    "not_found": "not found in the sources",
}
_SCROLL_TO_QUESTION = """<script data-moment="{moment}">
{{
  let held = true;
  for (const act of ["wheel", "touchmove", "pointerdown", "keydown"])
    addEventListener(act, () => {{ held = false; }}, {{once: true, passive: true}});
  const end = performance.now() + {milliseconds};
  const hold = () => {{
    if (!held || performance.now() > end) return;
    const questions = document.querySelectorAll(".question");
    questions[questions.length - 1]?.scrollIntoView({{block: "start"}});
    requestAnimationFrame(hold);
  }};
  requestAnimationFrame(hold);
}}
</script>"""


def draw_question(question: str) -> None:
    """Draw what the reader asked."""
    with st.chat_message("user", avatar=":material/person:"):
        st.html(f'<div class="question">{escape(question)}</div>')


def answer_box() -> DeltaGenerator:
    """Return the place in which an answer is drawn, whole or while it is being written."""
    return st.chat_message("assistant", avatar=":material/menu_book:")


def draw_understood(question: str, understood: str) -> None:
    """Say how a question is understood, where that differs."""
    if understood not in ("", question):
        st.html(f'<div class="quiet">Understood as: {escape(understood)}</div>')


def draw_answer(answer: Answer, kept: Kept) -> None:
    """Draw an answer and the quotes that carry it; below them, folded, what else there is."""
    draw_understood(answer.question, answer.standalone_question)
    _draw_status(answer.status)
    if answer.table:
        draw_table(answer, answer.table)
        draw_table_chart(answer, answer.table)
    elif answer.text or answer.sentences:
        _draw_sentences(answer)
    if answer.steps:
        st.html(steps_html(answer))
    _draw_warnings(answer)
    _draw_set_aside(answer.set_aside)
    _draw_evidence(answer)
    how = [escape(part) for part in _how_made(answer) if part]
    if kept.id:
        how.append(f'<a href="?record={escape(kept.id)}">Record {escape(kept.id)}</a>')
    st.html(f'<div class="quiet">{" · ".join(how)}</div>')
    if kept.warning:
        st.warning(literal(kept.warning), icon=":material/warning:")


def _draw_sentences(answer: Answer) -> None:
    """Draw the sentences of an answer; of many in the sources' own words the first alone."""
    is_whole = is_model_written(answer) or answer.status == "conflicting"
    rest = () if is_whole else answer.sentences[_OPEN:]
    st.html(answer_html(replace(answer, sentences=answer.sentences[:_OPEN]) if rest else answer))
    if rest:
        with st.expander(f"More from the sources ({len(rest)})"):
            st.html(answer_html(replace(answer, sentences=rest)))


def _draw_evidence(answer: Answer) -> None:
    """Draw the first quotes that carry an answer; folded, the others and what was only read."""
    shown = 0 if answer.table else _OPEN  # the cells of a table lead to their quotes
    first, others = answer.citations[:shown], answer.citations[shown:]
    if first:
        st.html(quotes_html(first))
    if others:
        with st.expander(f"More quotes ({len(others)})"):
            st.html(quotes_html(others))
    read = uncited(answer)
    if answer.status == "not_found":
        _draw_nearest(read[:_NEAREST])
        read = read[_NEAREST:]
    if read:
        with st.expander(f"Read but not cited ({len(read)})"):
            st.html("".join(evidence_html(evidence) for evidence in read))


def _draw_nearest(passages: Sequence[Evidence]) -> None:
    """Draw the passages nearest to a question that is not answered, each a link to its page."""
    if passages:
        items = "".join(f"<li>{nearest_html(one)}</li>" for one in passages)
        st.html(f'<div class="part">Nearest to it</div><ul class="reasons">{items}</ul>')


def _draw_warnings(answer: Answer) -> None:
    """Draw warnings, but for the count of sentences that are set aside: these are drawn."""
    counted = tuple(left_out(answer.written)) if answer.written and answer.set_aside else ()
    for warning in answer.warnings:
        if warning not in counted:
            st.warning(literal(warning), icon=":material/warning:")


def _draw_set_aside(sentences: Sequence[SetAside]) -> None:
    """Draw what a model wrote that does not hold: unverified in grey, contradicted folded away."""
    unverified = [one for one in sentences if one.support != "contradicted"]
    if unverified:
        st.html(f'<div class="aside"><b>Not verified</b>{_set_aside_html(unverified)}</div>')
    contradicted = [one for one in sentences if one.support == "contradicted"]
    if contradicted:
        with st.expander(f"Contradicted by the source ({len(contradicted)})"):
            st.html(f'<div class="aside">{_set_aside_html(contradicted)}</div>')


def _set_aside_html(sentences: Sequence[SetAside]) -> str:
    """Return sentences with the reason why they are no part of the answer, and what they quote."""
    items = (
        f"<li><span>{escape(one.text)}</span>"
        f'<div class="quiet">{escape(one.reason)}</div>'
        f"{''.join(map(_quoted_html, one.citations))}</li>"
        for one in sentences
    )
    return f'<ul class="reasons">{"".join(items)}</ul>'


def _quoted_html(citation: Citation) -> str:
    place = page_place(citation.source, citation.page, citation.page_label)
    where = ", ".join(filter(None, (citation.source.title, place)))
    said = " ".join(citation.quote.split())
    return f'<div class="quiet">{escape(where)}: “{escape(said)}”</div>'


def _how_made(answer: Answer) -> Iterator[str]:
    """Yield who wrote an answer, and what that took."""
    if is_model_written(answer):
        yield f"Written by {answer.model}, each sentence verified against its quotes"
    elif answer.model == "calculation":
        yield "Calculated from the figures cited"
    else:
        yield "In the sources' own words"
    yield f"{answer.seconds.whole:.1f} s"
    if answer.tokens != Tokens():
        yield answer.tokens.told(answer.cost)


def _draw_status(status: Status) -> None:
    """Say what kind of answer follows, unless it is an ordinary one."""
    if status == "not_found":
        st.info("**Not found in the sources.**", icon=":material/search_off:")
    elif status == "not_disclosed":
        st.info(
            "**Not disclosed.** A source says that this is withheld or was not published.",
            icon=":material/visibility_off:",
        )
    elif status == "conflicting":
        st.warning(
            "**The sources disagree.** Each value stands with its source, edition and date.",
            icon=":material/compare_arrows:",
        )


def show_from_question(moment: str) -> None:
    """Keep the last question in view while its answer is drawn, until the reader moves.

    A chat is scrolled to its end, which is the last reference and not the answer. `moment` tells
    one time from the next.
    """
    script = _SCROLL_TO_QUESTION.format(moment=escape(moment), milliseconds=_HOLD_MILLISECONDS)
    st.html(script, unsafe_allow_javascript=True)


def sentences_html(sentences: Sequence[Sentence]) -> str:
    """Return the sentences of an answer of which no more is known yet, with their numbers."""
    told = (
        _sentence_html(s, "".join(f' <span class="marker">[{n}]</span>' for n in s.citations))
        for s in sentences
    )
    return f'<div class="answer"><p>{" ".join(told)}</p></div>'


def answer_html(answer: Answer) -> str:
    """Return the sentences of an answer, each with the numbers that carry it."""
    cited = {citation.number: citation for citation in answer.citations}
    if not answer.sentences:
        return f'<div class="answer"><p class="said">{escape(answer.text)}</p></div>'
    sentences = [_sentence_html(s, markers_html(s.citations, cited)) for s in answer.sentences]
    if is_model_written(answer):
        return f'<div class="answer"><p>{" ".join(sentences)}</p></div>'
    if answer.status == "conflicting":
        items = "".join(f"<li>{sentence}</li>" for sentence in sentences)
        return f'<div class="answer"><ul>{items}</ul></div>'
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return f'<div class="answer">{paragraphs}</div>'


def _unmarked(sentence: Sentence) -> str:
    """Return the words of a sentence without the numbers of its citations."""
    return re.sub(r"(\s*\[\d+\])+\s*$", "", sentence.text) if sentence.citations else sentence.text


def _sentence_html(sentence: Sentence, markers: str) -> str:
    """Return one sentence with the HTML of its numbers."""
    support = _SUPPORT[sentence.support]
    note = f' <span class="quiet">({support})</span>' if support else ""
    return f'<span class="said">{escape(_unmarked(sentence))}</span>{markers}{note}'


def uncited(answer: Answer) -> tuple[Evidence, ...]:
    """Return the evidence of which no words are cited."""

    def is_cited(evidence: Evidence) -> bool:
        passage = evidence.passage
        return any(
            (citation.source.id, citation.page) == (passage.source_id, passage.page)
            and citation.start < passage.end
            and passage.start < citation.end
            for citation in answer.citations
        )

    return tuple(evidence for evidence in answer.evidence if not is_cited(evidence))
