"""Choosing the parts of a web page that are its content, with trafilatura as the judge.

Trafilatura knows articles from what surrounds them, but simplifies what it keeps, and leaves out
notes, captions and whole pages that are no articles. So it is only asked which words it would
keep, and the part of the page that holds them is kept as it is.
"""

import logging
import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from corpus.html.parts import Part

_SHINGLE = 4  # words
_KEPT_SHARE = 0.6  # of a part's shingles
_FEW_KEPT = 0.5  # of the words of a page: then trafilatura did not understand it
_HOME_SHARE = 0.85  # of the kept words
_MOST_CHARS = 1_000_000  # a longer page takes trafilatura minutes
_MOST_ELEMENTS = 60_000
_LINKED = 0.8
_LINK_WORDS = 7
_PARAGRAPH_WORDS = 25
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"\.\s|[.?!]$")
_CHROME = re.compile(
    r"skip to (?:the )?(?:main )?(?:content|navigation|search)"
    r"|(?:\d+|no|leave a|add a|view|post) comments?"
    r"|(?:share|print|save|e-?mail)(?: this)?(?: (?:article|page|post|story|on .{1,20}))?"
    r"|tweet|facebook|twitter|linkedin|whatsapp|reddit|copy link|bookmark|download pdf"
    r"|read (?:more|next|also)\W*.{0,60}|continue reading|(?:back|return) to top"
    r"|advertisements?|sponsored(?: content)?|menu|search|close|home|\d+ min(?:ute)?s?(?: read)?"
    r"|(?:sign|log) ?(?:up|in|out)\b.{0,40}|subscribe\b.{0,60}|follow us\b.{0,40}"
    r"|all rights reserved\.?|(?:©|copyright\b|\(c\)) .{0,120}"
    r"|privacy policy|terms of (?:use|service)"
    r"|(?:we|this (?:web)?site|our (?:web)?site)\b.{0,40}\buses? cookies\b.{0,300}"
    r"|accept(?: all)?(?: cookies)?|cookie (?:settings|policy|preferences)"
    r"|listen to (?:this )?article.{0,30}|loading comments?\W*",
    re.IGNORECASE,
)
_SURROUNDING = re.compile(
    r"(?:related|more|other|latest|recent|popular|trending|recommended|similar|top|featured)\b"
    r".{0,20}\b(?:articles?|news|posts?|stories|content|reading|topics|headlines|releases|links)"
    r"|you (?:may|might) (?:also )?like.*|read (?:more|next|also).*|related|see also"
    r"|more from.{0,40}"
    r"|most (?:read|popular)|share(?: this)?(?: .{0,20})?|(?:leave|post) a (?:comment|reply)"
    r"|\d+ (?:comments|responses|thoughts).*|comments? \(\d+\)|subscribe\b.*|(?:our )?newsletter"
    r"|(?:sign up|follow us)\b.*|about the author|external links|navigation(?: menu)?"
    r"|tags|categories|contact us",
    re.IGNORECASE,
)


def choose_content(root: Any, parts: Sequence[Part]) -> list[bool]:
    """Return for each part of a pruned page whether it belongs to the page's content."""
    candidates = _mark_candidates(parts)
    if not any(candidates):
        candidates = [not _CHROME.fullmatch(part.text.strip()) for part in parts]
    weights = [len(_WORD.findall(part.text)) for part in parts]
    kept = _ask_trafilatura(root, parts, candidates)
    kept_words = sum(weight for weight, is_kept in zip(weights, kept, strict=True) if is_kept)
    all_words = sum(weight for weight, may in zip(weights, candidates, strict=True) if may)
    scored = kept if kept_words > _FEW_KEPT * all_words else candidates
    home = _find_home(root, parts, weights, scored)
    chosen = []
    for part, may, is_kept in zip(parts, candidates, kept, strict=True):
        is_title = part.kind == "heading" and part.level == 1
        chosen.append(may and (is_kept or is_title or _is_within(part.element, home)))
    return chosen


def _mark_candidates(parts: Sequence[Part]) -> list[bool]:
    """Return which parts may be content: no links to elsewhere, and not below such a heading."""
    marks: list[bool] = []
    level = 0  # of the heading under which the site goes on, 0 for none
    box: Any = None  # and what that heading is for
    for part, following in zip_longest(parts, parts[1:]):
        text = part.text.strip().removeprefix("- ")
        is_heading = part.kind == "heading"
        if level and (
            (is_heading and part.level <= level)
            or not _is_within(part.element, box)
            or (part.linked < _LINKED and len(_WORD.findall(text)) > _PARAGRAPH_WORDS)
        ):
            level = 0
        if is_heading and part.level > 1 and _SURROUNDING.fullmatch(text.rstrip(": ")):
            level, box = part.level, _common(part.element, following)
        marks.append(not (level or _is_link(part, text) or _CHROME.fullmatch(text)))
    return marks


def _is_link(part: Part, text: str) -> bool:
    """Tell whether a part only leads elsewhere, as an item of a menu does."""
    if part.kind not in ("prose", "item") or part.linked < _LINKED:
        return False
    return not _SENTENCE.search(text) or len(_WORD.findall(text)) <= _LINK_WORDS


def _common(element: Any, following: Part | None) -> Any:
    """Return the innermost element around a heading that holds the part behind it, too."""
    box = element.getparent()
    while following is not None and box is not None and not _is_within(following.element, box):
        box = box.getparent()
    return box


def _ask_trafilatura(root: Any, parts: Sequence[Part], candidates: Sequence[bool]) -> list[bool]:
    """Return which of the candidates trafilatura would keep."""
    from trafilatura import bare_extraction

    chars = sum(len(part.text) for part in parts)
    if chars > _MOST_CHARS or sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        return [False] * len(parts)
    for cell in root.iter(
        "td", "th"
    ):  # the parts have been read, and trafilatura would repeat them
        cell.attrib.pop("colspan", None)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(
            root, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
        )
    except Exception:  # whatever it trips over in a damaged page, the page itself is there
        found = None
    body = getattr(found, "body", None)
    if body is None:
        return [False] * len(parts)
    pieces = [
        _words(" ".join(element.itertext())) for element in body.iter("p", "head", "item", "cell")
    ]
    short = {" ".join(words) for words in pieces}
    shingles = _shingles(_words(" ".join(body.itertext())))
    kept = []
    for part, may in zip(parts, candidates, strict=True):
        words = _words(part.text)
        if len(words) < _SHINGLE:
            kept.append(may and " ".join(words) in short)
            continue
        own = _shingles(words)
        kept.append(may and len(own & shingles) >= _KEPT_SHARE * len(own))
    return kept


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def _find_home(
    root: Any, parts: Sequence[Part], weights: Sequence[int], kept: Sequence[bool]
) -> Any:
    """Return the innermost element that holds nearly all of the kept words."""
    held: dict[Any, int] = {}
    total = 0
    for part, weight, is_kept in zip(parts, weights, kept, strict=True):
        if is_kept:
            total += weight
            element = part.element
            while element is not None:
                held[element] = held.get(element, 0) + weight
                element = element.getparent()
    home = root
    while True:
        inner = [child for child in home if held.get(child, 0) >= _HOME_SHARE * total]
        if not total or not inner:
            return home
        home = inner[0]


def _is_within(element: Any, home: Any) -> bool:
    while element is not None:
        if element is home:
            return True
        element = element.getparent()
    return False
