"""Hears which number of a citation was clicked, so that its source is shown without a reload.

The numbers stay links: with a modifier key, or without scripts, they open the page in a tab.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

ANSWER_KEY = "answer_"  # of the container that holds an answer, with its place from 0

_KEY = "citation_clicks"
_MARK = re.compile(r"(\d+) (\d+)")
_SCRIPT = """
export default function ({ data, setTriggerValue }) {
  const answerOf = (link) => link.closest('[class*="st-key-answer_"]');
  const placeOf = (link) => {
    const answer = /st-key-answer_(\\d+)/.exec(answerOf(link)?.className);
    return answer && `${answer[1]} ${link.textContent.replace(/\\D/g, "")}`;
  };
  const move = (place) => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    place?.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
  };
  const hear = (event) => {
    const back = event.target.closest?.(".back a");
    if (back) {
      event.preventDefault();
      move(document.querySelector(`.st-key-answer_${data.shown.split(" ")[0]}`));
    }
    const link = event.target.closest?.("a.marker");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const place = placeOf(link);
    if (!place) return;
    event.preventDefault();
    setTriggerValue("cited", place);
    if (matchMedia("(max-width: 640px)").matches) move(document.querySelector(".st-key-beside"));
  };
  const show = () => {
    for (const link of document.querySelectorAll("a.marker"))
      if (placeOf(link) === data.shown) link.setAttribute("aria-current", "true");
      else if (link.hasAttribute("aria-current")) link.removeAttribute("aria-current");
  };
  window.rareEarthClicks?.abort();
  const listening = window.rareEarthClicks = new AbortController();
  document.addEventListener("click", hear, { capture: true, signal: listening.signal });
  show();
  const drawn = new MutationObserver(show);
  drawn.observe(document.body, { childList: true, subtree: true });
  listening.signal.addEventListener("abort", () => drawn.disconnect());
  return () => listening.abort();
}
"""
_clicks = st.components.v2.component("rare_earth_citation_clicks", js=_SCRIPT)


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A citation of an answer on the screen: the answer's place from 0, and its number."""

    answer: int
    number: int


def hear_clicks(shown: CitedPlace, look_at: Callable[[CitedPlace], None]) -> None:
    """Mark the citation that is shown, and have another looked at when it is clicked."""

    def look() -> None:
        if mark := _MARK.fullmatch(st.session_state[_KEY].cited or ""):
            look_at(CitedPlace(int(mark[1]), int(mark[2])))

    data = {"shown": f"{shown.answer} {shown.number}"}
    _clicks(key=_KEY, data=data, on_cited_change=look, height=1)
