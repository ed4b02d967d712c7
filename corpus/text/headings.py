"""Recognising headings in lines of text: marked ones, underlined ones, and ones that read so."""

import re
from collections.abc import Callable, Collection, Sequence

from corpus.dating.written_dates import is_only_date
from corpus.description.bylines import byline_parts
from corpus.language.vocabulary import load_vocabulary
from corpus.tables.lines import Placed

_MARKED = re.compile(r"(?:#{1,6}\s+(?P<md>\S.*?)\s*#*|=+\s*(?P<wiki>[^=\s].*?)\s*=+)")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<words>[^*_\s](?:(?!\*\*|__).)*)(?P=mark):?")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_BULLET = re.compile(r"(?:[-*•●▪]|\d{1,2}[.)])\s+")
_WORD = re.compile(r"[^\W\d_]{3}|[\u3400-\u9fff]{2}")
_HEADING_CHARS = 90
_MARKED_CHARS = 300
_EMPHASIS = re.compile(r"[*_`]+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()]*\)[^()]*)?(?:\s[^()]*)?\)")
_NOTE_MARK = re.compile(r"\[\^[^\[\]\s]{1,30}\]")

# "Profit SqueezeChina sold less": where a heading ends and its sentence begins.
_SEAM = re.compile(r"(?<=[a-z])(?=(?P<word>[A-Z][a-z]+|[A-Z]{2,})(?:[’'”\s,]))")
_OPENERS = load_vocabulary().word_class("opening")
_SMALL_WORDS = load_vocabulary().word_class("title")
_LONE_NAMES = frozenset("LinkedIn BuiltIn LogIn SignIn PlugIn AddOn TurnOn".split())
_LEAST_FOLLOWING = 8  # words of the sentence behind a glued heading


def plain(marked: str) -> str:
    """Return a title or cell as plain words, without emphasis, links and line breaks."""
    unlinked = _NOTE_MARK.sub("", _LINK.sub(r"\1", marked))
    return re.sub(r"(?i:\s|<br\s*/?>)+", " ", _EMPHASIS.sub("", unlinked)).strip()


def is_bullet(line: str) -> bool:
    """Tell whether a line begins an item of a list."""
    return bool(_BULLET.match(line))


def marked_heading(line: str) -> str:
    """Return the words of a heading marked as in Markdown or a wiki, or ""."""
    if line[:1] not in ("#", "=") or len(line) > _MARKED_CHARS:
        return ""
    match = _MARKED.fullmatch(line)
    return plain(match["md"] or match["wiki"]) if match else ""


def is_underline(line: str) -> bool:
    """Tell whether a line is a rule that may underline the line above it."""
    return line[:3] in ("===", "---") and bool(_UNDERLINE.fullmatch(line))


def find_heading(lines: Sequence[Placed], position: int) -> str:
    """Return the words of a heading that stands on this line, or ""."""
    text = lines[position].text
    if heading := marked_heading(text):
        return heading
    if _is_underlined(lines, position):
        return plain(text)
    first = position == 0 or not lines[position - 1].text
    following = lines[position + 1].text if position + 1 < len(lines) else ""
    if not following:
        following = lines[position + 2].text if position + 2 < len(lines) else ""
    if len(text) > _HEADING_CHARS or not following:
        return ""
    bold = _BOLD.fullmatch(text)
    if bold and first and bold["words"][-1] not in ".;,":
        return plain(bold["words"]).rstrip(":")
    below = lines[position + 1].text[:1] if position + 1 < len(lines) else ""
    alone = (first or lines[position - 1].text[-1] in ".?!|”") and not below.islower()
    return plain(text) if alone and _reads_like_one(text) and len(following) > len(text) else ""


def split_glued(line: str, words_of_text: Callable[[], Collection[str]]) -> int:
    """Return where the sentence begins behind a heading that is glued to it, or 0.

    Only a heading of several capitalised words, followed by a whole sentence that opens with a
    usual word or with one that the text has elsewhere, is taken for one: names such as "BlackRock"
    or "NdPr" are left whole. `words_of_text` is asked only where that matters.
    """
    for seam in _SEAM.finditer(line[: _HEADING_CHARS + 1]):
        at, word = seam.start(), seam["word"]
        head, rest = line[:at], line[at:]
        left = head[head.rfind(" ") + 1 :]
        if not re.fullmatch(r"[A-Z][a-z]{2,}", left) or f"{left}{word}" in _LONE_NAMES:
            continue
        if not (_is_title(head) and _is_sentence(rest)):
            continue
        words = words_of_text()
        if word in _OPENERS or (word in words and (word.isupper() or left in words)):
            return at
    return 0


def _is_underlined(lines: Sequence[Placed], position: int) -> bool:
    if position + 1 >= len(lines) or (position and lines[position - 1].text):
        return False
    text, below = lines[position].text, lines[position + 1].text
    if not is_underline(below) or len(text) > _MARKED_CHARS or "|" in text or is_underline(text):
        return False
    return below[0] == "=" or (len(text) <= _HEADING_CHARS and text[-1] not in ".;,")


def _reads_like_one(text: str) -> bool:
    if is_bullet(text) or not text[0].isalnum():
        return False
    if text[-1] in ".;,:|)]" or len(text.split()) > 12:
        return False
    if not _WORD.search(text) or byline_parts(text) or _is_date(text):
        return False
    words = [word for word in text.split() if len(word) > 3]
    return sum(word[0].isupper() for word in words) >= 0.5 * len(words)


def _is_date(text: str) -> bool:
    """Tell whether a line says no more than when, and perhaps where: "Norvik, 4 May 2025"."""
    place, _, date = text.partition(", ")
    return is_only_date(text) or (is_only_date(date) and len(place.split()) < 4)


def _is_title(head: str) -> bool:
    words = head.split()
    if not 3 <= len(words) <= 14 or re.search(r"[.!?;|]\s|,$", head):
        return False
    return all(w.lower() in _SMALL_WORDS or not w[0].isalpha() or w[0].isupper() for w in words)


def _is_sentence(rest: str) -> bool:
    match = re.match(r"[^.!?]*", rest[:600])
    words = (match.group() if match else "").split()
    if len(words) < _LEAST_FOLLOWING or not re.search(r"[.!?]", rest):
        return False
    return sum(word[0].islower() for word in words) >= 0.6 * len(words)
