"""Text of documents and of models without what a machine could take for more than words."""

import re
from html import unescape

from corpus.instructions import readable as without_marks
from corpus.instructions import visible

_UNSEEN = re.compile(  # elements whose content is no text, closed or not
    r"<!--.*?(?:-->|$)|<\s*(script|style|iframe|object|svg|form|template)\b.*?(?:<\s*/\s*\1\s*>|$)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]{0,2000}(?:>|$)")
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,100}\])")
_LINK = re.compile(
    r"\[([^\[\]]{0,300})\](?:\([^()]{0,2000}(?:\([^()]*\)[^()]*)?\)|\[[^\[\]]{0,100}\])"
)
_REFERENCE = re.compile(
    r"^[ \t]*\[[^\[\]\n]{1,100}\]:[ \t]*\S.*$|\[\^[^\[\]\n]{1,40}\]", re.MULTILINE
)
_ADDRESS = re.compile(
    r"<?\b(?:(?:https?|ftps?|file|wss?)://|(?:data|javascript|vbscript|mailto|tel|blob):(?=\S)"
    r"|www\.)[^\s<>]*>?",
    re.IGNORECASE,
)
_LATEX = re.compile(
    r"\\(?:href|url|includegraphics|input|include|write18|verb)\*?(?:\{[^{}]*\})?"
    r"|\\(?:text|mathrm|mathbf|textbf|textit|emph)\{([^{}]*)\}|\$\$|\\[()\[\]]"
)
_LINE_START = re.compile(
    r"^[ \t]*(?:(?:#{1,6}|>+|[-*+•●▪◦‣]|\d{1,2}[.)]|\[[ xX]\])[ \t]+)+", re.MULTILINE
)
_RULE = re.compile(r"^[ \t]*(?:[-*_=~`][ \t]*){3,}\w{0,20}[ \t]*$|^[ \t|:-]+$", re.MULTILINE)
_CODE = re.compile(r"`+")
_EMPHASIS = re.compile(
    r"(\*\*\*|\*\*|\*|___|__|_|~~)(?=\S)((?:(?!\1)[^\n])+?)(?<=\S)\1(?!\w)", re.DOTALL
)
_STRAY = re.compile(r"\*\*+|(?<!\w)__+|__+(?!\w)|(?<![\w)])\*(?=\w)|(?<=[\w.,!?])\*(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~$-])")
_BEFORE_MARK = re.compile(r"\s+([,.;:!?])")
_DEEPEST = 3  # emphasis in emphasis
_LONGEST_CHARS = 4_000  # a longer one is no sentence
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|\{\s*\}")


def readable(text: str) -> str:
    """Return a document's text as it is put before a model: on one line, as a reader sees it.

    Signs that are not seen, marks of chat templates, and what looks like a fence or key are out.
    """
    return " ".join(without_marks(text).split())


def plain_text(written: str) -> str:
    """Return a sentence that a model wrote as plain words: no markup, links or addresses.

    >>> plain_text("- **Output** rose; see [the data](https://example.org/?q=1).")
    'Output rose; see the data.'
    """
    text = visible(unescape(written[:_LONGEST_CHARS]))
    for pattern in (_UNSEEN, _IMAGE):
        text = pattern.sub(" ", text)
    text = _LINK.sub(r"\1", text)
    text = _LATEX.sub(lambda found: found[1] or "", text)
    for pattern in (_REFERENCE, _ADDRESS, _TAG):
        text = pattern.sub(" ", text)
    text = _CODE.sub("", _RULE.sub("", text))
    text = _LINE_START.sub("", text)
    text = _ESCAPED.sub(r"\1", _without_emphasis(text))
    text = _EMPTY.sub("", " ".join(without_marks(text).split()))
    return _BEFORE_MARK.sub(r"\1", text).strip(" |")


def _without_emphasis(text: str) -> str:
    """Return a text without marks of emphasis, also of one in another."""
    for _ in range(_DEEPEST):
        text = _EMPHASIS.sub(_told, text)
    return _STRAY.sub("", text)


def _told(found: re.Match[str]) -> str:
    """Return the words of an emphasis; a mark inside a word ("snake_case", "2*3*4") stays."""
    before = found.string[max(0, found.start() - 1) : found.start()]
    return found.group() if before.isalnum() else found[2]
