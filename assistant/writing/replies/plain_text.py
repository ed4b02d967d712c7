"""What a language model writes as plain words: no markup, links, addresses or unseen signs."""

import re
from html import unescape

from corpus.instructions import readable, visible

_UNSEEN = re.compile(  # elements whose content is no text, closed or not, and pictures
    r"<!--.*?(?:-->|$)|<\s*(script|style|iframe|object|svg|form|template)\b.*?(?:<\s*/\s*\1\s*>|$)"
    r"|!\[[^\[\]]{0,300}\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,100}\])",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(
    r"\[([^\[\]]{0,300})\](?:\([^()]{0,2000}(?:\([^()]*\)[^()]*)?\)|\[[^\[\]]{0,100}\])"
)
_NO_WORDS = re.compile(  # addresses, tags, rules, marks of lines and of code, what refers
    r"<?\b(?:(?:https?|ftps?|file|wss?)://|(?:data|javascript|vbscript|mailto|tel|blob):(?=\S)"
    r"|www\.)[^\s<>]*>?|<[/!?]?[A-Za-z][^<>]{0,2000}(?:>|$)|`+|\$\$|\\[()\[\]]"
    r"|^[ \t]*\[[^\[\]\n]{1,100}\]:[ \t]*\S.*$|\[\^[^\[\]\n]{1,40}\]"
    r"|^[ \t]*(?:(?:#{1,6}|>+|[-*+•●▪◦‣]|\d{1,2}[.)]|\[[ xX]\])[ \t]+)+"
    r"|^[ \t]*(?:[-*_=~][ \t]*){3,}\w{0,20}[ \t]*$|^[ \t|:-]+$"
    r"|\\(?:href|url|includegraphics|input|include|write18|verb)\*?(?:\{[^{}]*\})?",
    re.IGNORECASE | re.MULTILINE,
)
_STYLED = re.compile(r"\\(?:text|mathrm|mathbf|textbf|textit|emph)\{([^{}]*)\}")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|~~)(?=\S)([^\n]+?)(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~$-])")
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|\{\s*\}|\*\*+|(?<!\w)__+")
_BEFORE_MARK = re.compile(r"\s+([,.;:!?])")
_DEEPEST = 3  # emphasis in emphasis
_LONGEST_SENTENCE = 4_000


def plain_text(written: str) -> str:
    """Return a sentence that a model wrote as plain words: no markup, links or addresses.

    >>> plain_text("- **Output** rose; see [the data](https://example.org/?q=1).")
    'Output rose; see the data.'
    """
    text = _UNSEEN.sub(" ", visible(unescape(written[:_LONGEST_SENTENCE])))
    text = _STYLED.sub(r"\1", _LINK.sub(r"\1", text))
    text = _NO_WORDS.sub(" ", text)
    for _ in range(_DEEPEST):
        text = _EMPHASIS.sub(r"\2", text)
    text = _EMPTY.sub("", " ".join(readable(_ESCAPED.sub(r"\1", text)).split()))
    return _BEFORE_MARK.sub(r"\1", text).strip(" |")
