"""Draws answers, claims and what they cite; the one place that puts words of sources on screen.

Such words are data. They reach the browser through `html.escape` inside our own HTML, or, where
Streamlit takes nothing but Markdown, through `literal`; no link or image of a source survives.
"""

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from assistant.answer import (
    Answer,
    Citation,
    CitedClaim,
    Sentence,
    Status,
    Verdict,
    page_place,
    recognition,
    told_beside,
)
from assistant.records import Kept
from corpus.document import Context, Source
from index.passage import Evidence
from ui.page_address import VIEWER, PageAddress
from ui.step_drawing import citation_address, markers_html, steps_html
from ui.table_drawing import draw_table

# Streamlit turns :names:, addresses and arrows into something else even where they are escaped;
# a word joiner, which takes no room, keeps each of them from being seen.
_JOINER = "\u2060"
_REWRITTEN = re.compile(
    r"(?<=:)(?=\S)|(?=@)|(?<=www)(?=\.)|(?<!\S)(?=(?:<->|->|<-|--|>=|<=|~=)(?!\S))", re.IGNORECASE
)
_SHOWN_CHARS = 60_000  # of one page; a browser stalls over a data file of megabytes
_LONGEST_VALUE = 80  # letters of a value that stands before its statement
_AROUND_CHARS = 240  # of the passage, on either side of a quote; the page viewer shows it all
_SUPPORT: dict[Verdict, str] = {
    "supported": "",
    "partly": "partly supported",
    "contradicted": "contradicted by the source",
    "not_found": "not found in the sources",
}
_SCROLL_TO_MARK = """<script data-place="{place}">
for (const box of document.querySelectorAll(".stored-text")) {{
  const quote = box.querySelector("mark");
  if (quote) box.scrollTop = quote.offsetTop - box.clientHeight / 3;
}}
</script>"""

_SCROLL_TO_QUESTION = """<script data-turn="{turn}">
for (const wait of [200, 700]) setTimeout(() => {{
  const questions = document.querySelectorAll(".question");
  questions[questions.length - 1]?.scrollIntoView({{block: "start"}});
}}, wait);
</script>"""


