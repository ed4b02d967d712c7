"""Telling web pages whose figures a script would fetch: what is in the file holds no facts."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.errors import NoFactsError
from corpus.html.parts import Part
from corpus.tables.split_figures import text_of

_SCRIPT_TYPES = ("", "module", "text/javascript", "application/javascript", "text/babel")
_LOADING = re.compile(
    r"(?:loading|fetching|retrieving|waiting for|please wait|updating|initiali[sz]ing|checking)\b"
    r"[^.!?…]{0,60}(?:\.{2,}|…)|loading|please wait\W*|waiting for .{1,50}"
    r"|.{1,60}\b(?:is|are) loading\W*|.{1,60}\bchecking\b.{1,40}…",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{\{[^{}]{1,80}\}\}|\$\{[^{}]{1,80}\}|<%[^%]{1,80}%>|\[\[\s*[\w.]+\s*\]\]")
_NO_VALUE = re.compile(
    r"[\s$€£¥%+]*(?:US\$|A\$|NaN|undefined|null)?[\s.:,_\-–—…•·]*(?:%|/?t|/?kg|USD)?\s*"
)
_SHELL = re.compile(
    r"enable javascript|javascript (?:is|must be|has been) (?:required|disabled|enabled|turned)"
    r"|requires javascript|without javascript|checking your browser|redirecting"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot",
    re.IGNORECASE,
)
_SHELL_WORDS = 120
_FIGURE = re.compile(r"(?<![\w.,-])(?!(?:19|20)\d\d\b)\d[\d.,]*")  # no year
_FEWEST = 3
_SHARE = 0.25
_WORDS_PER_FACT = 25  # of running text
_MOST_OF_TABLE = 12  # what one dead table counts at most
_VALUE_CHARS = 40
_EXAMPLES = 3


def runs_scripts(root: Any) -> bool:
    """Tell whether a page has scripts that could fill it in."""
    return any(
        element.get("type", "").strip().lower() in _SCRIPT_TYPES
        and (element.get("src") or (element.text or "").strip())
        for element in root.iter("script")
    )


def check_filled(content: Sequence[Part], scripted: bool, name: str) -> None:
    """Raise NoFactsError where what should be the content of a page is still to be filled in.

    `content` are its parts that were chosen, `scripted` says that a script runs on it. Some dashes
    in a table and a word of loading are no reason.
    """
    text = " ".join(part.text for part in content)
    words = len(text.split())
    if scripted and not words:
        _refuse(name, ["no text at all"])
    if words <= _SHELL_WORDS and (match := _SHELL.search(text)):
        _refuse(name, [match.group()])
    unfilled: list[str] = []
    facts = 0.0
    for part in content:
        if part.kind == "table":
            dead, live = _count_cells(part)
            unfilled += dead if scripted else [text for text in dead if _is_loading(text)]
            facts += live
            continue
        text = part.text.strip()
        if part.kind == "blank":
            unfilled += [text] if scripted and _is_open(text) else []
        elif _is_loading(text):
            unfilled.append(text)
        else:
            left_open = [*_TEMPLATE.findall(text), *(_open_places(part) if scripted else ())]
            unfilled += left_open
            figures = len(_FIGURE.findall(text))
            is_value = len(text) <= _VALUE_CHARS and figures and not left_open
            facts += 1 if is_value else max(len(text.split()) / _WORDS_PER_FACT, figures)
    said = [part for part in content if part.kind not in ("heading", "blank")]
    if said and all(part.kind != "table" and _is_loading(part.text.strip()) for part in said):
        _refuse(name, unfilled)
    if len(unfilled) >= _FEWEST and len(unfilled) >= _SHARE * (len(unfilled) + facts):
        _refuse(name, unfilled)


def _refuse(name: str, examples: Sequence[str]) -> None:
    told = list(dict.fromkeys(text for text in examples if text))[:_EXAMPLES]
    shown = ", ".join(text if text == "no text at all" else f'"{text[:60]}"' for text in told)
    raise NoFactsError(
        f"{name}: its figures are filled in by a script and are not in the file ({shown}); save "
        "the page from a browser after it has loaded, or remove it"
    )


def _is_loading(text: str) -> bool:
    return len(text) <= 80 and bool(_LOADING.fullmatch(text.strip()))


def _is_open(text: str) -> bool:
    return len(text) <= _VALUE_CHARS and bool(_NO_VALUE.fullmatch(text))


def _count_cells(part: Part) -> tuple[list[str], int]:
    """Return the values that are missing from a table without any, or how many it has."""
    heads = part.grid.head_rows if part.grid.head_rows is not None else 1
    body = part.grid.rows[heads:]
    cells = [text_of(cell) for row in body for cell in (row[1:] if len(row) > 1 else row)]
    dead = [text for text in cells if _is_open(text) or _is_loading(text)]
    if len(dead) < len(cells):
        return [], len(cells) - len(dead)
    if not cells:
        return ["a table without rows"] * _FEWEST if heads else [], 0
    return dead[:_MOST_OF_TABLE], 0


def _open_places(part: Part) -> Iterator[str]:
    """Yield the signs that stand for a value inside a paragraph, where a script would find it."""
    if part.element.tag not in ("p", "li", "h2", "h3", "h4", "dd", "figcaption"):
        return
    for inner in part.element.iterdescendants():
        text = (inner.text or "").strip()
        is_place = inner.get("id") or any(name.startswith("data-") for name in inner.attrib)
        if text and is_place and not len(inner) and _is_open(text):
            yield text
