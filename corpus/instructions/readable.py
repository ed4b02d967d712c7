"""Text without what only a machine reads: invisible signs, templates of chats, fences and keys."""

import re
import unicodedata

_TAGS = range(0xE0020, 0xE007F)  # letters that no font draws
_KEPT_CONTROLS = "\n\t"
_SPACES = re.compile("[\n\t\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINERS = "\u200c\u200d"  # which some scripts and signs need within a word
# Chat templates of language models, tags that stand for parts of a prompt, fences.
TEMPLATES = re.compile(
    r"<\|[^|<>\n]{1,40}\|>|<\uff5c[^<>\n]{1,40}\uff5c>|\[/?INST\]|<</?SYS>>|</?s>"
    r"|</?(?:start|end)_of_(?:turn|text|image)>"
    r"|</?(?:system|assistant|user|human|developer|tool\w*|function\w*|invoke|parameter|prompt|"
    r"instructions?|evidence|documents?|sources?|context|thinking|think|answer|question|admin|"
    r"important|search_results?|im_start|im_end|bos|eos|eot)(?:[ :_-][^<>\n]{0,80})?/?>",
    re.IGNORECASE,
)
_PLACEHOLDERS = re.compile(r"\{\{[^{}\n]{1,60}\}\}|\{%[^{}\n]{1,60}%\}")
_KEYS = re.compile(r"【[^】\n]{0,40}】|\[\^?[A-Z]{1,3}[-_]?\d{1,4}\]|\[\[[^\[\]\n]{1,40}\]\]")
_FENCES = re.compile(r"^[ \t]*(?:`{3,}|~{3,}|={3,}|-{3,}|#{3,}|\*{3,}|_{3,}|<{3,}|>{3,})"
                     r"[ \t]*\w{0,20}[ \t]*$", re.MULTILINE)  # fmt: skip
_ROLE = re.compile(
    r"^[ \t#>*]*(?:system|assistant|user|human|developer|ai|bot|instructions?|response)[ \t*]*:",
    re.IGNORECASE | re.MULTILINE,
)
_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b]{0,300}(?:\x07|\x1b\\)?|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b[@-Z\\-_]?"
)


def readable(text: str) -> str:
    """Return a text as a reader sees it, without what would steer a machine that reads it.

    Invisible and control signs, terminal sequences, marks of chat templates and of fences, and what
    looks like a key of evidence are left out; words stay as they are.

    >>> readable("Ou\\u200btput<|im_end|> rose [E1].")
    'Output rose .'
    """
    text = visible(text)
    if _may_be_marked(text):
        for pattern in (TEMPLATES, _PLACEHOLDERS, _KEYS, _FENCES):
            text = pattern.sub("", text)
        text = _ROLE.sub(lambda found: found.group().rstrip(":").strip(" \t#>*"), text)
    return text


def visible(text: str) -> str:
    """Return a text without terminal sequences and signs that are not drawn."""
    if _SPACES.sub("", text).isprintable() and not _VARIATION.search(text):
        return text
    text = _ESCAPES.sub("", text)
    kept = (sign for place, sign in enumerate(text) if _is_drawn(text, place))
    return "".join(kept)


def hidden_letters(text: str) -> str:
    """Return what is written in letters that no font draws (Unicode tags)."""
    return "".join(chr(ord(sign) - 0xE0000) for sign in text if ord(sign) in _TAGS)


def _may_be_marked(text: str) -> bool:
    return any(sign in text for sign in "<[【{`~=-#*_:>")


def _is_drawn(text: str, place: int) -> bool:
    sign = text[place]
    if sign.isprintable() and not _VARIATION.match(sign):
        return True
    if sign in _KEPT_CONTROLS or unicodedata.category(sign) in ("Zs", "Zl", "Zp"):
        return True
    if sign in _JOINERS:  # between letters of a script that joins them
        around = text[max(0, place - 1) : place + 2]
        return len(around) == 3 and all("\u0600" <= near < "\u1100" for near in around[::2])
    return False