def literal(text: str) -> str:
    """Return Markdown that Streamlit shows as exactly this text, on one line."""
    text = re.sub(r"\s+", " ", text)
    text = _REWRITTEN.sub(_JOINER, text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def source_line(source: Source, place: str) -> str:
    """Return publisher, date, edition and page as one line of HTML, without what is unknown."""
    edition = " ".join(part for part in (source.edition, source.version) if part)
    told = (source.publisher or source.author, source.published, edition, recognition(source))
    known = [escape(part) for part in told if part]
    if place:
        known.append(f'<span class="place">{escape(place)}</span>')
    return " · ".join(known)


def marked(text: str, start: int, end: int, figures: Sequence[tuple[int, int]] = ()) -> str:
    """Return the text as HTML with `text[start:end]` marked, and in it the figures set in bold.

    Figures are stretches of the text, in order.
    """
    if not 0 <= start < end <= len(text):
        return escape(text)
    inside = ""
    position = start
    for first, last in figures:
        if position <= first < last <= end:
            inside += f"{escape(text[position:first])}<b>{escape(text[first:last])}</b>"
            position = last
    inside += escape(text[position:end])
    return f"{escape(text[:start])}<mark>{inside}</mark>{escape(text[end:])}"


_LONGEST_VALUE = 80  # letters


def answer_html(answer: Answer) -> str:
    """Return the sentences of an answer, each with the numbers that carry it."""
    cited = {citation.number: citation for citation in answer.citations}
    if not answer.sentences:
        return f'<div class="answer"><p class="said">{escape(answer.text)}</p></div>'
    sentences = [_sentence_html(sentence, cited) for sentence in answer.sentences]
    if answer.status == "conflicting":
        items = "".join(f"<li>{sentence}</li>" for sentence in sentences)
        return f'<div class="answer"><ul>{items}</ul></div>'
    kinds = ["value" if _is_value(answer) else "", *[""] * (len(sentences) - 1)]
    paragraphs = (
        f'<p class="{kind}">{sentence}</p>' if kind else f"<p>{sentence}</p>"
        for kind, sentence in zip(kinds, sentences, strict=True)
    )
    return f'<div class="answer">{"".join(paragraphs)}</div>'


def _is_value(answer: Answer) -> bool:
    """Tell whether an answer begins with the value asked for, and its statement follows."""
    first, *others = answer.sentences
    text = _unmarked(first)
    short = len(text) <= _LONGEST_VALUE and not text.endswith((".", "?", "!"))
    return short and bool(others) and others[0].citations == first.citations


def _unmarked(sentence: Sentence) -> str:
    """Return the words of a sentence without the numbers of its citations."""
    return re.sub(r"(\s*\[\d+\])+\s*$", "", sentence.text) if sentence.citations else sentence.text


def _sentence_html(sentence: Sentence, cited: dict[int, Citation]) -> str:
    """Return one sentence; its markers open the cited page beside this one, in a new tab."""
    text = _unmarked(sentence)
    markers = markers_html(sentence.citations, cited)
    support = _SUPPORT[sentence.support]
    note = f' <span class="quiet">({support})</span>' if support else ""
    return f'<span class="said">{escape(text)}</span>{markers}{note}'


def reference_html(citation: Citation) -> str:
    """Return a reference: number, source, place, and the quote marked among its neighbours."""
    place = page_place(citation.source, citation.page, citation.page_label)
    return (
        f'<div class="reference-head"><span class="number">[{citation.number}]</span>'
        f"{escape(citation.source.title)}</div>"
        f'<div class="quiet">{source_line(citation.source, place)}</div>'
        f'<div class="passage">{_quote_in_passage(citation)}</div>'
        f"{_context_html(citation.context)}"
    )


def _quote_in_passage(citation: Citation) -> str:
    """Return the quote, marked, with the words of its passage that stand close to it."""
    start = citation.start - citation.passage_start
    end = citation.end - citation.passage_start
    if start < 0 or citation.passage[start:end] != citation.quote:
        return marked(citation.quote, 0, len(citation.quote), _figures(citation, 0))
    before, after = citation.passage[:start], citation.passage[end:]
    if len(before) > _AROUND_CHARS:
        before = "… " + before[-_AROUND_CHARS:].split(maxsplit=1)[-1]
    if len(after) > _AROUND_CHARS:
        after = after[:_AROUND_CHARS].rsplit(maxsplit=1)[0] + " …"
    around = before.lstrip() + citation.quote + after.rstrip()
    at = len(before.lstrip())
    return marked(around, at, at + len(citation.quote), _figures(citation, at))


def _figures(citation: Citation, at: int) -> list[tuple[int, int]]:
    """Return where the cited cells stand in a text that has the quote at `at`."""
    shift = at - citation.start
    return [(cell.start + shift, cell.end + shift) for cell in citation.cells]


def _context_html(context: Context) -> str:
    """Return what is recorded beside a passage, as a list of names and values."""
    section = (("section", context.section),) if context.section.strip() else ()
    shown = "".join(
        f"<dt>{name.capitalize()}</dt><dd>{escape(words)}</dd>"
        for name, words in (*section, *told_beside(context))
    )
    return f'<dl class="beside">{shown}</dl>' if shown else ""


def evidence_html(evidence: Evidence) -> str:
    """Return a passage that was read, with a link that opens its page in a new tab."""
    passage, source = evidence.passage, evidence.source
    address = PageAddress(source.id, passage.page, passage.start, passage.end)
    place = page_place(source, passage.page, passage.page_label)
    return (
        f'<div class="evidence"><div class="reference-head">{escape(source.title)}</div>'
        f'<div class="quiet">{source_line(source, place)} · '
        f'<a target="_blank" href="{escape(address.link())}">open</a></div>'
        f'<div class="passage">{escape(passage.text)}</div>{_context_html(passage.context)}</div>'
    )


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


def draw_question(question: str) -> None:
    """Draw what the reader asked."""
    with st.chat_message("user", avatar=":material/person:"):
        st.html(f'<div class="question">{escape(question)}</div>')


def draw_answer(answer: Answer) -> None:
    """Draw an answer with its references, and below them, folded, what was read but not cited."""
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        _draw_status(answer.status)
        if answer.table:
            draw_table(answer, answer.table)
        elif answer.text or answer.sentences:
            st.html(answer_html(answer))
        if answer.steps:
            st.html(steps_html(answer))
        for warning in answer.warnings:
            st.warning(literal(warning), icon=":material/warning:")
        draw_citations(answer.citations)
        read = uncited(answer)
        if read:
            with st.expander(f"Read but not cited ({len(read)})"):
                st.html("".join(evidence_html(evidence) for evidence in read))
        seconds = answer.seconds.retrieve + answer.seconds.answer
        how = f"{_writer(answer.model)} · {seconds:.1f} s"
        if answer.standalone_question not in ("", answer.question):
            how = f"Understood as: {answer.standalone_question} · {how}"
        st.html(f'<div class="quiet">{escape(how)}</div>')


def draw_kept(kept: Kept) -> None:
    """Say under which id an answer is recorded, or why it is not."""
    if kept.warning:
        st.warning(literal(kept.warning), icon=":material/warning:")
    if kept.id:
        st.html(f'<div class="quiet">Record {escape(kept.id)}</div>')


def _writer(model: str) -> str:
    told = {
        "extractive": "In the sources' own words",
        "calculation": "Calculated from the figures cited",
    }
    return told.get(model, f"Written by {model}")


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


def show_from_question(turn: int) -> None:
    """Scroll to the last question once its answer is drawn; `turn` tells one from the next.

    A chat is scrolled to its end, which is the last reference and not the answer.
    """
    st.html(_SCROLL_TO_QUESTION.format(turn=turn), unsafe_allow_javascript=True)


def draw_citations(citations: Sequence[Citation]) -> None:
    """Draw the references, each with a link that opens its page in the page viewer."""
    for citation in citations:
        with st.container(border=True, gap="small"):
            st.html(reference_html(citation))
            st.page_link(
                VIEWER,
                label="Open the page",
                icon=":material/article:",
                query_params=citation_address(citation).query(),
            )


def draw_claim(claim: CitedClaim) -> None:
    """Draw a claim with its verdict and the passages that carry or contradict it."""
    st.html(f'<div class="question">{escape(claim.claim)}</div>')
    if claim.verdict == "supported":
        st.success("**Supported** by the sources.", icon=":material/check_circle:")
    elif claim.verdict == "partly":
        st.warning("**Partly supported.** Not all of it was found.", icon=":material/rule:")
    elif claim.verdict == "contradicted":
        st.error("**Contradicted** by a source.", icon=":material/cancel:")
    else:
        st.info("**Not found in the sources.**", icon=":material/search_off:")
    if claim.says:
        st.html(
            '<div class="answer"><p><span class="quiet">What the source says:</span> '
            f'<span class="said">{escape(claim.says)}</span></p></div>'
        )
    draw_citations(claim.citations)


def draw_stored_text(text: str, start: int, end: int) -> None:
    """Draw the stored text of a page, scrolled to the marked quote; of a huge page, what is near.

    The script is ours alone: it moves the text inside its box, and no word of a source is in it.
    """
    first = max(0, min(start, len(text)) - _SHOWN_CHARS // 2)
    shown = text[first : first + _SHOWN_CHARS]
    if len(shown) < len(text):
        st.html(
            f'<div class="quiet">Characters {first + 1:,} to {first + len(shown):,} '
            f"of {len(text):,} are shown.</div>"
        )
    st.html(f'<div class="stored-text">{marked(shown, start - first, end - first)}</div>')
    if end > start:
        st.html(_SCROLL_TO_MARK.format(place=f"{start}-{end}"), unsafe_allow_javascript=True)
