"""What a model writes, sentence by sentence as it comes: plain words, with what each quotes."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from assistant.answer import Tokens
from assistant.language_model import Allowance, LanguageModel, Message, estimated_tokens
from assistant.sentences import sentence_spans
from corpus.instructions import readable, visible

_MOST_SENTENCES = 10  # five are asked for
_LONGEST_CHARS = 3_000  # of what has no end: small models go round in circles
_THOUGHT, _THOUGHT_END = "<think>", "</think>"  # which some servers send as part of the answer
_OPENED = re.compile(r"[\[【]")
_CLOSING = "]】"
_QUOTE_OPENING, _QUOTE_CLOSING = '"“«', '"”»'
_NO_KEY = f"[【{_CLOSING}{_QUOTE_OPENING}:,;\n"
_LONGEST_KEY, _LONGEST_QUOTE = 60, 1_200
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


@dataclass(frozen=True, slots=True)
class Mark:
    """A key that a model wrote behind a sentence, with the words that it quotes; "" without."""

    key: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence as plain words, with the marks behind it."""

    text: str
    marks: tuple[Mark, ...] = ()


class Reply:
    """The sentences that a model writes to messages.

    Reading ends, and with it the request, where the model repeats itself or writes without end.
    """

    def __init__(
        self, messages: Sequence[Message], model: LanguageModel, allowance: Allowance
    ) -> None:
        self._messages = messages
        self._model = model
        self._allowance = allowance
        self._told = Tokens()
        self._written = ""  # all that came
        self._left = ""  # what waits to be read
        self._text = ""  # read, without marks, from the sentence that is not whole yet
        self._marks: list[tuple[int, Mark]] = []  # each with its place in that text

    @property
    def tokens(self) -> Tokens:
        """What it took so far; estimated from the letters where the endpoint did not tell."""
        if self._told != Tokens() or not self._written:
            return self._told
        return estimated_tokens(self._messages, self._written)

    def sentences(self) -> Iterator[WrittenSentence]:
        """Yield the sentences, as each is whole. Raises LanguageModelError."""
        read: set[str] = set()
        for one in self._sentences():
            text = plain_text(one.text)
            if text in read or len(read) == _MOST_SENTENCES:
                return
            if text:
                read.add(text)
                yield WrittenSentence(text, one.marks)

    def _sentences(self) -> Iterator[WrittenSentence]:
        pieces = self._model.write(self._messages, self._allowance)
        try:
            for piece in pieces:
                self._told += piece.tokens
                self._written += piece.text
                self._left += piece.text
                if self._is_thinking():
                    continue
                self._read(is_end=False)
                yield from self._whole(is_end=False)
                if len(self._text) + len(self._left) > _LONGEST_CHARS:
                    return
            if not self._is_thinking():
                self._read(is_end=True)
                yield from self._whole(is_end=True)
        finally:
            if isinstance(pieces, Generator):
                pieces.close()  # ends the request

    def _is_thinking(self) -> bool:
        """Tell whether the text is still what the model thought aloud, and drop it once it ends."""
        begun = self._left.lstrip()
        may_think = begun.startswith(_THOUGHT) or _THOUGHT.startswith(begun)
        if self._text or not may_think:
            return False
        _, end, after = self._left.partition(_THOUGHT_END)
        self._left = after if end else self._left
        return not end

    def _read(self, is_end: bool) -> None:
        """Take the marks out of what waits; what may be the beginning of one waits on."""
        left = f"{self._left} " if is_end else self._left
        at, until = 0, len(left)
        for opened in _OPENED.finditer(left):
            if opened.start() < at:
                continue
            read = _MarkReader(left, opened.end())
            if read.marks:
                self._text = f"{self._text}{left[at : opened.start()]}".rstrip()
                self._marks += [(len(self._text), mark) for mark in read.marks]
                at = read.at
            elif read.may_go_on and not is_end:
                until = opened.start()
                break
        self._text += left[at:until]
        self._left = left[until:]

    def _whole(self, is_end: bool) -> Iterator[WrittenSentence]:
        """Yield the sentences that have ended: with the next begun, or with the text.

        "No. 18" may yet follow "No.", and a mark the sentence.
        """
        spans = sentence_spans(self._text)
        for number, (start, end) in enumerate(spans):
            is_last = number == len(spans) - 1
            if is_last and not is_end:
                break
            limit = len(self._text) if is_last else spans[number + 1][0]
            marks = tuple(mark for place, mark in self._marks if start < place <= limit)
            yield WrittenSentence(self._text[start:end], marks)
        kept = len(self._text) if is_end or not spans else spans[-1][0]
        self._marks = [(place - kept, mark) for place, mark in self._marks if place > kept]
        self._text = self._text[kept:] if spans else self._text


class _MarkReader:
    """Reads what stands in brackets as marks, sign by sign.

    [k4f7: "words"], [k4f7], [k4f7, k1], 【4†source】; not the words of a link: "[USGS](https://...)".
    `marks` are empty where it is no mark; `may_go_on` tells whether it may become one with what
    comes; `at` is the end of what was read.
    """

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self.at = start  # behind the bracket
        found: list[Mark] = []
        while mark := self._one():
            found.append(mark)
            self._skip_spaces()
            if self._next() in (",", ";"):
                self.at += 1
                self._skip_spaces()
            if self._next() in tuple(_CLOSING):
                self.at += 1
                break
        else:
            found = []
        self.may_go_on = self.at >= len(text)
        self.marks = () if self.may_go_on or self._next() == "(" else tuple(found)

    def _one(self) -> Mark | None:
        """Read a key with what it quotes; nothing where something else stands there."""
        self._skip_spaces()
        start = self.at
        while self._next() and self._next() not in _NO_KEY and self.at - start <= _LONGEST_KEY:
            self.at += 1
        key = self._text[start : self.at].strip()
        if not key or self.at - start > _LONGEST_KEY:
            return None
        if self._next() != ":":
            return Mark(key) if self._next() in (",", ";", *_CLOSING) else None
        self.at += 1
        self._skip_spaces()
        if not self._next() or self._next() not in _QUOTE_OPENING:
            return None
        quote = self._quote()
        return Mark(key, quote) if quote else None

    def _quote(self) -> str:
        """Read words in quotation marks, to the first that close them before another mark."""
        self.at += 1
        start = self.at
        while self._next() not in ("", "\n") and self.at - start <= _LONGEST_QUOTE:
            self.at += 1
            if self._text[self.at - 1] in _QUOTE_CLOSING and self.at - 1 > start:
                end = self.at - 1
                self._skip_spaces()
                if self._next() in ("", ",", ";", *_CLOSING):
                    return self._text[start:end]
        return ""

    def _next(self) -> str:
        return self._text[self.at : self.at + 1]

    def _skip_spaces(self) -> None:
        while self._next().isspace():
            self.at += 1


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
